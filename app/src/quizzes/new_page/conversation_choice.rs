//! Choosing a conversation.

use super::errors::{FieldError, is_wrong};
use crate::{
    accounts::Me,
    conversations::{MyConversations, model::texts},
};
use domain::conversations::Conversation;
use leptos::prelude::*;

/// One of the viewer's conversations, or the word that there is none.
#[component]
pub fn ConversationChoice(
    /// The field's name.
    name: &'static str,
    /// The one that is chosen at first.
    asked: Option<i64>,
    /// Helps before anything is wrong.
    hint: &'static str,
    /// What is wrong.
    #[prop(optional, into)]
    error: Signal<Option<String>>,
    /// What there is to do with one.
    #[prop(optional)]
    children: Option<ChildrenFn>,
) -> impl IntoView {
    let (mine, me) = (expect_context::<MyConversations>().0, expect_context::<Me>().0);
    let content = move || {
        let children = children.clone();
        Suspend::new(async move {
            let (mine, me) = match (mine.await, me.await) {
                (Ok(mine), Ok(me)) => (mine, me),
                (Err(failure), _) | (_, Err(failure)) => return view! { <p>{failure.detail.clone()}</p> }.into_any(),
            };
            if mine.conversations.is_empty() {
                return view! { <p>"You have no conversation yet. " <a href=crate::conversations::paths::NEW>"Start a conversation"</a></p> }
                .into_any();
            }
            let option = |one: Conversation| {
                let title = texts::title(&one, &me.sub);
                view! {
                    <option value=one.id.to_string() selected=asked == Some(one.id)>
                        {title}
                    </option>
                }
            };
            let options = mine.conversations.into_iter().map(option).collect_view();
            view! {
                <div class="field">
                    <label for="conversation">"Conversation"</label>
                    <select
                        id="conversation"
                        name=name
                        aria-invalid=is_wrong(error)
                        aria-describedby=move || {
                            let has_error = error.get().is_some();
                            if has_error { "conversation-hint conversation-error" } else { "conversation-hint" }
                        }
                    >
                        {options}
                    </select>
                    <p id="conversation-hint" class="field-hint">
                        {hint}
                    </p>
                    <FieldError id="conversation-error" error />
                </div>
                {children.map(|children| children())}
            }
            .into_any()
        })
    };
    view! { <Transition>{content}</Transition> }
}
