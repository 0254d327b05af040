//! Polish sentences whose parts may change places.

use super::{HALF_MIN, Lowered, count, first_word, halves, has, small};
use crate::words::{capitalised, is_listed, words};

const CLAUSES: &str = "jeżeli jeśli gdy kiedy ponieważ gdyż chociaż choć zanim dopóki";
/// Pronouns that would come before their noun if what has them were moved to the front.
const PRONOUNS: &str = "on ona ono oni one jego jej ich im ją je go mu nim nią nimi niego niej nich ten ta te tego tej tych temu \
    tym tę tą tymi to tam wtedy swój swoje swoją swojego swoich sobie który która które których której którym";
/// Clauses that begin with these have their subject in the clause before.
const FIRST_VERBS: [&str; 8] = ["uje", "ują", "ają", "eją", "dzą", "szą", "ści", "zi"];
/// Words with which a sentence has more verbs than one, so that it is open to which of them its end belongs.
const JOINING: &str = "i oraz a lub albo że aby żeby który która które którzy których którym której nie tylko niż";
/// What begins a phrase that tells the reason.
const REASONS: [&str; 5] = [" z powodu ", " wskutek ", " na skutek ", " w wyniku ", " dzięki "];
/// Words that belong to the phrase behind them, or deny what it holds for.
const WITH_A_REASON: &str =
    "nie ani głównie tylko także również częściowo właśnie dopiero zwłaszcza szczególnie nawet innymi";
/// What a verb in the past ends with.
const PAST: [&str; 11] = ["ło", "ał", "ił", "ył", "ął", "ała", "iła", "yła", "ęła", "ały", "iły"];
/// Nouns that end so.
const NO_PAST: &str = "światło źródło ciało szkło działo tło masło mydło krzesło skrzydło pudło jabłko siła siły skała skały żyła \
    żyły bryła bryły chwała strzała strzały kanał kanały materiał materiały mięśnie popiół artykuł udział dział wał ideał metal \
    kapitał potencjał pył muł dół zespół kościół minerał minerały sygnał sygnały oddział rozdział podział przedział wydział";
/// Most words of a time or a reason that ends a sentence.
const TIME_MAX: usize = 8;

pub(super) fn reordered(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    if let Some((one, other)) = halves(sentence) {
        let main = other.strip_prefix("to ").unwrap_or(other);
        if is_listed(CLAUSES, &first_word(one)) {
            let verb = FIRST_VERBS.iter().any(|ending| first_word(main).ends_with(ending));
            let plain = count(one) >= HALF_MIN && !has(main, PRONOUNS) && !verb && !is_verb(&first_word(main));
            return plain.then(|| format!("{}, {}.", capitalised(main), small(one)));
        }
        if is_listed("jeżeli jeśli gdy ponieważ chociaż choć", &first_word(other)) {
            let plain = count(one) >= HALF_MIN && count(other) > HALF_MIN && !has(other, PRONOUNS);
            let subject = !is_verb(&words(other).get(1).map_or("", |range| &other[range.clone()]).to_lowercase());
            return (plain && subject)
                .then(|| lowered(one))
                .flatten()
                .map(|one| format!("{}, {one}.", capitalised(other)));
        }
        return None;
    }
    if sentence.contains(',') {
        return None;
    }
    year_first(sentence).or_else(|| time_last(sentence, lowered)).or_else(|| reason_last(sentence, lowered))
}

/// „W 1791 roku Sejm uchwalił konstytucję” with the year last.
fn year_first(sentence: &str) -> Option<String> {
    let rest = sentence.strip_prefix("W ")?;
    let (year, main) = ["roku ", "r. "].iter().find_map(|word| {
        let at = rest.find(word)?;
        (at <= 5).then(|| (rest[..at].trim(), &rest[at + word.len()..]))
    })?;
    let plain =
        year.len() == 4 && count(main) >= HALF_MIN && main.starts_with(char::is_uppercase) && !has(main, "i oraz a");
    plain.then(|| format!("{main} w {year} roku."))
}

/// Whether a Polish word is surely a verb whose subject may stand elsewhere.
fn is_verb(word: &str) -> bool {
    is_listed(
        "jest są był była było były ma mają może mogą można należy trzeba staje nie wzrasta rośnie maleje spada musi muszą \
         przechodzą przechodzi zostaje zostają będzie będą powoduje zwiększa zmniejsza traci",
        word,
    )
}

