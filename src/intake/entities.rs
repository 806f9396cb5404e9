//! Rows of entities as they are read.

use super::Datum;

/// The rows of a table of entities.
///
/// The cells of all rows stand in one list, row behind row: a list a row would be asked from the system, given back and
/// found in memory as often as there are rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityRows {
    /// The rows as a spreadsheet counts them.
    rows: Vec<u32>,
    cells: Vec<Option<Datum>>,
    /// Cells of a row.
    width: usize,
}

impl EntityRows {
    /// None yet, of so many cells each.
    #[must_use]
    pub const fn new(width: usize) -> Self {
        Self { rows: Vec::new(), cells: Vec::new(), width }
    }

    /// Adds a row of the spreadsheet: one cell a column that the sheet has, in the order of the table's spec. Cells that
    /// are too many are left out, those that lack are empty.
    pub fn push(&mut self, row: u32, cells: impl IntoIterator<Item = Option<Datum>>) {
        self.rows.push(row);
        self.cells.extend(cells.into_iter().take(self.width));
        self.cells.resize(self.rows.len() * self.width, None);
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row of the spreadsheet of a row of the table.
    ///
    /// # Panics
    /// When there is no such row.
    #[must_use]
    pub fn row(&self, nth: usize) -> u32 {
        self.rows[nth]
    }

    /// The rows of the spreadsheet with their cells.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &[Option<Datum>])> {
        let cells = |nth: usize| &self.cells[nth * self.width..(nth + 1) * self.width];
        self.rows.iter().enumerate().map(move |(nth, row)| (*row, cells(nth)))
    }

    /// Takes a row out; tells its row of the spreadsheet.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn remove(&mut self, nth: usize) -> u32 {
        self.cells.drain(nth * self.width..(nth + 1) * self.width);
        self.rows.remove(nth)
    }

    /// The cell of a row by its place: see [`super::Typed::present`]. `None` when it is empty.
    #[must_use]
    pub fn cell(&self, nth: usize, place: usize) -> Option<&Datum> {
        let at = nth * self.width + place;
        self.cells.get(at).filter(|_| place < self.width)?.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_found_by_row_and_place() {
        let mut entities = EntityRows::new(2);
        entities.push(2, [Some(Datum::Flag(true)), None]);
        entities.push(5, [None]);
        entities.push(6, [None, Some(Datum::Number(1.0)), Some(Datum::Number(2.0))]);
        entities.push(7, [Some(Datum::Number(3.0))]);
        assert_eq!((0..entities.len()).map(|nth| entities.row(nth)).collect::<Vec<_>>(), [2, 5, 6, 7]);
        assert_eq!(entities.cell(0, 0), Some(&Datum::Flag(true)));
        assert_eq!((entities.cell(0, 1), entities.cell(1, 0), entities.cell(1, 1)), (None, None, None));
        assert_eq!(entities.cell(2, 1), Some(&Datum::Number(1.0)));
        assert_eq!(entities.cell(0, 2), None, "not a cell of the next row");
        assert_eq!(entities.cell(3, 0), Some(&Datum::Number(3.0)));
        assert_eq!(entities.cell(4, 0), None);
        assert_eq!(entities.remove(1), 5);
        let rows: Vec<_> = entities.iter().map(|(row, cells)| (row, cells.to_vec())).collect();
        assert_eq!(rows.iter().map(|(row, _)| *row).collect::<Vec<_>>(), [2, 6, 7]);
        assert_eq!(rows[1].1, [None, Some(Datum::Number(1.0))]);
    }

    #[test]
    fn rows_without_a_column_are_rows() {
        let mut entities = EntityRows::default();
        assert!(entities.is_empty());
        entities.push(2, []);
        assert_eq!((entities.len(), entities.cell(0, 0)), (1, None));
    }
}
