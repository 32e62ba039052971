-- What Orleans' ADO.NET providers (clustering, reminders, grain storage) need. They fix the name of the table that holds their queries, the
-- keys of the queries, their parameters and the columns of their results; the tables behind, and the SQL, are ours.
-- Times are timestamptz: the providers pass UTC. Versions are integers, because the providers read no wider ones.

create table if not exists orleansquery (
    querykey  text primary key,
    querytext text not null
);
comment on table orleansquery is 'SQL that the Orleans providers read once at start; a change takes effect when a silo restarts.';

-- Clustering ------------------------------------------------------------------------------------------------------------------------------

create table if not exists orleans_cluster (
    cluster_id text primary key,
    version    integer not null default 0
);
comment on table orleans_cluster is
    'One row a cluster. Every change of its membership raises the version, and names the version it saw: changes are totally ordered.';

create table if not exists orleans_membership (
    cluster_id      text not null references orleans_cluster on delete cascade,
    address         text not null,
    port            integer not null,
    generation      integer not null,
    silo_name       text not null,
    host_name       text not null,
    status          integer not null,
    proxy_port      integer not null,
    suspect_times   text,
    start_time      timestamptz not null,
    i_am_alive_time timestamptz not null,
    changed_at      timestamptz not null default now(),
    primary key (cluster_id, address, port, generation)
);
comment on column orleans_membership.generation is 'Tells the silos apart that use one address one after another.';
comment on column orleans_membership.changed_at is
    'When the status or a suspicion last changed. A silo may be declared dead long after its last sign of life, and its row must outlive that.';

-- Reminders -------------------------------------------------------------------------------------------------------------------------------

create table if not exists orleans_reminders (
    service_id    text not null,
    grain_id      text not null,
    reminder_name text not null,
    grain_hash    integer not null,
    start_time    timestamptz not null,
    period        bigint not null,
    version       integer not null,
    primary key (service_id, grain_id, reminder_name)
);
comment on column orleans_reminders.grain_hash is 'The place on the ring, as a signed number: a silo reads the reminders of its range.';
comment on column orleans_reminders.period is 'Milliseconds.';

create index if not exists orleans_reminders_by_hash on orleans_reminders (service_id, grain_hash);

-- Grain storage ---------------------------------------------------------------------------------------------------------------------------

create table if not exists orleans_grain_storage (
    service_id     text not null,
    state_name     text not null,
    grain_key_n0   bigint not null,
    grain_key_n1   bigint not null,
    grain_key_text text not null,
    grain_key_hash integer not null,
    version        integer not null,
    payload        bytea,
    modified_at    timestamptz not null,
    primary key (service_id, state_name, grain_key_n0, grain_key_n1, grain_key_text, grain_key_hash)
);
comment on table orleans_grain_storage is
    'State of the grains that write seldom (jobs have a table of their own). The primary key is all that the provider knows of a grain, so that '
    'the database itself refuses the second of two first writes.';
comment on column orleans_grain_storage.grain_key_text is 'The string key, or the extension of a numeric key; empty where there is none.';
comment on column orleans_grain_storage.grain_key_hash is 'Covers the kind of the key: it keeps the text key x apart from the key 0 extended by x.';
comment on column orleans_grain_storage.payload is
    'Null after a clear. The row stays, so that versions go on counting and a writer from before the clear remains stale.';

-- The queries -----------------------------------------------------------------------------------------------------------------------------

insert into orleansquery (querykey, querytext) values

-- True if this call created the row of the cluster.
('InsertMembershipVersionKey', $query$
with created as (
    insert into orleans_cluster (cluster_id) values (@DeploymentId)
    on conflict do nothing
    returning 1
)
select exists (select from created)
$query$),

