//! Where plain texts break: at spaces between words and sentences, and behind hyphens within words.
//!
//! That is not all of it (Unicode Standard Annex 14): a text with a dash, a slash within a word or a quotation
//! mark may break elsewhere, or not at its spaces, and is left to the shaper.

use super::line::{Glyph, Line, Run};

/// A line of a broken text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    /// Its first glyph.
    start: usize,
    /// Behind its last one, a space unless the text ends or a hyphen is there.
    end: usize,
    /// Without that space.
    width: f32,
}

/// What a character is to those beside it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Stop,
    Open,
    Close,
    Percent,
    Apostrophe,
    Glue,
    Hyphen,
    Slash,
    Sign,
    Space,
}

impl Kind {
    fn of(letter: char) -> Option<Self> {
        Some(match letter {
            '=' | '&' | '*' | '<' | '>' | '#' | '_' | '\u{2192}' => Self::Word,
            _ if letter.is_alphanumeric() => Self::Word,
            '.' | ',' | ':' | ';' => Self::Stop,
            '(' => Self::Open,
            ')' => Self::Close,
            '%' => Self::Percent,
            '\'' | '\u{2019}' => Self::Apostrophe,
            '\u{a0}' => Self::Glue,
            '-' => Self::Hyphen,
            '/' => Self::Slash,
            '\u{b1}' => Self::Sign,
            ' ' => Self::Space,
            _ => return None,
        })
    }

    /// Whether it is known that a text does not break between the two, or breaks there for the first
    /// being a space or a hyphen.
    fn goes_before(self, next: Self) -> bool {
        use Kind::{Apostrophe, Close, Glue, Hyphen, Open, Percent, Sign, Slash, Space, Stop, Word};
        match self {
            Word => !matches!(next, Sign | Slash),
            Hyphen => matches!(next, Word | Space),
            Sign | Slash => next == Space,
            Stop => matches!(next, Word | Close | Space),
            Open | Apostrophe | Glue => next == Word,
            Close => matches!(next, Word | Stop | Close | Space),
            Percent => matches!(next, Stop | Close | Space),
            Space => matches!(next, Word | Open | Hyphen | Sign | Slash),
        }
    }
}

/// The lines of a plain line broken at an advance; none when it is not for us: it may break elsewhere, or
/// a word is wider than a line.
pub(super) fn at_spaces(line: &Line, advance: f32) -> Option<Vec<Piece>> {
    let [Run { text, glyphs, plain: true, .. }] = line.runs.as_slice() else { return None };
    let mut pieces = Vec::new();
    let (mut start, mut end) = (0, None);
    let width =
        |start: usize, end: usize| glyphs.get(end).map_or(line.width, |space| space.x) - glyphs[start].x;
    let fits = |start: usize, end: usize| width(start, end) <= advance;
    let mut close = |start: usize, end: usize, next: usize| {
        pieces.push(Piece { start, end: next, width: width(start, end) });
        fits(start, end)
    };
    let mut letters = text.chars().enumerate().peekable();
    let mut before = Kind::Space;
    while let Some((index, letter)) = letters.next() {
        let kind = Kind::of(letter)?;
        if !before.goes_before(kind) {
            return None;
        }
        let next = letters.peek().map(|(_, letter)| *letter);
        // What a line may end with, and where the next one begins.
        let ends = match kind {
            // A slash stays with what is before it, spaces or not.
            Kind::Space if next != Some('/') => Some((index, index + 1)),
            Kind::Hyphen => match next {
                // A minus, or a range.
                Some(' ' | '0'..='9') => None,
                // At the beginning of a word it depends on the edition of the rules.
                Some(next) if before != Kind::Space && next.is_alphabetic() => Some((index + 1, index + 1)),
                _ => return None,
            },
            _ => None,
        };
        before = kind;
        let Some(here) = ends else { continue };
        // A word ends here: the line ends before it when it does not fit.
        if let Some((end, next)) = end.filter(|_| !fits(start, here.0)) {
            if !close(start, end, next) {
                return None;
            }
            start = next;
        }
        end = Some(here);
    }
    if let Some((end, next)) = end.filter(|_| !fits(start, glyphs.len())) {
        if !close(start, end, next) {
            return None;
        }
        start = next;
    }
    if close(start, glyphs.len(), glyphs.len()) { Some(pieces) } else { None }
}

