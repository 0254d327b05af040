//! Buttons, and links that look like them.

use leptos::prelude::*;

/// How much a button stands out, and what pressing it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The one thing that the page is for.
    Primary,
    /// Everything else.
    Quiet,
    /// Something is lost for good.
    Loss,
}

impl Tone {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button-primary",
            Self::Quiet => "button button-quiet",
            Self::Loss => "button button-loss",
        }
    }
}

/// Sends the form around it.
#[component]
pub fn SubmitButton(
    /// How it looks.
    #[prop(default = Tone::Primary)]
    tone: Tone,
    /// Whether the form is on its way: as long as it is, it is not sent again.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// The effect in words.
    children: Children,
) -> impl IntoView {
    // Not `disabled` while busy: a disabled button loses the keyboard's place.
    view! {
        <button type="submit" class=tone.class() aria-busy=move || busy.get().then_some("true")>
            {children()}
        </button>
    }
}

/// Does something in the page.
#[component]
pub fn Button(
    /// How it looks.
    #[prop(default = Tone::Quiet)]
    tone: Tone,
    /// What it does.
    on_press: Callback<()>,
    /// The effect in words.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class=tone.class() on:click=move |_| on_press.run(())>
            {children()}
        </button>
    }
}

/// Leads to another page.
#[component]
pub fn LinkButton(
    /// Where to.
    #[prop(into)]
    href: String,
    /// How it looks.
    #[prop(default = Tone::Quiet)]
    tone: Tone,
    /// Whether the server answers that address itself, so that the page has to be loaded anew.
    #[prop(optional)]
    external: bool,
    /// The destination in words.
    children: Children,
) -> impl IntoView {
    view! {
        <a href=href class=tone.class() rel=external.then_some("external")>
            {children()}
        </a>
    }
}
