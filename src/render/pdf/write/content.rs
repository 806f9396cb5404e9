//! The operators that paint a page (ISO 32000-1, 8 and 9).
//!
//! Written as bytes: printpdf's operations hold a string and a vector for every glyph, which took
//! several times as long as all else that is done for a page.

mod path;

use crate::document::Rgb;
use crate::render::chart::{Outline, Shape, Stroke};

use self::path::Joins;
use super::super::page::{Element, Mark, Page, Placed};
use super::super::typeset::{EM, Glyph, Line, Run};
use super::LOGO;
use super::fonts::{Codes, Subset, Subsets};
use super::syntax::{count, fixed, in_parentheses, integer, text};

/// Pens that differ by less than this (thousandths of the size) are left alone.
const NEGLIGIBLE: f32 = 3.0;

/// The operators of a page, and the element each marked sequence belongs to, in order.
pub(super) fn paint(
    page: &Page,
    elements: &[Element],
    subsets: &Subsets,
    height: f32,
) -> (Vec<u8>, Vec<usize>) {
    let mut painter = Painter::new(subsets, height);
    let mut sequences = Vec::new();
    painter.rules(&page.rules);
    for marks in page.marks.chunk_by(|a, b| a.element == b.element) {
        // A sequence lies within a text object or around whole ones (14.6): one of text alone goes into
        // the text object at hand.
        if marks.iter().all(|placed| painter.is_text(placed)) {
            painter.begin_text();
        } else {
            painter.end_text();
        }
        match marks[0].element {
            Some(element) => {
                painter.out.push(b'/');
                painter.out.extend_from_slice(elements.get(element).map_or("Span", |e| e.role).as_bytes());
                painter.out.extend_from_slice(b"<</MCID ");
                count(&mut painter.out, sequences.len());
                painter.operator(">>BDC");
                sequences.push(element);
            }
            None => painter.operator("/Artifact BMC"),
        }
        let within = painter.origin.is_some();
        for placed in marks {
            painter.paint(&placed.mark);
        }
        painter.end_path();
        if !within {
            painter.end_text();
        }
        painter.operator("EMC");
    }
    painter.end_text();
    (painter.out, sequences)
}

struct Painter<'a> {
    out: Vec<u8>,
    subsets: &'a Subsets,
    height: f32,
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
    /// The font and its size in hundredths.
    font: Option<(usize, i64)>,
    /// In a text object: where its line begins, in hundredths.
    origin: Option<(i64, i64)>,
    /// A path that is not painted yet: what paints it and what may join it.
    path: Option<(&'static str, Joins)>,
}

impl<'a> Painter<'a> {
    fn new(subsets: &'a Subsets, height: f32) -> Self {
        let out = Vec::with_capacity(32_768);
        Self { out, subsets, height, fill: None, stroke: None, font: None, origin: None, path: None }
    }

    fn paint(&mut self, mark: &Mark) {
        match mark {
            Mark::Text { x, y, size, colour, line } => self.text((*x, *y), *size, *colour, line),
            Mark::Shape { x, y, shape } => {
                self.end_text();
                self.shape((*x, *y), shape);
            }
            Mark::Logo { x, y, width, height } => {
                self.end_text();
                self.end_path();
                self.out.extend_from_slice(b"q ");
                for operand in [*width, 0.0, 0.0, *height, *x, self.height - y - height] {
                    self.operand(operand, 3);
                }
                self.out.extend_from_slice(b"cm/");
                self.out.extend_from_slice(LOGO.as_bytes());
                self.operator(" Do Q");
            }
        }
    }

    /// Whether a mark is painted by text operators alone.
    fn is_text(&self, placed: &Placed) -> bool {
        match &placed.mark {
            Mark::Text { line, .. } => line.runs.iter().all(|run| self.subsets.get(run.font).is_some()),
            Mark::Shape { .. } | Mark::Logo { .. } => false,
        }
    }

    fn operator(&mut self, operator: &str) {
        self.out.extend_from_slice(operator.as_bytes());
        self.out.push(b'\n');
    }

    fn operand(&mut self, number: f32, places: usize) {
        let scale = [1.0, 10.0, 100.0, 1000.0][places.min(3)];
        fixed(&mut self.out, whole(number * scale), places);
        self.out.push(b' ');
    }

    /// A point from the upper left, in hundredths from the lower left.
    fn place(&self, (x, y): (f32, f32)) -> (i64, i64) {
        (whole(x * 100.0), whole((self.height - y) * 100.0))
    }

    fn point(&mut self, place: (i64, i64), operator: &str) {
        fixed(&mut self.out, place.0, 2);
        self.out.push(b' ');
        fixed(&mut self.out, place.1, 2);
        self.out.push(b' ');
        self.operator(operator);
    }

    fn colour(&mut self, Rgb(red, green, blue): Rgb, operator: &str) {
        for part in [red, green, blue] {
            self.operand(f32::from(part) / 255.0, 3);
        }
        self.operator(operator);
    }

    fn filled(&mut self, colour: Rgb) {
        if self.fill != Some(colour) {
            self.end_path();
            self.fill = Some(colour);
            self.colour(colour, "rg");
        }
    }

