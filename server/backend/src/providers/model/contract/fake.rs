//! A server that answers like OpenAI and like Bedrock, and behaves as told.

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::{IntoResponse as _, Response},
    routing::post,
};
use futures_util::stream;
use serde_json::{Value, json};
use std::{
    convert::Infallible,
    sync::{Arc, Mutex},
};
use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Behaviour {
    /// Answers well.
    Honest,
    /// Answers well to whoever asks without schemas, forced tools and settings.
    NoSchemas,
    /// Answers well, with words around it.
    Chatty,
    /// Invents quotations, answers, options.
    Liar,
    Throttled,
    Down,
    Refusing,
    /// Answers something that is not what was asked for.
    Broken,
    Slow,
    /// Never comes to an end.
    Endless,
}

pub(super) struct Fake {
    url: Url,
    state: Shared,
    serving: JoinHandle<()>,
}

#[derive(Clone)]
struct Shared {
    behaviour: Behaviour,
    /// What was wrong with requests.
    refusals: Arc<Mutex<Vec<String>>>,
}

impl Fake {
    pub(super) async fn new(behaviour: Behaviour) -> Self {
        let state = Shared { behaviour, refusals: Arc::default() };
        let router = Router::new()
            .route("/v1/chat/completions", post(openai))
            .route("/model/{model}/converse", post(bedrock))
            .with_state(state.clone());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Self { url, state, serving }
    }

    pub(super) fn url(&self, path: &str) -> Url {
        self.url.join(path).unwrap()
    }

    pub(super) fn is_slow(&self) -> bool {
        self.state.behaviour == Behaviour::Slow
    }

    pub(super) fn refusals(&self) -> Vec<String> {
        self.state.refusals.lock().unwrap().clone()
    }
}

impl Drop for Fake {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

impl Shared {
    fn expect(&self, holds: bool, what: &str) {
        if !holds {
            self.refusals.lock().unwrap().push(what.to_owned());
        }
    }

    /// What is answered whoever is asked; none for an answer to the question.
    async fn misbehaved(&self) -> Option<Response> {
        Some(match self.behaviour {
            Behaviour::Throttled => {
                let body = json!({"error": {"message": "openai-secret bedrock-secret"}}).to_string();
                (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "1")], body).into_response()
            }
            Behaviour::Down => StatusCode::SERVICE_UNAVAILABLE.into_response(),
            Behaviour::Refusing => StatusCode::FORBIDDEN.into_response(),
            Behaviour::Slow => std::future::pending().await,
            Behaviour::Endless => {
                let piece = Ok::<_, Infallible>(Bytes::from(vec![b' '; 100_000]));
                Body::from_stream(stream::repeat(piece)).into_response()
            }
            _ => return None,
        })
    }

    /// The answer as text, to the form of that name.
    fn answer(&self, name: &str) -> String {
        let answer = match (self.behaviour, name) {
            (Behaviour::Broken, _) => return "{\"sections\": [{\"heading\": ".into(),
            (Behaviour::Liar, "study_notes") => lies_in_notes(),
            (Behaviour::Liar, _) => lies_in_questions(),
            (_, "study_notes") => notes(),
            _ => questions(),
        };
        if self.behaviour == Behaviour::Chatty {
            return format!("<think>Let me see {{…}}</think>Here you are:\n```json\n{answer}\n```\nAnything else?");
        }
        answer.to_string()
    }
}

