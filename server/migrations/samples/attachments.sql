insert into messages (conversation_id, sender_id, content, content_html, search_text, sent_at, object_id)
    values (2, 1, '', '', '', 6, @uuid01);
update accounts set avatar_object_id = @uuid01 where id = 2;
update conversations set picture_object_id = @uuid01 where id = 2;
