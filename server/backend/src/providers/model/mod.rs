//! Notes and questions by a language model, wherever it runs. What it says is only taken where the text bears it out:
//! a statement comes with a quotation, and without finding that in the source nothing of it is kept. A document is
//! data to the model; what one says to the model can change what is dropped, and nothing else.

mod ask;
mod bedrock;
mod checks;
mod chunks;
#[cfg(test)]
mod contract;
mod http;
mod notes;
mod openai;
mod passages;
mod questions;

use super::text::{MadeNotes, MadeQuestions, TextProvider, WantedQuestions};
use crate::{
    failure::Failure,
    settings::{BedrockSettings, OpenAiSettings},
};
use ask::{Ask, Model, ModelError};
use async_trait::async_trait;
use bedrock::Bedrock;
use domain::{clock::Clock, documents::DocumentPage};
use openai::OpenAi;
use serde_json::Value;
use uuid::Uuid;

/// Has a model make them.
#[derive(Debug)]
pub(crate) struct ByModel {
    model: Box<dyn Model>,
}

impl ByModel {
    /// A model behind an endpoint that answers like OpenAI's.
    ///
    /// # Errors
    /// When no client can be made at all.
    pub(crate) fn openai(settings: &OpenAiSettings) -> Result<Self, Failure> {
        let model = OpenAi::new(settings).map_err(failure)?;
        Ok(Self { model: Box::new(model) })
    }

    /// A model of Amazon Bedrock.
    ///
    /// # Errors
    /// When no client can be made at all.
    pub(crate) fn bedrock(settings: &BedrockSettings, clock: Clock) -> Result<Self, Failure> {
        let model = Bedrock::new(settings, clock).map_err(failure)?;
        Ok(Self { model: Box::new(model) })
    }

    /// Asks, and once more where the answer is not understood; none where it is not then either.
    async fn ask(&self, ask: &Ask<'_>) -> Result<Option<Value>, Failure> {
        for _ in 0..2 {
            match self.model.answer(ask).await {
                Ok(answer) => return Ok(Some(answer)),
                Err(ModelError::Format(what)) => {
                    tracing::info!(what, "an answer of the language model is not understood")
                }
                Err(error) => return Err(failure(error)),
            }
        }
        Ok(None)
    }
}

#[async_trait]
impl TextProvider for ByModel {
    async fn make_notes(
        &self,
        document_id: Uuid,
        pages: &[DocumentPage],
        language: Option<&str>,
    ) -> Result<MadeNotes, Failure> {
        notes::make(self, document_id, pages, language).await
    }

    async fn make_questions(&self, wanted: &WantedQuestions) -> Result<MadeQuestions, Failure> {
        questions::make(self, wanted).await
    }
}

/// The cause goes to the log here; whoever made the job knows whether to try again.
fn failure(error: ModelError) -> Failure {
    tracing::warn!(cause = %error, "the language model did not answer as it should");
    match error {
        ModelError::Busy(_) => Failure::Broken("the language model has too much to do"),
        ModelError::Refused(401 | 403 | 404) => {
            Failure::ProviderRefuses("the language model refuses: see LYCEUM_TEXT_*")
        }
        ModelError::Refused(_) => Failure::NotUnderstood("the language model refuses what it is asked"),
        ModelError::NoCredentials => Failure::Broken("there are no credentials for the language model"),
        ModelError::Transport(_) => Failure::Broken("the language model cannot be reached"),
        ModelError::TooLong | ModelError::Format(_) => {
            Failure::NotUnderstood("the language model cannot be understood")
        }
        ModelError::Address => {
            Failure::ProviderRefuses("the language model's address is not valid: see LYCEUM_TEXT_URL")
        }
    }
}

/// None of the answers could be understood: another try may help.
fn nothing_understood() -> Failure {
    failure(ModelError::Format("no answer at all"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::providers::text::{ATTEMPTS_MAX, attempts_max};

    #[test]
    fn only_what_may_change_by_itself_is_tried_to_the_end() {
        for (error, attempts) in [
            (ModelError::Refused(401), 1),
            (ModelError::Refused(403), 1),
            (ModelError::Refused(404), 1),
            (ModelError::Refused(400), 3),
            (ModelError::Format("it is not JSON"), 3),
            (ModelError::TooLong, 3),
            (ModelError::Busy(429), ATTEMPTS_MAX),
            (ModelError::Busy(503), ATTEMPTS_MAX),
            (ModelError::NoCredentials, ATTEMPTS_MAX),
        ] {
            let said = error.to_string();
            assert_eq!(attempts_max(&failure(error)), attempts, "{said}");
        }
    }
}
