//! What the page shows of the conversation, and loading it again.

use crate::{
    browser,
    conversations::{
        MyConversations,
        live::Live,
        paths,
        server_fns::{RemoveParticipant, load_conversation},
    },
    error::Failure,
    ui::toast::Toasts,
};
use domain::{ErrorCode, conversations::Conversation, events::Event};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_navigate;

/// The conversation on the page, kept up to date by events.
#[derive(Clone, Copy)]
pub struct Shown {
    pub(super) id: i64,
    pub(super) conversation: RwSignal<Conversation>,
    /// Whether the viewer is no longer in it.
    gone: RwSignal<bool>,
    /// How often it was asked for, and which of the answers is shown: an older one that comes late is not.
    turns: StoredValue<(u32, u32)>,
    /// The viewer goes by themselves.
    pub(super) leave: ServerAction<RemoveParticipant>,
}

impl Shown {
    pub(super) fn new(conversation: Conversation) -> Self {
        Self {
            id: conversation.id,
            conversation: RwSignal::new(conversation),
            gone: RwSignal::new(false),
            turns: StoredValue::new((0, 0)),
            leave: ServerAction::new(),
        }
    }

    /// Loads it again whenever an event tells of it. The forms stay: what they have sent is still on its way.
    pub(super) fn follow(self) {
        let (live, mine) = (Live::of_page(), expect_context::<MyConversations>());
        let told = RwSignal::new(());
        Effect::new(move || {
            // That is older than what is shown: some events come that are known already.
            let Some(cursor) = mine.cursor() else { return };
            live.follow(cursor, move |event| match event {
                Event::ConversationRemoved { conversation_id } if *conversation_id == self.id => {
                    self.gone.try_set(true);
                }
                // Whoever was taken in again hears of both, one right after the other.
                event if concerns(event, self.id) => {
                    self.gone.try_set(false);
                    told.try_set(());
                }
                _ => {}
            });
        });
        Effect::new(move |before: Option<()>| {
            told.track();
            if before.is_some() {
                browser::spawn(async move {
                    self.reload().await;
                });
            }
        });
        let (navigate, toasts) = (use_navigate(), Toasts::of_app());
        Effect::new(move || {
            let has_left = self.leave.value().with_untracked(|value| matches!(value, Some(Ok(()))));
            let leaves = has_left || self.leave.pending().get_untracked();
            if self.gone.get() && !leaves {
                navigate(paths::LIST, Default::default());
                if let Some(toasts) = toasts {
                    toasts.say("You are no longer in this conversation.");
                }
            }
        });
    }

    /// Shows it as it is now; says whether that is known.
    pub(super) async fn reload(self) -> bool {
        let turn = self.turns.try_update_value(|(asked, _)| {
            *asked += 1;
            *asked
        });
        match load_conversation(self.id).await {
            Ok(conversation) => {
                let is_newer = self.turns.try_update_value(|(_, shown)| {
                    let is_newer = turn > Some(*shown);
                    *shown = turn.unwrap_or_default().max(*shown);
                    is_newer
                });
                if is_newer == Some(true) {
                    self.conversation.try_set(conversation);
                }
                true
            }
            Err(failure) => {
                if matches!(failure.code, ErrorCode::Forbidden | ErrorCode::NotFound) {
                    self.gone.try_set(true);
                }
                false
            }
        }
    }

    /// A part of it, which wakes its readers when it has changed.
    pub(super) fn part<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&Conversation) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.conversation.with(|conversation| part(conversation)))
    }
}

fn concerns(event: &Event, id: i64) -> bool {
    match event {
        Event::ConversationUpdated { conversation } => conversation.id == id,
        Event::Reset => true,
        _ => false,
    }
}

/// After a form succeeded: the page shows what is so now, and a toast says it.
pub(super) fn reload_after<F>(action: ServerAction<F>, shown: Shown, sentence: fn(&Conversation) -> &'static str)
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let value = action.value();
    let toasts = Toasts::of_app();
    Effect::new(move || {
        if value.with(|value| matches!(value, Some(Ok(_)))) {
            browser::spawn(async move {
                if shown.reload().await
                    && let (Some(toasts), Some(words)) = (toasts, shown.conversation.try_with_untracked(sentence))
                {
                    toasts.say(words);
                }
            });
        }
    });
}
