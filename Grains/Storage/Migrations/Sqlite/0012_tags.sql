-- As in PostgreSQL: in the row, and in a table whose key has the jobs of a tag in id order.
alter table jobs add column tags text;

create table job_tags (
    organization_id text not null,
    tag text not null,
    job_id text not null,
    primary key (organization_id, tag, job_id)
) strict, without rowid;
