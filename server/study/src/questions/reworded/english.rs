//! English sentences whose parts may change places.

use super::{HALF_MIN, Lowered, count, first_word, halves, has, small};
use crate::{
    facts::figures,
    words::{capitalised, is_listed, words},
};

/// What a clause or phrase begins with that may stand before or behind the rest of its sentence.
const CLAUSES: &str = "if when whenever because although though while until unless once since";
const PHRASES: &str = "in during by after before despite throughout at within";
/// The same of one that ends its sentence and is about all of it.
const LAST_PHRASES: [&str; 9] =
    ["even in", "even at", "prior to", "depending on", "during", "before", "after", "despite", "throughout"];
/// Pronouns that would come before their noun if what has them were moved to the front.
const PRONOUNS: &str = "it its itself they them their he him his she her this these those such there one ones each so both former \
    latter which who whose where that thus";
/// Words with which a sentence has more clauses than one, so that it is open to which of them its end belongs.
const JOINING: &str = "and but or that which who whose where when while because if unless until as than not only";
/// The same before a phrase that holds for what is denied as well.
const JOINING_BEFORE: &str = "and but or that which who whose where when while because if unless until as than only";
/// Words with which what comes before or after something is measured: “the day before”.
const MEASURES: &str = "day days week weeks month months year years decade decades hour hours minute minutes moment soon shortly \
    long just right ever even only not until immediately";
/// Words that are surely verbs.
const VERBS: &str = "is are was were be been has have had can could may might must will would should does do did";
/// Adverbs that stand before either form of a verb.
const ADVERBS: &str = "first originally later";
/// Participles with which “by” does not tell who did it.
const NOT_DONE_BY: &str = "located situated placed positioned multiplied divided increased reduced";
/// What “by” brings in beside those who did it: times and places.
const NO_DOERS: &str = "January February March April May June July August September October November December Monday Tuesday \
    Wednesday Thursday Friday Saturday Sunday Christmas Easter Lake Mount River Cape Route";
/// Words with which a subject cannot become an object.
const NO_OBJECTS: &str = "there no none neither nothing nobody only not few little";
/// Most words of a subject that becomes the object.
const SUBJECT_MAX: usize = 10;
/// Most words of a phrase that is moved.
const PHRASE_MAX: usize = 8;
const LAST_PHRASE_MAX: usize = 12;

pub(super) fn reordered(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    if let Some((one, main)) = halves(sentence) {
        let first = first_word(one);
        let clause = is_listed(CLAUSES, &first) && count(one) >= HALF_MIN;
        let phrase = is_listed(PHRASES, &first)
            && count(one) <= PHRASE_MAX
            && !has(one, "and or which that")
            // “In 1930, Pluto was found and named”: behind, it would belong to the second verb only.
            && !has(main, "and but or that which who when where while because if");
        let plain = !has(main, PRONOUNS) && !is_listed("and but or so not", &first_word(main));
        if is_listed("although though", &first_word(main)) {
            return concession_last(one, main, lowered);
        }
        let joins = if clause && !is_listed("because until unless if when whenever once", &first) { "," } else { "" };
        return ((clause || phrase) && plain).then(|| format!("{}{joins} {}.", capitalised(main), small(one)));
    }
    if sentence.contains(',') {
        return None;
    }
    active(sentence, lowered)
        .or_else(|| clause_last(sentence, lowered))
        .or_else(|| year_last(sentence, lowered))
        .or_else(|| doing_last(sentence, lowered))
        .or_else(|| phrase_last(sentence, lowered))
}

/// “Y when X” with the condition first.
fn clause_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (main, at, clause) = ["if", "when"].iter().find_map(|word| {
        let at = sentence.find(&format!(" {word} "))?;
        Some((&sentence[..at], *word, &sentence[at + 1..]))
    })?;
    let single = clause.matches(&format!("{at} ")).count() == 1;
    let whole =
        !has(main, "because if when that which who whether only even just not") && !has(main, "and or but as than");
    let plain = single && whole && !has(clause, PRONOUNS) && count(main) >= HALF_MIN && count(clause) > HALF_MIN;
    plain.then(|| lowered(main)).flatten().map(|main| format!("{}, {main}.", capitalised(clause)))
}

