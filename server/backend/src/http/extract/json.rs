//! JSON text, read so strictly that every broken rule names its field.

use super::strict::{Fault, Strict};
use domain::{ApiError, ErrorCode, FieldError};
use serde::de::DeserializeOwned;
use serde_json::Value;

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
    if !value.is_object() {
        return Err(broken_rule(Vec::new(), "type", "Send a JSON object."));
    }
    if let Some(path) = nul(&value) {
        return Err(broken_rule(path, "control_character", "There is a NUL character in the text: remove it."));
    }
    serde_path_to_error::deserialize(Strict(value)).map_err(|error| {
        let path = error.path().iter().map(step).filter(|step| step != ".").collect();
        data_error(path, error.into_inner())
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

/// Of two faults the field is not in the path.
fn data_error(mut path: Vec<String>, fault: Fault) -> ApiError {
    let msg = fault.to_string();
    match fault {
        Fault::Missing(field) => {
            path.push(field.to_owned());
            broken_rule(path, "missing", &msg)
        }
        Fault::Unknown(field) => {
            // The path may already end in it.
            if path.last() != Some(&field) {
                path.push(field);
            }
            broken_rule(path, "unknown_field", &msg)
        }
        Fault::Unfit(_) => broken_rule(path, "type", &msg),
    }
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

fn broken_rule(path: Vec<String>, rule: &str, msg: &str) -> ApiError {
    let loc = std::iter::once("body".to_owned()).chain(path).collect();
    ApiError::validation(vec![FieldError { loc, msg: msg.to_owned(), rule: rule.to_owned() }])
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, de};

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[expect(dead_code)]
        inner: Inner,
    }

    #[derive(Debug, Default, Deserialize, PartialEq)]
    #[serde(default, deny_unknown_fields)]
    struct Everything {
        text: String,
        flag: bool,
        number: i64,
        share: f64,
        id: Option<uuid::Uuid>,
        rating: Option<Rating>,
        pair: (u8, u8),
        pages: Option<Pages>,
        parts: Vec<Pages>,
        ignored: de::IgnoredAny,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Pages {
        first: u32,
        last: u32,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "snake_case")]
    enum Rating {
        Good,
        Hard,
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
    fn what_fits_is_read_at_any_depth() {
        let body = br#"{"text":"a","flag":true,"number":-3,"share":2,"id":"00000000-0000-0000-0000-000000000001",
            "rating":"good","pair":[1,2],"pages":{"first":1,"last":2},"parts":[{"first":3,"last":4}],"ignored":[{}]}"#;
        let expected = Everything {
            text: "a".into(),
            flag: true,
            number: -3,
            share: 2.0,
            id: Some(uuid::Uuid::from_u128(1)),
            rating: Some(Rating::Good),
            pair: (1, 2),
            pages: Some(Pages { first: 1, last: 2 }),
            parts: vec![Pages { first: 3, last: 4 }],
            ignored: de::IgnoredAny,
        };
        assert_eq!(parse::<Everything>(body).unwrap(), expected);
        let nothing = br#"{"id":null,"rating":null,"pages":null}"#;
        assert_eq!(parse::<Everything>(nothing).unwrap(), Everything::default());
    }

    #[test]
    fn what_does_not_fit_is_told_in_words_for_people() {
        for (body, loc, msg) in [
            (r#"{"text":null}"#, "text", "This must be text."),
            (r#"{"text":["a"]}"#, "text", "This must be text."),
            (r#"{"flag":1}"#, "flag", "This must be true or false."),
            (r#"{"number":"1"}"#, "number", "This must be a whole number."),
            (r#"{"number":null}"#, "number", "This must be a whole number."),
            (r#"{"number":1.5}"#, "number", "This must be a whole number."),
            (r#"{"number":9223372036854775808}"#, "number", "This number is too small or too large."),
            (r#"{"share":"x"}"#, "share", "This must be a number."),
            (r#"{"id":"x"}"#, "id", "This must be a UUID."),
            (r#"{"id":1}"#, "id", "This must be text."),
            (r#"{"rating":"best"}"#, "rating", "This must be one of: good, hard."),
            (r#"{"rating":{"good":null}}"#, "rating", "This must be one of: good, hard."),
            (r#"{"pair":[1]}"#, "pair", "This list is too short or too long."),
            (r#"{"pair":[1,2,3]}"#, "pair", "This list is too short or too long."),
            (r#"{"pages":[1,2]}"#, "pages", "This must be an object."),
            (r#"{"pages":{"first":-1,"last":2}}"#, "pages.first", "This number is too small or too large."),
            (r#"{"parts":{"first":1}}"#, "parts", "This must be a list."),
            (r#"{"parts":[{"first":1,"last":2},[1,2]]}"#, "parts.1", "This must be an object."),
            (r#"{"parts":[{"first":1}]}"#, "parts.0.last", "The field last is missing."),
            (r#"{"part":[]}"#, "part", "There is no field part here: check its name."),
        ] {
            let error = parse::<Everything>(body.as_bytes()).unwrap_err();
            assert_eq!(error.code, ErrorCode::ValidationFailed, "{body}");
            assert_eq!((error.errors[0].loc[1..].join("."), error.errors[0].msg.as_str()), (loc.into(), msg), "{body}");
        }
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
