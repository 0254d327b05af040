//! The part of a conversation that is on the page.

use super::{gallery, gallery::Tile, outbox::Outgoing};
use domain::{
    Timestamp,
    conversations::{Message, MessageList, Participant},
    events::Event,
    id::Sub,
};
use std::{collections::HashMap, sync::Arc};

/// Most rows on the page: several screens, and few enough to be laid out within a frame whenever some are added.
pub const ROWS_MAX: usize = 160;
/// Rows left free for what is on its way and for days that begin elsewhere in the person's time zone.
const ROWS_SPARE: usize = 20;
/// Most messages that are added in one frame of the screen.
const PORTION: usize = 5;
/// Messages of one person that follow one another within this time stand together.
const GROUP_SECONDS: i64 = 300;

/// The loaded messages of a conversation: an unbroken stretch, oldest first, with everything that happened to it since.
///
/// Every change may come twice or late: each `apply` and each loaded part can be repeated without harm. Whoever has
/// added a loaded part therefore lets the events since its cursor come again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thread {
    conversation_id: i64,
    viewer: Sub,
    messages: Vec<Arc<Message>>,
    has_older: bool,
    has_newer: bool,
    /// The newest message that the viewer had before their eyes.
    seen: i64,
    /// Where the viewer had stopped reading when the conversation was opened.
    unread_after: i64,
    /// What comes later than this was never unread: it came while the conversation was open.
    unread_until: i64,
}

/// A row of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A day begins: days since the epoch.
    Day(i64),
    /// From here on everything was unread when the conversation was opened.
    FirstUnread,
    /// A message.
    Message {
        /// The message, wherever it is.
        entry: Entry,
        /// Whether it is the viewer's own.
        own: bool,
        /// Whether it stands apart from the one before and so shows its writer and time.
        starts_group: bool,
        /// Its place in a grid of pictures.
        tile: Option<Tile>,
    },
}

/// A message as the page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The server has it.
    Sent(Arc<Message>),
    /// It is on its way.
    Outgoing(Box<Outgoing>),
}

/// The rows in order, each also to be found by its key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rows {
    rows: Vec<(String, Row)>,
    places: HashMap<String, usize>,
}

/// An end of the loaded messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Where the oldest are.
    Oldest,
    /// Where the newest are.
    Newest,
}

impl Thread {
    /// The thread as it was loaded, for a viewer who had read up to a message.
    #[must_use]
    pub fn new(conversation_id: i64, viewer: Sub, read_message_id: i64, list: MessageList) -> Self {
        let unread_until = if list.has_newer { i64::MAX } else { newest(&list.messages).max(read_message_id) };
        let mut thread = Self {
            conversation_id,
            viewer,
            messages: Vec::new(),
            has_older: false,
            has_newer: false,
            seen: read_message_id,
            unread_after: read_message_id,
            unread_until,
        };
        thread.replace(list);
        thread
    }

    /// Takes the messages for the loaded ones: to catch up after a reset, or to go elsewhere in the conversation.
    pub fn replace(&mut self, list: MessageList) {
        self.has_older = list.has_older;
        self.has_newer = list.has_newer;
        self.messages = list.messages.into_iter().map(Arc::new).collect();
    }

    /// Adds the messages beyond an end of the loaded ones; as many go at the other.
    pub fn extend(&mut self, list: MessageList, end: End) {
        match end {
            End::Oldest => {
                let first = self.oldest().unwrap_or(i64::MAX);
                let older = list.messages.into_iter().filter(|message| message.id < first).map(Arc::new);
                self.messages.splice(0..0, older);
                self.has_older = list.has_older;
                self.trim(End::Newest);
            }
            End::Newest => {
                let last = self.newest();
                self.messages.extend(list.messages.into_iter().filter(|message| message.id > last).map(Arc::new));
                self.has_newer = list.has_newer;
                self.trim(End::Oldest);
            }
        }
    }

