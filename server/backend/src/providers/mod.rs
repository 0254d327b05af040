//! What other programs or services do for us, each behind a small trait: whoever configures the product chooses.

pub(crate) mod embedded;
pub(crate) mod extraction;
pub(crate) mod model;
pub(crate) mod reading;
pub(crate) mod text;
