//! Reading requests strictly: what does not fit is named, field by field.

use super::problem::Refusal;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Path, Request},
};
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    conversations::{PAGE_DEFAULT, PAGE_MAX},
    viewer::Authentication,
};
use http::{StatusCode, header, request::Parts};
use serde::de::DeserializeOwned;
use serde_json::Value;
use uuid::Uuid;

/// The registered person who asks. Put it first among a handler's arguments: a 401 comes before everything that is
/// wrong with path or body.
#[derive(Debug)]
pub(crate) struct CurrentViewer(pub Viewer);

impl<S: Sync> FromRequestParts<S> for CurrentViewer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        let authentication = parts.extensions.get::<Authentication>().unwrap_or(&Authentication::Anonymous);
        Ok(Self(authentication.viewer()?.clone()))
    }
}

/// A JSON body.
#[derive(Debug)]
pub(crate) struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        RepeatableBody::from_request(request, state).await.map(|RepeatableBody { value, .. }| Self(value))
    }
}

/// A JSON body of a call that takes an `Idempotency-Key`, with its bytes to tell a repeat by.
#[derive(Debug)]
pub(crate) struct RepeatableBody<T> {
    pub(crate) value: T,
    pub(crate) bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for RepeatableBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let bytes = json(request, state).await?;
        Ok(Self { value: parse(&bytes)?, bytes })
    }
}

/// A JSON body that may be left out, or null.
#[derive(Debug)]
pub(crate) struct OptionalBody<T>(pub T);

impl<T: DeserializeOwned + Default, S: Send + Sync> FromRequest<S> for OptionalBody<T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, state: &S) -> Result<Self, Refusal> {
        let is_json = is_json(request.headers());
        let bytes = body(request, state).await.map_err(|error| if is_json { error } else { judged(error) })?;
        match (bytes.is_empty() || bytes.trim_ascii() == b"null", is_json) {
            (true, _) => Ok(Self(T::default())),
            (false, true) => Ok(Self(parse(&bytes)?)),
            (false, false) => Err(unsupported_media_type().into()),
        }
    }
}

/// The whole body of a call that wants JSON.
async fn json<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    if is_json(request.headers()) {
        return body(request, state).await;
    }
    let bytes = body(request, state).await.map_err(judged)?;
    if bytes.is_empty() { Ok(bytes) } else { Err(unsupported_media_type()) }
}

/// What is wrong with a body of another type: the type comes before the length.
fn judged(error: ApiError) -> ApiError {
    if error.code == ErrorCode::PayloadTooLarge { unsupported_media_type() } else { error }
}

/// The whole body, at most as long as the router allows.
///
/// # Errors
/// `payload_too_large`; `invalid_request` when the connection broke.
pub async fn body<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, ApiError> {
    Bytes::from_request(request, state).await.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiError::new(ErrorCode::PayloadTooLarge, "The body is over the limit of this call: send less.")
        } else {
            ApiError::new(ErrorCode::InvalidRequest, "The body ended before it was complete: send it again.")
        }
    })
}

pub(crate) fn is_json(headers: &http::HeaderMap) -> bool {
    let text = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

pub(crate) fn unsupported_media_type() -> ApiError {
    ApiError::new(ErrorCode::UnsupportedMediaType, "Send the body as application/json.")
}

/// JSON text to a value of our own.
///
/// # Errors
/// `invalid_request` when it is not JSON, `validation_failed` when it is not what the call wants.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    if body.is_empty() {
        return Err(broken_rule(Vec::new(), "missing", "The body is missing: send a JSON object."));
    }
    let value: Value = serde_json::from_slice(body).map_err(|error| {
        let at = format!("The body is not valid JSON (line {}, column {}).", error.line(), error.column());
        let errors = vec![FieldError { loc: vec!["body".into()], msg: at.clone(), rule: "json".into() }];
        ApiError { errors, ..ApiError::new(ErrorCode::InvalidRequest, at) }
    })?;
    // Serde would read a list as the fields in their order.
    if !value.is_object() {
        return Err(broken_rule(Vec::new(), "type", "Send a JSON object."));
    }
    if let Some(path) = nul(&value) {
        return Err(broken_rule(path, "control_character", "There is a NUL character in the text: remove it."));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let path = error.path().iter().map(step).filter(|step| step != ".").collect();
        data_error(path, &error.into_inner().to_string())
    })
}

