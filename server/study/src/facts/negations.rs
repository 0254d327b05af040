//! Sentences that say what is not so, or what can be: without the “not”, or with it, they are false.

use super::{clauses::hangs_on_another_clause, sentence::Sentence};
use crate::{
    language::Language,
    words::{Grammar, capitalised, is_listed},
};
use std::ops::Range;

/// Verbs that stand without “not” as they do with it.
const ENGLISH_VERBS: &str = "is are was were will must should";
/// Polish takes another case after a negated verb, but none after these. „Nie było” and „nie będzie” mostly say that there
/// is none, and then they do.
const POLISH_VERBS: &str = "może mogą można musi muszą jest są był była były będą wolno";
/// Of these verbs only „być” may follow: another one has an object, which is negated as well.
const POLISH_MODALS: &str = "może mogą można musi muszą wolno";
/// Words that only stand in a negation, or on which it hangs.
const ENGLISH_POLAR: &str = "any anything anyone anybody ever yet either nor neither necessarily but unless until except only just no never without \
    not cannot";
const POLISH_POLAR: &str = "ani żaden żadna żadne żadnego żadnej żadnym żadnych nic nikt nigdy jeszcze ale lecz tylko wyjątkiem chyba \
    dopóki dopiero choć chociaż jednak a zawsze nie tak";

/// Words before a negation with which it belongs to a clause of its own, or holds for a part only.
const CLAUSES: &str = "and or so because since that which who whose what some many most several few when while where unless \
    although though if please że aby żeby więc ponieważ jeśli jeżeli gdy kiedy który która które którzy którego której których \
    którym którą którymi niektóre niektórzy wiele większość";
/// Words after “can” with which it says that something is so at times, or more so.
const WEAKENING: &str = "easily readily clearly directly also often sometimes usually even then still actually vary differ help lead become";
/// What something is “not” by opinion: that it is so is as hard to call false.
const OPINIONS: &str = "difficult hard easy surprising clear certain likely unlikely uncommon unusual important";
/// Adverbs between “does not” and its verb that do not end like one, and verbs that do.
const ADVERBS: &str = "always often even really quite also still sometimes";
const VERBS_LIKE_ADVERBS: &str = "apply supply rely imply reply comply multiply fly";

/// The stretch that denies and what stands in its place where it is affirmed, if the sentence is false by that.
pub(crate) fn affirmed(text: &str, language: Language, grammar: &Grammar) -> Option<(Range<usize>, String)> {
    let sentence = Sentence::new(text, language, grammar);
    let (polar, found) = match language {
        Language::En => (ENGLISH_POLAR, sentence.english_negation()),
        Language::Pl => (POLISH_POLAR, sentence.polish_negation()),
        _ => return None,
    };
    let (at, range, affirmed) = found?;
    // Of a clause within the sentence, the rest goes on as if it were denied.
    let parted = (0..at)
        .any(|index| is_listed(CLAUSES, sentence.word(index)) || sentence.after(index).contains([';', ':', '–', '—']));
    let alone = (0..sentence.words.len()).all(|index| index == at || !is_listed(polar, sentence.word(index)));
    let reason = hangs_on_another_clause(text, &range, language);
    (alone && !parted && !reason).then_some((range, affirmed))
}

/// What can be, and what stands in its place where it is denied, if the sentence is false by that.
pub(crate) fn denied(text: &str, language: Language, grammar: &Grammar) -> Option<(Range<usize>, String)> {
    let sentence = Sentence::new(text, language, grammar);
    let polar = match language {
        Language::En => ENGLISH_POLAR,
        Language::Pl => POLISH_POLAR,
        _ => return None,
    };
    let can = |at: usize| match language {
        Language::En => {
            sentence.word(at) == "can" && (at + 1..at + 5).all(|next| !is_listed(WEAKENING, sentence.word(next)))
        }
        // Only „być” has no object whose case the denial would change.
        _ => ["może", "mogą"].contains(&sentence.word(at)) && sentence.word(at + 1) == "być",
    };
    let at = (1..sentence.words.len()).find(|at| can(*at))?;
    let parted = (0..at)
        .any(|index| is_listed(CLAUSES, sentence.word(index)) || sentence.after(index).contains([',', ';', ':']));
    let alone =
        sentence.lower.iter().all(|word| !is_listed(polar, word)) && !sentence.lower.iter().any(|word| word == "also");
    let own = &text[sentence.words[at].clone()];
    let denial = if language == Language::En { "cannot".to_owned() } else { format!("nie {own}") };
    let reason = hangs_on_another_clause(text, &sentence.words[at], language);
    (alone && !parted && !reason).then(|| (sentence.words[at].clone(), denial))
}

