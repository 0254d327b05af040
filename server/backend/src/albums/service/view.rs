//! Rows as the people concerned see them.

use super::{
    files::{self, Picture},
    store::{self, AlbumRow, MemberRow, PhotoRow, SharedConversationRow},
};
use crate::{access, conversations::store as conversations, failure::Failure, uploads::store::media_path};
use db::Connection;
use domain::{
    Timestamp, Viewer,
    accounts::{CANCELLED_NAME, Person},
    albums::{Album, AlbumConversation, AlbumCover, AlbumMember, AlbumRole, Exif, Photo, PhotoTile},
    id::Sub,
};
use std::collections::HashMap;
use uuid::Uuid;

/// The side of the square that stands for a picture whose size is not known.
const UNKNOWN_SIDE: u32 = 400;

/// The rows with their covers and with whom they are shared.
pub(super) async fn albums(c: &mut Connection, viewer: &Viewer, rows: Vec<AlbumRow>) -> Result<Vec<Album>, Failure> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut members: HashMap<Uuid, Vec<AlbumMember>> = HashMap::new();
    for row in store::members(c, &ids).await? {
        members.entry(row.album_id).or_default().push(member(row)?);
    }
    let mut conversations = shared_with(c, viewer, &ids).await?;
    let covers: Vec<Uuid> = rows.iter().filter_map(|row| row.cover_id).collect();
    let mut covers = cover_pictures(c, viewer, &covers).await?;
    rows.into_iter()
        .map(|row| {
            Ok(Album {
                id: row.id,
                title: row.title,
                description: row.description,
                owner: person(row.owner_sub, row.owner_name, row.owner_avatar_id)?,
                role: role(row.role)?,
                cover: row.cover_id.and_then(|photo| covers.remove(&photo)),
                photo_count: row.photo_count,
                members: members.remove(&row.id).unwrap_or_default(),
                conversations: conversations.remove(&row.id).unwrap_or_default(),
                created_at: Timestamp::from_micros(row.created_at),
                updated_at: Timestamp::from_micros(row.updated_at),
            })
        })
        .collect()
}

/// The conversations with which each album is shared.
pub(super) async fn shared_with(
    c: &mut Connection,
    viewer: &Viewer,
    albums: &[Uuid],
) -> Result<HashMap<Uuid, Vec<AlbumConversation>>, Failure> {
    let shared = store::shared_conversations(c, viewer.account_id, albums).await?;
    let names = names_of_untitled(c, viewer, &shared).await?;
    let mut conversations: HashMap<Uuid, Vec<AlbumConversation>> = HashMap::new();
    for row in shared {
        conversations.entry(row.album_id).or_default().push(conversation(row, &names)?);
    }
    Ok(conversations)
}

async fn cover_pictures(
    c: &mut Connection,
    viewer: &Viewer,
    photos: &[Uuid],
) -> Result<HashMap<Uuid, AlbumCover>, Failure> {
    let filter = store::PhotoFilter { ids: Some(photos), ..store::PhotoFilter::default() };
    let rows = store::photos(c, viewer.account_id, &filter).await?;
    let objects: Vec<Uuid> = rows.iter().map(|row| row.object_id).collect();
    let pictures = files::pictures(c, &objects).await?;
    let cover = |row: PhotoRow| {
        let file = pictures.get(&row.object_id)?.file.clone();
        let (width, height, thumbhash, thumbnails) = (file.width, file.height, file.thumbhash, file.thumbnails);
        Some((row.id, AlbumCover { photo_id: row.id, width, height, thumbhash, thumbnails }))
    };
    Ok(rows.into_iter().filter_map(cover).collect())
}

/// What conversations without a title are called: the names of the others in them.
async fn names_of_untitled(
    c: &mut Connection,
    viewer: &Viewer,
    shared: &[SharedConversationRow],
) -> Result<HashMap<i64, String>, Failure> {
    let untitled = shared.iter().filter(|row| row.is_in && row.title.is_none());
    let ids: Vec<i64> = untitled.map(|row| row.conversation_id).collect();
    let mut names: HashMap<i64, Vec<String>> = HashMap::new();
    for row in conversations::participants(c, &ids).await? {
        if row.account_id != viewer.account_id {
            let name = row.display_name.unwrap_or_else(cancelled);
            names.entry(row.conversation_id).or_default().push(name);
        }
    }
    Ok(names.into_iter().map(|(id, names)| (id, names.join(", "))).collect())
}

