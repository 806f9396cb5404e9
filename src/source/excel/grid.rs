//! The filled cells of a worksheet, by row.

use std::collections::BTreeMap;
use std::io::{Read, Seek};

use calamine::{Data, Range, Xlsb, XlsbError, Xlsx, XlsxError};

use super::value::{self, Shared};
use crate::source::header::SEARCH;
use crate::source::{Cell, RowCells};

/// The columns a worksheet may have (`XFD` is the last); damaged files say other things.
const COLUMNS: usize = 16_384;

/// The rows of a worksheet that have anything in them.
#[derive(Default)]
pub(super) struct Grid {
    /// In order; each row's cells up to its last filled one.
    pub(super) rows: Vec<RowCells>,
    /// Row, column (from 0) and text of the first cell of each row that lies beyond every column of the first rows.
    pub(super) beyond: Vec<(u32, usize, String)>,
    /// Row at or before an error value that calamine does not know, and the value.
    pub(super) unknown_errors: Vec<(u32, String)>,
}

/// Builds a grid from cells in any order; in order is fast.
#[derive(Default)]
struct Builder {
    done: BTreeMap<u32, Vec<Cell>>,
    row: u32,
    cells: Vec<Cell>,
    /// The widest of the first rows: no table is wider than the rows its header is among. A damaged or
    /// hostile workbook with cells at column 16,384 would take memory without end.
    limit: Option<usize>,
    grid: Grid,
}

impl Builder {
    fn push(&mut self, (row, column): (u32, u32), cell: Cell) {
        if cell == Cell::Empty {
            return;
        }
        if row != self.row {
            self.next_row(row);
        }
        let column = column as usize;
        if column >= self.limit.unwrap_or(COLUMNS) {
            if self.grid.beyond.last().is_none_or(|(last, ..)| *last != row + 1) {
                self.grid.beyond.push((row + 1, column, cell.to_string()));
            }
            return;
        }
        if self.cells.len() <= column {
            self.cells.reserve(self.limit.unwrap_or(column + 1).saturating_sub(self.cells.len()));
            self.cells.resize(column + 1, Cell::Empty);
        }
        self.cells[column] = cell;
    }

    fn next_row(&mut self, row: u32) {
        self.keep();
        self.cells = self.done.remove(&row).unwrap_or_default();
        self.row = row;
        if self.done.len() == SEARCH && self.limit.is_none() {
            self.limit = self.done.values().map(Vec::len).max();
        }
    }

    fn keep(&mut self) {
        if !self.cells.is_empty() {
            self.done.insert(self.row, std::mem::take(&mut self.cells));
        }
    }

    fn finish(mut self) -> Grid {
        self.keep();
        self.grid.rows = self
            .done
            .into_iter()
            .map(|(row, cells)| RowCells { row: row.saturating_add(1), cells })
            .collect();
        self.grid
    }
}

/// The cells of an xlsx sheet, straight from the XML.
pub(super) fn of_xlsx<R: Read + Seek>(workbook: &mut Xlsx<R>, sheet: &str) -> Result<Grid, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let percent = value::percentages(reader.styles());
    let (mut builder, mut shared) = (Builder::default(), Shared::default());
    loop {
        match reader.next_cell_with_style_id() {
            Ok(Some((found, style))) => {
                let percent = percent.get(style).copied().unwrap_or(false);
                builder.push(found.get_position(), value::cell(found.get_value(), percent, &mut shared));
            }
            Ok(None) => return Ok(builder.finish()),
            // The reader goes on behind the cell, but does not say where it was.
            Err(XlsxError::CellError(error)) => builder.grid.unknown_errors.push((builder.row + 1, error)),
            Err(error) => return Err(error),
        }
    }
}

/// The cells of an xlsb sheet. Its styles are not to be had: no number is known to be a percentage.
pub(super) fn of_xlsb<R: Read + Seek>(workbook: &mut Xlsb<R>, sheet: &str) -> Result<Grid, XlsbError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let (mut builder, mut shared) = (Builder::default(), Shared::default());
    while let Some(found) = reader.next_cell()? {
        builder.push(found.get_position(), value::cell(found.get_value(), false, &mut shared));
    }
    Ok(builder.finish())
}

impl Grid {
    /// The cells of an xls or ods sheet, which calamine holds whole.
    pub(super) fn of_range(range: &Range<Data>) -> Self {
        let (top, left) = range.start().unwrap_or_default();
        let mut builder = Builder::default();
        for (row, column, value) in range.used_cells() {
            let at =
                |offset: usize, start: u32| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(start);
            builder.push((at(row, top), at(column, left)), value::owned(value));
        }
        builder.finish()
    }
}
