//! Jobs that come twice, fail, or are not begun any more.

use super::world::World;
use crate::jobs::{self, Lane};
use db::testing::ENGINES;
use domain::documents::{DocumentStatus, NotesStatus};
use std::{sync::atomic::Ordering, time::Duration};

#[tokio::test]
async fn a_job_that_comes_twice_changes_nothing() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let id = world.add(&ada).await.id;
        world.work().await;
        let before = world.documents().document(&ada, id).await.unwrap();
        let mut connection = world.database.db.write().await.unwrap();
        for kind in [jobs::EXTRACT_DOCUMENT, jobs::MAKE_NOTES] {
            world.enqueue(&mut connection, kind, id).await;
        }
        drop(connection);
        world.work().await;
        assert_eq!(world.documents().document(&ada, id).await.unwrap(), before);
        assert_eq!(world.documents().notes_versions(&ada, id, 50, None).await.unwrap().versions.len(), 1);
        world.documents().delete(&ada, id).await.unwrap();
        let mut connection = world.database.db.write().await.unwrap();
        for kind in [jobs::EXTRACT_DOCUMENT, jobs::MAKE_NOTES] {
            world.enqueue(&mut connection, kind, id).await;
        }
        drop(connection);
        world.work().await;
        assert_eq!(world.count("select count(*) from jobs").await, 0, "a document that is gone is no failure");
    }
}

#[tokio::test]
async fn what_is_told_twice_is_noted_once() {
    const TELL_AGAIN: &str = "insert into outbox (event_id, topic, event_key, payload, run_at, created_at) \
         select event_id, topic, event_key, payload, run_at, created_at from told order by id";
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        world.add(&ada).await;
        world.backend.0.runner.run_due().await.unwrap();
        world.execute("create table told as select * from outbox").await;
        assert_eq!(world.backend.0.relay.run_due().await.unwrap(), 2, "added and read");
        world.execute(TELL_AGAIN).await;
        assert_eq!(world.backend.0.relay.run_due().await.unwrap(), 2);
        assert_eq!(world.count("select count(*) from jobs where kind = 'document.notes'").await, 1);
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_and_given_up_with_words_for_its_owner() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let id = world.add(&ada).await.id;
        world.reader.fails.store(2, Ordering::SeqCst);
        world.writer.fails.store(2, Ordering::SeqCst);
        for _ in 0..6 {
            world.work().await;
            world.clock.advance_seconds(700);
        }
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Ready, NotesStatus::Ready));

        world.writer.fails.store(100, Ordering::SeqCst);
        world.documents().regenerate_notes(&ada, id).await.unwrap();
        let hopeless = world.add(&ada).await.id;
        world.reader.fails.store(100, Ordering::SeqCst);
        for _ in 0..9 {
            world.work().await;
            world.clock.advance_seconds(700);
        }
        let notes = world.documents().notes(&ada, id).await.unwrap();
        assert_eq!((notes.status, notes.version), (NotesStatus::Failed, 1), "the version before is still there");
        assert!(notes.remark.unwrap().contains("several times"));
        let document = world.documents().document(&ada, hopeless).await.unwrap();
        assert_eq!(document.status, DocumentStatus::Processing, "it is not to blame, so it is tried for a day");
        for _ in 0..8 {
            world.work().await;
            world.clock.advance_seconds(11_000);
        }
        let document = world.documents().document(&ada, hopeless).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Failed, NotesStatus::Failed));
        let failure = document.failure.unwrap();
        assert!(failure.message.contains("add the same file again"), "{}", failure.message);
        let dead = "select count(*) from jobs where dead_at is not null and last_error like '%is away'";
        assert_eq!(world.count(dead).await, 2, "for a person to look at");
        assert_eq!(world.count("select count(*) from jobs").await, 2);
    }
}

#[tokio::test]
async fn whoever_is_told_to_stop_begins_no_further_job() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        for _ in 0..3 {
            world.add(&ada).await;
        }
        let running = world.backend.0.runner.clone().run(Lane::Documents, world.reader.stop.clone());
        tokio::time::timeout(Duration::from_secs(30), running).await.unwrap();
        assert_eq!(world.reader.begun.load(Ordering::SeqCst), 1);
        assert_eq!(world.count("select count(*) from documents where status = 'ready'").await, 1);
        assert_eq!(world.count("select count(*) from documents where status = 'uploaded'").await, 2);
    }
}
