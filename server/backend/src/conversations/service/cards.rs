//! Messages that share a quiz.

use super::{ConversationService, attachments::Written, store, view};
use crate::{
    access,
    events::{Woken, store as event_store},
    failure::Failure,
};
use db::Connection;
use domain::{
    ApiError, Viewer,
    conversations::{Message, checked_content},
    events::Event,
    quizzes::QuizCard,
};
use std::collections::BTreeSet;
use store::NewMessageRow;

impl ConversationService {
    /// Refuses a conversation that there is not, and after `other` one that the viewer is not in.
    pub(crate) async fn takes_part(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        id: i64,
        other: Result<(), ApiError>,
    ) -> Result<(), Failure> {
        let standing = store::standing(c, id, viewer.account_id).await?.ok_or_else(super::no_conversation)?;
        other?;
        Ok(access::takes_part(standing.is_in)?)
    }

    /// Sends a card within the transaction that shares its quiz.
    pub(crate) async fn send_card(
        &self,
        c: &mut Connection,
        viewer: &Viewer,
        conversation_id: i64,
        content: &str,
        card: &QuizCard,
    ) -> Result<(i64, Woken), Failure> {
        let content = checked_content(content).map_err(|error| ApiError::validation(vec![error]))?;
        let turn = store::take_turn(c, conversation_id, viewer.account_id, self.clock.now()).await?;
        let Some(sent_at) = turn else {
            self.standing(c, viewer, conversation_id).await?;
            return Err(Failure::Broken("a participant was refused a turn"));
        };
        access::reaches_somebody(store::is_deserted(c, conversation_id, viewer.account_id).await?)?;
        let Written { content, html, search_text } = Written::new(content, None);
        let json = json(card)?;
        let row = NewMessageRow {
            conversation_id,
            sender_id: viewer.account_id,
            content: &content,
            content_html: &html,
            search_text: &search_text,
            reply_to_id: None,
            client_id: None,
            sent_at,
            object_id: None,
            quiz: Some((card.quiz_id, &json)),
        };
        let inserted = store::insert_message(c, &row).await?;
        let (id, _) = inserted.ok_or(Failure::Broken("a message without a client id was there before"))?;
        let message = self.reload(c, id).await?;
        Ok((id, self.events.record_message(c, &Event::MessageCreated { message }).await?))
    }

    /// Lets every card of the quizzes show them as they are now.
    pub(crate) async fn change_cards(
        &self,
        c: &mut Connection,
        quizzes: &[i64],
        change: impl Fn(&mut QuizCard) + Send,
    ) -> Result<Woken, Failure> {
        let mut cards = Vec::new();
        for quiz_id in quizzes {
            cards.extend(store::with_card_of(c, *quiz_id).await?);
        }
        self.lock_all(c, cards.iter().map(|(_, conversation_id)| *conversation_id).collect()).await?;
        let mut woken = Woken::default();
        for (id, _) in cards {
            let Some(before) = store::card(c, id).await? else { continue };
            let mut card = view::card(&before)?;
            change(&mut card);
            let after = json(&card)?;
            if after == before {
                continue;
            }
            store::set_card(c, id, &after).await?;
            let message: Message = self.reload(c, id).await?;
            self.show_as_now(c, &message).await?;
            woken = woken.and(self.events.record_message(c, &Event::MessageUpdated { message }).await?);
        }
        Ok(woken)
    }

    /// Keeps several conversations, and the events of everybody in them, for this transaction: conversations first and
    /// then people, each in the order of their ids, so that it and whoever sends there never wait for each other.
    pub(crate) async fn lock_all(&self, c: &mut Connection, conversations: BTreeSet<i64>) -> Result<(), Failure> {
        let mut people = BTreeSet::new();
        for id in conversations {
            store::lock(c, id).await?;
            people.extend(store::participant_ids(c, id).await?);
        }
        for account_id in people {
            event_store::lock_cursor(c, account_id).await?;
        }
        Ok(())
    }

    /// The same for every conversation that shows something of the person's.
    pub(crate) async fn lock_everywhere(&self, c: &mut Connection, account_id: i64) -> Result<(), Failure> {
        let mine = store::mine(c, account_id).await?.into_iter().map(|(id, _)| id);
        let with_files = store::with_files_of(c, account_id).await?.into_iter().map(|(_, id)| id);
        let conversations = mine.chain(with_files).chain(store::with_cards_by(c, account_id).await?).collect();
        self.lock_all(c, conversations).await
    }
}

fn json(card: &QuizCard) -> Result<String, Failure> {
    serde_json::to_string(card).map_err(|_| Failure::Broken("a card cannot be written"))
}
