//! Rows as the people concerned see them.

use super::store::{QuestionRow, QuizRow};
use crate::{failure::Failure, uploads::store::media_path};
use domain::{
    Timestamp,
    accounts::{CANCELLED_NAME, Person},
    citation::Citation,
    id::Sub,
    quizzes::{AnswerDetail, KeyedQuestion, Question, QuestionType, QuizStatus, QuizSummary},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;

pub(crate) const PROCESSING: &str = "processing";
pub(crate) const READY: &str = "ready";
pub(crate) const FAILED: &str = "failed";

/// What is kept of an answer that was graded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Graded {
    pub(super) question_id: i64,
    /// Empty when nothing was answered.
    pub(super) answer: String,
    pub(super) is_correct: bool,
    pub(super) almost: bool,
}

pub(super) fn status(row: &QuizRow) -> Result<QuizStatus, Failure> {
    match row.status.as_str() {
        PROCESSING => Ok(QuizStatus::Processing),
        READY => Ok(QuizStatus::Ready),
        FAILED => Ok(QuizStatus::Failed),
        _ => Err(Failure::Broken("a stored quiz has an unknown status")),
    }
}

pub(super) fn kind_name(kind: QuestionType) -> &'static str {
    match kind {
        QuestionType::MultipleChoice => "mcq",
        QuestionType::TrueFalse => "tf",
        QuestionType::ShortAnswer => "short",
    }
}

fn kind(name: &str) -> Result<QuestionType, Failure> {
    match name {
        "mcq" => Ok(QuestionType::MultipleChoice),
        "tf" => Ok(QuestionType::TrueFalse),
        "short" => Ok(QuestionType::ShortAnswer),
        _ => Err(Failure::Broken("a stored question has an unknown type")),
    }
}

/// The questions with their answers and without claims.
pub(crate) fn keyed(rows: Vec<QuestionRow>) -> Result<Vec<KeyedQuestion>, Failure> {
    rows.into_iter().map(keyed_question).collect()
}

pub(crate) fn keyed_question(row: QuestionRow) -> Result<KeyedQuestion, Failure> {
    let citation = row.citation.as_deref().map(read::<Citation>).transpose()?;
    Ok(KeyedQuestion {
        question: Question { id: row.id, kind: kind(&row.kind)?, question: row.question, options: read(&row.options)? },
        correct_answer: row.correct_answer,
        accepted_answers: read(&row.accepted_answers)?,
        citation,
        claims: Vec::new(),
    })
}

/// A quiz for a list.
pub(super) fn summary(row: QuizRow, viewer: i64) -> Result<QuizSummary, Failure> {
    Ok(QuizSummary {
        quiz_id: row.id,
        status: status(&row)?,
        mine: row.author_id == viewer,
        total_questions: number(row.total_questions),
        answered: number(row.answered),
        last_score: row.last_score.map(number),
        created_at: Timestamp::from_micros(row.created_at),
        author: person(row.author_sub, row.author_name, row.author_avatar)?,
        title: row.title,
    })
}

pub(super) fn person(sub: String, name: Option<String>, avatar: Option<Uuid>) -> Result<Person, Failure> {
    Ok(Person {
        sub: Sub::parse(sub).map_err(|_| Failure::Broken("a stored sub is not valid"))?,
        display_name: name.unwrap_or_else(|| CANCELLED_NAME.to_owned()),
        avatar_url: avatar.map(media_path),
        email: None,
    })
}

/// An answer beside its question, as who gave it sees it.
pub(super) fn detail(graded: Graded, question: &KeyedQuestion, claimed: bool) -> AnswerDetail {
    AnswerDetail {
        question_id: graded.question_id,
        kind: question.question.kind,
        question: question.question.question.clone(),
        options: question.question.options.clone(),
        correct_answer: question.correct_answer.clone(),
        user_answer: graded.answer,
        is_correct: graded.is_correct,
        almost: graded.almost,
        claimed,
        citation: question.citation.clone(),
    }
}

/// A count as the types of `domain` have it.
pub(crate) fn number(count: i64) -> u32 {
    u32::try_from(count).unwrap_or_default()
}

pub(super) fn read<T: DeserializeOwned>(json: &str) -> Result<T, Failure> {
    serde_json::from_str(json).map_err(|_| Failure::Broken("what is stored of a quiz cannot be read"))
}

pub(super) fn write(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string(value).map_err(|_| Failure::Broken("a part of a quiz cannot be written"))
}
