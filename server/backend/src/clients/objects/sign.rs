//! Requests that the store will accept from whoever has them.

use super::{Objects, Place, failed};
use crate::failure::Failure;
use aws_sdk_s3::presigning::{PresignedRequest, PresigningConfig};
use domain::{Timestamp, uploads::SignedPut};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// What a request to send bytes is signed with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Announced<'a> {
    pub(crate) size: u64,
    pub(crate) content_type: &'a str,
    /// SHA-256 in base64.
    pub(crate) sha256: Option<&'a str>,
}

/// A part of an upload in parts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    pub(crate) multipart_id: &'a str,
    pub(crate) number: u32,
    pub(crate) size: u64,
    /// SHA-256 in base64.
    pub(crate) sha256: Option<&'a str>,
}

/// What the store answers with, whatever it was told when the object was written.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shown<'a> {
    pub(crate) content_type: &'a str,
    pub(crate) disposition: &'a str,
    pub(crate) cache_control: &'a str,
}

impl Objects {
    /// A request that writes the object once and never again.
    pub(crate) async fn sign_put(
        &self,
        place: &Place,
        announced: Announced<'_>,
        seconds: i64,
    ) -> Result<SignedPut, Failure> {
        let from = self.0.clock.now();
        let request = self.clients().await.public.put_object().bucket(&place.bucket).key(&place.key);
        let request = request
            .content_length(length(announced.size))
            .content_type(announced.content_type)
            .set_checksum_sha256(announced.sha256.map(str::to_owned))
            .if_none_match("*");
        let signed = request.presigned(valid(from, seconds)?).await.map_err(|error| failed("sign", &error))?;
        Ok(signed_put(&signed, from.plus_seconds(seconds)))
    }

    /// A request that sends one part.
    pub(crate) async fn sign_part(&self, place: &Place, part: Part<'_>, seconds: i64) -> Result<SignedPut, Failure> {
        let from = self.0.clock.now();
        let request = self.clients().await.public.upload_part().bucket(&place.bucket).key(&place.key);
        let request = request
            .upload_id(part.multipart_id)
            .part_number(i32::try_from(part.number).unwrap_or(i32::MAX))
            .content_length(length(part.size))
            .set_checksum_sha256(part.sha256.map(str::to_owned));
        let signed = request.presigned(valid(from, seconds)?).await.map_err(|error| failed("sign", &error))?;
        Ok(signed_put(&signed, from.plus_seconds(seconds)))
    }

    /// An address that reads the object; the same for the same moment.
    pub(crate) async fn sign_get(
        &self,
        place: &Place,
        shown: Shown<'_>,
        from: Timestamp,
        seconds: i64,
    ) -> Result<String, Failure> {
        let request = self.clients().await.public.get_object().bucket(&place.bucket).key(&place.key);
        let request = request
            .response_content_type(shown.content_type)
            .response_content_disposition(shown.disposition)
            .response_cache_control(shown.cache_control);
        let signed = request.presigned(valid(from, seconds)?).await.map_err(|error| failed("sign", &error))?;
        Ok(signed.uri().to_owned())
    }

    /// An address that tells what [`Self::sign_get`]'s would, without the bytes: a signature holds for one method.
    pub(crate) async fn sign_head(
        &self,
        place: &Place,
        shown: Shown<'_>,
        from: Timestamp,
        seconds: i64,
    ) -> Result<String, Failure> {
        let request = self.clients().await.public.head_object().bucket(&place.bucket).key(&place.key);
        let request = request
            .response_content_type(shown.content_type)
            .response_content_disposition(shown.disposition)
            .response_cache_control(shown.cache_control);
        let signed = request.presigned(valid(from, seconds)?).await.map_err(|error| failed("sign", &error))?;
        Ok(signed.uri().to_owned())
    }
}

fn valid(from: Timestamp, seconds: i64) -> Result<PresigningConfig, Failure> {
    let (start, life) = (moment(from), Duration::from_secs(u64::try_from(seconds).unwrap_or_default()));
    let config = PresigningConfig::builder().start_time(start).expires_in(life).build();
    config.map_err(|_| Failure::Broken("a signed request would live for more than a week"))
}

/// Signatures know whole seconds.
fn moment(at: Timestamp) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(u64::try_from(at.seconds()).unwrap_or_default())
}

fn length(size: u64) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX)
}

fn signed_put(request: &PresignedRequest, expires_at: Timestamp) -> SignedPut {
    let headers = request.headers().map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
    SignedPut { url: request.uri().to_owned(), headers, expires_at }
}
