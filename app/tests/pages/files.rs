//! Made-up files behind the domain's trait: there are none.

use crate::people::Fakes;
use async_trait::async_trait;
use domain::{
    ApiError, Viewer,
    uploads::{CompletedPart, NewUpload, PartChecksum, SignedGet, SignedPart, Upload, Uploads},
};
use uuid::Uuid;

fn nothing<T>() -> Result<T, ApiError> {
    Err(ApiError::not_found("There is no such file."))
}

#[async_trait]
impl Uploads for Fakes {
    async fn start(&self, _: &Viewer, _: NewUpload) -> Result<Upload, ApiError> {
        nothing()
    }

    async fn upload(&self, _: &Viewer, _: Uuid) -> Result<Upload, ApiError> {
        nothing()
    }

    async fn sign_parts(&self, _: &Viewer, _: Uuid, _: Vec<PartChecksum>) -> Result<Vec<SignedPart>, ApiError> {
        nothing()
    }

    async fn complete(&self, _: &Viewer, _: Uuid, _: Vec<CompletedPart>) -> Result<Upload, ApiError> {
        nothing()
    }

    async fn abort(&self, _: &Viewer, _: Uuid) -> Result<(), ApiError> {
        nothing()
    }

    async fn media(&self, _: &Viewer, _: Uuid) -> Result<SignedGet, ApiError> {
        nothing()
    }
}
