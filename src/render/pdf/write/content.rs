//! The operations that paint a page.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, Color, DictItem, Line, LineDashPattern, LinePoint, Op, PaintMode, PdfFontHandle, Point,
    Polygon, PolygonRing, Pt, TextItem, TextMatrix, WindingOrder, XObjectId, XObjectTransform,
};

use crate::document::Rgb;
use crate::render::chart::{Outline, Shape, Stroke};

use super::super::page::{Element, Mark, Page};
use super::super::typeset::{self, EM, Run};
use super::LOGO;
use super::fonts::Subsets;

/// Pens that differ by less than this (thousandths of the size) are left alone.
const NEGLIGIBLE: f32 = 3.0;

/// The operations of a page, and the element each marked sequence belongs to, in order.
pub(super) fn ops(
    page: &Page,
    elements: &[Element],
    subsets: &Subsets,
    height: f32,
    logo: Option<(f32, f32)>,
) -> (Vec<Op>, Vec<usize>) {
    let mut painter = Painter { ops: Vec::new(), height, fill: None, stroke: None };
    let mut sequences = Vec::new();
    let mut open: Option<Option<usize>> = None;
    for placed in &page.marks {
        if open != Some(placed.element) {
            if open.is_some() {
                painter.ops.push(Op::EndMarkedContent);
            }
            open = Some(placed.element);
            match placed.element {
                Some(element) => {
                    let id = i64::try_from(sequences.len()).unwrap_or(0);
                    let properties = dictionary("MCID", DictItem::Int(id));
                    let tag = elements.get(element).map_or("Span", |element| element.role).to_owned();
                    painter.ops.push(Op::BeginMarkedContentWithProperties { tag, properties });
                    sequences.push(element);
                }
                None => painter.ops.push(Op::BeginMarkedContent { tag: "Artifact".to_owned() }),
            }
        }
        painter.paint(&placed.mark, subsets, logo);
    }
    if open.is_some() {
        painter.ops.push(Op::EndMarkedContent);
    }
    (painter.ops, sequences)
}

fn dictionary(key: &str, value: DictItem) -> DictItem {
    DictItem::Dict { map: BTreeMap::from([(key.to_owned(), value)]) }
}

struct Painter {
    ops: Vec<Op>,
    height: f32,
    fill: Option<Rgb>,
    stroke: Option<Stroke>,
}

impl Painter {
    fn paint(&mut self, mark: &Mark, subsets: &Subsets, logo: Option<(f32, f32)>) {
        match mark {
            Mark::Text { x, y, size, colour, line } => self.text((*x, *y), *size, *colour, line, subsets),
            Mark::Shape { x, y, shape } => self.shape((*x, *y), shape),
            Mark::Logo { x, y, width, height } => {
                if let Some((wide, high)) = logo {
                    let transform = XObjectTransform {
                        translate_x: Some(Pt(*x)),
                        translate_y: Some(Pt(self.height - y - height)),
                        scale_x: Some(width / wide),
                        scale_y: Some(height / high),
                        dpi: Some(72.0),
                        ..XObjectTransform::default()
                    };
                    self.ops.push(Op::UseXobject { id: XObjectId(LOGO.to_owned()), transform });
                }
            }
        }
    }

    /// A point from the upper left, in hundredths.
    fn point(&self, (x, y): (f32, f32)) -> Point {
        Point { x: Pt(rounded(x)), y: Pt(rounded(self.height - y)) }
    }

    fn filled(&mut self, colour: Rgb) {
        if self.fill != Some(colour) {
            self.fill = Some(colour);
            self.ops.push(Op::SetFillColor { col: ink(colour) });
        }
    }

