//! Made-up albums behind the domain's trait: what is in them tries to leave its place.

use crate::people::{Fakes, HOSTILE, is_unlucky, sub};
use async_trait::async_trait;
use domain::{
    ApiError, FieldError, Timestamp, Viewer,
    accounts::Person,
    albums::{
        AddedPhoto, Album, AlbumChange, AlbumConversation, AlbumCover, AlbumList, AlbumMember, AlbumRole, Albums, Exif,
        NewAlbum, NewPhoto, Part, Photo, PhotoChange, PhotoList, PhotoSort, PhotoTile, Preview, ShareWith, TITLE_MAX,
        TagCount, checked_tags,
    },
    text,
    uploads::{StoredFile, Thumbnail},
};
use uuid::Uuid;

/// The viewer's own, in which everything is hostile; it has more photos than a page shows.
pub(crate) const MINE: Uuid = Uuid::from_u128(1);
/// Somebody else's, which the viewer may only look at.
pub(crate) const THEIRS: Uuid = Uuid::from_u128(2);
/// The viewer's own, with nothing in it.
pub(crate) const EMPTY: Uuid = Uuid::from_u128(3);
/// Photos of [`MINE`].
pub(crate) const COUNT: u128 = 120;
/// The first photo of [`MINE`].
pub(crate) const FIRST: Uuid = photo_id(0);

pub(crate) const fn photo_id(place: u128) -> Uuid {
    Uuid::from_u128(1_000 + place)
}

fn person(name: &str) -> Person {
    Person { sub: sub(name), display_name: HOSTILE.into(), avatar_url: None, email: None }
}

fn thumbnails() -> Vec<Thumbnail> {
    let one = |width, height| Thumbnail { width, height, url: format!("/media/{HOSTILE}/{width}") };
    vec![one(320, 240), one(1_280, 960)]
}

fn album(id: Uuid) -> Album {
    let is_mine = id != THEIRS;
    let cover = AlbumCover {
        photo_id: FIRST,
        width: Some(1_600),
        height: Some(1_200),
        thumbhash: Some("1QcSHQRnh493V4dIh4eXh1h4kJUI".into()),
        thumbnails: thumbnails(),
    };
    let conversation = AlbumConversation { conversation_id: 5, title: Some(HOSTILE.into()), role: AlbumRole::Viewer };
    Album {
        id,
        title: HOSTILE.into(),
        description: HOSTILE.into(),
        owner: person(if is_mine { "viewer" } else { "ben" }),
        role: if is_mine { AlbumRole::Owner } else { AlbumRole::Viewer },
        cover: (id != EMPTY).then_some(cover),
        photo_count: if id == EMPTY { 0 } else { i64::try_from(COUNT).unwrap() },
        members: vec![AlbumMember { person: person(if is_mine { "cem" } else { "viewer" }), role: AlbumRole::Viewer }],
        conversations: vec![conversation],
        created_at: Timestamp::from_seconds(0),
        updated_at: Timestamp::from_seconds(0),
    }
}

fn found(viewer: &Viewer, id: Uuid) -> Result<Album, ApiError> {
    if is_unlucky(viewer) {
        return Err(ApiError::internal());
    }
    if [MINE, THEIRS, EMPTY].contains(&id) {
        Ok(album(id))
    } else {
        Err(ApiError::not_found("There is no such album."))
    }
}

fn file() -> StoredFile {
    StoredFile {
        object_id: Uuid::from_u128(7),
        filename: format!("{HOSTILE}.jpg"),
        content_type: "image/jpeg".into(),
        size: 4_200_000,
        width: Some(1_600),
        height: Some(1_200),
        url: format!("/media/{HOSTILE}"),
        thumbhash: None,
        thumbnails: thumbnails(),
    }
}

fn photo(id: Uuid) -> Photo {
    let exif = Exif {
        make: Some(HOSTILE.into()),
        f_number: Some(2.8),
        taken_at: Some(HOSTILE.into()),
        latitude: Some(48.2),
        longitude: Some(16.37),
        ..Exif::default()
    };
    Photo {
        id,
        album_id: MINE,
        title: HOSTILE.into(),
        description: HOSTILE.into(),
        tags: vec![HOSTILE.to_lowercase(), "zoo".into()],
        added_by: person("viewer"),
        may_change: true,
        created_at: Timestamp::from_seconds(0),
        updated_at: Timestamp::from_seconds(0),
        taken_at: Timestamp::from_seconds(0),
        preview: Preview::Ready,
        file: file(),
        exif,
    }
}

fn photo_of(viewer: &Viewer, id: Uuid) -> Result<Photo, ApiError> {
    found(viewer, MINE)?;
    let is_there = (0..COUNT).any(|place| photo_id(place) == id);
    if is_there { Ok(photo(id)) } else { Err(ApiError::not_found("There is no such photo.")) }
}

