//! The answers of a person, and which of them the server does not have yet.

use domain::quizzes::{AnswerDetail, AnswerSheet, Question};
use std::collections::BTreeMap;

/// Answers by question.
pub type Answers = BTreeMap<i64, String>;

/// The sheet of one person for one quiz.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    answers: Answers,
    unsaved: Answers,
    checked: BTreeMap<i64, AnswerDetail>,
}

impl Sheet {
    /// What the server has, and above it what this browser has kept because it could not be sent. Answers to questions
    /// that are gone are left out; what was checked stays.
    #[must_use]
    pub fn new(questions: &[Question], saved: &AnswerSheet, kept: &Answers) -> Self {
        let is_asked = |id: &i64| questions.iter().any(|question| question.id == *id);
        let of = |answers: &Answers| -> Answers {
            answers.iter().filter(|(id, _)| is_asked(id)).map(|(id, answer)| (*id, answer.clone())).collect()
        };
        let checked: BTreeMap<i64, AnswerDetail> =
            saved.checked.iter().map(|detail| (detail.question_id, detail.clone())).collect();
        let mut unsaved = of(kept);
        unsaved.retain(|id, _| !checked.contains_key(id));
        let mut answers = of(&saved.answers);
        answers.extend(unsaved.clone());
        answers.retain(|_, answer| !answer.trim().is_empty());
        Self { answers, unsaved, checked }
    }

    /// What is answered.
    #[must_use]
    pub fn answer(&self, id: i64) -> &str {
        self.answers.get(&id).map_or("", String::as_str)
    }

    /// Everything that is answered.
    #[must_use]
    pub const fn answers(&self) -> &Answers {
        &self.answers
    }

    /// How many questions are answered.
    #[must_use]
    pub fn answered(&self) -> usize {
        self.answers.len()
    }

    /// How an answer was graded that was checked.
    #[must_use]
    pub fn checked(&self, id: i64) -> Option<&AnswerDetail> {
        self.checked.get(&id)
    }

    /// Whether any answer was checked.
    #[must_use]
    pub fn has_checked(&self) -> bool {
        !self.checked.is_empty()
    }

    /// Lets an answer stay as the server has graded it.
    pub fn check(&mut self, detail: AnswerDetail) {
        let id = detail.question_id;
        self.unsaved.remove(&id);
        self.answers.insert(id, detail.user_answer.clone());
        self.checked.insert(id, detail);
    }

    /// Answers, or takes an answer back. What was checked stays.
    pub fn set(&mut self, id: i64, answer: String) {
        if self.checked.contains_key(&id) || self.answer(id) == answer {
            return;
        }
        if answer.trim().is_empty() {
            self.answers.remove(&id);
        } else {
            self.answers.insert(id, answer.clone());
        }
        self.unsaved.insert(id, answer);
    }

    /// What the server does not have yet.
    #[must_use]
    pub const fn unsaved(&self) -> &Answers {
        &self.unsaved
    }

    /// The server has these now; what has changed since stays unsaved.
    pub fn saved(&mut self, sent: &Answers) {
        self.unsaved.retain(|id, answer| sent.get(id) != Some(answer));
    }
}

/// Answers as a line that the browser keeps.
#[must_use]
pub fn written(answers: &Answers) -> String {
    serde_json::to_string(answers).unwrap_or_default()
}

/// Reads what [`written`] wrote; nothing where it cannot be read.
#[must_use]
pub fn read(kept: &str) -> Answers {
    serde_json::from_str(kept).unwrap_or_default()
}

/// The name of a question in a form: a number alone would be taken for a place in a list.
#[must_use]
pub fn field(id: i64) -> String {
    format!("answers[q{id}]")
}

/// Answers as forms name them.
#[must_use]
pub fn to_fields(answers: &Answers) -> BTreeMap<String, String> {
    answers.iter().map(|(id, answer)| (format!("q{id}"), answer.clone())).collect()
}

