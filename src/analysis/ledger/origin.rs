//! Where the rows of a ledger stand: for a reader who wants to see them.

use std::collections::BTreeMap;

use crate::model::Portfolio;
use crate::model::facts::{Bookings, Postings};
use crate::wording::counted;

/// The files and sheets with bookings and postings of a project, each with its number of rows, those after
/// the status date included: `180 bookings in timesheets.csv`.
#[must_use]
pub fn rows_by_table(portfolio: &Portfolio, project: usize) -> Vec<String> {
    let facts = &portfolio.facts;
    let frames = [
        ("booking", &facts.bookings.0, Bookings::PROJECT, Bookings::SOURCE),
        ("posting", &facts.postings.0, Postings::PROJECT, Postings::SOURCE),
    ];
    let mut lines = Vec::new();
    for (noun, frame, project_column, source_column) in frames {
        let (Ok(projects), Ok(sources)) = (frame.column(project_column), frame.column(source_column)) else {
            continue;
        };
        let (Ok(projects), Ok(sources)) = (projects.u32(), sources.u32()) else { continue };
        let mut by_source: BTreeMap<u32, usize> = BTreeMap::new();
        for (of, source) in projects.iter().zip(sources.iter()) {
            if let (Some(of), Some(source)) = (of, source)
                && of as usize == project
            {
                *by_source.entry(source).or_default() += 1;
            }
        }
        for (source, rows) in by_source {
            let Some(table) = portfolio.tables.get(source as usize) else { continue };
            let sheet = table.sheet.as_ref().map(|sheet| format!("#{sheet}")).unwrap_or_default();
            lines.push(format!("{} in {}{sheet}", counted(rows, noun), table.file));
        }
    }
    lines
}
