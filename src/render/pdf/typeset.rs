//! Text to lines of glyphs: shaping, line breaking, bidi and font fallback, through parley.
//!
//! Everything is shaped once, at a thousand units to the em, and scaled where it is placed: a table
//! that shrinks its font or a paragraph that is broken again does not shape again.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};
use parley::{
    FontContext, FontData, FontFamily, FontFeatures, FontWeight, Layout, LayoutContext, StyleProperty,
};

/// Units in an em of a [`Line`].
pub(super) const EM: f32 = 1000.0;

/// The family the program carries with it: Latin, Greek and Cyrillic. See `templates/fonts/OFL.txt`.
const FAMILY: &str = "Inter";

/// The faces of [`FAMILY`]; loaded once a process, shared by all threads.
static EMBEDDED: LazyLock<[Blob<u8>; 2]> = LazyLock::new(|| {
    [
        Blob::new(Arc::new(&include_bytes!("../../../templates/fonts/Inter-Regular.otf")[..])),
        Blob::new(Arc::new(&include_bytes!("../../../templates/fonts/Inter-SemiBold.otf")[..])),
    ]
});

/// No line of a page holds more characters than this, whatever its font.
const LONGEST_LINE: usize = 600;

/// No paragraph of a report is longer than this.
const LONGEST_TEXT: usize = 12_000;

/// Texts a thread remembers before it forgets them all.
const REMEMBERED: usize = 20_000;

/// The face a text is set in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Face {
    /// Semi-bold instead of regular.
    pub(super) bold: bool,
    /// Figures all of one width, for columns and axes.
    pub(super) tabular: bool,
}

impl Face {
    /// For running text.
    pub(super) const TEXT: Self = Self { bold: false, tabular: false };
    /// For headings.
    pub(super) const BOLD: Self = Self { bold: true, tabular: false };
    /// For figures.
    pub(super) const FIGURES: Self = Self { bold: false, tabular: true };
    /// For totals.
    pub(super) const BOLD_FIGURES: Self = Self { bold: true, tabular: true };

    /// Its place among the four faces.
    fn index(self) -> usize {
        usize::from(self.bold) * 2 + usize::from(self.tabular)
    }

    /// The features asked of the font. Contextual forms and ligatures stay off: they would map one
    /// glyph to several texts and spoil what a reader copies or searches.
    const fn features(self) -> &'static str {
        if self.tabular { "\"tnum\" 1, \"calt\" 0, \"liga\" 0" } else { "\"calt\" 0, \"liga\" 0" }
    }
}

/// A line of glyphs, in thousandths of its size.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Pieces in one font, from left to right.
    pub(super) runs: Vec<Run>,
    /// Its advance without the space it may end in.
    pub(super) width: f32,
}

/// A piece of a line in one font.
#[derive(Debug)]
pub(super) struct Run {
    /// Index into [`Typesetter::font`].
    pub(super) font: usize,
    /// What it says, in the order it is read.
    pub(super) text: String,
    /// Whether the glyphs map to the text one by one, left to right.
    pub(super) plain: bool,
    /// The glyphs, from left to right.
    pub(super) glyphs: Vec<Glyph>,
}

/// A placed glyph.
#[derive(Debug)]
pub(super) struct Glyph {
    /// In its font.
    pub(super) id: u16,
    /// From the start of the line.
    pub(super) x: f32,
    /// Above the baseline.
    pub(super) y: f32,
    /// What it stands for; empty when an earlier glyph says it.
    pub(super) text: String,
}

impl Line {
    /// Its width at a size.
    pub(super) fn at(&self, size: f32) -> f32 {
        self.width * size / EM
    }

    /// What it says.
    #[cfg(test)]
    pub(super) fn text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }
}

/// A text once shaped.
struct Shaped {
    layout: Layout<()>,
    text: Rc<str>,
    line: Rc<Line>,
}

/// Shapes text; one a thread, remembering what it shaped.
pub(super) struct Typesetter {
    embedded: FontContext,
    system: Option<FontContext>,
    scratch: LayoutContext<()>,
    fonts: Vec<FontData>,
    /// By [`Face::index`] and text: a lookup allocates nothing.
    shaped: [HashMap<Box<str>, Shaped>; 4],
}

impl Typesetter {
    /// A typesetter that knows the embedded faces; the system's fonts are asked when they lack a glyph.
    pub(super) fn new() -> Self {
        Self {
            embedded: faces(false),
            system: None,
            scratch: LayoutContext::new(),
            fonts: EMBEDDED.iter().map(|blob| FontData::new(blob.clone(), 0)).collect(),
            shaped: std::array::from_fn(|_| HashMap::new()),
        }
    }

    /// A font by the index in [`Run::font`].
    pub(super) fn font(&self, index: usize) -> Option<&FontData> {
        self.fonts.get(index)
    }

    /// The width of a text on one line.
    pub(super) fn width(&mut self, text: &str, face: Face, size: f32) -> f32 {
        self.line(text, face).at(size)
    }

    /// A text on one line, however long.
    pub(super) fn line(&mut self, text: &str, face: Face) -> Rc<Line> {
        let text = clean(text, LONGEST_LINE, false);
        Rc::clone(&self.shape(&text, face).line)
    }

