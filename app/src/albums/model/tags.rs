//! Tags as they are typed: words with commas between them.

use domain::albums::TAGS_MAX;

/// The tags of a text; commas and line breaks part them.
#[must_use]
pub fn parse(text: &str) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in text.split([',', '\n']).map(clean).filter(|tag| !tag.is_empty()) {
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    tags
}

/// A tag as it is kept: lower case, without what only marks it.
#[must_use]
pub fn clean(tag: &str) -> String {
    tag.trim().trim_start_matches('#').trim().to_lowercase()
}

/// Tags as a text that [`parse`] reads.
#[must_use]
pub fn joined(tags: &[String]) -> String {
    tags.join(", ")
}

/// Adds what was typed to the tags that are there; whether all found room.
pub fn add(tags: &mut Vec<String>, typed: &str) -> bool {
    for tag in parse(typed) {
        if tags.contains(&tag) {
            continue;
        }
        if tags.len() == TAGS_MAX {
            return false;
        }
        tags.push(tag);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_becomes_tags_once_each() {
        assert_eq!(parse("Anatomy, #lecture ,, ANATOMY\nweek 3"), ["anatomy", "lecture", "week 3"]);
        assert!(parse(" , \n#").is_empty());
    }

    #[test]
    fn what_is_joined_is_read_again() {
        let tags = ["a b".to_owned(), "日本".to_owned()];
        assert_eq!(parse(&joined(&tags)), tags);
    }

    #[test]
    fn there_is_an_end_to_tags() {
        let mut tags = vec!["zoo".to_owned()];
        assert!(add(&mut tags, "Zoo, bees"));
        assert_eq!(tags, ["zoo", "bees"]);
        let many: Vec<String> = (0..TAGS_MAX).map(|number| number.to_string()).collect();
        assert!(!add(&mut tags, &many.join(",")));
        assert_eq!(tags.len(), TAGS_MAX);
    }
}
