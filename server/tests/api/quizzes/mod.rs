//! Quizzes through both doors: REST and server functions answer alike, for the author, whom it is shared with, somebody
//! else, and nobody.

mod changing;
mod reading;
mod refusals;

use crate::{
    agreement::{Answer, answer, form},
    world::{Actor, World},
};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

const TEXT: &str = "The cell\n\n\
    The mitochondrion is the organelle that produces most of the chemical energy of the cell. \
    The nucleus is the organelle that contains the genetic material of the cell. \
    The ribosome is the particle that builds proteins from amino acids. \
    The membrane is the thin layer that separates the cell from its surroundings. \
    Photosynthesis is the process by which plants turn light into chemical energy. \
    Robert Hooke described cells in 1665 in his book Micrographia. \
    Matthias Schleiden stated in 1838 that all plants consist of cells. \
    Theodor Schwann stated in 1839 that all animals consist of cells.";

/// A quiz of Ada's that Bob has in their group; Eve is registered and has nothing of it, nobody is not signed in.
struct Shared {
    ada: Actor,
    bob: Actor,
    eve: Actor,
    nobody: Actor,
    talk: i64,
    quiz: i64,
    version: i64,
    questions: Vec<i64>,
}

impl Shared {
    async fn new(world: &World) -> Self {
        let (ada, bob) = (world.browser("Ada", "Lovelace").await, world.browser("Bob", "Builder").await);
        let (eve, nobody) = (world.browser("Eve", "Outside").await, world.newcomer("No", "Session").await);
        let group = json!({ "participant_subs": [bob.sub], "title": "Biology" });
        let talk = ok(ada.browse(Method::POST, "/api/conversations").json(&group)).await["id"].as_i64().unwrap();
        let made = ok(generate(&ada, &json!({ "notes_text": TEXT, "question_count": 3 }))).await;
        let quiz = made["quiz_id"].as_i64().unwrap();
        let questions = json!([
            {
                "type": "mcq",
                "question": "What produces most of a cell's energy?",
                "options": ["mitochondrion", "nucleus"],
                "correct_answer": "mitochondrion",
            },
            { "type": "tf", "question": "All plants consist of cells.", "correct_answer": "true" },
            { "type": "short", "question": "Who described cells in 1665?", "correct_answer": "Robert Hooke" },
        ]);
        let edit = json!({ "title": "Cells", "questions": questions });
        let key = ok(ada.browse(Method::PATCH, &format!("/api/quiz/{quiz}/key")).json(&edit)).await;
        let share = json!({ "conversation_id": talk });
        ok(ada.browse(Method::POST, &format!("/api/quiz/{quiz}/share")).json(&share)).await;
        let questions = key["questions"].as_array().unwrap().iter().map(|one| one["id"].as_i64().unwrap()).collect();
        Self { ada, bob, eve, nobody, talk, quiz, version: key["version"].as_i64().unwrap(), questions }
    }

    /// With what a call about the author's matters answers each of them.
    fn everybody(&self, statuses: [u16; 4]) -> impl Iterator<Item = (&Actor, u16)> {
        [&self.ada, &self.bob, &self.eve, &self.nobody].into_iter().zip(statuses)
    }

    fn path(&self, rest: &str) -> String {
        format!("/api/quiz/{}{rest}", self.quiz)
    }

    fn rest(&self, actor: &Actor, method: Method, rest: &str, body: &Value) -> RequestBuilder {
        let request = actor.browse(method, &self.path(rest));
        if body.is_null() { request } else { request.json(body) }
    }

    /// The function with the quiz and these fields.
    fn function(&self, actor: &Actor, name: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let id = self.quiz.to_string();
        let fields: Vec<(&str, &str)> = [("id", id.as_str())].into_iter().chain(fields.iter().copied()).collect();
        form(actor, &format!("/fn/quizzes/{name}"), &fields)
    }

    fn read(&self, actor: &Actor, name: &str) -> RequestBuilder {
        actor.browse(Method::GET, &format!("/fn/quizzes/{name}?id={}", self.quiz))
    }

    /// Answers to the questions in their order, as REST wants them.
    fn answers(&self, answers: [&str; 3]) -> Value {
        let pairs = self.questions.iter().zip(answers);
        pairs.map(|(id, answer)| (id.to_string(), json!(answer))).collect::<serde_json::Map<_, _>>().into()
    }

    /// The names of the questions' fields in a form.
    fn fields(&self) -> [String; 3] {
        [0, 1, 2].map(|place| format!("answers[q{}]", self.questions[place]))
    }
}

async fn ok(request: RequestBuilder) -> Value {
    let answer = answer(request).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

fn generate(actor: &Actor, body: &Value) -> RequestBuilder {
    actor.browse(Method::POST, "/api/quiz/generate").json(body)
}

/// Asserts that both doors answer alike as far as the caller sees a list of this name; REST may give it alone.
async fn agree_on_list(rest: RequestBuilder, function: RequestBuilder, name: &str) -> Value {
    let (rest, function) = (answer(rest).await, answer(function).await);
    let named = |body: &Value| body.get(name).unwrap_or(body).clone();
    let (list, shown) = (named(&rest.body), named(&function.body));
    assert_eq!(Answer { body: list.clone(), ..rest }, Answer { body: shown, ..function }, "{name}");
    list
}
