//! A form of a browser without scripts that is refused: its page tells why, with what was written still in the fields.

use crate::{
    documents::processed,
    functions,
    world::{Actor, World, assert_problem},
};
use db::testing::ENGINES;
use reqwest::{Method, Response, StatusCode, header};
use serde_json::{Value, json};

const LECTURE: &[u8] = b"# Cells\n\nA cell is the smallest unit of life that can reproduce by itself. Robert Hooke described \
    cells in 1665 in his book Micrographia. The nucleus is the organelle that contains the genetic material of the cell. \
    Mitosis is the division of a nucleus into two identical nuclei. Human cells contain 46 chromosomes.\n";

/// Ada's notes, which another browser of hers saves first.
struct Conflict {
    world: World,
    ada: Actor,
    page: String,
    notes: String,
}

impl Conflict {
    async fn new(kind: db::EngineKind) -> Self {
        let world = functions::world(kind).await;
        let ada = world.browser("Ada", "Lovelace").await;
        let document = processed(&world.url, &ada.id_token, "cells.md", "text/markdown", LECTURE).await;
        let id = document["id"].as_str().unwrap();
        let (page, notes) = (format!("/library/{id}/edit"), format!("/api/documents/{id}/notes"));
        let newer = json!({ "version": 1, "markdown": "# Theirs\n\nThe newer words." });
        let saved = ada.browse(Method::PUT, &notes).json(&newer).send().await.unwrap();
        assert_eq!(saved.status(), StatusCode::OK, "{}", saved.text().await.unwrap());
        Self { world, ada, page, notes }
    }

    /// Sends the form of the notes as a browser without scripts does, from this address.
    async fn save(&self, from: &str, version: u32, markdown: &str) -> String {
        let id = self.page.split('/').nth(2).unwrap();
        let version = version.to_string();
        let fields = [("id", id), ("version", version.as_str()), ("markdown", markdown)];
        send(&self.world, &self.ada, from, "documents/edit_notes", &fields).await
    }
}

/// Sends a form of the page at this address as a browser without scripts does, and tells where that leads.
async fn send(world: &World, actor: &Actor, from: &str, function: &str, fields: &[(&str, &str)]) -> String {
    let sent = actor.browse(Method::POST, &format!("/fn/{function}")).form(fields);
    let sent = sent.header(header::ACCEPT, "text/html").header(header::REFERER, format!("{}{from}", world.url));
    let answer = sent.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND, "{}", answer.text().await.unwrap());
    answer.headers()[header::LOCATION].to_str().unwrap().to_owned()
}

/// What a call of REST has made.
async fn made(actor: &Actor, path: &str, body: Value) -> Value {
    let answer = actor.browse(Method::POST, path).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::CREATED, "{}", answer.text().await.unwrap());
    answer.json().await.unwrap()
}

async fn page(actor: &Actor, path: &str) -> Response {
    actor.browse(Method::GET, path).header(header::ACCEPT, "text/html").send().await.unwrap()
}

async fn shown(actor: &Actor, path: &str) -> String {
    let page = page(actor, path).await;
    assert_eq!(page.status(), StatusCode::OK);
    assert_eq!(page.headers()[header::CACHE_CONTROL], "no-store");
    page.text().await.unwrap()
}

/// What stands in the field of the notes, as its HTML.
fn field(page: &str) -> &str {
    page.split_once("<textarea").unwrap().1.split_once("</textarea>").unwrap().0
}

/// Whether the page has a tag with all of these.
fn has_tag(page: &str, wanted: &[&str]) -> bool {
    let mut tags = page.split('<').map(|rest| rest.split('>').next().unwrap_or_default());
    tags.any(|tag| wanted.iter().all(|one| tag.contains(one)))
}

