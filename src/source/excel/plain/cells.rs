//! The cells of a worksheet.

use std::io::Read;

use calamine::{CellErrorType, ExcelDateTime};

use super::super::grid::{Builder, Grid};
use super::super::value::{self, Shared};
use super::blocks::Blocks;
use super::frame::{Format, Formats};
use super::markup::{InTag, Markup};
use super::text;
use crate::source::Cell;

/// The rows of a worksheet end here.
const END_OF_ROW: &[u8] = b"</row>";

/// The filled cells of a worksheet's part; `None` when it is not plain.
pub(super) fn read(part: impl Read, formats: &Formats, strings: &[Cell]) -> Option<Grid> {
    let mut blocks = Blocks::new(part);
    let mut sheet = Worksheet {
        formats,
        strings,
        shared: Shared::default(),
        builder: Builder::default(),
        text: String::new(),
        row: 0,
        column: 0,
    };
    let mut markup = Markup::behind_head(blocks.next(END_OF_ROW)?, b"<sheetData")?;
    if markup.rest_of_tag()? {
        return Some(sheet.builder.finish());
    }
    while !sheet.rows(markup)? {
        markup = Markup::new(blocks.next(END_OF_ROW).filter(|stretch| !stretch.is_empty())?);
    }
    Some(sheet.builder.finish())
}

/// A worksheet while its cells are read.
struct Worksheet<'a> {
    formats: &'a Formats,
    strings: &'a [Cell],
    shared: Shared,
    builder: Builder,
    /// The text at hand.
    text: String,
    /// Where a row or cell stands that does not say it itself (from 0).
    row: u32,
    column: u32,
}

/// How a cell says what it holds.
#[derive(Clone, Copy)]
enum Kind {
    Number,
    Shared,
    Inline,
    Text,
    Bool,
    Error,
}

impl Worksheet<'_> {
    /// Reads a stretch of rows; whether the last of the sheet was among them.
    fn rows(&mut self, mut markup: Markup<'_>) -> Option<bool> {
        loop {
            markup.space();
            if markup.is_empty() {
                return Some(false);
            }
            if markup.take(b"</sheetData>") {
                return Some(true);
            }
            markup.must(b"<row")?;
            let is_open = loop {
                match markup.in_tag()? {
                    InTag::Attribute(b"r", row) => self.row = digits(row)?.checked_sub(1)?,
                    InTag::Attribute(..) => {}
                    InTag::Open => break true,
                    InTag::Closed => break false,
                }
            };
            if is_open {
                self.cells(&mut markup)?;
            }
            self.row += 1;
            self.column = 0;
        }
    }

    /// Reads the cells of a row and its end.
    fn cells(&mut self, markup: &mut Markup<'_>) -> Option<()> {
        loop {
            markup.space();
            if !markup.take(b"<c") {
                return markup.must(END_OF_ROW);
            }
            let (mut at, mut style, mut kind) = ((self.row, self.column), None, Kind::Number);
            let is_open = loop {
                match markup.in_tag()? {
                    InTag::Attribute(b"r", name) => at = place(name)?,
                    InTag::Attribute(b"s", number) => style = Some(digits(number)? as usize),
                    InTag::Attribute(b"t", name) => kind = Kind::named(name)?,
                    InTag::Attribute(..) => {}
                    InTag::Open => break true,
                    InTag::Closed => break false,
                }
            };
            self.column = at.1 + 1;
            if is_open {
                let cell = self.cell(markup, style, kind)?;
                self.builder.push(at, cell);
            }
        }
    }

    /// Reads what is in a cell and its end.
    #[inline]
    fn cell(&mut self, markup: &mut Markup<'_>, style: Option<usize>, kind: Kind) -> Option<Cell> {
        markup.space();
        let is_formula = markup.take(b"<f");
        if is_formula {
            if !markup.rest_of_tag()? {
                // What is wrong with a formula is for calamine to say.
                self.text.clear();
                text::resolved(markup.before(b'<')?, &mut self.text)?;
                markup.must(b"</f>")?;
            }
            markup.space();
        }
        let mut cell = Cell::Empty;
        if let Kind::Inline = kind {
            if markup.take(b"<is>") {
                self.text.clear();
                text::read(markup, b"</is>", &mut self.text)?;
                cell = self.shared.of_cell(&self.text);
            }
        } else if markup.take(b"<v>") {
            cell = self.value(markup.before(b'<')?, style, kind)?;
            markup.must(b"</v>")?;
        } else {
            markup.take(b"<v/>");
        }
        markup.space();
        markup.must(b"</c>")?;
        if is_formula && cell == Cell::Empty && matches!(kind, Kind::Number | Kind::Shared) {
            cell = Cell::NotCalculated;
        }
        Some(cell)
    }

    /// What a value means.
    #[inline]
    fn value(&mut self, written: &[u8], style: Option<usize>, kind: Kind) -> Option<Cell> {
        Some(match kind {
            Kind::Number | Kind::Shared if written.is_empty() => Cell::Empty,
            Kind::Number => {
                let value = number(written)?;
                match self.formats.of(style) {
                    Format::Number { percent } => Cell::Number { value, percent },
                    Format::Moment(kind) => {
                        value::moment(&ExcelDateTime::new(value, kind, self.formats.from_1904))
                    }
                }
            }
            Kind::Shared => self.strings.get(digits(written)? as usize)?.clone(),
            Kind::Text => {
                self.text.clear();
                text::written(written, &mut self.text)?;
                self.shared.of_cell(&self.text)
            }
            Kind::Bool => Cell::Bool(match written {
                b"0" => false,
                b"1" => true,
                _ => return None,
            }),
            Kind::Error => {
                let error: CellErrorType = std::str::from_utf8(written).ok()?.parse().ok()?;
                Cell::Error(error.to_string().into())
            }
            Kind::Inline => return None,
        })
    }
}

