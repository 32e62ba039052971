-- name: create_leases
-- Under the lock on migrations.
create table if not exists migration_leases (
    script text primary key,
    holder uuid not null,
    until timestamptz not null
)

-- name: drop_index
-- The name is one of our scripts'.
drop index concurrently if exists {index}

-- name: release_lease
delete from migration_leases
where script = @script and holder = @holder

-- name: stay_idle
-- The transaction waits for scripts that other connections run.
set local idle_in_transaction_session_timeout = 0

-- name: take_lease
-- Also by who has it: then for longer.
insert into migration_leases as lease (script, holder, until)
values (@script, @holder, now() + @length)
on conflict (script) do update set holder = excluded.holder, until = excluded.until
where lease.until < now() or lease.holder = excluded.holder
returning script

-- name: try_lock
-- Asked again and again in transactions of their own: one that waits would hold up an index that is built concurrently.
select pg_try_advisory_xact_lock(@key)

-- name: unfinished_indexes
-- Of these names: what a build left behind that did not end, and what one is building that did not hear that its client is gone.
select index.relname, exists (select from pg_stat_progress_create_index as build where build.index_relid = index.oid)
from pg_index as kept
join pg_class as index on index.oid = kept.indexrelid
where not kept.indisvalid and index.relname = any (@names) and pg_table_is_visible(index.oid)
