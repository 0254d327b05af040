//! register-user, the profile and the search of people.

use crate::{
    on_both_engines,
    provider::{ID_KEY, PUBLIC, Person},
};
use http::StatusCode;
use serde_json::{Value, json};

on_both_engines!(registering_tells_created_from_there, world => {
    let ada = Person::new("Ada", "Lovelace");
    let token = world.provider.id_token(&ada);
    let answer = world.post("/api/register-user").bearer(&token).send().await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let profile = answer.json();
    assert_eq!(profile["sub"], ada.sub);
    assert_eq!(profile["email"], "ada@example.org");
    assert_eq!(profile["display_name"], "Ada Lovelace");
    assert_eq!(profile["avatar_url"], Value::Null);
    let again = world.post("/api/register-user").bearer(&token).send().await;
    assert_eq!((again.status, again.text().as_str()), (StatusCode::NO_CONTENT, ""));
    let me = world.get("/api/me").bearer(&token).send().await;
    assert_eq!(me.json(), profile);
    let me = world.get("/api/me").bearer(&world.provider.access_token(&ada)).send().await;
    assert_eq!(me.json(), profile, "an access token is as good once one is registered");
    let session = world.sign_in(&ada).await;
    let answer = world.post("/api/register-user").browser(&session).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    world.post("/api/register-user").send().await.refused(401, "unauthorized");
    world.post("/api/register-user").bearer("nonsense").send().await.refused(401, "unauthorized");
});

on_both_engines!(registering_without_the_attributes_stores_nothing, world => {
    let ada = Person::new("Ada", "Lovelace");
    let access = world.provider.access_token(&ada);
    world.post("/api/register-user").bearer(&access).send().await.refused(400, "missing_attributes");
    for lacking in ["email", "given_name", "family_name"] {
        for value in [Value::Null, json!(""), json!(" "), json!("\u{0}")] {
            let mut claims = world.provider.id_claims(&ada, PUBLIC);
            claims[lacking] = value.clone();
            if value.is_null() {
                claims.as_object_mut().unwrap().remove(lacking);
            }
            let token = world.provider.id_key().sign(ID_KEY, &claims);
            let answer = world.post("/api/register-user").bearer(&token).send().await;
            answer.refused(400, "missing_attributes");
            assert!(answer.json()["detail"].as_str().unwrap().contains(lacking));
        }
    }
    assert_eq!(world.count("select count(*) from accounts").await, 0);
    world.register(&ada).await;
    world.post("/api/register-user").bearer(&access).send().await.refused(400, "missing_attributes");
});

on_both_engines!(a_valid_token_of_nobody_opens_nothing_but_registration, world => {
    let token = world.provider.id_token(&Person::new("Ada", "Lovelace"));
    for path in ["/api/me", "/api/users?query=a", "/api/users", "/api/me/sessions"] {
        world.get(path).bearer(&token).send().await.refused(403, "not_registered");
    }
    world.patch("/api/me").bearer(&token).body("text/plain", b"x").send().await.refused(403, "not_registered");
    world.delete("/api/me").bearer(&token).send().await.refused(403, "not_registered");
    world.delete("/api/me/sessions/x").bearer(&token).send().await.refused(403, "not_registered");
    assert_eq!(world.get("/api/config").bearer(&token).send().await.status, StatusCode::OK);
});

on_both_engines!(nobody_gets_anything_but_the_configuration, world => {
    for path in ["/api/me", "/api/users?query=a", "/api/users", "/api/me/sessions"] {
        let answer = world.get(path).send().await;
        answer.refused(401, "unauthorized");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
    }
    world.patch("/api/me").body("text/plain", b"x").send().await.refused(401, "unauthorized");
    world.delete("/api/me").send().await.refused(401, "unauthorized");
    world.delete("/api/me/sessions/x").send().await.refused(401, "unauthorized");
    let config = world.get("/api/config").send().await.json();
    let issuer = world.provider.issuer();
    assert_eq!(config["issuer"], issuer);
    assert_eq!(config["client_id"], PUBLIC);
    assert_eq!(config["authorize_url"], format!("{issuer}/authorize"));
    assert_eq!(config["token_url"], format!("{issuer}/token"));
    assert_eq!(config["limits"]["message_characters"], 4_000);
    let mut names: Vec<&String> = config.as_object().unwrap().keys().collect();
    names.sort();
    assert_eq!(names, [
        "authorize_url", "client_id", "issuer", "limits", "redirect_uri", "region", "sign_in_path", "sign_out_path",
        "token_url", "user_pool_id",
    ]);
});

