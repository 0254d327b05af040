insert into conversations (direct_key, title, search_title, creator_id, last_activity_at, created_at) values
    ('1:2', null, '', 1, 3, 1),
    (null, 'Biology', 'biology', 2, 4, 2);
insert into participants (conversation_id, account_id, joined_at, read_message_id, muted) values
    (1, 1, 1, 1, false), (1, 2, 1, 0, false), (2, 1, 2, 0, true), (2, 3, 2, 0, false);
insert into messages
    (conversation_id, sender_id, content, content_html, search_text, reply_to_id, client_id, reactions, sent_at, deleted_at)
    values (1, 1, 'Hello', '<p>Hello</p>', 'hello', null, 'c1', '[{"emoji":"👍","subs":["sub-grace"]}]', 3, null),
           (2, 3, '', '', '', 1, null, null, 4, 5);
insert into reactions (message_id, account_id, emoji, created_at) values (1, 2, '👍', 3);
insert into events (kind, conversation_id, message_id, payload, created_at) values
    ('message.created', 1, 1, '{"id":1}', 3), ('conversation.read', 1, null, '', 4);
insert into event_cursors (account_id, last_cursor, floor_cursor) values (1, 2, 0), (2, 1, 1);
insert into event_deliveries (account_id, event_cursor, event_id) values (1, 1, 1), (2, 1, 1), (1, 2, 2);
