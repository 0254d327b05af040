//! The viewer's conversations, for every page in the frame.

use super::{live::Live, model::Inbox};
use crate::error::Failure;
use domain::conversations::ConversationList;
use leptos::prelude::*;
use std::{future::Future, pin::Pin};

/// The viewer's conversations.
#[derive(Clone, Copy)]
pub struct MyConversations(pub Current);

/// The conversations as they are when somebody asks: as they were loaded, with everything that has happened since.
/// Whoever awaits them is not woken by every message: what a person is about to choose from stays as it is.
/// [`Live::inbox`] tells each change.
#[derive(Clone, Copy)]
pub struct Current {
    loaded: Resource<Result<ConversationList, Failure>>,
    inbox: ReadSignal<Option<Inbox>>,
}

impl MyConversations {
    /// Those that the frame has loaded and follows.
    #[must_use]
    pub fn new(loaded: Resource<Result<ConversationList, Failure>>, live: &Live) -> Self {
        Self(Current { loaded, inbox: live.inbox().into() })
    }

    /// The event cursor as of which they were loaded; none until they are.
    #[must_use]
    pub fn cursor(self) -> Option<i64> {
        self.0.with(|list| list.as_ref().and_then(|list| list.as_ref().ok()).map(|list| list.cursor))
    }
}

impl Current {
    /// Reads the list as it was loaded; the reader is woken when it is loaded anew.
    pub fn with<T>(self, read: impl FnOnce(&Option<Result<ConversationList, Failure>>) -> T) -> T {
        self.loaded.with(read)
    }

    /// The list as it was loaded.
    #[must_use]
    pub const fn loaded(self) -> Resource<Result<ConversationList, Failure>> {
        self.loaded
    }

    /// The list as it is now, for whoever has the loaded one.
    #[must_use]
    pub fn or_newer(self, loaded: ConversationList) -> ConversationList {
        // A page that the browser takes over has to show what the server has shown.
        if Owner::current_shared_context().is_some_and(|context| context.during_hydration()) {
            return loaded;
        }
        self.inbox.with_untracked(|inbox| inbox.as_ref().map(Inbox::list)).unwrap_or(loaded)
    }
}

impl IntoFuture for Current {
    type Output = Result<ConversationList, Failure>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.loaded.await.map(|loaded| self.or_newer(loaded)) })
    }
}