#[tokio::test]
async fn long_notes_that_came_too_late_stay_in_their_field() {
    for kind in ENGINES {
        let conflict = Conflict::new(kind).await;
        let Conflict { ada, page: edit, .. } = &conflict;
        let mine = format!("# Mine\n\n{}<b>The end.</b>", "I have much to say of cells.\n".repeat(4_000));
        let refused = conflict.save(edit, 1, &mine).await;
        assert!(refused.starts_with(&format!("{edit}?__path=")) && refused.len() < 1_000, "{refused}");
        let told = shown(ada, &refused).await;
        assert_eq!(field(&told).matches("I have much to say of cells.").count(), 4_000);
        assert!(field(&told).ends_with("&lt;b&gt;The end.&lt;/b&gt;"));
        for wanted in ["There is a newer version of these notes", "is still in the field", "The newer words."] {
            assert!(told.contains(wanted), "{wanted}");
        }
        assert!(told.contains("name=\"version\" value=\"2\""), "saved again, it comes after the newer version");
        assert!(field(&shown(ada, &refused).await).contains("# Mine"), "loaded again, it is still there");
        assert!(!shown(ada, edit).await.contains("# Mine"), "without the reason it is another visit");

        let again = conflict.save(&refused, 1, "Only this now.").await;
        assert_eq!((again.matches("__err=").count(), again.matches("__path=").count()), (1, 1), "{again}");
        let told = shown(ada, &again).await;
        assert!(field(&told).contains("Only this now.") && !told.contains("# Mine"), "the last form counts");

        let saved = conflict.save(&again, 2, &mine).await;
        assert_eq!(saved, edit.strip_suffix("/edit").unwrap());
        let notes: Value = ada.browse(Method::GET, &conflict.notes).send().await.unwrap().json().await.unwrap();
        assert_eq!((notes["version"].as_i64(), notes["markdown"].as_str()), (Some(3), Some(mine.as_str())));
    }
}

#[tokio::test]
async fn what_was_written_is_for_that_browser_only_and_for_an_hour() {
    for kind in ENGINES {
        let conflict = Conflict::new(kind).await;
        let Conflict { world, ada, page: edit, .. } = &conflict;
        let refused = conflict.save(edit, 1, "My own words.").await;
        let eve = world.browser("Eve", "Outside").await;
        let foreign = page(&eve, &refused).await;
        assert_eq!(foreign.status(), StatusCode::NOT_FOUND);
        assert!(!foreign.text().await.unwrap().contains("My own words."));
        let second = another_browser(world, ada).await;
        assert!(!shown(&second, &refused).await.contains("My own words."));
        assert!(field(&shown(ada, &refused).await).contains("My own words."));
        let reason = refused.split_once('?').unwrap().1;
        assert!(!shown(ada, &format!("/settings?{reason}")).await.contains("My own words."), "another page");
        world.advance(3_601).await;
        let late = shown(ada, &refused).await;
        assert!(late.contains("without what you wrote") && !late.contains("My own words."));
    }
}

/// The same person, signed in once more.
async fn another_browser(world: &World, person: &Actor) -> Actor {
    let mut second = world.newcomer("Ada", "Lovelace").await;
    (second.email, second.password) = (person.email.clone(), person.password.clone());
    second.sign_in("/settings").await;
    second
}

#[tokio::test]
async fn short_forms_keep_what_was_written_too() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let ada = world.browser("Ada", "Lovelace").await;
        let long = format!("{} \"quoted\" & <marked>", "x".repeat(200));
        for (page, function, name) in
            [("/albums/new", "albums/make", "title"), ("/settings", "accounts/update_profile", "display_name")]
        {
            let location = send(&world, &ada, page, function, &[(name, &long)]).await;
            assert!(location.starts_with(&format!("{page}?__path=")), "{location}");
            let told = shown(&ada, &location).await;
            let values: Vec<&str> = told.split(" value=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            let written = values.iter().find(|value| value.starts_with("xxx")).unwrap();
            assert!(written.ends_with("&quot;quoted&quot; &amp; &lt;marked&gt;"), "{written}");
        }
    }
}

#[tokio::test]
async fn a_message_that_was_made_too_long_stays_in_its_field() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let (ada, bob) = (world.browser("Ada", "Lovelace").await, world.browser("Bob", "Builder").await);
        let talk = made(&ada, "/api/conversations", json!({ "participant_subs": [bob.sub] })).await["id"].clone();
        let sent = made(&ada, "/api/messages", json!({ "conversation_id": talk, "content": "Hello" })).await;
        let message = sent["id"].to_string();
        let (thread, edit) = (format!("/conversations/{talk}"), format!("/conversations/{talk}?edit={message}"));
        let way = format!("href=\"{edit}#m{message}\"");
        assert!(has_tag(&shown(&ada, &thread).await, &[&way]));
        assert!(!has_tag(&shown(&bob, &thread).await, &[&way]), "it is not his");
        assert!(field(&shown(&ada, &edit).await).ends_with("Hello"));

        let long = format!("{}<b>", "x".repeat(4_000));
        let fields = [("message_id", message.as_str()), ("content", long.as_str())];
        let refused = send(&world, &ada, &edit, "conversations/edit", &fields).await;
        assert!(refused.starts_with(&format!("{edit}&__path=")), "{refused}");
        let told = shown(&ada, &refused).await;
        assert!(field(&told).ends_with("x&lt;b&gt;") && told.contains("shorten it to 4000"));
        assert!(has_tag(&told, &["form", "action=\"/fn/conversations/edit\""]));
        assert!(has_tag(&told, &["name=\"message_id\"", &format!("value=\"{message}\"")]));

        let fields = [("message_id", message.as_str()), ("content", "Good evening")];
        let changed = send(&world, &ada, &refused, "conversations/edit", &fields).await;
        assert_eq!(changed, format!("{thread}?message={message}#m{message}"));
        assert!(shown(&bob, &thread).await.contains("Good evening"));
    }
}

