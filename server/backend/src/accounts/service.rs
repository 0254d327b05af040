//! The accounts feature, whoever asks: REST or a page.

use super::{
    folding::{name, plain, plain_patterns},
    store::{self, NewAccount, PersonRow, ProfileRow},
};
use crate::{
    access,
    albums::service::AlbumService,
    conversations::service::ConversationService,
    documents::service::DocumentService,
    events::Woken,
    failure::Failure,
    http::store as idempotency_store,
    jobs::{self, Jobs, REMOVE_IDENTITY},
    quizzes::service::QuizService,
    sessions,
    uploads::{service::UploadService, store::media_path},
};
use async_trait::async_trait;
use db::{Connection, Db};
use domain::{
    ApiError, ErrorCode, FieldError, Timestamp, Viewer,
    accounts::{
        Accounts, CANCEL_CONFIRMATION, Person, Profile, ProfileChange, Registration, RegistrationClaims, SEARCH_LIMIT,
        checked_query,
    },
    clock::Clock,
    id::Sub,
    text::NAME_MAX,
    uploads::UploadPurpose,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use uuid::Uuid;

/// An address longer than RFC 5321 allows is none.
const EMAIL_MAX: usize = 254;
/// For so long an account that was found is not looked for again.
const KNOWN_FOR: Duration = Duration::from_secs(1);
/// Most accounts that are kept so.
const KNOWN_MAX: usize = 10_000;

/// Profiles and people over the database.
#[derive(Clone, Debug)]
pub(crate) struct AccountService {
    db: Db,
    clock: Clock,
    jobs: Jobs,
    conversations: Arc<ConversationService>,
    albums: Arc<AlbumService>,
    documents: Arc<DocumentService>,
    quizzes: Arc<QuizService>,
    uploads: UploadService,
    known: KnownAccounts,
}

/// The services of all that people have, and lose when they leave.
pub(crate) struct Belongings {
    pub(crate) conversations: Arc<ConversationService>,
    pub(crate) albums: Arc<AlbumService>,
    pub(crate) documents: Arc<DocumentService>,
    pub(crate) quizzes: Arc<QuizService>,
    pub(crate) uploads: UploadService,
}

/// Accounts that were looked up a moment ago: a program with a token asks often, and nothing changes in between.
#[derive(Clone, Debug, Default)]
struct KnownAccounts(Arc<Mutex<HashMap<Sub, (i64, Duration)>>>);

impl KnownAccounts {
    fn find(&self, sub: &Sub, now: Duration) -> Option<i64> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.get(sub).filter(|(_, since)| now.saturating_sub(*since) < KNOWN_FOR).map(|(id, _)| *id)
    }

    fn keep(&self, sub: &Sub, id: i64, now: Duration) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= KNOWN_MAX {
            known.clear();
        }
        known.insert(sub.clone(), (id, now));
    }

    fn forget(&self, sub: &Sub) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(sub);
    }
}

/// Attributes as they are stored.
struct Attributes {
    email: String,
    given_name: String,
    family_name: String,
}

impl AccountService {
    pub(crate) fn new(db: Db, clock: Clock, jobs: Jobs, belongings: Belongings) -> Self {
        let Belongings { conversations, albums, documents, quizzes, uploads } = belongings;
        Self { db, clock, jobs, conversations, albums, documents, quizzes, uploads, known: KnownAccounts::default() }
    }

    /// The account of a verified token's person, none when not registered. One that another process has cancelled may
    /// still be found for a second.
    ///
    /// # Errors
    /// `unauthorized` when it was cancelled.
    pub(crate) async fn known_account_id(&self, sub: &Sub) -> Result<Option<i64>, Failure> {
        let now = self.clock.steady();
        if let Some(id) = self.known.find(sub, now) {
            return Ok(Some(id));
        }
        let id = self.account_id(sub).await?;
        if let Some(id) = id {
            self.known.keep(sub, id, now);
        }
        Ok(id)
    }

    /// The same, as it is this very moment.
    ///
    /// # Errors
    /// `unauthorized` when it was cancelled.
    pub(crate) async fn account_id(&self, sub: &Sub) -> Result<Option<i64>, Failure> {
        match store::standing(&mut self.db.read().await?, sub.as_str()).await? {
            Some(standing) if standing.cancelled_at.is_some() => Err(ApiError::unauthorized().into()),
            standing => Ok(standing.map(|standing| standing.id)),
        }
    }

