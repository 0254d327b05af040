//! Quizzes.

mod checking;
mod editing;
mod leaks;
mod leaving;
mod making;
mod rights;
mod sharing;
mod sources;
mod taking;

use crate::world::{Answer, Member, World};
use http::StatusCode;
use serde_json::{Value, json};

/// A text that questions can be made of.
pub(crate) const TEXT: &str = "The cell\n\n\
    The mitochondrion is the organelle that produces most of the chemical energy of the cell. \
    The nucleus is the organelle that contains the genetic material of the cell. \
    The ribosome is the particle that builds proteins from amino acids. \
    The membrane is the thin layer that separates the cell from its surroundings. \
    Photosynthesis is the process by which plants turn light into chemical energy. \
    Robert Hooke described cells in 1665 in his book Micrographia. \
    Matthias Schleiden stated in 1838 that all plants consist of cells. \
    Theodor Schwann stated in 1839 that all animals consist of cells. \
    Rudolf Virchow wrote in 1855 that every cell comes from another cell. \
    A human body has about 37 trillion cells, and a bacterium has only one. \
    Red blood cells live for 120 days because they have no nucleus to repair them. \
    Chlorophyll absorbs red and blue light and reflects green light, so leaves look green.";

/// The questions of [`World::quiz`], in their order: what is right and what is not.
pub(crate) const RIGHT: [&str; 3] = ["mitochondrion", "true", "Robert Hooke"];
pub(crate) const WRONG: [&str; 3] = ["nucleus", "false", "Isaac Newton"];

/// Questions with known answers.
pub(crate) fn questions() -> Value {
    json!([
        {
            "type": "mcq",
            "question": "What produces most of a cell's energy?",
            "options": ["mitochondrion", "nucleus", "ribosome", "membrane"],
            "correct_answer": "mitochondrion"
        },
        { "type": "tf", "question": "All plants consist of cells.", "correct_answer": "true" },
        {
            "type": "short",
            "question": "Who described cells in 1665?",
            "correct_answer": "Robert Hooke",
            "accepted_answers": ["Hooke"]
        }
    ])
}

/// A quiz and the ids of its questions in their order.
pub(crate) struct Known {
    pub(crate) id: i64,
    pub(crate) questions: Vec<i64>,
    pub(crate) version: i64,
}

impl Known {
    pub(crate) fn path(&self, rest: &str) -> String {
        format!("/api/quiz/{}{rest}", self.id)
    }

    /// Answers to the questions in their order.
    pub(crate) fn answers(&self, answers: &[&str]) -> Value {
        let pairs = self.questions.iter().zip(answers);
        pairs.map(|(id, answer)| (id.to_string(), json!(answer))).collect::<serde_json::Map<_, _>>().into()
    }
}

impl World {
    /// Has a quiz made of pasted text.
    pub(crate) async fn generated(&self, author: &Member) -> Value {
        let body = json!({ "notes_text": TEXT, "question_count": 5 });
        let answer = self.post("/api/quiz/generate").bearer(&author.token).json(&body).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// A quiz with [`questions`].
    pub(crate) async fn quiz(&self, author: &Member) -> Known {
        let id = self.generated(author).await["quiz_id"].as_i64().unwrap();
        let body = json!({ "version": 1, "title": "Cells", "questions": questions() });
        let key = self.patch(&format!("/api/quiz/{id}/key")).bearer(&author.token).json(&body).send().await;
        assert_eq!(key.status, StatusCode::OK, "{}", key.text());
        known(&key.json())
    }

    /// The same, shared with a group of these.
    pub(crate) async fn shared_quiz(&self, author: &Member, others: &[&Member]) -> (Known, i64) {
        let quiz = self.quiz(author).await;
        let talk = self.conversation(author, others, Some("Biology")).await;
        let body = json!({ "conversation_id": talk });
        let shared = self.post(&quiz.path("/share")).bearer(&author.token).json(&body).send().await;
        assert_eq!(shared.status, StatusCode::OK, "{}", shared.text());
        (quiz, talk)
    }

    pub(crate) async fn submit(&self, who: &Member, quiz: &Known, answers: &[&str]) -> Value {
        let body = json!({ "quiz_id": quiz.id, "answers": quiz.answers(answers) });
        let answer = self.post("/api/quiz/submit").bearer(&who.token).json(&body).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        answer.json()
    }

    /// Gets something that must be there.
    pub(crate) async fn got(&self, who: &Member, path: &str) -> Value {
        let answer = self.get(path).bearer(&who.token).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        answer.json()
    }

    pub(crate) async fn asked(&self, who: &Member, path: &str) -> Answer {
        self.get(path).bearer(&who.token).send().await
    }
}

/// From a key.
pub(crate) fn known(key: &Value) -> Known {
    let questions = key["questions"].as_array().unwrap();
    Known {
        id: key["quiz_id"].as_i64().unwrap(),
        questions: questions.iter().map(|question| question["id"].as_i64().unwrap()).collect(),
        version: key["version"].as_i64().unwrap(),
    }
}
