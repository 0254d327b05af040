//! Uploads in parts.

use super::{Objects, Place, failed};
use crate::failure::Failure;
use aws_sdk_s3::{
    error::{ProvideErrorMetadata, SdkError},
    types::{ChecksumAlgorithm, CompletedMultipartUpload, CompletedPart},
};

/// A part that the store has.
#[derive(Clone, Debug)]
pub(crate) struct ListedPart {
    pub(crate) number: u32,
    pub(crate) size: u64,
    /// As the store writes it, in quotes.
    pub(crate) etag: String,
    /// SHA-256 in base64, of a part that was sent with it.
    pub(crate) sha256: Option<String>,
}

/// Why parts are not there.
#[derive(Debug)]
pub(crate) enum PartsError {
    /// The store knows no such upload: it is finished or thrown away.
    Gone,
    /// The store is not content with what it was told of the parts.
    Refused,
    /// Anything else.
    Failed(Failure),
}

impl From<Failure> for PartsError {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// `AccessDenied` is what s3s-fs says of an upload that it does not know.
const GONE: [&str; 2] = ["NoSuchUpload", "AccessDenied"];
const REFUSED: [&str; 5] = ["InvalidPart", "InvalidPartOrder", "EntityTooSmall", "BadDigest", "InvalidRequest"];

fn error<E, R>(what: &str, error: &SdkError<E, R>) -> PartsError
where
    SdkError<E, R>: std::error::Error,
    E: ProvideErrorMetadata,
{
    match error.as_service_error().and_then(|error| error.code()) {
        Some(code) if GONE.contains(&code) => PartsError::Gone,
        Some(code) if REFUSED.contains(&code) => PartsError::Refused,
        _ => PartsError::Failed(failed(what, error)),
    }
}

impl Objects {
    /// Begins an upload in parts and gives the store's name of it. With `checksummed`, every part must come with its
    /// SHA-256; without, none may.
    pub(crate) async fn begin_parts(
        &self,
        place: &Place,
        content_type: &str,
        checksummed: bool,
    ) -> Result<String, Failure> {
        let request = self.client().await.create_multipart_upload().bucket(&place.bucket).key(&place.key);
        let request =
            request.content_type(content_type).set_checksum_algorithm(checksummed.then_some(ChecksumAlgorithm::Sha256));
        let begun = request.send().await.map_err(|error| failed("create multipart", &error))?;
        begun.upload_id.ok_or(Failure::Broken("the object store began an upload without a name"))
    }

    /// The parts that have arrived, in order.
    pub(crate) async fn list_parts(&self, place: &Place, multipart_id: &str) -> Result<Vec<ListedPart>, PartsError> {
        let client = self.client().await;
        let (mut parts, mut marker) = (Vec::new(), None::<String>);
        loop {
            let request = client.list_parts().bucket(&place.bucket).key(&place.key).upload_id(multipart_id);
            let page = request.set_part_number_marker(marker).send().await;
            let page = page.map_err(|cause| error("list parts", &cause))?;
            parts.extend(page.parts().iter().filter_map(|part| {
                Some(ListedPart {
                    number: u32::try_from(part.part_number()?).ok()?,
                    size: u64::try_from(part.size()?).ok()?,
                    etag: part.e_tag()?.to_owned(),
                    sha256: part.checksum_sha256().map(str::to_owned),
                })
            }));
            marker = page.next_part_number_marker().filter(|_| page.is_truncated() == Some(true)).map(str::to_owned);
            if marker.is_none() {
                parts.sort_by_key(|part| part.number);
                return Ok(parts);
            }
        }
    }

    /// Makes one object of the parts.
    pub(crate) async fn complete_parts(
        &self,
        place: &Place,
        multipart_id: &str,
        parts: &[ListedPart],
    ) -> Result<(), PartsError> {
        let parts = parts.iter().map(|part| {
            CompletedPart::builder()
                .part_number(i32::try_from(part.number).unwrap_or(i32::MAX))
                .e_tag(&part.etag)
                .set_checksum_sha256(part.sha256.clone())
                .build()
        });
        let whole = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
        let request = self.client().await.complete_multipart_upload().bucket(&place.bucket).key(&place.key);
        let sent = request.upload_id(multipart_id).multipart_upload(whole).send().await;
        sent.map(drop).map_err(|cause| error("complete multipart", &cause))
    }

    /// Throws the parts away; again changes nothing.
    pub(crate) async fn abort_parts(&self, place: &Place, multipart_id: &str) -> Result<(), Failure> {
        let request = self.client().await.abort_multipart_upload().bucket(&place.bucket).key(&place.key);
        match request.upload_id(multipart_id).send().await.map_err(|cause| error("abort multipart", &cause)) {
            Ok(_) | Err(PartsError::Gone) => Ok(()),
            Err(PartsError::Refused) => Err(Failure::Broken("the object store does not let an upload be thrown away")),
            Err(PartsError::Failed(failure)) => Err(failure),
        }
    }

    /// Throws away whatever was ever begun under the key, where the store can tell; we may have missed its name.
    pub(crate) async fn abort_all_parts(&self, place: &Place) -> Result<(), Failure> {
        let request = self.client().await.list_multipart_uploads().bucket(&place.bucket).prefix(&place.key);
        let Ok(found) = request.send().await else { return Ok(()) };
        for upload in found.uploads().iter().filter(|upload| upload.key() == Some(&place.key)) {
            if let Some(id) = upload.upload_id() {
                self.abort_parts(place, id).await?;
            }
        }
        Ok(())
    }
}
