//! Any endpoint that answers like OpenAI's chat completions: Ollama, vLLM, llama.cpp, OpenAI itself.

use super::{
    ask::{Ask, Model, ModelError, TEMPERATURE, TOKENS_MAX, object_in},
    http::Outbound,
};
use crate::settings::OpenAiSettings;
use async_trait::async_trait;
use http::{HeaderMap, HeaderValue, header};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use std::sync::atomic::{AtomicBool, Ordering};
use url::Url;

/// A model there.
#[derive(Debug)]
pub(super) struct OpenAi {
    outbound: Outbound,
    url: Url,
    model: String,
    headers: HeaderMap,
    /// Whether the endpoint has refused to be given a schema and settings.
    is_plain: AtomicBool,
}

impl OpenAi {
    pub(super) fn new(settings: &OpenAiSettings) -> Result<Self, ModelError> {
        let mut url = settings.url.clone();
        let path = format!("{}/chat/completions", url.path().trim_end_matches('/'));
        url.set_path(&path);
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(key) = &settings.api_key {
            let value = HeaderValue::try_from(format!("Bearer {}", key.expose_secret()));
            let mut value = value.map_err(|_| ModelError::NoCredentials)?;
            value.set_sensitive(true);
            headers.insert(header::AUTHORIZATION, value);
        }
        let outbound = Outbound::new(settings.timeout)?;
        Ok(Self { outbound, url, model: settings.model.clone(), headers, is_plain: AtomicBool::new(false) })
    }

    async fn post(&self, body: &Value) -> Result<Value, ModelError> {
        self.outbound.post(self.url.clone(), self.headers.clone(), body.to_string().into_bytes()).await
    }

    /// With everything that makes the answer keep to the form.
    fn full(&self, ask: &Ask<'_>) -> Value {
        let mut body = self.plain(ask);
        body["temperature"] = json!(TEMPERATURE);
        body["max_tokens"] = json!(TOKENS_MAX);
        body["response_format"] = json!({
            "type": "json_schema",
            "json_schema": {"name": ask.name, "schema": ask.schema, "strict": true},
        });
        body
    }

    /// With what every endpoint knows; the form stands in the text.
    fn plain(&self, ask: &Ask<'_>) -> Value {
        let system = format!("{}\nAnswer with one JSON object that fits this JSON Schema:\n{}", ask.system, ask.schema);
        json!({
            "model": self.model,
            "stream": false,
            "messages": [{"role": "system", "content": system}, {"role": "user", "content": ask.text}],
            "response_format": {"type": "json_object"},
        })
    }
}

#[async_trait]
impl Model for OpenAi {
    async fn answer(&self, ask: &Ask<'_>) -> Result<Value, ModelError> {
        if !self.is_plain.load(Ordering::Relaxed) {
            match self.post(&self.full(ask)).await {
                Err(ModelError::Refused(400 | 404 | 415 | 422)) => {}
                other => return content(&other?),
            }
        }
        let answer = content(&self.post(&self.plain(ask)).await?)?;
        // It was the schema or a setting that was refused, not the question.
        self.is_plain.store(true, Ordering::Relaxed);
        Ok(answer)
    }
}

fn content(response: &Value) -> Result<Value, ModelError> {
    let content = response.pointer("/choices/0/message/content").and_then(Value::as_str);
    object_in(content.ok_or(ModelError::Format("there is no message in it"))?)
}
