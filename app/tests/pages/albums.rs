//! Albums as a browser without scripts has them.

use crate::{
    html::{Page, attribute, text},
    people::{HOSTILE, Who},
    photos::{EMPTY, FIRST, MINE, THEIRS, photo_id},
    site::{call, get, get_refused, path_of, post_form},
};

async fn page(path: &str) -> Page {
    let answer = get(Who::Hostile, path).await;
    assert_eq!(answer.status, 200, "{path}");
    Page::strictly(&answer.body)
}

fn by_class(page: &Page, class: &str) -> Vec<String> {
    let has = |element: &_| attribute(element, "class").is_some_and(|all| all.split(' ').any(|one| one == class));
    page.elements("").iter().filter(|element| has(element)).map(text).collect()
}

fn links(page: &Page) -> Vec<String> {
    page.elements("a").iter().filter_map(|link| attribute(link, "href")).collect()
}

#[tokio::test]
async fn the_list_shows_what_each_album_is() {
    let page = page("/albums").await;
    assert_eq!(by_class(&page, "album-title"), [HOSTILE; 3]);
    let facts = by_class(&page, "album-meta");
    assert_eq!(facts[0], "120 photosShared with 1 person and 1 conversation");
    assert_eq!(facts[1], format!("120 photosBy {HOSTILE}"));
    assert!(facts[2].starts_with("No photos yet"));
    let links = links(&page);
    for wanted in [format!("/albums/{MINE}"), "/albums/new".into()] {
        assert!(links.contains(&wanted), "{wanted} in {links:?}");
    }
    assert!(links.iter().any(|link| link.starts_with("/albums?after=%3C%2Ftitle%3E")), "more albums: {links:?}");
    let images = page.elements("img");
    let cover = images.iter().find(|image| attribute(image, "srcset").is_some()).unwrap();
    assert_eq!(attribute(cover, "alt").as_deref(), Some(""), "the title says it");
    assert_eq!((attribute(cover, "width"), attribute(cover, "height")), (Some("1600".into()), Some("1200".into())));
}

#[tokio::test]
async fn a_search_finds_albums_and_photos() {
    let found = page("/albums?query=a").await;
    let headings: Vec<_> = found.elements("h2").iter().map(text).collect();
    assert!(headings.contains(&"1 album".to_owned()) && headings.contains(&"The newest 1 photo".to_owned()));
    assert_eq!(found.elements("h3").iter().map(text).collect::<Vec<_>>(), ["1 January 1970"]);
    assert!(links(&found).contains(&format!("/albums/{MINE}/photos/{FIRST}")), "a photo leads to itself");
    let nothing = get(Who::Hostile, "/albums?query=nothing").await.body;
    assert!(nothing.contains("No album and no photo has all of these words."));
}

#[tokio::test]
async fn an_album_is_whole_without_scripts() {
    let page = page(&format!("/albums/{MINE}")).await;
    assert_eq!(page.elements("h1").iter().map(text).collect::<Vec<_>>(), [HOSTILE]);
    let tiles = by_class(&page, "tile");
    assert_eq!(tiles.len(), 100, "the first hundred");
    assert_eq!((tiles[1].as_str(), tiles[2].as_str()), ("Being prepared", "scan.cr2CR2 · no preview"));
    assert!(by_class(&page, "without-script")[0].starts_with("The first 100 photos."));
    let links = links(&page);
    for wanted in [
        format!("/albums/{MINE}/photos/{}", photo_id(99)),
        format!("/api/albums/{MINE}/download"),
        format!("/albums/{MINE}?sort=title"),
        format!("/albums/{MINE}/edit"),
        format!("/albums/{MINE}/sharing"),
    ] {
        assert!(links.contains(&wanted), "{wanted} in {links:?}");
    }
    let names: Vec<_> = page
        .elements("a")
        .iter()
        .filter(|link| attribute(link, "class").as_deref() == Some("tile-link"))
        .filter_map(|link| attribute(link, "aria-label"))
        .collect();
    assert_eq!(names[0], format!("0 {HOSTILE}"));
}

#[tokio::test]
async fn the_order_stays_when_a_photo_is_opened() {
    let page = page(&format!("/albums/{MINE}?sort=added")).await;
    let current: Vec<_> = page
        .elements("a")
        .iter()
        .filter(|link| attribute(link, "aria-current").as_deref() == Some("true"))
        .map(text)
        .collect();
    assert_eq!(current, ["Date added, newest first"]);
    assert!(links(&page).contains(&format!("/albums/{MINE}/photos/{FIRST}?sort=added")));
}

