-- name: add_found_items
-- Of an adopted batch: the items are those that its results name. The first outcome wins.
insert into batch_items (batch_id, custom_id, attempt, status, job_owed, http_status, completed_at, error, usage, result)
values (@batch_id, @custom_id, @attempt, @status, 0, @http_status, @now, @error, @usage, @result)
on conflict do nothing
returning custom_id

-- name: add_items
-- An id that is not returned was there before.
insert into batch_items (batch_id, custom_id, attempt, status, job_id, job_owed)
values (@batch_id, @custom_id, 1, 'pending', @job_id, 0)
on conflict do nothing
returning custom_id

-- name: add_params
insert into batch_params (batch_id, position, custom_id, params)
values (@batch_id, @position, @custom_id, @params)

-- name: alike_creates
-- A walk along the index of creates whose outcome is not known, which are few; each item is looked up by its key.
select {batch_columns}
from batches
where provider = @provider and posted_items is not null and (@items is null or posted_items = @items)
    and @count = (
        select count(*)
        from batch_items as item
        where item.batch_id = batches.id and item.attempt = batches.posted_attempt and item.custom_id in (select value from json_each(@custom_id)))
order by id
limit @limit

-- name: batch_columns
version, state

-- name: claim_provider_batch
-- Harmless where it is the batch's own already.
insert into provider_batches (provider, provider_batch_id, batch_id)
values (@provider, @provider_batch_id, @batch_id)
on conflict do nothing

-- name: compare_items
-- Lines that changed nothing: whether their item has that very result. A line that is not returned names no item of the attempt.
select custom_id, result = @result
from batch_items
where batch_id = @batch_id and custom_id = @custom_id and attempt = @attempt

-- name: count_items
select status, count(*)
from batch_items
where batch_id = @batch_id
group by status

-- name: delete_batch_items
delete from batch_items
where rowid in (
    select rowid
    from batch_items
    where batch_id = @batch_id
    limit @limit)

-- name: delete_batch_params
delete from batch_params
where rowid in (
    select rowid
    from batch_params
    where batch_id = @batch_id
    limit @limit)

-- name: delete_batch_quarantine
delete from batch_quarantine
where (batch_id, attempt, file, line) in (
    select batch_id, attempt, file, line
    from batch_quarantine
    where batch_id = @batch_id
    limit @limit)

-- name: delete_batches
delete from batches
where id = @batch_id

-- name: delete_provider_batches
delete from provider_batches
where batch_id = @batch_id

-- name: due_batches
-- For each account those that wait longest, so that no account's crowd hides another's. What is being worked on is not due.
select id, provider
from (
    select id, provider, row_number() over (partition by provider order by next_poll_at) as place
    from batches
    where next_poll_at <= @now and (lease_until is null or lease_until <= @now)
) as due
where place <= @limit
order by place

-- name: ended_batches
-- Done, and kept for as long as their outcome says. What is being worked on is left out.
select id
from batches
where phase = 'done' and status = @status and completed_at <= @ended_by and (lease_until is null or lease_until <= @now)
order by completed_at
limit @limit

-- name: filter_provider
and provider = @provider

-- name: find_idempotency_key
select id, fingerprint
from batches
where organization_id = @organization_id and idempotency_key = @idempotency_key

-- name: find_provider_batch
select claim.batch_id, batch.organization_id
from provider_batches as claim
join batches as batch on batch.id = claim.batch_id
where claim.provider = @provider and claim.provider_batch_id = @provider_batch_id

-- name: insert_batch
insert into batches (id, version, organization_id, provider, status, phase, completed_at, next_poll_at, idempotency_key, fingerprint, posted_items, posted_attempt, state)
values (@id, 1, @organization_id, @provider, @status, @phase, @completed_at, @next_poll_at, @idempotency_key, @fingerprint, @posted_items, @posted_attempt, @state)
on conflict do nothing

-- name: item_columns
custom_id, status, error, http_status, usage, job_id, attempt, completed_at, job_note

-- name: list_batches
-- A page of one organization: a walk along one index between two ids.
select {batch_columns}
from batches
where organization_id = @organization_id and phase <> 'receiving' and id > @low and id < @high {filters}
order by id {direction}
limit @limit

-- name: list_batches_one_status
-- The same for one status; several are merged by the reader.
select {batch_columns}
from batches
where organization_id = @organization_id and status = @status and phase <> 'receiving' and id > @low and id < @high {filters}
order by id {direction}
limit @limit

