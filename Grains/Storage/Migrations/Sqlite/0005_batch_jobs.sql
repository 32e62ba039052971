-- As in PostgreSQL: a batch's job says whose it is. These operators of JSON refuse nothing.
alter table jobs add column batch_id text;
update jobs set batch_id = batches.id
from batches
where batches.phase <> 'receiving' and jobs.id = substr(json_extract(batches.state, '$.snapshot.job_id'), 5);
