//! What other programs or services do for us, each behind a small trait: whoever configures the product chooses.

pub(crate) mod embedded;
pub(crate) mod extraction;
pub(crate) mod reading;
pub(crate) mod text;

use crate::settings::Settings;
use std::sync::Arc;

/// All of them.
#[derive(Clone, Debug)]
pub(crate) struct Providers {
    /// Reads documents.
    pub(crate) extractor: Arc<dyn extraction::Extractor>,
    /// Makes notes and questions.
    pub(crate) text: Arc<dyn text::TextProvider>,
}

impl Providers {
    /// Those that the settings name.
    pub(crate) fn of(settings: &Settings) -> Self {
        Self { extractor: reading::extractor(&settings.reading), text: Arc::new(embedded::Embedded) }
    }
}
