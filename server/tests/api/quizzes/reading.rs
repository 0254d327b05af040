//! What is shown to whom.

use super::{Shared, agree_on_list, ok};
use crate::{
    agreement::{answer, compare},
    functions,
};
use db::testing::ENGINES;
use reqwest::{Method, header};
use serde_json::{Value, json};

#[tokio::test]
async fn reads_agree_for_everybody() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let shared = Shared::new(&world).await;
        let check = async |rest: &str, function: &str, statuses: [u16; 4]| {
            for (actor, status) in shared.everybody(statuses) {
                let (rest, function) =
                    (shared.rest(actor, Method::GET, rest, &Value::Null), shared.read(actor, function));
                assert_eq!(compare(rest, function, "a read").await.status, status);
            }
        };
        check("", "quiz", [200, 200, 404, 401]).await;
        check("/key", "key", [200, 403, 404, 401]).await;
        check("/answers", "sheet", [200, 200, 404, 401]).await;
        check("/results", "result", [404, 404, 404, 401]).await;
        check("/group-results", "group", [200, 403, 404, 401]).await;
        let answers = shared.answers(["mitochondrion", "false", "Hook"]);
        let submission = json!({ "quiz_id": shared.quiz, "answers": answers });
        ok(shared.bob.browse(Method::POST, "/api/quiz/submit").json(&submission)).await;
        check("/results", "result", [404, 200, 404, 401]).await;
        check("/group-results", "group", [200, 200, 404, 401]).await;
        for (actor, count) in [(&shared.ada, 0), (&shared.bob, 1), (&shared.eve, 0)] {
            let get = |path: &str| actor.browse(Method::GET, path);
            let list = agree_on_list(get("/api/quiz"), get("/fn/quizzes/list"), "quizzes").await;
            assert_eq!(list.as_array().unwrap().len(), usize::from(actor.sub != shared.eve.sub));
            let history = agree_on_list(get("/api/quiz/history/all"), get("/fn/quizzes/history"), "history").await;
            assert_eq!(history.as_array().unwrap().len(), count);
        }
        let get = |path: &str| shared.nobody.browse(Method::GET, path);
        assert_eq!(compare(get("/api/quiz"), get("/fn/quizzes/list"), "list").await.status, 401);
        let history = compare(get("/api/quiz/history/all"), get("/fn/quizzes/history"), "history").await;
        assert_eq!(history.status, 401);
    }
}

/// A file has REST's door only: the pages link to it. Who may have it is who may see what is in it on a page.
#[tokio::test]
async fn an_export_is_for_whom_a_page_shows_the_answers() {
    for kind in ENGINES {
        let world = functions::world(kind).await;
        let shared = Shared::new(&world).await;
        for (actor, status) in shared.everybody([200, 403, 404, 401]) {
            let file = shared.rest(actor, Method::GET, "/export?format=markdown", &Value::Null);
            let answers = answer(shared.read(actor, "group")).await;
            assert_eq!((answer(file).await.status, answers.status), (status, status));
        }
        let submission = json!({ "quiz_id": shared.quiz, "answers": {} });
        ok(shared.bob.browse(Method::POST, "/api/quiz/submit").json(&submission)).await;
        let page = shared.bob.browse(Method::GET, &format!("/quizzes/{}/results", shared.quiz));
        let page = page.header(header::ACCEPT, "text/html").send().await.unwrap().text().await.unwrap();
        for format in ["anki", "gift", "markdown"] {
            let path = shared.path(&format!("/export?format={format}"));
            assert!(page.contains(&path), "{path}");
            assert_eq!(answer(shared.bob.browse(Method::GET, &path)).await.status, 200);
        }
    }
}
