//! The questions that can be made of each sentence.

use super::{
    causes::Reasons,
    draft::{Draft, Kind, OPTIONS, Wrong},
    lists::Lists,
    phrases::{self, Blank, GAP},
    pool::Pool,
    reworded::{is_in_an_aside, reworded, turned_definition, without_asides, without_foreign_words},
    wh,
};
use crate::{
    facts::{
        self, Definition, Form, abbreviation, affirmed, denied, figures, is_half_of_a_comparison, names, opposite,
        replaced, second_names, without_what_follows,
    },
    language::Language,
    random::Random,
    rank::Vocabulary,
    reading::Reading,
    standing,
    words::{capitalised, is_listed, words},
};
use domain::{
    citation::Citation,
    quizzes::{Difficulty, QuestionForm},
};
use std::ops::Range;

/// Longest sentence that is shown in a question, in code points.
const SHOWN_MAX: usize = 220;

/// What a false statement with another fact of the same kind counts for more than one with a turned word.
pub(super) const FALSE_FACT: f64 = 0.5;
/// Fewest words around the gap of a term in a sentence that does not describe it.
const GAPPED_WORDS_MIN: usize = 6;
/// What a statement in other words than the text's counts for more.
const REWORDED: f64 = 0.25;
/// What a true statement counts for less that stands in the text word for word: who has read it only recognises it.
const VERBATIM: f64 = 0.35;
/// What a true statement counts for more that says why something is so.
const REASONED: f64 = 0.15;
/// What a statement that only denies what can be counts for less than one with an opposite.
const DENIED: f64 = 0.1;
/// Most words of such a statement: of a long one nothing is asked but whether it stands there.
const VERBATIM_MAX: usize = 20;
/// Fewest words of a statement that is left without its asides.
const SHORTENED_MIN: usize = 5;
/// What a true statement counts for less that says only what may be.
const HEDGED: f64 = 0.4;
/// Words of what may be: nobody would call it false.
const HEDGES: &str = "might perhaps maybe possibly probably likely może mogą można prawdopodobnie chyba";

/// A source and what its questions are made with.
pub(crate) struct Maker<'a> {
    pub(crate) reading: &'a Reading<'a>,
    pub(crate) vocabulary: &'a Vocabulary,
    pub(crate) source: usize,
    pub(crate) definitions: Vec<Option<Definition>>,
    pub(crate) pool: Pool,
    pub(crate) reasons: Reasons,
    pub(crate) lists: Lists,
    pub(crate) difficulty: Difficulty,
    pub(crate) seed: u64,
}

/// A sentence of which questions are being made.
pub(super) struct Origin<'a> {
    pub(super) text: &'a str,
    citation: Citation,
    pub(super) section: usize,
    weight: f64,
}