    /// The message at an end, if there are others beyond it.
    #[must_use]
    pub fn goes_on_from(&self, end: End) -> Option<i64> {
        match end {
            End::Oldest => self.oldest().filter(|_| self.has_older),
            End::Newest => Some(self.newest()).filter(|_| self.has_newer),
        }
    }

    /// Applies a change; says whether it concerned this thread. `at_end`: the newest messages are in view.
    pub fn apply(&mut self, event: &Event, at_end: bool) -> bool {
        match event {
            Event::MessageCreated { message } => self.add(message, at_end),
            Event::MessageUpdated { message }
            | Event::MessageDeleted { message }
            | Event::ReactionChanged { message } => self.change(message),
            Event::ConversationUpdated { conversation } if conversation.id == self.conversation_id => {
                self.rename(&conversation.participants)
            }
            _ => false,
        }
    }

    /// The viewer has the newest loaded messages before their eyes; says whether any of them are new to them.
    pub fn saw_end(&mut self) -> bool {
        let newest = self.newest();
        let is_new = newest > self.seen;
        self.seen = self.seen.max(newest);
        is_new
    }

    /// Whether there may be messages by others below what the viewer sees.
    #[must_use]
    pub fn has_unseen(&self) -> bool {
        let mut after = self.messages.iter().rev().take_while(|message| message.id > self.seen);
        self.has_newer || after.any(|message| message.sender_sub != self.viewer)
    }

    /// Whether there are older messages than the loaded ones.
    #[must_use]
    pub const fn has_older(&self) -> bool {
        self.has_older
    }

    /// Whether there are newer messages than the loaded ones.
    #[must_use]
    pub const fn has_newer(&self) -> bool {
        self.has_newer
    }

    /// The id of the oldest loaded message.
    #[must_use]
    pub fn oldest(&self) -> Option<i64> {
        self.messages.first().map(|message| message.id)
    }

    /// The id of the newest loaded message; 0 when there is none.
    #[must_use]
    pub fn newest(&self) -> i64 {
        self.messages.last().map_or(0, |message| message.id)
    }

