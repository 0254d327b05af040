//! What is known of a photo, and what can be done with it.

use super::{OpenPhoto, editing::EditForm, facts::Facts};
use crate::{
    albums::{actions, gallery::dialogs::SendDialog, icons, paths, server_fns::DeletePhotos},
    ui::{
        form::{FormFailure, failure_of},
        icon::Pictogram,
        lightbox::download_address,
    },
};
use domain::albums::Photo;
use leptos::{form::ActionForm, html::Details, prelude::*};
use uuid::Uuid;

/// Beside the picture on a wide screen, below it on a narrow one.
#[component]
pub fn Panel() -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let acted_on = Memo::new(move |_| {
        let Photo { id, album_id, file, may_change, .. } = open.photo.get();
        ActedOn { id, album_id, url: file.url, may_change }
    });
    view! {
        {move || {
            let Photo { description, tags, .. } = open.photo.get();
            view! { <About description tags /> }
        }}
        <Editing />
        {move || view! { <Facts photo=open.photo.get() /> }}
        {move || view! { <PhotoActions of=acted_on.get() /> }}
    }
}

/// What the actions depend on: they stay, with their dialog and the focus, when others change the rest.
#[derive(Clone, Debug, PartialEq, Eq)]
struct ActedOn {
    id: Uuid,
    album_id: Uuid,
    url: String,
    may_change: bool,
}

#[component]
fn About(description: String, tags: Vec<String>) -> impl IntoView {
    let tag = |tag: String| {
        view! {
            <li>
                <a class="tag" href=paths::search(&tag)>
                    <Pictogram icon=icons::TAG />
                    <span dir="auto">{tag.clone()}</span>
                </a>
            </li>
        }
    };
    view! {
        {(!description.is_empty())
            .then(|| {
                view! {
                    <p class="photo-description" dir="auto">
                        {description}
                    </p>
                }
            })}
        {(!tags.is_empty())
            .then(|| {
                view! {
                    <ul class="chips" role="list" aria-label="Tags">
                        {tags.into_iter().map(tag).collect_view()}
                    </ul>
                }
            })}
    }
}

/// The form, which stays as it is while it is open, whatever others write about the photo meanwhile.
#[component]
fn Editing() -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let (is_open, details) = (RwSignal::new(false), NodeRef::<Details>::new());
    Effect::new(move |before: Option<Uuid>| {
        let id = open.current.get();
        if before.is_some_and(|before| before != id) {
            is_open.set(false);
        }
        id
    });
    Effect::new(move |before: Option<Option<bool>>| {
        let is_wanted = is_open.get();
        let details = details.get()?;
        match before.flatten() {
            // It may have been opened before the script came.
            None => is_open.set(details.open()),
            Some(true) if !is_wanted => details.set_open(false),
            Some(_) => {}
        }
        Some(is_wanted)
    });
    let edited = Memo::new(move |before: Option<&Photo>| {
        let (photo, is_open) = (open.photo.get(), is_open.get());
        before.filter(|before| is_open && before.id == photo.id).unwrap_or(&photo).clone()
    });
    view! {
        {move || {
            let photo = edited.get();
            photo
                .may_change
                .then(|| {
                    view! {
                        <details
                            class="photo-edit"
                            node_ref=details
                            on:toggle=move |_| {
                                if let Some(details) = details.get_untracked() {
                                    is_open.set(details.open());
                                }
                            }
                        >
                            <summary class="button button-quiet">
                                <Pictogram icon=icons::PENCIL />
                                "Edit title, description and tags"
                            </summary>
                            <EditForm photo is_open />
                        </details>
                    }
                })
        }}
    }
}

#[component]
fn PhotoActions(of: ActedOn) -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let ActedOn { id, album_id, url, may_change } = of;
    let sending = RwSignal::new(false);
    let sent = Callback::new(move |way| {
        if way == actions::Way::Move {
            open.go_on();
        }
    });
    let is_cover = Memo::new(move |_| {
        open.album.album.with(|album| {
            album.as_ref().and_then(|album| album.cover.as_ref()).is_some_and(|cover| cover.photo_id == id)
        })
    });
    view! {
        <div class="photo-actions">
            <a class="button button-quiet" href=download_address(&url) download="" rel="external">
                <Pictogram icon=icons::DOWNLOAD />
                "Download original"
            </a>
            {move || {
                (open.album.is_mine() && !is_cover.get())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-quiet with-script"
                                on:click=move |_| actions::set_cover(open.album, id)
                            >
                                <Pictogram icon=icons::STAR />
                                "Set as cover"
                            </button>
                        }
                    })
            }}
            <button type="button" class="button button-quiet with-script" on:click=move |_| sending.set(true)>
                <Pictogram icon=icons::MOVE />
                "Move or copy"
            </button>
            {may_change.then(|| view! { <DeleteForm id album_id /> })}
        </div>
        <SendDialog open=sending ids=Signal::derive(move || vec![id]) sent />
    }
}

/// With scripts a toast offers the way back; without, the page that comes.
#[component]
fn DeleteForm(id: Uuid, album_id: Uuid) -> impl IntoView {
    let open = expect_context::<OpenPhoto>();
    let delete = ServerAction::<DeletePhotos>::new();
    view! {
        <ActionForm action=delete>
            <FormFailure failure=failure_of(delete) />
            <input type="hidden" name="ids[]" value=id.to_string() />
            <input type="hidden" name="album_id" value=album_id.to_string() />
            <button
                type="submit"
                class="button button-loss"
                on:click=move |event| {
                    event.prevent_default();
                    open.go_on();
                    actions::delete(open.album, vec![id]);
                }
            >
                <Pictogram icon=icons::TRASH />
                "Delete photo"
            </button>
        </ActionForm>
    }
}