/// A place in a list is a number, without its brackets.
fn step(segment: &serde_path_to_error::Segment) -> String {
    segment.to_string().trim_matches(['[', ']']).to_owned()
}

/// PostgreSQL cannot store NUL, and no text of a person has one.
fn nul(value: &Value) -> Option<Vec<String>> {
    let below = |step: String, value: &Value| {
        nul(value).map(|mut path| {
            path.insert(0, step);
            path
        })
    };
    match value {
        Value::String(text) => text.contains('\0').then(Vec::new),
        Value::Array(items) => items.iter().enumerate().find_map(|(at, item)| below(at.to_string(), item)),
        Value::Object(fields) => fields
            .iter()
            .find_map(|(name, field)| if name.contains('\0') { Some(Vec::new()) } else { below(name.clone(), field) }),
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// Serde has only sentences; two of them name a field that its path does not.
fn data_error(mut path: Vec<String>, sentence: &str) -> ApiError {
    let quoted = |prefix: &str| sentence.strip_prefix(prefix)?.split('`').next();
    if let Some(field) = quoted("missing field `") {
        path.push(field.to_owned());
        return broken_rule(path, "missing", &format!("The field {field} is missing."));
    }
    if let Some(field) = quoted("unknown field `") {
        // The path may already end in it.
        if path.last().is_none_or(|last| last != field) {
            path.push(field.to_owned());
        }
        return broken_rule(path, "unknown_field", &format!("There is no field {field} here: check its name."));
    }
    broken_rule(path, "type", &format!("{}.", capitalised(sentence)))
}

/// A field that may be left out, but is not null when it is there.
pub(crate) fn present<'de, T: serde::Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A field that must be there, and may be null: left out by mistake, it would take away what there is.
pub(crate) fn present_or_null<'de, T: serde::Deserialize<'de>, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    <Option<T> as serde::Deserialize>::deserialize(deserializer)
}

/// Refuses a change of nothing: whoever sends one has forgotten something. `field` is the first that could be changed.
///
/// # Errors
/// `validation_failed` naming `field`.
pub(crate) fn some_change(is_there: bool, field: &str) -> Result<(), ApiError> {
    if is_there {
        return Ok(());
    }
    Err(broken_rule(vec![field.to_owned()], "missing", "Nothing is to be changed: send at least one field."))
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn broken_rule(path: Vec<String>, rule: &str, msg: &str) -> ApiError {
    let loc = std::iter::once("body".to_owned()).chain(path).collect();
    ApiError::validation(vec![FieldError { loc, msg: msg.to_owned(), rule: rule.to_owned() }])
}

/// A UUID in the path, where it is called `id`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathId(pub Uuid);

impl<S: Send + Sync> FromRequestParts<S> for PathId {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text = Path::<String>::from_request_parts(parts, state).await.map(|Path(text)| text).unwrap_or_default();
        Ok(Self(path_id(&text)?))
    }
}

/// Only the form that we write: the parser knows three more.
fn path_id(text: &str) -> Result<Uuid, ApiError> {
    Uuid::try_parse(text).ok().filter(|_| text.len() == 36).ok_or_else(|| {
        let msg = "The id in the path is not a UUID.".to_owned();
        ApiError::validation(vec![FieldError { loc: vec!["path".into(), "id".into()], msg, rule: "uuid".into() }])
    })
}

async fn two_steps<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<(String, String), ApiError> {
    let path = Path::<(String, String)>::from_request_parts(parts, state).await;
    path.map(|Path(steps)| steps).map_err(|_| {
        let msg = "The path is not valid UTF-8.".to_owned();
        ApiError::validation(vec![FieldError { loc: vec!["path".into()], msg, rule: "encoding".into() }])
    })
}

/// A UUID in the path, where it is called `id`, and a text after it.
#[derive(Clone, Debug)]
pub(crate) struct PathIdAndText(pub Uuid, pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathIdAndText {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (id, text) = two_steps(parts, state).await?;
        Ok(Self(path_id(&id)?, text))
    }
}

/// A UUID in the path, where it is called `id`, and a positive 64-bit integer after it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathIdAndNumber(pub Uuid, pub i64);

impl<S: Send + Sync> FromRequestParts<S> for PathIdAndNumber {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (id, number) = two_steps(parts, state).await?;
        Ok(Self(path_id(&id)?, path_number("conversation_id", &number)?))
    }
}

