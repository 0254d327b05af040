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
    error::Failure,
    ui::{
        button::{Button, Tone},
        dialog::Dialog,
        notice::{Notice, NoticeKind},
    },
};
use leptos::{html::Select, prelude::*};
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
    let texts @ [title, description, add_tags, remove_tags] = [(); 4].map(|()| RwSignal::new(String::new()));
    let refusal = RwSignal::new(None::<String>);
    // What is asked at one opening is not answered in the next.
    let closings = StoredValue::new(0_u32);
    // The next time it is about other photos. The fields read the texts when they are made, so these are empty by then.
    Effect::new(move || {
        if open.get() {
            return;
        }
        closings.update_value(|closings| *closings += 1);
        for text in texts {
            text.set(String::new());
        }
        refusal.set(None);
    });
    let ended = move |asked_at: u32, outcome: Result<(), Failure>| {
        let is_waiting = closings.try_get_value() == Some(asked_at);
        match outcome {
            Ok(()) if is_waiting => open.set(false),
            Ok(()) => {}
            // The page around the dialog is not read as long as it is open.
            Err(failure) if is_waiting => refusal.set(Some(words::refused(&failure))),
            Err(failure) => album.say(words::refused(&failure)),
        }
    };
    let save = Callback::new(move |()| {
        refusal.set(None);
        let asked_at = closings.get_value();
        let change = BatchChange {
            title: title.get_untracked(),
            description: description.get_untracked(),
            add_tags: add_tags.get_untracked(),
            remove_tags: remove_tags.get_untracked(),
        };
        actions::change(album, ids.get_untracked(), change, move |outcome| ended(asked_at, outcome));
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
                                {move || {
                                    refusal
                                        .get()
                                        .map(|refusal| {
                                            view! {
                                                <div role="alert">
                                                    <Notice kind=NoticeKind::Attention>{refusal}</Notice>
                                                </div>
                                            }
                                        })
                                }}
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
    let (field, tried) = (NodeRef::<Select>::new(), RwSignal::new(false));
    let error = Signal::derive(move || {
        let is_missing = tried.get() && chosen.with(Option::is_none);
        is_missing.then(|| "Choose an album.".to_owned())
    });
    Effect::new(move || {
        if !open.get() {
            return;
        }
        chosen.set(None);
        tried.set(false);
        browser::spawn(async move {
            match targets(album).await {
                Ok(targets) => drop(offered.try_set(Some(targets))),
                Err(failure) => album.say(failure.detail.clone()),
            }
        });
    });
    let send = move |way: Way| {
        Callback::new(move |()| {
            let Some(Target { id, title }) = chosen.get_untracked() else {
                tried.set(true);
                return focus(field);
            };
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
            {move || open.get().then(|| view! { <AlbumChoice targets=offered chosen field error /> })}
            <p class="quiet">
                "Title, description and tags come along. A photo that is in the other album already stays there once."
            </p>
        </Dialog>
    }
}

fn focus(field: NodeRef<Select>) {
    let Some(field) = field.get_untracked() else { return };
    // It is marked as wrong by then. Fails only when it has left the page.
    browser::before_paint(move || drop(field.focus()));
}
