//! A conversation's title, members and settings.

pub mod members;
pub mod shown;

use super::{
    avatar::ConversationAvatar,
    heading::PaneHeading,
    icons,
    model::texts,
    paths,
    people_picker::People,
    server_fns::{AddParticipants, RenameConversation, SetMuted, load_conversation, set_picture},
    thread_page::conversation_id,
};
use crate::{
    accounts::Me,
    ui::{
        button::{LinkButton, SubmitButton, Tone},
        field::Field,
        form::{FormFailure, failure_of, field_error},
        icon::{Icon, Pictogram},
        loaded::BothLoaded,
        refused_form::written,
    },
    uploads::{
        Delivery,
        model::UploadTarget,
        picture_form::{PictureForm, SetPicture},
    },
};
use domain::{
    accounts::Profile,
    conversations::{Conversation, ConversationKind},
};
use leptos::{form::ActionForm, prelude::*};
use members::GroupSections;
use shown::{Shown, reload_after};
use std::sync::Arc;

/// The page at `/conversations/{id}/details`.
#[component]
pub fn DetailsPage() -> impl IntoView {
    let id = conversation_id();
    let details = Resource::new(move || id.get(), |id| async move { load_conversation(id?).await });
    let people = People::of_form::<AddParticipants>();
    let me = expect_context::<Me>().0;
    view! {
        <BothLoaded
            first=details
            second=me
            what="the conversation"
            above=|| {
                view! { <PaneHeading title="Conversation" back=paths::LIST back_label="Conversations" /> }
            }
            show=Arc::new(move |conversation, me| { view! { <DetailsView conversation me people /> }.into_any() })
        />
    }
    .into_any()
}

#[component]
fn DetailsView(conversation: Conversation, me: Profile, people: People) -> impl IntoView {
    let id = conversation.id;
    let is_group = conversation.kind == ConversationKind::Group;
    let shown = Shown::new(conversation);
    shown.follow();
    let title_for = me.sub.clone();
    let title = shown.part(move |conversation| texts::title(conversation, &title_for));
    let picture_for = me.sub.clone();
    let picture = move || {
        view! { <ConversationAvatar conversation=shown.conversation.get() me=picture_for.clone() /> }
    };
    view! {
        <PaneHeading title="Details" back=paths::conversation(id) back_label="the conversation" always=true />
        <div class="pane-body">
            <div class="profile-head">
                {picture} <p class="details-title" dir="auto">
                    {title}
                </p>
            </div>
            {is_group.then(|| view! { <GroupPicture shown /> })}
            {is_group.then(|| view! { <TitleForm shown /> })}
            <section class="section" aria-labelledby="files-title">
                <h2 id="files-title">"Files"</h2>
                <p class="quiet">
                    "A quiz asks about the documents that were sent in it. Nobody else sees it until you share it."
                </p>
                <LinkButton href=paths::quiz_of_files(id)>
                    <Pictogram icon=Icon::ListChecks />
                    "Make a quiz of its files"
                </LinkButton>
            </section>
            <section class="section" aria-labelledby="notifications-title">
                <h2 id="notifications-title">"Notifications"</h2>
                <MuteForm shown />
            </section>
            {is_group.then(|| view! { <GroupSections shown me=me.sub people /> })}
        </div>
    }
}

#[component]
fn GroupPicture(shown: Shown) -> impl IntoView {
    let id = shown.id;
    let set: SetPicture = Arc::new(move |upload_id| {
        let kept: Delivery = Box::pin(async move {
            set_picture(id, upload_id).await?;
            shown.reload().await;
            Ok(())
        });
        kept
    });
    let has_picture = shown.part(|conversation| conversation.picture_url.is_some());
    move || {
        let target = UploadTarget::GroupPicture { conversation_id: id };
        view! { <PictureForm target has_picture=has_picture.get() set=Arc::clone(&set) /> }
    }
}

#[component]
fn TitleForm(shown: Shown) -> impl IntoView {
    let rename = ServerAction::<RenameConversation>::new();
    let failure = failure_of(rename);
    reload_after(rename, shown, |_| "The title is saved.");
    let title = shown.part(|conversation| conversation.title.clone().unwrap_or_default());
    let field = move || {
        let value = written::<RenameConversation>("title", title.get());
        view! {
            <Field
                label="Title"
                name="title"
                value=value
                hint="Without a title the members' names stand in its place."
                error=field_error(failure, "title")
            />
        }
    };
    view! {
        <ActionForm action=rename>
            <FormFailure failure fields=&["title"] />
            <input type="hidden" name="id" value=shown.id.to_string() />
            {field}
            <SubmitButton tone=Tone::Quiet busy=rename.pending()>
                "Save title"
            </SubmitButton>
        </ActionForm>
    }
}

#[component]
fn MuteForm(shown: Shown) -> impl IntoView {
    let mute = ServerAction::<SetMuted>::new();
    let muted = shown.part(|conversation| conversation.muted);
    let effect = move || {
        let (icon, words) =
            if muted.get() { (icons::BELL, "Notify me again") } else { (icons::BELL_OFF, "Mute this conversation") };
        view! {
            <Pictogram icon />
            {words}
        }
    };
    let state = move || {
        if muted.get() {
            "Muted: new messages are counted, but nothing notifies you of them."
        } else {
            "You are notified of new messages, as far as this browser may."
        }
    };
    reload_after(mute, shown, |conversation| {
        if conversation.muted { "The conversation is muted." } else { "You are notified again." }
    });
    view! {
        <ActionForm action=mute>
            <FormFailure failure=failure_of(mute) />
            <p class="quiet">{state}</p>
            <input type="hidden" name="id" value=shown.id.to_string() />
            <input type="hidden" name="muted" value=move || (!muted.get()).to_string() />
            <SubmitButton tone=Tone::Quiet busy=mute.pending()>
                {effect}
            </SubmitButton>
        </ActionForm>
    }
}
