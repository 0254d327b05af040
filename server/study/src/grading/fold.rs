//! Text without what does not matter for an answer: case, accents, invisible characters, forms of the same sign.

use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

/// The text in lower case without accents, with plain apostrophes, hyphens, commas and digits.
pub(super) fn fold(text: &str) -> String {
    spelled_out(text)
        .nfkd()
        .filter(|c| !is_accent(*c))
        .flat_map(char::to_uppercase)
        .flat_map(char::to_lowercase)
        .flat_map(plain)
        .filter(|c| !is_accent(*c))
        .nfc()
        .collect()
}

/// Without invisible characters, and with what compatibility forms would run together kept apart: `10²` is not 102.
fn spelled_out(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = ' ';
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if last.is_ascii_digit() && is_superscript(c) {
            out.push('^');
        } else if last.is_ascii_digit() && matches!(c, '¼'..='¾' | '⅐'..='⅞') {
            out.push(' ');
        }
        out.push(match c {
            '’' | '‘' | 'ʼ' | '´' | '`' | '′' | 'ʹ' => '\'',
            other => other,
        });
        last = c;
    }
    out
}

fn is_superscript(c: char) -> bool {
    matches!(c, '²' | '³' | '¹' | '⁰' | '⁴'..='⁻')
}

/// Zero-width characters, direction marks, variation selectors, soft hyphens and lengthening strokes.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{640}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks that may be left out in writing. Those that are vowels or voicing (Indic, Japanese) are not among them.
fn is_accent(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}' | '\u{5c1}' | '\u{5c2}'
        | '\u{5c4}' | '\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}' | '\u{670}'
        | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}' | '\u{6e7}' | '\u{6e8}' | '\u{6ea}'..='\u{6ed}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

/// Letters that Unicode does not take apart, and signs of which there are several.
fn plain(c: char) -> impl Iterator<Item = char> {
    let (first, second) = match c {
        'ł' => ('l', None),
        'ø' => ('o', None),
        'đ' | 'ð' => ('d', None),
        'ħ' => ('h', None),
        'ŧ' => ('t', None),
        'ı' => ('i', None),
        'þ' => ('t', Some('h')),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        'ى' => ('ي', None),
        'ة' => ('ه', None),
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹣' => ('-', None),
        '⁄' | '∕' | '÷' => ('/', None),
        '×' | '∙' | '⋅' => ('*', None),
        '،' | '、' | '٬' => (',', None),
        '؛' => (';', None),
        '٫' => ('.', None),
        '٪' => ('%', None),
        '。' => (' ', None),
        other => (digit(other).unwrap_or(other), None),
    };
    [Some(first), second].into_iter().flatten()
}

/// The ASCII digit of the same value.
fn digit(c: char) -> Option<char> {
    const ZEROS: [u32; 14] =
        [0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0];
    let code = u32::from(c);
    let zero = ZEROS.into_iter().find(|zero| (*zero..zero + 10).contains(&code))?;
    char::from_digit(code - zero, 10)
}

/// Whether the character belongs to a word.
pub(super) fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_combining_mark(c)
}

/// Whether words of this script are too short for typos, each character meaning much.
pub(super) fn is_dense(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7ff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn what_does_not_matter_is_gone() {
        for (text, folded) in [
            ("Żółć", "zolc"),
            ("STRASSE", "strasse"),
            ("Straße", "strasse"),
            ("İstanbul", "istanbul"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευσ"),
            ("مُحَمَّد", "محمد"),
            ("أحمد", "احمد"),
            ("ｆｕｌｌ１２", "full12"),
            ("١٩٤٥", "1945"),
            ("e\u{301}\u{200b}te\u{301}", "ete"),
            ("10² m²", "10^2 m2"),
            ("2½", "2 1/2"),
            ("が", "が"),
            ("한국", "한국"),
        ] {
            assert_eq!(fold(text), folded, "{text}");
        }
    }
}
