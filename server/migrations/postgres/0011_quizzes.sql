create table quizzes (
    id bigint generated always as identity primary key,
    author_id bigint not null references accounts (id),
    title text not null,
    -- processing, ready or failed.
    status text not null,
    -- What the author should know: fewer questions than asked for, or why there are none.
    remark text,
    -- Pasted text; null where the quiz was made of something else.
    notes_text text,
    -- ISO 639-1, empty where it could not be told; answers are graded by it.
    language text not null,
    -- JSON of what was asked for: a worker that takes the work up again needs nothing else.
    wanted text not null,
    -- JSON of how the checks of the questions went.
    statistics text not null,
    -- Counts the edits up.
    version bigint not null default 1,
    created_at bigint not null
);

-- Serves the quizzes of a person.
create index quizzes_author on quizzes (author_id, id);

create table quiz_questions (
    id bigint generated always as identity primary key,
    quiz_id bigint not null references quizzes (id) on delete cascade,
    -- 0 for the first.
    position bigint not null,
    -- mcq, tf or short.
    kind text not null,
    question text not null,
    -- JSON list of texts; empty unless one is chosen.
    options text not null,
    correct_answer text not null,
    -- JSON list of texts.
    accepted_answers text not null,
    -- JSON; it outlives the document that it points into. Null for what the author wrote.
    citation text
);

-- Serves the questions of a quiz.
create index quiz_questions_quiz on quiz_questions (quiz_id, position, id);

-- Conversations with whose participants, whoever they are at the time, a quiz is shared.
create table quiz_shares (
    quiz_id bigint not null references quizzes (id) on delete cascade,
    conversation_id bigint not null references conversations (id) on delete cascade,
    -- The card.
    message_id bigint not null,
    created_at bigint not null,
    constraint quiz_shares_pkey primary key (quiz_id, conversation_id)
);

-- Serves the quizzes that are shared with the conversations of a person.
create index quiz_shares_conversation on quiz_shares (conversation_id, quiz_id);
-- Serves taking a card back.
create index quiz_shares_message on quiz_shares (message_id);

-- Answers that are not submitted yet.
create table quiz_answers (
    account_id bigint not null references accounts (id),
    question_id bigint not null references quiz_questions (id) on delete cascade,
    quiz_id bigint not null references quizzes (id) on delete cascade,
    answer text not null,
    saved_at bigint not null,
    constraint quiz_answers_pkey primary key (account_id, question_id)
);

-- Serves the sheet of a person.
create index quiz_answers_quiz on quiz_answers (quiz_id, account_id);
-- Serves dropping a question.
create index quiz_answers_question on quiz_answers (question_id);

create table quiz_submissions (
    id bigint generated always as identity primary key,
    quiz_id bigint not null references quizzes (id) on delete cascade,
    account_id bigint not null references accounts (id),
    score bigint not null,
    total_questions bigint not null,
    -- JSON list of what was answered to each question, and how that was graded.
    details text not null,
    submitted_at bigint not null
);

-- Serves a person's last result and grading all anew.
create index quiz_submissions_quiz on quiz_submissions (quiz_id, account_id, id);
-- Serves the history of a person.
create index quiz_submissions_account on quiz_submissions (account_id, id);

-- Answers that were graded wrong and that their givers take for right.
create table answer_claims (
    account_id bigint not null references accounts (id),
    question_id bigint not null references quiz_questions (id) on delete cascade,
    quiz_id bigint not null references quizzes (id) on delete cascade,
    answer text not null,
    created_at bigint not null,
    constraint answer_claims_pkey primary key (account_id, question_id)
);

-- Serves the key of a quiz.
create index answer_claims_quiz on answer_claims (quiz_id, question_id);
-- Serves dropping a question.
create index answer_claims_question on answer_claims (question_id);

-- Questions that a person reviews, with what FSRS remembers of each.
create table review_cards (
    account_id bigint not null references accounts (id),
    question_id bigint not null references quiz_questions (id) on delete cascade,
    -- Days after which it is remembered with a probability of nine in ten.
    stability double precision not null,
    -- From 1 for easy to 10.
    difficulty double precision not null,
    -- When it was last answered, or added.
    reviewed_at bigint not null,
    due_at bigint not null,
    -- How often it was answered, and how often forgotten.
    reps bigint not null,
    lapses bigint not null,
    created_at bigint not null,
    constraint review_cards_pkey primary key (account_id, question_id)
);

-- Serves what is due.
create index review_cards_due on review_cards (account_id, due_at, question_id);
-- Serves dropping a question.
create index review_cards_question on review_cards (question_id);

-- Reviews, for statistics; they outlive their questions.
create table review_log (
    id bigint generated always as identity primary key,
    account_id bigint not null references accounts (id),
    question_id bigint not null,
    -- again, hard, good or easy.
    rating text not null,
    reviewed_at bigint not null,
    -- The card as it was before, so that another rating of the same answer can replace this one.
    stability_before double precision not null,
    difficulty_before double precision not null,
    reviewed_before bigint not null,
    due_before bigint not null,
    reps_before bigint not null,
    lapses_before bigint not null
);

-- Serves what was reviewed today and in the last days.
create index review_log_account on review_log (account_id, reviewed_at);

-- The quiz that a message shares; it stays when the quiz is deleted.
alter table messages add column quiz_id bigint;
-- JSON of its card; null once the message is deleted.
alter table messages add column quiz_card text;

-- Serves showing a quiz on its cards as it is.
create index messages_quiz on messages (quiz_id) where quiz_id is not null;
