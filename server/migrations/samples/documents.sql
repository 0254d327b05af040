insert into documents
    (id, owner_id, object_id, source_object_id, title, search_text, status, failure_code, failure_message, pages, words,
     language, notes_status, notes_failure, notes_version, created_at, updated_at)
    values (@uuid01, 2, @uuid03, @uuid01, 'Cells', 'cells notes.md', 'ready', null, null, 1, 4, 'en', 'ready', null, 1, 1, 2),
           (@uuid02, 2, @uuid03, null, 'Scan', 'scan', 'failed', 'no_text_layer', 'No text.', null, null, null, 'failed',
            'Nothing was read.', 0, 1, 2);
insert into document_pages (document_id, page, text, blocks, search_text)
    values (@uuid01, 1, 'Cells are small.', '[{"kind":"paragraph"}]', 'cells are small.');
insert into document_notes (document_id, version, is_edited, markdown, points, remark, created_at)
    values (@uuid01, 1, false, '- Cells are small.', '[]', null, 2);
insert into outbox (event_id, topic, event_key, payload, run_at, created_at)
    values (@uuid01, 'document.uploaded', 'document-1', '{}', 1, 1);
insert into outbox_handled (consumer, event_id, handled_at) values ('notes', @uuid02, 1);
insert into events (kind, conversation_id, payload, created_at, document_id) values ('document.updated', 0, '', 5, @uuid01);
