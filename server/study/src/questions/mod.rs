//! Questions about a text, each with its answer and where that stands.

mod causes;
mod choose;
mod draft;
mod drafts;
mod lists;
mod numbers;
pub(crate) mod phrases;
mod pool;
mod reworded;
mod wh;

use crate::{
    Source,
    random::Random,
    rank::ranks,
    validator::{self, Checker},
};
use causes::Reasons;
use choose::choose;
use domain::{
    citation::Citation,
    quizzes::{Difficulty, QuestionForm, QuestionType, QuizStatistics},
};
use draft::Draft;
use drafts::{Maker, definitions};
use lists::Lists;
use pool::Pool;
use std::collections::{BTreeMap, BTreeSet};

/// What is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// How many at most.
    pub count: u32,
    /// Which forms; empty for all.
    pub forms: Vec<QuestionForm>,
    /// How hard.
    pub difficulty: Difficulty,
    /// Another seed gives another choice of questions and another order of options.
    pub seed: u64,
}

/// A question with its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MadeQuestion {
    /// How it is answered.
    pub kind: QuestionType,
    /// What is asked.
    pub question: String,
    /// Of a multiple choice: what to choose from. Of true or false: `true` and `false`.
    pub options: Vec<String>,
    /// One of the options, or what is to be written.
    pub correct_answer: String,
    /// Of a short answer: what else is right.
    pub accepted_answers: Vec<String>,
    /// Where the answer stands.
    pub citation: Citation,
}

/// Questions as they come out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MadeQuestions {
    /// Those that passed every check, in the order of the text.
    pub questions: Vec<MadeQuestion>,
    /// How the checks went.
    pub statistics: QuizStatistics,
    /// What the author should know: fewer questions than wanted and why.
    pub remark: Option<String>,
}

/// Most sentences of one source that questions are drafted of.
const SENTENCES_MAX: usize = 2_000;

/// Most drafts of one form that differ in nothing but numbers: only one of them comes into a quiz.
const ALIKE_MAX: usize = 5;

/// Makes questions of one or several sources.
#[must_use]
pub fn make_questions(sources: &[Source], wanted: &Wanted) -> MadeQuestions {
    let checker = Checker::of(sources);
    let forms = if wanted.forms.is_empty() {
        vec![QuestionForm::Mcq, QuestionForm::Tf, QuestionForm::Short, QuestionForm::Cloze]
    } else {
        wanted.forms.clone()
    };
    let mut drafts: Vec<Draft> = (0..sources.len()).flat_map(|source| drafts_of(&checker, source, wanted)).collect();
    drafts.retain(|draft| forms.contains(&draft.form));
    for draft in &mut drafts {
        draft.weight += 0.3 * (Random::named(wanted.seed, &draft.question).below(1_000) as f64 / 1_000.0);
    }
    drafts.sort_by(|one, other| other.weight.total_cmp(&one.weight).then_with(|| one.question.cmp(&other.question)));
    drafts = fewer(drafts, wanted.count as usize * 10 + 60);
    let drafted = drafts.len();
    let mut dropped: BTreeMap<String, u32> = BTreeMap::new();
    drafts.retain(|draft| match draft.arrangements().find_map(|made| checker.fault(&made)) {
        Some(fault) => {
            *dropped.entry(fault.name().to_owned()).or_default() += 1;
            false
        }
        None => true,
    });
    let chosen = choose(&drafts, &forms, wanted, &checker);
    let (questions, mut statistics) = checker.validate(chosen);
    for (name, count) in dropped {
        *statistics.dropped.entry(name).or_default() += count;
    }
    statistics.drafted = u32::try_from(drafted).unwrap_or(u32::MAX);
    let remark = remark(&checker, questions.len(), wanted.count as usize);
    MadeQuestions { questions, statistics, remark }
}

