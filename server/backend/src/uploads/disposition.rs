//! `Content-Disposition` (RFC 6266) with a name that survives headers and file systems.

use std::fmt::Write as _;

/// The header's value: shown in place or offered to be saved, under the file's own name.
pub(crate) fn disposition(is_shown: bool, filename: &str) -> String {
    let kind = if is_shown { "inline" } else { "attachment" };
    let plain: String = filename.chars().map(plain).collect();
    let mut value = format!("{kind}; filename=\"{plain}\"");
    if plain != filename {
        value.push_str("; filename*=UTF-8''");
        for byte in filename.bytes() {
            if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
                value.push(char::from(byte));
            } else {
                // Writing to a string cannot fail.
                let _ = write!(value, "%{byte:02X}");
            }
        }
    }
    value
}

/// For readers that do not know RFC 8187; the percent sign is among what they might decode.
const fn plain(letter: char) -> char {
    match letter {
        ' ' | '!' | '#'..='$' | '&'..='.' | '0'..='9' | ';' | '=' | '@'..='[' | ']'..='{' | '}'..='~' => letter,
        _ => '_',
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_quoted_and_told_in_full() {
        assert_eq!(disposition(true, "a b.png"), "inline; filename=\"a b.png\"");
        assert_eq!(
            disposition(false, "żółw \"x\".pdf"),
            "attachment; filename=\"____ _x_.pdf\"; filename*=UTF-8''%C5%BC%C3%B3%C5%82w%20%22x%22.pdf"
        );
        let hostile = disposition(false, "a\r\nb/c\\d%41<e>.html");
        assert!(hostile.is_ascii() && !hostile.contains(['\r', '\n', '\\', '<']), "{hostile}");
    }
}
