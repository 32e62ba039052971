-- How the attempts of callbacks went, by receiver and hour, kept in the transactions that store them. One writer, one slot.
create table receiver_stats (
    organization_id text not null,
    host text not null,
    hour integer not null,
    slot integer not null,
    delivered integer not null,
    failed integer not null,
    last_success_at integer,
    last_failure_at integer,
    last_error text,
    primary key (organization_id, host, hour, slot)
) strict, without rowid;

-- What is old goes, whoever's it is.
create index receiver_stats_by_hour on receiver_stats (hour);
