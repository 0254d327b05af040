//! Text.

use domain::folding::{bare, one_case};
use js_sys::JsString;

/// The text as searches compare it. The browser takes its letters apart: the tables for that would be a good part of what
/// a page downloads.
#[must_use]
pub fn plain(text: &str) -> String {
    let text = one_case(text);
    if text.is_ascii() {
        return text;
    }
    bare(String::from(JsString::from(text).normalize("NFD")).chars())
}
