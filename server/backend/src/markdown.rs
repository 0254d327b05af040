//! What people write, as HTML that can do nothing but be read.
//!
//! CommonMark with strikethrough, tables and bare links (comrak), then everything but a short list of elements and attributes
//! is taken out (ammonia): a mistake of the one is caught by the other.

use ammonia::{Builder, UrlRelative};
use comrak::{
    Arena, Options, format_html,
    nodes::{Node, NodeValue},
    parse_document,
};
use std::{borrow::Cow, collections::HashSet, sync::LazyLock};
use uuid::Uuid;

/// Quotes and lists within one another; whoever nests deeper wants to break pages, and gets plain text.
const DEPTH_MAX: usize = 24;
/// A short row is filled up to the width of its table: a few thousand letters could ask for half a million cells.
const CELLS_MAX: usize = 2_000;
const ELEMENTS: [&str; 12] = ["a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "strong"];
const TABLE_ELEMENTS: [&str; 6] = ["table", "tbody", "td", "th", "thead", "tr"];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let cell = || HashSet::from(["align"]);
    builder
        .tags(ELEMENTS.into_iter().chain(["ul"]).chain(TABLE_ELEMENTS).collect())
        .tag_attributes(
            [("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"])), ("td", cell()), ("th", cell())].into(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        // An address without a scheme would lead into our own pages, where the writer has no say.
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("noopener noreferrer nofollow ugc"))
        .set_tag_attribute_value("a", "target", "_blank");
    let_keys_scroll(&mut builder);
    builder
});

/// What is wider than its column scrolls there: the keyboard has to get to it.
fn let_keys_scroll(builder: &mut Builder<'static>) {
    builder
        .set_tag_attribute_value("pre", "tabindex", "0")
        .set_tag_attribute_value("pre", "role", "group")
        .set_tag_attribute_value("pre", "aria-label", "Code")
        .set_tag_attribute_value("table", "tabindex", "0");
}

static OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| message_options(true));
static OPTIONS_WITHOUT_TABLES: LazyLock<Options<'static>> = LazyLock::new(|| message_options(false));

fn message_options(has_tables: bool) -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.strikethrough = true;
    options.extension.table = has_tables;
    options.extension.cjk_friendly_emphasis = true;
    // In a conversation a line break is meant.
    options.render.hardbreaks = true;
    options.render.escape = true;
    options
}

/// What notes may have beside it.
const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];
/// Where the pages of documents are shown.
const READER: &str = "/library/";

static NOTES_SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    let cell = || HashSet::from(["align"]);
    builder
        .tags(ELEMENTS.into_iter().chain(["ul"]).chain(TABLE_ELEMENTS).chain(HEADINGS).collect())
        .tag_attributes(
            [("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"])), ("td", cell()), ("th", cell())].into(),
        )
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Custom(Box::new(into_reader)))
        .link_rel(Some("noopener noreferrer nofollow ugc"));
    let_keys_scroll(&mut builder);
    builder
});

static NOTES_OPTIONS: LazyLock<Options<'static>> = LazyLock::new(|| {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.escape = true;
    options
});

/// Of addresses without a scheme, only those of a passage: `/library/{id}/read?…`.
fn into_reader(address: &str) -> Option<Cow<'_, str>> {
    let (id, rest) = address.strip_prefix(READER)?.split_once('/')?;
    let is_passage = rest == "read" || rest.starts_with("read?");
    (Uuid::try_parse(id).is_ok() && is_passage).then_some(Cow::Borrowed(address))
}

/// A message to sanitised HTML. Text that renders to nothing, or is nested without end, stays as it was written.
pub(crate) fn render(markdown: &str) -> String {
    let options = if may_have_tables(markdown) { &OPTIONS } else { &OPTIONS_WITHOUT_TABLES };
    written(markdown, options, &SANITISER, None).unwrap_or_else(|| plain(markdown))
}

/// Whether all tables in it together stay small, whatever is filled up.
fn may_have_tables(markdown: &str) -> bool {
    let lines = || markdown.split(['\n', '\r']);
    let widest = lines().map(|line| line.matches('|').count() + 1).max().unwrap_or_default();
    widest.saturating_mul(lines().count()) <= CELLS_MAX
}

