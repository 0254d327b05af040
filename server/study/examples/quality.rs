//! How good notes and questions of the samples are: `cargo run --package study --example quality [-- --table | --notes]`.
//!
//! Without an argument it prints the figures, first of the texts as found, then of those that were written for this
//! repository, and fails where a figure of the former is out of bounds or `judgement.md` is out of date. `--table` prints
//! the table of that file: the questions as they are made now, those that were judged with their judgement.

use domain::{
    citation::Citation,
    documents::DocumentPage,
    quizzes::{Difficulty, QuestionType, QuizStatistics},
};
use std::{
    collections::{BTreeMap, BTreeSet},
    error::Error,
    fs,
    path::{Path, PathBuf},
};
use study::{
    Source, SourceId,
    notes::make_notes,
    questions::{MadeQuestion, MadeQuestions, Wanted, make_questions},
    validator,
};
use uuid::Uuid;

/// Samples that were written for this repository; all others are texts as found.
const WRITTEN_HERE: [&str; 8] =
    ["cells.en", "earth.en", "gospodarka.pl", "historia.pl", "komorka.pl", "networks.en", "przyroda.pl", "stars.en"];
/// Code points of a page that the samples are cut into.
const PAGE: usize = 2_500;
/// Questions of each sample's quiz.
const COUNT: u32 = 20;
/// Questions of each text as found that are read and judged.
const JUDGED_OF_EACH: usize = 5;
/// Questions that are read and judged in all.
const JUDGED: usize = 40;
/// Of how many hundred multiple choices the longest option may be right.
const LONGEST_PERCENT_MAX: usize = 30;
/// Two questions with more of their words in common than this are the same, in hundredths.
const ALIKE_PERCENT: usize = 75;

struct Sample {
    name: String,
    words: usize,
    source: Source,
}

impl Sample {
    fn is_real(&self) -> bool {
        !WRITTEN_HERE.contains(&self.name.as_str())
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let samples = samples()?;
    let asked: Vec<String> = std::env::args().skip(1).collect();
    if asked.iter().any(|argument| argument == "--table") {
        return print_table(&samples);
    }
    if asked.iter().any(|argument| argument == "--notes") {
        print_notes(&samples);
        return Ok(());
    }
    report(&samples)
}

fn samples() -> Result<Vec<Sample>, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(folder().join("samples"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending == "md") && !path.ends_with("README.md"))
        .collect();
    files.sort();
    let mut samples = Vec::new();
    for (index, path) in files.iter().enumerate() {
        let text = fs::read_to_string(path)?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let id = SourceId::Document(Uuid::from_u128(index as u128 + 1));
        let words = text.split_whitespace().count();
        samples.push(Sample { name, words, source: Source { id, language: None, pages: pages(&text) } });
    }
    Ok(samples)
}

fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
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

/// The quiz that is measured, and of which questions are judged.
fn quiz(source: &Source) -> MadeQuestions {
    make_questions(
        std::slice::from_ref(source),
        &Wanted { count: COUNT, forms: Vec::new(), difficulty: Difficulty::Medium, seed: 1 },
    )
}

fn print_notes(samples: &[Sample]) {
    for sample in samples {
        let made = make_notes(&sample.source, &|page, start, end| format!("/{page}/{start}/{end}"));
        println!("# {}\n\n{}", sample.name, made.markdown);
    }
}

/// Figures of several texts together.
#[derive(Default)]
struct Totals {
    drafted: u32,
    passed: u32,
    dropped: BTreeMap<String, u32>,
    questions: usize,
    positions: [u32; 4],
    multiple: usize,
    longest: usize,
    duplicates: usize,
    unsupported: usize,
}

fn report(samples: &[Sample]) -> Result<(), Box<dyn Error>> {
    let real = report_of("texts as found", samples.iter().filter(|sample| sample.is_real()));
    report_of("written for this repository", samples.iter().filter(|sample| !sample.is_real()));
    let mut wrong = real.out_of_bounds();
    wrong.extend(report_judgements(samples)?);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.join("; ").into()) }
}

fn report_of<'a>(heading: &str, samples: impl Iterator<Item = &'a Sample>) -> Totals {
    println!(
        "{heading:<27} words drafted passed share  quiz right option at longest is right duplicates unsupported notes"
    );
    let mut totals = Totals::default();
    for sample in samples {
        totals.take(sample);
    }
    totals.print();
    totals
}