async fn openai(State(state): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    if let Some(response) = state.misbehaved().await {
        return response;
    }
    let asked: Value = serde_json::from_slice(&body).unwrap();
    state.expect(headers["authorization"] == "Bearer openai-secret", "the key");
    state.expect(asked["model"] == "any", "the model");
    state.expect(asked["messages"][1]["content"].as_str().unwrap().contains("<page number=\"1\">"), "the text");
    let format = asked["response_format"]["type"].as_str().unwrap();
    if state.behaviour == Behaviour::NoSchemas && (format == "json_schema" || asked.get("max_tokens").is_some()) {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let system = asked["messages"][0]["content"].as_str().unwrap();
    state.expect(system.contains("JSON Schema"), "the form in words");
    let name = if system.contains("study notes") { "study_notes" } else { "quiz_questions" };
    let message = json!({"role": "assistant", "content": state.answer(name)});
    axum::Json(json!({"object": "chat.completion", "choices": [{"index": 0, "message": message}]})).into_response()
}

async fn bedrock(State(state): State<Shared>, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    if let Some(response) = state.misbehaved().await {
        return response;
    }
    let asked: Value = serde_json::from_slice(&body).unwrap();
    let signed = headers["authorization"].to_str().unwrap();
    state.expect(uri.path() == "/model/anthropic.any%3A0/converse", "the path");
    state.expect(signed.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"), "the algorithm");
    state.expect(signed.contains("/eu-central-1/bedrock/aws4_request"), "the scope");
    state.expect(signed.contains("x-amz-security-token"), "the session token is signed");
    state.expect(headers["x-amz-security-token"] == "session-secret", "the session token");
    if state.behaviour == Behaviour::NoSchemas && asked["toolConfig"].get("toolChoice").is_some() {
        return StatusCode::BAD_REQUEST.into_response();
    }
    let name = asked["toolConfig"]["tools"][0]["toolSpec"]["name"].as_str().unwrap();
    let answer = state.answer(name);
    let part = match serde_json::from_str::<Value>(&answer) {
        Ok(input) => json!({"toolUse": {"toolUseId": "t", "name": name, "input": input}}),
        Err(_) => json!({"text": answer}),
    };
    axum::Json(json!({"output": {"message": {"role": "assistant", "content": [part]}}, "stopReason": "tool_use"}))
        .into_response()
}

const CELL: &str = "The cell is the basic unit of life.";
const HOOKE: &str = "Robert Hooke saw the first cells in 1665 and gave them their name.";
const LEAVES: &str = "Chloroplasts turn sunlight into sugar.";

fn point(text: &str, term: &str, page: u32, quote: &str) -> Value {
    json!({"text": text, "term": term, "page": page, "quote": quote})
}

fn notes() -> Value {
    json!({"sections": [
        {"heading": "Cells", "points": [
            point(CELL, "The cell", 1, CELL),
            point("Robert Hooke saw cells first, in 1665, and named them.", "", 2, HOOKE),
        ]},
        {"heading": "Plants", "points": [point(LEAVES, "", 2, "“chloroplasts turn  sunlight into sugar”")]},
    ]})
}

fn lies_in_notes() -> Value {
    json!({"sections": [{"heading": "<script>alert(1)</script>", "points": [
        point("Cells were invented by a committee.", "", 1, "Cells were invented by a committee in Geneva."),
        point("Robert Hooke saw the first cells in 1765.", "", 1, HOOKE),
        point("The cell is not the basic unit of life.", "", 1, CELL),
        point("Fungi have chloroplasts.", "", 2, "Fungi do not have chloroplasts."),
        point("Napoleon won every battle easily.", "", 1, CELL),
        point(CELL, "", 1, ""),
        json!({"text": 5, "page": "one", "quote": null}),
        json!("nothing"),
    ]}]})
}

fn question(form: &str, question: &str, options: &[&str], answer: &str, quote: &str) -> Value {
    json!({
        "type": form, "question": question, "options": options, "answer": answer, "accepted": [], "page": 1, "quote": quote,
    })
}

fn questions() -> Value {
    let people = ["Robert Hooke", "Isaac Newton", "Robert Boyle", "Carl Linnaeus"];
    let organelles = ["Mitochondria", "Ribosomes", "Chloroplasts", "Membranes"];
    json!({"questions": [
        question("mcq", "Who was the first to see cells?", &people, "Robert Hooke", HOOKE),
        question("mcq", "What releases the energy of a cell?", &organelles, "Mitochondria",
            "Mitochondria release the energy that a cell needs."),
        question("tf", CELL, &[], "true", CELL),
        question("short", "In which year were cells seen for the first time?", &[], "1665", HOOKE),
        question("cloze", "Chloroplasts turn sunlight into ________.", &[], "sugar", LEAVES),
    ]})
}

fn lies_in_questions() -> Value {
    let people = ["Robert Hooke", "Isaac Newton", "Robert Boyle", "Carl Linnaeus"];
    let twice = ["Robert Hooke", "robert hooke", "Robert Boyle", "Carl Linnaeus"];
    let long = ["Robert Hooke, who saw the first cells in 1665 and gave them their name", "Boyle", "Kepler", "Newton"];
    json!({"questions": [
        question("mcq", "Who saw cells?", &people, "Robert Hooke", "Robert Hooke invented the telescope in 1670."),
        question("mcq", "Who saw cells?", &twice, "Robert Hooke", HOOKE),
        question("mcq", "Who saw cells?", &people, "Marie Curie", HOOKE),
        question("mcq", "Who saw cells?", &people, "Isaac Newton", HOOKE),
        question("mcq", "Who saw cells?", &long, long[0], HOOKE),
        question("mcq", "What did Robert Hooke see?", &people, "Robert Hooke", HOOKE),
        question("tf", "The cell is not the basic unit of life.", &[], "true", CELL),
        question("tf", CELL, &[], "false", CELL),
        question("tf", CELL, &[], "maybe", CELL),
        question("short", "When did Hooke see cells?", &[], "1666", HOOKE),
        question("cloze", "There is no gap here.", &[], "sugar", LEAVES),
        question("essay", "Discuss.", &[], "Yes", CELL),
        json!("nothing"),
    ]})
}
