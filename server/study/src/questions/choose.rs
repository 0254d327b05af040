//! Which of the drafted questions come into the quiz.

use super::{
    MadeQuestion, Wanted, ask_the_same,
    draft::{Draft, Kind, OPTIONS},
};
use crate::{
    random::Random,
    validator::{Checker, decide_one_another, tells_what_is_written},
};
use domain::{
    citation::Citation,
    quizzes::{QuestionForm, QuestionType},
};
use std::{
    cmp::Ordering,
    collections::{BTreeMap, HashMap},
};

/// What a further question of the same section counts for less.
const SAME_SECTION: f64 = 0.12;
/// What a further question of the same kind counts for less, so that years and numbers leave room for others.
const SAME_KIND: f64 = 0.06;
/// A quiz has one year, and one number, in so many questions where there is anything else of the form to ask for.
const EVERY_NUMBER: usize = 5;
const TRUTHS: [&str; 2] = ["true", "false"];
/// Of how many hundred multiple-choice questions the longest option may be right.
const LONGEST_PERCENT: usize = 30;

/// Which drafts may be in one quiz, looked up once for all attempts.
struct Pairs<'a> {
    drafts: &'a [Draft],
    questions: Vec<MadeQuestion>,
    checker: &'a Checker<'a>,
    known: HashMap<(usize, usize), bool>,
}

impl<'a> Pairs<'a> {
    fn of(drafts: &'a [Draft], checker: &'a Checker<'a>) -> Self {
        let questions = drafts.iter().map(|draft| draft.finish(0)).collect();
        Self { drafts, questions, checker, known: HashMap::new() }
    }

    fn fit(&mut self, taken: usize, at: usize) -> bool {
        if let Some(fit) = self.known.get(&(taken, at)) {
            return *fit;
        }
        let fit = self.is_new(taken, at);
        self.known.insert((taken, at), fit);
        fit
    }

    /// Whether the draft at a place asks nothing that the one that is taken asks or tells.
    fn is_new(&self, taken: usize, at: usize) -> bool {
        let (taken, known) = (&self.drafts[taken], &self.questions[taken]);
        let (draft, question) = (&self.drafts[at], &self.questions[at]);
        let grammar = self.checker.grammar_of(question);
        taken.citation != draft.citation
            && !taken.has_the_answer_of(draft)
            && !taken.tells_with(draft)
            && !ask_the_same(known, question, grammar)
            && !tells_what_is_written(known, question, grammar)
            && !tells_what_is_written(question, known, grammar)
            && !decide_one_another(known, question, grammar)
    }
}

struct Choice<'a, 'p> {
    drafts: &'a [Draft],
    pairs: &'p mut Pairs<'a>,
    /// Which drafts may still come in.
    open: Vec<bool>,
    taken: Vec<usize>,
    sections: BTreeMap<(usize, usize), u32>,
    kinds: BTreeMap<Kind, usize>,
    /// Years, and numbers, that may be asked for before all else was.
    numbers: usize,
    multiple: usize,
    /// What a statement is where as many are true as false; a lone one is not always false.
    first_truth: &'static str,
}

/// The best drafts, the forms mixed, spread over the text, no two about the same.
pub(crate) fn choose(
    drafts: &[Draft],
    forms: &[QuestionForm],
    wanted: &Wanted,
    checker: &Checker<'_>,
) -> Vec<MadeQuestion> {
    let count = wanted.count as usize;
    let first_question = drafts.first().map_or("", |draft| draft.question.as_str());
    let first_truth = TRUTHS[Random::named(wanted.seed, first_question).below(2)];
    let mut pairs = Pairs::of(drafts, checker);
    let mut attempt = |forms: &[QuestionForm], truth, count: usize| {
        finish(Choice::of(&mut pairs, forms.len(), count, truth).fill(forms, count), wanted.seed)
    };
    let first = attempt(forms, first_truth, count);
    let mut best = first.clone();
    // What is taken first shuts out others, so that another order may find more; where fewer are wanted, numbers come later.
    for fewer in [false, true] {
        let aim = if fewer { count.min(best.len() + 1) } else { count };
        for (forms, truth) in orders(forms) {
            if best.len() >= aim {
                break;
            }
            let other = attempt(&forms, truth, aim);
            if is_more(&other, &first) && worth(&other) > worth(&best) {
                best = other;
            }
        }
    }
    best
}

