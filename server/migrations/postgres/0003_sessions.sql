-- Names sort by code point, as on SQLite.
alter table accounts alter column search_name type text collate "C";

-- A signed-in browser. The cookie's value is nowhere in it: `token_hash` finds the row, and `tokens` opens only
-- with a key that is derived from the cookie.
create table sessions (
    id uuid primary key,
    account_id bigint not null,
    token_hash bytea not null,
    device text not null,
    -- The provider's refresh and access token, encrypted (AES-256-GCM); null once there is nothing to refresh.
    tokens bytea,
    created_at bigint not null,
    last_used_at bigint not null,
    -- When the person last proved who they are.
    authenticated_at bigint not null,
    -- The absolute limit.
    expires_at bigint not null,
    access_expires_at bigint not null,
    -- Until then one process refreshes, or all wait after a failed try.
    refresh_lease_until bigint not null default 0,
    constraint sessions_token_hash_key unique (token_hash),
    constraint sessions_account_id_fkey foreign key (account_id) references accounts (id)
);

-- Serves the list of a person's sessions and ending them all.
create index sessions_account on sessions (account_id, last_used_at);
-- Serve the clean-up of ended sessions, by either limit.
create index sessions_expiry on sessions (expires_at);
create index sessions_idle on sessions (last_used_at);

-- A sign-in under way at the provider, bound to one browser; taken out by the callback, whatever comes of it.
create table sign_in_attempts (
    state_hash bytea primary key,
    browser_hash bytea not null,
    return_to text not null,
    expires_at bigint not null
);

-- Serves the clean-up of attempts that nobody finished.
create index sign_in_attempts_expiry on sign_in_attempts (expires_at);
