//! Sending, changing, reading and finding messages.

use super::{ConversationService, check_limit, store, truncate, view};
use crate::{
    access,
    accounts::folding::{fold, patterns},
    conversations::markdown,
    events::Events,
    failure::Failure,
};
use db::{Connection, EngineKind, Transaction};
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    accounts::checked_query,
    conversations::{
        FoundMessages, Message, MessageList, MessagePlace, MessageSearch, NewMessage, REACTIONS_MAX, SentMessage,
        checked_client_id, checked_content,
    },
    events::Event,
};
use store::{MessageRow, NewMessageRow, OwnerRow, SearchFilter};

impl ConversationService {
    pub(super) async fn send_message(&self, viewer: &Viewer, new: NewMessage) -> Result<SentMessage, Failure> {
        let NewMessage { conversation_id, content, client_id, reply_to, upload_id: _ } = new;
        let (content, wrong_id) = (checked_content(&content), client_id.as_deref().map(checked_client_id));
        let errors: Vec<FieldError> =
            [content.as_ref().err().cloned(), wrong_id.and_then(Result::err)].into_iter().flatten().collect();
        let content = match content {
            Ok(content) if errors.is_empty() => content,
            _ => return Err(ApiError::validation(errors).into()),
        };
        let (html, search_text) = (markdown::render(&content), fold(&content));
        if reply_to.is_none() {
            let row = NewMessageRow {
                conversation_id,
                sender_id: viewer.account_id,
                content: &content,
                content_html: &html,
                search_text: &search_text,
                reply_to_id: None,
                client_id: client_id.as_deref(),
                sent_at: self.clock.now(),
            };
            if let Some(message) = self.send_plain(viewer, &row).await? {
                return Ok(SentMessage { message, created: true });
            }
        }
        let mut transaction = self.db.begin().await?;
        let turn = store::take_turn(&mut transaction, conversation_id, viewer.account_id, self.clock.now()).await?;
        let Some(sent_at) = turn else {
            self.standing(&mut transaction, viewer, conversation_id).await?;
            return Err(Failure::Broken("a participant was refused a turn"));
        };
        let reply = match reply_to {
            Some(id) => Some(self.quoted(&mut transaction, conversation_id, id).await?),
            None => None,
        };
        let row = NewMessageRow {
            conversation_id,
            sender_id: viewer.account_id,
            content: &content,
            content_html: &html,
            search_text: &search_text,
            reply_to_id: reply_to,
            client_id: client_id.as_deref(),
            sent_at,
        };
        let Some((id, sender_name)) = store::insert_message(&mut transaction, &row).await? else {
            transaction.rollback().await?;
            return self.sent_before(viewer, client_id.as_deref().unwrap_or_default()).await;
        };
        let message = view::message(MessageRow {
            id,
            conversation_id,
            content,
            content_html: html,
            sender_sub: viewer.sub.to_string(),
            sender_name,
            sent_at: sent_at.micros(),
            edited_at: None,
            deleted_at: None,
            reactions: None,
            client_id,
            reply_id: reply_to,
            reply_content: reply.as_ref().map(|quoted| quoted.content.clone()),
            reply_sub: reply.as_ref().map(|quoted| quoted.sender_sub.clone()),
            reply_name: reply.and_then(|quoted| quoted.sender_name),
        })?;
        let message = self.commit(transaction, Event::MessageCreated { message }).await?;
        Ok(SentMessage { message, created: true })
    }

