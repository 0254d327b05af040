//! Content that comes from the server; the one place that knows how loading, failing and refreshing look.

use super::{
    error_view::{ErrorView, Retry},
    progress::Progress,
};
use crate::error::Failure;
use leptos::prelude::*;
use serde::{Serialize, de::DeserializeOwned};
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
    /// Stands above the progress and above a failure: the heading that the content brings.
    #[prop(optional, into)]
    above: ViewFn,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let above_progress = above.clone();
    view! {
        <Transition fallback=move || {
            view! {
                {above_progress.run()}
                <Progress what />
            }
        }>
            {move || {
                let (show, above) = (Arc::clone(&show), above.clone());
                Suspend::new(async move {
                    match resource.await {
                        Ok(content) => show(content),
                        Err(failure) => failed(&above, failure, Arc::new(move || resource.refetch())),
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
    /// Stands above the progress and above a failure: the heading that the content brings.
    #[prop(optional, into)]
    above: ViewFn,
) -> impl IntoView
where
    A: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    B: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
{
    let above_progress = above.clone();
    view! {
        <Transition fallback=move || {
            view! {
                {above_progress.run()}
                <Progress what />
            }
        }>
            {move || {
                let (show, above) = (Arc::clone(&show), above.clone());
                Suspend::new(async move {
                    let loaded = (first.await, second.await);
                    let has_failed = (loaded.0.is_err(), loaded.1.is_err());
                    match loaded {
                        (Ok(first), Ok(second)) => show(first, second),
                        (Err(failure), _) | (_, Err(failure)) => {
                            let retry = move || {
                                if has_failed.0 {
                                    first.refetch();
                                }
                                if has_failed.1 {
                                    second.refetch();
                                }
                            };
                            failed(&above, failure, Arc::new(retry))
                        }
                    }
                })
            }}
        </Transition>
    }
}

fn failed(above: &ViewFn, failure: Failure, retry: Retry) -> AnyView {
    view! {
        {above.run()}
        <ErrorView failure retry />
    }
    .into_any()
}
