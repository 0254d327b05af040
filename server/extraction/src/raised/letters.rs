//! The superscripts and subscripts that Unicode has.

const PLAIN: &str = "0123456789+-=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW";
const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ";
const PLAIN_BELOW: &str = "0123456789+-=()aehijklmnoprstuvx";
const LOWERED: &str = "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ";

/// `10` with `-3` gives 10⁻³; where Unicode has no such letters, `^(1/2)`.
pub(super) fn superscript(text: &str) -> String {
    translated(text, PLAIN, RAISED).unwrap_or_else(|| marked('^', text))
}

/// `CO` with `2` gives CO₂; where Unicode has no such letters, `_eff`.
pub(super) fn subscript(text: &str) -> String {
    translated(text, PLAIN_BELOW, LOWERED).unwrap_or_else(|| marked('_', text))
}

/// The digit or sign that a superscript stands for.
pub(super) fn plain(char: char) -> Option<char> {
    Some(match char {
        '⁰' => '0',
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁴' => '4',
        '⁵' => '5',
        '⁶' => '6',
        '⁷' => '7',
        '⁸' => '8',
        '⁹' => '9',
        '⁺' => '+',
        '⁻' => '-',
        _ => return None,
    })
}

pub(super) fn is_raised(char: char) -> bool {
    RAISED.contains(char)
}

pub(super) fn is_lowered(char: char) -> bool {
    LOWERED.contains(char)
}

pub(super) fn is_sign(char: char) -> bool {
    matches!(char, '+' | '-' | '−' | '–')
}

fn translated(text: &str, from: &str, to: &str) -> Option<String> {
    let translate = |char: char| {
        let char = if matches!(char, '−' | '–') { '-' } else { char };
        from.chars().zip(to.chars()).find(|(plain, _)| *plain == char).map(|(_, moved)| moved)
    };
    text.chars().filter(|char| !char.is_whitespace()).map(translate).collect()
}

fn marked(mark: char, text: &str) -> String {
    if text.chars().all(char::is_alphanumeric) { format!("{mark}{text}") } else { format!("{mark}({text})") }
}
