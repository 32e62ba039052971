-- name: read_any_job
select exists (select 1 from jobs)

-- name: write_check
-- A commit like any other: a page in the write-ahead log, synced.
insert into storage_checks (slot, checked_at) values (0, strftime('%s', 'now'))
on conflict (slot) do update set checked_at = excluded.checked_at
