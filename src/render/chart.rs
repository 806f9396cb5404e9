//! Charts as scenes of primitives: where every line, shape and word of a chart lies.
//!
//! A scene knows nothing of a page or a file; it is measured in points from its upper left corner,
//! downwards, and asks a [`Measure`] how wide a word is.

mod axis;
mod bars;
mod bullets;
mod bullseye;
mod gantt;
mod heat;
mod histogram;
mod lines;
mod matrix;
mod place;
mod quadrants;
mod scatter;
mod waterfall;

use crate::document::{Chart, Format, Plot, Rgb, Role, Theme};

pub(super) use gantt::rows_that_fit;
pub(super) use heat::inks;

/// What a chart may draw: a shape or a word.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Mark {
    /// A line or area.
    Shape(Shape),
    /// A word.
    Label(Label),
}

/// A line or area.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    /// Its form.
    pub(super) outline: Outline,
    /// The colour inside.
    pub(super) fill: Option<Rgb>,
    /// The line along the outline.
    pub(super) stroke: Option<Stroke>,
}

/// A form.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Outline {
    /// Straight pieces through these points.
    Path {
        /// The corners.
        points: Vec<(f32, f32)>,
        /// Whether the last joins the first.
        closed: bool,
    },
    /// An upright rectangle.
    Rectangle {
        /// Left.
        x: f32,
        /// Top.
        y: f32,
        /// To the right.
        width: f32,
        /// Downwards.
        height: f32,
    },
    /// A circle.
    Circle {
        /// Centre.
        x: f32,
        /// Centre.
        y: f32,
        /// Radius.
        radius: f32,
    },
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    /// Its colour.
    pub(super) colour: Rgb,
    /// Its width.
    pub(super) width: f32,
    /// Length of dashes and gaps.
    pub(super) dash: Option<(f32, f32)>,
}

/// A word.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Label {
    /// Where it is anchored.
    pub(super) x: f32,
    /// Its baseline.
    pub(super) y: f32,
    /// What it says.
    pub(super) text: String,
    /// Size.
    pub(super) size: f32,
    /// Semi-bold.
    pub(super) bold: bool,
    /// Colour.
    pub(super) colour: Rgb,
    /// Which part of it lies at `x`.
    pub(super) anchor: Anchor,
    /// Cut with an ellipsis where it is wider.
    pub(super) most: Option<f32>,
}

/// Which part of a word lies at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// How wide a text is: text, size, semi-bold.
pub(super) type Measure<'a> = dyn FnMut(&str, f32, bool) -> f32 + 'a;

/// Where a chart is drawn and by what.
pub(super) struct Frame<'a> {
    /// Its width.
    pub(super) width: f32,
    /// Its height.
    pub(super) height: f32,
    /// Colours.
    pub(super) theme: &'a Theme,
    /// How quantities are written.
    pub(super) format: &'a Format,
    /// How wide a text is.
    pub(super) measure: &'a mut Measure<'a>,
}

/// Size of the words in a chart.
pub(super) const TEXT: f32 = 6.8;

/// The colour of the paper: rims of dots, cuts through bars.
const WHITE: Rgb = Rgb(255, 255, 255);

/// Marks of one chart, in the order they are painted.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    /// What is drawn.
    pub(super) marks: Vec<Mark>,
}

impl Scene {
    fn line(&mut self, from: (f32, f32), to: (f32, f32), stroke: Stroke) {
        self.path(vec![from, to], stroke);
    }

    fn path(&mut self, points: Vec<(f32, f32)>, stroke: Stroke) {
        let outline = Outline::Path { points, closed: false };
        self.marks.push(Mark::Shape(Shape { outline, fill: None, stroke: Some(stroke) }));
    }

    fn area(&mut self, points: Vec<(f32, f32)>, fill: Rgb) {
        let outline = Outline::Path { points, closed: true };
        self.marks.push(Mark::Shape(Shape { outline, fill: Some(fill), stroke: None }));
    }

    fn rectangle(&mut self, x: f32, y: f32, width: f32, height: f32, fill: Rgb) {
        let outline = Outline::Rectangle { x, y, width, height };
        self.marks.push(Mark::Shape(Shape { outline, fill: Some(fill), stroke: None }));
    }

    fn dot(&mut self, (x, y): (f32, f32), radius: f32, fill: Rgb, stroke: Option<Stroke>) {
        let outline = Outline::Circle { x, y, radius };
        self.marks.push(Mark::Shape(Shape { outline, fill: Some(fill), stroke }));
    }

    fn label(&mut self, label: Label) {
        self.marks.push(Mark::Label(label));
    }
}

impl Label {
    /// A word in the charts' size.
    pub(super) fn new((x, y): (f32, f32), text: impl Into<String>, colour: Rgb, anchor: Anchor) -> Self {
        Self { x, y, text: text.into(), size: TEXT, bold: false, colour, anchor, most: None }
    }

    /// Semi-bold.
    pub(super) fn bold(self) -> Self {
        self.bold_if(true)
    }

