//! Text to lines of glyphs: measuring, cutting and breaking, at a thousand units to the em, scaled
//! where a line is placed.

mod breaks;
mod line;
mod pairs;
mod shape;

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use parley::{FontData, Layout};

pub(super) use self::line::{EM, Glyph, Line, Run};

use self::pairs::Pairs;
use self::shape::Shaper;

/// No line of a page holds more characters than this, whatever its font.
const LONGEST_LINE: usize = 600;

/// No paragraph of a report is longer than this.
const LONGEST_TEXT: usize = 12_000;

/// Texts a thread remembers before it forgets them all: shaped ones, and short ones of a face.
const REMEMBERED: usize = 5_000;

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

    /// All of them, in the order of [`Face::index`].
    const ALL: [Self; 4] = [Self::TEXT, Self::FIGURES, Self::BOLD, Self::BOLD_FIGURES];

    /// Its place among the four faces.
    fn index(self) -> usize {
        usize::from(self.bold) * 2 + usize::from(self.tabular)
    }

    /// The index of its font among those of a typesetter.
    fn font(self) -> usize {
        usize::from(self.bold)
    }

    /// The features asked of the font. Contextual forms and ligatures stay off: they would map one
    /// glyph to several texts and spoil what a reader copies or searches.
    const fn features(self) -> &'static str {
        if self.tabular { "\"tnum\" 1, \"calt\" 0, \"liga\" 0" } else { "\"calt\" 0, \"liga\" 0" }
    }
}

/// What a text is broken to: size and width (their bits) and the most lines.
type Measure = (u32, u32, usize);

/// A text once shaped.
struct Shaped {
    layout: Layout<()>,
    line: Rc<Line>,
    /// How it was broken before.
    broken: Vec<(Measure, Vec<Rc<Line>>)>,
}

/// A text and how it looks on one line, however long.
pub(super) struct Measured<'a> {
    /// The text.
    pub(super) text: Cow<'a, str>,
    /// The line.
    pub(super) line: Rc<Line>,
    face: Face,
    /// Whether the line has all of it.
    whole: bool,
}

/// The longest plain text that is remembered, in bytes: dates, names, amounts, what stands in many cells.
const SHORT: usize = 24;

/// Sets text; one a thread, remembering letters, pairs of them, short lines and the texts it had to shape.
pub(super) struct Typesetter {
    shaper: Shaper,
    /// By [`Face::index`].
    pairs: [Pairs; 4],
    /// By [`Face::index`] and text: a lookup allocates nothing.
    shaped: [HashMap<Box<str>, Shaped>; 4],
    /// Lines of [`SHORT`] texts that needed no shaping, likewise.
    short: [HashMap<Box<str>, Rc<Line>>; 4],
}

impl Typesetter {
    /// A typesetter that knows the embedded faces; the system's fonts are asked when they lack a glyph.
    pub(super) fn new() -> Self {
        Self {
            shaper: Shaper::new(),
            pairs: Face::ALL.map(Pairs::new),
            shaped: std::array::from_fn(|_| HashMap::new()),
            short: std::array::from_fn(|_| HashMap::new()),
        }
    }

    /// A font by the index in [`Run::font`].
    pub(super) fn font(&self, index: usize) -> Option<&FontData> {
        self.shaper.font(index)
    }

    /// The width of a text on one line.
    pub(super) fn width(&mut self, text: &str, face: Face, size: f32) -> f32 {
        self.natural(&clean(text, LONGEST_LINE, false), face) * size / EM
    }

    /// A text on one line, however long.
    pub(super) fn line(&mut self, text: &str, face: Face) -> Rc<Line> {
        self.set(&clean(text, LONGEST_LINE, false), face)
    }

