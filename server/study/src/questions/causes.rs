//! Questions for the reason that a sentence gives.

use super::{
    draft::{Draft, OPTIONS, Wrong},
    drafts::{Maker, Origin},
    phrases::{self, Blank, GAP},
    pool::with_a_longer_one,
};
use crate::{
    facts::{Cause, ReasonKind, cause, replaced},
    random::Random,
    reading::Reading,
    words::words,
};
use domain::quizzes::QuestionForm;
use std::collections::BTreeSet;

/// Most reasons of a source that wrong ones are taken from.
const REASONS_MAX: usize = 400;
/// Most reasons that are looked at for one question.
const LOOKED_AT: usize = 200;
/// Of how many hundredths of its words a reason may share with another one and still be another.
const REASONS_ALIKE: usize = 30;
/// Most words of a reason that is to be written.
const WRITTEN_WORDS_MAX: usize = 3;
/// The same of what two reasons are given for: the same thing may well have both.
const EFFECTS_ALIKE: usize = 40;
/// Of how many words that carry the subject the beginning of a sentence tells what it is about: “desert plants”.
const SUBJECT_WORDS: usize = 2;

/// A reason that the text gives, and for what.
struct Reason {
    text: String,
    kind: ReasonKind,
    section: usize,
    stems: BTreeSet<String>,
    effect: BTreeSet<String>,
    /// What the sentence is about.
    subject: BTreeSet<String>,
}

/// The reasons of a source.
pub(crate) struct Reasons {
    known: Vec<Reason>,
    /// Whether they stand in different sections.
    spread: bool,
}

impl Reasons {
    pub(crate) fn of(reading: &Reading<'_>) -> Self {
        let mut seen = BTreeSet::new();
        let reasons = reading.sentences.iter().filter(|sentence| sentence.good).filter_map(|sentence| {
            let reason = Reason::of(&sentence.text, sentence.section, reading)?;
            seen.insert(reason.text.clone()).then_some(reason)
        });
        let known: Vec<Reason> = reasons.take(REASONS_MAX).collect();
        let spread = known.windows(2).any(|pair| pair[0].section != pair[1].section);
        Self { known, spread }
    }

    /// Reasons that are wrong for what `right` is given for, though none looks it.
    fn others(&self, right: &Reason, random: &mut Random) -> Vec<&Reason> {
        let length = right.text.chars().count();
        // Of what one section explains, another of its reasons may well be a reason, too.
        let apart = |other: &&Reason| !self.spread || other.section != right.section;
        let mut fitting: Vec<(usize, u64, &Reason)> = self
            .known
            .iter()
            .filter(apart)
            .filter(|other| right.is_alike_in_form(other) && right.is_another_than(other))
            .take(LOOKED_AT)
            .map(|other| (other.text.chars().count().abs_diff(length) / 3, random.next() >> 32, other))
            .collect();
        fitting.sort_unstable_by_key(|(unlike, chance, _)| (*unlike, *chance));
        fitting.into_iter().map(|(_, _, other)| other).collect()
    }
}

impl Reason {
    fn of(text: &str, section: usize, reading: &Reading<'_>) -> Option<Self> {
        let found = cause(text, reading.language, &reading.grammar)?;
        let rest = replaced(text, &found.announced, "");
        let effect = reading.grammar.stems(&rest);
        let content = words(&rest).into_iter().filter_map(|range| reading.grammar.content_stem(&rest[range]));
        let subject = content.take(SUBJECT_WORDS).collect();
        let reason = &text[found.reason];
        let stems = reading.grammar.stems(reason);
        // Fewer words than two leave open whether another reason says the same.
        let reason = Self { text: reason.to_owned(), kind: found.kind, section, stems, effect, subject };
        (reason.stems.len() > 1).then_some(reason)
    }

