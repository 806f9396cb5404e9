//! The filled cells of a worksheet, by row.

use std::collections::HashSet;
use std::io::{Read, Seek};

use calamine::{Data, DataRef, Range, Xlsb, XlsbError, Xlsx, XlsxError};

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

impl Grid {
    /// Puts a formula without a stored result where nothing is, no farther right than the first rows reach.
    fn not_calculated(&mut self, (row, column): (u32, u32)) {
        let (row, column) = (row.saturating_add(1), column as usize);
        let width = self.rows.iter().take(SEARCH).map(|row| row.cells.len()).max().unwrap_or(0);
        if column >= width {
            return;
        }
        let at = self.rows.binary_search_by_key(&row, |row| row.row).unwrap_or_else(|at| {
            self.rows.insert(at, RowCells { row, cells: Vec::new() });
            at
        });
        let cells = &mut self.rows[at].cells;
        cells.resize(cells.len().max(column + 1), Cell::Empty);
        if cells[column] == Cell::Empty {
            cells[column] = Cell::NotCalculated;
        }
    }
}

/// Builds a grid from cells in any order; in order is fast.
#[derive(Default)]
pub(super) struct Builder {
    row: u32,
    cells: Vec<Cell>,
    /// The widest of the first rows: no table is wider than the rows its header is among. A damaged or
    /// hostile workbook with cells at column 16,384 would take memory without end.
    limit: Option<usize>,
    grid: Grid,
    /// Rows do not come in order: one may be there in pieces.
    mixed: bool,
}

impl Builder {
    pub(super) fn push(&mut self, (row, column): (u32, u32), cell: Cell) {
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
        if column < self.cells.len() {
            self.cells[column] = cell;
            return;
        }
        if self.cells.capacity() == 0 {
            self.cells.reserve_exact(self.limit.unwrap_or(column + 1));
        }
        self.cells.resize(column, Cell::Empty);
        self.cells.push(cell);
    }

    fn next_row(&mut self, row: u32) {
        self.keep();
        self.row = row;
        if self.grid.rows.len() == SEARCH && self.limit.is_none() {
            self.limit = self.grid.rows.iter().map(|row| row.cells.len()).max();
        }
    }

    fn keep(&mut self) {
        if !self.cells.is_empty() {
            let row = self.row.saturating_add(1);
            self.mixed |= self.grid.rows.last().is_some_and(|last| last.row >= row);
            self.grid.rows.push(RowCells { row, cells: std::mem::take(&mut self.cells) });
        }
    }

    pub(super) fn finish(mut self) -> Grid {
        self.keep();
        if self.mixed {
            self.grid.rows.sort_by_key(|row| row.row);
            self.grid.rows.dedup_by(|later, first| later.row == first.row && join(first, later));
        }
        self.grid
    }
}

/// Puts the filled cells of another piece of a row into it.
fn join(row: &mut RowCells, piece: &mut RowCells) -> bool {
    let cells = std::mem::take(&mut piece.cells);
    row.cells.resize(row.cells.len().max(cells.len()), Cell::Empty);
    for (at, cell) in cells.into_iter().enumerate().filter(|(_, cell)| *cell != Cell::Empty) {
        row.cells[at] = cell;
    }
    true
}

/// The cells of an xlsx sheet, straight from the XML.
pub(super) fn of_xlsx<R: Read + Seek>(workbook: &mut Xlsx<R>, sheet: &str) -> Result<Grid, XlsxError> {
    let mut reader = workbook.worksheet_cells_reader(sheet)?;
    let percent = value::percentages(reader.styles());
    let (mut builder, mut shared) = (Builder::default(), Shared::default());
    let styled = percent.contains(&true);
    let mut empty = HashSet::new();
    loop {
        let next = if styled {
            reader.next_cell_with_style_id()
        } else {
            reader.next_cell().map(|found| found.map(|found| (found, 0)))
        };
        match next {
            Ok(Some((found, style))) => {
                if *found.get_value() == DataRef::Empty {
                    empty.insert(found.get_position());
                }
                let percent = percent.get(style).copied().unwrap_or(false);
                builder.push(found.get_position(), value::cell(found.get_value(), percent, &mut shared));
            }
            Ok(None) => break,
            // The reader goes on behind the cell, but does not say where it was.
            Err(XlsxError::CellError(error)) => builder.grid.unknown_errors.push((builder.row + 1, error)),
            Err(error) => return Err(error),
        }
    }
    drop(reader);
    let mut grid = builder.finish();
    if !empty.is_empty() {
        let mut reader = workbook.worksheet_cells_reader(sheet)?;
        while let Some(formula) = reader.next_formula()? {
            let place = formula.get_position();
            if !formula.get_value().is_empty() && empty.contains(&place) {
                grid.not_calculated(place);
            }
        }
    }
    Ok(grid)
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
        let (mut builder, mut shared) = (Builder::default(), Shared::default());
        for (row, column, value) in range.used_cells() {
            let at =
                |offset: usize, start: u32| u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(start);
            builder.push((at(row, top), at(column, left)), value::owned(value, &mut shared));
        }
        builder.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::header::text;

    #[test]
    fn rows_in_pieces_and_out_of_order_are_put_together() {
        let mut builder = Builder::default();
        for (at, word) in [((4, 0), "a"), ((4, 2), "c"), ((1, 1), "x"), ((4, 1), "b"), ((4, 2), "C")] {
            builder.push(at, text(word));
        }
        let shown = |row: &RowCells| row.cells.iter().map(ToString::to_string).collect::<Vec<_>>().join("|");
        let rows: Vec<(u32, String)> =
            builder.finish().rows.iter().map(|row| (row.row, shown(row))).collect();
        assert_eq!(rows, [(2, "|x".to_owned()), (5, "a|b|C".to_owned())]);
    }
}
