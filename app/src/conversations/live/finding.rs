//! Looking for conversations beyond the part of the list that was loaded.

use super::Live;
use crate::{
    browser,
    conversations::{model::Inbox, server_fns::list_conversations},
    ui::debounce::Debounce,
};
use leptos::prelude::*;

/// How long the typing must pause before the server is asked.
const PAUSE_MILLIS: u32 = 200;

impl Live {
    /// Loads the conversations that have these words in their names, unless all are loaded, for as long as the current
    /// owner lives.
    pub fn find_beyond(&self, wanted: Signal<String>) {
        let live = self.clone();
        let pause = Debounce::new(PAUSE_MILLIS);
        let inbox = self.inbox();
        let has_more = Memo::new(move |_| inbox.with(|inbox| inbox.as_ref().is_some_and(Inbox::has_more)));
        Effect::new(move || {
            let words = wanted.get();
            if has_more.get() && !words.trim().is_empty() {
                let live = live.clone();
                pause.ask(move || live.look_up(words));
            }
        });
    }

    fn look_up(&self, words: String) {
        let live = self.clone();
        browser::spawn(async move {
            if let Ok(list) = list_conversations(Some(words), None).await {
                live.update_inbox(|inbox| inbox.add(list.conversations));
            }
        });
    }
}
