insert into albums (id, owner_id, title, description, search_text, cover_photo_id, created_at, updated_at, deleted_at) values
    (@uuid01, 1, 'Trip', '', 'trip', @uuid01, 1, 2, null),
    (@uuid02, 2, 'Gone', 'soon', 'gone soon', null, 1, 2, 3);
insert into album_members (album_id, account_id, role, created_at) values (@uuid01, 2, 2, 1);
insert into album_conversations (album_id, conversation_id, role, created_at) values (@uuid01, 2, 1, 1);
insert into photos
    (id, album_id, object_id, sha256, added_by, title, description, search_text, sort_title, created_at, updated_at, taken_at)
    values (@uuid01, @uuid01, @uuid01, 'c2hh', 1, '', '', 'a.jpg sea', 'a.jpg', 1, 1, 1);
insert into photo_tags (photo_id, tag, search_tag) values (@uuid01, 'Sea', 'sea');
