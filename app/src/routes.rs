//! Every page's address.

use crate::{
    accounts::{CancelAccountPage, CancelledPage, PeoplePage, SettingsPage},
    albums::{AlbumFrame, AlbumPage, AlbumsPage, EditAlbumPage, NewAlbumPage, PhotoPage, SharingPage},
    browser,
    conversations::{
        ConversationsFrame, ConversationsPage, DetailsPage, MessageSearchPage, NewConversationPage, ThreadPage,
    },
    documents::{DocumentPage, EditNotesPage, LibraryPage, ReadPage, VersionsPage},
    quizzes::{EditQuizPage, NewQuizPage, QuizzesPage, ResultsPage, TakePage},
    review::ReviewPage,
    start::{SignInFailedPage, StartPage},
    ui::{
        error_view::NotFoundPage,
        page_frame::SignedInFrame,
        toast::{ToastRegion, Toasts},
    },
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    Lazy, SsrMode,
    components::{ParentRoute, Route, Router, Routes},
    path,
};

/// The app. Every page is rendered whole before it is sent: its status and its redirects are right, and it needs no
/// script to be complete.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    Toasts::provide();
    Effect::new(browser::register_service_worker);
    let conversations_frame = Lazy::<ConversationsFrame>::new();
    let conversations = Lazy::<ConversationsPage>::new();
    let new_conversation = Lazy::<NewConversationPage>::new();
    let message_search = Lazy::<MessageSearchPage>::new();
    let thread = Lazy::<ThreadPage>::new();
    let details = Lazy::<DetailsPage>::new();
    let library = Lazy::<LibraryPage>::new();
    let document = Lazy::<DocumentPage>::new();
    let read = Lazy::<ReadPage>::new();
    let edit_notes = Lazy::<EditNotesPage>::new();
    let versions = Lazy::<VersionsPage>::new();
    let quizzes = Lazy::<QuizzesPage>::new();
    let new_quiz = Lazy::<NewQuizPage>::new();
    let take_quiz = Lazy::<TakePage>::new();
    let results = Lazy::<ResultsPage>::new();
    let edit_quiz = Lazy::<EditQuizPage>::new();
    let albums = Lazy::<AlbumsPage>::new();
    let new_album = Lazy::<NewAlbumPage>::new();
    let edit_album = Lazy::<EditAlbumPage>::new();
    let sharing = Lazy::<SharingPage>::new();
    let album_frame = Lazy::<AlbumFrame>::new();
    let album = Lazy::<AlbumPage>::new();
    let photo = Lazy::<PhotoPage>::new();
    let review = Lazy::<ReviewPage>::new();
    let people = Lazy::<PeoplePage>::new();
    let settings = Lazy::<SettingsPage>::new();
    let cancel_account = Lazy::<CancelAccountPage>::new();
    view! {
        <Router>
            <ErrorBoundary fallback=|_| view! { <PartNotLoaded /> }>
                <Routes fallback=|| view! { <NotFoundPage /> }>
                    <Route path=path!("/") view=StartPage ssr=SsrMode::Async />
                    <Route path=path!("/sign-in-failed") view=SignInFailedPage ssr=SsrMode::Async />
                    <Route path=path!("/account-cancelled") view=CancelledPage ssr=SsrMode::Async />
                    <ParentRoute path=path!("") view=SignedInFrame ssr=SsrMode::Async>
                        <ParentRoute path=path!("/conversations") view=conversations_frame ssr=SsrMode::Async>
                            <Route path=path!("") view=conversations ssr=SsrMode::Async />
                            <Route path=path!("/new") view=new_conversation ssr=SsrMode::Async />
                            <Route path=path!("/search") view=message_search ssr=SsrMode::Async />
                            <Route path=path!("/:id") view=thread ssr=SsrMode::Async />
                            <Route path=path!("/:id/details") view=details ssr=SsrMode::Async />
                        </ParentRoute>
                        <Route path=path!("/library") view=library ssr=SsrMode::Async />
                        <Route path=path!("/library/:id") view=document ssr=SsrMode::Async />
                        <Route path=path!("/library/:id/read") view=read ssr=SsrMode::Async />
                        <Route path=path!("/library/:id/edit") view=edit_notes ssr=SsrMode::Async />
                        <Route path=path!("/library/:id/versions") view=versions ssr=SsrMode::Async />
                        <Route path=path!("/quizzes") view=quizzes ssr=SsrMode::Async />
                        <Route path=path!("/quizzes/new") view=new_quiz ssr=SsrMode::Async />
                        <Route path=path!("/quizzes/:id") view=take_quiz ssr=SsrMode::Async />
                        <Route path=path!("/quizzes/:id/results") view=results ssr=SsrMode::Async />
                        <Route path=path!("/quizzes/:id/edit") view=edit_quiz ssr=SsrMode::Async />
                        <Route path=path!("/albums") view=albums ssr=SsrMode::Async />
                        <Route path=path!("/albums/new") view=new_album ssr=SsrMode::Async />
                        <Route path=path!("/albums/:id/edit") view=edit_album ssr=SsrMode::Async />
                        <Route path=path!("/albums/:id/sharing") view=sharing ssr=SsrMode::Async />
                        <ParentRoute path=path!("/albums/:id") view=album_frame ssr=SsrMode::Async>
                            <Route path=path!("") view=album ssr=SsrMode::Async />
                            <Route path=path!("/photos/:photo_id") view=photo ssr=SsrMode::Async />
                        </ParentRoute>
                        <Route path=path!("/review") view=review ssr=SsrMode::Async />
                        <Route path=path!("/people") view=people ssr=SsrMode::Async />
                        <Route path=path!("/settings") view=settings ssr=SsrMode::Async />
                        <Route path=path!("/settings/cancel-account") view=cancel_account ssr=SsrMode::Async />
                    </ParentRoute>
                </Routes>
            </ErrorBoundary>
            <ToastRegion />
        </Router>
    }
    // The type of all routes together is too deep for the packages that use it.
    .into_any()
}

/// A page's code did not arrive: the connection broke, or a newer version was installed meanwhile.
#[component]
fn PartNotLoaded() -> impl IntoView {
    view! {
        <main class="plain" role="alert">
            <section class="error" aria-label="This page could not be loaded">
                <h1>"This page could not be loaded"</h1>
                <p>"Check your connection, then load it again."</p>
                <a class="button button-primary" href="" rel="external">
                    "Load again"
                </a>
            </section>
        </main>
    }
}
