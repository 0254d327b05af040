//! The list of conversations, kept up to date by events.

use super::texts;
use crate::browser::plain;
use domain::{
    conversations::{Conversation, ConversationCursor, ConversationList, Message, UnreadCount},
    events::Event,
    folding::plain_words,
    id::Sub,
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// The viewer's conversations, latest activity first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    viewer: Sub,
    conversations: Vec<Arc<Conversation>>,
    /// Per conversation, the newest message by somebody else that its count knows of.
    counted: HashMap<i64, i64>,
    /// What is unread in conversations that were not loaded, each until it is.
    elsewhere: BTreeMap<i64, i64>,
    has_more: bool,
    /// Where the next part begins.
    end: Option<ConversationCursor>,
    cursor: i64,
}

/// What a change did to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// Nothing: it was known, or concerns something else.
    Nothing,
    /// The list has changed.
    Changed,
    /// The list cannot tell what this conversation looks like now: load it and [`Inbox::put`] it.
    Unknown(i64),
    /// The whole list is out of date: load it anew.
    Outdated,
}

impl Inbox {
    /// The list as it was loaded.
    #[must_use]
    pub fn new(viewer: Sub, list: ConversationList) -> Self {
        let mut inbox = Self {
            viewer,
            conversations: Vec::new(),
            counted: HashMap::new(),
            elsewhere: BTreeMap::new(),
            has_more: false,
            end: None,
            cursor: list.cursor,
        };
        inbox.append(list);
        inbox
    }

    /// Adds the next part of the list. What is there already stays: events have kept it up to date.
    pub fn append(&mut self, list: ConversationList) {
        self.has_more = list.has_more;
        if let Some(last) = list.conversations.last() {
            self.end = Some(ConversationCursor { last_activity_at: last.last_activity_at, id: last.id });
        }
        let elsewhere = list.unread_elsewhere.unwrap_or_default();
        self.elsewhere.extend(elsewhere.into_iter().map(|one| (one.conversation_id, one.unread_count)));
        self.add(list.conversations);
    }

    /// Adds conversations, wherever in the list they stand. What is there already stays.
    pub fn add(&mut self, conversations: Vec<Conversation>) {
        for conversation in conversations {
            if self.get(conversation.id).is_none() {
                self.put(conversation);
            }
        }
    }

    /// Adds a conversation, or replaces it.
    pub fn put(&mut self, conversation: Conversation) {
        let known = self.counted.entry(conversation.id).or_default();
        *known = (*known).max(last_id(&conversation));
        self.elsewhere.remove(&conversation.id);
        self.conversations.retain(|other| other.id != conversation.id);
        self.conversations.push(Arc::new(conversation));
        self.sort();
    }

    /// Applies a change.
    pub fn apply(&mut self, event: &Event) -> Applied {
        match event {
            Event::MessageCreated { message } => self.receive(message),
            Event::ConversationUpdated { conversation } => self.update(conversation),
            Event::ConversationRemoved { conversation_id } => self.remove(*conversation_id),
            Event::Reset => Applied::Outdated,
            Event::AlbumUpdated { .. }
            | Event::AlbumRemoved { .. }
            | Event::DocumentUpdated { .. }
            | Event::DocumentDeleted { .. }
            | Event::QuizUpdated { .. } => Applied::Nothing,
            Event::MessageUpdated { .. }
            | Event::MessageDeleted { .. }
            | Event::ReactionChanged { .. }
            | Event::ConversationRead { .. }
            | Event::Typing { .. } => self.change(event),
        }
    }

    /// The list as it is now.
    #[must_use]
    pub fn list(&self) -> ConversationList {
        let conversations = self.conversations.iter().map(|conversation| Conversation::clone(conversation)).collect();
        let elsewhere = self.elsewhere.iter();
        let elsewhere = elsewhere.map(|(id, count)| UnreadCount { conversation_id: *id, unread_count: *count });
        let unread_elsewhere = Some(elsewhere.collect());
        ConversationList { conversations, has_more: self.has_more, cursor: self.cursor, unread_elsewhere }
    }

