-- As in PostgreSQL: operations, the jobs with which they failed, and the last one that acted on a job.
create table operations (
    id text primary key,
    organization_id text not null,
    version integer not null check (version >= 1),
    is_open integer not null,
    completed_at integer,
    idempotency_key text,
    fingerprint text not null,
    state text not null,
    constraint open_is_not_completed check (is_open = (completed_at is null))
) strict, without rowid;

create index operations_by_organization on operations (organization_id, id);
create index operations_open on operations (organization_id, id) where is_open = 1;
create index operations_completed on operations (completed_at) where completed_at is not null;
create unique index operations_by_idempotency_key on operations (organization_id, idempotency_key) where idempotency_key is not null;

create table operation_errors (
    operation_id text not null,
    place integer not null,
    job_id text not null,
    message text not null,
    primary key (operation_id, place)
) strict, without rowid;

alter table jobs add column operation_id text;

-- Why an action was taken, in the words of who took it.
alter table audit_events add column note text;
