use crate::samples::{drawing, lines, pdf, pdf_of, show};
use crate::{all_blocks, blocks, code, failure, heading, item, paragraph, read, table};
use extraction::{BlockKind, FailureCode, Format, Limits, extract};

const LEFT: [&str; 6] = [
    "The left column is read first, from its top",
    "to its very last line, although the right one",
    "stands beside it at the same height. Words are",
    "broken at the ends of lines, such as photosyn-",
    "thesis, but well-known hyphens stay, even a well-",
    "known one at the end. Here the left column ends",
];
const RIGHT: [&str; 6] = [
    "and the right column goes on with its sentence.",
    "It has as many lines as the left one, and they",
    "are as long as those, so that nobody could take",
    "the two of them for a table with rows. That is",
    "what the reader must find out from the places",
    "of the letters alone, as no file tells it.",
];

#[test]
fn columns_are_read_one_after_the_other() {
    let mut page = show("F2", 18.0, 100.0, 740.0, "A title across the page");
    // As some programs write: line by line across the columns.
    for index in 0..6 {
        let y = 700.0 - 12.0 * index as f32;
        page += &show("F1", 10.0, 50.0, y, LEFT[index]);
        page += &show("F1", 10.0, 320.0, y, RIGHT[index]);
    }
    assert_eq!(
        all_blocks(&read(Format::Pdf, &pdf(&[page]))),
        [
            heading(1, "A title across the page"),
            paragraph(
                "The left column is read first, from its top to its very last line, although the right one stands beside it \
                 at the same height. Words are broken at the ends of lines, such as photosynthesis, but well-known hyphens \
                 stay, even a well-known one at the end. Here the left column ends and the right column goes on with its \
                 sentence. It has as many lines as the left one, and they are as long as those, so that nobody could take \
                 the two of them for a table with rows. That is what the reader must find out from the places of the \
                 letters alone, as no file tells it."
            ),
        ]
    );
}

#[test]
fn what_stands_below_columns_comes_after_both() {
    let mut page = String::new();
    for index in 0..6 {
        let y = 700.0 - 12.0 * index as f32;
        page += &show("F1", 10.0, 320.0, y, RIGHT[index]);
        page += &show("F1", 10.0, 50.0, y, LEFT[index]);
    }
    page += &show("F1", 8.0, 50.0, 610.0, "* A lecture that was given at some place.");
    let text = read(Format::Pdf, &pdf(&[page])).pages[0].text.clone();
    assert!(text.contains("the left column ends and the right column goes on"), "{text}");
    assert!(text.ends_with("as no file tells it.\n\nA lecture that was given at some place."), "{text}");
}

/// What is read of lines below each other.
fn joined(told: &[&str]) -> String {
    let wide = "All the lines of this page are shorter than this one is, which is as wide as the page.";
    let page = lines(50.0, 700.0, told) + &lines(50.0, 400.0, &[wide]);
    blocks(&read(Format::Pdf, &pdf(&[page])).pages[0])[0].1.clone()
}

#[test]
fn hyphens_of_compounds_stay_and_others_go() {
    for (told, text) in [
        (["They are two-dimen-", "sional and self-organi-"], "They are two-dimensional and self-organi-"),
        (["The long-stand-", "ing debate was well-"], "The long-standing debate was well-"),
        (["It was a well-", "known and post-modern-"], "It was a well-known and post-modern-"),
        (["We know that Anglo-", "Saxon law"], "We know that Anglo-Saxon law"),
        (["The winner of a Nobel-", "prize and a mother-in-"], "The winner of a Nobel-prize and a mother-in-"),
        (["She is a mother-in-", "law and he a mother-"], "She is a mother-in-law and he a mother-"),
        (["It is a matter of X-", "ray and of photo-"], "It is a matter of X-ray and of photo-"),
        (["The rate of photo-", "synthesis in Copen-"], "The rate of photosynthesis in Copen-"),
        (["It was held in Copen-", "hagen at last"], "It was held in Copenhagen at last"),
        (["A mother-", "in-law came"], "A mother-in-law came"),
        (["W czasie unii polsko-", "litewskiej, w Pol-"], "W czasie unii polsko-litewskiej, w Pol-"),
    ] {
        assert_eq!(joined(&told), text);
    }
}

