//! Making notes and questions of text.

use crate::{failure::Failure, jobs::Tries};
use async_trait::async_trait;
use domain::{
    citation::Citation,
    documents::{DocumentPage, NotePoint},
    quizzes::{Difficulty, QuestionForm, QuestionType, QuizStatistics},
};
use std::fmt;
use uuid::Uuid;

/// Notes that were made. Whoever stores them checks every citation against its page first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MadeNotes {
    /// The notes; a point is one line, and ends with links to where it stands ([`passage_path`]).
    pub(crate) markdown: String,
    /// The statements, each with where it stands.
    pub(crate) points: Vec<NotePoint>,
    /// What the person should know about how they were made: a language that is done less well, or why there are none.
    pub(crate) remark: Option<String>,
}

/// A text to make questions of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QuestionSource {
    /// Which document it is; none for pasted text, which has one page and is cited as [`Citation::Text`].
    pub(crate) document_id: Option<Uuid>,
    /// Its pages, or those of them that were chosen.
    pub(crate) pages: Vec<DocumentPage>,
    /// As an ISO 639-1 code, where it is known.
    pub(crate) language: Option<String>,
}

/// Questions that are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WantedQuestions {
    /// Of what.
    pub(crate) sources: Vec<QuestionSource>,
    /// How many at most.
    pub(crate) count: u32,
    /// In which forms; empty for all.
    pub(crate) forms: Vec<QuestionForm>,
    /// How hard.
    pub(crate) difficulty: Difficulty,
    /// The same gives the same questions, another one gives others where the text has them.
    pub(crate) seed: u64,
}

/// A question that has passed every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MadeQuestion {
    /// How it is answered.
    pub(crate) kind: QuestionType,
    /// What is asked.
    pub(crate) question: String,
    /// Of a multiple choice: what to choose from, in the order shown. Of true or false: `true` and `false`.
    pub(crate) options: Vec<String>,
    /// What is right; of a choice, one of the options.
    pub(crate) correct_answer: String,
    /// Of a short answer: what else is right.
    pub(crate) accepted_answers: Vec<String>,
    /// Where the answer stands. Whoever stores it checks it against its page first.
    pub(crate) citation: Citation,
}

/// Questions that were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct MadeQuestions {
    /// At most as many as were wanted.
    pub(crate) questions: Vec<MadeQuestion>,
    /// How the checks went.
    pub(crate) statistics: QuizStatistics,
    /// What the person should know: fewer than asked for, a language that is done less well, or why there are none.
    pub(crate) remark: Option<String>,
}

/// Tries of what is made in a job, the first among them; the last comes about ten minutes after the first.
pub(crate) const ATTEMPTS_MAX: i64 = 8;
/// The same where no answer can be used; each try has asked twice.
const NOT_UNDERSTOOD_MAX: i64 = 3;
/// What the person is told while another try is to come.
pub(crate) const TRYING_AGAIN: &str = "This takes longer than usual: it has not worked yet, and we are trying again.";
/// Why something was given up, as part of a sentence.
pub(crate) const OFTEN_TRIED: &str = "although we tried several times";

/// After how many tries a failure that comes again is the last word.
pub(crate) fn attempts_max(failure: &Failure) -> i64 {
    match failure {
        Failure::ProviderRefuses(_) => 1,
        Failure::NotUnderstood(_) => NOT_UNDERSTOOD_MAX,
        _ => ATTEMPTS_MAX,
    }
}

/// Whether another try may help. Tries in which no answer came say nothing of the model's answers: that those cannot be
/// used is the last word only where it was so twice in a row.
pub(crate) fn is_worth_another_try(failure: &Failure, tries: Tries<'_>) -> bool {
    let most = match failure {
        Failure::NotUnderstood(_) if !comes_again(failure, tries) => ATTEMPTS_MAX,
        _ => attempts_max(failure),
    };
    tries.all < most
}

/// Whether the try before has ended alike.
fn comes_again(failure: &Failure, tries: Tries<'_>) -> bool {
    tries.last_failure == Some(failure.to_string().as_str())
}

/// Why something was given up after this failure, as part of a sentence.
pub(crate) fn given_up_because(failure: &Failure, tries: Tries<'_>) -> &'static str {
    match failure {
        Failure::ProviderRefuses(_) => {
            "because the language model refuses to work for this server: whoever runs it has to correct its settings"
        }
        Failure::NotUnderstood(_) if comes_again(failure, tries) => {
            "because the language model gives no answer that can be used"
        }
        _ => OFTEN_TRIED,
    }
}

/// The address of a passage of a document.
pub(crate) fn passage_path(document_id: Uuid, page: u32, start: u32, end: u32) -> String {
    format!("/library/{document_id}/read?page={page}&start={start}&end={end}")
}

/// Makes notes and questions.
#[async_trait]
pub(crate) trait TextProvider: fmt::Debug + Send + Sync {
    /// Makes the notes of a document.
    ///
    /// # Errors
    /// When it did not work; whether another try may help is what [`is_worth_another_try`] tells.
    async fn make_notes(
        &self,
        document_id: Uuid,
        pages: &[DocumentPage],
        language: Option<&str>,
    ) -> Result<MadeNotes, Failure>;

    /// Makes questions.
    ///
    /// # Errors
    /// When it did not work; whether another try may help is what [`is_worth_another_try`] tells.
    async fn make_questions(&self, wanted: &WantedQuestions) -> Result<MadeQuestions, Failure>;
}
