//! Adding photos: picked, pasted, or dropped anywhere on the album.

use crate::{
    albums::{actions, icons, model::words, open_album::OpenAlbum, server_fns::add_photo},
    browser::{self, LocalFile},
    ui::icon::Pictogram,
    uploads::{
        Item, NewFile, Uploads,
        model::{TargetKind, UploadTarget},
        picker::FilePicker,
    },
};
use domain::uploads::{Upload, UploadPurpose};
use leptos::prelude::*;
use std::sync::{Arc, Mutex, PoisonError};
use uuid::Uuid;

/// What can be picked; the server looks at the bytes.
const ACCEPT: &str = "image/*,.heic,.heif,.avif";

/// A button that picks photos, and the whole page to drop them on.
#[component]
pub fn AddPhotos(
    /// The album.
    album_id: Uuid,
) -> impl IntoView {
    let open = OpenAlbum::of_page();
    let uploads = Uploads::of_page();
    let over = RwSignal::new(false);
    take_arrivals(open, album_id, &uploads);
    let (dropped, picked) = (uploads.clone(), uploads);
    Effect::new(move || {
        let (pasted, uploads) = (dropped.clone(), dropped.clone());
        browser::on_files_pasted(move |files| send(&pasted, album_id, files));
        browser::on_files_dropped(
            move |hovers| {
                over.try_set(hovers);
            },
            move |files| send(&uploads, album_id, files),
        );
    });
    view! {
        <FilePicker
            label="Add photos"
            accept=ACCEPT
            multiple=true
            class="button button-primary with-script"
            on_files=Callback::new(move |files| send(&picked, album_id, files))
        >
            <Pictogram icon=icons::UPLOAD />
            "Add photos"
        </FilePicker>
        <div class="drop-here" hidden=move || !over.get() aria-hidden="true">
            <p>
                <Pictogram icon=icons::UPLOAD />
                "Drop photos to add them to this album"
            </p>
        </div>
    }
}

fn send(uploads: &Uploads, album_id: Uuid, files: Vec<LocalFile>) {
    let target = UploadTarget::Album { album_id };
    let new = |file| NewFile { file, purpose: UploadPurpose::Photo, target: target.clone() };
    uploads.add(files.into_iter().map(new).collect());
}

/// What has come of the files since nothing was under way.
#[derive(Debug, Default)]
struct Tally {
    new: usize,
    duplicates: usize,
}

type SharedTally = Arc<Mutex<Tally>>;

/// Puts what has arrived into its album, and says at the end what came of it.
fn take_arrivals(open: OpenAlbum, album_id: Uuid, uploads: &Uploads) {
    let tally = SharedTally::default();
    let (queue, counted) = (uploads.clone(), Arc::clone(&tally));
    // On the server nothing arrives.
    Effect::new(move || {
        let tally = Arc::clone(&counted);
        queue.deliver(TargetKind::Album, move |item, upload| {
            let tally = Arc::clone(&tally);
            Box::pin(async move {
                let UploadTarget::Album { album_id: target } = item.target else { return Ok(()) };
                let Upload { upload_id, .. } = upload;
                let added = add_photo(target, upload_id).await?;
                if target == album_id {
                    arrived(open, &tally, added.created);
                }
                Ok(())
            })
        });
    });
    let (items, settled) = (uploads.items(), uploads.settled());
    Effect::new(move || {
        settled.track();
        let is_coming = |item: &Arc<Item>| {
            item.target == UploadTarget::Album { album_id } && item.state.get_untracked().is_under_way()
        };
        if !items.with(|items| items.iter().any(is_coming)) {
            tell(open, &tally);
        }
    });
}

fn arrived(open: OpenAlbum, tally: &SharedTally, created: bool) {
    let mut count = tally.lock().unwrap_or_else(PoisonError::into_inner);
    if created {
        count.new += 1;
    } else {
        count.duplicates += 1;
    }
    drop(count);
    actions::reload_soon(open);
}

/// Nothing is under way any more.
fn tell(open: OpenAlbum, tally: &SharedTally) {
    let done = std::mem::take(&mut *tally.lock().unwrap_or_else(PoisonError::into_inner));
    if done.new + done.duplicates > 0 {
        open.say(words::added(done.new, done.duplicates));
        actions::reload(open);
    }
}
