-- The PostgreSQL table in SQLite's types: uuids and JSON as text, times as microseconds since 1970, booleans as 0 and 1.
create table jobs (
    id text primary key,
    version integer not null check (version >= 1),
    write_id text not null,
    organization_id text not null,
    user_id text not null,
    job_type text not null,
    status text not null check (status in ('created', 'pending', 'running', 'completed', 'failed', 'cancelled', 'expired')),
    background integer not null,
    created_at integer not null,
    updated_at integer not null,
    started_at integer,
    completed_at integer,
    expires_at integer,
    heartbeat_at integer,
    due_at integer,
    timeout_seconds integer,
    heartbeat_timeout_seconds integer,
    ttft_ns integer,
    total_duration_ns integer,
    parent_id text,
    stop_reason text,
    source_id text,
    idempotency_key text,
    fingerprint text,
    created_by_id text not null,
    last_updated_by_id text not null,
    error text,
    progress text,
    callback text,
    history text not null,
    metadata text not null,
    request_config text,
    constraint completed_at_is_terminal check ((completed_at is not null) = (status in ('completed', 'failed', 'cancelled', 'expired')))
) strict, without rowid;

create index jobs_by_status on jobs (organization_id, status, id);
create index jobs_by_type on jobs (organization_id, job_type, status, id);
create index jobs_by_user on jobs (organization_id, user_id, status, id);
create index jobs_by_background on jobs (organization_id, status, id) where background = 1;
create index jobs_by_stop_reason on jobs (organization_id, stop_reason, status, id) where stop_reason is not null;
create index jobs_by_parent on jobs (organization_id, parent_id, status, id) where parent_id is not null;
create index jobs_by_source on jobs (organization_id, source_id, status, id) where source_id is not null;
create index jobs_by_due_at on jobs (due_at) where due_at is not null;
create unique index jobs_by_idempotency_key on jobs (organization_id, idempotency_key) where idempotency_key is not null;

-- One writer, one slot: the column is there so that both databases have the same words.
create table job_counts (
    organization_id text not null,
    job_type text not null,
    status text not null,
    slot integer not null,
    count integer not null,
    primary key (organization_id, job_type, status, slot)
) strict, without rowid;
