//! Who is in a group: seeing, removing and adding people, and leaving.

use super::shown::{Shown, reload_after};
use crate::{
    accounts::Me,
    conversations::{
        heading, icons, paths,
        people_picker::{People, PeopleChoice, PeopleSearch},
        server_fns::{AddParticipants, RemoveParticipant},
    },
    ui::{
        avatar::Avatar,
        button::{SubmitButton, Tone},
        dialog::Dialog,
        form::{FormFailure, busy_until_left, failure_of},
        icon::Pictogram,
        list::{List, ListRow},
    },
};
use domain::{conversations::Participant, id::Sub};
use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_navigate;

/// What only a group has: its members, adding people and leaving.
#[component]
pub(super) fn GroupSections(shown: Shown, me: Sub, people: People) -> impl IntoView {
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
                        let removed = sub.to_string();
                        let is_going = move || {
                            remove.input().with(|input| input.as_ref().is_some_and(|input| input.sub == removed))
                        };
                        view! {
                            <ActionForm action=remove>
                                <input type="hidden" name="id" value=id.to_string() />
                                <input type="hidden" name="sub" value=sub.to_string() />
                                <button
                                    type="submit"
                                    class="button button-quiet"
                                    aria-label=label
                                    aria-busy=move || is_going().then_some("true")
                                >
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
                        <SubmitButton tone=Tone::Loss busy=busy_until_left(leave)>
                            "Leave the group"
                        </SubmitButton>
                    </ActionForm>
                }
            }
        >
            <p>{effect}</p>
        </Dialog>
    }
}
