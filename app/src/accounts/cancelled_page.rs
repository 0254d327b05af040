//! The last page of an account.

use crate::ui::{button::LinkButton, page_title::PageTitle, signed_out::SignedOutPage};
use leptos::prelude::*;

/// The page at `/account-cancelled`.
#[component]
pub fn CancelledPage() -> impl IntoView {
    view! {
        <PageTitle text="Account cancelled" />
        <SignedOutPage title="Account cancelled">
            <section class="error" aria-label="Account cancelled">
                <h2>"Your account is cancelled"</h2>
                <p>"What was yours is deleted or will be within minutes. You are signed out everywhere."</p>
                <LinkButton href="/" external=true>
                    "Go to the start page"
                </LinkButton>
            </section>
        </SignedOutPage>
    }
}
