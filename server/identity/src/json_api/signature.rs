//! AWS Signature Version 4: re-computes the signature of a call and compares.

use super::{Call, Exception};
use crate::secrets::equal;
use aws_lc_rs::{digest, hmac};
use domain::Timestamp;
use http::{HeaderMap, header};
use secrecy::ExposeSecret as _;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
/// How far the caller's clock may be from ours, in seconds.
const SKEW: i64 = 300;
/// Without these a signed call could be turned into another one.
const MUST_BE_SIGNED: [&str; 3] = ["host", "x-amz-date", "x-amz-target"];

/// The parts of an `Authorization` header.
#[derive(Debug, PartialEq, Eq)]
struct Authorization<'a> {
    access_key_id: &'a str,
    date: &'a str,
    region: &'a str,
    service: &'a str,
    signed_headers: Vec<&'a str>,
    signature: &'a str,
}

/// Lets a call pass that the administration key signed.
pub(super) fn verify(call: &Call<'_>) -> Result<(), Exception> {
    let Some(key) = &call.provider.settings.administration else {
        return Err(Exception::new("AccessDeniedException", "Administration is switched off."));
    };
    let value = text(call.headers, header::AUTHORIZATION.as_str())
        .ok_or_else(|| Exception::new("MissingAuthenticationTokenException", "Missing Authentication Token"))?;
    let authorization = read(&value)
        .ok_or_else(|| Exception::new("IncompleteSignatureException", "The Authorization header is not complete."))?;
    if authorization.access_key_id != key.access_key_id {
        let message = "The security token included in the request is invalid.";
        return Err(Exception::new("UnrecognizedClientException", message));
    }
    let mismatch = || {
        let message = "The request signature we calculated does not match the signature you provided.";
        Exception::new("InvalidSignatureException", message)
    };
    let sent = text(call.headers, "x-amz-date").ok_or_else(mismatch)?;
    let sent_at = read_time(&sent).ok_or_else(mismatch)?;
    if call.provider.now().seconds_since(sent_at).abs() > SKEW {
        return Err(Exception::new("InvalidSignatureException", "Signature expired: check the clock."));
    }
    let scoped = authorization.service == "cognito-idp" && sent.starts_with(authorization.date);
    let covers = MUST_BE_SIGNED.iter().all(|name| authorization.signed_headers.contains(name));
    let canonical = canonical_request(call, &authorization.signed_headers).ok_or_else(mismatch)?;
    let expected = sign(key.secret_access_key.expose_secret(), &authorization, &sent, &canonical);
    if scoped && covers && equal(expected.as_bytes(), authorization.signature.as_bytes()) {
        Ok(())
    } else {
        Err(mismatch())
    }
}

fn read(value: &str) -> Option<Authorization<'_>> {
    let mut parts = value.strip_prefix(ALGORITHM)?.split(',').map(str::trim);
    let scope = parts.next()?.strip_prefix("Credential=")?;
    let signed_headers = parts.next()?.strip_prefix("SignedHeaders=")?.split(';').collect();
    let signature = parts.next()?.strip_prefix("Signature=")?;
    let mut scope = scope.split('/');
    let (access_key_id, date, region, service) = (scope.next()?, scope.next()?, scope.next()?, scope.next()?);
    let complete = scope.next() == Some("aws4_request") && scope.next().is_none() && parts.next().is_none();
    complete.then_some(Authorization { access_key_id, date, region, service, signed_headers, signature })
}

/// `20260131T235959Z`.
fn read_time(text: &str) -> Option<Timestamp> {
    if !text.is_ascii() || text.len() != 16 {
        return None;
    }
    let (date, time) = text.split_at(8);
    let part = |text: &str, from: usize, to: usize| text.get(from..to).map(str::to_owned);
    Timestamp::parse(&format!(
        "{}-{}-{}T{}:{}:{}Z",
        part(date, 0, 4)?,
        part(date, 4, 6)?,
        part(date, 6, 8)?,
        part(time.strip_prefix('T')?, 0, 2)?,
        part(time, 3, 5)?,
        part(time, 5, 7)?,
    ))
    .filter(|_| time.ends_with('Z'))
}

/// A header's values as one line.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    let values: Vec<_> = headers.get_all(name).iter().map(|value| value.to_str().ok()).collect::<Option<_>>()?;
    (!values.is_empty()).then(|| values.join(",").split_whitespace().collect::<Vec<_>>().join(" "))
}

fn canonical_request(call: &Call<'_>, signed_headers: &[&str]) -> Option<String> {
    let mut headers = String::new();
    for name in signed_headers {
        let value = match (text(call.headers, name), *name) {
            (Some(value), _) => value,
            // HTTP/2 has it in the address.
            (None, "host") => call.uri.authority()?.to_string(),
            (None, _) => return None,
        };
        headers.push_str(&format!("{}:{value}\n", name.to_ascii_lowercase()));
    }
    // Our path has nothing to escape and our calls have no query.
    Some(format!(
        "{}\n{}\n{}\n{headers}\n{}\n{}",
        call.method,
        call.uri.path(),
        call.uri.query().unwrap_or_default(),
        signed_headers.join(";"),
        hex(digest::digest(&digest::SHA256, call.body).as_ref()),
    ))
}

fn sign(secret: &str, authorization: &Authorization<'_>, sent: &str, canonical: &str) -> String {
    let Authorization { date, region, service, .. } = authorization;
    let hash = hex(digest::digest(&digest::SHA256, canonical.as_bytes()).as_ref());
    let to_sign = format!("{ALGORITHM}\n{sent}\n{date}/{region}/{service}/aws4_request\n{hash}");
    let mut key = format!("AWS4{secret}").into_bytes();
    for part in [date, region, service, "aws4_request"] {
        key = hmac_sha256(&key, part);
    }
    hex(&hmac_sha256(&key, &to_sign))
}

fn hmac_sha256(key: &[u8], text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), text.as_bytes()).as_ref().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signature_is_that_of_awss_own_example() {
        // "Examples of the complete Signature Version 4 signing process", the IAM ListUsers call.
        let canonical = "GET\n/\nAction=ListUsers&Version=2010-05-08\n\
                         content-type:application/x-www-form-urlencoded; charset=utf-8\n\
                         host:iam.amazonaws.com\nx-amz-date:20150830T123600Z\n\n\
                         content-type;host;x-amz-date\n\
                         e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let authorization = read(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, \
             SignedHeaders=content-type;host;x-amz-date, Signature=x",
        )
        .unwrap();
        let signature = sign("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", &authorization, "20150830T123600Z", canonical);
        assert_eq!(signature, "5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    #[test]
    fn times_and_headers_of_another_form_are_refused() {
        assert_eq!(read_time("20150830T123600Z"), Timestamp::parse("2015-08-30T12:36:00Z"));
        for bad in ["", "20150830T123600", "20150830 123600Z", "2015-08-30T12:36Z", "20151330T123600Z"] {
            assert_eq!(read_time(bad), None, "{bad}");
        }
        for bad in ["", "Bearer x", "AWS4-HMAC-SHA256 Credential=a/b/c/d/e, SignedHeaders=host, Signature=x"] {
            assert_eq!(read(bad), None, "{bad}");
        }
    }
}
