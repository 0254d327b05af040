//! The picture of a conversation.

use crate::ui::avatar::Avatar;
use domain::{
    conversations::{Conversation, Participant},
    id::Sub,
};
use leptos::prelude::*;

/// A group's own picture, the other person of two, or two overlapping members of a group. Decorates the title that stands beside it.
#[component]
pub fn ConversationAvatar(
    /// The conversation.
    conversation: Conversation,
    /// The viewer, who stands for it only when nobody else is there.
    me: Sub,
) -> impl IntoView {
    if let Some(address) = conversation.picture_url {
        return view! { <img class="avatar" src=address alt="" width="40" height="40" /> }.into_any();
    }
    let mut others: Vec<_> = conversation.participants.into_iter().filter(|person| person.sub != me).collect();
    if others.len() > 1 {
        let second = others.swap_remove(1);
        let first = others.swap_remove(0);
        return view! { <span class="avatar-pair">{picture(first)} {picture(second)}</span> }.into_any();
    }
    match others.pop() {
        Some(only) => picture(only),
        None => view! { <span class="avatar avatar-empty" aria-hidden="true"></span> }.into_any(),
    }
}

fn picture(person: Participant) -> AnyView {
    view! { <Avatar sub=person.sub.into() name=person.display_name picture=person.avatar_url /> }.into_any()
}
