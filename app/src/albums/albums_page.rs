//! All albums, and what a search finds in them.

use super::{
    cards::Cards,
    gallery::PlainGallery,
    icons,
    live::{self, Change, Throttle},
    model::{months, words},
    paths,
    server_fns::{RestoreAlbum, find_photos, list_albums},
};
use crate::{
    accounts::Me,
    browser,
    error::Failure,
    paths::with_parameter,
    ui::{
        button::{LinkButton, SubmitButton, Tone},
        empty_state::EmptyState,
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
        loaded::BothLoaded,
        notice::{Notice, NoticeKind},
        page_title::PageTitle,
        search_form::SearchForm,
    },
};
use domain::{
    albums::{Album, AlbumList, Photo, PhotoList},
    id::Sub,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::{use_navigate, use_query_map};
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use uuid::Uuid;

/// What the address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Asked {
    query: String,
    after: Option<String>,
    photos_after: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Found {
    albums: AlbumList,
    /// Only of a search.
    photos: Option<PhotoList>,
}

impl Found {
    /// Whether it would look different now.
    fn is_outdated_by(&self, change: Change<'_>) -> bool {
        let mut albums = self.albums.albums.iter();
        match change {
            Change::Put(album) => live::is_newer(album, albums.find(|known| known.id == album.id)),
            Change::Gone(id) => albums.any(|known| known.id == id),
            Change::Lost => true,
        }
    }
}

impl Asked {
    async fn load(self) -> Result<Found, Failure> {
        if self.query.is_empty() {
            return Ok(Found { albums: list_albums(None, self.after).await?, photos: None });
        }
        let albums = list_albums(Some(self.query.clone()), self.after).await?;
        let photos = find_photos(self.query, self.photos_after).await?;
        Ok(Found { albums, photos: Some(photos) })
    }

    /// The address of another part of the same.
    fn further(&self, name: &str, cursor: &str) -> String {
        let beginning = if self.query.is_empty() { paths::LIST.to_owned() } else { paths::search(&self.query) };
        with_parameter(&beginning, name, cursor)
    }
}

/// The page at `/albums`.
#[component]
pub fn AlbumsPage() -> impl IntoView {
    let parameters = use_query_map();
    let asked = Memo::new(move |_| {
        parameters.with(|map| Asked {
            query: map.get_str("query").unwrap_or_default().trim().to_owned(),
            after: map.get("after"),
            photos_after: map.get("photos_after"),
        })
    });
    let found = Resource::new(move || asked.get(), Asked::load);
    let me = expect_context::<Me>().0;
    view! {
        <PageTitle text="Albums" />
        <div class="page albums">
            <header class="albums-head">
                <h1 class="page-heading">"Albums"</h1>
                <LinkButton href=paths::NEW tone=Tone::Primary>
                    <Pictogram icon=icons::PLUS />
                    "New album"
                </LinkButton>
                <SearchForm
                    label="Words of a title, description or tag"
                    placeholder="Search albums and photos"
                    action=paths::LIST
                    query=Signal::derive(move || asked.with(|asked| asked.query.clone()))
                />
            </header>
            <Deleted />
            <BothLoaded
                first=found
                second=me
                what="albums"
                show=Arc::new(move |found, me| {
                    view! { <Results found me=me.sub asked=asked.get_untracked() /> }.into_any()
                })
            />
        </div>
    }
    .into_any()
}

/// What a plain form has deleted, with the way back.
#[component]
fn Deleted() -> impl IntoView {
    let parameters = use_query_map();
    let restore = ServerAction::<RestoreAlbum>::new();
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(album)) = restore.value().get() {
            navigate(&paths::album(album.id), Default::default());
        }
    });
    let id = move || parameters.with(|map| map.get_str("deleted").and_then(|id| Uuid::parse_str(id).ok()));
    move || {
        id().map(|id| {
            view! {
                <Notice kind=NoticeKind::Done>
                    <p>"The album is deleted."</p>
                    <ActionForm action=restore>
                        <FormFailure failure=failure_of(restore) />
                        <input type="hidden" name="id" value=id.to_string() />
                        <SubmitButton tone=Tone::Quiet>
                            <Pictogram icon=Icon::Undo />
                            "Undo"
                        </SubmitButton>
                    </ActionForm>
                </Notice>
            }
        })
    }
}

