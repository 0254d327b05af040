//! Where messages are written: sent with Enter, kept as a draft until then.

use super::{
    draft::Draft,
    staged::{AttachButton, StagedFiles},
    state::{OpenThread, Writing},
};
use crate::{
    conversations::{
        delete_form::DeleteForm,
        excerpt, icons, paths,
        server_fns::{EditMessage, SendMessage},
    },
    ui::{
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
        refused_form::written,
        text_area::GrowingTextArea,
    },
};
use domain::conversations::{CONTENT_MAX, Message};
use leptos::{ev::SubmitEvent, html::Textarea, prelude::*, server_fn::ServerFn};
use std::sync::Arc;

/// The field's name, and its id on the page.
pub const FIELD: &str = "content";
/// From so few characters left on, they are counted.
const COUNTED_FROM: usize = 200;

/// The field and what it does with the text. Without scripts it is a plain form.
#[component]
pub fn Composer(
    /// What the conversation is called.
    title: Memo<String>,
) -> impl IntoView {
    let open = OpenThread::of_page();
    let field = NodeRef::<Textarea>::new();
    // What a plain form does is decided when its page is made, and its failure is carried back there.
    let (action, failure, text) = match open.writing.get_untracked() {
        Writing::Edit(message) => {
            let text = written::<EditMessage>(FIELD, message.content.clone());
            (EditMessage::PATH, failure_of(ServerAction::<EditMessage>::new()), text)
        }
        Writing::New | Writing::Reply(_) => {
            let text = written::<SendMessage>(FIELD, "");
            (SendMessage::PATH, failure_of(ServerAction::<SendMessage>::new()), text)
        }
    };
    let edited = open.writing.with_untracked(|writing| match writing {
        Writing::Edit(message) => Some(message.id),
        Writing::New | Writing::Reply(_) => None,
    });
    let draft = Draft::begin(open, text, field);
    let label = Signal::derive(move || match open.writing.get() {
        Writing::New => format!("Write to {}", title.get()),
        Writing::Reply(_) => "Write a reply".to_owned(),
        Writing::Edit(_) => "Change your message".to_owned(),
    });
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        draft.finish();
    };
    view! {
        <div class="composer">
            <form
                method="post"
                action=action
                data-keeps-text=""
                on:submit=on_submit
                on:input=move |_| draft.written()
                on:keydown=move |event| draft.pressed(&event)
                on:paste=move |event| draft.pasted(&event)
            >
                <FormFailure failure />
                <Context draft />
                <input type="hidden" name="conversation_id" value=open.id.to_string() />
                <StagedFiles />
                <div class="composer-row">
                    <AttachButton />
                    <GrowingTextArea label name=FIELD text=draft.text element=field busy=open.saving />
                    <button
                        type="submit"
                        class="button button-primary composer-send"
                        title="Send (Enter)"
                        aria-busy=move || open.saving.get().then_some("true")
                    >
                        <Pictogram icon=icons::SEND label="Send" />
                    </button>
                </div>
                <Remaining text=draft.text />
            </form>
            {edited.map(|message_id| view! { <DeleteForm message_id /> })}
        </div>
    }
}

/// What is answered or changed, with the way out.
#[component]
fn Context(draft: Draft) -> impl IntoView {
    let open = draft.open;
    move || match open.writing.get() {
        Writing::New => ().into_any(),
        Writing::Reply(message) => context(open, "Reply to", icons::REPLY, &message),
        Writing::Edit(message) => context(open, "Editing", icons::PENCIL, &message),
    }
}

fn context(open: OpenThread, what: &'static str, icon: Icon, message: &Arc<Message>) -> AnyView {
    let name = if open.is_me(&message.sender_sub) { "you".to_owned() } else { message.sender_name.clone() };
    let text = excerpt::of(message);
    let head = if what == "Editing" { "Editing your message".to_owned() } else { format!("{what} {name}") };
    let is_edit = matches!(open.writing.get_untracked(), Writing::Edit(_));
    let field = if is_edit { "message_id" } else { "reply_to" };
    view! {
        <div class="composer-context">
            <Pictogram icon />
            <div>
                <p dir="auto">
                    <strong>{head}</strong>
                </p>
                <p class="quiet" dir="auto">
                    {text}
                </p>
            </div>
            <input type="hidden" name=field value=message.id.to_string() />
            {is_edit
                .then(|| {
                    view! {
                        <a class="without-script" href=paths::message(open.id, message.id)>
                            "Cancel"
                        </a>
                    }
                })}
            <button
                type="button"
                class="icon-button with-script"
                title="Cancel (Esc)"
                aria-label="Cancel"
                on:click=move |_| open.writing.set(Writing::New)
            >
                <Pictogram icon=Icon::X />
            </button>
        </div>
    }
    .into_any()
}

/// How many characters are left, when it matters.
#[component]
fn Remaining(text: RwSignal<String>) -> impl IntoView {
    let length = Memo::new(move |_| text.with(|text| text.chars().count()));
    let words = move || match length.get() {
        short if short + COUNTED_FROM < CONTENT_MAX => None,
        fits if fits <= CONTENT_MAX => Some(format!("{} left", characters(CONTENT_MAX - fits))),
        long => Some(format!("{} too many: shorten it, or send it in parts", characters(long - CONTENT_MAX))),
    };
    let is_over = move || (length.get() > CONTENT_MAX).then_some("");
    view! {
        <div role="status">
            {move || {
                words()
                    .map(|words| {
                        view! {
                            <p class="composer-note" data-over=is_over>
                                {words}
                            </p>
                        }
                    })
            }}
        </div>
    }
}

fn characters(count: usize) -> String {
    if count == 1 { "1 character".to_owned() } else { format!("{count} characters") }
}
