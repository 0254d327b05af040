//! The forms of answers for the OpenAPI document. The answers themselves are `domain`'s types, written as they are.

#![expect(dead_code, reason = "documents the types of `domain::albums`")]

use utoipa::ToSchema;
use uuid::Uuid;

/// An album as the caller sees it.
#[derive(Debug, ToSchema)]
pub(super) struct Album {
    id: Uuid,
    title: String,
    /// Empty when nothing was written.
    description: String,
    owner: AlbumPerson,
    /// What the caller may do.
    role: AlbumRole,
    /// The chosen photo, or the first; null while the album is empty.
    #[schema(required = true)]
    cover: Option<AlbumCover>,
    #[schema(minimum = 0)]
    photo_count: i64,
    /// With whom it is shared, in the order of sharing.
    members: Vec<AlbumMember>,
    conversations: Vec<AlbumConversation>,
    #[schema(format = DateTime)]
    created_at: String,
    /// When its title, description, cover or photos were last changed.
    #[schema(format = DateTime)]
    updated_at: String,
}

/// Look; also add photos, and change or delete those; everything.
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum AlbumRole {
    Viewer,
    Editor,
    Owner,
}

/// A person as others see them.
#[derive(Debug, ToSchema)]
pub(super) struct AlbumPerson {
    /// The identity provider's name for the person.
    sub: String,
    display_name: String,
    /// Address of the profile picture.
    #[schema(required = true)]
    avatar_url: Option<String>,
}

/// Somebody with whom an album is shared.
#[derive(Debug, ToSchema)]
pub(super) struct AlbumMember {
    sub: String,
    display_name: String,
    #[schema(required = true)]
    avatar_url: Option<String>,
    role: AlbumRole,
}

/// A conversation with whose participants an album is shared.
#[derive(Debug, ToSchema)]
pub(super) struct AlbumConversation {
    #[schema(minimum = 1)]
    conversation_id: i64,
    /// Its title, or the names of its people; null for a caller who is not in it.
    #[schema(required = true)]
    title: Option<String>,
    role: AlbumRole,
}

/// What stands for an album.
#[derive(Debug, ToSchema)]
pub(super) struct AlbumCover {
    photo_id: Uuid,
    /// In pixels, upright; null without a preview.
    #[schema(required = true)]
    width: Option<u32>,
    #[schema(required = true)]
    height: Option<u32>,
    /// To show before it is there, in base64.
    #[schema(required = true)]
    thumbhash: Option<String>,
    thumbnails: Vec<PhotoThumbnail>,
}

/// A smaller picture.
#[derive(Debug, ToSchema)]
pub(super) struct PhotoThumbnail {
    width: u32,
    height: u32,
    /// Leads to it.
    url: String,
}

/// A photo.
#[derive(Debug, ToSchema)]
pub(super) struct Photo {
    id: Uuid,
    album_id: Uuid,
    /// Empty when none was given.
    title: String,
    description: String,
    /// In alphabetical order.
    tags: Vec<String>,
    added_by: AlbumPerson,
    /// Whether the caller may change and delete it.
    may_change: bool,
    #[schema(format = DateTime)]
    created_at: String,
    /// When its title, description or tags were last changed.
    #[schema(format = DateTime)]
    updated_at: String,
    /// From the camera's clock, else when it was added.
    #[schema(format = DateTime)]
    taken_at: String,
    preview: PhotoPreview,
    /// Names the original's file.
    object_id: Uuid,
    filename: String,
    content_type: String,
    /// In bytes.
    size: u64,
    /// In pixels, upright.
    #[schema(nullable = false)]
    width: Option<u32>,
    #[schema(nullable = false)]
    height: Option<u32>,
    /// Leads to the original.
    url: String,
    /// To show before it is there, in base64.
    #[schema(nullable = false)]
    thumbhash: Option<String>,
    /// Narrowest first; none until they are made.
    thumbnails: Vec<PhotoThumbnail>,
    exif: Exif,
}

/// Whether a photo can be shown: not yet, yes, or never (the original can be downloaded).
#[derive(Debug, ToSchema)]
#[schema(rename_all = "snake_case")]
pub(super) enum PhotoPreview {
    Processing,
    Ready,
    None,
}

/// What the camera wrote into the original.
#[derive(Debug, ToSchema)]
pub(super) struct Exif {
    #[schema(nullable = false)]
    make: Option<String>,
    #[schema(nullable = false)]
    model: Option<String>,
    #[schema(nullable = false)]
    lens: Option<String>,
    /// In seconds: `1/250`.
    #[schema(nullable = false)]
    exposure_time: Option<String>,
    #[schema(nullable = false)]
    f_number: Option<f64>,
    #[schema(nullable = false)]
    iso: Option<u32>,
    /// In millimetres.
    #[schema(nullable = false)]
    focal_length: Option<f64>,
    /// By the camera's clock, with its offset where the camera knew it.
    #[schema(nullable = false)]
    taken_at: Option<String>,
    /// In degrees, north positive.
    #[schema(nullable = false)]
    latitude: Option<f64>,
    /// In degrees, east positive.
    #[schema(nullable = false)]
    longitude: Option<f64>,
    /// In metres above the sea.
    #[schema(nullable = false)]
    altitude: Option<f64>,
}

/// What a gallery must know of a photo to lay it out.
#[derive(Debug, ToSchema)]
pub(super) struct PhotoTile {
    id: Uuid,
    /// In pixels, upright; a square where it is not known.
    width: u32,
    height: u32,
    #[schema(nullable = false)]
    thumbhash: Option<String>,
    /// The title, or the file name.
    label: String,
    preview: PhotoPreview,
    #[schema(required = false)]
    thumbnails: Vec<PhotoThumbnail>,
}

/// A tag and how many photos that the caller sees have it.
#[derive(Debug, ToSchema)]
pub(super) struct TagCount {
    tag: String,
    #[schema(minimum = 1)]
    count: i64,
}
