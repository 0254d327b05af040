//! Review: what was missed comes back.

use crate::{
    on_both_engines,
    quizzes::{RIGHT, WRONG},
    world::{Member, World},
};
use http::StatusCode;
use serde_json::{Value, json};

const DAY: i64 = 86_400;

/// Moves the clock to the next noon, so that no day ends between two calls.
fn at_noon(world: &World) {
    let of_today = world.clock.now().seconds().rem_euclid(DAY);
    world.clock.advance_seconds(DAY + DAY / 2 - of_today);
}

async fn due(world: &World, who: &Member) -> Value {
    world.got(who, "/api/review/due").await
}

async fn review(world: &World, who: &Member, question: i64, body: Value) -> Value {
    let answer = world.post(&format!("/api/review/{question}")).bearer(&who.token).json(&body).send().await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    answer.json()
}

on_both_engines!(what_was_missed_comes_back_the_next_day, world => {
    at_noon(&world);
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob]).await;
    let nothing = json!({ "questions": [], "due": 0, "reviewed_today": 0, "next_due_at": null });
    assert_eq!(due(&world, &bob).await, nothing);
    world.submit(&bob, &quiz, &["nucleus", "true", "Newton"]).await;
    let today = due(&world, &bob).await;
    assert_eq!((&today["questions"], &today["due"]), (&json!([]), &json!(0)), "not on the same day");
    assert!(today["next_due_at"].is_string());
    // Taking it again on the same day changes nothing of what is reviewed already.
    world.submit(&bob, &quiz, &WRONG).await;
    world.clock.advance_seconds(DAY);
    let (ada, bob) = (world.renewed(ada), world.renewed(bob));
    let list = due(&world, &bob).await;
    let mut ids: Vec<i64> =
        list["questions"].as_array().unwrap().iter().map(|question| question["id"].as_i64().unwrap()).collect();
    ids.sort_unstable();
    assert_eq!(ids, quiz.questions);
    assert_eq!((&list["due"], &list["next_due_at"]), (&json!(3), &Value::Null));
    let first = &list["questions"][0];
    assert_eq!((&first["quiz_id"], &first["quiz_title"]), (&json!(quiz.id), &json!("Cells")));
    for field in ["correct_answer", "accepted_answers", "citation"] {
        assert!(first.get(field).is_none(), "{first}");
    }
    assert_eq!(due(&world, &ada).await, nothing, "everybody reviews their own");
});

on_both_engines!(what_is_missed_again_later_comes_back_sooner, world => {
    at_noon(&world);
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    world.submit(&ada, &quiz, &WRONG).await;
    let mut ada = ada;
    for days in [1, 3] {
        world.clock.advance_seconds(days * DAY);
        ada = world.renewed(ada);
        for question in &quiz.questions {
            review(&world, &ada, *question, json!({ "rating": "easy" })).await;
        }
    }
    world.clock.advance_seconds(DAY);
    let ada = world.renewed(ada);
    assert_eq!(due(&world, &ada).await["due"], 0, "known well");
    world.submit(&ada, &quiz, &["nucleus", "true", "Hooke"]).await;
    world.clock.advance_seconds(2 * DAY);
    let ada = world.renewed(ada);
    let list = due(&world, &ada).await;
    assert_eq!((&list["due"], &list["questions"][0]["id"]), (&json!(1), &json!(quiz.questions[0])), "{list}");
});

