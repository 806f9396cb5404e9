//! Where the rows of a ledger stand: for a reader who wants to see them.

use std::collections::BTreeMap;

use polars::prelude::{DataFrame, PolarsResult};

use crate::language::Phrase;
use crate::model::Portfolio;
use crate::model::facts::Postings;

/// The files and sheets with bookings and postings of a project, each with its number of rows, those after
/// the status date included: `180 bookings in timesheets.csv`.
#[must_use]
pub fn rows_by_table(portfolio: &Portfolio, project: usize) -> Vec<Phrase> {
    let facts = &portfolio.facts;
    let mut lines = Vec::new();
    let mut tell = |says: fn(usize, String) -> Phrase, source: u32, rows: usize| {
        let Some(table) = portfolio.tables.get(source as usize).filter(|_| rows > 0) else { return };
        lines.push(says(rows, table.name()));
    };
    for sheet in &facts.bookings.sheets {
        let mine = sheet.aim.iter().filter(|aim| aim.project.is_some_and(|of| of as usize == project));
        tell(bookings, sheet.source, mine.count());
    }
    for (source, rows) in postings_by_source(&facts.postings.0, project).unwrap_or_default() {
        tell(postings, source, rows);
    }
    lines
}

fn bookings(n: usize, file: String) -> Phrase {
    phrase!("{n} {n|booking|bookings} in {file}", n, file)
}

fn postings(n: usize, file: String) -> Phrase {
    phrase!("{n} {n|posting|postings} in {file}", n, file)
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
