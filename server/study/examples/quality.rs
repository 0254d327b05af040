//! How good notes and questions of the samples are: `cargo run --package study --example quality [-- --table | --notes]`.

use domain::{
    citation::Citation,
    documents::DocumentPage,
    quizzes::{Difficulty, QuestionType},
};
use std::{error::Error, fs, path::Path};
use study::{
    Source, SourceId,
    notes::make_notes,
    questions::{MadeQuestion, MadeQuestions, Wanted, make_questions},
    validator,
};
use uuid::Uuid;

/// Code points of a page that the samples are cut into.
const PAGE: usize = 2_500;
/// Questions of each sample's quiz.
const COUNT: u32 = 20;
/// Questions of each sample in the table.
const IN_TABLE: u32 = 5;

fn main() -> Result<(), Box<dyn Error>> {
    let samples = samples()?;
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if asked.iter().any(|argument| argument == "--table") {
        table(&samples);
    } else if asked.iter().any(|argument| argument == "--notes") {
        for (name, source) in &samples {
            println!(
                "# {name}\n\n{}",
                make_notes(source, &|page, start, end| format!("/{page}/{start}/{end}")).markdown
            );
        }
    } else {
        report(&samples);
    }
    Ok(())
}

fn samples() -> Result<Vec<(String, Source)>, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"))
        .collect();
    files.sort();
    let mut samples = Vec::new();
    for (index, path) in files.iter().enumerate() {
        let text = fs::read_to_string(path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let id = SourceId::Document(Uuid::from_u128(index as u128 + 1));
        samples.push((name, Source { id, language: None, pages: pages(&text) }));
    }
    Ok(samples)
}

fn pages(text: &str) -> Vec<DocumentPage> {
    let mut pages = vec![String::new()];
    for paragraph in text.split("\n\n") {
        let full = pages.last().is_some_and(|page| page.chars().count() > PAGE);
        if full {
            pages.push(String::new());
        }
        if let Some(page) = pages.last_mut() {
            page.push_str(paragraph.trim());
            page.push_str("\n\n");
        }
    }
    pages.into_iter().zip(1..).map(|(text, page)| DocumentPage { page, text, blocks: Vec::new() }).collect()
}

fn quiz(source: &Source, count: u32, seed: u64) -> MadeQuestions {
    make_questions(
        std::slice::from_ref(source),
        &Wanted { count, forms: Vec::new(), difficulty: Difficulty::Medium, seed },
    )
}

fn stands(citation: &Citation, source: &Source) -> bool {
    source.pages.iter().any(|page| citation.stands_in(&page.text))
}

fn report(samples: &[(String, Source)]) {
    println!(
        "text                   drafted  passed  share  quiz positions         longest duplicates unsupported  notes"
    );
    let mut all = validator::quiz::statistics(&[]);
    all.positions = vec![0; 4];
    let (mut drafted, mut failed, mut multiple, mut longest, mut repeated, mut unsupported) = (0, 0, 0, 0, 0, 0);
    for (name, source) in samples {
        let made = quiz(source, COUNT, 1);
        let statistics = &made.statistics;
        let faults: u32 = statistics.dropped.values().sum();
        let (_, again) = validator::validate(made.questions.clone(), std::slice::from_ref(source));
        let duplicates = again.dropped.get("near_duplicate").copied().unwrap_or(0);
        let bad = made.questions.iter().filter(|question| !stands(&question.citation, source)).count();
        let notes = make_notes(source, &|_, _, _| String::from("/"));
        let misplaced =
            notes.points.iter().flat_map(|point| &point.citations).filter(|citation| !stands(citation, source)).count();
        println!(
            "{name:<22} {:>7} {:>7} {:>5}% {:>5} {:<16} {:>7}% {duplicates:>10} {:>11} {:>6}",
            statistics.drafted,
            statistics.drafted - faults,
            (statistics.drafted - faults) * 100 / statistics.drafted.max(1),
            statistics.kept,
            format!("{:?}", statistics.positions),
            statistics.longest_is_right_percent,
            bad + misplaced,
            notes.points.len(),
        );
        drafted += statistics.drafted;
        failed += faults;
        for (sum, own) in all.positions.iter_mut().zip(&statistics.positions) {
            *sum += own;
        }
        let of_kind = made.questions.iter().filter(|question| question.kind == QuestionType::MultipleChoice);
        multiple += of_kind.clone().count();
        longest += of_kind.filter(|question| validator::question::longest_is_right(question)).count();
        repeated += duplicates;
        unsupported += bad + misplaced;
        for (fault, count) in &statistics.dropped {
            *all.dropped.entry(fault.clone()).or_default() += count;
        }
    }
    println!(
        "\npassed: {} of {drafted} drafts ({} %); dropped by check: {:?}",
        drafted - failed,
        (drafted - failed) * 100 / drafted.max(1),
        all.dropped
    );
    println!(
        "right option stands first to fourth: {:?}; longest option is right: {longest} of {multiple} ({} %)",
        all.positions,
        longest * 100 / multiple.max(1)
    );
    println!("duplicates: {repeated}; unsupported evidence: {unsupported}");
}

fn table(samples: &[(String, Source)]) {
    let mut number = 0;
    for (name, source) in samples {
        for question in quiz(source, IN_TABLE, 1).questions {
            number += 1;
            print_question(number, name, &question);
        }
    }
}

fn print_question(number: usize, name: &str, question: &MadeQuestion) {
    println!("{number:>2}. [{name}] {}", question.question);
    if question.kind == QuestionType::MultipleChoice {
        for option in &question.options {
            println!("      {} {option}", if *option == question.correct_answer { "✓" } else { "·" });
        }
    } else {
        println!("      ✓ {} {:?}", question.correct_answer, question.accepted_answers);
    }
    println!("      “{}”", question.citation.quote());
}
