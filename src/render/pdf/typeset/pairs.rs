//! Lines of Latin letters, figures and signs, without shaping each of them.
//!
//! In our faces such a character is one glyph, and where the next one stands depends on the two of them
//! alone (kerning). So a face is asked once for each character and once for each pair it meets, and a
//! line is a walk over its text; `as_shaped` below holds it against the shaper. Nearly all texts of a
//! report are such: what is left are other scripts and combined letters.

use super::Face;
use super::line::{Glyph, Line, Run};
use super::shape::Shaper;

/// Characters the tables have room for; see [`slot`].
const SLOTS: usize = 95 + 224 + SIGNS.len();

/// Signs beyond Latin-1 and Latin Extended-A that reports are full of.
const SIGNS: [char; 15] = [
    '\u{2013}', '\u{2014}', '\u{2018}', '\u{2019}', '\u{201c}', '\u{201d}', '\u{201e}', '\u{2022}',
    '\u{2026}', '\u{20ac}', '\u{2192}', '\u{2212}', '\u{2248}', '\u{2264}', '\u{2265}',
];

/// What is known of a face.
pub(super) struct Pairs {
    face: Face,
    /// By [`slot`].
    letters: Vec<Letter>,
    /// By the first's slot, then the second's: how far the second's origin is from the first's; NaN is
    /// not asked yet.
    steps: Vec<Vec<f32>>,
}

/// A character in a face.
#[derive(Clone, Copy)]
enum Letter {
    /// Not asked yet.
    Unknown,
    /// One glyph of the embedded face: its id and advance.
    Plain(u16, f32),
    /// For the shaper.
    Other,
}

impl Pairs {
    /// Nothing is known yet.
    pub(super) fn new(face: Face) -> Self {
        Self { face, letters: vec![Letter::Unknown; SLOTS], steps: vec![Vec::new(); SLOTS] }
    }

    /// The width of a text as a line, if it is of plain letters only.
    pub(super) fn width(&mut self, shaper: &mut Shaper, text: &str) -> Option<f32> {
        self.walk(shaper, text, |_, _, _| ())
    }

    /// A text as a line, if it is of plain letters only.
    pub(super) fn line(&mut self, shaper: &mut Shaper, text: &str) -> Option<Line> {
        let mut glyphs = Vec::with_capacity(text.len());
        let mut at = 0_u16;
        let width = self.walk(shaper, text, |id, x, letter| {
            let end = at.saturating_add(u16::try_from(letter.len_utf8()).unwrap_or(4));
            glyphs.push(Glyph { id, said: (at, end), x, y: 0.0 });
            at = end;
        })?;
        let run = Run { font: self.face.font(), text: Box::from(text), plain: true, glyphs };
        let runs = if text.is_empty() { Vec::new() } else { vec![run] };
        Some(Line { runs, width })
    }

    /// Calls `place` with each glyph, where it stands and what it says; returns the width. A text that
    /// ends in a space is left to the shaper: the space hangs over the line's end.
    fn walk(
        &mut self,
        shaper: &mut Shaper,
        text: &str,
        mut place: impl FnMut(u16, f32, char),
    ) -> Option<f32> {
        if text.ends_with(' ') {
            return None;
        }
        let (mut x, mut last) = (0.0, None::<(usize, char)>);
        let mut advance = 0.0;
        for letter in text.chars() {
            let slot = slot(letter)?;
            let glyph;
            let before = advance;
            (glyph, advance) = self.letter(shaper, slot, letter)?;
            if let Some((left, first)) = last {
                x += self.step(shaper, (left, first), (slot, letter), before);
            }
            place(glyph, x, letter);
            last = Some((slot, letter));
        }
        Some(x + advance)
    }

    fn letter(&mut self, shaper: &mut Shaper, slot: usize, letter: char) -> Option<(u16, f32)> {
        if let Letter::Unknown = self.letters[slot] {
            let line = shaper.shape(letter.encode_utf8(&mut [0; 4]), self.face).1;
            self.letters[slot] = match line.runs.as_slice() {
                [Run { font, plain: true, glyphs, .. }] if *font == self.face.font() => match glyphs[..] {
                    [Glyph { id, x: 0.0, y: 0.0, .. }] if id > 0 => Letter::Plain(id, line.width),
                    _ => Letter::Other,
                },
                _ => Letter::Other,
            };
        }
        match self.letters[slot] {
            Letter::Plain(id, advance) => Some((id, advance)),
            Letter::Unknown | Letter::Other => None,
        }
    }

