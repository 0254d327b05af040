//! Whose job comes next.

use super::{EXTRACT_DOCUMENT, Lane, MAKE_NOTES, MAKE_THUMBNAILS, enqueue, store};
use db::testing::{ENGINES, TestDb};
use domain::clock::Clock;

struct Queue {
    database: TestDb,
    clock: Clock,
}

impl Queue {
    /// So many jobs of one person, or of nobody, each a moment after the one before.
    async fn add(&self, account_id: Option<i64>, kind: &str, count: usize) {
        let mut connection = self.database.db.write().await.unwrap();
        for _ in 0..count {
            self.clock.advance_seconds(1);
            enqueue(&mut connection, account_id, kind, &(), self.clock.now()).await.unwrap();
        }
    }

    /// For whom the next job of the lane is; it is done at once.
    async fn next(&self, lane: Lane) -> Option<i64> {
        self.clock.advance_seconds(1);
        let now = self.clock.now();
        let mut connection = self.database.db.write().await.unwrap();
        let job = store::take(&mut connection, lane, now, now.plus_seconds(60)).await.unwrap().unwrap();
        store::finish(&mut connection, &job).await.unwrap();
        job.account_id
    }

    async fn order(&self, lane: Lane, count: usize) -> Vec<Option<i64>> {
        let mut order = Vec::new();
        for _ in 0..count {
            order.push(self.next(lane).await);
        }
        order
    }
}

const ADA: Option<i64> = Some(1);
const BOB: Option<i64> = Some(2);
const EVE: Option<i64> = Some(3);

#[tokio::test]
async fn one_job_of_somebody_does_not_wait_for_twenty_of_another() {
    for engine in ENGINES {
        let queue = Queue { database: TestDb::new(engine).await, clock: Clock::system() };
        queue.add(ADA, EXTRACT_DOCUMENT, 20).await;
        queue.add(BOB, EXTRACT_DOCUMENT, 1).await;
        assert_eq!(queue.order(Lane::Documents, 5).await, [ADA, BOB, ADA, ADA, ADA]);
        queue.add(BOB, EXTRACT_DOCUMENT, 3).await;
        queue.add(EVE, EXTRACT_DOCUMENT, 2).await;
        let order = queue.order(Lane::Documents, 8).await;
        assert_eq!(order, [EVE, BOB, ADA, EVE, BOB, ADA, BOB, ADA], "they take turns");
    }
}

#[tokio::test]
async fn a_turn_counts_in_its_lane_and_is_forgotten_with_time() {
    for engine in ENGINES {
        let queue = Queue { database: TestDb::new(engine).await, clock: Clock::system() };
        queue.add(ADA, MAKE_THUMBNAILS, 1).await;
        assert_eq!(queue.next(Lane::Pictures).await, ADA);
        queue.add(ADA, MAKE_NOTES, 3).await;
        queue.add(BOB, MAKE_NOTES, 2).await;
        assert_eq!(queue.order(Lane::Texts, 3).await, [ADA, BOB, ADA]);
        queue.clock.advance_seconds(1);
        let now = queue.clock.now();
        store::forget_turns(&mut queue.database.db.write().await.unwrap(), now).await.unwrap();
        assert_eq!(queue.order(Lane::Texts, 2).await, [ADA, BOB], "as if none had had a turn");
    }
}

#[tokio::test]
async fn what_is_nobodys_is_done_in_the_order_in_which_it_came() {
    for engine in ENGINES {
        let queue = Queue { database: TestDb::new(engine).await, clock: Clock::system() };
        queue.add(ADA, "counted", 1).await;
        queue.add(None, "counted", 2).await;
        assert_eq!(queue.order(Lane::Other, 3).await, [ADA, None, None]);
    }
}