    /// Whether nothing was ever said.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.messages.is_empty() && self.is_whole()
    }

    /// Whether every message is loaded.
    #[must_use]
    pub const fn is_whole(&self) -> bool {
        !self.has_older && !self.has_newer
    }

    /// The loaded messages, oldest first.
    pub fn messages(&self) -> impl Iterator<Item = &Arc<Message>> {
        self.messages.iter()
    }

    /// A loaded message.
    #[must_use]
    pub fn message(&self, id: i64) -> Option<&Arc<Message>> {
        self.place_of(id).ok().map(|place| &self.messages[place])
    }

    /// The first message that was unread when the conversation was opened, if it is loaded and surely the first.
    #[must_use]
    pub fn first_unread(&self) -> Option<i64> {
        let was_unread = |id: i64| id > self.unread_after && id <= self.unread_until;
        // As the server counts them.
        let counts = |message: &Message| message.sender_sub != self.viewer && !message.deleted;
        let first = self.messages.iter().find(|message| was_unread(message.id) && counts(message))?.id;
        let is_surely_first = !self.has_older || self.oldest().is_some_and(|oldest| oldest <= self.unread_after);
        is_surely_first.then_some(first)
    }

    /// The viewer's last message, for changing it; none while there may be a later one that is not loaded.
    #[must_use]
    pub fn last_own_editable(&self) -> Option<&Arc<Message>> {
        let is_own = |message: &&Arc<Message>| message.sender_sub == self.viewer && !message.deleted;
        self.messages.iter().rev().find(is_own).filter(|_| !self.has_newer)
    }

    /// Under which loaded message to show that whom has read so far.
    #[must_use]
    pub fn seen_by(&self, participants: &[Participant]) -> Vec<(i64, Vec<Participant>)> {
        let mut seen: Vec<(i64, Vec<Participant>)> = Vec::new();
        for participant in participants.iter().filter(|participant| participant.sub != self.viewer) {
            let Some(message) = participant.read_message_id.and_then(|read| self.last_up_to(read)) else { continue };
            match seen.iter_mut().find(|(id, _)| *id == message) {
                Some((_, people)) => people.push(participant.clone()),
                None => seen.push((message, vec![participant.clone()])),
            }
        }
        seen
    }

    /// The rows to show, with what is on its way to this conversation at the end. `day_of` is the person's calendar.
    #[must_use]
    pub fn rows(&self, outgoing: &[Outgoing], day_of: impl Fn(Timestamp) -> i64) -> Rows {
        let first_unread = self.first_unread();
        let mut rows = Rows::default();
        let mut before: Option<(&Message, i64)> = None;
        for message in &self.messages {
            let day = day_of(message.sent_at);
            let new_day = before.is_none_or(|(_, day_before)| day_before != day);
            if new_day {
                rows.push(format!("day-{day}"), Row::Day(day));
            }
            let unread_begins = first_unread == Some(message.id);
            if unread_begins {
                rows.push("unread".to_owned(), Row::FirstUnread);
            }
            let follows = before.is_some_and(|(before, _)| stands_with(before, message));
            let starts_group = new_day || unread_begins || !follows;
            let own = message.sender_sub == self.viewer;
            let entry = Entry::Sent(message.clone());
            rows.push(self.key_of(message), Row::Message { entry, own, starts_group, tile: None });
            before = Some((message, day));
        }
        let mut starts_group = self.messages.last().is_none_or(|last| last.sender_sub != self.viewer);
        for outgoing in outgoing.iter().filter(|outgoing| self.is_underway(outgoing)) {
            let entry = Entry::Outgoing(Box::new(outgoing.clone()));
            rows.push(own_key(&outgoing.client_id), Row::Message { entry, own: true, starts_group, tile: None });
            starts_group = false;
        }
        gallery::arrange(rows.rows.iter_mut().map(|(_, row)| row));
        rows
    }

    fn is_underway(&self, outgoing: &Outgoing) -> bool {
        outgoing.conversation_id == self.conversation_id
            && !self.messages.iter().rev().any(|message| message.sender_sub == self.viewer && outgoing.is(message))
    }

    /// Adds a message that is new to this browser.
    fn add(&mut self, message: &Message, at_end: bool) -> bool {
        if message.conversation_id != self.conversation_id {
            return false;
        }
        let Err(place) = self.place_of(message.id) else { return false };
        if place == 0 && self.has_older {
            return false;
        }
        let comes_last = place == self.messages.len();
        if comes_last && (self.has_newer || (!at_end && self.row_count() >= ROWS_MAX - ROWS_SPARE)) {
            let is_first = !self.has_newer;
            self.has_newer = true;
            return is_first;
        }
        self.messages.insert(place, Arc::new(message.clone()));
        self.trim(End::Oldest);
        true
    }

    /// Replaces a loaded message, and what quotes it.
    fn change(&mut self, message: &Message) -> bool {
        if message.conversation_id != self.conversation_id {
            return false;
        }
        let mut changed = false;
        if let Ok(place) = self.place_of(message.id) {
            self.messages[place] = Arc::new(message.clone());
            changed = true;
        }
        for quoting in self.messages.iter_mut().filter(|quoting| quotes(quoting, message.id)) {
            if let Some(quote) = &mut Arc::make_mut(quoting).reply_to {
                quote.excerpt = super::texts::excerpt_of(message);
                changed = true;
            }
        }
        changed
    }

    /// People are called as they are now in what they said before, too.
    fn rename(&mut self, people: &[Participant]) -> bool {
        let name = |sub: &Sub| people.iter().find(|one| one.sub == *sub).map(|one| &one.display_name);
        let mut changed = false;
        for message in &mut self.messages {
            let Some(name) = name(&message.sender_sub).filter(|name| **name != message.sender_name) else { continue };
            Arc::make_mut(message).sender_name.clone_from(name);
            changed = true;
        }
        let quoted = self.messages.iter_mut().filter(|message| {
            let quote = message.reply_to.as_ref();
            quote.is_some_and(|quote| name(&quote.sender_sub).is_some_and(|name| *name != quote.sender_name))
        });
        for message in quoted {
            let Some(quote) = &mut Arc::make_mut(message).reply_to else { continue };
            if let Some(name) = name(&quote.sender_sub) {
                quote.sender_name.clone_from(name);
                changed = true;
            }
        }
        changed
    }

    /// Lets messages go at one end until the rest fits on the page.
    fn trim(&mut self, end: End) {
        while self.row_count() > ROWS_MAX - ROWS_SPARE {
            let too_many = self.row_count() - (ROWS_MAX - ROWS_SPARE);
            // At most every other row is a day.
            let gone = too_many.div_ceil(2);
            match end {
                End::Oldest => {
                    self.messages.drain(..gone);
                    self.has_older = true;
                }
                End::Newest => {
                    let kept = self.messages.len() - gone;
                    self.messages.truncate(kept);
                    self.has_newer = true;
                }
            }
        }
    }

    fn row_count(&self) -> usize {
        let days = self.messages.windows(2).filter(|pair| pair[0].sent_at.day() != pair[1].sent_at.day()).count() + 1;
        self.messages.len() + days + 1
    }

    fn place_of(&self, id: i64) -> Result<usize, usize> {
        self.messages.binary_search_by_key(&id, |message| message.id)
    }

    fn last_up_to(&self, id: i64) -> Option<i64> {
        let after = self.messages.partition_point(|message| message.id <= id);
        after.checked_sub(1).map(|place| self.messages[place].id)
    }

    /// What was sent from here keeps the key that it had while it was on its way, and so its place on the page.
    fn key_of(&self, message: &Message) -> String {
        match &message.client_id {
            Some(client_id) if message.sender_sub == self.viewer => own_key(client_id),
            _ => format!("message-{}", message.id),
        }
    }
}

