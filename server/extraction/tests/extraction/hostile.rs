use crate::samples::{archive, docx, docx_paragraph, lines, pdf, pdf_of, pptx, show};
use crate::{code, read};
use extraction::{Failure, FailureCode, Format, Limits, extract};
use std::sync::{Mutex, Once, PoisonError};
use std::time::{Duration, Instant};
use std::{panic, thread};

/// Everything hostile here must be answered within this, in a build for development.
const SOON: Duration = Duration::from_secs(20);

fn limited(format: Format, bytes: &[u8], limits: &Limits) -> Result<(), Failure> {
    let began = Instant::now();
    let result = extract(format, bytes, limits, &mut |_, _| {}).map(drop);
    assert!(began.elapsed() < SOON, "it took {:?}", began.elapsed());
    result
}

fn small() -> Limits {
    Limits { pages: 50, characters: 200_000, inflated_bytes: 5_000_000, seconds: 5, ..Limits::default() }
}

fn samples() -> Vec<(Format, Vec<u8>)> {
    let page = lines(50.0, 700.0, &["Some text of a page,", "which has two lines."]);
    vec![
        (Format::Pdf, pdf(&[page.clone(), page])),
        (Format::Docx, docx(&docx_paragraph("Nagwek1", "Title"))),
        (Format::Pptx, pptx(&[vec!["Some text".to_owned(), "of a slide.".to_owned()]])),
        (
            Format::Epub,
            archive(&[("META-INF/container.xml", "<c><rootfile full-path=\"a\"/></c>"), ("a", "<p><spine/></p>")]),
        ),
        (Format::Html, b"<h1>Title</h1><table><tr><td>x<td>y</table><p>&amp; text".to_vec()),
        (Format::Markdown, b"# T\n\n- a\n  - b\n\n|a|b|\n|-|-|\n|1|2|\n".to_vec()),
        (Format::Text, "Some text, też polski.".as_bytes().to_vec()),
    ]
}

/// A generator whose numbers are always the same.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Where readers have panicked; [`extract`] itself takes a panic for a damaged document.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn watch_for_panics() {
    static WATCHED: Once = Once::new();
    WATCHED.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            // As the thread is called that reads.
            if thread::current().name() == Some("extraction") {
                PANICS.lock().unwrap_or_else(PoisonError::into_inner).push(info.to_string());
            }
            before(info);
        }));
    });
}

/// Has a file read that may well be no document, but must not make its reader panic.
fn answered(format: Format, bytes: &[u8], what: &str) {
    watch_for_panics();
    let _ = limited(format, bytes, &small());
    let panics = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
    assert!(panics.is_empty(), "{format:?} {what}: {panics:?}");
}

#[test]
fn cut_off_and_changed_files_are_answered() {
    let mut numbers = Numbers(0x5eed);
    for (format, bytes) in samples() {
        for length in (0..bytes.len()).step_by((bytes.len() / 40).max(1)) {
            answered(format, &bytes[..length], &format!("cut off at {length}"));
        }
        for number in 0..60 {
            let mut changed = bytes.clone();
            for _ in 0..=numbers.below(6) {
                let at = numbers.below(changed.len());
                changed[at] = numbers.below(256) as u8;
            }
            answered(format, &changed, &format!("changed, number {number}"));
        }
    }
}

/// The checksums of a zip file let few of the changes above come to the reader of what is in it.
#[test]
fn changed_parts_are_answered() {
    let mut numbers = Numbers(0xbad);
    let body = docx_paragraph("Nagwek1", "Title &#263;")
        + "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"2\"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let slide = "text <a:br/>&amp;</a:t></a:r></a:p><a:tbl><a:tr><a:tc><a:p><a:r><a:t>x</a:t></a:r></a:p></a:tc></a:tr></a:tbl><a:p>\
                 <a:r><a:t>end";
    for number in 0..200 {
        let mut changed = |part: &str| {
            let mut letters: Vec<char> = part.chars().collect();
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(letters.len());
                letters[at] = char::from(32 + numbers.below(95) as u8);
            }
            letters.into_iter().collect::<String>()
        };
        answered(Format::Docx, &docx(&changed(&body)), &format!("changed, number {number}"));
        answered(Format::Pptx, &pptx(&[vec![changed(slide)]]), &format!("changed, number {number}"));
    }
}

#[test]
fn what_is_no_file_of_its_format_is_corrupt() {
    for format in [Format::Pdf, Format::Docx, Format::Pptx, Format::Epub] {
        assert_eq!(code(format, b""), FailureCode::Corrupt);
        assert_eq!(code(format, b"These are just words."), FailureCode::Corrupt);
    }
    assert_eq!(code(Format::Docx, &archive(&[("word/other.xml", "")])), FailureCode::Corrupt);
    let cut = docx(&docx_paragraph("Nagwek1", "Title"));
    assert_eq!(code(Format::Docx, &cut[..cut.len() / 2]), FailureCode::Corrupt);
}

#[test]
fn zip_bombs_are_too_large() {
    let bomb = docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "A".repeat(40_000_000)));
    assert!(bomb.len() < 200_000);
    assert_eq!(limited(Format::Docx, &bomb, &small()).unwrap_err().code, FailureCode::TooLarge);
}

#[test]
fn entities_are_not_expanded() {
    let entities: String =
        (1..10).map(|n| format!("<!ENTITY a{n} \"{}\">", format!("&a{};", n - 1).repeat(10))).collect();
    let document = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a0 \"lol\">{entities}<!ENTITY f SYSTEM \"file:///etc/passwd\">]>\
         <w:document xmlns:w=\"w\"><w:p><w:r><w:t>Before &a9;&f; after</w:t></w:r></w:p></w:document>"
    );
    let bytes = archive(&[("word/document.xml", &document)]);
    let failure = limited(Format::Docx, &bytes, &small()).unwrap_err();
    assert_eq!(failure.code, FailureCode::Corrupt);
    assert!(failure.message.contains("entities"), "{}", failure.message);
}

