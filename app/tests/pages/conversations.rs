//! Conversations as a browser without scripts has them.

use crate::{
    html::{Page, attribute, text},
    people::{HOSTILE, Who},
    site::{call, get, get_refused, path_of, post_form},
    talk::{DESERTED, DIRECT, FOREIGN, GROUP, UNREAD},
};

async fn page(path: &str) -> Page {
    let answer = get(Who::Hostile, path).await;
    assert_eq!(answer.status, 200, "{path}");
    Page::strictly(&answer.body)
}

fn by_class(page: &Page, class: &str) -> Vec<String> {
    let has = |element: &_| attribute(element, "class").is_some_and(|own| own.split(' ').any(|one| one == class));
    page.elements("").iter().filter(|element| has(element)).map(text).collect()
}

fn field(page: &Page, name: &str) -> Option<String> {
    let fields = page.elements("input").into_iter().chain(page.elements("textarea"));
    let mut fields = fields.filter(|field| attribute(field, "name").as_deref() == Some(name));
    fields.next().map(|field| attribute(&field, "value").unwrap_or_default())
}

#[tokio::test]
async fn a_thread_has_its_messages_and_a_form_to_write() {
    let page = page(&format!("/conversations/{DIRECT}")).await;
    let ids: Vec<_> = page.elements("li").iter().filter_map(|row| attribute(row, "id")).collect();
    assert_eq!(ids, ["m11", "first-unread", "m12", "m13", "m14"]);
    assert_eq!(by_class(&page, "bubble-deleted").len(), 1);
    let quoted = "</title></textarea><script>alert(1)</script> bold";
    assert_eq!(by_class(&page, "quote-text"), [quoted], "what the quoted message shows, as text");
    assert_eq!(page.elements("strong").len(), 3, "what the server rendered stays markup");
    let actions: Vec<_> = page.elements("form").iter().filter_map(|form| attribute(form, "action")).collect();
    assert!(actions.contains(&"/fn/conversations/send".to_owned()), "{actions:?}");
    assert!(actions.contains(&"/fn/conversations/mark_read".to_owned()), "{actions:?}");
    assert_eq!(field(&page, "conversation_id").as_deref(), Some("4"));
    assert!(field(&page, "content").is_some());
    let reaction = page.elements("button").into_iter().find_map(|button| attribute(&button, "title"));
    assert!(reaction.is_some());
}

#[tokio::test]
async fn what_a_search_has_found_is_marked_whatever_its_accents() {
    let page = page("/conversations/search?query=B%C3%93LD").await;
    assert_eq!(page.elements("mark").iter().map(text).collect::<Vec<_>>(), ["bold"]);
}

/// Where the page's skip links lead: the text of what they name.
fn skipped_to(page: &Page) -> Vec<String> {
    let links = page.elements("a").into_iter();
    let links = links.filter(|link| attribute(link, "class").as_deref() == Some("skip-link"));
    let named = |id: String| {
        let mut all = page.elements("").into_iter();
        all.find(|element| attribute(element, "id").as_deref() == id.strip_prefix('#')).as_ref().map(text)
    };
    links.filter_map(|link| attribute(&link, "href").and_then(named)).collect()
}

#[tokio::test]
async fn an_open_thread_has_a_way_to_the_field() {
    let thread = page("/conversations/4").await;
    assert_eq!(by_class(&thread, "skip-link"), ["Skip to the content", "Skip to writing"]);
    assert_eq!(skipped_to(&thread).len(), 2, "both lead somewhere");
    for other in ["/conversations", "/conversations/new", "/conversations/4/details", "/conversations/search?query=a"] {
        assert_eq!(by_class(&page(other).await, "skip-link"), ["Skip to the content"], "{other}");
    }
}

#[tokio::test]
async fn where_everybody_else_is_gone_nothing_can_be_written() {
    let page = page(&format!("/conversations/{DESERTED}")).await;
    assert!(by_class(&page, "composer")[0].starts_with("Nobody is left here to write to"));
    assert_eq!(field(&page, "content"), None);
    assert!(skipped_to(&page)[1].starts_with("Nobody is left here to write to"));
    assert!(page.elements("li").iter().any(|row| attribute(row, "id").as_deref() == Some("m11")), "it stays readable");
}

