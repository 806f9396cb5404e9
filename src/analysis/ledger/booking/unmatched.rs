//! Bookings that joined no task, by the task as written.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::columns::Columns;
use crate::analysis;
use crate::analysis::ledger::operations::is_task;
use crate::model::facts::BookedSheet;
use crate::model::{Portfolio, TableRead};
use crate::quantity::{Money, Work};

/// A booking that joined no task.
#[derive(Clone, Copy)]
pub(super) struct Loose {
    /// Index into the sheets of bookings.
    pub(super) sheet: usize,
    /// Row of the sheet.
    pub(super) row: u32,
    pub(super) cost: Money,
}

/// What is told of rows that joined no task.
pub(super) struct Unmatched<'a> {
    tables: &'a [TableRead],
    sheets: Vec<(&'a BookedSheet, &'a Columns<'a>)>,
}

/// What was booked on one text: hours, cost, rows, source and row of the first.
struct Sum {
    hours: Work,
    cost: Money,
    rows: u32,
    first: (u32, u32),
}

impl<'a> Unmatched<'a> {
    pub(super) fn of(portfolio: &'a Portfolio, columns: &'a [Columns<'a>]) -> Self {
        let sheets = portfolio.facts.bookings.sheets.iter().zip(columns).collect();
        Self { tables: &portfolio.tables, sheets }
    }

    /// The work of these rows that is operations: by its activity, or by the task as written.
    pub(super) fn operations(&self, rows: &[Loose]) -> Work {
        let is_one = |loose: &&Loose| {
            let (_, columns) = self.sheets[loose.sheet];
            columns.is_operations(loose.row) || self.written(loose).is_some_and(is_task)
        };
        rows.iter().filter(is_one).map(|loose| self.work(loose)).sum()
    }

    /// These rows of a project, by the task as written.
    pub(super) fn by_text(&self, rows: &[Loose]) -> Vec<analysis::Unmatched> {
        let mut by_text: BTreeMap<&str, Sum> = BTreeMap::new();
        for loose in rows {
            let (sheet, _) = self.sheets[loose.sheet];
            let place = (sheet.source, sheet.rows.at(loose.row as usize));
            let nothing = Sum { hours: Work::ZERO, cost: Money::ZERO, rows: 0, first: place };
            let sum = by_text.entry(self.written(loose).unwrap_or_default().trim()).or_insert(nothing);
            sum.hours += self.work(loose);
            sum.cost += loose.cost;
            sum.rows += 1;
            sum.first = sum.first.min(place);
        }
        let told = by_text.into_iter().map(|(written, sum)| {
            let (source, row) = sum.first;
            let table = self.tables.get(source as usize);
            let first = (table.map(|table| Arc::clone(&table.file)).unwrap_or_default(), row);
            let Sum { hours, cost, rows, .. } = sum;
            analysis::Unmatched { written: written.to_owned(), hours, cost, rows, first }
        });
        told.collect()
    }

    fn written(&self, loose: &Loose) -> Option<&'a str> {
        let (sheet, _) = self.sheets[loose.sheet];
        sheet.written.get(&sheet.aim.codes.at(loose.row as usize)).map(|text| &**text)
    }

    fn work(&self, loose: &Loose) -> Work {
        self.sheets[loose.sheet].0.work.at(loose.row as usize).unwrap_or_default()
    }
}
