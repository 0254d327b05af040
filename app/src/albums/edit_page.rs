//! An album's title and description, and its end.

use super::{
    album_id::id_in_address,
    model::words,
    paths,
    server_fns::{ChangeAlbum, DeleteAlbum, load_album, restore_album},
};
use crate::{
    accounts::Me,
    browser,
    conversations::heading::PaneHeading,
    ui::{
        button::SubmitButton,
        confirmed_delete::ConfirmedDelete,
        field::Field,
        form::{FormFailure, busy_until_left, failure_of, field_error},
        loaded::BothLoaded,
        refused_form::written,
        text_area::TextArea,
        toast::Toasts,
    },
};
use domain::{
    ApiError,
    albums::{Album, AlbumRole},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;
use uuid::Uuid;

/// The page at `/albums/{id}/edit`.
#[component]
pub fn EditAlbumPage() -> impl IntoView {
    let id = id_in_address("id");
    let album = Resource::new(
        move || id.get(),
        |id| async move {
            let album = load_album(id?).await?;
            let refusal = "Only its owner changes an album.";
            if album.role == AlbumRole::Owner { Ok(album) } else { Err(ApiError::forbidden(refusal).into()) }
        },
    );
    let me = expect_context::<Me>().0;
    view! {
        <BothLoaded
            first=album
            second=me
            what="the album"
            above=|| {
                view! { <PaneHeading title="Edit album" back=paths::LIST back_label="Albums" always=true /> }
            }
            show=Arc::new(|album, _| view! { <EditView album /> }.into_any())
        />
    }
    .into_any()
}

#[component]
fn EditView(album: Album) -> impl IntoView {
    let change = ServerAction::<ChangeAlbum>::new();
    let failure = failure_of(change);
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(album)) = change.value().get() {
            navigate(&paths::album(album.id), Default::default());
        }
    });
    let id = album.id;
    let title = written::<ChangeAlbum>("title", album.title.clone());
    let description = written::<ChangeAlbum>("description", album.description.clone());
    view! {
        <PaneHeading title="Edit album" back=paths::album(id) back_label="the album" always=true />
        <div class="pane-body">
            <ActionForm action=change>
                <FormFailure failure fields=&["title", "description"] />
                <input type="hidden" name="id" value=id.to_string() />
                <Field label="Title" name="title" value=title required=true error=field_error(failure, "title") />
                <TextArea
                    label="Description"
                    name="description"
                    value=description
                    error=field_error(failure, "description")
                />
                <SubmitButton busy=busy_until_left(change)>"Save"</SubmitButton>
            </ActionForm>
            <section class="section" aria-labelledby="delete-title">
                <h2 id="delete-title">"Delete"</h2>
                <DeleteForm album />
            </section>
        </div>
    }
}

/// Deleting asks first and can be undone for a while. Without scripts the button deletes at once, and the next page offers
/// the way back.
#[component]
fn DeleteForm(album: Album) -> impl IntoView {
    let delete = ServerAction::<DeleteAlbum>::new();
    after_deleting(delete, album.id, album.title.clone());
    let others = words::shared_with(&album).map_or("", |_| " It goes for everybody with whom it is shared.");
    view! {
        <ConfirmedDelete
            action=delete
            id=album.id.to_string()
            question="Delete this album?"
            effect=words::delete_album(&album)
            name=album.title
            explained=format!("Photos that are in another album as well stay there.{others}")
        />
    }
}

fn after_deleting(delete: ServerAction<DeleteAlbum>, id: Uuid, title: String) {
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if !delete.value().with(|value| matches!(value, Some(Ok(())))) {
            return;
        }
        navigate(paths::LIST, Default::default());
        let Some(toasts) = toasts else { return };
        let back = navigate.clone();
        let undo = move || {
            let back = back.clone();
            browser::spawn(async move {
                match restore_album(id).await {
                    Ok(album) => back(&paths::album(album.id), Default::default()),
                    Err(failure) => toasts.say(failure.detail.clone()),
                }
            });
        };
        toasts.offer_undo(format!("“{title}” is deleted."), undo);
    });
}
