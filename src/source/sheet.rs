//! From the rows of a file to a sheet: its header, what stands above it, what below.

use std::fmt;

use super::header::{GROUP_END, Header, SEARCH, is_blank};
use super::{Body, Cell, RowCells, Sheet};
use crate::diagnostic::Location;

impl Cell {
    /// Whether there is nothing to see in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => is_blank(text),
            _ => false,
        }
    }
}

impl fmt::Display for Cell {
    /// The cell in words, as close as may be to what a spreadsheet shows.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty | Self::NotCalculated => Ok(()),
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
        let header = Header::of(all.iter().find(|r| r.row == row)?);
        let mut sheet = Self { headers: Vec::new(), body: Body::default(), ..self.clone() };
        sheet.place(all, &header);
        Some(sheet)
    }

    /// Takes the rows as the sheet's: those above the header as preamble, those below as body.
    pub(super) fn place(&mut self, rows: Vec<RowCells>, header: &Header) {
        let width = header.cells.len();
        let mut body = Vec::with_capacity(rows.len());
        self.preamble = Vec::new();
        for mut row in rows {
            if row.row < header.row {
                self.preamble.push(row);
            } else if row.row > header.row {
                row.cells.resize(width, Cell::Empty);
                body.push(row);
            }
        }
        body.retain(|row| !row.cells.iter().all(Cell::is_blank));
        self.header_row = header.row;
        self.headers = header.cells.iter().map(|cell| tidy(&cell.to_string()).into()).collect();
        self.body = Body::Rows(body);
    }

    fn header_cells(&self) -> RowCells {
        let cells =
            self.headers.iter().map(|h| if h.is_empty() { Cell::Empty } else { Cell::Text(h.clone()) });
        RowCells { row: self.header_row, cells: cells.collect() }
    }
}

/// A header in one line: people break long ones.
fn tidy(header: &str) -> String {
    let one_line = |name: &str| name.split_whitespace().collect::<Vec<_>>().join(" ");
    header.split(GROUP_END).map(one_line).collect::<Vec<_>>().join(GROUP_END.encode_utf8(&mut [0; 4]))
}
