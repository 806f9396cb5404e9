//! The look: sizes, leadings and distances, on a grid of four points.

use crate::document::PageSize;

use super::typeset::Face;

/// Left and right margin.
pub(super) const SIDE: f32 = 48.0;

/// Where the text begins on pages with a running head.
pub(super) const TOP: f32 = 72.0;

/// The text ends this far above the foot of the page.
pub(super) const BOTTOM: f32 = 52.0;

/// Between blocks.
pub(super) const GAP: f32 = 12.0;

/// A way to set text: face, size and distance of its baselines.
#[derive(Clone, Copy, Debug)]
pub(super) struct Style {
    /// Weight and figures.
    pub(super) face: Face,
    /// Size.
    pub(super) size: f32,
    /// Height of a line.
    pub(super) leading: f32,
}

const fn style(face: Face, size: f32, leading: f32) -> Style {
    Style { face, size, leading }
}

/// The document's title on page 1.
pub(super) const TITLE: Style = style(Face::BOLD, 21.0, 26.0);
/// A section's title.
pub(super) const SECTION: Style = style(Face::BOLD, 15.0, 20.0);
/// A heading within a section.
pub(super) const HEADING: Style = style(Face::BOLD, 10.0, 14.0);
/// A caption over a table or chart, a list's title.
pub(super) const CAPTION: Style = style(Face::BOLD, 8.0, 12.0);
/// Running text.
pub(super) const BODY: Style = style(Face::TEXT, 8.8, 13.2);
/// Caveats and footnotes.
pub(super) const NOTE: Style = style(Face::TEXT, 7.0, 10.0);
/// Cells of a table.
pub(super) const CELL: Style = style(Face::FIGURES, 7.6, 10.4);
/// Heads of columns.
pub(super) const HEAD: Style = style(Face::BOLD, 6.8, 9.0);
/// Labels of tiles and facts.
pub(super) const LABEL: Style = style(Face::TEXT, 6.8, 9.2);
/// The large value of a tile.
pub(super) const FIGURE: Style = style(Face::BOLD_FIGURES, 14.5, 19.0);
/// Items of lists.
pub(super) const ITEM: Style = style(Face::FIGURES, 7.8, 10.8);
/// Running head and foot.
pub(super) const RUNNING: Style = style(Face::FIGURES, 7.0, 9.0);

/// The baseline of a line whose box begins at `top`: capitals stand in its middle.
pub(super) fn baseline(style: Style, top: f32) -> f32 {
    top + style.leading / 2.0 + style.size * 0.3636
}

/// Width and height of a page in points.
pub(super) const fn page(size: PageSize) -> (f32, f32) {
    match size {
        PageSize::A4 => (595.276, 841.89),
        PageSize::Letter => (612.0, 792.0),
    }
}
