//! Every page's address.

use crate::{
    accounts::CancelledPage,
    browser,
    packages::{Accounts, Albums, Answering, ConversationForms, Conversations, Documents, Quizzes, SignedIn, Thread},
    start::{SignInFailedPage, StartPage},
    ui::{
        error_view::NotFoundPage,
        toast::{ToastRegion, Toasts},
    },
};
use leptos::prelude::*;
use leptos_meta::provide_meta_context;
use leptos_router::{
    SsrMode,
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
    Effect::new(browser::keep_places);
    Effect::new(browser::ignore_busy_forms);
    Effect::new(browser::forget_written_by_others);
    view! {
        <Router>
            <Routes fallback=|| view! { <NotFoundPage /> }>
                <Route path=path!("/") view=StartPage ssr=SsrMode::Async />
                <Route path=path!("/sign-in-failed") view=SignInFailedPage ssr=SsrMode::Async />
                <Route path=path!("/account-cancelled") view=CancelledPage ssr=SsrMode::Async />
                <ParentRoute path=path!("") view=SignedIn::Frame ssr=SsrMode::Async>
                    <ParentRoute path=path!("/conversations") view=Conversations::Frame ssr=SsrMode::Async>
                        <Route path=path!("") view=Conversations::List ssr=SsrMode::Async />
                        <Route path=path!("/new") view=ConversationForms::New ssr=SsrMode::Async />
                        <Route path=path!("/search") view=ConversationForms::Search ssr=SsrMode::Async />
                        <Route path=path!("/:id") view=Thread::Page ssr=SsrMode::Async />
                        <Route path=path!("/:id/details") view=ConversationForms::Details ssr=SsrMode::Async />
                    </ParentRoute>
                    <Route path=path!("/library") view=Documents::List ssr=SsrMode::Async />
                    <Route path=path!("/library/:id") view=Documents::Document ssr=SsrMode::Async />
                    <Route path=path!("/library/:id/read") view=Documents::Read ssr=SsrMode::Async />
                    <Route path=path!("/library/:id/edit") view=Documents::EditNotes ssr=SsrMode::Async />
                    <Route path=path!("/library/:id/versions") view=Documents::Versions ssr=SsrMode::Async />
                    <Route path=path!("/quizzes") view=Quizzes::List ssr=SsrMode::Async />
                    <Route path=path!("/quizzes/new") view=Quizzes::New ssr=SsrMode::Async />
                    <Route path=path!("/quizzes/:id") view=Answering::Quiz ssr=SsrMode::Async />
                    <Route path=path!("/quizzes/:id/results") view=Quizzes::Results ssr=SsrMode::Async />
                    <Route path=path!("/quizzes/:id/edit") view=Quizzes::Edit ssr=SsrMode::Async />
                    <Route path=path!("/albums") view=Albums::List ssr=SsrMode::Async />
                    <Route path=path!("/albums/new") view=Albums::New ssr=SsrMode::Async />
                    <Route path=path!("/albums/:id/edit") view=Albums::Edit ssr=SsrMode::Async />
                    <Route path=path!("/albums/:id/sharing") view=Albums::Sharing ssr=SsrMode::Async />
                    <ParentRoute path=path!("/albums/:id") view=Albums::Frame ssr=SsrMode::Async>
                        <Route path=path!("") view=Albums::Album ssr=SsrMode::Async />
                        <Route path=path!("/photos/:photo_id") view=Albums::Photo ssr=SsrMode::Async />
                    </ParentRoute>
                    <Route path=path!("/review") view=Answering::Review ssr=SsrMode::Async />
                    <Route path=path!("/people") view=Accounts::People ssr=SsrMode::Async />
                    <Route path=path!("/settings") view=Accounts::Settings ssr=SsrMode::Async />
                    <Route path=path!("/settings/cancel-account") view=Accounts::Cancel ssr=SsrMode::Async />
                </ParentRoute>
            </Routes>
            <ToastRegion />
        </Router>
    }
    // The type of all routes together is too deep for the packages that use it.
    .into_any()
}
