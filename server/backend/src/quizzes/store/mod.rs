//! Rows of quizzes, their questions, answers, results and of those who see them.

/// Whether a quiz `q` is seen: by its author, and by whoever is in a conversation that it is shared with.
macro_rules! seen_by {
    ($account:literal) => {
        concat!(
            "(q.author_id = ",
            $account,
            " or exists (select 1 from quiz_shares h join participants p on p.conversation_id = h.conversation_id \
               where h.quiz_id = q.id and p.account_id = ",
            $account,
            "))"
        )
    };
}
pub(crate) use seen_by;

mod claims;
mod forgetting;
mod making;
mod questions;
mod quizzes;
mod sharing;
mod taking;

pub(crate) use claims::*;
pub(crate) use forgetting::*;
pub(crate) use making::*;
pub(crate) use questions::*;
pub(crate) use quizzes::*;
pub(crate) use sharing::*;
pub(crate) use taking::*;

/// Every fixed statement here, for the test that prepares them on both engines.
#[cfg(test)]
pub(crate) const STATEMENTS: [&[&str]; 7] = [
    &claims::STATEMENTS,
    &forgetting::STATEMENTS,
    &making::STATEMENTS,
    &questions::STATEMENTS,
    &quizzes::STATEMENTS,
    &sharing::STATEMENTS,
    &taking::STATEMENTS,
];
