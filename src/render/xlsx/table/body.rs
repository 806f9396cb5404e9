//! The rows of a table that is large or over merged cells, cell by cell.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError, utility::row_col_to_cell};

use super::super::book::{Plan, operand};
use super::super::formula::result;
use super::super::style::{Style, color};
use super::super::width;
use super::{LARGE, MOST_LINES, Places, cell, indent, indented, rows, set_off};
use crate::document::{Kind, Row, Table, Value};

/// The looks of the column that marks the rows a total counts.
pub(super) fn counted(style: &Style) -> Format {
    style.cell(Kind::Count).set_font_color(color(style.theme.muted))
}

/// Writes the rows cell by cell, each with its looks: those of a large table, which are forgotten once the next
/// begins and take the looks of their columns, and those whose columns are several of the sheet's.
pub(super) fn one_by_one(
    sheet: &mut Worksheet,
    style: &Style,
    (table, plan): (&Table, &Plan),
    places: &Places<'_>,
    first: u32,
) -> Result<(), XlsxError> {
    let large = rows(table).len() > LARGE;
    let plain: Vec<Format> =
        (0..table.columns.len()).map(|place| set_off(table, place, Style::cell, style)).collect();
    if large {
        for (place, format) in (0..).zip(&plain) {
            sheet.set_column_format(place, format)?;
        }
    }
    let bold: Vec<Format> = plain.iter().map(|format| format.clone().set_bold()).collect();
    let live: Vec<Option<Formula>> = plan
        .formulas
        .iter()
        .map(|formula| formula.as_ref().map(|f| Formula::new(f.write(|place| plan.here(place)))))
        .collect();
    let counted = counted(style);
    let indented = indented(table);
    for (row, line) in (first..).zip(rows(table)) {
        if !large {
            grow(sheet, table, places, row, line)?;
        }
        for (place, value) in line.cells.iter().enumerate().take(table.columns.len()) {
            let column = places.first(place);
            let formats = if line.summary { &bold } else { &plain };
            let format = formats.get(place).filter(|_| line.summary || !large);
            places.join(sheet, row, place, format)?;
            let operands = |place: usize| line.cells.get(place).and_then(operand);
            let formula =
                plan.formulas.get(place).and_then(Option::as_ref).filter(|f| f.agrees(value, &operands));
            if let (Some(computed), Some(Some(formula))) = (formula, live.get(place)) {
                let formula = if places.spans.is_some() {
                    Formula::new(computed.write(|place| row_col_to_cell(row, places.first(place))))
                } else {
                    formula.clone()
                };
                let formula = formula.set_result(result(value, &style.language));
                match format {
                    Some(format) => sheet.write_formula_with_format(row, column, formula, format)?,
                    None => sheet.write_formula(row, column, formula)?,
                };
            } else if place == indented && line.level > 0 {
                let format = formats.get(place).cloned().unwrap_or_default().set_indent(line.level.min(15));
                cell(sheet, style, row, column, value, Some(&format))?;
            } else {
                cell(sheet, style, row, column, value, format)?;
            }
        }
        if plan.counted.is_some() {
            let last = places.first(table.columns.len());
            sheet.write_number_with_format(row, last, u8::from(!line.summary), &counted)?;
        }
    }
    Ok(())
}

/// Makes room for text of several lines: not every program does so by itself.
fn grow(
    sheet: &mut Worksheet,
    table: &Table,
    places: &Places<'_>,
    row: u32,
    line: &Row,
) -> Result<(), XlsxError> {
    let lines = lines(table, places, line);
    if lines > 1 {
        sheet.set_row_height(row, width::height(lines))?;
    }
    Ok(())
}

/// The lines that the texts of a row take.
pub(super) fn lines(table: &Table, places: &Places<'_>, line: &Row) -> u32 {
    let wrapped = line.cells.iter().enumerate().filter_map(|(place, cell)| match cell {
        Value::Text(words) => {
            let wide = places.width(place) - 2.5 - indent(table, place, line);
            Some(width::lines(words.get(..2_000).unwrap_or(words), wide))
        }
        _ => None,
    });
    wrapped.max().unwrap_or(1).min(MOST_LINES)
}