    /// A text on one line, cut with an ellipsis where it is wider than `width`.
    pub(super) fn fit(&mut self, text: &str, face: Face, size: f32, width: f32) -> Rc<Line> {
        let line = self.line(text, face);
        if line.at(size) <= width + 0.01 {
            return line;
        }
        let text = clean(text, LONGEST_LINE, false);
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        // The widest cut that fits, by halving: widths grow with the cut.
        let (mut fits, mut over) = (0, ends.len());
        let cut = |end: usize| format!("{}\u{2026}", text[..end].trim_end());
        while fits + 1 < over {
            let middle = usize::midpoint(fits, over);
            if self.shape(&cut(ends[middle]), face).line.at(size) <= width {
                fits = middle;
            } else {
                over = middle;
            }
        }
        Rc::clone(&self.shape(&cut(ends.get(fits).copied().unwrap_or(0)), face).line)
    }

    /// A text broken into lines no wider than `width`, at most `most` of them; the last one ends in an
    /// ellipsis when there were more.
    pub(super) fn lines(
        &mut self,
        text: &str,
        face: Face,
        size: f32,
        width: f32,
        most: usize,
    ) -> Vec<Rc<Line>> {
        let text = clean(text, LONGEST_TEXT, true);
        if text.is_empty() || most == 0 {
            return Vec::new();
        }
        let advance = (width.max(1.0) * EM / size).ceil();
        self.shape(&text, face);
        let Some(shaped) = self.shaped[face.index()].get_mut(&*text) else { return Vec::new() };
        if !text.contains('\n') && shaped.line.width <= advance {
            return vec![Rc::clone(&shaped.line)];
        }
        shaped.layout.break_all_lines(Some(advance));
        let mut lines = Vec::new();
        let mut rest = None;
        for (number, line) in shaped.layout.lines().enumerate() {
            if number + 1 == most && number + 1 < shaped.layout.len() {
                rest = Some(shaped.text[line.text_range().start..].to_owned());
                break;
            }
            lines.push(Rc::new(extract(&line, &shaped.text, &mut self.fonts)));
        }
        if let Some(rest) = rest {
            lines.push(self.fit(&cut_marked(&rest), face, size, width));
        }
        lines
    }

    fn shape(&mut self, text: &str, face: Face) -> &Shaped {
        let face_index = face.index();
        if !self.shaped[face_index].contains_key(text) {
            if self.shaped.iter().map(HashMap::len).sum::<usize>() >= REMEMBERED {
                self.shaped.iter_mut().for_each(HashMap::clear);
            }
            let mut layout = build(&mut self.scratch, &mut self.embedded, text, face);
            let mut line = whole(&mut layout, text, &mut self.fonts);
            if line.runs.iter().flat_map(|run| &run.glyphs).any(|glyph| glyph.id == 0) {
                let system = self.system.get_or_insert_with(|| faces(true));
                layout = build(&mut self.scratch, system, text, face);
                line = whole(&mut layout, text, &mut self.fonts);
            }
            let shaped = Shaped { layout, text: Rc::from(text), line: Rc::new(line) };
            self.shaped[face_index].insert(Box::from(text), shaped);
        }
        &self.shaped[face_index][text]
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

/// Takes the glyphs of a line out of its layout.
fn extract(line: &parley::Line<'_, ()>, text: &str, fonts: &mut Vec<FontData>) -> Line {
    let mut pen = 0.0;
    let mut runs = Vec::new();
    for run in line.runs() {
        let font = run.font();
        let font = fonts.iter().position(|known| known == font).unwrap_or_else(|| {
            fonts.push(font.clone());
            fonts.len() - 1
        });
        let mut plain = !run.is_rtl();
        let mut glyphs = Vec::new();
        for cluster in run.visual_clusters() {
            let said = text.get(cluster.text_range()).unwrap_or_default();
            if cluster.is_hard_line_break() {
                continue;
            }
            let mut at = pen;
            let first = glyphs.len();
            for glyph in cluster.glyphs() {
                glyphs.push(Glyph {
                    id: u16::try_from(glyph.id).unwrap_or(0),
                    x: at + glyph.x,
                    y: -glyph.y,
                    text: if glyphs.len() == first { said.to_owned() } else { String::new() },
                });
                at += glyph.advance;
            }
            plain &= glyphs.len() == first + 1;
            pen += cluster.advance();
        }
        if !glyphs.is_empty() {
            let text = text.get(run.text_range()).unwrap_or_default().trim_end_matches('\n').to_owned();
            runs.push(Run { font, text, plain, glyphs });
        }
    }
    let metrics = line.metrics();
    Line { runs, width: metrics.advance - metrics.hanging_advance }
}

/// The rest of a cut paragraph as one line: longer than any line, so that an ellipsis marks the cut.
fn cut_marked(rest: &str) -> String {
    rest.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text without what cannot be seen: control characters become spaces, marks that turn the reading
/// direction around are dropped (they could make a name read as another), and it is cut at `longest`.
fn clean(text: &str, longest: usize, breaks: bool) -> Cow<'_, str> {
    let odd = |c: char| {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}')
    };
    if text.len() <= longest && !text.chars().any(odd) {
        return Cow::Borrowed(text);
    }
    let mut cleaned: String = text
        .chars()
        .take(longest)
        .filter_map(|c| match c {
            '\n' | '\u{2028}' | '\u{2029}' if breaks => Some('\n'),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') => Some(' '),
            c if odd(c) => None,
            c => Some(c),
        })
        .collect();
    if text.chars().nth(longest).is_some() {
        cleaned.push('\u{2026}');
    }
    Cow::Owned(cleaned)
}