    /// A text measured on its own, to be cut or broken later.
    pub(super) fn measured<'a>(&mut self, text: Cow<'a, str>, face: Face) -> Measured<'a> {
        let cleaned = clean(&text, LONGEST_LINE, false);
        let whole = matches!(cleaned, Cow::Borrowed(_));
        let line = self.set(&cleaned, face);
        drop(cleaned);
        Measured { text, line, face, whole }
    }

    /// Like [`Typesetter::lines`].
    pub(super) fn lines_of(
        &mut self,
        of: &Measured<'_>,
        size: f32,
        width: f32,
        most: usize,
    ) -> Vec<Rc<Line>> {
        if of.whole && of.line.width <= measure(size, width) && most > 0 {
            return if of.text.is_empty() { Vec::new() } else { vec![Rc::clone(&of.line)] };
        }
        self.lines(&of.text, of.face, size, width, most)
    }

    /// Like [`Typesetter::fit`].
    pub(super) fn fit_of(&mut self, of: &Measured<'_>, size: f32, width: f32) -> Rc<Line> {
        if of.line.at(size) <= width + 0.01 {
            return Rc::clone(&of.line);
        }
        self.fit(&of.text, of.face, size, width)
    }

    /// A text on one line, cut with an ellipsis where it is wider than `width`.
    pub(super) fn fit(&mut self, text: &str, face: Face, size: f32, width: f32) -> Rc<Line> {
        let text = clean(text, LONGEST_LINE, false);
        let line = self.set(&text, face);
        if line.at(size) <= width + 0.01 {
            return line;
        }
        let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        // The widest cut that fits, by halving: widths grow with the cut.
        let (mut fits, mut over) = (0, ends.len());
        let cut = |end: usize| format!("{}\u{2026}", text[..end].trim_end());
        while fits + 1 < over {
            let middle = usize::midpoint(fits, over);
            if self.natural(&cut(ends[middle]), face) * size / EM <= width {
                fits = middle;
            } else {
                over = middle;
            }
        }
        self.set(&cut(ends.get(fits).copied().unwrap_or(0)), face)
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
        let advance = measure(size, width);
        let Some(line) = self.pairs[face.index()].line(&mut self.shaper, &text) else {
            return self.shaped_lines(&text, face, size, width, most);
        };
        if line.width <= advance {
            return vec![Rc::new(line)];
        }
        let Some(pieces) = breaks::at_spaces(&line, advance) else {
            return self.shaped_lines(&text, face, size, width, most);
        };
        let mut lines: Vec<_> = pieces.iter().take(most).map(|piece| Rc::new(piece.of(&line))).collect();
        if pieces.len() > most {
            lines.pop();
            lines.push(self.fit(&cut_marked(pieces[most - 1].rest(&line)), face, size, width));
        }
        lines
    }

    /// Like [`Typesetter::lines`], through the shaper.
    fn shaped_lines(&mut self, text: &str, face: Face, size: f32, width: f32, most: usize) -> Vec<Rc<Line>> {
        let advance = measure(size, width);
        let line = Rc::clone(&self.shape(text, face).line);
        if !text.contains('\n') && line.width <= advance {
            return vec![line];
        }
        let Some(shaped) = self.shaped[face.index()].get_mut(text) else { return Vec::new() };
        let asked = (size.to_bits(), width.to_bits(), most);
        if let Some((_, lines)) = shaped.broken.iter().find(|(known, _)| *known == asked) {
            return lines.clone();
        }
        shaped.layout.break_all_lines(Some(advance));
        let mut lines = Vec::new();
        let mut rest = None;
        for (number, line) in shaped.layout.lines().enumerate() {
            if number + 1 == most && number + 1 < shaped.layout.len() {
                rest = Some(&text[line.text_range().start..]);
                break;
            }
            lines.push(Rc::new(self.shaper.extract(&line, text)));
        }
        if let Some(rest) = rest {
            lines.push(self.fit(&cut_marked(rest), face, size, width));
        }
        if let Some(shaped) = self.shaped[face.index()].get_mut(text) {
            shaped.broken.push((asked, lines.clone()));
        }
        lines
    }

    /// The width of a clean text as one line.
    fn natural(&mut self, text: &str, face: Face) -> f32 {
        match self.pairs[face.index()].width(&mut self.shaper, text) {
            Some(width) => width,
            None => self.shape(text, face).line.width,
        }
    }

    /// A clean text as one line.
    fn set(&mut self, text: &str, face: Face) -> Rc<Line> {
        let index = face.index();
        let short = text.len() <= SHORT;
        if short && let Some(line) = self.short[index].get(text) {
            return Rc::clone(line);
        }
        let Some(line) = self.pairs[index].line(&mut self.shaper, text) else {
            return Rc::clone(&self.shape(text, face).line);
        };
        let line = Rc::new(line);
        if short {
            if self.short[index].len() >= REMEMBERED {
                self.short[index].clear();
            }
            self.short[index].insert(Box::from(text), Rc::clone(&line));
        }
        line
    }

    fn shape(&mut self, text: &str, face: Face) -> &Shaped {
        let index = face.index();
        if !self.shaped[index].contains_key(text) {
            if self.shaped.iter().map(HashMap::len).sum::<usize>() >= REMEMBERED {
                self.shaped.iter_mut().for_each(HashMap::clear);
            }
            let (layout, line) = self.shaper.shape(text, face);
            self.shaped[index]
                .insert(Box::from(text), Shaped { layout, line: Rc::new(line), broken: Vec::new() });
        }
        &self.shaped[index][text]
    }
}

/// The width that lines of a size may have, in units of the em.
fn measure(size: f32, width: f32) -> f32 {
    (width.max(1.0) * EM / size).ceil()
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
    let plain = || text.bytes().all(|b| matches!(b, b' '..=b'~'));
    if text.len() <= longest && (plain() || !text.chars().any(odd)) {
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
