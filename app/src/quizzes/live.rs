//! Quizzes that are being made: the event stream tells when they are there, and it is asked now and then where that is
//! cut.

use crate::{
    conversations::{MyConversations, live::Live},
    documents::live::ask_while,
};
use domain::events::Event;
use leptos::prelude::*;

/// Loads again for as long as quizzes are being made, and at once when one of them has come to its end.
pub fn follow_making(being_made: Memo<Vec<i64>>, load: impl Fn() + Clone + Send + Sync + 'static) {
    let (live, conversations) = (Live::of_page(), use_context::<MyConversations>());
    let told = load.clone();
    Effect::new(move || {
        let cursor = conversations.and_then(|mine| {
            mine.0.with(|list| list.as_ref().and_then(|list| list.as_ref().ok()).map(|list| list.cursor))
        });
        let Some(cursor) = cursor else { return };
        let told = told.clone();
        live.follow(cursor, move |event| {
            let is_awaited = |id| being_made.try_with_untracked(|made| made.contains(id)).unwrap_or_default();
            if matches!(event, Event::QuizUpdated { quiz_id, .. } if is_awaited(quiz_id)) {
                told();
            }
        });
    });
    let waits = Memo::new(move |_| being_made.with(|made| !made.is_empty()));
    ask_while(waits, RwSignal::new(0), load);
}
