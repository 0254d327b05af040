//! Powers, indices, marks of notes and the raised letters of ordinal numbers.

use crate::samples::{archive, docx, lines, pdf, pptx, show};
use crate::{all_blocks, item, paragraph, read};
use extraction::{BlockKind, Format};

/// What is read of the body of a page.
fn shown(body: &str) -> String {
    read(Format::Html, format!("<p>{body}").as_bytes()).pages[0].text.clone()
}

#[test]
fn powers_and_indices_keep_their_meaning() {
    for (written, text) in [
        ("3 × 10<sup>8</sup> metres per second", "3 × 10⁸ metres per second"),
        ("10<sup>−3</sup> and 10<sup>1</sup><sup>2</sup>", "10⁻³ and 10¹²"),
        ("60,000 km<sup>2</sup> of 5 kg/m<sup>3</sup> at 3 m s<sup>-1</sup>", "60,000 km² of 5 kg/m³ at 3 m s⁻¹"),
        ("E = mc<sup>2</sup>, ax<sup>2</sup> + bx, 4πr<sup>2</sup>", "E = mc², ax² + bx, 4πr²"),
        ("(a + b)<sup>2</sup>, sin<sup>2</sup> x, e<sup>-kt</sup>, x<sup>n</sup>", "(a + b)², sin² x, e⁻ᵏᵗ, xⁿ"),
        ("2<sup>10</sup> = 1024<sup>1</sup> = 1024", "2¹⁰ = 1024¹ = 1024"),
        ("CO<sub>2</sub>, x<sub>12</sub>, SO<sub>4</sub><sup>2−</sup>, Na<sup>+</sup>", "CO₂, x₁₂, SO₄²⁻, Na⁺"),
        ("the nuclei <sup>14</sup>C and <sup>235</sup>U", "the nuclei ¹⁴C and ²³⁵U"),
        ("U<sub>eff</sub> and a<sup>1/2</sup>", "U_eff and a^(1/2)"),
        ("20<sup>o</sup>C", "20°C"),
        ("m² and art. 479²⁸ k.p.c.", "m² and art. 479²⁸ k.p.c."),
    ] {
        assert_eq!(shown(written), text);
    }
}

#[test]
fn marks_of_notes_join_no_number_and_hide_no_sentence() {
    for (written, text) in [
        ("opened in 1869<sup>1</sup> and", "opened in 1869 and"),
        ("in 1972.<sup>1</sup> It describes", "in 1972. It describes"),
        ("in 1972.<sup>1</sup>It describes", "in 1972. It describes"),
        ("the state.<a href=\"#n5\"><sup>[5]</sup></a> Gamal", "the state. Gamal"),
        ("Jan Smuts<sup>3</sup> and Cecil<sup>4,5</sup>, both", "Jan Smuts and Cecil, both"),
        ("a text<sup>*</sup> of 41,285<sup>†</sup> words<sup>a</sup>", "a text of 41,285 words"),
        ("10<sup><a href=\"#fn2\">2</a></sup> men", "10 men"),
        ("10<a epub:type=\"noteref\" href=\"n.xhtml#x\">2</a> men", "10 men"),
        ("an empire<sup>1</sup>,<sup>2</sup> which", "an empire which"),
        ("typed in 1869¹ and “so”.²", "typed in 1869 and “so”."),
        ("<sup>1</sup>Farnie, p. 32.", "1 Farnie, p. 32."),
        ("see <a href=\"#note4\">the fourth note</a>", "see the fourth note"),
    ] {
        assert_eq!(shown(written), text);
    }
}

#[test]
fn raised_letters_of_ordinals_stay_letters() {
    let written = "The 1<sup>st</sup> and 22<sup>nd</sup> of the XX<sup>e</sup> siècle, M<sup>me</sup> Curie";
    assert_eq!(shown(written), "The 1st and 22nd of the XXe siècle, Mme Curie");
    assert_eq!(shown("Note<sup>text in small letters that goes on</sup>"), "Note text in small letters that goes on");
    assert_eq!(shown("open <sup>end"), "open end");
}

#[test]
fn markdown_has_notes_and_carets() {
    let text = "In 1869[^1] light had 3 × 10^8 m/s, 10^{-3} and `2^3`.[^2]\n\n10<sup>6</sup> people[^lost] came.\n\n    a^2\n\n[^1]: \
                Farnie.\n[^2]: Ibid.\n";
    assert_eq!(
        all_blocks(&read(Format::Markdown, text.as_bytes())),
        [
            paragraph("In 1869 light had 3 × 10⁸ m/s, 10⁻³ and 2^3."),
            paragraph("10⁶ people came."),
            (BlockKind::Code, "a^2".to_owned()),
            item("Farnie."),
            item("Ibid."),
        ]
    );
}

