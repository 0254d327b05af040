//! What others hear of studying: every change goes to whoever publishes, whether within this program or to a broker.

use super::world::{TEXT, World};
use crate::{
    failure::Failure,
    jobs::{self, Jobs},
    outbox::{
        DOCUMENT_PROCESSED, DOCUMENT_UPLOADED, Message, NOTES_GENERATED, Publisher, QUIZ_GENERATED, QUIZ_REQUESTED,
        Relay,
    },
};
use async_trait::async_trait;
use db::testing::ENGINES;
use domain::quizzes::{Difficulty, NewQuiz, QuizSource, QuizStatus};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex, atomic::Ordering};

/// Stands for a broker: keeps what it gets.
#[derive(Debug, Default)]
struct Broker(Mutex<Vec<Message>>);

#[async_trait]
impl Publisher for Broker {
    async fn publish(&self, message: &Message) -> Result<(), Failure> {
        self.0.lock().unwrap().push(message.clone());
        Ok(())
    }
}

impl Broker {
    /// The key and the payload of the one message of a topic.
    fn heard(&self, topic: &str) -> (String, Value) {
        let all = self.0.lock().unwrap();
        let found: Vec<_> = all.iter().filter(|message| message.topic == topic).collect();
        assert_eq!(found.len(), 1, "{topic} in {all:?}");
        (found[0].key.clone(), serde_json::from_str(&found[0].payload).unwrap())
    }
}

#[tokio::test]
async fn each_change_of_a_document_and_a_quiz_is_published_once_under_its_key() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let broker = Arc::new(Broker::default());
        let relay = Relay::new(world.database.db.clone(), world.clock.clone(), broker.clone(), Jobs::default());
        let document = world.add(&ada).await.id;
        let new = NewQuiz {
            source: QuizSource::Text(TEXT.into()),
            question_count: 5,
            types: Vec::new(),
            difficulty: Difficulty::default(),
            title: None,
        };
        world.writer.fails.store(1, Ordering::SeqCst);
        let quiz = world.backend.quizzes().generate(&ada, new).await.unwrap();
        assert_eq!(quiz.status, QuizStatus::Processing, "a job makes it, since it could not be made at once");
        relay.run_due().await.unwrap();
        let (document_key, quiz_key) = (document.to_string(), quiz.quiz_id.to_string());
        let (key, about) = broker.heard(DOCUMENT_UPLOADED);
        assert_eq!(
            (&key, &about["document_id"], &about["owner_sub"]),
            (&document_key, &json!(document), &json!("ada"))
        );
        let (key, about) = broker.heard(QUIZ_REQUESTED);
        assert_eq!((&key, &about["quiz_id"]), (&quiz_key, &json!(quiz.quiz_id)));

        world.backend.0.runner.run_due().await.unwrap();
        relay.run_due().await.unwrap();
        let (key, about) = broker.heard(DOCUMENT_PROCESSED);
        assert_eq!((&key, &about["document_id"], &about["status"]), (&document_key, &json!(document), &json!("ready")));
        let (key, about) = broker.heard(QUIZ_GENERATED);
        assert_eq!((&key, &about["quiz_id"], &about["status"]), (&quiz_key, &json!(quiz.quiz_id), &json!("failed")));

        let mut connection = world.database.db.write().await.unwrap();
        world.enqueue(&mut connection, jobs::MAKE_NOTES, document).await;
        drop(connection);
        world.backend.0.runner.run_due().await.unwrap();
        relay.run_due().await.unwrap();
        let (key, about) = broker.heard(NOTES_GENERATED);
        assert_eq!((&key, &about["document_id"], &about["version"]), (&document_key, &json!(document), &json!(1)));

        let all = broker.0.lock().unwrap();
        assert_eq!(all.len(), 5, "{all:?}");
        let of_document: Vec<_> = all.iter().filter(|one| one.key == document_key).map(|one| &*one.topic).collect();
        assert_eq!(of_document, [DOCUMENT_UPLOADED, DOCUMENT_PROCESSED, NOTES_GENERATED], "in the order of their key");
    }
}
