//! What the panel shows: a row per file.

use super::{
    Item, Uploads, icons,
    model::{FileKind, State, texts},
    panel::icon,
    picker::FilePicker,
};
use crate::{
    browser,
    ui::icon::{Icon, Pictogram},
};
use leptos::{html::Section, prelude::*};
use std::sync::Arc;

/// A step so large is read aloud.
const SPOKEN_STEP: u8 = 25;
/// So long the panel stays once everything has arrived.
const LINGER_MILLIS: u32 = 8_000;

/// All uploads that are not shown elsewhere; nothing when there are none. As soon as nothing is under way any more, only
/// those stay in sight that need the person; where none does, the panel goes by itself.
#[component]
pub fn UploadRows(
    /// The queue.
    uploads: Uploads,
) -> impl IntoView {
    let shown = uploads.clone();
    let items = Memo::new_with_compare(move |_| shown.in_panel(), |before, now| !same(before, now));
    let is_open = RwSignal::new(true);
    let is_under_way = Memo::new(move |_| items.with(|items| Uploads::summary(items)).is_under_way());
    Effect::new(move || is_open.set(is_under_way.get()));
    let is_in_sight = move |item: &&Arc<Item>| is_open.get() || item.state.with(State::needs_person);
    let in_sight = Memo::new_with_compare(
        move |_| items.with(|items| items.iter().filter(is_in_sight).cloned().collect::<Vec<_>>()),
        |before, now| !same(before, now),
    );
    let has_any = Memo::new(move |_| items.with(|items| !items.is_empty()));
    let panel = NodeRef::<Section>::new();
    go_when_done(panel, uploads.clone(), items);
    move || {
        has_any.get().then(|| {
            let uploads = uploads.clone();
            view! {
                <section
                    class="uploads"
                    aria-label="Uploads"
                    node_ref=panel
                    data-open=move || is_open.get().then_some("")
                >
                    <Head uploads=uploads.clone() items is_open />
                    <ul class="uploads-rows" role="list" hidden=move || in_sight.with(Vec::is_empty)>
                        <For each=move || in_sight.get() key=|item| item.id let:item>
                            <Row uploads=uploads.clone() item />
                        </For>
                    </ul>
                </section>
            }
        })
    }
}

/// Takes what has arrived off the list a while after the last of it, unless the person is at the panel by then.
fn go_when_done(panel: NodeRef<Section>, uploads: Uploads, items: Memo<Vec<Arc<Item>>>) {
    let has_all = Memo::new(move |_| items.with(|items| Uploads::summary(items)).has_all());
    let waits_again = RwSignal::new(());
    Effect::new(move |timer: Option<Option<browser::Timer>>| {
        waits_again.track();
        if let Some(timer) = timer.flatten() {
            timer.cancel();
        }
        let uploads = uploads.clone();
        has_all.get().then(|| {
            browser::after(LINGER_MILLIS, move || {
                let panel = panel.try_get_untracked().flatten();
                if panel.is_some_and(|panel| panel.matches(":is(:hover, :focus-within)").unwrap_or_default()) {
                    waits_again.try_set(());
                } else {
                    uploads.dismiss_done();
                }
            })
        })
    });
}

fn same(before: Option<&Vec<Arc<Item>>>, now: Option<&Vec<Arc<Item>>>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => {
            before.len() == now.len() && before.iter().zip(now).all(|(one, other)| Arc::ptr_eq(one, other))
        }
        _ => false,
    }
}

#[component]
fn Head(uploads: Uploads, items: Memo<Vec<Arc<Item>>>, is_open: RwSignal<bool>) -> impl IntoView {
    let summary = Memo::new(move |_| items.with(|items| Uploads::summary(items)));
    let words = move || texts::summary(summary.get());
    let percent = move || summary.get().progress.percent().to_string();
    let has_failed = move || items.with(|items| items.iter().any(|item| item.state.get().can_be_retried()));
    let has_folds = Memo::new(move |_| summary.with(|summary| summary.failed < summary.total));
    let fold_words = move || if is_open.get() { "Show less" } else { "Show all" };
    let (retried, dismissed) = (uploads.clone(), uploads);
    view! {
        <header class="uploads-head">
            <p class="uploads-summary">{words}</p>
            <SpokenSummary summary />
            {move || {
                let uploads = retried.clone();
                has_failed()
                    .then(|| {
                        view! {
                            <button type="button" class="button button-quiet" on:click=move |_| uploads.retry_all()>
                                "Retry failed"
                            </button>
                        }
                    })
            }}
            {move || {
                has_folds
                    .get()
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="icon-button"
                                title=fold_words
                                aria-label=fold_words
                                aria-expanded=move || if is_open.get() { "true" } else { "false" }
                                on:click=move |_| is_open.update(|open| *open = !*open)
                            >
                                {move || {
                                    view! { <Pictogram icon=if is_open.get() { icons::FOLD } else { icons::UNFOLD } /> }
                                }}
                            </button>
                        }
                    })
            }}
            {move || {
                let uploads = dismissed.clone();
                (summary.get().done > 0 && !summary.get().is_under_way())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="icon-button"
                                title="Take finished uploads off the list"
                                aria-label="Take finished uploads off the list"
                                on:click=move |_| uploads.dismiss_done()
                            >
                                <Pictogram icon=Icon::X />
                            </button>
                        }
                    })
            }}
        </header>
        <div
            class="meter"
            role="progressbar"
            aria-label="All uploads"
            aria-valuemin="0"
            aria-valuemax="100"
            aria-valuenow=percent
            hidden=move || !summary.get().is_under_way()
        >
            <span style:width=move || format!("{}%", percent())></span>
        </div>
    }
}

