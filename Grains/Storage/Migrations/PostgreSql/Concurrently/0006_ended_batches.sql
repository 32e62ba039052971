-- What the script of this name comes to, without keeping writers out.
create index concurrently if not exists batches_by_end on batches (status, completed_at) where phase = 'done';
