//! Cursors: places in the list of documents.

use super::store::Place;
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{ApiError, FieldError};
use uuid::Uuid;

const LIST: &str = "documents";

/// The cursor that stands at a document.
pub(super) fn write((created_at, id): Place) -> String {
    URL_SAFE_NO_PAD.encode(format!("{LIST}\n{created_at}\n{}", id.simple()))
}

/// The place of a cursor.
///
/// # Errors
/// `validation_failed` on the parameter when it is none of this list.
pub(super) fn read(parameter: &str, cursor: &str) -> Result<Place, ApiError> {
    let read = || {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let mut steps = text.splitn(3, '\n');
        let is_own = steps.next()? == LIST;
        let created_at = steps.next()?.parse().ok()?;
        let id = Uuid::try_parse(steps.next()?).ok()?;
        is_own.then_some((created_at, id))
    };
    read().ok_or_else(|| {
        let msg = "This is not a cursor of this list: take it from a Link header.";
        ApiError::validation(vec![FieldError::query(parameter, "cursor", msg)])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_read_as_it_was_written_and_nothing_else_is() {
        let place = (-7, Uuid::from_u128(3));
        assert_eq!(read("before", &write(place)).unwrap(), place);
        for bad in ["", "x", "YWxidW1z", &"A".repeat(500)] {
            let error = read("after", bad).unwrap_err();
            assert_eq!(error.errors[0].loc, ["query", "after"], "{bad}");
        }
    }
}
