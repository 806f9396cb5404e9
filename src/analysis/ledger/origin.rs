//! Where the rows of a ledger stand: for a reader who wants to see them.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use crate::language::Phrase;
use crate::model::Portfolio;
use crate::model::facts::Postings;

/// The files and sheets with bookings of a project, each with its number of rows, those after the status date
/// included: `180 bookings in timesheets.csv`.
#[must_use]
pub fn bookings_by_table(portfolio: &Portfolio, project: usize) -> Vec<Phrase> {
    let rows = portfolio.facts.bookings.sheets.iter().filter_map(|sheet| {
        let mine = sheet.aim.iter().filter(|aim| aim.project.is_some_and(|of| of as usize == project));
        let (n, file) = rows_in(portfolio, sheet.source, mine.count())?;
        Some(phrase!("{n} {n|booking|bookings} in {file}", n, file))
    });
    rows.collect()
}

/// The same of postings: `12 postings in costs.csv`.
#[must_use]
pub fn postings_by_table(portfolio: &Portfolio, project: usize) -> Vec<Phrase> {
    let by_source = postings_by_source(&portfolio.facts.postings.0, project).unwrap_or_default();
    let rows = by_source.into_iter().filter_map(|(source, rows)| {
        let (n, file) = rows_in(portfolio, source, rows)?;
        Some(phrase!("{n} {n|posting|postings} in {file}", n, file))
    });
    rows.collect()
}

/// A number of rows and the name of their table, where there are any.
fn rows_in(portfolio: &Portfolio, source: u32, rows: usize) -> Option<(usize, String)> {
    let table = portfolio.tables.get(source as usize).filter(|_| rows > 0)?;
    Some((rows, table.name()))
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