/// Reads what a form sent; what is named otherwise is no answer.
#[must_use]
pub fn from_fields(fields: BTreeMap<String, String>) -> Answers {
    let answer = |(name, answer): (String, String)| Some((name.strip_prefix('q')?.parse().ok()?, answer));
    fields.into_iter().filter_map(answer).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::quizzes::QuestionType;

    fn questions() -> Vec<Question> {
        let question =
            |id| Question { id, kind: QuestionType::ShortAnswer, question: "What?".into(), options: Vec::new() };
        vec![question(1), question(2)]
    }

    fn answers(pairs: &[(i64, &str)]) -> Answers {
        pairs.iter().map(|(id, answer)| (*id, (*answer).to_owned())).collect()
    }

    fn saved(pairs: &[(i64, &str)]) -> AnswerSheet {
        AnswerSheet { answers: answers(pairs), ..AnswerSheet::default() }
    }

    fn checked(id: i64, user_answer: &str) -> AnswerDetail {
        AnswerDetail {
            question_id: id,
            kind: QuestionType::ShortAnswer,
            question: "What?".into(),
            options: Vec::new(),
            correct_answer: "right".into(),
            user_answer: user_answer.into(),
            is_correct: false,
            almost: false,
            claimed: false,
            citation: None,
        }
    }

    #[test]
    fn what_this_browser_has_kept_goes_above_what_the_server_has() {
        let there = saved(&[(1, "a"), (2, "b"), (9, "gone")]);
        let sheet = Sheet::new(&questions(), &there, &answers(&[(2, "c"), (8, "x")]));
        assert_eq!(sheet.answers(), &answers(&[(1, "a"), (2, "c")]));
        assert_eq!(sheet.unsaved(), &answers(&[(2, "c")]));
        let taken_back = Sheet::new(&questions(), &saved(&[(1, "a")]), &answers(&[(1, "")]));
        assert_eq!((taken_back.answered(), taken_back.unsaved().len()), (0, 1));
    }

    #[test]
    fn what_was_checked_stays() {
        let there = AnswerSheet { checked: vec![checked(1, "a")], ..saved(&[(1, "a")]) };
        let mut sheet = Sheet::new(&questions(), &there, &answers(&[(1, "kept"), (2, "b")]));
        assert_eq!(sheet.answers(), &answers(&[(1, "a"), (2, "b")]));
        sheet.set(1, "changed".into());
        sheet.set(2, "changed".into());
        assert_eq!((sheet.answer(1), sheet.answer(2)), ("a", "changed"));
        assert_eq!(sheet.unsaved(), &answers(&[(2, "changed")]));
        // The server has fixed an answer before the change came.
        sheet.check(checked(2, "b"));
        assert_eq!((sheet.answer(2), sheet.unsaved().len(), sheet.answered()), ("b", 0, 2));
        assert_eq!(sheet.checked(2).map(|detail| detail.correct_answer.as_str()), Some("right"));
    }

    #[test]
    fn what_changes_while_it_is_sent_is_sent_again() {
        let mut sheet = Sheet::new(&questions(), &AnswerSheet::default(), &Answers::new());
        sheet.set(1, "a".into());
        let sent = sheet.unsaved().clone();
        sheet.set(1, "ab".into());
        sheet.saved(&sent);
        assert_eq!(sheet.unsaved(), &answers(&[(1, "ab")]));
        sheet.saved(&answers(&[(1, "ab")]));
        assert!(sheet.unsaved().is_empty());
        sheet.set(1, "ab".into());
        assert!(sheet.unsaved().is_empty(), "nothing has changed");
    }

    #[test]
    fn answers_survive_forms_and_storage() {
        let all = answers(&[(1, "true"), (2, "a=b&c \"d\"")]);
        assert_eq!(from_fields(to_fields(&all)), all);
        assert_eq!(read(&written(&all)), all);
        assert_eq!(read("{not json"), Answers::new());
        assert_eq!(from_fields(BTreeMap::from([("x1".into(), "a".into())])), Answers::new());
    }
}
