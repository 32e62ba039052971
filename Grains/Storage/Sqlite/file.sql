-- name: check_copy
-- One row with the word ok, or what is broken.
pragma quick_check(1)

-- name: count_all_jobs
-- How many there are, of whomever.
select count(*)
from jobs

-- name: take_the_right_to_write
-- For a moment: it fails where anything at all is wrong with the file.
begin immediate;
rollback
