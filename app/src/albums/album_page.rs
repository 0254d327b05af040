//! An album that is open, with room for a photo above it.

use super::{
    actions,
    album_id::id_in_address,
    gallery::{Gallery, adding::AddPhotos},
    icons, live,
    model::words,
    open_album::{OpenAlbum, Opened},
    paths,
    server_fns::{RestorePhotos, load_album, load_tiles},
};
use crate::{
    accounts::Me,
    conversations::heading::{BackLink, PaneHeading},
    ui::{
        button::{LinkButton, SubmitButton, Tone},
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
        loaded::BothLoaded,
        notice::{Notice, NoticeKind},
        page_title::PageTitle,
    },
};
use domain::{
    albums::{Album, AlbumRole, PhotoSort},
    id::Sub,
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::{components::Outlet, hooks::use_query_map};
use std::sync::Arc;
use uuid::Uuid;

/// What surrounds the pages at `/albums/{id}`.
#[component]
pub fn AlbumFrame() -> impl IntoView {
    let (id, parameters) = (id_in_address("id"), use_query_map());
    let sort = Memo::new(move |_| parameters.with(|map| words::sort_named(&map.get("sort").unwrap_or_default())));
    let opened = Resource::new(
        // Another order of the same album is no other album: what is open stays, and only its photos are loaded anew.
        move || (id.get(), sort.get_untracked()),
        |(id, sort)| async move {
            let id = id?;
            Ok(Opened { album: load_album(id).await?, tiles: load_tiles(id, sort, false).await? })
        },
    );
    let open = OpenAlbum::new(id, sort, opened);
    provide_context(open);
    live::keep_up(open);
    Effect::new(move |before: Option<PhotoSort>| {
        let sort = sort.get();
        if before.is_some_and(|before| before != sort) {
            actions::reload(open);
        }
        sort
    });
    let me = expect_context::<Me>().0;
    view! {
        <div class="album">
            <BothLoaded
                first=open.opened
                second=me
                what="the album"
                above=|| {
                    view! { <PaneHeading title="Album" back=paths::LIST back_label="Albums" always=true /> }
                }
                show=Arc::new(move |opened, me| view! { <AlbumView opened me=me.sub /> }.into_any())
            />
        </div>
        <Outlet />
    }
    .into_any()
}

/// The page at `/albums/{id}` itself: nothing stands above the album.
#[component]
pub fn AlbumPage() -> impl IntoView {
    let open = OpenAlbum::of_page();
    // The server writes the title once: when the album is known.
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let loaded = open.opened.await.map_or_else(|_| "Album".to_owned(), |opened| opened.album.title);
                let known = move || open.album.with(|album| album.as_ref().map(|album| album.title.clone()));
                let title = Signal::derive(move || known().unwrap_or_else(|| loaded.clone()));
                view! { <PageTitle text=title /> }
            })}
        </Transition>
    }
    .into_any()
}

#[component]
fn AlbumView(opened: Opened, me: Sub) -> impl IntoView {
    let open = OpenAlbum::of_page();
    open.show(&opened);
    let id = opened.album.id;
    let more = opened.tiles.more;
    Effect::new(move || {
        if more {
            actions::reload(open);
        }
    });
    actions::refresh_while_processing(open);
    let first = opened.album.clone();
    let album = Signal::derive(move || open.album.get().unwrap_or_else(|| first.clone()));
    view! {
        <header class="album-head">
            <BackLink href=paths::LIST.to_owned() label="Albums" always=true />
            <div class="album-words">
                <h1 class="album-heading" dir="auto">
                    {move || album.get().title}
                </h1>
                <Facts album me />
            </div>
            <AlbumActions album />
        </header>
        <Description album />
        <DeletedPhoto id />
        <Sorts id album />
        <Gallery album opened=opened.tiles />
    }
}