    fn stroked(&mut self, stroke: Stroke) {
        let before = self.stroke.replace(stroke);
        if before.is_none_or(|before| before.colour != stroke.colour) {
            self.ops.push(Op::SetOutlineColor { col: ink(stroke.colour) });
        }
        #[expect(clippy::float_cmp, reason = "the same constant")]
        if before.is_none_or(|before| before.width != stroke.width) {
            self.ops.push(Op::SetOutlineThickness { pt: Pt(stroke.width) });
        }
        if before.map_or(stroke.dash.is_some(), |before| before.dash != stroke.dash) {
            let pattern = stroke.dash.map_or_else(Vec::new, |(dash, gap)| vec![dash, gap]);
            self.ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &pattern) });
        }
    }

    fn text(&mut self, (x, y): (f32, f32), size: f32, colour: Rgb, line: &typeset::Line, subsets: &Subsets) {
        self.filled(colour);
        for run in &line.runs {
            self.run((x, y), size, run, subsets);
        }
    }

    /// Shows the glyphs of a run. Where they do not map to its text one by one (right to left, joined
    /// or stacked letters), the text goes along for those who copy or listen.
    fn run(&mut self, (x, y): (f32, f32), size: f32, run: &Run, subsets: &Subsets) {
        let Some(first) = run.glyphs.first() else { return };
        let Some(subset) = subsets.get(run.font) else {
            // A font without outlines to embed: a visible box for each glyph.
            self.spoken(&run.text);
            for glyph in run.glyphs.iter().filter(|glyph| !glyph.text.trim().is_empty()) {
                let (left, wide) = (x + glyph.x * size / EM, size * 0.62);
                let stroke = self.fill.map(|colour| Stroke::solid(colour, 0.5));
                let outline =
                    Outline::Rectangle { x: left + 0.4, y: y - size * 0.7, width: wide, height: size * 0.7 };
                self.shape((0.0, 0.0), &Shape { outline, fill: None, stroke });
            }
            self.ops.push(Op::EndMarkedContent);
            return;
        };
        let known = |glyph: &typeset::Glyph| subset.glyph(glyph.id);
        let one_to_one = run.plain
            && run.glyphs.iter().all(|glyph| known(glyph).is_some_and(|used| used.text == glyph.text));
        if !one_to_one {
            self.spoken(&run.text);
        }
        self.ops.push(Op::StartTextSection);
        self.ops
            .push(Op::SetFont { font: PdfFontHandle::External(subset.id.clone()), size: Pt(rounded(size)) });
        let mut start = first;
        let mut items = Vec::with_capacity(run.glyphs.len());
        let mut pen = first.x;
        for (index, glyph) in run.glyphs.iter().enumerate() {
            let Some(used) = known(glyph) else { continue };
            #[expect(clippy::float_cmp, reason = "zero or a shift the font asks for")]
            if glyph.y != start.y {
                self.show((x, y), size, start, &mut items);
                (start, pen) = (glyph, glyph.x);
            }
            #[expect(clippy::cast_precision_loss, reason = "widths are small")]
            let natural = pen + used.advance as f32;
            let next = run.glyphs.get(index + 1).map_or(natural, |next| next.x);
            let off = natural - next;
            let offset = if off.abs() >= NEGLIGIBLE { off.round() } else { 0.0 };
            items.push(Codepoint::with_cid(used.code, offset, used.text.clone()));
            pen = natural - offset;
        }
        self.show((x, y), size, start, &mut items);
        self.ops.push(Op::EndTextSection);
        if !one_to_one {
            self.ops.push(Op::EndMarkedContent);
        }
    }

    fn show(&mut self, (x, y): (f32, f32), size: f32, start: &typeset::Glyph, items: &mut Vec<Codepoint>) {
        if items.is_empty() {
            return;
        }
        let at = self.point((x + start.x * size / EM, y - start.y * size / EM));
        self.ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(at.x, at.y) });
        self.ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(std::mem::take(items))] });
    }

    /// Begins a sequence that stands for a text.
    fn spoken(&mut self, text: &str) {
        let data = [0xFE, 0xFF].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes)).collect();
        let properties = dictionary("ActualText", DictItem::String { data, literal: false });
        self.ops.push(Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties });
    }

    fn shape(&mut self, (dx, dy): (f32, f32), shape: &Shape) {
        if let Some(colour) = shape.fill {
            self.filled(colour);
        }
        if let Some(stroke) = shape.stroke {
            self.stroked(stroke);
        }
        let (points, closed) = match &shape.outline {
            Outline::Path { points, closed } => {
                (points.iter().map(|(x, y)| corner(self.point((x + dx, y + dy)))).collect(), *closed)
            }
            Outline::Rectangle { x, y, width, height } => {
                let (left, top, right, bottom) = (x + dx, y + dy, x + dx + width, y + dy + height);
                let corners = [(left, top), (right, top), (right, bottom), (left, bottom)];
                (corners.into_iter().map(|place| corner(self.point(place))).collect(), true)
            }
            Outline::Circle { x, y, radius } => (self.circle((x + dx, y + dy), *radius), true),
        };
        let points: Vec<LinePoint> = points;
        if points.len() < 2 {
            return;
        }
        let mode = match (shape.fill, shape.stroke) {
            (Some(_), Some(_)) => PaintMode::FillStroke,
            (Some(_), None) => PaintMode::Fill,
            (None, Some(_)) => {
                self.ops.push(Op::DrawLine { line: Line { points, is_closed: closed } });
                return;
            }
            (None, None) => return,
        };
        let rings = vec![PolygonRing { points }];
        let polygon = Polygon { rings, mode, winding_order: WindingOrder::NonZero };
        self.ops.push(Op::DrawPolygon { polygon });
    }

    /// Four cubic curves that differ from the circle by less than a thousandth.
    fn circle(&self, (x, y): (f32, f32), r: f32) -> Vec<LinePoint> {
        let k = r * 0.552_285;
        let mut points = vec![corner(self.point((x + r, y)))];
        for [a, b, end] in [
            [(x + r, y + k), (x + k, y + r), (x, y + r)],
            [(x - k, y + r), (x - r, y + k), (x - r, y)],
            [(x - r, y - k), (x - k, y - r), (x, y - r)],
            [(x + k, y - r), (x + r, y - k), (x + r, y)],
        ] {
            points.push(LinePoint { p: self.point(a), bezier: true });
            points.push(LinePoint { p: self.point(b), bezier: true });
            points.push(corner(self.point(end)));
        }
        points
    }
}

const fn corner(p: Point) -> LinePoint {
    LinePoint { p, bezier: false }
}

fn rounded(value: f32) -> f32 {
    (value * 100.0).round() / 100.0
}

fn ink(Rgb(red, green, blue): Rgb) -> Color {
    let part = |part: u8| (f32::from(part) / 255.0 * 1000.0).round() / 1000.0;
    Color::Rgb(printpdf::Rgb { r: part(red), g: part(green), b: part(blue), icc_profile: None })
}