#[test]
fn ten_thousand_nested_elements_are_answered() {
    let deep = docx(&("<w:sdt>".repeat(10_000) + &"</w:sdt>".repeat(10_000)));
    assert_eq!(limited(Format::Docx, &deep, &small()).unwrap_err().code, FailureCode::TooLarge);
    let tables = "<table><tr><td>".repeat(10_000) + "deep";
    limited(Format::Html, tables.as_bytes(), &small()).unwrap();
    let lists = "<div><ul><li>".repeat(10_000) + "deep";
    limited(Format::Html, lists.as_bytes(), &small()).unwrap();
    let quotes =
        "> ".repeat(10_000) + "deep\n\n" + &"- ".repeat(10_000) + "x\n\n" + &"[".repeat(10_000) + &"*a_".repeat(10_000);
    let _ = limited(Format::Markdown, quotes.as_bytes(), &small());
}

#[test]
fn ten_thousand_nested_nodes_of_pages_are_too_deep() {
    let mut objects = vec!["<< /Type /Catalog /Pages 2 0 R >>".to_owned()];
    objects.extend((2..10_002).map(|number| format!("<< /Type /Pages /Kids [{} 0 R] /Count 1 >>", number + 1)));
    objects.push("<< /Type /Page /MediaBox [0 0 9 9] >>".to_owned());
    let failure = limited(Format::Pdf, &pdf_of(&objects, ""), &small()).unwrap_err();
    assert_eq!(failure.code, FailureCode::TooLarge);
    assert!(failure.message.contains("too deeply"), "{}", failure.message);
}

#[test]
fn ten_thousand_nested_objects_are_answered() {
    let arrays = "[".repeat(10_000) + &"]".repeat(10_000);
    let dicts = "<< /A ".repeat(10_000) + &">>".repeat(10_000);
    let page = lines(50.0, 700.0, &["Some text of a page."]);
    for nested in [arrays, dicts] {
        let objects = [
            format!("<< /Type /Catalog /Pages 2 0 R /Deep {nested} >>"),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 600 800] >>".to_owned(),
            format!("<< /Length {} >>\nstream\n{page}\nendstream", page.len()),
        ];
        let _ = limited(Format::Pdf, &pdf_of(&objects, ""), &small());
        let content = format!("{nested} TJ\n{page}");
        let _ = limited(Format::Pdf, &pdf(&[content]), &small());
    }
    let saved = "q ".repeat(1_000_000) + &page;
    limited(Format::Pdf, &pdf(&[saved]), &small()).unwrap();
}

#[test]
fn circles_end() {
    let page = show("F1", 10.0, 50.0, 700.0, "Some text of a page.");
    let stream =
        |dict: &str, content: &str| format!("<< {dict} /Length {} >>\nstream\n{content}\nendstream", content.len());
    // Pages that hold themselves, and drawings that draw themselves twice.
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R 2 0 R 2 0 R] /Count 3 >>".to_owned(),
        "<< /Type /Page /Parent 3 0 R /Contents 4 0 R /MediaBox [0 0 600 800] /Resources << /XObject << /X 5 0 R >> >> >>".to_owned(),
        stream("", &format!("{page} /X Do")),
        stream("/Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 5 0 R >> >>", "/X Do /X Do"),
    ];
    let began = Instant::now();
    let result = limited(Format::Pdf, &pdf_of(&objects, ""), &Limits { seconds: 2, ..small() });
    assert!(began.elapsed() < Duration::from_secs(5));
    assert!(result.is_ok() || result.is_err_and(|failure| failure.code == FailureCode::TooLarge));
    // A table of objects that refers to itself.
    let mut bytes = pdf(&[page]);
    let table = bytes.windows(5).position(|window| window == b"\nxref").unwrap() + 1;
    let text = String::from_utf8(bytes.clone()).unwrap().replace("/Root", &format!("/Prev {table} /Root"));
    bytes = text.into_bytes();
    limited(Format::Pdf, &bytes, &small()).unwrap();
}

#[test]
fn more_than_allowed_is_too_large() {
    let many = vec![lines(50.0, 700.0, &["Some text of a page."]); 51];
    assert_eq!(limited(Format::Pdf, &pdf(&many), &small()).unwrap_err().code, FailureCode::TooLarge);
    let long = "Words and words. ".repeat(20_000);
    let failure = limited(Format::Text, long.as_bytes(), &small()).unwrap_err();
    assert_eq!(failure.code, FailureCode::TooLarge);
    let pages = "Words and words. ".repeat(10_000);
    let failure = limited(Format::Text, pages.as_bytes(), &small()).unwrap_err();
    assert!(failure.message.contains("50 pages"), "{}", failure.message);
}

#[test]
fn odd_places_and_sizes_do_no_harm() {
    let page =
        "BT /F1 1e30 Tf 1e38 1e38 Td (big) Tj ET BT /F1 -10 Tf 50 700 Td (minus) Tj ET BT /F1 0 Tf (none) Tj ET\n\
                BT 0 0 0 0 0 0 Tm (flat) Tj ET BT /F1 10 Tf 1 0 0 1 50 600 Tm 9e99 Tc (far away) Tj ET\n"
            .to_owned()
            + &lines(50.0, 500.0, &["Some text of a page."]);
    assert!(read(Format::Pdf, &pdf(&[page])).pages[0].text.contains("Some text of a page."));
}
