//! Follows the operators of a page that move, choose and show letters; everything else is passed over.

use super::fonts::{Fonts, Letter, Style};
use crate::meter::Pace;
use crate::{Failure, Limits};
use hayro_font::kurbo::Affine;
use hayro_syntax::content::TypedIter;
use hayro_syntax::content::ops::TypedInstruction as Op;
use hayro_syntax::object::{Array, Dict, Name, Object, Stream, String as PdfString};
use hayro_syntax::page::Resources;
use std::borrow::Cow;
use std::rc::Rc;

/// Drawings within drawings deeper than this go in a circle.
const DEEPEST: u32 = 24;
/// Saved states that are kept; a page that saves more is broken.
const MOST_SAVED: usize = 512;
/// Operators between two looks at the clock.
const BREATH: u32 = 4096;
/// Glyphs of a page that nobody could read.
const MOST_GLYPHS: usize = 1_000_000;

/// A letter on a page, whose origin is at the upper left.
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: Option<Rc<str>>,
    /// Its origin, on the baseline.
    pub(super) x: f32,
    pub(super) y: f32,
    /// Where the next letter would begin without further spacing.
    pub(super) advance: f32,
    pub(super) size: f32,
    pub(super) style: Style,
    /// Quarters of a turn clockwise that the line runs in.
    pub(super) turn: u8,
    /// Marked as not belonging to the text: running heads, page numbers.
    pub(super) artifact: bool,
    /// Shown, but the font does not tell what it is.
    pub(super) unknown: bool,
}

impl Glyph {
    pub(super) fn is_letter(&self) -> bool {
        self.text.as_deref().is_some_and(|text| text.chars().any(char::is_alphanumeric))
    }
}

/// What a page shows.
pub(super) struct Shown {
    pub(super) glyphs: Vec<Glyph>,
    pub(super) has_picture: bool,
    /// Whether all that it shows was there.
    pub(super) is_whole: bool,
}

#[derive(Debug, Clone)]
struct State {
    ctm: Affine,
    font: Option<usize>,
    size: f64,
    char_space: f64,
    word_space: f64,
    stretch: f64,
    leading: f64,
    rise: f64,
    mode: i64,
}

/// A marked part of the page that is open.
enum Mark {
    Plain,
    Artifact,
    /// What its letters stand for together, and the first of them.
    Actual {
        text: Option<String>,
        first: Option<usize>,
    },
}

pub(super) struct Interpreter<'a, 'r> {
    fonts: &'r mut Fonts<'a>,
    inflated: &'r mut u64,
    pace: Pace,
    most_inflated: u64,
    state: State,
    saved: Vec<State>,
    text_matrix: Affine,
    line_matrix: Affine,
    marks: Vec<Mark>,
    depth: u32,
    operators: u32,
    shown: Shown,
}

impl<'a, 'r> Interpreter<'a, 'r> {
    pub(super) fn new(
        upright: [f64; 6],
        fonts: &'r mut Fonts<'a>,
        inflated: &'r mut u64,
        pace: Pace,
        limits: &Limits,
    ) -> Self {
        let state = State {
            ctm: Affine::new(upright),
            font: None,
            size: 1.0,
            char_space: 0.0,
            word_space: 0.0,
            stretch: 1.0,
            leading: 0.0,
            rise: 0.0,
            mode: 0,
        };
        Self {
            fonts,
            inflated,
            pace,
            most_inflated: limits.inflated_bytes,
            state,
            saved: Vec::new(),
            text_matrix: Affine::IDENTITY,
            line_matrix: Affine::IDENTITY,
            marks: Vec::new(),
            depth: 0,
            operators: 0,
            shown: Shown { glyphs: Vec::new(), has_picture: false, is_whole: true },
        }
    }

    pub(super) fn finish(self) -> Shown {
        self.shown
    }

    pub(super) fn take_inflated(&mut self, bytes: usize) -> Result<(), Failure> {
        *self.inflated = self.inflated.saturating_add(bytes as u64);
        if *self.inflated > self.most_inflated { Err(Failure::too_much()) } else { Ok(()) }
    }