fn tile(place: u128) -> PhotoTile {
    let preview = match place {
        1 => Preview::Processing,
        2 => Preview::None,
        _ => Preview::Ready,
    };
    PhotoTile {
        id: photo_id(place),
        width: 1_600,
        height: 1_200,
        thumbhash: Some("1QcSHQRnh493V4dIh4eXh1h4kJUI".into()),
        label: if place == 2 { "scan.cr2".into() } else { format!("{place} {HOSTILE}") },
        preview,
        thumbnails: if preview == Preview::Ready { thumbnails() } else { Vec::new() },
    }
}

fn titled(title: &str) -> Result<(), ApiError> {
    text::line("title", title, TITLE_MAX).map(drop).map_err(|error| ApiError::validation(vec![error]))
}

#[async_trait]
impl Albums for Fakes {
    async fn albums(&self, viewer: &Viewer, part: Part) -> Result<AlbumList, ApiError> {
        if is_unlucky(viewer) {
            return Err(ApiError::internal());
        }
        let albums = match part.query.as_deref() {
            Some("nothing") => Vec::new(),
            Some(_) => vec![album(MINE)],
            None => vec![album(MINE), album(THEIRS), album(EMPTY)],
        };
        Ok(AlbumList { albums, next: part.after.is_none().then(|| HOSTILE.to_owned()) })
    }

    async fn album(&self, viewer: &Viewer, id: Uuid) -> Result<Album, ApiError> {
        found(viewer, id)
    }

    async fn make(&self, _: &Viewer, new: NewAlbum) -> Result<Album, ApiError> {
        titled(&new.title)?;
        Ok(album(EMPTY))
    }

    async fn change(&self, viewer: &Viewer, id: Uuid, change: AlbumChange) -> Result<Album, ApiError> {
        change.title.as_deref().map_or(Ok(()), titled)?;
        found(viewer, id)
    }

    async fn delete(&self, viewer: &Viewer, id: Uuid) -> Result<(), ApiError> {
        found(viewer, id).map(drop)
    }

    async fn restore(&self, viewer: &Viewer, id: Uuid) -> Result<Album, ApiError> {
        found(viewer, id)
    }

    async fn share(&self, viewer: &Viewer, id: Uuid, with: ShareWith, _: AlbumRole) -> Result<Album, ApiError> {
        if with == ShareWith::Person("nobody".into()) {
            let error = FieldError::body("sub", "unknown", "There is no such person.");
            return Err(ApiError::validation(vec![error]));
        }
        found(viewer, id)
    }

    async fn unshare(&self, viewer: &Viewer, id: Uuid, _: ShareWith) -> Result<(), ApiError> {
        found(viewer, id).map(drop)
    }

    async fn photos(&self, viewer: &Viewer, id: Uuid, _: PhotoSort, part: Part) -> Result<PhotoList, ApiError> {
        found(viewer, id)?;
        Ok(PhotoList { photos: vec![photo(FIRST)], next: part.after })
    }

    async fn tiles(&self, viewer: &Viewer, id: Uuid, _: PhotoSort) -> Result<Vec<PhotoTile>, ApiError> {
        found(viewer, id)?;
        Ok(if id == EMPTY { Vec::new() } else { (0..COUNT).map(tile).collect() })
    }

    async fn find_photos(&self, viewer: &Viewer, part: Part) -> Result<PhotoList, ApiError> {
        found(viewer, MINE)?;
        let photos = if part.query.as_deref() == Some("nothing") { Vec::new() } else { vec![photo(FIRST)] };
        Ok(PhotoList { photos, next: Some(HOSTILE.into()) })
    }

    async fn photo(&self, viewer: &Viewer, id: Uuid) -> Result<Photo, ApiError> {
        photo_of(viewer, id)
    }

    async fn add_photo(&self, viewer: &Viewer, id: Uuid, _: NewPhoto) -> Result<AddedPhoto, ApiError> {
        found(viewer, id)?;
        Ok(AddedPhoto { photo: photo(FIRST), created: false })
    }

    async fn change_photos(
        &self,
        viewer: &Viewer,
        ids: Vec<Uuid>,
        change: PhotoChange,
    ) -> Result<Vec<Photo>, ApiError> {
        let tags = change.tags.unwrap_or_default();
        checked_tags("tags", &tags).map_err(|error| ApiError::validation(vec![error]))?;
        ids.into_iter().map(|id| photo_of(viewer, id)).collect()
    }

    async fn delete_photos(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), ApiError> {
        ids.into_iter().try_for_each(|id| photo_of(viewer, id).map(drop))
    }

    async fn restore_photos(&self, viewer: &Viewer, ids: Vec<Uuid>) -> Result<(), ApiError> {
        ids.into_iter().try_for_each(|id| photo_of(viewer, id).map(drop))
    }

    async fn move_photos(&self, viewer: &Viewer, _: Vec<Uuid>, to: Uuid) -> Result<(), ApiError> {
        found(viewer, to).map(drop)
    }

    async fn copy_photos(&self, viewer: &Viewer, _: Vec<Uuid>, to: Uuid) -> Result<(), ApiError> {
        found(viewer, to).map(drop)
    }

    async fn tags(&self, _: &Viewer, beginning: &str) -> Result<Vec<TagCount>, ApiError> {
        Ok(vec![TagCount { tag: format!("{beginning}{HOSTILE}"), count: 3 }])
    }
}
