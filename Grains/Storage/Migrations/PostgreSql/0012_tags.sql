-- A job's tags stand in its row, with a space between them, and each in a narrow table of its own, whose key has the jobs of a tag in id order: a list
-- by tag is a walk along it. Both are written by the statement that writes the job. They never change, so no change of a status pays for them.
alter table jobs add column tags text collate "C";

create table job_tags (
    organization_id text collate "C" not null,
    tag text collate "C" not null,
    job_id uuid not null,
    primary key (organization_id, tag, job_id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_insert_scale_factor = 0.05);
