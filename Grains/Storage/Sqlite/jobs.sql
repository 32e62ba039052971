-- name: add_child_count
insert into child_counts as total (parent_id, status, slot, count)
values (@parent_id, @status, 0, @change)
on conflict (parent_id, status, slot) do update set count = total.count + excluded.count

-- name: add_count
insert into job_counts as total (organization_id, job_type, status, slot, count)
values (@organization_id, @job_type, @status, 0, @change)
on conflict (organization_id, job_type, status, slot) do update set count = total.count + excluded.count

-- name: add_end
insert into job_ends as total (organization_id, minute, status, slot, count)
values (@organization_id, @minute, @status, 0, @change)
on conflict (organization_id, minute, status, slot) do update set count = total.count + excluded.count

-- name: add_group_notice
insert into group_notices as told (group_id, slot, number)
values (@group_id, 0, 1)
on conflict (group_id, slot) do update set number = told.number + 1

-- name: add_receiver_result
insert into receiver_stats as total (
    organization_id, host, hour, slot, delivered, failed, last_success_at, last_failure_at, last_error)
values (@organization_id, @host, @hour, 0, @error is null, @error is not null, iif(@error is null, @at, null), iif(@error is null, null, @at), @error)
on conflict (organization_id, host, hour, slot) do update set
    delivered = total.delivered + excluded.delivered,
    failed = total.failed + excluded.failed,
    last_success_at = coalesce(max(total.last_success_at, excluded.last_success_at), total.last_success_at, excluded.last_success_at),
    last_error = iif(excluded.last_failure_at >= total.last_failure_at or total.last_failure_at is null, coalesce(excluded.last_error, total.last_error), total.last_error),
    last_failure_at = coalesce(max(total.last_failure_at, excluded.last_failure_at), total.last_failure_at, excluded.last_failure_at)

-- name: add_tags
insert into job_tags (organization_id, tag, job_id)
select @organization_id, value, @id
from json_each(@tags)

-- name: count_children
-- How the children of a group stand; as many rows as there are statuses, however many children.
select parent_id, status, sum(count)
from child_counts
where parent_id = @parent_id
group by parent_id, status

-- name: count_ends
-- What ended since a minute: as many rows as there are minutes and statuses, however many jobs.
select minute, status, sum(count)
from job_ends
where organization_id = @organization_id and minute >= @since
group by minute, status
order by minute

-- name: count_jobs
-- One organization's jobs by status and type; as many rows as there are pairs, however many jobs.
select status, job_type, sum(count)
from job_counts
where organization_id = @organization_id
group by status, job_type
having sum(count) <> 0

-- name: filter_any_tags
and exists (select 1 from json_each(@any_tags) where instr(' ' || tags || ' ', ' ' || value || ' ') > 0)

-- name: filter_background
and background = 1

-- name: filter_callback_delivered
-- The column is text that the service wrote, here and below: what a receiver said stands in it with its quotes escaped.
and instr(callback, '"delivered_at":"') > 0 and instr(callback, '"next_attempt_at":"') = 0

-- name: filter_callback_failed
and completed_at is not null and instr(callback, '"attempts":0') = 0
and instr(callback, '"delivered_at":"') = 0 and instr(callback, '"next_attempt_at":"') = 0

-- name: filter_callback_host
-- The operator is a function of the program's own.
and callback regexp @callback_host

-- name: filter_callback_owed
and instr(callback, '"next_attempt_at":"') > 0

-- name: filter_completed_after
and completed_at >= @completed_after

-- name: filter_completed_before
and completed_at < @completed_before

-- name: filter_foreground
and background = 0

-- name: filter_job_type
and job_type = @job_type

-- name: filter_parent_id
and parent_id = @parent_id

-- name: filter_source_id
and source_id = @source_id

-- name: filter_statuses
and status in (select value from json_each(@statuses))

-- name: filter_stop_reason
and stop_reason = @stop_reason

-- name: filter_tags
and tags is not null and not exists (select 1 from json_each(@tags) where instr(' ' || tags || ' ', ' ' || value || ' ') = 0)

-- name: filter_user_id
and user_id = @user_id

-- name: find_idempotency_key
-- Who holds a key, such as one that an insert ran into.
select id, fingerprint
from jobs
where organization_id = @organization_id and idempotency_key = @idempotency_key

-- name: find_parent
-- What says whether a job takes children.
select id, organization_id, status, group_state, ancestors, on_child_failure
from jobs
where id = @id

-- name: find_write
-- What became of a row whose guard did not hold.
select version, write_id
from jobs
where id = @id

-- name: forget_children
-- Of a group that is gone: what its children moved after it.
delete from child_counts
where parent_id = @group_id

