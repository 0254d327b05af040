//! The place in the frame where uploads are shown. What it shows is loaded when there is something to show.

use super::{
    Item, Uploads,
    model::{FileKind, texts},
};
use crate::{accounts::Me, browser, ui::toast::Toasts};
use leptos::{LazyViewError, html::Div, prelude::*, web_sys::Element};
use std::{collections::HashSet, sync::Arc};
use uuid::Uuid;

/// The panel: nothing until a file is on its way, or an earlier visit has left one.
#[component]
pub fn UploadPanel() -> impl IntoView {
    let uploads = Uploads::of_page();
    let me = use_context::<Me>();
    let place = NodeRef::<Div>::new();
    let resuming = uploads.clone();
    Effect::new(move |known: Option<bool>| {
        let sub = me.and_then(|me| me.0.get()).and_then(Result::ok).map(|me| me.sub);
        let Some(sub) = sub.filter(|_| known != Some(true)) else { return known.unwrap_or_default() };
        resuming.belong_to(sub);
        if Uploads::has_left_some() {
            let uploads = resuming.clone();
            // What cannot be loaded now is there on the next visit.
            browser::spawn(async move { drop(go_on(uploads).await) });
        }
        true
    });
    // What shows it cannot be loaded without a connection.
    let came_online = RwSignal::new(());
    Effect::new(move || {
        browser::on_window("online", move || {
            came_online.try_set(());
        });
    });
    let is_shown = StoredValue::new(false);
    say_what_waits(uploads.clone(), is_shown);
    Effect::new(move || {
        came_online.track();
        let is_needed = !uploads.in_panel().is_empty() && browser::is_online();
        let place = place.get().filter(|_| is_needed && !is_shown.get_value());
        let Some(place) = place else { return };
        is_shown.set_value(true);
        let uploads = uploads.clone();
        browser::spawn(async move {
            if show(uploads, place.into()).await.is_err() {
                is_shown.try_set_value(false);
            }
        });
    });
    view! { <div class="uploads-place" node_ref=place></div> }
}

/// Says of new files that they wait, where the panel that would show them cannot be loaded.
fn say_what_waits(uploads: Uploads, is_shown: StoredValue<bool>) {
    let toasts = Toasts::of_app();
    Effect::new(move |known: Option<HashSet<Uuid>>| {
        let mut known = known.unwrap_or_default();
        let items = uploads.in_panel();
        let is_new = |item: &&Arc<Item>| known.insert(item.id) && item.state.get_untracked().is_under_way();
        let waiting = items.iter().filter(is_new).count();
        let is_silent = waiting == 0 || is_shown.get_value() || browser::is_online();
        if let Some(toasts) = toasts.filter(|_| !is_silent) {
            toasts.say(texts::waiting(waiting));
        }
        known
    });
}

/// Takes up what an earlier visit has left.
#[lazy(fallible)]
async fn go_on(uploads: Uploads) -> Result<(), LazyViewError> {
    super::left_over::take(&uploads);
    uploads.resume();
    Ok(())
}

/// Shows the panel in its place.
#[lazy(fallible)]
async fn show(uploads: Uploads, place: Element) -> Result<(), LazyViewError> {
    leptos::mount::mount_to_renderer(&place, move || view! { <super::rows::UploadRows uploads /> }).forget();
    Ok(())
}

/// The icon of a kind of file.
#[must_use]
pub const fn icon(kind: FileKind) -> crate::ui::icon::Icon {
    use super::icons;
    match kind {
        FileKind::Image => icons::IMAGE,
        FileKind::Video => icons::VIDEO,
        FileKind::Audio => icons::AUDIO,
        FileKind::Document => icons::DOCUMENT,
        FileKind::Sheet => icons::SHEET,
        FileKind::Slides => icons::SLIDES,
        FileKind::Archive => icons::ARCHIVE,
        FileKind::Other => icons::FILE,
    }
}
