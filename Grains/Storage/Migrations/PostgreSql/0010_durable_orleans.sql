-- What Orleans' providers write is durable when its commit is, whatever the default of the role or of the server is: the setting is that of the
-- one transaction, so that no session needs to keep it.
update orleansquery
set querytext = replace(
    querytext, 'select exists (select from', 'select set_config(''synchronous_commit'', ''on'', true) is not null and exists (select from')
where querykey in ('InsertMembershipVersionKey', 'InsertMembershipKey', 'UpdateMembershipKey', 'DeleteReminderRowKey');

update orleansquery
set querytext = replace(
    querytext, 'returning version as NewGrainStateVersion',
    'returning version as NewGrainStateVersion, set_config(''synchronous_commit'', ''on'', true)')
where querykey in ('WriteToStorageKey', 'ClearStorageKey');

update orleansquery
set querytext = replace(querytext, 'returning version as Version', 'returning version as Version, set_config(''synchronous_commit'', ''on'', true)')
where querykey = 'UpsertReminderRowKey';
