//! Looking into pictures: slow work that must not stand in the way of anything else.

use crate::failure::Failure;
use aws_lc_rs::digest;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::albums::Exif;
use images::{ImageError, Limits, Rendered};
use std::sync::Arc;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    task::spawn_blocking,
};

/// Pictures that are looked into at the same time: each may take a gigabyte.
const AT_ONCE: usize = 2;

/// What came of a picture.
#[derive(Debug)]
pub(super) struct Picture {
    /// In pixels, upright.
    pub(super) sides: (u32, u32),
    /// As its headers say.
    pub(super) content_type: &'static str,
    /// The same picture without what tells of its maker and place; none when it was not asked for.
    pub(super) cleaned: Option<Vec<u8>>,
    /// Of the bytes as they came, in base64.
    pub(super) sha256: String,
    /// What the camera wrote.
    pub(super) exif: Exif,
}

/// Looks into pictures, a few at a time. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Pictures(Arc<Semaphore>);

impl Default for Pictures {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Pictures {
    /// Waits until another picture may be looked into: before its bytes are fetched, which take memory too.
    pub(super) async fn turn(&self) -> Turn {
        Turn { _permit: self.0.clone().acquire_owned().await.ok() }
    }
}

/// The right to look into one picture.
#[derive(Debug)]
pub(super) struct Turn {
    /// None when the process is ending.
    _permit: Option<OwnedSemaphorePermit>,
}

impl Turn {
    /// Whether the bytes are a whole picture; with `clean`, also the same without its metadata.
    pub(super) async fn look(self, bytes: Vec<u8>, clean: bool) -> Result<Result<Picture, ImageError>, Failure> {
        self.work(move || {
            let found = images::inspect(&bytes, &Limits::default())?;
            images::verify(&bytes, &Limits::default())?;
            let cleaned = clean.then(|| images::without_metadata(&bytes)).transpose()?;
            Ok(Picture {
                sides: (found.width, found.height),
                content_type: found.format.media_type(),
                cleaned,
                sha256: STANDARD.encode(digest::digest(&digest::SHA256, &bytes)),
                exif: exif(found.exif),
            })
        })
        .await
    }

    /// Its thumbnails.
    pub(super) async fn render(
        self,
        bytes: Vec<u8>,
        bounds: &'static [u32],
    ) -> Result<Result<Rendered, ImageError>, Failure> {
        self.work(move || images::render(&bytes, bounds, &Limits::default())).await
    }

    /// The turn ends with the work, also when nobody waits for it any more.
    async fn work<T: Send + 'static>(
        self,
        work: impl FnOnce() -> Result<T, ImageError> + Send + 'static,
    ) -> Result<Result<T, ImageError>, Failure> {
        let outcome = spawn_blocking(move || {
            let _turn = self;
            work()
        });
        outcome.await.map_err(|_| Failure::Broken("looking into a picture was stopped"))
    }
}

fn exif(found: images::Exif) -> Exif {
    let offset = found.taken_at_offset.unwrap_or_default();
    Exif {
        make: found.camera_make,
        model: found.camera_model,
        lens: found.lens,
        exposure_time: found.exposure_time,
        f_number: found.f_number,
        iso: found.iso,
        focal_length: found.focal_length,
        taken_at: found.taken_at.map(|clock| clock + &offset),
        latitude: found.latitude,
        longitude: found.longitude,
        altitude: found.altitude,
    }
}