#[tokio::test]
async fn who_was_chosen_and_what_they_may_do_stays_chosen() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let (ada, bob) = (world.browser("Ada", "Lovelace").await, world.person("Bob", "Builder").await);
        let eve = world.person("Eve", "Outside").await.sub;
        let group = json!({ "participant_subs": [bob.sub], "title": "Biology" });
        let group = made(&ada, "/api/conversations", group).await["id"].to_string();
        let album = made(&ada, "/api/albums", json!({ "title": "Cells" })).await["id"].as_str().unwrap().to_owned();
        let (new, details) = ("/conversations/new", format!("/conversations/{group}/details"));
        let sharing = format!("/albums/{album}/sharing");
        for (page, function, other) in [
            (new, "conversations/start", ("title", "Chemistry")),
            (details.as_str(), "conversations/add_participants", ("id", group.as_str())),
            (sharing.as_str(), "albums/share", ("id", album.as_str())),
        ] {
            let page = format!("{page}?query=Eve");
            let people = [("participant_subs[]", "nobody"), ("participant_subs[]", eve.as_str())];
            let fields = [people[0], people[1], other, ("role", "editor")];
            let refused = send(&world, &ada, &page, function, &fields).await;
            assert!(refused.starts_with(&format!("{page}&__path=")), "{refused}");
            let told = shown(&ada, &refused).await;
            let value = format!("value=\"{eve}\"");
            let found = ["type=\"checkbox\"", value.as_str()];
            assert!(has_tag(&told, &[found[0], found[1], " checked"]), "{function}");
            let (editor, title) = (has_tag(&told, &["people-editor", " checked"]), has_tag(&told, &["\"Chemistry\""]));
            assert_eq!((editor, title), (page.starts_with("/albums"), page.starts_with(new)));
            let fresh = shown(&ada, &page).await;
            assert!(has_tag(&fresh, &found) && !has_tag(&fresh, &[found[0], " checked"]), "{function}");
        }

        let fields = [
            ("conversation_ids[]", "999999"),
            ("conversation_ids[]", group.as_str()),
            ("role", "editor"),
            ("id", album.as_str()),
        ];
        let told = shown(&ada, &send(&world, &ada, &sharing, "albums/share", &fields).await).await;
        assert!(has_tag(&told, &[&format!("option value=\"{group}\""), " selected"]));
        assert!(has_tag(&told, &["conversation-editor", " checked"]) && has_tag(&told, &["people-viewer", " checked"]));
    }
}

#[tokio::test]
async fn what_is_too_long_to_be_sent_is_told_on_its_page() {
    for kind in ENGINES {
        let world = World::new(kind).await;
        let ada = world.browser("Ada", "Lovelace").await;
        let page = "/albums/new";
        let first = "x".repeat(300);
        let refused = send(&world, &ada, page, "albums/make", &[("title", &first)]).await;
        assert!(shown(&ada, &refused).await.contains(&first));
        let refused = send(&world, &ada, &refused, "albums/make", &[("title", &"y".repeat(1_100_000))]).await;
        assert!(refused.starts_with("/albums/new?__path=") && refused.len() < 1_000, "{refused}");
        assert_eq!(refused.matches("__err=").count(), 1, "only the last reason is told");
        let told = shown(&ada, &refused).await;
        assert!(told.contains("more than can be sent at once"));
        assert!(!told.contains(&first), "the earlier form is not this one");

        let by_script = ada.browse(Method::POST, "/fn/albums/make").header(header::ACCEPT, "application/json");
        let answer = by_script.form(&[("title", "y".repeat(1_100_000))]).send().await.unwrap();
        assert_problem(answer, 413, "payload_too_large").await;
    }
}
