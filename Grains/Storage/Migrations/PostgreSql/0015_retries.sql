-- What a job does again, the how manieth time this is, and which job does its work again. A job of before is a first attempt.
alter table jobs
    add column retry_of uuid,
    add column attempt integer not null default 1,
    add column retried_by uuid;