    async fn insert(&self, claims: &RegistrationClaims) -> Result<Registration, Failure> {
        let attributes = attributes(claims)?;
        let Attributes { email, given_name, family_name } = &attributes;
        let display_name: String = format!("{given_name} {family_name}").chars().take(NAME_MAX).collect();
        let display_name = display_name.trim_end();
        let account = NewAccount {
            sub: claims.sub.as_str(),
            email,
            given_name,
            family_name,
            display_name,
            search_name: &plain(display_name),
            created_at: self.clock.now(),
        };
        let mut transaction = self.db.begin().await?;
        let created = store::insert(&mut transaction, &account).await?;
        if created {
            store::release_email(&mut transaction, email, claims.sub.as_str()).await?;
        }
        transaction.commit().await?;
        if created {
            return Ok(Registration::Created);
        }
        self.account_id(&claims.sub).await?;
        Ok(Registration::AlreadyThere)
    }

    async fn own_profile(&self, viewer: &Viewer) -> Result<Profile, Failure> {
        // A person who cancelled a moment ago is nobody.
        let row = store::profile(&mut self.db.read().await?, viewer.account_id).await?;
        profile(row.ok_or_else(ApiError::unauthorized)?)
    }

    async fn change(&self, viewer: &Viewer, change: ProfileChange) -> Result<(), Failure> {
        let ProfileChange { display_name, read_receipts } = change.checked()?;
        let (mut transaction, mut woken) = (self.db.begin().await?, Woken::default());
        if let Some(name) = display_name {
            store::rename(&mut transaction, viewer.account_id, &name, &plain(&name)).await?;
        }
        if let Some(shown) = read_receipts
            && store::show_read_receipts(&mut transaction, viewer.account_id, shown).await?
        {
            woken = self.conversations.show_reader(&mut transaction, viewer.account_id).await?;
        }
        transaction.commit().await?;
        self.conversations.events.publish(woken);
        Ok(())
    }

    async fn give_avatar(&self, viewer: &Viewer, upload_id: Option<Uuid>) -> Result<(), Failure> {
        let uploads = &self.uploads;
        let mut transaction = self.db.begin().await?;
        let object_id = match upload_id {
            Some(upload_id) => Some(uploads.take(&mut transaction, viewer, upload_id, UploadPurpose::Avatar).await?),
            None => None,
        };
        let before = store::avatar(&mut transaction, viewer.account_id).await?;
        store::set_avatar(&mut transaction, viewer.account_id, object_id).await?;
        if let Some(before) = before {
            uploads.remove(&mut transaction, &[before], self.clock.now()).await?;
        }
        transaction.commit().await?;
        uploads.wake();
        Ok(())
    }

    /// The first `limit` people that match, by name.
    ///
    /// # Errors
    /// `validation_failed` naming `query`.
    pub(crate) async fn search(&self, viewer: &Viewer, query: &str, limit: i64) -> Result<Vec<Person>, Failure> {
        let query = checked_query(query)?;
        let email = query.to_lowercase();
        let mut connection = self.db.read().await?;
        let rows = store::search(&mut connection, viewer.account_id, &plain_patterns(&query), &email, limit).await?;
        rows.into_iter().map(|row| person(row, &email)).collect()
    }

    async fn end(&self, viewer: &Viewer, confirm: &str) -> Result<(), Failure> {
        let now = self.clock.now();
        access::signed_in_recently(viewer, now)?;
        if confirm != CANCEL_CONFIRMATION {
            let msg = format!("Type {CANCEL_CONFIRMATION} to cancel your account.");
            return Err(ApiError::validation(vec![FieldError::body("confirm", "mismatch", msg)]).into());
        }
        let (mut transaction, mut woken) = (self.db.begin().await?, Woken::default());
        let avatar = store::avatar(&mut transaction, viewer.account_id).await?;
        if store::cancel(&mut transaction, viewer.account_id, now).await? {
            if let Some(avatar) = avatar {
                self.uploads.remove(&mut transaction, &[avatar], now).await?;
            }
            sessions::store::end_all(&mut transaction, viewer.account_id).await?;
            // Photos before the events of people, as whoever changes an album does.
            self.albums.forget_person(&mut transaction, viewer.account_id).await?;
            self.conversations.lock_everywhere(&mut transaction, viewer.account_id).await?;
            woken = self.quizzes.forget_person(&mut transaction, viewer.account_id).await?;
            woken = woken.and(self.conversations.leave_all(&mut transaction, viewer.account_id).await?);
            self.documents.forget_person(&mut transaction, viewer.account_id).await?;
            self.uploads.remove_unused(&mut transaction, viewer.account_id).await?;
            idempotency_store::forget_keys_of(&mut transaction, viewer.sub.as_str()).await?;
            let payload = jobs::IdentityRemoval { sub: viewer.sub.clone() };
            jobs::enqueue(&mut transaction, None, REMOVE_IDENTITY, &payload, now).await?;
        }
        transaction.commit().await?;
        self.known.forget(&viewer.sub);
        self.jobs.wake();
        self.conversations.events.publish(woken);
        self.conversations.events.recheck(viewer.account_id);
        Ok(())
    }
}