impl Sentence<'_> {
    /// “is not”, “cannot”: which word denies, and the stretch with what it becomes.
    fn english_negation(&self) -> Option<(usize, Range<usize>, String)> {
        (1..self.words.len()).find_map(|at| {
            if self.word(at) == "cannot" {
                return Some((at, self.words[at].clone(), "can".to_owned()));
            }
            let verb = self.word(at - 1);
            let denies = self.word(at) == "not" && self.after(at - 1) == " " && self.after(at) == " ";
            if denies && ["do", "does"].contains(&verb) {
                // “Do not heat it” and “When hot, do not touch it” have no subject.
                let has_subject = at > 1 && self.after(at - 2) == " ";
                let next = self.words.get(at + 1).filter(|_| has_subject && !is_adverb(self.word(at + 1)))?;
                return Some((at, self.words[at - 1].start..next.end, self.conjugated(at)));
            }
            (denies && is_listed(ENGLISH_VERBS, verb) && !is_listed(OPINIONS, self.word(at + 1))).then(|| {
                let range = self.words[at - 1].start..self.words[at].end;
                (at, range, self.text[self.words[at - 1].clone()].to_owned())
            })
        })
    }

    /// The verb after “do not” or “does not” as it stands without them.
    fn conjugated(&self, not: usize) -> String {
        let verb = self.word(not + 1);
        let stem = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
        match (self.word(not - 1), verb, stem) {
            ("do", ..) => verb.to_owned(),
            (_, "have", _) => "has".to_owned(),
            (_, _, Some(stem)) => format!("{stem}ies"),
            _ if ["s", "x", "sh", "ch", "o"].iter().any(|ending| verb.ends_with(ending)) => format!("{verb}es"),
            _ => format!("{verb}s"),
        }
    }

    /// „nie jest”, „nie może być”.
    fn polish_negation(&self) -> Option<(usize, Range<usize>, String)> {
        (0..self.words.len()).find_map(|at| {
            let verb = self.word(at + 1);
            let denies = self.word(at) == "nie" && self.after(at) == " " && is_listed(POLISH_VERBS, verb);
            let plain = !is_listed(POLISH_MODALS, verb) || self.word(at + 2) == "być";
            (denies && plain).then(|| {
                let range = self.words[at].start..self.words[at + 1].end;
                let affirmed = if at == 0 { capitalised(verb) } else { verb.to_owned() };
                (at, range, affirmed)
            })
        })
    }
}

fn is_adverb(word: &str) -> bool {
    is_listed(ADVERBS, word) || word.ends_with("ly") && !is_listed(VERBS_LIKE_ADVERBS, word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::replaced;

    #[test]
    fn what_can_be_is_denied_where_nothing_else_hangs_on_it() {
        let of = |text: &str, language| {
            denied(text, language, &Grammar::new(language)).map(|(range, with)| replaced(text, &range, &with))
        };
        for (text, language, turned) in [
            (
                "Two programs can read the file at once.",
                Language::En,
                Some("Two programs cannot read the file at once."),
            ),
            ("The polar caps can be seen easily from here.", Language::En, None),
            ("The price can vary from town to town.", Language::En, None),
            ("Only one program can write to the file.", Language::En, None),
            ("If the disk is full, programs can read the file.", Language::En, None),
            ("Profile mogą być osadzane w obrazach.", Language::Pl, Some("Profile nie mogą być osadzane w obrazach.")),
            ("Ceny mogą rosnąć przez wiele lat.", Language::Pl, None),
            ("Gold kann schmelzen.", Language::De, None),
        ] {
            assert_eq!(of(text, language).as_deref(), turned, "{text}");
        }
    }

    #[test]
    fn what_is_denied_is_affirmed_where_nothing_else_hangs_on_it() {
        let of = |text: &str, language| {
            affirmed(text, language, &Grammar::new(language)).map(|(range, with)| replaced(text, &range, &with))
        };
        for (text, language, turned) in [
            ("Living cells cannot be seen there.", Language::En, Some("Living cells can be seen there.")),
            ("Changes are not written to the file.", Language::En, Some("Changes are written to the file.")),
            ("Changes are not written to any file.", Language::En, None),
            ("The disk is full and the file is not written.", Language::En, None),
            ("Locks are set; programs are not told.", Language::En, None),
            ("With imagination, it was not difficult to see canals.", Language::En, None),
            ("The log is fast as readers do not block writers.", Language::En, None),
            ("The disk is not full, but slow.", Language::En, None),
            ("WAL does not work well with large files.", Language::En, Some("WAL works well with large files.")),
            ("Readers do not block writers.", Language::En, Some("Readers block writers.")),
            ("The limit does not apply to readers.", Language::En, Some("The limit applies to readers.")),
            ("Water does not always boil at 100 degrees.", Language::En, None),
            ("The tax does not directly affect sellers.", Language::En, None),
            ("Do not heat the sample above 40 degrees.", Language::En, None),
            ("In the laboratory, do not heat the sample.", Language::En, None),
            ("Vaccines may not protect everyone.", Language::En, None),
            ("Animals that do not eat meat need protein.", Language::En, None),
            ("In the body some cells do not divide.", Language::En, None),
            ("Zwierzęta, które nie są drapieżne, jedzą rośliny.", Language::Pl, None),
            ("W tym kraju nie było dotąd banków.", Language::Pl, None),
            ("Nie można być posłem i senatorem.", Language::Pl, Some("Można być posłem i senatorem.")),
            ("Buty nie są dobrym środkiem.", Language::Pl, Some("Buty są dobrym środkiem.")),
            ("Mandatu nie można łączyć z funkcją.", Language::Pl, None),
            ("Poseł nie może być zatrzymany, chyba że ucieka.", Language::Pl, None),
        ] {
            assert_eq!(of(text, language).as_deref(), turned, "{text}");
        }
    }
}
