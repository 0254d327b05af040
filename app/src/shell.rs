//! The document around the app.

use crate::{App, ssr, theme::Theme};
use leptos::{
    config::LeptosOptions,
    hydration::{AutoReload, HydrationScripts},
    prelude::*,
};
use leptos_meta::{HashedStylesheet, MetaTags};

/// Needed before the first words are drawn.
const FONTS: [&str; 2] = ["/fonts/source-sans-3-5.3.0-latin.woff2", "/fonts/source-serif-4-5.3.1-latin.woff2"];

/// The whole document, for the server.
#[must_use]
pub fn shell(options: LeptosOptions) -> impl IntoView {
    let theme = ssr::theme();
    let font =
        |href| view! { <link rel="preload" href=href r#as="font" r#type="font/woff2" crossorigin="anonymous" /> };
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=theme.name()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content=color_scheme(theme) />
                <meta name="description" content="One place for students and study groups." />
                <link rel="icon" href="/favicon.svg" r#type="image/svg+xml" />
                {FONTS.into_iter().map(font).collect_view()}
                <HashedStylesheet options=options.clone() id="leptos" />
                <AutoReload options=options.clone() />
                <HydrationScripts options />
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The colours of what the browser draws itself, before the style sheet is there.
const fn color_scheme(theme: Theme) -> &'static str {
    match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
        Theme::System => "light dark",
    }
}
