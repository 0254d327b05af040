//! The document that a page's address names.

use crate::error::Failure;
use domain::ApiError;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// The id in the address.
pub fn document_in_address() -> Memo<Result<Uuid, Failure>> {
    let parameters = use_params_map();
    Memo::new(move |_| {
        let id = parameters.with(|map| map.get_str("id").and_then(|id| Uuid::parse_str(id).ok()));
        id.ok_or_else(|| ApiError::not_found("There is no such document.").into())
    })
}
