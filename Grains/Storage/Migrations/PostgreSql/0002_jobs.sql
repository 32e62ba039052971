-- One job = one row. The id is a UUID v7: its order is the order of creation, so lists page by the id alone.
create table jobs (
    id uuid primary key,
    version bigint not null check (version >= 1),
    -- The write that made this version: a writer that lost its connection asks by it whether it was heard.
    write_id uuid not null,
    organization_id text collate "C" not null,
    user_id text collate "C" not null,
    job_type text collate "C" not null,
    status text collate "C" not null check (status in ('created', 'pending', 'running', 'completed', 'failed', 'cancelled', 'expired')),
    background boolean not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    started_at timestamptz,
    completed_at timestamptz,
    expires_at timestamptz,
    heartbeat_at timestamptz,
    due_at timestamptz,
    timeout_seconds integer,
    heartbeat_timeout_seconds integer,
    ttft_ns bigint,
    total_duration_ns bigint,
    parent_id uuid,
    stop_reason text collate "C",
    -- The string at metadata.source_id, kept beside it because an index on the expression would parse the metadata at every write.
    source_id text collate "C",
    idempotency_key text collate "C",
    fingerprint text,
    created_by_id text not null,
    last_updated_by_id text not null,
    -- json, not jsonb: the service never looks inside, and what was sent comes back to the letter.
    error json,
    progress json,
    callback json,
    history json not null,
    metadata json not null,
    request_config json,
    constraint completed_at_is_terminal check ((completed_at is not null) = (status in ('completed', 'failed', 'cancelled', 'expired')))
) with (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);

-- One index for each filter of the list, each ending in the status and the id: a page is one walk for each status that is asked for, along one of
-- them, however many jobs there are. Those of fields that most jobs leave empty are partial, and cost such jobs nothing.
-- That of the status has a condition which every row meets and only a list without another filter asks for: so it never takes the place of a filter's own
-- index, on a guess that what the filter looks for is frequent.
create index jobs_by_status on jobs (organization_id, status, id) where created_at > '-infinity';
create index jobs_by_type on jobs (organization_id, job_type, status, id);
create index jobs_by_user on jobs (organization_id, user_id, status, id);
create index jobs_by_background on jobs (organization_id, status, id) where background;
create index jobs_by_stop_reason on jobs (organization_id, stop_reason, status, id) where stop_reason is not null;
create index jobs_by_parent on jobs (organization_id, parent_id, status, id) where parent_id is not null;
create index jobs_by_source on jobs (organization_id, source_id, status, id) where source_id is not null;
create index jobs_by_due_at on jobs (due_at) where due_at is not null;
create unique index jobs_by_idempotency_key on jobs (organization_id, idempotency_key) where idempotency_key is not null;

-- How many jobs there are, kept in the transactions that change it. A slot is a writer: no two wait for one row.
create table job_counts (
    organization_id text collate "C" not null,
    job_type text collate "C" not null,
    status text collate "C" not null,
    slot integer not null,
    count bigint not null,
    primary key (organization_id, job_type, status, slot)
) with (fillfactor = 50);
