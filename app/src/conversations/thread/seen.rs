//! Who has read how far.

use super::state::OpenThread;
use crate::{conversations::model::texts, ui::avatar::Avatar};
use leptos::prelude::*;

/// Most faces under a message.
const FACES: usize = 5;

/// The faces of those whose last read message this is.
#[component]
pub fn SeenBy(
    /// The message.
    message_id: Signal<Option<i64>>,
) -> impl IntoView {
    let open = OpenThread::of_page();
    let people = Memo::new(move |_| {
        let id = message_id.get()?;
        open.seen.with(|seen| seen.iter().find(|(message, _)| *message == id).map(|(_, people)| people.clone()))
    });
    move || {
        people.get().map(|people| {
            let names: Vec<_> = people.iter().map(|person| person.display_name.as_str()).collect();
            let words = texts::seen_by(&names);
            let title = words.clone();
            let more = people.len().saturating_sub(FACES);
            let face = |person: domain::conversations::Participant| {
                view! { <Avatar sub=person.sub.into() name=person.display_name picture=person.avatar_url /> }
            };
            view! {
                <div class="seen" title=title>
                    <span class="sr-only" dir="auto">
                        {words}
                    </span>
                    {people.into_iter().take(FACES).map(face).collect_view()}
                    {(more > 0)
                        .then(|| {
                            view! {
                                <span class="seen-more" aria-hidden="true">
                                    {format!("+{more}")}
                                </span>
                            }
                        })}
                </div>
            }
        })
    }
}
