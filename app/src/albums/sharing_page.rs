//! With whom an album is shared.

use super::{
    album_id::id_in_address,
    model::words,
    paths,
    server_fns::{ShareAlbum, UnshareAlbum, load_album},
};
use crate::{
    accounts::Me,
    conversations::{
        MyConversations,
        heading::PaneHeading,
        model::texts,
        people_picker::{People, PeopleChoice, PeopleSearch},
    },
    error::Failure,
    ui::{
        avatar::Avatar,
        button::{SubmitButton, Tone},
        form::{FormFailure, failure_of},
        icon::{Icon, Pictogram},
        list::{List, ListRow},
        loaded::BothLoaded,
        refused_form::RefusedForm,
        toast::Toasts,
    },
};
use domain::{
    accounts::{Person, Profile},
    albums::{Album, AlbumConversation, AlbumMember, AlbumRole},
    conversations::{Conversation, ConversationList},
    id::Sub,
};
use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_navigate;
use std::sync::Arc;
use uuid::Uuid;

/// What the forms call the conversations that an album is shared with.
const CONVERSATIONS: &str = "conversation_ids[]";

type Loaded = Resource<Result<Album, Failure>>;

/// The page at `/albums/{id}/sharing`.
#[component]
pub fn SharingPage() -> impl IntoView {
    let id = id_in_address("id");
    let album = Resource::new(move || id.get(), |id| async move { load_album(id?).await });
    let people = People::of_form::<ShareAlbum>();
    let me = expect_context::<Me>().0;
    view! {
        <BothLoaded
            first=album
            second=me
            what="the album"
            above=|| {
                view! { <PaneHeading title="Sharing" back=paths::LIST back_label="Albums" always=true /> }
            }
            show=Arc::new(move |shared, me| view! { <SharingView shared me people album /> }.into_any())
        />
    }
    .into_any()
}

#[component]
fn SharingView(shared: Album, me: Profile, people: People, album: Loaded) -> impl IntoView {
    let id = shared.id;
    let title = shared.title.clone();
    let is_owner = shared.role == AlbumRole::Owner;
    let without: Vec<Sub> = std::iter::once(&shared.owner)
        .chain(shared.members.iter().map(|member| &member.person))
        .map(|person| person.sub.clone())
        .collect();
    let is_member = shared.members.iter().any(|member| member.person.sub == me.sub);
    let conversations = shared.conversations.clone();
    view! {
        <PaneHeading title="Sharing" back=paths::album(id) back_label="the album" always=true />
        <div class="pane-body">
            <p class="details-title" dir="auto">
                {title}
            </p>
            <Sharers shared me=me.sub.clone() album />
            {is_owner
                .then(|| {
                    view! {
                        <section class="section" aria-labelledby="people-title">
                            <h2 id="people-title">"Share with people"</h2>
                            <PeopleSearch people action=paths::sharing(id) />
                            <PeopleForm id people without album />
                        </section>
                        <section class="section" aria-labelledby="conversations-title">
                            <h2 id="conversations-title">"Share with a conversation"</h2>
                            <ConversationForm id me=me.sub.clone() shared=conversations album />
                        </section>
                    }
                })}
            {is_member.then(|| view! { <LeaveForm id me=me.sub /> })}
        </div>
    }
}

/// The owner, the people and the conversations, each with what they may do.
#[component]
fn Sharers(shared: Album, me: Sub, album: Loaded) -> impl IntoView {
    let unshare = ServerAction::<UnshareAlbum>::new();
    reload_after(unshare, album, "They no longer see the album.");
    let change = ServerAction::<ShareAlbum>::new();
    reload_after(change, album, "What they may do is changed.");
    let (id, is_owner) = (shared.id, shared.role == AlbumRole::Owner);
    let change_ends = is_owner.then_some((change, unshare));
    let person = move |member: AlbumMember| {
        let is_me = member.person.sub == me;
        let field = ("sub", member.person.sub.to_string());
        let name = member.person.display_name.clone();
        view! { <SharerRow id person=Some(member.person) name is_me role=member.role field change_ends /> }
    };
    let conversation = move |one: AlbumConversation| {
        let name = one.title.unwrap_or_else(|| "A conversation that you are not in".to_owned());
        let field = ("conversation_id", one.conversation_id.to_string());
        view! { <SharerRow id person=None name is_me=false role=one.role field change_ends /> }
    };
    let owner = AlbumMember { person: shared.owner, role: AlbumRole::Owner };
    view! {
        <FormFailure failure=failure_of(unshare) />
        <FormFailure failure=failure_of(change) />
        <List label="People with this album">
            {std::iter::once(owner).chain(shared.members).map(person).collect_view()}
            {shared.conversations.into_iter().map(conversation).collect_view()}
        </List>
    }
}

