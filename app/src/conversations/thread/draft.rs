//! The text that is being written: taken up where it was left, sent, or put in place of an older one.

use super::{
    actions, staged,
    state::{OpenThread, Writing},
};
use crate::{browser, conversations::live::Begun, error::Failure};
use domain::{
    ErrorCode,
    conversations::{CONTENT_MAX, Message, checked_content},
};
use leptos::{
    ev::{ClipboardEvent, KeyboardEvent},
    html::Textarea,
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::HtmlTextAreaElement,
};
use std::sync::Arc;

/// What browsers report for a key that belongs to an input method.
const COMPOSING: u32 = 229;

/// What is in the composer.
#[derive(Clone, Copy)]
pub(super) struct Draft {
    /// The text.
    pub(super) text: RwSignal<String>,
    /// The conversation.
    pub(super) open: OpenThread,
    field: NodeRef<Textarea>,
    /// What it answers, until that message is found.
    sought: StoredValue<Option<i64>>,
    /// What comes into the field after a change, where that is not what was begun before it.
    left: StoredValue<Option<String>>,
    /// How many changes were sent from here: an answer to an earlier one does not end the one that is awaited.
    changes: StoredValue<u32>,
}

impl Draft {
    /// Begins with the text of the page, and goes on with what was kept.
    pub(super) fn begin(open: OpenThread, text: String, field: NodeRef<Textarea>) -> Self {
        let (sought, left) = (StoredValue::new(None), StoredValue::new(None));
        let draft = Self { text: RwSignal::new(text), open, field, sought, left, changes: StoredValue::new(0) };
        draft.take_up();
        draft.follow_writing();
        draft
    }

    /// Takes up what was begun earlier.
    fn take_up(self) {
        let open = self.open;
        Effect::new(move || {
            let begun = open.live().draft(open.id);
            if !self.text.with_untracked(String::is_empty) {
                // Written before it was known by whom.
                self.keep();
            } else if let Some(begun) = begun {
                self.go_on_with(begun);
            }
        });
        // Also what was written before the page could hear the keys.
        Effect::new(move || {
            if self.text.with(|text| !text.is_empty()) {
                self.keep();
            }
        });
    }

    fn go_on_with(self, begun: Begun) {
        let open = self.open;
        self.text.set(begun.text);
        let Some(id) = begun.reply_to else { return };
        self.sought.set_value(Some(id));
        actions::find(open, id, move |found| {
            // Whoever has begun something else meanwhile, or has left, does not want it any more.
            if self.sought.try_get_value() != Some(Some(id)) {
                return;
            }
            match found {
                Some(message) => open.writing.set(Writing::Reply(message)),
                None => {
                    self.sought.set_value(None);
                    self.keep();
                }
            }
        });
    }

    /// Keeps what is begun, and tells the others that somebody writes.
    pub(super) fn written(self) {
        let open = self.open;
        self.keep();
        if !self.text.with_untracked(String::is_empty) {
            open.live().is_writing(open.id);
        }
    }

    fn keep(self) {
        let open = self.open;
        if !self.is_change() {
            let begun = Begun { text: self.text.get_untracked(), reply_to: self.reply_to() };
            open.live().keep_draft(open.id, &begun);
        }
    }

    fn is_change(self) -> bool {
        self.open.writing.with_untracked(|writing| matches!(writing, Writing::Edit(_)))
    }

    fn reply_to(self) -> Option<i64> {
        self.open.writing.with_untracked(|writing| match writing {
            Writing::New => self.sought.get_value(),
            Writing::Reply(message) => Some(message.id),
            Writing::Edit(_) => None,
        })
    }

    /// Fills the field with a message that is to be changed, empties it afterwards, and moves the focus to it.
    fn follow_writing(self) {
        let open = self.open;
        Effect::new(move |before: Option<Writing>| {
            let writing = open.writing.get();
            if let Some(before) = before.filter(|before| *before != writing) {
                self.turn(&before, &writing);
            }
            writing
        });
    }

    fn turn(self, before: &Writing, writing: &Writing) {
        let sought = self.sought.try_update_value(Option::take).flatten();
        let was_change = matches!(before, Writing::Edit(_));
        self.open.saving.set(false);
        match writing {
            Writing::Edit(message) => self.text.set(message.content.clone()),
            Writing::Reply(_) if was_change => self.text.set(self.begun().text),
            Writing::New if was_change => self.go_on_with(self.begun()),
            Writing::New | Writing::Reply(_) => {}
        }
        if !was_change {
            self.keep();
        }
        // What was begun earlier comes back without taking the focus from anything.
        if !matches!(writing, Writing::Reply(message) if sought == Some(message.id)) {
            self.focus();
        }
    }

