//! The album that a page's address names.

use crate::error::Failure;
use domain::ApiError;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// The id of this name in the address.
pub fn id_in_address(name: &'static str) -> Memo<Result<Uuid, Failure>> {
    let parameters = use_params_map();
    Memo::new(move |_| {
        let id = parameters.with(|map| map.get_str(name).and_then(|id| Uuid::parse_str(id).ok()));
        id.ok_or_else(|| ApiError::not_found("There is no such album or photo.").into())
    })
}
