//! The frame of pages that need no sign-in.

use leptos::prelude::*;

/// The name of the product, leading home.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <a class="brand" href="/" rel="external">
            <BrandMark />
            <span>"Lyceum"</span>
        </a>
    }
}

/// An open book under a roof.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M3 9 12 3l9 6" />
            <path d="M12 12.5v8" />
            <path d="M12 12.5C10 11 7 10.7 4 11.2v8c3-.5 6-.2 8 1.3 2-1.5 5-1.8 8-1.3v-8c-3-.5-6-.2-8 1.3Z" />
        </svg>
    }
}

/// A narrow page with the product's name above it.
#[component]
pub fn SignedOutPage(
    /// The page's heading; assistive technology jumps to it.
    title: &'static str,
    /// The content.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="plain">
            <header>
                <Brand />
            </header>
            <main id="main" tabindex="-1">
                <h1 class="sr-only">{title}</h1>
                {children()}
            </main>
        </div>
    }
}