/// The forms beginning with each of them, and with a true or a false statement first: the same for every seed.
fn orders(forms: &[QuestionForm]) -> impl Iterator<Item = (Vec<QuestionForm>, &'static str)> {
    let turned = |by: usize| [&forms[by..], &forms[..by]].concat();
    (0..forms.len()).flat_map(move |by| TRUTHS.map(|truth| (turned(by), truth)))
}

/// Whether there are more questions and not fewer to choose the answer of.
fn is_more(made: &[MadeQuestion], than: &[MadeQuestion]) -> bool {
    let count =
        |all: &[MadeQuestion]| all.iter().filter(|question| question.kind == QuestionType::MultipleChoice).count();
    made.len() > than.len() && count(made) >= count(than)
}

/// Statements count half: they are guessed at even odds, and a quiz of nothing else is dull.
fn worth(made: &[MadeQuestion]) -> usize {
    made.iter().map(|question| if question.kind == QuestionType::TrueFalse { 1 } else { 2 }).sum()
}

impl<'a, 'p> Choice<'a, 'p> {
    fn of(pairs: &'p mut Pairs<'a>, forms: usize, count: usize, first_truth: &'static str) -> Self {
        Self {
            drafts: pairs.drafts,
            open: vec![true; pairs.drafts.len()],
            pairs,
            taken: Vec::new(),
            sections: BTreeMap::new(),
            kinds: BTreeMap::new(),
            numbers: count.div_ceil(EVERY_NUMBER),
            multiple: count.div_ceil(forms),
            first_truth,
        }
    }

    /// What is chosen, each form in turn.
    fn fill(mut self, forms: &[QuestionForm], count: usize) -> Vec<&'a Draft> {
        for round in 0..count {
            let form = forms[round % forms.len()];
            // Where one form is exhausted, another takes its turn.
            let found = std::iter::once(form).chain(forms.iter().copied()).find_map(|form| self.best(form));
            let Some(at) = found else { break };
            self.take(at);
        }
        self.even_out();
        self.taken().collect()
    }

    fn taken(&self) -> impl Iterator<Item = &'a Draft> {
        let drafts = self.drafts;
        self.taken.iter().map(move |at| &drafts[*at])
    }

    /// The best of a form that is new. What is not is forgotten: nothing that is taken later makes it new.
    fn best(&mut self, form: QuestionForm) -> Option<usize> {
        let wanted_truth = self.wanted_truth();
        let found = self.best_with(form, wanted_truth);
        if found.is_some() || form != QuestionForm::Tf || !self.may_take_more_of_one_truth() {
            return found;
        }
        self.best_with(form, if wanted_truth == "true" { "false" } else { "true" })
    }

    /// Whether there may be one more true or false statement than is even.
    fn may_take_more_of_one_truth(&self) -> bool {
        let count =
            |right: &str| self.taken().filter(|draft| draft.form == QuestionForm::Tf && draft.right == right).count();
        count("true") == count("false")
    }

    fn best_with(&mut self, form: QuestionForm, wanted_truth: &str) -> Option<usize> {
        let spare = self.spare_longest();
        let worth = |draft: &Draft| {
            let again = |count: usize| u32::try_from(count).map_or(f64::MAX, f64::from);
            draft.weight
                - SAME_SECTION * f64::from(self.sections.get(&draft.origin).copied().unwrap_or(0))
                - SAME_KIND * again(self.of_kind(draft))
        };
        let mut fitting: Vec<(bool, f64, usize)> = Vec::new();
        for (at, draft) in self.drafts.iter().enumerate() {
            if !self.open[at] || draft.form != form {
                continue;
            }
            let truth = form != QuestionForm::Tf || draft.right == wanted_truth;
            if truth && (spare || !draft.longest_is_right()) {
                fitting.push((self.is_one_number_more(draft), worth(draft), at));
            }
        }
        fitting.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)).then(one.2.cmp(&other.2)));
        for (_, _, at) in fitting {
            if self.taken.iter().all(|taken| self.pairs.fit(*taken, at)) {
                return Some(at);
            }
            self.open[at] = false;
        }
        None
    }

    /// How many of its kind there are already. Statements about whether something is so are of no kind.
    fn of_kind(&self, draft: &Draft) -> usize {
        draft.kind.filter(|kind| *kind != Kind::Other).and_then(|kind| self.kinds.get(&kind)).copied().unwrap_or(0)
    }

    /// Whether it asks for a year or a number of which there are enough.
    fn is_one_number_more(&self, draft: &Draft) -> bool {
        matches!(draft.kind, Some(Kind::Year | Kind::Number)) && self.of_kind(draft) >= self.numbers
    }

    fn wanted_truth(&self) -> &'static str {
        let count =
            |right: &str| self.taken().filter(|draft| draft.form == QuestionForm::Tf && draft.right == right).count();
        match count("false").cmp(&count("true")) {
            Ordering::Less => "false",
            Ordering::Greater => "true",
            Ordering::Equal => self.first_truth,
        }
    }

    /// Whether another question whose longest option is right may come in.
    fn spare_longest(&self) -> bool {
        let longest = self.taken().filter(|draft| draft.longest_is_right()).count();
        (longest + 1) * 100 <= self.multiple * LONGEST_PERCENT
    }

    fn take(&mut self, at: usize) {
        let draft = &self.drafts[at];
        *self.sections.entry(draft.origin).or_default() += 1;
        if let Some(kind) = draft.kind {
            *self.kinds.entry(kind).or_default() += 1;
        }
        self.open[at] = false;
        self.taken.push(at);
    }

    /// Drops what would make the quiz guessable where there were too few of the other kind.
    fn even_out(&mut self) {
        loop {
            let multiple = self.taken().filter(|draft| draft.form == QuestionForm::Mcq).count();
            let longest = self.taken().filter(|draft| draft.longest_is_right()).count();
            if longest * 100 <= multiple * LONGEST_PERCENT {
                break;
            }
            let Some(at) = self.taken.iter().rposition(|at| self.drafts[*at].longest_is_right()) else { break };
            self.taken.remove(at);
        }
    }
}

