//! An album, who may do what with it, and changing it.

use crate::{Timestamp, accounts::Person, uploads::Thumbnail};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// What a person may do with an album. Ordered: each may do what the ones before may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AlbumRole {
    /// Look and download.
    Viewer,
    /// Add photos, and change or delete the ones that they added.
    Editor,
    /// Everything.
    Owner,
}

/// A person with whom an album is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumMember {
    /// Who.
    #[serde(flatten)]
    pub person: Person,
    /// What they may do.
    pub role: AlbumRole,
}

/// A conversation with whose participants an album is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumConversation {
    /// Which.
    pub conversation_id: i64,
    /// Its title, or the names of its people, for the viewer; none for a viewer who is not in it.
    pub title: Option<String>,
    /// What its participants may do.
    pub role: AlbumRole,
}

/// What stands for an album in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumCover {
    /// The photo: the chosen one, or the first.
    pub photo_id: Uuid,
    /// In pixels, upright; of what has no preview, none.
    pub width: Option<u32>,
    /// In pixels, upright; of what has no preview, none.
    pub height: Option<u32>,
    /// What to show before it is there, as base64 of a thumbhash.
    pub thumbhash: Option<String>,
    /// Smaller ones, narrowest first.
    pub thumbnails: Vec<Thumbnail>,
}

/// An album as the viewer sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Album {
    /// Names it.
    pub id: Uuid,
    /// Its title.
    pub title: String,
    /// What it is about; empty when nothing was written.
    pub description: String,
    /// Whose it is.
    pub owner: Person,
    /// What the viewer may do.
    pub role: AlbumRole,
    /// The picture of it; none while it is empty.
    pub cover: Option<AlbumCover>,
    /// Photos in it.
    pub photo_count: i64,
    /// With whom it is shared, in the order of sharing.
    pub members: Vec<AlbumMember>,
    /// With which conversations it is shared.
    pub conversations: Vec<AlbumConversation>,
    /// When it was made.
    pub created_at: Timestamp,
    /// When its title, description, cover or photos were last changed.
    pub updated_at: Timestamp,
}

/// Albums, last changed first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumList {
    /// The albums.
    pub albums: Vec<Album>,
    /// Where the list goes on.
    pub next: Option<String>,
}

/// An album to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAlbum {
    /// 1 to [`TITLE_MAX`](super::TITLE_MAX) code points in one line.
    pub title: String,
    /// At most [`DESCRIPTION_MAX`](super::DESCRIPTION_MAX) code points.
    #[serde(default)]
    pub description: String,
}

/// What to change of an album. A field left out stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumChange {
    /// As for [`NewAlbum`].
    #[serde(default)]
    pub title: Option<String>,
    /// As for [`NewAlbum`].
    #[serde(default)]
    pub description: Option<String>,
    /// A photo of the album.
    #[serde(default)]
    pub cover_photo_id: Option<Uuid>,
}

/// With whom to share an album.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ShareWith {
    /// A person, by their sub.
    Person(String),
    /// The participants of a conversation of the viewer, whoever they are at the time.
    Conversation(i64),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_do_what_lesser_ones_may() {
        assert!(AlbumRole::Owner > AlbumRole::Editor && AlbumRole::Editor > AlbumRole::Viewer);
    }
}
