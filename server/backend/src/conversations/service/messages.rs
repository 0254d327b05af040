//! Changing, reading and finding messages.

use super::{
    ConversationService,
    attachments::{self, Written},
    check_limit, store, truncate, view,
};
use crate::{access, accounts::folding::plain_patterns, failure::Failure, quizzes, uploads::store as upload_store};
use db::{Connection, Transaction};
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    accounts::checked_query,
    conversations::{FoundMessages, Message, MessageList, MessagePlace, MessageSearch, REACTIONS_MAX},
    events::Event,
};
use store::{MessageRow, OwnerRow, SearchFilter};

impl ConversationService {
    pub(super) async fn change(&self, viewer: &Viewer, id: i64, content: &str) -> Result<Message, Failure> {
        // What is wrong with the text comes before what is wrong with the message, but a caption of one's own may go.
        let is_caption = self.has_own_file(viewer, id).await?;
        let content = attachments::checked(content, is_caption).map_err(|error| ApiError::validation(vec![error]))?;
        let mut transaction = self.db.begin().await?;
        let owner = self.lock_message(&mut transaction, viewer, id).await?;
        access::owns(viewer, owner.sender_id)?;
        not_deleted(owner)?;
        let file = match owner.object_id {
            Some(object_id) => upload_store::files(&mut transaction, &[object_id]).await?.remove(&object_id),
            None => None,
        };
        let Written { content, html, search_text } = Written::new(content, file.as_ref());
        store::edit_message(&mut transaction, id, &content, &html, &search_text, self.clock.now()).await?;
        let message = self.reload(&mut transaction, id).await?;
        self.commit(transaction, Event::MessageUpdated { message }).await
    }

    /// Whether the viewer has sent the message, and a file with it.
    async fn has_own_file(&self, viewer: &Viewer, id: i64) -> Result<bool, Failure> {
        let owner = store::owner(&mut self.db.read().await?, id).await?;
        Ok(owner.is_some_and(|owner| owner.sender_id == viewer.account_id && owner.object_id.is_some()))
    }

    pub(super) async fn take_back(&self, viewer: &Viewer, id: i64) -> Result<Message, Failure> {
        let mut transaction = self.db.begin().await?;
        let owner = self.lock_message(&mut transaction, viewer, id).await?;
        access::owns(viewer, owner.sender_id)?;
        if !store::delete_message(&mut transaction, id, self.clock.now()).await? {
            return self.reload(&mut transaction, id).await;
        }
        store::forget_reactions(&mut transaction, id).await?;
        if let Some(object_id) = owner.object_id {
            self.uploads.remove(&mut transaction, &[object_id], self.clock.now()).await?;
        }
        // Without its card a quiz is not shared any more.
        quizzes::store::unshare(&mut transaction, id).await?;
        let message = self.reload(&mut transaction, id).await?;
        self.show_as_now(&mut transaction, &message).await?;
        let message = self.commit(transaction, Event::MessageDeleted { message }).await?;
        self.uploads.wake();
        Ok(message)
    }

    pub(super) async fn set_reaction(
        &self,
        viewer: &Viewer,
        id: i64,
        emoji: &str,
        on: bool,
    ) -> Result<Message, Failure> {
        let msg = "This is not one emoji.";
        let wrong = || ApiError::validation(vec![FieldError::body("emoji", "emoji", msg)]);
        let emoji = emojis::get(emoji).ok_or_else(wrong)?.as_str();
        let mut transaction = self.db.begin().await?;
        let owner = self.lock_message(&mut transaction, viewer, id).await?;
        not_deleted(owner)?;
        let is_changed = match on {
            true => store::add_reaction(&mut transaction, id, viewer.account_id, emoji, self.clock.now()).await?,
            false => store::remove_reaction(&mut transaction, id, viewer.account_id, emoji).await?,
        };
        if !is_changed {
            return self.reload(&mut transaction, id).await;
        }
        if on && store::count_reactions(&mut transaction, id, viewer.account_id).await? > REACTIONS_MAX as i64 {
            let detail = format!("You have {REACTIONS_MAX} reactions on this message: take one back first.");
            return Err(ApiError::new(ErrorCode::Conflict, detail).into());
        }
        keep_reactions(&mut transaction, id).await?;
        let message = self.reload(&mut transaction, id).await?;
        self.commit(transaction, Event::ReactionChanged { message }).await
    }

    /// Lets nobody else change the message's conversation, and tells whose the message is.
    async fn lock_message(&self, c: &mut Connection, viewer: &Viewer, id: i64) -> Result<OwnerRow, Failure> {
        let no_message = || ApiError::not_found("There is no such message.");
        let owner = store::owner(c, id).await?.ok_or_else(no_message)?;
        store::lock(c, owner.conversation_id).await?;
        self.standing(c, viewer, owner.conversation_id).await?;
        // It may have been deleted while we waited for the lock.
        Ok(store::owner(c, id).await?.ok_or_else(no_message)?)
    }

    pub(super) async fn reload(&self, c: &mut Connection, id: i64) -> Result<Message, Failure> {
        let row = store::message(c, id).await?.ok_or(Failure::Broken("a locked message went"))?;
        view::messages(c, vec![row]).await?.pop().ok_or(Failure::Broken("a row became no message"))
    }