/// Now and then how it stands, for those who do not see it.
#[component]
fn SpokenSummary(summary: Memo<super::model::Summary>) -> impl IntoView {
    let spoken = Memo::new(move |_| {
        let summary = summary.get();
        let step = summary.progress.percent() / SPOKEN_STEP * SPOKEN_STEP;
        if summary.is_under_way() {
            format!("Uploading {}, {step} %", texts::files(summary.total))
        } else {
            texts::summary(summary)
        }
    });
    view! {
        <p class="sr-only" role="status">
            {spoken}
        </p>
    }
}

#[component]
fn Row(uploads: Uploads, item: Arc<Item>) -> impl IntoView {
    let name = item.file.name.clone();
    let kind = FileKind::of(&item.file.content_type, &item.file.name);
    // None as well as soon as the browser finds that it cannot draw it.
    let preview = RwSignal::new(item.preview());
    let picture = move || match preview.get() {
        Some(address) => view! {
            <img
                class="upload-picture"
                src=address
                alt=""
                loading="lazy"
                decoding="async"
                on:error=move |_| preview.set(None)
            />
        }
        .into_any(),
        None => view! {
            <span class="upload-picture">
                <Pictogram icon=icon(kind) />
            </span>
        }
        .into_any(),
    };
    let (state, progress) = (item.state.clone(), item.progress.clone());
    let words = move || texts::state_line(&state.get(), progress.get());
    let (state, failed) = (item.state.clone(), item.state.clone());
    let is_sending = move || state.with(|state| matches!(state, State::Sending | State::Resting | State::Finishing));
    let progress = item.progress.clone();
    let percent = move || progress.get().percent().to_string();
    let (width, label) = (percent.clone(), format!("Upload of {name}"));
    let title = name.clone();
    view! {
        <li class="upload" data-failed=move || failed.with(State::is_failed).then_some("")>
            {picture}
            <div class="upload-text">
                <p class="upload-name" dir="auto" title=title>
                    {name}
                </p>
                <p class="upload-state" dir="auto">
                    {words}
                </p>
                <div
                    class="meter"
                    role="progressbar"
                    aria-label=label
                    aria-valuemin="0"
                    aria-valuemax="100"
                    aria-valuenow=percent
                    hidden=move || !is_sending()
                >
                    <span style:width=move || format!("{}%", width())></span>
                </div>
            </div>
            <Tools uploads item />
        </li>
    }
}

/// What can be done with one: retry, pick again, cancel or take off the list.
#[component]
fn Tools(uploads: Uploads, item: Arc<Item>) -> impl IntoView {
    let id = item.id;
    let name = item.file.name.clone();
    let state = item.state.clone();
    // Its kind, so that it changes only when the tools do.
    let tools = Memo::new(move |_| {
        state.with(|state| match state {
            State::Done => 0,
            State::Failed(_) => 1,
            State::NeedsFile => 2,
            State::Refused(_) | State::Waiting | State::Sending | State::Resting | State::Finishing => 3,
        })
    });
    move || {
        let name = name.clone();
        let (retrying, picking, cancelling) = (uploads.clone(), uploads.clone(), uploads.clone());
        let again = match tools.get() {
            1 => view! {
                <button
                    type="button"
                    class="icon-button"
                    title="Try again"
                    aria-label=format!("Try again: {name}")
                    on:click=move |_| retrying.retry(id)
                >
                    <Pictogram icon=icons::RETRY />
                </button>
            }
            .into_any(),
            2 => view! {
                <FilePicker
                    label=format!("Pick {name} again")
                    on_files=Callback::new(move |files| drop(picking.pick_again(files)))
                >
                    <Pictogram icon=icons::PICK />
                </FilePicker>
            }
            .into_any(),
            _ => ().into_any(),
        };
        if tools.get() == 0 {
            return view! {
                <span class="upload-done">
                    <Pictogram icon=Icon::Check />
                </span>
            }
            .into_any();
        }
        view! {
            {again}
            <button
                type="button"
                class="icon-button"
                title="Cancel"
                aria-label=format!("Cancel: {name}")
                on:click=move |_| cancelling.cancel(id)
            >
                <Pictogram icon=Icon::X />
            </button>
        }
        .into_any()
    }
}
