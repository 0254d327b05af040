use crate::samples::{archive, docx, pdf};
use extraction::{Format, Limits};

#[test]
fn content_types_name_formats() {
    for format in Format::ALL {
        assert_eq!(Format::of(format.content_type()), Some(format));
    }
    assert_eq!(Format::of("Text/HTML; charset=utf-8"), Some(Format::Html));
    assert_eq!(Format::of("image/png"), None);
}

#[test]
fn formats_are_told_by_what_the_bytes_are() {
    assert_eq!(Format::detect(&pdf(&[String::new()]), "notes.txt"), Some(Format::Pdf));
    assert_eq!(Format::detect(&docx(""), "whatever.zip"), Some(Format::Docx));
    assert_eq!(Format::detect(&archive(&[("ppt/presentation.xml", "")]), "x"), Some(Format::Pptx));
    assert_eq!(Format::detect(&archive(&[("META-INF/container.xml", "")]), "x"), Some(Format::Epub));
    assert_eq!(Format::detect(&archive(&[("holiday.jpg", "")]), "holiday.docx"), None);
    assert_eq!(Format::detect(b"# Title", "notes.MD"), Some(Format::Markdown));
    assert_eq!(Format::detect(b"plain", "notes.txt"), Some(Format::Text));
    assert_eq!(Format::detect(b"plain", "notes"), Some(Format::Text));
    assert_eq!(Format::detect(b"<!DOCTYPE html><p>x", "page"), Some(Format::Html));
    assert_eq!(Format::detect(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", "picture.txt"), None);
    assert_eq!(Format::detect(b"just words", "fake.pdf"), None);
}

#[test]
fn limits_allow_what_the_product_promises() {
    assert_eq!(Limits::default().pages, 2000);
}

#[test]
fn answers_are_written_as_promised() {
    let document = crate::read(Format::Markdown, b"## Cells\n\nThey live.\n\n- one\n");
    let json = serde_json::to_value(&document).unwrap();
    assert_eq!(json["pages"][0]["page"], 1);
    assert_eq!(json["pages"][0]["text"], "Cells\n\nThey live.\n\none");
    assert_eq!(
        json["pages"][0]["blocks"],
        serde_json::json!([
            {"kind": "heading", "level": 2, "start": 0, "end": 5},
            {"kind": "paragraph", "start": 7, "end": 17},
            {"kind": "list_item", "start": 19, "end": 22},
        ])
    );
    assert_eq!(serde_json::from_value::<extraction::Document>(json).unwrap(), document);
    let failure = crate::failure(Format::Pdf, b"no");
    assert_eq!(serde_json::to_value(&failure).unwrap()["code"], "corrupt");
}
