-- One of each kind that there is or was: what waits while the server is updated is still done.
insert into jobs (kind, payload, run_at, attempts, dead_at, last_error, created_at) values
    ('identity.remove', '{"sub":"sub-gone"}', 5, 0, null, null, 1),
    ('object.thumbnails', '{"object":"x"}', 5, 1, null, 'it failed once', 1),
    ('document.extract', '{"document":"x"}', 5, 0, null, null, 1),
    ('document.notes', '{"document":"x"}', 5, 0, null, null, 1),
    ('quiz.generate', '{"quiz":1}', 5, 14, 6, 'given up', 1);
