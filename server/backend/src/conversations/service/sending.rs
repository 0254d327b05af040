//! Sending messages.

use super::{
    ConversationService,
    attachments::{self, Written},
    store, view,
};
use crate::{access, events::Events, failure::Failure};
use db::{Connection, EngineKind};
use domain::{
    ApiError, FieldError, Viewer,
    conversations::{Message, NewMessage, SentMessage, checked_client_id},
    events::Event,
};
use store::{MessageRow, NewMessageRow};
use uuid::Uuid;

/// A message that breaks no rule of its own.
struct ToSend {
    conversation_id: i64,
    content: String,
    client_id: Option<String>,
    reply_to: Option<i64>,
    upload_id: Option<Uuid>,
}

impl ConversationService {
    pub(super) async fn send_message(&self, viewer: &Viewer, new: NewMessage) -> Result<SentMessage, Failure> {
        let NewMessage { conversation_id, content, client_id, reply_to, upload_id } = new;
        let content = attachments::checked(&content, upload_id.is_some());
        let wrong_id = client_id.as_deref().map(checked_client_id).and_then(Result::err);
        let errors: Vec<FieldError> = [content.as_ref().err().cloned(), wrong_id].into_iter().flatten().collect();
        let content = match content {
            Ok(content) if errors.is_empty() => content,
            _ => return Err(ApiError::validation(errors).into()),
        };
        let to_send = ToSend { conversation_id, content, client_id, reply_to, upload_id };
        match self.send_plain(viewer, &to_send).await? {
            Some(message) => Ok(SentMessage { message, created: true }),
            None => self.send_in_turn(viewer, to_send).await,
        }
    }

    async fn send_in_turn(&self, viewer: &Viewer, to_send: ToSend) -> Result<SentMessage, Failure> {
        let ToSend { conversation_id, content, client_id, reply_to, upload_id } = to_send;
        let mut transaction = self.db.begin().await?;
        let turn = store::take_turn(&mut transaction, conversation_id, viewer.account_id, self.clock.now()).await?;
        let Some(sent_at) = turn else {
            self.standing(&mut transaction, viewer, conversation_id).await?;
            return Err(Failure::Broken("a participant was refused a turn"));
        };
        let is_deserted = store::is_deserted(&mut transaction, conversation_id, viewer.account_id).await?;
        if let Err(refusal) = access::reaches_somebody(is_deserted) {
            // What was sent while somebody was there stays sent.
            transaction.rollback().await?;
            let before = self.sent_before(viewer, client_id.as_deref()).await?;
            return before.ok_or_else(|| refusal.into());
        }
        if let Some(id) = reply_to {
            check_quoted(&mut transaction, conversation_id, id).await?;
        }
        let file = match upload_id {
            Some(upload_id) => {
                let Some(file) = self.take_file(&mut transaction, viewer, upload_id).await? else {
                    transaction.rollback().await?;
                    let before = self.sent_before(viewer, client_id.as_deref()).await?;
                    return before.ok_or_else(|| attachments::used().into());
                };
                Some(file)
            }
            None => None,
        };
        let is_plain = file.is_none() && reply_to.is_none();
        let Written { content, html, search_text } = Written::new(content, file.as_ref());
        let row = NewMessageRow {
            conversation_id,
            sender_id: viewer.account_id,
            content: &content,
            content_html: &html,
            search_text: &search_text,
            reply_to_id: reply_to,
            client_id: client_id.as_deref(),
            sent_at,
            object_id: file.map(|file| file.object_id),
            quiz: None,
        };
        let Some((id, sender_name)) = store::insert_message(&mut transaction, &row).await? else {
            transaction.rollback().await?;
            let before = self.sent_before(viewer, client_id.as_deref()).await?;
            return before.ok_or(Failure::Broken("a message went while it was looked for"));
        };
        let message = match is_plain {
            true => plain_message(viewer, &row, id, sender_name)?,
            false => self.reload(&mut transaction, id).await?,
        };
        let message = self.commit(transaction, Event::MessageCreated { message }).await?;
        Ok(SentMessage { message, created: true })
    }

    /// A message that quotes and carries nothing, the short way; none where the long way has to decide.
    async fn send_plain(&self, viewer: &Viewer, to_send: &ToSend) -> Result<Option<Message>, Failure> {
        let is_plain = to_send.reply_to.is_none() && to_send.upload_id.is_none();
        if !is_plain || self.db.kind() != EngineKind::Postgres {
            return Ok(None);
        }
        let Written { content, html, search_text } = Written::new(to_send.content.clone(), None);
        let row = NewMessageRow {
            conversation_id: to_send.conversation_id,
            sender_id: viewer.account_id,
            content: &content,
            content_html: &html,
            search_text: &search_text,
            reply_to_id: None,
            client_id: to_send.client_id.as_deref(),
            sent_at: self.clock.now(),
            object_id: None,
            quiz: None,
        };
        let message = plain_message(viewer, &row, 0, Some(String::new()))?;
        let payload = Events::payload(&Event::MessageCreated { message })?;
        let Some(sent) = store::send_plain(&mut self.db.write().await?, &row, &payload).await? else {
            return Ok(None);
        };
        self.events.publish(Events::woken(sent.receivers.unwrap_or_default()));
        Ok(Some(plain_message(viewer, &row, sent.id, Some(sent.name))?))
    }

    /// What the viewer has sent under this client id.
    async fn sent_before(&self, viewer: &Viewer, client_id: Option<&str>) -> Result<Option<SentMessage>, Failure> {
        let Some(client_id) = client_id else { return Ok(None) };
        let mut connection = self.db.read().await?;
        let row = store::by_client_id(&mut connection, viewer.account_id, client_id).await?;
        let message = view::messages(&mut connection, row.into_iter().collect()).await?.pop();
        Ok(message.map(|message| SentMessage { message, created: false }))
    }
}

async fn check_quoted(c: &mut Connection, conversation_id: i64, id: i64) -> Result<(), Failure> {
    if store::is_in(c, id, conversation_id).await? {
        return Ok(());
    }
    let msg = "The message that this replies to is not in this conversation.";
    Err(ApiError::validation(vec![FieldError::body("reply_to", "unknown", msg)]).into())
}

/// The message that has just been written, without asking for it.
fn plain_message(
    viewer: &Viewer,
    row: &NewMessageRow<'_>,
    id: i64,
    sender_name: Option<String>,
) -> Result<Message, Failure> {
    let row = MessageRow {
        id,
        conversation_id: row.conversation_id,
        content: row.content.to_owned(),
        content_html: row.content_html.to_owned(),
        sender_sub: viewer.sub.to_string(),
        sender_name,
        sent_at: row.sent_at.micros(),
        edited_at: None,
        deleted_at: None,
        reactions: None,
        client_id: row.client_id.map(str::to_owned),
        reply_id: None,
        reply_content: None,
        reply_sub: None,
        reply_name: None,
        object_id: None,
        reply_filename: None,
        quiz_card: None,
    };
    view::message(row, None)
}
