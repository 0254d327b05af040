//! Reading a page strictly: what the parser had to repair is an error, because the view that takes the page over counts
//! on exactly the elements that it wrote.

use html5ever::{
    ParseOpts, parse_document,
    tendril::TendrilSink,
    tokenizer::{BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::TreeBuilderOpts,
};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::cell::Cell;

pub(crate) struct Page {
    document: RcDom,
}

impl Page {
    /// Parses a page and refuses one that the parser would repair.
    pub(crate) fn strictly(html: &str) -> Self {
        // The framework's shortest marker is a comment to every browser, though not a valid one; and it writes the
        // loaded data behind the end of the document, from where every browser moves it into the body.
        let html = &html.replace("</body>", "").replace("</html>", "</body></html>").replace("<!>", "<!---->");
        let (document, data) = html.split_once("</body></html>").unwrap_or_else(|| panic!("cut off: {html}"));
        let html = &format!("{document}{data}</body></html>");
        let tree_builder = TreeBuilderOpts { exact_errors: true, ..Default::default() };
        let document = parse_document(RcDom::default(), ParseOpts { tree_builder, ..Default::default() }).one(&**html);
        assert!(document.errors.borrow().is_empty(), "{:?} in {html}", document.errors.borrow());
        let page = Self { document };
        assert_eq!(page.elements("").len(), start_tags(html), "the parser added or moved elements in {html}");
        page
    }

    /// All elements of a name, or every element for an empty name.
    pub(crate) fn elements(&self, name: &str) -> Vec<Handle> {
        let (mut found, mut open) = (Vec::new(), vec![self.document.document.clone()]);
        while let Some(node) = open.pop() {
            if let NodeData::Element { name: own, .. } = &node.data
                && (name.is_empty() || &*own.local == name)
            {
                found.push(node.clone());
            }
            open.extend(node.children.borrow().iter().rev().cloned());
        }
        found
    }

    /// The text of the only element of that name.
    pub(crate) fn text_of(&self, name: &str) -> String {
        let elements = self.elements(name);
        assert_eq!(elements.len(), 1, "one {name} is expected");
        text(&elements[0])
    }
}

pub(crate) fn attribute(element: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &element.data else { return None };
    attrs.borrow().iter().find(|attr| &*attr.name.local == name).map(|attr| attr.value.to_string())
}

pub(crate) fn text(node: &Handle) -> String {
    match &node.data {
        NodeData::Text { contents } => contents.borrow().to_string(),
        _ => node.children.borrow().iter().map(text).collect(),
    }
}

#[derive(Default)]
struct StartTags(Cell<usize>);

impl TokenSink for StartTags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.0.set(self.0.get() + 1);
            // The tokenizer alone does not know which elements hold text only.
            match tag.name.as_ref() {
                "script" => return TokenSinkResult::RawData(html5ever::tokenizer::states::RawKind::ScriptData),
                "title" | "textarea" => {
                    return TokenSinkResult::RawData(html5ever::tokenizer::states::RawKind::Rcdata);
                }
                _ => {}
            }
        }
        TokenSinkResult::Continue
    }
}

fn start_tags(html: &str) -> usize {
    let input = BufferQueue::default();
    input.push_back(html.into());
    let tokenizer = Tokenizer::new(StartTags::default(), TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.get()
}
