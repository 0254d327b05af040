//! Every page: status, nesting, and text of others that stays text.

use crate::{
    html::{Page, attribute, text},
    people::{HOSTILE, Who},
    site::{get, get_with_cookie},
};

const PUBLIC: [&str; 4] = ["/", "/sign-in-failed?reason=expired", "/sign-in-failed", "/account-cancelled"];
const SIGNED_IN: [&str; 31] = [
    "/conversations",
    "/conversations?query=a",
    "/conversations/4",
    "/conversations/4?message=12",
    "/conversations/4?before=14",
    "/conversations/5",
    "/conversations/5/details",
    "/conversations/new",
    "/conversations/new?query=a",
    "/conversations/search",
    "/conversations/search?query=a&conversation=4",
    "/conversations/search?query=nothing",
    "/library",
    "/quizzes",
    "/albums",
    "/albums?query=a",
    "/albums?query=nothing",
    "/albums/new",
    "/albums/00000000-0000-0000-0000-000000000001",
    "/albums/00000000-0000-0000-0000-000000000002",
    "/albums/00000000-0000-0000-0000-000000000003",
    "/albums/00000000-0000-0000-0000-000000000001/edit",
    "/albums/00000000-0000-0000-0000-000000000001/sharing",
    "/albums/00000000-0000-0000-0000-000000000001/sharing?query=a",
    "/albums/00000000-0000-0000-0000-000000000001/photos/00000000-0000-0000-0000-0000000003e8",
    "/review",
    "/people",
    "/people?query=a",
    "/people?query=nobody",
    "/settings",
    "/settings/cancel-account",
];

fn assert_is_safe(html: &str) -> Page {
    let page = Page::strictly(html);
    for script in page.elements("script") {
        assert!(attribute(&script, "nonce").is_some(), "a script without nonce: {}", text(&script));
    }
    for element in page.elements("") {
        assert_eq!(attribute(&element, "style"), None, "the policy forbids style attributes");
        assert_eq!(attribute(&element, "onclick"), None, "the policy forbids inline handlers");
    }
    page
}

#[tokio::test]
async fn every_page_is_whole_and_well_formed() {
    for path in PUBLIC {
        let answer = get(Who::Nobody, path).await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(assert_is_safe(&answer.body).elements("h1").len(), 1, "{path}");
    }
    for path in SIGNED_IN {
        let answer = get(Who::Hostile, path).await;
        assert_eq!(answer.status, 200, "{path}");
        let page = assert_is_safe(&answer.body);
        assert_eq!(page.elements("h1").len(), 1, "{path}");
        assert!(!answer.body.contains("Loading "), "{path} must not wait for a script");
        assert!(page.text_of("title").ends_with(" · Lyceum"), "{path}");
    }
}

#[tokio::test]
async fn what_others_write_stays_text() {
    let settings = get(Who::Hostile, "/settings").await;
    let page = assert_is_safe(&settings.body);
    let inputs = page.elements("input");
    let name = inputs.iter().find(|input| attribute(input, "name").as_deref() == Some("display_name")).unwrap();
    assert_eq!(attribute(name, "value").as_deref(), Some(HOSTILE));
    let people = get(Who::Hostile, "/people?query=%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E").await;
    let page = assert_is_safe(&people.body);
    assert!(page.elements("li").iter().any(|row| text(row).contains(HOSTILE)));
}

#[tokio::test]
async fn everything_of_ones_own_is_downloaded_from_where_one_looks_for_it() {
    for path in ["/settings", "/settings/cancel-account"] {
        let page = assert_is_safe(&get(Who::Hostile, path).await.body);
        let links = page.elements("a");
        let link = links.iter().find(|link| attribute(link, "href").as_deref() == Some("/api/me/export")).unwrap();
        assert_eq!(attribute(link, "rel").as_deref(), Some("external"), "{path}: the server answers it");
        assert_eq!(text(link).trim().to_lowercase(), "download everything", "{path}");
    }
}

#[tokio::test]
async fn who_cancels_an_account_is_told_whose_it_is() {
    let page = assert_is_safe(&get(Who::Hostile, "/settings/cancel-account").await.body);
    let sentence = format!("This cancels the account of {HOSTILE} ({HOSTILE}@example.org).");
    let told: Vec<_> = page.elements("p").iter().map(text).collect();
    assert!(told.contains(&sentence), "{told:?}");
}

#[tokio::test]
async fn a_stranger_is_sent_to_sign_in_and_back() {
    for path in SIGNED_IN {
        let answer = get(Who::Nobody, path).await;
        assert_eq!(answer.status, 302, "{path}");
        let back = app::paths::percent_encoded(path);
        assert_eq!(answer.location.unwrap(), format!("/auth/sign-in?return_to={back}"));
    }
}

#[tokio::test]
async fn a_signed_in_person_skips_the_start_page() {
    let answer = get(Who::Hostile, "/").await;
    assert_eq!((answer.status.as_u16(), answer.location.as_deref()), (302, Some("/conversations")));
}

#[tokio::test]
async fn the_theme_of_the_cookie_is_on_the_page() {
    for (cookie, theme) in [("", "system"), ("a=b; lyceum_theme=dark", "dark"), ("lyceum_theme=\"><b>", "system")] {
        let page = Page::strictly(&get_with_cookie(Who::Nobody, "/", cookie).await.body);
        assert_eq!(attribute(&page.elements("html")[0], "data-theme").as_deref(), Some(theme));
    }
}

#[tokio::test]
async fn the_rail_marks_the_place() {
    let page = Page::strictly(&get(Who::Hostile, "/library").await.body);
    let links = page.elements("a");
    let current: Vec<_> = links.iter().filter(|link| attribute(link, "aria-current").is_some()).collect();
    assert_eq!(current.iter().map(|link| text(link)).collect::<Vec<_>>(), ["Library"]);
}
