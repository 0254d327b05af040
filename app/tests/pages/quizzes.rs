//! Quizzes and review as a browser without scripts has them.

use crate::{
    html::{Page, attribute, text},
    people::{HOSTILE, Who},
    site::{Answer, call, get, get_refused, path_of, post_form},
    study::{CHECKED, FAILED, MINE, QUOTE, READ, READING, SCAN, SECRET, SHARED},
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
async fn the_list_has_what_is_mine_and_what_was_shared() {
    let list = page("/quizzes").await;
    assert_eq!(by_class(&list, "document-title"), [HOSTILE; 2]);
    let rows = by_class(&list, "quiz-row");
    assert!(rows[0].contains("Last score 1 of 3, 33 %") && rows[0].contains("Edit and share"), "{}", rows[0]);
    assert!(rows[1].contains(&format!("By {HOSTILE}")) && !rows[1].contains("Edit and share"), "{}", rows[1]);
    assert_has(&list, "/quizzes/new");
    assert!(by_class(&list, "table").concat().contains("1 of 3, 33 %"), "the history");
}

#[tokio::test]
async fn an_address_with_a_foreign_cursor_is_told_in_words_for_people() {
    let answer = get(Who::Hostile, "/quizzes?before=x").await;
    assert_eq!(answer.status, 422);
    let words = by_class(&Page::strictly(&answer.body), "error").concat();
    assert!(words.contains("Open the list from its beginning."), "{words}");
    assert!(!words.contains("Link header"), "{words}");
}

#[tokio::test]
async fn nothing_tells_an_answer_before_it_is_given() {
    for path in ["/quizzes", "/quizzes/1", "/quizzes/2", "/quizzes/2?only=open", "/quizzes/2?feedback=each", "/review"]
    {
        let body = get(Who::Hostile, path).await.body;
        for told in [SECRET, QUOTE, "correct_answer", "citation", "accepted_answers"] {
            assert!(!body.contains(told), "{told} at {path}");
        }
    }
}

#[tokio::test]
async fn a_quiz_is_a_form() {
    let quiz = page(&format!("/quizzes/{SHARED}")).await;
    let form = quiz.elements("form").into_iter().find(|form| attribute(form, "class").as_deref() == Some("quiz-form"));
    assert_eq!(attribute(&form.unwrap(), "action").as_deref(), Some("/fn/quizzes/submit"));
    let fields: Vec<_> = quiz
        .elements("input")
        .iter()
        .filter_map(|input| {
            Some((attribute(input, "name")?, attribute(input, "value")?, attribute(input, "checked").is_some()))
        })
        .filter(|(name, ..)| name.starts_with("answers"))
        .collect();
    let field = |name: &str, value: &str, checked| (name.to_owned(), value.to_owned(), checked);
    assert_eq!(
        fields,
        [
            field("answers[q11]", "alpha", true),
            field("answers[q11]", HOSTILE, false),
            field("answers[q12]", "true", false),
            field("answers[q12]", "false", false),
            field("answers[q13]", "", false),
        ]
    );
    assert!(!links(&quiz).contains(&format!("/quizzes/{SHARED}/edit")), "somebody else made it");
    let ways = by_class(&quiz, "quiz-ways").concat();
    for way in ["One at a time", "No timer", "Feedback", "after each question"] {
        assert!(ways.contains(way), "{way} in {ways}");
    }
    let open = page(&format!("/quizzes/{SHARED}?only=open")).await;
    assert_eq!(by_class(&open, "question").len(), 2, "what is answered is left out");
}

#[tokio::test]
async fn answers_are_saved_and_submitted_by_the_form() {
    let at = format!("/quizzes/{SHARED}");
    let fields = format!("id={SHARED}&answers%5Bq11%5D=alpha&answers%5Bq13%5D=a%26b");
    let saved = post_form(Who::Hostile, "quizzes/save", &fields, &at).await;
    assert_eq!(redirect(&saved), at);
    let submitted = post_form(Who::Hostile, "quizzes/submit", &fields, &at).await;
    assert_eq!(redirect(&submitted), format!("/quizzes/{SHARED}/results"));
    let none = post_form(Who::Hostile, "quizzes/submit", &format!("id={SHARED}"), &at).await;
    assert_eq!(redirect(&none), format!("/quizzes/{SHARED}/results"), "without any answer");
    let foreign = post_form(Who::Hostile, "quizzes/submit", &format!("id={SHARED}&answers%5Bq99%5D=x"), &at).await;
    let told = page(redirect(&foreign)).await;
    assert_eq!(by_class(&told, "notice").len(), 1);
    let again = post_form(Who::Hostile, "quizzes/retry_missed", &format!("id={SHARED}"), &at).await;
    assert_eq!(redirect(&again), format!("/quizzes/{SHARED}?only=open"));
}

#[tokio::test]
async fn who_answers_only_what_was_missed_goes_on_so() {
    let open = format!("/quizzes/{SHARED}?only=open");
    let shown = page(&open).await;
    let each = format!("{open}&feedback=each");
    assert_has(&shown, &each);
    let inputs = shown.elements("input");
    let showing: Vec<_> = inputs.iter().filter_map(|input| attribute(input, "name")).collect();
    assert!(showing.contains(&"showing[only_open]".to_owned()), "{showing:?}");
    let fields = format!("id={SHARED}&showing%5Bonly_open%5D=true&answers%5Bq13%5D=a%26b");
    let saved = post_form(Who::Hostile, "quizzes/save", &fields, &open).await;
    assert_eq!(redirect(&saved), open);
    let checked = post_form(Who::Hostile, "quizzes/check", &format!("{fields}&question_id=13"), &open).await;
    assert_eq!(redirect(&checked), format!("{each}#question-13"));
    assert_eq!(by_class(&page(&each).await, "question").len(), 2);
    let submitted = post_form(Who::Hostile, "quizzes/submit", &fields, &open).await;
    assert_eq!(redirect(&submitted), format!("/quizzes/{SHARED}/results"));
}

#[tokio::test]
async fn answers_that_were_refused_stay_in_their_fields() {
    let at = format!("/quizzes/{SHARED}?feedback=each");
    let unanswered = format!("id={SHARED}&question_id=12");
    let refused = post_form(Who::Hostile, "quizzes/check", &unanswered, &at).await;
    let written = [("answers[q13]", "My <own> words"), ("answers[q12]", "false")];
    let told = get_refused(Who::Hostile, &refused, "quizzes/check", &written).await;
    let inputs = Page::strictly(&told.body).elements("input");
    let is = |input: &_, name: &str| attribute(input, "name").as_deref() == Some(name);
    let short = inputs.iter().find(|input| is(*input, "answers[q13]")).unwrap();
    assert_eq!(attribute(short, "value").as_deref(), Some("My <own> words"));
    let chosen = inputs.iter().filter(|input| is(*input, "answers[q12]") && attribute(input, "checked").is_some());
    assert_eq!(chosen.filter_map(|input| attribute(input, "value")).collect::<Vec<_>>(), ["false"]);
}

/// The questions of a page whose answers can be checked, by the values of their buttons.
fn checkable(page: &Page) -> Vec<String> {
    let buttons = page.elements("button").into_iter();
    let checking = buttons.filter(|one| attribute(one, "formaction").as_deref() == Some("/fn/quizzes/check"));
    checking.filter_map(|one| attribute(&one, "value")).collect()
}

#[tokio::test]
async fn feedback_comes_after_each_question_for_whoever_wants_it() {
    let at_end = page(&format!("/quizzes/{SHARED}")).await;
    assert!(checkable(&at_end).is_empty());
    let each = format!("/quizzes/{SHARED}?feedback=each");
    assert_has(&at_end, &each);
    let after_each = page(&each).await;
    assert_eq!(checkable(&after_each), ["11", "12", "13"]);
    let first = after_each.elements("button").iter().find_map(|one| attribute(one, "formaction"));
    assert_eq!(first.as_deref(), Some("/fn/quizzes/save"), "Enter in a field checks nothing");
    let fields = format!("id={SHARED}&answers%5Bq11%5D=alpha&answers%5Bq13%5D=a%26b");
    let checked = post_form(Who::Hostile, "quizzes/check", &format!("{fields}&question_id=13"), &each).await;
    assert_eq!(redirect(&checked), format!("{each}#question-13"));
    let unanswered = post_form(Who::Hostile, "quizzes/check", &format!("{fields}&question_id=12"), &each).await;
    let told = page(redirect(&unanswered)).await;
    assert!(by_class(&told, "notice").concat().contains("Answer it first."));
}

#[tokio::test]
async fn what_was_checked_is_told_and_stays() {
    let quiz = page(&format!("/quizzes/{CHECKED}")).await;
    assert_eq!(checkable(&quiz), ["11", "12"], "who has begun goes on so");
    let questions = by_class(&quiz, "question");
    for (place, is_told) in [false, false, true].into_iter().enumerate() {
        let question = &questions[place];
        for told in [SECRET, QUOTE, "Almost"] {
            assert_eq!(question.contains(told), is_told, "{told} in {question}");
        }
    }
    let inputs = quiz.elements("input").into_iter();
    let fixed: Vec<_> = inputs
        .filter(|input| attribute(input, "readonly").is_some() || attribute(input, "disabled").is_some())
        .filter_map(|input| Some((attribute(&input, "name")?, attribute(&input, "value")?)))
        .collect();
    assert_eq!(fixed, [("answers[q13]".to_owned(), HOSTILE.to_owned())]);
}

#[tokio::test]
async fn a_result_shows_each_answer_with_its_passage() {
    let result = page(&format!("/quizzes/{MINE}/results")).await;
    assert_eq!(by_class(&result, "score-number"), ["1 of 3, 33 %"]);
    assert_eq!(by_class(&result, "grade"), ["Right", "Wrong", "Almost"]);
    let buttons: Vec<_> = result.elements("button").iter().map(text).collect();
    for wanted in ["I was right: accept it", "Retry only the 2 missed", "Add to review"] {
        assert_eq!(buttons.iter().filter(|one| *one == wanted).count(), 1, "{wanted} in {buttons:?}");
    }
    assert_has(&result, &format!("/library/{READ}/read?page=2&start=3&end=9#cited"));
    assert_has(&result, "/api/quiz/1/export?format=gift");
    assert!(by_class(&result, "rule")[0].contains("Numbers must be exact"));
    assert!(by_class(&result, "table").concat().contains("2 of 3, 66 %"), "the group");
    let shared = page(&format!("/quizzes/{SHARED}/results")).await;
    assert!(!links(&shared).iter().any(|link| link.contains("/read?")), "the document is somebody else's");
    assert!(by_class(&shared, "passage-quote")[0].contains(QUOTE));
}

#[tokio::test]
async fn the_author_edits_the_key() {
    let key = page(&format!("/quizzes/{MINE}/edit")).await;
    assert_eq!(by_class(&key, "key-item").len(), 3);
    assert!(by_class(&key, "claim")[0].starts_with("2 people say"));
    let buttons: Vec<_> = key.elements("button").iter().map(text).collect();
    assert!(buttons.iter().any(|one| one == "Drop question 3 and regrade all results"), "{buttons:?}");
    assert!(by_class(&key, "rule").concat().contains("Near duplicate6"));
    assert_eq!(get(Who::Hostile, &format!("/quizzes/{SHARED}/edit")).await.status, 403);
    let at = format!("/quizzes/{MINE}/edit");
    let change = |version: u32, question: &str| {
        let form = "form%5Bquestion_id%5D=11&form%5Btype%5D=mcq&form%5Boptions%5D=a%0D%0Ab&form%5Bcorrect_answer%5D=a";
        format!("id={MINE}&version={version}&{form}&form%5Bquestion%5D={question}")
    };
    let changed = post_form(Who::Hostile, "quizzes/change_question", &change(3, "What"), &at).await;
    assert_eq!(redirect(&changed), at);
    for (fields, sentence) in [(change(2, "What"), "Somebody has changed it meanwhile."), (change(3, ""), "question")] {
        let refused = post_form(Who::Hostile, "quizzes/change_question", &fields, &at).await;
        let told = page(redirect(&refused)).await;
        assert!(by_class(&told, "notice").concat().to_lowercase().contains(&sentence.to_lowercase()), "{sentence}");
    }
    let late = post_form(Who::Hostile, "quizzes/change_question", &change(2, "What"), &at).await;
    let written = [("form[question_id]", "11"), ("form[type]", "short"), ("form[question]", "Why </textarea>?")];
    let told = get_refused(Who::Hostile, &late, "quizzes/change_question", &written).await;
    let told = Page::strictly(&told.body);
    let questions: Vec<_> = told
        .elements("textarea")
        .iter()
        .filter(|field| attribute(field, "name").as_deref() == Some("form[question]"))
        .map(text)
        .collect();
    assert_eq!(questions.iter().filter(|one| *one == "Why </textarea>?").count(), 1, "{questions:?}");
    let details = told.elements("details").into_iter();
    let open = details.filter(|one| attribute(one, "open").is_some()).map(|one| text(&one)).collect::<Vec<_>>();
    assert!(matches!(open.as_slice(), [one] if one.contains("Why </textarea>?")), "{open:?}");
    let dropped =
        post_form(Who::Hostile, "quizzes/drop_question", &format!("id={MINE}&version=3&question_id=11"), &at).await;
    assert_eq!(redirect(&dropped), at);
    let shared = post_form(Who::Hostile, "quizzes/share", &format!("id={MINE}&conversation_id=4"), &at).await;
    assert_eq!(redirect(&shared), "/conversations/4?message=77#m77");
}

#[tokio::test]
async fn what_could_not_be_made_can_only_be_deleted() {
    let failed = page(&format!("/quizzes/{FAILED}")).await;
    assert!(by_class(&failed, "notice").concat().contains("No questions could be made."));
    let edit = format!("/quizzes/{FAILED}/edit");
    let links = failed.elements("a").into_iter();
    let links = links.filter(|link| attribute(link, "href").as_deref() == Some(edit.as_str()));
    assert_eq!(links.map(|link| text(&link)).collect::<Vec<_>>(), ["Delete quiz"]);
    let titles: Vec<_> = page(&edit).await.elements("h2").iter().map(text).collect();
    assert!(titles.contains(&"Delete".to_owned()), "{titles:?}");
    for gone in ["Questions and answers", "Share", "Take it along"] {
        assert!(!titles.contains(&gone.to_owned()), "{titles:?}");
    }
    let deleted = post_form(Who::Hostile, "quizzes/delete", &format!("id={FAILED}"), &edit).await;
    assert_eq!(redirect(&deleted), "/quizzes");
}

#[tokio::test]
async fn a_quiz_is_made_from_a_form() {
    let new = page(&format!("/quizzes/new?document={READ}")).await;
    let chosen: Vec<_> = new
        .elements("input")
        .iter()
        .filter(|input| attribute(input, "checked").is_some())
        .filter_map(|input| attribute(input, "value"))
        .collect();
    assert_eq!(chosen, ["documents", &READ.to_string(), "mcq", "tf", "short", "cloze", "medium"]);
    let deleted = page(&format!("/quizzes/new?document={}", uuid::Uuid::from_u128(0xdead))).await;
    assert_eq!(by_class(&deleted, "quiz-source").len(), 3, "one that was deleted is not offered");
    let made = |fields: String| async move { post_form(Who::Hostile, "quizzes/make", &fields, "/quizzes/new").await };
    let common = "form%5Bquestion_count%5D=10&form%5Btypes%5D%5B%5D=mcq&form%5Bdifficulty%5D=hard&form%5Btitle%5D=";
    let document = made(format!("form%5Bsource%5D=documents&form%5Bdocuments%5D%5B%5D={READ}&{common}")).await;
    assert_eq!(redirect(&document), format!("/quizzes/{MINE}"));
    let nothing = made(format!("form%5Bsource%5D=documents&{common}")).await;
    let told = page(redirect(&nothing)).await;
    assert!(by_class(&told, "field-error").concat().contains("Choose at least one document."));
    assert!(by_class(&told, "notice").is_empty(), "it is said once");
    let group = told.elements("fieldset").into_iter().find(|group| text(group).starts_with("Documents"));
    let described = attribute(&group.unwrap(), "aria-describedby").unwrap();
    assert!(described.ends_with("-error"), "{described}");
    let ids: Vec<_> = told.elements("p").iter().filter_map(|one| attribute(one, "id")).collect();
    assert!(described.split(' ').all(|id| ids.iter().any(|one| one == id)), "{described} of {ids:?}");
    let blank = made(format!("form%5Bsource%5D=text&form%5Btext%5D=&{common}")).await;
    assert!(by_class(&page(redirect(&blank)).await, "field-error").concat().contains("Paste a text."));
    let written = [
        ("form[source]", "text"),
        ("form[text]", "A long text."),
        ("form[types][]", "tf"),
        ("form[question_count]", "7"),
    ];
    let told = get_refused(Who::Hostile, &blank, "quizzes/make", &written).await;
    let told = Page::strictly(&told.body);
    assert_eq!(text(&told.elements("textarea")[0]), "A long text.");
    let inputs = told.elements("input").into_iter();
    let kept: Vec<_> = inputs
        .filter(|input| {
            attribute(input, "checked").is_some() || attribute(input, "id").as_deref() == Some("question-count")
        })
        .filter_map(|input| attribute(&input, "value"))
        .collect();
    assert_eq!(kept, ["text", "7", "tf"]);
}

#[tokio::test]
async fn a_document_that_is_being_read_can_be_chosen() {
    let new = page(&format!("/quizzes/new?document={READING}")).await;
    let offered: Vec<_> = new
        .elements("input")
        .iter()
        .filter(|input| attribute(input, "name").as_deref() == Some("form[documents][]"))
        .map(|input| {
            let has = |name| attribute(input, name).is_some();
            (attribute(input, "value").unwrap(), has("checked"), has("disabled"))
        })
        .collect();
    let offer = |id: uuid::Uuid, is_chosen, is_out| (id.to_string(), is_chosen, is_out);
    assert_eq!(offered, [offer(READ, false, false), offer(READING, true, false), offer(SCAN, false, true)]);
    let choices = by_class(&new, "choices-scroll").concat();
    assert!(choices.contains("3 pages") && choices.contains("Being read"), "{choices}");
    assert!(choices.contains("Cannot be read") && !choices.contains("of 100"), "{choices}");
    let hints = by_class(&new, "field-hint").concat();
    for hint in ["is made as soon as that is done", "is known once it is read"] {
        assert!(hints.contains(hint), "{hints}");
    }
}

#[tokio::test]
async fn a_refused_sharing_keeps_the_conversation() {
    let refused =
        post_form(Who::Hostile, "quizzes/share", &format!("id={MINE}"), &format!("/quizzes/{MINE}/edit")).await;
    let told = get_refused(Who::Hostile, &refused, "quizzes/share", &[("conversation_id", "5")]).await;
    let options = Page::strictly(&told.body).elements("option").into_iter();
    let chosen = options.filter(|option| attribute(option, "selected").is_some());
    // The other choices of the page have words for values.
    let numbers = chosen.filter_map(|option| attribute(&option, "value")?.parse().ok());
    assert_eq!(numbers.collect::<Vec<i64>>(), [5]);
}

#[tokio::test]
async fn a_refused_answer_in_review_stays() {
    let refused = post_form(Who::Hostile, "review/answer", "question_id=11&answer=alpha", "/review").await;
    for (question, kept) in [("11", vec!["alpha".to_owned()]), ("12", Vec::new())] {
        let written = [("question_id", question), ("answer", "alpha")];
        let told = get_refused(Who::Hostile, &refused, "review/answer", &written).await;
        let inputs = Page::strictly(&told.body).elements("input").into_iter();
        let chosen = inputs.filter(|input| attribute(input, "checked").is_some());
        assert_eq!(chosen.filter_map(|input| attribute(&input, "value")).collect::<Vec<_>>(), kept, "{question}");
    }
}

#[tokio::test]
async fn review_asks_one_question_at_a_time() {
    let review = page("/review").await;
    assert_eq!(by_class(&review, "review-card").len(), 1);
    assert!(by_class(&review, "review-question")[0].starts_with("Question 11?"));
    let facts = by_class(&review, "statistics").concat();
    assert!(facts.contains("6 questions") && facts.contains("83 %"), "{facts}");
    assert_eq!(by_class(&review, "column").len(), 14);
    let answered = post_form(Who::Hostile, "review/answer", "question_id=12&quiz_id=1&answer=true", "/review").await;
    assert_eq!(redirect(&answered), "/review?answered=12&quiz=1&was=almost");
    let feedback = page("/review?answered=12&quiz=1&was=almost").await;
    let told = by_class(&feedback, "feedback").concat();
    assert!(told.contains("Almost") && told.contains(SECRET) && told.contains(QUOTE), "{told}");
    let rated = post_form(Who::Hostile, "review/rate", "question_id=12&rating=easy", "/review").await;
    assert_eq!(redirect(&rated), "/review");
}

#[tokio::test]
async fn the_frame_tells_how_many_are_due() {
    let answer = get(Who::Hostile, "/people").await.body;
    assert!(answer.contains(", 3 due"), "{answer}");
    assert_eq!(call(Who::Nobody, "GET", "review/count", "").await.status, 401);
}

#[tokio::test]
async fn what_is_not_there_is_not_found() {
    for path in ["/quizzes/99", "/quizzes/99/results", "/quizzes/99/edit", "/quizzes/x", "/quizzes/-1"] {
        assert_eq!(get(Who::Hostile, path).await.status, 404, "{path}");
    }
    for path in ["/quizzes", "/quizzes/new", "/quizzes/1", "/quizzes/1/results", "/quizzes/1/edit", "/review"] {
        assert_eq!(get(Who::Nobody, path).await.status, 302, "{path}");
        assert_eq!(get(Who::Unlucky, path).await.status, 500, "{path}");
    }
}
