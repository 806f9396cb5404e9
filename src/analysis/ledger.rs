//! Hours and cost, grouped once for the whole portfolio: hours x the rate in force on that
//! day plus cost postings, by task and period, up to each project's status date.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::analysis::status::TimeAxis;
use crate::analysis::{Category, Unmatched};
use crate::model::Portfolio;
use crate::quantity::{Money, Work};
pub(in crate::analysis) use code::folded;
pub use operations::OPERATIONS_RULE;
pub use origin::{bookings_by_table, postings_by_table};

mod account;
mod booking;
mod budget;
mod code;
mod group;
mod operations;
mod origin;
mod owner;
mod posting;
mod rate;

/// The name of the category of hours from timesheets.
pub const LABOUR: &str = word!("Labour");
/// The name of the category of postings that name none.
pub const UNCATEGORISED: &str = word!("Other");

/// The days that burn rate looks back: four weeks.
pub const RECENT_DAYS: u32 = 28;

/// The weeks before that of the status date whose bookings are told week by week: two months.
pub const RECENT_WEEKS: u32 = 8;

/// The cost and hours of one project up to its status date, and its budget lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// By task, account and period, sorted by task (none last), account and period.
    pub lines: Vec<LedgerLine>,
    /// Hours by person, role and period, sorted.
    pub people: Vec<PersonLine>,
    /// Hours by person and week from [`RECENT_WEEKS`] weeks before that of the status date on, sorted.
    pub weeks: Vec<WeekLine>,
    /// Hours that are no project work, by [`OPERATIONS_RULE`].
    pub operations: Work,
    /// Cost by category, sorted by name; labour from timesheets is `Labour`. `budget` is that of the
    /// baseline's lines of the same category, `None` where there is none.
    pub categories: Vec<Category>,
    /// Postings in AC by task, category and vendor, sorted: what a variance or a figure is made of.
    pub posted: Vec<PostedLine>,
    /// Commitments to date, never in AC. A commitment that was invoiced since counts until the data takes
    /// it back with a negative one: postings do not say which commitment they fulfil.
    pub committed: Money,
    /// Budget lines of every kind, in the order of the source.
    pub budget: Vec<BudgetLine>,
    /// Bookings that match no task, by the task as written.
    pub unmatched: Vec<Unmatched>,
    /// Cost posted to nothing that is known (no task, no control account or WBS code of a task): amount, rows.
    pub unmatched_postings: (Money, u32),
    /// Bookings and postings after the status date, left out: rows and cost (commitments: rows only).
    pub after_status: (u32, Money),
    /// Bookings without any rate or cost: rows and hours (they cost nothing and are said).
    pub without_rate: (u32, Work),
    /// Hours and cost booked under an activity that is called rework, by task.
    pub rework: Vec<(Option<usize>, Work, Money)>,
    /// Actual cost and hours of the last [`RECENT_DAYS`] days to the status date.
    pub recent: (Money, Work),
    /// Rows of timesheets that count.
    pub bookings: u32,
    /// Rows of cost postings that count, commitments included.
    pub postings: u32,
}

/// What a budget line is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum BudgetKind {
    /// Part of the performance baseline.
    #[default]
    Baseline,
    /// For identified risks.
    Contingency,
    /// For what nobody has thought of.
    ManagementReserve,
    /// Money made available.
    Funding,
}

impl BudgetKind {
    /// The kind by its word in [`crate::model::facts::BudgetLines::KIND`].
    fn parse(word: &str) -> Option<Self> {
        Some(match word {
            "baseline" => Self::Baseline,
            "contingency" => Self::Contingency,
            "management_reserve" => Self::ManagementReserve,
            "funding" => Self::Funding,
            _ => return None,
        })
    }
}

/// An amount of budget.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetLine {
    /// Index into the project's tasks; `None` when the line is not for one task.
    pub task: Option<usize>,
    /// Control account or WBS code when it is no task, in the spelling of the tasks where they name it.
    pub account: Option<Arc<str>>,
    /// First day of its span; `None` when the line has no time.
    pub start: Option<NaiveDate>,
    /// Last day of its span.
    pub finish: Option<NaiveDate>,
    /// The amount.
    pub amount: Money,
    /// Category as written.
    pub category: Option<Arc<str>>,
    /// What it is for.
    pub kind: BudgetKind,
    /// Index into `Portfolio::tables`.
    pub source: u32,
    /// The row as a spreadsheet counts it.
    pub row: u32,
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

/// Hours of a person in a period, over all tasks: by person *and* task the lines would be nearly as many
/// as the bookings.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonLine {
    /// Who; empty when not said.
    pub person: Arc<str>,
    /// As what.
    pub role: Option<Arc<str>>,
    /// First day of the period.
    pub period: NaiveDate,
    /// Hours.
    pub hours: Work,
    /// Cost.
    pub cost: Money,
}

/// Hours of a person in a week.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekLine {
    /// Who; empty when not said.
    pub person: Arc<str>,
    /// The Monday.
    pub week: NaiveDate,
    /// Hours.
    pub hours: Work,
}

