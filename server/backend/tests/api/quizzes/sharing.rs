//! Quizzes in conversations.

use super::{RIGHT, WRONG};
use crate::{on_both_engines, world::Member};
use http::StatusCode;
use serde_json::{Value, json};

on_both_engines!(a_card_brings_the_quiz_to_everybody_in_the_conversation, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob]).await;
    let messages = world.got(&bob, &format!("/api/conversations/{talk}/messages")).await;
    let message = &messages[0];
    let card = json!({ "quiz_id": quiz.id, "title": "Cells", "total_questions": 3, "author_sub": ada.sub });
    assert_eq!(message["quiz"], card);
    let content = message["content"].as_str().unwrap();
    assert!(content.starts_with("Cells\n") && content.ends_with(&format!("/quizzes/{}", quiz.id)), "{content}");
    let body = json!({ "conversation_id": talk });
    let again = world.post(&quiz.path("/share")).bearer(&ada.token).json(&body).send().await.json();
    assert_eq!(again, json!({ "quiz_id": quiz.id, "conversation_id": talk, "message_id": message["id"] }));
    assert_eq!(world.got(&bob, &format!("/api/conversations/{talk}/messages")).await.as_array().unwrap().len(), 1);
    let shown = world.got(&bob, "/api/quiz").await;
    assert_eq!((&shown[0]["quiz_id"], &shown[0]["mine"]), (&json!(quiz.id), &json!(false)));
    // Who comes later takes it too; who leaves has it no more.
    let join = json!({ "participant_subs": [eve.sub] });
    world.asked(&eve, &quiz.path("")).await.refused(404, "not_found");
    world.post(&format!("/api/conversations/{talk}/participants")).bearer(&ada.token).json(&join).send().await;
    assert_eq!(world.submit(&eve, &quiz, &RIGHT).await["score"], 3);
    let leave = world.delete(&format!("/api/conversations/{talk}/participants/{}", eve.sub)).bearer(&eve.token).send().await;
    assert_eq!(leave.status, StatusCode::NO_CONTENT, "{}", leave.text());
    for path in [quiz.path(""), quiz.path("/results"), quiz.path("/group-results")] {
        world.asked(&eve, &path).await.refused(404, "not_found");
    }
    assert_eq!(world.got(&eve, "/api/quiz").await, json!([]));
    assert_eq!(world.got(&eve, "/api/quiz/history/all").await, json!({ "history": [] }));
});

on_both_engines!(the_group_sees_how_everybody_did, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob, &eve]).await;
    world.submit(&bob, &quiz, &RIGHT).await;
    world.submit(&bob, &quiz, &WRONG).await;
    world.submit(&ada, &quiz, &["mitochondrion", "false", ""]).await;
    world.asked(&eve, &quiz.path("/group-results")).await.refused(403, "forbidden");
    let results = world.got(&bob, &quiz.path("/group-results")).await;
    assert_eq!(results, world.got(&ada, &quiz.path("/group-results")).await);
    let of = |sub: &str| -> Value {
        let members = results["members"].as_array().unwrap();
        members.iter().find(|member| member["person"]["sub"] == sub).unwrap().clone()
    };
    assert_eq!(results["total_questions"], 3);
    assert_eq!((&of(&bob.sub)["score"], &of(&bob.sub)["submissions"]), (&json!(3), &json!(2)), "the best counts");
    assert_eq!((&of(&ada.sub)["score"], &of(&ada.sub)["submissions"]), (&json!(1), &json!(1)));
    assert_eq!((&of(&eve.sub)["score"], &of(&eve.sub)["submitted_at"]), (&Value::Null, &Value::Null));
    let [one, two, three] = [0, 1, 2].map(|at| quiz.questions[at].to_string());
    assert_eq!(results["right_by_question"], json!({ one: 1, two: 0, three: 0 }), "of the last submissions");
});

on_both_engines!(a_card_says_when_its_quiz_is_gone, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob]).await;
    let deleted = world.delete(&quiz.path("")).bearer(&ada.token).send().await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
    let messages = world.got(&bob, &format!("/api/conversations/{talk}/messages")).await;
    assert_eq!(messages[0]["quiz"]["deleted"], true, "{messages}");
    world.asked(&bob, &quiz.path("")).await.refused(404, "not_found");
    assert_eq!(world.count("select count(*) from events where kind = 'message.updated'").await, 1);
    assert_eq!(world.count("select count(*) from events where payload like '%\"deleted\":true%'").await, 2);
});

