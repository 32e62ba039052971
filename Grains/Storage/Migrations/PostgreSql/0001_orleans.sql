create table if not exists orleansquery (querykey text primary key, querytext text not null);
