//! A part of the app whose code comes when it is shown.

use super::{
    button::{Button, Tone},
    icon::{Icon, Pictogram},
    page_title::PageTitle,
};
use crate::browser;
use leptos::{LazyViewError, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};
use std::{future, pin::Pin, sync::Arc};

/// A part on its way.
pub type Loading = Pin<Box<dyn Future<Output = Result<AnyView, LazyViewError>> + Send>>;

/// Begins to load a part.
pub type Load = Arc<dyn Fn() -> Loading + Send + Sync>;

/// The part; where its code does not come, words about that in its place. What surrounds it stays.
pub async fn part(load: Load) -> AnyView {
    match load().await {
        Ok(view) => view,
        // A page as the server has rendered it is better than words in its place: forms work, and links once the
        // router, which cannot lead anywhere now, does not hear of them.
        Err(_) if !browser::is_hydrated() => {
            browser::follow_links_plainly();
            future::pending().await
        }
        Err(_) => view! { <PartNotLoaded load /> }.into_any(),
    }
}

/// What a part is loaded for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Attempt {
    /// It is not: that has just failed.
    None,
    /// Somebody has asked for it.
    Asked,
    /// The connection is back.
    Connected,
}

/// A part's code did not arrive: the connection broke, or a newer version was installed meanwhile. It comes by itself
/// when the connection is back.
#[component]
fn PartNotLoaded(load: Load) -> impl IntoView {
    let attempt = RwSignal::new(Attempt::None);
    let is_there = StoredValue::new(false);
    Effect::new(move || {
        browser::on_window("online", move || {
            if is_there.try_get_value() == Some(false) {
                attempt.try_set(Attempt::Connected);
            }
        });
    });
    move || {
        let (now, load) = (attempt.get(), Arc::clone(&load));
        Suspend::new(async move {
            if now == Attempt::None {
                return words(attempt, "Check your connection, then try again.");
            }
            match load().await {
                Ok(view) => {
                    is_there.try_set_value(true);
                    if now == Attempt::Asked {
                        focus_content();
                    }
                    view
                }
                Err(_) => {
                    // With a connection it is the page that is too old for what is installed by now.
                    if now == Attempt::Asked && browser::is_online() {
                        browser::reload();
                    }
                    words(attempt, "It did not come this time either. Check your connection, then try again.")
                }
            }
        })
    }
}

/// The button that was pressed goes when the part comes.
fn focus_content() {
    if let Some(main) = browser::element("main").and_then(|main| main.dyn_into::<HtmlElement>().ok()) {
        browser::focus_in_place(&main);
    }
}

fn words(attempt: RwSignal<Attempt>, text: &'static str) -> AnyView {
    let try_again = Callback::new(move |()| attempt.set(Attempt::Asked));
    view! {
        <PageTitle text="This page could not be loaded" />
        <section class="error" role="alert" aria-label="This page could not be loaded">
            <span class="error-icon">
                <Pictogram icon=Icon::WifiOff />
            </span>
            <h1>"This page could not be loaded"</h1>
            <p>{text}</p>
            <Button tone=Tone::Primary on_press=try_again>
                "Try again"
            </Button>
        </section>
    }
    .into_any()
}
