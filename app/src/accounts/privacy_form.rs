//! What others see of the person's reading, and what this browser tells them.

use super::server_fns::SetReadReceipts;
use crate::{
    conversations::live::Live,
    ui::{
        button::{Button, SubmitButton, Tone},
        form::{FormFailure, failure_of},
        toast::Toasts,
    },
};
use leptos::{form::ActionForm, prelude::*};

/// Whether others see how far the person has read.
#[component]
pub fn ReadReceiptsForm(
    /// As it is now.
    read_receipts: bool,
) -> impl IntoView {
    let set = ServerAction::<SetReadReceipts>::new();
    let toasts = Toasts::of_app();
    let shown = RwSignal::new(read_receipts);
    Effect::new(move || {
        let Some(Ok(profile)) = set.value().get() else { return };
        shown.set(profile.read_receipts);
        if let Some(toasts) = toasts {
            toasts.say("Who sees what you have read is saved.");
        }
    });
    let state = move || {
        if shown.get() {
            "Others see your picture beside the last message that you have read."
        } else {
            "Nobody sees what you have read. You still see it of those who show it."
        }
    };
    let effect = move || if shown.get() { "Hide what I have read" } else { "Let others see what I have read" };
    view! {
        <ActionForm action=set>
            <FormFailure failure=failure_of(set) />
            <p class="quiet">{state}</p>
            <input type="hidden" name="read_receipts" value=move || (!shown.get()).to_string() />
            <SubmitButton tone=Tone::Quiet busy=set.pending()>
                {effect}
            </SubmitButton>
        </ActionForm>
    }
}

/// Whether this browser shows notifications. Needs a script, so it appears with it.
#[component]
pub fn NotificationsSwitch() -> impl IntoView {
    let live = Live::of_page();
    let wanted = live.notifications();
    let toasts = Toasts::of_app();
    let live = StoredValue::new(live);
    let scripted = RwSignal::new(false);
    Effect::new(move || scripted.set(true));
    let say = move |sentence: &str| {
        if let Some(toasts) = toasts {
            toasts.say(sentence);
        }
    };
    let turn = {
        let wanted = wanted.clone();
        Callback::new(move |()| {
            let on = !wanted.get_untracked();
            live.get_value()
                .want_notifications(on, move || say("The browser does not allow notifications of this site."));
        })
    };
    let is_on = move || wanted.get();
    let state = {
        let is_on = is_on.clone();
        move || {
            if is_on() {
                "This browser notifies you of new messages while the page is in the background."
            } else {
                "This browser does not notify you of new messages."
            }
        }
    };
    let effect = move || if is_on() { "Turn notifications off" } else { "Turn notifications on" };
    view! {
        <p class="quiet">{state}</p>
        {move || {
            let effect = effect.clone();
            scripted.get().then(|| view! { <Button on_press=turn>{effect}</Button> })
        }}
    }
}
