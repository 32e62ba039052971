-- What a silo writes to learn whether it can: /healthz/ready, and whether the silo must leave its cluster.

create table storage_checks (
    slot       smallint primary key,
    checked_at timestamptz not null
);
comment on column storage_checks.slot is 'A silo draws one at its start, of 64: the table does not grow with the silos that come and go.';
