insert into identity_signing_keys (token_use, kid, pkcs8, created_at) values ('id', 'kid-1', @bytes01, 1);
insert into identity_secrets (name, value, created_at) values ('own', @bytes02, 1);
insert into identity_accounts (sub, email, given_name, family_name, name, password_hash, demo, created_at) values
    (@uuid01, 'ada@example.org', 'Ada', 'Lovelace', null, '$argon2id$v=19$x', false, 1),
    (@uuid02, 'demo@demo.example', 'Jan', 'Kowalski', 'Jan Kowalski', null, true, 1);
insert into identity_sign_ups
    (sub, email, given_name, family_name, name, password_hash, code_hash, code_expires_at, created_at)
    values (@uuid03, 'new@example.org', null, null, null, '$argon2id$v=19$y', @bytes03, 9, 1);
insert into identity_password_resets (sub, code_hash, expires_at) values (@uuid01, @bytes04, 9);
insert into identity_sessions (id_hash, sub, auth_time, expires_at) values (@bytes05, @uuid01, 1, 9);
insert into identity_refresh_tokens
    (origin_jti, token_hash, event_id, sub, client_id, scope, native, auth_time, expires_at, revoked_at)
    values (@uuid04, @bytes06, @uuid05, @uuid01, 'lyceum', 'openid email', true, 1, 9, null);
insert into identity_authorization_codes
    (code_hash, sub, client_id, redirect_uri, scope, code_challenge, nonce, auth_time, expires_at, used_at, origin_jti)
    values (@bytes07, @uuid01, 'lyceum', 'http://127.0.0.1/x', 'openid', 'challenge', 'nonce', 1, 9, 2, @uuid04);
insert into identity_throttles (key_hash, count, started_at, last_at, blocked_until) values (@bytes08, 3, 1, 2, 3);
insert into identity_mails (recipient, subject, body, created_at, expires_at, due_at, sent_at) values
    ('ada@example.org', 'Confirm', 'Your code is 123456', 1, 9, 2, null),
    ('ada@example.org', 'Confirm', null, 1, 9, null, 2);
