//! The forms of answers for the OpenAPI document. The answers themselves are `domain`'s types, written as they are.

#![expect(dead_code, reason = "documents the types of `domain::quizzes` and `domain::citation`")]

use std::collections::BTreeMap;
use utoipa::ToSchema;
use uuid::Uuid;

/// Choose one option; true or false; write the answer.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(crate) enum QuestionType {
    Mcq,
    Tf,
    Short,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum QuestionForm {
    Mcq,
    Tf,
    Short,
    Cloze,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum Difficulty {
    Easy,
    Medium,
    Hard,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum QuizStatus {
    Processing,
    Ready,
    Failed,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum ExportFormat {
    Anki,
    Gift,
    Markdown,
}

/// A question, without anything that tells its answer.
#[derive(Debug, ToSchema)]
pub(super) struct Question {
    #[schema(minimum = 1)]
    id: i64,
    r#type: QuestionType,
    question: String,
    /// What to choose from; not there where the answer is written.
    #[schema(nullable = false)]
    options: Option<Vec<String>>,
}

/// Somebody who made a quiz or takes it.
#[derive(Debug, ToSchema)]
pub(super) struct QuizPerson {
    sub: String,
    display_name: String,
    #[schema(required = true)]
    avatar_url: Option<String>,
}

/// A quiz as whoever takes it sees it.
#[derive(Debug, ToSchema)]
pub(super) struct Quiz {
    #[schema(minimum = 1)]
    quiz_id: i64,
    title: String,
    status: QuizStatus,
    /// For the author: why there are fewer questions than asked for, or none, or why that takes longer.
    #[schema(nullable = false)]
    remark: Option<String>,
    author: QuizPerson,
    mine: bool,
    /// For the author only: the text that it was made of, or null.
    notes_text: Option<String>,
    quiz: Vec<Question>,
    /// What the caller has answered and not submitted, by question id.
    answers: BTreeMap<String, String>,
    /// How often the caller has submitted it.
    #[schema(minimum = 0)]
    submissions: u32,
    #[schema(format = DateTime)]
    created_at: String,
}

/// A quiz in a list.
#[derive(Debug, ToSchema)]
pub(super) struct QuizSummary {
    #[schema(minimum = 1)]
    quiz_id: i64,
    title: String,
    status: QuizStatus,
    author: QuizPerson,
    mine: bool,
    #[schema(minimum = 0)]
    total_questions: u32,
    /// How many of them the caller has answered and not submitted.
    #[schema(minimum = 0)]
    answered: u32,
    /// The caller's last score.
    #[schema(required = true)]
    last_score: Option<u32>,
    #[schema(format = DateTime)]
    created_at: String,
}

/// A place in a source, with the words that stand there. Offsets count code points of the page or text.
#[derive(Debug, ToSchema)]
pub(crate) struct Citation {
    source: CitationSource,
    /// The words at the place.
    #[schema(nullable = false)]
    quote: Option<String>,
    #[schema(nullable = false)]
    document_id: Option<Uuid>,
    /// 1 for the first.
    #[schema(nullable = false, minimum = 1)]
    page: Option<u32>,
    #[schema(nullable = false, minimum = 0)]
    start: Option<u32>,
    #[schema(nullable = false, minimum = 0)]
    end: Option<u32>,
}

#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum CitationSource {
    Document,
    Text,
    Audio,
    Photo,
    Message,
}

/// A question with its answer, for the author.
#[derive(Debug, ToSchema)]
pub(super) struct KeyedQuestion {
    #[schema(minimum = 1)]
    id: i64,
    r#type: QuestionType,
    question: String,
    #[schema(nullable = false)]
    options: Option<Vec<String>>,
    correct_answer: String,
    /// What else is right.
    accepted_answers: Vec<String>,
    /// Where the answer stands; null for a question that the author wrote.
    #[schema(required = true)]
    citation: Option<Citation>,
    /// Answers that people say were right.
    claims: Vec<AnswerClaim>,
}

#[derive(Debug, ToSchema)]
pub(super) struct AnswerClaim {
    answer: String,
    /// By how many people.
    #[schema(minimum = 1)]
    people: u32,
}

/// How the checks of generated questions went.
#[derive(Debug, ToSchema)]
pub(super) struct QuizStatistics {
    #[schema(minimum = 0)]
    drafted: u32,
    #[schema(minimum = 0)]
    kept: u32,
    /// By the check that they failed.
    dropped: BTreeMap<String, u32>,
    /// How often the right option stands first, second, third, fourth.
    positions: Vec<u32>,
    #[schema(minimum = 0, maximum = 100)]
    longest_is_right_percent: u32,
}

/// A quiz as its author edits it.
#[derive(Debug, ToSchema)]
pub(super) struct QuizKey {
    #[schema(minimum = 1)]
    quiz_id: i64,
    title: String,
    /// To be sent back with an edit.
    #[schema(minimum = 0)]
    version: u32,
    questions: Vec<KeyedQuestion>,
    statistics: QuizStatistics,
}

/// One question of a result.
#[derive(Debug, ToSchema)]
pub(super) struct AnswerDetail {
    #[schema(minimum = 1)]
    question_id: i64,
    r#type: QuestionType,
    question: String,
    #[schema(nullable = false)]
    options: Option<Vec<String>>,
    correct_answer: String,
    /// Empty when nothing was answered.
    user_answer: String,
    is_correct: bool,
    /// Right with a slip, or wrong by little.
    almost: bool,
    /// The caller has said that it was right, and the author has not decided.
    claimed: bool,
    #[schema(required = true)]
    citation: Option<Citation>,
}

/// The sheet that one is filling in.
#[derive(Debug, ToSchema)]
pub(super) struct AnswerSheet {
    #[schema(minimum = 1)]
    quiz_id: i64,
    /// Names the sheet: another one begins with each submission.
    #[schema(minimum = 0)]
    attempt: i64,
    /// What the caller has answered and not submitted, by question id.
    answers: BTreeMap<String, String>,
    /// The answers that were checked, and only those: they stay as they are until the sheet is submitted.
    checked: Vec<AnswerDetail>,
}

/// The result of one submission.
#[derive(Debug, ToSchema)]
pub(super) struct QuizResult {
    #[schema(minimum = 1)]
    submission_id: i64,
    #[schema(minimum = 1)]
    quiz_id: i64,
    /// How many answers are right.
    #[schema(minimum = 0)]
    score: u32,
    #[schema(minimum = 0)]
    total_questions: u32,
    details: Vec<AnswerDetail>,
    #[schema(format = DateTime)]
    submitted_at: String,
}

#[derive(Debug, ToSchema)]
pub(super) struct HistoryEntry {
    #[schema(minimum = 1)]
    submission_id: i64,
    #[schema(minimum = 1)]
    quiz_id: i64,
    title: String,
    #[schema(minimum = 0)]
    score: u32,
    #[schema(minimum = 0)]
    total_questions: u32,
    #[schema(format = DateTime)]
    submitted_at: String,
}

/// What a member of the group made of a quiz.
#[derive(Debug, ToSchema)]
pub(super) struct MemberResult {
    person: QuizPerson,
    /// Their best score; null until they submit.
    #[schema(required = true)]
    score: Option<u32>,
    #[schema(minimum = 0)]
    submissions: u32,
    #[schema(required = true, format = DateTime)]
    submitted_at: Option<String>,
}

/// How everybody did with whom the quiz is shared.
#[derive(Debug, ToSchema)]
pub(super) struct GroupResults {
    #[schema(minimum = 1)]
    quiz_id: i64,
    #[schema(minimum = 0)]
    total_questions: u32,
    members: Vec<MemberResult>,
    /// By question id: how many of the last submissions have it right.
    right_by_question: BTreeMap<String, u32>,
}
