//! Review: questions come up again when they are about to be forgotten.

pub mod feedback;
pub mod model;
pub mod review_page;
pub mod server_fns;
pub mod statistics;

pub use review_page::ReviewPage;

use crate::error::Failure;
use leptos::prelude::*;

/// How many questions are on today's list, for the badge in the frame.
#[derive(Clone, Copy)]
pub struct Due(pub Resource<Result<u32, Failure>>);