/// Loads the same again whenever something of it has changed.
fn keep_up(asked: Asked, shown: RwSignal<Found>) {
    let reloads = Throttle::new();
    live::follow(move |change| {
        if shown.try_with_untracked(|found| found.is_outdated_by(change)) != Some(true) {
            return;
        }
        let asked = asked.clone();
        reloads.ask(move || {
            browser::spawn(async move {
                // What cannot be loaded now is loaded at the next change.
                if let Ok(found) = asked.load().await {
                    shown.try_set(found);
                }
            });
        });
    });
}

#[component]
fn Results(found: Found, me: Sub, asked: Asked) -> impl IntoView {
    let shown = RwSignal::new(found);
    keep_up(asked.clone(), shown);
    let albums = Memo::new(move |_| shown.with(|found| found.albums.albums.clone()));
    let around = Memo::new(move |_| {
        shown.with(|Found { albums, photos }| (albums.albums.is_empty(), albums.next.clone(), photos.clone()))
    });
    move || {
        let (no_albums, next, photos) = around.get();
        let more = next.map(|next| asked.further("after", &next));
        let me = me.clone();
        match photos {
            None if no_albums => view! { <NoAlbums /> }.into_any(),
            None => view! {
                <Cards albums me label="Albums" />
                <More href=more words="More albums" />
            }
            .into_any(),
            Some(photos) if no_albums && photos.photos.is_empty() => {
                view! { <p role="status">"No album and no photo has all of these words. Try fewer, or only a part of one."</p> }
                    .into_any()
            }
            Some(photos) => {
                let more_photos = photos.next.as_ref().map(|next| asked.further("photos_after", next));
                view! {
                    {(!no_albums).then(|| view! { <FoundAlbums albums me /> })}
                    <More href=more words="More albums" />
                    <FoundPhotos photos=photos.photos more=more_photos.is_some() />
                    <More href=more_photos words="Older photos" />
                }
                .into_any()
            }
        }
    }
}

#[component]
fn NoAlbums() -> impl IntoView {
    view! {
        <EmptyState icon=Icon::Images title="No albums yet">
            <p>"An album keeps photos in their full size: yours alone, or for the people that you share it with."</p>
            <LinkButton href=paths::NEW tone=Tone::Primary>
                <Pictogram icon=icons::PLUS />
                "New album"
            </LinkButton>
        </EmptyState>
    }
}

#[component]
fn More(href: Option<String>, words: &'static str) -> impl IntoView {
    href.map(|href| {
        view! {
            <p>
                <LinkButton href>{words}</LinkButton>
            </p>
        }
    })
}

#[component]
fn FoundAlbums(albums: Memo<Vec<Album>>, me: Sub) -> impl IntoView {
    let count = move || match albums.with(Vec::len) {
        1 => "1 album".to_owned(),
        number => format!("{number} albums"),
    };
    view! {
        <section class="found-group" aria-labelledby="albums-found">
            <h2 id="albums-found">{count}</h2>
            <Cards albums me label="Albums found" />
        </section>
    }
}

#[component]
fn FoundPhotos(photos: Vec<Photo>, more: bool) -> impl IntoView {
    (!photos.is_empty()).then(|| {
        let count = words::photos(photos.len());
        let count = if more { format!("The newest {count}") } else { count };
        let month = |group: months::Group| {
            let tiles = group.photos.iter().map(|photo| (paths::photo(photo.album_id, photo.id, ""), tile(photo)));
            view! {
                <h3 class="found-month">{group.name}</h3>
                <PlainGallery tiles=tiles.collect() />
            }
        };
        view! {
            <section class="found-group" aria-labelledby="photos-found">
                <h2 id="photos-found">{count}</h2>
                {months::grouped(photos).into_iter().map(month).collect_view()}
            </section>
        }
    })
}

/// A photo as a gallery knows it.
fn tile(photo: &Photo) -> domain::albums::PhotoTile {
    domain::albums::PhotoTile {
        id: photo.id,
        width: photo.file.width.unwrap_or(1),
        height: photo.file.height.unwrap_or(1),
        thumbhash: photo.file.thumbhash.clone(),
        label: words::photo_name(photo).to_owned(),
        preview: photo.preview,
        thumbnails: photo.file.thumbnails.clone(),
    }
}
