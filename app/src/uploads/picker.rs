//! A button that lets the person pick files.

use crate::browser::{self, LocalFile};
use leptos::{prelude::*, web_sys::Event};

/// Looks as its content does; in it is the browser's own field, so that keyboard and assistive technology find one.
#[component]
pub fn FilePicker(
    /// What picking does, in words.
    #[prop(into)]
    label: String,
    /// Types that can be picked, as the browser's field takes them; any without.
    #[prop(optional, into)]
    accept: String,
    /// Whether several files can be picked at once.
    #[prop(optional)]
    multiple: bool,
    /// How it looks.
    #[prop(default = "icon-button")]
    class: &'static str,
    /// The picked files. The same file can be picked again.
    on_files: Callback<Vec<LocalFile>>,
    /// What is seen of it.
    children: Children,
) -> impl IntoView {
    let title = label.clone();
    let on_change = move |event: Event| {
        let files = browser::picked_files(&event);
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    view! {
        <label class=format!("{class} file-picker") title=title>
            {children()}
            <input
                type="file"
                class="sr-only"
                aria-label=label
                accept=(!accept.is_empty()).then_some(accept)
                multiple=multiple
                on:change=on_change
            />
        </label>
    }
}
