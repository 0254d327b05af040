//! Questions before it is decided where the right option stands.

use super::{MadeQuestion, phrases};
use crate::{
    facts::{figures, unit},
    validator::in_order,
};
use domain::{
    citation::Citation,
    quizzes::{QuestionForm, QuestionType},
};
use std::collections::BTreeSet;

/// Options of a multiple choice.
pub(crate) const OPTIONS: usize = 4;
/// So many longer words in common, and two questions are about the same.
const ABOUT_THE_SAME: usize = 3;

/// What else can be chosen.
#[derive(Clone, Debug)]
pub(crate) enum Wrong {
    /// Nothing: the answer is written.
    None,
    /// These, the best first.
    These(Vec<String>),
    /// Smaller and larger numbers, the best first.
    Around([Vec<String>; 2]),
}

/// What a question asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Kind {
    Term,
    Year,
    Number,
    Name,
    Cause,
    List,
    Other,
}

/// A question that may come into the quiz.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) form: QuestionForm,
    pub(crate) question: String,
    pub(crate) right: String,
    pub(crate) accepted: Vec<String>,
    pub(crate) wrong: Wrong,
    pub(crate) citation: Citation,
    /// How much it is worth asking.
    pub(crate) weight: f64,
    /// Which source and section it comes from, to spread the questions over the text.
    pub(crate) origin: (usize, usize),
    /// None for what only says whether something is so.
    pub(crate) kind: Option<Kind>,
    /// Of a statement that says of which term its description is: that term, be it the right one or not.
    pub(crate) claimed: Option<String>,
}

impl Draft {
    /// The question with the right option at `position`, as far as the options allow.
    pub(crate) fn finish(&self, position: usize) -> MadeQuestion {
        let (kind, options) = match (&self.form, &self.wrong) {
            (QuestionForm::Tf, _) => (QuestionType::TrueFalse, vec!["true".to_owned(), "false".to_owned()]),
            (QuestionForm::Mcq, Wrong::These(wrong)) => (QuestionType::MultipleChoice, self.placed(wrong, position)),
            (QuestionForm::Mcq, Wrong::Around(around)) => (QuestionType::MultipleChoice, self.sorted(around, position)),
            _ => (QuestionType::ShortAnswer, Vec::new()),
        };
        MadeQuestion {
            kind,
            question: self.question.clone(),
            options,
            correct_answer: self.right.clone(),
            accepted_answers: self.accepted.clone(),
            citation: self.citation.clone(),
        }
    }

    /// Every set of options that it can come to have: around a number it depends on the position.
    pub(crate) fn arrangements(&self) -> impl Iterator<Item = MadeQuestion> {
        let positions = if matches!(self.wrong, Wrong::Around(_)) { OPTIONS } else { 1 };
        (0..positions).map(|position| self.finish(position))
    }

    /// Whether one of the two tells what the other asks for.
    pub(crate) fn tells_with(&self, other: &Self) -> bool {
        self.tells_the_answer_of(other) || other.tells_the_answer_of(self)
    }

    /// Whether its question or statement has the answer of another one. A number tells only with the unit after it, a word
    /// only in a question about much the same.
    fn tells_the_answer_of(&self, other: &Self) -> bool {
        if other.form == QuestionForm::Tf {
            return self.form == QuestionForm::Tf
                && (self.is_about_the_number_of(other) || self.claims_the_term_of(other));
        }
        let (asked, right) = (self.question.to_lowercase(), other.right.to_lowercase());
        let digits = right.starts_with(|c: char| c.is_ascii_digit());
        let sentence = other.citation.quote().to_lowercase();
        let unit = places(&sentence, &right).next().map_or("", |end| beginning_after(&sentence, end));
        let common = common_words(&self.question, &other.question);
        let all = common_words(&other.question, &other.question);
        if !digits {
            return (common >= ABOUT_THE_SAME || common * 3 >= all.max(1) * 2)
                && places(&asked, &right).next().is_some();
        }
        let tells = |text: &str| places(text, &right).any(|end| beginning_after(text, end) == unit);
        // Another number stands in a false statement, whose passage has the right one.
        let own = self.citation.quote().to_lowercase();
        tells(&asked) || (common > ABOUT_THE_SAME && tells(&own))
    }

