//! Making quizzes.

use super::{positive, schemas};
use crate::{
    Backend,
    http::{
        extract::{CurrentViewer, RepeatableBody, present},
        idempotency::IdempotencyKey,
        openapi,
        problem::Refusal,
    },
};
use axum::{
    Json,
    extract::{DefaultBodyLimit, State},
    response::{IntoResponse as _, Response},
};
use domain::{
    ApiError, FieldError,
    quizzes::{
        Difficulty, NewQuiz, QUESTIONS_DEFAULT, Question, QuestionForm, Quiz, QuizSource, QuizStatus, Quizzes as _,
    },
};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

/// The longest text with every character escaped, and what stands beside it.
const BODY_LIMIT: usize = 2_600_000;

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(generate_quiz)).layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// What of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum DocumentPart {
    /// Its text.
    Text,
    /// Its notes, as they are now.
    Notes,
}

/// A quiz to be made of exactly one of `notes_text`, `document_id`, `document_ids` and `conversation_id`.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = NewQuiz)]
#[serde(deny_unknown_fields)]
struct NewQuizBody {
    /// The text that it is to be about.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200_000)]
    notes_text: Option<String>,
    /// A document of the caller's.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    document_id: Option<Uuid>,
    /// Beside `document_id`: of what of it; of its text without it. Questions of notes cite the passages that the notes
    /// cite, or the notes where those are in the person's own words.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    from: Option<DocumentPart>,
    /// Several documents of the caller's.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_items = 1, max_items = 20)]
    document_ids: Option<Vec<Uuid>>,
    /// A conversation of the caller's: the documents that were sent in it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, minimum = 1)]
    conversation_id: Option<i64>,
    /// Beside documents: only these pages of each.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    pages: Option<PagesBody>,
    /// How many questions at most; 10 without it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, minimum = 1, maximum = 50)]
    question_count: Option<u32>,
    /// Which forms of questions; all without it. `cloze` is a sentence with a gap, answered like `short`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = Option<Vec<schemas::QuestionForm>>)]
    types: Option<Vec<QuestionForm>>,
    /// How hard; `medium` without it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, value_type = Option<schemas::Difficulty>)]
    difficulty: Option<Difficulty>,
    /// 1 to 200 characters in one line, not blank; made of the source without it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false, min_length = 1, max_length = 200)]
    title: Option<String>,
}

/// A stretch of pages.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[schema(as = Pages)]
#[serde(deny_unknown_fields)]
struct PagesBody {
    /// 1 for the first of the document.
    #[schema(minimum = 1, maximum = 2000)]
    first: u32,
    /// Not before the first.
    #[schema(minimum = 1, maximum = 2000)]
    last: u32,
}

impl NewQuizBody {
    /// What is wanted, and the text as it came.
    fn wanted(self) -> Result<(NewQuiz, Option<String>), ApiError> {
        let refused =
            |field: &str, rule: &str, msg: &str| Err(ApiError::validation(vec![FieldError::body(field, rule, msg)]));
        let pages = self.pages.map(|pages| (pages.first, pages.last));
        let has_pages = pages.is_some();
        let received = self.notes_text.clone();
        let source = match (self.notes_text, self.document_id, self.document_ids, self.conversation_id) {
            (Some(text), None, None, None) => QuizSource::Text(text),
            (None, Some(id), None, None) if self.from == Some(DocumentPart::Notes) => QuizSource::Notes(id),
            (None, Some(id), None, None) => QuizSource::Documents { ids: vec![id], pages },
            (None, None, Some(ids), None) => QuizSource::Documents { ids, pages },
            (None, None, None, Some(id)) => QuizSource::Conversation(positive("conversation_id", id)?),
            (None, None, None, None) => {
                let msg = "Say what the quiz is to be about: notes_text, document_id, document_ids or conversation_id.";
                return refused("notes_text", "missing", msg);
            }
            _ => {
                let msg = "Name one of notes_text, document_id, document_ids and conversation_id, not several.";
                return refused("notes_text", "ambiguous", msg);
            }
        };
        if self.from.is_some() && self.document_id.is_none() {
            return refused("from", "ambiguous", "It says what of one document: name that as document_id.");
        }
        if has_pages && !matches!(source, QuizSource::Documents { .. }) {
            return refused("pages", "ambiguous", "Only the text of documents has pages: leave them out.");
        }
        let new = NewQuiz {
            source,
            question_count: self.question_count.unwrap_or(QUESTIONS_DEFAULT),
            types: self.types.unwrap_or_default(),
            difficulty: self.difficulty.unwrap_or_default(),
            title: self.title,
        };
        Ok((new, received))
    }
}

/// A quiz that was made.
#[derive(Debug, Serialize, ToSchema)]
struct GeneratedQuiz {
    /// What came of it, in a sentence.
    message: String,
    #[schema(minimum = 1)]
    quiz_id: i64,
    #[schema(value_type = schemas::QuizStatus)]
    status: QuizStatus,
    /// What it is about.
    title: String,
    /// Why there are fewer questions than asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    remark: Option<String>,
    /// The text as it was sent; null where the quiz is made of something else.
    #[schema(required = true)]
    notes_received: Option<String>,
    #[schema(value_type = Vec<schemas::Question>)]
    quiz: Vec<Question>,
}

/// A quiz that is being made.
#[derive(Debug, Serialize, ToSchema)]
struct RequestedQuiz {
    /// What to do next, in a sentence.
    message: String,
    #[schema(minimum = 1)]
    quiz_id: i64,
    #[schema(value_type = schemas::QuizStatus)]
    status: QuizStatus,
}

/// Make a quiz
///
/// Of text, of documents or of what was sent in a conversation. Every question is made from a passage of the source and
/// has passed the checks that the key tells of. Answers and passages come with one's first submission.
#[utoipa::path(
    post,
    path = "/api/quiz/generate",
    operation_id = "generate_quiz",
    tag = "Quizzes",
    params((
        "Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
        description = "A repeat with the same key gets the first answer, for 24 hours."
    )),
    request_body = NewQuizBody,
    responses(
        (status = OK, description = "It is made.", body = GeneratedQuiz),
        (status = ACCEPTED, description = "The source is long or still to be read: `GET /api/quiz/{id}` tells when the quiz is made.", body = RequestedQuiz),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Repeatable
    )
)]
async fn generate_quiz(
    CurrentViewer(viewer): CurrentViewer,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<NewQuizBody>,
) -> Result<Response, Refusal> {
    let names_one = value.document_id.is_some();
    let (new, received) = value.wanted()?;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let made = backend.quiz_service().generate(&viewer, new).await;
        let made = made.map_err(|error| if names_one { about_one(error) } else { error })?;
        let Quiz { quiz_id, status, title, remark, quiz, .. } = made;
        if status == QuizStatus::Processing {
            let message = format!("The quiz is being made: GET /api/quiz/{quiz_id} tells when it is ready.");
            return Ok((StatusCode::ACCEPTED, Json(RequestedQuiz { message, quiz_id, status })).into_response());
        }
        let message = match quiz.len() {
            1 => "The quiz has 1 question.".to_owned(),
            number => format!("The quiz has {number} questions."),
        };
        let notes_received = received;
        Ok(Json(GeneratedQuiz { message, quiz_id, status, title, remark, notes_received, quiz }).into_response())
    };
    repeatable.once(work).await
}

/// What is wrong with one document, in the words of the request.
fn about_one(mut error: ApiError) -> ApiError {
    for name in error.errors.iter_mut().flat_map(|error| &mut error.loc).filter(|name| *name == "document_ids") {
        "document_id".clone_into(name);
    }
    error
}
