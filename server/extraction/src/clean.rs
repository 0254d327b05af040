//! Makes text of what files hold: composed, without ligatures, control characters and what nobody sees.

use crate::raised;
use unicode_normalization::UnicodeNormalization;

/// Running text: every run of blanks becomes one space.
pub(crate) fn line(raw: &str) -> String {
    let raw = raised::resolved(raw);
    let mut text = String::with_capacity(raw.len());
    let mut blank = false;
    for char in raw.chars() {
        if char.is_whitespace() {
            blank = true;
            continue;
        }
        if is_dropped(char) {
            continue;
        }
        if blank && !text.is_empty() {
            text.push(' ');
        }
        blank = false;
        push_compatible(&mut text, char);
    }
    composed(text)
}

/// Text whose line breaks and indents count.
pub(crate) fn lines(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    for line in raw.lines() {
        for char in line.trim_end().chars() {
            match char {
                '\t' => text.push('\t'),
                _ if char.is_whitespace() => text.push(' '),
                _ if is_dropped(char) => {}
                _ => text.push(char),
            }
        }
        text.push('\n');
    }
    composed(text.trim_end().trim_start_matches('\n').to_owned())
}

fn composed(text: String) -> String {
    if text.is_ascii() { text } else { text.nfc().collect() }
}

/// Controls, soft hyphens, what joins or turns without being seen, and characters of no public meaning. The two joiners
/// that letters of some scripts need stay.
fn is_dropped(char: char) -> bool {
    char.is_control()
        || matches!(char,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}'
            | '\u{e000}'..='\u{f8ff}' | '\u{fdd0}'..='\u{fdef}' | '\u{f0000}'..='\u{10ffff}')
}

/// Ligatures and the shapes that Arabic letters take become the letters themselves; other compatible characters, such as
/// ² or ½, keep what they say.
fn push_compatible(text: &mut String, char: char) {
    match char {
        '\u{fb00}'..='\u{fb4f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
            text.extend(std::iter::once(char).nfkd());
        }
        _ => text.push(char),
    }
}
