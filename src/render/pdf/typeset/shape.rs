//! Shaping by parley: any script, line breaking, bidi, and the system's fonts where ours lack a glyph.

use std::sync::{Arc, LazyLock};

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    FontContext, FontData, FontFamily, FontFeatures, FontWeight, Layout, LayoutContext, StyleProperty,
};

use super::Face;
use super::line::{EM, Glyph, Line, Run};

/// The family the program carries with it: Latin, Greek and Cyrillic. See `templates/fonts/OFL.txt`.
const FAMILY: &str = "Inter";

/// The faces of [`FAMILY`]; loaded once a process, shared by all threads.
static EMBEDDED: LazyLock<[Blob<u8>; 2]> = LazyLock::new(|| {
    [
        Blob::new(Arc::new(&include_bytes!("../../../../templates/fonts/Inter-Regular.otf")[..])),
        Blob::new(Arc::new(&include_bytes!("../../../../templates/fonts/Inter-SemiBold.otf")[..])),
    ]
});

/// Shapes text, remembering nothing but the fonts it met.
pub(in crate::render::pdf) struct Shaper {
    embedded: FontContext,
    system: Option<FontContext>,
    scratch: LayoutContext<()>,
    fonts: Vec<FontData>,
}

impl Shaper {
    /// Knows the embedded faces; the system's fonts are asked when they lack a glyph.
    pub(super) fn new() -> Self {
        Self {
            embedded: faces(false),
            system: None,
            scratch: LayoutContext::new(),
            fonts: EMBEDDED.iter().map(|blob| FontData::new(blob.clone(), 0)).collect(),
        }
    }

    /// A font by the index in [`Run::font`].
    pub(in crate::render::pdf) fn font(&self, index: usize) -> Option<&FontData> {
        self.fonts.get(index)
    }

    /// A text laid out, and as one line.
    pub(super) fn shape(&mut self, text: &str, face: Face) -> (Layout<()>, Line) {
        let mut layout = build(&mut self.scratch, &mut self.embedded, text, face);
        let mut line = whole(&mut layout, text, &mut self.fonts);
        if line.runs.iter().flat_map(|run| &run.glyphs).any(|glyph| glyph.id == 0) {
            let system = self.system.get_or_insert_with(|| faces(true));
            layout = build(&mut self.scratch, system, text, face);
            line = whole(&mut layout, text, &mut self.fonts);
        }
        (layout, line)
    }

    /// Takes the glyphs of a line out of its layout.
    pub(super) fn extract(&mut self, line: &parley::Line<'_, ()>, text: &str) -> Line {
        extract(line, text, &mut self.fonts)
    }
}

/// The embedded faces, with or without the system's behind them.
fn faces(system_fonts: bool) -> FontContext {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts });
    for face in EMBEDDED.iter() {
        collection.register_fonts(face.clone(), None);
    }
    FontContext { collection, source_cache: SourceCache::default() }
}

fn build(scratch: &mut LayoutContext<()>, fonts: &mut FontContext, text: &str, face: Face) -> Layout<()> {
    let mut builder = scratch.ranged_builder(fonts, text, 1.0, false);
    builder.push_default(StyleProperty::FontFamily(FontFamily::named(FAMILY)));
    builder.push_default(StyleProperty::FontSize(EM));
    builder.push_default(StyleProperty::FontFeatures(FontFeatures::from(face.features())));
    builder.push_default(StyleProperty::OverflowWrap(parley::OverflowWrap::Anywhere));
    if face.bold {
        builder.push_default(StyleProperty::FontWeight(FontWeight::SEMI_BOLD));
    }
    builder.build(text)
}

/// The layout as one line.
fn whole(layout: &mut Layout<()>, text: &str, fonts: &mut Vec<FontData>) -> Line {
    layout.break_all_lines(None);
    layout.lines().next().map_or_else(Line::default, |line| extract(&line, text, fonts))
}

fn extract(line: &parley::Line<'_, ()>, text: &str, fonts: &mut Vec<FontData>) -> Line {
    let mut pen = 0.0;
    let mut runs = Vec::new();
    for run in line.runs() {
        let font = run.font();
        let font = fonts.iter().position(|known| known == font).unwrap_or_else(|| {
            fonts.push(font.clone());
            fonts.len() - 1
        });
        let start = run.text_range().start;
        let place = |at: usize| u16::try_from(at.saturating_sub(start)).unwrap_or(u16::MAX);
        let mut plain = !run.is_rtl();
        let mut glyphs = Vec::new();
        for cluster in run.visual_clusters() {
            let range = cluster.text_range();
            if cluster.is_hard_line_break() {
                continue;
            }
            let mut at = pen;
            let first = glyphs.len();
            for glyph in cluster.glyphs() {
                glyphs.push(Glyph {
                    id: u16::try_from(glyph.id).unwrap_or(0),
                    said: if glyphs.len() == first { (place(range.start), place(range.end)) } else { (0, 0) },
                    x: at + glyph.x,
                    y: -glyph.y,
                });
                at += glyph.advance;
            }
            plain &= glyphs.len() == first + 1;
            pen += cluster.advance();
        }
        if !glyphs.is_empty() {
            let text = text.get(run.text_range()).unwrap_or_default().trim_end_matches('\n');
            runs.push(Run { font, text: Box::from(text), plain, glyphs });
        }
    }
    let metrics = line.metrics();
    Line { runs, width: metrics.advance - metrics.hanging_advance }
}