#[tokio::test]
async fn names_titles_and_texts_of_others_stay_text() {
    for path in ["/conversations/4", "/conversations/5", "/conversations/5/details", "/conversations/search?query=a"] {
        let answer = get(Who::Hostile, path).await;
        assert!(!answer.body.contains("<script>alert"), "{path}");
        let page = Page::strictly(&answer.body);
        assert_eq!(by_class(&page, "conversation-title"), [HOSTILE, HOSTILE], "{path}");
    }
    let title = page("/conversations/5").await.text_of("title");
    assert_eq!(title, format!("{HOSTILE} · Lyceum"));
}

#[tokio::test]
async fn the_list_shows_what_is_unread_and_marks_what_is_open() {
    let list = page("/conversations").await;
    // Unread in the rail, due in the rail, unread in the list.
    assert_eq!(by_class(&list, "count"), ["3", "3", "3"]);
    let thread = page(&format!("/conversations/{GROUP}")).await;
    let items = thread.elements("a").into_iter().filter(|link| {
        attribute(link, "class").as_deref() == Some("conversation-item")
            && attribute(link, "aria-current").as_deref() == Some("page")
    });
    let open: Vec<_> = items.filter_map(|link| attribute(&link, "href")).collect();
    assert_eq!(open, ["/conversations/5"]);
    assert_eq!(by_class(&page("/conversations?query=nobody").await, "list-nothing"), ["No conversation of that name."]);
}

#[tokio::test]
async fn an_address_leads_to_a_message_and_to_older_ones() {
    let page = page("/conversations/4?message=12").await;
    let marked = |row: &_| attribute(row, "data-marked").is_some();
    let rows = page.elements("li");
    let marked: Vec<_> = rows.iter().filter(|row| marked(row)).filter_map(|row| attribute(row, "id")).collect();
    assert_eq!(marked, ["m12"]);
    let links: Vec<_> = page.elements("a").iter().filter_map(|link| attribute(link, "href")).collect();
    assert!(links.contains(&"/conversations/4?before=11".to_owned()), "{links:?}");
    assert!(links.iter().any(|link| link == "/conversations/4"), "back to the newest");
    assert!(links.contains(&"/conversations/4?message=11#m11".to_owned()), "to what is quoted");
}

#[tokio::test]
async fn whoever_has_read_nothing_finds_the_first_message() {
    let thread = page(&format!("/conversations/{UNREAD}")).await;
    let ways = thread.elements("a").into_iter().filter(|link| text(link).ends_with("go to the first"));
    let ways: Vec<_> = ways.filter_map(|link| attribute(&link, "href")).collect();
    assert_eq!(ways, [format!("/conversations/{UNREAD}?message=0#first-unread")]);
    let first = page(ways[0].split('#').next().unwrap()).await;
    let rows: Vec<_> = first.elements("li").iter().filter_map(|row| attribute(row, "id")).collect();
    assert_eq!(rows, ["m11", "first-unread", "m12", "m13", "m14"], "the oldest one is the viewer's own");
    assert!(by_class(&first, "jump-unread").is_empty());
}

#[tokio::test]
async fn a_reaction_is_called_as_it_looks() {
    let page = page(&format!("/conversations/{DIRECT}")).await;
    let chips = page.elements("button").into_iter();
    let chips: Vec<_> = chips.filter(|button| attribute(button, "class").as_deref() == Some("reaction")).collect();
    let names: Vec<_> = chips.iter().filter_map(|chip| attribute(chip, "aria-label")).collect();
    assert_eq!(chips.iter().map(text).collect::<Vec<_>>(), ["👍2"]);
    assert_eq!(names, [format!("👍 2: You, {HOSTILE}")]);
}

#[tokio::test]
async fn an_address_of_a_message_that_is_not_there_leads_to_the_newest() {
    for query in ["message=9223372036854775807", "message=-1", "message=99&before=12", "edit=99"] {
        let thread = page(&format!("/conversations/{DIRECT}?{query}")).await;
        let rows: Vec<_> = thread.elements("li").iter().filter_map(|row| attribute(row, "id")).collect();
        assert!(rows.contains(&"m14".to_owned()), "{query}: {rows:?}");
        assert!(thread.elements("li").iter().all(|row| attribute(row, "data-marked").is_none()), "{query}");
        assert!(field(&thread, "content").is_some(), "{query}");
    }
}

