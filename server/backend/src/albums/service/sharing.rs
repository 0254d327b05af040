//! With whom an album is shared.

use super::{AlbumService, checks, store, view};
use crate::{access, conversations::store as conversations, failure::Failure};
use db::Connection;
use domain::{
    ApiError, ErrorCode, FieldError, Viewer,
    albums::{AlbumRole, CONVERSATION_ALBUMS_MAX, ShareWith},
    id::Sub,
};
use std::collections::BTreeSet;
use uuid::Uuid;

const NO_MEMBER: &str = "This person is not a member of the album.";

impl AlbumService {
    pub(super) async fn share_album(
        &self,
        viewer: &Viewer,
        id: Uuid,
        with: &ShareWith,
        role: AlbumRole,
    ) -> Result<(), Failure> {
        let stored = checks::shared_role(role).map_err(|error| ApiError::validation(vec![error]))?;
        let mut transaction = self.db.begin().await?;
        let own = self.locked(&mut transaction, viewer, id).await?;
        access::owns_album(own)?;
        let now = self.clock.now();
        match with {
            ShareWith::Person(sub) => {
                let account = person(&mut transaction, viewer, sub).await?;
                store::share_with_person(&mut transaction, id, account, stored, now).await?;
            }
            ShareWith::Conversation(conversation) => {
                // Whoever joins or leaves meanwhile waits, and then hears of the album.
                conversations::lock(&mut transaction, *conversation).await?;
                takes_part(&mut transaction, viewer, *conversation).await?;
                has_room(&mut transaction, id, *conversation).await?;
                store::share_with_conversation(&mut transaction, id, *conversation, stored, now).await?;
            }
        }
        self.finish(transaction, &BTreeSet::from([id])).await
    }

    pub(super) async fn unshare_album(&self, viewer: &Viewer, id: Uuid, with: &ShareWith) -> Result<(), Failure> {
        let mut transaction = self.db.begin().await?;
        let role = self.locked(&mut transaction, viewer, id).await?;
        let woken = match with {
            ShareWith::Person(sub) if role == AlbumRole::Owner && *sub == viewer.sub.as_str() => {
                let detail = "This is your album: delete it instead of leaving it.";
                return Err(ApiError::new(ErrorCode::Conflict, detail).into());
            }
            ShareWith::Person(sub) => {
                let sub = Sub::parse(sub.as_str()).map_err(|_| not_shared(NO_MEMBER))?;
                let Some(account) = store::member(&mut transaction, id, sub.as_str()).await? else {
                    return Err(no_member(&mut transaction, viewer, id, &sub).await?.into());
                };
                access::may_unshare(viewer, role, Some(account))?;
                let woken = self.tell(&mut transaction, &BTreeSet::from([id])).await?;
                store::unshare_with_person(&mut transaction, id, account).await?;
                woken
            }
            ShareWith::Conversation(conversation) => {
                if !store::is_shared_with(&mut transaction, id, *conversation).await? {
                    return Err(not_shared("The album is not shared with this conversation.").into());
                }
                access::may_unshare(viewer, role, None)?;
                conversations::lock(&mut transaction, *conversation).await?;
                let woken = self.tell(&mut transaction, &BTreeSet::from([id])).await?;
                store::unshare_with_conversation(&mut transaction, id, *conversation).await?;
                woken
            }
        };
        transaction.commit().await?;
        self.events.publish(woken);
        Ok(())
    }
}

/// Whoever sees the album without being a member sees it through a conversation.
async fn no_member(c: &mut Connection, viewer: &Viewer, id: Uuid, sub: &Sub) -> Result<ApiError, Failure> {
    if *sub != viewer.sub {
        return Ok(not_shared(NO_MEMBER));
    }
    let shared = view::shared_with(c, viewer, &[id]).await?;
    let titles: Vec<String> = shared.into_values().flatten().filter_map(|conversation| conversation.title).collect();
    let detail = format!(
        "You see this album because it is shared with a conversation that you are in: {}. Leave the conversation, or ask \
         the album's owner to stop sharing it there.",
        titles.join("; ")
    );
    Ok(ApiError::new(ErrorCode::Conflict, detail))
}

fn not_shared(detail: &str) -> ApiError {
    ApiError::not_found(detail)
}

async fn person(c: &mut Connection, viewer: &Viewer, sub: &str) -> Result<i64, Failure> {
    let found = conversations::accounts(c, &[sub.to_owned()]).await?;
    let refused = |rule: &str, msg: &str| ApiError::validation(vec![FieldError::body("sub", rule, msg)]);
    let Some((account, _)) = found.first() else {
        return Err(refused("unknown", "Nobody is registered under this sub.").into());
    };
    if *account == viewer.account_id {
        return Err(refused("owner", "The album is yours: share it with somebody else.").into());
    }
    Ok(*account)
}

/// Whoever joins or leaves a conversation is told of each of its albums.
async fn has_room(c: &mut Connection, id: Uuid, conversation: i64) -> Result<(), Failure> {
    let albums = store::albums_of_conversation(c, conversation).await?;
    if albums.len() < CONVERSATION_ALBUMS_MAX || albums.contains(&id) {
        return Ok(());
    }
    let msg =
        format!("The conversation has {CONVERSATION_ALBUMS_MAX} albums, the most possible: take one out of it first.");
    Err(ApiError::validation(vec![FieldError::body("conversation_id", "too_many", msg)]).into())
}

/// A conversation of others is the same as none: sharing must not tell which there are.
async fn takes_part(c: &mut Connection, viewer: &Viewer, id: i64) -> Result<(), Failure> {
    let standing = conversations::standing(c, id, viewer.account_id).await?;
    if standing.is_some_and(|row| row.is_in) {
        return Ok(());
    }
    let msg = "You are in no such conversation.";
    Err(ApiError::validation(vec![FieldError::body("conversation_id", "unknown", msg)]).into())
}