/// A positive 64-bit integer in the path.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathNumber(pub i64);

impl<S: Send + Sync> FromRequestParts<S> for PathNumber {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let text = Path::<String>::from_request_parts(parts, state).await.map(|Path(text)| text).unwrap_or_default();
        Ok(Self(path_number("id", &text)?))
    }
}

/// A positive 64-bit integer in the path, where it is called `id`, and another after it, called `question_id`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PathNumberAndQuestion(pub i64, pub i64);

impl<S: Send + Sync> FromRequestParts<S> for PathNumberAndQuestion {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (id, question) = two_steps(parts, state).await?;
        Ok(Self(path_number("id", &id)?, path_number("question_id", &question)?))
    }
}

/// A positive 64-bit integer in the path, and a text after it.
#[derive(Clone, Debug)]
pub(crate) struct PathNumberAndText(pub i64, pub String);

impl<S: Send + Sync> FromRequestParts<S> for PathNumberAndText {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let (number, text) = two_steps(parts, state).await?;
        Ok(Self(path_number("id", &number)?, text))
    }
}

fn path_number(name: &str, text: &str) -> Result<i64, ApiError> {
    positive(text).ok_or_else(|| {
        let msg = format!("The {name} in the path is not a positive 64-bit integer.");
        ApiError::validation(vec![FieldError { loc: vec!["path".into(), name.into()], msg, rule: "integer".into() }])
    })
}

/// Digits only, without the signs and blanks that other parsers let pass.
fn positive(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok())?.filter(|number| *number > 0)
}

/// A positive 64-bit integer among the parameters of the query string.
///
/// # Errors
/// `validation_failed` naming it.
pub(crate) fn optional_number(parts: &Parts, name: &str) -> Result<Option<i64>, ApiError> {
    let read = |text: String| {
        let wrong = || FieldError::query(name, "integer", format!("{name} is not a positive 64-bit integer."));
        positive(&text).ok_or_else(|| ApiError::validation(vec![wrong()]))
    };
    optional_query(parts, name)?.map(read).transpose()
}

/// How many entries of a list: 1 to `PAGE_MAX`, or the default.
///
/// # Errors
/// `validation_failed` naming `limit`.
pub(crate) fn limit(parts: &Parts) -> Result<i64, ApiError> {
    limit_or(parts, PAGE_DEFAULT)
}

/// The same with a default of its own.
///
/// # Errors
/// `validation_failed` naming `limit`.
pub(crate) fn limit_or(parts: &Parts, default: i64) -> Result<i64, ApiError> {
    let limit = optional_number(parts, "limit")?.unwrap_or(default);
    if limit <= PAGE_MAX {
        return Ok(limit);
    }
    let msg = format!("Ask for 1 to {PAGE_MAX} entries.");
    Err(ApiError::validation(vec![FieldError::query("limit", "range", msg)]))
}

/// Refuses the cursors that a list never gives: whoever sends one would take the beginning for another part.
///
/// # Errors
/// `validation_failed` naming the first.
pub(crate) fn no_cursors(parts: &Parts, names: &[&str]) -> Result<(), ApiError> {
    for name in names {
        if optional_query(parts, name)?.is_some() {
            let msg = format!("This list has no cursor {name}: follow its Link header.");
            return Err(ApiError::validation(vec![FieldError::query(name, "cursor", msg)]));
        }
    }
    Ok(())
}