    /// Whether two statements are about the same number of the same thing: a true one tells that the other is false.
    fn is_about_the_number_of(&self, other: &Self) -> bool {
        let (own, others) = (self.citation.quote(), other.citation.quote());
        let numbers = |text: &str| -> BTreeSet<(String, String)> {
            figures(text).iter().map(|figure| (text[figure.range.clone()].to_owned(), unit(text, figure))).collect()
        };
        common_words(own, others) > ABOUT_THE_SAME && !numbers(own).is_disjoint(&numbers(others))
    }

    /// Whether one statement gives a term rightly and the other gives it wrongly: who knows what it is knows both.
    fn claims_the_term_of(&self, other: &Self) -> bool {
        let lower = |draft: &Self| draft.claimed.as_ref().map(|term| term.to_lowercase());
        self.right != other.right && lower(self).is_some() && lower(self) == lower(other)
    }

    /// Whether both ask for the same term or name; the same number may well be asked for twice.
    pub(crate) fn has_the_answer_of(&self, other: &Self) -> bool {
        let asks = |draft: &Self| draft.form != QuestionForm::Tf && !draft.right.contains(|c: char| c.is_ascii_digit());
        asks(self) && asks(other) && self.right.to_lowercase() == other.right.to_lowercase()
    }

    fn placed(&self, wrong: &[String], position: usize) -> Vec<String> {
        let mut options: Vec<String> = wrong.iter().take(OPTIONS - 1).cloned().collect();
        options.insert(position.min(options.len()), self.right.clone());
        in_order(options)
    }

    /// Numbers stand in their order; how many smaller ones are taken decides where the right one comes to stand.
    fn sorted(&self, [below, above]: &[Vec<String>; 2], position: usize) -> Vec<String> {
        let lower = position.min(below.len()).max((OPTIONS - 1).saturating_sub(above.len())).min(below.len());
        let wrong: Vec<String> =
            below.iter().take(lower).chain(above.iter().take(OPTIONS - 1 - lower)).cloned().collect();
        self.placed(&wrong, lower)
    }

    /// Whether the right option is longer than each of the others, wherever it stands.
    pub(crate) fn longest_is_right(&self) -> bool {
        self.form == QuestionForm::Mcq && self.arrangements().all(|made| crate::validator::longest_is_right(&made))
    }

    /// Whether the right option can stand at `position` without being known by its length.
    pub(crate) fn suits(&self, position: usize) -> bool {
        let made = self.finish(position);
        made.options.get(position) == Some(&self.right) && !crate::validator::longest_is_right(&made)
    }
}

/// Where whole words end that are `wanted`.
fn places<'a>(text: &'a str, wanted: &'a str) -> impl Iterator<Item = usize> + 'a {
    let is_open = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    text.match_indices(wanted).filter_map(move |(at, found)| {
        let end = at + found.len();
        (is_open(text[..at].chars().next_back()) && is_open(text[end..].chars().next())).then_some(end)
    })
}

/// The first letters of the word at a place, enough to know a unit by in any of its forms.
fn beginning_after(text: &str, at: usize) -> &str {
    let rest = text[at..].trim_start();
    let end =
        rest.char_indices().take(3).take_while(|(_, c)| c.is_alphabetic()).map(|(at, c)| at + c.len_utf8()).last();
    &rest[..end.unwrap_or(0)]
}

