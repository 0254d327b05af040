-- Which workers take it: those of thumbnails 1, of reading documents 2, of making something of text 3, of the rest 0.
alter table jobs add column lane bigint not null default 0;
-- For whom it is; null for what is nobody's. No reference: what is left to do may outlive who asked for it.
alter table jobs add column account_id bigint;

update jobs set lane = case kind when 'object.thumbnails' then 1 when 'document.extract' then 2
    when 'document.notes' then 3 when 'quiz.generate' then 3 else 0 end;

drop index jobs_due;
-- Serves taking the next job.
create index jobs_due on jobs (lane, run_at, id) where dead_at is null;

-- When somebody's job was last taken: whose turn is longest ago comes next.
create table job_turns (
    account_id bigint not null,
    lane bigint not null,
    taken_at bigint not null,
    constraint job_turns_pkey primary key (account_id, lane)
);
