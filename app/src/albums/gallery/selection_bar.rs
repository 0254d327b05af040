//! What can be done with the photos that are chosen.

use super::dialogs::{BatchDialog, SendDialog};
use crate::{
    albums::{
        actions, icons,
        model::{Selection, words},
        open_album::OpenAlbum,
        paths,
    },
    ui::icon::{Icon, Pictogram},
};
use leptos::prelude::*;

/// Stands at the lower edge for as long as something is chosen.
#[component]
pub fn SelectionBar() -> impl IntoView {
    let open = OpenAlbum::of_page();
    let any = Memo::new(move |_| open.selection.with(|selection| !selection.is_empty()));
    let (editing, sending) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <p class="sr-only" role="status">
            {move || any.get().then(|| count(open))}
        </p>
        {move || any.get().then(|| view! { <Bar editing sending /> })}
        <BatchDialog open=editing ids=Signal::derive(move || chosen(open)) />
        <SendDialog open=sending ids=Signal::derive(move || chosen(open)) />
    }
}

fn chosen(open: OpenAlbum) -> Vec<uuid::Uuid> {
    let order: Vec<_> = open.tiles.with(|tiles| tiles.iter().map(|tile| tile.id).collect());
    open.selection.with(|selection| selection.in_order(&order))
}

fn count(open: OpenAlbum) -> String {
    format!("{} chosen", words::photos(open.selection.with(Selection::len)))
}

#[component]
fn Bar(editing: RwSignal<bool>, sending: RwSignal<bool>) -> impl IntoView {
    let open = OpenAlbum::of_page();
    let is_all = move || open.selection.with(Selection::len) == open.tiles.with(|tiles| tiles.len());
    let delete = move || format!("Delete {}", words::photos(open.selection.with(Selection::len)));
    view! {
        <section class="selection-bar" aria-label="Chosen photos">
            <button
                type="button"
                class="icon-button"
                aria-label="Choose none"
                on:click=move |_| open.selection.update(Selection::clear)
            >
                <Pictogram icon=Icon::X />
            </button>
            <p class="selection-count">{move || count(open)}</p>
            {move || {
                (!is_all())
                    .then(|| {
                        view! {
                            <button
                                type="button"
                                class="button button-quiet"
                                on:click=move |_| {
                                    let order = open.order();
                                    open.selection.update(|selection| selection.all(&order));
                                }
                            >
                                "Choose all"
                            </button>
                        }
                    })
            }}
            <div class="selection-actions">
                <DownloadForm />
                <button type="button" class="button button-quiet" on:click=move |_| sending.set(true)>
                    <Pictogram icon=icons::MOVE />
                    <span class="action-word">"Move or copy"</span>
                </button>
                {move || {
                    open.may_add()
                        .then(|| {
                            view! {
                                <button type="button" class="button button-quiet" on:click=move |_| editing.set(true)>
                                    <Pictogram icon=icons::PENCIL />
                                    <span class="action-word">"Edit"</span>
                                </button>
                                <button
                                    type="button"
                                    class="button button-loss"
                                    aria-label=delete
                                    on:click=move |_| actions::delete(open, open.chosen())
                                >
                                    <Pictogram icon=icons::TRASH />
                                    <span class="action-word">{delete}</span>
                                </button>
                            }
                        })
                }}
            </div>
        </section>
    }
}

/// A form, because the browser saves what answers it.
#[component]
fn DownloadForm() -> impl IntoView {
    let open = OpenAlbum::of_page();
    let ids = move || chosen(open).iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    view! {
        <form method="post" action=paths::DOWNLOAD_PHOTOS>
            <input type="hidden" name="ids" prop:value=ids />
            <button type="submit" class="button button-quiet">
                <Pictogram icon=icons::DOWNLOAD />
                <span class="action-word">"Download"</span>
            </button>
        </form>
    }
}
