-- The embedded identity provider. Nothing outside `server/identity` reads these tables. Secrets that come back to
-- us (codes, tokens, cookies) are kept as hashes only.

-- Signs tokens: one row for ID tokens, one for access tokens. Made once by whichever process is first.
create table identity_signing_keys (
    token_use text not null,
    kid text not null,
    pkcs8 blob not null,
    created_at bigint not null,
    constraint identity_signing_keys_pkey primary key (token_use)
);

-- The key of everything that is signed for ourselves: confirmation links, form tokens, hashes of short codes.
create table identity_secrets (
    name text not null,
    value blob not null,
    created_at bigint not null,
    constraint identity_secrets_pkey primary key (name)
);

-- A person with a confirmed e-mail address.
create table identity_accounts (
    sub blob not null,
    -- In lower case.
    email text not null,
    given_name text,
    family_name text,
    name text,
    -- Argon2id in PHC form; null for demo people, who have no password.
    password_hash text,
    demo boolean not null default false,
    created_at bigint not null,
    constraint identity_accounts_pkey primary key (sub),
    constraint identity_accounts_email_key unique (email)
);

-- A sign-up that waits for its confirmation. Several may wait for one address; the one confirmed first becomes the
-- account, so that nobody's password is confirmed by another one's mail.
create table identity_sign_ups (
    sub blob not null,
    email text not null,
    given_name text,
    family_name text,
    name text,
    password_hash text not null,
    code_hash blob not null,
    code_expires_at bigint not null,
    created_at bigint not null,
    constraint identity_sign_ups_pkey primary key (sub)
);
-- Serves confirmation by code and the sign-in of somebody unconfirmed: the newest of an address.
create index identity_sign_ups_email on identity_sign_ups (email, created_at, sub);
-- Serves the clean-up.
create index identity_sign_ups_created_at on identity_sign_ups (created_at);

-- The latest code for a new password.
create table identity_password_resets (
    sub blob not null,
    code_hash blob not null,
    expires_at bigint not null,
    constraint identity_password_resets_pkey primary key (sub),
    constraint identity_password_resets_sub_fkey foreign key (sub) references identity_accounts (sub) on delete cascade
);
-- Serves the clean-up.
create index identity_password_resets_expires_at on identity_password_resets (expires_at);

-- A browser signed in at the provider itself.
create table identity_sessions (
    id_hash blob not null,
    sub blob not null,
    auth_time bigint not null,
    expires_at bigint not null,
    constraint identity_sessions_pkey primary key (id_hash),
    constraint identity_sessions_sub_fkey foreign key (sub) references identity_accounts (sub) on delete cascade
);
-- Serves signing out everywhere and the cascade.
create index identity_sessions_sub on identity_sessions (sub);
-- Serves the clean-up.
create index identity_sessions_expires_at on identity_sessions (expires_at);

-- One sign-in at one client and all tokens that came from it.
create table identity_refresh_tokens (
    origin_jti blob not null,
    token_hash blob not null,
    event_id blob not null,
    sub blob not null,
    client_id text not null,
    -- Space separated.
    scope text not null,
    -- From the JSON API: its tokens carry every attribute, whatever the scope.
    native boolean not null,
    auth_time bigint not null,
    expires_at bigint not null,
    revoked_at bigint,
    constraint identity_refresh_tokens_pkey primary key (origin_jti),
    -- Serves the refresh.
    constraint identity_refresh_tokens_token_hash_key unique (token_hash),
    constraint identity_refresh_tokens_sub_fkey foreign key (sub) references identity_accounts (sub) on delete cascade
);
-- Serves signing out everywhere and the cascade.
create index identity_refresh_tokens_sub on identity_refresh_tokens (sub);
-- Serves the clean-up.
create index identity_refresh_tokens_expires_at on identity_refresh_tokens (expires_at);

-- An authorization code. It stays after use, so that a second use is noticed and revokes what the first one issued.
create table identity_authorization_codes (
    code_hash blob not null,
    sub blob not null,
    client_id text not null,
    redirect_uri text not null,
    scope text not null,
    code_challenge text not null,
    nonce text,
    auth_time bigint not null,
    expires_at bigint not null,
    used_at bigint,
    origin_jti blob,
    constraint identity_authorization_codes_pkey primary key (code_hash),
    constraint identity_authorization_codes_sub_fkey foreign key (sub)
        references identity_accounts (sub) on delete cascade
);
-- Serves the cascade.
create index identity_authorization_codes_sub on identity_authorization_codes (sub);
-- Serves the clean-up.
create index identity_authorization_codes_expires_at on identity_authorization_codes (expires_at);

-- How often something was tried, by account, address or both (hashed: it names nobody).
create table identity_throttles (
    key_hash blob not null,
    count bigint not null,
    started_at bigint not null,
    last_at bigint not null,
    blocked_until bigint not null,
    constraint identity_throttles_pkey primary key (key_hash)
);
-- Serves the clean-up.
create index identity_throttles_last_at on identity_throttles (last_at);

-- Mail, written in the transaction of its cause. With the outbox it counts as sent at once.
create table identity_mails (
    id integer primary key,
    recipient text not null,
    subject text not null,
    -- Null once it has been handed to the mail server or given up: it holds codes and links.
    body text,
    created_at bigint not null,
    -- Later it is of no use to anybody.
    expires_at bigint not null,
    -- When to try next; null when there is nothing more to do.
    due_at bigint,
    attempts bigint not null default 0,
    sent_at bigint
);
-- Serves the delivery.
create index identity_mails_due_at on identity_mails (due_at) where due_at is not null;
-- Serves the outbox page filtered by recipient.
create index identity_mails_recipient on identity_mails (recipient, id);
-- Serves the clean-up.
create index identity_mails_created_at on identity_mails (created_at);
