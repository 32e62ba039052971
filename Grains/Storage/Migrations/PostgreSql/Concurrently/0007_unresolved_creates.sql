-- What the script of this name comes to, without keeping writers out.
alter table batches add column if not exists posted_items bigint, add column if not exists posted_attempt integer;

update batches set
    posted_items = substring(state::text from '"submitted_items":([0-9]+)')::bigint,
    posted_attempt = substring(state::text from '"attempts":([0-9]+)')::integer
where phase in ('submitting', 'submission_unknown') and state::text like '%"posted_at":"%';

create index concurrently if not exists batches_by_posted_items on batches (provider, id) where posted_items is not null;
