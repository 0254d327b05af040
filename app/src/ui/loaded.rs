//! Content that comes from the server; the one place that knows how loading, failing and refreshing look.

use super::{error_view::ErrorView, progress::Progress};
use crate::error::Failure;
use leptos::prelude::*;
use std::sync::Arc;

/// Shows what a resource holds: progress at first, the content or the failure then. While it is loaded again the old
/// content stays.
#[component]
pub fn Loaded<T>(
    /// What is loaded.
    resource: Resource<Result<T, Failure>>,
    /// Its name for the progress, such as "your sessions".
    what: &'static str,
    /// Makes the content.
    show: Arc<dyn Fn(T) -> AnyView + Send + Sync>,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=move || {
            view! { <Progress what /> }
        }>
            {move || {
                let show = Arc::clone(&show);
                Suspend::new(async move {
                    match resource.await {
                        Ok(content) => show(content),
                        Err(failure) => view! { <ErrorView failure /> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
}

/// Shows what two resources hold, as [`Loaded`] does for one.
#[component]
pub fn BothLoaded<A, B>(
    /// What is loaded.
    first: Resource<Result<A, Failure>>,
    /// What is loaded beside it.
    second: Resource<Result<B, Failure>>,
    /// Their name for the progress.
    what: &'static str,
    /// Makes the content.
    show: Arc<dyn Fn(A, B) -> AnyView + Send + Sync>,
    /// Stands above a failure: the heading that the content would have brought.
    #[prop(into)]
    above_failure: ViewFn,
) -> impl IntoView
where
    A: Clone + Send + Sync + 'static,
    B: Clone + Send + Sync + 'static,
{
    view! {
        <Transition fallback=move || {
            view! { <Progress what /> }
        }>
            {move || {
                let (show, above_failure) = (Arc::clone(&show), above_failure.clone());
                Suspend::new(async move {
                    match (first.await, second.await) {
                        (Ok(first), Ok(second)) => show(first, second),
                        (Err(failure), _) | (_, Err(failure)) => {
                            view! {
                                {above_failure.run()}
                                <ErrorView failure />
                            }
                                .into_any()
                        }
                    }
                })
            }}
        </Transition>
    }
}
