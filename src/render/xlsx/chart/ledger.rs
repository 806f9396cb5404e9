//! The cells behind the charts.

use rust_xlsxwriter::{ChartRange, Worksheet, XlsxError};

use super::super::book::Book;
use super::super::style::{is_text, kind_of};
use super::super::{page, table, text};
use crate::document::Value;

/// The row of the heads; the numbers follow below.
const HEAD: u32 = 3;

/// Where a column of numbers stands: column, first row, last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    column: u16,
    first: u32,
    last: u32,
}

/// Columns of numbers, side by side, a block a chart.
#[derive(Clone, Debug)]
pub(in super::super) struct Ledger {
    /// The sheet's name.
    pub(in super::super) sheet: String,
    columns: Vec<Column>,
}

#[derive(Clone, Debug)]
struct Column {
    /// The chart's title, over its first column.
    title: Option<String>,
    head: String,
    cells: Vec<Value>,
}

impl Ledger {
    pub(in super::super) fn new(sheet: String) -> Self {
        Self { sheet, columns: Vec::new() }
    }

    pub(in super::super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// Begins the block of a chart.
    pub(super) fn open(&mut self, title: &str) {
        if !self.columns.is_empty() {
            self.columns.push(Column { title: None, head: String::new(), cells: Vec::new() });
        }
        self.columns.push(Column { title: Some(title.to_owned()), head: String::new(), cells: Vec::new() });
    }

    /// Adds a column to the block that was opened last and says where its cells will stand.
    pub(super) fn column(&mut self, head: &str, cells: Vec<Value>) -> Place {
        match self.columns.last_mut().filter(|column| column.title.is_some() && column.head.is_empty()) {
            Some(first) => {
                head.clone_into(&mut first.head);
                first.cells = cells;
            }
            None => self.columns.push(Column { title: None, head: head.to_owned(), cells }),
        }
        let column = u16::try_from(self.columns.len() - 1).unwrap_or(u16::MAX);
        let rows = self.columns.last().map_or(0, |column| column.cells.len());
        let last = HEAD + u32::try_from(rows.max(1)).unwrap_or(1);
        Place { column, first: HEAD + 1, last }
    }

    /// The cells of a column, for a series.
    pub(super) fn range(&self, place: Place) -> ChartRange {
        ChartRange::new_from_range(&self.sheet, place.first, place.column, place.last, place.column)
    }

    /// Writes the sheet.
    pub(in super::super) fn write(&self, sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), XlsxError> {
        let style = &book.style;
        let mut wide = 0.0;
        sheet.set_screen_gridlines(false).set_row_height(0, 26)?;
        sheet.write_string_with_format(0, 0, "Chart data", &style.title())?;
        sheet.write_string_with_format(1, 0, "The charts are drawn from these cells.", &style.muted())?;
        for (number, column) in (0..).zip(&self.columns) {
            if let Some(title) = &column.title {
                let title = text::cut(&text::line(title), 200);
                sheet.write_string_with_format(HEAD - 1, number, title, &style.heading())?;
            }
            let Some(kind) = column.cells.iter().find(|cell| **cell != Value::Empty).map(kind_of) else {
                sheet.set_column_width(number, 3)?;
                wide += 3.0;
                continue;
            };
            let width = if is_text(kind) { 28.0 } else { 13.0 };
            sheet.set_column_width(number, width)?;
            wide += width;
            sheet.write_string_with_format(
                HEAD,
                number,
                text::cell(&column.head).as_ref(),
                &style.head(kind),
            )?;
            let format = style.of_kind(kind);
            let mut last = HEAD;
            for (row, cell) in (HEAD + 1..).zip(&column.cells) {
                table::cell(sheet, style, row, number, cell, None)?;
                last = row;
            }
            sheet.set_range_format(HEAD + 1, number, last, number, &format)?;
        }
        sheet.set_row_height(HEAD, 34)?.set_freeze_panes(HEAD + 1, 0)?;
        let rows = self.columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
        let rows = HEAD + u32::try_from(rows).unwrap_or(u32::MAX).saturating_add(1);
        page::set_up(sheet, book.document, page::Extent { width: wide, rows, ..Default::default() });
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_stand_side_by_side_with_a_gap_between_charts() {
        let mut ledger = Ledger::new("Chart data".to_owned());
        ledger.open("One");
        let column = |cells: usize| vec![Value::Count(1); cells];
        assert_eq!(ledger.column("a", column(3)), Place { column: 0, first: 4, last: 6 });
        assert_eq!(ledger.column("b", column(2)), Place { column: 1, first: 4, last: 5 });
        ledger.open("Two");
        assert_eq!(ledger.column("c", column(1)).column, 3);
    }
}
