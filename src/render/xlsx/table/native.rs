//! The part that makes cells a table of the workbook (ISO/IEC 29500-1, 18.5.1): its filter, its columns, the formulas
//! that new rows take and the functions of its totals.
//!
//! The writer would keep the table in mind cell by cell, and open a stream of compression for each part of it.

use std::fmt::Write as _;

use rust_xlsxwriter::utility::row_col_to_cell;

use super::super::book::Plan;
use super::super::text;
use super::{columns, total_formula};
use crate::document::Table;

/// Where a table has its number in the workbook, which is known once all of them are.
pub(in super::super) const NUMBER: &str = "\u{0}";

/// The part of a table from the row of its heads to the last of its rows, without the totals.
pub(super) fn part(table: &Table, plan: &Plan, (head, last): (u32, u32)) -> String {
    let count = columns(table, plan);
    let right = u16::try_from(count.saturating_sub(1)).unwrap_or(u16::MAX);
    let reach = |row: u32| format!("{}:{}", row_col_to_cell(head, 0), row_col_to_cell(row, right));
    let (whole, totals) = match table.totals {
        Some(_) => (reach(last + 1), "totalsRowCount=\"1\""),
        None => (reach(last), "totalsRowShown=\"0\""),
    };
    let (name, rows) = (&plan.name, reach(last));
    let mut part = String::with_capacity(600 + 160 * count);
    let _ = write!(
        part,
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<table \
         xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" id=\"{NUMBER}\" name=\"{name}\" \
         displayName=\"{name}\" ref=\"{whole}\" {totals}><autoFilter ref=\"{rows}\"/><tableColumns count=\"{count}\">"
    );
    for (place, head) in plan.heads.iter().chain(&plan.counted).enumerate() {
        column(&mut part, (table, plan), place, head);
    }
    part.push_str(
        "</tableColumns><tableStyleInfo name=\"TableStyleLight1\" showFirstColumn=\"0\" showLastColumn=\"0\" \
         showRowStripes=\"1\" showColumnStripes=\"0\"/>",
    );
    let alternative = text::alternative(&table.caption);
    if !alternative.is_empty() {
        part.push_str(
            "<extLst><ext uri=\"{504A1905-F514-4f6f-8877-14C23A59335A}\" \
             xmlns:x14=\"http://schemas.microsoft.com/office/spreadsheetml/2009/9/main\"><x14:table altTextSummary=\"",
        );
        text::attribute(&alternative, &mut part);
        part.push_str("\"/></ext></extLst>");
    }
    part.push_str("</table>");
    part
}

fn column(part: &mut String, (table, plan): (&Table, &Plan), place: usize, head: &str) {
    let _ = write!(part, "<tableColumn id=\"{}\" name=\"", place + 1);
    text::attribute(head, part);
    let computed = plan.column_formula(place);
    let total = total_formula(table, plan, place);
    part.push_str(if total.is_some() { "\" totalsRowFunction=\"custom\"" } else { "\"" });
    if computed.is_none() && total.is_none() {
        part.push_str("/>");
        return;
    }
    part.push('>');
    if let Some(formula) = computed {
        let _ = write!(part, "<calculatedColumnFormula>{formula}</calculatedColumnFormula>");
    }
    if let Some(formula) = total {
        part.push_str("<totalsRowFormula>");
        text::escape(formula.trim_start_matches('='), part);
        part.push_str("</totalsRowFormula>");
    }
    part.push_str("</tableColumn>");
}
