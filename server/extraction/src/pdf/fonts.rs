//! The fonts of a document, and what each of their codes stands for.

use hayro_cmap::{BfString, load_embedded};
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn, StandardFont};
use hayro_syntax::object::{Array, Dict, Name, Number};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

/// How letters look.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) mono: bool,
}

/// What a code stands for.
#[derive(Debug, Clone)]
pub(super) struct Letter {
    /// None when the font does not tell.
    pub(super) text: Option<Rc<str>>,
    /// How far the next one stands, for a font of size 1.
    pub(super) advance: f64,
}

pub(super) struct LoadedFont<'a> {
    font: Font<'a>,
    letters: HashMap<u32, Letter>,
    pub(super) style: Style,
    /// What a size of 1 really is: fonts made of drawings have units of their own.
    pub(super) scale: f64,
}

impl LoadedFont<'_> {
    pub(super) fn read_code(&self, bytes: &[u8], at: usize) -> (u32, usize) {
        let (code, length) = self.font.read_code(bytes, at);
        (code, length.max(1))
    }

    pub(super) fn is_horizontal(&self) -> bool {
        self.font.is_horizontal()
    }

    pub(super) fn letter(&mut self, code: u32) -> &Letter {
        let font = &self.font;
        self.letters.entry(code).or_insert_with(|| {
            let text = match font.glyph(font.map_code(code), code) {
                FontGlyph::Outline(glyph) => glyph.as_unicode(),
                FontGlyph::Type3(glyph) => glyph.as_unicode(),
            };
            let text = text.and_then(|text| match text {
                BfString::Char(char) => cleaned(char.encode_utf8(&mut [0; 4])),
                BfString::String(text) => cleaned(&text),
            });
            Letter { text, advance: font.code_advance(code).x / 1000.0 }
        })
    }
}

/// Symbols of old Windows fonts that lists begin with; other characters of private use say nothing.
fn cleaned(text: &str) -> Option<Rc<str>> {
    let private = |char: char| matches!(char, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    match text.chars().next()? {
        '\u{f0b7}' | '\u{f0a7}' | '\u{f076}' | '\u{f0d8}' | '\u{f0fc}' | '\u{f06e}' | '\u{f071}' => Some("•".into()),
        char @ '\u{f020}'..='\u{f07e}' => char::from_u32(char as u32 - 0xf000).map(|char| char.to_string().into()),
        char::REPLACEMENT_CHARACTER | '\0' => None,
        char if private(char) => None,
        _ => Some(text.into()),
    }
}

#[derive(Default)]
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    loaded: Vec<LoadedFont<'a>>,
    by_object: HashMap<(u32, i32), Option<usize>>,
    fallback: Option<Option<usize>>,
}

impl<'a> Fonts<'a> {
    pub(super) fn get(&mut self, index: usize) -> Option<&mut LoadedFont<'a>> {
        self.loaded.get_mut(index)
    }

    /// Loads a font once for each object; one that cannot be read shows nothing.
    pub(super) fn load(&mut self, dict: &Dict<'a>) -> Option<usize> {
        let id = dict.obj_id().map(|id| (id.obj_number, id.gen_number));
        if let Some(known) = id.and_then(|id| self.by_object.get(&id)) {
            return *known;
        }
        let index = self.cache.font(dict, &resolver(), &cmaps()).map(|font| {
            self.loaded.push(LoadedFont { font, letters: HashMap::new(), style: style(dict), scale: scale(dict) });
            self.loaded.len() - 1
        });
        if let Some(id) = id {
            self.by_object.insert(id, index);
        }
        index
    }

    /// What is shown in where a page names no font: other readers take Helvetica too.
    pub(super) fn fallback(&mut self) -> Option<usize> {
        if let Some(known) = self.fallback {
            return known;
        }
        let index = self.cache.standard_font(StandardFont::Helvetica, &resolver()).map(|font| {
            self.loaded.push(LoadedFont { font, letters: HashMap::new(), style: Style::default(), scale: 1.0 });
            self.loaded.len() - 1
        });
        self.fallback = Some(index);
        index
    }
}

fn resolver() -> FontResolverFn {
    Arc::new(|query| match query {
        FontQuery::Standard(font) => Some(font.get_font_data()),
        FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
    })
}

fn cmaps() -> CMapResolverFn {
    Arc::new(load_embedded)
}

fn style(dict: &Dict<'_>) -> Style {
    let descendant = dict.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(dict).get::<Dict<'_>>(b"FontDescriptor").unwrap_or_default();
    let name = dict.get::<Name<'_>>(b"BaseFont").map(|name| name.as_str().to_lowercase()).unwrap_or_default();
    let name = name.split_once('+').map_or(name.as_str(), |(_, name)| name);
    let flags = descriptor.get::<u32>(b"Flags").unwrap_or(0);
    let weight = descriptor.get::<Number>(b"FontWeight").map_or(0.0, |weight| weight.as_f64());
    let any = |marks: &[&str]| marks.iter().any(|mark| name.contains(mark));
    Style {
        bold: weight >= 600.0
            || flags & (1 << 18) != 0
            || any(&["bold", "black", "heavy", "demi", "-bd"])
            || ["cmbx", "sfbx", "ecbx", "plbx", "cmssbx", "cmb1"].iter().any(|tex| name.starts_with(tex)),
        mono: flags & 1 != 0
            || any(&["courier", "mono", "consol", "typewriter", "menlo"])
            || ["cmtt", "sftt", "ectt", "pltt", "cmsltt"].iter().any(|tex| name.starts_with(tex)),
    }
}

fn scale(dict: &Dict<'_>) -> f64 {
    if dict.get::<Name<'_>>(b"Subtype").is_none_or(|subtype| subtype.as_str() != "Type3") {
        return 1.0;
    }
    let matrix = dict.get::<[f64; 6]>(b"FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let bounds = dict.get::<[f64; 4]>(b"FontBBox").unwrap_or_default();
    let height = (bounds[3] - bounds[1]).abs() * matrix[3].abs();
    if height > 0.0 && height.is_finite() { height / 1.1 } else { matrix[3].abs() * 1000.0 }
}
