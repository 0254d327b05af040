//! What a browser loads at once. The pages of an area come in one package, but for those that people open most: what
//! several packages share is cut into pieces of its own, and with a package for every page there would be hundreds.
//!
//! Whatever a page loads to show, it begins to load in its view: nothing of it is part of the package of all pages.

use crate::{
    accounts::{CancelAccountPage, PeoplePage, SettingsPage},
    albums::{AlbumFrame, AlbumPage, AlbumsPage, EditAlbumPage, NewAlbumPage, PhotoPage, SharingPage},
    conversations::{
        ConversationsFrame, ConversationsPage, DetailsPage, MessageSearchPage, NewConversationPage, ThreadPage,
        UnsentNotice,
    },
    documents::{DocumentPage, EditNotesPage, LibraryPage, ReadPage, VersionsPage},
    quizzes::{EditQuizPage, NewQuizPage, QuizzesPage, ResultsPage, TakePage},
    review::ReviewPage,
    ui::{
        page_frame::SignedInFrame,
        part::{Loading, part},
    },
};
use leptos::{LazyViewError, lazy, prelude::*};
use leptos_router::ChooseView;
use std::sync::Arc;

/// What surrounds every page for somebody who is signed in.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum SignedIn {
    Frame,
}

impl ChooseView for SignedIn {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(signed_in(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_signed_in().await;
    }
}

#[lazy(fallible)]
fn signed_in(page: SignedIn) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        SignedIn::Frame => view! { <SignedInFrame /> }.into_any(),
    })
}

/// The list of conversations.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Conversations {
    Frame,
    List,
}

impl ChooseView for Conversations {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(conversations(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_conversations().await;
    }
}

#[lazy(fallible)]
fn conversations(page: Conversations) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        Conversations::Frame => view! { <ConversationsFrame /> }.into_any(),
        Conversations::List => view! { <ConversationsPage /> }.into_any(),
    })
}

/// What is said in a conversation.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Thread {
    Page,
}

impl ChooseView for Thread {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(thread(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_thread().await;
    }
}

#[lazy(fallible)]
fn thread(page: Thread) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        Thread::Page => view! { <ThreadPage /> }.into_any(),
    })
}

/// What is done with conversations now and then.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum ConversationForms {
    New,
    Search,
    Details,
    Unsent,
}

impl ChooseView for ConversationForms {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(conversation_forms(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_conversation_forms().await;
    }
}

#[lazy(fallible)]
fn conversation_forms(page: ConversationForms) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        ConversationForms::New => view! { <NewConversationPage /> }.into_any(),
        ConversationForms::Search => view! { <MessageSearchPage /> }.into_any(),
        ConversationForms::Details => view! { <DetailsPage /> }.into_any(),
        ConversationForms::Unsent => view! { <UnsentNotice /> }.into_any(),
    })
}

/// What could not be sent, within the frame of the conversations; nothing where its code does not come.
pub async fn unsent() -> Option<AnyView> {
    conversation_forms(ConversationForms::Unsent).await.ok()
}

/// Documents and their notes.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Documents {
    List,
    Document,
    Read,
    EditNotes,
    Versions,
}

impl ChooseView for Documents {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(documents(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_documents().await;
    }
}

#[lazy(fallible)]
fn documents(page: Documents) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        Documents::List => view! { <LibraryPage /> }.into_any(),
        Documents::Document => view! { <DocumentPage /> }.into_any(),
        Documents::Read => view! { <ReadPage /> }.into_any(),
        Documents::EditNotes => view! { <EditNotesPage /> }.into_any(),
        Documents::Versions => view! { <VersionsPage /> }.into_any(),
    })
}

/// Quizzes, and making them.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Quizzes {
    List,
    New,
    Results,
    Edit,
}

impl ChooseView for Quizzes {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(quizzes(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_quizzes().await;
    }
}

#[lazy(fallible)]
fn quizzes(page: Quizzes) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        Quizzes::List => view! { <QuizzesPage /> }.into_any(),
        Quizzes::New => view! { <NewQuizPage /> }.into_any(),
        Quizzes::Results => view! { <ResultsPage /> }.into_any(),
        Quizzes::Edit => view! { <EditQuizPage /> }.into_any(),
    })
}

/// Answering: a quiz, or what is due for review.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Answering {
    Quiz,
    Review,
}

impl ChooseView for Answering {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(answering(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_answering().await;
    }
}

#[lazy(fallible)]
fn answering(page: Answering) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        Answering::Quiz => view! { <TakePage /> }.into_any(),
        Answering::Review => view! { <ReviewPage /> }.into_any(),
    })
}

/// Albums and photos.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Albums {
    List,
    New,
    Edit,
    Sharing,
    Frame,
    Album,
    Photo,
}

impl ChooseView for Albums {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(albums(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_albums().await;
    }
}

#[lazy(fallible)]
fn albums(page: Albums) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        Albums::List => view! { <AlbumsPage /> }.into_any(),
        Albums::New => view! { <NewAlbumPage /> }.into_any(),
        Albums::Edit => view! { <EditAlbumPage /> }.into_any(),
        Albums::Sharing => view! { <SharingPage /> }.into_any(),
        Albums::Frame => view! { <AlbumFrame /> }.into_any(),
        Albums::Album => view! { <AlbumPage /> }.into_any(),
        Albums::Photo => view! { <PhotoPage /> }.into_any(),
    })
}

/// People, and one's own account.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum Accounts {
    People,
    Settings,
    Cancel,
}

impl ChooseView for Accounts {
    async fn choose(self) -> AnyView {
        part(Arc::new(move || -> Loading { Box::pin(accounts(self)) })).await
    }

    async fn preload(&self) {
        #[cfg(feature = "hydrate")]
        let _ = __preload_accounts().await;
    }
}

#[lazy(fallible)]
fn accounts(page: Accounts) -> Result<AnyView, LazyViewError> {
    Ok(match page {
        Accounts::People => view! { <PeoplePage /> }.into_any(),
        Accounts::Settings => view! { <SettingsPage /> }.into_any(),
        Accounts::Cancel => view! { <CancelAccountPage /> }.into_any(),
    })
}
