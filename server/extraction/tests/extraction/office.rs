use crate::samples::{archive, docx, docx_paragraph};
use crate::{all_blocks, blocks, code, heading, item, paragraph, read, table};
use extraction::{BlockKind, FailureCode, Format};

#[test]
fn documents_keep_headings_lists_and_tables() {
    let cell = |properties: &str, text: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let inner = format!("<w:tc><w:tbl>{}</w:tbl><w:p/></w:tc>", row(&[cell("", "in1"), cell("", "in2")]));
    let tables = format!(
        "<w:tbl>{}{}{}{}</w:tbl>",
        row(&[cell("", "Name"), cell("", "Mass"), cell("", "Charge")]),
        row(&[cell(r#"<w:gridSpan w:val="2"/>"#, "both"), cell("", "0")]),
        row(&[cell(r#"<w:vMerge w:val="restart"/>"#, "down"), cell("", "1"), cell("", "2")]),
        row(&[cell("<w:vMerge/>", ""), inner, cell("", "3")]),
    );
    let body = [
        docx_paragraph("Tytu", "Biologia"),
        docx_paragraph("Nagwek1", "Komórka"),
        docx_paragraph("Moje", "Jądro"),
        docx_paragraph("Circle", "A round style."),
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:numPr><w:numId w:val=\"3\"/></w:numPr></w:pPr><w:r><w:t>an item</w:t></w:r></w:p>"
            .to_owned(),
        "<w:p><w:r><w:t xml:space=\"preserve\">Some </w:t><w:t>&lt;text&gt; &#263;</w:t><w:tab/><w:t>here</w:t></w:r>\
         <w:del><w:r><w:delText>gone</w:delText></w:r></w:del><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
            .to_owned(),
        tables,
    ];
    let document = read(Format::Docx, &docx(&body.concat()));
    assert_eq!(document.title.as_deref(), Some("Biologia"));
    assert_eq!(
        all_blocks(&document),
        [
            heading(1, "Biologia"),
            heading(1, "Komórka"),
            heading(2, "Jądro"),
            paragraph("A round style."),
            item("an item"),
            paragraph("Some <text> ć here"),
            table("Name\tMass\tCharge\nboth\t\t0\ndown\t1\t2\n\tin1 | in2\t3"),
        ]
    );
}

#[test]
fn hidden_text_of_a_document_is_left_out() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t><w:tab/></w:r>")
    };
    let style = |id: &str| format!("<w:rStyle w:val=\"{id}\"/>");
    let body = [
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>".to_owned(),
        run("", "Cells"),
        run("<w:vanish/>", "secretly"),
        run(&style("Tez"), "behind a style"),
        run("<w:vanish w:val=\"0\"/>", "divide"),
        run("<w:b/>", "often."),
        "</w:p>".to_owned(),
        docx_paragraph("Tajne", "For the teacher only."),
        "<w:p><w:pPr><w:pStyle w:val=\"Tez\"/></w:pPr>".to_owned(),
        run("", "Not this,"),
        run("<w:vanish w:val=\"false\"/>", "but this."),
        "</w:p>".to_owned(),
    ];
    assert_eq!(
        all_blocks(&read(Format::Docx, &docx(&body.concat()))),
        [paragraph("Cells divide often."), paragraph("but this.")]
    );
}

#[test]
fn a_text_that_is_only_in_tables_is_read() {
    let body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Question</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Answer</w:t></w:r></w:p>\
                </w:tc></w:tr></w:tbl>";
    assert_eq!(all_blocks(&read(Format::Docx, &docx(body))), [table("Question\tAnswer")]);
}

#[test]
fn bold_lines_are_headings_where_no_style_is() {
    let body =
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Osmosis</w:t></w:r></w:p><w:p><w:r><w:t>Water passes.</w:t></w:r></w:p>";
    assert_eq!(all_blocks(&read(Format::Docx, &docx(body))), [heading(3, "Osmosis"), paragraph("Water passes.")]);
}

#[test]
fn slides_are_pages_with_titles_and_notes() {
    let shape = |kind: &str, paragraphs: &[&str]| {
        let paragraphs: String =
            paragraphs.iter().map(|text| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>")).collect();
        format!("<p:sp><p:nvPr><p:ph type=\"{kind}\"/></p:nvPr><p:txBody>{paragraphs}</p:txBody></p:sp>")
    };
    let slide = |shapes: String| format!("<p:sld xmlns:p=\"p\" xmlns:a=\"a\"><p:spTree>{shapes}</p:spTree></p:sld>");
    let rels = |lines: &str| format!("<Relationships>{lines}</Relationships>");
    let first = slide(shape("body", &["one", "two"]) + &shape("sldNum", &["7"]) + &shape("title", &["Cells"]));
    let second = slide(shape("ctrTitle", &["End"]));
    let notes = slide(shape("sldImg", &[]) + &shape("body", &["Say hello."]));
    let bytes = archive(&[
        (
            "ppt/presentation.xml",
            "<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId9\"/>\
             <p:sldId id=\"257\" r:id=\"rId2\"/></p:sldIdLst></p:presentation>",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            &rels(
                "<Relationship Id=\"rId2\" Type=\"x/slide\" Target=\"slides/slide1.xml\"/>\
                   <Relationship Id=\"rId9\" Type=\"x/slide\" Target=\"/ppt/slides/slide2.xml\"/>",
            ),
        ),
        ("ppt/slides/slide2.xml", &first),
        ("ppt/slides/slide1.xml", &second),
        (
            "ppt/slides/_rels/slide2.xml.rels",
            &rels("<Relationship Id=\"r\" Type=\"x/notesSlide\" Target=\"../notesSlides/n.xml\"/>"),
        ),
        ("ppt/notesSlides/n.xml", &notes),
    ]);
    let document = read(Format::Pptx, &bytes);
    assert_eq!(document.pages.len(), 2);
    assert_eq!(blocks(&document.pages[0]), [heading(2, "Cells"), item("one"), item("two"), paragraph("Say hello.")]);
    assert_eq!(blocks(&document.pages[1]), [heading(1, "End")]);
}

fn epub(encryption: &str) -> Vec<u8> {
    archive(&[
        (
            "META-INF/container.xml",
            "<container><rootfiles><rootfile full-path=\"OPS/book.opf\"/></rootfiles></container>",
        ),
        (
            "OPS/book.opf",
            "<package xmlns:dc=\"d\"><metadata><dc:title>A &amp; B</dc:title><dc:title>Second</dc:title><dc:language>en-GB\
             </dc:language></metadata><manifest><item id=\"a\" href=\"one%20a.xhtml\"/><item id=\"b\" href=\"text/two.xhtml\"/>\
             <item id=\"n\" href=\"nav.xhtml\" properties=\"nav\"/></manifest><spine><itemref idref=\"n\"/><itemref idref=\"b\"/>\
             <itemref idref=\"a\"/></spine></package>",
        ),
        (
            "OPS/one a.xhtml",
            "<?xml version=\"1.0\"?><html><head><title/><script src=\"x\"/></head><body><h1>Last</h1><p>The end.</p></body></html>",
        ),
        ("OPS/text/two.xhtml", "<html><body><h1>First</h1><p>It begins.</p></body></html>"),
        ("OPS/nav.xhtml", "<html><body><p>Contents</p></body></html>"),
        ("META-INF/encryption.xml", encryption),
    ])
}

#[test]
fn chapters_of_a_book_are_in_the_order_of_its_spine() {
    let fonts = "<encryption><EncryptionMethod Algorithm=\"http://www.idpf.org/2008/embedding\"/></encryption>";
    let document = read(Format::Epub, &epub(fonts));
    assert_eq!(document.title.as_deref(), Some("A & B"));
    assert_eq!(document.language.as_deref(), Some("en"));
    let pages: Vec<_> = document.pages.iter().map(blocks).collect();
    assert_eq!(
        pages,
        [vec![heading(1, "First"), paragraph("It begins.")], vec![heading(1, "Last"), paragraph("The end.")],]
    );
}

#[test]
fn protected_and_old_files_say_what_to_do() {
    let licence =
        "<encryption><EncryptionMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#aes256-cbc\"/></encryption>";
    assert_eq!(code(Format::Epub, &epub(licence)), FailureCode::Encrypted);
    let mut office = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    office.extend([0; 500]);
    assert_eq!(code(Format::Docx, &office), FailureCode::Unsupported);
    office.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(Format::detect(&office, "secret.docx"), Some(Format::Docx));
    assert_eq!(code(Format::Docx, &office), FailureCode::Encrypted);
    assert_eq!(Format::detect(&office, "secret.xls"), None);
}

#[test]
fn paragraphs_of_text_boxes_come_once() {
    let body = "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>\
                </mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Fallback>\
                </mc:AlternateContent></w:r><w:r><w:t>around</w:t></w:r></w:p>";
    let blocks = all_blocks(&read(Format::Docx, &docx(body)));
    assert_eq!(blocks, [(BlockKind::Paragraph, "boxed".to_owned()), paragraph("around")]);
}