#[component]
fn Facts(album: Signal<Album>, me: Sub) -> impl IntoView {
    let by = move || album.with(|album| (album.owner.sub != me).then(|| album.owner.display_name.clone()));
    let shared = move || album.with(words::shared_with);
    view! {
        <p class="album-facts">
            <span role="status">{move || album.with(words::photo_count)}</span>
            {move || by().map(|name| view! { <span dir="auto">"By " {name}</span> })}
            {move || {
                shared().map(|shared| view! { <a href=paths::sharing(album.with(|album| album.id))>{shared}</a> })
            }}
        </p>
    }
}

#[component]
fn AlbumActions(album: Signal<Album>) -> impl IntoView {
    let id = album.with_untracked(|album| album.id);
    let is_empty = Memo::new(move |_| album.with(|album| album.photo_count == 0));
    let may_add = Memo::new(move |_| album.with(|album| album.role >= AlbumRole::Editor));
    let is_owner = album.with_untracked(|album| album.role == AlbumRole::Owner);
    let sharing = if is_owner { "Share" } else { "Sharing" };
    view! {
        <div class="album-actions">
            {move || may_add.get().then(|| view! { <AddPhotos album_id=id /> })}
            {move || {
                (!is_empty.get())
                    .then(|| {
                        view! {
                            <LinkButton href=paths::download(id) external=true>
                                <Pictogram icon=icons::DOWNLOAD />
                                <span class="action-word">"Download"</span>
                            </LinkButton>
                        }
                    })
            }} <LinkButton href=paths::sharing(id)>
                <Pictogram icon=icons::SHARE />
                <span class="action-word">{sharing}</span>
            </LinkButton>
            {is_owner
                .then(|| {
                    view! {
                        <LinkButton href=paths::edit(id)>
                            <Pictogram icon=icons::PENCIL />
                            <span class="action-word">"Edit"</span>
                        </LinkButton>
                    }
                })}
        </div>
    }
}

#[component]
fn Description(album: Signal<Album>) -> impl IntoView {
    let description = Memo::new(move |_| album.with(|album| album.description.clone()));
    move || {
        let text = description.get();
        (!text.is_empty()).then(|| {
            view! {
                <p class="album-description" dir="auto">
                    {text}
                </p>
            }
        })
    }
}

/// What a plain form has deleted, with the way back.
#[component]
fn DeletedPhoto(id: Uuid) -> impl IntoView {
    let open = OpenAlbum::of_page();
    let parameters = use_query_map();
    let restore = ServerAction::<RestorePhotos>::new();
    Effect::new(move || {
        if restore.value().with(|value| matches!(value, Some(Ok(())))) {
            actions::reload(open);
        }
    });
    let deleted = move || parameters.with(|map| map.get_str("deleted").and_then(|id| Uuid::parse_str(id).ok()));
    move || {
        deleted().map(|photo_id| {
            view! {
                <Notice kind=NoticeKind::Done>
                    <p>"The photo is deleted."</p>
                    <ActionForm action=restore>
                        <FormFailure failure=failure_of(restore) />
                        <input type="hidden" name="ids[]" value=photo_id.to_string() />
                        <input type="hidden" name="album_id" value=id.to_string() />
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

/// The orders, as links.
#[component]
fn Sorts(id: Uuid, album: Signal<Album>) -> impl IntoView {
    let sort = OpenAlbum::of_page().sort;
    let has_order = Memo::new(move |_| album.with(|album| album.photo_count > 1));
    let link = move |(one, word, name)| {
        view! {
            <li>
                <a class="sort" href=paths::sorted(id, word) aria-current=move || (one == sort.get()).then_some("true")>
                    {name}
                </a>
            </li>
        }
    };
    move || {
        has_order.get().then(|| {
            view! {
                <nav class="sorts" aria-label="Order of the photos">
                    <ul role="list">{words::SORTS.into_iter().map(link).collect_view()}</ul>
                </nav>
            }
        })
    }
}