-- name: list_items
select {item_columns}
from batch_items
where batch_id = @batch_id and custom_id > @after
order by custom_id
limit @limit

-- name: list_items_one_status
select {item_columns}
from batch_items
where batch_id = @batch_id and status = @status and custom_id > @after
order by custom_id
limit @limit

-- name: mark_jobs
update batch_items set job_owed = 0, job_note = @job_note
where batch_id = @batch_id and custom_id = @custom_id
returning custom_id

-- name: owed_jobs
select custom_id, job_id, status, error
from batch_items
where batch_id = @batch_id and job_owed = 1 and custom_id > @after
order by custom_id
limit @limit

-- name: quarantine
-- A line that was set aside by an earlier pass stays as it is.
insert into batch_quarantine (batch_id, attempt, file, line, reason, raw)
values (@batch_id, @attempt, @file, @line, @reason, @raw)
on conflict do nothing

-- name: read_batch
select {batch_columns}
from batches
where id = @id

-- name: read_item
select {item_columns}, result
from batch_items
where batch_id = @batch_id and custom_id = @custom_id

-- name: read_quarantine
-- Lines that were set aside, behind a place; each holds a few kilobytes at most.
select attempt, file, line, reason, raw
from batch_quarantine
where batch_id = @batch_id and (attempt, file, line) > (@attempt, @file, @line)
order by attempt, file, line
limit @limit

-- name: read_results
-- Lines until so many bytes have gone before: the database adds up lengths without reading what is long.
select custom_id, result
from (
    select custom_id, result, sum(length(result)) over (order by custom_id) - length(result) as before
    from (
        select custom_id, result
        from batch_items
        where batch_id = @batch_id and custom_id > @after and result is not null
        order by custom_id
        limit @limit
    ) as next
) as page
where before < @max_bytes
order by custom_id

-- name: read_submission
-- The requests of an attempt, in the order in which they came.
select position, custom_id, params
from (
    select position, custom_id, params, sum(length(params)) over (order by position) - length(params) as before
    from (
        select request.position, request.custom_id, request.params
        from batch_params as request
        join batch_items as item on item.batch_id = request.batch_id and item.custom_id = request.custom_id
        where request.batch_id = @batch_id and request.position > @after and item.attempt = @attempt and item.status = 'pending'
        order by request.position
        limit @limit
    ) as next
) as page
where before < @max_bytes
order by position

-- name: release_lease
update batches set lease_id = null, lease_until = null
where id = @id and lease_id = @lease_id

-- name: renew_lease
update batches set lease_until = @until
where id = @id and lease_id = @lease_id

-- name: resubmit_items
update batch_items set status = 'pending', attempt = @attempt, job_note = null, http_status = null, completed_at = null, error = null, usage = null, result = null
where batch_id = @batch_id and status = @status

-- name: settle_batch
-- One process works on the file: what has failed is over.
select 1
from batches
where id = @id

-- name: settle_items
-- The first outcome of each item wins.
update batch_items set
    status = @status,
    job_owed = job_id is not null,
    http_status = @http_status,
    completed_at = @now,
    error = @error,
    usage = @usage,
    result = @result
where batch_id = @batch_id and custom_id = @custom_id and attempt = @attempt and status = 'pending'
returning custom_id

-- name: settle_missing
update batch_items set status = @status, job_owed = job_id is not null, http_status = @http_status, completed_at = @now, error = @error
where batch_id = @batch_id and status = 'pending' and custom_id in (
    select custom_id
    from batch_items
    where batch_id = @batch_id and status = 'pending'
    order by custom_id
    limit @limit)

-- name: take_lease
update batches set lease_id = @lease_id, lease_until = @until
where id = @id and version = @version and (lease_until is null or lease_until <= @now or lease_id = @lease_id)

-- name: unresolved_creates
select {batch_columns}
from batches
where provider = @provider and posted_items is not null and id > @after
order by id
limit @limit

-- name: update_batch
update batches set
    version = version + 1,
    status = @status,
    phase = @phase,
    completed_at = @completed_at,
    next_poll_at = @next_poll_at,
    idempotency_key = @idempotency_key,
    fingerprint = @fingerprint,
    posted_items = @posted_items,
    posted_attempt = @posted_attempt,
    state = @state
where id = @id and version = @expected