#[tokio::test]
async fn what_one_may_do_is_what_is_offered() {
    let theirs = page(&format!("/albums/{THEIRS}")).await;
    assert!(!links(&theirs).contains(&format!("/albums/{THEIRS}/edit")));
    assert!(by_class(&theirs, "album-facts")[0].contains("By "));
    let sharing = page(&format!("/albums/{THEIRS}/sharing")).await;
    let buttons: Vec<_> = sharing.elements("button").iter().map(text).collect();
    assert!(buttons.contains(&"Leave album".to_owned()) && !buttons.iter().any(|words| words == "Share album"));
    let empty = get(Who::Hostile, &format!("/albums/{EMPTY}")).await.body;
    assert!(empty.contains("Nothing in it yet") && !empty.contains(&format!("/api/albums/{EMPTY}/download")));
}

#[tokio::test]
async fn a_photo_is_shown_with_all_that_is_known() {
    let page = page(&format!("/albums/{MINE}/photos/{}", photo_id(1))).await;
    assert_eq!(page.elements("dd").len(), 10);
    let facts = by_class(&page, "photo-facts").concat();
    for wanted in ["f/2.8", "48.2000° N, 16.3700° E", "4.2 MB", "1,600 × 1,200 (2 MP)", "JPEG"] {
        assert!(facts.contains(wanted), "{wanted} in {facts}");
    }
    let map = page.elements("a").into_iter().find(|link| attribute(link, "target").is_some()).unwrap();
    assert!(attribute(&map, "href").unwrap().starts_with("https://www.openstreetmap.org/?mlat=48.2"));
    assert_eq!(attribute(&map, "rel").as_deref(), Some("noreferrer external"));
    let links = links(&page);
    for wanted in [
        format!("/albums/{MINE}"),
        format!("/albums/{MINE}/photos/{FIRST}"),
        format!("/albums/{MINE}/photos/{}", photo_id(2)),
        "/albums?query=zoo".into(),
    ] {
        assert!(links.contains(&wanted), "{wanted} in {links:?}");
    }
    let inputs = page.elements("input");
    let tags = inputs.iter().find(|input| attribute(input, "name").as_deref() == Some("tags")).unwrap();
    assert_eq!(attribute(tags, "value").unwrap(), format!("{}, zoo", HOSTILE.to_lowercase()));
}

