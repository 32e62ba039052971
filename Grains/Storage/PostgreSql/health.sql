-- name: narrow_memory
-- Until the end of the transaction, so that a few rows are more than it holds.
select set_config('work_mem', '64kB', true)

-- name: read_any_job
select exists (select from jobs)

-- name: take_room
-- Rows that the server puts into a file of its own, about 100 KB: a disk that is full says so, and no table grows by it.
select count(*) from generate_series(1, 5000)

-- name: write_check
insert into storage_checks (slot, checked_at) values (@slot, now())
on conflict (slot) do update set checked_at = excluded.checked_at
