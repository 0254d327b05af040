//! What the pages about people say, worked out without a page.

/// Up to two letters that stand for a person: the first of the first and of the last word of their name.
#[must_use]
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let first = letters.next();
    let last = letters.next_back();
    let initials: String = first.into_iter().chain(last).flat_map(char::to_uppercase).collect();
    if initials.is_empty() { "?".into() } else { initials }
}

/// How many colours avatars have; the style sheet names them 0 to 7.
pub const AVATAR_TONES: u32 = 8;

/// The colour of a person's avatar: the same everywhere and always, from their `sub`.
#[must_use]
pub fn avatar_tone(sub: &str) -> u32 {
    // FNV-1a: short, and spreads UUIDs evenly.
    let hash = sub.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash % AVATAR_TONES
}

/// The sentence about what a plain form has just done, by the word that its redirect carries.
#[must_use]
pub fn confirmation(done: &str) -> Option<&'static str> {
    match done {
        "profile" => Some("Your display name is saved."),
        "picture" => Some("Your picture is saved."),
        "read_receipts" => Some("Who sees what you have read is saved."),
        "theme" => Some("The theme is saved for this browser."),
        "session" => Some("The session is ended. That browser has to sign in again."),
        _ => None,
    }
}

/// How many people a search found.
#[must_use]
pub fn found(count: usize, limit: usize) -> String {
    match count {
        0 => "Nobody found".into(),
        1 => "1 person found".into(),
        many if many >= limit => format!("The first {limit} people found; type more of the name to narrow it down"),
        many => format!("{many} people found"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_from_the_first_and_the_last_word() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("ada maria king"), "AK");
        assert_eq!(initials("Ada"), "A");
        assert_eq!(initials("žofie čapková"), "ŽČ");
        assert_eq!(initials("(Bob) <script>"), "BS");
        assert_eq!(initials("مريم العبدالله"), "ما");
        assert_eq!(initials("🙂 "), "?");
    }

    #[test]
    fn tones_spread_over_people() {
        let tones: std::collections::HashSet<_> =
            (0..64).map(|n| avatar_tone(&format!("0b0e7a9e-6a64-4b7e-9d5a-6a1f2f2f7a{n:02}"))).collect();
        assert_eq!(tones.len(), AVATAR_TONES as usize);
    }

    #[test]
    fn only_what_we_write_is_confirmed() {
        assert!(confirmation("profile").is_some());
        assert_eq!(confirmation("<script>"), None);
    }

    #[test]
    fn the_number_found_is_said_in_words() {
        assert_eq!(found(1, 20), "1 person found");
        assert_eq!(found(3, 20), "3 people found");
        assert!(found(20, 20).contains("narrow"));
    }
}
