-- As in PostgreSQL: what a job does again, the how manieth time this is, and which job does its work again.
alter table jobs add column retry_of text;
alter table jobs add column attempt integer not null default 1;
alter table jobs add column retried_by text;
