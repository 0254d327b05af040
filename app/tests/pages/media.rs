//! Files in conversations as a browser without scripts has them.

use crate::{
    html::{Page, attribute, text},
    people::{HOSTILE, Who},
    site::get,
    talk::FILES,
};

async fn thread() -> (Page, String) {
    let answer = get(Who::Hostile, &format!("/conversations/{FILES}")).await;
    assert_eq!(answer.status, 200);
    (Page::strictly(&answer.body), answer.body)
}

fn media(number: u32) -> String {
    format!("/media/00000000-0000-0000-0000-{number:012}")
}

fn media_of_thumbnail(number: u128) -> String {
    format!("/media/{}", uuid::Uuid::from_u128(number))
}

#[tokio::test]
async fn pictures_say_how_large_they_are_before_they_are_there() {
    let (page, body) = thread().await;
    let images = page.elements("img");
    let shown: Vec<_> = images.iter().filter(|image| attribute(image, "loading").as_deref() == Some("lazy")).collect();
    assert_eq!(shown.len(), 3, "a deleted message shows none");
    for image in &shown {
        let side = |name| attribute(image, name).and_then(|side| side.parse::<u32>().ok());
        assert!(side("width").is_some() && side("height").is_some());
        assert!(attribute(image, "srcset").is_some_and(|sources| sources.ends_with(" 320w")));
    }
    assert_eq!(attribute(shown[0], "alt").as_deref(), Some(HOSTILE));
    assert_eq!(attribute(shown[2], "width").as_deref(), Some("320"));
    assert_eq!(attribute(shown[2], "height").as_deref(), Some("240"));
    assert_eq!(attribute(shown[2], "src"), Some(media_of_thumbnail(103)));
    let links: Vec<_> = page.elements("a").iter().filter_map(|link| attribute(link, "href")).collect();
    assert!(links.contains(&media(3)), "without scripts a picture opens by its link: {links:?}");
    assert!(!body.contains("style=\""), "the policy allows no inline style");
}

#[tokio::test]
async fn pictures_sent_together_stand_in_one_grid() {
    let (page, _) = thread().await;
    let rows = page.elements("li");
    let tiles: Vec<_> =
        rows.iter().filter_map(|row| Some((attribute(row, "id")?, attribute(row, "data-tile")?))).collect();
    assert_eq!(tiles, [("m21".into(), "start".into()), ("m22".into(), "end".into())]);
}

#[tokio::test]
async fn films_and_sound_have_players_and_everything_else_a_card() {
    let (page, _) = thread().await;
    for (element, number, name) in [("video", 4, "film.mp4"), ("audio", 5, "talk.mp3")] {
        let players = page.elements(element);
        assert_eq!(players.len(), 1, "{element}");
        assert_eq!(attribute(&players[0], "src"), Some(media(number)));
        assert_eq!(attribute(&players[0], "preload").as_deref(), Some("metadata"));
        assert_eq!(attribute(&players[0], "aria-label").as_deref(), Some(name));
    }
    let is_card = |link: &_| attribute(link, "class").as_deref() == Some("file-card");
    let cards: Vec<_> = page.elements("a").into_iter().filter(is_card).collect();
    let targets: Vec<_> = cards.iter().filter_map(|card| attribute(card, "href")).collect();
    assert_eq!(targets, [4, 5, 6, 7].map(|number| format!("{}?download=1", media(number))));
    assert!(text(&cards[2]).contains(&format!("{HOSTILE}.pdf")), "{}", text(&cards[2]));
    assert!(text(&cards[2]).contains("1.2 MB"));
}

#[tokio::test]
async fn nothing_of_a_file_leaves_its_place() {
    let (page, body) = thread().await;
    assert!(!body.contains("<script>alert"));
    assert_eq!(page.elements("iframe").len() + page.elements("object").len() + page.elements("embed").len(), 0);
    for sign in ["X-Amz-", "Signature=", "AccessKeyId"] {
        assert!(!body.contains(sign), "a signed address is never part of a page: {sign}");
    }
    let gone = uuid::Uuid::from_u128(8).to_string();
    let leads_there = |element: &_| {
        ["href", "src", "srcset"].iter().any(|name| attribute(element, name).is_some_and(|value| value.contains(&gone)))
    };
    let found = page.elements("").iter().filter(|element| leads_there(element)).count();
    assert_eq!(found, 0, "a deleted message has lost its file");
}
