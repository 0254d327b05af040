//! What every REST call shares: credentials, bodies, refusals, limits.

pub mod address;
pub(crate) mod authenticate;
pub(crate) mod extract;
pub mod idempotency;
pub(crate) mod openapi;
pub(crate) mod origin;
pub(crate) mod paging;
pub mod problem;
pub(crate) mod rate_limit;
pub(crate) mod store;

pub use extract::body;
pub use problem::Problem;
