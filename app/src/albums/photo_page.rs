//! One photo, above its album.

use super::{
    album_id::id_in_address,
    open_album::OpenAlbum,
    photo::{CloseLink, PhotoView},
    server_fns::load_photo,
};
use crate::{
    browser,
    error::Failure,
    ui::{loaded::BothLoaded, page_title::PageTitle},
};
use domain::{ApiError, albums::Photo};
use leptos::{html::Div, prelude::*};
use std::sync::Arc;
use uuid::Uuid;

/// A photo of this album.
///
/// # Errors
/// Not found also for a photo of another album.
pub async fn load_in_album(album_id: Uuid, id: Uuid) -> Result<Photo, Failure> {
    let photo = load_photo(id).await?;
    if photo.album_id == album_id {
        Ok(photo)
    } else {
        Err(ApiError::not_found("There is no such photo in this album.").into())
    }
}

/// The page at `/albums/{id}/photos/{photo_id}`.
#[component]
pub fn PhotoPage() -> impl IntoView {
    let (album_id, id) = (id_in_address("id"), id_in_address("photo_id"));
    // Going on to another photo keeps the page: only the first one is loaded with it.
    let first = move || (album_id.get_untracked(), id.get_untracked());
    let photo = Resource::new(first, |(album_id, id)| async move { load_in_album(album_id?, id?).await });
    let open = OpenAlbum::of_page();
    let taken_over = Owner::current_shared_context().is_some_and(|context| context.during_hydration());
    let from_album = !taken_over && open.album.with_untracked(Option::is_some);
    let viewer = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(viewer) = viewer.get() {
            browser::before_paint(move || drop(viewer.focus()));
        }
    });
    on_cleanup(move || {
        if let Some(active) = open.active.try_get_untracked().flatten() {
            super::gallery::grid::focus(active);
        }
    });
    view! {
        <div
            class="viewer"
            node_ref=viewer
            role="dialog"
            aria-modal="true"
            aria-label="Photo"
            tabindex="-1"
            data-keeps-focus=""
        >
            <BothLoaded
                first=photo
                second=open.opened
                what="the photo"
                above=move || {
                    view! {
                        <PageTitle text="Photo" />
                        <CloseLink open from_album />
                    }
                }
                show=Arc::new(move |photo, opened| { view! { <PhotoView photo opened id from_album /> }.into_any() })
            />
        </div>
    }
    .into_any()
}