    /// Semi-bold where it is to stand out.
    fn bold_if(mut self, bold: bool) -> Self {
        self.bold = bold;
        self
    }

    /// In another size.
    pub(super) fn size(mut self, size: f32) -> Self {
        self.size = size;
        self
    }

    /// Cut where it is wider than this.
    pub(super) fn most(mut self, width: f32) -> Self {
        self.most = Some(width);
        self
    }
}

impl Stroke {
    /// A solid line.
    pub(super) const fn solid(colour: Rgb, width: f32) -> Self {
        Self { colour, width, dash: None }
    }

    /// A dashed line.
    pub(super) const fn dashed(colour: Rgb, width: f32, dash: (f32, f32)) -> Self {
        Self { colour, width, dash: Some(dash) }
    }
}

/// A colour mixed with white: `share` of it is left. Tints instead of transparency print everywhere.
pub(super) fn tint(colour: Rgb, share: f32) -> Rgb {
    let mix = |part: u8| {
        let mixed = 255.0 - (255.0 - f32::from(part)) * share.clamp(0.0, 1.0);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
        let part = mixed.round() as u8;
        part
    };
    Rgb(mix(colour.0), mix(colour.1), mix(colour.2))
}

/// A colour for words: a little darker than for lines and areas, so that it can be read.
fn shade(colour: Rgb) -> Rgb {
    let dark = |part: u8| u8::try_from(u32::from(part) * 4 / 5).unwrap_or(part);
    Rgb(dark(colour.0), dark(colour.1), dark(colour.2))
}

/// The colour a role is drawn in.
pub(super) fn role_colour(role: Role, theme: &Theme) -> Rgb {
    match role {
        Role::Planned | Role::Forecast => theme.accent,
        Role::Earned => theme.green,
        Role::Actual => theme.red,
        Role::Other => theme.muted,
    }
}

/// The height a chart likes best at a width.
pub(super) fn height(chart: &Chart, width: f32) -> f32 {
    match &chart.plot {
        Plot::Lines(_) => (width * 0.34).clamp(140.0, 175.0),
        Plot::Bars(bars) => bars::height(bars),
        Plot::Gantt(gantt) => gantt::height(gantt.rows.len()),
        Plot::BullsEye(_) => 225.0,
        Plot::Matrix(_) => matrix::height(),
        Plot::Histogram(_) => (width * 0.3).clamp(125.0, 155.0),
        Plot::Scatter(_) => (width * 0.42).clamp(170.0, 215.0),
        Plot::Waterfall(waterfall) => waterfall::height(waterfall),
        Plot::Quadrants(quadrants) => quadrants::height(quadrants, width),
        Plot::Bullets(bullets) => bullets::height(bullets),
        Plot::HeatMap(map) => heat::height(map),
    }
}

/// The height a chart may shrink to before it goes to the next page: what can still be read of it.
pub(super) fn least_height(chart: &Chart, width: f32) -> f32 {
    let share = match &chart.plot {
        Plot::Lines(_) | Plot::Histogram(_) | Plot::Scatter(_) => 0.75,
        Plot::BullsEye(_) => 0.8,
        Plot::Matrix(_) | Plot::Quadrants(_) | Plot::Bullets(_) => 0.88,
        Plot::Bars(_) | Plot::Gantt(_) | Plot::Waterfall(_) | Plot::HeatMap(_) => 1.0,
    };
    height(chart, width) * share
}

/// Whether a chart can be read in half of the width, beside another.
pub(super) fn is_narrow(chart: &Chart) -> bool {
    match &chart.plot {
        Plot::Lines(lines) => lines.series.len() <= 4 && lines.levels.iter().all(|(_, name)| name.is_empty()),
        Plot::Histogram(_) => true,
        Plot::Bars(bars) => bars.categories.len() <= 6,
        _ => false,
    }
}

/// Draws a chart into a frame. A Gantt shows the rows from `first` that fit.
pub(super) fn scene(chart: &Chart, frame: &mut Frame<'_>, first: usize) -> Scene {
    match &chart.plot {
        Plot::Lines(lines) => lines::scene(lines, frame),
        Plot::Bars(bars) => bars::scene(bars, frame),
        Plot::Gantt(gantt) => gantt::scene(gantt, frame, first),
        Plot::BullsEye(bullseye) => bullseye::scene(bullseye, frame),
        Plot::Matrix(matrix) => matrix::scene(matrix, frame),
        Plot::Histogram(histogram) => histogram::scene(histogram, frame),
        Plot::Scatter(scatter) => scatter::scene(scatter, frame),
        Plot::Waterfall(waterfall) => waterfall::scene(waterfall, frame),
        Plot::Quadrants(quadrants) => quadrants::scene(quadrants, frame),
        Plot::Bullets(bullets) => bullets::scene(bullets, frame),
        Plot::HeatMap(map) => heat::scene(map, frame),
    }
}

/// The height of so many rows of a Gantt.
pub(super) fn rows_height(rows: usize) -> f32 {
    gantt::height(rows)
}
