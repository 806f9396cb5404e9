//! The straight road for large worksheets: their XML as programs write it, read without an event for every tag.
//!
//! Nothing is decided twice. calamine says which part of the package a sheet is and what each style makes of a
//! number (see [`frame`]); read here are only the cells, and only in the forms that all programs write. At
//! anything else (comments, other encodings, prefixes, values of other types, what is damaged) this road ends
//! without a word, and calamine reads the sheet from its beginning.

mod blocks;
mod cells;
mod frame;
mod markup;
mod text;

use std::io::Cursor;

use calamine::{Reader, Sheet as SheetInfo, Xlsx};
use zip::ZipArchive;

use super::grid::{self, Grid};
use super::{Bytes, Refusal};
use crate::source::Cell;
use frame::Frame;

/// Where the texts that cells share stand; calamine knows no other place.
const STRINGS: &str = "xl/sharedStrings.xml";

/// Bytes of XML from which on a worksheet is large: some thousand rows.
const LARGE: u64 = 1 << 20;

/// The texts that cells share.
enum Strings {
    /// No sheet has needed them yet.
    Unread,
    Plain(Vec<Cell>),
    NotPlain,
}

/// A workbook with large worksheets.
pub(super) struct Plain<'a> {
    bytes: &'a [u8],
    package: ZipArchive<Bytes<'a>>,
    frame: Frame,
    strings: Strings,
    /// The workbook in calamine's hands, once a sheet needed it.
    whole: Option<Box<Xlsx<Bytes<'a>>>>,
}

impl<'a> Plain<'a> {
    /// Opens a workbook; `None` when it has no large worksheet or does not look like one.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        Self::with(bytes, LARGE)
    }

    /// The same, with the worksheets of at least so many bytes as the large ones.
    fn with(bytes: &'a [u8], large: u64) -> Option<Self> {
        let mut package = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let frame = Frame::of(&mut package, large)?;
        Some(Self { bytes, package, frame, strings: Strings::Unread, whole: None })
    }

    pub(super) fn sheets(&self) -> Vec<SheetInfo> {
        self.frame.sheets()
    }

    /// The filled cells of a sheet, by this road or by calamine's.
    pub(super) fn grid(&mut self, sheet: &str) -> Result<Grid, Refusal> {
        if let Some(grid) = self.straight(sheet) {
            return Ok(grid);
        }
        let whole = match self.whole.take() {
            Some(whole) => whole,
            None => Box::new(Xlsx::new(Cursor::new(self.bytes))?),
        };
        Ok(grid::of_xlsx(self.whole.insert(whole), sheet)?)
    }

    /// The filled cells of a large sheet; `None` when it is small or not plain.
    fn straight(&mut self, sheet: &str) -> Option<Grid> {
        let (place, formats) = self.frame.ask(sheet)?;
        if matches!(self.strings, Strings::Unread) {
            self.strings = match self.package.by_name(STRINGS).map(text::shared) {
                Ok(Some(texts)) => Strings::Plain(texts),
                Ok(None) => Strings::NotPlain,
                Err(_) => Strings::Plain(Vec::new()),
            };
        }
        let Strings::Plain(strings) = &self.strings else { return None };
        cells::read(self.package.by_index(place).ok()?, &formats, strings)
    }
}

#[cfg(test)]
mod tests;
