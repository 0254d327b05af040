//! Rules for text that people write, each a pure function that says what is wrong.

use crate::FieldError;

/// Longest display name, given name or family name, in code points.
pub const NAME_MAX: usize = 100;
/// Longest search query, in code points.
pub const QUERY_MAX: usize = 200;

/// One line of text: trimmed, not blank, within `max` code points, no control characters.
///
/// # Errors
/// The broken rule of `field`, with what to do about it.
pub fn line(field: &str, text: &str, max: usize) -> Result<String, FieldError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(FieldError::body(field, "blank", format!("{} is blank: write something.", label(field))));
    }
    let length = text.chars().count();
    if length > max {
        let msg = format!("{} has {length} characters: shorten it to {max}.", label(field));
        return Err(FieldError::body(field, "too_long", msg));
    }
    if text.chars().any(char::is_control) {
        let msg = format!("{} has a line break or control character: remove it.", label(field));
        return Err(FieldError::body(field, "control_character", msg));
    }
    Ok(text.to_owned())
}

/// The field's name as a person reads it: `display_name` → `Display name`.
#[must_use]
pub fn label(field: &str) -> String {
    let mut words = field.replace('_', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(text: &str) -> String {
        line("display_name", text, 5).unwrap_err().rule
    }

    #[test]
    fn a_line_is_trimmed_and_counted_in_code_points() {
        assert_eq!(line("display_name", "  żółwi ", 5).unwrap(), "żółwi");
        assert_eq!(rule("abcdef"), "too_long");
        assert_eq!(rule(" \t "), "blank");
        assert_eq!(rule("a\nb"), "control_character");
        assert_eq!(rule("a\0b"), "control_character");
    }

    #[test]
    fn markup_is_text_like_any_other() {
        assert_eq!(line("display_name", "<script>", 100).unwrap(), "<script>");
    }
}
