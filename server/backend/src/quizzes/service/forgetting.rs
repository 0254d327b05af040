//! What stays of a person who cancels their account: nothing.

use super::{QuizService, store};
use crate::{events::Woken, failure::Failure};
use db::Connection;

impl QuizService {
    /// Takes away the person's quizzes with everybody's results, and what they did with those of others. Cards say that
    /// their quiz is gone.
    pub(crate) async fn forget_person(&self, c: &mut Connection, account_id: i64) -> Result<Woken, Failure> {
        let made = store::made_by(c, account_id).await?;
        for id in &made {
            store::lock_quiz(c, *id).await?;
        }
        let woken = self.conversations.change_cards(c, &made, |card| card.deleted = true).await?;
        for id in made {
            store::delete_quiz(c, id).await?;
        }
        store::forget_taker(c, account_id).await?;
        Ok(woken)
    }
}