on_both_engines!(an_answer_schedules_the_question_anew, world => {
    at_noon(&world);
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    world.submit(&ada, &quiz, &WRONG).await;
    world.clock.advance_seconds(DAY);
    let ada = world.renewed(ada);
    let [one, two, three] = [quiz.questions[0], quiz.questions[1], quiz.questions[2]];
    let right = review(&world, &ada, one, json!({ "answer": "mitochondrion" })).await;
    assert_eq!((&right["is_correct"], &right["rating"]), (&json!(true), &json!("good")));
    assert_eq!(right["correct_answer"], "mitochondrion");
    let wrong = review(&world, &ada, two, json!({ "answer": "false" })).await;
    assert_eq!((&wrong["is_correct"], &wrong["rating"]), (&json!(false), &json!("again")));
    let rated = review(&world, &ada, three, json!({ "rating": "easy" })).await;
    assert_eq!((&rated["is_correct"], &rated["rating"]), (&json!(true), &json!("easy")));
    assert!(wrong["due_at"].as_str() <= right["due_at"].as_str() && right["due_at"].as_str() <= rated["due_at"].as_str());
    let list = due(&world, &ada).await;
    assert_eq!((&list["due"], &list["reviewed_today"]), (&json!(0), &json!(3)));
    // A repeat does not count twice; a rating of one's own takes the place of the one that the answer got.
    let repeated = review(&world, &ada, one, json!({ "answer": "chloroplast" })).await;
    assert_eq!(repeated["due_at"], right["due_at"]);
    let easy = review(&world, &ada, one, json!({ "rating": "easy" })).await;
    assert!(easy["due_at"].as_str() > right["due_at"].as_str(), "{easy} {right}");
    let good = review(&world, &ada, one, json!({ "rating": "good" })).await;
    assert_eq!(good["due_at"], right["due_at"]);
    let numbers = world.got(&ada, "/api/review/statistics").await;
    assert_eq!((&numbers["questions"], &numbers["reviews"], &numbers["retention_percent"]), (&json!(3), &json!(3), &json!(67)));
    let forecast = numbers["forecast"].as_array().unwrap();
    assert_eq!((forecast.len(), &forecast[0]), (14, &json!(0)));
    assert!(forecast[1].as_u64().unwrap() >= 1, "what was forgotten comes tomorrow: {forecast:?}");
    world.clock.advance_seconds(DAY);
    let ada = world.renewed(ada);
    let list = due(&world, &ada).await;
    assert!(list["questions"].as_array().unwrap().iter().any(|question| question["id"] == two), "{list}");
    assert_eq!(list["reviewed_today"], 0);
    world.clock.advance_seconds(31 * DAY);
    let ada = world.renewed(ada);
    let late = world.got(&ada, "/api/review/statistics").await;
    assert_eq!((&late["reviews"], &late["retention_percent"]), (&json!(0), &Value::Null));
    assert_eq!(late["forecast"][0], 3, "what is overdue comes up today");
});

on_both_engines!(questions_are_added_and_taken_out, world => {
    at_noon(&world);
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob]).await;
    world.submit(&bob, &quiz, &RIGHT).await;
    let path = format!("/api/review/{}", quiz.questions[2]);
    for _ in 0..2 {
        assert_eq!(world.put(&path).bearer(&bob.token).send().await.status, StatusCode::NO_CONTENT);
    }
    world.clock.advance_seconds(DAY);
    let (ada, bob) = (world.renewed(ada), world.renewed(bob));
    assert_eq!(due(&world, &bob).await["due"], 1);
    // Whoever leaves the group has no claim to its questions any more.
    let leave = world.delete(&format!("/api/conversations/{talk}/participants/{}", bob.sub)).bearer(&bob.token).send().await;
    assert_eq!(leave.status, StatusCode::NO_CONTENT);
    assert_eq!(due(&world, &bob).await["due"], 0);
    world.put(&path).bearer(&bob.token).send().await.refused(404, "not_found");
    world.submit(&ada, &quiz, &RIGHT).await;
    assert_eq!(world.put(&path).bearer(&ada.token).send().await.status, StatusCode::NO_CONTENT);
    for _ in 0..2 {
        assert_eq!(world.delete(&path).bearer(&ada.token).send().await.status, StatusCode::NO_CONTENT);
    }
    let body = json!({ "rating": "good" });
    world.post(&path).bearer(&ada.token).json(&body).send().await.refused(404, "not_found");
    assert_eq!(world.got(&ada, "/api/review/statistics").await["questions"], 0);
});

on_both_engines!(a_day_has_thirty_questions_at_most, world => {
    at_noon(&world);
    let ada = world.member("Ada").await;
    let quiz = world.quiz(&ada).await;
    let many: Vec<Value> = (0..40)
        .map(|at| json!({ "type": "short", "question": format!("Number {at}?"), "correct_answer": at.to_string() }))
        .collect();
    let body = json!({ "version": quiz.version, "questions": many });
    let key = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&body).send().await;
    let quiz = crate::quizzes::known(&key.json());
    world.submit(&ada, &quiz, &[]).await;
    world.clock.advance_seconds(DAY);
    let ada = world.renewed(ada);
    let list = due(&world, &ada).await;
    assert_eq!((list["questions"].as_array().unwrap().len(), &list["due"]), (30, &json!(40)));
    for question in list["questions"].as_array().unwrap().iter().take(5) {
        review(&world, &ada, question["id"].as_i64().unwrap(), json!({ "rating": "good" })).await;
    }
    let list = due(&world, &ada).await;
    assert_eq!((list["questions"].as_array().unwrap().len(), &list["due"]), (25, &json!(35)));
    assert_eq!(list["reviewed_today"], 5);
});
