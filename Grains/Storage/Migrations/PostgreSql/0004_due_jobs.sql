-- What is due is read page by page: with the id in the index a page is one walk along it, however many jobs are due at one moment.
drop index jobs_by_due_at;
create index jobs_by_due_at on jobs (due_at, id) where due_at is not null;
