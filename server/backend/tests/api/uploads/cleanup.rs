//! Nothing is left behind.

use super::{NOTES, announced, complete, id, pictures::picture, put, send, start};
use crate::on_both_engines;
use http::StatusCode;
use serde_json::json;

on_both_engines!(an_upload_that_is_thrown_away_leaves_nothing, world => {
    let ada = world.member("Ada").await;
    let upload = start(&world, &ada, &announced("media", "a", "", NOTES)).await;
    let path = format!("/api/uploads/{}", id(&upload));
    assert_eq!(put(&upload, NOTES).await.status(), StatusCode::OK);
    let abort = async || world.delete(&path).bearer(&ada.token).send().await.status;
    assert_eq!(abort().await, StatusCode::NO_CONTENT);
    assert_eq!(abort().await, StatusCode::NO_CONTENT);
    world.get(&path).bearer(&ada.token).send().await.refused(404, "not_found");
    complete(&world, &ada, &upload, None).await.refused(404, "not_found");
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
    // Its request still holds for a while; what comes of it goes too.
    assert_eq!(put(&upload, NOTES).await.status(), StatusCode::OK);
    world.clock.advance_seconds(4_300);
    assert_eq!(put(&upload, NOTES).await.status(), StatusCode::FORBIDDEN);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
    assert_eq!(world.count("select count(*) from jobs").await, 0);
});

on_both_engines!(after_a_day_everything_that_nobody_used_is_gone, world => {
    let ada = world.member("Ada").await;
    start(&world, &ada, &announced("media", "never sent", "", NOTES)).await;
    let sent = start(&world, &ada, &announced("media", "never completed", "", NOTES)).await;
    assert_eq!(put(&sent, NOTES).await.status(), StatusCode::OK);
    let large = json!({ "purpose": "audio", "filename": "a.wav", "content_type": "audio/wav", "size": 20_000_000 });
    let large = start(&world, &ada, &large).await;
    assert_eq!(put(&large["parts"][2], &[7; 20_000_000 - 2 * 8_388_608]).await.status(), StatusCode::OK);
    send(&world, &ada, "media", "never used", "", NOTES).await;
    send(&world, &ada, "media", "p.png", "", &picture(400, 400)).await;
    world.backend.run_workers_once().await.unwrap();
    assert!(world.store.kept().len() > 5, "{:?}", world.store.kept());
    world.clock.advance_seconds(86_000);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from uploads").await, 5, "a day is not over");
    world.clock.advance_seconds(500);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), Vec::<String>::new());
    assert_eq!(world.count("select count(*) from uploads").await, 0);
    assert_eq!(world.count("select count(*) from objects").await, 0);
    world.clock.advance_seconds(4_300);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.count("select count(*) from jobs").await, 0);
});

on_both_engines!(whoever_leaves_takes_what_they_sent_along, world => {
    let (ada, ben) = (world.member("Ada").await, world.member("Ben").await);
    let bens = send(&world, &ben, "media", "bens", "", NOTES).await;
    let file = send(&world, &ada, "media", "p.png", "", &picture(400, 400)).await;
    let open = start(&world, &ada, &announced("media", "open", "", NOTES)).await;
    world.backend.run_workers_once().await.unwrap();
    let answer = world.delete("/api/me").bearer(&ada.token).json(&json!({ "confirm": "DELETE" })).send().await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{}", answer.text());
    assert_eq!(put(&open, NOTES).await.status(), StatusCode::OK, "a signed request knows of no account");
    world.backend.run_workers_once().await.unwrap();
    world.clock.advance_seconds(4_300);
    world.backend.run_workers_once().await.unwrap();
    assert_eq!(world.store.kept(), [id(&bens)]);
    assert_eq!(world.count("select count(*) from objects").await, 1);
    assert_eq!(world.count("select count(*) from uploads").await, 1);
    world.get(file["file"]["url"].as_str().unwrap()).bearer(&ben.token).send().await.refused(404, "not_found");
});
