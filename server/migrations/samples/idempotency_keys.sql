insert into idempotency_keys (owner, key, request_hash, status, content_type, body, lease_until, expires_at) values
    ('sub-ada', 'answered', @bytes01, 201, 'application/json', @bytes02, 1, 9),
    ('sub-ada', 'under way', @bytes03, null, null, null, 8, 9);
insert into daily_usage (sub, day, requests) values ('sub-ada', 20000, 7);