/// Notes to sanitised HTML, with headings, tables and links to the passages that they come from: to those of which
/// `leads_there` says so. The others become their words.
pub(crate) fn render_notes(markdown: &str, leads_there: &dyn Fn(&str) -> bool) -> String {
    if markdown.trim().is_empty() {
        return String::new();
    }
    written(markdown, &NOTES_OPTIONS, &NOTES_SANITISER, Some(leads_there)).unwrap_or_else(|| plain(markdown))
}

/// Only notes have headings, and links of which it has to be asked whether they lead there.
fn written(
    markdown: &str,
    options: &Options<'_>,
    sanitiser: &Builder<'_>,
    leads_there: Option<&dyn Fn(&str) -> bool>,
) -> Option<String> {
    let arena = Arena::new();
    let document = parse_document(&arena, markdown, options);
    if !simplify(document, leads_there.is_some()) {
        return None;
    }
    if let Some(leads_there) = leads_there {
        unlink(document, leads_there);
    }
    let mut html = String::with_capacity(markdown.len() * 2);
    format_html(document, options, &mut html).ok()?;
    let html = sanitiser.clean(html.trim_end()).to_string();
    (!html.is_empty()).then_some(html)
}

/// A line of notes without its markup.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PlainLine {
    /// Of a heading, from 1 to 6.
    pub(crate) heading: Option<u8>,
    pub(crate) is_item: bool,
    /// Without links to passages.
    pub(crate) words: String,
}

/// What a line of notes says.
pub(crate) fn plain_line(line: &str) -> PlainLine {
    let (arena, mut plain) = (Arena::new(), PlainLine::default());
    for node in parse_document(&arena, line.trim(), &NOTES_OPTIONS).descendants() {
        if node.ancestors().nth(DEPTH_MAX).is_some() {
            return PlainLine { words: line.trim().to_owned(), ..PlainLine::default() };
        }
        if node.ancestors().any(leads_to_passage) {
            continue;
        }
        match &node.data().value {
            NodeValue::Heading(heading) => plain.heading = Some(heading.level),
            NodeValue::Item(_) => plain.is_item = true,
            NodeValue::Text(text) => plain.words.push_str(text),
            NodeValue::Code(code) => plain.words.push_str(&code.literal),
            NodeValue::HtmlInline(text) => plain.words.push_str(text),
            NodeValue::HtmlBlock(block) => plain.words.push_str(&block.literal),
            _ => {}
        }
    }
    plain.words = plain.words.split_whitespace().collect::<Vec<_>>().join(" ");
    plain
}

fn leads_to_passage(node: Node<'_>) -> bool {
    matches!(&node.data().value, NodeValue::Link(link) if into_reader(&link.url).is_some())
}

/// Headings become lines like any other, or one level lower (the page has its own), images become links to them:
/// showing one would tell its server who reads here. False when the nesting is too deep.
fn simplify(document: Node<'_>, has_headings: bool) -> bool {
    for node in document.descendants() {
        if node.ancestors().nth(DEPTH_MAX).is_some() {
            return false;
        }
        let mut ast = node.data_mut();
        match std::mem::replace(&mut ast.value, NodeValue::Document) {
            NodeValue::Image(link) => ast.value = NodeValue::Link(link),
            NodeValue::Heading(mut heading) if has_headings => {
                heading.level = heading.level.max(2);
                ast.value = NodeValue::Heading(heading);
            }
            NodeValue::Heading(_) => ast.value = NodeValue::Paragraph,
            other => ast.value = other,
        }
    }
    true
}

/// Links to passages that are not there become their words.
fn unlink<'a>(document: Node<'a>, leads_there: &dyn Fn(&str) -> bool) {
    let is_dead = |node: &Node<'a>| match &node.data().value {
        NodeValue::Link(link) => into_reader(&link.url).is_some() && !leads_there(&link.url),
        _ => false,
    };
    let dead: Vec<Node<'a>> = document.descendants().filter(is_dead).collect();
    for link in dead {
        let words: Vec<Node<'a>> = link.children().collect();
        for word in words {
            link.insert_before(word);
        }
        link.detach();
    }
}