on_both_engines!(a_profile_is_changed_by_its_person_only, world => {
    let (ada, grace) = (Person::new("Ada", "Lovelace"), Person::new("Grace", "Hopper"));
    let (ada_token, grace_token) = (world.register(&ada).await, world.register(&grace).await);
    let change = json!({ "display_name": "  Countess  " });
    let answer = world.patch("/api/me").bearer(&ada_token).json(&change).send().await;
    assert_eq!((answer.status, &answer.json()["display_name"]), (StatusCode::OK, &json!("Countess")));
    let grace_now = world.get("/api/me").bearer(&grace_token).send().await.json();
    assert_eq!(grace_now["display_name"], "Grace Hopper");
    let nothing = world.patch("/api/me").bearer(&ada_token).json(&json!({})).send().await;
    nothing.broke(&["body", "display_name"], "missing");
    let receipts = world.patch("/api/me").bearer(&ada_token).json(&json!({ "read_receipts": false })).send().await;
    assert_eq!((receipts.status, &receipts.json()["display_name"]), (StatusCode::OK, &json!("Countess")));
    let session = world.sign_in(&ada).await;
    let with_cookie = world.patch("/api/me").browser(&session).json(&json!({ "display_name": "Ada" })).send().await;
    assert_eq!(with_cookie.status, StatusCode::OK);
});

on_both_engines!(hostile_names_are_text, world => {
    let ada = Person::new("Ada", "Lovelace");
    let token = world.register(&ada).await;
    for name in [
        "<script>alert(1)</script>",
        "</textarea><script>",
        "</title><script>",
        "'; drop table accounts; --",
        "%_\\",
        "żółw 🐢 שלום",
        &"ż".repeat(100),
    ] {
        let answer = world.patch("/api/me").bearer(&token).json(&json!({ "display_name": name })).send().await;
        assert_eq!((answer.status, &answer.json()["display_name"]), (StatusCode::OK, &json!(name)));
    }
    for (name, rule) in
        [("\u{200b}", "blank"), (" \u{3164}\u{ad}", "blank"), ("\u{202e}gnp.exe", "control_character")]
    {
        let answer = world.patch("/api/me").bearer(&token).json(&json!({ "display_name": name })).send().await;
        answer.broke(&["body", "display_name"], rule);
    }
    let mut eve = Person::new("Eve", "x");
    eve.attributes["given_name"] = json!(format!("<b>\u{0}\n{}", "e".repeat(3_000)));
    eve.attributes["family_name"] = json!("</title><script>");
    let token = world.register(&eve).await;
    let profile = world.get("/api/me").bearer(&token).send().await.json();
    assert_eq!(profile["family_name"], "</title><script>");
    assert_eq!(profile["display_name"].as_str().unwrap().chars().count(), 100);
    assert!(!profile["given_name"].as_str().unwrap().contains(['\n', '\u{0}']));
});

