//! Which of the drafted questions come into the quiz.

use super::{
    MadeQuestion, Wanted, ask_the_same,
    draft::{Draft, Kind, OPTIONS},
};
use crate::{
    random::Random,
    validator::{Checker, tells_what_is_written},
};
use domain::{citation::Citation, quizzes::QuestionForm};
use std::{cmp::Ordering, collections::BTreeMap};

/// What a further question of the same section counts for less.
const SAME_SECTION: f64 = 0.12;
/// What a further question of the same kind counts for less, so that years and numbers leave room for others.
const SAME_KIND: f64 = 0.06;
/// A quiz has one year, and one number, in so many questions where there is anything else of the form to ask for.
const EVERY_NUMBER: usize = 5;
/// Of how many hundred multiple-choice questions the longest option may be right.
const LONGEST_PERCENT: usize = 30;

struct Choice<'a> {
    drafts: Vec<Option<Draft>>,
    checker: &'a Checker<'a>,
    taken: Vec<Draft>,
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
    drafts: Vec<Draft>,
    forms: &[QuestionForm],
    wanted: &Wanted,
    checker: &Checker<'_>,
) -> Vec<MadeQuestion> {
    let count = wanted.count as usize;
    let first_question = drafts.first().map_or("", |draft| draft.question.as_str());
    let first_truth = ["true", "false"][Random::named(wanted.seed, first_question).below(2)];
    let mut choice = Choice {
        drafts: drafts.into_iter().map(Some).collect(),
        checker,
        taken: Vec::new(),
        sections: BTreeMap::new(),
        kinds: BTreeMap::new(),
        numbers: count.div_ceil(EVERY_NUMBER),
        multiple: count.div_ceil(forms.len()),
        first_truth,
    };
    for round in 0..count {
        let form = forms[round % forms.len()];
        // Where one form is exhausted, another takes its turn.
        let found = std::iter::once(form).chain(forms.iter().copied()).find_map(|form| choice.best(form));
        let Some(at) = found else { break };
        choice.take(at);
    }
    choice.even_out();
    finish(choice.taken, wanted.seed)
}

impl Choice<'_> {
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
        let count = |right: &str| {
            self.taken.iter().filter(|draft| draft.form == QuestionForm::Tf && draft.right == right).count()
        };
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
            let Some(draft) = draft.as_ref().filter(|draft| draft.form == form) else { continue };
            let truth = form != QuestionForm::Tf || draft.right == wanted_truth;
            if truth && (spare || !draft.longest_is_right()) {
                fitting.push((self.is_one_number_more(draft), worth(draft), at));
            }
        }
        fitting.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)).then(one.2.cmp(&other.2)));
        for (_, _, at) in fitting {
            if self.is_new(at) {
                return Some(at);
            }
            self.drafts[at] = None;
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
        let count = |right: &str| {
            self.taken.iter().filter(|draft| draft.form == QuestionForm::Tf && draft.right == right).count()
        };
        match count("false").cmp(&count("true")) {
            Ordering::Less => "false",
            Ordering::Greater => "true",
            Ordering::Equal => self.first_truth,
        }
    }

    /// Whether another question whose longest option is right may come in.
    fn spare_longest(&self) -> bool {
        let longest = self.taken.iter().filter(|draft| draft.longest_is_right()).count();
        (longest + 1) * 100 <= self.multiple * LONGEST_PERCENT
    }

    fn is_new(&self, at: usize) -> bool {
        let Some(draft) = &self.drafts[at] else { return false };
        let question = draft.finish(0);
        self.taken.iter().all(|taken| {
            let known = taken.finish(0);
            let grammar = self.checker.grammar_of(&question);
            taken.citation != draft.citation
                && !taken.has_the_answer_of(draft)
                && !taken.tells_with(draft)
                && !ask_the_same(&known, &question, grammar)
                && !tells_what_is_written(&known, &question, grammar)
                && !tells_what_is_written(&question, &known, grammar)
        })
    }

    fn take(&mut self, at: usize) {
        if let Some(draft) = self.drafts[at].take() {
            *self.sections.entry(draft.origin).or_default() += 1;
            if let Some(kind) = draft.kind {
                *self.kinds.entry(kind).or_default() += 1;
            }
            self.taken.push(draft);
        }
    }

    /// Drops what would make the quiz guessable where there were too few of the other kind.
    fn even_out(&mut self) {
        loop {
            let multiple = self.taken.iter().filter(|draft| draft.form == QuestionForm::Mcq).count();
            let longest = self.taken.iter().filter(|draft| draft.longest_is_right()).count();
            if longest * 100 <= multiple * LONGEST_PERCENT {
                break;
            }
            let Some(at) = self.taken.iter().rposition(Draft::longest_is_right) else { break };
            self.taken.remove(at);
        }
    }
}

/// The questions in the order of the text, the right options spread evenly.
fn finish(mut taken: Vec<Draft>, seed: u64) -> Vec<MadeQuestion> {
    taken.sort_by_key(|draft| (draft.origin.0, place(&draft.citation)));
    let multiple: Vec<&Draft> = taken.iter().filter(|draft| draft.form == QuestionForm::Mcq).collect();
    let mut random = Random::named(seed, taken.first().map_or("", |draft| draft.question.as_str()));
    let mut positions = positions(&multiple, &mut random).into_iter();
    taken
        .iter()
        .map(|draft| draft.finish(if draft.form == QuestionForm::Mcq { positions.next().unwrap_or(0) } else { 0 }))
        .collect()
}

/// Where the right options stand: each position as often as the others, and where the numbers around the right one would
/// all be shorter, another position.
fn positions(multiple: &[&Draft], random: &mut Random) -> Vec<usize> {
    let used = multiple.len();
    let mut first: Vec<usize> = (0..OPTIONS).collect();
    random.shuffle(&mut first);
    let mut slots: Vec<usize> = (0..used.next_multiple_of(OPTIONS)).map(|index| first[index % OPTIONS]).collect();
    random.shuffle(&mut slots[..used]);
    for (at, draft) in multiple.iter().enumerate() {
        let own = slots[at];
        if !draft.longest_is_right_at(own) {
            continue;
        }
        let other = (0..slots.len()).find(|other| {
            let fits = !draft.longest_is_right_at(slots[*other]);
            let suits_both = match multiple.get(*other) {
                Some(partner) => !partner.longest_is_right_at(own),
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
