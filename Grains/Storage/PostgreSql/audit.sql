-- name: audit_event_columns
id, organization_id, actor, key_id, address, action, subject, outcome, count, reason, note

-- name: end_audit_event
-- An end that was told before stays.
update audit_events set outcome = @outcome, reason = @reason
where id = @id and outcome = 'begun'

-- name: insert_audit_event
insert into audit_events (id, organization_id, actor, key_id, address, action, subject, outcome, count, reason, note)
values (@id, @organization_id, @actor, @key_id, @address, @action, @subject, @outcome, @count, @reason, @note)
on conflict do nothing

-- name: list_audit_events
-- A page of one organization: a walk along one index between two ids.
select {audit_event_columns}
from audit_events
where organization_id = @organization_id and id > @low and id < @high
order by id {direction}
limit @limit

-- name: list_audit_events_of_action
select {audit_event_columns}
from audit_events
where organization_id = @organization_id and action = @action and id > @low and id < @high
order by id {direction}
limit @limit

-- name: list_unattributed_audit_events
-- The same of those of no known organization.
select {audit_event_columns}
from audit_events
where organization_id is null and id > @low and id < @high
order by id {direction}
limit @limit

-- name: list_unattributed_audit_events_of_action
select {audit_event_columns}
from audit_events
where organization_id is null and action = @action and id > @low and id < @high
order by id {direction}
limit @limit

-- name: remove_audit_events
-- The oldest of those that were kept for long enough.
delete from audit_events
where id = any (array(
    select id
    from audit_events
    where id < @before
    order by id
    limit @limit))
