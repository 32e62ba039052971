-- One action on all jobs of a filter: a row for each, and one for each job with which it failed. A job names the last one that acted on it.
create table operations (
    id uuid primary key,
    organization_id text collate "C" not null,
    version bigint not null check (version >= 1),
    is_open boolean not null,
    completed_at timestamptz,
    idempotency_key text collate "C",
    fingerprint text not null,
    state json not null,
    constraint open_is_not_completed check (is_open = (completed_at is null))
);

create index operations_by_organization on operations (organization_id, id);
create index operations_open on operations (organization_id, id) where is_open;
create index operations_completed on operations (completed_at) where completed_at is not null;
create unique index operations_by_idempotency_key on operations (organization_id, idempotency_key) where idempotency_key is not null;

create table operation_errors (
    operation_id uuid not null references operations (id) on delete cascade,
    place bigint not null,
    job_id uuid not null,
    message text not null,
    primary key (operation_id, place)
);

alter table jobs add column operation_id uuid;

-- Why an action was taken, in the words of who took it.
alter table audit_events add column note text;
