//! PDFs that were cut off or changed on their way.

use crate::samples::{drawing, lines, pdf, pdf_of};
use crate::{code, failure, read};
use extraction::{FailureCode, Format};
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;

/// So many pages full of text.
fn textbook(pages: usize) -> Vec<u8> {
    let page = |page: usize| {
        let told: Vec<String> =
            (0..50).map(|line| format!("Page {page} tells in line {line} how a cell divides into two.")).collect();
        lines(50.0, 750.0, &told.iter().map(String::as_str).collect::<Vec<_>>())
    };
    pdf(&(1..=pages).map(page).collect::<Vec<_>>())
}

fn packed(content: &str) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(content.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

/// A PDF with one page, whose content is these bytes.
fn page_of(filter: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes =
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0 R] \
                      /Count 1 >>\nendobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>\nendobj\n4 0 obj\n"
            .to_vec();
    bytes.extend(format!("<< /Filter {filter} /Length {} >>\nstream\n", content.len()).bytes());
    bytes.extend(content);
    bytes.extend(b"\nendstream\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    bytes
}

#[test]
fn a_text_that_was_cut_off_is_neither_a_scan_nor_a_shorter_text() {
    let whole = textbook(6);
    assert_eq!(read(Format::Pdf, &whole).pages.len(), 6);
    for percent in [30, 50, 70, 90] {
        let cut = &whole[..whole.len() * percent / 100];
        assert_eq!(code(Format::Pdf, cut), FailureCode::Corrupt, "cut off at {percent} %");
    }
}

#[test]
fn a_file_that_lost_only_its_table_of_objects_is_read() {
    let whole = textbook(2);
    let table = whole.windows(5).position(|window| window == b"\nxref").unwrap();
    assert_eq!(read(Format::Pdf, &whole[..table]).pages, read(Format::Pdf, &whole).pages);
}

#[test]
fn a_page_that_is_named_and_not_there_is_damage() {
    let text =
        lines(50.0, 700.0, &["Some text of a page, with letters enough for two of them: a page may be empty."; 3]);
    let objects = |kids: &str, contents: &str| {
        pdf_of(
            &[
                "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
                format!("<< /Type /Pages /Kids [{kids}] /Count 2 /Resources << /Font << /F1 6 0 R >> >> >>"),
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 5 0 R >>".to_owned(),
                format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] {contents} >>"),
                format!("<< /Length {} >>\nstream\n{text}\nendstream", text.len()),
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
            ],
            "",
        )
    };
    for whole in ["", "/Contents null", "/Contents []", "/Contents [5 0 R null]"] {
        assert_eq!(read(Format::Pdf, &objects("3 0 R 4 0 R", whole)).pages.len(), 2, "{whole}");
    }
    for contents in ["/Contents 9 0 R", "/Contents [5 0 R 9 0 R]", "/Contents 1 0 R"] {
        assert_eq!(code(Format::Pdf, &objects("3 0 R 4 0 R", contents)), FailureCode::Corrupt, "{contents}");
    }
    assert_eq!(code(Format::Pdf, &objects("3 0 R 8 0 R", "")), FailureCode::Corrupt);
}

#[test]
fn a_page_that_cannot_be_unpacked_is_damage() {
    let text = lines(50.0, 700.0, &["Some text of a page, which is long enough to be packed.", "It has two lines."]);
    let whole = packed(&text);
    assert!(read(Format::Pdf, &page_of("/FlateDecode", &whole)).pages[0].text.ends_with("It has two lines."));
    let mut changed = whole.clone();
    // A kind of block that does not exist.
    changed[2] = 0x07;
    for (filter, content) in [
        ("/FlateDecode", changed.as_slice()),
        ("/FlXteDecode", whole.as_slice()),
        ("[/ASCIIHexDecode /FlXteDecode]", b"4142>".as_slice()),
        ("[/ASCII85Decode /FlateDecode]", b"Gat=\xff,?$#&7'n+tHJ~>".as_slice()),
        // Where the text would begin, nothing is left.
        ("/FlateDecode", &whole[..4]),
    ] {
        assert_eq!(code(Format::Pdf, &page_of(filter, content)), FailureCode::Corrupt, "{filter} {content:x?}");
    }
}

#[test]
fn a_text_whose_checksum_or_end_is_missing_is_read_as_others_read_it() {
    let text = lines(50.0, 700.0, &["Some text of a page, which is long enough to be packed.", "It has two lines."]);
    let whole = packed(&text);
    let mut other_checksum = whole.clone();
    *other_checksum.last_mut().unwrap() ^= 1;
    for content in [&whole[..whole.len() - 4], other_checksum.as_slice()] {
        let document = read(Format::Pdf, &page_of("/FlateDecode", content));
        assert!(document.pages[0].text.ends_with("It has two lines."), "{}", document.pages[0].text);
    }
}

#[test]
fn a_picture_that_is_not_there_is_no_scan() {
    let mut objects = drawing("/Subtype /Image", "A");
    objects.pop();
    let failure = failure(Format::Pdf, &pdf_of(&objects, ""));
    assert_eq!(failure.code, FailureCode::Corrupt, "{}", failure.message);
}
