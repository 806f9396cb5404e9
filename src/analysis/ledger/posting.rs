//! Cost postings: grouped by task or account, by category, commitments apart.

use std::sync::Arc;

use chrono::DateTime;
use polars::prelude::*;

use super::account::Accounts;
use super::code::Codes;
use super::group::{self, Sums};
use super::owner::Owners;
use super::{Ledger, LedgerLine, PostedLine, is_recent};
use crate::analysis::status::TimeAxis;
use crate::calendar::{Moment, StatusDate, start_of_day};
use crate::model::Portfolio;
use crate::model::facts::Postings;
use crate::quantity::{Money, Work};

/// What a posting is booked on.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Target<'a> {
    /// A task of a project, or the project itself: its number.
    Owner(u32),
    /// An account that is no task, as written.
    Account(u32, &'a str),
}

/// Adds the postings of the whole portfolio to the ledgers of their projects.
pub(super) fn add(portfolio: &Portfolio, axes: &[TimeAxis], ledgers: &mut [Ledger]) -> PolarsResult<()> {
    let frame = &portfolio.facts.postings.0;
    if frame.height() == 0 {
        return Ok(());
    }
    let owners = Owners::of(&portfolio.projects);
    let mut targets = Codes::new();
    let mut categories = Codes::new();
    let mut by_category: Vec<(Money, Money)> = Vec::new();
    let mut by_target: Vec<(Money, u32)> = Vec::new();
    let mut sources = Codes::new();
    let mut by_source: Vec<Money> = Vec::new();

    let mut sums = Sums::default();
    for row in rows(frame)? {
        let place = axes.get(row.project as usize).zip(ledgers.get_mut(row.project as usize));
        let Some(((axis, ledger), at)) = place.zip(row.at) else { continue };
        if !counts(at, axis.status) {
            ledger.after_status.0 += 1;
            if !row.commitment {
                ledger.after_status.1 += row.amount;
            }
            continue;
        }
        ledger.postings += 1;
        let category = categories.code((row.project, row.category.unwrap_or_default())) as usize;
        by_category.resize(categories.keys.len(), (Money::ZERO, Money::ZERO));
        if row.commitment {
            ledger.committed += row.amount;
            by_category[category].1 += row.amount;
            continue;
        }
        by_category[category].0 += row.amount;
        if is_recent(at.date(), axis) {
            ledger.recent.0 += row.amount;
        }
        let task = owners.task(row.project, row.task);
        let target = match (task, row.account) {
            (None, Some(account)) => Target::Account(row.project, account),
            _ => Target::Owner(owners.code(row.project, task)),
        };
        let source = sources.code((owners.code(row.project, task), row.category, row.vendor)) as usize;
        by_source.resize(sources.keys.len(), Money::ZERO);
        by_source[source] += row.amount;
        let code = targets.code(target);
        by_target.resize(targets.keys.len(), (Money::ZERO, 0));
        by_target[code as usize].0 += row.amount;
        by_target[code as usize].1 += 1;
        let day = at.date().to_epoch_days();
        sums.add(code, group::period(day, axis.kind), day, Work::ZERO, row.amount);
    }
    for ((project, category), (actual, committed)) in categories.keys.iter().zip(by_category) {
        let category = ledgers[*project as usize].category(category);
        category.actual += actual;
        category.committed += committed;
    }

    for (&(owner, category, vendor), amount) in sources.keys.iter().zip(by_source) {
        let (project, task) = owners.at(owner);
        let (category, vendor) = (category.map(Into::into), vendor.map(Into::into));
        ledgers[project].posted.push(PostedLine { task, category, vendor, amount });
    }

    let accounts = Accounts::of(&portfolio.projects, targets.keys.iter().filter_map(Target::account));
    for (target, (amount, rows)) in targets.keys.iter().zip(by_target) {
        let (project, task) = target.place(&owners);
        let account = target.account().and_then(|(project, account)| accounts.get(project, account));
        if task.is_none() && !account.is_some_and(|account| account.known) {
            ledgers[project].unmatched_postings.0 += amount;
            ledgers[project].unmatched_postings.1 += rows;
        }
    }
    for cell in sums.sorted() {
        let target = &targets.keys[cell.number as usize];
        let (project, task) = target.place(&owners);
        let account = target.account().and_then(|(project, account)| accounts.get(project, account));
        ledgers[project].lines.push(LedgerLine {
            task,
            account: account.map(|account| Arc::clone(&account.name)),
            period: axes[project].kind.period_of(cell.first_day()).first,
            labour: Money::ZERO,
            other: cell.cost,
            hours: Work::ZERO,
            first_day: cell.first_day(),
            last_day: cell.last_day(),
        });
    }
    Ok(())
}

