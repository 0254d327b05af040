//! `POST /identity/test-clock`: moves the time that everything is judged by. Never in production.

use crate::Identity;
use axum::{
    Json,
    body::Bytes,
    extract::State,
    response::{IntoResponse as _, Response},
};
use http::StatusCode;
use serde::Deserialize;
use serde_json::json;

/// A hundred years: further, dates have more digits than the formats that carry them.
const FURTHEST: i64 = 3_155_760_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    advance_seconds: i64,
}

pub(crate) async fn advance(State(identity): State<Identity>, body: Bytes) -> Response {
    let provider = identity.provider();
    match serde_json::from_slice::<Advance>(&body) {
        Ok(Advance { advance_seconds }) if (-FURTHEST..=FURTHEST).contains(&advance_seconds) => {
            provider.clock.advance_seconds(advance_seconds);
            Json(json!({ "now": provider.now() })).into_response()
        }
        _ => {
            let detail = "Send {\"advance_seconds\": n} with n a whole number of at most a hundred years.";
            (StatusCode::UNPROCESSABLE_ENTITY, Json(json!({ "detail": detail }))).into_response()
        }
    }
}
