//! Numbers, names and effects in words.

use crate::words::grouped;
use domain::{
    ApiError, ErrorCode,
    albums::{Album, AlbumRole, Photo, PhotoSort},
    uploads::Thumbnail,
};

/// How many photos.
#[must_use]
pub fn photos(count: usize) -> String {
    counted(count, "photo")
}

/// How many photos an album has.
#[must_use]
pub fn photo_count(album: &Album) -> String {
    match usize::try_from(album.photo_count).unwrap_or_default() {
        0 => "No photos yet".to_owned(),
        count => photos(count),
    }
}

fn counted(count: usize, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{} {noun}s", grouped(count as u64)) }
}

/// What deleting an album takes along.
#[must_use]
pub fn delete_album(album: &Album) -> String {
    match usize::try_from(album.photo_count).unwrap_or_default() {
        0 => "Delete the empty album".to_owned(),
        1 => "Delete album and its 1 photo".to_owned(),
        count => format!("Delete album and its {}", photos(count)),
    }
}

/// With how many an album is shared; nothing for one that is not.
#[must_use]
pub fn shared_with(album: &Album) -> Option<String> {
    let people = (!album.members.is_empty()).then(|| {
        if album.members.len() == 1 { "1 person".to_owned() } else { format!("{} people", album.members.len()) }
    });
    let conversations = (!album.conversations.is_empty()).then(|| counted(album.conversations.len(), "conversation"));
    match (people, conversations) {
        (None, None) => None,
        (Some(one), None) | (None, Some(one)) => Some(format!("Shared with {one}")),
        (Some(people), Some(conversations)) => Some(format!("Shared with {people} and {conversations}")),
    }
}

/// What somebody may do with an album.
#[must_use]
pub const fn role(role: AlbumRole) -> &'static str {
    match role {
        AlbumRole::Viewer => "Can view",
        AlbumRole::Editor => "Can add",
        AlbumRole::Owner => "Owner",
    }
}

/// A role as forms send it.
#[must_use]
pub const fn role_value(role: AlbumRole) -> &'static str {
    match role {
        AlbumRole::Viewer => "viewer",
        AlbumRole::Editor => "editor",
        AlbumRole::Owner => "owner",
    }
}

/// The orders of an album, each with the word of its address and its name.
pub const SORTS: [(PhotoSort, &str, &str); 3] = [
    (PhotoSort::Taken, "taken", "Date taken, oldest first"),
    (PhotoSort::Added, "added", "Date added, newest first"),
    (PhotoSort::Title, "title", "Title, A to Z"),
];

/// The order that an address names.
#[must_use]
pub fn sort_named(word: &str) -> PhotoSort {
    SORTS.iter().find(|(_, name, _)| *name == word).map_or_else(PhotoSort::default, |(sort, ..)| *sort)
}

/// The word of an order.
#[must_use]
pub fn sort_word(sort: PhotoSort) -> &'static str {
    SORTS.iter().find(|(one, ..)| *one == sort).map_or("taken", |(_, word, _)| *word)
}

/// What a photo is called: its title, else its file's name.
#[must_use]
pub fn photo_name(photo: &Photo) -> &str {
    if photo.title.is_empty() { &photo.file.filename } else { &photo.title }
}

/// A file's size as people say it: `4.2 MB`.
#[must_use]
pub fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let tenths = bytes.saturating_mul(10) / unit;
        if tenths < 100 { format!("{}.{}", tenths / 10, tenths % 10) } else { (tenths / 10).to_string() }
    };
    match bytes {
        0..1_000 => counted(usize::try_from(bytes).unwrap_or_default(), "byte"),
        1_000..1_000_000 => format!("{} kB", tenths(1_000)),
        1_000_000..1_000_000_000 => format!("{} MB", tenths(1_000_000)),
        _ => format!("{} GB", tenths(1_000_000_000)),
    }
}

/// A picture's size with its megapixels: `4,000 × 3,000 (12 MP)`.
#[must_use]
pub fn dimensions(width: u32, height: u32) -> String {
    let pixels = u64::from(width) * u64::from(height);
    let whole = |number: u32| grouped(u64::from(number));
    let megapixels = if pixels < 950_000 { String::new() } else { format!(" ({} MP)", (pixels + 500_000) / 1_000_000) };
    format!("{} × {}{megapixels}", whole(width), whole(height))
}

