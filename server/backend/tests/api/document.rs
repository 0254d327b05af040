//! The OpenAPI document says what the calls do.

use crate::world::World;
use db::EngineKind;
use serde_json::Value;

#[tokio::test]
async fn every_call_documents_its_refusals_as_problems() {
    let world = World::new(EngineKind::Sqlite).await;
    let document = serde_json::to_value(world.backend.rest().1).unwrap();
    assert_eq!(document["paths"]["/api/register-user"]["post"]["parameters"][0]["schema"]["type"], "string");
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let schemes = &document["components"]["securitySchemes"];
    assert_eq!(schemes["bearer"]["scheme"], "bearer");
    assert_eq!(schemes["session"]["in"], "cookie");
    let mut calls = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            calls.push(format!("{method} {path} {name}"));
            let responses = operation["responses"].as_object().unwrap();
            for status in ["429", "500", "503"] {
                assert!(responses.contains_key(status), "{name} {status}");
            }
            let public =
                operation["security"] == serde_json::json!([{}]) || operation["security"] == serde_json::json!([]);
            assert_eq!(public, name == "get_config", "{name}: {}", operation["security"]);
            assert_eq!(responses.contains_key("401"), !public, "{name}");
            for (status, response) in responses.iter().filter(|(status, _)| status.as_str() >= "400") {
                let content = &response["content"]["application/problem+json"];
                assert_eq!(content["schema"]["$ref"], "#/components/schemas/Problem", "{name} {status}");
                assert_eq!(content["example"]["status"].to_string(), *status, "{name}");
            }
        }
    }
    calls.sort();
    assert_eq!(
        calls,
        [
            "delete /api/albums/{id} delete_album",
            "delete /api/albums/{id}/conversations/{conversation_id} unshare_with_conversation",
            "delete /api/albums/{id}/members/{sub} unshare_with_person",
            "delete /api/conversations/{id}/participants/{sub} remove_participant",
            "delete /api/documents/{id} delete_document",
            "delete /api/me cancel_me",
            "delete /api/me/sessions/{id} end_session",
            "delete /api/messages/{id} delete_message",
            "delete /api/messages/{id}/reactions/{emoji} remove_reaction",
            "delete /api/photos/{id} delete_photo",
            "delete /api/quiz/{id} delete_quiz",
            "delete /api/review/{question_id} remove_review_question",
            "delete /api/uploads/{id} abort_upload",
            "get /api/albums list_albums",
            "get /api/albums/{id} get_album",
            "get /api/albums/{id}/download download_album",
            "get /api/albums/{id}/photos list_photos",
            "get /api/albums/{id}/tiles list_tiles",
            "get /api/config get_config",
            "get /api/conversations list_conversations",
            "get /api/conversations/{id} get_conversation",
            "get /api/conversations/{id}/messages list_messages",
            "get /api/documents list_documents",
            "get /api/documents/{id} get_document",
            "get /api/documents/{id}/contents get_document_contents",
            "get /api/documents/{id}/find find_in_document",
            "get /api/documents/{id}/notes get_notes",
            "get /api/documents/{id}/notes/versions list_notes_versions",
            "get /api/documents/{id}/text get_document_text",
            "get /api/events events",
            "get /api/me get_me",
            "get /api/me/export export_me",
            "get /api/me/sessions list_sessions",
            "get /api/messages search_messages",
            "get /api/photos find_photos",
            "get /api/photos/download get_photos",
            "get /api/photos/{id} get_photo",
            "get /api/quiz list_quizzes",
            "get /api/quiz/history/all list_submissions",
            "get /api/quiz/{id} get_quiz",
            "get /api/quiz/{id}/answers get_answers",
            "get /api/quiz/{id}/export export_quiz",
            "get /api/quiz/{id}/group-results get_group_results",
            "get /api/quiz/{id}/key get_quiz_key",
            "get /api/quiz/{id}/results get_quiz_result",
            "get /api/review/due list_due_questions",
            "get /api/review/statistics get_review_statistics",
            "get /api/tags list_tags",
            "get /api/uploads/{id} get_upload",
            "get /api/users search_users",
            "get /media/{id} get_media",
            "patch /api/albums/{id} change_album",
            "patch /api/conversations/{id} rename_conversation",
            "patch /api/documents/{id} rename_document",
            "patch /api/me update_me",
            "patch /api/messages/{id} edit_message",
            "patch /api/photos change_photos",
            "patch /api/photos/{id} change_photo",
            "patch /api/quiz/{id}/key change_quiz_key",
            "post /api/albums make_album",
            "post /api/albums/{id}/members share_album",
            "post /api/albums/{id}/photos add_photo",
            "post /api/albums/{id}/restore restore_album",
            "post /api/conversations start_conversation",
            "post /api/conversations/{id}/participants add_participants",
            "post /api/documents/upload upload_document",
            "post /api/documents/{id}/regenerate-notes regenerate_notes",
            "post /api/messages send_message",
            "post /api/messages/media send_media",
            "post /api/photos/copy copy_photos",
            "post /api/photos/delete delete_photos",
            "post /api/photos/download download_photos",
            "post /api/photos/move move_photos",
            "post /api/photos/restore restore_photos",
            "post /api/quiz/generate generate_quiz",
            "post /api/quiz/submit submit_quiz",
            "post /api/quiz/{id}/accept accept_answer",
            "post /api/quiz/{id}/answers/{question_id}/check check_answer",
            "post /api/quiz/{id}/claims claim_answer",
            "post /api/quiz/{id}/share share_quiz",
            "post /api/register-user register_user",
            "post /api/review/{question_id} review_question",
            "post /api/uploads start_upload",
            "post /api/uploads/{id}/complete complete_upload",
            "post /api/uploads/{id}/parts sign_upload_parts",
            "put /api/conversations/{id}/mute mute_conversation",
            "put /api/conversations/{id}/picture set_conversation_picture",
            "put /api/conversations/{id}/read mark_read",
            "put /api/conversations/{id}/typing signal_typing",
            "put /api/documents/{id}/notes edit_notes",
            "put /api/messages/{id}/reactions/{emoji} add_reaction",
            "put /api/quiz/{id}/answers save_answers",
            "put /api/review/{question_id} add_review_question",
        ]
    );
    let references = references(&document);
    for name in &references {
        let known = document["components"]["schemas"].get(name.trim_start_matches("#/components/schemas/"));
        assert!(known.is_some(), "{name}");
    }
    assert_eq!(document["components"]["schemas"]["ProfileChange"]["additionalProperties"], false);
}

fn references(value: &Value) -> Vec<String> {
    match value {
        Value::Object(fields) => fields
            .iter()
            .flat_map(|(name, field)| match field {
                Value::String(target) if name == "$ref" => vec![target.clone()],
                field => references(field),
            })
            .collect(),
        Value::Array(items) => items.iter().flat_map(references).collect(),
        _ => Vec::new(),
    }
}
