//! Addresses of the pages about albums, and of the files that REST serves.

use crate::paths::percent_encoded;
use uuid::Uuid;

/// The list.
pub const LIST: &str = "/albums";
/// Where an album is made.
pub const NEW: &str = "/albums/new";
/// Where a form with photos' ids is answered with a zip.
pub const DOWNLOAD_PHOTOS: &str = "/api/photos/download";

/// An album.
#[must_use]
pub fn album(id: Uuid) -> String {
    format!("{LIST}/{id}")
}

/// An album in an order of its own.
#[must_use]
pub fn sorted(id: Uuid, sort: &str) -> String {
    format!("{LIST}/{id}?sort={sort}")
}

/// Title and description of an album, and the end of it.
#[must_use]
pub fn edit(id: Uuid) -> String {
    format!("{LIST}/{id}/edit")
}

/// With whom an album is shared.
#[must_use]
pub fn sharing(id: Uuid) -> String {
    format!("{LIST}/{id}/sharing")
}

/// A photo in its album; `query` is the album's own, with its question mark.
#[must_use]
pub fn photo(album_id: Uuid, photo_id: Uuid, query: &str) -> String {
    format!("{LIST}/{album_id}/photos/{photo_id}{query}")
}

/// Albums and photos with these words.
#[must_use]
pub fn search(query: &str) -> String {
    format!("{LIST}?query={}", percent_encoded(query))
}

/// The zip of an album.
#[must_use]
pub fn download(id: Uuid) -> String {
    format!("/api/albums/{id}/download")
}

/// The list after an album was deleted by a plain form: it offers the way back.
#[must_use]
pub fn after_deleting_album(id: Uuid) -> String {
    format!("{LIST}?deleted={id}")
}

/// The album after one of its photos was deleted by a plain form: it offers the way back.
#[must_use]
pub fn after_deleting_photo(album_id: Uuid, photo_id: Uuid) -> String {
    format!("{LIST}/{album_id}?deleted={photo_id}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_stays_one_parameter() {
        assert_eq!(search("a&b=日"), "/albums?query=a%26b%3D%E6%97%A5");
    }

    #[test]
    fn a_photo_keeps_the_order_of_its_album() {
        let nil = "00000000-0000-0000-0000-000000000000";
        assert_eq!(photo(Uuid::nil(), Uuid::nil(), "?sort=title"), format!("/albums/{nil}/photos/{nil}?sort=title"));
    }
}
