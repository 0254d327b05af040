//! What a person does in an open album, carried out at the server and shown at once.

use super::{
    model::words,
    open_album::OpenAlbum,
    server_fns::{
        change_album, change_photos, copy_photos, delete_photos, load_album, load_tiles, move_photos, restore_photos,
    },
};
use crate::{browser, error::Failure};
use domain::{ErrorCode, albums::Preview};
use leptos::prelude::*;
use uuid::Uuid;

/// How soon it is asked again whether a photo's thumbnails are there, at first and at last.
const ASK_AGAIN_MILLIS: [u32; 5] = [1_000, 2_000, 4_000, 8_000, 15_000];

/// Loads all photos of the gallery, and the album with its count.
pub fn reload(open: OpenAlbum) {
    let (Some(Ok(id)), Some(sort)) = (open.id.try_get_untracked(), open.sort.try_get_untracked()) else { return };
    browser::spawn(async move {
        // The album first: what happens between the two is told later than it.
        let loaded = match load_album(id).await {
            Ok(album) => load_tiles(id, sort, true).await.map(|tiles| (album, tiles)),
            Err(failure) => Err(failure),
        };
        // The person may have gone on meanwhile.
        let is_here = || open.id.try_get_untracked() == Some(Ok(id)) && open.sort.try_get_untracked() == Some(sort);
        if !is_here() {
            return;
        }
        match loaded {
            Ok((album, tiles)) => {
                open.album.set(Some(album));
                open.show_tiles(tiles.photos);
            }
            // Many photos at once are many requests: it comes a little later then.
            Err(failure) if failure.code == ErrorCode::TooManyRequests => {
                let seconds = failure.retry_after_seconds.and_then(|seconds| u32::try_from(seconds).ok()).unwrap_or(1);
                let _ = browser::after(seconds.saturating_mul(1_000), move || reload(open));
            }
            // The event that tells of it leads away from here.
            Err(failure) if failure.code == ErrorCode::NotFound => {}
            Err(failure) => open.say(failure.detail.clone()),
        }
    });
}

/// The same soon, for whoever may ask often.
pub fn reload_soon(open: OpenAlbum) {
    open.reloads.ask(move || reload(open));
}

/// Asks again for as long as thumbnails are being made.
pub fn refresh_while_processing(open: OpenAlbum) {
    let asked = StoredValue::new(0_usize);
    Effect::new(move || {
        let waits = open.tiles.with(|tiles| tiles.iter().any(|tile| tile.preview == Preview::Processing));
        if !waits {
            asked.set_value(0);
            return;
        }
        let turn = asked.get_value();
        asked.set_value(turn + 1);
        let millis = ASK_AGAIN_MILLIS[turn.min(ASK_AGAIN_MILLIS.len() - 1)];
        let timer = browser::after(millis, move || reload(open));
        on_cleanup(move || timer.cancel());
    });
}

/// Deletes photos; a toast offers the way back.
pub fn delete(open: OpenAlbum, ids: Vec<Uuid>) {
    if ids.is_empty() {
        return;
    }
    open.hide(&ids);
    browser::spawn(async move {
        match delete_photos(ids.clone(), None).await {
            Ok(()) => {
                let text = format!("{} deleted.", words::photos(ids.len()));
                open.offer_undo(text, move || restore(open, ids.clone()));
            }
            Err(failure) => {
                open.say(words::refused(&failure));
                reload(open);
            }
        }
    });
}

fn restore(open: OpenAlbum, ids: Vec<Uuid>) {
    browser::spawn(async move {
        match restore_photos(ids, None).await {
            // It does nothing where the album is no longer open.
            Ok(()) => reload(open),
            Err(failure) => open.say(failure.detail.clone()),
        }
    });
}

/// What happens to photos on their way to another album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// They leave this one.
    Move,
    /// They stay here as well.
    Copy,
}

/// Moves or copies photos to another album.
pub fn send(open: OpenAlbum, ids: Vec<Uuid>, to: Uuid, title: String, way: Way) {
    let count = words::photos(ids.len());
    browser::spawn(async move {
        let (sent, done) = match way {
            Way::Move => (move_photos(ids.clone(), to).await, "moved"),
            Way::Copy => (copy_photos(ids.clone(), to).await, "copied"),
        };
        match sent {
            Ok(()) => {
                open.say(format!("{count} {done} to “{title}”."));
                if open.album.is_disposed() {
                    return;
                }
                if way == Way::Move {
                    open.hide(&ids);
                }
                open.selection.update(super::model::Selection::clear);
            }
            Err(failure) => open.say(words::refused(&failure)),
        }
    });
}

/// What is changed of several photos; what is empty stays.
#[derive(Clone, Debug, Default)]
pub struct BatchChange {
    /// The title of each.
    pub title: String,
    /// The description of each.
    pub description: String,
    /// With commas between them.
    pub add_tags: String,
    /// With commas between them.
    pub remove_tags: String,
}

/// Changes photos; tells what came of it.
pub fn change(open: OpenAlbum, ids: Vec<Uuid>, change: BatchChange, ended: impl FnOnce(Result<(), Failure>) + 'static) {
    let count = words::photos(ids.len());
    let BatchChange { title, description, add_tags, remove_tags } = change;
    browser::spawn(async move {
        let changed = change_photos(ids, Some(title), Some(description), add_tags, remove_tags).await;
        if changed.is_ok() {
            open.say(format!("{count} changed."));
            reload(open);
        }
        ended(changed);
    });
}

/// Makes a photo the picture of the album.
pub fn set_cover(open: OpenAlbum, photo_id: Uuid) {
    let Ok(id) = open.id.get_untracked() else { return };
    browser::spawn(async move {
        match change_album(id, None, None, Some(photo_id)).await {
            Ok(album) => {
                if !open.album.is_disposed() {
                    open.album.set(Some(album));
                }
                open.say("This photo is the album's cover now.");
            }
            Err(failure) => open.say(failure.detail.clone()),
        }
    });
}
