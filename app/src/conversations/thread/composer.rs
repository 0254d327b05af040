//! Where messages are written: sent with Enter, kept as a draft until then.

use super::{
    actions,
    staged::{self, AttachButton, StagedFiles},
    state::{OpenThread, Writing},
};
use crate::{
    browser,
    conversations::{
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
use domain::conversations::{CONTENT_MAX, Message, checked_content};
use leptos::{
    ev::{ClipboardEvent, KeyboardEvent, SubmitEvent},
    html::Textarea,
    prelude::*,
    server_fn::ServerFn,
};
use std::sync::Arc;

/// The field's name, and its id on the page.
pub const FIELD: &str = "content";
/// From so few characters left on, they are counted.
const COUNTED_FROM: usize = 200;
/// What browsers report for a key that belongs to an input method.
const COMPOSING: u32 = 229;

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
    let draft = Draft { open, text: RwSignal::new(text), field };
    draft.take_up();
    draft.follow_writing();
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
                    <GrowingTextArea label name=FIELD text=draft.text element=field />
                    <button type="submit" class="button button-primary composer-send" title="Send (Enter)">
                        <Pictogram icon=icons::SEND label="Send" />
                    </button>
                </div>
                <Remaining text=draft.text />
            </form>
        </div>
    }
}

/// The text that is being written.
#[derive(Clone, Copy)]
struct Draft {
    open: OpenThread,
    text: RwSignal<String>,
    field: NodeRef<Textarea>,
}

impl Draft {
    /// Takes up what was begun earlier.
    fn take_up(self) {
        let open = self.open;
        Effect::new(move || {
            let begun = open.live().draft(open.id);
            if !self.text.with_untracked(String::is_empty) {
                // Written before it was known by whom.
                self.keep();
            } else if let Some(begun) = begun {
                self.text.set(begun);
            }
        });
        // Also what was written before the page could hear the keys.
        Effect::new(move || {
            if self.text.with(|text| !text.is_empty()) {
                self.keep();
            }
        });
    }

    /// Keeps what is begun, and tells the others that somebody writes.
    fn written(self) {
        let open = self.open;
        self.keep();
        if !self.text.with_untracked(String::is_empty) {
            open.live().is_writing(open.id);
        }
    }

    fn keep(self) {
        let open = self.open;
        if !open.writing.with_untracked(|writing| matches!(writing, Writing::Edit(_))) {
            self.text.with_untracked(|text| open.live().keep_draft(open.id, text));
        }
    }

    /// Fills the field with a message that is to be changed, empties it afterwards, and moves the focus to it.
    fn follow_writing(self) {
        let open = self.open;
        Effect::new(move |before: Option<Writing>| {
            let writing = open.writing.get();
            if before.as_ref().is_some_and(|before| *before != writing) {
                let was_edit = matches!(before, Some(Writing::Edit(_)));
                match &writing {
                    Writing::Edit(message) => self.text.set(message.content.clone()),
                    _ if was_edit => self.text.set(open.live().draft(open.id).unwrap_or_default()),
                    _ => {}
                }
                self.focus();
            }
            writing
        });
    }

    fn focus(self) {
        if let Some(field) = self.field.get_untracked() {
            // Fails only when the field has left the page.
            let _ = field.focus();
        }
    }

    fn pressed(self, event: &KeyboardEvent) {
        if event.is_composing() || event.key_code() == COMPOSING {
            return;
        }
        match event.key().as_str() {
            "Enter" if !event.shift_key() && is_in_field(event) => {
                event.prevent_default();
                self.finish();
            }
            "Escape" if self.open.writing.with_untracked(|writing| *writing != Writing::New) => {
                event.prevent_default();
                self.open.writing.set(Writing::New);
            }
            "ArrowUp" if self.text.with_untracked(String::is_empty) => {
                let last = self.open.thread.with_untracked(|thread| thread.last_own_editable().cloned());
                if let Some(message) = last {
                    event.prevent_default();
                    self.open.writing.set(Writing::Edit(message));
                }
            }
            _ => {}
        }
    }

    /// Files on the clipboard are attached; text goes into the field.
    fn pasted(self, event: &ClipboardEvent) {
        let files = browser::pasted_files(event);
        if !files.is_empty() && untrack(|| staged::can_attach(self.open)) {
            event.prevent_default();
            staged::stage(self.open, files);
        }
    }

    /// Sends what is attached, with the text as the caption of the first.
    fn send_files(self, reply_to: Option<i64>) -> bool {
        let open = self.open;
        let content = self.text.with_untracked(|text| text.trim().to_owned());
        // Too much text is said under the field.
        if content.chars().count() > CONTENT_MAX {
            return false;
        }
        let files = open.staged.with_untracked(|staged| staged.iter().map(|one| one.file.clone()).collect());
        let is_taken = open.live().send_files(open.id, &content, reply_to, files);
        if is_taken {
            open.staged.set(Vec::new());
        }
        is_taken
    }

    /// Sends or changes, unless there is nothing to send.
    fn finish(self) {
        let open = self.open;
        let has_files = open.staged.with_untracked(|staged| !staged.is_empty());
        let reply_to = open.writing.with_untracked(|writing| match writing {
            Writing::Reply(message) => Some(message.id),
            Writing::New | Writing::Edit(_) => None,
        });
        if has_files && !open.writing.with_untracked(|writing| matches!(writing, Writing::Edit(_))) {
            if self.send_files(reply_to) {
                self.sent();
            }
            return;
        }
        let Ok(content) = self.text.with_untracked(|text| checked_content(text)) else { return };
        match open.writing.get_untracked() {
            Writing::Edit(message) => {
                if content != message.content {
                    actions::edit(open, message.id, content);
                }
                open.writing.set(Writing::New);
            }
            Writing::New | Writing::Reply(_) => {
                if open.live().send(open.id, content, reply_to) {
                    self.sent();
                }
            }
        }
    }

    /// It is on its way: the field is free for the next.
    fn sent(self) {
        let open = self.open;
        self.text.set(String::new());
        open.live().keep_draft(open.id, "");
        open.writing.set(Writing::New);
        open.sent.set(());
        self.focus();
    }
}

/// Keys in the buttons of the form are the buttons'.
fn is_in_field(event: &KeyboardEvent) -> bool {
    use leptos::{wasm_bindgen::JsCast, web_sys::HtmlTextAreaElement};
    event.target().is_some_and(|target| target.dyn_into::<HtmlTextAreaElement>().is_ok())
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