#[test]
fn running_heads_and_page_numbers_are_dropped() {
    let pages: Vec<String> = (1..=10)
        .map(|page| {
            let head = if page % 2 == 0 {
                show("F1", 8.0, 50.0, 770.0, &page.to_string()) + &show("F1", 8.0, 300.0, 770.0, "The Book of Cells")
            } else {
                show("F1", 8.0, 50.0, 770.0, "Chapter on Walls") + &show("F1", 8.0, 540.0, 770.0, &page.to_string())
            };
            let foot = show("F1", 8.0, 250.0, 30.0, &format!("Page {page} of 10"));
            let numbered = format!("{page} things are told here, says sentence {page} of the text.");
            head + &lines(50.0, 600.0, &[&numbered, "Another line follows it."]) + &foot
        })
        .collect();
    let document = read(Format::Pdf, &pdf(&pages));
    assert_eq!(document.pages.len(), 10);
    for page in &document.pages {
        let number = page.page;
        assert_eq!(
            page.text,
            format!("{number} things are told here, says sentence {number} of the text. Another line follows it.")
        );
    }
}

#[test]
fn numbered_headings_at_the_top_of_pages_stay() {
    let names = ["Topaz", "Quartz"];
    let pages: Vec<String> = (1..=12)
        .map(|page| {
            let heading = format!("Chapter {page}. Site {page}: {}", names[page % 2]);
            show("F1", 8.0, 50.0, 785.0, "Survey of minerals")
                + &show("F2", 14.0, 50.0, 760.0, &heading)
                + &lines(50.0, 700.0, &["The stones of this place were found", "and weighed by many people."])
        })
        .collect();
    for page in read(Format::Pdf, &pdf(&pages)).pages {
        let number = page.page;
        let name = names[number as usize % 2];
        assert_eq!(
            blocks(&page),
            [
                heading(1, &format!("Chapter {number}. Site {number}: {name}")),
                paragraph("The stones of this place were found and weighed by many people."),
            ]
        );
    }
}

#[test]
fn headings_lists_tables_and_code_are_told() {
    let page = [
        show("F2", 20.0, 50.0, 750.0, "1 Cells"),
        lines(50.0, 720.0, &["Every cell has parts. They do different things, as the", "following list tells."]),
        show("F2", 10.0, 50.0, 684.0, "Parts of a cell"),
        lines(
            50.0,
            670.0,
            &["\u{95} the nucleus", "\u{95} the membrane, which keeps what is inside from what is", "   outside"],
        )
        .replace('\u{95}', "\\225"),
        lines(
            50.0,
            600.0,
            &["They differ in size and in number, and here is a table of", "what was measured by somebody."],
        ),
        ["Part|Size|Number", "nucleus|6.0|1", "ribosome|0.02|10000"]
            .iter()
            .enumerate()
            .map(|(row, cells)| {
                let cells = cells.split('|').enumerate();
                cells
                    .map(|(column, cell)| {
                        show("F1", 10.0, 50.0 + 120.0 * column as f32, 560.0 - 14.0 * row as f32, cell)
                    })
                    .collect()
            })
            .collect::<Vec<String>>()
            .concat(),
        show("F3", 10.0, 50.0, 480.0, "if cell:"),
        show("F3", 10.0, 74.0, 468.0, "divide(cell)"),
    ];
    assert_eq!(
        all_blocks(&read(Format::Pdf, &pdf(&[page.concat()]))),
        [
            heading(1, "1 Cells"),
            paragraph("Every cell has parts. They do different things, as the following list tells."),
            heading(2, "Parts of a cell"),
            item("the nucleus"),
            item("the membrane, which keeps what is inside from what is outside"),
            paragraph("They differ in size and in number, and here is a table of what was measured by somebody."),
            table("Part\tSize\tNumber\nnucleus\t6.0\t1\nribosome\t0.02\t10000"),
            (BlockKind::Code, "if cell:\n    divide(cell)".to_owned()),
        ]
    );
}

#[test]
fn pages_without_text_count_and_progress_is_told() {
    let pages = [
        lines(50.0, 700.0, &["First page with a line of text."]),
        String::new(),
        lines(50.0, 700.0, &["Third and last."]),
    ];
    let mut progress = Vec::new();
    let document =
        extract(Format::Pdf, &pdf(&pages), &Limits::default(), &mut |done, of| progress.push((done, of))).unwrap();
    assert_eq!(document.pages.iter().map(blocks).map(|blocks| blocks.len()).collect::<Vec<_>>(), [1, 0, 1]);
    assert_eq!(progress, [(1, Some(3)), (2, Some(3)), (3, Some(3))]);
}