/// What was posted on a task under a category by a vendor.
#[derive(Clone, Debug, PartialEq)]
pub struct PostedLine {
    /// Index into the project's tasks; `None` for what joined no task.
    pub task: Option<usize>,
    /// Category as written.
    pub category: Option<Arc<str>>,
    /// Vendor as written.
    pub vendor: Option<Arc<str>>,
    /// Amount.
    pub amount: Money,
}

/// Groups the facts: one ledger a project, in order. `axes` has each project's status date and whether
/// its time is cut into weeks or months (a short project is cut into weeks).
///
/// Of a booking's cost, the first of these counts: the cost the row states, its hours at the rate the row
/// states, its hours at the rate of its person in force on that day; without any it costs nothing. Here
/// analysis reads the frames of polars: call it before projects fan out over rayon, never inside.
#[must_use]
pub fn ledgers(portfolio: &Portfolio, axes: &[TimeAxis]) -> Vec<Ledger> {
    grouped(portfolio, axes, Grain::Fine)
}

/// The same for who asks only what came together to the status date: without [`Ledger::people`] and
/// [`Ledger::weeks`], and the bookings of a task are one line, in the period of the first. Sums by period are ten
/// times as many, and take most of the time.
#[must_use]
pub fn ledgers_to_date(portfolio: &Portfolio, axes: &[TimeAxis]) -> Vec<Ledger> {
    grouped(portfolio, axes, Grain::ToDate)
}

/// How finely bookings are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Grain {
    /// By task and period, and by person and period.
    Fine,
    /// By task alone.
    ToDate,
}

impl Grain {
    /// Bookings that are put in order of their projects together. The more there are, the longer a project's sums
    /// stay in the near caches; small sums come back fast, and the bookings themselves may stay there.
    fn rows(self) -> usize {
        match self {
            Self::Fine => 1 << 21,
            Self::ToDate => 1 << 18,
        }
    }
}

fn grouped(portfolio: &Portfolio, axes: &[TimeAxis], grain: Grain) -> Vec<Ledger> {
    let mut ledgers = vec![Ledger::default(); portfolio.projects.len()];
    booking::add(portfolio, axes, grain, &mut ledgers);
    let grouped =
        posting::add(portfolio, axes, &mut ledgers).and_then(|()| budget::add(portfolio, &mut ledgers));
    debug_assert!(grouped.is_ok(), "a frame of facts is not as model/facts.rs says: {grouped:?}");
    for ledger in &mut ledgers {
        ledger.finish();
    }
    ledgers
}

/// Whether a day that counts lies within the last [`RECENT_DAYS`] days.
fn is_recent(day: NaiveDate, axis: &TimeAxis) -> bool {
    axis.status.day().signed_duration_since(day).num_days() < i64::from(RECENT_DAYS)
}

impl Ledger {
    /// Sorts, joins the bookings and postings of a task and period to one line, completes the categories.
    fn finish(&mut self) {
        let key = |line: &LedgerLine| {
            (line.task.is_none(), line.task, line.account.is_some(), line.account.clone(), line.period)
        };
        self.lines.sort_by_cached_key(key);
        self.lines.dedup_by(|next, line| {
            let same = (next.task, &next.account, next.period) == (line.task, &line.account, line.period);
            if same {
                line.labour += next.labour;
                line.other += next.other;
                line.hours += next.hours;
                line.first_day = line.first_day.min(next.first_day);
                line.last_day = line.last_day.max(next.last_day);
            }
            same
        });
        self.posted.sort_by(|a, b| {
            (a.task.is_none(), a.task, &a.category, &a.vendor).cmp(&(
                b.task.is_none(),
                b.task,
                &b.category,
                &b.vendor,
            ))
        });
        self.people.sort_by(|a, b| (&a.person, &a.role, a.period).cmp(&(&b.person, &b.role, b.period)));
        self.weeks.sort_by(|a, b| (&a.person, a.week, a.hours).cmp(&(&b.person, b.week, b.hours)));

        let labour: Money = self.lines.iter().map(|line| line.labour).sum();
        if self.bookings > 0 {
            self.category(LABOUR).actual += labour;
        }
        for index in 0..self.budget.len() {
            let line = &self.budget[index];
            if line.kind == BudgetKind::Baseline
                && let Some(name) = line.category.clone()
            {
                let amount = line.amount;
                *self.category(&name).budget.get_or_insert_default() += amount;
            }
        }
        self.categories.sort_by(|a, b| a.name.cmp(&b.name));
    }

    /// The category of that name, without regard to case and blanks; of several spellings the first in the
    /// order of characters is shown.
    fn category(&mut self, written: &str) -> &mut Category {
        let name = match written.trim() {
            "" => UNCATEGORISED,
            name if ["labour", "labor"].contains(&folded(name).as_str()) => LABOUR,
            name => name,
        };
        let key = folded(name);
        let found = self.categories.iter().position(|category| folded(&category.name) == key);
        let index = found.unwrap_or_else(|| {
            let (budget, actual, committed) = (None, Money::ZERO, Money::ZERO);
            self.categories.push(Category { name: name.to_owned(), budget, actual, committed });
            self.categories.len() - 1
        });
        let category = &mut self.categories[index];
        if name < category.name.as_str() {
            name.clone_into(&mut category.name);
        }
        category
    }
}

#[cfg(test)]
mod tests;
