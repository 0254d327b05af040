//! What an open conversation knows and what can be done in it; its parts share it through the context.

use crate::{
    browser::Anchor,
    conversations::{
        live::{Following, Live, Staged},
        model::{Rows, Thread},
        thread_page::Opened,
        times::Times,
    },
    ui::toast::Toasts,
    uploads::Uploads,
};
use domain::{
    conversations::{Conversation, Message, Participant},
    id::Sub,
};
use leptos::prelude::*;
use std::sync::Arc;

/// An open conversation.
#[derive(Clone, Copy)]
pub struct OpenThread {
    /// Which one.
    pub id: i64,
    /// Who reads it.
    pub me: StoredValue<Sub>,
    /// Title, members and what they have read.
    pub conversation: RwSignal<Conversation>,
    /// Whether nobody is left who would read what the viewer writes.
    pub is_deserted: Memo<bool>,
    /// Its loaded messages.
    pub thread: RwSignal<Thread>,
    /// What is on the page.
    pub rows: Memo<Rows>,
    /// Who has read how far, by the message under which it is shown.
    pub seen: Memo<Vec<(i64, Vec<Participant>)>>,
    /// What arrives and goes out by itself.
    pub live: StoredValue<Live>,
    /// The row that is pointed at: it shows what can be done with it.
    pub pointed: RwSignal<Option<String>>,
    /// The row that has the focus, or something in it: it too shows what can be done with it.
    pub focused: RwSignal<Option<String>>,
    /// The row that had the focus last: Tab comes back to it.
    pub visited: RwSignal<Option<String>>,
    /// What the composer does with the text.
    pub writing: RwSignal<Writing>,
    /// Whether a changed text is on its way: until the server has answered, the composer keeps it.
    pub saving: RwSignal<bool>,
    /// What is attached to the next message: also what was when the thread was left.
    pub staged: Signal<Vec<Staged>>,
    /// The queue of files on their way.
    pub uploads: StoredValue<Uploads>,
    /// The picture that is shown in full.
    pub picture: RwSignal<Option<String>>,
    /// The message that would be deleted, while the person is asked.
    pub deleting: RwSignal<Option<i64>>,
    /// The message that was jumped to, while it is marked.
    pub marked: RwSignal<Option<i64>>,
    /// How often something was marked: a mark that came later is not ended with this one.
    pub marks: StoredValue<u64>,
    /// What is being read and where it stands on the screen.
    pub anchor: StoredValue<Option<Anchor>>,
    /// Whether the newest messages are in view.
    pub at_end: RwSignal<bool>,
    /// Notifies when the viewer has sent something: then the end comes into view.
    pub sent: RwSignal<()>,
    /// Whether a part of the thread is on its way.
    pub loading: RwSignal<bool>,
    /// The events of this conversation, once they are followed.
    pub following: StoredValue<Option<Following>>,
    /// Where short words about what was done appear.
    pub toasts: Option<Toasts>,
}

/// What the composer does with the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Writing {
    /// Says something new.
    #[default]
    New,
    /// Answers a message.
    Reply(Arc<Message>),
    /// Changes a message.
    Edit(Arc<Message>),
}

impl OpenThread {
    /// Takes over what was loaded, and provides it to the parts.
    pub fn provide(opened: &Opened, me: Sub, live: Live) -> Self {
        let Opened { conversation, messages, at, edit } = opened.clone();
        let id = conversation.id;
        let edited = messages.messages.iter().find(|one| Some(one.id) == edit && one.sender_sub == me && !one.deleted);
        let writing = edited.map_or(Writing::New, |message| Writing::Edit(Arc::new(message.clone())));
        let loaded = Thread::new(id, me.clone(), conversation.read_message_id, messages);
        let at_end = !loaded.has_newer();
        let thread = RwSignal::new(loaded);
        let (times, outgoing, attached) = (Times::of_page(), live.outgoing(), live.clone());
        let rows = Memo::new(move |_| {
            thread.with(|thread| outgoing.with(|outgoing| thread.rows(outgoing, |at| times.day(at))))
        });
        let conversation = RwSignal::new(conversation);
        let me = StoredValue::new(me);
        let is_deserted =
            Memo::new(move |_| conversation.with(|conversation| me.with_value(|me| conversation.is_deserted(me))));
        let seen = Memo::new(move |_| {
            thread.with(|thread| conversation.with(|conversation| thread.seen_by(&conversation.participants)))
        });
        let open = Self {
            id,
            me,
            conversation,
            is_deserted,
            thread,
            rows,
            seen,
            live: StoredValue::new(live),
            pointed: RwSignal::new(None),
            focused: RwSignal::new(None),
            visited: RwSignal::new(None),
            writing: RwSignal::new(writing),
            saving: RwSignal::new(false),
            staged: Signal::derive(move || attached.staged(id)),
            uploads: StoredValue::new(Uploads::of_page()),
            picture: RwSignal::new(None),
            deleting: RwSignal::new(None),
            marked: RwSignal::new(at),
            marks: StoredValue::new(0),
            anchor: StoredValue::new(None),
            at_end: RwSignal::new(at_end),
            sent: RwSignal::new(()),
            loading: RwSignal::new(false),
            following: StoredValue::new(None),
            toasts: Toasts::of_app(),
        };
        provide_context(open);
        open
    }

    /// What arrives and goes out by itself.
    #[must_use]
    pub fn live(self) -> Live {
        self.live.get_value()
    }

    /// The conversation around a part of it.
    #[must_use]
    pub fn of_page() -> Self {
        expect_context()
    }

    /// Whether the person is the viewer.
    #[must_use]
    pub fn is_me(self, sub: &Sub) -> bool {
        self.me.with_value(|me| me == sub)
    }

    /// The picture of a person in it.
    #[must_use]
    pub fn avatar_of(self, sub: &Sub) -> Option<String> {
        self.conversation.with(|conversation| {
            let person = conversation.participants.iter().find(|person| person.sub == *sub);
            person.and_then(|person| person.avatar_url.clone())
        })
    }

    /// What people in it are called.
    #[must_use]
    pub fn names(self, subs: &[Sub]) -> Vec<String> {
        self.conversation.with(|conversation| {
            let name = |sub: &Sub| {
                let person = conversation.participants.iter().find(|person| person.sub == *sub);
                match person {
                    _ if self.is_me(sub) => "You".to_owned(),
                    Some(person) => person.display_name.clone(),
                    None => "Somebody who left".to_owned(),
                }
            };
            subs.iter().map(name).collect()
        })
    }
}
