//! What is kept in this browser. Where it may not keep anything, nothing is kept and nothing breaks.

use leptos::prelude::window;
use web_sys::Storage;

/// A value kept in this browser.
#[must_use]
pub fn kept(key: &str) -> Option<String> {
    storage()?.get_item(key).ok().flatten()
}

/// Keeps a value in this browser; says whether the browser did.
pub fn keep(key: &str, value: &str) -> bool {
    storage().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// Forgets a value kept in this browser.
pub fn forget(key: &str) {
    if let Some(storage) = storage() {
        // Fails only where nothing is kept anyway.
        let _ = storage.remove_item(key);
    }
}

/// The values whose keys begin so, each with the rest of its key, ordered by it.
#[must_use]
pub fn kept_below(prefix: &str) -> Vec<(String, String)> {
    let Some(storage) = storage() else { return Vec::new() };
    let key = |place| storage.key(place).ok().flatten();
    let keys = (0..storage.length().unwrap_or_default()).filter_map(key);
    let value = |key: String| Some((key.strip_prefix(prefix)?.to_owned(), storage.get_item(&key).ok().flatten()?));
    let mut kept: Vec<(String, String)> = keys.filter_map(value).collect();
    kept.sort_unstable();
    kept
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
