//! Making an album.

use super::{paths, server_fns::MakeAlbum};
use crate::{
    conversations::heading::PaneHeading,
    ui::{
        button::SubmitButton,
        field::Field,
        form::{FormFailure, busy_until_left, failure_of, field_error},
        refused_form::written,
        text_area::TextArea,
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;

/// The page at `/albums/new`.
#[component]
pub fn NewAlbumPage() -> impl IntoView {
    let make = ServerAction::<MakeAlbum>::new();
    let failure = failure_of(make);
    let navigate = use_navigate();
    Effect::new(move || {
        if let Some(Ok(album)) = make.value().get() {
            navigate(&paths::album(album.id), Default::default());
        }
    });
    let [title, description] = ["title", "description"].map(|field| written::<MakeAlbum>(field, ""));
    view! {
        <PaneHeading title="New album" back=paths::LIST back_label="Albums" always=true />
        <div class="pane-body">
            <ActionForm action=make>
                <FormFailure failure fields=&["title", "description"] />
                <Field label="Title" name="title" value=title required=true error=field_error(failure, "title") />
                <TextArea
                    label="Description (optional)"
                    name="description"
                    value=description
                    error=field_error(failure, "description")
                />
                <SubmitButton busy=busy_until_left(make)>"Create album"</SubmitButton>
            </ActionForm>
        </div>
    }
    .into_any()
}
