//! Notes and questions without anybody else: computed here from the text alone.

use super::{
    text::{MadeNotes, MadeQuestions, TextProvider, WantedQuestions, passage_path},
    validating::{as_made, as_sources},
};
use crate::failure::Failure;
use async_trait::async_trait;
use domain::documents::DocumentPage;
use std::sync::Arc;
use study::{Source, SourceId, notes, questions};
use tokio::{sync::Semaphore, task::spawn_blocking};
use uuid::Uuid;

/// Texts that are worked on at the same time; the others wait, so that there is computing time for everything else.
const AT_ONCE: usize = 2;

/// Computes them.
#[derive(Clone, Debug)]
pub(crate) struct Embedded(Arc<Semaphore>);

impl Default for Embedded {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Embedded {
    /// Computes something beside the server's other work. It is not stopped when nobody waits any more, and keeps its
    /// turn until it is done.
    async fn compute<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Failure> {
        let turn = Arc::clone(&self.0).acquire_owned().await.map_err(|_| Failure::Broken("turns are never closed"))?;
        let done = spawn_blocking(move || {
            let _turn = turn;
            work()
        });
        done.await.map_err(|_| Failure::Broken("computing over a text has panicked"))
    }
}

#[async_trait]
impl TextProvider for Embedded {
    async fn make_notes(
        &self,
        document_id: Uuid,
        pages: &[DocumentPage],
        language: Option<&str>,
    ) -> Result<MadeNotes, Failure> {
        let id = SourceId::Document(document_id);
        let source = Source { id, language: language.map(str::to_owned), pages: pages.to_vec() };
        let made = self.compute(move || {
            notes::make_notes(&source, &|page, start, end| passage_path(document_id, page, start, end))
        });
        let notes::MadeNotes { markdown, points, remark } = made.await?;
        Ok(MadeNotes { markdown, points, remark })
    }

    async fn make_questions(&self, wanted: &WantedQuestions) -> Result<MadeQuestions, Failure> {
        let WantedQuestions { sources, count, forms, difficulty, seed } = wanted.clone();
        let sources = as_sources(sources);
        let wanted = questions::Wanted { count, forms, difficulty, seed };
        let made = self.compute(move || questions::make_questions(&sources, &wanted));
        let questions::MadeQuestions { questions, statistics, remark } = made.await?;
        Ok(MadeQuestions { questions: questions.into_iter().map(as_made).collect(), statistics, remark })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{
        atomic::{AtomicBool, Ordering},
        mpsc,
    };

    #[tokio::test]
    async fn what_is_computed_leaves_room_for_everything_else() {
        let embedded = Embedded::default();
        let (begun, has_begun) = mpsc::channel();
        let releases: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let (release, released) = mpsc::channel::<()>();
                let (embedded, begun) = (embedded.clone(), begun.clone());
                let task = tokio::spawn(async move {
                    embedded.compute(move || begun.send(()).is_ok() && released.recv().is_ok()).await
                });
                (release, task)
            })
            .collect();
        for _ in 0..AT_ONCE {
            while has_begun.try_recv().is_err() {
                tokio::task::yield_now().await;
            }
        }
        let third = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&third);
        let waiting = tokio::spawn(async move { embedded.compute(move || flag.store(true, Ordering::SeqCst)).await });
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
        assert!(!third.load(Ordering::SeqCst), "it waits for its turn");
        for (release, task) in releases {
            // Nobody waits any more, but the turn ends only with the work.
            task.abort();
            release.send(()).unwrap();
        }
        waiting.await.unwrap().unwrap();
        assert!(third.load(Ordering::SeqCst));
    }
}