#[tokio::test]
async fn what_one_may_not_see_has_its_status() {
    for (path, status) in [
        (format!("/conversations/{FOREIGN}"), 403),
        (format!("/conversations/{FOREIGN}/details"), 403),
        ("/conversations/7".to_owned(), 404),
        ("/conversations/7/details".to_owned(), 404),
        ("/conversations/x".to_owned(), 404),
        ("/conversations/-1".to_owned(), 404),
        ("/conversations/99999999999999999999".to_owned(), 404),
        (format!("/conversations/search?query=a&conversation={FOREIGN}"), 403),
    ] {
        let answer = get(Who::Hostile, &path).await;
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert_eq!(Page::strictly(&answer.body).elements("h1").len(), 1, "{path}");
    }
    assert_eq!(get(Who::Unlucky, "/conversations/4").await.status, 500);
}

#[tokio::test]
async fn plain_forms_send_start_and_come_back() {
    for (function, fields, location) in [
        ("conversations/send", "conversation_id=4&content=Hi", "/conversations/4#m15"),
        ("conversations/send", "conversation_id=4&content=Hi&reply_to=12&client_id=", "/conversations/4#m15"),
        ("conversations/start", "participant_subs[]=ben&title=", "/conversations/4"),
        ("conversations/start", "participant_subs%5B%5D=ben&participant_subs%5B%5D=cem", "/conversations/5"),
        ("conversations/rename", "id=5&title=", "/conversations/5/details"),
        ("conversations/add_participants", "id=5&participant_subs[]=dan", "/conversations/5/details"),
        ("conversations/remove_participant", "id=5&sub=ben", "/conversations/5/details"),
        ("conversations/remove_participant", "id=5&sub=viewer", "/conversations"),
        ("conversations/mute", "id=5&muted=true", "/conversations/5/details"),
        ("conversations/mark_read", "conversation_id=4&message_id=14", "/conversations/4"),
        ("conversations/react", "message_id=14&emoji=%F0%9F%91%8D&on=true", "/conversations/4?message=14#m14"),
        ("conversations/edit", "message_id=14&content=Hi", "/conversations/4?message=14#m14"),
        ("conversations/delete", "message_id=14", "/conversations/4?message=14#m14"),
        ("accounts/set_read_receipts", "read_receipts=false", "/settings?done=read_receipts"),
    ] {
        let answer = post_form(Who::Hostile, function, fields, "/conversations/4").await;
        assert_eq!(answer.status, 302, "{function} {fields}: {}", answer.body);
        assert_eq!(answer.location.as_deref(), Some(location), "{function} {fields}");
    }
}

#[tokio::test]
async fn a_refused_form_says_why() {
    for (function, fields, page, words) in [
        ("conversations/send", "conversation_id=4&content=+", "/conversations/4", "The message is blank"),
        ("conversations/start", "title=", "/conversations/new", "Choose somebody."),
    ] {
        let answer = post_form(Who::Hostile, function, fields, page).await;
        let html = get(Who::Hostile, path_of(&answer.location.unwrap())).await.body;
        assert!(html.contains(words), "{function}: {html}");
    }
}

#[tokio::test]
async fn people_are_found_and_ticked_without_scripts() {
    let page = page("/conversations/new?query=a").await;
    let boxes =
        page.elements("input").into_iter().filter(|input| attribute(input, "type").as_deref() == Some("checkbox"));
    let boxes: Vec<_> = boxes.map(|input| (attribute(&input, "name"), attribute(&input, "value"))).collect();
    assert_eq!(boxes, [(Some("participant_subs[]".into()), Some("a".into()))]);
}

