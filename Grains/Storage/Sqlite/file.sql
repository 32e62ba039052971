-- name: check_copy
-- One row with the word ok, or what is broken.
pragma quick_check(1)

-- name: count_all_jobs
-- How many there are, of whomever.
select count(*)
from jobs

-- name: count_tables_of_tagged_jobs
-- Two of them, unless nothing was ever stored, or by an older version.
select count(*)
from sqlite_master
where type = 'table' and name in ('jobs', 'job_tags')

-- name: has_jobs_and_none_tagged
-- One row: 1 where there are jobs, and none of the organization with the tag is among them.
select exists (select 1 from jobs)
    and not exists (select 1 from job_tags where organization_id = @organization_id and tag = @tag)

-- name: take_the_right_to_write
-- For a moment: it fails where anything at all is wrong with the file.
begin immediate;
rollback
