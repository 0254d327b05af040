//! Keys that answer questions.

use leptos::ev::KeyboardEvent;

/// The code of a key that belongs to an input method.
const COMPOSING: u32 = 229;

/// Whether a key is meant for the page: not for the browser, and not for writing a character of several keys.
#[must_use]
pub fn is_plain(event: &KeyboardEvent) -> bool {
    let has_modifier = event.ctrl_key() || event.meta_key() || event.alt_key();
    !(has_modifier || event.is_composing() || event.key_code() == COMPOSING)
}

/// The place that a digit names, from 0; none for any other key.
#[must_use]
pub fn place(event: &KeyboardEvent) -> Option<usize> {
    let key = Some(event.key()).filter(|key| key.len() == 1 && is_plain(event))?;
    key.parse::<usize>().ok()?.checked_sub(1)
}
