-- name: count_ends
-- What ended since a minute: as many rows as there are minutes, statuses and writers, however many jobs.
select minute, status, sum(count)::bigint
from job_ends
where organization_id = @organization_id and minute >= @since
group by minute, status
order by minute

-- name: count_jobs
-- One organization's jobs by status and type; as many rows as there are pairs and writers, however many jobs.
select status, job_type, sum(count)::bigint
from job_counts
where organization_id = @organization_id
group by status, job_type
having sum(count) <> 0

-- name: count_children
-- How the children of groups stand; as many rows as there are statuses and writers, however many children.
select parent_id, status, sum(count)::bigint
from child_counts
where parent_id = any(@parent_id)
group by parent_id, status

-- name: filter_any_tags
and string_to_array(tags, ' ') && @any_tags::text[]

-- name: filter_background
and background

-- name: filter_callback_delivered
-- The column is text that the service wrote, here and below: what a receiver said stands in it with its quotes escaped.
and strpos(callback::text, '"delivered_at":"') > 0 and strpos(callback::text, '"next_attempt_at":"') = 0

-- name: filter_callback_failed
and completed_at is not null and strpos(callback::text, '"attempts":0') = 0
and strpos(callback::text, '"delivered_at":"') = 0 and strpos(callback::text, '"next_attempt_at":"') = 0

-- name: filter_callback_host
and callback::text ~* @callback_host::text

-- name: filter_callback_owed
and strpos(callback::text, '"next_attempt_at":"') > 0

-- name: filter_completed_after
and completed_at >= @completed_after

-- name: filter_completed_before
and completed_at < @completed_before

-- name: filter_first_tag
-- Of a walk along several tags: each job is told of with the first of them that it has.
and not string_to_array(tags, ' ') && (@any_tags::text[])[1:{place}]

-- name: filter_foreground
and not background

-- name: filter_job_type
and job_type = @job_type

-- name: filter_parent_id
and parent_id = @parent_id

-- name: filter_source_id
and source_id = @source_id

-- name: filter_status_alone
-- Of a list that has no filter with an index of its own: it opens that of the status.
and created_at > '-infinity'

-- name: filter_statuses
and status = any(@statuses::text[])

-- name: filter_stop_reason
and stop_reason = @stop_reason

-- name: filter_tags
and string_to_array(tags, ' ') @> @tags::text[]

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

-- name: find_writes
-- What became of rows whose guard did not hold.
select id, version, write_id
from jobs
where id = any(@ids)

-- name: forget_children
-- Of a group that is gone: what its children moved after it.
delete from child_counts
where parent_id = @group_id

-- name: list_jobs
-- A page of one organization: a bounded walk for each status, along the index of a filter, merged as they go.
select {job_columns}
from ({walks}) as job
order by id {direction}
limit @limit

-- name: list_jobs_of_scan
-- A page of jobs that no index has together: of so many entries along one, those that fit, and the last of them all, which tells where to go on.
-- Both are looked at as they come, and no further than the page needs.
select {job_columns}, place, {fits}
from (
    select found, place, fits
    from (
        select id as found, fits, row_number() over (order by id {direction}) as place
        from ({walks}) as walked
        order by id {direction}
        limit @scan
    ) as seen
    where fits or place = @scan
    order by found {direction}
    limit @limit
) as step
join jobs on jobs.id = step.found
order by jobs.id {direction}

-- name: list_jobs_of_status
(
    select *
    from jobs
    where organization_id = @organization_id and status = '{status}' and id > @low and id < @high {filters}
    order by id {direction}
    limit @limit
)

-- name: open_writer
-- A new row in the place of one whose last answer was lost: what its statement did stands then, and it does nothing any more. Rows of silos that are
-- gone go with it; a writer that has been there for so long gets another one.
with ended as (
    delete from job_writers
    where id = @ended or since < now() - interval '1 day'
)
insert into job_writers (id) values (@id)

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
select {job_columns}
from jobs
where id = any(@id)

-- name: read_open_jobs
-- All organizations' open jobs by status, and when the oldest was created: the rows of the counts, and one step along an index for each.
select counted.status, sum(counted.count)::bigint, min(oldest.created_at)
from (
    select organization_id, status, sum(count) as count
    from job_counts
    where status in ('created', 'pending', 'running')
    group by organization_id, status
    having sum(count) > 0
) as counted
left join lateral (
    select created_at
    from jobs
    where organization_id = counted.organization_id and status = counted.status and created_at > '-infinity'
    order by id
    limit 1
) as oldest on true
group by counted.status

