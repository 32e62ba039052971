-- A job that is a group, and the groups above a job whose parent is one: their ids, the topmost first, one space between two.
alter table jobs add column group_state text check (group_state in ('open', 'sealed'));
alter table jobs add column on_child_failure text check (on_child_failure in ('continue', 'cancel'));
alter table jobs add column ancestors text;

-- How many children a group has; one writer, one slot.
create table child_counts (
    parent_id text not null,
    status text not null,
    slot integer not null,
    count integer not null,
    primary key (parent_id, status, slot)
) strict, without rowid;

-- Groups that have to look at their counts. The number tells whether more came while they looked.
create table group_notices (
    group_id text not null,
    slot integer not null,
    number integer not null,
    primary key (group_id, slot)
) strict, without rowid;
