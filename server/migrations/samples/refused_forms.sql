insert into refused_forms (session_id, page, function, fields, expires_at)
    values (@uuid01, '/library', '/fn/documents/rename', 'title=Cells', 9);