/// “X was described by Y in 1665” with Y as the subject. Regular verbs have one form for both.
fn active(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (subject, rest) = [" was ", " were "].iter().find_map(|verb| sentence.split_once(verb))?;
    let (done, by) = rest.split_once(" by ")?;
    let (doer, time) = match by.rsplit_once(" in ") {
        Some((doer, year)) if is_its_year(sentence, year) => (doer, format!(" in {year}")),
        Some(_) => return None,
        None => (by, String::new()),
    };
    let verb = done.rsplit(' ').next().unwrap_or_default();
    let adverb = &done[..done.len() - verb.len()];
    let regular = verb.ends_with("ed") && verb.len() > 4 && !is_listed(NOT_DONE_BY, verb);
    let plain = regular
        && (adverb.is_empty() || is_listed(ADVERBS, adverb.trim_end()))
        && is_somebody(doer)
        && count(subject) <= SUBJECT_MAX
        && !has(subject, PRONOUNS)
        && !has(subject, JOINING)
        && !has(subject, NO_OBJECTS)
        && !has_verb(subject);
    plain.then(|| lowered(subject)).flatten().map(|object| format!("{doer} {adverb}{verb} {object}{time}."))
}

/// Whether it is nothing but the names of those who can do something.
pub(super) fn is_somebody(doer: &str) -> bool {
    let is_name = |word: &str| word.chars().all(|c| c.is_alphabetic() || "-.’'".contains(c));
    let begins_big = |word: &str| word.starts_with(char::is_uppercase);
    let parts: Vec<&str> = doer.split(' ').collect();
    let (first, last) = (parts.first().copied().unwrap_or_default(), parts.last().copied().unwrap_or_default());
    begins_big(first)
        && begins_big(last)
        && !parts.iter().any(|word| is_listed(NO_DOERS, word))
        && parts.len() <= PHRASE_MAX
        && parts.iter().all(|word| is_name(word) && (begins_big(word) || is_listed("and van von de der den", word)))
}

/// Whether the sentence has this year.
fn is_its_year(sentence: &str, year: &str) -> bool {
    figures(sentence).iter().any(|figure| figure.is_year && sentence[figure.range.clone()] == *year)
}

/// “X was founded in 1920” with the year first.
fn year_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (main, year) = sentence.rsplit_once(" in ")?;
    let plain = is_its_year(sentence, year)
        && count(main) >= HALF_MIN
        && !has(main, "and or but that which who when where in from between until");
    plain.then(|| lowered(main)).flatten().map(|main| format!("In {year}, {main}."))
}

/// “Y, although X” with what it is so in spite of first.
fn concession_last(main: &str, clause: &str, lowered: Lowered<'_>) -> Option<String> {
    let plain = !has(clause, PRONOUNS) && !has(main, "only just even not never") && count(main) >= HALF_MIN;
    plain.then(|| lowered(main)).flatten().map(|main| format!("{}, {main}.", capitalised(clause)))
}

/// “X reduced the price by doing Y” with what was done first.
fn doing_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let (main, done) = sentence.split_once(" by ")?;
    // “by reducing prices and sold” goes on with a verb of the sentence; “by reducing and selling” does not.
    let joined = done.split(" and ").skip(1).all(|part| first_word(part).ends_with("ing"));
    let plain = first_word(done).ends_with("ing")
        && !done.split(" by ").skip(1).any(|part| first_word(part).ends_with("ing"))
        && count(done) >= HALF_MIN
        && count(main) >= HALF_MIN
        && joined
        && !has(done, PRONOUNS)
        && !has(main, JOINING);
    plain.then(|| lowered(main)).flatten().map(|main| format!("By {done}, {main}."))
}