impl Kind {
    fn named(name: &[u8]) -> Option<Self> {
        Some(match name {
            b"n" => Self::Number,
            b"s" => Self::Shared,
            b"inlineStr" => Self::Inline,
            b"str" => Self::Text,
            b"b" => Self::Bool,
            b"e" => Self::Error,
            _ => return None,
        })
    }
}

/// Row and column (from 0) of a cell's name: `B7`.
fn place(name: &[u8]) -> Option<(u32, u32)> {
    let letters = name.iter().take_while(|byte| byte.is_ascii_uppercase()).count();
    if !(1..=3).contains(&letters) {
        return None;
    }
    let (letters, row) = name.split_at(letters);
    let column = letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter - b'A') + 1);
    Some((digits(row)?.checked_sub(1)?, column - 1))
}

/// A whole number of up to nine digits.
fn digits(written: &[u8]) -> Option<u32> {
    let mut number = 0;
    for byte in written {
        number = number * 10 + u32::from(byte.checked_sub(b'0').filter(|digit| *digit < 10)?);
    }
    (1..=9).contains(&written.len()).then_some(number)
}

/// A number as programs write it.
fn number(written: &[u8]) -> Option<f64> {
    short(written).or_else(|| {
        let is_number = written.iter().all(|byte| byte.is_ascii_digit() || b"-+.eE".contains(byte));
        std::str::from_utf8(written).ok().filter(|_| is_number && written[0] != b'+')?.parse().ok()
    })
}

/// A number of up to fifteen digits: then it and the power of ten are exact, and so the quotient is the nearest.
fn short(written: &[u8]) -> Option<f64> {
    const TENS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let digits = written.strip_prefix(b"-").unwrap_or(written);
    let (mut whole, mut point) = (0_u64, None);
    for (at, byte) in digits.iter().enumerate() {
        match byte {
            b'0'..=b'9' => whole = whole.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
            b'.' if point.is_none() => point = Some(digits.len() - 1 - at),
            _ => return None,
        }
    }
    let count = digits.len() - usize::from(point.is_some());
    if !(1..=15).contains(&count) {
        return None;
    }
    #[expect(clippy::cast_precision_loss, reason = "fifteen digits fit")]
    let value = whole as f64 / TENS.get(point.unwrap_or(0))?;
    Some(if digits.len() < written.len() { -value } else { value })
}
