//! Looking into pictures: slow work that must not stand in the way of anything else.

use crate::failure::Failure;
use domain::albums::Exif;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Pictures that are looked into at the same time: each may take a gigabyte.
const AT_ONCE: usize = 2;

/// What came of a picture.
#[derive(Debug)]
pub(super) struct Picture {
    /// In pixels, upright; none when its kind cannot be looked into.
    pub(super) sides: Option<(u32, u32)>,
    /// The same picture without what tells of its maker and place; none when nothing was taken out.
    pub(super) cleaned: Option<Vec<u8>>,
    /// What the camera wrote.
    pub(super) exif: Option<Exif>,
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
    /// Whether the bytes are a whole picture; with `clean`, without its metadata. A refusal is a sentence.
    pub(super) async fn look(self, _: Vec<u8>, _: bool) -> Result<Result<Picture, String>, Failure> {
        Ok(Ok(Picture { sides: None, cleaned: None, exif: None }))
    }
}
