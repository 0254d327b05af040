//! Server functions and REST are two doors to one service: the same person gets the same answer at both.

use crate::world::{Actor, World};
use db::testing::ENGINES;
use reqwest::{Method, RequestBuilder, StatusCode, header};
use serde_json::{Value, json};

/// What a caller can tell apart.
#[derive(Debug, PartialEq)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) code: Value,
    pub(crate) body: Value,
}

pub(crate) async fn answer(request: RequestBuilder) -> Answer {
    let answer = request.header(header::ACCEPT, "application/json").send().await.unwrap();
    let status = answer.status();
    let text = answer.text().await.unwrap();
    let body: Value = serde_json::from_str(&text).unwrap_or(Value::Null);
    match status.is_success() {
        true => Answer { status: 200, code: Value::Null, body },
        // A problem document has more members than the error of a server function; what they say is the same.
        false => Answer { status: status.as_u16(), code: body["code"].clone(), body: body["errors"].clone() },
    }
}

pub(crate) fn form(actor: &Actor, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
    actor.browse(Method::POST, path).form(fields)
}

/// Asserts that both doors answer alike.
pub(crate) async fn compare(rest: RequestBuilder, function: RequestBuilder, what: &str) -> Answer {
    let (rest, function) = (answer(rest).await, answer(function).await);
    assert_eq!(rest, function, "{what}");
    rest
}

#[tokio::test]
async fn reads_agree_for_everybody() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.browser("Zofia", "Nowak").await;
        world.person("Bob", "Builder").await;
        let nobody = world.newcomer("No", "Session").await;
        for actor in [&zofia, &nobody] {
            let get = |path: &str| actor.browse(Method::GET, path);
            compare(get("/api/me"), get("/fn/accounts/profile"), "profile").await;
            let found =
                compare(get("/api/users?query=bob"), get("/fn/accounts/search_people?query=bob"), "search").await;
            if actor.email == zofia.email {
                assert_eq!(found.body[0]["display_name"], "Bob Builder");
            } else {
                assert_eq!(found.status, 401);
            }
            compare(get("/api/users?query=%20"), get("/fn/accounts/search_people?query=%20"), "blank search").await;
            compare(get("/api/me/sessions"), get("/fn/sessions/list"), "sessions").await;
        }
    }
}

#[tokio::test]
async fn refused_changes_agree_and_change_nothing() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.browser("Zofia", "Nowak").await;
        let blank = " ".to_owned();
        let long = "x".repeat(101);
        for name in [&blank, &long] {
            let rest = zofia.browse(Method::PATCH, "/api/me").json(&json!({ "display_name": name }));
            let refused =
                compare(rest, form(&zofia, "/fn/accounts/update_profile", &[("display_name", name)]), name).await;
            assert_eq!(refused.status, 422);
        }
        let rest = zofia.browse(Method::DELETE, "/api/me").json(&json!({ "confirm": "delete" }));
        compare(rest, form(&zofia, "/fn/accounts/cancel_account", &[("confirm", "delete")]), "cancel").await;

        let unknown = uuid::Uuid::new_v4().to_string();
        let rest = zofia.browse(Method::DELETE, &format!("/api/me/sessions/{unknown}"));
        let refused = compare(rest, form(&zofia, "/fn/sessions/end", &[("id", &unknown)]), "end a session").await;
        assert_eq!(refused.status, 404);

        world.advance(301).await;
        let rest = zofia.browse(Method::DELETE, "/api/me").json(&json!({ "confirm": "DELETE" }));
        let refused =
            compare(rest, form(&zofia, "/fn/accounts/cancel_account", &[("confirm", "DELETE")]), "late").await;
        assert_eq!((refused.status, refused.code), (401, json!("reauthentication_required")));
        let me = answer(zofia.browse(Method::GET, "/api/me")).await;
        assert_eq!(me.body["display_name"], "Zofia Nowak");
    }
}

#[tokio::test]
async fn a_change_through_one_door_is_seen_through_the_other() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let zofia = world.browser("Zofia", "Nowak").await;
        let changed = form(&zofia, "/fn/accounts/update_profile", &[("display_name", "Zosia")]);
        assert_eq!(changed.send().await.unwrap().status(), StatusCode::OK);
        assert_eq!(answer(zofia.browse(Method::GET, "/api/me")).await.body["display_name"], "Zosia");
        let hidden = form(&zofia, "/fn/accounts/set_read_receipts", &[("read_receipts", "false")]);
        let rest = zofia.browse(Method::PATCH, "/api/me").json(&json!({ "read_receipts": false }));
        let hidden = compare(rest, hidden, "read receipts").await;
        assert_eq!((&hidden.body["read_receipts"], &hidden.body["display_name"]), (&json!(false), &json!("Zosia")));
        let foreign = form(&zofia, "/fn/accounts/update_profile", &[("display_name", "Mallory")]);
        let mut foreign = foreign.build().unwrap();
        foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
        let refused = zofia.execute(foreign).await;
        assert_eq!(refused.status(), StatusCode::FORBIDDEN);
        assert_eq!(answer(zofia.browse(Method::GET, "/fn/accounts/profile")).await.body["display_name"], "Zosia");
    }
}
