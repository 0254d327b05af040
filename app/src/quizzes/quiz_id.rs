//! The quiz that a page's address names.

use crate::error::Failure;
use domain::ApiError;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The id in the address.
pub fn quiz_in_address() -> Memo<Result<i64, Failure>> {
    let parameters = use_params_map();
    Memo::new(move |_| {
        let id = parameters.with(|map| map.get_str("id").and_then(|id| id.parse().ok()).filter(|id: &i64| *id > 0));
        id.ok_or_else(|| ApiError::not_found("There is no such quiz.").into())
    })
}
