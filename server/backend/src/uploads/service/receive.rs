//! A file that arrives through this server instead of going straight to the store.

use super::{UploadService, no_upload, store};
use crate::failure::Failure;
use domain::{
    ApiError, Viewer,
    uploads::{NewUpload, Upload, UploadPurpose},
};
use tempfile::TempPath;
use tokio::{fs::File, io::AsyncWriteExt as _};

/// A file on this machine's disk, which goes when this is dropped.
#[derive(Debug)]
pub(crate) struct Received {
    /// As its sender calls it.
    pub(crate) filename: String,
    /// What its sender takes it for.
    pub(crate) content_type: String,
    /// Bytes written so far.
    pub(crate) size: u64,
    file: File,
    path: TempPath,
}

impl Received {
    /// An empty one.
    ///
    /// # Errors
    /// `unavailable` when the disk takes no file.
    pub(crate) async fn new(filename: String, content_type: String) -> Result<Self, ApiError> {
        let made = tokio::task::spawn_blocking(tempfile::NamedTempFile::new).await;
        let (file, path) = match made {
            Ok(Ok(made)) => made.into_parts(),
            failed => {
                tracing::error!(cause = ?failed.err(), "a temporary file cannot be made");
                return Err(ApiError::unavailable("There is no room for the file at the moment. Try again later."));
            }
        };
        Ok(Self { filename, content_type, size: 0, file: File::from_std(file), path })
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// `unavailable` when the disk takes no more.
    pub(crate) async fn write(&mut self, bytes: &[u8]) -> Result<(), ApiError> {
        self.size += bytes.len() as u64;
        self.file.write_all(bytes).await.map_err(|error| full(&error))
    }

    /// Makes sure that all of it can be read. Call it when everything is written.
    ///
    /// # Errors
    /// `unavailable` when the disk takes no more.
    pub(crate) async fn finish(&mut self) -> Result<(), ApiError> {
        self.file.flush().await.map_err(|error| full(&error))
    }
}

impl UploadService {
    /// Puts a whole file into the store and completes its upload, with every check of one that a browser sends.
    ///
    /// # Errors
    /// As for starting and completing an upload.
    pub(crate) async fn receive(
        &self,
        viewer: &Viewer,
        purpose: UploadPurpose,
        received: Received,
    ) -> Result<Upload, ApiError> {
        Ok(self.pass_on(viewer, purpose, received).await?)
    }

    async fn pass_on(&self, viewer: &Viewer, purpose: UploadPurpose, received: Received) -> Result<Upload, Failure> {
        let Received { filename, content_type, size, file, path } = received;
        let id = self.announce(viewer, &NewUpload { purpose, filename, content_type, size, sha256: None }).await?;
        let row = store::upload(&mut self.db.read().await?, id, viewer.account_id).await?.ok_or_else(no_upload)?;
        drop(file);
        self.objects.put_file(&row.place(), &row.content_type, &path).await?;
        self.finish(viewer, id, &[]).await
    }
}

fn full(error: &std::io::Error) -> ApiError {
    tracing::error!(cause = %error, "a file that arrives cannot be kept");
    ApiError::unavailable("There is no room for the file at the moment. Try again later.")
}
