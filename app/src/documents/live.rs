//! Documents change while they are read and noted: told by the event stream, and asked for now and then where that is cut.

use crate::{
    browser,
    conversations::{MyConversations, live::Live},
};
use domain::{documents::Document, events::Event};
use leptos::prelude::*;
use uuid::Uuid;

/// How soon it is asked again, at first and at last.
const ASK_AGAIN_MILLIS: [u32; 4] = [3_000, 5_000, 10_000, 20_000];

/// What has happened to a document.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// It has come further, or was changed.
    Put(&'a Document),
    /// It was deleted.
    Gone(Uuid),
}

/// Calls back with every change of the viewer's documents, until the owner is cleaned up.
pub fn follow(changed: impl Fn(Change<'_>) + Send + Sync + Clone + 'static) {
    let (live, conversations) = (Live::of_page(), use_context::<MyConversations>());
    Effect::new(move || {
        // The cursor of the frame's data is older than that of the page's: some events come that are known already.
        let cursor = conversations.and_then(|mine| {
            mine.0.with(|list| list.as_ref().and_then(|list| list.as_ref().ok()).map(|list| list.cursor))
        });
        let Some(cursor) = cursor else { return };
        let changed = changed.clone();
        // When events are lost, the frame loads its conversations anew, and this effect runs again.
        live.follow(cursor, move |event| match event {
            Event::DocumentUpdated { document } => changed(Change::Put(document)),
            Event::DocumentDeleted { document_id } => changed(Change::Gone(*document_id)),
            _ => {}
        });
    });
}

/// Loads again for as long as something is under way, ever more seldom.
pub fn ask_while(waits: Memo<bool>, heard: RwSignal<u32>, load: impl Fn() + Clone + 'static) {
    let asked = StoredValue::new(0_usize);
    Effect::new(move || {
        heard.track();
        if !waits.get() {
            asked.set_value(0);
            return;
        }
        let turn = asked.get_value();
        asked.set_value(turn + 1);
        let millis = ASK_AGAIN_MILLIS[turn.min(ASK_AGAIN_MILLIS.len() - 1)];
        let load = load.clone();
        let timer = browser::after(millis, move || {
            load();
            // So that it goes on when nothing has changed.
            heard.try_update(|heard| *heard = heard.wrapping_add(1));
        });
        on_cleanup(move || timer.cancel());
    });
}
