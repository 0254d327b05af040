//! Amazon Bedrock's Converse: the form of the answer is that of a tool that the model must call. Signed by hand, as the
//! SDK for it takes minutes to compile.

use super::{
    ask::{Ask, Model, ModelError, TEMPERATURE, TOKENS_MAX, object_in},
    http::Outbound,
};
use crate::{
    clients::identity::{
        AwsCredentials, CredentialSource,
        sigv4::{self, Signable},
    },
    settings::BedrockSettings,
};
use async_trait::async_trait;
use domain::clock::Clock;
use http::{HeaderMap, HeaderName, HeaderValue};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use url::{Position, Url};

const CONTENT_TYPE: &str = "application/json";

/// A model there.
#[derive(Debug)]
pub(super) struct Bedrock {
    outbound: Outbound,
    url: Url,
    /// The path as it is signed: encoded once more.
    signed_path: String,
    region: String,
    credentials: Arc<dyn CredentialSource>,
    clock: Clock,
    /// Whether the model has refused to be told which tool to call.
    is_free: AtomicBool,
}

impl Bedrock {
    pub(super) fn new(settings: &BedrockSettings, clock: Clock) -> Result<Self, ModelError> {
        let origin = match &settings.url {
            Some(url) => url.origin().ascii_serialization(),
            None => format!("https://bedrock-runtime.{}.amazonaws.com", settings.region),
        };
        let path = format!("/model/{}/converse", encoded(&settings.model, false));
        let url = Url::parse(&format!("{origin}{path}")).map_err(|_| ModelError::Address)?;
        Ok(Self {
            outbound: Outbound::new(settings.timeout)?,
            url,
            signed_path: encoded(&path, true),
            region: settings.region.clone(),
            credentials: settings.credentials.clone(),
            clock,
            is_free: AtomicBool::new(false),
        })
    }

    async fn post(&self, body: &Value) -> Result<Value, ModelError> {
        let credentials = self.credentials.credentials().await.ok_or(ModelError::NoCredentials)?;
        let body = body.to_string().into_bytes();
        let headers = self.signed(&credentials, &body)?;
        self.outbound.post(self.url.clone(), headers, body).await
    }

    fn signed(&self, credentials: &AwsCredentials, body: &[u8]) -> Result<HeaderMap, ModelError> {
        let at = self.clock.now();
        let date = sigv4::amz_date(at);
        let host = &self.url[Position::BeforeHost..Position::AfterPort];
        let mut named = vec![("content-type", CONTENT_TYPE), ("host", host), ("x-amz-date", date.as_str())];
        let token = credentials.session_token.as_ref().map(|token| token.expose_secret());
        named.extend(token.map(|token| ("x-amz-security-token", token)));
        let authorization = sigv4::authorization(
            &Signable { path: &self.signed_path, headers: &named, body, region: &self.region, service: "bedrock", at },
            credentials,
        );
        let mut headers = HeaderMap::new();
        named.push(("authorization", authorization.as_str()));
        for (name, value) in named {
            let mut value = HeaderValue::try_from(value).map_err(|_| ModelError::NoCredentials)?;
            value.set_sensitive(matches!(name, "authorization" | "x-amz-security-token"));
            headers.insert(HeaderName::try_from(name).map_err(|_| ModelError::Address)?, value);
        }
        Ok(headers)
    }
}

#[async_trait]
impl Model for Bedrock {
    async fn answer(&self, ask: &Ask<'_>) -> Result<Value, ModelError> {
        let mut body = request(ask);
        if !self.is_free.load(Ordering::Relaxed) {
            body["toolConfig"]["toolChoice"] = json!({"tool": {"name": ask.name}});
            match self.post(&body).await {
                Err(ModelError::Refused(400)) => {}
                other => return tool_input(&other?),
            }
            if let Some(config) = body["toolConfig"].as_object_mut() {
                config.remove("toolChoice");
            }
        }
        let answer = tool_input(&self.post(&body).await?)?;
        self.is_free.store(true, Ordering::Relaxed);
        Ok(answer)
    }
}

fn request(ask: &Ask<'_>) -> Value {
    json!({
        "system": [{"text": format!("{}\nAnswer by calling the tool {}.", ask.system, ask.name)}],
        "messages": [{"role": "user", "content": [{"text": ask.text}]}],
        "inferenceConfig": {"maxTokens": TOKENS_MAX, "temperature": TEMPERATURE},
        "toolConfig": {"tools": [{"toolSpec": {
            "name": ask.name,
            "description": "Takes the answer.",
            "inputSchema": {"json": ask.schema},
        }}]},
    })
}

/// What the tool was called with; a model that only talks may have said it in words.
fn tool_input(response: &Value) -> Result<Value, ModelError> {
    let content = response.pointer("/output/message/content").and_then(Value::as_array);
    let content = content.ok_or(ModelError::Format("there is no message in it"))?;
    let called = content.iter().find_map(|part| part.pointer("/toolUse/input"));
    match called {
        Some(input) if input.is_object() => Ok(input.clone()),
        Some(_) => Err(ModelError::Format("the tool was called with something else")),
        None => {
            let said = content.iter().find_map(|part| part["text"].as_str());
            object_in(said.ok_or(ModelError::Format("no tool was called"))?)
        }
    }
}

/// Everything but unreserved characters encoded; slashes as well, unless they divide a path.
fn encoded(text: &str, is_path: bool) -> String {
    text.bytes().fold(String::with_capacity(text.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') || (is_path && byte == b'/') {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            write!(out, "%{byte:02X}").ok();
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::encoded;

    #[test]
    fn a_model_is_one_part_of_the_path_and_is_signed_encoded_twice() {
        let path = format!("/model/{}/converse", encoded("eu.anthropic.claude-3:0", false));
        assert_eq!(path, "/model/eu.anthropic.claude-3%3A0/converse");
        assert_eq!(encoded(&path, true), "/model/eu.anthropic.claude-3%253A0/converse");
        assert_eq!(encoded("arn:aws:x/y", false), "arn%3Aaws%3Ax%2Fy");
    }
}