    fn is_alike_in_form(&self, other: &Self) -> bool {
        let capital = |reason: &Self| reason.text.starts_with(char::is_uppercase);
        let (length, own) = (other.text.chars().count(), self.text.chars().count());
        let (words, own_words) = (other.text.split(' ').count(), self.text.split(' ').count());
        self.kind == other.kind
            && capital(self) == capital(other)
            && length * 2 <= own * 3 + 8
            && own * 2 <= length * 3 + 8
            && words.abs_diff(own_words) <= own_words.max(words) / 3 + 1
    }

    /// Whether it says something else of something else, so that it cannot be right, too.
    fn is_another_than(&self, other: &Self) -> bool {
        let shared = |one: &BTreeSet<String>, two: &BTreeSet<String>| {
            one.intersection(two).count() * 100 / one.len().min(two.len()).max(1)
        };
        shared(&self.stems, &other.stems) < REASONS_ALIKE
            && shared(&self.effect, &other.effect) < EFFECTS_ALIKE
            && shared(&other.stems, &self.effect) < REASONS_ALIKE * 2
            && !self.is_about_the_thing_of(other)
            && !other.is_about_the_thing_of(self)
    }

    /// Whether it tells something of what the other one is about: why stomata close may well be why plants open theirs.
    fn is_about_the_thing_of(&self, other: &Self) -> bool {
        !self.effect.is_disjoint(&other.subject) || !self.stems.is_disjoint(&other.subject)
    }

    fn told_by(&self, effect: &BTreeSet<String>) -> usize {
        self.stems.intersection(effect).count()
    }
}

impl Maker<'_> {
    pub(super) fn of_cause(&self, origin: &Origin<'_>, random: &mut Random, made: &mut Vec<Draft>) {
        let Some(found) = cause(origin.text, self.reading.language, &self.reading.grammar) else { return };
        let Some(right) = Reason::of(origin.text, origin.section, self.reading) else { return };
        let others = self.reasons.others(&right, random);
        self.of_written_reason(origin, &found, made);
        // What has nothing to do with the subject is silly rather than false.
        let near = |other: &&&Reason| other.told_by(&right.effect) > 0;
        if let Some(other) = others.iter().find(near) {
            made.push(self.false_statement(origin, origin.text, (&found.reason, &other.text), 0.1));
        }
        if others.len() < OPTIONS - 1 {
            return;
        }
        if let Some(options) = without_a_hint(&right, &others) {
            let gapped = replaced(origin.text, &found.reason, GAP);
            let question = phrases::choose_for_gap(self.reading.language, Blank::Reason, &gapped);
            let mut draft = self.draft(origin, QuestionForm::Mcq, question, &right.text, 0.5);
            draft.wrong = Wrong::These(options);
            made.push(draft);
        }
    }

    /// A reason of few words, to be written; a clause may be put in too many ways.
    fn of_written_reason(&self, origin: &Origin<'_>, found: &Cause, made: &mut Vec<Draft>) {
        let right = &origin.text[found.reason.clone()];
        if found.kind == ReasonKind::Phrase && right.split(' ').count() <= WRITTEN_WORDS_MAX {
            let gapped = replaced(origin.text, &found.reason, GAP);
            let question = phrases::fill_gap(self.reading.language, Blank::Reason, &gapped);
            made.push(self.draft(origin, QuestionForm::Cloze, question, right, 0.2));
        }
    }
}

