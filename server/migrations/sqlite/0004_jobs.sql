-- Work to be done after the transaction that asked for it, at least once.
create table jobs (
    id integer primary key,
    kind text not null,
    -- JSON, read by the kind's handler only.
    payload text not null,
    run_at bigint not null,
    attempts bigint not null default 0,
    -- While it lies ahead, a worker has the job.
    lease_until bigint not null default 0,
    -- Set when it is given up; the row then stays for a person to look at.
    dead_at bigint,
    last_error text,
    created_at bigint not null
);

-- Serves taking the next job.
create index jobs_due on jobs (run_at, id) where dead_at is null;
