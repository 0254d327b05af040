//! A button that lets the person pick files.

use crate::browser::{self, LocalFile};
use leptos::{html::Input, prelude::*};

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
    let field = NodeRef::<Input>::new();
    let take = move || {
        let files = field.get_untracked().map(|field| browser::picked_files(&field)).unwrap_or_default();
        if !files.is_empty() {
            on_files.run(files);
        }
    };
    // Also what was picked before the script was there.
    Effect::new(move || {
        if field.get().is_some() {
            untrack(take);
        }
    });
    view! {
        <label class=format!("{class} file-picker") title=title>
            {children()}
            <input
                type="file"
                class="sr-only"
                aria-label=label
                accept=(!accept.is_empty()).then_some(accept)
                multiple=multiple
                autocomplete="off"
                node_ref=field
                on:change=move |_| take()
            />
        </label>
    }
}
