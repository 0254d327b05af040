insert into objects
    (id, account_id, purpose, bucket, object_key, filename, content_type, size, sha256, width, height, thumbhash, parent_id,
     attached_at, removed_at, created_at)
    values (@uuid01, 1, 'photo', 'lyceum-photo', 'a', 'A.JPG', 'image/jpeg', 5, 'c2hh', 40, 30, 'dGg=', null, 2, null, 1),
           (@uuid02, 1, 'photo', 'lyceum-photo', 'a-320', 'A.JPG', 'image/webp', 2, null, 4, 3, null, @uuid01, 2, null, 1),
           (@uuid03, 2, 'document', 'lyceum-document', 'b', 'notes.md', 'text/markdown', 9, 'c2hi', null, null, null, null,
            null, 4, 1);
insert into uploads
    (id, account_id, purpose, filename, content_type, size, sha256, bucket, object_key, multipart_id, is_checksummed, status,
     refusal, object_id, used_at, created_at, expires_at)
    values (@uuid01, 1, 'photo', 'A.JPG', 'image/jpeg', 5, null, 'lyceum-photo', 'a', null, true, 'complete', null, @uuid01,
            2, 1, 9),
           (@uuid02, 2, 'media', 'film.mp4', 'video/mp4', 99000000, null, 'lyceum-media', 'c', 'parts-1', false, 'open', null,
            @uuid04, null, 1, 9);
