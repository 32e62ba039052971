-- As in PostgreSQL: the items and the attempt of a create that went out and of which it is not known what came of it. These operators of JSON
-- refuse nothing.
alter table batches add column posted_items integer;
alter table batches add column posted_attempt integer;

update batches set posted_items = state ->> '$.submitted_items', posted_attempt = state ->> '$.snapshot.attempts'
where phase in ('submitting', 'submission_unknown') and state ->> '$.posted_at' is not null;

create index batches_by_posted_items on batches (provider, id) where posted_items is not null;
