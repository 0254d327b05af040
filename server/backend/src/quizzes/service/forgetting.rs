//! What stays of a person who cancels their account: nothing.

use super::{QuizService, store};
use crate::{events::Woken, failure::Failure};
use db::Connection;

impl QuizService {
    /// Takes away the person's quizzes with everybody's results, and what they did with those of others. Cards say that
    /// their quiz is gone.
    pub(crate) async fn forget_person(&self, c: &mut Connection, account_id: i64) -> Result<Woken, Failure> {
        let mut woken = Woken::default();
        for id in store::made_by(c, account_id).await? {
            store::lock_quiz(c, id).await?;
            woken = woken.and(self.conversations.change_cards(c, id, |card| card.deleted = true).await?);
            store::delete_quiz(c, id).await?;
        }
        store::forget_taker(c, account_id).await?;
        Ok(woken)
    }
}