#[tokio::test]
async fn what_one_may_not_see_has_its_status() {
    let nowhere = photo_id(5_000);
    for (path, status) in [
        (format!("/albums/{nowhere}"), 404),
        (format!("/albums/{nowhere}/edit"), 404),
        (format!("/albums/{nowhere}/sharing"), 404),
        (format!("/albums/{nowhere}/photos/{FIRST}"), 404),
        (format!("/albums/{MINE}/photos/{nowhere}"), 404),
        (format!("/albums/{THEIRS}/photos/{FIRST}"), 404),
        (format!("/albums/{THEIRS}/edit"), 403),
        ("/albums/x".to_owned(), 404),
        ("/albums/x/photos/y".to_owned(), 404),
    ] {
        let answer = get(Who::Hostile, &path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(Page::strictly(&answer.body).elements("h1").len(), 1, "{path}");
    }
    for path in ["/albums".to_owned(), format!("/albums/{MINE}")] {
        assert_eq!(get(Who::Unlucky, &path).await.status, 500, "{path}");
    }
}

#[tokio::test]
async fn plain_forms_do_their_work_and_come_back() {
    let album = format!("/albums/{MINE}");
    for (function, fields, location) in [
        ("make", "title=Trip&description=".to_owned(), format!("/albums/{EMPTY}")),
        ("change", format!("id={MINE}&title=Trip&description="), album.clone()),
        ("delete", format!("id={MINE}"), format!("/albums?deleted={MINE}")),
        ("restore", format!("id={MINE}"), album.clone()),
        ("share", format!("id={MINE}&participant_subs[]=ben&role=viewer"), format!("{album}/sharing")),
        ("share", format!("id={MINE}&conversation_ids[]=4&role=editor"), format!("{album}/sharing")),
        ("unshare", format!("id={MINE}&sub=cem"), format!("{album}/sharing")),
        ("unshare", format!("id={MINE}&conversation_id=5"), format!("{album}/sharing")),
        ("unshare", format!("id={THEIRS}&sub=viewer"), "/albums".to_owned()),
        ("change_photo", format!("id={FIRST}&title=&description=&tags=a,+b"), format!("{album}/photos/{FIRST}")),
        ("delete_photos", format!("ids[]={FIRST}&album_id={MINE}"), format!("{album}?deleted={FIRST}")),
        ("restore_photos", format!("ids[]={FIRST}&album_id={MINE}"), album.clone()),
        ("move_photos", format!("ids[]={FIRST}&to={EMPTY}"), format!("/albums/{EMPTY}")),
        ("copy_photos", format!("ids[]={FIRST}&to={EMPTY}"), format!("/albums/{EMPTY}")),
    ] {
        let answer = post_form(Who::Hostile, &format!("albums/{function}"), &fields, &album).await;
        assert_eq!(answer.status, 302, "{function} {fields}: {}", answer.body);
        assert_eq!(answer.location, Some(location), "{function} {fields}");
    }
}

#[tokio::test]
async fn what_was_deleted_can_be_brought_back() {
    let list = page(&format!("/albums?deleted={MINE}")).await;
    assert!(by_class(&list, "notice")[0].contains("The album is deleted."));
    let actions: Vec<_> = list.elements("form").iter().filter_map(|form| attribute(form, "action")).collect();
    assert!(actions.contains(&"/fn/albums/restore".to_owned()), "{actions:?}");
    let album = page(&format!("/albums/{MINE}?deleted={FIRST}")).await;
    assert!(by_class(&album, "notice")[0].contains("The photo is deleted."));
    let odd = page("/albums?deleted=%3Cscript%3E").await;
    assert!(by_class(&odd, "notice").is_empty());
}

#[tokio::test]
async fn deleting_says_what_goes() {
    let page = page(&format!("/albums/{MINE}/edit")).await;
    let buttons: Vec<_> = page.elements("button").iter().map(text).collect();
    assert!(buttons.contains(&"Delete album and its 120 photos".to_owned()), "{buttons:?}");
}

#[tokio::test]
async fn a_refused_form_says_why() {
    let photo = format!("/albums/{MINE}/photos/{FIRST}");
    for (function, fields, page, words) in [
        ("make", "title=+".to_owned(), "/albums/new".to_owned(), "Title is blank"),
        ("change", format!("id={MINE}&title=+"), format!("/albums/{MINE}/edit"), "Title is blank"),
        ("share", format!("id={MINE}&role=viewer"), format!("/albums/{MINE}/sharing"), "Choose somebody"),
        (
            "share",
            format!("id={MINE}&participant_subs[]=nobody&role=viewer"),
            format!("/albums/{MINE}/sharing"),
            "There is no such person.",
        ),
        ("change_photo", format!("id={FIRST}&tags={}", "x".repeat(51)), photo, "shorten it to 50"),
    ] {
        let answer = post_form(Who::Hostile, &format!("albums/{function}"), &fields, &page).await;
        let html = get(Who::Hostile, path_of(&answer.location.unwrap())).await.body;
        assert!(html.contains(words), "{function}: {html}");
    }
}

#[tokio::test]
async fn a_refused_sharing_keeps_with_whom_and_what_they_may_do() {
    let at = format!("/albums/{MINE}/sharing?query=a");
    let refused = post_form(Who::Hostile, "albums/share", &format!("id={MINE}&role=viewer"), &at).await;
    let chosen = async |fields: &[(&str, &str)]| {
        let told = get_refused(Who::Hostile, &refused, "albums/share", fields).await;
        let told = Page::strictly(&told.body);
        let boxes = told.elements("input").into_iter().filter(|input| attribute(input, "checked").is_some());
        let boxes = boxes.filter_map(|input| attribute(&input, "id").or_else(|| attribute(&input, "value")));
        let options = told.elements("option").into_iter().filter(|option| attribute(option, "selected").is_some());
        boxes.chain(options.filter_map(|option| attribute(&option, "value"))).collect::<Vec<_>>()
    };
    let people = chosen(&[("participant_subs[]", "a"), ("role", "editor")]).await;
    assert_eq!(people, ["a", "people-editor", "conversation-viewer"]);
    let conversation = chosen(&[("conversation_ids[]", "4"), ("role", "editor")]).await;
    assert_eq!(conversation, ["people-viewer", "conversation-editor", "4"]);
}

#[tokio::test]
async fn calls_answer_with_json() {
    let first = call(Who::Hostile, "GET", &format!("albums/tiles?album_id={MINE}&sort=taken&all=false"), "").await;
    assert_eq!(first.status, 200);
    assert!(first.body.ends_with("\"more\":true}"), "the first hundred only");
    let all = call(Who::Hostile, "GET", &format!("albums/tiles?album_id={MINE}&sort=taken&all=true"), "").await;
    assert!(all.body.ends_with("\"more\":false}") && all.body.len() > first.body.len());
    let added = call(Who::Hostile, "POST", "albums/add_photo", &format!("album_id={MINE}&upload_id={FIRST}")).await;
    assert_eq!(added.body, format!("{{\"id\":\"{FIRST}\",\"created\":false}}"));
    for (who, method, function, status) in [
        (Who::Nobody, "GET", "albums/list", 401),
        (Who::Hostile, "GET", "albums/album?id=x", 422),
        (Who::Hostile, "GET", "albums/tiles?album_id=x&sort=odd&all=true", 422),
        (Who::Hostile, "GET", "albums/photo?id=00000000-0000-0000-0000-000000000009", 404),
    ] {
        assert_eq!(call(who, method, function, "").await.status.as_u16(), status, "{function}");
    }
}