fn conversation(row: SharedConversationRow, names: &HashMap<i64, String>) -> Result<AlbumConversation, Failure> {
    let title = row.title.or_else(|| names.get(&row.conversation_id).cloned()).filter(|_| row.is_in);
    Ok(AlbumConversation { conversation_id: row.conversation_id, title, role: role(row.role)? })
}

fn member(row: MemberRow) -> Result<AlbumMember, Failure> {
    Ok(AlbumMember { person: person(row.sub, row.display_name, row.avatar_object_id)?, role: role(row.role)? })
}

fn person(sub: String, display_name: Option<String>, avatar: Option<Uuid>) -> Result<Person, Failure> {
    let sub = Sub::parse(sub).map_err(|_| Failure::Broken("a stored sub is not valid"))?;
    let display_name = display_name.unwrap_or_else(cancelled);
    Ok(Person { sub, display_name, avatar_url: avatar.map(media_path), email: None })
}

fn cancelled() -> String {
    CANCELLED_NAME.to_owned()
}

/// What may be done, from its number.
pub(super) fn role(stored: i64) -> Result<AlbumRole, Failure> {
    match stored {
        1 => Ok(AlbumRole::Viewer),
        2 => Ok(AlbumRole::Editor),
        3 => Ok(AlbumRole::Owner),
        _ => Err(Failure::Broken("a stored role is not valid")),
    }
}

/// The rows with their tags and files, in the same order.
pub(super) async fn photos(c: &mut Connection, viewer: &Viewer, rows: Vec<PhotoRow>) -> Result<Vec<Photo>, Failure> {
    let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
    let mut tags: HashMap<Uuid, Vec<String>> = HashMap::new();
    for (photo, tag) in store::tags_of(c, &ids).await? {
        tags.entry(photo).or_default().push(tag);
    }
    let objects: Vec<Uuid> = rows.iter().map(|row| row.object_id).collect();
    let (pictures, exif) = (files::pictures(c, &objects).await?, files::exif_of(c, &objects).await?);
    let photo = |row: PhotoRow| {
        let picture = pictures.get(&row.object_id).cloned().ok_or(Failure::Broken("a photo has no file"))?;
        let tags = tags.remove(&row.id).unwrap_or_default();
        let exif = exif.get(&row.object_id).cloned().unwrap_or_default();
        photo(viewer, row, tags, picture, exif)
    };
    rows.into_iter().map(photo).collect()
}

fn photo(viewer: &Viewer, row: PhotoRow, tags: Vec<String>, picture: Picture, exif: Exif) -> Result<Photo, Failure> {
    Ok(Photo {
        id: row.id,
        album_id: row.album_id,
        title: row.title,
        description: row.description,
        tags,
        added_by: person(row.added_by_sub, row.added_by_name, row.added_by_avatar_id)?,
        may_change: access::may_change_photo(viewer, role(row.role)?, row.added_by_id),
        created_at: Timestamp::from_micros(row.created_at),
        updated_at: Timestamp::from_micros(row.updated_at),
        taken_at: Timestamp::from_micros(row.taken_at),
        preview: picture.preview,
        file: picture.file,
        exif,
    })
}

/// What a gallery must know of a photo.
pub(super) fn tile(row: &PhotoRow, picture: Picture) -> PhotoTile {
    let Picture { file, preview } = picture;
    PhotoTile {
        id: row.id,
        width: file.width.unwrap_or(UNKNOWN_SIDE),
        height: file.height.unwrap_or(UNKNOWN_SIDE),
        thumbhash: file.thumbhash,
        label: if row.title.is_empty() { file.filename } else { row.title.clone() },
        preview,
        thumbnails: file.thumbnails,
    }
}

/// Takes the one off that was asked for only to know whether there are more.
pub(super) fn truncate<T>(rows: &mut Vec<T>, limit: i64) -> bool {
    let limit = usize::try_from(limit).unwrap_or_default();
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    has_more
}