impl Piece {
    /// The piece of the line as a line of its own.
    pub(super) fn of(self, line: &Line) -> Line {
        let runs = line.runs.iter().map(|run| {
            let glyphs = &run.glyphs[self.start..self.end];
            let (from, to) = (glyphs[0].said.0, glyphs[glyphs.len() - 1].said.1);
            let moved = |glyph: &Glyph| Glyph {
                x: glyph.x - glyphs[0].x,
                said: (glyph.said.0 - from, glyph.said.1 - from),
                ..*glyph
            };
            Run {
                font: run.font,
                text: Box::from(&run.text[usize::from(from)..usize::from(to)]),
                plain: true,
                glyphs: glyphs.iter().map(moved).collect(),
            }
        });
        Line { runs: runs.collect(), width: self.width }
    }

    /// What is left of the text from here.
    pub(super) fn rest(self, line: &Line) -> &str {
        let from = |run: &Run| run.glyphs.get(self.start).map_or(run.text.len(), |glyph| glyph.said.0.into());
        line.runs.first().map_or("", |run| &run.text[from(run)..])
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use proptest::prelude::*;

    use super::super::shape::Shaper;
    use super::super::{Face, Pairs};
    use super::*;

    /// Returns whether the text was for us.
    fn as_shaped(shaper: &mut Shaper, pairs: &mut Pairs, text: &str, advance: f32) -> bool {
        let Some(line) = pairs.line(shaper, text) else { return false };
        let Some(pieces) = at_spaces(&line, advance) else { return false };
        let (mut layout, _) = shaper.shape(text, Face::TEXT);
        layout.break_all_lines(Some(advance));
        assert_eq!(pieces.len(), layout.len(), "{text:?} at {advance}");
        for (piece, shaped) in pieces.iter().zip(layout.lines()) {
            let (ours, shaped) = (piece.of(&line), shaper.extract(&shaped, text));
            ours.assert_same(&shaped);
        }
        true
    }

    #[test]
    fn texts_of_reports_break_where_the_shaper_breaks_them() {
        let (mut shaper, mut pairs) = (Shaper::new(), Pairs::new(Face::TEXT));
        for text in [
            "At 31 Mar 2026 work worth EUR\u{a0}512,696 is done, 71% of the budget, where the plan asked for EUR\u{a0}584,944 (81%): the project is 17 working days behind the plan.",
            "144 h booked at a cost of 12,348 where 3,440 is earned; 10% earned where 100% was planned",
            "Earned value of the plan's work (SPI(t) 0.88 is below 0.90). SPI = EV, Type A & B.",
            "SPI is EV / PV (a three-point, to-complete estimate of 50-55% of P00009-T0001: BAC - EV, \u{b1} 0.4, -180.1).",
            "\u{dc}berpr\u{fc}fung der Schnittstellen, \u{141}\u{f3}d\u{17a}",
        ] {
            for advance in (6_000..60_000).step_by(500) {
                #[expect(clippy::cast_precision_loss, reason = "small numbers")]
                let broken = as_shaped(&mut shaper, &mut pairs, text, advance as f32);
                assert!(broken || advance < 10_000, "{text:?} at {advance}");
            }
        }
        for text in [
            "and/or else",
            "the -x option",
            "say \"no more\" now",
            "now \u{2013} or never",
            "a ( b",
            "a  b",
            "why? so",
        ] {
            let line = pairs.line(&mut shaper, text).unwrap();
            assert!(at_spaces(&line, 3_000.0).is_none(), "{text:?} is for the shaper");
        }
    }

    thread_local! {
        /// Kept from case to case: pairs once asked need not be asked again.
        static SETTERS: RefCell<(Shaper, Pairs)> = RefCell::new((Shaper::new(), Pairs::new(Face::TEXT)));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn any_text_breaks_where_the_shaper_breaks_it(
            texts in prop::collection::vec(
                (prop::collection::vec(prop::sample::select("aiTW1907.,:;()%--//\u{b1}'\u{2019}\u{2192}=&*<>#_\u{e9}\u{141}\u{a0}     ".chars().collect::<Vec<_>>()), 2..60), 900_u16..9_000),
                60,
            )
        ) {
            SETTERS.with_borrow_mut(|(shaper, pairs)| {
                for (text, advance) in texts {
                    as_shaped(shaper, pairs, &String::from_iter(text), advance.into());
                }
            });
        }
    }
}