on_both_engines!(people_are_found_by_parts_of_their_name_in_any_order, world => {
    let mut tokens = Vec::new();
    for (given, family) in [("Ada", "Lovelace"), ("Grace", "Hopper"), ("ŻÓŁW", "Straße"), ("Max_100%", "Back\\slash")] {
        tokens.push(world.register(&Person::new(given, family)).await);
    }
    let search = async |token: &str, query: &str| {
        let query: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
        let answer = world.get(&format!("/api/users?query={query}")).bearer(token).send().await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        let people = answer.json();
        for person in people.as_array().unwrap() {
            assert!(person["sub"].is_string() && person.get("avatar_url").is_some());
        }
        people
    };
    let names = |people: &Value| -> Vec<String> {
        people.as_array().unwrap().iter().map(|person| person["display_name"].as_str().unwrap().to_owned()).collect()
    };
    for (query, found) in [
        ("hopper grace", vec!["Grace Hopper"]),
        ("GRA pp", vec!["Grace Hopper"]),
        ("żółw", vec!["ŻÓŁW Straße"]),
        ("STRASSE", vec!["ŻÓŁW Straße"]),
        ("_100%", vec!["Max_100% Back\\slash"]),
        ("k\\s", vec!["Max_100% Back\\slash"]),
        ("%", vec!["Max_100% Back\\slash"]),
        ("grace turing", vec![]),
        ("example.org", vec![]),
        ("a", vec!["Grace Hopper", "Max_100% Back\\slash", "ŻÓŁW Straße"]),
        ("Ada", vec![]),
    ] {
        assert_eq!(names(&search(&tokens[0], query).await), found, "{query}");
    }
    let by_name = search(&tokens[0], "grace").await;
    assert!(by_name[0].get("email").is_none(), "the email is for those who know it");
    let by_email = search(&tokens[0], "GRACE@example.org").await;
    assert_eq!(by_email[0]["email"], "grace@example.org");
    assert_eq!(names(&search(&tokens[0], "grace@example.or").await), Vec::<String>::new());
    assert_eq!(names(&search(&tokens[0], "ada@example.org").await), Vec::<String>::new(), "not oneself");
});

on_both_engines!(a_search_answers_with_twenty_by_name, world => {
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    for number in (0..25).rev() {
        world.register(&Person::new(&format!("P{number:02}"), "Same")).await;
    }
    let people = world.get("/api/users?query=same").bearer(&token).send().await.json();
    let names: Vec<&str> = people.as_array().unwrap().iter().map(|p| p["display_name"].as_str().unwrap()).collect();
    let expected: Vec<String> = (0..20).map(|number| format!("P{number:02} Same")).collect();
    assert_eq!(names, expected);
    for (limit, count) in [("1", 1), ("25", 25), ("100", 25)] {
        let path = format!("/api/users?query=same&limit={limit}");
        let people = world.get(&path).bearer(&token).send().await.json();
        assert_eq!(people.as_array().unwrap().len(), count, "{limit}");
    }
    for (parameter, loc, rule) in [
        ("limit=0", "limit", "integer"),
        ("limit=101", "limit", "range"),
        ("before=1", "before", "cursor"),
        ("after=1", "after", "cursor"),
    ] {
        let path = format!("/api/users?query=same&{parameter}");
        world.get(&path).bearer(&token).send().await.broke(&["query", loc], rule);
    }
});

on_both_engines!(an_address_is_that_of_its_person_of_today, world => {
    let ada = world.register(&Person::new("Ada", "Lovelace")).await;
    let before = Person::new("Grace", "Hopper");
    world.register(&before).await;
    // The identity was deleted at the provider, and the address signed up again.
    let mut today = Person::new("Grace", "Murray");
    today.attributes["email"] = before.attributes["email"].clone();
    world.register(&today).await;
    let path = format!("/api/users?query={}", before.attributes["email"].as_str().unwrap());
    let people = world.get(&path).bearer(&ada).send().await.json();
    let names: Vec<&Value> = people.as_array().unwrap().iter().map(|person| &person["display_name"]).collect();
    assert_eq!(names, ["Grace Murray"], "{people}");
});

on_both_engines!(a_search_wants_one_readable_query, world => {
    let token = world.register(&Person::new("Ada", "Lovelace")).await;
    for (path, rule) in [
        ("/api/users".to_owned(), "missing"),
        ("/api/users?q=a".to_owned(), "missing"),
        ("/api/users?query=".to_owned(), "blank"),
        ("/api/users?query=%20".to_owned(), "blank"),
        ("/api/users?query=a&query=b".to_owned(), "repeated"),
        ("/api/users?query=%ff".to_owned(), "encoding"),
        ("/api/users?query=a%00b".to_owned(), "control_character"),
        (format!("/api/users?query={}", "a".repeat(201)), "too_long"),
    ] {
        let answer = world.get(&path).bearer(&token).send().await;
        answer.refused(422, "validation_failed");
        answer.broke(&["query", "query"], rule);
    }
});