    /// Where the event stream goes on from the list as it was loaded.
    #[must_use]
    pub const fn cursor(&self) -> i64 {
        self.cursor
    }

    /// Whether there are more conversations than were loaded.
    #[must_use]
    pub const fn has_more(&self) -> bool {
        self.has_more
    }

    /// The place in the list at which the next part begins; none when there is nothing. A conversation may stand further
    /// down that was loaded alone, because something happened in it.
    #[must_use]
    pub const fn end(&self) -> Option<ConversationCursor> {
        self.end
    }

    /// The conversations in order.
    #[must_use]
    pub fn all(&self) -> &[Arc<Conversation>] {
        &self.conversations
    }

    /// One of them.
    #[must_use]
    pub fn get(&self, id: i64) -> Option<&Arc<Conversation>> {
        self.conversations.iter().find(|conversation| conversation.id == id)
    }

    /// Those whose title or participants have every word of the query, as the server finds them.
    #[must_use]
    pub fn filtered(&self, query: &str) -> Vec<Arc<Conversation>> {
        let words = plain_words(query, plain);
        if words.is_empty() {
            return self.conversations.clone();
        }
        self.conversations.iter().filter(|one| has_words(one, &self.viewer, &words)).cloned().collect()
    }

    /// What is unread in all that is not muted, loaded or not.
    #[must_use]
    pub fn total_unread(&self) -> i64 {
        let loaded = self.conversations.iter().filter(|one| !one.muted).map(|one| one.unread_count);
        loaded.chain(self.elsewhere.values().copied()).sum()
    }

    /// What a conversation is called.
    #[must_use]
    pub fn title(&self, conversation: &Conversation) -> String {
        texts::title(conversation, &self.viewer)
    }

    /// The viewer has read up to a message, and so many by others are left.
    pub fn read_up_to(&mut self, id: i64, message_id: i64, unread_count: i64) {
        if let Some(conversation) = self.get_mut(id) {
            conversation.read_message_id = conversation.read_message_id.max(message_id);
            conversation.unread_count = unread_count;
        }
    }

    fn receive(&mut self, message: &Message) -> Applied {
        let own = message.sender_sub == self.viewer;
        let counted = self.counted.get(&message.conversation_id).copied();
        let Some(conversation) = self.get_mut(message.conversation_id) else {
            return Applied::Unknown(message.conversation_id);
        };
        let is_last = message.id > last_id(conversation);
        if is_last {
            conversation.last_activity_at = message.sent_at;
            conversation.last_message = Some(message.clone());
        }
        // An own message, shown before its event came, says nothing about those of others before it.
        let counts = !own && counted.is_none_or(|counted| message.id > counted);
        if counts {
            conversation.unread_count += i64::from(message.id > conversation.read_message_id);
            self.counted.insert(message.conversation_id, message.id);
        }
        self.sort();
        if is_last || counts { Applied::Changed } else { Applied::Nothing }
    }

    fn update(&mut self, new: &Conversation) -> Applied {
        let mut new = new.clone();
        if let Some(old) = self.get(new.id).filter(|old| last_id(old) > last_id(&new)) {
            new.last_message.clone_from(&old.last_message);
            new.last_activity_at = old.last_activity_at;
        }
        self.put(new);
        Applied::Changed
    }

    fn remove(&mut self, id: i64) -> Applied {
        let before = self.conversations.len();
        self.conversations.retain(|conversation| conversation.id != id);
        self.counted.remove(&id);
        let was_elsewhere = self.elsewhere.remove(&id).is_some();
        if was_elsewhere || self.conversations.len() < before { Applied::Changed } else { Applied::Nothing }
    }

    fn change(&mut self, event: &Event) -> Applied {
        let viewer = self.viewer.clone();
        let Some(id) = conversation_of(event) else { return Applied::Nothing };
        let counts_elsewhere = self.elsewhere.contains_key(&id);
        let Some(conversation) = self.get_mut(id) else {
            let is_other = counts_elsewhere && may_lower_unread(event, &viewer);
            return if is_other { Applied::Unknown(id) } else { Applied::Nothing };
        };
        let takes_unread =
            matches!(event, Event::MessageDeleted { message } if is_unread(conversation, &viewer, message));
        let applied = apply_to(conversation, &viewer, event);
        if takes_unread { Applied::Unknown(id) } else { applied }
    }

