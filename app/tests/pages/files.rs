//! Made-up files behind the domain's trait.

use crate::people::Fakes;
use async_trait::async_trait;
use domain::{
    ApiError, Viewer,
    uploads::{CompletedPart, NewUpload, PartChecksum, SignedGet, SignedPart, Upload, Uploads},
};
use uuid::Uuid;

/// The pages never upload by themselves.
#[async_trait]
impl Uploads for Fakes {
    async fn start(&self, _: &Viewer, _: NewUpload) -> Result<Upload, ApiError> {
        Err(ApiError::internal())
    }

    async fn upload(&self, _: &Viewer, _: Uuid) -> Result<Upload, ApiError> {
        Err(ApiError::not_found("There is no such upload."))
    }

    async fn sign_parts(&self, _: &Viewer, _: Uuid, _: Vec<PartChecksum>) -> Result<Vec<SignedPart>, ApiError> {
        Err(ApiError::internal())
    }

    async fn complete(&self, _: &Viewer, _: Uuid, _: Vec<CompletedPart>) -> Result<Upload, ApiError> {
        Err(ApiError::internal())
    }

    async fn abort(&self, _: &Viewer, _: Uuid) -> Result<(), ApiError> {
        Ok(())
    }

    async fn media(&self, _: &Viewer, _: Uuid) -> Result<SignedGet, ApiError> {
        Err(ApiError::not_found("There is no such file."))
    }
}
