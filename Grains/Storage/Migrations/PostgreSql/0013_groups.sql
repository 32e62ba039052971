-- A job that is a group, and the groups above a job whose parent is one: their ids, the topmost first, one space between two.
alter table jobs
    add column group_state text collate "C",
    add column on_child_failure text collate "C",
    add column ancestors text collate "C",
    add constraint group_has_a_rule
        check ((group_state is null) = (on_child_failure is null) and group_state in ('open', 'sealed')
            and on_child_failure in ('continue', 'cancel')) not valid;

-- How many children a group has, kept in the transactions that change it. A slot is a writer: no two wait for one row.
create table child_counts (
    parent_id uuid not null,
    status text collate "C" not null,
    slot integer not null,
    count bigint not null,
    primary key (parent_id, status, slot)
) with (fillfactor = 50);

-- Groups that have to look at their counts. The number tells whether more came while they looked.
create table group_notices (
    group_id uuid not null,
    slot integer not null,
    number bigint not null,
    primary key (group_id, slot)
) with (fillfactor = 50, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0);
