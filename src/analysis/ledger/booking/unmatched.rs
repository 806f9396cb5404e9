//! Bookings that joined no task, by the task as written.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::PolarsResult;

use super::columns::Columns;
use crate::analysis;
use crate::analysis::ledger::operations::is_task;
use crate::model::Portfolio;
use crate::model::facts::{Bookings, Words, values};
use crate::quantity::{Money, Work};

/// What is told of rows that joined no task.
pub(super) struct Unmatched<'a> {
    portfolio: &'a Portfolio,
    written: Option<Words<'a>>,
    seconds: Cow<'a, [i64]>,
    source: Cow<'a, [u32]>,
    row: Cow<'a, [u32]>,
}

/// What was booked on one text: hours, cost, rows, source and row of the first.
struct Loose {
    hours: Work,
    cost: Money,
    rows: u32,
    first: (u32, u32),
}

impl<'a> Unmatched<'a> {
    pub(super) fn of(portfolio: &'a Portfolio) -> PolarsResult<Self> {
        let frame = &portfolio.facts.bookings.0;
        Ok(Self {
            portfolio,
            written: Words::of(frame, Bookings::TASK_TEXT),
            seconds: values(frame.column(Bookings::SECONDS)?.i64()?, 0),
            source: values(frame.column(Bookings::SOURCE)?.u32()?, 0),
            row: values(frame.column(Bookings::ROW)?.u32()?, 0),
        })
    }

    /// The work of these rows that is operations: by its activity, or by the task as written.
    pub(super) fn operations(&self, rows: &[(u32, Money)], columns: &Columns<'_>) -> Work {
        let is_one = |row: u32| {
            let text = self.written.as_ref().and_then(|words| words.text(words.codes().get(row as usize)?));
            columns.is_operations(row) || text.is_some_and(is_task)
        };
        rows.iter().filter(|(row, _)| is_one(*row)).map(|(row, _)| Work(self.seconds[*row as usize])).sum()
    }

    /// These rows of a project, each with its cost, by the task as written.
    pub(super) fn by_text(&self, rows: &[(u32, Money)]) -> Vec<analysis::Unmatched> {
        let mut by_text: BTreeMap<&str, Loose> = BTreeMap::new();
        for (row, cost) in rows {
            let row = *row as usize;
            let text = self.written.as_ref().and_then(|words| words.text(words.codes().get(row)?));
            let place = (self.source[row], self.row[row]);
            let nothing = Loose { hours: Work::ZERO, cost: Money::ZERO, rows: 0, first: place };
            let loose = by_text.entry(text.unwrap_or_default().trim()).or_insert(nothing);
            loose.hours += Work(self.seconds[row]);
            loose.cost += *cost;
            loose.rows += 1;
            loose.first = loose.first.min(place);
        }
        let told = by_text.into_iter().map(|(written, loose)| {
            let (source, row) = loose.first;
            let table = self.portfolio.tables.get(source as usize);
            let first = (table.map(|table| Arc::clone(&table.file)).unwrap_or_default(), row);
            let Loose { hours, cost, rows, .. } = loose;
            analysis::Unmatched { written: written.to_owned(), hours, cost, rows, first }
        });
        told.collect()
    }
}