#[test]
fn spaced_and_doubled_letters_are_read_once() {
    let page = "BT /F2 14 Tf 50 700 Td [(C) -300 (E) -300 (L) -300 (L) -900 (W) -300 (A) -300 (L) -300 (L)] TJ ET\n"
        .to_owned()
        + &show("F1", 10.0, 50.0, 650.0, "Bold by doubling")
        + &show("F1", 10.0, 50.3, 650.0, "Bold by doubling")
        + "BT /F1 10 Tf 50 600 Td 2.5 Tc (ab) Tj 0 Tc (cd) Tj ET\n";
    let text = &read(Format::Pdf, &pdf(&[page])).pages[0].text;
    assert!(text.contains("CELL WALL"), "{text}");
    assert_eq!(text.matches("Bold by doubling").count(), 1, "{text}");
    assert!(text.contains("a b cd"), "{text}");
}

#[test]
fn artifacts_and_replaced_texts_are_honoured() {
    let page = "/Artifact <</Type /Pagination>> BDC\n".to_owned()
        + &show("F1", 8.0, 50.0, 780.0, "A head")
        + "EMC\n"
        + &lines(50.0, 700.0, &["The text of the page, which is longer than its head."])
        + "/Span <</ActualText (office)>> BDC\n"
        + &show("F1", 10.0, 50.0, 640.0, "o?ce")
        + "EMC\n";
    let text = &read(Format::Pdf, &pdf(&[page])).pages[0].text;
    assert_eq!(text, "The text of the page, which is longer than its head.\n\noffice");
}

#[test]
fn a_scan_says_what_to_do() {
    let inline = "q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID A EI Q".to_owned();
    for scan in [pdf(&[inline, String::new()]), pdf_of(&drawing("/Subtype /Image /Width 1 /Height 1", "A"), "")] {
        let failure = failure(Format::Pdf, &scan);
        assert_eq!(failure.code, FailureCode::NoTextLayer);
        assert!(failure.message.contains("are pictures") && failure.message.contains("OCR"), "{}", failure.message);
    }
}

#[test]
fn pages_without_text_and_pictures_are_not_called_a_scan() {
    let frame = "0 0 600 800 re f".to_owned();
    for empty in [pdf(&[String::new()]), pdf(&[frame, "q 600 0 0 800 0 0 cm Q".to_owned()])] {
        let failure = failure(Format::Pdf, &empty);
        assert_eq!(failure.code, FailureCode::NoTextLayer);
        assert!(failure.message.contains("no text") && failure.message.contains("OCR"), "{}", failure.message);
    }
}

#[test]
fn what_is_drawn_within_a_page_is_read() {
    let text = lines(50.0, 700.0, &["Some text of a drawing."]);
    let document = read(Format::Pdf, &pdf_of(&drawing("/Subtype /Form /BBox [0 0 600 800]", &text), ""));
    assert_eq!(document.pages[0].text, "Some text of a drawing.");
}

#[test]
fn a_password_says_so() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [] /Count 0 >>".to_owned(),
        format!(
            "<< /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <{0}> /U <{1}> >>",
            "41".repeat(32),
            "42".repeat(32)
        ),
    ];
    let trailer = format!("/Encrypt 3 0 R /ID [<{0}> <{0}>]", "43".repeat(16));
    assert_eq!(code(Format::Pdf, &pdf_of(&objects, &trailer)), FailureCode::Encrypted);
}

#[test]
fn turned_pages_are_read() {
    let page = "BT 0 1 -1 0 300 100 Tm /F1 10 Tf (This line stands upright beside the page.) Tj ET\n\
                BT 0 1 -1 0 312 100 Tm (It has two lines.) Tj ET";
    let text = &read(Format::Pdf, &pdf(&[page.to_owned()])).pages[0].text;
    assert_eq!(text, "This line stands upright beside the page. It has two lines.");
}

#[test]
fn the_document_names_itself() {
    let pages = pdf(&[lines(50.0, 700.0, &["Some text of a page."])]);
    assert_eq!(read(Format::Pdf, &pages).title, None);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>",
        "<< /Length 41 >>\nstream\nBT 50 700 Td (Some text of a page.) Tj ET  \nendstream",
        "<< /Title (The Cell \\(1\\)) >>",
    ];
    let mut dashed = objects.map(str::to_owned);
    "<< /Title (Prawo cywilne \\205 skrypt \\233\\234 \\240) >>".clone_into(&mut dashed[4]);
    assert_eq!(
        read(Format::Pdf, &pdf_of(&dashed, "/Info 5 0 R")).title.as_deref(),
        Some("Prawo cywilne – skrypt łœ €")
    );
    let named = pdf_of(&objects.map(str::to_owned), "/Info 5 0 R");
    let document = read(Format::Pdf, &named);
    assert_eq!(document.title.as_deref(), Some("The Cell (1)"));
    assert_eq!(document.pages[0].text, "Some text of a page.");
}
