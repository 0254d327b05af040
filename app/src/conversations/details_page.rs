//! A conversation's title, members and settings.

use super::{
    MyConversations,
    avatar::ConversationAvatar,
    heading::{self, PaneHeading},
    icons,
    live::Live,
    model::texts,
    paths,
    people_picker::{People, PeopleChoice, PeopleSearch},
    server_fns::{AddParticipants, RemoveParticipant, RenameConversation, SetMuted, load_conversation, set_picture},
    thread_page::conversation_id,
};
use crate::{
    accounts::Me,
    browser,
    error::Failure,
    ui::{
        avatar::Avatar,
        button::{LinkButton, SubmitButton, Tone},
        dialog::Dialog,
        field::Field,
        form::{FormFailure, failure_of, field_error},
        icon::{Icon, Pictogram},
        list::{List, ListRow},
        loaded::BothLoaded,
        toast::Toasts,
    },
    uploads::{
        Delivery,
        model::UploadTarget,
        picture_form::{PictureForm, SetPicture},
    },
};
use domain::{
    ErrorCode,
    accounts::Profile,
    conversations::{Conversation, ConversationKind, Participant},
    events::Event,
    id::Sub,
};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;

/// The page at `/conversations/{id}/details`.
#[component]
pub fn DetailsPage() -> impl IntoView {
    let id = conversation_id();
    let details = Resource::new(move || id.get(), |id| async move { load_conversation(id?).await });
    let people = People::new();
    let me = expect_context::<Me>().0;
    view! {
        <BothLoaded
            first=details
            second=me
            what="the conversation"
            above=|| {
                view! { <PaneHeading title="Conversation" back=paths::LIST back_label="Conversations" /> }
            }
            show=Arc::new(move |conversation, me| { view! { <DetailsView conversation me people /> }.into_any() })
        />
    }
    .into_any()
}

/// The conversation on the page, kept up to date by events.
#[derive(Clone, Copy)]
struct Shown {
    id: i64,
    conversation: RwSignal<Conversation>,
    /// Whether the viewer is no longer in it.
    gone: RwSignal<bool>,
    /// How often it was asked for, and which of the answers is shown: an older one that comes late is not.
    turns: StoredValue<(u32, u32)>,
    /// The viewer goes by themselves.
    leave: ServerAction<RemoveParticipant>,
}

impl Shown {
    fn new(conversation: Conversation) -> Self {
        Self {
            id: conversation.id,
            conversation: RwSignal::new(conversation),
            gone: RwSignal::new(false),
            turns: StoredValue::new((0, 0)),
            leave: ServerAction::new(),
        }
    }

