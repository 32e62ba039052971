-- name: count_open_operations
select count(*)
from operations
where organization_id = @organization_id and is_open = 1

-- name: find_operation_by_key
select id, fingerprint
from operations
where organization_id = @organization_id and idempotency_key = @idempotency_key

-- name: insert_operation
insert into operations (id, organization_id, version, is_open, completed_at, idempotency_key, fingerprint, state)
values (@id, @organization_id, @version, @is_open, @completed_at, @idempotency_key, @fingerprint, @state)
on conflict do nothing

-- name: insert_operation_error
insert into operation_errors (operation_id, place, job_id, message)
values (@operation_id, @place, @job_id, @message)
on conflict do nothing

-- name: list_operations
-- A page of one organization: a walk along one index between two ids.
select version, state
from operations
where organization_id = @organization_id and id > @low and id < @high
order by id {direction}
limit @limit

-- name: read_open_operations
-- Those of one organization that have not ended, in the order in which they run.
select id
from operations
where organization_id = @organization_id and is_open = 1
order by id
limit @limit

-- name: read_open_organizations
-- Whose operations have not ended.
select distinct organization_id
from operations
where is_open = 1
limit @limit

-- name: read_operation
select version, state
from operations
where id = @id

-- name: read_operation_errors
select place, job_id, message
from operation_errors
where operation_id = @operation_id and place > @after
order by place
limit @limit

-- name: remove_operation_errors
-- Of the operations that are removed.
delete from operation_errors
where operation_id in (
    select id
    from operations
    where completed_at < @before
    order by completed_at
    limit @limit)

-- name: remove_operations
-- The oldest of those that ended long ago.
delete from operations
where id in (
    select id
    from operations
    where completed_at < @before
    order by completed_at
    limit @limit)

-- name: save_operation
-- Guarded by the version that was read.
update operations set version = @version, is_open = @is_open, completed_at = @completed_at, state = @state
where id = @id and version = @expected
