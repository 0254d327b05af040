//! Files in messages: pictures, films, sound, and cards of everything else.

use super::state::OpenThread;
use crate::{
    browser,
    conversations::model::{Outgoing, Tile, outbox::OutgoingFile},
    documents::attachment_actions::AttachmentActions,
    ui::{
        icon::Pictogram,
        lightbox::{Picture, download_address, sources},
        thumbhash,
    },
    uploads::{
        Item, icons,
        model::{FileKind, Progress, State, texts},
        panel::icon,
    },
};
use domain::{conversations::Message, uploads::StoredFile};
use leptos::{html::Img, prelude::*};
use std::sync::Arc;

/// What a single picture may take up, in CSS pixels.
const ROOM: (u32, u32) = (320, 360);
/// What a picture in a grid takes up.
const TILE: u32 = 160;

/// The pictures of all loaded messages, oldest first. Tracked.
pub(super) fn pictures(open: OpenThread) -> Vec<Picture> {
    open.thread.with(|thread| thread.messages().filter_map(|message| picture_of(message)).collect())
}

fn picture_of(message: &Message) -> Option<Picture> {
    let file = message.attachment.as_ref().filter(|file| !message.deleted && is_picture(file))?;
    Some(Picture::of(file, message.content.clone()))
}

fn is_picture(file: &StoredFile) -> bool {
    FileKind::of(&file.content_type, &file.filename) == FileKind::Image && file.width.is_some()
}

/// Whether it is shown to its edges, without a frame around it.
pub(super) fn is_bare(message: &Message) -> bool {
    message.content.is_empty() && message.reply_to.is_none() && message.attachment.as_ref().is_some_and(is_picture)
}

/// The file of a message.
pub(super) fn view(open: OpenThread, file: StoredFile, tile: Option<Tile>) -> AnyView {
    match FileKind::of(&file.content_type, &file.filename) {
        FileKind::Image if is_picture(&file) => picture(open, file, tile),
        FileKind::Video => view! {
            <video
                class="film"
                controls
                preload="metadata"
                src=file.url.clone()
                width=file.width
                height=file.height
                aria-label=file.filename.clone()
            ></video>
            {card(file)}
        }
        .into_any(),
        FileKind::Audio => view! {
            <audio
                class="sound"
                controls
                preload="metadata"
                src=file.url.clone()
                aria-label=file.filename.clone()
            ></audio>
            {card(file)}
        }
        .into_any(),
        _ => card(file),
    }
}

fn picture(open: OpenThread, file: StoredFile, tile: Option<Tile>) -> AnyView {
    let image = NodeRef::<Img>::new();
    let hash = file.thumbhash.clone();
    // Not in the page that the server sends: it would be larger than all else, and the policy allows no inline style.
    Effect::new(move || {
        let placeholder = hash.as_deref().and_then(thumbhash::data_address);
        if let (Some(image), Some(address)) = (image.get(), placeholder) {
            browser::show_behind(&image, &address);
        }
    });
    let (width, height) = shown_size(&file, tile);
    let smallest = file.thumbnails.first().map_or_else(|| file.url.clone(), |thumbnail| thumbnail.url.clone());
    let id = file.object_id.to_string();
    view! {
        <a
            class="picture"
            href=file.url
            rel="external"
            on:click=move |event| {
                if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                    event.prevent_default();
                    open.picture.set(Some(id.clone()));
                }
            }
        >
            <img
                node_ref=image
                src=smallest
                srcset=sources(&file.thumbnails)
                sizes=format!("{width}px")
                alt=file.filename
                width=width
                height=height
                loading="lazy"
                decoding="async"
            />
        </a>
    }
    .into_any()
}

/// The size at which a picture is shown: known before it is there, so that nothing moves.
fn shown_size(file: &StoredFile, tile: Option<Tile>) -> (u32, u32) {
    if tile.is_some() {
        return (TILE, TILE);
    }
    fitted((file.width.unwrap_or(1), file.height.unwrap_or(1)), ROOM)
}

/// The largest size of the same shape in a room, never enlarged, and never too small to be pressed.
fn fitted((width, height): (u32, u32), (most_width, most_height): (u32, u32)) -> (u32, u32) {
    const LEAST: u32 = 48;
    let (width, height) = (u64::from(width.max(1)), u64::from(height.max(1)));
    let (most_width, most_height) = (u64::from(most_width), u64::from(most_height));
    let (shown_width, shown_height) = if width <= most_width && height <= most_height {
        (width, height)
    } else if width * most_height > height * most_width {
        (most_width, height * most_width / width)
    } else {
        (width * most_height / height, most_height)
    };
    let side = |side: u64| u32::try_from(side).unwrap_or(LEAST).max(LEAST);
    (side(shown_width), side(shown_height))
}

