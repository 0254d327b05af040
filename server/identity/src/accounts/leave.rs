//! Leaving.

use super::{Account, normalise_email, store};
use crate::{error::Fault, state::Provider};
use uuid::Uuid;

impl Provider {
    /// Removes an account; its tokens, sessions and codes go with it. Says whether there was one.
    pub(crate) async fn delete_account(&self, sub: Uuid) -> Result<bool, Fault> {
        Ok(store::delete(&mut self.db.write().await?, sub).await?)
    }

    /// Finds an account for administration, by sub or email.
    pub(crate) async fn find_account(&self, username: &str) -> Result<Option<Account>, Fault> {
        let mut c = self.db.read().await?;
        Ok(match (Uuid::parse_str(username), normalise_email(username)) {
            (Ok(sub), _) => store::by_sub(&mut c, sub).await?,
            (Err(_), Some(email)) => store::by_email(&mut c, &email).await?,
            (Err(_), None) => None,
        })
    }
}
