//! Rules for text that people write, each a pure function that says what is wrong.

use crate::FieldError;

/// Longest display name, given name or family name, in code points.
pub const NAME_MAX: usize = 100;
/// Longest search query, in code points.
pub const QUERY_MAX: usize = 200;

/// One line of text: trimmed, not blank, within `max` code points, no control characters, none that turn the direction
/// of what follows.
///
/// # Errors
/// The broken rule of `field`, with what to do about it.
pub fn line(field: &str, text: &str, max: usize) -> Result<String, FieldError> {
    let text = text.trim();
    if is_blank(text) {
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
    if text.chars().any(turns_direction) {
        let msg = format!("{} has a character that turns the direction of writing: remove it.", label(field));
        return Err(FieldError::body(field, "control_character", msg));
    }
    Ok(text.to_owned())
}

/// Whether a reader would see nothing of it.
#[must_use]
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|letter| letter.is_whitespace() || is_invisible(letter))
}

/// Characters that show nothing although they are no white space: joiners, marks, fillers, selectors.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Characters that make what follows run the other way, beyond the end of the text: a name with one disguises others.
#[must_use]
pub fn turns_direction(letter: char) -> bool {
    matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
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
    fn a_line_that_shows_nothing_is_blank() {
        for text in ["\u{200b}", " \u{3164} ", "\u{2800}\u{ad}", "\u{202e}", "\u{200d}\u{fe0f}"] {
            assert_eq!(rule(text), "blank", "{text:?}");
        }
        for name in ["می‌خواهم", "שלום\u{200f}", "👩‍🔬❤\u{fe0f}"] {
            assert_eq!(line("display_name", name, 100).unwrap(), name, "joiners and selectors belong to words");
        }
    }

    #[test]
    fn a_line_keeps_its_direction_to_itself() {
        for text in ["\u{202e}evi", "ad\u{202a}a", "\u{2067}ada"] {
            assert_eq!(rule(text), "control_character", "{text:?}");
        }
    }

    #[test]
    fn markup_is_text_like_any_other() {
        assert_eq!(line("display_name", "<script>", 100).unwrap(), "<script>");
    }
}