#[test]
fn office_says_what_is_raised() {
    let run = |properties: &str, text: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>")
    };
    let raised = "<w:vertAlign w:val=\"superscript\"/>";
    let body = [
        "<w:p>".to_owned(),
        run("", "Opened in 1869"),
        run(raised, "1"),
        run("", " with 3 × 10"),
        run(raised, "8"),
        run("", " m and CO"),
        run("<w:vertAlign w:val=\"subscript\"/>", "2"),
        run("", " in 10"),
        "<w:r><w:footnoteReference w:id=\"2\" w:customMarkFollows=\"1\"/><w:t>7</w:t></w:r>".to_owned(),
        run("", " days; "),
        "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></w:p>".to_owned(),
    ];
    assert_eq!(
        all_blocks(&read(Format::Docx, &docx(&body.concat()))),
        [paragraph("Opened in 1869 with 3 × 10⁸ m and CO₂ in 10 days; x²")]
    );
    let slide = "10</a:t></a:r><a:r><a:rPr baseline=\"30000\"/><a:t>6</a:t></a:r><a:r><a:t> and H</a:t></a:r><a:r><a:rPr \
                 baseline=\"-25000\"/><a:t>2</a:t></a:r><a:r><a:t>O";
    assert_eq!(read(Format::Pptx, &pptx(&[vec![slide.to_owned()]])).pages[0].text, "10⁶ and H₂O");
}

#[test]
fn chapters_of_books_have_notes() {
    let bytes = archive(&[
        ("META-INF/container.xml", "<c><rootfile full-path=\"b.opf\"/></c>"),
        ("b.opf", "<p><manifest><item id=\"a\" href=\"a.xhtml\"/></manifest><spine><itemref idref=\"a\"/></spine></p>"),
        ("a.xhtml", "<p>In 1869<sup><a href=\"notes.xhtml#n1\">1</a></sup> it had 10<sup>3</sup> men.</p>"),
    ]);
    assert_eq!(read(Format::Epub, &bytes).pages[0].text, "In 1869 it had 10³ men.");
}

#[test]
fn letters_of_a_page_are_raised_by_their_place() {
    let page = "BT /F1 10 Tf 50 700 Td (It was opened in 1869) Tj /F1 6 Tf 4 Ts (1) Tj /F1 10 Tf 0 Ts ( and had 10) Tj /F1 7 Tf \
                3.6 Ts (23) Tj /F1 10 Tf 0 Ts ( parts of CO) Tj /F1 7 Tf -2 Ts (2) Tj /F1 10 Tf 0 Ts ( in 1972.) Tj /F1 6 Tf 4 Ts \
                (2) Tj /F1 10 Tf 0 Ts ( It ends.) Tj ET\n"
        .to_owned()
        + &show("F1", 10.0, 50.0, 650.0, "The area was 60,000 km")
        + &show("F1", 10.0, 170.0, 650.0, "in the year 1930.")
        + &show("F1", 6.0, 161.0, 654.0, "2")
        + &show("F1", 5.0, 50.0, 103.0, "1")
        + &show("F1", 8.0, 54.0, 100.0, "Farnie, East and West of Suez, p. 32.");
    let text = &read(Format::Pdf, &pdf(&[page])).pages[0].text;
    assert_eq!(
        text,
        "It was opened in 1869 and had 10²³ parts of CO₂ in 1972. It ends.\n\nThe area was 60,000 km² in the year 1930.\n\n\
         1 Farnie, East and West of Suez, p. 32."
    );
    let beside =
        show("F1", 20.0, 50.0, 695.0, "T") + &lines(62.2, 700.0, &["he text beside a large letter is no power."]);
    let text = &read(Format::Pdf, &pdf(&[beside])).pages[0].text;
    assert_eq!(text, "The text beside a large letter is no power.");
}

#[test]
fn what_is_raised_without_end_is_answered() {
    let nested = "<sup>".repeat(100_000) + "x" + &"<sup>2</sup>".repeat(100_000);
    read(Format::Html, nested.as_bytes());
    let one = "x".repeat(100_000) + &"²x(".repeat(100_000);
    read(Format::Text, one.as_bytes());
    read(Format::Markdown, ("a^{".repeat(50_000) + &"[^".repeat(50_000)).as_bytes());
}
