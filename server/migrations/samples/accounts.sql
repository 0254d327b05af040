-- Somebody, and somebody who has left.
insert into accounts (sub, email, given_name, family_name, display_name, search_name, created_at) values
    ('sub-ada', 'ada@example.org', 'Ada', 'Lovelace', 'Ada </title><script>', 'ada </title><script>', 1000000),
    ('sub-grace', 'grace@example.org', 'Grace', 'Hopper', 'Żółw 🐢', 'żółw 🐢', 2000000);
insert into accounts (sub, created_at, cancelled_at) values ('sub-gone', 3000000, 4000000);
