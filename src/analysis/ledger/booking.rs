//! Bookings: each hour priced at the rate in force on its day, and added to its task and its person.

mod columns;
mod people;
mod unmatched;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;

use super::group::{self, Sums};
use super::{Grain, Ledger, LedgerLine, PersonLine, RECENT_DAYS, RECENT_WEEKS, WeekLine};
use crate::analysis::status::TimeAxis;
use crate::calendar::PeriodKind;
use crate::model::Portfolio;
use crate::quantity::{Money, Work};
use columns::{Booking, Columns, Sorted};
use people::People;
use unmatched::{Loose, Unmatched};

/// Adds the bookings of the whole portfolio to the ledgers of their projects.
///
/// The sums of one project fit into the near caches, those of a portfolio do not, and the rows of a file name
/// projects in any order: so many rows at a time are sorted by project, then each project takes its own.
pub(super) fn add(portfolio: &Portfolio, axes: &[TimeAxis], grain: Grain, ledgers: &mut [Ledger]) {
    let sheets: Vec<Columns> = portfolio.facts.bookings.sheets.iter().map(Columns::of).collect();
    if sheets.iter().all(|sheet| sheet.rows() == 0) {
        return;
    }
    let projects = portfolio.projects.iter().zip(axes);
    let mut booked: Vec<Booked> = projects
        .map(|(project, axis)| Booked::new(project.tasks.len(), axis, People::of(project), grain))
        .collect();
    let mut sorted = Sorted::default();
    for (nth, columns) in sheets.iter().enumerate() {
        for from in (0..columns.rows()).step_by(grain.rows()) {
            let rows = from..(from + grain.rows()).min(columns.rows());
            let lengths = columns.by_project(rows, booked.len(), &mut sorted);
            let mut rest = &sorted.bookings[..];
            let mine = lengths.into_iter().map(|length| {
                let (mine, others) = rest.split_at(length);
                rest = others;
                mine
            });
            let shares: Vec<(&mut Booked, &[Booking])> = booked.iter_mut().zip(mine).collect();
            shares.into_par_iter().for_each(|(booked, mine)| {
                booked.sheet(nth);
                for booking in mine {
                    booked.add(booking, columns);
                }
            });
        }
    }
    let unmatched = Unmatched::of(portfolio, &sheets);
    for ((booked, ledger), axis) in booked.into_iter().zip(ledgers).zip(axes) {
        booked.into_ledger(ledger, axis, &unmatched);
    }
}

/// What is booked on one project, and the days that decide, as days since 1970.
struct Booked {
    tasks: u32,
    status: i32,
    /// `None` where the whole time is one period.
    kind: Option<PeriodKind>,
    people: People,
    /// By task; what joined none is under the number behind the last.
    by_task: Sums,
    /// By number of [`People`]; `None` where nobody asks.
    by_person: Option<Sums>,
    /// By the same number and week, of late.
    by_week: Sums,
    /// The first day that counts for it.
    weeks_from: i32,
    /// Work of tasks of the plan that is operations by its activity.
    operations: Work,
    /// The sheet that is added.
    sheet: usize,
    /// What joined no task.
    loose: Vec<Loose>,
    /// What is called rework, by task as in `by_task`.
    rework: BTreeMap<u32, (Work, Money)>,
    bookings: u32,
    recent: (Money, Work),
    after_status: (u32, Money),
    without_rate: (u32, Work),
}

impl Booked {
    fn new(tasks: usize, axis: &TimeAxis, people: People, grain: Grain) -> Self {
        let is_fine = grain == Grain::Fine;
        let week = PeriodKind::Week.period_of(axis.status.day()).first.to_epoch_days();
        Self {
            tasks: u32::try_from(tasks).unwrap_or(u32::MAX - 1),
            status: axis.status.day().to_epoch_days(),
            kind: is_fine.then_some(axis.kind),
            people,
            by_task: if is_fine { Sums::default() } else { Sums::in_one_period(tasks + 1) },
            by_person: is_fine.then(Sums::default),
            by_week: Sums::default(),
            weeks_from: week.saturating_sub(7 * i32::try_from(RECENT_WEEKS).unwrap_or(0)),
            operations: Work::ZERO,
            sheet: 0,
            loose: Vec::new(),
            rework: BTreeMap::new(),
            bookings: 0,
            recent: (Money::ZERO, Work::ZERO),
            after_status: (0, Money::ZERO),
            without_rate: (0, Work::ZERO),
        }
    }

