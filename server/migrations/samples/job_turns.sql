insert into job_turns (account_id, lane, taken_at) values (1, 3, 7);