impl Maker<'_> {
    /// All questions of one sentence.
    pub(crate) fn drafts(&self, index: usize, weight: f64) -> Vec<Draft> {
        let sentence = &self.reading.sentences[index];
        let Some(citation) = self.reading.cite(sentence) else { return Vec::new() };
        if !sentence.good || sentence.text.chars().count() > SHOWN_MAX {
            return Vec::new();
        }
        let origin = Origin { text: &sentence.text, citation, section: sentence.section, weight };
        let mut random = Random::named(self.seed, &sentence.text);
        let mut made = Vec::new();
        if let Some(found) = &self.definitions[index] {
            self.of_definition(&origin, found, &mut random, &mut made);
        }
        self.of_abbreviation(&origin, &mut made);
        mark(&mut made, Kind::Term);
        for figure in figures(origin.text).iter().take(2) {
            self.of_figure(&origin, figure, &mut random, &mut made);
            mark(&mut made, if figure.is_year { Kind::Year } else { Kind::Number });
        }
        self.of_spelled(&origin, &mut made);
        mark(&mut made, Kind::Number);
        self.of_doer(&origin, &mut random, &mut made);
        self.of_names(&origin, &mut random, &mut made);
        mark(&mut made, Kind::Name);
        self.of_opposite(&origin, &mut made);
        mark(&mut made, Kind::Other);
        self.of_cause(&origin, &mut random, &mut made);
        mark(&mut made, Kind::Cause);
        self.of_list(&origin, &mut random, &mut made);
        self.of_counted(&origin, &mut random, &mut made);
        mark(&mut made, Kind::List);
        self.of_truth(&origin, index, &mut made);
        // Without its other side a comparison can be neither true nor false.
        let half = |text: &str| is_half_of_a_comparison(text, self.language());
        let half_told = half(origin.text);
        made.retain(|draft| draft.form != QuestionForm::Tf || !(half_told || half(phrases::core(&draft.question))));
        made
    }

    /// The sentence itself, where something else can be asked of it or it can be put in other words.
    fn of_truth(&self, origin: &Origin<'_>, index: usize, made: &mut Vec<Draft>) {
        let told = made.iter().any(|draft| draft.form == QuestionForm::Tf && draft.right == "true");
        let text = self.without_asides(origin.text, None);
        let other_words = self.in_other_words(&text).is_some();
        let copied = !other_words && text == origin.text;
        let too_long = copied && words(&text).len() > VERBATIM_MAX;
        if !told && !too_long && (other_words || !made.is_empty()) {
            let verbatim = if copied { VERBATIM } else { 0.0 };
            let bonus = self.concreteness(origin, index) - verbatim;
            let reason = facts::cause(origin.text, self.language(), &self.reading.grammar).is_some();
            let statement = self.statement(origin, text, true, if reason { bonus + REASONED } else { bonus });
            let claimed = self.definitions[index].as_ref().map(|found| origin.text[found.term.clone()].to_owned());
            made.push(Draft { kind: reason.then_some(Kind::Cause), claimed, ..statement });
        }
    }

    fn in_other_words(&self, text: &str) -> Option<String> {
        reworded(text, self.language(), &self.reading.grammar, &|phrase| self.pool.lowered(phrase))
    }

    /// The text, with a stretch changed, without what does not carry its fact; whole where too little would be left.
    pub(super) fn without_asides(&self, text: &str, changed: Option<(&Range<usize>, &str)>) -> String {
        let whole = changed.map_or_else(|| text.to_owned(), |(range, with)| replaced(text, range, with));
        let shorter = without_asides(text, changed, self.language());
        let stands = words(&shorter).len() >= SHORTENED_MIN && standing::stands_alone(&shorter, self.language());
        if stands { shorter } else { whole }
    }

    /// What a sentence is worth as a true statement: who has not read it can doubt a number or a name, while what is said
    /// in general only sounds right.
    fn concreteness(&self, origin: &Origin<'_>, index: usize) -> f64 {
        let named =
            names(origin.text, self.language(), &self.reading.grammar).iter().any(|name| name.key.tells_the_kind());
        let hedged = words(origin.text).into_iter().any(|range| is_listed(HEDGES, &origin.text[range].to_lowercase()));
        let worth = match (figures(origin.text).is_empty() && !named, &self.definitions[index]) {
            (false, _) => 0.3,
            (true, Some(_)) => 0.1,
            (true, None) => -0.2,
        };
        if hedged { worth - HEDGED } else { worth }
    }

    pub(super) fn language(&self) -> Language {
        self.reading.language
    }

    pub(super) fn draft(
        &self,
        origin: &Origin<'_>,
        form: QuestionForm,
        question: String,
        right: &str,
        bonus: f64,
    ) -> Draft {
        Draft {
            form,
            question,
            right: right.to_owned(),
            accepted: Vec::new(),
            wrong: Wrong::None,
            citation: origin.citation.clone(),
            weight: origin.weight + bonus,
            kind: None,
            claimed: None,
            origin: (self.source, origin.section),
        }
    }

    pub(super) fn statement(&self, origin: &Origin<'_>, text: String, is_true: bool, bonus: f64) -> Draft {
        let right = if is_true { "true" } else { "false" };
        let text = without_foreign_words(&text);
        // True and false ones alike, so that the wording does not tell which is which.
        let (text, bonus) = match self.in_other_words(&text) {
            Some(other) => (other, bonus + REWORDED),
            None => (text, bonus),
        };
        self.draft(origin, QuestionForm::Tf, phrases::true_or_false(self.language(), &text), right, bonus)
    }

    /// A statement that is false because a stretch of `text` is changed.
    pub(super) fn false_statement(
        &self,
        origin: &Origin<'_>,
        text: &str,
        changed: (&Range<usize>, &str),
        bonus: f64,
    ) -> Draft {
        self.statement(origin, self.without_asides(text, Some(changed)), false, bonus)
    }

    fn of_definition(&self, origin: &Origin<'_>, found: &Definition, random: &mut Random, made: &mut Vec<Draft>) {
        let term = &origin.text[found.term.clone()];
        let language = self.language();
        // An abbreviation or another name after the term would give it away.
        let (whole, others_after) = self.with_other_names(origin.text, &found.term);
        let accepted = self.pool.other_names_of(term, others_after);
        let gapped = without_foreign_words(&replaced(origin.text, &whole, GAP));
        // „_____ oznacza zrzeczenie się mandatu.” leaves open what of.
        if found.form != Form::Nominal && words(&gapped).len() < GAPPED_WORDS_MIN {
            return;
        }
        let mut cloze =
            self.draft(origin, QuestionForm::Cloze, phrases::fill_gap(language, Blank::Term, &gapped), term, 0.3);
        cloze.accepted.clone_from(&accepted);
        made.push(cloze);
        if found.form.is_inflected() {
            return;
        }
        let (choose, write) = match found.form {
            Form::Nominal => {
                let asked = phrases::term_for(language, &origin.text[found.description.clone()]);
                (asked.clone(), asked)
            }
            _ => (
                phrases::choose_for_gap(language, Blank::Term, &gapped),
                phrases::choose_for_gap(language, Blank::Term, &gapped),
            ),
        };
        // Within a sentence an option stands as it would there.
        let within = found.form != Form::Nominal && found.term.start > 0;
        let shown = |term: &str| if within { self.pool.within_sentence(term) } else { capitalised(term) };
        let mut written = self.draft(origin, QuestionForm::Short, write, &self.pool.within_sentence(term), 0.5);
        written.accepted.clone_from(&accepted);
        made.push(written);
        let lower = origin.text.to_lowercase();
        let mut others = self.pool.other_terms(term, origin.section, self.difficulty == Difficulty::Hard, random);
        let is_another_name = |other: &String| accepted.iter().any(|own| own.to_lowercase() == other.to_lowercase());
        others.retain(|other| {
            !lower.contains(&other.to_lowercase())
                && !is_another_name(other)
                && self.pool.has_the_article_of(term, other)
        });
        let others = self.pool.without_second_names(others);
        if others.len() >= OPTIONS - 1 {
            let mut draft = self.draft(origin, QuestionForm::Mcq, choose, &shown(term), 0.6);
            draft.wrong = Wrong::These(others.iter().take(OPTIONS).map(|other| shown(other)).collect());
            made.push(draft);
        }
        let replacing = others.iter().find(|other| self.pool.can_replace(term, other));
        let turned = |term: &str| {
            let description = &origin.text[found.description.clone()];
            let term = self.pool.within_sentence(term);
            let lowered = |phrase: &str| self.pool.lowered(phrase);
            let nominal = found.form == Form::Nominal;
            nominal.then(|| turned_definition(description, &term, language, &lowered)).flatten()
        };
        if let Some(text) = turned(term) {
            let statement = self.statement(origin, text, true, REWORDED);
            made.push(Draft { claimed: Some(term.to_owned()), ..statement });
        }
        if let Some(other) = replacing {
            let plain = if found.term.start == 0 { capitalised(other) } else { other.clone() };
            let draft = match turned(other) {
                Some(text) => self.statement(origin, text, false, FALSE_FACT),
                None => self.false_statement(origin, origin.text, (&whole, &plain), FALSE_FACT),
            };
            made.push(Draft { claimed: Some(other.clone()), ..draft });
        }
    }

    /// Who did something, where the sentence begins with them.
    fn of_doer(&self, origin: &Origin<'_>, random: &mut Random, made: &mut Vec<Draft>) {
        let language = self.language();
        let Some(found) = self.pool.deed(origin.text) else { return };
        let right = &origin.text[found.who.clone()];
        let Some(asked) = wh::for_doer(origin.text, &found, language) else { return };
        let close = self.difficulty == Difficulty::Hard;
        let mut others = self.pool.other_people(right, origin.section, close, random);
        others.retain(|other| !origin.text.contains(other.as_str()));
        // „odkryła” fits no man.
        let same_gender = |other: &&String| language != Language::Pl || other.ends_with('a') == right.ends_with('a');
        if let Some(other) = others.iter().find(same_gender) {
            made.push(self.false_statement(origin, origin.text, (&found.who, other), FALSE_FACT));
        }
        let accepted: Vec<String> = self.pool.last_name(right).into_iter().collect();
        let gapped = replaced(origin.text, &found.who, GAP);
        let gap = phrases::fill_gap(language, Blank::Name, &gapped);
        let forms = [(QuestionForm::Short, asked.clone(), 0.5), (QuestionForm::Cloze, gap, 0.2)];
        for (form, question, bonus) in forms {
            let mut draft = self.draft(origin, form, question, right, bonus);
            draft.accepted.clone_from(&accepted);
            made.push(draft);
        }
        if others.len() >= OPTIONS - 1 {
            let mut draft = self.draft(origin, QuestionForm::Mcq, asked, right, 0.5);
            draft.wrong = Wrong::These(others.into_iter().take(OPTIONS).collect());
            made.push(draft);
        }
    }

    fn of_names(&self, origin: &Origin<'_>, random: &mut Random, made: &mut Vec<Draft>) {
        let language = self.language();
        for name in names(origin.text, language, &self.reading.grammar).into_iter().take(2) {
            let right = &origin.text[name.range.clone()];
            let asked = wh::for_name(origin.text, &name.range, language, &|phrase| self.pool.lowered(phrase));
            let others: Vec<String> = self
                .pool
                .other_names(&name.key, right, origin.section, self.difficulty == Difficulty::Hard, random)
                .into_iter()
                .filter(|other| name.key.tells_the_kind() && !origin.text.contains(other.as_str()))
                .collect();
            let gapped = replaced(origin.text, &name.range, GAP);
            if others.len() >= OPTIONS - 1 {
                let question = asked.clone().unwrap_or_else(|| phrases::choose_for_gap(language, Blank::Name, &gapped));
                let mut draft = self.draft(origin, QuestionForm::Mcq, question, right, 0.1);
                draft.wrong = Wrong::These(others.iter().take(OPTIONS).cloned().collect());
                made.push(draft);
            }
            if let Some(other) = others.iter().find(|other| self.pool.same_form(right, other)) {
                made.push(self.false_statement(origin, origin.text, (&name.range, other), FALSE_FACT - 0.1));
            }
            if let Some(asked) = asked {
                made.push(self.draft(origin, QuestionForm::Short, asked, right, 0.4));
            }
        }
    }

    fn of_abbreviation(&self, origin: &Origin<'_>, made: &mut Vec<Draft>) {
        if let Some(found) = abbreviation(origin.text) {
            let (short, long) = (&origin.text[found.short], &origin.text[found.long]);
            made.push(self.draft(origin, QuestionForm::Short, phrases::stands_for(self.language(), short), long, 0.3));
        }
    }

    fn of_opposite(&self, origin: &Origin<'_>, made: &mut Vec<Draft>) {
        let (language, grammar) = (self.language(), &self.reading.grammar);
        let turned = [
            (opposite(origin.text, language), 0.0),
            (affirmed(origin.text, language, grammar), 0.0),
            (denied(origin.text, language, grammar), -DENIED),
        ];
        for (found, bonus) in turned {
            let Some((range, other)) = found else { continue };
            let Some(text) = without_what_follows(origin.text, &range, language) else { continue };
            // What is only said by the way is not what the sentence states.
            if !is_in_an_aside(&text, &range, language) {
                made.push(self.false_statement(origin, &text, (&range, &other), bonus));
            }
        }
    }

    /// The term with the brackets or the other names after it, and these names.
    fn with_other_names(&self, text: &str, term: &Range<usize>) -> (Range<usize>, Vec<String>) {
        let found = second_names(text, term.end, self.language(), true);
        (term.start..found.end, found.names)
    }
}

/// Says of the drafts that were made last what they ask for.
fn mark(made: &mut [Draft], kind: Kind) {
    made.iter_mut().filter(|draft| draft.kind.is_none()).for_each(|draft| draft.kind = Some(kind));
}

/// The definition of every sentence that a statement can be made of.
pub(crate) fn definitions(reading: &Reading<'_>) -> Vec<Option<Definition>> {
    let of = |sentence: &crate::reading::Sentence| {
        sentence.good.then(|| facts::definition(&sentence.text, reading.language, &reading.grammar)).flatten()
    };
    reading.sentences.iter().map(of).collect()
}
