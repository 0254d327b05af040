//! Which hyphens at the ends of lines belong to the words.

mod compounds;

use super::PageLines;
use std::collections::HashSet;

/// The words of a document that stand within lines.
#[derive(Default)]
pub(super) struct Words {
    whole: HashSet<String>,
    hyphenated: HashSet<String>,
}

impl Words {
    pub(super) fn of(pages: &[PageLines]) -> Self {
        let mut words = Self::default();
        let ends_in_hyphen = |text: &str| text.ends_with(['-', '\u{2010}']);
        if !pages
            .iter()
            .flat_map(|page| &page.lines)
            .any(|line| line.cells.last().is_some_and(|cell| ends_in_hyphen(cell)))
        {
            return words;
        }
        for cell in pages.iter().flat_map(|page| &page.lines).flat_map(|line| &line.cells) {
            for word in cell.split_whitespace() {
                let word = word.trim_matches(|char: char| !char.is_alphanumeric() && char != '-' && char != '\u{2010}');
                if ends_in_hyphen(word) || word.is_empty() {
                    continue;
                }
                words.learn(word);
            }
        }
        words
    }

    fn learn(&mut self, word: &str) {
        let word = word.to_lowercase().replace('\u{2010}', "-");
        if word.contains('-') {
            self.whole.extend(word.split('-').filter(|part| part.chars().count() > 2).map(str::to_owned));
            self.hyphenated.insert(word);
        } else if !self.whole.contains(&word) {
            self.whole.insert(word);
        }
    }

    /// Appends a line to the text before it.
    pub(super) fn join(&self, text: &mut String, line: &str) {
        let line = line.trim_start();
        if text.ends_with('\u{ad}') {
            text.pop();
        } else if let Some(hyphen) = text.chars().next_back().filter(|char| matches!(char, '-' | '\u{2010}')) {
            self.join_hyphenated(text, hyphen, line);
            return;
        } else if !(text.is_empty() || text.ends_with(is_ideograph) && line.starts_with(is_ideograph)) {
            text.push(' ');
        }
        text.push_str(line);
    }

    fn join_hyphenated(&self, text: &mut String, hyphen: char, line: &str) {
        let before = &text[..text.len() - hyphen.len_utf8()];
        if !before.ends_with(char::is_alphabetic) {
            // A dash, or a list of suffixes.
            if before.is_empty() || before.ends_with(' ') {
                text.push(' ');
            }
            text.push_str(line);
            return;
        }
        // Polish repeats a real hyphen on the next line.
        let repeated = line.strip_prefix(['-', '\u{2010}']).filter(|rest| rest.starts_with(char::is_alphabetic));
        if let Some(rest) = repeated {
            text.push_str(rest);
            return;
        }
        if !line.starts_with(char::is_lowercase) {
            if line.starts_with(|char: char| !char.is_alphanumeric()) || is_conjunction(line) {
                text.push(' ');
            }
            text.push_str(line);
            return;
        }
        let first = before.rsplit(char::is_whitespace).next().unwrap_or_default();
        let second: String = line.chars().take_while(|char| char.is_alphanumeric() || *char == '-').collect();
        if !self.belongs(first, &second) {
            text.truncate(text.len() - hyphen.len_utf8());
        } else if is_conjunction(line) {
            text.push(' ');
        }
        text.push_str(line);
    }

    /// Whether the hyphen between the parts of a word is part of it.
    fn belongs(&self, first: &str, second: &str) -> bool {
        let plain = |part: &str| part.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase();
        let is_name = first.starts_with(char::is_uppercase);
        let (first, second) = (plain(first), plain(second));
        if is_conjunction(&second) && first.chars().count() > 3 && !self.whole.contains(&format!("{first}{second}")) {
            return true;
        }
        if self.whole.contains(&format!("{first}{second}")) || self.hyphenated.contains(&format!("{first}{second}")) {
            return false;
        }
        if self.hyphenated.contains(&format!("{first}-{second}")) || compounds::is_one(&first, &second, is_name) {
            return true;
        }
        // The last part of a compound may be broken like any other word.
        if let Some((_, last)) = first.rsplit_once('-') {
            return self.belongs(last, &second);
        }
        let long = |part: &str| part.chars().count() >= 4;
        long(&first) && long(&second) && self.whole.contains(&first) && self.whole.contains(&second)
    }
}

/// `pre- and postwar`: the hyphen stays and a space comes after it.
fn is_conjunction(line: &str) -> bool {
    matches!(
        line.split(|char: char| !char.is_alphabetic()).next(),
        Some("and" | "or" | "und" | "oder" | "i" | "lub" | "et" | "y")
    )
}

/// Whether a line ends within a word.
pub(super) fn breaks_word(line: &str) -> bool {
    line.trim_end().strip_suffix(['-', '\u{2010}', '\u{ad}']).is_some_and(|line| line.ends_with(char::is_alphabetic))
}

fn is_ideograph(char: char) -> bool {
    matches!(char, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}
