-- How many jobs ended in each minute of the last day, by organization and status, kept in the transactions that end them. One writer, one slot.
create table job_ends (
    organization_id text not null,
    minute integer not null,
    status text not null,
    slot integer not null,
    count integer not null,
    primary key (organization_id, minute, status, slot)
) strict, without rowid;

-- What is older than a day goes, whoever's it is.
create index job_ends_by_minute on job_ends (minute);
