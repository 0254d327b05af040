//! What stands raised or lowered beside the text. Powers and indices become the superscripts and subscripts that Unicode
//! has, so that 10⁸ is not read as 108; marks of notes are left out, so that they neither join a number nor hide the end
//! of a sentence; raised letters of ordinal numbers stay letters. [`rule`] tells them apart.
//!
//! The readers put what is raised or lowered between two of the characters below, which Unicode keeps free for such use
//! within a program. [`resolved`] takes them out.

mod letters;
mod rule;

use rule::Meaning;
use std::borrow::Cow;

/// What follows is raised, up to [`END`].
pub(crate) const SUPERSCRIPT: char = '\u{fdd0}';
/// What follows is lowered, up to [`END`].
pub(crate) const SUBSCRIPT: char = '\u{fdd1}';
/// What follows leads to a note, up to [`END`].
pub(crate) const NOTE: char = '\u{fdd2}';
/// Ends what the last of the others began.
pub(crate) const END: char = '\u{fdd3}';

/// What stands between a mark and the next of several.
const SEPARATORS: [&str; 4] = [",", ";", "–", "-"];
/// What is raised and longer than this is text in small letters.
const LONGEST: usize = 16;

/// The text with what is raised or lowered in it written out.
pub(crate) fn resolved(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !text.contains(begins_run) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(begins_run) {
        written.push_str(&rest[..at]);
        let (run, after) = Run::read(&rest[at..]);
        run.write(&mut written, after);
        rest = after;
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// The text with its powers written as `10^8`, `10^{-3}` or `10^8^` raised, and without marks of notes like `[^1]`.
pub(crate) fn from_carets(text: &str) -> Cow<'_, str> {
    if !text.contains('^') {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('^') {
        let (before, from) = rest.split_at(at);
        written.push_str(before);
        rest = &from[1..];
        if let Some(after) = before.strip_suffix('[').and_then(|_| after_label(rest)) {
            written.pop();
            rest = after;
        } else if let Some((power, after)) = power(rest)
            && rule::is_power(&written, power, after)
        {
            written.push_str(&letters::superscript(power));
            rest = after;
        } else {
            written.push('^');
        }
    }
    written.push_str(rest);
    Cow::Owned(written)
}

/// What follows the label of a note and the bracket behind it.
fn after_label(text: &str) -> Option<&str> {
    let end = text.find(|char: char| !(char.is_alphanumeric() || matches!(char, '-' | '_')))?;
    let is_label = (1..=LONGEST).contains(&end);
    text[end..].strip_prefix(']').filter(|_| is_label)
}

/// A power behind a caret, and what follows it.
fn power(text: &str) -> Option<(&str, &str)> {
    if let Some(inner) = text.strip_prefix('{') {
        let end = inner.char_indices().take(LONGEST).find(|(_, char)| *char == '}')?.0;
        return (end > 0).then(|| (&inner[..end], &inner[end + 1..]));
    }
    let sign = text.chars().next().filter(|char| letters::is_sign(*char)).map_or(0, char::len_utf8);
    let digits = text[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let letter = text.chars().next().filter(|char| char.is_alphabetic()).map_or(0, char::len_utf8);
    let end = if digits > 0 { sign + digits } else { letter };
    let (power, after) = text.split_at(end);
    let goes_on = digits == 0 && after.starts_with(char::is_alphanumeric);
    (end > 0 && end <= LONGEST && !goes_on).then(|| (power, after.strip_prefix('^').unwrap_or(after)))
}

/// What is raised or lowered in one piece.
struct Run {
    lowered: bool,
    /// Whether it leads to a note.
    linked: bool,
    text: String,
}

impl Run {
    /// Reads the run that the text begins with, and gives what follows it.
    fn read(text: &str) -> (Self, &str) {
        let first = text.chars().next().unwrap_or(END);
        let mut run = Self { lowered: first == SUBSCRIPT, linked: false, text: String::new() };
        if let Some(after) = text.strip_prefix(END) {
            return (run, after);
        }
        if letters::plain(first).is_some() {
            let end = text.find(|char| letters::plain(char).is_none()).unwrap_or(text.len());
            run.text.extend(text[..end].chars().filter_map(letters::plain));
            return (run, &text[end..]);
        }
        let (mut rest, mut depth) = (text, 0u32);
        while let Some(char) = rest.chars().next() {
            rest = &rest[char.len_utf8()..];
            match char {
                SUPERSCRIPT | SUBSCRIPT | NOTE => {
                    depth += 1;
                    run.linked |= char == NOTE;
                }
                END => depth -= 1,
                _ => run.text.push(letters::plain(char).unwrap_or(char)),
            }
            if depth > 0 {
                continue;
            }
            // Programs divide what is raised into several parts, with a comma between marks.
            let separator = SEPARATORS.iter().find(|separator| goes_on(rest, separator, first)).copied();
            if let Some(separator) = separator {
                run.text.push_str(separator);
                rest = &rest[separator.len()..];
            } else if !rest.starts_with(first) {
                break;
            }
        }
        (run, rest)
    }

    fn write(&self, written: &mut String, after: &str) {
        let text = self.text.trim();
        if text.is_empty() {
            written.push_str(&self.text);
        } else if self.lowered {
            self.write_lowered(written, text);
        } else if self.linked && rule::names_note(text) {
            write_mark(written, text, after);
        } else if self.linked || text.chars().count() > LONGEST && !rule::is_bracketed(text) {
            self.write_small(written);
        } else {
            self.write_raised(written, text, after);
        }
    }

    fn write_lowered(&self, written: &mut String, text: &str) {
        if text.contains(' ') || text.chars().count() > LONGEST || !rule::can_have_index(written) {
            self.write_small(written);
        } else {
            written.push_str(&letters::subscript(text));
        }
    }

    fn write_raised(&self, written: &mut String, text: &str, after: &str) {
        match rule::meaning(written, text, after) {
            Meaning::Mark => write_mark(written, text, after),
            Meaning::Letters => self.write_small(written),
            Meaning::Degree => written.push('°'),
            Meaning::Power => written.push_str(&letters::superscript(text)),
            Meaning::PowerOfTen => {
                written.truncate(written.trim_end().len());
                written.push_str(&letters::superscript(text));
            }
        }
    }

    /// Letters that are text. A word of its own stands apart.
    fn write_small(&self, written: &mut String) {
        if self.text.contains(' ') && written.ends_with(char::is_alphanumeric) {
            written.push(' ');
        }
        written.push_str(&self.text);
    }
}

/// Leaves out a mark. At the beginning it names the note whose text follows, and stays.
fn write_mark(written: &mut String, mark: &str, after: &str) {
    let is_first = written.trim().is_empty();
    if is_first && mark.contains(char::is_alphanumeric) {
        written.push_str(mark);
    }
    let joins = written.ends_with(|char: char| !char.is_whitespace()) && !after.starts_with(rule::closes);
    if joins && after.starts_with(|char: char| !char.is_whitespace()) {
        written.push(' ');
    }
}

fn goes_on(rest: &str, separator: &str, kind: char) -> bool {
    kind != SUBSCRIPT && rest.strip_prefix(separator).is_some_and(|rest| rest.starts_with(kind))
}

fn begins_run(char: char) -> bool {
    (SUPERSCRIPT..=END).contains(&char) || letters::plain(char).is_some()
}
