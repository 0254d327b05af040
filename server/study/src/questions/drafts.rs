//! The questions that can be made of each sentence.

use super::{
    causes::Reasons,
    draft::{Draft, OPTIONS, Wrong},
    lists::Lists,
    phrases::{self, Blank, GAP},
    pool::Pool,
    wh,
};
use crate::{
    facts::{self, Definition, Figure, Form, abbreviation, figures, names, opposite, replaced, spelled},
    language::Language,
    random::Random,
    rank::Vocabulary,
    reading::Reading,
    words::capitalised,
};
use domain::{
    citation::Citation,
    quizzes::{Difficulty, QuestionForm},
};
use std::ops::Range;

/// Longest sentence that is shown in a question, in code points.
const SHOWN_MAX: usize = 220;

/// What a false statement with another fact of the same kind counts for more than one with a turned word.
const FALSE_FACT: f64 = 0.5;

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
        for figure in figures(origin.text).iter().take(2) {
            self.of_figure(&origin, figure, &mut random, &mut made);
        }
        self.of_spelled(&origin, &mut made);
        self.of_names(&origin, &mut random, &mut made);
        self.of_abbreviation(&origin, &mut made);
        self.of_opposite(&origin, &mut made);
        self.of_cause(&origin, &mut random, &mut made);
        self.of_list(&origin, &mut random, &mut made);
        if !made.is_empty() {
            let bonus = self.concreteness(&origin, index);
            made.push(self.statement(&origin, origin.text.to_owned(), true, bonus));
        }
        made
    }

    /// What a sentence is worth as a true statement: who has not read it can doubt a number or a name, while what is said
    /// in general only sounds right.
    fn concreteness(&self, origin: &Origin<'_>, index: usize) -> f64 {
        let named =
            names(origin.text, self.language(), &self.reading.grammar).iter().any(|name| name.key.tells_the_kind());
        match (figures(origin.text).is_empty() && !named, &self.definitions[index]) {
            (false, _) => 0.3,
            (true, Some(_)) => 0.1,
            (true, None) => -0.2,
        }
    }

    fn language(&self) -> Language {
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
            origin: (self.source, origin.section),
        }
    }

    pub(super) fn statement(&self, origin: &Origin<'_>, text: String, is_true: bool, bonus: f64) -> Draft {
        let right = if is_true { "true" } else { "false" };
        self.draft(origin, QuestionForm::Tf, phrases::true_or_false(self.language(), &text), right, bonus)
    }

    fn of_definition(&self, origin: &Origin<'_>, found: &Definition, random: &mut Random, made: &mut Vec<Draft>) {
        let term = &origin.text[found.term.clone()];
        let language = self.language();
        // An abbreviation or a foreign word in brackets after the term would give it away.
        let (whole, short) = with_brackets(origin.text, &found.term);
        let gapped = replaced(origin.text, &whole, GAP);
        let mut cloze =
            self.draft(origin, QuestionForm::Cloze, phrases::fill_gap(language, Blank::Term, &gapped), term, 0.3);
        cloze.accepted = short.iter().cloned().collect();
        made.push(cloze);
        if found.form == Form::Inflected {
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
        written.accepted = short.into_iter().collect();
        made.push(written);
        let lower = origin.text.to_lowercase();
        let mut others = self.pool.other_terms(term, origin.section, self.difficulty == Difficulty::Hard, random);
        others.retain(|other| !lower.contains(&other.to_lowercase()));
        if others.len() >= OPTIONS - 1 {
            let mut draft = self.draft(origin, QuestionForm::Mcq, choose, &shown(term), 0.6);
            draft.wrong = Wrong::These(others.iter().take(OPTIONS).map(|other| shown(other)).collect());
            made.push(draft);
        }
        if let Some(other) = others.iter().find(|other| self.pool.can_replace(term, other)) {
            let other = if found.term.start == 0 { capitalised(other) } else { other.clone() };
            made.push(self.statement(origin, replaced(origin.text, &whole, &other), false, FALSE_FACT));
        }
    }

    fn of_figure(&self, origin: &Origin<'_>, figure: &Figure, random: &mut Random, made: &mut Vec<Draft>) {
        let right = &origin.text[figure.range.clone()];
        let small = !figure.is_year && (0..=1).any(|value| figure.number.is_whole(value));
        let told = !figure.is_year && counts_itself(origin.text, &figure.range);
        if small || told || is_estimate(origin.text, &figure.range) {
            return;
        }
        let known = self.pool.other_numbers(origin.text, figure);
        let [below, above] = figure.number.others(figure, &known, self.difficulty, self.language());
        let blank = if figure.is_year { Blank::Year } else { Blank::Number };
        let asked = wh::for_number(origin.text, &figure.range, figure.is_year, self.language(), &|phrase| {
            self.pool.lowered(phrase)
        });
        let accepted: Vec<String> = figure.number.plain().into_iter().collect();
        let others: Vec<&String> = below.iter().take(1).chain(above.iter().take(1)).collect();
        let other = others.get(random.below(others.len())).filter(|_| !is_bound(origin.text, &figure.range));
        if let Some(other) = other {
            made.push(self.statement(origin, replaced(origin.text, &figure.range, other), false, FALSE_FACT));
        }
        self.of_number(origin, (&figure.range, blank, right), asked, [below, above], &accepted, made);
    }

    fn of_spelled(&self, origin: &Origin<'_>, made: &mut Vec<Draft>) {
        let Some(found) = spelled(origin.text, self.language()) else { return };
        if is_estimate(origin.text, &found.range) || counts_itself(origin.text, &found.range) {
            return;
        }
        let right = &origin.text[found.range.clone()];
        let own = |words: Vec<&'static str>| words.into_iter().map(str::to_owned).collect::<Vec<_>>();
        let asked =
            wh::for_number(origin.text, &found.range, false, self.language(), &|phrase| self.pool.lowered(phrase));
        if let Some(other) = found.above.first() {
            made.push(self.statement(origin, replaced(origin.text, &found.range, other), false, FALSE_FACT - 0.1));
        }
        let around = [own(found.below), own(found.above)];
        self.of_number(origin, (&found.range, Blank::Number, right), asked, around, &[found.digits.to_string()], made);
    }

    fn of_number(
        &self,
        origin: &Origin<'_>,
        (range, blank, right): (&Range<usize>, Blank, &str),
        asked: Option<String>,
        around: [Vec<String>; 2],
        accepted: &[String],
        made: &mut Vec<Draft>,
    ) {
        let language = self.language();
        let gapped = replaced(origin.text, range, GAP);
        let bonus = if asked.is_some() { 0.5 } else { 0.2 };
        if around[0].len() + around[1].len() >= OPTIONS - 1 {
            let question = asked.clone().unwrap_or_else(|| phrases::choose_for_gap(language, blank, &gapped));
            let mut draft = self.draft(origin, QuestionForm::Mcq, question, right, bonus);
            draft.wrong = Wrong::Around(around);
            made.push(draft);
        }
        if let Some(asked) = asked {
            let mut draft = self.draft(origin, QuestionForm::Short, asked, right, bonus);
            draft.accepted = accepted.to_vec();
            made.push(draft);
        }
        let mut draft =
            self.draft(origin, QuestionForm::Cloze, phrases::fill_gap(language, blank, &gapped), right, 0.1);
        draft.accepted = accepted.to_vec();
        made.push(draft);
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
                made.push(self.statement(origin, replaced(origin.text, &name.range, other), false, FALSE_FACT - 0.1));
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
        if let Some((range, other)) = opposite(origin.text, self.language()) {
            made.push(self.statement(origin, replaced(origin.text, &range, &other), false, 0.0));
        }
    }
}