    fn stroked(&mut self, stroke: Stroke) {
        if self.stroke == Some(stroke) {
            return;
        }
        self.end_path();
        let before = self.stroke.replace(stroke);
        if before.is_none_or(|before| before.colour != stroke.colour) {
            self.colour(stroke.colour, "RG");
        }
        #[expect(clippy::float_cmp, reason = "the same constant")]
        if before.is_none_or(|before| before.width != stroke.width) {
            self.operand(stroke.width, 3);
            self.operator("w");
        }
        if before.map_or(stroke.dash.is_some(), |before| before.dash != stroke.dash) {
            self.out.push(b'[');
            if let Some((dash, gap)) = stroke.dash {
                self.operand(dash, 3);
                self.operand(gap, 3);
            }
            self.operator("]0 d");
        }
    }

    fn begin_text(&mut self) {
        if self.origin.is_none() {
            self.origin = Some((0, 0));
            self.operator("BT");
        }
    }

    fn end_text(&mut self) {
        if self.origin.take().is_some() {
            self.operator("ET");
        }
    }

    fn text(&mut self, at: (f32, f32), size: f32, colour: Rgb, line: &Line) {
        self.end_path();
        self.filled(colour);
        let subsets = self.subsets;
        for run in &line.runs {
            match subsets.get(run.font) {
                Some(subset) => self.run(at, size, run, subset),
                None => self.boxes(at, size, run),
            }
        }
    }

    /// Shows the glyphs of a run. Where they do not map to its text one by one (right to left, joined
    /// or stacked letters), the text goes along for those who copy or listen.
    fn run(&mut self, at: (f32, f32), size: f32, run: &Run, subset: &Subset) {
        self.begin_text();
        let one_to_one = subset.spells(run);
        if !one_to_one {
            self.spoken(&run.text);
        }
        let font = (run.font, whole(size * 100.0));
        if self.font.replace(font) != Some(font) {
            self.out.push(b'/');
            self.out.extend_from_slice(subset.name().as_bytes());
            self.out.push(b' ');
            fixed(&mut self.out, font.1, 2);
            self.operator(" Tf");
        }
        #[expect(clippy::float_cmp, reason = "zero or a shift the font asks for")]
        for level in run.glyphs.chunk_by(|a, b| a.y == b.y) {
            self.show(at, size, level, subset);
        }
        if !one_to_one {
            self.operator("EMC");
        }
    }

    /// Shows glyphs that stand on one level.
    fn show(&mut self, (x, y): (f32, f32), size: f32, glyphs: &[Glyph], subset: &Subset) {
        let start = &glyphs[0];
        let place = tenths(self.place((x + start.x * size / EM, y - start.y * size / EM)));
        let origin = self.origin.replace(place).unwrap_or_default();
        self.point((place.0 - origin.0, place.1 - origin.1), "Td");
        let begin = self.out.len();
        self.out.push(b'(');
        let pairs = subset.codes() == Codes::Pairs;
        let mut pen = start.x;
        let mut kerned = false;
        for (index, glyph) in glyphs.iter().enumerate() {
            let Some(used) = subset.pen(glyph.id) else { continue };
            let [high, low] = used.code.to_be_bytes();
            if pairs {
                in_parentheses(&mut self.out, high);
            }
            in_parentheses(&mut self.out, low);
            let Some(next) = glyphs.get(index + 1) else { continue };
            let natural = pen + used.advance;
            let off = natural - next.x;
            pen = natural;
            if off.abs() >= NEGLIGIBLE {
                kerned = true;
                pen -= off.round();
                self.out.push(b')');
                integer(&mut self.out, whole(off));
                self.out.push(b'(');
            }
        }
        if kerned {
            self.out.insert(begin, b'[');
            self.operator(")]TJ");
        } else {
            self.operator(")Tj");
        }
    }

    /// A font without outlines to embed: a visible box for each glyph.
    fn boxes(&mut self, (x, y): (f32, f32), size: f32, run: &Run) {
        self.end_text();
        self.spoken(&run.text);
        for glyph in run.glyphs.iter().filter(|glyph| !run.said(glyph).trim().is_empty()) {
            let (left, width, height) = (x + glyph.x * size / EM + 0.4, size * 0.62, size * 0.7);
            let stroke = self.fill.map(|colour| Stroke::solid(colour, 0.5));
            let outline = Outline::Rectangle { x: left, y: y - height, width, height };
            self.shape((0.0, 0.0), &Shape { outline, fill: None, stroke });
        }
        self.end_path();
        self.operator("EMC");
    }

    /// Begins a sequence that stands for a text.
    fn spoken(&mut self, said: &str) {
        self.out.extend_from_slice(b"/Span<</ActualText");
        text(&mut self.out, said);
        self.operator(">>BDC");
    }
}

/// A place in whole tenths of a point: no eye and no printer tells text apart that is off by less, and a page is
/// full of such places.
fn tenths((x, y): (i64, i64)) -> (i64, i64) {
    let tenths = |hundredths: i64| (hundredths + 5).div_euclid(10) * 10;
    (tenths(x), tenths(y))
}

/// The nearest whole number, as `f32::round` has it: to add a half is exact in `f64`, and takes no call.
fn whole(number: f32) -> i64 {
    let number = f64::from(number);
    #[expect(clippy::cast_possible_truncation, reason = "places on a page; a cast never wraps")]
    let whole = (number + 0.5_f64.copysign(number)) as i64;
    whole
}