/// What kind of file it is, as people call it.
#[must_use]
pub fn kind(content_type: &str) -> String {
    match content_type.split_once('/') {
        Some((_, "svg+xml")) => "SVG".to_owned(),
        Some((_, kind)) => kind.trim_start_matches("x-").to_uppercase(),
        None => content_type.to_uppercase(),
    }
}

/// The ending of a file's name, as people call its type; none of a name without one.
#[must_use]
pub fn extension(name: &str) -> Option<String> {
    let (stem, ending) = name.rsplit_once('.')?;
    let fits = !stem.is_empty() && (1..=5).contains(&ending.len()) && ending.chars().all(|c| c.is_ascii_alphanumeric());
    fits.then(|| ending.to_uppercase())
}

/// The pictures to choose from, for an `<img>`; none where there is only one.
#[must_use]
pub fn srcset(thumbnails: &[Thumbnail]) -> Option<String> {
    let choice = |one: &Thumbnail| format!("{} {}w", one.url, one.width);
    (thumbnails.len() > 1).then(|| thumbnails.iter().map(choice).collect::<Vec<_>>().join(", "))
}

/// The smallest picture that is at least so high, else the largest.
#[must_use]
pub fn at_least(thumbnails: &[Thumbnail], height: u32) -> Option<&Thumbnail> {
    thumbnails.iter().find(|one| one.height >= height).or_else(|| thumbnails.last())
}

/// What an upload of several files found.
#[must_use]
pub fn added(new: usize, duplicates: usize) -> String {
    let here = match duplicates {
        0 => String::new(),
        1 => "1 was already here".to_owned(),
        many => format!("{} were already here", grouped(many as u64)),
    };
    match (new, here.is_empty()) {
        (0, false) => format!("Nothing new: {here}."),
        (new, true) => format!("{} added.", photos(new)),
        (new, false) => format!("{} added; {here}.", photos(new)),
    }
}

/// Why photos stay as they are. All are changed or none: one that the viewer may not change is enough.
#[must_use]
pub fn refused(failure: &ApiError) -> String {
    if failure.code != ErrorCode::Forbidden {
        return failure.detail.clone();
    }
    let mut letters = failure.detail.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    format!("Nothing was changed: {}", first.chain(letters).collect::<String>())
}

#[cfg(test)]
pub(crate) mod samples {
    use domain::{
        Timestamp,
        accounts::Person,
        albums::{Exif, Photo, Preview},
        id::Sub,
        uploads::StoredFile,
    };
    use uuid::Uuid;

    pub(crate) fn person() -> Person {
        Person { sub: Sub::parse("ada").unwrap(), display_name: "Ada".into(), avatar_url: None, email: None }
    }

