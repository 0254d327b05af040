use crate::{all_blocks, code, heading, item, paragraph, read, table};
use extraction::{BlockKind, FailureCode, Format};

#[test]
fn markdown_keeps_headings_lists_tables_and_code() {
    let text = "---\ntitle: \"My notes\"\n---\n# Light\n\nPlants make *sugar*\nfrom light.\n\n1. first\n2. second\n\n\
                | a | b |\n|---|---|\n| 1 | x y |\n\n```rust\nfn main() {\n    hi();\n}\n```\n<script>alert(1)</script>\n";
    let document = read(Format::Markdown, text.as_bytes());
    assert_eq!(document.title.as_deref(), Some("My notes"));
    assert_eq!(
        all_blocks(&document),
        [
            heading(1, "Light"),
            paragraph("Plants make sugar from light."),
            item("first"),
            item("second"),
            table("a\tb\n1\tx y"),
            (BlockKind::Code, "fn main() {\n    hi();\n}".to_owned()),
        ]
    );
}

#[test]
fn pages_of_the_web_are_read_without_what_is_around_the_text() {
    let page = "<!doctype html><html lang=pl><head><title>Komórka</title><style>p{}</style><script>if (a < b) x('<p>no</p>')\
                </script></head><body><nav><ul><li>Menu<nav>deep</nav></li></ul></nav><h1>Komórka &amp; jądro</h1>\
                <p>Jądro <b>komórkowe</b> zawiera&nbsp;DNA.<br>Tak.<p>Bez końca<ul><li><p>raz</p><li>dwa</ul>\
                <table><tr><th>a<th>b</tr><tr><td colspan=2>oba</tr><tr><td rowspan=2>x<td>1</tr><tr><td>2</tr></table>\
                <div hidden>ukryte</div><pre>  a\n    b</pre><footer>© nikt</footer></body></html>";
    let document = read(Format::Html, page.as_bytes());
    assert_eq!(document.title.as_deref(), Some("Komórka"));
    assert_eq!(document.language.as_deref(), Some("pl"));
    assert_eq!(
        all_blocks(&document),
        [
            heading(1, "Komórka & jądro"),
            paragraph("Jądro komórkowe zawiera DNA. Tak."),
            paragraph("Bez końca"),
            item("raz"),
            item("dwa"),
            table("a\tb\noba\t\nx\t1\n\t2"),
            (BlockKind::Code, "  a\n    b".to_owned()),
        ]
    );
}

#[test]
fn what_a_page_of_the_web_does_not_show_is_left_out() {
    let page = "<body style='display:none'><h1>Cells</h1><div style='color: red; DISPLAY : none !important'>gone<div>\
                too</div></div><p>They <span style=\"visibility:hidden\">never</span> divide.\
                <p style=display:none>gone<p>Every one<b style='visibility: collapse'>gone</b> does.\
                <p style='display:none;display:block'>Shown after all.\
                <p style='color:red;content:none'>Red.</p>";
    assert_eq!(
        all_blocks(&read(Format::Html, page.as_bytes())),
        [
            heading(1, "Cells"),
            paragraph("They divide."),
            paragraph("Every one does."),
            paragraph("Shown after all."),
            paragraph("Red."),
        ]
    );
}

/// What is read of the body of a page.
fn shown(body: &str) -> Vec<(BlockKind, String)> {
    all_blocks(&read(Format::Html, body.as_bytes()))
}

#[test]
fn hidden_items_and_definitions_end_without_end_tags() {
    let list =
        "<ul><li>one<li hidden>gone<ul><li>gone too<li>and this</ul><li>two<li style='display:none'>gone</ul>After it.";
    assert_eq!(shown(list), [item("one"), item("two"), paragraph("After it.")]);
    let closed = "<ol><li hidden>gone<ol><li>gone</li></ol>gone</li><li>one</li></ol>";
    assert_eq!(shown(closed), [item("one")]);
    let unclosed = "<ul><li hidden>gone<ol><li>gone</ul>After it.";
    assert_eq!(shown(unclosed), [paragraph("After it.")]);
    let terms =
        "<dl><dt>Cell<dd hidden>gone<div>gone</div>gone<dt hidden>gone<dd>It divides.<dd hidden>gone</dl>After it.";
    assert_eq!(shown(terms), [paragraph("Cell"), paragraph("It divides."), paragraph("After it.")]);
}