-- A stale version changes nothing. The lock on the cluster's row makes concurrent changes queue, and all but the first see a newer version.
('InsertMembershipKey', $query$
with raised as (
    update orleans_cluster set version = version + 1
    where cluster_id = @DeploymentId and version = @Version
    and not exists (
        select from orleans_membership
        where cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning cluster_id
), inserted as (
    insert into orleans_membership
        (cluster_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, i_am_alive_time)
    select cluster_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    from raised
    returning 1
)
select exists (select from inserted)
$query$),

('UpdateMembershipKey', $query$
with raised as (
    update orleans_cluster set version = version + 1
    where cluster_id = @DeploymentId and version = @Version
    and exists (
        select from orleans_membership
        where cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning cluster_id
), updated as (
    update orleans_membership as silo
    set status = @Status, suspect_times = @SuspectTimes, i_am_alive_time = @IAmAliveTime, changed_at = now()
    from raised
    where silo.cluster_id = raised.cluster_id
    and silo.address = @Address and silo.port = @Port and silo.generation = @Generation
    returning 1
)
select exists (select from updated)
$query$),

-- A sign of life is no change of the membership: it leaves the version alone.
('UpdateIAmAlivetimeKey', $query$
update orleans_membership set i_am_alive_time = @IAmAliveTime
where cluster_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$query$),

-- A cluster without silos yields its version and a row of nulls: the provider always wants the version.
('MembershipReadAllKey', $query$
select silo.address as Address, silo.port as Port, silo.generation as Generation, silo.silo_name as SiloName, silo.host_name as HostName,
    silo.status as Status, silo.proxy_port as ProxyPort, silo.suspect_times as SuspectTimes, silo.start_time as StartTime,
    silo.i_am_alive_time as IAmAliveTime, cluster.version as Version
from orleans_cluster as cluster
left join orleans_membership as silo using (cluster_id)
where cluster.cluster_id = @DeploymentId
$query$),

('MembershipReadRowKey', $query$
select silo.address as Address, silo.port as Port, silo.generation as Generation, silo.silo_name as SiloName, silo.host_name as HostName,
    silo.status as Status, silo.proxy_port as ProxyPort, silo.suspect_times as SuspectTimes, silo.start_time as StartTime,
    silo.i_am_alive_time as IAmAliveTime, cluster.version as Version
from orleans_cluster as cluster
left join orleans_membership as silo
    on silo.cluster_id = cluster.cluster_id and silo.address = @Address and silo.port = @Port and silo.generation = @Generation
where cluster.cluster_id = @DeploymentId
$query$),

('GatewaysQueryKey', $query$
select address as Address, proxy_port as ProxyPort, generation as Generation
from orleans_membership
where cluster_id = @DeploymentId and status = @Status and proxy_port > 0
$query$),

-- The silos go with their cluster.
('DeleteMembershipTableEntriesKey', $query$
delete from orleans_cluster where cluster_id = @DeploymentId
$query$),

-- Status 6 is dead; the parameter is the time before which the dead are forgotten.
('CleanupDefunctSiloEntriesKey', $query$
delete from orleans_membership
where cluster_id = @DeploymentId and status = 6 and greatest(start_time, i_am_alive_time, changed_at) < @IAmAliveTime
$query$),

('UpsertReminderRowKey', $query$
insert into orleans_reminders as stored (service_id, grain_id, reminder_name, grain_hash, start_time, period, version)
values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 1)
on conflict (service_id, grain_id, reminder_name) do update
set grain_hash = excluded.grain_hash, start_time = excluded.start_time, period = excluded.period, version = stored.version + 1
returning version as Version
$query$),

('ReadReminderRowKey', $query$
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName
$query$),

('ReadReminderRowsKey', $query$
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_id = @GrainId
$query$),

-- The part of the ring after the begin, up to and with the end, where that does not cross the largest signed number.
('ReadRangeRows1Key', $query$
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
$query$),

-- Where it does: two scans of the index, disjoint because the end is not after the begin. Equal ends mean the whole ring.
('ReadRangeRows2Key', $query$
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_hash > @BeginHash
union all
select grain_id, reminder_name, start_time, period, version
from orleans_reminders
where service_id = @ServiceId and grain_hash <= @EndHash
$query$),

('DeleteReminderRowKey', $query$
with deleted as (
    delete from orleans_reminders
    where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version
    returning 1
)
select exists (select from deleted)
$query$),

('DeleteReminderRowsKey', $query$
delete from orleans_reminders where service_id = @ServiceId
$query$),

('ReadFromStorageKey', $query$
select payload as PayloadBinary, version as Version
from orleans_grain_storage
where service_id = @ServiceId and state_name = @GrainTypeString and grain_key_n0 = @GrainIdN0 and grain_key_n1 = @GrainIdN1
and grain_key_text = coalesce(@GrainIdExtensionString, '') and grain_key_hash = @GrainIdHash
$query$),

-- Without a version: the first write, which must find no row. With one: an update, which must find that version. No row in the result means
-- a version conflict to the provider.
('WriteToStorageKey', $query$
insert into orleans_grain_storage as stored
    (service_id, state_name, grain_key_n0, grain_key_n1, grain_key_text, grain_key_hash, version, payload, modified_at)
select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''), @GrainIdHash, 1, @PayloadBinary, now()
where @GrainStateVersion is null or exists (
    select from orleans_grain_storage
    where service_id = @ServiceId and state_name = @GrainTypeString and grain_key_n0 = @GrainIdN0 and grain_key_n1 = @GrainIdN1
    and grain_key_text = coalesce(@GrainIdExtensionString, '') and grain_key_hash = @GrainIdHash)
on conflict (service_id, state_name, grain_key_n0, grain_key_n1, grain_key_text, grain_key_hash) do update
set payload = excluded.payload, version = stored.version + 1, modified_at = excluded.modified_at
where stored.version = @GrainStateVersion
returning version as NewGrainStateVersion
$query$),

('ClearStorageKey', $query$
update orleans_grain_storage
set payload = null, version = version + 1, modified_at = now()
where service_id = @ServiceId and state_name = @GrainTypeString and grain_key_n0 = @GrainIdN0 and grain_key_n1 = @GrainIdN1
and grain_key_text = coalesce(@GrainIdExtensionString, '') and grain_key_hash = @GrainIdHash and version = @GrainStateVersion
returning version as NewGrainStateVersion
$query$)

on conflict (querykey) do update set querytext = excluded.querytext;
