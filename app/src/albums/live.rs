//! Albums change while they are looked at: the event stream tells when to load them again.

use super::{actions, open_album::OpenAlbum, paths};
use crate::{
    browser,
    conversations::{MyConversations, live::Live},
    ui::toast::Toasts,
};
use domain::{albums::Album, events::Event};
use leptos::prelude::*;
use leptos_router::hooks::use_navigate;
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};
use uuid::Uuid;

/// While changes keep coming, what they change is loaded anew no more often than this.
const SPACING_MILLIS: i64 = 1_500;

/// What has happened to an album.
#[derive(Clone, Copy, Debug)]
pub enum Change<'a> {
    /// It was made, changed or shared, or has other photos.
    Put(&'a Album),
    /// It was deleted, or is no longer shared with the viewer.
    Gone(Uuid),
    /// What has happened is not known: events were lost.
    Lost,
}

/// Calls back with every change of the albums that the viewer sees, until the owner is cleaned up.
pub fn follow(changed: impl Fn(Change<'_>) + Send + Sync + Clone + 'static) {
    let (live, mine) = (Live::of_page(), use_context::<MyConversations>());
    Effect::new(move || {
        // That is older than what is shown: some events come that are known already.
        let Some(cursor) = mine.and_then(MyConversations::cursor) else { return };
        let (changed, is_new) = (changed.clone(), Arc::new(AtomicBool::new(false)));
        let heard = Arc::clone(&is_new);
        live.follow(cursor, move |event| match event {
            Event::AlbumUpdated { album } => changed(Change::Put(album)),
            // What was gone before the page was opened may be back: the page's own data know it.
            Event::AlbumRemoved { album_id } if heard.load(Ordering::Relaxed) => changed(Change::Gone(*album_id)),
            Event::Reset => changed(Change::Lost),
            _ => {}
        });
        is_new.store(true, Ordering::Relaxed);
    });
}

/// Loads the open album again whenever somebody has changed it, and leaves it when it is gone.
pub fn keep_up(open: OpenAlbum) {
    let gone = RwSignal::new(false);
    let is_open = move |id: Uuid| open.id.try_get_untracked() == Some(Ok(id));
    // What was told before the album is here may be in it already.
    let told = StoredValue::new(None::<Album>);
    Effect::new(move || {
        open.album.with(|known| {
            let told = known.as_ref().and_then(|_| told.try_update_value(Option::take).flatten());
            if told.is_some_and(|told| is_newer(&told, known.as_ref())) {
                actions::reload_soon(open);
            }
        });
    });
    follow(move |change| match change {
        Change::Put(album) if is_open(album.id) => {
            gone.try_set(false);
            match open.album.try_with_untracked(|known| known.as_ref().map(|known| is_newer(album, Some(known)))) {
                Some(Some(true)) => actions::reload_soon(open),
                Some(None) => drop(told.try_set_value(Some(album.clone()))),
                _ => {}
            }
        }
        Change::Gone(id) if is_open(id) => {
            gone.try_set(true);
        }
        Change::Lost => actions::reload_soon(open),
        Change::Put(_) | Change::Gone(_) => {}
    });
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if !gone.get() {
            return;
        }
        navigate(paths::LIST, Default::default());
        if let Some(toasts) = toasts {
            toasts.say("This album is no longer there for you.");
        }
    });
}

/// Whether the event tells something of an album that is not known yet. Of two that were changed at the same time the
/// event may still be the older: it only says that it is time to ask.
#[must_use]
pub fn is_newer(told: &Album, known: Option<&Album>) -> bool {
    known.is_none_or(|known| told.updated_at >= known.updated_at && told != known)
}

/// Does something soon after it was asked for: once for all who ask meanwhile, and not all the time.
#[derive(Clone, Copy, Debug)]
pub struct Throttle {
    waits: StoredValue<bool>,
    done_at: StoredValue<i64>,
}

impl Throttle {
    /// For as long as the current owner lives.
    #[must_use]
    pub fn new() -> Self {
        Self { waits: StoredValue::new(false), done_at: StoredValue::new(0) }
    }

    /// Asks for `work`, unless it is to come anyway.
    pub fn ask(self, work: impl FnOnce() + 'static) {
        // The page may be gone.
        if self.waits.try_get_value() != Some(false) {
            return;
        }
        self.waits.set_value(true);
        let since = browser::now_millis() - self.done_at.get_value();
        let rest = u32::try_from((SPACING_MILLIS - since).clamp(0, SPACING_MILLIS)).unwrap_or_default();
        let _ = browser::after(rest, move || {
            if self.waits.try_get_value().is_none() {
                return;
            }
            self.waits.set_value(false);
            self.done_at.set_value(browser::now_millis());
            work();
        });
    }
}

impl Default for Throttle {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::albums::model::words::samples::person;
    use domain::{Timestamp, albums::AlbumRole};

    fn album(title: &str, changed: i64) -> Album {
        Album {
            id: Uuid::nil(),
            title: title.to_owned(),
            description: String::new(),
            owner: person(),
            role: AlbumRole::Owner,
            cover: None,
            photo_count: 0,
            members: Vec::new(),
            conversations: Vec::new(),
            created_at: Timestamp::from_seconds(0),
            updated_at: Timestamp::from_seconds(changed),
        }
    }

    #[test]
    fn only_what_is_not_known_yet_is_a_reason_to_load() {
        let known = album("Alps", 5);
        assert!(is_newer(&album("Alps", 5), None), "another album");
        assert!(is_newer(&album("Alps", 6), Some(&known)));
        assert!(is_newer(&Album { role: AlbumRole::Viewer, ..known.clone() }, Some(&known)), "shared with others");
        assert!(!is_newer(&known, Some(&known)));
        assert!(!is_newer(&album("Fens", 4), Some(&known)), "an event from before it was loaded");
    }
}