    /// What follows stands in this sheet.
    fn sheet(&mut self, sheet: usize) {
        if self.sheet != sheet {
            self.sheet = sheet;
            self.people.forget_spellings();
        }
    }

    fn add(&mut self, booking: &Booking, columns: &Columns<'_>) {
        let Booking { row, task, day, work, .. } = *booking;
        let number = |people: &mut People| people.number(booking.person, columns.role_code(row), columns);
        let person = self.by_person.is_some().then(|| number(&mut self.people));
        let cost = booking.cost().or_else(|| {
            let person = person.unwrap_or_else(|| number(&mut self.people));
            self.people.rate(person, day).map(|rate| work.at_rate(rate))
        });
        let paid = cost.unwrap_or_default();
        if day > self.status {
            self.after_status.0 += 1;
            self.after_status.1 += paid;
            return;
        }
        self.bookings += 1;
        if self.status.abs_diff(day) < RECENT_DAYS {
            self.recent.0 += paid;
            self.recent.1 += work;
        }
        if cost.is_none() && !work.is_zero() {
            self.without_rate.0 += 1;
            self.without_rate.1 += work;
        }
        if task >= self.tasks {
            self.loose.push(Loose { sheet: self.sheet, row, cost: paid });
        } else if columns.is_operations(row) {
            self.operations += work;
        }
        if columns.is_rework(row) {
            let sum = self.rework.entry(task.min(self.tasks)).or_default();
            sum.0 += work;
            sum.1 += paid;
        }
        let period = self.kind.map_or(0, |kind| group::period(day, kind));
        self.by_task.add(task.min(self.tasks), period, day, work, paid);
        if let (Some(by_person), Some(person)) = (&mut self.by_person, person) {
            by_person.add(person, period, day, work, paid);
            if day >= self.weeks_from {
                self.by_week.add(person, group::period(day, PeriodKind::Week), day, work, paid);
            }
        }
    }

    fn into_ledger(self, ledger: &mut Ledger, axis: &TimeAxis, unmatched: &Unmatched<'_>) {
        ledger.operations += self.operations + unmatched.operations(&self.loose);
        ledger.bookings += self.bookings;
        ledger.recent.0 += self.recent.0;
        ledger.recent.1 += self.recent.1;
        ledger.after_status.0 += self.after_status.0;
        ledger.after_status.1 += self.after_status.1;
        ledger.without_rate.0 += self.without_rate.0;
        ledger.without_rate.1 += self.without_rate.1;
        let known = |task: u32| (task < self.tasks).then_some(task as usize);
        ledger.rework.extend(self.rework.iter().map(|(task, sum)| (known(*task), sum.0, sum.1)));
        ledger.unmatched.extend(unmatched.by_text(&self.loose));
        ledger.lines.extend(self.by_task.sorted().into_iter().map(|cell| LedgerLine {
            task: (cell.number < self.tasks).then_some(cell.number as usize),
            account: None,
            period: axis.kind.period_of(cell.first_day()).first,
            labour: cell.cost,
            other: Money::ZERO,
            hours: cell.work,
            first_day: cell.first_day(),
            last_day: cell.last_day(),
        }));
        ledger.weeks.extend(self.by_week.sorted().into_iter().map(|cell| WeekLine {
            person: Arc::clone(&self.people.who(cell.number).name),
            week: PeriodKind::Week.period_of(cell.first_day()).first,
            hours: cell.work,
        }));
        ledger.people.extend(self.by_person.map(Sums::sorted).unwrap_or_default().into_iter().map(|cell| {
            let who = self.people.who(cell.number);
            PersonLine {
                person: Arc::clone(&who.name),
                role: who.role.clone(),
                period: axis.kind.period_of(cell.first_day()).first,
                hours: cell.work,
                cost: cell.cost,
            }
        }));
    }
}