/// The term with the brackets after it, and what stands in them if that is an abbreviation.
fn with_brackets(text: &str, term: &Range<usize>) -> (Range<usize>, Option<String>) {
    let inside = text[term.end..].strip_prefix(" (").and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside);
    let Some(inside) = inside.filter(|inside| !inside.contains('(')) else { return (term.clone(), None) };
    let short = Some(inside).filter(|short| short.chars().count() < 12 && !short.contains(' '));
    (term.start..term.end + inside.len() + 3, short.map(str::to_owned))
}

/// Whether what is counted is named one by one after a colon, so that anyone can count it.
fn counts_itself(text: &str, number: &Range<usize>) -> bool {
    text[number.end..].contains(": ")
}

/// Whether it is the second of “one or two”.
fn is_estimate(text: &str, number: &Range<usize>) -> bool {
    [" or ", " lub ", " albo ", " czy "].iter().any(|or| text[..number.start].ends_with(or))
}

/// Whether it is only a bound: “more than 150” is not false of what is more than 200.
fn is_bound(text: &str, number: &Range<usize>) -> bool {
    const BOUNDS: [&str; 20] = [
        "more than",
        "less than",
        "fewer than",
        "over",
        "under",
        "at least",
        "at most",
        "up to",
        "as much as",
        "as many as",
        "ponad",
        "powyżej",
        "poniżej",
        "co najmniej",
        "przynajmniej",
        "co najwyżej",
        "najwyżej",
        "więcej niż",
        "mniej niż",
        "nawet",
    ];
    let before = text[..number.start].trim_end().to_lowercase();
    BOUNDS
        .iter()
        .any(|bound| before.strip_suffix(bound).is_some_and(|rest| rest.is_empty() || rest.ends_with([' ', '('])))
}

/// The definition of every sentence that a statement can be made of.
pub(crate) fn definitions(reading: &Reading<'_>) -> Vec<Option<Definition>> {
    let of = |sentence: &crate::reading::Sentence| {
        sentence.good.then(|| facts::definition(&sentence.text, reading.language, &reading.grammar)).flatten()
    };
    reading.sentences.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bound_is_not_made_false_by_another_number() {
        for (text, bound) in [
            ("Observations date back more than 200 years.", true),
            ("Rzeka ma ponad 200 dopływów.", true),
            ("Over 200 people came.", true),
            ("The moreover 200 words.", false),
            ("It has 200 members.", false),
        ] {
            let start = text.find("200").unwrap_or_default();
            assert_eq!(is_bound(text, &(start..start + 3)), bound, "{text}");
        }
    }
}
