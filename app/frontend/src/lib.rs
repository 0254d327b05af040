//! The browser's entry point: takes over the page that the server rendered.

use leptos::{mount::hydrate_from_async, tachys::dom::body};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::spawn_local;

/// Called by the page's script once this package is loaded.
#[wasm_bindgen]
pub fn hydrate() {
    console_error_panic_hook::set_once();
    spawn_local(async {
        // The page's own code comes by itself: controls work once it is there, not before.
        hydrate_from_async(body(), app::App).await.forget();
        app::browser::mark_as_hydrated();
    });
}
