-- What the silo writes to learn whether it can: /healthz/ready.

create table storage_checks (
    slot       integer primary key,
    checked_at integer not null
) strict;
