//! AWS Signature Version 4 for one small POST. The SDK would bring a hundred packages for it.

use super::administration::AwsCredentials;
use aws_lc_rs::{digest, hmac};
use domain::Timestamp;
use secrecy::ExposeSecret as _;
use std::fmt::Write as _;

/// What is signed. Header names are lower-case and sorted, values trimmed.
#[derive(Debug)]
pub(crate) struct Signable<'a> {
    pub(crate) path: &'a str,
    pub(crate) headers: &'a [(&'a str, &'a str)],
    pub(crate) body: &'a [u8],
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
    pub(crate) at: Timestamp,
}

/// A time as `x-amz-date` wants it: `20150830T123600Z`.
pub(crate) fn amz_date(at: Timestamp) -> String {
    let text = at.to_string();
    let digits: String = text.chars().take(19).filter(|c| !matches!(c, '-' | ':')).collect();
    format!("{digits}Z")
}

/// The `Authorization` header of a POST without a query.
pub(crate) fn authorization(request: &Signable<'_>, credentials: &AwsCredentials) -> String {
    let date = amz_date(request.at);
    let day = date.split('T').next().unwrap_or_default();
    let scope = format!("{day}/{}/{}/aws4_request", request.region, request.service);
    let names = request.headers.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");
    let headers = request.headers.iter().fold(String::new(), |mut text, (name, value)| {
        // Writing to a String cannot fail.
        writeln!(text, "{name}:{value}").ok();
        text
    });
    let canonical = format!("POST\n{}\n\n{headers}\n{names}\n{}", request.path, sha256(request.body));
    let to_sign = format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{}", sha256(canonical.as_bytes()));
    let secret = format!("AWS4{}", credentials.secret_access_key.expose_secret());
    let key = [day, request.region, request.service, "aws4_request"]
        .iter()
        .fold(secret.into_bytes(), |key, part| mac(&key, part.as_bytes()));
    let signature = hex(&mac(&key, to_sign.as_bytes()));
    let key_id = &credentials.access_key_id;
    format!("AWS4-HMAC-SHA256 Credential={key_id}/{scope}, SignedHeaders={names}, Signature={signature}")
}

fn mac(key: &[u8], message: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), message).as_ref().to_vec()
}

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        write!(text, "{byte:02x}").ok();
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `post-x-www-form-urlencoded` of AWS's signature test suite.
    #[test]
    fn signs_as_the_test_suite_of_aws() {
        let credentials = AwsCredentials {
            access_key_id: "AKIDEXAMPLE".into(),
            secret_access_key: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY".into(),
            session_token: None,
        };
        let request = Signable {
            path: "/",
            headers: &[
                ("content-type", "application/x-www-form-urlencoded"),
                ("host", "example.amazonaws.com"),
                ("x-amz-date", "20150830T123600Z"),
            ],
            body: b"Param1=value1",
            region: "us-east-1",
            service: "service",
            at: Timestamp::parse("2015-08-30T12:36:00Z").unwrap(),
        };
        let expected = "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, \
             SignedHeaders=content-type;host;x-amz-date, \
             Signature=ff11897932ad3f4e8b18135d722051e5ac45fc38421b1da7b9d196a0fe09473a";
        assert_eq!(authorization(&request, &credentials), expected);
    }
}
