//! Questions before it is decided where the right option stands.

use super::MadeQuestion;
use domain::{
    citation::Citation,
    quizzes::{QuestionForm, QuestionType},
};

/// Options of a multiple choice.
pub(crate) const OPTIONS: usize = 4;

/// What else can be chosen.
#[derive(Clone, Debug)]
pub(crate) enum Wrong {
    /// Nothing: the answer is written.
    None,
    /// These, the best first.
    These(Vec<String>),
    /// Smaller and larger numbers, nearest first.
    Around([Vec<String>; 2]),
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

    /// Whether both ask for the same term or name; the same number may well be asked for twice.
    pub(crate) fn has_the_answer_of(&self, other: &Self) -> bool {
        let asks = |draft: &Self| draft.form != QuestionForm::Tf && !draft.right.contains(|c: char| c.is_ascii_digit());
        asks(self) && asks(other) && self.right.to_lowercase() == other.right.to_lowercase()
    }

    fn placed(&self, wrong: &[String], position: usize) -> Vec<String> {
        let mut options: Vec<String> = wrong.iter().take(OPTIONS - 1).cloned().collect();
        options.insert(position.min(options.len()), self.right.clone());
        options
    }

    /// Numbers stand in their order; how many smaller ones are taken decides where the right one comes to stand.
    fn sorted(&self, [below, above]: &[Vec<String>; 2], position: usize) -> Vec<String> {
        let lower = position.min(below.len()).max((OPTIONS - 1).saturating_sub(above.len())).min(below.len());
        if lower != position {
            let wrong: Vec<String> =
                below.iter().take(lower).chain(above.iter().take(OPTIONS - 1 - lower)).cloned().collect();
            return self.placed(&wrong, position);
        }
        let mut options: Vec<String> = below.iter().take(lower).rev().cloned().collect();
        options.push(self.right.clone());
        options.extend(above.iter().take(OPTIONS - 1 - lower).cloned());
        options
    }

    /// Whether the right option is longer than each of the others, wherever it stands.
    pub(crate) fn longest_is_right(&self) -> bool {
        self.form == QuestionForm::Mcq && self.arrangements().all(|made| crate::validator::longest_is_right(&made))
    }

    /// Whether it is so with the right option at `position`.
    pub(crate) fn longest_is_right_at(&self, position: usize) -> bool {
        crate::validator::longest_is_right(&self.finish(position))
    }
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
        assert_eq!(few.finish(3).options[3], "5");
        let these = draft(Wrong::These(texts(&["a", "b", "c", "d"])));
        assert_eq!(these.finish(1).options, ["a", "5", "b", "c"]);
    }
}