fn drafts_of(checker: &Checker<'_>, source: usize, wanted: &Wanted) -> Vec<Draft> {
    let (reading, vocabulary) = checker.read(source);
    let ranks = ranks(reading, vocabulary);
    let definitions = definitions(reading);
    let pool = Pool::of(reading, &definitions);
    let maker = Maker {
        reading,
        vocabulary,
        source,
        reasons: Reasons::of(reading),
        lists: Lists::of(reading, vocabulary, &pool),
        definitions,
        pool,
        difficulty: wanted.difficulty,
        seed: wanted.seed,
    };
    let mut order: Vec<usize> = (0..ranks.len()).filter(|index| ranks[*index] > 0.0).collect();
    order.sort_by(|one, other| ranks[*other].total_cmp(&ranks[*one]).then(one.cmp(other)));
    // A sentence that comes again asks nothing new.
    let mut seen = BTreeSet::new();
    order.retain(|index| seen.insert(reading.sentences[*index].text.as_str()));
    order.truncate(SENTENCES_MAX);
    // Hard questions are about details, easy ones about what the text says most of.
    let share = match wanted.difficulty {
        Difficulty::Easy => 1.0,
        Difficulty::Medium => 0.7,
        Difficulty::Hard => 0.3,
    };
    order.into_iter().flat_map(|index| maker.drafts(index, ranks[index] * share)).collect()
}

/// The best of each form, few of those that differ in nothing but numbers.
fn fewer(drafts: Vec<Draft>, most: usize) -> Vec<Draft> {
    let mut counts: BTreeMap<(u8, bool), usize> = BTreeMap::new();
    let form = |draft: &Draft| match draft.form {
        QuestionForm::Mcq => (0, true),
        QuestionForm::Tf => (1, draft.right == "true"),
        QuestionForm::Short => (2, true),
        QuestionForm::Cloze => (3, true),
    };
    let mut alike: BTreeMap<(u8, bool, String), usize> = BTreeMap::new();
    let mut fits = |draft: &Draft| {
        let (kind, truth) = form(draft);
        let wording = draft.question.chars().filter(|letter| !letter.is_ascii_digit()).collect();
        let same = alike.entry((kind, truth, wording)).or_default();
        *same += 1;
        if *same > ALIKE_MAX {
            return false;
        }
        let count = counts.entry(form(draft)).or_default();
        *count += 1;
        *count <= most
    };
    drafts.into_iter().filter(|draft| fits(draft)).collect()
}

fn remark(checker: &Checker<'_>, made: usize, wanted: usize) -> Option<String> {
    let mut remarks = checker.language_remarks();
    if made == 0 {
        remarks.push(
            "No question could be made: the text has no definitions, numbers, names, causes or lists in whole sentences that can be \
             understood by themselves."
                .to_owned(),
        );
    } else if made < wanted {
        remarks.push(format!(
            "{made} of the {wanted} wanted questions could be made: the rest of the text has no facts that make a fair question \
             of the chosen kinds. Choose more pages or other kinds for more."
        ));
    }
    (!remarks.is_empty()).then(|| remarks.join(" "))
}

/// What a reworded statement has in place of a word of the text; shared with the checks of one question.
pub(crate) use reworded::has_counterpart;
/// Whether two questions ask the same; shared with the checks of a whole quiz.
pub(crate) use validator::ask_the_same;

#[cfg(test)]
mod tests {
    use super::*;
    use draft::Wrong;

    #[test]
    fn of_drafts_that_differ_in_numbers_only_few_are_kept() {
        let draft = |question: String| Draft {
            form: QuestionForm::Cloze,
            question,
            right: "5".into(),
            accepted: Vec::new(),
            wrong: Wrong::None,
            citation: Citation::Text { start: 0, end: 1, quote: "5".into() },
            weight: 1.0,
            origin: (0, 0),
            kind: None,
            claimed: None,
        };
        let same = (0..100).map(|number| draft(format!("Star {number} has _____ planets.")));
        let other = draft("The Moon has _____ phases.".into());
        let kept = fewer(same.chain([other]).collect(), 50);
        assert_eq!(kept.len(), ALIKE_MAX + 1);
        assert!(kept.last().is_some_and(|draft| draft.question.starts_with("The Moon")));
    }
}
