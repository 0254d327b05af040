//! Choosing another album to which the viewer may add.

use crate::{
    albums::{open_album::OpenAlbum, server_fns::list_albums},
    error::Failure,
    ui::field::Annotations,
};
use domain::albums::AlbumRole;
use leptos::{html::Select, prelude::*};
use uuid::Uuid;

/// An album that can take photos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// Which.
    pub id: Uuid,
    /// Its title.
    pub title: String,
}

/// The other albums to which the viewer may add, last changed first.
///
/// # Errors
/// What the server says.
pub async fn targets(open: OpenAlbum) -> Result<Vec<Target>, Failure> {
    let here = open.id.try_get_untracked().and_then(Result::ok);
    let list = list_albums(None, None).await?;
    let fits = |album: &domain::albums::Album| album.role >= AlbumRole::Editor && Some(album.id) != here;
    Ok(list.albums.into_iter().filter(fits).map(|album| Target { id: album.id, title: album.title }).collect())
}

/// The choice as a field.
#[component]
pub fn AlbumChoice(
    /// What can be chosen.
    targets: RwSignal<Option<Vec<Target>>>,
    /// What is chosen.
    chosen: RwSignal<Option<Target>>,
    /// The field itself.
    field: NodeRef<Select>,
    /// What is wrong.
    error: Signal<Option<String>>,
) -> impl IntoView {
    let choose = move |value: &str| {
        let found = targets
            .with_untracked(|targets| targets.iter().flatten().find(|target| target.id.to_string() == value).cloned());
        chosen.set(found);
    };
    let options = move || {
        targets.get().map(|targets| {
            let option = |target: Target| view! { <option value=target.id.to_string()>{target.title}</option> };
            targets.into_iter().map(option).collect_view()
        })
    };
    let described_by = move || {
        let has_error = error.get().is_some();
        if has_error { "to-album-hint to-album-error" } else { "to-album-hint" }
    };
    view! {
        <div class="field">
            <label for="to-album">"Album"</label>
            <select
                id="to-album"
                node_ref=field
                aria-invalid=move || error.get().is_some().then_some("true")
                aria-describedby=described_by
                on:change:target=move |event| choose(&event.target().value())
            >
                <option value="">"Choose an album"</option>
                {options}
            </select>
            <p id="to-album-hint" class="field-hint">
                {move || {
                    targets
                        .with(|targets| targets.as_ref().is_some_and(Vec::is_empty))
                        .then_some("There is no other album to which you may add. Make one first.")
                }}
            </p>
            <Annotations name="to-album" hint="" error />
        </div>
    }
}
