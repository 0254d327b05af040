//! Messages that were refused and that no thread shows: whoever wrote them is not in their conversation any more.

use super::{
    live::Live,
    model::{Outgoing, SendState},
};
use crate::{
    browser, packages,
    ui::{
        button::Button,
        notice::{Notice, NoticeKind},
        toast::Toasts,
    },
};
use leptos::{prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

/// The notice's id on the page.
const NOTICE: &str = "unsent";

/// The place of the notice. Its code comes only where there is something to tell.
#[component]
pub fn Unsent() -> impl IntoView {
    let stranded = Live::of_page().stranded();
    let is_any = Memo::new(move |_| stranded.with(|stranded| !stranded.is_empty()));
    view! { {move || is_any.get().then(|| Suspend::new(packages::unsent()))} }
}

/// Says what could not be sent. Its text can be taken elsewhere.
#[component]
pub fn UnsentNotice() -> impl IntoView {
    let stranded = Live::of_page().stranded();
    let words = move || match stranded.with(Vec::len) {
        1 => "1 message could not be sent.".to_owned(),
        many => format!("{many} messages could not be sent."),
    };
    view! {
        <section class="unsent" id=NOTICE tabindex="-1" aria-label="Messages that were not sent">
            <Notice kind=NoticeKind::Attention>
                <p role="status">{words}</p>
                <ul role="list">
                    <For each=move || stranded.get() key=|outgoing| outgoing.client_id.clone() let:outgoing>
                        <UnsentMessage outgoing />
                    </For>
                </ul>
            </Notice>
        </section>
    }
}

#[component]
fn UnsentMessage(outgoing: Outgoing) -> impl IntoView {
    let Outgoing { client_id, content, file, state, .. } = outgoing;
    let reason = if let SendState::Failed(reason) = state { reason } else { String::new() };
    let (live, toasts) = (StoredValue::new(Live::of_page()), Toasts::of_app());
    let content = Some(content).filter(|content| !content.is_empty());
    let copy = content.clone().map(|text| {
        let on_press = Callback::new(move |()| {
            browser::copy(&text, move |done| {
                let words = if done { "The text is on the clipboard." } else { "The browser did not allow to copy." };
                if let Some(toasts) = toasts {
                    toasts.say(words);
                }
            });
        });
        view! { <Button on_press>"Copy text"</Button> }
    });
    let line = |text: String| {
        view! {
            <p class="unsent-text" dir="auto">
                {text}
            </p>
        }
    };
    let lines = file.map(|file| file.name).into_iter().chain(content).map(line).collect_view();
    let discard = Callback::new(move |()| {
        live.get_value().discard_file(&client_id);
        browser::before_paint(focus_what_is_left);
    });
    view! {
        <li>
            {lines} <p class="quiet" dir="auto">
                {reason}
            </p> <div class="unsent-actions">{copy} <Button on_press=discard>"Discard"</Button></div>
        </li>
    }
}

/// The button that was pressed goes with its message.
fn focus_what_is_left() {
    let place = browser::element(NOTICE).or_else(|| browser::element("list-query"));
    if let Some(place) = place.and_then(|place| place.dyn_into::<HtmlElement>().ok()) {
        browser::focus_in_place(&place);
    }
}
