//! What holds for notes and questions of every sample, in every language.
#![expect(clippy::unwrap_used, reason = "a test says what went wrong by failing there")]

use domain::{
    citation::Citation,
    documents::{Block, BlockKind, DocumentPage},
    quizzes::{Difficulty, QuestionForm, QuestionType},
};
use std::{collections::BTreeSet, fs, path::Path};
use study::{
    Source, SourceId,
    notes::make_notes,
    questions::{MadeQuestion, Wanted, make_questions},
    validator::{self, quiz},
};
use uuid::Uuid;

const FOREIGN: [(&str, &str); 4] = [
    (
        "de",
        "# Wasser\n\nWasser ist ein Stoff, der aus Wasserstoff und Sauerstoff besteht. Der Bodensee hat eine Fläche von 536 Quadratkilometern \
         und ist 251 Meter tief. Im Jahr 1895 wurde der Nord-Ostsee-Kanal nach acht Jahren Bauzeit eröffnet. Der Rhein ist 1233 Kilometer lang \
         und fließt durch sechs Länder. Die Donau hat eine Länge von 2857 Kilometern und mündet in das Schwarze Meer.",
    ),
    (
        "fr",
        "# Fleuves\n\nLa Loire est un fleuve qui traverse le centre de la France. La Loire a une longueur de 1006 kilomètres et se jette dans \
         l’océan Atlantique. La tour Eiffel mesure 330 mètres de haut et domine la ville de Paris. La Révolution française a commencé en 1789 \
         par la prise de la Bastille. Le mont Blanc atteint une altitude de 4806 mètres dans les Alpes.",
    ),
    (
        "es",
        "# Ríos\n\nEl Ebro es un río que cruza el norte de la península. El Ebro tiene una longitud de 930 kilómetros y desemboca en el \
         Mediterráneo. La ciudad de Granada fue conquistada por los reyes en 1492 después de una larga guerra. El Teide alcanza una altura de \
         3715 metros en la isla de Tenerife. La universidad de Salamanca fue fundada en 1218 por el rey de León.",
    ),
    (
        "ar",
        "# النيل\n\nيبلغ طول نهر النيل 6650 كيلومترا ويمر عبر دول كثيرة في أفريقيا. تأسست جامعة القاهرة في عام 1908 في مدينة الجيزة. يبلغ ارتفاع \
         الهرم الأكبر 139 مترا في الوقت الحاضر. افتتحت قناة السويس في عام 1869 بعد أعمال استمرت سنوات.",
    ),
];

fn page(page: u32, text: &str) -> DocumentPage {
    DocumentPage { page, text: text.into(), blocks: Vec::new() }
}

fn sources() -> Vec<(String, Source)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"));
    files.sort();
    let read = files.iter().map(|path| {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        let paragraphs = fs::read_to_string(path).unwrap();
        let paragraphs: Vec<&str> = paragraphs.split("\n\n").collect();
        let pages = paragraphs.chunks(12).zip(1..).map(|(part, number)| page(number, &part.join("\n\n"))).collect();
        (name, Source { id: SourceId::Document(Uuid::from_u128(7)), language: None, pages })
    });
    let foreign = FOREIGN.iter().map(|(code, text)| {
        ((*code).to_owned(), Source { id: SourceId::Text, language: None, pages: vec![page(1, text)] })
    });
    read.chain(foreign).collect()
}

fn wanted(count: u32, forms: &[QuestionForm], difficulty: Difficulty, seed: u64) -> Wanted {
    Wanted { count, forms: forms.to_vec(), difficulty, seed }
}

fn stands(citation: &Citation, source: &Source) -> bool {
    let of_page = |page: &&DocumentPage| match citation {
        Citation::Document { page: cited, .. } => page.page == *cited,
        _ => true,
    };
    source.pages.iter().filter(of_page).any(|page| citation.stands_in(&page.text))
}