type ChangeAndEnd = (ServerAction<ShareAlbum>, ServerAction<UnshareAlbum>);

#[component]
fn SharerRow(
    id: Uuid,
    person: Option<Person>,
    name: String,
    is_me: bool,
    role: AlbumRole,
    /// How forms name them.
    field: (&'static str, String),
    change_ends: Option<ChangeAndEnd>,
) -> impl IntoView {
    let change_ends = change_ends.filter(|_| role != AlbumRole::Owner);
    let label = name.clone();
    view! {
        <ListRow
            picture=move || match person {
                Some(person) => {
                    view! { <Avatar sub=person.sub.into() name=person.display_name picture=person.avatar_url /> }
                        .into_any()
                }
                None => {
                    view! {
                        <span class="row-icon">
                            <Pictogram icon=Icon::MessagesSquare />
                        </span>
                    }
                        .into_any()
                }
            }
            action=move || {
                change_ends.map(|change_ends| view! { <SharerActions id name=label role field change_ends /> })
            }
        >
            <p class="list-title">
                <span dir="auto">{name}</span>
                {is_me.then(|| view! { <span class="badge">"You"</span> })}
            </p>
            <p class="quiet">{words::role(role)}</p>
        </ListRow>
    }
}

#[component]
fn SharerActions(
    id: Uuid,
    name: String,
    role: AlbumRole,
    field: (&'static str, String),
    change_ends: ChangeAndEnd,
) -> impl IntoView {
    let (change, unshare) = change_ends;
    let (kind, value) = field;
    let listed = if kind == "sub" { "participant_subs[]" } else { CONVERSATIONS };
    let (other, effect) = match role {
        AlbumRole::Editor => (AlbumRole::Viewer, "Only let view"),
        _ => (AlbumRole::Editor, "Let add photos"),
    };
    let change_label = format!("{effect}: {name}");
    let end_label = format!("Stop sharing with {name}");
    let changed = value.clone();
    view! {
        <div class="form-actions">
            <ActionForm action=change>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name=listed value=changed />
                <input type="hidden" name="role" value=words::role_value(other) />
                <button type="submit" class="button button-quiet" aria-label=change_label>
                    {effect}
                </button>
            </ActionForm>
            <ActionForm action=unshare>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name=kind value=value />
                <button type="submit" class="button button-quiet" aria-label=end_label>
                    "Stop sharing"
                </button>
            </ActionForm>
        </div>
    }
}

/// What was refused, if it is the form about conversations, or the one about people.
fn refused(of_conversations: bool) -> Option<RefusedForm> {
    RefusedForm::of::<ShareAlbum>().filter(|form| form.value(CONVERSATIONS).is_some() == of_conversations)
}

/// The two roles to choose from.
#[component]
fn RoleChoice(
    /// Keeps the ids apart where it stands twice on a page.
    place: &'static str,
    /// The form that it stands in, if it was refused.
    refused: Option<RefusedForm>,
) -> impl IntoView {
    let is_chosen = move |role| match &refused {
        Some(form) => form.has("role", words::role_value(role)),
        None => role == AlbumRole::Viewer,
    };
    let choice = |(role, effect): (AlbumRole, &'static str)| {
        let id = format!("{place}-{}", words::role_value(role));
        let for_id = id.clone();
        view! {
            <label class="role" for=for_id>
                <input id=id type="radio" name="role" value=words::role_value(role) checked=is_chosen(role) />
                <span>
                    <span class="list-title">{words::role(role)}</span>
                    <span class="quiet">{effect}</span>
                </span>
            </label>
        }
    };
    let choices = [
        (AlbumRole::Viewer, "They see and download the photos."),
        (AlbumRole::Editor, "They also add photos, and change the ones that they added."),
    ];
    view! {
        <fieldset class="roles">
            <legend class="sr-only">"What they may do"</legend>
            {choices.into_iter().map(choice).collect_view()}
        </fieldset>
    }
}

#[component]
fn PeopleForm(id: Uuid, people: People, without: Vec<Sub>, album: Loaded) -> impl IntoView {
    let share = ServerAction::<ShareAlbum>::new();
    reload_after(share, album, "They see the album now.");
    Effect::new(move || {
        if share.value().with(|value| matches!(value, Some(Ok(())))) {
            people.picked.set(Vec::new());
        }
    });
    view! {
        <ActionForm action=share>
            <FormFailure failure=failure_of(share) />
            <input type="hidden" name="id" value=id.to_string() />
            <PeopleChoice people without note="Has the album" />
            <RoleChoice place="people" refused=refused(false) />
            <SubmitButton tone=Tone::Quiet busy=share.pending()>
                "Share album"
            </SubmitButton>
        </ActionForm>
    }
}

#[component]
fn ConversationForm(id: Uuid, me: Sub, shared: Vec<AlbumConversation>, album: Loaded) -> impl IntoView {
    let mine = expect_context::<MyConversations>().0;
    let share = ServerAction::<ShareAlbum>::new();
    reload_after(share, album, "The people in the conversation see the album now.");
    let refused = refused(true);
    let chosen = refused.clone();
    let is_shared = move |id: i64| shared.iter().any(|one| one.conversation_id == id);
    let options = move |mine: ConversationList| {
        let others = mine.conversations.into_iter().filter(|one| !is_shared(one.id));
        let option = |one| {
            let id = one_id(&one);
            let selected = chosen.as_ref().is_some_and(|form| form.has(CONVERSATIONS, &id));
            view! {
                <option value=id selected=selected>
                    {texts::title(&one, &me)}
                </option>
            }
        };
        others.map(option).collect_view()
    };
    view! {
        <ActionForm action=share>
            <FormFailure failure=failure_of(share) />
            <input type="hidden" name="id" value=id.to_string() />
            <div class="field">
                <label for="conversation">"Conversation"</label>
                <select id="conversation" name=CONVERSATIONS aria-describedby="conversation-hint">
                    <Transition>
                        {move || {
                            let options = options.clone();
                            Suspend::new(async move { mine.await.ok().map(options) })
                        }}
                    </Transition>
                </select>
                <p id="conversation-hint" class="field-hint">
                    "Whoever is in it at the time sees the album."
                </p>
            </div>
            <RoleChoice place="conversation" refused />
            <SubmitButton tone=Tone::Quiet busy=share.pending()>
                "Share with the conversation"
            </SubmitButton>
        </ActionForm>
    }
}

fn one_id(conversation: &Conversation) -> String {
    conversation.id.to_string()
}

/// Ends the sharing for oneself.
#[component]
fn LeaveForm(id: Uuid, me: Sub) -> impl IntoView {
    let leave = ServerAction::<UnshareAlbum>::new();
    let (navigate, toasts) = (use_navigate(), Toasts::of_app());
    Effect::new(move || {
        if leave.value().with(|value| matches!(value, Some(Ok(())))) {
            navigate(paths::LIST, Default::default());
            if let Some(toasts) = toasts {
                toasts.say("You no longer see the album.");
            }
        }
    });
    view! {
        <section class="section" aria-labelledby="leave-title">
            <h2 id="leave-title">"Leave"</h2>
            <p class="quiet">"You no longer see the album. The photos that you added stay in it."</p>
            <ActionForm action=leave>
                <FormFailure failure=failure_of(leave) />
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="sub" value=me.to_string() />
                <SubmitButton tone=Tone::Loss busy=leave.pending()>
                    "Leave album"
                </SubmitButton>
            </ActionForm>
        </section>
    }
}

/// After a form succeeded: the page shows what is so now, and a toast says it.
fn reload_after<F>(action: ServerAction<F>, album: Loaded, sentence: &'static str)
where
    F: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
    F::Output: Send + Sync + 'static,
{
    let (value, toasts) = (action.value(), Toasts::of_app());
    Effect::new(move || {
        if value.with(|value| matches!(value, Some(Ok(_)))) {
            album.refetch();
            if let Some(toasts) = toasts {
                toasts.say(sentence);
            }
        }
    });
}
