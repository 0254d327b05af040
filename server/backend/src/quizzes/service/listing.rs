//! Cursors: the place in the list of quizzes, which leads nowhere in another list.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{ApiError, FieldError};

const LIST: &str = "quizzes\n";

/// The cursor that stands at a quiz.
pub(super) fn at(id: i64) -> String {
    URL_SAFE_NO_PAD.encode(format!("{LIST}{id}"))
}

/// The quiz that the cursor stands at.
///
/// # Errors
/// `validation_failed` of the parameter `name` when it is none of this list.
pub(super) fn read(name: &str, cursor: &str) -> Result<i64, ApiError> {
    let decoded = URL_SAFE_NO_PAD.decode(cursor).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let id = decoded.as_deref().and_then(|text| text.strip_prefix(LIST)?.parse().ok()).filter(|id| *id > 0);
    id.ok_or_else(|| {
        let msg = "This is not a cursor of this list: take it from a Link header.";
        ApiError::validation(vec![FieldError::query(name, "cursor", msg)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_back_to_its_quiz_and_nothing_else_does() {
        assert_eq!(read("before", &at(7)).unwrap(), 7);
        let foreign = URL_SAFE_NO_PAD.encode("albums\n7");
        for bad in ["", "7", "x", foreign.as_str(), &URL_SAFE_NO_PAD.encode("quizzes\n-7"), &"A".repeat(500)] {
            assert_eq!(read("before", bad).unwrap_err().errors[0].rule, "cursor", "{bad}");
        }
    }
}
