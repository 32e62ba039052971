-- What Orleans' ADO.NET providers (reminders, grain storage) need on the embedded database. They fix the name of the table that holds their
-- queries, the keys of the queries, their parameters and the columns of their results; the tables behind, and the SQL, are ours.
-- There is no clustering: one silo owns the file. PostgreSql/0001_orleans.sql says more on why the tables are as they are.

create table if not exists OrleansQuery (
    QueryKey  text not null primary key,
    QueryText text not null
) without rowid;

create table if not exists orleans_reminders (
    service_id    text not null,
    grain_id      text not null,
    reminder_name text not null,
    grain_hash    integer not null, -- the place on the ring, as a signed number
    start_time    text not null,
    period        integer not null, -- milliseconds
    version       integer not null,
    primary key (service_id, grain_id, reminder_name)
) without rowid;

create index if not exists orleans_reminders_by_hash on orleans_reminders (service_id, grain_hash);

create table if not exists orleans_grain_storage (
    service_id     text not null,
    state_name     text not null,
    grain_key_n0   integer not null,
    grain_key_n1   integer not null,
    grain_key_text text not null,    -- the string key, or the extension of a numeric key; empty where there is none
    grain_key_hash integer not null, -- covers the kind of the key: it keeps the text key x apart from the key 0 extended by x
    version        integer not null,
    payload        blob,             -- null after a clear: the row stays, so that a writer from before the clear remains stale
    modified_at    text not null,
    primary key (service_id, state_name, grain_key_n0, grain_key_n1, grain_key_text, grain_key_hash)
);

insert into OrleansQuery (QueryKey, QueryText) values

('UpsertReminderRowKey', '
insert into orleans_reminders as stored (service_id, grain_id, reminder_name, grain_hash, start_time, period, version)
values (@ServiceId, @GrainId, @ReminderName, @GrainHash, @StartTime, @Period, 1)
on conflict (service_id, grain_id, reminder_name) do update
set grain_hash = excluded.grain_hash, start_time = excluded.start_time, period = excluded.period, version = stored.version + 1
returning version as Version
'),

('ReadReminderRowKey', '
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName
'),

('ReadReminderRowsKey', '
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_id = @GrainId
'),

-- The part of the ring after the begin, up to and with the end, where that does not cross the largest signed number.
('ReadRangeRows1Key', '
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_hash > @BeginHash and grain_hash <= @EndHash
'),

-- Where it does. Equal ends mean the whole ring.
('ReadRangeRows2Key', '
select grain_id as GrainId, reminder_name as ReminderName, start_time as StartTime, period as Period, version as Version
from orleans_reminders
where service_id = @ServiceId and grain_hash > @BeginHash
union all
select grain_id, reminder_name, start_time, period, version
from orleans_reminders
where service_id = @ServiceId and grain_hash <= @EndHash
'),

-- SQLite cannot select from a delete; the provider reads whichever of the two statements has a result.
('DeleteReminderRowKey', '
delete from orleans_reminders
where service_id = @ServiceId and grain_id = @GrainId and reminder_name = @ReminderName and version = @Version;
select changes()
'),

('DeleteReminderRowsKey', '
delete from orleans_reminders where service_id = @ServiceId
'),

('ReadFromStorageKey', '
select payload as PayloadBinary, version as Version
from orleans_grain_storage
where service_id = @ServiceId and state_name = @GrainTypeString and grain_key_n0 = @GrainIdN0 and grain_key_n1 = @GrainIdN1
and grain_key_text = coalesce(@GrainIdExtensionString, '''') and grain_key_hash = @GrainIdHash
'),

-- Without a version: the first write, which must find no row. With one: an update, which must find that version. No row in the result means
-- a version conflict to the provider.
('WriteToStorageKey', '
insert into orleans_grain_storage as stored
    (service_id, state_name, grain_key_n0, grain_key_n1, grain_key_text, grain_key_hash, version, payload, modified_at)
select @ServiceId, @GrainTypeString, @GrainIdN0, @GrainIdN1, coalesce(@GrainIdExtensionString, ''''), @GrainIdHash, 1, @PayloadBinary,
    current_timestamp
where @GrainStateVersion is null or exists (
    select 1 from orleans_grain_storage
    where service_id = @ServiceId and state_name = @GrainTypeString and grain_key_n0 = @GrainIdN0 and grain_key_n1 = @GrainIdN1
    and grain_key_text = coalesce(@GrainIdExtensionString, '''') and grain_key_hash = @GrainIdHash)
on conflict (service_id, state_name, grain_key_n0, grain_key_n1, grain_key_text, grain_key_hash) do update
set payload = excluded.payload, version = stored.version + 1, modified_at = excluded.modified_at
where stored.version = @GrainStateVersion
returning version as NewGrainStateVersion
'),

('ClearStorageKey', '
update orleans_grain_storage
set payload = null, version = version + 1, modified_at = current_timestamp
where service_id = @ServiceId and state_name = @GrainTypeString and grain_key_n0 = @GrainIdN0 and grain_key_n1 = @GrainIdN1
and grain_key_text = coalesce(@GrainIdExtensionString, '''') and grain_key_hash = @GrainIdHash and version = @GrainStateVersion
returning version as NewGrainStateVersion
')

on conflict (QueryKey) do update set QueryText = excluded.QueryText;
