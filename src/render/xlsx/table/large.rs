//! The rows of a large table, cell by cell, in the writer's mode of constant memory.

use rust_xlsxwriter::{Format, Formula, Worksheet, XlsxError};

use super::super::book::{Plan, operand};
use super::super::formula::result;
use super::super::looks::counted;
use super::super::style::Style;
use super::{cell, indented, rows, set_off};
use crate::document::Table;

/// Writes the rows, which are forgotten once the next begins and take the looks of their columns.
pub(super) fn write(
    sheet: &mut Worksheet,
    style: &Style,
    (table, plan): (&Table, &Plan),
    first: u32,
) -> Result<(), XlsxError> {
    let plain: Vec<Format> =
        (0..table.columns.len()).map(|place| set_off(table, place, Style::cell, style)).collect();
    for (place, format) in (0..).zip(&plain) {
        sheet.set_column_format(place, format)?;
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
        let columns = (0_u16..).zip(&line.cells).enumerate().take(table.columns.len());
        for (place, (column, value)) in columns {
            let formats = if line.summary { &bold } else { &plain };
            let format = formats.get(place).filter(|_| line.summary);
            let operands = |place: usize| line.cells.get(place).and_then(operand);
            let formula =
                plan.formulas.get(place).and_then(Option::as_ref).filter(|f| f.agrees(value, &operands));
            if let (Some(_), Some(Some(formula))) = (formula, live.get(place)) {
                let formula = formula.clone().set_result(result(value, &style.language));
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
            let last = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
            sheet.write_number_with_format(row, last, u8::from(!line.summary), &counted)?;
        }
    }
    Ok(())
}
