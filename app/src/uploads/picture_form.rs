//! Choosing a picture of a person or a group: looked at as it will be, then kept; or taken away.

use super::{
    Delivery, NewFile, Uploads, icons,
    model::{FileKind, UploadTarget, texts},
    picker::FilePicker,
};
use crate::{
    browser::{self, LocalFile, Preview},
    ui::{
        button::{Button, Tone},
        icon::{Icon, Pictogram},
        toast::Toasts,
    },
};
use domain::uploads::UploadPurpose;
use leptos::prelude::*;
use std::sync::Arc;
use uuid::Uuid;

/// Gives whatever it is a picture, or none; called when the file has arrived.
pub type SetPicture = Arc<dyn Fn(Option<Uuid>) -> Delivery + Send + Sync>;

/// Chooses and removes a picture. Needs scripts, as sending a file does.
#[component]
pub fn PictureForm(
    /// Whose picture.
    target: UploadTarget,
    /// Whether there is one.
    has_picture: bool,
    /// What keeps it.
    set: SetPicture,
) -> impl IntoView {
    let uploads = Uploads::of_page();
    let toasts = Toasts::of_app();
    let chosen = RwSignal::new(None::<(LocalFile, Preview)>);
    let say = move |words: &str| {
        if let Some(toasts) = toasts {
            toasts.say(words);
        }
    };
    let on_files = Callback::new(move |files: Vec<LocalFile>| {
        let Some(file) = files.into_iter().next() else { return };
        match (refusal(&file), file.preview()) {
            (Some(reason), _) => say(&reason),
            (None, Some(preview)) => chosen.set(Some((file, preview))),
            (None, None) => {}
        }
    });
    let (setting, kind) = (Arc::clone(&set), target.kind());
    let keep = Callback::new(move |()| {
        let Some((file, _)) = chosen.get_untracked() else { return };
        let set = Arc::clone(&setting);
        uploads.deliver(kind, move |_, upload| {
            let kept = set(Some(upload.upload_id));
            let delivery: Delivery = Box::pin(async move {
                kept.await?;
                say("The picture is saved.");
                Ok(())
            });
            delivery
        });
        uploads.add(vec![NewFile { file, purpose: UploadPurpose::Avatar, target: target.clone() }]);
        chosen.set(None);
    });
    let remove = Callback::new(move |()| {
        let removed = set(None);
        browser::spawn(async move {
            match removed.await {
                Ok(()) => say("The picture is removed."),
                Err(failure) => say(&failure.detail),
            }
        });
    });
    view! {
        <div class="picture-form with-script">
            {move || match chosen.get() {
                Some((file, preview)) => {
                    view! {
                        <img class="picture-square" src=preview.address() alt=file.identity().name.clone() />
                        <Button tone=Tone::Primary on_press=keep>
                            "Save picture"
                        </Button>
                        <Button on_press=Callback::new(move |()| chosen.set(None))>"Keep the old one"</Button>
                    }
                        .into_any()
                }
                None => {
                    view! {
                        <FilePicker
                            label=if has_picture { "Choose another picture" } else { "Choose a picture" }
                            accept="image/png,image/jpeg,image/webp,image/gif"
                            class="button button-quiet"
                            on_files
                        >
                            <Pictogram icon=icons::IMAGE />
                            {if has_picture { "Choose another picture" } else { "Choose a picture" }}
                        </FilePicker>
                        {has_picture
                            .then(|| {
                                view! {
                                    <Button on_press=remove>
                                        <Pictogram icon=Icon::X />
                                        "Remove picture"
                                    </Button>
                                }
                            })}
                    }
                        .into_any()
                }
            }}
        </div>
    }
}

fn refusal(file: &LocalFile) -> Option<String> {
    let identity = file.identity();
    let is_image = FileKind::of(&identity.content_type, &identity.name) == FileKind::Image;
    // The server makes the picture small, which it cannot do with that kind.
    if !is_image || identity.content_type == "image/avif" {
        return Some("This file cannot become a picture: choose a JPEG, PNG, WebP or GIF file.".to_owned());
    }
    texts::refusal(identity.size)
}
