//! Messages come at least once, in the order of their key, and are handled once.

use super::{Consumer, InProcess, Message, Publisher, Relay, record};
use crate::{failure::Failure, jobs::Jobs};
use async_trait::async_trait;
use db::{
    Connection, Db,
    testing::{ENGINES, TestDb},
};
use domain::clock::Clock;
use serde_json::json;
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio_util::sync::CancellationToken;

/// Gets messages, and refuses some of them at first.
#[derive(Debug, Default)]
struct Broker {
    refused: Mutex<Vec<&'static str>>,
    got: Mutex<Vec<String>>,
    /// Told to stop with the first message.
    stop: CancellationToken,
}

#[async_trait]
impl Publisher for Broker {
    async fn publish(&self, message: &Message) -> Result<(), Failure> {
        let name = format!("{} {}", message.key, message.payload);
        let mut refused = self.refused.lock().unwrap();
        if let Some(place) = refused.iter().position(|refused| *refused == name) {
            refused.remove(place);
            return Err(Failure::Broken("the broker is away"));
        }
        self.got.lock().unwrap().push(name);
        self.stop.cancel();
        Ok(())
    }
}

async fn write(db: &Db, clock: &Clock, key: &str, payload: i64) {
    let mut transaction = db.begin().await.unwrap();
    record(&mut transaction, "document.uploaded", key, &payload, clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_delivered_holds_up_its_own_key_only() {
    for engine in ENGINES {
        let (database, clock) = (TestDb::new(engine).await, Clock::system());
        let broker = Arc::new(Broker::default());
        broker.refused.lock().unwrap().push("a 1");
        let relay = Relay::new(database.db.clone(), clock.clone(), broker.clone(), Jobs::default());
        for (key, payload) in [("a", 1), ("a", 2), ("b", 3), ("a", 4)] {
            write(&database.db, &clock, key, payload).await;
        }
        assert_eq!(relay.run_due().await.unwrap(), 2);
        assert_eq!(*broker.got.lock().unwrap(), ["b 3"]);
        clock.advance_seconds(2);
        relay.run_due().await.unwrap();
        assert_eq!(*broker.got.lock().unwrap(), ["b 3", "a 1", "a 2", "a 4"]);
        assert_eq!(relay.run_due().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn whoever_is_told_to_stop_begins_no_further_message() {
    for engine in ENGINES {
        let (database, clock) = (TestDb::new(engine).await, Clock::system());
        let broker = Arc::new(Broker::default());
        let relay = Relay::new(database.db.clone(), clock.clone(), broker.clone(), Jobs::default());
        for payload in 1..=3 {
            write(&database.db, &clock, "a", payload).await;
        }
        let running = relay.clone().run(broker.stop.clone());
        tokio::time::timeout(Duration::from_secs(30), running).await.unwrap();
        assert_eq!(*broker.got.lock().unwrap(), ["a 1"]);
        assert_eq!(relay.run_due().await.unwrap(), 2, "the others are left for the next process");
    }
}

#[tokio::test]
async fn what_a_killed_process_was_delivering_comes_again() {
    for engine in ENGINES {
        let (database, clock) = (TestDb::new(engine).await, Clock::system());
        let broker = Arc::new(Broker::default());
        let relay = Relay::new(database.db.clone(), clock.clone(), broker.clone(), Jobs::default());
        write(&database.db, &clock, "a", 1).await;
        relay.take().await.unwrap().unwrap();
        assert_eq!(relay.run_due().await.unwrap(), 0, "another process has it");
        clock.advance_seconds(61);
        assert_eq!(relay.run_due().await.unwrap(), 1);
        assert_eq!(*broker.got.lock().unwrap(), ["a 1"]);
    }
}

/// Counts, in a table.
#[derive(Debug)]
struct Counter;

#[async_trait]
impl Consumer for Counter {
    fn name(&self) -> &'static str {
        "counter"
    }

    fn hears(&self, topic: &str) -> bool {
        topic == "document.uploaded"
    }

    async fn handle(&self, c: &mut Connection, message: &Message) -> Result<(), Failure> {
        let now = message.created_at;
        crate::jobs::enqueue(c, None, "counted", &json!({}), now).await?;
        if message.payload == "13" { Err(Failure::Broken("no")) } else { Ok(()) }
    }
}

#[tokio::test]
async fn a_message_that_comes_twice_is_handled_once() {
    for engine in ENGINES {
        let (database, clock) = (TestDb::new(engine).await, Clock::system());
        let publisher = InProcess { db: database.db.clone(), clock: clock.clone(), consumers: vec![Arc::new(Counter)] };
        let mut message = Message {
            event_id: uuid::Uuid::from_u128(1),
            topic: "document.uploaded".into(),
            key: "a".into(),
            payload: "1".into(),
            created_at: clock.now(),
        };
        let jobs = async || crate::jobs::store::count(&mut database.db.read().await.unwrap()).await.unwrap().0;
        publisher.publish(&message).await.unwrap();
        publisher.publish(&message).await.unwrap();
        assert_eq!(jobs().await, 1);
        message.event_id = uuid::Uuid::from_u128(2);
        publisher.publish(&message).await.unwrap();
        assert_eq!(jobs().await, 2);
        (message.event_id, message.payload) = (uuid::Uuid::from_u128(3), "13".into());
        assert!(publisher.publish(&message).await.is_err());
        assert_eq!(jobs().await, 2, "nothing is left of what failed");
        message.payload = "14".into();
        publisher.publish(&message).await.unwrap();
        assert_eq!(jobs().await, 3, "and it counts when it comes again");
        message.topic = "notes.generated".into();
        message.event_id = uuid::Uuid::from_u128(4);
        publisher.publish(&message).await.unwrap();
        assert_eq!(jobs().await, 3);
    }
}