#[test]
fn hidden_parts_of_tables_end_without_end_tags() {
    let cells = "<table><tr><td>a<td hidden>gone<table><tr><td>gone</table>gone<td>b<tr hidden><td>gone<td>gone\
                 <tr><th>c<th style='visibility:hidden'>gone</table><p>After it.";
    assert_eq!(shown(cells), [table("a\tb\nc"), paragraph("After it.")]);
    let sections = "<table><caption hidden>gone<thead hidden><tr><th>gone<tbody><tr><td>a<td>b<tfoot hidden><tr><td>gone\
                    </table><p>After it.";
    assert_eq!(shown(sections), [table("a\tb"), paragraph("After it.")]);
}

#[test]
fn hidden_paragraphs_end_without_end_tags() {
    let within = "<div>Shown.<p hidden>gone <b>gone</b> <button><p>gone</button> gone</div><div>Shown too.</div>";
    assert_eq!(shown(within), [paragraph("Shown."), paragraph("Shown too.")]);
    let before = "<p hidden>gone<ul><li>one<p hidden>gone<li>two</ul><p hidden>gone<h2>Cells</h2>";
    assert_eq!(shown(before), [item("one"), item("two"), heading(2, "Cells")]);
}

#[test]
fn what_is_left_out_hides_nothing_behind_it() {
    assert_eq!(shown("<p><ruby>漢<rp>(<rt>kan<rp>)</ruby> is read so."), [paragraph("漢kan is read so.")]);
    let script = "<div hidden><script>write('<div>')</script><style>p::before { content: '<div>' }</style></div>Shown.";
    assert_eq!(shown(script), [paragraph("Shown.")]);
    assert_eq!(shown("<section hidden><section>gone</section>gone</section>Shown."), [paragraph("Shown.")]);
    assert_eq!(shown("<div hidden>gone<div>gone</div></p>gone</div>Shown."), [paragraph("Shown.")]);
}

#[test]
fn a_page_laid_out_with_a_table_is_text() {
    let long = "All work and no play. ".repeat(100);
    let page = format!("<table><tr><td>Side</td><td>{long}</td></tr></table>");
    let kinds: Vec<_> = all_blocks(&read(Format::Html, page.as_bytes())).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, [BlockKind::Paragraph, BlockKind::Paragraph]);
}

#[test]
fn wrapped_lines_are_joined_and_others_are_not() {
    let text = "CHAPTER ONE\n\nThe quick brown fox jumps over the lazy dog and runs away into the\nwoods, where nobody ever \
                finds it again, however hard they may look.\n\nShopping:\n- milk\n- bread\n\n1.2 Numbers\n\nEnd.";
    let blocks = all_blocks(&read(Format::Text, text.as_bytes()));
    assert_eq!(
        blocks,
        [
            heading(1, "CHAPTER ONE"),
            paragraph(
                "The quick brown fox jumps over the lazy dog and runs away into the woods, where nobody ever finds it again, \
                 however hard they may look."
            ),
            paragraph("Shopping:"),
            item("milk"),
            item("bread"),
            heading(2, "1.2 Numbers"),
            paragraph("End."),
        ]
    );
}

#[test]
fn a_first_line_on_its_own_is_the_title_of_a_text() {
    let chapters =
        "THE HANSEATIC LEAGUE\n\nCHAPTER I. ORIGINS\n\nIt was a league of towns.\n\n1.2 Trade\n\nThey traded.\n";
    let document = read(Format::Text, chapters.as_bytes());
    assert_eq!(document.title.as_deref(), Some("THE HANSEATIC LEAGUE"));
    assert_eq!(
        all_blocks(&document),
        [
            heading(1, "THE HANSEATIC LEAGUE"),
            heading(2, "CHAPTER I. ORIGINS"),
            paragraph("It was a league of towns."),
            heading(3, "1.2 Trade"),
            paragraph("They traded."),
        ]
    );
    let title = |text: &str| read(Format::Text, text.as_bytes()).title;
    assert_eq!(title("\n El ciclo del agua\n\nEl agua se mueve.").as_deref(), Some("El ciclo del agua"));
    for untitled in [
        "El ciclo del agua",
        "El agua se mueve.\n\nMucho.",
        "El ciclo del agua\nes grande\n\nMucho.",
        "- milk\n\nIt is white.",
        "and so on\n\nIt goes on.",
    ] {
        assert_eq!(title(untitled), None, "{untitled}");
    }
}

