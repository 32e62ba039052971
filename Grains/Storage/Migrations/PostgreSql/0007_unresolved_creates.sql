-- The items and the attempt of a create that went out and of which it is not known what came of it; null: there is none. A batch at the provider may
-- be what any of them made, so they are looked through before it is given to one.
-- The values are cut out of the text: the operators of json refuse what a provider or a caller may have sent, \u0000.
alter table batches add column posted_items bigint, add column posted_attempt integer;

update batches set
    posted_items = substring(state::text from '"submitted_items":([0-9]+)')::bigint,
    posted_attempt = substring(state::text from '"attempts":([0-9]+)')::integer
where phase in ('submitting', 'submission_unknown') and state::text like '%"posted_at":"%';

create index batches_by_posted_items on batches (provider, id) where posted_items is not null;
