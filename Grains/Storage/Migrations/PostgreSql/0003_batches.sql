-- A batch is one row. The columns are what queries and guards look at; the whole of the batch is the JSON beside them, written by the same
-- statement. Rows of the other tables are written and removed in transactions with their batch's row; there are no foreign keys, because every
-- chunk of items would lock that row once more for each item.
create table batches (
    id uuid primary key,
    version bigint not null check (version >= 1),
    organization_id text not null,
    provider text not null,
    status text not null check (status in ('pending', 'running', 'completed', 'failed', 'cancelled', 'expired')),
    phase text not null check (phase in ('receiving', 'submitting', 'submission_unknown', 'polling', 'ingesting', 'reconciling', 'post_processing', 'done')),
    completed_at timestamptz,
    next_poll_at timestamptz,
    idempotency_key text,
    fingerprint text,
    -- Who may ask the provider about the batch, and until when. Taking it changes no version: what is stored under it is guarded by the version anyway.
    lease_id uuid,
    lease_until timestamptz,
    state json not null,
    constraint completed_at_is_terminal check ((completed_at is not null) = (status in ('completed', 'failed', 'cancelled', 'expired')))
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02);

-- Lists see no drafts.
create index batches_by_organization on batches (organization_id, id) where phase <> 'receiving';
create index batches_by_status on batches (organization_id, status, id) where phase <> 'receiving';
create index batches_by_provider on batches (organization_id, provider, id) where phase <> 'receiving';
create index batches_by_next_poll_at on batches (next_poll_at) where next_poll_at is not null;
create unique index batches_by_idempotency_key on batches (organization_id, idempotency_key) where idempotency_key is not null;

-- Which provider batches are ours, earlier attempts included: one belongs to one batch, whoever asks for it.
create table provider_batches (
    provider text not null,
    provider_batch_id text not null,
    batch_id uuid not null,
    primary key (provider, provider_batch_id)
);
create index provider_batches_by_batch on provider_batches (batch_id);

-- The requests, as they go out. Apart from the items, so that an outcome rewrites a short row, and kept for resubmission.
create table batch_params (
    batch_id uuid not null,
    position bigint not null,
    custom_id text collate "C" not null,
    params bytea not null,
    primary key (batch_id, position)
);

create table batch_items (
    batch_id uuid not null,
    custom_id text collate "C" not null,
    attempt integer not null,
    status text not null check (status in ('pending', 'completed', 'failed', 'cancelled', 'expired')),
    job_id uuid,
    -- The linked job is still to be told; and what it was, where it could not be.
    job_owed boolean not null,
    job_note text,
    http_status integer,
    completed_at timestamptz,
    error json,
    usage text,
    -- The provider's line, byte by byte: text could not hold all that JSON can.
    result bytea,
    primary key (batch_id, custom_id)
) with (fillfactor = 60, autovacuum_vacuum_scale_factor = 0.05);

create index batch_items_by_status on batch_items (batch_id, status, custom_id);
create index batch_items_by_job_owed on batch_items (batch_id, custom_id) where job_owed;

-- Result lines that name no item of the submission, at most a thousand for a batch.
create table batch_quarantine (
    batch_id uuid not null,
    attempt integer not null,
    file integer not null,
    line bigint not null,
    reason text not null,
    raw bytea not null,
    primary key (batch_id, attempt, file, line)
);
