//! Where the rows of a ledger stand: for a reader who wants to see them.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use crate::model::Portfolio;
use crate::model::facts::Postings;
use crate::wording::counted;

/// The files and sheets with bookings and postings of a project, each with its number of rows, those after
/// the status date included: `180 bookings in timesheets.csv`.
#[must_use]
pub fn rows_by_table(portfolio: &Portfolio, project: usize) -> Vec<String> {
    let facts = &portfolio.facts;
    let mut lines = Vec::new();
    let mut tell = |noun, source: u32, rows: usize| {
        let Some(table) = portfolio.tables.get(source as usize).filter(|_| rows > 0) else { return };
        let sheet = table.sheet.as_ref().map(|sheet| format!("#{sheet}")).unwrap_or_default();
        lines.push(format!("{} in {}{sheet}", counted(rows, noun), table.file));
    };
    for sheet in &facts.bookings.sheets {
        let mine = sheet.aim.iter().filter(|aim| aim.project.is_some_and(|of| of as usize == project));
        tell("booking", sheet.source, mine.count());
    }
    for (source, rows) in postings_by_source(&facts.postings.0, project).unwrap_or_default() {
        tell("posting", source, rows);
    }
    lines
}

fn postings_by_source(frame: &DataFrame, project: usize) -> PolarsResult<BTreeMap<u32, usize>> {
    let projects = frame.column(Postings::PROJECT)?.u32()?;
    let sources = frame.column(Postings::SOURCE)?.u32()?;
    let mut by_source: BTreeMap<u32, usize> = BTreeMap::new();
    for (of, source) in projects.iter().zip(sources.iter()) {
        if let (Some(of), Some(source)) = (of, source)
            && of as usize == project
        {
            *by_source.entry(source).or_default() += 1;
        }
    }
    Ok(by_source)
}