/// “X is so prior to Y” with the phrase first.
fn phrase_last(sentence: &str, lowered: Lowered<'_>) -> Option<String> {
    let after_adverb = ["well", "best", "poorly"].iter().find_map(|adverb| {
        let at = sentence.find(&format!(" {adverb} for "))? + 1 + adverb.len();
        Some((&sentence[..at], &sentence[at + 1..]))
    });
    let (main, phrase) = after_adverb.or_else(|| {
        LAST_PHRASES.iter().find_map(|opening| {
            let at = sentence.find(&format!(" {opening} "))?;
            Some((&sentence[..at], &sentence[at + 1..]))
        })
    })?;
    let last = words(main).last().map_or("", |range| &main[range.clone()]);
    let plain = (2..=LAST_PHRASE_MAX).contains(&count(phrase))
        && count(main) >= HALF_MIN
        && !has(main, JOINING_BEFORE)
        && !has(phrase, PRONOUNS)
        && !has(phrase, "and but or than if when")
        // “The nearest star after the Sun is …”: the phrase belongs to the subject.
        && !has_verb(phrase)
        && has_verb(main)
        && !is_listed(MEASURES, &last.to_lowercase());
    plain.then(|| lowered(main)).flatten().map(|main| format!("{}, {main}.", capitalised(phrase)))
}

/// Whether a word is surely a verb.
pub(super) fn is_auxiliary(word: &str) -> bool {
    is_listed(VERBS, word)
}

/// Whether a stretch surely has the verb of a sentence.
pub(super) fn has_verb(text: &str) -> bool {
    has(text, VERBS)
        || words(text).into_iter().skip(1).any(|range| text[range.clone()].ends_with("ed") && range.len() > 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_did_something_may_come_first() {
        for (sentence, turned) in [
            ("The nucleus was described by Robert Brown in 1831", Some("Robert Brown described the nucleus in 1831.")),
            (
                "The cell theory was proposed by Matthias Schleiden and Theodor Schwann in 1839",
                Some("Matthias Schleiden and Theodor Schwann proposed the cell theory in 1839."),
            ),
            (
                "The first living cells were first observed by Antonie van Leeuwenhoek in 1674",
                Some("Antonie van Leeuwenhoek first observed the first living cells in 1674."),
            ),
            (
                "The World Wide Web was proposed by Tim Berners-Lee",
                Some("Tim Berners-Lee proposed the World Wide Web."),
            ),
            ("The bridge was completed by Christmas", None),
            ("The bridge was finished by March", None),
            ("The village was located by Lake Erie", None),
            ("The price was reduced by half", None),
            ("The book was written by Robert Hooke", None),
            ("It was described by Robert Brown", None),
            ("No cell was observed by Robert Brown", None),
            ("The bank failed and the land was bought and owned by Robert Brown", None),
            ("The king was asked to resign by Parliament", None),
            ("The cells were observed by Robert Brown in water", None),
            ("The cells were observed by Robert Brown and his pupils", None),
        ] {
            let own = active(sentence, &|phrase| Some(small(phrase)));
            assert_eq!(own.as_deref(), turned, "{sentence}");
        }
    }

    #[test]
    fn a_phrase_that_ends_a_sentence_may_begin_it() {
        for (sentence, turned) in [
            (
                "The law encouraged sales by reducing the parcels by half and enabling sales on credit",
                Some("By reducing the parcels by half and enabling sales on credit, the law encouraged sales."),
            ),
            ("The bank survived by reducing its prices", None),
            ("The bank survived by reducing the prices and sold land", None),
            ("The book was read by boring people that sleep", None),
            (
                "Changes of one program are invisible to other programs prior to commit",
                Some("Prior to commit, changes of one program are invisible to other programs."),
            ),
            (
                "The pace may vary from one program to another depending on the load of the disk",
                Some("Depending on the load of the disk, the pace may vary from one program to another."),
            ),
            ("Performance is good even in small rooms", Some("Even in small rooms, performance is good.")),
            ("The log does not work well for large files", Some("For large files, the log does not work well.")),
            (
                "The changes are invisible to the reader, although the reader sees a snapshot",
                Some("Although the reader sees a snapshot, the changes are invisible to the reader."),
            ),
            ("The changes are invisible to the reader, although it sees a snapshot", None),
            ("The changes are not lost, although the reader sees a snapshot", None),
            ("The changes are invisible to the reader, because the reader sees a snapshot", None),
            ("The treaty was signed the day before the war", None),
            ("The army crossed the river and burned the town before the winter", None),
            ("The nearest star after the Sun is Proxima Centauri", None),
            ("The house was sold after it had been painted", None),
        ] {
            assert_eq!(reordered(sentence, &|phrase| Some(small(phrase))).as_deref(), turned, "{sentence}");
        }
    }
}
