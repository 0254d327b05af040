//! Quizzes as files, in the export of everything, and of people who cancel their account.

use super::{RIGHT, TEXT, WRONG};
use crate::on_both_engines;
use http::StatusCode;
use serde_json::json;

on_both_engines!(a_quiz_is_a_file_for_other_programs, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    for (format, ending, kind) in [
        ("anki", "Cells.apkg", "application/octet-stream"),
        ("gift", "Cells.gift.txt", "text/plain; charset=utf-8"),
        ("markdown", "Cells.md", "text/markdown; charset=utf-8"),
    ] {
        let answer = world.asked(&ada, &quiz.path(&format!("/export?format={format}"))).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        assert_eq!(answer.header("content-type"), kind);
        assert!(answer.header("content-disposition").contains(ending), "{}", answer.header("content-disposition"));
        assert!(!answer.body.is_empty());
        if format != "anki" {
            assert!(answer.text().contains("Robert Hooke"), "{}", answer.text());
        }
    }
});

on_both_engines!(cancelling_takes_ones_quizzes_and_results_and_leaves_those_of_others, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (adas, talk) = world.shared_quiz(&ada, &[&bob]).await;
    let (bobs, _) = world.shared_quiz(&bob, &[&ada]).await;
    for quiz in [&adas, &bobs] {
        world.submit(&ada, quiz, &WRONG).await;
        world.submit(&bob, quiz, &RIGHT).await;
        let save = json!({ "answers": quiz.answers(&RIGHT) });
        world.put(&quiz.path("/answers")).bearer(&ada.token).json(&save).send().await;
    }
    let more = json!({ "notes_text": TEXT });
    let made = world.post("/api/quiz/generate").bearer(&ada.token).header("idempotency-key", "k").json(&more).send().await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.text());
    assert_eq!(world.count("select count(*) from idempotency_keys").await, 1);
    let answer = world.delete("/api/me").bearer(&ada.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    world.asked(&bob, &adas.path("")).await.refused(404, "not_found");
    let messages = world.got(&bob, &format!("/api/conversations/{talk}/messages")).await;
    assert_eq!(messages[0]["quiz"]["deleted"], true, "{messages}");
    assert_eq!(world.got(&bob, &bobs.path("/results")).await["score"], 3);
    for (table, left) in [
        ("select count(*) from quizzes", 1),
        ("select count(*) from quiz_questions", 3),
        ("select count(*) from quiz_submissions", 1),
        ("select count(*) from quiz_answers", 0),
        ("select count(*) from review_cards", 0),
        ("select count(*) from review_log", 0),
        ("select count(*) from idempotency_keys", 0),
    ] {
        assert_eq!(world.count(table).await, left, "{table}");
    }
});

on_both_engines!(the_export_of_everything_has_ones_quizzes, world => {
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    world.submit(&ada, &quiz, &RIGHT).await;
    let answer = world.asked(&ada, "/api/me/export").await;
    assert_eq!(answer.status, StatusCode::OK);
    let text = answer.text();
    for part in ["quizzes/Cells.json", "quizzes/Cells.md", "quizzes/submissions.json", "Robert Hooke"] {
        assert!(text.contains(part), "{part}");
    }
});

on_both_engines!(the_export_has_ones_answers_to_quizzes_that_one_sees_no_more, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob]).await;
    world.submit(&bob, &quiz, &WRONG).await;
    let mut answers = serde_json::Map::new();
    answers.insert(quiz.questions[2].to_string(), json!("Galileo Galilei"));
    let save = world.put(&quiz.path("/answers")).bearer(&bob.token).json(&json!({ "answers": answers })).send().await;
    assert_eq!(save.status, StatusCode::NO_CONTENT, "{}", save.text());
    let leave = format!("/api/conversations/{talk}/participants/{}", bob.sub);
    assert_eq!(world.delete(&leave).bearer(&bob.token).send().await.status, StatusCode::NO_CONTENT);
    world.asked(&bob, &quiz.path("")).await.refused(404, "not_found");
    let text = world.asked(&bob, "/api/me/export").await.text();
    for own in ["Isaac Newton", "Galileo Galilei", "\"score\": 0", "\"title\": null"] {
        assert!(text.contains(own), "{own}");
    }
    for hidden in ["Robert Hooke", "Cells"] {
        assert!(!text.contains(hidden), "{hidden} is Ada's");
    }
});
