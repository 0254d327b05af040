use crate::samples::{docx, docx_paragraph, lines, pdf};
use extraction::worker::Worker;
use extraction::{Failure, FailureCode, Format, Limits};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn worker() -> Worker {
    Worker { program: PathBuf::from(env!("CARGO_BIN_EXE_extract")), args: vec!["serve".to_owned()] }
}

fn shell(script: &str) -> Worker {
    Worker { program: PathBuf::from("/bin/sh"), args: vec!["-c".to_owned(), script.to_owned()] }
}

fn run(
    worker: &Worker,
    format: Format,
    bytes: &[u8],
    limits: &Limits,
) -> io::Result<Result<extraction::Document, Failure>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(worker.extract(format, bytes, limits, |_, _| {}))
}

#[test]
fn a_worker_answers_as_the_function_does() {
    let bytes = pdf(&vec![lines(50.0, 600.0, &["Some text of a page."]); 3]);
    let mut progress = Vec::new();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let limits = Limits::default();
    let answer = runtime.block_on(worker().extract(Format::Pdf, &bytes, &limits, |done, of| progress.push((done, of))));
    assert_eq!(answer.unwrap().unwrap(), crate::read(Format::Pdf, &bytes));
    assert_eq!(progress, [(1, Some(3)), (2, Some(3)), (3, Some(3))]);
    let failure = run(&worker(), Format::Pdf, b"nothing", &limits).unwrap().unwrap_err();
    assert_eq!(failure, crate::failure(Format::Pdf, b"nothing"));
}

#[test]
fn memory_is_limited() {
    let bytes = docx(&docx_paragraph("x", &"A".repeat(900_000_000 / 4)));
    let limits = Limits {
        memory_bytes: 1_000_000,
        inflated_bytes: u64::MAX / 2,
        characters: 1_000_000_000,
        ..Limits::default()
    };
    let failure = run(&worker(), Format::Docx, &bytes, &limits).unwrap().unwrap_err();
    assert_eq!(failure.code, FailureCode::TooLarge);
}

#[test]
fn a_page_that_unpacks_to_more_than_there_is_memory_is_too_large() {
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for _ in 0..1200 {
        packed.write_all(&[b' '; 1_000_000]).unwrap();
    }
    let packed = packed.finish().unwrap();
    let mut bytes = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 \
                      >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n4 0 obj\n"
        .to_vec();
    bytes.extend(format!("<< /Filter /FlateDecode /Length {} >>\nstream\n", packed.len()).bytes());
    bytes.extend(packed);
    bytes.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    let limits = Limits { memory_bytes: 200_000_000, ..Limits::default() };
    let failure = run(&worker(), Format::Pdf, &bytes, &limits).unwrap().unwrap_err();
    assert_eq!(failure.code, FailureCode::TooLarge);
}

#[test]
fn children_that_die_are_answered() {
    let limits = Limits { seconds: 1, ..Limits::default() };
    let code = |script: &str| run(&shell(script), Format::Text, b"text", &limits).unwrap().unwrap_err().code;
    assert_eq!(code("kill -SEGV $$"), FailureCode::Corrupt);
    assert_eq!(code("kill -KILL $$"), FailureCode::TooLarge);
    assert_eq!(code("echo memory allocation of 9 bytes failed >&2; kill -ABRT $$"), FailureCode::TooLarge);
}

#[test]
fn a_child_that_talks_without_end_is_cut_short() {
    let limits = Limits { pages: 10, characters: 1000, blocks: 10, ..Limits::default() };
    let failure = run(&shell("head -c 1000000 /dev/zero"), Format::Text, b"text", &limits).unwrap().unwrap_err();
    assert_eq!(failure.code, FailureCode::TooLarge);
}

#[test]
fn what_is_not_the_documents_fault_is_an_error() {
    let limits = Limits::default();
    let missing = Worker { program: PathBuf::from("/nowhere/extract"), args: Vec::new() };
    assert_eq!(run(&missing, Format::Text, b"text", &limits).unwrap_err().kind(), io::ErrorKind::NotFound);
    assert_eq!(
        run(&shell("kill -TERM $$"), Format::Text, b"text", &limits).unwrap_err().kind(),
        io::ErrorKind::Interrupted
    );
    let error = run(&shell("echo no such command >&2; exit 2"), Format::Text, b"text", &limits).unwrap_err();
    assert!(error.to_string().contains("no such command"), "{error}");
    assert!(run(&shell("echo nonsense"), Format::Text, b"text", &limits).is_err());
}

#[test]
fn nothing_of_the_environment_reaches_the_child() {
    let script = r#"test -z "$HOME$CARGO_MANIFEST_DIR" && echo '{"failure":{"code":"encrypted","message":"clean"}}'"#;
    let failure = run(&shell(script), Format::Text, b"text", &Limits::default()).unwrap().unwrap_err();
    assert_eq!(failure.message, "clean");
}

#[test]
fn a_child_ends_when_nobody_waits_for_it() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let began = Instant::now();
    runtime.block_on(async {
        let sleeper = shell("exec sleep 600");
        let limits = Limits::default();
        let extraction = sleeper.extract(Format::Text, b"text", &limits, |_, _| {});
        assert!(tokio::time::timeout(Duration::from_millis(100), extraction).await.is_err());
    });
    assert!(began.elapsed() < Duration::from_secs(30));
}
