//! Changing one question of a key.

use domain::quizzes::{KeyedQuestion, QuestionEdit, QuestionType, QuizKey};
use serde::{Deserialize, Serialize};

/// A question as its form sends it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionForm {
    /// Which; none for a new one.
    #[serde(default)]
    pub question_id: Option<i64>,
    /// How it is answered.
    #[serde(rename = "type")]
    pub kind: QuestionType,
    /// What is asked.
    #[serde(default)]
    pub question: String,
    /// One option on each line.
    #[serde(default)]
    pub options: String,
    /// What is right.
    #[serde(default)]
    pub correct_answer: String,
    /// What else is right, one on each line.
    #[serde(default)]
    pub accepted_answers: String,
}

impl QuestionForm {
    /// The key's questions with this one changed, or added at the end.
    #[must_use]
    pub fn put_into(self, key: &QuizKey) -> Vec<QuestionEdit> {
        let mut questions: Vec<QuestionEdit> = key.questions.iter().map(unchanged).collect();
        let edit = self.edit();
        match questions.iter_mut().find(|one| edit.id.is_some() && one.id == edit.id) {
            Some(question) => *question = edit,
            None => questions.push(QuestionEdit { id: None, ..edit }),
        }
        questions
    }

    fn edit(self) -> QuestionEdit {
        let options = if self.kind == QuestionType::MultipleChoice { lines(&self.options) } else { Vec::new() };
        let is_short = self.kind == QuestionType::ShortAnswer;
        let accepted_answers = if is_short { lines(&self.accepted_answers) } else { Vec::new() };
        QuestionEdit {
            id: self.question_id,
            kind: self.kind,
            question: self.question.trim().to_owned(),
            options,
            correct_answer: self.correct_answer.trim().to_owned(),
            accepted_answers,
        }
    }
}

/// The key's questions without one.
#[must_use]
pub fn without(key: &QuizKey, question_id: i64) -> Vec<QuestionEdit> {
    key.questions.iter().filter(|one| one.question.id != question_id).map(unchanged).collect()
}

fn unchanged(one: &KeyedQuestion) -> QuestionEdit {
    let options = match one.question.kind {
        QuestionType::MultipleChoice => one.question.options.clone(),
        QuestionType::TrueFalse | QuestionType::ShortAnswer => Vec::new(),
    };
    QuestionEdit {
        id: Some(one.question.id),
        kind: one.question.kind,
        question: one.question.question.clone(),
        options,
        correct_answer: one.correct_answer.clone(),
        accepted_answers: one.accepted_answers.clone(),
    }
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).map(ToOwned::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::quizzes::{Question, QuizStatistics};

    fn key() -> QuizKey {
        let question = |id| KeyedQuestion {
            question: Question {
                id,
                kind: QuestionType::MultipleChoice,
                question: format!("Question {id}?"),
                options: vec!["a".into(), "b".into()],
            },
            correct_answer: "a".into(),
            accepted_answers: Vec::new(),
            citation: None,
            claims: Vec::new(),
        };
        QuizKey {
            quiz_id: 1,
            title: "Cells".into(),
            version: 3,
            questions: vec![question(1), question(2)],
            statistics: QuizStatistics::default(),
        }
    }

    fn form(question_id: Option<i64>, kind: QuestionType) -> QuestionForm {
        QuestionForm {
            question_id,
            kind,
            question: " What? ".into(),
            options: "one\r\n\r\n two \n".into(),
            correct_answer: "two".into(),
            accepted_answers: "2\nii".into(),
        }
    }

    #[test]
    fn one_question_is_changed_and_the_others_stay() {
        let questions = form(Some(2), QuestionType::MultipleChoice).put_into(&key());
        assert_eq!(questions.iter().map(|one| one.id).collect::<Vec<_>>(), [Some(1), Some(2)]);
        assert_eq!((questions[0].question.as_str(), questions[1].question.as_str()), ("Question 1?", "What?"));
        assert_eq!(questions[1].options, ["one", "two"]);
        assert!(questions[1].accepted_answers.is_empty(), "of a choice nothing else is right");
    }

    #[test]
    fn a_new_one_stands_last_and_one_can_go() {
        let questions = form(None, QuestionType::ShortAnswer).put_into(&key());
        let last = questions.last().unwrap();
        assert_eq!((questions.len(), last.id, last.options.len()), (3, None, 0));
        assert_eq!(last.accepted_answers, ["2", "ii"]);
        assert_eq!(without(&key(), 1).iter().map(|one| one.id).collect::<Vec<_>>(), [Some(2)]);
    }
}
