//! What is asked before several photos are changed, moved or copied.

use super::album_choice::{AlbumChoice, Target, targets};
use crate::{
    albums::{
        actions::{self, BatchChange, Way},
        model::words,
        open_album::OpenAlbum,
        tag_field::TagField,
    },
    browser,
    ui::{
        button::{Button, Tone},
        dialog::Dialog,
    },
};
use leptos::prelude::*;
use uuid::Uuid;

/// Title, description and tags of several photos at once.
#[component]
pub fn BatchDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The photos.
    ids: Signal<Vec<Uuid>>,
) -> impl IntoView {
    let album = OpenAlbum::of_page();
    let [title, description, add_tags, remove_tags] = [(); 4].map(|()| RwSignal::new(String::new()));
    let save = Callback::new(move |()| {
        let change = BatchChange {
            title: title.get_untracked(),
            description: description.get_untracked(),
            add_tags: add_tags.get_untracked(),
            remove_tags: remove_tags.get_untracked(),
        };
        actions::change(album, ids.get_untracked(), change, move || {
            for text in [title, description, add_tags, remove_tags] {
                text.try_set(String::new());
            }
            open.try_set(false);
        });
    });
    let effect = move || format!("Change {}", words::photos(ids.with(Vec::len)));
    view! {
        <Dialog
            open
            title="Edit the chosen photos"
            dismiss="Cancel"
            action=move || {
                view! {
                    <Button tone=Tone::Primary on_press=save>
                        {effect}
                    </Button>
                }
            }
        >
            {move || {
                open.get()
                    .then(|| {
                        view! {
                            <div class="dialog-fields">
                                <p class="quiet">"A field that you leave empty stays as it is."</p>
                                <BatchField label="Title of each" id="batch-title" text=title />
                                <BatchField label="Description of each" id="batch-description" text=description />
                                <TagField label="Add tags" name="add_tags" text=add_tags />
                                <TagField label="Remove tags" name="remove_tags" text=remove_tags />
                            </div>
                        }
                    })
            }}
        </Dialog>
    }
}

#[component]
fn BatchField(label: &'static str, id: &'static str, text: RwSignal<String>) -> impl IntoView {
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                type="text"
                dir="auto"
                autocomplete="off"
                prop:value=text
                on:input:target=move |event| text.set(event.target().value())
            />
        </div>
    }
}

/// Moving or copying photos to another album.
#[component]
pub fn SendDialog(
    /// Whether it is shown.
    open: RwSignal<bool>,
    /// The photos.
    ids: Signal<Vec<Uuid>>,
    /// What happens when they have been sent on their way.
    #[prop(optional)]
    sent: Option<Callback<Way>>,
) -> impl IntoView {
    let album = OpenAlbum::of_page();
    let (offered, chosen) = (RwSignal::new(None::<Vec<Target>>), RwSignal::new(None::<Target>));
    Effect::new(move || {
        if !open.get() {
            return;
        }
        chosen.set(None);
        browser::spawn(async move {
            match targets(album).await {
                Ok(targets) => drop(offered.try_set(Some(targets))),
                Err(failure) => album.say(failure.detail.clone()),
            }
        });
    });
    let send = move |way: Way| {
        Callback::new(move |()| {
            let Some(Target { id, title }) = chosen.get_untracked() else { return };
            open.set(false);
            actions::send(album, ids.get_untracked(), id, title, way);
            if let Some(sent) = sent {
                sent.run(way);
            }
        })
    };
    let count = move || words::photos(ids.with(Vec::len));
    let may_move = move || album.may_add();
    view! {
        <Dialog
            open
            title="Move or copy"
            dismiss="Cancel"
            action=move || {
                view! {
                    <Button on_press=send(Way::Copy)>{move || format!("Copy {}", count())}</Button>
                    {move || {
                        may_move()
                            .then(|| {
                                view! {
                                    <Button tone=Tone::Primary on_press=send(Way::Move)>
                                        {move || format!("Move {}", count())}
                                    </Button>
                                }
                            })
                    }}
                }
            }
        >
            {move || open.get().then(|| view! { <AlbumChoice targets=offered chosen /> })}
            <p class="quiet">
                "Title, description and tags come along. A photo that is in the other album already stays there once."
            </p>
        </Dialog>
    }
}
