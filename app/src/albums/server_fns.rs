//! What the pages ask about albums and photos. Checks and permissions are the service's.

use super::model::{Added, KnownPhoto, Tiles};
#[cfg(feature = "ssr")]
use crate::{
    albums::{model::tags, paths},
    ssr,
};
use crate::{error::Failure, json_text::JsonText};
use domain::albums::{Album, AlbumList, AlbumRole, Photo, PhotoList, PhotoSort, TagCount};
#[cfg(feature = "ssr")]
use domain::{
    ApiError, FieldError,
    albums::{AlbumChange, NewAlbum, NewPhoto, Part, PhotoChange, ShareWith},
};
use leptos::{prelude::*, server_fn::codec::GetUrl};
use uuid::Uuid;

/// Most albums and photos that a page shows at once without asking for more.
pub const PAGE: usize = 100;

/// The viewer's albums, last changed first.
#[server(prefix = "/fn", endpoint = "albums/list", input = GetUrl, output = JsonText)]
pub async fn list_albums(
    /// Words of a title or description; all albums without.
    query: Option<String>,
    /// Where an earlier part ended.
    after: Option<String>,
) -> Result<AlbumList, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.albums.albums(&viewer, part(query, after)).await?)
}

/// One album.
#[server(prefix = "/fn", endpoint = "albums/album", input = GetUrl, output = JsonText)]
pub async fn load_album(
    /// The album.
    id: Uuid,
) -> Result<Album, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.albums.album(&viewer, id).await?)
}

/// Makes an album.
#[server(prefix = "/fn", endpoint = "albums/make", output = JsonText)]
pub async fn make_album(
    /// Its title.
    title: String,
    /// What it is about.
    #[server(default)]
    description: String,
) -> Result<Album, Failure> {
    let album = ssr::services()?.albums.make(&ssr::viewer()?, NewAlbum { title, description }).await?;
    ssr::after_form(&paths::album(album.id));
    Ok(album)
}

/// Changes an album: what is left out stays.
#[server(prefix = "/fn", endpoint = "albums/change", output = JsonText)]
pub async fn change_album(
    /// The album.
    id: Uuid,
    /// Its title.
    title: Option<String>,
    /// What it is about.
    description: Option<String>,
    /// The photo that stands for it.
    cover_photo_id: Option<Uuid>,
) -> Result<Album, Failure> {
    let change = AlbumChange { title, description, cover_photo_id };
    let album = ssr::services()?.albums.change(&ssr::viewer()?, id, change).await?;
    ssr::after_form(&paths::album(id));
    Ok(album)
}

/// Deletes an album with its photos.
#[server(prefix = "/fn", endpoint = "albums/delete", output = JsonText)]
pub async fn delete_album(
    /// The album.
    id: Uuid,
) -> Result<(), Failure> {
    ssr::services()?.albums.delete(&ssr::viewer()?, id).await?;
    ssr::after_form(&paths::after_deleting_album(id));
    Ok(())
}

/// Takes the deletion of an album back.
#[server(prefix = "/fn", endpoint = "albums/restore", output = JsonText)]
pub async fn restore_album(
    /// The album.
    id: Uuid,
) -> Result<Album, Failure> {
    let album = ssr::services()?.albums.restore(&ssr::viewer()?, id).await?;
    ssr::after_form(&paths::album(id));
    Ok(album)
}

/// Shares an album with people and conversations, or changes what they may do.
#[server(prefix = "/fn", endpoint = "albums/share", output = JsonText)]
pub async fn share_album(
    /// The album.
    id: Uuid,
    /// The people.
    #[server(default)]
    participant_subs: Vec<String>,
    /// The conversations.
    #[server(default)]
    conversation_ids: Vec<i64>,
    /// What they may do.
    role: AlbumRole,
) -> Result<(), Failure> {
    let (viewer, service) = (ssr::viewer()?, ssr::services()?.albums);
    for with in sharers(participant_subs, conversation_ids)? {
        service.share(&viewer, id, with, role).await?;
    }
    ssr::after_form(&paths::sharing(id));
    Ok(())
}

