//! Albums as cards.

use super::{icons, model::words, paths, picture::Picture};
use crate::ui::icon::{Icon, Pictogram};
use domain::{
    Timestamp,
    albums::{Album, AlbumCover, AlbumRole},
    id::Sub,
};
use leptos::prelude::*;
use uuid::Uuid;

/// Albums beside and below each other. A card stays for as long as what it shows does.
#[component]
pub fn Cards(
    /// The albums.
    albums: Memo<Vec<Album>>,
    /// Who looks at them.
    me: Sub,
    /// What they are, for assistive technology.
    label: &'static str,
) -> impl IntoView {
    let card = move |album: Album| view! { <Card album is_mine=me.clone() /> };
    view! {
        <ul class="album-cards" role="list" aria-label=label>
            <For each=move || albums.get() key=shown_of children=card />
        </ul>
    }
}

/// What tells one card from another, and from the same album's as it was before.
fn shown_of(album: &Album) -> (Uuid, Timestamp, i64, AlbumRole, Option<String>, usize) {
    let thumbnails = album.cover.as_ref().map_or(0, |cover| cover.thumbnails.len());
    (album.id, album.updated_at, album.photo_count, album.role, words::shared_with(album), thumbnails)
}

#[component]
fn Card(album: Album, is_mine: Sub) -> impl IntoView {
    let is_mine = album.owner.sub == is_mine;
    let (count, shared) = (words::photo_count(&album), words::shared_with(&album));
    let role = (album.role == AlbumRole::Editor).then_some("You can add");
    let owner = album.owner.display_name;
    view! {
        <li class="album-card">
            <a class="album-link" href=paths::album(album.id)>
                <span class="album-cover">
                    {match album.cover {
                        Some(cover) => view! { <Cover cover /> }.into_any(),
                        None => view! { <Pictogram icon=Icon::Images /> }.into_any(),
                    }}
                </span>
                <span class="album-title" dir="auto">
                    {album.title}
                </span>
            </a>
            <p class="album-meta">
                <span>{count}</span>
                {if is_mine {
                    shared
                        .map(|shared| {
                            view! {
                                <span class="album-shared">
                                    <Pictogram icon=icons::SHARE />
                                    {shared}
                                </span>
                            }
                        })
                        .into_any()
                } else {
                    view! {
                        <span class="album-shared">
                            <Pictogram icon=Icon::Users />
                            <span dir="auto">"By " {owner}</span>
                        </span>
                        {role.map(|role| view! { <span>{role}</span> })}
                    }
                        .into_any()
                }}
            </p>
        </li>
    }
}

#[component]
fn Cover(cover: AlbumCover) -> impl IntoView {
    if cover.thumbnails.is_empty() {
        return view! { <Pictogram icon=icons::FILE /> }.into_any();
    }
    let (width, height) = (cover.width.unwrap_or(4), cover.height.unwrap_or(3));
    view! {
        <Picture
            width
            height
            thumbhash=cover.thumbhash
            thumbnails=cover.thumbnails
            sizes="(max-width: 40rem) 50vw, 320px"
        />
    }
    .into_any()
}
