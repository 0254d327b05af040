//! What a request to a page brings along: cookies, query, client address, and whether its form is ours.

use crate::{
    Identity,
    browser::Jar,
    pages,
    params::{BadParams, Params},
    secrets,
    state::Provider,
};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    response::{IntoResponse as _, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use http::{HeaderMap, StatusCode, header, request::Parts};
use std::net::{IpAddr, SocketAddr};

/// The client's address, for whoever knows it better than the connection (behind proxies, say): put it into the
/// request's extensions.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// A request to a page.
#[derive(Debug)]
pub(crate) struct Visit {
    pub(crate) jar: CookieJar,
    pub(crate) query: Params,
    pub(crate) address: Option<IpAddr>,
    headers: HeaderMap,
    /// The value of the forms cookie: the browser's, or a new one that goes out with the page.
    browser: String,
    is_new: bool,
}

impl FromRequestParts<Identity> for Visit {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, identity: &Identity) -> Result<Self, Response> {
        let provider = identity.provider();
        let jar = CookieJar::from_headers(&parts.headers);
        let known = provider.cookie(&jar, Jar::Forms).filter(|value| value.len() == 43).map(str::to_owned);
        let mut visit = Self {
            is_new: known.is_none(),
            browser: known.unwrap_or_else(secrets::random_token),
            query: Params::default(),
            address: client_address(parts),
            headers: parts.headers.clone(),
            jar,
        };
        match Params::parse(parts.uri.query().unwrap_or_default().as_bytes()) {
            Ok(query) => visit.query = query,
            Err(bad) => return Err(pages::bad_params(identity, &visit, &bad)),
        }
        Ok(visit)
    }
}

/// Where the request comes from, as far as that can be believed.
pub(crate) fn client_address(parts: &Parts) -> Option<IpAddr> {
    let told = parts.extensions.get().map(|ClientAddress(address)| *address);
    told.or_else(|| parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip()))
}

/// Why a form is not taken.
#[derive(Debug)]
pub(crate) enum BadForm {
    MediaType,
    Params(BadParams),
    /// From another site, from a page of another browser, or without our cookie.
    Foreign,
}

impl Visit {
    /// The form token of this browser's pages.
    pub(crate) fn form_token(&self, provider: &Provider) -> String {
        provider.form_token(&self.browser)
    }

    /// The forms cookie, when the browser has none yet.
    pub(crate) fn fresh_cookie(&self, provider: &Provider) -> Option<Cookie<'static>> {
        self.is_new.then(|| provider.new_cookie(Jar::Forms, self.browser.clone()))
    }

    /// Reads a form of one of our own pages.
    pub(crate) fn form(&self, provider: &Provider, body: &[u8]) -> Result<Params, BadForm> {
        if !is_form(&self.headers) {
            return Err(BadForm::MediaType);
        }
        let form = Params::parse(body).map_err(BadForm::Params)?;
        let token = BASE64.decode(form.text("form_token")).unwrap_or_default();
        let ours = !self.is_new && provider.keys.sealer.verify("form", &[self.browser.as_bytes()], &token);
        if ours && self.is_same_origin(provider) { Ok(form) } else { Err(BadForm::Foreign) }
    }

    /// Fetch Metadata decides where the browser sends it, `Origin` otherwise.
    fn is_same_origin(&self, provider: &Provider) -> bool {
        let text = |name| self.headers.get(name).map(|value| value.to_str().unwrap_or("?"));
        match (text("sec-fetch-site"), text("origin")) {
            (Some(site), _) => site == "same-origin" || site == "none",
            (None, Some(origin)) => {
                let host = text("host").unwrap_or_default();
                origin == provider.settings.public_url.origin().ascii_serialization()
                    || origin.split_once("://").is_some_and(|(_, authority)| authority == host)
            }
            (None, None) => true,
        }
    }

    /// Whether `Accept` names this type.
    pub(crate) fn accepts(&self, media_type: &str) -> bool {
        self.headers.get_all(header::ACCEPT).iter().filter_map(|value| value.to_str().ok()).any(|accept| {
            accept.split(',').any(|range| range.split(';').next().unwrap_or_default().trim() == media_type)
        })
    }
}

/// Whether the body says that it is a form.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    is_type(headers, "application/x-www-form-urlencoded")
}

/// Whether the body says that it is of this type.
pub(crate) fn is_type(headers: &HeaderMap, media_type: &str) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(media_type)
}

/// An answer that sends the browser elsewhere: 303 after a form, 302 otherwise.
pub(crate) fn go(status: StatusCode, location: &str) -> Response {
    match http::HeaderValue::from_str(location) {
        Ok(location) => (status, [(header::LOCATION, location)]).into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}
