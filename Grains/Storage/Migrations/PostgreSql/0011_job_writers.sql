-- Who may write jobs: a connection of a silo names its row with each statement. One whose answer was lost loses its row; then its last statement has
-- ended, or will find that it may write nothing, however late it comes and whatever stood between.
create table job_writers (
    id uuid primary key,
    since timestamptz not null default now()
);