    /// Takes what a message no longer shows out of the events about it and about its replies.
    pub(super) async fn show_as_now(&self, c: &mut Connection, message: &Message) -> Result<(), Failure> {
        self.events.rewrite(c, message).await?;
        let replies = store::replies(c, message.id).await?;
        for reply in view::messages(c, replies).await? {
            self.events.rewrite(c, &reply).await?;
        }
        Ok(())
    }

    /// Writes the event, commits, and wakes those concerned.
    pub(super) async fn commit(&self, mut transaction: Transaction, event: Event) -> Result<Message, Failure> {
        let woken = self.events.record_message(&mut transaction, &event).await?;
        transaction.commit().await?;
        self.events.publish(woken);
        match event {
            Event::MessageCreated { message }
            | Event::MessageUpdated { message }
            | Event::MessageDeleted { message }
            | Event::ReactionChanged { message } => Ok(message),
            _ => Err(Failure::Broken("the event is not about a message")),
        }
    }

    pub(super) async fn thread(
        &self,
        viewer: &Viewer,
        id: i64,
        place: MessagePlace,
        limit: i64,
    ) -> Result<MessageList, Failure> {
        check_limit(limit)?;
        let mut connection = self.db.read().await?;
        let c = &mut connection;
        // What is asked most, with one statement; whatever it does not answer goes the long way.
        if place == MessagePlace::Latest
            && let Some((rows, cursor)) = store::latest_for(c, id, limit + 1, viewer.account_id).await?
        {
            let (rows, has_older) = older(rows, limit);
            let messages = view::messages(c, rows).await?;
            return Ok(MessageList { messages, has_older, has_newer: false, cursor });
        }
        // The cursor first: what happens between the two is then told again, and nothing is left out.
        let cursor = self.standing(c, viewer, id).await?.last_cursor;
        if let MessagePlace::Before(at) | MessagePlace::After(at) | MessagePlace::Around(at) = place
            && !store::is_in(c, at, id).await?
        {
            return Err(foreign_cursor(place).into());
        }
        let (rows, has_older, has_newer) = match place {
            MessagePlace::Latest => {
                let (rows, has_older) = older(store::latest(c, id, limit + 1).await?, limit);
                (rows, has_older, false)
            }
            MessagePlace::Oldest => {
                let mut rows = store::after(c, id, 0, limit + 1).await?;
                let has_newer = truncate(&mut rows, limit);
                (rows, false, has_newer)
            }
            MessagePlace::Before(at) => {
                let (rows, has_older) = older(store::before(c, id, at, limit + 1).await?, limit);
                (rows, has_older, true)
            }
            MessagePlace::After(at) => {
                let mut rows = store::after(c, id, at, limit + 1).await?;
                let has_newer = truncate(&mut rows, limit);
                (rows, true, has_newer)
            }
            MessagePlace::Around(at) => {
                // The message itself counts among the older half.
                let half = limit / 2;
                let (mut rows, has_older) = older(store::before(c, id, at + 1, limit - half + 1).await?, limit - half);
                let mut newer = store::after(c, id, at, half + 1).await?;
                let has_newer = truncate(&mut newer, half);
                rows.append(&mut newer);
                (rows, has_older, has_newer)
            }
        };
        let messages = view::messages(c, rows).await?;
        Ok(MessageList { messages, has_older, has_newer, cursor })
    }

    pub(super) async fn find_messages(&self, viewer: &Viewer, search: MessageSearch) -> Result<FoundMessages, Failure> {
        check_limit(search.limit)?;
        let patterns = plain_patterns(&checked_query(&search.query)?);
        let mut connection = self.db.read().await?;
        if let Some(id) = search.conversation_id {
            self.standing(&mut connection, viewer, id).await?;
        }
        let filter = SearchFilter {
            account_id: viewer.account_id,
            patterns: &patterns,
            conversation_id: search.conversation_id,
            before: search.before,
            limit: search.limit + 1,
        };
        let mut rows = store::search(&mut connection, &filter).await?;
        let has_older = truncate(&mut rows, search.limit);
        let messages = view::messages(&mut connection, rows).await?;
        Ok(FoundMessages { messages, has_older })
    }
}

/// Puts all reactions to a message beside it.
pub(in crate::conversations) async fn keep_reactions(c: &mut Connection, id: i64) -> Result<(), Failure> {
    let reactions = view::reactions(store::reactions(c, id).await?)?;
    let json = serde_json::to_string(&reactions).map_err(|_| Failure::Broken("reactions cannot be written"))?;
    let kept = (!reactions.is_empty()).then_some(json.as_str());
    Ok(store::keep_reactions(c, id, kept).await?)
}

/// Rows that came newest first, oldest first, and whether there are more before them.
fn older(mut rows: Vec<MessageRow>, limit: i64) -> (Vec<MessageRow>, bool) {
    let has_older = truncate(&mut rows, limit);
    rows.reverse();
    (rows, has_older)
}

fn not_deleted(owner: OwnerRow) -> Result<(), ApiError> {
    if owner.deleted_at.is_some() {
        return Err(ApiError::new(ErrorCode::Conflict, "This message was deleted: there is nothing left to change."));
    }
    Ok(())
}

fn foreign_cursor(place: MessagePlace) -> ApiError {
    let name = match place {
        MessagePlace::After(_) => "after",
        MessagePlace::Around(_) => "around",
        MessagePlace::Latest | MessagePlace::Oldest | MessagePlace::Before(_) => "before",
    };
    let msg = "This is no message of this conversation: take the cursor from one of its pages.";
    ApiError::validation(vec![FieldError::query(name, "cursor", msg)])
}
