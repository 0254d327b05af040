//! What every text provider keeps to, whoever it asks: asked of the embedded one and of models behind an endpoint that
//! answers like OpenAI's and one that answers like Bedrock.

mod fake;

use crate::{
    clients::identity::{AwsCredentials, StaticCredentials},
    providers::{
        embedded::Embedded,
        model::ByModel,
        text::{ATTEMPTS_MAX, MadeNotes, MadeQuestions, QuestionSource, TextProvider, WantedQuestions, attempts_max},
    },
    settings::{BedrockSettings, OpenAiSettings},
};
use domain::{
    citation::Citation,
    clock::Clock,
    documents::DocumentPage,
    quizzes::{Difficulty, QuestionForm, QuestionType},
};
use fake::{Behaviour, Fake};
use std::{sync::Arc, time::Duration};
use uuid::Uuid;

const FIRST: &str = "The cell\n\nThe cell is the basic unit of life. Robert Hooke saw the first cells\nin 1665 and gave them \
    their name. Mitochondria release the energy that a cell needs.";
const SECOND: &str = "Plants\n\nChloroplasts turn sunlight into sugar. This is called photosynthesis, and it happens in \
    green leaves. Fungi do not have chloroplasts.";

fn pages() -> Vec<DocumentPage> {
    [FIRST, SECOND]
        .into_iter()
        .zip(1..)
        .map(|(text, page)| DocumentPage { page, text: text.into(), blocks: Vec::new() })
        .collect()
}

fn document() -> Uuid {
    Uuid::from_u128(7)
}

fn wanted(document_id: Option<Uuid>, count: u32, forms: &[QuestionForm]) -> WantedQuestions {
    WantedQuestions {
        sources: vec![QuestionSource { document_id, pages: pages(), language: Some("en".into()) }],
        count,
        forms: forms.to_vec(),
        difficulty: Difficulty::Medium,
        seed: 3,
    }
}

