//! Documents as a browser without scripts has them.

use crate::{
    html::{Page, attribute, text},
    people::{HOSTILE, Who},
    site::{Answer, get, get_refused, path_of, post_form},
    study::{READ, READING, SCAN, SENT, SENT_SCAN, passage},
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

fn assert_has(page: &Page, wanted: &str) {
    let links = links(page);
    assert!(links.iter().any(|link| link == wanted), "{wanted} in {links:?}");
}

fn redirect(answer: &Answer) -> &str {
    assert_eq!(answer.status, 302, "{}", answer.body);
    path_of(answer.location.as_deref().unwrap())
}

#[tokio::test]
async fn the_library_says_how_far_each_document_is() {
    let library = page("/library").await;
    assert_eq!(by_class(&library, "document-title"), [HOSTILE; 3]);
    assert_eq!(by_class(&library, "document-state"), ["Reading page 12 of 100"]);
    assert_eq!(by_class(&library, "document-failure"), ["Its pages are pictures. Recognise the text first."]);
    let bars = library.elements("progress");
    assert_eq!((bars.len(), attribute(&bars[0], "value").as_deref()), (1, Some("12")));
    assert_has(&library, &format!("/library/{READ}"));
    for wanted in [READ, READING] {
        assert_has(&library, &format!("/quizzes/new?document={wanted}"));
    }
    assert!(!links(&library).contains(&format!("/library/{READING}/read")), "it is being read");
    assert!(!links(&library).contains(&format!("/quizzes/new?document={SCAN}")), "nothing can be made of a scan");
    assert!(links(&library).iter().any(|link| link.starts_with("/library?before=%3C%2Ftitle%3E")), "older ones");
    let nothing = get(Who::Hostile, "/library?query=nothing").await.body;
    assert!(nothing.contains("No document has this in its title or file name."));
    let end = page("/library?before=x").await;
    assert_has(&end, "/library");
    let told: Vec<_> = end.elements("p").iter().map(text).collect();
    assert!(told.contains(&"Nothing is left in this part of the list. Go to its beginning".to_owned()), "{told:?}");
}

#[tokio::test]
async fn notes_lead_to_their_passages() {
    let document = page(&format!("/library/{READ}")).await;
    assert_eq!(document.elements("h1").iter().map(text).collect::<Vec<_>>(), [HOSTILE]);
    let (start, end) = passage();
    assert_has(&document, &format!("/library/{READ}/read?page=2&start={start}&end={end}"));
    for wanted in [
        format!("/library/{READ}/read"),
        format!("/library/{READ}/edit"),
        format!("/library/{READ}/versions"),
        format!("/quizzes/new?document={READ}"),
        "/media/original".into(),
    ] {
        assert_has(&document, &wanted);
    }
    assert!(by_class(&document, "notes").concat().contains(&format!("Polish is done well. {HOSTILE}")));
    let buttons: Vec<_> = document.elements("button").iter().map(text).collect();
    assert!(buttons.contains(&"Delete document, its 3 pages and its notes".to_owned()), "{buttons:?}");
}

#[tokio::test]
async fn what_cannot_be_read_says_why() {
    let scan = page(&format!("/library/{SCAN}")).await;
    assert_eq!(by_class(&scan, "document-failure"), ["Its pages are pictures. Recognise the text first."]);
    assert!(!links(&scan).contains(&format!("/library/{SCAN}/read")));
    assert!(!links(&scan).contains(&format!("/quizzes/new?document={SCAN}")), "nothing can be made of a scan");
    let reading = page(&format!("/library/{READING}")).await;
    assert_eq!(by_class(&reading, "document-state"), ["Reading page 12 of 100"]);
    assert!(by_class(&reading, "quiet").concat().contains("You can ask for a quiz of it already"));
    assert_has(&reading, &format!("/quizzes/new?document={READING}"));
    assert!(!links(&reading).contains(&format!("/library/{READING}/read")));
}

#[tokio::test]
async fn the_reader_opens_at_the_cited_passage() {
    let (start, end) = passage();
    let reader = page(&format!("/library/{READ}/read?page=2&start={start}&end={end}")).await;
    let marks = reader.elements("mark");
    assert_eq!(marks.iter().map(text).collect::<Vec<_>>(), ["cell divides"]);
    assert_eq!(attribute(&marks[0], "id").as_deref(), Some("cited"));
    assert_eq!(by_class(&reader, "page-number"), ["Page 2"]);
    assert_eq!(reader.elements("h3").iter().map(text).collect::<Vec<_>>(), [format!("Cells {HOSTILE}")]);
    assert_eq!(reader.elements("td").iter().map(text).collect::<Vec<_>>(), ["a", "b", "c", "d"]);
    let labels: Vec<_> = reader.elements("div").iter().filter_map(|div| attribute(div, "aria-label")).collect();
    assert!(labels.contains(&"Table 1".to_owned()), "{labels:?}");
    assert_has(&reader, &format!("/library/{READ}/read?page=1"));
    assert_has(&reader, &format!("/library/{READ}/read?page=3"));
    assert_has(&reader, &format!("/library/{READ}/read?page=3&start=0&end=5#cited"));
}

#[tokio::test]
async fn finding_goes_from_place_to_place() {
    let found = page(&format!("/library/{READ}/read?from=2&find=cell%20d")).await;
    assert_eq!(by_class(&found, "page-number"), ["Page 2"], "on from where one was");
    assert!(by_class(&found, "find-steps")[0].starts_with("2 of 3 places"));
    let places = by_class(&found, "find-places").concat();
    assert!(places.contains(&format!("cell divides. {HOSTILE}")), "{places}");
    assert_has(&found, &format!("/library/{READ}/read?find=cell%20d&hit=2#cited"));
    let last = page(&format!("/library/{READ}/read?find=cell&hit=2")).await;
    assert_eq!(by_class(&last, "page-number"), ["Page 3"]);
    let nothing = page(&format!("/library/{READ}/read?find=nothing")).await;
    assert!(by_class(&nothing, "find-steps")[0].contains("Nothing found."));
    assert_eq!(get(Who::Hostile, &format!("/library/{READ}/read?page=9")).await.status, 404);
}

#[tokio::test]
async fn notes_are_edited_and_kept_in_versions() {
    let edit = page(&format!("/library/{READ}/edit")).await;
    assert_eq!(text(&edit.elements("textarea")[0]), format!("- Cells divide. {HOSTILE}"));
    let at = format!("/library/{READ}/edit");
    let saved = post_form(Who::Hostile, "documents/edit_notes", &format!("id={READ}&version=2&markdown=x"), &at).await;
    assert_eq!(redirect(&saved), format!("/library/{READ}"));
    let late = post_form(Who::Hostile, "documents/edit_notes", &format!("id={READ}&version=1&markdown=x"), &at).await;
    let told = page(redirect(&late)).await;
    assert!(by_class(&told, "notice").concat().contains("There is a newer version of these notes."));
    let advice = told.elements("p").iter().map(text).collect::<String>();
    assert!(advice.contains("without what you wrote") && !advice.contains("is still here"), "{advice}");
    let versions = page(&format!("/library/{READ}/versions")).await;
    assert_eq!(by_class(&versions, "version-text"), ["What version 2 says.", "What version 1 says."]);
    assert!(by_class(&versions, "version").concat().contains("Make version 1 the newest"));
}

#[tokio::test]
async fn what_was_written_into_notes_stands_beside_the_newer_version() {
    let at = format!("/library/{READ}/edit");
    let late = post_form(Who::Hostile, "documents/edit_notes", &format!("id={READ}&version=1&markdown=x"), &at).await;
    let mine = "# Mine\n\n</textarea><script>alert(1)</script>";
    let told = get_refused(Who::Hostile, &late, "documents/edit_notes", &[("markdown", mine)]).await;
    let told = Page::strictly(&told.body);
    assert_eq!(text(&told.elements("textarea")[0]), mine);
    let inputs = told.elements("input");
    let version = inputs.iter().find(|input| attribute(input, "name").as_deref() == Some("version")).unwrap();
    assert_eq!(attribute(version, "value").as_deref(), Some("2"), "saved again, it comes after the newer version");
    assert!(by_class(&told, "notice").concat().contains("There is a newer version of these notes."));
    let advice = told.elements("p").iter().map(text).collect::<String>();
    assert!(advice.contains("is still in the field") && !advice.contains("without what you wrote"), "{advice}");
    assert_eq!(by_class(&told, "version-text"), ["CellsCells divide. [p. 2]"], "the newer version");
    let other = get_refused(Who::Hostile, &late, "documents/rename", &[("markdown", mine)]).await;
    assert!(!other.body.contains("# Mine"), "it was written into another form");
}

#[tokio::test]
async fn forms_work_without_scripts() {
    let at = format!("/library/{READ}");
    let renamed = post_form(Who::Hostile, "documents/rename", &format!("id={READ}&title=Cells"), &at).await;
    assert_eq!(redirect(&renamed), at);
    let blank = post_form(Who::Hostile, "documents/rename", &format!("id={READ}&title="), &at).await;
    let told = page(redirect(&blank)).await;
    assert!(by_class(&told, "field-error").concat().contains("Give it a title."));
    let told = get_refused(Who::Hostile, &blank, "documents/rename", &[("title", "\"Cells\" & <more>")]).await;
    let inputs = Page::strictly(&told.body).elements("input");
    let title = inputs.iter().find(|input| attribute(input, "name").as_deref() == Some("title")).unwrap();
    assert_eq!(attribute(title, "value").as_deref(), Some("\"Cells\" & <more>"));
    let deleted = post_form(Who::Hostile, "documents/delete", &format!("id={READ}"), &at).await;
    assert_eq!(redirect(&deleted), "/library");
    let object = uuid::Uuid::from_u128(9);
    let taken =
        post_form(Who::Hostile, "documents/take", &format!("object_id={object}&wish=quiz"), "/conversations/4").await;
    assert_eq!(redirect(&taken), format!("/quizzes/new?document={READ}"));
    let fresh =
        post_form(Who::Hostile, "documents/take", &format!("object_id={SENT}&wish=quiz"), "/conversations/4").await;
    assert_eq!(redirect(&fresh), format!("/quizzes/new?document={READING}"), "it is made as soon as it is read");
    let scan =
        post_form(Who::Hostile, "documents/take", &format!("object_id={SENT_SCAN}&wish=quiz"), "/conversations/4")
            .await;
    assert_eq!(redirect(&scan), format!("/library/{SCAN}"), "its page says why it cannot be read");
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    let unknown = uuid::Uuid::from_u128(0xdead);
    for path in ["", "/read", "/edit", "/versions"] {
        assert_eq!(get(Who::Hostile, &format!("/library/{unknown}{path}")).await.status, 404, "{path}");
        assert_eq!(get(Who::Hostile, &format!("/library/no-id{path}")).await.status, 404, "{path}");
        assert_eq!(get(Who::Nobody, &format!("/library/{READ}{path}")).await.status, 302, "{path}");
    }
}
