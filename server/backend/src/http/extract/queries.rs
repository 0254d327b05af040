//! Parameters of the query string.

use super::positive;
use domain::{
    ApiError, FieldError,
    conversations::{PAGE_DEFAULT, PAGE_MAX},
};
use http::request::Parts;

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
