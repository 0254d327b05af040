//! Compounds that are written with a hyphen, where a document has no other place that tells.

/// Words in the middle of a compound: `mother-in-law`, `state-of-the-art`, `well-to-do`.
const LINKS: [&str; 18] =
    ["in", "of", "the", "to", "and", "by", "for", "on", "up", "at", "or", "de", "la", "le", "du", "sur", "les", "als"];
/// Words that a name makes a compound with: `Nobel-prize`, `Paris-based`.
const BEHIND_NAMES: [&str; 15] = [
    "prize",
    "winning",
    "winner",
    "winners",
    "speaking",
    "born",
    "based",
    "era",
    "style",
    "type",
    "like",
    "backed",
    "occupied",
    "controlled",
    "dominated",
];
/// The second parts of compounds whose first is part of many words: `well-known`, `self-esteem`.
const BEHIND_WELL: [&str; 12] = [
    "known",
    "being",
    "defined",
    "established",
    "founded",
    "informed",
    "documented",
    "off",
    "preserved",
    "meaning",
    "read",
    "educated",
];
/// Second parts that never end a word that is broken.
const SECOND: [&str; 8] = ["year", "old", "based", "born", "known", "called", "century", "made"];
/// How the first of two Polish adjectives ends, such as `biało-czerwona` or `polsko-litewska`,
const FIRST_OF_ADJECTIVES: [&str; 9] = ["sko", "cko", "dzko", "czno", "iało", "arno", "erwono", "ielono", "ółto"];
/// and the second.
const SECOND_OF_ADJECTIVES: [&str; 13] = ["y", "a", "e", "i", "ą", "ego", "ej", "emu", "ym", "im", "ych", "ich", "imi"];

/// Whether the parts of a word, in small letters, are those of a compound.
pub(super) fn is_one(first: &str, second: &str, is_name: bool) -> bool {
    let last = first.rsplit('-').next().unwrap_or(first);
    // No word is broken behind its first letter.
    if last.chars().nth(1).is_none() && first == last {
        return true;
    }
    if first != last && (LINKS.contains(&last) || SECOND.contains(&second)) {
        return true;
    }
    let leads_on = second.split_once('-').is_some_and(|(link, _)| LINKS.contains(&link));
    leads_on
        || is_name && BEHIND_NAMES.contains(&second)
        || last == "well" && BEHIND_WELL.contains(&second)
        || last == "so" && second == "called"
        || are_adjectives(last, second)
}

fn are_adjectives(first: &str, second: &str) -> bool {
    let ends = |word: &str, endings: &[&str]| endings.iter().any(|ending| word.ends_with(ending));
    first.chars().count() >= 5
        && second.chars().count() >= 6
        && ends(first, &FIRST_OF_ADJECTIVES)
        && ends(second, &SECOND_OF_ADJECTIVES)
}