/// One parameter of the query string that must be there, exactly once and in UTF-8.
///
/// # Errors
/// `validation_failed` naming it.
pub(crate) fn required_query(parts: &Parts, name: &str) -> Result<String, ApiError> {
    let missing = || FieldError::query(name, "missing", format!("Add {name} to the address: ?{name}=…"));
    optional_query(parts, name)?.ok_or_else(|| ApiError::validation(vec![missing()]))
}

/// One parameter of the query string, in UTF-8 and not more than once.
///
/// # Errors
/// `validation_failed` naming it.
pub(crate) fn optional_query(parts: &Parts, name: &str) -> Result<Option<String>, ApiError> {
    let wrong = |rule: &str, msg: &str| ApiError::validation(vec![FieldError::query(name, rule, msg)]);
    let query = parts.uri.query().unwrap_or_default();
    let mut values = url::form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
    let Some((_, value)) = values.next() else { return Ok(None) };
    if values.next().is_some() {
        return Err(wrong("repeated", &format!("{name} may be given only once.")));
    }
    // The parser puts this character where the bytes were no UTF-8; somebody may also have written it.
    if value.contains('\u{FFFD}') && !query.to_ascii_uppercase().contains("%EF%BF%BD") {
        return Err(wrong("encoding", &format!("{name} is not valid UTF-8.")));
    }
    Ok(Some(value.into_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code)]
        inner: Inner,
    }

    #[derive(Debug, Deserialize)]
    struct Inner {
        #[expect(dead_code)]
        count: u8,
    }

    fn refusal(body: &[u8]) -> (ErrorCode, Vec<String>, String) {
        let error = parse::<Outer>(body).unwrap_err();
        let first = error.errors.into_iter().next().unwrap();
        (error.code, first.loc, first.rule)
    }

    fn of(loc: &[&str], rule: &str) -> (ErrorCode, Vec<String>, String) {
        (ErrorCode::ValidationFailed, loc.iter().map(ToString::to_string).collect(), rule.to_owned())
    }

    #[test]
    fn every_broken_rule_says_where_it_is() {
        assert_eq!(refusal(b""), of(&["body"], "missing"));
        assert_eq!(refusal(b"{}"), of(&["body", "inner"], "missing"));
        assert_eq!(refusal(br#"{"inner":{}}"#), of(&["body", "inner", "count"], "missing"));
        assert_eq!(refusal(br#"{"inner":{"count":"1"}}"#), of(&["body", "inner", "count"], "type"));
        assert_eq!(refusal(br#"{"inner":{"count":300}}"#), of(&["body", "inner", "count"], "type"));
        assert_eq!(
            parse::<std::collections::BTreeMap<String, Vec<u8>>>(br#"{"a":[1,"x"]}"#).unwrap_err().errors[0].loc,
            ["body", "a", "1"]
        );
        assert_eq!(refusal(br#"{"other":1}"#), of(&["body", "other"], "unknown_field"));
        assert_eq!(refusal(br#"[{"count":1}]"#), of(&["body"], "type"));
        assert_eq!(refusal(br#""x""#), of(&["body"], "type"));
        assert_eq!(
            refusal(br#"{"inner":{"x":["a","\u0000"]}}"#),
            of(&["body", "inner", "x", "1"], "control_character")
        );
    }

    #[test]
    fn what_is_no_json_is_told_with_its_place() {
        let bodies: [&[u8]; 5] = [b"{", b"nonsense", b"\"\xff\"", br#""\ud800""#, b"{} {}"];
        for body in bodies {
            let (code, loc, rule) = refusal(body);
            assert_eq!((code, rule.as_str()), (ErrorCode::InvalidRequest, "json"), "{body:?}");
            assert_eq!(loc, ["body"]);
        }
    }
}
