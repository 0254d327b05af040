//! The two places where the framework does not escape for us: `<title>` and `<textarea>` hold text that only their own
//! closing tag ends.

/// Text that cannot close the element it stands in.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn no_tag_and_no_entity_survives() {
        assert_eq!(escaped("</title><script>&lt;"), "&lt;/title&gt;&lt;script&gt;&amp;lt;");
    }
}
