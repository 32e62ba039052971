-- The items of a create that went out and of which it is not known what came of it; null: there is none. A batch at the provider may be what any of
-- them made, so they are looked through before it is given to one.
alter table batches add column posted_items bigint;

update batches set posted_items = (state ->> 'submitted_items')::bigint
where phase in ('submitting', 'submission_unknown') and state ->> 'posted_at' is not null;

create index batches_by_posted_items on batches (provider, id) where posted_items is not null;