    /// What belongs into the field after a change.
    fn begun(self) -> Begun {
        let open = self.open;
        let kept = untrack(|| open.live().draft(open.id)).unwrap_or_default();
        match self.left.try_update_value(Option::take).flatten() {
            Some(text) => Begun { text, ..kept },
            None => kept,
        }
    }

    fn focus(self) {
        if let Some(field) = self.field.get_untracked() {
            // Fails only when the field has left the page.
            let _ = field.focus();
        }
    }

    /// Keys in the field.
    pub(super) fn pressed(self, event: &KeyboardEvent) {
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
    pub(super) fn pasted(self, event: &ClipboardEvent) {
        let files = browser::pasted_files(event);
        if !files.is_empty() && untrack(|| staged::can_attach(self.open)) {
            event.prevent_default();
            staged::stage(self.open, files);
        }
    }

    /// Sends or changes, unless there is nothing to send.
    pub(super) fn finish(self) {
        let open = self.open;
        if open.saving.get_untracked() {
            return;
        }
        let has_files = open.staged.with_untracked(|staged| !staged.is_empty());
        let reply_to = self.reply_to();
        if has_files && !self.is_change() {
            if self.send_files(reply_to) {
                self.sent();
            }
            return;
        }
        let Ok(content) = self.text.with_untracked(|text| checked_content(text)) else { return };
        match open.writing.get_untracked() {
            Writing::Edit(message) if content == message.content => open.writing.set(Writing::New),
            Writing::Edit(message) => self.change(message, content),
            Writing::New | Writing::Reply(_) => {
                if open.live().send(open.id, content, reply_to) {
                    self.sent();
                }
            }
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
            open.live().unstage_all(open.id);
        }
        is_taken
    }

    /// It is on its way: the field is free for the next.
    fn sent(self) {
        let open = self.open;
        self.text.set(String::new());
        self.sought.set_value(None);
        open.live().keep_draft(open.id, &Begun::default());
        open.writing.set(Writing::New);
        open.sent.set(());
        self.focus();
    }

    /// Gives a message another text, which stays in the field until the server has it.
    fn change(self, message: Arc<Message>, content: String) {
        let open = self.open;
        let (live, text) = (open.live(), content.clone());
        open.saving.set(true);
        let change = self.changes.with_value(|changes| changes + 1);
        self.changes.set_value(change);
        actions::edit(open, message.id, content, move |outcome| {
            if outcome.is_err() && open.writing.try_get_untracked().is_none() {
                // The thread was left meanwhile.
                let kept = untrack(|| live.draft(open.id)).unwrap_or_default();
                live.keep_draft(open.id, &Begun { text: below(&kept.text, &text), ..kept });
            }
            self.changed(change, message, outcome);
        });
    }

    fn changed(self, change: u32, message: Arc<Message>, outcome: Result<(), Failure>) {
        let open = self.open;
        let is_last = self.changes.try_get_value() == Some(change);
        let is_saving = is_last && open.saving.try_get_untracked().unwrap_or_default();
        // Whoever has given the change up, or has left, only wants to know why it was refused.
        let is_awaited = is_saving && open.writing.try_get_untracked() == Some(Writing::Edit(message));
        if is_awaited {
            open.saving.set(false);
        }
        match outcome {
            Ok(()) if is_awaited => open.writing.set(Writing::New),
            Ok(()) => {}
            Err(failure) if is_awaited && matches!(failure.code, ErrorCode::Conflict | ErrorCode::NotFound) => {
                actions::say(open, &format!("{} What you wrote can be sent as a new message.", failure.detail));
                self.leave_text();
            }
            Err(failure) => actions::say(open, &failure.detail),
        }
    }

    /// The message is gone: its new text becomes one of its own, below what was begun before.
    fn leave_text(self) {
        let open = self.open;
        let kept = untrack(|| open.live().draft(open.id)).unwrap_or_default();
        let Some(text) = self.text.try_get_untracked() else { return };
        self.left.set_value(Some(below(&kept.text, &text)));
        open.writing.set(Writing::New);
    }
}

/// Two texts as one, without what is blank.
fn below(above: &str, text: &str) -> String {
    let texts: Vec<&str> = [above, text].into_iter().filter(|text| !text.trim().is_empty()).collect();
    texts.join("\n\n")
}

/// Keys in the buttons of the form are the buttons'.
fn is_in_field(event: &KeyboardEvent) -> bool {
    event.target().is_some_and(|target| target.dyn_into::<HtmlTextAreaElement>().is_ok())
}