    pub(crate) fn photo() -> Photo {
        let file = StoredFile {
            object_id: Uuid::nil(),
            filename: "IMG_1.jpg".into(),
            content_type: "image/jpeg".into(),
            size: 4_200_000,
            width: Some(4_000),
            height: Some(3_000),
            url: "/media/1".into(),
            thumbhash: None,
            thumbnails: Vec::new(),
        };
        Photo {
            id: Uuid::nil(),
            album_id: Uuid::nil(),
            title: String::new(),
            description: String::new(),
            tags: Vec::new(),
            added_by: person(),
            may_change: true,
            created_at: Timestamp::from_seconds(0),
            updated_at: Timestamp::from_seconds(0),
            taken_at: Timestamp::from_seconds(0),
            preview: Preview::Ready,
            file,
            exif: Exif::default(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{samples::*, *};
    use domain::{
        Timestamp,
        albums::{AlbumConversation, AlbumMember},
    };
    use uuid::Uuid;

    fn album(photo_count: i64) -> Album {
        Album {
            id: Uuid::nil(),
            title: "Trip".into(),
            description: String::new(),
            owner: person(),
            role: AlbumRole::Owner,
            cover: None,
            photo_count,
            members: Vec::new(),
            conversations: Vec::new(),
            created_at: Timestamp::from_seconds(0),
            updated_at: Timestamp::from_seconds(0),
        }
    }

    #[test]
    fn deleting_says_what_goes() {
        assert_eq!(delete_album(&album(0)), "Delete the empty album");
        assert_eq!(delete_album(&album(1)), "Delete album and its 1 photo");
        assert_eq!(delete_album(&album(42)), "Delete album and its 42 photos");
        assert_eq!(delete_album(&album(2_000)), "Delete album and its 2,000 photos");
    }

    #[test]
    fn sharing_is_counted() {
        let mut album = album(1);
        assert_eq!(shared_with(&album), None);
        album.members = vec![AlbumMember { person: person(), role: AlbumRole::Viewer }];
        assert_eq!(shared_with(&album).unwrap(), "Shared with 1 person");
        let conversation = AlbumConversation { conversation_id: 1, title: None, role: AlbumRole::Viewer };
        album.conversations = vec![conversation.clone(), conversation];
        assert_eq!(shared_with(&album).unwrap(), "Shared with 1 person and 2 conversations");
    }

    #[test]
    fn sizes_are_read_at_a_glance() {
        assert_eq!(size(1), "1 byte");
        assert_eq!(size(999), "999 bytes");
        assert_eq!(size(4_230_000), "4.2 MB");
        assert_eq!(size(12_500), "12 kB");
        assert_eq!(size(2_000_000_000), "2.0 GB");
        assert_eq!(dimensions(4_000, 3_000), "4,000 × 3,000 (12 MP)");
        assert_eq!(dimensions(640, 480), "640 × 480");
    }

    #[test]
    fn a_photo_without_a_title_is_called_as_its_file() {
        assert_eq!(photo_name(&photo()), "IMG_1.jpg");
        assert_eq!(photo_name(&Photo { title: "Dawn".into(), ..photo() }), "Dawn");
        assert_eq!((kind("image/heic"), kind("image/x-canon-cr2")), ("HEIC".into(), "CANON-CR2".into()));
    }

    #[test]
    fn an_ending_names_the_type() {
        assert_eq!(extension("IMG_1.cr2").unwrap(), "CR2");
        for none in ["Dawn", ".heic", "end.", "What. A day", "a.notanending"] {
            assert_eq!(extension(none), None, "{none}");
        }
    }

    #[test]
    fn an_unknown_order_is_that_by_time() {
        assert_eq!(sort_named("title"), PhotoSort::Title);
        assert_eq!(sort_named("<script>"), PhotoSort::Taken);
        assert_eq!(sort_word(PhotoSort::Added), "added");
    }

    #[test]
    fn pictures_are_chosen_by_what_they_fill() {
        let thumbnail = |height| Thumbnail { width: height * 2, height, url: format!("/t{height}") };
        let all = [thumbnail(240), thumbnail(480), thumbnail(1_080)];
        assert_eq!(srcset(&all).unwrap(), "/t240 480w, /t480 960w, /t1080 2160w");
        assert_eq!(srcset(&all[..1]), None);
        assert_eq!(at_least(&all, 300).unwrap().height, 480);
        assert_eq!(at_least(&all, 3_000).unwrap().height, 1_080);
        assert!(at_least(&[], 1).is_none());
    }

    #[test]
    fn duplicates_are_told() {
        assert_eq!(added(5, 0), "5 photos added.");
        assert_eq!(added(1, 3), "1 photo added; 3 were already here.");
        assert_eq!(added(0, 1), "Nothing new: 1 was already here.");
    }

    #[test]
    fn a_refusal_says_that_nothing_was_changed() {
        let refusal = ApiError::forbidden("Only its owner can do this.");
        assert_eq!(refused(&refusal), "Nothing was changed: only its owner can do this.");
        assert_eq!(refused(&ApiError::forbidden("")), "Nothing was changed: ");
        let offline = ApiError::new(ErrorCode::Offline, "The server cannot be reached.");
        assert_eq!(refused(&offline), "The server cannot be reached.", "it may have been changed");
    }
}