    /// From the origin of a character to that of the next one.
    fn step(
        &mut self,
        shaper: &mut Shaper,
        (left, first): (usize, char),
        (right, second): (usize, char),
        advance: f32,
    ) -> f32 {
        let known = self.steps[left].get(right).copied().unwrap_or(f32::NAN);
        if !known.is_nan() {
            return known;
        }
        let pair = String::from_iter([first, second]);
        let line = shaper.shape(&pair, self.face).1;
        let step = line.runs.iter().flat_map(|run| &run.glyphs).nth(1).map_or(advance, |glyph| glyph.x);
        if self.steps[left].is_empty() {
            self.steps[left] = vec![f32::NAN; SLOTS];
        }
        self.steps[left][right] = step;
        step
    }
}

/// The place of a character in the tables: ASCII, Latin-1 and Latin Extended-A without the soft hyphen,
/// and [`SIGNS`].
fn slot(letter: char) -> Option<usize> {
    match letter {
        ' '..='~' => Some(letter as usize - 0x20),
        '\u{ad}' => None,
        '\u{a0}'..='\u{17f}' => Some(letter as usize - 0xa0 + 95),
        _ => SIGNS.iter().position(|sign| *sign == letter).map(|at| at + 95 + 224),
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use proptest::prelude::*;

    use super::*;

    const FACES: [Face; 4] = [Face::TEXT, Face::BOLD, Face::FIGURES, Face::BOLD_FIGURES];

    /// Every text the walk takes on comes out as the shaper sets it.
    fn as_shaped(shaper: &mut Shaper, pairs: &mut [Pairs], text: &str) {
        for (pairs, face) in pairs.iter_mut().zip(FACES) {
            let Some(line) = pairs.line(shaper, text) else { continue };
            assert_eq!(pairs.width(shaper, text), Some(line.width), "{text:?}");
            line.assert_same(&shaper.shape(text, face).1);
        }
    }

    fn all() -> Vec<char> {
        (' '..='\u{17f}').chain(SIGNS).filter(|letter| slot(*letter).is_some()).collect()
    }

    #[test]
    fn nearly_every_character_of_the_tables_is_plain() {
        let mut shaper = Shaper::new();
        for face in FACES {
            let mut pairs = Pairs::new(face);
            let other: Vec<char> = all()
                .into_iter()
                .filter(|letter| pairs.letter(&mut shaper, slot(*letter).unwrap(), *letter).is_none())
                .collect();
            // Deprecated: it stands for two characters.
            assert_eq!(other, ['\u{149}'], "{face:?}");
        }
    }

    #[test]
    fn texts_of_reports_come_out_as_the_shaper_sets_them() {
        let mut shaper = Shaper::new();
        let mut pairs = FACES.map(Pairs::new);
        for text in [
            "1,234,567.89",
            "\u{2212}12,345",
            "31 Mar 2026",
            "100%",
            "0.87",
            "P00001-T0001",
            "1.10.3",
            "10:30",
            "Build data model",
            "AVATAR To. We, Ty-Yo \"Wave\" (L'Art) f(x) \u{2264} 1.0",
            "->=>!=<=--::||...",
            "1/2 3/4 10x12 (1) [A] {b} @home #1 a*b",
            "\u{dc}berpr\u{fc}fung \u{141}\u{f3}d\u{17a} na\u{ef}ve",
            "SPI(t) = ES / AT",
            "office fi fl ffi ffl fj",
            "EUR\u{a0}12,300 \u{b7} \u{b1}3 \u{b5}m 5\u{b0}",
            "  two  spaces",
        ] {
            as_shaped(&mut shaper, &mut pairs, text);
        }
    }

    /// All pairs, and what a third character could change about them.
    #[test]
    fn neighbours_beyond_the_next_change_nothing() {
        let mut shaper = Shaper::new();
        let mut pairs = FACES.map(Pairs::new);
        let ascii: String = (' '..='~').collect();
        for first in ascii.chars() {
            let text: String = ascii.chars().flat_map(|second| [first, second]).collect();
            as_shaped(&mut shaper, &mut pairs, &format!("{text}."));
        }
    }

    /// Texts of a handful of letters, any of the tables, so that every pair of these comes in many places.
    fn texts() -> impl Strategy<Value = Vec<Vec<char>>> {
        prop::sample::subsequence(all(), 8).prop_flat_map(|letters| {
            prop::collection::vec(prop::collection::vec(prop::sample::select(letters), 1..60), 8)
        })
    }

    thread_local! {
        /// Kept from case to case: letters once asked need not be asked again.
        static SETTERS: RefCell<(Shaper, [Pairs; 4])> = RefCell::new((Shaper::new(), FACES.map(Pairs::new)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn any_text_comes_out_as_the_shaper_sets_it(texts in texts()) {
            SETTERS.with_borrow_mut(|(shaper, pairs)| {
                for text in texts {
                    as_shaped(shaper, pairs, &String::from_iter(text));
                }
            });
        }
    }
}