    fn get_mut(&mut self, id: i64) -> Option<&mut Conversation> {
        self.conversations.iter_mut().find(|conversation| conversation.id == id).map(Arc::make_mut)
    }

    fn sort(&mut self) {
        self.conversations.sort_by_key(|conversation| Reverse((conversation.last_activity_at, conversation.id)));
    }
}

/// Applies what can happen to one conversation without a new message: somebody read, the last message changed.
pub fn apply_to(conversation: &mut Conversation, viewer: &Sub, event: &Event) -> Applied {
    match event {
        Event::ConversationRead { conversation_id, sub, message_id } if *conversation_id == conversation.id => {
            read_by(conversation, viewer, sub, *message_id)
        }
        Event::ConversationUpdated { conversation: new } if new.id == conversation.id => {
            *conversation = (**new).clone();
            Applied::Changed
        }
        Event::MessageUpdated { message } | Event::MessageDeleted { message } | Event::ReactionChanged { message }
            if conversation.last_message.as_ref().is_some_and(|last| last.id == message.id) =>
        {
            conversation.last_message = Some(message.clone());
            Applied::Changed
        }
        _ => Applied::Nothing,
    }
}

fn read_by(conversation: &mut Conversation, viewer: &Sub, reader: &Sub, message_id: i64) -> Applied {
    let person = conversation.participants.iter_mut().find(|participant| participant.sub == *reader);
    if let Some(person) = person {
        person.read_message_id = Some(person.read_message_id.unwrap_or_default().max(message_id));
    }
    if reader == viewer && message_id > conversation.read_message_id {
        conversation.read_message_id = message_id;
        if message_id < last_id(conversation) && conversation.unread_count > 0 {
            return Applied::Unknown(conversation.id);
        }
        conversation.unread_count = 0;
    }
    Applied::Changed
}

/// Whether less may be unread afterwards: the viewer has read in another browser, or somebody took a message back.
fn may_lower_unread(event: &Event, viewer: &Sub) -> bool {
    match event {
        Event::ConversationRead { sub, .. } => sub == viewer,
        Event::MessageDeleted { message } => message.sender_sub != *viewer,
        _ => false,
    }
}

fn is_unread(conversation: &Conversation, viewer: &Sub, message: &Message) -> bool {
    let is_new = message.sender_sub != *viewer && message.id > conversation.read_message_id;
    is_new && conversation.unread_count > 0
}

fn conversation_of(event: &Event) -> Option<i64> {
    match event {
        Event::MessageCreated { message }
        | Event::MessageUpdated { message }
        | Event::MessageDeleted { message }
        | Event::ReactionChanged { message } => Some(message.conversation_id),
        Event::ConversationRead { conversation_id, .. }
        | Event::ConversationRemoved { conversation_id }
        | Event::Typing { conversation_id, .. } => Some(*conversation_id),
        Event::ConversationUpdated { conversation } => Some(conversation.id),
        Event::AlbumUpdated { .. }
        | Event::AlbumRemoved { .. }
        | Event::DocumentUpdated { .. }
        | Event::DocumentDeleted { .. }
        | Event::QuizUpdated { .. }
        | Event::Reset => None,
    }
}

fn last_id(conversation: &Conversation) -> i64 {
    conversation.last_message.as_ref().map_or(0, |message| message.id)
}

fn has_words(conversation: &Conversation, viewer: &Sub, words: &[String]) -> bool {
    // The viewer is in every one: their own name would find all.
    let others = conversation.participants.iter().filter(|participant| participant.sub != *viewer);
    let names = others.map(|participant| &participant.display_name);
    let names: Vec<String> = names.chain(&conversation.title).map(|name| plain(name)).collect();
    words.iter().all(|word| names.iter().any(|name| name.contains(word)))
}

#[cfg(test)]
#[path = "conversation_list_tests.rs"]
mod tests;