    /// A message that quotes nothing, the short way; none where the long way has to decide.
    async fn send_plain(&self, viewer: &Viewer, row: &NewMessageRow<'_>) -> Result<Option<Message>, Failure> {
        if self.db.kind() != EngineKind::Postgres {
            return Ok(None);
        }
        let message = |id: i64, sender_name: String| {
            view::message(MessageRow {
                id,
                conversation_id: row.conversation_id,
                content: row.content.to_owned(),
                content_html: row.content_html.to_owned(),
                sender_sub: viewer.sub.to_string(),
                sender_name: Some(sender_name),
                sent_at: row.sent_at.micros(),
                edited_at: None,
                deleted_at: None,
                reactions: None,
                client_id: row.client_id.map(str::to_owned),
                reply_id: None,
                reply_content: None,
                reply_sub: None,
                reply_name: None,
            })
        };
        let payload = Events::payload(&Event::MessageCreated { message: message(0, String::new())? })?;
        let Some(sent) = store::send_plain(&mut self.db.write().await?, row, &payload).await? else {
            return Ok(None);
        };
        self.events.publish(Events::woken(sent.receivers.unwrap_or_default()));
        Ok(Some(message(sent.id, sent.name)?))
    }

    async fn sent_before(&self, viewer: &Viewer, client_id: &str) -> Result<SentMessage, Failure> {
        let row = store::by_client_id(&mut self.db.read().await?, viewer.account_id, client_id).await?;
        let row = row.ok_or(Failure::Broken("a message went while it was looked for"))?;
        Ok(SentMessage { message: view::message(row)?, created: false })
    }

    async fn quoted(&self, c: &mut Connection, conversation_id: i64, id: i64) -> Result<MessageRow, Failure> {
        let found = store::message(c, id).await?.filter(|row| row.conversation_id == conversation_id);
        let msg = "The message that this replies to is not in this conversation.";
        Ok(found.ok_or_else(|| ApiError::validation(vec![FieldError::body("reply_to", "unknown", msg)]))?)
    }

    pub(super) async fn change(&self, viewer: &Viewer, id: i64, content: &str) -> Result<Message, Failure> {
        let content = checked_content(content).map_err(|error| ApiError::validation(vec![error]))?;
        let mut transaction = self.db.begin().await?;
        let owner = self.lock_message(&mut transaction, viewer, id).await?;
        access::owns(viewer, owner.sender_id)?;
        not_deleted(owner)?;
        let (html, search_text) = (markdown::render(&content), fold(&content));
        store::edit_message(&mut transaction, id, &content, &html, &search_text, self.clock.now()).await?;
        let message = self.reload(&mut transaction, id).await?;
        self.commit(transaction, Event::MessageUpdated { message }).await
    }

    pub(super) async fn take_back(&self, viewer: &Viewer, id: i64) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let owner = self.lock_message(&mut transaction, viewer, id).await?;
        access::owns(viewer, owner.sender_id)?;
        if !store::delete_message(&mut transaction, id, self.clock.now()).await? {
            return Ok(());
        }
        store::forget_reactions(&mut transaction, id).await?;
        let message = self.reload(&mut transaction, id).await?;
        self.events.rewrite(&mut transaction, &message).await?;
        for row in store::replies(&mut transaction, id).await? {
            self.events.rewrite(&mut transaction, &view::message(row)?).await?;
        }
        self.commit(transaction, Event::MessageDeleted { message }).await.map(drop)
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

    async fn reload(&self, c: &mut Connection, id: i64) -> Result<Message, Failure> {
        view::message(store::message(c, id).await?.ok_or(Failure::Broken("a locked message went"))?)
    }

    /// Writes the event, commits, and wakes those concerned.
    async fn commit(&self, mut transaction: Transaction, event: Event) -> Result<Message, Failure> {
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
            let messages = rows.into_iter().map(view::message).collect::<Result<_, _>>()?;
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
        let messages = rows.into_iter().map(view::message).collect::<Result<_, _>>()?;
        Ok(MessageList { messages, has_older, has_newer, cursor })
    }

    pub(super) async fn find_messages(&self, viewer: &Viewer, search: MessageSearch) -> Result<FoundMessages, Failure> {
        check_limit(search.limit)?;
        let patterns = patterns(&checked_query(&search.query)?);
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
        let messages = rows.into_iter().map(view::message).collect::<Result<_, _>>()?;
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
        MessagePlace::Latest | MessagePlace::Before(_) => "before",
    };
    let msg = "This is no message of this conversation: take the cursor from one of its pages.";
    ApiError::validation(vec![FieldError::query(name, "cursor", msg)])
}
