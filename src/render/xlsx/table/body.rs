//! The rows of a table: values and looks, cell by cell or many rows at once.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError, utility::row_col_to_cell};

use super::super::book::{Plan, operand};
use super::super::formula::result;
use super::super::style::{Style, color};
use super::super::width;
use super::{LARGE, MOST_LINES, Places, cell, column_number, indented, rows, set_off};
use crate::document::{Kind, Row, Table, Value};
use crate::quantity::Health;

/// Writes the values of all rows, then the looks of those that look alike. The live columns hold their formulas
/// already, from the native table.
pub(super) fn alike_together(
    sheet: &mut Worksheet,
    style: &Style,
    (table, plan): (&Table, &Plan),
    places: &Places<'_>,
    first: u32,
) -> Result<(), XlsxError> {
    let rows = rows(table);
    let mut last = first;
    for (row, line) in (first..).zip(rows) {
        grow(sheet, table, places, row, line)?;
        values(sheet, style, table, plan, row, line)?;
        last = row;
    }
    looks(sheet, style, table, rows, first)?;
    if let Some(column) =
        column_number(table.columns.len()).filter(|_| plan.counted.is_some() && !rows.is_empty())
    {
        sheet.set_range_format(first, column, last, column, &counted(style))?;
    }
    Ok(())
}

/// The looks of the column that marks the rows a total counts.
fn counted(style: &Style) -> Format {
    style.cell(Kind::Count).set_font_color(color(style.theme.muted))
}

/// Writes the values of a row.
fn values(
    sheet: &mut Worksheet,
    style: &Style,
    table: &Table,
    plan: &Plan,
    row: u32,
    line: &Row,
) -> Result<(), XlsxError> {
    let operands = |place: usize| line.cells.get(place).and_then(operand);
    for (place, (value, table_column)) in line.cells.iter().zip(&table.columns).enumerate() {
        let Some(column) = column_number(place) else { break };
        match plan.formulas.get(place).and_then(Option::as_ref) {
            Some(formula) if formula.agrees(value, &operands) => {
                sheet.set_formula_result(row, column, result(value, &style.language));
            }
            // Over the formula, whatever the value is; a blank needs looks to be written at all.
            Some(_) if *value == Value::Empty => {
                sheet.write_blank(row, column, &style.cell(table_column.kind))?;
            }
            Some(_) => cell(sheet, style, row, column, value, None)?,
            None => match value {
                Value::Health(health) => {
                    sheet.write_string(row, column, health.word())?;
                }
                _ => cell(sheet, style, row, column, value, None)?,
            },
        }
    }
    if plan.counted.is_some() {
        let last = column_number(table.columns.len()).unwrap_or_default();
        sheet.write_number(row, last, u8::from(!line.summary))?;
    }
    Ok(())
}

/// What a cell looks like beyond the kind of its column.
#[derive(PartialEq)]
struct Look {
    summary: bool,
    indent: u8,
    health: Option<Health>,
}

/// Gives the cells their looks: rows that look alike, one under the other, at once. The writer knows a format
/// by everything that is in it, and to look it up for every cell takes longer than to write the cells.
fn looks(
    sheet: &mut Worksheet,
    style: &Style,
    table: &Table,
    rows: &[Row],
    first: u32,
) -> Result<(), XlsxError> {
    let indented = indented(table);
    for place in 0..table.columns.len() {
        let Some(number) = column_number(place) else { break };
        let look = |row: &Row| Look {
            summary: row.summary,
            indent: if place == indented { row.level.min(15) } else { 0 },
            health: row.cells.get(place).and_then(|cell| match cell {
                Value::Health(health) => Some(*health),
                _ => None,
            }),
        };
        let mut row = first;
        for alike in rows.chunk_by(|one, next| look(one) == look(next)) {
            let mut format = set_off(table, place, Style::cell, style);
            let Some(Look { summary, indent, health }) = alike.first().map(look) else { continue };
            if summary {
                format = format.set_bold();
            }
            if indent > 0 {
                format = format.set_indent(indent);
            }
            if let Some(health) = health {
                format = style.mark(format, health);
            }
            let next = row + u32::try_from(alike.len()).unwrap_or(0);
            sheet.set_range_format(row, number, next - 1, number, &format)?;
            row = next;
        }
    }
    Ok(())
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
            let last = column_number(table.columns.len()).unwrap_or_default();
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
    let wrapped = line.cells.iter().enumerate().filter_map(|(place, cell)| match cell {
        Value::Text(words) => {
            let indent = if place == indented(table) { f64::from(line.level) * 1.4 } else { 0.0 };
            let wide = places.width(place) - 2.5 - indent;
            Some(width::lines(words.get(..2_000).unwrap_or(words), wide))
        }
        _ => None,
    });
    let lines = wrapped.max().unwrap_or(1).min(MOST_LINES);
    if lines > 1 {
        sheet.set_row_height(row, width::height(lines))?;
    }
    Ok(())
}
