//! What a model is asked, whichever it is.

use async_trait::async_trait;
use serde_json::Value;
use std::fmt;

/// A question to a model, whose answer is JSON of a given form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ask<'a> {
    /// What it is to do.
    pub(super) system: &'a str,
    /// What it is to do that with.
    pub(super) text: &'a str,
    /// Names the form of the answer.
    pub(super) name: &'static str,
    /// The form of the answer: a JSON Schema.
    pub(super) schema: &'a Value,
}

/// Longest answer, in the model's tokens.
pub(super) const TOKENS_MAX: u32 = 8_000;
/// It is to keep to the text.
pub(super) const TEMPERATURE: f32 = 0.2;

/// A model. Another try of the same question is the business of whoever asks.
#[async_trait]
pub(super) trait Model: fmt::Debug + Send + Sync {
    async fn answer(&self, ask: &Ask<'_>) -> Result<Value, ModelError>;
}

/// A model did not answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum ModelError {
    #[error("there are no credentials at the moment")]
    NoCredentials,
    #[error("the address is not valid")]
    Address,
    #[error("it answered {0}, which another try may change")]
    Busy(u16),
    #[error("it answered {0}")]
    Refused(u16),
    #[error("it does not answer: {0}")]
    Transport(reqwest::Error),
    #[error("its answer is too long")]
    TooLong,
    #[error("its answer is not understood: {0}")]
    Format(&'static str),
}

/// The JSON object in an answer: models put thoughts, words or a fence around it.
pub(super) fn object_in(text: &str) -> Result<Value, ModelError> {
    let after_thoughts = text.rsplit("</think>").next().unwrap_or(text);
    let begins = after_thoughts.find('{').ok_or(ModelError::Format("there is no JSON in it"))?;
    let ends = after_thoughts.rfind('}').ok_or(ModelError::Format("its JSON does not end"))?;
    let json = after_thoughts.get(begins..=ends).ok_or(ModelError::Format("there is no JSON in it"))?;
    serde_json::from_str(json).map_err(|_| ModelError::Format("its JSON is broken"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_found_in_what_is_said_around_it() {
        for text in ["{\"a\":1}", "```json\n{\"a\":1}\n```", "Sure!\n{\"a\":1} Enjoy.", "<think>{no}</think>{\"a\":1}"]
        {
            assert_eq!(object_in(text).unwrap()["a"], 1, "{text}");
        }
        for text in ["", "I cannot.", "{\"a\":", "}{", "[1]"] {
            assert!(object_in(text).is_err(), "{text}");
        }
    }
}