on_both_engines!(taking_the_card_back_ends_the_sharing, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let (quiz, talk) = world.shared_quiz(&ada, &[&bob]).await;
    let messages = world.got(&bob, &format!("/api/conversations/{talk}/messages")).await;
    let card = format!("/api/messages/{}", messages[0]["id"]);
    assert_eq!(world.delete(&card).bearer(&ada.token).send().await.status, StatusCode::NO_CONTENT);
    let messages = world.got(&bob, &format!("/api/conversations/{talk}/messages")).await;
    assert!(messages[0].get("quiz").is_none(), "{messages}");
    world.asked(&bob, &quiz.path("")).await.refused(404, "not_found");
    assert_eq!(world.got(&ada, &quiz.path("")).await["mine"], true);
    let body = json!({ "conversation_id": talk });
    let again = world.post(&quiz.path("/share")).bearer(&ada.token).json(&body).send().await;
    assert_eq!(again.status, StatusCode::OK, "{}", again.text());
    assert_eq!(world.got(&bob, &quiz.path("")).await["mine"], false);
});

on_both_engines!(nobody_hears_of_people_whom_they_have_no_conversation_with, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (quiz, _) = world.shared_quiz(&ada, &[&bob]).await;
    let other = world.conversation(&ada, &[&eve], Some("Chemistry")).await;
    let body = json!({ "conversation_id": other });
    let shared = world.post(&quiz.path("/share")).bearer(&ada.token).json(&body).send().await;
    assert_eq!(shared.status, StatusCode::OK, "{}", shared.text());
    world.submit(&bob, &quiz, &RIGHT).await;
    world.submit(&eve, &quiz, &WRONG).await;
    let seen_by = async |who: &Member| -> (Vec<String>, Value) {
        let results = world.got(who, &quiz.path("/group-results")).await;
        let subs = results["members"].as_array().unwrap().iter().map(|member| &member["person"]["sub"]);
        (subs.map(|sub| sub.as_str().unwrap().to_owned()).collect(), results["right_by_question"].clone())
    };
    let right = |count: i64| quiz.questions.iter().map(|id| (id.to_string(), json!(count))).collect::<serde_json::Map<_, _>>();
    assert_eq!(seen_by(&bob).await, (vec![ada.sub.clone(), bob.sub.clone()], right(1).into()));
    assert_eq!(seen_by(&eve).await, (vec![ada.sub.clone(), eve.sub.clone()], right(0).into()));
    assert_eq!(seen_by(&ada).await, (vec![ada.sub.clone(), bob.sub.clone(), eve.sub.clone()], right(1).into()));
});

on_both_engines!(sharing_again_under_the_same_key_is_answered_alike, world => {
    let (ada, bob) = (world.member("Ada").await, world.member("Bob").await);
    let quiz = world.quiz(&ada).await;
    let talk = world.conversation(&ada, &[&bob], Some("Biology")).await;
    let share = |talk: i64| {
        let body = json!({ "conversation_id": talk });
        world.post(&quiz.path("/share")).bearer(&ada.token).header("idempotency-key", "k").json(&body).send()
    };
    let (first, again) = (share(talk).await, share(talk).await);
    assert_eq!((first.status, first.json()), (again.status, again.json()));
    share(talk + 1).await.refused(422, "idempotency_key_reused");
});

on_both_engines!(changing_a_quiz_and_sending_where_it_is_shared_never_wait_for_each_other, world => {
    let (ada, bob, eve) = (world.member("Ada").await, world.member("Bob").await, world.member("Eve").await);
    let (quiz, one) = world.shared_quiz(&ada, &[&bob, &eve]).await;
    let other = world.conversation(&eve, &[&bob, &ada], Some("Chemistry")).await;
    let body = json!({ "conversation_id": other });
    world.post(&quiz.path("/share")).bearer(&ada.token).json(&body).send().await;
    for round in 0..10 {
        let title = json!({ "title": format!("Cells {round}") });
        let renamed = world.patch(&quiz.path("/key")).bearer(&ada.token).json(&title).send();
        let message = |talk: i64| json!({ "conversation_id": talk, "content": "Hello" });
        let sent = [(&bob, one), (&eve, other), (&bob, other), (&eve, one)].map(|(who, talk)| {
            world.post("/api/messages").bearer(&who.token).json(&message(talk)).send()
        });
        let (renamed, sent) = futures_util::join!(renamed, futures_util::future::join_all(sent));
        assert_eq!(renamed.status, StatusCode::OK, "{}", renamed.text());
        for sent in sent {
            assert_eq!(sent.status, StatusCode::CREATED, "{}", sent.text());
        }
    }
});