    pub(super) fn run(&mut self, mut operators: TypedIter<'_>, resources: &Resources<'a>) -> Result<(), Failure> {
        let (saved, marks) = (self.saved.len(), self.marks.len());
        while let Some(operator) = operators.next() {
            self.operators = self.operators.wrapping_add(1);
            if self.operators.is_multiple_of(BREATH) {
                self.pace.check_time()?;
            }
            if self.shown.glyphs.len() > MOST_GLYPHS {
                return Err(Failure::too_much());
            }
            match operator {
                Op::SaveState(_) if self.saved.len() < MOST_SAVED => self.saved.push(self.state.clone()),
                Op::RestoreState(_) if self.saved.len() > saved => self.restore(),
                Op::Transform(m) => {
                    let values = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                    self.state.ctm *= Affine::new(values);
                }
                Op::XObject(name) => self.draw(name.0, resources)?,
                Op::InlineImage(_) => self.shown.has_picture = true,
                Op::BeginMarkedContent(mark) => self.mark(mark.0, None, resources),
                Op::BeginMarkedContentWithProperties(mark) => self.mark(mark.0, Some(mark.1), resources),
                Op::EndMarkedContent(_) if self.marks.len() > marks => self.end_mark(),
                other => self.text_operator(&other, resources),
            }
        }
        while self.saved.len() > saved {
            self.restore();
        }
        while self.marks.len() > marks {
            self.end_mark();
        }
        Ok(())
    }

    fn restore(&mut self) {
        if let Some(state) = self.saved.pop() {
            self.state = state;
        }
    }

    fn text_operator(&mut self, operator: &Op<'_, '_>, resources: &Resources<'a>) {
        match operator {
            Op::BeginText(_) => self.set_matrix(Affine::IDENTITY),
            Op::SetTextMatrix(m) => {
                let values = [m.0, m.1, m.2, m.3, m.4, m.5].map(|number| number.as_f64());
                self.set_matrix(Affine::new(values));
            }
            Op::TextFont(font) => {
                self.state.size = font.1.as_f64();
                self.state.font = match resources.get_font(font.0) {
                    Some(dict) => self.fonts.load(&dict),
                    None => self.fonts.fallback(),
                };
            }
            Op::CharacterSpacing(space) => self.state.char_space = space.0.as_f64(),
            Op::WordSpacing(space) => self.state.word_space = space.0.as_f64(),
            Op::HorizontalScaling(stretch) => self.state.stretch = stretch.0.as_f64() / 100.0,
            Op::TextLeading(leading) => self.state.leading = leading.0.as_f64(),
            Op::TextRise(rise) => self.state.rise = rise.0.as_f64(),
            Op::TextRenderingMode(mode) => self.state.mode = mode.0.as_i64(),
            Op::NextLine(by) => self.next_line(by.0.as_f64(), by.1.as_f64()),
            Op::NextLineAndSetLeading(by) => {
                self.state.leading = -by.1.as_f64();
                self.next_line(by.0.as_f64(), by.1.as_f64());
            }
            Op::NextLineUsingLeading(_) => self.next_line(0.0, -self.state.leading),
            Op::ShowText(text) => self.show(text.0.as_bytes()),
            Op::NextLineAndShowText(text) => {
                self.next_line(0.0, -self.state.leading);
                self.show(text.0.as_bytes());
            }
            Op::ShowTextWithParameters(text) => {
                self.state.word_space = text.0.as_f64();
                self.state.char_space = text.1.as_f64();
                self.next_line(0.0, -self.state.leading);
                self.show(text.2.as_bytes());
            }
            Op::ShowTexts(parts) => self.show_parts(parts.0),
            _ => {}
        }
    }

    fn set_matrix(&mut self, matrix: Affine) {
        self.text_matrix = matrix;
        self.line_matrix = matrix;
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.set_matrix(self.line_matrix * Affine::translate((x, y)));
    }

