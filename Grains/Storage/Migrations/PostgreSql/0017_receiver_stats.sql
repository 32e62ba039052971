-- How the attempts of callbacks went, by receiver and hour, kept in the transactions that store them. A slot is a writer: no two wait for one row.
create table receiver_stats (
    organization_id text collate "C" not null,
    host text collate "C" not null,
    hour timestamptz not null,
    slot integer not null,
    delivered bigint not null,
    failed bigint not null,
    last_success_at timestamptz,
    last_failure_at timestamptz,
    last_error text,
    primary key (organization_id, host, hour, slot)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- What is old goes, whoever's it is.
create index receiver_stats_by_hour on receiver_stats (hour);
