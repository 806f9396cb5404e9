//! The rows of a table as the file has them: its heads, its body, its totals.

use rust_xlsxwriter::utility::row_col_to_cell;

use super::super::book::{Book, Plan, operand};
use super::super::cells::{Body, Cells, Content, Rows};
use super::super::formula::number;
use super::super::looks::Look;
use super::super::{text, width};
use super::{LARGE, MOST_LINES, Places, indent, indented, is_sum, total_formula};
use crate::document::{Row, Table, Value};

/// What a table's rows are made of.
struct Written<'a> {
    book: &'a Book<'a>,
    table: &'a Table,
    plan: &'a Plan,
    places: &'a Places<'a>,
    /// The cells that each column takes.
    cells: Vec<Cells>,
}

/// The rows of a table from the row of its heads to that of its totals, the last row of its body given; without the
/// body where that is large.
pub(super) fn bodies(
    book: &Book<'_>,
    (table, plan): (&Table, &Plan),
    places: &Places<'_>,
    (head, last): (u32, u32),
) -> impl Iterator<Item = Body> {
    let cells = (0..super::columns(table, plan)).map(|place| Cells::of(places.span(place))).collect();
    let written = Written { book, table, plan, places, cells };
    let large = table.rows.len() > LARGE;
    let body_rows = if large { 0 } else { table.rows.len() };
    let mut rows = Rows::with_capacity((body_rows + 2) * written.cells.len() * 56);
    let mut before = None;
    written.head(&mut rows, head);
    if large {
        before = std::mem::take(&mut rows).finish();
    } else {
        written.body(&mut rows, head + 1);
    }
    if let Some(totals) = &table.totals {
        written.totals(&mut rows, totals, (head + 1, last));
    }
    before.into_iter().chain(rows.finish())
}

impl Written<'_> {
    /// The heads; those of a table of the workbook are what it calls its columns.
    fn head(&self, rows: &mut Rows, row: u32) {
        let columns = self.table.columns.iter().enumerate();
        let wide = |place: usize| (self.places.width(place) - 3.5) / 1.07;
        let lines = columns.map(|(place, column)| width::lines(&column.head, wide(place))).max();
        rows.open(row, Some(width::height(lines.unwrap_or(1)) + 5.0), 0);
        for (place, cells) in self.cells.iter().enumerate() {
            let look = self.book.looks.cell(Look::of_head(self.table, place));
            let own = self.table.columns.get(place).filter(|_| self.places.spans.is_some());
            let words = match own {
                Some(column) => text::line(&column.head),
                None => {
                    self.plan.heads.iter().chain(&self.plan.counted).nth(place).cloned().unwrap_or_default()
                }
            };
            rows.cell(cells, look, &Content::text(&words));
        }
        rows.close();
    }

    /// The rows, the first of them in this row of the sheet.
    fn body(&self, rows: &mut Rows, first: u32) {
        let Self { table, plan, places, .. } = *self;
        let (looks, style) = (&self.book.looks, &self.book.style);
        let formulas: Vec<Option<String>> =
            (0..self.cells.len()).map(|place| plan.column_formula(place)).collect();
        let body = super::rows(table);
        let lowest = body.iter().map(|row| row.level).min().unwrap_or(0);
        let levels = indented(table);
        // Rows that look alike follow each other: what a column's last cell looked like is remembered.
        let mut remembered: Vec<Option<(Look, &str)>> = vec![None; self.cells.len()];
        for (at, row) in (first..).zip(body) {
            // The rows of a table that is none of the workbook's are not grouped.
            let level = if places.spans.is_some() { 0 } else { (row.level - lowest).min(7) };
            // Not every program makes room for text of several lines by itself.
            let lines = lines(table, places, row);
            rows.open(at, (lines > 1).then(|| width::height(lines)), level);
            let operands = |place: usize| row.cells.get(place).and_then(operand);
            for ((place, cells), remembered) in (0..).zip(&self.cells).zip(&mut remembered) {
                let look = Look::of(table, place, levels, row);
                let attribute = match *remembered {
                    Some((last, attribute)) if last == look => attribute,
                    _ => looks.cell(look),
                };
                *remembered = Some((look, attribute));
                if place >= table.columns.len() {
                    rows.cell(cells, attribute, &Content::Number(f64::from(u8::from(!row.summary))));
                    continue;
                }
                let value = row.cells.get(place).unwrap_or(&Value::Empty);
                let live = plan.formulas.get(place).and_then(Option::as_ref);
                match formulas.get(place).and_then(Option::as_ref) {
                    Some(formula) if live.is_some_and(|live| live.agrees(value, &operands)) => {
                        let cell = |place: usize| row_col_to_cell(at, places.first(place));
                        let own = if places.spans.is_some() { plan.formula(place, cell) } else { None };
                        let formula = own.as_ref().unwrap_or(formula);
                        rows.cell(cells, attribute, &Content::Computed(formula, number(value)));
                    }
                    _ => rows.cell(cells, attribute, &Content::of(value, style)),
                }
            }
            rows.close();
        }
    }

    /// The totals, live where they say what the stored ones say.
    fn totals(&self, rows: &mut Rows, totals: &Row, (first, last): (u32, u32)) {
        let Self { table, plan, places, .. } = *self;
        let row = last + 1;
        rows.open(row, None, 0);
        for (place, cells) in self.cells.iter().enumerate() {
            let look = self.book.looks.cell(Look::of_total(table, place, totals));
            let value =
                totals.cells.get(place).filter(|_| place < table.columns.len()).unwrap_or(&Value::Empty);
            let cell_of = |row: u32, place: usize| row_col_to_cell(row, places.first(place));
            let sum = if places.spans.is_none() {
                total_formula(table, plan, place)
            } else {
                is_sum(table, place)
                    .then(|| format!("=SUM({}:{})", cell_of(first, place), cell_of(last, place)))
            };
            let sum = sum.map(|sum| text::formula(&sum));
            let operands = |place: usize| totals.cells.get(place).and_then(operand);
            let live = plan.formulas.get(place).and_then(Option::as_ref);
            let computed = || {
                live.filter(|live| live.agrees(value, &operands))
                    .and_then(|_| plan.formula(place, |place| cell_of(row, place)))
            };
            match sum.or_else(computed) {
                Some(formula) => rows.cell(cells, look, &Content::Computed(&formula, number(value))),
                None => rows.cell(cells, look, &Content::of(value, &self.book.style)),
            }
        }
        rows.close();
    }
}

/// The lines that the texts of a row take.
fn lines(table: &Table, places: &Places<'_>, line: &Row) -> u32 {
    let wrapped = line.cells.iter().enumerate().filter_map(|(place, cell)| match cell {
        Value::Text(words) => {
            let wide = places.width(place) - 2.5 - indent(table, place, line);
            Some(width::lines(words.get(..2_000).unwrap_or(words), wide))
        }
        _ => None,
    });
    wrapped.max().unwrap_or(1).min(MOST_LINES)
}
