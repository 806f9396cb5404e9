//! The cells behind the charts.

use rust_xlsxwriter::utility::column_name_to_number;
use rust_xlsxwriter::{ChartRange, Worksheet, XlsxError};

use super::super::book::Book;
use super::super::cells::{Body, Cells, Content, Rows};
use super::super::formula::number;
use super::super::looks::Prose;
use super::super::style::{is_text, kind_of};
use super::super::{page, table, text};
use crate::document::{Kind, Value};

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

impl Column {
    /// The kind of its cells, where there is one that holds something.
    fn kind(&self) -> Option<Kind> {
        self.cells.iter().find(|cell| **cell != Value::Empty).map(kind_of)
    }

    /// A cell of text where there is one: with it the column holds names, without it numbers.
    fn typical(&self) -> Option<&Value> {
        let mut filled = self.cells.iter().filter(|cell| **cell != Value::Empty);
        let first = filled.clone().next();
        filled.find(|cell| number(cell).is_none()).or(first)
    }
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

    /// The cells that a chart's part refers to (`'Chart data'!$C$5:$C$33`).
    pub(super) fn cells(&self, reference: &str) -> Option<&[Value]> {
        let (_, place) = reference.rsplit_once("!$")?;
        let (letters, _) = place.split_once('$')?;
        let column = usize::from(column_name_to_number(letters));
        self.columns.get(column).map(|column| column.cells.as_slice())
    }

    /// Writes the sheet and returns its rows, for the finished package.
    pub(in super::super) fn write(
        &self,
        sheet: &mut Worksheet,
        book: &Book<'_>,
    ) -> Result<Option<Body>, XlsxError> {
        let style = &book.style;
        let mut wide = 0.0;
        // Whoever prints the workbook wants the charts and not these; who wants the numbers makes the sheet visible.
        sheet.set_hidden(true).set_screen_gridlines(false).set_row_height(0, 26)?;
        sheet.write_string_with_format(0, 0, style.language.word(word!("Chart data")), &style.title())?;
        let about = style.language.word(word!("The charts are drawn from these cells."));
        sheet.write_string_with_format(1, 0, about, &style.muted())?;
        for (place, column) in (0..).zip(&self.columns) {
            let width = column.kind().map_or(3.0, |kind| if is_text(kind) { 28.0 } else { 13.0 });
            sheet.set_column_width(place, width)?;
            wide += width;
            // Whether a series has names or places the writer sees by this cell alone.
            if let Some(typical) = column.typical() {
                table::cell(sheet, style, HEAD + 1, place, typical, None)?;
            }
        }
        sheet.set_freeze_panes(HEAD + 1, 0)?;
        let rows = self.columns.iter().map(|column| column.cells.len()).max().unwrap_or(0);
        let rows = HEAD + u32::try_from(rows).unwrap_or(u32::MAX).saturating_add(1);
        page::set_up(sheet, book.document, page::Extent { width: wide, rows, ..Default::default() });
        Ok(self.rows(book))
    }

    /// The titles of the charts, the heads, and the numbers.
    fn rows(&self, book: &Book<'_>) -> Option<Body> {
        let columns: Vec<(Cells, &Column)> = (0..).map(Cells::one).zip(&self.columns).collect();
        let numbers = columns.iter().map(|(_, column)| column.cells.len()).sum::<usize>();
        let mut rows = Rows::with_capacity((numbers + 2 * columns.len()) * 44);
        rows.open(HEAD - 1, None, 0);
        for (cells, column) in &columns {
            if let Some(title) = &column.title {
                let title = text::cut(&text::line(title), 200);
                rows.cell(cells, book.looks.prose(Prose::Heading), &Content::text(&title));
            }
        }
        rows.close();
        let filled: Vec<(&Cells, Kind, &Column)> =
            columns.iter().filter_map(|(cells, column)| Some((cells, column.kind()?, *column))).collect();
        rows.open(HEAD, Some(34.0), 0);
        for (cells, kind, column) in &filled {
            rows.cell(cells, book.looks.plain_head(*kind), &Content::text(&column.head));
        }
        rows.close();
        let longest = filled.iter().map(|(.., column)| column.cells.len()).max().unwrap_or(0);
        let filled: Vec<(&Cells, &str, &[Value])> = filled
            .into_iter()
            .map(|(cells, kind, column)| (cells, book.looks.plain(kind), column.cells.as_slice()))
            .collect();
        for (row, place) in (HEAD + 1..).zip(0..longest) {
            rows.open(row, None, 0);
            for (cells, look, values) in &filled {
                if let Some(value) = values.get(place) {
                    rows.cell(cells, look, &Content::of(value, &book.style));
                }
            }
            rows.close();
        }
        rows.finish()
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
        assert_eq!(ledger.cells("'Chart data'!$B$5:$B$6").map(<[_]>::len), Some(2));
        assert_eq!(ledger.cells("'Chart data'!$D$5").map(<[_]>::len), Some(1));
        assert_eq!(ledger.cells("'Chart data'!$AA$5"), None);
    }
}
