insert into upload_parts (upload_id, part_number, sha256) values (@uuid02, 1, 'c2hj');