#[test]
fn encodings_are_told() {
    let polish =
        "Zażółć gęślą jaźń. Książę i księżniczka wyruszyli wczesnym świtem, żeby zdążyć przed południem do źródła.";
    let wide: Vec<u8> = std::iter::once(0xfeffu16).chain(polish.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let unmarked: Vec<u8> = "Plain words without a mark.".encode_utf16().flat_map(u16::to_be_bytes).collect();
    let (windows, ..) = encoding_rs::WINDOWS_1250.encode(polish);
    let (western, ..) =
        encoding_rs::WINDOWS_1252.encode("Le café était déjà fermé à huit heures, où étiez-vous donc passés ?");
    let text = |bytes: &[u8]| read(Format::Text, bytes).pages[0].text.clone();
    assert_eq!(text(polish.as_bytes()), polish);
    assert_eq!(text(&wide), polish);
    assert_eq!(text(&unmarked), "Plain words without a mark.");
    assert_eq!(text(&windows), polish);
    assert_eq!(text(&western), "Le café était déjà fermé à huit heures, où étiez-vous donc passés ?");
}

#[test]
fn text_is_composed_and_clean() {
    let text = "e\u{301}cole \u{fb01}n hy\u{ad}phen\u{0} zero\u{200b}width \u{7} a\u{a0}b";
    assert_eq!(read(Format::Markdown, text.as_bytes()).pages[0].text, "école fin hyphen zerowidth a b");
}

#[test]
fn languages_are_told() {
    let language = |text: &str| read(Format::Text, text.as_bytes()).language;
    let polish = "Fotosynteza to proces, w którym rośliny wytwarzają związki organiczne z dwutlenku węgla i wody przy udziale \
                  światła. Zachodzi w chloroplastach, a jego produktem ubocznym jest tlen, którym oddychają zwierzęta.";
    let english = "Photosynthesis is the process by which plants turn light, water and carbon dioxide into sugar. It takes \
                   place in the chloroplasts, and what is left over is oxygen, which animals breathe.";
    assert_eq!(language(polish).as_deref(), Some("pl"));
    assert_eq!(language(english).as_deref(), Some("en"));
    assert_eq!(language("123 456"), None);
}

#[test]
fn long_texts_become_pages_that_end_with_paragraphs() {
    let paragraphs: Vec<String> =
        (0..100).map(|n| format!("Paragraph {n} says {}end.", "something ".repeat(30))).collect();
    let mut text = paragraphs.join("\n\n");
    text.push_str("\n\nPART TWO\n\n");
    text.push_str(&"One sentence of many. ".repeat(1000));
    let document = read(Format::Text, text.as_bytes());
    assert!(document.pages.len() > 10);
    for page in &document.pages[..document.pages.len() - 1] {
        let length = page.text.chars().count();
        assert!((2000..=3700).contains(&length), "page {} has {length}", page.page);
        assert!(page.text.ends_with('.'), "page {} ends within a sentence", page.page);
    }
    let all: String = all_blocks(&document).into_iter().map(|(_, text)| text + " ").collect();
    assert!(paragraphs.iter().all(|paragraph| all.contains(paragraph)));
    assert_eq!(all.matches("One sentence of many.").count(), 1000);
}

#[test]
fn what_has_no_text_says_so() {
    assert_eq!(code(Format::Text, b" \n "), FailureCode::NoTextLayer);
    assert_eq!(code(Format::Html, b"<img src=x>"), FailureCode::NoTextLayer);
    assert_eq!(code(Format::Text, b"\x00\x01\x02\x03\x04\x05\x06\x07\xff\xfe\x00\x10\x01"), FailureCode::Unsupported);
}
