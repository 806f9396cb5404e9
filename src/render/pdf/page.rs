//! Pages of placed marks, and the tree that says what the marks are.

use std::collections::BTreeSet;
use std::rc::Rc;

use crate::document::Rgb;
use crate::render::chart::{Shape, Stroke};

use super::typeset::Line;

/// A laid out document.
#[derive(Debug, Default)]
pub(super) struct Pages {
    /// In order.
    pub(super) list: Vec<Page>,
    /// What the marks are, for assistive technology.
    pub(super) elements: Vec<Element>,
    /// Where sections begin: title, page, distance from its top.
    pub(super) bookmarks: Vec<(String, usize, f32)>,
}

impl Pages {
    /// The characters on them that no font has.
    pub(super) fn without_glyph(&self) -> BTreeSet<char> {
        let marks = self.list.iter().flat_map(|page| &page.marks);
        let lines = marks.filter_map(|placed| match &placed.mark {
            Mark::Text { line, .. } => Some(line),
            _ => None,
        });
        lines.flat_map(|line| line.without_glyph()).collect()
    }
}

/// One page.
#[derive(Debug, Default)]
pub(super) struct Page {
    /// In the order of reading.
    pub(super) marks: Vec<Placed>,
    /// Under the marks.
    pub(super) rules: Vec<Rule>,
}

/// A horizontal rule; decoration, not content.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rule {
    /// Left and right end.
    pub(super) span: (f32, f32),
    /// From the top of the page.
    pub(super) y: f32,
    /// Colour and width.
    pub(super) stroke: Stroke,
}

/// A mark and the element it belongs to; no element for headers, footers and rules.
#[derive(Debug)]
pub(super) struct Placed {
    /// Index into [`Pages::elements`].
    pub(super) element: Option<usize>,
    /// What is painted.
    pub(super) mark: Mark,
}

/// What is painted, in points from the page's upper left corner.
#[derive(Debug)]
pub(super) enum Mark {
    /// A line of text: left end, baseline.
    Text {
        /// Left end.
        x: f32,
        /// Baseline.
        y: f32,
        /// Size.
        size: f32,
        /// Colour.
        colour: Rgb,
        /// Glyphs.
        line: Rc<Line>,
    },
    /// A line or area, moved by this much.
    Shape {
        /// Right.
        x: f32,
        /// Down.
        y: f32,
        /// Form and paint.
        shape: Shape,
    },
    /// The logo: left, top, width, height.
    Logo {
        /// Left.
        x: f32,
        /// Top.
        y: f32,
        /// Width.
        width: f32,
        /// Height.
        height: f32,
    },
}

/// A structure element of a tagged PDF (ISO 32000-1, 14.8.4).
#[derive(Debug)]
pub(super) struct Element {
    /// `P`, `H1`, `Table`, `TR`, `TD`, `Figure`, ...
    pub(super) role: &'static str,
    /// The element it is in; `None` for those directly in the document.
    pub(super) parent: Option<usize>,
    /// What a figure shows, in words.
    pub(super) alt: Option<String>,
}

impl Page {
    /// The lines of text on the page, in the order of reading.
    #[cfg(test)]
    pub(super) fn texts(&self) -> Vec<String> {
        let lines = self.marks.iter().filter_map(|placed| match &placed.mark {
            Mark::Text { line, .. } => Some(line.text()),
            _ => None,
        });
        lines.collect()
    }
}
