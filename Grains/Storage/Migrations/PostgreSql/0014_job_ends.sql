-- How many jobs ended in each minute of the last day, by organization and status, kept in the transactions that end them. A slot is a writer: no two
-- wait for one row.
create table job_ends (
    organization_id text collate "C" not null,
    minute timestamptz not null,
    status text collate "C" not null,
    slot integer not null,
    count bigint not null,
    primary key (organization_id, minute, status, slot)
) with (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.05);

-- What is older than a day goes, whoever's it is.
create index job_ends_by_minute on job_ends (minute);
