//! What becomes of a document whose reader dies, refuses or hurries.

use super::world::World;
use db::{EngineKind, testing::ENGINES};
use domain::documents::{DocumentOrigin, DocumentProgress, DocumentStatus, FailureCode, NotesStatus};
use std::{sync::atomic::Ordering, time::Duration};

#[tokio::test]
async fn a_document_whose_reader_was_killed_is_read_by_the_next_one() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let id = world.add(&ada).await.id;
        world.reader.hangs.store(true, Ordering::SeqCst);
        world.reader.tells.store(3, Ordering::SeqCst);
        let backend = world.backend.clone();
        let killed = tokio::spawn(async move { backend.run_workers_once().await });
        let told = async {
            loop {
                let document = world.documents().document(&ada, id).await.unwrap();
                if document.progress == Some(DocumentProgress { page: 3, of: Some(100) }) {
                    return document;
                }
                tokio::task::yield_now().await;
            }
        };
        let document = tokio::time::timeout(Duration::from_secs(10), told).await.unwrap();
        assert_eq!((document.status, document.pages), (DocumentStatus::Processing, None));
        killed.abort();
        assert!(killed.await.unwrap_err().is_cancelled());
        world.reader.hangs.store(false, Ordering::SeqCst);

        assert_eq!(world.work().await, 0, "the lease of the killed one still holds");
        world.clock.advance_seconds(121);
        assert_eq!(world.work().await, 2, "reading and notes");
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.pages, document.words), (DocumentStatus::Ready, Some(1), Some(7)));
        assert_eq!((document.progress, document.title.as_str()), (None, "Cells"));
        assert_eq!(document.notes_status, NotesStatus::Ready);
        assert_eq!(world.count("select count(*) from document_pages").await, 1);
        assert_eq!(world.count("select count(*) from outbox").await, 0);
    }
}

#[tokio::test]
async fn a_document_that_ends_its_process_is_given_up_soon_and_read_again_when_it_is_added_again() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        let upload = DocumentOrigin::Upload(world.upload(&ada).await);
        let id = world.documents().add(&ada, upload).await.unwrap().id;
        world.reader.hangs.store(true, Ordering::SeqCst);
        for _ in 0..8 {
            world.kill_reading().await;
        }
        assert_eq!(world.work().await, 1);
        assert_eq!(world.reader.begun.load(Ordering::SeqCst), 8, "the ninth try does not begin to read");
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Failed, NotesStatus::Failed));
        let failure = document.failure.unwrap();
        assert_eq!(failure.code, FailureCode::Corrupt);
        assert!(failure.message.contains("Save it again"), "{}", failure.message);

        world.reader.hangs.store(false, Ordering::SeqCst);
        let again = world.documents().add(&ada, upload).await.unwrap();
        assert_eq!((again.id, again.status, again.failure), (id, DocumentStatus::Uploaded, None));
        assert_eq!(again.notes_status, NotesStatus::Processing);
        assert_eq!(world.work().await, 2, "reading and notes");
        let document = world.documents().document(&ada, id).await.unwrap();
        assert_eq!((document.status, document.notes_status), (DocumentStatus::Ready, NotesStatus::Ready));
        assert_eq!(world.documents().add(&ada, upload).await.unwrap(), document);
    }
}

#[tokio::test]
async fn what_the_reader_says_of_a_document_is_not_asked_for_again() {
    for engine in ENGINES {
        let world = World::new(engine).await;
        let ada = world.viewer().await;
        world.reader.refuses.store(true, Ordering::SeqCst);
        let upload = DocumentOrigin::Upload(world.upload(&ada).await);
        world.documents().add(&ada, upload).await.unwrap();
        world.work().await;
        let again = world.documents().add(&ada, upload).await.unwrap();
        assert_eq!((again.status, again.failure.unwrap().code), (DocumentStatus::Failed, FailureCode::Encrypted));
        assert_eq!(world.work().await, 0);
    }
}

#[tokio::test]
async fn a_reader_that_hurries_is_told_of_seldom() {
    let world = World::new(EngineKind::Sqlite).await;
    let ada = world.viewer().await;
    world.add(&ada).await;
    world.reader.tells.store(100, Ordering::SeqCst);
    world.work().await;
    let told = world.count("select count(*) from event_deliveries").await;
    assert!((4..=6).contains(&told), "added, begun, at most one page, read, noted: {told}");
}