/// Ends sharing an album with somebody, or leaves it.
#[server(prefix = "/fn", endpoint = "albums/unshare", output = JsonText)]
pub async fn unshare_album(
    /// The album.
    id: Uuid,
    /// The person.
    sub: Option<String>,
    /// The conversation.
    conversation_id: Option<i64>,
) -> Result<(), Failure> {
    let viewer = ssr::viewer()?;
    let leaves = sub.as_deref() == Some(viewer.sub.as_str());
    let with = sharers(sub, conversation_id)?.swap_remove(0);
    ssr::services()?.albums.unshare(&viewer, id, with).await?;
    ssr::after_form(&if leaves { paths::LIST.to_owned() } else { paths::sharing(id) });
    Ok(())
}

/// A part of an album's photos with all that is known of them.
#[server(prefix = "/fn", endpoint = "albums/photos", input = GetUrl, output = JsonText)]
pub async fn list_photos(
    /// The album.
    album_id: Uuid,
    /// Their order.
    sort: PhotoSort,
    /// Words that each must have.
    query: Option<String>,
    /// Where an earlier part ended.
    after: Option<String>,
) -> Result<PhotoList, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.albums.photos(&viewer, album_id, sort, part(query, after)).await?)
}

/// An album's photos for its gallery: the first ones, which a page brings along, or all.
#[server(prefix = "/fn", endpoint = "albums/tiles", input = GetUrl, output = JsonText)]
pub async fn load_tiles(
    /// The album.
    album_id: Uuid,
    /// Their order.
    sort: PhotoSort,
    /// Whether all are wanted.
    all: bool,
) -> Result<Tiles, Failure> {
    let viewer = ssr::viewer()?;
    let tiles = ssr::services()?.albums.tiles(&viewer, album_id, sort).await?;
    Ok(Tiles::new(tiles, if all { usize::MAX } else { PAGE }))
}

/// Photos of all albums, newest first.
#[server(prefix = "/fn", endpoint = "albums/find_photos", input = GetUrl, output = JsonText)]
pub async fn find_photos(
    /// Words that each must have.
    query: String,
    /// Where an earlier part ended.
    after: Option<String>,
) -> Result<PhotoList, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.albums.find_photos(&viewer, part(Some(query), after)).await?)
}

/// One photo.
#[server(prefix = "/fn", endpoint = "albums/photo", input = GetUrl, output = JsonText)]
pub async fn load_photo(
    /// The photo.
    id: Uuid,
) -> Result<Photo, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.albums.photo(&viewer, id).await?)
}

/// Puts an uploaded photo into an album.
#[server(prefix = "/fn", endpoint = "albums/add_photo", output = JsonText)]
pub async fn add_photo(
    /// The album.
    album_id: Uuid,
    /// The upload.
    upload_id: Uuid,
) -> Result<Added, Failure> {
    let new = NewPhoto { upload_id, title: String::new(), description: String::new(), tags: Vec::new() };
    let added = ssr::services()?.albums.add_photo(&ssr::viewer()?, album_id, new).await?;
    Ok(Added { id: added.photo.id, created: added.created })
}

/// Changes one photo, as its form says: what is still as the form was given it stays as others may have changed it.
#[server(prefix = "/fn", endpoint = "albums/change_photo", output = JsonText)]
pub async fn change_photo(
    /// The photo.
    id: Uuid,
    /// Its title.
    #[server(default)]
    title: String,
    /// What is to be said about it.
    #[server(default)]
    description: String,
    /// All its tags, with commas between them.
    #[server(default)]
    tags: String,
    /// What the form was given.
    known: Option<KnownPhoto>,
) -> Result<Photo, Failure> {
    let tags = tags::parse(&tags);
    // Browsers end the lines of a text area in their own way.
    let is_as_known = |written: &str, known: &str| written.lines().eq(known.lines());
    let known = known.as_ref();
    let change = PhotoChange {
        title: known.is_none_or(|known| !is_as_known(&title, &known.title)).then_some(title),
        description: known.is_none_or(|known| !is_as_known(&description, &known.description)).then_some(description),
        tags: known.is_none_or(|known| tags != tags::parse(&known.tags)).then_some(tags),
        ..PhotoChange::default()
    };
    let photos = ssr::services()?.albums.change_photos(&ssr::viewer()?, vec![id], change).await?;
    let photo = photos.into_iter().next().ok_or_else(|| ApiError::not_found("There is no such photo."))?;
    ssr::after_form(&paths::photo(photo.album_id, id, ""));
    Ok(photo)
}