impl<'a> Target<'a> {
    /// Project and task.
    fn place(&self, owners: &Owners) -> (usize, Option<usize>) {
        match self {
            Self::Owner(number) => owners.at(*number),
            Self::Account(project, _) => (*project as usize, None),
        }
    }

    /// Project and account.
    fn account(&self) -> Option<(u32, &'a str)> {
        match self {
            Self::Owner(_) => None,
            Self::Account(project, account) => Some((*project, account)),
        }
    }
}

/// Whether a posting is part of the cost to date. One with a time counts up to the moment itself; one of a
/// plain day stands at the day's start and counts on that day, so midnight belongs to the day that begins.
fn counts(at: Moment, status: StatusDate) -> bool {
    at < status.0 || (at == status.0 && at != start_of_day(at.date()))
}

/// A posting.
struct Posting<'a> {
    project: u32,
    task: Option<u32>,
    account: Option<&'a str>,
    at: Option<Moment>,
    amount: Money,
    category: Option<&'a str>,
    vendor: Option<&'a str>,
    commitment: bool,
}

/// The rows of the frame, in order.
fn rows(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = Posting<'_>>> {
    let mut project = frame.column(Postings::PROJECT)?.u32()?.iter();
    let mut task = frame.column(Postings::TASK)?.u32()?.iter();
    let mut account = frame.column(Postings::ACCOUNT)?.str()?.iter();
    let mut at = frame.column(Postings::AT)?.datetime()?.physical().iter();
    let mut amount = frame.column(Postings::AMOUNT)?.i64()?.iter();
    let mut category = frame.column(Postings::CATEGORY)?.str()?.iter();
    let mut vendor = frame.column(Postings::VENDOR)?.str()?.iter();
    let mut kind = frame.column(Postings::KIND)?.str()?.iter();
    Ok(std::iter::from_fn(move || {
        Some(Posting {
            project: project.next()?.unwrap_or(u32::MAX),
            task: task.next()?,
            account: account.next()?.filter(|account| !account.trim().is_empty()),
            at: at.next()?.and_then(DateTime::from_timestamp_millis).map(|at| at.naive_utc()),
            amount: Money(amount.next()?.unwrap_or_default()),
            category: category.next()?,
            vendor: vendor.next()?,
            commitment: kind.next()? == Some("commitment"),
        })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_day_counts_on_its_day_and_a_time_up_to_the_moment() {
        let at = |text: &str| text.parse::<Moment>().unwrap();
        let evening = StatusDate::end_of("2026-03-31".parse().unwrap());
        assert!(counts(at("2026-03-31T00:00:00"), evening));
        assert!(counts(at("2026-03-31T23:59:00"), evening));
        assert!(!counts(at("2026-04-01T00:00:00"), evening));
        let five = StatusDate(at("2026-03-31T17:00:00"));
        assert!(counts(at("2026-03-31T00:00:00"), five));
        assert!(counts(at("2026-03-31T17:00:00"), five));
        assert!(!counts(at("2026-03-31T17:00:01"), five));
    }
}
