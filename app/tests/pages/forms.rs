//! Forms in a browser without scripts.

use crate::{
    html::{Page, attribute, text},
    people::Who,
    site::{get, path_of, post_form},
};

#[tokio::test]
async fn a_saved_form_comes_back_to_a_confirmation() {
    for (function, fields, sentence) in [
        ("accounts/update_profile", "display_name=Ada", "Your display name is saved."),
        ("accounts/set_theme", "theme=dark", "The theme is saved for this browser."),
        ("sessions/end", "id=00000000-0000-0000-0000-000000000002", "The session is ended."),
    ] {
        let answer = post_form(Who::Hostile, function, fields, "/settings").await;
        assert_eq!(answer.status, 302, "{function}");
        let page = get(Who::Hostile, &answer.location.unwrap()).await;
        assert!(page.body.contains(sentence), "{function}");
    }
}

#[tokio::test]
async fn the_theme_is_kept_in_a_cookie() {
    let answer = post_form(Who::Nobody, "accounts/set_theme", "theme=dark", "/").await;
    assert!(answer.cookie.unwrap().starts_with("lyceum_theme=dark; Path=/;"));
}

#[tokio::test]
async fn a_broken_rule_is_shown_at_its_field() {
    let answer = post_form(Who::Hostile, "accounts/update_profile", "display_name=+", "/settings?done=profile").await;
    assert_eq!(answer.status, 302);
    let html = get(Who::Hostile, path_of(&answer.location.unwrap())).await.body;
    let page = Page::strictly(&html);
    let inputs = page.elements("input");
    let input = inputs.iter().find(|input| attribute(input, "name").as_deref() == Some("display_name")).unwrap();
    assert_eq!(attribute(input, "aria-invalid").as_deref(), Some("true"));
    let described = attribute(input, "aria-describedby").unwrap();
    assert!(described.contains("display_name-error"));
    let paragraphs = page.elements("p");
    let error = paragraphs.iter().find(|p| attribute(p, "id").as_deref() == Some("display_name-error")).unwrap();
    assert!(text(error).contains("blank"), "{}", text(error));
    assert!(!html.contains("Your display name is saved."), "a failure is not confirmed");
}

#[tokio::test]
async fn the_last_failure_counts() {
    let first = post_form(Who::Hostile, "accounts/cancel_account", "confirm=no", "/settings/cancel-account").await;
    let page = first.location.unwrap();
    let second = post_form(Who::SignedInLongAgo, "accounts/cancel_account", "confirm=DELETE", path_of(&page)).await;
    let html = get(Who::SignedInLongAgo, path_of(&second.location.unwrap())).await.body;
    assert!(html.contains("Your sign-in is too old for this."));
    assert!(html.contains("/auth/sign-in?prompt=login&amp;return_to=%2Fsettings%2Fcancel-account"));
    assert!(!html.contains("Type DELETE."));
}

#[tokio::test]
async fn a_cancelled_account_leads_to_its_last_page() {
    let answer = post_form(Who::Hostile, "accounts/cancel_account", "confirm=DELETE", "/settings/cancel-account").await;
    assert_eq!(answer.location.as_deref(), Some("/account-cancelled"));
}

#[tokio::test]
async fn a_form_of_an_ended_session_leads_to_the_sign_in() {
    let answer = post_form(Who::Nobody, "accounts/update_profile", "display_name=Ada", "/settings").await;
    let page = get(Who::Nobody, path_of(&answer.location.unwrap())).await;
    assert_eq!(page.location.as_deref(), Some("/auth/sign-in?return_to=%2Fsettings"));
}
