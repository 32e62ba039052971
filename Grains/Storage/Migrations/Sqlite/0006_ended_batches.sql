-- As in PostgreSQL: retention asks for batches of one outcome that ended by a moment.
create index batches_by_end on batches (status, completed_at) where phase = 'done';
