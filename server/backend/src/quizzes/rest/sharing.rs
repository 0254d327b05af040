//! Sharing quizzes, the group's results, and files of them.

use super::{positive, schemas};
use crate::{
    Backend,
    http::{
        extract::{self, CurrentViewer, PathNumber, RepeatableBody},
        idempotency::IdempotencyKey,
        openapi,
        problem::Refusal,
    },
    uploads::disposition::disposition,
};
use axum::{
    Json,
    body::Body,
    extract::State,
    response::{IntoResponse as _, Response},
};
use domain::{
    ApiError, FieldError,
    quizzes::{ExportFormat, ExportedQuiz, GroupResults, Quizzes as _},
};
use http::{HeaderValue, header, request::Parts};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

pub(super) fn router() -> OpenApiRouter<Backend> {
    OpenApiRouter::new().routes(routes!(share_quiz)).routes(routes!(get_group_results)).routes(routes!(export_quiz))
}

/// Where to send the card.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = QuizShare)]
#[serde(deny_unknown_fields)]
struct ShareBody {
    /// A conversation that the caller is in.
    #[schema(minimum = 1)]
    conversation_id: i64,
}

/// The card that was sent.
#[derive(Debug, Serialize, ToSchema)]
struct SharedQuiz {
    #[schema(minimum = 1)]
    quiz_id: i64,
    #[schema(minimum = 1)]
    conversation_id: i64,
    /// The message with the card; taking it back ends the sharing.
    #[schema(minimum = 1)]
    message_id: i64,
}

/// Share a quiz
///
/// Sends a card into a conversation; whoever is in it at the time can take the quiz. Its author may. Again gives the same
/// card.
#[utoipa::path(
    post,
    path = "/api/quiz/{id}/share",
    operation_id = "share_quiz",
    tag = "Quizzes",
    params(
        ("id" = i64, Path, minimum = 1, description = "The quiz's id."),
        ("Idempotency-Key" = Option<String>, Header, nullable = false, min_length = 1, max_length = 255, pattern = "^[\\x21-\\x7e]+$",
            description = "A repeat with the same key gets the first answer, for 24 hours.")
    ),
    request_body = ShareBody,
    responses(
        (status = OK, description = "It is shared.", body = SharedQuiz),
        openapi::Always,
        openapi::SignedIn,
        openapi::WithBody,
        openapi::Missing,
        openapi::Conflicting,
        openapi::Repeatable
    )
)]
async fn share_quiz(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    key: IdempotencyKey,
    State(backend): State<Backend>,
    RepeatableBody { value, bytes }: RepeatableBody<ShareBody>,
) -> Result<Response, Refusal> {
    let conversation_id = positive("conversation_id", value.conversation_id)?;
    let repeatable = key.repeatable(backend.db(), backend.clock(), &viewer.sub, &bytes);
    let work = async move {
        let message_id = backend.quiz_service().share(&viewer, id, conversation_id).await?;
        Ok(Json(SharedQuiz { quiz_id: id, conversation_id, message_id }).into_response())
    };
    repeatable.once(work).await
}

/// How everybody did
///
/// With whom the quiz is shared. For its author and whoever has submitted it.
#[utoipa::path(
    get,
    path = "/api/quiz/{id}/group-results",
    operation_id = "get_group_results",
    tag = "Quizzes",
    params(("id" = i64, Path, minimum = 1, description = "The quiz's id.")),
    responses(
        (status = OK, description = "The results.", body = schemas::GroupResults),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing
    )
)]
async fn get_group_results(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
) -> Result<Json<GroupResults>, Refusal> {
    Ok(Json(backend.quiz_service().group_results(&viewer, id).await?))
}

/// A quiz as a file
///
/// With its answers, for its author and whoever has submitted it.
#[utoipa::path(
    get,
    path = "/api/quiz/{id}/export",
    operation_id = "export_quiz",
    tag = "Quizzes",
    params(
        ("id" = i64, Path, minimum = 1, description = "The quiz's id."),
        ("format" = inline(schemas::ExportFormat), Query, description = "An Anki deck, GIFT for Moodle, or Markdown.")
    ),
    responses(
        (status = OK, description = "The file.", content(
            (Vec<u8> = "application/octet-stream"),
            (String = "text/plain"),
            (String = "text/markdown")
        )),
        openapi::Always,
        openapi::SignedIn,
        openapi::Parameters,
        openapi::Missing,
        openapi::Conflicting
    )
)]
async fn export_quiz(
    CurrentViewer(viewer): CurrentViewer,
    PathNumber(id): PathNumber,
    State(backend): State<Backend>,
    parts: Parts,
) -> Result<Response, Refusal> {
    let format = format(&extract::required_query(&parts, "format")?)?;
    let ExportedQuiz { filename, content_type, bytes } = backend.quiz_service().export(&viewer, id, format).await?;
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    let named = HeaderValue::try_from(disposition(false, &filename)).ok();
    headers.extend(named.map(|value| (header::CONTENT_DISPOSITION, value)));
    Ok(response)
}

fn format(name: &str) -> Result<ExportFormat, ApiError> {
    match name {
        "anki" => Ok(ExportFormat::Anki),
        "gift" => Ok(ExportFormat::Gift),
        "markdown" => Ok(ExportFormat::Markdown),
        _ => {
            let msg = "There is no such format: ask for anki, gift or markdown.";
            Err(ApiError::validation(vec![FieldError::query("format", "unknown", msg)]))
        }
    }
}
