-- The PostgreSQL table in SQLite's types, as in 0002.
create table audit_events (
    -- Its time is the event's; lists and retention go by it.
    id text primary key,
    -- Null: a credential whose organization is not known.
    organization_id text,
    actor text,
    key_id text,
    address text,
    action text not null,
    subject text,
    outcome text not null check (outcome in ('begun', 'succeeded', 'refused', 'unknown')),
    count integer not null check (count >= 1),
    reason text
) strict, without rowid;

-- What belongs to no organization is found by them, too: null is a value of a key like another.
create index audit_events_by_organization on audit_events (organization_id, id);
create index audit_events_by_action on audit_events (organization_id, action, id);
