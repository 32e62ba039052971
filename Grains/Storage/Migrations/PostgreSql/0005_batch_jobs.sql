-- A batch's job says whose it is. The jobs of batches that are there are marked; those of their earlier attempts stay as they are.
-- The id is cut out of the text: the operators of json refuse what a provider or a caller may have sent, \u0000.
alter table jobs add column batch_id uuid;
update jobs set batch_id = batches.id
from batches
where batches.phase <> 'receiving' and jobs.id = substring(batches.state::text from '"job_id":"job-([0-9a-f-]{36})"')::uuid;