/// The text itself, its lines kept.
fn plain(text: &str) -> String {
    let escaped = ammonia::clean_text(text.trim()).replace("&#10;", "<br>");
    SANITISER.clean(&format!("<p>{escaped}</p>")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_notes_is_read_without_its_markup() {
        let link = format!("[p. 3](/library/{}/read?page=3&start=1&end=9)", Uuid::nil());
        let said = |line: &str| {
            let PlainLine { heading, is_item, words } = plain_line(line);
            (heading, is_item, words)
        };
        let item = format!("- **Mitosis** – a \\*division\\* of `x<y` {link}");
        assert_eq!(said(&item), (None, true, "Mitosis – a *division* of x<y".to_owned()));
        assert_eq!(said("### The _cell_"), (Some(3), false, "The cell".to_owned()));
        assert_eq!(said("See [here](https://example.org) & <b>."), (None, false, "See here & <b>.".to_owned()));
        assert_eq!(said(" --- "), (None, false, String::new()));
        let deep = "> ".repeat(500);
        assert_eq!(said(&deep), (None, false, deep.trim().to_owned()));
    }

    #[test]
    fn markdown_is_shown() {
        assert_eq!(
            render("**bold** and _soft_ ~~gone~~ `x<y`"),
            "<p><strong>bold</strong> and <em>soft</em> <del>gone</del> <code>x&lt;y</code></p>"
        );
        assert_eq!(render("one\ntwo"), "<p>one<br>\ntwo</p>");
        assert_eq!(
            render("> quoted\n\n3. third"),
            "<blockquote>\n<p>quoted</p>\n</blockquote>\n<ol start=\"3\">\n<li>third</li>\n</ol>"
        );
        assert_eq!(render("**日本語。**の文"), "<p><strong>日本語。</strong>の文</p>");
        assert_eq!(render("it costs $5 & more"), "<p>it costs $5 &amp; more</p>");
    }

    #[test]
    fn links_open_elsewhere_and_tell_nothing() {
        let link = |href: &str, text: &str| {
            format!("<p><a href=\"{href}\" target=\"_blank\" rel=\"noopener noreferrer nofollow ugc\">{text}</a></p>")
        };
        assert_eq!(render("https://example.org/a?b=c"), link("https://example.org/a?b=c", "https://example.org/a?b=c"));
        assert_eq!(render("[x](http://example.org)"), link("http://example.org", "x"));
        assert_eq!(render("![a picture](https://example.org/p.png)"), link("https://example.org/p.png", "a picture"));
    }

    #[test]
    fn nothing_that_is_written_runs() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html;base64,PHNjcmlwdD4=)",
            "[x](vbscript:x)",
            "[x](/auth/sign-out)",
            "[x](//evil.example)",
            "[x](&#106;avascript:alert(1))",
            "<javascript:alert(1)>",
            "![x](javascript:alert(1))",
            "[x](https://e.example \"onmouseover=alert(1)\")",
            "</textarea><script>alert(1)</script>",
            "<svg onload=alert(1)>",
            "<a href=\"https://e.example\" style=\"position:fixed\">x</a>",
        ] {
            let html = render(hostile);
            for (name, value) in elements(&html) {
                assert!(["p", "a", "br"].contains(&name.as_str()), "{hostile}: {html}");
                assert!(value.is_empty() || value.starts_with("https://e.example"), "{hostile}: {html}");
            }
        }
    }

    /// Names of the elements, with the address of a link.
    fn elements(html: &str) -> Vec<(String, String)> {
        let opening = html.split('<').skip(1).filter(|part| !part.starts_with('/'));
        opening
            .map(|part| {
                let name = part.split([' ', '>']).next().unwrap_or_default().to_owned();
                let address = part.split_once("href=\"").and_then(|(_, rest)| rest.split('"').next());
                (name, address.unwrap_or_default().to_owned())
            })
            .collect()
    }

    #[test]
    fn nesting_without_end_is_plain_text() {
        for nested in [
            ">".repeat(4_000),
            "[".repeat(4_000),
            "*".repeat(4_000),
            "- ".repeat(2_000),
            "![".repeat(2_000),
            "_a*".repeat(1_300),
        ] {
            let html = render(&nested);
            assert!(html.len() < 40_000, "{}", html.len());
            assert!(html.matches("<blockquote>").count() <= DEPTH_MAX);
            assert!(html.matches("<ul>").count() <= DEPTH_MAX);
        }
    }

    #[test]
    fn what_shows_nothing_stays_text() {
        assert_eq!(render("[a]: https://example.org"), "<p>[a]: https://example.org</p>");
        assert_eq!(plain("a <b>\n c"), "<p>a &lt;b&gt;<br> c</p>");
        assert!(!render("<!-- hidden -->").contains("<!--"));
    }

    #[test]
    fn a_table_is_one_in_a_message() {
        assert_eq!(
            render("Who brings what?\n\n| Name | Cakes |\n|:---|---:|\n| **Ada** | 2 |\n| <b>Ben</b> |"),
            "<p>Who brings what?</p>\n<table tabindex=\"0\">\n<thead>\n<tr>\n<th align=\"left\">Name</th>\n\
             <th align=\"right\">Cakes</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n\
             <td align=\"left\"><strong>Ada</strong></td>\n<td align=\"right\">2</td>\n</tr>\n<tr>\n\
             <td align=\"left\">&lt;b&gt;Ben&lt;/b&gt;</td>\n<td align=\"right\"></td>\n</tr>\n</tbody>\n</table>"
        );
        for hostile in [
            "| <img src=x onerror=alert(1)> |\n|---|\n| [x](javascript:alert(1)) |",
            "| a |\n|---|\n| <td onclick=alert(1)>x</td> |",
            "<table background=\"https://e.example\"><tr><td>x</td></tr></table>",
        ] {
            let html = render(hostile);
            for wrong in ["<img", "javascript:", "<td o", "<table b"] {
                assert!(!html.contains(wrong), "{hostile}: {html}");
            }
        }
    }

    #[test]
    fn the_keyboard_gets_to_what_scrolls() {
        for html in [render("```\nlet long = 1;\n```"), render_notes("    let long = 1;", &|_| true)] {
            let (opening, _) = html.split_once('>').unwrap();
            assert!(opening.starts_with("<pre "), "{html}");
            for attribute in ["tabindex=\"0\"", "role=\"group\"", "aria-label=\"Code\""] {
                assert!(opening.contains(attribute), "{html}");
            }
        }
    }

    #[test]
    fn a_small_text_makes_no_huge_table() {
        let wide = format!("{}\n{}\n{}", "|a".repeat(500) + "|", "|-".repeat(500) + "|", "x\n".repeat(1_000));
        for huge in [wide.clone(), wide.replace('\n', "\r")] {
            let html = render(&huge);
            assert!(html.len() < 40_000 && !html.contains("<td"), "{}", html.len());
        }
    }

    #[test]
    fn headings_do_not_break_the_page() {
        assert_eq!(render("# Exam"), "<p>Exam</p>");
    }

    #[test]
    fn notes_have_headings_tables_and_ways_to_their_passages() {
        let id = Uuid::from_u128(7);
        let html = render_notes(
            &format!(
                "# Cells\n\n- A cell divides. [p. 3](/library/{id}/read?page=3&start=0&end=9)\n\n| a | b |\n|---|---|\n| 1 | 2 |"
            ),
            &|_| true,
        );
        assert!(html.starts_with("<h2>Cells</h2>"), "{html}");
        let link = format!("<a href=\"/library/{id}/read?page=3&amp;start=0&amp;end=9\"");
        assert!(html.contains(&link), "{html}");
        assert!(html.contains("<table tabindex=\"0\">") && html.contains("<td>1</td>"), "{html}");
        assert_eq!(render_notes(" \n", &|_| true), "");
    }

    #[test]
    fn notes_have_no_way_to_a_passage_that_is_not_there() {
        let reader = format!("/library/{}/read", Uuid::from_u128(7));
        let lie = format!("{reader}?page=1&start=0&end=99999");
        for written in
            [format!("[**p.** 1]({lie})"), format!("![**p.** 1]({lie})"), format!("[**p.** 1][a]\n\n[a]: {lie}")]
        {
            let html = render_notes(&written, &|address| address != lie);
            assert_eq!(html, "<p><strong>p.</strong> 1</p>", "{written}");
        }
        let others = format!("[p. 1]({reader}?page=1) [x](https://example.org)");
        assert_eq!(render_notes(&others, &|address| address != lie).matches("href=").count(), 2);
    }

    #[test]
    fn notes_lead_nowhere_else_on_our_own_pages() {
        for hostile in [
            "[x](/auth/sign-out)",
            "[x](/library/../auth/sign-out)",
            "[x](/library/7/read)",
            "[x](//evil.example)",
            "[x](javascript:alert(1))",
            "<script>alert(1)</script>",
            "<h2 onclick=alert(1)>x</h2>",
            "![x](data:image/svg+xml,x)",
            "| <img src=x onerror=alert(1)> |\n|---|\n| x |",
        ] {
            let html = render_notes(hostile, &|_| true);
            for wrong in ["href=", "<script", "<img", "<h2 "] {
                assert!(!html.contains(wrong), "{hostile}: {html}");
            }
        }
    }
}
