//! The parts of the OpenAPI document that all calls share.

use super::{
    idempotency::under_way,
    problem::{Code, FieldProblem, MEDIA_TYPE, Problem},
};
use domain::{ApiError, ErrorCode, FieldError};
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::{
    IntoResponses, Modify, OpenApi,
    openapi::{
        ContentBuilder, HeaderBuilder, ObjectBuilder, Ref, RefOr, Response, ResponseBuilder,
        schema::Type,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

type Responses = BTreeMap<String, RefOr<Response>>;

/// The document that the calls are added to.
#[derive(Debug, OpenApi)]
#[openapi(
    info(
        title = "Lyceum",
        description = "Everything that the app can do, for programs. Send an ID or access token as a bearer token; \
            `GET /api/config` tells where to get one. Every refusal is an RFC 9457 problem document. A page signs in \
            at `/auth/sign-in?return_to=` and out with a form post to `/auth/sign-out`."
    ),
    components(schemas(Problem, FieldProblem, Code)),
    security(("bearer" = []), ("session" = [])),
    tags(
        (name = "Accounts", description = "People, their profile and their signed-in browsers."),
        (name = "Conversations", description = "Two people or a group, their messages, and what happens to them."),
        (name = "Events", description = "What happens, told as it happens."),
        (name = "Albums", description = "Photos, the albums that they are in, and with whom those are shared."),
        (name = "Documents", description = "What is read page by page, the notes that are made of it, and finding in it."),
        (name = "Quizzes", description = "Questions made of what people read, taking them, and how everybody did."),
        (name = "Review", description = "Missed questions come back before they are forgotten."),
        (name = "Uploads", description = "How files get into the object store, and how they are fetched.")
    ),
    modifiers(&SecuritySchemes)
)]
pub(crate) struct Document;

struct SecuritySchemes;

impl Modify for SecuritySchemes {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Default::default);
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .description(Some("An ID or access token of the identity provider."))
            .build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookie = ApiKeyValue::with_description(
            "__Host-lyceum_session",
            "The browser app's session; called lyceum_session on plain http. Unsafe methods need a same-origin request.",
        );
        components.add_security_scheme("session", SecurityScheme::ApiKey(ApiKey::Cookie(cookie)));
    }
}

/// What can happen to every call.
pub(crate) struct Always;
/// What can happen to calls that need a registered person.
pub(crate) struct SignedIn;
/// What can happen to calls with parameters.
pub(crate) struct Parameters;
/// What can happen to calls with a JSON body.
pub(crate) struct WithBody;
/// What can happen to calls about one thing.
pub(crate) struct Missing;
/// What can happen to calls that the state of the thing may not allow.
pub(crate) struct Conflicting;
/// What can happen to calls that take an `Idempotency-Key`.
pub(crate) struct Repeatable;

impl IntoResponses for Always {
    fn responses() -> Responses {
        Responses::from([
            refusal("Too many requests.", ApiError::too_many_requests(2)),
            refusal("Our fault. The log has the cause, under the request id.", ApiError::internal()),
            refusal("A service that we need does not answer.", ApiError::unavailable("Try again in a moment.")),
        ])
    }
}

impl IntoResponses for SignedIn {
    fn responses() -> Responses {
        Responses::from([
            refusal("No valid token or session.", ApiError::unauthorized()),
            refusal(
                "The person is not registered, or (with a cookie and an unsafe method) the request came from another site.",
                ApiError::not_registered(),
            ),
        ])
    }
}

impl IntoResponses for Parameters {
    fn responses() -> Responses {
        let error = FieldError::query("query", "blank", "Query is blank: write something.");
        Responses::from([refusal("A parameter breaks its rule.", ApiError::validation(vec![error]))])
    }
}

impl IntoResponses for WithBody {
    fn responses() -> Responses {
        let error = FieldError::body("display_name", "blank", "Display name is blank: write something.");
        Responses::from([
            refusal("The body is too long.", ApiError::new(ErrorCode::PayloadTooLarge, "Send less.")),
            refusal("The body is not JSON.", ApiError::new(ErrorCode::UnsupportedMediaType, "Send JSON.")),
            refusal("The JSON is broken, or a field breaks its rule.", ApiError::validation(vec![error])),
        ])
    }
}

impl IntoResponses for Missing {
    fn responses() -> Responses {
        Responses::from([refusal("There is no such thing.", ApiError::not_found("There is no such thing."))])
    }
}

impl IntoResponses for Conflicting {
    fn responses() -> Responses {
        let detail = "A direct conversation stays between its two people: start a group instead.";
        let conflict = ApiError::new(ErrorCode::Conflict, detail);
        Responses::from([refusal("The state of the thing does not allow it.", conflict)])
    }
}

impl IntoResponses for Repeatable {
    fn responses() -> Responses {
        let detail = "This Idempotency-Key was used for another request: make a new one.";
        let conflict = under_way();
        Responses::from([
            refusal(&conflict.detail.clone(), conflict),
            refusal("The body is too long.", ApiError::new(ErrorCode::PayloadTooLarge, "Send less.")),
            refusal("The Idempotency-Key is not usable.", ApiError::new(ErrorCode::IdempotencyKeyReused, detail)),
        ])
    }
}

/// One refusal with its body, headers and an example.
pub(crate) fn refusal(description: &str, error: ApiError) -> (String, RefOr<Response>) {
    let status = error.code.status();
    let content =
        ContentBuilder::new().schema(Some(Ref::from_schema_name("Problem"))).example(Some(example(&error))).build();
    let response = ResponseBuilder::new().description(description).content(MEDIA_TYPE, content);
    let header = |kind, text: &str| {
        HeaderBuilder::new()
            .schema(Some(ObjectBuilder::new().schema_type(kind).build()))
            .description(Some(text))
            .build()
    };
    let response = match status {
        401 => response.header("WWW-Authenticate", header(Type::String, "The way to authenticate.")),
        _ if error.retry_after_seconds.is_some() => {
            response.header("Retry-After", header(Type::Integer, "Seconds to wait."))
        }
        _ => response,
    };
    (status.to_string(), response.build().into())
}

fn example(error: &ApiError) -> serde_json::Value {
    let mut example = json!({
        "type": format!("/problems/{}", error.code.as_str()),
        "title": error.code.title(),
        "status": error.code.status(),
        "detail": error.detail,
        "code": error.code,
        "request_id": "0198c5a0-5f3e-7c1d-9a63-2f0c7c1e4b11",
    });
    if !error.errors.is_empty() {
        example["errors"] = json!(error.errors);
    }
    example
}