/// „Sejm uchwalił konstytucję w 1791 roku”, „… w ciągu 21 dni” with the time first.
fn time_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let within = sentence.find(" w ciągu ").map(|at| (&sentence[..at], &sentence[at + 1..]));
    let (main, time) = within.or_else(|| {
        let (main, year) = sentence.rsplit_once(" w ")?;
        let year_only = year.strip_suffix(" roku").is_some_and(|year| year.len() == 4 && year.parse::<u16>().is_ok());
        year_only.then(|| (main, &sentence[main.len() + 1..]))
    })?;
    let plain = count(time) <= TIME_MAX
        && count(main) >= HALF_MIN
        && !has(main, JOINING)
        && !has(time, JOINING)
        && !has(time, PRONOUNS)
        && !main.starts_with("W ");
    plain.then(|| lowered(main)).flatten().map(|main| format!("{} {main}.", capitalised(time)))
}

/// „Morze jest słone z powodu parowania”, „… powstało w wyniku erozji” with the reason first.
fn reason_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let at = REASONS.iter().find_map(|opening| sentence.find(opening))?;
    let (main, reason) = (&sentence[..at], &sentence[at + 1..]);
    let plain = (2..=TIME_MAX).contains(&count(reason))
        && count(main) >= HALF_MIN
        && !has(main, JOINING)
        && !has(main, WITH_A_REASON)
        && !has(reason, JOINING)
        && !has(reason, PRONOUNS)
        && !is_verb(&first_word(main))
        && !main.starts_with("W ")
        // Without the verb before it, the phrase belongs to a noun, and the verb to what is moved.
        && has_its_verb(main)
        && !words(reason).into_iter().any(|range| is_verb(&reason[range].to_lowercase()));
    plain.then(|| lowered(main)).flatten().map(|main| format!("{} {main}.", capitalised(reason)))
}

/// Whether a stretch surely has the verb of its sentence: one of the usual, a reflexive one, or one in the past as its last
/// word.
fn has_its_verb(main: &str) -> bool {
    let all: Vec<String> = words(main).into_iter().map(|range| main[range].to_lowercase()).collect();
    let last = all.last().map_or("", String::as_str);
    let past =
        last.chars().count() > 4 && PAST.iter().any(|ending| last.ends_with(ending)) && !is_listed(NO_PAST, last);
    past || last == "się" || all.iter().any(|word| is_verb(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_that_ends_a_sentence_may_begin_it() {
        for (sentence, turned) in [
            (
                "Morze Martwe jest bardzo słone z powodu silnego parowania wody",
                Some("Z powodu silnego parowania wody morze Martwe jest bardzo słone."),
            ),
            (
                "Poziom oceanu podnosi się wskutek topnienia lodowców",
                Some("Wskutek topnienia lodowców poziom oceanu podnosi się."),
            ),
            (
                "Słone jezioro w Azji wyschło w wyniku budowy kanałów nawadniających",
                Some("W wyniku budowy kanałów nawadniających słone jezioro w Azji wyschło."),
            ),
            ("Wzrost cen zboża z powodu suszy wyniósł wtedy pięć procent", None),
            ("Białe światło słońca z powodu smogu jest słabsze", None),
            ("Jezioro w Azji nie wyschło z powodu budowy kanałów", None),
            ("Jezioro w Azji wyschło głównie z powodu budowy kanałów", None),
            ("Jezioro w Azji wyschło z powodu suszy i zostało zasypane", None),
            ("Jezioro w Azji wyschło w wyniku jego osuszenia", None),
            ("Jest traktowany jako środek płatniczy dzięki decyzji władz", None),
        ] {
            assert_eq!(reordered(sentence, &|phrase| Some(small(phrase))).as_deref(), turned, "{sentence}");
        }
    }

    #[test]
    fn a_time_that_ends_a_sentence_may_begin_it() {
        for (sentence, turned) in [
            ("Sejm uchwalił konstytucję w 1791 roku", Some("W 1791 roku sejm uchwalił konstytucję.")),
            (
                "Prezydent podpisuje ustawę w ciągu 21 dni od dnia przedstawienia",
                Some("W ciągu 21 dni od dnia przedstawienia prezydent podpisuje ustawę."),
            ),
            ("Prezydent podpisuje ustawę w ciągu 21 dni i zarządza ogłoszenie", None),
            ("Prezydent bada i podpisuje ustawę w ciągu 21 dni", None),
            (
                "Liście na drzewach żółkną, ponieważ zielony barwnik zanika",
                Some("Ponieważ zielony barwnik zanika, liście na drzewach żółkną."),
            ),
            ("Ustawa wchodzi w życie w dniu ogłoszenia", None),
        ] {
            assert_eq!(reordered(sentence, &|phrase| Some(small(phrase))).as_deref(), turned, "{sentence}");
        }
    }
}