/// The providers behind a fake that behaves so, each with its name.
fn by_model(fake: &Fake) -> [(&'static str, ByModel); 2] {
    let timeout = if fake.is_slow() { Duration::from_millis(300) } else { Duration::from_secs(60) };
    let openai = OpenAiSettings {
        url: fake.url("/v1"),
        model: "any".into(),
        api_key: Some("openai-secret".to_owned().into()),
        timeout,
    };
    let credentials = StaticCredentials(AwsCredentials {
        access_key_id: "AKIDEXAMPLE".into(),
        secret_access_key: "bedrock-secret".to_owned().into(),
        session_token: Some("session-secret".to_owned().into()),
    });
    let bedrock = BedrockSettings {
        url: Some(fake.url("/")),
        region: "eu-central-1".into(),
        model: "anthropic.any:0".into(),
        credentials: Arc::new(credentials),
        timeout,
    };
    [("openai", ByModel::openai(&openai).unwrap()), ("bedrock", ByModel::bedrock(&bedrock, Clock::system()).unwrap())]
}

/// Every statement stands where it says, in the statements as in the links.
fn check_notes(name: &str, made: &MadeNotes) {
    let pages = pages();
    for point in &made.points {
        assert!(!point.citations.is_empty(), "{name}: {point:?}");
        for citation in &point.citations {
            let Citation::Document { document_id, page, start, end, .. } = citation else {
                panic!("{name}: {citation:?}")
            };
            assert_eq!(*document_id, document(), "{name}");
            let text = &pages.iter().find(|one| one.page == *page).unwrap().text;
            assert!(citation.stands_in(text), "{name}: {citation:?}");
            let link = format!("/library/{document_id}/read?page={page}&start={start}&end={end}");
            assert!(made.markdown.contains(&link), "{name}: {link} is not in {}", made.markdown);
        }
    }
}

fn check_questions(name: &str, wanted: &WantedQuestions, made: &MadeQuestions) {
    assert!(made.questions.len() <= usize::try_from(wanted.count).unwrap(), "{name}");
    assert_eq!(usize::try_from(made.statistics.kept).unwrap(), made.questions.len(), "{name}");
    let pages = pages();
    for question in &made.questions {
        assert!(pages.iter().any(|page| question.citation.stands_in(&page.text)), "{name}: {question:?}");
        assert_eq!(matches!(question.citation, Citation::Text { .. }), wanted.sources[0].document_id.is_none());
        match question.kind {
            QuestionType::MultipleChoice | QuestionType::TrueFalse => {
                let right = question.options.iter().filter(|option| **option == question.correct_answer).count();
                assert_eq!(right, 1, "{name}: {question:?}");
            }
            QuestionType::ShortAnswer => assert!(question.options.is_empty(), "{name}: {question:?}"),
        }
    }
}

#[tokio::test]
async fn whatever_a_text_provider_makes_is_borne_out() {
    for behaviour in [Behaviour::Honest, Behaviour::Liar, Behaviour::NoSchemas, Behaviour::Chatty] {
        let fake = Fake::new(behaviour).await;
        let [openai, bedrock] = by_model(&fake);
        let models = [openai, bedrock].map(|(name, model)| (name, Box::new(model) as Box<dyn TextProvider>));
        for (name, provider) in
            models.into_iter().chain([("embedded", Box::new(Embedded::default()) as Box<dyn TextProvider>)])
        {
            let notes = provider.make_notes(document(), &pages(), Some("en")).await.unwrap();
            check_notes(name, &notes);
            for document_id in [Some(document()), None] {
                let wanted = wanted(document_id, 4, &[]);
                let made = provider.make_questions(&wanted).await.unwrap();
                check_questions(name, &wanted, &made);
                let only = self::wanted(document_id, 4, &[QuestionForm::Mcq]);
                let choices = provider.make_questions(&only).await.unwrap();
                check_questions(name, &only, &choices);
                assert!(
                    choices.questions.iter().all(|question| question.kind == QuestionType::MultipleChoice),
                    "{name}"
                );
            }
            assert_eq!(provider.make_notes(document(), &[], None).await.unwrap().points, [], "{name}");
        }
    }
}

#[tokio::test]
async fn an_honest_model_is_taken_at_its_word() {
    for behaviour in [Behaviour::Honest, Behaviour::NoSchemas, Behaviour::Chatty] {
        let fake = Fake::new(behaviour).await;
        for (name, model) in by_model(&fake) {
            let notes = model.make_notes(document(), &pages(), Some("en")).await.unwrap();
            assert_eq!(notes.points.len(), 3, "{name} {behaviour:?}: {notes:?}");
            let bullets = notes.markdown.lines().filter(|line| line.starts_with("- ")).count();
            assert_eq!(bullets, 3, "{name}: {}", notes.markdown);
            assert!(
                notes.markdown.starts_with("## Cells\n\n- **The cell** is the basic unit of life"),
                "{}",
                notes.markdown
            );
            // The quotation runs over a line break there.
            assert!(notes.points[1].citations[0].quote().contains("first cells\nin 1665"), "{name}: {notes:?}");
            let made = model.make_questions(&wanted(Some(document()), 4, &[])).await.unwrap();
            assert_eq!(made.questions.len(), 4, "{name} {behaviour:?}: {made:?}");
            assert_eq!((made.remark, made.statistics.kept), (None, 4), "{name}");
        }
        assert!(fake.refusals().is_empty(), "{:?}", fake.refusals());
    }
}

#[tokio::test]
async fn nothing_of_a_liar_is_kept() {
    let fake = Fake::new(Behaviour::Liar).await;
    for (name, model) in by_model(&fake) {
        let notes = model.make_notes(document(), &pages(), Some("en")).await.unwrap();
        assert_eq!((notes.points.len(), notes.markdown.as_str()), (0, ""), "{name}: {notes:?}");
        assert!(notes.remark.is_some(), "{name}: nothing, and nobody says why");
        let made = model.make_questions(&wanted(Some(document()), 10, &[])).await.unwrap();
        assert_eq!(made.questions, [], "{name}");
        assert!(made.remark.is_some(), "{name}: nothing, and nobody says why");
        let dropped = &made.statistics.dropped;
        for check in ["evidence", "options", "answer", "gives_away", "lengths", "form"] {
            assert!(dropped.contains_key(check), "{name}: {check} is not in {dropped:?}");
        }
    }
}

#[tokio::test]
async fn a_model_that_fails_is_tried_again_where_that_may_help_and_tells_no_secret() {
    for (behaviour, said, attempts) in [
        (Behaviour::Throttled, "too much to do", ATTEMPTS_MAX),
        (Behaviour::Down, "too much to do", ATTEMPTS_MAX),
        (Behaviour::Refusing, "refuses", 1),
        (Behaviour::Broken, "cannot be understood", 3),
        (Behaviour::Slow, "cannot be reached", ATTEMPTS_MAX),
        (Behaviour::Endless, "cannot be understood", 3),
    ] {
        let fake = Fake::new(behaviour).await;
        for (name, model) in by_model(&fake) {
            let notes = model.make_notes(document(), &pages(), Some("en")).await.unwrap_err();
            let questions = model.make_questions(&wanted(Some(document()), 4, &[])).await.unwrap_err();
            for failure in [notes, questions] {
                assert_eq!(attempts_max(&failure), attempts, "{name} {behaviour:?}: {failure:?}");
                let text = failure.to_string();
                assert!(text.contains(said) && !text.contains("secret"), "{name} {behaviour:?}: {text}");
            }
            assert!(!format!("{model:?}").contains("-secret"), "{name}: {model:?}");
        }
    }
}

#[tokio::test]
async fn right_answers_stand_in_every_place() {
    let fake = Fake::new(Behaviour::Honest).await;
    for (name, model) in by_model(&fake) {
        let made = model.make_questions(&wanted(Some(document()), 2, &[QuestionForm::Mcq])).await.unwrap();
        assert_eq!(made.questions.len(), 2, "{name}: {made:?}");
        assert_eq!(made.statistics.positions.iter().sum::<u32>(), 2, "{name}");
        assert!(made.statistics.positions.iter().all(|count| *count <= 1), "{name}: {:?}", made.statistics);
    }
}
