//! A person's picture, or their initials on a colour of their own.

use crate::accounts::model;
use leptos::prelude::*;

/// Decorates a name that stands beside it, so assistive technology skips it.
#[component]
pub fn Avatar(
    /// Who.
    sub: String,
    /// Their name.
    name: String,
    /// Their picture.
    #[prop(optional_no_strip)]
    picture: Option<String>,
) -> impl IntoView {
    match picture {
        Some(address) => view! { <img class="avatar" src=address alt="" width="40" height="40" /> }.into_any(),
        None => {
            let class = format!("avatar avatar-{}", model::avatar_tone(&sub));
            view! {
                <span class=class aria-hidden="true">
                    {model::initials(&name)}
                </span>
            }
            .into_any()
        }
    }
}