impl Totals {
    fn take(&mut self, sample: &Sample) {
        let made = quiz(&sample.source);
        let statistics = &made.statistics;
        let passed = statistics.drafted - statistics.dropped.values().sum::<u32>();
        let choices = made.questions.iter().filter(|question| question.kind == QuestionType::MultipleChoice);
        let multiple = choices.clone().count();
        let longest = choices.filter(|question| validator::question::longest_is_right(question)).count();
        let duplicates = repeated(&made.questions);
        let (notes, misplaced) = notes_of(&sample.source);
        let bad = made.questions.iter().filter(|question| !is_supported(question, &sample.source)).count();
        println!(
            "{:<27} {:>5} {:>7} {passed:>6} {:>4}% {:>5} {:<15} {:>16} {duplicates:>10} {:>11} {notes:>5}",
            sample.name,
            sample.words,
            statistics.drafted,
            passed * 100 / statistics.drafted.max(1),
            statistics.kept,
            format!("{:?}", statistics.positions),
            format!("{longest} of {multiple}"),
            bad + misplaced,
        );
        self.add(statistics, passed);
        self.questions += made.questions.len();
        self.multiple += multiple;
        self.longest += longest;
        self.duplicates += duplicates;
        self.unsupported += bad + misplaced;
    }

    fn add(&mut self, statistics: &QuizStatistics, passed: u32) {
        self.drafted += statistics.drafted;
        self.passed += passed;
        for (sum, own) in self.positions.iter_mut().zip(&statistics.positions) {
            *sum += own;
        }
        for (fault, count) in &statistics.dropped {
            *self.dropped.entry(fault.clone()).or_default() += count;
        }
    }

    fn print(&self) {
        println!(
            "passed: {} of {} drafts ({} %); dropped by check: {:?}",
            self.passed,
            self.drafted,
            self.passed * 100 / self.drafted.max(1),
            self.dropped
        );
        println!(
            "{} questions; right option stands first to fourth: {:?}; longest option is right: {} of {} ({} %)",
            self.questions,
            self.positions,
            self.longest,
            self.multiple,
            self.longest * 100 / self.multiple.max(1)
        );
        println!("duplicates: {}; unsupported evidence: {}\n", self.duplicates, self.unsupported);
    }

    fn out_of_bounds(&self) -> Vec<String> {
        let mut wrong = Vec::new();
        if self.longest * 100 > self.multiple * LONGEST_PERCENT_MAX {
            wrong.push("the longest option is right too often".to_owned());
        }
        if self.duplicates + self.unsupported > 0 {
            wrong.push("there are duplicates or answers without evidence".to_owned());
        }
        wrong
    }
}

/// How many notes are made, and how many of them do not stand where they say.
fn notes_of(source: &Source) -> (usize, usize) {
    let notes = make_notes(source, &|_, _, _| String::from("/"));
    let citations = notes.points.iter().flat_map(|point| &point.citations);
    (notes.points.len(), citations.filter(|citation| !stands(citation, source)).count())
}

fn stands(citation: &Citation, source: &Source) -> bool {
    source.pages.iter().any(|page| citation.stands_in(&page.text))
}

/// Whether the passage stands in the text and has the answer, judged without the validator: a true statement has no word
/// that the passage has not, a false one is not the passage, and what is no item of a list is not in it.
fn is_supported(question: &MadeQuestion, source: &Source) -> bool {
    let passage = plain(question.citation.quote()).to_lowercase();
    let asked = plain(&question.question).to_lowercase();
    let answer = question.correct_answer.to_lowercase();
    let foreign = ["does not belong in", "co nie należy do"].iter().any(|words| asked.contains(words));
    let told = match (question.kind, answer.as_str()) {
        (QuestionType::TrueFalse, "true") => all_stand_in(&asked, &passage),
        (QuestionType::TrueFalse, _) => !asked.ends_with(&passage),
        _ => passage.contains(&answer) != foreign,
    };
    told && stands(&question.citation, source)
}

/// Whether every word of a statement stands in its passage, but for those that tell it the other way round.
fn all_stand_in(asked: &str, passage: &str) -> bool {
    const TURNING: [&str; 9] = ["the", "term", "for", "is", "means", "to", "roku", "not", "nie"];
    // What a comparison says from its other side, or a denial by the opposite word.
    const OTHER_SIDES: &str = "more:less larger:smaller higher:lower longer:shorter faster:slower older:younger heavier:lighter \
        hotter:cooler brighter:fainter więcej:mniej visible:invisible possible:impossible stable:unstable";
    let stands_against = |word: &str, own: &BTreeSet<String>| {
        let pair = OTHER_SIDES.split_ascii_whitespace().filter_map(|pair| pair.split_once(':'));
        let other = pair
            .clone()
            .any(|(one, other)| (word == one && own.contains(other)) || (word == other && own.contains(one)));
        other || own.contains(&format!("nie{word}")) || word.strip_prefix("nie").is_some_and(|word| own.contains(word))
    };
    let words = |text: &str| -> BTreeSet<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
    };
    let own = words(passage);
    let stated = asked.split_once(": ").map_or(asked, |(_, stated)| stated);
    words(stated)
        .iter()
        .all(|word| own.contains(word) || TURNING.contains(&word.as_str()) || stands_against(word, &own))
}