/// Changes several photos: what is left out or empty stays.
#[server(prefix = "/fn", endpoint = "albums/change_photos", output = JsonText)]
pub async fn change_photos(
    /// The photos.
    #[server(default)]
    ids: Vec<Uuid>,
    /// The title of each.
    title: Option<String>,
    /// The description of each.
    description: Option<String>,
    /// Tags that each gets, with commas between them.
    #[server(default)]
    add_tags: String,
    /// Tags that each loses, with commas between them.
    #[server(default)]
    remove_tags: String,
) -> Result<(), Failure> {
    let change = PhotoChange {
        title: words(title),
        description: words(description),
        tags: None,
        add_tags: tags::parse(&add_tags),
        remove_tags: tags::parse(&remove_tags),
    };
    ssr::services()?.albums.change_photos(&ssr::viewer()?, ids, change).await?;
    Ok(())
}

/// Deletes photos.
#[server(prefix = "/fn", endpoint = "albums/delete_photos", output = JsonText)]
pub async fn delete_photos(
    /// The photos.
    #[server(default)]
    ids: Vec<Uuid>,
    /// The album to go on to.
    album_id: Option<Uuid>,
) -> Result<(), Failure> {
    ssr::services()?.albums.delete_photos(&ssr::viewer()?, ids.clone()).await?;
    if let (Some(album_id), Some(id)) = (album_id, ids.first()) {
        ssr::after_form(&paths::after_deleting_photo(album_id, *id));
    }
    Ok(())
}

/// Takes the deletion of photos back.
#[server(prefix = "/fn", endpoint = "albums/restore_photos", output = JsonText)]
pub async fn restore_photos(
    /// The photos.
    #[server(default)]
    ids: Vec<Uuid>,
    /// The album to go on to.
    album_id: Option<Uuid>,
) -> Result<(), Failure> {
    ssr::services()?.albums.restore_photos(&ssr::viewer()?, ids).await?;
    if let Some(album_id) = album_id {
        ssr::after_form(&paths::album(album_id));
    }
    Ok(())
}

/// Moves photos to another album.
#[server(prefix = "/fn", endpoint = "albums/move_photos", output = JsonText)]
pub async fn move_photos(
    /// The photos.
    #[server(default)]
    ids: Vec<Uuid>,
    /// The album.
    to: Uuid,
) -> Result<(), Failure> {
    ssr::services()?.albums.move_photos(&ssr::viewer()?, ids, to).await?;
    ssr::after_form(&paths::album(to));
    Ok(())
}

/// Puts photos into another album as well.
#[server(prefix = "/fn", endpoint = "albums/copy_photos", output = JsonText)]
pub async fn copy_photos(
    /// The photos.
    #[server(default)]
    ids: Vec<Uuid>,
    /// The album.
    to: Uuid,
) -> Result<(), Failure> {
    ssr::services()?.albums.copy_photos(&ssr::viewer()?, ids, to).await?;
    ssr::after_form(&paths::album(to));
    Ok(())
}

/// Tags that begin so, the most used first.
#[server(prefix = "/fn", endpoint = "albums/tags", input = GetUrl, output = JsonText)]
pub async fn find_tags(
    /// What was typed.
    beginning: String,
) -> Result<Vec<TagCount>, Failure> {
    let viewer = ssr::viewer()?;
    Ok(ssr::services()?.albums.tags(&viewer, &beginning).await?)
}

#[cfg(feature = "ssr")]
fn part(query: Option<String>, after: Option<String>) -> Part {
    Part { query: words(query), after: words(after), limit: i64::try_from(PAGE).unwrap_or(i64::MAX) }
}

/// A field that a form leaves empty says nothing.
#[cfg(feature = "ssr")]
fn words(text: Option<String>) -> Option<String> {
    text.filter(|text| !text.trim().is_empty())
}

/// Somebody at least.
#[cfg(feature = "ssr")]
fn sharers(
    subs: impl IntoIterator<Item = String>,
    conversation_ids: impl IntoIterator<Item = i64>,
) -> Result<Vec<ShareWith>, ApiError> {
    let people = subs.into_iter().map(ShareWith::Person);
    let all: Vec<_> = people.chain(conversation_ids.into_iter().map(ShareWith::Conversation)).collect();
    if all.is_empty() {
        let error = FieldError::body("participant_subs", "missing", "Choose somebody, or a conversation.");
        return Err(ApiError::validation(vec![error]));
    }
    Ok(all)
}
