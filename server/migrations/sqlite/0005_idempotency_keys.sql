-- The first answer to a creating request, for whoever repeats it with the same `Idempotency-Key`.
create table idempotency_keys (
    owner text not null,
    key text not null,
    -- SHA-256 over method, path and body.
    request_hash blob not null,
    -- Null while the first request is still being answered.
    status bigint,
    content_type text,
    body blob,
    -- Until then the first request is taken to be under way.
    lease_until bigint not null,
    expires_at bigint not null,
    constraint idempotency_keys_pkey primary key (owner, key)
);

-- Serves the clean-up.
create index idempotency_keys_expiry on idempotency_keys (expires_at);

-- Requests of a person on a day (days since 1970-01-01 UTC), counted only where a daily quota is set.
create table daily_usage (
    sub text not null,
    day bigint not null,
    requests bigint not null,
    constraint daily_usage_pkey primary key (sub, day)
);
