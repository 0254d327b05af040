//! What other programs or services do for us, each behind a small trait: whoever configures the product chooses.

pub(crate) mod embedded;
pub(crate) mod extraction;
pub(crate) mod model;
pub(crate) mod reading;
pub(crate) mod text;
mod validating;

use crate::{
    failure::Failure,
    settings::{Settings, TextSettings},
};
use domain::clock::Clock;
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
    ///
    /// # Errors
    /// When one cannot be set up as they say.
    pub(crate) fn of(settings: &Settings, clock: &Clock) -> Result<Self, Failure> {
        let text: Arc<dyn text::TextProvider> = match &settings.text {
            TextSettings::Embedded => Arc::new(embedded::Embedded::default()),
            TextSettings::OpenAi(settings) => Arc::new(model::ByModel::openai(settings)?),
            TextSettings::Bedrock(settings) => Arc::new(model::ByModel::bedrock(settings, clock.clone())?),
        };
        Ok(Self { extractor: reading::extractor(&settings.reading), text })
    }
}