/// The questions in the order of the text, the right options spread evenly.
fn finish(mut taken: Vec<&Draft>, seed: u64) -> Vec<MadeQuestion> {
    taken.sort_by_key(|draft| (draft.origin.0, place(&draft.citation)));
    loop {
        let made = arranged(&taken, seed);
        let Some(at) = crowded(&made) else { return made };
        taken.remove(at);
    }
}

/// The last question whose right option stands where too many do, because the numbers left no other place.
fn crowded(made: &[MadeQuestion]) -> Option<usize> {
    let position = |question: &MadeQuestion| {
        let at = question.options.iter().position(|option| *option == question.correct_answer);
        at.filter(|_| question.kind == QuestionType::MultipleChoice)
    };
    let mut counts = [0_usize; OPTIONS];
    made.iter().filter_map(position).for_each(|at| counts[at.min(OPTIONS - 1)] += 1);
    let (most, least) = (counts.iter().max()?, counts.iter().min()?);
    let full = counts.iter().position(|count| count == most).filter(|_| most - least > 1)?;
    made.iter().rposition(|question| position(question) == Some(full))
}

fn arranged(taken: &[&Draft], seed: u64) -> Vec<MadeQuestion> {
    let multiple: Vec<&Draft> = taken.iter().copied().filter(|draft| draft.form == QuestionForm::Mcq).collect();
    let mut random = Random::named(seed, taken.first().map_or("", |draft| draft.question.as_str()));
    let mut positions = positions(&multiple, &mut random).into_iter();
    taken
        .iter()
        .map(|draft| draft.finish(if draft.form == QuestionForm::Mcq { positions.next().unwrap_or(0) } else { 0 }))
        .collect()
}

/// Where the right options stand: each position as often as the others, and another position where there are too few
/// numbers on one side of the right one, or those around it would all be shorter.
fn positions(multiple: &[&Draft], random: &mut Random) -> Vec<usize> {
    let used = multiple.len();
    let mut first: Vec<usize> = (0..OPTIONS).collect();
    random.shuffle(&mut first);
    let mut slots: Vec<usize> = (0..used.next_multiple_of(OPTIONS)).map(|index| first[index % OPTIONS]).collect();
    random.shuffle(&mut slots[..used]);
    for (at, draft) in multiple.iter().enumerate() {
        let own = slots[at];
        if draft.suits(own) {
            continue;
        }
        let other = (0..slots.len()).find(|other| {
            let fits = draft.suits(slots[*other]);
            let suits_both = match multiple.get(*other) {
                Some(partner) => partner.suits(own),
                // A position that was not used yet; one that is left over twice would be used too seldom.
                None => !slots[used..].contains(&own),
            };
            fits && suits_both
        });
        if let Some(other) = other {
            slots.swap(at, other);
        }
    }
    slots.truncate(used);
    slots
}

fn place(citation: &Citation) -> (u32, u32) {
    match citation {
        Citation::Document { page, start, .. } => (*page, *start),
        Citation::Text { start, .. } => (0, *start),
        _ => (0, 0),
    }
}
