insert into quizzes (author_id, title, status, remark, notes_text, language, wanted, statistics, created_at)
    values (1, 'Cells', 'ready', null, 'Cells are small.', 'en', '{"count":2}', '{}', 1);
insert into quiz_questions (quiz_id, position, kind, question, options, correct_answer, accepted_answers, citation) values
    (1, 0, 'mcq', 'What are cells?', '["small","large"]', 'small', '[]', '{"document":"x"}'),
    (1, 1, 'short', 'What is small?', '[]', 'Cells', '["The cells"]', null);
insert into quiz_shares (quiz_id, conversation_id, message_id, created_at) values (1, 2, 3, 2);
insert into quiz_answers (account_id, question_id, quiz_id, answer, saved_at) values (2, 2, 1, 'cell', 3);
insert into quiz_submissions (quiz_id, account_id, score, total_questions, details, submitted_at) values (1, 2, 1, 2, '[]', 4);
insert into answer_claims (account_id, question_id, quiz_id, answer, created_at) values (2, 2, 1, 'cell', 5);
insert into review_cards
    (account_id, question_id, stability, difficulty, reviewed_at, due_at, reps, lapses, created_at)
    values (2, 2, 2.5, 5.25, 4, 9, 1, 0, 4);
insert into review_log
    (account_id, question_id, rating, reviewed_at, stability_before, difficulty_before, reviewed_before, due_before,
     reps_before, lapses_before)
    values (2, 2, 'good', 4, 0.5, 5.25, 0, 0, 0, 0);
insert into messages (conversation_id, sender_id, content, content_html, search_text, sent_at, quiz_id, quiz_card)
    values (2, 1, '', '', '', 7, 1, '{"title":"Cells"}');
