insert into sessions
    (id, account_id, token_hash, device, tokens, created_at, last_used_at, authenticated_at, expires_at, access_expires_at)
    values (@uuid01, 1, @bytes01, 'Firefox on Linux', @bytes02, 1, 2, 1, 9, 8),
           (@uuid02, 2, @bytes03, 'Safari on macOS', null, 1, 2, 1, 9, 8);
insert into sign_in_attempts (state_hash, browser_hash, return_to, expires_at) values (@bytes01, @bytes02, '/settings', 9);