-- name: insert_job
insert into jobs (version, created_by_id, last_updated_by_id, ancestors, {new_columns})
values (1, @user_id, @user_id, @ancestors, {new_values})
on conflict do nothing
returning {written_columns}

-- name: list_jobs_of_status
-- A page of one organization and one status: a walk along one index between two ids; the reader merges those of several (SQLite would sort them).
-- The index is named because SQLite, without statistics, takes another for as good, and then reads every job of the organization.
select {job_columns}
from jobs indexed by {index}
where organization_id = @organization_id and status = @status and id > @low and id < @high {filters}
order by id {direction}
limit @limit

-- name: prepare_connection
-- A commit is durable: the write-ahead log is synced before it is acknowledged. A lock of others is waited for in short steps, as
-- many as the connection's timeout lets.
pragma busy_timeout = 500;
pragma journal_mode = wal;
pragma synchronous = full

-- name: read_due_jobs
-- What is to be woken, a page along the partial index.
select due_at, id
from jobs
where due_at is not null and due_at <= @now and (due_at, id) > (@after_due_at, @after_id)
order by due_at, id
limit @limit

-- name: read_group_notices
-- Groups that have to look at their counts, a page along the primary key.
select group_id, slot, number
from group_notices
where (group_id, slot) > (@after_group, @after_slot)
order by group_id, slot
limit @limit

-- name: read_jobs
-- One after the other.
select {job_columns}
from jobs
where id = @id

-- name: read_open_jobs
-- All organizations' open jobs by status, and when the oldest was created: the rows of the counts, and one step along an index for each.
select status, sum(count), min(oldest)
from (
    select organization_id, status, sum(count) as count, (
        select created_at
        from jobs indexed by jobs_by_status
        where organization_id = total.organization_id and status = total.status
        order by id
        limit 1
    ) as oldest
    from job_counts as total
    where status in ('created', 'pending', 'running')
    group by organization_id, status
    having sum(count) > 0
)
group by status

-- name: read_owed_callbacks
-- How many of the jobs that are due first owe a callback, and when the first of them ended. The column is text that the service wrote.
select count(*), min(completed_at)
from (
    select completed_at, callback
    from jobs
    where due_at is not null
    order by due_at, id
    limit @limit
)
where completed_at is not null and instr(callback, '"next_attempt_at":"') > 0

-- name: read_receivers
-- How an organization's receivers did since an hour, those that failed most first.
select host, sum(delivered), sum(failed), max(last_success_at), max(last_failure_at), (
    select last_error
    from receiver_stats as newest
    where newest.organization_id = @organization_id and newest.host = stats.host and newest.hour >= @since and newest.last_failure_at is not null
    order by newest.last_failure_at desc
    limit 1
)
from receiver_stats as stats
where organization_id = @organization_id and hour >= @since
group by host
order by sum(failed) desc, host
limit @limit

-- name: remove_ends
-- Of all organizations, the oldest first.
delete from job_ends
where (organization_id, minute, status, slot) in (
    select organization_id, minute, status, slot
    from job_ends
    where minute < @before
    order by minute
    limit @limit
)

-- name: remove_group_notice
-- The group has looked; a notice with more to tell has another number by now.
delete from group_notices
where group_id = @group_id and slot = @slot and number = @number

-- name: remove_job
delete from jobs
where id = @id and version = @expected
returning {written_columns}

-- name: remove_receivers
-- Of all organizations, the oldest first.
delete from receiver_stats
where (organization_id, host, hour, slot) in (
    select organization_id, host, hour, slot
    from receiver_stats
    where hour < @before
    order by hour
    limit @limit
)

-- name: remove_tags
delete from job_tags
where organization_id = @organization_id and tag in (select value from json_each(@tags)) and job_id = @id

-- name: scan_jobs_of_status
-- The entries of one status along an index, and which of their jobs fit; the reader merges those of several, and looks no further than it needs.
select id, (1 {filters}) is true
from jobs indexed by {index}
where organization_id = @organization_id and status = @status and id > @low and id < @high {lead}
order by id {direction}

-- name: scan_jobs_of_tag
-- The entries of one tag.
select job_id, exists (select 1 from jobs where id = job_tags.job_id {filters})
from job_tags
where organization_id = @organization_id and tag = @tag and job_id > @low and job_id < @high
order by job_id {direction}

-- name: update_job
update jobs set
    version = version + 1,
    source_id = case when @metadata is null then source_id else @source_id end,
    metadata = coalesce(@metadata, metadata),
    {set_columns}
where id = @id and version = @expected
returning {written_columns}

-- name: walk_jobs
-- All jobs in id order, a step along the primary key.
select id, status, completed_at
from jobs
where id > @low and id < @high
order by id
limit @limit

-- name: written_columns
-- What a row that was written moves: the counts, and those of its group.
organization_id, job_type, parent_id, ancestors, group_state, tags
