-- The PostgreSQL tables in SQLite's types, as in 0002. Rows with large values keep their rowid: a tree of long keys and long rows is slow.
create table batches (
    id text primary key,
    version integer not null check (version >= 1),
    organization_id text not null,
    provider text not null,
    status text not null check (status in ('pending', 'running', 'completed', 'failed', 'cancelled', 'expired')),
    phase text not null check (phase in ('receiving', 'submitting', 'submission_unknown', 'polling', 'ingesting', 'reconciling', 'post_processing', 'done')),
    completed_at integer,
    next_poll_at integer,
    idempotency_key text,
    fingerprint text,
    -- Who may ask the provider about the batch, and until when. Taking it changes no version: what is stored under it is guarded by the version anyway.
    lease_id text,
    lease_until integer,
    state text not null,
    constraint completed_at_is_terminal check ((completed_at is not null) = (status in ('completed', 'failed', 'cancelled', 'expired')))
) strict, without rowid;

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
    batch_id text not null,
    primary key (provider, provider_batch_id)
) strict, without rowid;
create index provider_batches_by_batch on provider_batches (batch_id);

-- The requests, as they go out. Apart from the items, so that an outcome rewrites a short row, and kept for resubmission.
create table batch_params (
    batch_id text not null,
    position integer not null,
    custom_id text not null,
    params blob not null,
    primary key (batch_id, position)
) strict;

create table batch_items (
    batch_id text not null,
    custom_id text not null,
    attempt integer not null,
    status text not null check (status in ('pending', 'completed', 'failed', 'cancelled', 'expired')),
    job_id text,
    -- The linked job is still to be told; and what it was, where it could not be.
    job_owed integer not null,
    job_note text,
    http_status integer,
    completed_at integer,
    error text,
    usage text,
    -- The provider's line, byte by byte: text could not hold all that JSON can.
    result blob,
    primary key (batch_id, custom_id)
) strict;

create index batch_items_by_status on batch_items (batch_id, status, custom_id);
create index batch_items_by_job_owed on batch_items (batch_id, custom_id) where job_owed = 1;

-- Result lines that name no item of the submission, at most a thousand for a batch.
create table batch_quarantine (
    batch_id text not null,
    attempt integer not null,
    file integer not null,
    line integer not null,
    reason text not null,
    raw blob not null,
    primary key (batch_id, attempt, file, line)
) strict, without rowid;
