-- When the answer was checked and its giver told what is right: from then on it stays until it is submitted.
alter table quiz_answers add column checked_at bigint;
