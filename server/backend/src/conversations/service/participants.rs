//! Starting conversations, joining and leaving them.

use super::{ConversationService, no_conversation, store};
use crate::{
    access,
    accounts::folding::plain,
    albums::store as albums,
    events::{Woken, store as event_store},
    failure::Failure,
};
use db::{Connection, Transaction};
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    conversations::{NewConversation, PARTICIPANTS_MAX, StartedConversation, checked_title},
};
use std::collections::{BTreeSet, HashSet};
use store::NewConversationRow;

impl ConversationService {
    pub(super) async fn begin(&self, viewer: &Viewer, new: NewConversation) -> Result<StartedConversation, Failure> {
        let title = checked_title(new.title.as_deref()).map_err(|error| ApiError::validation(vec![error]))?;
        check_number(new.participant_subs.len())?;
        let mut transaction = self.db.begin().await?;
        let others = self.others(&mut transaction, viewer, &new.participant_subs).await?;
        if others.is_empty() {
            return Err(subs_error("missing", "Name at least one person beside yourself.").into());
        }
        check_number(others.len() + 1)?;
        let direct_key = match (others.as_slice(), &title) {
            ([other], None) => Some(direct_key(viewer.account_id, *other)),
            _ => None,
        };
        let now = self.clock.now();
        let row = NewConversationRow {
            direct_key: direct_key.as_deref(),
            title: title.as_deref(),
            search_title: &title.as_deref().map(plain).unwrap_or_default(),
            creator_id: viewer.account_id,
            created_at: now,
        };
        let Some(id) = store::insert(&mut transaction, &row).await? else {
            transaction.rollback().await?;
            return self.existing(viewer, &direct_key.unwrap_or_default()).await;
        };
        for account in std::iter::once(viewer.account_id).chain(others) {
            event_store::open_cursor(&mut transaction, account).await?;
            store::add_participant(&mut transaction, id, account, now).await?;
        }
        let woken = self.events.record_updated(&mut transaction, id, 0).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        let conversation = self.find(viewer, id).await?.ok_or_else(no_conversation)?;
        Ok(StartedConversation { conversation, created: true })
    }

    async fn existing(&self, viewer: &Viewer, direct_key: &str) -> Result<StartedConversation, Failure> {
        let id = store::by_direct_key(&mut self.db.read().await?, direct_key).await?;
        let id = id.ok_or(Failure::Broken("a direct conversation went while it was looked for"))?;
        let conversation = self.find(viewer, id).await?.ok_or_else(no_conversation)?;
        Ok(StartedConversation { conversation, created: false })
    }

    /// The accounts of these people, the viewer's not among them.
    async fn others(&self, c: &mut Connection, viewer: &Viewer, subs: &[String]) -> Result<Vec<i64>, Failure> {
        let found = store::accounts(c, subs).await?;
        let known: HashSet<&str> = found.iter().map(|(_, sub)| sub.as_str()).collect();
        let unknown = subs.iter().enumerate().filter(|(_, sub)| !known.contains(sub.as_str()));
        let errors: Vec<FieldError> = unknown.map(|(at, _)| unknown_person(at)).collect();
        if !errors.is_empty() {
            return Err(ApiError::validation(errors).into());
        }
        let mut others: Vec<i64> = found.into_iter().map(|(id, _)| id).filter(|id| *id != viewer.account_id).collect();
        others.sort_unstable();
        Ok(others)
    }