/// Loaded messages in parts of at most [`PORTION`], in the order in which they are added at an end.
#[must_use]
pub fn portions(list: MessageList, end: End) -> Vec<MessageList> {
    let MessageList { messages, has_older, has_newer, cursor } = list;
    let parts: Vec<Vec<Message>> = match end {
        End::Oldest => messages.rchunks(PORTION).map(<[Message]>::to_vec).collect(),
        End::Newest => messages.chunks(PORTION).map(<[Message]>::to_vec).collect(),
    };
    let count = parts.len().max(1);
    let part = |(place, messages)| {
        let is_last = place + 1 == count;
        MessageList {
            messages,
            has_older: has_older || (end == End::Oldest && !is_last),
            has_newer: has_newer || (end == End::Newest && !is_last),
            cursor,
        }
    };
    parts.into_iter().chain(messages.is_empty().then(Vec::new)).enumerate().map(part).collect()
}

impl Rows {
    /// The keys in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.rows.iter().map(|(key, _)| key.as_str())
    }

    /// Keys and rows in order.
    #[must_use]
    pub fn all(&self) -> &[(String, Row)] {
        &self.rows
    }

    /// The row of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Row> {
        self.places.get(key).map(|place| &self.rows[*place].1)
    }

    fn push(&mut self, key: String, row: Row) {
        // A clock that was put back can bring a day twice; a key must be there once.
        let key = if self.places.contains_key(&key) { format!("{key}-{}", self.rows.len()) } else { key };
        self.places.insert(key.clone(), self.rows.len());
        self.rows.push((key, row));
    }
}

fn own_key(client_id: &str) -> String {
    format!("own-{client_id}")
}

fn stands_with(before: &Message, message: &Message) -> bool {
    before.sender_sub == message.sender_sub && message.sent_at.seconds_since(before.sent_at) < GROUP_SECONDS
}

fn quotes(message: &Message, id: i64) -> bool {
    message.reply_to.as_ref().is_some_and(|quote| quote.id == id)
}

fn newest(messages: &[Message]) -> i64 {
    messages.last().map_or(0, |message| message.id)
}

#[cfg(test)]
#[path = "thread_tests.rs"]
mod tests;