#[async_trait]
impl Accounts for AccountService {
    async fn register(&self, claims: RegistrationClaims) -> Result<Registration, ApiError> {
        Ok(self.insert(&claims).await?)
    }

    async fn profile(&self, viewer: &Viewer) -> Result<Profile, ApiError> {
        Ok(self.own_profile(viewer).await?)
    }

    async fn set_avatar(&self, viewer: &Viewer, upload_id: Option<Uuid>) -> Result<Profile, ApiError> {
        self.give_avatar(viewer, upload_id).await?;
        Ok(self.own_profile(viewer).await?)
    }

    async fn update_profile(&self, viewer: &Viewer, change: ProfileChange) -> Result<Profile, ApiError> {
        self.change(viewer, change).await?;
        Ok(self.own_profile(viewer).await?)
    }

    async fn search_people(&self, viewer: &Viewer, query: &str) -> Result<Vec<Person>, ApiError> {
        Ok(self.search(viewer, query, SEARCH_LIMIT).await?)
    }

    async fn cancel(&self, viewer: &Viewer, confirm: &str) -> Result<(), ApiError> {
        Ok(self.end(viewer, confirm).await?)
    }
}

/// Lets nobody cancel the account until the end of the transaction, so that what is added to it goes with it.
///
/// # Errors
/// `unauthorized` when it was cancelled.
pub(crate) async fn lock_account(c: &mut Connection, account_id: i64) -> Result<(), Failure> {
    if store::lock(c, account_id).await? { Ok(()) } else { Err(ApiError::unauthorized().into()) }
}

fn attributes(claims: &RegistrationClaims) -> Result<Attributes, ApiError> {
    let email = claims.email.as_deref().map(|text| text.trim().to_lowercase());
    let email =
        email.filter(|text| text.contains('@') && text.len() <= EMAIL_MAX && !text.chars().any(char::is_control));
    let (given_name, family_name) = (name(claims.given_name.as_deref()), name(claims.family_name.as_deref()));
    match (email, given_name, family_name) {
        (Some(email), Some(given_name), Some(family_name)) => Ok(Attributes { email, given_name, family_name }),
        (email, given_name, family_name) => {
            let lacking = [
                ("email", email.is_none()),
                ("given_name", given_name.is_none()),
                ("family_name", family_name.is_none()),
            ];
            let names: Vec<&str> = lacking.into_iter().filter(|(_, lacks)| *lacks).map(|(name, _)| name).collect();
            let detail =
                format!("The token lacks {}: send an ID token that has all three attributes.", names.join(", "));
            Err(ApiError::new(ErrorCode::MissingAttributes, detail))
        }
    }
}

fn profile(row: ProfileRow) -> Result<Profile, Failure> {
    Ok(Profile {
        sub: sub(row.sub)?,
        email: row.email.unwrap_or_default(),
        given_name: row.given_name.unwrap_or_default(),
        family_name: row.family_name.unwrap_or_default(),
        display_name: row.display_name.unwrap_or_default(),
        avatar_url: row.avatar_object_id.map(media_path),
        read_receipts: row.read_receipts,
        created_at: Timestamp::from_micros(row.created_at),
    })
}

/// The email only to those who know it already.
fn person(row: PersonRow, typed: &str) -> Result<Person, Failure> {
    Ok(Person {
        sub: sub(row.sub)?,
        display_name: row.display_name.unwrap_or_default(),
        avatar_url: row.avatar_object_id.map(media_path),
        email: row.email.filter(|email| email == typed),
    })
}

fn sub(text: String) -> Result<Sub, Failure> {
    Sub::parse(text).map_err(|_| Failure::Broken("a stored sub is not valid"))
}