    fn show_parts(&mut self, parts: &Array<'_>) {
        for part in parts.iter::<Object<'_>>() {
            match part {
                Object::String(text) => self.show(text.as_bytes()),
                Object::Number(number) => {
                    let by = -number.as_f64() / 1000.0 * self.state.size * self.state.stretch;
                    self.text_matrix *= Affine::translate((by, 0.0));
                }
                _ => {}
            }
        }
    }

    fn show(&mut self, bytes: &[u8]) {
        if self.state.font.is_none() {
            self.state.font = self.fonts.fallback();
        }
        let State { size, char_space, word_space, stretch, rise, mode, .. } = self.state;
        let Some(font) = self.state.font.and_then(|font| self.fonts.get(font)) else { return };
        let artifact = self.marks.iter().any(|mark| matches!(mark, Mark::Artifact));
        let (horizontal, scale) = (font.is_horizontal(), font.scale);
        let style = Style { bold: font.style.bold || mode == 2, ..font.style };
        let mut at = 0;
        while at < bytes.len() {
            let (code, length) = font.read_code(bytes, at);
            at += length;
            let Letter { text, advance } = font.letter(code).clone();
            let transform = (self.state.ctm * self.text_matrix).as_coeffs();
            let along = (transform[0].hypot(transform[1])) as f32;
            let upwards = (transform[2].hypot(transform[3])) as f32;
            let wide = advance * size * stretch;
            let word_space = if code == 32 && length == 1 { word_space } else { 0.0 };
            let spacing = (char_space + word_space) * stretch;
            let glyph = Glyph {
                x: (transform[0] * 0.0 + transform[2] * rise + transform[4]) as f32,
                y: (transform[3] * rise + transform[5]) as f32,
                advance: along * wide as f32,
                size: upwards * (size * scale).abs() as f32,
                turn: turn(transform[0], transform[1]),
                unknown: text.is_none() && advance > 0.0,
                text,
                style,
                artifact,
            };
            if glyph.x.is_finite() && glyph.y.is_finite() && glyph.size.is_finite() && glyph.advance.is_finite() {
                push(&mut self.shown.glyphs, &mut self.marks, glyph);
            }
            let (x, y) = if horizontal { (wide + spacing, 0.0) } else { (0.0, -size + spacing) };
            self.text_matrix *= Affine::translate((x, y));
        }
    }

    fn mark(&mut self, tag: &Name<'_>, properties: Option<&Object<'_>>, resources: &Resources<'a>) {
        if self.marks.len() >= MOST_SAVED {
            return;
        }
        let text = |dict: &Dict<'_>| dict.get::<PdfString<'_>>(b"ActualText").map(|text| super::text(text.as_bytes()));
        let actual = match properties {
            Some(Object::Dict(dict)) => text(dict),
            Some(Object::Name(name)) => resources.properties.get::<Dict<'_>>(name).and_then(|dict| text(&dict)),
            _ => None,
        };
        self.marks.push(match (actual, tag.as_str()) {
            (Some(text), _) => Mark::Actual { text: Some(text), first: None },
            (None, "Artifact") => Mark::Artifact,
            _ => Mark::Plain,
        });
    }

    /// The first letter of a part with a text of its own reaches to the end of the last.
    fn end_mark(&mut self) {
        let Some(Mark::Actual { first: Some(first), .. }) = self.marks.pop() else { return };
        let Some(last) =
            self.shown.glyphs.last().filter(|last| last.turn == 0).map(|last| (last.x + last.advance, last.y))
        else {
            return;
        };
        if let Some(glyph) = self.shown.glyphs.get_mut(first)
            && (last.1 - glyph.y).abs() < glyph.size
            && last.0 > glyph.x
        {
            glyph.advance = last.0 - glyph.x;
        }
    }

    fn draw(&mut self, name: &Name<'_>, resources: &Resources<'a>) -> Result<(), Failure> {
        let Some(form) = resources.get_x_object(name) else {
            self.shown.is_whole &= !resources.x_objects.contains_key(name);
            return Ok(());
        };
        let dict = form.dict();
        let subtype = dict.get::<Name<'_>>(b"Subtype");
        let is = |kind: &str| subtype.as_ref().is_some_and(|subtype| subtype.as_str() == kind);
        self.shown.has_picture |= is("Image");
        if !is("Form") || self.depth >= DEEPEST {
            return Ok(());
        }
        let content = Stream::decoded_data(&form).unwrap_or_else(|_| {
            self.shown.is_whole = false;
            Cow::default()
        });
        self.take_inflated(content.len())?;
        self.pace.check_time()?;
        let own = dict.get::<Dict<'a>>(b"Resources").map(Resources::new);
        let outside = self.state.clone();
        let matrices = (self.text_matrix, self.line_matrix);
        if let Some(matrix) = dict.get::<[f64; 6]>(b"Matrix") {
            self.state.ctm *= Affine::new(matrix);
        }
        self.depth += 1;
        let result = self.run(TypedIter::new(&content), own.as_ref().unwrap_or(resources));
        self.depth -= 1;
        self.state = outside;
        (self.text_matrix, self.line_matrix) = matrices;
        result
    }
}

fn push(glyphs: &mut Vec<Glyph>, marks: &mut [Mark], mut glyph: Glyph) {
    let actual = marks.iter_mut().find_map(|mark| match mark {
        Mark::Actual { text, first } => Some((text, first)),
        _ => None,
    });
    if let Some((text, first)) = actual {
        glyph.unknown = false;
        glyph.text = text.take().map(Into::into);
        first.get_or_insert(glyphs.len());
    }
    glyphs.push(glyph);
}

fn turn(x: f64, y: f64) -> u8 {
    match (x.abs() >= y.abs(), x >= 0.0, y >= 0.0) {
        (true, true, _) => 0,
        (true, false, _) => 2,
        (false, _, true) => 1,
        (false, _, false) => 3,
    }
}
