//! Pages that cannot be shown, and calls that cannot be answered.

use crate::{
    html::{Page, text},
    people::Who,
    site::{call, get},
};

fn headings(html: &str) -> Vec<String> {
    Page::strictly(html).elements("h2").iter().map(text).collect()
}

#[tokio::test]
async fn an_address_without_a_page_is_404() {
    for who in [Who::Nobody, Who::Hostile] {
        let answer = get(who, "/no/such/page").await;
        assert_eq!(answer.status, 404);
        assert_eq!(headings(&answer.body), ["There is nothing at this address"]);
    }
}

#[tokio::test]
async fn whoever_is_signed_in_is_not_led_to_the_page_for_those_who_are_not() {
    let [nobody, somebody] = [get(Who::Nobody, "/no/such/page").await, get(Who::Hostile, "/no/such/page").await];
    assert!(nobody.body.contains("Go to the start page"), "{}", nobody.body);
    assert!(somebody.body.contains("Go to the conversations"), "{}", somebody.body);
}

#[tokio::test]
async fn an_unregistered_person_is_told_so() {
    let answer = get(Who::Unregistered, "/settings").await;
    assert_eq!(answer.status, 403);
    assert_eq!(headings(&answer.body), ["This account is not registered here"]);
}

#[tokio::test]
async fn a_failure_of_ours_has_its_status_and_the_request_id() {
    let answer = get(Who::Unlucky, "/settings").await;
    assert_eq!(answer.status, 500);
    assert!(headings(&answer.body).contains(&"Something went wrong on our side".to_owned()));
    assert!(answer.body.contains("request-1"));
    let answer = get(Who::Unlucky, "/people?query=a").await;
    assert_eq!(answer.status, 503);
}

#[tokio::test]
async fn calls_answer_with_the_status_of_the_code() {
    let cases = [
        (Who::Nobody, "GET", "accounts/profile", "", 401, "unauthorized"),
        (Who::Unregistered, "GET", "accounts/profile", "", 403, "not_registered"),
        (Who::Unlucky, "GET", "sessions/list", "", 500, "internal"),
        (Who::Hostile, "POST", "accounts/update_profile", "display_name=+", 422, "validation_failed"),
        (Who::Hostile, "POST", "accounts/update_profile", "other=1", 422, "invalid_request"),
        (Who::Hostile, "POST", "accounts/set_theme", "theme=pink", 422, "invalid_request"),
        (Who::Hostile, "POST", "sessions/end", "id=not-a-uuid", 422, "invalid_request"),
        (Who::Hostile, "POST", "sessions/end", "id=00000000-0000-0000-0000-000000000009", 404, "not_found"),
    ];
    for (who, method, function, fields, status, code) in cases {
        let answer = call(who, method, function, fields).await;
        assert_eq!(answer.status.as_u16(), status, "{function} {fields}");
        assert!(answer.body.contains(&format!("\"code\":\"{code}\"")), "{function} {fields}: {}", answer.body);
        assert!(answer.body.contains("\"request_id\":\"request-1\""), "{}", answer.body);
    }
}

#[tokio::test]
async fn reads_answer_with_json_and_writes_are_no_reads() {
    let answer = call(Who::Hostile, "GET", "accounts/search_people?query=a", "").await;
    assert_eq!(answer.status, 200);
    assert!(answer.body.starts_with("[{\"sub\":\"a\""), "{}", answer.body);
    assert_eq!(call(Who::Hostile, "GET", "sessions/end?id=00000000-0000-0000-0000-000000000002", "").await.status, 405);
}