#[tokio::test]
async fn who_was_ticked_in_a_refused_form_still_is() {
    for (function, at) in [
        ("conversations/start", "/conversations/new?query=a".to_owned()),
        ("conversations/add_participants", format!("/conversations/{GROUP}/details?query=a")),
    ] {
        let refused = post_form(Who::Hostile, function, "id=x&title=", &at).await;
        let chosen = [("participant_subs[]", "nobody"), ("participant_subs[]", "a")];
        let told = get_refused(Who::Hostile, &refused, function, &chosen).await;
        assert_eq!(ticked(&Page::strictly(&told.body)), ["a"], "{function}");
        assert!(ticked(&page(&at).await).is_empty(), "{function}");
    }
}

/// The values of the boxes that are ticked.
fn ticked(page: &Page) -> Vec<String> {
    let boxes = page.elements("input").into_iter().filter(|input| attribute(input, "checked").is_some());
    boxes.filter_map(|input| attribute(&input, "value")).collect()
}

#[tokio::test]
async fn a_message_of_ones_own_is_changed_in_a_form() {
    let actions = |page: &Page| -> Vec<String> {
        page.elements("form").iter().filter_map(|form| attribute(form, "action")).collect()
    };
    let written = |page: &Page| text(&page.elements("textarea")[0]);
    let thread = page("/conversations/4").await;
    let links: Vec<_> = thread.elements("a").iter().filter_map(|link| attribute(link, "href")).collect();
    let ways: Vec<_> = links.iter().filter(|link| link.contains("?edit=")).collect();
    assert_eq!(ways, ["/conversations/4?edit=11#m11"], "those of others are theirs");

    let at = "/conversations/4?edit=11";
    let edit = page(at).await;
    assert!(actions(&edit).contains(&"/fn/conversations/edit".to_owned()), "{:?}", actions(&edit));
    assert_eq!(field(&edit, "message_id").as_deref(), Some("11"));
    assert_eq!(written(&edit), format!("{HOSTILE} **bold**"));
    let refused = post_form(Who::Hostile, "conversations/edit", "message_id=11", at).await;
    let told = get_refused(Who::Hostile, &refused, "conversations/edit", &[("content", "<b>Mine</b>")]).await;
    let told = Page::strictly(&told.body);
    assert_eq!(written(&told), "<b>Mine</b>");
    assert!(by_class(&told, "notice").concat().contains("A field is missing"));

    let deletes = |page: &Page| actions(page).contains(&"/fn/conversations/delete".to_owned());
    assert!(deletes(&edit), "it is deleted beside that: {:?}", actions(&edit));
    assert!(edit.elements("summary").iter().any(|summary| text(summary) == "Delete this message"), "asked about first");
    let refused = post_form(Who::Hostile, "conversations/delete", "message_id=x", at).await;
    let told = get_refused(Who::Hostile, &refused, "conversations/delete", &[("message_id", "x")]).await;
    assert!(!by_class(&Page::strictly(&told.body), "notice").is_empty(), "{}", told.body);

    for other in ["/conversations/4?edit=14", "/conversations/4?edit=13", "/conversations/4?edit=x"] {
        let other = page(other).await;
        assert!(!deletes(&other));
        assert!(actions(&other).contains(&"/fn/conversations/send".to_owned()), "{:?}", actions(&other));
        assert_eq!(written(&other), "");
    }
}

#[tokio::test]
async fn one_place_in_the_thread_can_be_asked_for() {
    for (query, status) in [
        ("conversation_id=4", 200),
        ("conversation_id=4&before=12", 200),
        ("conversation_id=4&around=12", 200),
        ("conversation_id=4&around=0", 200),
        ("conversation_id=4&around=99", 422),
        ("conversation_id=4&before=12&after=11", 422),
        ("conversation_id=4&before=x", 422),
        ("conversation_id=x", 422),
        ("conversation_id=6", 403),
        ("conversation_id=7", 404),
    ] {
        let answer = call(Who::Hostile, "GET", &format!("conversations/messages?{query}"), "").await;
        assert_eq!(answer.status.as_u16(), status, "{query}: {}", answer.body);
    }
    for (query, status) in [("", 200), ("query=&before=", 200), ("before=17-4", 200), ("before=17", 422)] {
        let answer = call(Who::Hostile, "GET", &format!("conversations/list?{query}"), "").await;
        assert_eq!(answer.status.as_u16(), status, "{query}: {}", answer.body);
    }
}