    /// Loads it again whenever an event tells of it. The forms stay: what they have sent is still on its way.
    fn follow(self) {
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
    async fn reload(self) -> bool {
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
    fn part<T: PartialEq + Send + Sync + 'static>(
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

#[component]
fn DetailsView(conversation: Conversation, me: Profile, people: People) -> impl IntoView {
    let id = conversation.id;
    let is_group = conversation.kind == ConversationKind::Group;
    let shown = Shown::new(conversation);
    shown.follow();
    let title_for = me.sub.clone();
    let title = shown.part(move |conversation| texts::title(conversation, &title_for));
    let picture_for = me.sub.clone();
    let picture = move || {
        view! { <ConversationAvatar conversation=shown.conversation.get() me=picture_for.clone() /> }
    };
    view! {
        <PaneHeading title="Details" back=paths::conversation(id) back_label="the conversation" always=true />
        <div class="pane-body">
            <div class="profile-head">
                {picture} <p class="details-title" dir="auto">
                    {title}
                </p>
            </div>
            {is_group.then(|| view! { <GroupPicture shown /> })}
            {is_group.then(|| view! { <TitleForm shown /> })}
            <section class="section" aria-labelledby="files-title">
                <h2 id="files-title">"Files"</h2>
                <p class="quiet">
                    "A quiz asks about the documents that were sent in it. Nobody else sees it until you share it."
                </p>
                <LinkButton href=paths::quiz_of_files(id)>
                    <Pictogram icon=Icon::ListChecks />
                    "Make a quiz of its files"
                </LinkButton>
            </section>
            <section class="section" aria-labelledby="notifications-title">
                <h2 id="notifications-title">"Notifications"</h2>
                <MuteForm shown />
            </section>
            {is_group.then(|| view! { <GroupSections shown me=me.sub people /> })}
        </div>
    }
}

#[component]
fn GroupPicture(shown: Shown) -> impl IntoView {
    let id = shown.id;
    let set: SetPicture = Arc::new(move |upload_id| {
        let kept: Delivery = Box::pin(async move {
            set_picture(id, upload_id).await?;
            shown.reload().await;
            Ok(())
        });
        kept
    });
    let has_picture = shown.part(|conversation| conversation.picture_url.is_some());
    move || {
        let target = UploadTarget::GroupPicture { conversation_id: id };
        view! { <PictureForm target has_picture=has_picture.get() set=Arc::clone(&set) /> }
    }
}

#[component]
fn TitleForm(shown: Shown) -> impl IntoView {
    let rename = ServerAction::<RenameConversation>::new();
    let failure = failure_of(rename);
    reload_after(rename, shown, |_| "The title is saved.");
    let title = shown.part(|conversation| conversation.title.clone().unwrap_or_default());
    let field = move || {
        view! {
            <Field
                label="Title"
                name="title"
                value=title.get()
                hint="Without a title the members' names stand in its place."
                error=field_error(failure, "title")
            />
        }
    };
    view! {
        <ActionForm action=rename>
            <FormFailure failure fields=&["title"] />
            <input type="hidden" name="id" value=shown.id.to_string() />
            {field}
            <SubmitButton tone=Tone::Quiet busy=rename.pending()>
                "Save title"
            </SubmitButton>
        </ActionForm>
    }
}

#[component]
fn MuteForm(shown: Shown) -> impl IntoView {
    let mute = ServerAction::<SetMuted>::new();
    let muted = shown.part(|conversation| conversation.muted);
    let effect = move || {
        let (icon, words) =
            if muted.get() { (icons::BELL, "Notify me again") } else { (icons::BELL_OFF, "Mute this conversation") };
        view! {
            <Pictogram icon />
            {words}
        }
    };
    let state = move || {
        if muted.get() {
            "Muted: new messages are counted, but nothing notifies you of them."
        } else {
            "You are notified of new messages, as far as this browser may."
        }
    };
    reload_after(mute, shown, |conversation| {
        if conversation.muted { "The conversation is muted." } else { "You are notified again." }
    });
    view! {
        <ActionForm action=mute>
            <FormFailure failure=failure_of(mute) />
            <p class="quiet">{state}</p>
            <input type="hidden" name="id" value=shown.id.to_string() />
            <input type="hidden" name="muted" value=move || (!muted.get()).to_string() />
            <SubmitButton tone=Tone::Quiet busy=mute.pending()>
                {effect}
            </SubmitButton>
        </ActionForm>
    }
}

#[component]
fn GroupSections(shown: Shown, me: Sub, people: People) -> impl IntoView {
    let count = shown.part(|conversation| heading::members(conversation.participants.len()));
    view! {
        <section class="section" aria-labelledby="members-title">
            <h2 id="members-title">{count}</h2>
            <Members shown me />
        </section>
        <section class="section" aria-labelledby="add-title">
            <h2 id="add-title">"Add people"</h2>
            <PeopleSearch people action=paths::details(shown.id) />
            <AddForm shown people />
        </section>
        <section class="section" aria-labelledby="leave-title">
            <h2 id="leave-title">"Leave"</h2>
            <LeaveForm shown />
        </section>
    }
}

#[component]
fn Members(shown: Shown, me: Sub) -> impl IntoView {
    let remove = ServerAction::<RemoveParticipant>::new();
    reload_after(remove, shown, |_| "The person is no longer in the group.");
    let members = shown.part(|conversation| (conversation.participants.clone(), conversation.creator_sub.clone()));
    let rows = move || {
        let (members, creator) = members.get();
        let may_remove = creator.as_ref() == Some(&me);
        let row = |member: Participant| {
            let is_me = member.sub == me;
            let is_creator = creator.as_ref() == Some(&member.sub);
            let remove = (may_remove && !is_me).then_some(remove);
            view! { <MemberRow id=shown.id member is_me is_creator remove /> }
        };
        members.into_iter().map(row).collect_view()
    };
    view! {
        <FormFailure failure=failure_of(remove) />
        <List label="Members">{rows}</List>
    }
}

#[component]
fn MemberRow(
    id: i64,
    member: Participant,
    is_me: bool,
    is_creator: bool,
    remove: Option<ServerAction<RemoveParticipant>>,
) -> impl IntoView {
    let Participant { sub, display_name, avatar_url, .. } = member;
    let (avatar_sub, avatar_name) = (sub.to_string(), display_name.clone());
    let label = format!("Remove {display_name} from the group");
    view! {
        <ListRow
            picture=move || view! { <Avatar sub=avatar_sub name=avatar_name picture=avatar_url /> }
            action=move || {
                remove
                    .map(|remove| {
                        view! {
                            <ActionForm action=remove>
                                <input type="hidden" name="id" value=id.to_string() />
                                <input type="hidden" name="sub" value=sub.to_string() />
                                <button type="submit" class="button button-quiet" aria-label=label>
                                    "Remove"
                                </button>
                            </ActionForm>
                        }
                    })
            }
        >
            <p class="list-title">
                <span dir="auto">{display_name}</span>
                {is_me.then(|| view! { <span class="badge">"You"</span> })}
                {is_creator.then(|| view! { <span class="badge">"Made the group"</span> })}
            </p>
        </ListRow>
    }
}

#[component]
fn AddForm(shown: Shown, people: People) -> impl IntoView {
    let add = ServerAction::<AddParticipants>::new();
    reload_after(add, shown, |_| "They are in the group now, and see what was written before.");
    Effect::new(move || {
        if add.value().with(|value| matches!(value, Some(Ok(_)))) {
            people.picked.set(Vec::new());
        }
    });
    let members = shown
        .part(|conversation| conversation.participants.iter().map(|member| member.sub.clone()).collect::<Vec<_>>());
    let choice = move || {
        view! { <PeopleChoice people without=members.get() /> }
    };
    view! {
        <ActionForm action=add>
            <FormFailure failure=failure_of(add) />
            <input type="hidden" name="id" value=shown.id.to_string() />
            {choice}
            <SubmitButton tone=Tone::Quiet busy=add.pending()>
                <Pictogram icon=icons::USER_PLUS />
                "Add to the group"
            </SubmitButton>
        </ActionForm>
    }
}

/// Leaving asks first, because only somebody else can undo it. Without scripts the button leaves at once.
#[component]
fn LeaveForm(shown: Shown) -> impl IntoView {
    let Shown { id, leave, .. } = shown;
    let me = expect_context::<Me>().0;
    let open = RwSignal::new(false);
    let navigate = use_navigate();
    Effect::new(move || {
        if leave.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(paths::LIST, Default::default());
        }
    });
    let is_last = shown.part(|conversation| conversation.participants.len() == 1);
    let effect = move || {
        if is_last.get() {
            "You are the last one in it: the group is deleted with all its messages."
        } else {
            "Your messages stay. You no longer see the group; any member can add you again."
        }
    };
    let fields = move || {
        me.get().and_then(Result::ok).map(|me| {
            view! {
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="sub" value=me.sub.to_string() />
            }
        })
    };
    view! {
        <p class="quiet">{effect}</p>
        <ActionForm action=leave>
            <FormFailure failure=failure_of(leave) />
            <Transition>{fields}</Transition>
            <button
                type="submit"
                class="button button-loss"
                on:click=move |event| {
                    event.prevent_default();
                    open.set(true);
                }
            >
                "Leave the group"
            </button>
        </ActionForm>
        <Dialog
            open
            title="Leave the group?"
            dismiss="Stay"
            action=move || {
                view! {
                    <ActionForm action=leave>
                        <Transition>{fields}</Transition>
                        <SubmitButton tone=Tone::Loss>"Leave the group"</SubmitButton>
                    </ActionForm>
                }
            }
        >
            <p>{effect}</p>
        </Dialog>
    }
}

/// After a form succeeded: the page shows what is so now, and a toast says it.
fn reload_after<F>(action: ServerAction<F>, shown: Shown, sentence: fn(&Conversation) -> &'static str)
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