fn card(file: StoredFile) -> AnyView {
    let kind = FileKind::of(&file.content_type, &file.filename);
    let study = file.clone();
    view! {
        <a class="file-card" href=download_address(&file.url) rel="external" download="">
            <span class="file-icon">
                <Pictogram icon=icon(kind) />
            </span>
            <span class="file-text">
                <span class="sr-only">"Download "</span>
                <span class="file-name" dir="auto">
                    {file.filename}
                </span>
                <span class="file-size">{texts::size(file.size)}</span>
            </span>
            <Pictogram icon=icons::DOWNLOAD />
        </a>
        <AttachmentActions file=study />
    }
    .into_any()
}

/// The file of a message that is on its way.
pub(super) fn underway(open: OpenThread, outgoing: &Outgoing) -> AnyView {
    let Some(file) = outgoing.file.clone() else { return ().into_any() };
    let (client_id, wanted) = (outgoing.client_id.clone(), outgoing.client_id.clone());
    // After a reload the page is there before the queue has taken the file up.
    let item = Memo::new_with_compare(move |_| open.live().file_of(&wanted), |before, now| !same_item(before, now));
    let shown = move || {
        let item = item.get();
        let preview = unsent(file.clone(), item.as_ref().and_then(|item| item.preview()));
        let progress = item.map(|item| {
            let (state, progress) = (item.state.clone(), item.progress.clone());
            meter(open, client_id.clone(), &file.name, state, progress)
        });
        view! {
            {preview}
            {progress}
        }
    };
    shown.into_any()
}

fn same_item(before: Option<&Option<Arc<Item>>>, now: Option<&Option<Arc<Item>>>) -> bool {
    match (before, now) {
        (Some(Some(before)), Some(Some(now))) => Arc::ptr_eq(before, now),
        (Some(None), Some(None)) | (None, None) => true,
        _ => false,
    }
}

/// The picture at an address of this page; a card where there is none, or as soon as the browser finds that it cannot
/// draw it.
fn unsent(file: OutgoingFile, address: Option<String>) -> AnyView {
    let preview = RwSignal::new(address);
    let shown = move || match preview.get() {
        Some(address) => view! {
            <span class="picture picture-underway">
                <img
                    src=address
                    alt=file.name.clone()
                    decoding="async"
                    on:error=move |_| {
                        preview.try_set(None);
                    }
                />
            </span>
        }
        .into_any(),
        None => unsent_card(&file),
    };
    shown.into_any()
}

fn unsent_card(file: &OutgoingFile) -> AnyView {
    let kind = FileKind::of(&file.content_type, &file.name);
    view! {
        <span class="file-card">
            <span class="file-icon">
                <Pictogram icon=icon(kind) />
            </span>
            <span class="file-text">
                <span class="file-name" dir="auto">
                    {file.name.clone()}
                </span>
                <span class="file-size">{texts::size(file.size)}</span>
            </span>
        </span>
    }
    .into_any()
}

/// How far it is, with the way out.
fn meter(
    open: OpenThread,
    client_id: String,
    name: &str,
    state: ArcRwSignal<State>,
    progress: ArcRwSignal<Progress>,
) -> AnyView {
    let shown = state.clone();
    let is_shown = Memo::new(move |_| shown.with(|state| state.is_under_way()));
    let label = format!("Upload of {name}");
    let cancel = format!("Cancel the upload of {name}");
    let shown = move || {
        let (state, counted, drawn, told) = (state.clone(), progress.clone(), progress.clone(), progress.clone());
        let (client_id, label, cancel) = (client_id.clone(), label.clone(), cancel.clone());
        is_shown.get().then(|| {
            view! {
                <div class="upload-line">
                    <div
                        class="meter"
                        role="progressbar"
                        aria-label=label
                        aria-valuemin="0"
                        aria-valuemax="100"
                        aria-valuenow=move || counted.get().percent().to_string()
                    >
                        <span style:width=move || format!("{}%", drawn.get().percent())></span>
                    </div>
                    <span class="upload-state">{move || texts::state_line(&state.get(), told.get())}</span>
                    <button
                        type="button"
                        class="icon-button"
                        title="Cancel"
                        aria-label=cancel
                        on:click=move |_| open.live().discard_file(&client_id)
                    >
                        <Pictogram icon=crate::ui::icon::Icon::X />
                    </button>
                </div>
            }
        })
    };
    shown.into_any()
}

#[cfg(test)]
mod tests {
    use super::fitted;

    #[test]
    fn pictures_keep_their_shape() {
        assert_eq!(fitted((4_000, 3_000), (320, 360)), (320, 240));
        assert_eq!(fitted((3_000, 4_000), (320, 360)), (270, 360));
        assert_eq!(fitted((100, 80), (320, 360)), (100, 80), "never enlarged");
        assert_eq!(fitted((10_000, 10), (320, 360)), (320, 48), "never too thin to be pressed");
        assert_eq!(fitted((0, 0), (320, 360)), (48, 48));
    }
}