/// How many longer words two questions have in common, in any of their forms.
fn common_words(one: &str, other: &str) -> usize {
    let of = |text: &str| -> BTreeSet<String> {
        let lower = phrases::core(text).to_lowercase();
        let long = lower.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().nth(4).is_some());
        long.map(|word| word.chars().take(5).collect()).collect()
    };
    of(one).intersection(&of(other)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(wrong: Wrong) -> Draft {
        Draft {
            form: QuestionForm::Mcq,
            question: "How many?".into(),
            right: "5".into(),
            accepted: Vec::new(),
            wrong,
            citation: Citation::Text { start: 0, end: 1, quote: "5".into() },
            weight: 1.0,
            origin: (0, 0),
            kind: None,
            claimed: None,
        }
    }

    fn texts(values: &[&str]) -> Vec<String> {
        values.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn the_right_option_stands_where_it_is_wanted_and_numbers_stand_in_order() {
        let around = draft(Wrong::Around([texts(&["4", "3", "2"]), texts(&["6", "7", "8"])]));
        assert_eq!(around.finish(0).options, ["5", "6", "7", "8"]);
        assert_eq!(around.finish(2).options, ["3", "4", "5", "6"]);
        assert_eq!(around.finish(3).options, ["2", "3", "4", "5"]);
        let few = draft(Wrong::Around([texts(&["4"]), texts(&["6", "7", "8"])]));
        assert_eq!(few.finish(3).options, ["4", "5", "6", "7"]);
        assert!(few.suits(1) && !few.suits(3));
        let words =
            Draft { right: "zwei".into(), ..draft(Wrong::Around([Vec::new(), texts(&["drei", "vier", "fünf"])])) };
        assert_eq!(words.finish(2).options, ["zwei", "drei", "vier", "fünf"]);
        let decimals = Draft { right: "0,1".into(), ..draft(Wrong::These(texts(&["0,4", "0,5", "0,2"]))) };
        assert_eq!(decimals.finish(3).options, ["0,1", "0,2", "0,4", "0,5"]);
        let these = draft(Wrong::These(texts(&["a", "b", "c", "d"])));
        assert_eq!(these.finish(1).options, ["a", "5", "b", "c"]);
    }

    #[test]
    fn a_question_tells_the_answer_of_another() {
        let of = |form, question: &str, right: &str, quote: &str| Draft {
            form,
            question: question.into(),
            right: right.into(),
            citation: Citation::Text { start: 0, end: 1, quote: quote.into() },
            ..draft(Wrong::None)
        };
        let number = of(QuestionForm::Cloze, "Za _____ zł można kupić buty.", "400", "Za 400 zł można kupić buty.");
        let statement = |text: &str| of(QuestionForm::Tf, text, "true", text);
        assert!(number.tells_with(&statement("Prawda czy fałsz: Opłata wynosi 400 zł.")));
        assert!(statement("Prawda czy fałsz: Opłata wynosi 400 zł.").tells_with(&number));
        assert!(!number.tells_with(&statement("Prawda czy fałsz: Stado ma 400 owiec.")));
        assert!(!number.tells_with(&statement("Prawda czy fałsz: Opłata wynosi 1400 zł.")));
        let passage = "Senat w ciągu 30 dni od dnia przekazania ustawy uchwala poprawki.";
        let of_passage = |question: &str, right: &str| of(QuestionForm::Tf, question, right, passage);
        let told = of_passage("Prawda czy fałsz: Senat w ciągu 30 dni od przekazania ustawy uchwala poprawki.", "true");
        let changed =
            of_passage("Prawda czy fałsz: Senat w ciągu 40 dni od przekazania ustawy uchwala poprawki.", "false");
        let asked =
            of(QuestionForm::Cloze, "Senat w ciągu _____ dni od przekazania ustawy uchwala poprawki.", "30", passage);
        assert!(told.tells_with(&changed), "one is the key of the other");
        assert!(changed.tells_with(&asked), "both are about the same term");
        let cell = of(
            QuestionForm::Short,
            "Which term fits this description: “the smallest unit of life”?",
            "cell",
            "A cell is the smallest unit of life.",
        );
        assert!(
            cell.tells_with(&statement("True or false: The term for the smallest unit of a living thing is “cell”."))
        );
        let claim = |text: &str, term: &str| Draft { claimed: Some(term.into()), ..statement(text) };
        let program = claim("True or false: The term for a program in execution is “process”.", "process");
        let deadlock = Draft {
            right: "false".into(),
            ..claim("True or false: The term for threads that wait for one another is “process”.", "Process")
        };
        let thread = claim("True or false: The term for the smallest unit of execution is “thread”.", "thread");
        assert!(program.tells_with(&deadlock), "a program in execution is no deadlock");
        assert!(!program.tells_with(&thread));
        let term = of(
            QuestionForm::Short,
            "Which organelle releases the energy of glucose?",
            "mitochondrion",
            "The mitochondrion releases the energy of glucose.",
        );
        assert!(term.tells_with(&statement("True or false: The mitochondrion releases energy from glucose.")));
        assert!(!term.tells_with(&statement("True or false: A plant cell has more than one mitochondrion.")));
    }
}