fn check(question: &MadeQuestion, source: &Source) {
    assert!(stands(&question.citation, source), "{question:?}");
    let distinct: BTreeSet<String> = question.options.iter().map(|option| option.to_lowercase()).collect();
    assert_eq!(distinct.len(), question.options.len(), "{question:?}");
    match question.kind {
        QuestionType::MultipleChoice => {
            assert_eq!(question.options.len(), 4, "{question:?}");
            let right = question.options.iter().filter(|option| **option == question.correct_answer).count();
            assert_eq!(right, 1, "{question:?}");
        }
        QuestionType::TrueFalse => {
            assert_eq!(question.options, ["true", "false"]);
            assert!(question.options.contains(&question.correct_answer));
        }
        QuestionType::ShortAnswer => {
            assert!(question.options.is_empty());
            let quote = question.citation.quote().to_lowercase();
            assert!(quote.contains(&question.correct_answer.to_lowercase()), "{question:?}");
        }
    }
}

#[test]
fn questions_of_every_sample_hold_what_the_checks_promise() {
    for (name, source) in sources() {
        for (difficulty, seed) in [(Difficulty::Easy, 1), (Difficulty::Medium, 2), (Difficulty::Hard, 3)] {
            let sources = std::slice::from_ref(&source);
            let made = make_questions(sources, &wanted(20, &[], difficulty, seed));
            assert!(!made.questions.is_empty() && made.questions.len() <= 20, "{name}");
            made.questions.iter().for_each(|question| check(question, &source));
            let of_truth = |truth: &str| {
                let statements = made.questions.iter().filter(|question| question.kind == QuestionType::TrueFalse);
                statements.filter(|question| question.correct_answer == truth).count()
            };
            assert!(of_truth("true").abs_diff(of_truth("false")) <= 1, "{name}");
            assert!(made.statistics.longest_is_right_percent <= 30, "{name}: {:?}", made.statistics);
            let (most, least) = (made.statistics.positions.iter().max(), made.statistics.positions.iter().min());
            assert!(most.unwrap_or(&0) - least.unwrap_or(&0) <= 1, "{name}: {:?}", made.statistics);
            assert_eq!(made.statistics.kept as usize, made.questions.len());
            let (kept, again) = validator::validate(made.questions.clone(), sources);
            assert_eq!((kept, again.dropped.len()), (made.questions.clone(), 0), "{name}");
            assert_eq!(quiz::statistics(&made.questions).positions, made.statistics.positions);
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_quiz_and_another_gives_another() {
    let (_, source) = sources().remove(0);
    let made =
        |seed| make_questions(std::slice::from_ref(&source), &wanted(12, &[], Difficulty::Medium, seed)).questions;
    assert_eq!(made(5), made(5));
    assert_ne!(made(5), made(6));
}

#[test]
fn only_the_wanted_forms_are_made() {
    for (name, source) in sources() {
        for (form, kind) in [
            (QuestionForm::Mcq, QuestionType::MultipleChoice),
            (QuestionForm::Tf, QuestionType::TrueFalse),
            (QuestionForm::Short, QuestionType::ShortAnswer),
            (QuestionForm::Cloze, QuestionType::ShortAnswer),
        ] {
            let made = make_questions(std::slice::from_ref(&source), &wanted(8, &[form], Difficulty::Medium, 1));
            assert!(made.questions.iter().all(|question| question.kind == kind), "{name}");
            let gaps = made.questions.iter().filter(|question| question.question.contains("_____")).count();
            assert!(form != QuestionForm::Cloze || gaps == made.questions.len(), "{name}");
        }
    }
}

#[test]
fn questions_of_several_sources_name_the_right_one() {
    let mut both: Vec<Source> = sources().into_iter().take(2).map(|(_, source)| source).collect();
    for (source, number) in both.iter_mut().zip(1..) {
        source.id = SourceId::Document(Uuid::from_u128(number));
    }
    let made = make_questions(&both, &wanted(20, &[], Difficulty::Medium, 1));
    let mut cited = BTreeSet::new();
    for question in &made.questions {
        let Citation::Document { document_id, .. } = &question.citation else { panic!("{question:?}") };
        let source = both.iter().find(|source| source.id == SourceId::Document(*document_id)).unwrap();
        check(question, source);
        cited.insert(*document_id);
    }
    assert_eq!(cited.len(), 2);
}

#[test]
fn notes_of_every_sample_stand_in_it_and_repeat_nothing() {
    for (name, source) in sources() {
        let made = make_notes(&source, &|page, start, end| format!("/read?page={page}&start={start}&end={end}"));
        assert!(made.points.len() > 1, "{name}: {}", made.markdown);
        let mut seen = BTreeSet::new();
        for point in &made.points {
            assert_eq!(point.citations.len(), 1);
            assert!(point.citations.iter().all(|citation| stands(citation, &source)), "{name}: {point:?}");
            assert!(seen.insert(point.text.clone()), "{name}: {point:?}");
        }
        assert_eq!(made.markdown.matches("](/read?page=").count(), made.points.len(), "{name}");
        let lesser = FOREIGN.iter().any(|(code, _)| *code == name);
        assert_eq!(made.remark.is_some(), lesser, "{name}: {:?}", made.remark);
    }
}

#[test]
fn fewer_questions_than_wanted_come_with_a_remark() {
    let text = "Cytologia to nauka o budowie komórek. Sejm składa się z 460 posłów.";
    let source = Source { id: SourceId::Text, language: Some("pl".into()), pages: vec![page(1, text)] };
    let made = make_questions(&[source], &wanted(10, &[], Difficulty::Medium, 1));
    assert!(!made.questions.is_empty() && made.questions.len() < 10);
    assert!(made.remark.unwrap().contains("of the 10 wanted questions"));
    for sources in [vec![], vec![Source { id: SourceId::Text, language: None, pages: vec![page(1, "Nothing here.")] }]]
    {
        let made = make_questions(&sources, &wanted(10, &[], Difficulty::Medium, 1));
        assert!(made.questions.is_empty());
        assert!(made.remark.unwrap().contains("No question could be made"));
    }
}

#[test]
fn hostile_text_neither_panics_nor_hangs() {
    let texts = [
        "a".repeat(1_000_000),
        "(".repeat(100_000),
        "[](".repeat(50_000),
        "„".repeat(50_000),
        ". ".repeat(200_000),
        "A is a b. ".repeat(50_000),
        "1,".repeat(100_000),
        "🐢 ".repeat(100_000),
        "שלום עולם. \u{202e}abc ".repeat(10_000),
        "In 1999 A B C D E F. ".repeat(10_000),
        "\0\u{feff}\u{ad}\r\n\t".repeat(10_000),
        "_____ ".repeat(50_000),
        "Ｘ is a Ｙ that İs ẞ ﬁne and ǅ goes on. ".repeat(5_000),
    ];
    for text in texts {
        let source = Source { id: SourceId::Text, language: None, pages: vec![page(1, &text)] };
        let made = make_questions(std::slice::from_ref(&source), &wanted(50, &[], Difficulty::Hard, 9));
        assert!(made.questions.iter().all(|question| stands(&question.citation, &source)));
        for language in ["en", "pl", "de", "ar"] {
            let source = Source { language: Some(language.into()), ..source.clone() };
            let notes = make_notes(&source, &|_, _, _| String::new());
            assert!(notes.points.iter().flat_map(|point| &point.citations).all(|citation| stands(citation, &source)));
        }
    }
}

#[test]
fn blocks_that_point_anywhere_are_survived() {
    let block = |start, end| Block { kind: BlockKind::Paragraph, start, end };
    let blocks = vec![block(0, 3), block(2, u32::MAX), block(9, 4), block(u32::MAX, u32::MAX)];
    let pages = vec![DocumentPage { page: 0, text: "żółw".into(), blocks }];
    let source = Source { id: SourceId::Text, language: Some("".into()), pages };
    assert!(make_notes(&source, &|_, _, _| String::new()).points.is_empty());
    assert!(make_questions(&[source], &wanted(u32::MAX, &[], Difficulty::Easy, 0)).questions.is_empty());
}

#[test]
fn two_thousand_pages_are_done_in_bounded_time() {
    let (_, sample) = sources().into_iter().find(|(name, _)| name.starts_with("stars")).unwrap();
    let pages: Vec<DocumentPage> = (0..2_000_u32)
        .map(|number| {
            let text = &sample.pages[number as usize % sample.pages.len()].text;
            page(number + 1, &text.replace("star", &format!("star{}", number % 97)))
        })
        .collect();
    let source = Source { id: SourceId::Document(Uuid::nil()), language: Some("en".into()), pages };
    let made = make_questions(std::slice::from_ref(&source), &wanted(50, &[], Difficulty::Medium, 1));
    assert!(made.questions.len() > 20);
    assert!(make_notes(&source, &|_, _, _| String::new()).points.len() <= 200);
}
