-- As in PostgreSQL: what is due is read page by page, by the moment and the id.
drop index jobs_by_due_at;
create index jobs_by_due_at on jobs (due_at, id) where due_at is not null;