-- name: read_owed_callbacks
-- How many of the jobs that are due first owe a callback, and when the first of them ended. The column is text that the service wrote.
select count(*), min(completed_at)
from (
    select completed_at, callback
    from jobs
    where due_at is not null
    order by due_at, id
    limit @limit
) as due
where completed_at is not null and strpos(callback::text, '"next_attempt_at":"') > 0

-- name: read_receivers
-- How an organization's receivers did since an hour, those that failed most first.
select host, sum(delivered)::bigint, sum(failed)::bigint, max(last_success_at), max(last_failure_at), (
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
-- Of all organizations, the oldest first. A row of so long ago is written by nobody any more.
delete from job_ends
where (organization_id, minute, status, slot) in (
    select organization_id, minute, status, slot
    from job_ends
    where minute < @before
    order by minute
    limit @limit
)

-- name: remove_group_notice
-- The group has looked. What is being written to has more to tell, and stays.
delete from group_notices
where (group_id, slot, number) in (
    select group_id, slot, number
    from group_notices
    where group_id = @group_id and slot = @slot and number = @number
    for update skip locked
)

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

-- name: save_jobs
-- Group commit: new rows, changed rows, removed rows, their tags and the counts they move, each row guarded by its version. Returns the ids that were written,
-- and the writer's own: without it nothing was written, because the writer has lost its row, for which whoever takes it waits.
-- A new row's parent is locked, in id order, so that no child comes behind the end or the seal of its group; the rule is that of ParentRow.
-- A child's end moves its group's counts, and leaves a notice for the group; so does what a group itself becomes. They only make it look.
-- Metadata that are null stay as they are, with what was put aside of them because it is large.
-- The limits let all through. The server takes each for a tenth of what comes, and so looks rows up by their key, whatever it knows of the table.
-- The commit is durable, whatever the role's or the server's default is.
with writer as (
    select id from job_writers where id = @writer for key share
), parents as (
    select jobs.id as parent, jobs.organization_id as parents_organization, jobs.on_child_failure as parents_rule,
        jobs.group_state is null or (jobs.group_state = 'open' and jobs.completed_at is null) as takes,
        case when jobs.group_state is not null then concat_ws(' ', jobs.ancestors, jobs.id) end as path
    from (select * from unnest(@parents) as given (id) limit (select cardinality(@parents))) as given
    join jobs on jobs.id = given.id
    order by jobs.id
    for share of jobs
), inserted as (
    insert into jobs (version, created_by_id, last_updated_by_id, ancestors, {new_columns})
    select 1, user_id, user_id, path, {new_columns}
    from unnest({new_values}) as new ({new_columns})
    left join lateral (select * from parents where parent = new.parent_id limit 1) as its on true
    where exists (select from writer) and (new.parent_id is null or (takes and parents_organization = new.organization_id
        and (path is null or (length(path) + 1 <= 37 * @depth and strpos(path, new.id::text) = 0))))
    on conflict do nothing
    returning id, organization_id, job_type, status, tags, parent_id, ancestors, completed_at
), tagged as (
    insert into job_tags (organization_id, tag, job_id)
    select organization_id, unnest(string_to_array(tags, ' ')), id
    from inserted
    where tags is not null
), updated as (
    update jobs set
        version = jobs.version + 1,
        source_id = case when change.metadata is null then jobs.source_id else change.source_id end,
        metadata = coalesce(change.metadata, jobs.metadata),
        {set_columns}
    from (select * from unnest({changed_values}) as given ({changed_columns}) limit (select cardinality(@id))) as change
    where jobs.id = change.id and jobs.version = change.expected and exists (select from writer)
    returning jobs.id, jobs.organization_id, jobs.job_type, change.old_status, jobs.status,
        jobs.parent_id, jobs.ancestors, jobs.group_state, jobs.completed_at, change.told_host, change.told_at, change.told_error
), removed as (
    delete from jobs
    using (select * from unnest(@removed_id, @removed_expected) as given (id, expected) limit (select cardinality(@removed_id))) as gone
    where jobs.id = gone.id and jobs.version = gone.expected and exists (select from writer)
    returning jobs.id, jobs.organization_id, jobs.job_type, jobs.status, jobs.tags, jobs.parent_id, jobs.ancestors, jobs.group_state,
        jobs.completed_at
), untagged as (
    delete from job_tags
    using (
        select organization_id, unnest(string_to_array(tags, ' ')) as tag, id
        from removed
        where tags is not null
        limit (select 100 * cardinality(@removed_id))
    ) as gone
    where job_tags.organization_id = gone.organization_id and job_tags.tag = gone.tag and job_tags.job_id = gone.id
), counted as (
    insert into job_counts as total (organization_id, job_type, status, slot, count)
    select organization_id, job_type, status, @slot, sum(change)
    from (
        select organization_id, job_type, status, 1 as change from inserted
        union all
        select organization_id, job_type, status, 1 from updated where status <> old_status
        union all
        select organization_id, job_type, old_status, -1 from updated where status <> old_status
        union all
        select organization_id, job_type, status, -1 from removed
    ) as moved
    group by organization_id, job_type, status
    having sum(change) <> 0
    order by organization_id, job_type, status
    on conflict (organization_id, job_type, status, slot) do update set count = total.count + excluded.count
), children as (
    insert into child_counts as total (parent_id, status, slot, count)
    select parent_id, status, @slot, sum(change)
    from (
        select parent_id, status, 1 as change from inserted where ancestors is not null
        union all
        select parent_id, status, 1 from updated where status <> old_status and ancestors is not null
        union all
        select parent_id, old_status, -1 from updated where status <> old_status and ancestors is not null
        union all
        select parent_id, status, -1 from removed where completed_at is null and ancestors is not null
        union all
        select parent_id, 'cancelled', 1 from removed where completed_at is null and ancestors is not null
    ) as moved
    group by parent_id, status
    having sum(change) <> 0
    order by parent_id, status
    on conflict (parent_id, status, slot) do update set count = total.count + excluded.count
), ended as (
    insert into job_ends as total (organization_id, minute, status, slot, count)
    select organization_id, date_trunc('minute', completed_at, 'UTC'), status, @slot, count(*)
    from (
        select organization_id, completed_at, status from inserted where completed_at is not null
        union all
        select organization_id, completed_at, status from updated where status <> old_status and completed_at is not null
    ) as over
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (organization_id, minute, status, slot) do update set count = total.count + excluded.count
), told as (
    insert into receiver_stats as total (
        organization_id, host, hour, slot, delivered, failed, last_success_at, last_failure_at, last_error)
    select organization_id, told_host, date_trunc('hour', told_at, 'UTC'), @slot,
        count(*) filter (where told_error is null), count(told_error),
        max(told_at) filter (where told_error is null), max(told_at) filter (where told_error is not null),
        (array_agg(told_error order by told_at desc) filter (where told_error is not null))[1]
    from updated
    where told_host is not null
    group by 1, 2, 3
    order by 1, 2, 3
    on conflict (organization_id, host, hour, slot) do update set
        delivered = total.delivered + excluded.delivered,
        failed = total.failed + excluded.failed,
        last_success_at = greatest(total.last_success_at, excluded.last_success_at),
        last_error = case when excluded.last_failure_at >= total.last_failure_at or total.last_failure_at is null
            then coalesce(excluded.last_error, total.last_error) else total.last_error end,
        last_failure_at = greatest(total.last_failure_at, excluded.last_failure_at)
), noticed as (
    insert into group_notices as told (group_id, slot, number)
    select distinct group_id, @slot, 1
    from (
        select parent_id as group_id from inserted
        cross join lateral (select from parents where parent = inserted.parent_id and parents_rule = 'cancel' limit 1) as its
        union all
        select parent_id from updated where status <> old_status and completed_at is not null and ancestors is not null
        union all
        select parent_id from removed where completed_at is null and ancestors is not null
        union all
        select id from updated where group_state is not null and (status <> old_status or group_state = 'sealed')
        union all
        select id from removed where group_state is not null
    ) as looking
    order by group_id
    on conflict (group_id, slot) do update set number = told.number + 1
)
select id
from (select id from inserted union all select id from updated union all select id from removed union all select id from writer) as written
where (select set_config('synchronous_commit', 'on', true)) is not null

-- name: scan_jobs_of_status
(
    select id, (true {filters}) is true as fits
    from jobs
    where organization_id = @organization_id and status = '{status}' and id > @low and id < @high {lead}
    order by id {direction}
    limit @scan
)

-- name: scan_jobs_of_tag
-- The job is looked up for each entry, by its key; as a join the server might read all jobs instead.
(
    select job_id as id, coalesce((select true from jobs where id = job_tags.job_id {filters}), false) as fits
    from job_tags
    where organization_id = @organization_id and tag = (@{tags}::text[])[{place}] and job_id > @low and job_id < @high
    order by job_id {direction}
    limit @scan
)

-- name: walk_jobs
-- All jobs in id order, a step along the primary key.
select id, status, completed_at
from jobs
where id > @low and id < @high
order by id
limit @limit