/// Wrong options among which the right one is not the only one that takes up words of the question.
fn without_a_hint(right: &Reason, others: &[&Reason]) -> Option<Vec<String>> {
    let told = right.told_by(&right.effect);
    let hinting = others.iter().position(|other| other.told_by(&right.effect) >= told)?;
    let mut options: Vec<String> = others.iter().map(|other| other.text.clone()).collect();
    if hinting >= OPTIONS - 1 {
        let text = options.remove(hinting);
        options.insert(0, text);
        return Some(options);
    }
    let moved = with_a_longer_one(options.clone(), right.text.chars().count());
    let kept = moved.iter().take(OPTIONS - 1).any(|option| *option == options[hinting]);
    Some(if kept { moved } else { options })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Source, SourceId};
    use domain::documents::DocumentPage;

    const TEXT: &str = "Granite has large crystals because magma cools slowly under the ground. The sky looks blue because small \
        molecules scatter short wavelengths. Basalt has small crystals because magma cools quickly on the ground. Pumice floats \
        on ponds because bubbles of gas fill the stone. Many birds nest on cliffs because foxes cannot climb steep rock. The \
        valley was empty because settlers had left the poor farms. Rivers flood in spring because of melting snow. Sailors often \
        drown at night because short wavelengths scatter widely.";

    #[test]
    fn wrong_reasons_are_put_alike_and_say_something_else() {
        let page = DocumentPage { page: 1, text: TEXT.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        let reasons = Reasons::of(&reading);
        let right = Reason::of(&reading.sentences[0].text, 0, &reading).unwrap();
        assert_eq!(right.text, "magma cools slowly under the ground");
        let others = reasons.others(&right, &mut Random::named(1, "test"));
        let mut texts: Vec<&str> = others.iter().map(|other| other.text.as_str()).collect();
        texts.sort_unstable();
        assert_eq!(
            texts,
            [
                "bubbles of gas fill the stone",
                "short wavelengths scatter widely",
                "small molecules scatter short wavelengths"
            ]
        );
    }

    #[test]
    fn a_reason_that_may_hold_for_the_same_thing_is_not_offered() {
        let text = "Desert plants open their stomata at night because cool air holds more vapour. Stomata close at midday because \
            the plant must save water. Leaves are green because chlorophyll reflects green light. Old leaves turn yellow because \
            nitrogen moves to young ones.";
        let page = DocumentPage { page: 1, text: text.into(), blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        let reasons = Reasons::of(&reading);
        let right = Reason::of(&reading.sentences[0].text, 0, &reading).unwrap();
        let others = reasons.others(&right, &mut Random::named(1, "test"));
        let mut texts: Vec<&str> = others.iter().map(|other| other.text.as_str()).collect();
        texts.sort_unstable();
        assert_eq!(texts, ["chlorophyll reflects green light", "nitrogen moves to young ones"]);
        let leaves = Reason::of(&reading.sentences[2].text, 0, &reading).unwrap();
        let others = reasons.others(&leaves, &mut Random::named(1, "test"));
        assert!(!others.iter().any(|other| other.text.starts_with("nitrogen")), "both are about leaves");
    }

    #[test]
    fn a_text_of_nothing_but_reasons_has_no_more_of_them_than_are_looked_through() {
        let sentence =
            |n: usize| format!("The river{n} floods the old town because melting snow{n} fills wide valleys. ");
        let text: String = (0..REASONS_MAX + 100).map(sentence).collect();
        let page = DocumentPage { page: 1, text, blocks: Vec::new() };
        let source = Source { id: SourceId::Text, language: Some("en".into()), pages: vec![page] };
        let reading = Reading::of(&source);
        assert_eq!(reading.sentences.iter().filter(|sentence| sentence.good).count(), REASONS_MAX + 100);
        assert_eq!(Reasons::of(&reading).known.len(), REASONS_MAX);
    }

    #[test]
    fn a_reason_that_takes_up_the_question_does_not_do_so_alone() {
        let reason = |text: &str, effect: &[&str]| Reason {
            text: text.to_owned(),
            kind: ReasonKind::Phrase,
            section: 0,
            stems: text.split(' ').map(str::to_owned).collect(),
            effect: effect.iter().map(ToString::to_string).collect(),
            subject: BTreeSet::new(),
        };
        let right = reason("heavy rain", &["rain", "flood"]);
        let (dry, wet) = (reason("dry wind", &[]), reason("long rain", &[]));
        assert_eq!(without_a_hint(&right, &[&dry, &dry, &dry]), None);
        let options = without_a_hint(&right, &[&dry, &dry, &dry, &wet]).unwrap();
        assert_eq!(options[0], "long rain");
    }
}