/// How many questions ask what one before them asked: of the same passage, or in nearly the same words.
fn repeated(questions: &[MadeQuestion]) -> usize {
    let same = |one: &MadeQuestion, other: &MadeQuestion| {
        let (first, second) = (words_of(one), words_of(other));
        let common = first.intersection(&second).count();
        one.citation == other.citation || common * 100 > first.union(&second).count() * ALIKE_PERCENT
    };
    (1..questions.len()).filter(|at| questions[..*at].iter().any(|before| same(before, &questions[*at]))).count()
}

/// The words of a question without those that ask.
fn words_of(question: &MadeQuestion) -> BTreeSet<String> {
    let stated = question.question.split_once(": ").map_or(question.question.as_str(), |(_, stated)| stated);
    let words = stated.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// On one line, with nothing that a table takes for its own.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "/")
}

/// The questions to be judged, evenly spread over each text's quiz, and one more of each text in turn for those that
/// another has not got: text, question, right answer, wrong ones.
fn drawn(samples: &[Sample]) -> Vec<[String; 4]> {
    let (mut rows, mut left) = (Vec::new(), Vec::new());
    for sample in samples.iter().filter(|sample| sample.is_real()) {
        let questions = quiz(&sample.source).questions;
        let count = questions.len().min(JUDGED_OF_EACH);
        let places: Vec<usize> = (0..count).map(|at| at * questions.len() / count).collect();
        rows.extend(places.iter().map(|at| row(&sample.name, &questions[*at])));
        left.extend((0..questions.len()).find(|at| !places.contains(at)).map(|at| row(&sample.name, &questions[at])));
    }
    left.truncate(JUDGED - rows.len());
    rows.extend(left);
    rows
}

fn row(name: &str, question: &MadeQuestion) -> [String; 4] {
    let wrong: Vec<&str> =
        question.options.iter().filter(|option| **option != question.correct_answer).map(String::as_str).collect();
    [name, &question.question, &question.correct_answer, &wrong.join(" · ")].map(plain)
}

fn judgement_file() -> PathBuf {
    folder().join("judgement.md")
}

/// Judgement and reason by what was judged; questions that wait for theirs have a “?”.
fn judged() -> Result<BTreeMap<[String; 4], [String; 2]>, Box<dyn Error>> {
    let text = fs::read_to_string(judgement_file())?;
    let rows = text.lines().filter_map(|line| {
        let cells: Vec<&str> = line.strip_prefix('|')?.strip_suffix('|')?.split('|').map(str::trim).collect();
        let [number, name, question, right, wrong, judgement, reason] = cells[..] else { return None };
        let own = number.parse::<u32>().is_ok() && judgement != "?";
        own.then(|| ([name, question, right, wrong].map(str::to_owned), [judgement, reason].map(str::to_owned)))
    });
    Ok(rows.collect())
}

fn print_table(samples: &[Sample]) -> Result<(), Box<dyn Error>> {
    let judged = judged()?;
    println!("| | text | question | right answer | wrong options | judgement | reason |");
    println!("| --- | --- | --- | --- | --- | --- | --- |");
    for (row, number) in drawn(samples).iter().zip(1..) {
        let judgement = judged.get(row).map_or_else(|| "? | ".to_owned(), |own| own.join(" | "));
        println!("| {number} | {} | {judgement} |", row.join(" | "));
    }
    Ok(())
}

/// Prints what the judgements come to, and says which of the questions have none.
fn report_judgements(samples: &[Sample]) -> Result<Option<String>, Box<dyn Error>> {
    let judged = judged()?;
    let rows = drawn(samples);
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for [judgement, _] in rows.iter().filter_map(|row| judged.get(row)) {
        *counts.entry(judgement).or_default() += 1;
    }
    println!("judged by reading, of {} questions of the texts as found: {counts:?}", rows.len());
    let missing = rows.len() - counts.values().sum::<usize>();
    Ok((missing > 0).then(|| {
        format!("{missing} of {} questions are not judged: take over the table that --table prints", rows.len())
    }))
}
