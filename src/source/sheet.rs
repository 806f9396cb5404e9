//! From the rows of a file to a sheet: which row is the header, what stands above it, what below.

use std::fmt;
use std::sync::Arc;

use super::{Body, Cell, RowCells, Sheet};
use crate::diagnostic::Location;

/// How many rows with content are looked at for the header.
const SEARCH: usize = 20;

impl Cell {
    /// Whether there is nothing to see in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }
}

impl fmt::Display for Cell {
    /// The cell in words, as close as may be to what a spreadsheet shows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => Ok(()),
            Self::Text(text) | Self::Error(text) => f.write_str(text),
            Self::Number { value, percent: false } => write!(f, "{value}"),
            Self::Number { value, percent: true } => write!(f, "{}%", (value * 1e10).round() / 1e8),
            Self::Moment(moment) if moment.time() == chrono::NaiveTime::MIN => write!(f, "{}", moment.date()),
            Self::Moment(moment) => write!(f, "{}", moment.format("%Y-%m-%dT%H:%M:%S")),
            Self::Duration(seconds) => {
                let minutes = (seconds / 60.0).round();
                write!(f, "{}:{:02}", (minutes / 60.0).trunc(), minutes.abs() % 60.0)
            }
            Self::Bool(true) => f.write_str("TRUE"),
            Self::Bool(false) => f.write_str("FALSE"),
        }
    }
}

impl Sheet {
    /// The place of a cell, or of a row when no column (counted from 0) is given.
    #[must_use]
    pub fn location(&self, row: u32, column: Option<usize>) -> Location {
        Location {
            file: self.file.clone(),
            sheet: self.name.clone(),
            row: Some(row),
            column: column.and_then(|c| u32::try_from(c + 1).ok()),
            header: column.and_then(|c| self.headers.get(c)).filter(|h| !h.is_empty()).cloned(),
        }
    }

    /// The rows that may be the header: those above the guessed one, itself, and the first below it.
    /// Empty for a large file, whose first record is its header.
    #[must_use]
    pub fn header_candidates(&self) -> Vec<RowCells> {
        let Body::Rows(rows) = &self.body else { return Vec::new() };
        self.preamble
            .iter()
            .cloned()
            .chain([self.header_cells()])
            .chain(rows.iter().cloned())
            .take(SEARCH)
            .collect()
    }

    /// The same sheet with another of [`Sheet::header_candidates`] as its header, or `None` when there is
    /// no such row.
    #[must_use]
    pub fn with_header_row(&self, row: u32) -> Option<Self> {
        let Body::Rows(rows) = &self.body else { return None };
        let all: Vec<RowCells> =
            self.preamble.iter().cloned().chain([self.header_cells()]).chain(rows.iter().cloned()).collect();
        let at = all.iter().position(|r| r.row == row)?;
        let mut sheet = Self { headers: Vec::new(), body: Body::default(), ..self.clone() };
        sheet.place(all, at);
        Some(sheet)
    }

    /// Takes the rows as the sheet's, the one at `at` as the header.
    pub(super) fn place(&mut self, mut rows: Vec<RowCells>, at: usize) {
        let mut body = rows.split_off((at + 1).min(rows.len()));
        let header = rows.pop().unwrap_or(RowCells { row: 1, cells: Vec::new() });
        let named = header.cells.iter().rposition(|c| !c.is_blank()).map_or(0, |last| last + 1);
        for row in &mut body {
            row.cells.resize(named, Cell::Empty);
        }
        body.retain(|row| !row.cells.iter().all(Cell::is_blank));
        self.header_row = header.row;
        self.headers = header.cells.iter().take(named).map(|cell| cell.to_string().trim().into()).collect();
        self.preamble = rows;
        self.body = Body::Rows(body);
    }

    fn header_cells(&self) -> RowCells {
        let cells =
            self.headers.iter().map(|h| if h.is_empty() { Cell::Empty } else { Cell::Text(h.clone()) });
        RowCells { row: self.header_row, cells: cells.collect() }
    }
}

/// The index of the row most like a header: the first that is nearly as wide as the table below it and
/// made of different words, else the one with the most words. `None` when there are no rows.
pub(super) fn header_row(rows: &[RowCells]) -> Option<usize> {
    let looked_at = &rows[..rows.len().min(SEARCH)];
    let widest = looked_at.iter().map(|row| row.cells.iter().filter(|c| !c.is_blank()).count()).max()?;
    let like_a_header = |row: &RowCells| {
        let filled = row.cells.iter().filter(|c| !c.is_blank()).count();
        let mut words: Vec<&str> = row.cells.iter().filter_map(word).collect();
        let all = words.len();
        words.sort_unstable();
        words.dedup();
        all * 10 >= widest * 6 && all * 2 >= filled && words.len() * 2 >= all
    };
    let most_words = || {
        let words = |row: &RowCells| row.cells.iter().filter_map(word).count();
        let most = looked_at.iter().map(words).max()?;
        looked_at.iter().position(|row| words(row) == most)
    };
    looked_at.iter().position(like_a_header).or_else(most_words)
}

/// The cell's text when it could be the name of a column: it has a letter and does not begin like a number.
fn word(cell: &Cell) -> Option<&str> {
    let Cell::Text(text) = cell else { return None };
    let text = text.trim();
    let numeric = text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'));
    (!numeric && text.contains(char::is_alphabetic)).then_some(text)
}

/// A text cell; nothing to see in it is [`Cell::Empty`].
pub(super) fn text(text: &str) -> Cell {
    if text.trim().is_empty() { Cell::Empty } else { Cell::Text(Arc::from(text)) }
}