    pub(super) async fn give_title(&self, viewer: &Viewer, id: i64, title: Option<String>) -> Result<(), Failure> {
        let title = checked_title(title.as_deref()).map_err(|error| ApiError::validation(vec![error]))?;
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, id).await?;
        let standing = self.standing(&mut transaction, viewer, id).await?;
        group_only(standing.is_direct)?;
        let search_title = title.as_deref().map(plain).unwrap_or_default();
        store::rename(&mut transaction, id, title.as_deref(), &search_title).await?;
        let woken = self.events.record_updated(&mut transaction, id, 0).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }

    pub(super) async fn add(&self, viewer: &Viewer, id: i64, subs: &[String]) -> Result<(), Failure> {
        if subs.is_empty() {
            return Err(subs_error("missing", "Name at least one person.").into());
        }
        check_number(subs.len())?;
        let mut transaction = self.db.begin().await?;
        store::lock(&mut transaction, id).await?;
        let standing = self.standing(&mut transaction, viewer, id).await?;
        group_only(standing.is_direct)?;
        let (now, joining) = (self.clock.now(), self.others(&mut transaction, viewer, subs).await?);
        for account in &joining {
            event_store::open_cursor(&mut transaction, *account).await?;
            store::add_participant(&mut transaction, id, *account, now).await?;
        }
        store::participants_changed(&mut transaction, id).await?;
        let count = store::count_participants(&mut transaction, id).await?;
        check_number(usize::try_from(count).unwrap_or(usize::MAX))?;
        let told = self.events.record_updated(&mut transaction, id, 0).await?;
        let woken = told.and(self.tell_of_albums(&mut transaction, id, &joining).await?);
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }

    pub(super) async fn remove(&self, viewer: &Viewer, id: i64, sub: &str) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        // Everybody's place in the events too, in the order of their ids, as whoever writes to all of them takes it.
        self.lock_all(&mut transaction, BTreeSet::from([id])).await?;
        let standing = self.standing(&mut transaction, viewer, id).await?;
        group_only(standing.is_direct)?;
        let target = store::participant_by_sub(&mut transaction, id, sub).await?;
        let target = target.ok_or_else(|| ApiError::not_found("This person is not in the conversation."))?;
        access::may_remove(viewer, target, standing.creator_id)?;
        let woken = self.take_out(&mut transaction, id, target, standing.creator_id).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }

    /// Writes to those who come or go that the albums of a conversation, which is locked, look different to them: what
    /// they still see of one, if anything, is found out when they hear of it. They have got an event before.
    async fn tell_of_albums(&self, c: &mut Connection, id: i64, accounts: &[i64]) -> Result<Woken, Failure> {
        let shared = albums::albums_of_conversation(c, id).await?;
        let concerned = shared.into_iter().map(|album| (album, accounts.to_vec())).collect();
        self.events.record_albums(c, &concerned).await
    }

    /// Takes somebody out of a group that is locked. The last one takes its messages along.
    async fn take_out(&self, c: &mut Connection, id: i64, target: i64, creator: i64) -> Result<Woken, Failure> {
        let told = self.events.record_removed(c, id, target).await?;
        let told = told.and(self.tell_of_albums(c, id, &[target]).await?);
        store::remove_participant(c, id, target).await?;
        store::participants_changed(c, id).await?;
        let Some(oldest) = store::oldest_participant(c, id).await? else {
            let files = self.files(c, id).await?;
            event_store::forget_conversation(c, id).await?;
            store::delete(c, id).await?;
            self.drop_files(c, &files).await?;
            return Ok(told);
        };
        if target == creator {
            store::hand_over(c, id, oldest).await?;
        }
        Ok(told.and(self.events.record_updated(c, id, 0).await?))
    }

    /// Takes a person who cancels their account out of every group, and their files out of what they sent. What they
    /// wrote stays, and so do the direct conversations, for the other.
    pub(crate) async fn leave_all(&self, transaction: &mut Transaction, account_id: i64) -> Result<Woken, Failure> {
        let mut woken = self.lose_files(transaction, account_id).await?;
        for (id, is_direct) in store::mine(transaction, account_id).await? {
            store::lock(transaction, id).await?;
            let Some(standing) = store::standing(transaction, id, account_id).await?.filter(|row| row.is_in) else {
                continue;
            };
            woken = woken.and(match is_direct {
                true => self.events.record_updated(transaction, id, 0).await?,
                false => self.take_out(transaction, id, account_id, standing.creator_id).await?,
            });
        }
        event_store::close_cursor(transaction, account_id).await?;
        Ok(woken)
    }
}

/// The two people of a direct conversation, the same whoever begins.
pub(crate) fn direct_key(one: i64, other: i64) -> String {
    format!("{}:{}", one.min(other), one.max(other))
}

pub(super) fn group_only(is_direct: bool) -> Result<(), ApiError> {
    if is_direct {
        let detail = "A direct conversation stays between its two people: start a group instead.";
        return Err(ApiError::new(ErrorCode::Conflict, detail));
    }
    Ok(())
}

fn check_number(people: usize) -> Result<(), ApiError> {
    if people <= PARTICIPANTS_MAX {
        return Ok(());
    }
    Err(subs_error("too_many", &format!("A conversation has at most {PARTICIPANTS_MAX} people.")))
}

fn subs_error(rule: &str, msg: &str) -> ApiError {
    ApiError::validation(vec![FieldError::body("participant_subs", rule, msg)])
}

fn unknown_person(at: usize) -> FieldError {
    let loc = vec!["body".to_owned(), "participant_subs".to_owned(), at.to_string()];
    FieldError { loc, msg: "Nobody is registered under this sub.".into(), rule: "unknown".into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_have_one_key() {
        assert_eq!(direct_key(4, 11), direct_key(11, 4));
        assert_ne!(direct_key(1, 11), direct_key(11, 11));
    }
}
