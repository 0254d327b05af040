//! A conversation's title, members and settings.

use super::{
    avatar::ConversationAvatar,
    heading::{self, PaneHeading},
    icons,
    model::texts,
    paths,
    people_picker::{People, PeopleChoice, PeopleSearch},
    server_fns::{AddParticipants, RemoveParticipant, RenameConversation, SetMuted, load_conversation, set_picture},
    thread_page::conversation_id,
};
use crate::{
    accounts::Me,
    error::Failure,
    ui::{
        avatar::Avatar,
        button::{SubmitButton, Tone},
        dialog::Dialog,
        field::Field,
        form::{FormFailure, failure_of, field_error},
        icon::Pictogram,
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
    accounts::Profile,
    conversations::{Conversation, ConversationKind, Participant},
};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_router::{LazyRoute, hooks::use_navigate, lazy_route};
use std::sync::Arc;

/// The page at `/conversations/{id}/details`.
pub struct DetailsPage {
    details: Details,
    people: People,
}

type Details = Resource<Result<Conversation, Failure>>;

#[lazy_route]
impl LazyRoute for DetailsPage {
    fn data() -> Self {
        let id = conversation_id();
        let details = Resource::new(move || id.get(), |id| async move { load_conversation(id?).await });
        Self { details, people: People::new() }
    }

    fn view(this: Self) -> AnyView {
        let DetailsPage { details, people } = this;
        let me = expect_context::<Me>().0;
        view! {
            <BothLoaded
                first=details
                second=me
                what="the conversation"
                above_failure=|| {
                    view! { <PaneHeading title="Conversation" back=paths::LIST back_label="Conversations" /> }
                }
                show=Arc::new(move |conversation, me| {
                    view! { <DetailsView conversation me people details /> }.into_any()
                })
            />
        }
        .into_any()
    }
}

#[component]
fn DetailsView(conversation: Conversation, me: Profile, people: People, details: Details) -> impl IntoView {
    let id = conversation.id;
    let title = texts::title(&conversation, &me.sub);
    let is_group = conversation.kind == ConversationKind::Group;
    let head = conversation.clone();
    let (head_me, head_title) = (me.sub.clone(), title.clone());
    let muted = conversation.muted;
    view! {
        <PaneHeading title="Details" back=paths::conversation(id) back_label="the conversation" always=true />
        <div class="pane-body">
            <div class="profile-head">
                <ConversationAvatar conversation=head me=head_me />
                <p class="details-title" dir="auto">
                    {head_title}
                </p>
            </div>
            {is_group.then(|| view! { <GroupPicture conversation=conversation.clone() details /> })}
            {is_group.then(|| view! { <TitleForm conversation=conversation.clone() details /> })}
            <section class="section" aria-labelledby="notifications-title">
                <h2 id="notifications-title">"Notifications"</h2>
                <MuteForm id muted details />
            </section>
            {is_group.then(|| view! { <GroupSections conversation me people details /> })}
        </div>
    }
}

#[component]
fn GroupPicture(conversation: Conversation, details: Details) -> impl IntoView {
    let id = conversation.id;
    let set: SetPicture = Arc::new(move |upload_id| {
        let kept: Delivery = Box::pin(async move {
            set_picture(id, upload_id).await?;
            details.refetch();
            Ok(())
        });
        kept
    });
    let target = UploadTarget::GroupPicture { conversation_id: id };
    view! { <PictureForm target has_picture=conversation.picture_url.is_some() set /> }
}

#[component]
fn TitleForm(conversation: Conversation, details: Details) -> impl IntoView {
    let rename = ServerAction::<RenameConversation>::new();
    let failure = failure_of(rename);
    reload_after(rename, details, "The title is saved.");
    view! {
        <ActionForm action=rename>
            <FormFailure failure fields=&["title"] />
            <input type="hidden" name="id" value=conversation.id.to_string() />
            <Field
                label="Title"
                name="title"
                value=conversation.title.unwrap_or_default()
                hint="Without a title the members' names stand in its place."
                error=field_error(failure, "title")
            />
            <SubmitButton tone=Tone::Quiet busy=rename.pending()>
                "Save title"
            </SubmitButton>
        </ActionForm>
    }
}

#[component]
fn MuteForm(id: i64, muted: bool, details: Details) -> impl IntoView {
    let mute = ServerAction::<SetMuted>::new();
    let (icon, effect, state) = if muted {
        (icons::BELL, "Notify me again", "Muted: new messages are counted, but nothing notifies you of them.")
    } else {
        (icons::BELL_OFF, "Mute this conversation", "You are notified of new messages, as far as this browser may.")
    };
    reload_after(mute, details, if muted { "You are notified again." } else { "The conversation is muted." });
    view! {
        <ActionForm action=mute>
            <FormFailure failure=failure_of(mute) />
            <p class="quiet">{state}</p>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="muted" value=(!muted).to_string() />
            <SubmitButton tone=Tone::Quiet busy=mute.pending()>
                <Pictogram icon />
                {effect}
            </SubmitButton>
        </ActionForm>
    }
}

#[component]
fn GroupSections(conversation: Conversation, me: Profile, people: People, details: Details) -> impl IntoView {
    let id = conversation.id;
    let members: Vec<_> = conversation.participants.iter().map(|member| member.sub.clone()).collect();
    let count = heading::members(members.len());
    view! {
        <section class="section" aria-labelledby="members-title">
            <h2 id="members-title">{count}</h2>
            <Members conversation=conversation.clone() me details />
        </section>
        <section class="section" aria-labelledby="add-title">
            <h2 id="add-title">"Add people"</h2>
            <PeopleSearch people action=paths::details(id) />
            <AddForm id people members details />
        </section>
        <section class="section" aria-labelledby="leave-title">
            <h2 id="leave-title">"Leave"</h2>
            <LeaveForm conversation />
        </section>
    }
}

#[component]
fn Members(conversation: Conversation, me: Profile, details: Details) -> impl IntoView {
    let remove = ServerAction::<RemoveParticipant>::new();
    reload_after(remove, details, "The person is no longer in the group.");
    let may_remove = conversation.creator_sub.as_ref() == Some(&me.sub);
    let (id, creator) = (conversation.id, conversation.creator_sub);
    let row = move |member: Participant| {
        let is_me = member.sub == me.sub;
        let is_creator = creator.as_ref() == Some(&member.sub);
        let remove = (may_remove && !is_me).then_some(remove);
        view! { <MemberRow id member is_me is_creator remove /> }
    };
    view! {
        <FormFailure failure=failure_of(remove) />
        <List label="Members">{conversation.participants.into_iter().map(row).collect_view()}</List>
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
fn AddForm(id: i64, people: People, members: Vec<domain::id::Sub>, details: Details) -> impl IntoView {
    let add = ServerAction::<AddParticipants>::new();
    reload_after(add, details, "They are in the group now, and see what was written before.");
    Effect::new(move || {
        if add.value().with(|value| matches!(value, Some(Ok(_)))) {
            people.picked.set(Vec::new());
        }
    });
    view! {
        <ActionForm action=add>
            <FormFailure failure=failure_of(add) />
            <input type="hidden" name="id" value=id.to_string() />
            <PeopleChoice people without=members />
            <SubmitButton tone=Tone::Quiet busy=add.pending()>
                <Pictogram icon=icons::USER_PLUS />
                "Add to the group"
            </SubmitButton>
        </ActionForm>
    }
}

/// Leaving asks first, because only somebody else can undo it. Without scripts the button leaves at once.
#[component]
fn LeaveForm(conversation: Conversation) -> impl IntoView {
    let leave = ServerAction::<RemoveParticipant>::new();
    let me = expect_context::<Me>().0;
    let open = RwSignal::new(false);
    let navigate = use_navigate();
    Effect::new(move || {
        if leave.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(paths::LIST, Default::default());
        }
    });
    let id = conversation.id;
    let is_last = conversation.participants.len() == 1;
    let effect = if is_last {
        "You are the last one in it: the group is deleted with all its messages."
    } else {
        "Your messages stay. You no longer see the group; any member can add you again."
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
fn reload_after<F>(action: ServerAction<F>, details: Details, sentence: &'static str)
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let value = action.value();
    let toasts = Toasts::of_app();
    Effect::new(move || {
        if value.with(|value| matches!(value, Some(Ok(_)))) {
            details.refetch();
            if let Some(toasts) = toasts {
                toasts.say(sentence);
            }
        }
    });
}
