//! What becomes of files that an earlier visit has left, where no page is open that takes them.

use super::{
    Delivery, Item, Uploads,
    model::{TargetKind, UploadTarget},
};
use crate::{
    accounts::server_fns::set_avatar, albums::server_fns::add_photo, conversations::server_fns::set_picture,
    documents::server_fns::add_document,
};
use std::sync::Arc;
use uuid::Uuid;

/// Puts them where they belong.
pub(super) fn take(uploads: &Uploads) {
    for kind in [TargetKind::Album, TargetKind::Library, TargetKind::ProfilePicture, TargetKind::GroupPicture] {
        uploads.deliver_unless_said(kind, |item, upload| put(item, upload.upload_id));
    }
}

fn put(item: Arc<Item>, upload_id: Uuid) -> Delivery {
    Box::pin(async move {
        match item.target {
            UploadTarget::Album { album_id } => add_photo(album_id, upload_id).await.map(drop),
            UploadTarget::Library => add_document(upload_id).await.map(drop),
            UploadTarget::ProfilePicture => set_avatar(Some(upload_id)).await.map(drop),
            UploadTarget::GroupPicture { conversation_id } => {
                set_picture(conversation_id, Some(upload_id)).await.map(drop)
            }
            // The messages wait in the outbox, which takes them itself.
            UploadTarget::Message { .. } => Ok(()),
        }
    })
}
