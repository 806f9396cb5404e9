//! Bookings: each hour priced at the rate in force on its day, then grouped by task and by person.

use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::*;

use super::code::{Codes, folded};
use super::group::{self, by_code_and_period, date};
use super::owner::Owners;
use super::rate::{Rated, Rates};
use super::{Ledger, LedgerLine, PersonLine, is_recent};
use crate::analysis::Unmatched;
use crate::analysis::status::TimeAxis;
use crate::calendar::PeriodKind;
use crate::model::Portfolio;
use crate::model::facts::Bookings;
use crate::quantity::{Money, Work};

/// Adds the bookings of the whole portfolio to the ledgers of their projects.
pub(super) fn add(portfolio: &Portfolio, axes: &[TimeAxis], ledgers: &mut [Ledger]) -> PolarsResult<()> {
    let frame = &portfolio.facts.bookings.0;
    if frame.height() == 0 {
        return Ok(());
    }
    let owners = Owners::of(&portfolio.projects);
    let mut people = People::of(portfolio);
    let mut unmatched = UnmatchedRows::default();
    let written = frame.column(Bookings::TASK_TEXT)?.str()?;
    let (source, line) = (frame.column(Bookings::SOURCE)?.u32()?, frame.column(Bookings::ROW)?.u32()?);

    let count = frame.height();
    let mut owner_codes: Vec<Option<u32>> = Vec::with_capacity(count);
    let mut person_codes: Vec<Option<u32>> = Vec::with_capacity(count);
    let mut weekly: Vec<bool> = Vec::with_capacity(count);
    let mut costs: Vec<i64> = Vec::with_capacity(count);
    for (index, row) in rows(frame)?.enumerate() {
        let project = row.project as usize;
        let counted = axes.get(project).zip(ledgers.get_mut(project)).zip(row.day.and_then(date));
        let Some(((axis, ledger), day)) = counted else {
            owner_codes.push(None);
            person_codes.push(None);
            weekly.push(false);
            costs.push(0);
            continue;
        };
        let person = people.code(row.project, row.person, row.role);
        let rate = || row.rate.or_else(|| people.rate(person, day));
        let cost = row.cost.or_else(|| rate().map(|rate| row.work.at_rate(rate)));
        let before = day <= axis.status.day();
        if before {
            ledger.bookings += 1;
            if is_recent(day, axis) {
                ledger.recent.0 += cost.unwrap_or_default();
                ledger.recent.1 += row.work;
            }
            if cost.is_none() && !row.work.is_zero() {
                ledger.without_rate.0 += 1;
                ledger.without_rate.1 += row.work;
            }
        } else {
            ledger.after_status.0 += 1;
            ledger.after_status.1 += cost.unwrap_or_default();
        }
        let cost = cost.unwrap_or_default();
        let task = owners.task(row.project, row.task);
        if before && task.is_none() {
            let place = (source.get(index).unwrap_or_default(), line.get(index).unwrap_or_default());
            unmatched.add(row.project, written.get(index), row.work, cost, place);
        }
        owner_codes.push(before.then(|| owners.code(row.project, task)));
        person_codes.push(before.then_some(person));
        weekly.push(axis.kind == PeriodKind::Week);
        costs.push(cost.0);
    }
    unmatched.into_ledgers(portfolio, ledgers);

    let by = |codes: Vec<Option<u32>>| {
        by_code_and_period(DataFrame::new(
            count,
            vec![
                Column::new(group::CODE.into(), codes),
                Column::new(group::WEEKLY.into(), &weekly),
                frame.column(Bookings::DATE)?.clone().with_name(group::DAY.into()),
                frame.column(Bookings::SECONDS)?.clone().with_name(group::SECONDS.into()),
                Column::new(group::COST.into(), &costs),
            ],
        )?)
    };
    for cell in by(owner_codes)? {
        let (project, task) = owners.at(cell.code);
        ledgers[project].lines.push(LedgerLine {
            task,
            account: None,
            period: axes[project].kind.period_of(cell.first_day).first,
            labour: cell.cost,
            other: Money::ZERO,
            hours: cell.work,
            first_day: cell.first_day,
            last_day: cell.last_day,
        });
    }
    for cell in by(person_codes)? {
        let who = &people.known[cell.code as usize];
        ledgers[who.project].people.push(PersonLine {
            person: Arc::clone(&who.name),
            role: who.role.clone(),
            period: axes[who.project].kind.period_of(cell.first_day).first,
            hours: cell.work,
            cost: cell.cost,
        });
    }
    Ok(())
}

/// A booking as the pricing sees it.
struct Booking<'a> {
    project: u32,
    task: Option<u32>,
    person: Option<&'a str>,
    role: Option<&'a str>,
    day: Option<i32>,
    work: Work,
    cost: Option<Money>,
    rate: Option<Money>,
}

/// The rows of the frame, in order.
fn rows(frame: &DataFrame) -> PolarsResult<impl Iterator<Item = Booking<'_>>> {
    let mut project = frame.column(Bookings::PROJECT)?.u32()?.iter();
    let mut task = frame.column(Bookings::TASK)?.u32()?.iter();
    let mut person = frame.column(Bookings::PERSON)?.str()?.iter();
    let mut role = frame.column(Bookings::ROLE)?.str()?.iter();
    let mut day = frame.column(Bookings::DATE)?.date()?.physical().iter();
    let mut seconds = frame.column(Bookings::SECONDS)?.i64()?.iter();
    let mut cost = frame.column(Bookings::COST)?.i64()?.iter();
    let mut rate = frame.column(Bookings::RATE)?.i64()?.iter();
    Ok(std::iter::from_fn(move || {
        Some(Booking {
            project: project.next()?.unwrap_or(u32::MAX),
            task: task.next()?,
            person: person.next()?,
            role: role.next()?,
            day: day.next()?,
            work: Work(seconds.next()?.unwrap_or_default()),
            cost: cost.next()?.map(Money),
            rate: rate.next()?.map(Money),
        })
    }))
}

/// Who books: one number a project, person and role, however the name is spelled.
struct People<'a> {
    rates: Vec<Rates>,
    spelled: Codes<(u32, Option<&'a str>, Option<&'a str>)>,
    /// The number of the person behind each spelling.
    behind: Vec<u32>,
    numbers: BTreeMap<(usize, String, String), u32>,
    known: Vec<Who>,
}

/// One person in one role in one project.
struct Who {
    project: usize,
    name: Arc<str>,
    role: Option<Arc<str>>,
    key: String,
}

impl<'a> People<'a> {
    fn of(portfolio: &Portfolio) -> Self {
        Self {
            rates: portfolio.projects.iter().map(Rates::of).collect(),
            spelled: Codes::new(),
            behind: Vec::new(),
            numbers: BTreeMap::new(),
            known: Vec::new(),
        }
    }

    /// The number of a person in a role; `project` is a known project.
    fn code(&mut self, project: u32, person: Option<&'a str>, role: Option<&'a str>) -> u32 {
        let spelling = self.spelled.code((project, person, role)) as usize;
        if spelling == self.behind.len() {
            let number = self.number(project as usize, person.unwrap_or_default(), role);
            self.behind.push(number);
        }
        self.behind[spelling]
    }

    /// The number of a spelling seen for the first time. Of several spellings the resources' is shown, else
    /// the first in the order of characters, so that the order of rows does not matter.
    fn number(&mut self, project: usize, person: &str, role: Option<&str>) -> u32 {
        let rated = self.rates[project].person(person);
        let name: Arc<str> = rated.map_or_else(|| person.trim().into(), |r| Arc::clone(&r.name));
        let role: Option<Arc<str>> = role
            .map(str::trim)
            .filter(|role| !role.is_empty())
            .map(Into::into)
            .or_else(|| rated.and_then(|r| r.role.clone()));
        let key = (project, folded(person), role.as_deref().map(folded).unwrap_or_default());
        if let Some(&number) = self.numbers.get(&key) {
            let who = &mut self.known[number as usize];
            who.name = name.min(Arc::clone(&who.name));
            who.role = role.min(who.role.clone());
            return number;
        }
        let number = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
        self.known.push(Who { project, name, role, key: key.1.clone() });
        self.numbers.insert(key, number);
        number
    }

    /// The rate of a person on a day.
    fn rate(&self, number: u32, day: chrono::NaiveDate) -> Option<Money> {
        let who = &self.known[number as usize];
        self.rates[who.project].folded(&who.key).and_then(|rated: &Rated| rated.on(day))
    }
}

/// Bookings that joined no task, by project and the task as written.
#[derive(Default)]
struct UnmatchedRows {
    by_text: BTreeMap<(u32, String), Loose>,
}

/// What was booked on one text: hours, cost, rows, source and row of the first.
struct Loose {
    hours: Work,
    cost: Money,
    rows: u32,
    first: (u32, u32),
}

impl UnmatchedRows {
    fn add(&mut self, project: u32, written: Option<&str>, work: Work, cost: Money, place: (u32, u32)) {
        let key = (project, written.unwrap_or_default().trim().to_owned());
        let nothing = Loose { hours: Work::ZERO, cost: Money::ZERO, rows: 0, first: place };
        let loose = self.by_text.entry(key).or_insert(nothing);
        loose.hours += work;
        loose.cost += cost;
        loose.rows += 1;
        loose.first = loose.first.min(place);
    }

    fn into_ledgers(self, portfolio: &Portfolio, ledgers: &mut [Ledger]) {
        for ((project, written), Loose { hours, cost, rows, first: (source, row) }) in self.by_text {
            let file = portfolio.tables.get(source as usize).map(|t| Arc::clone(&t.file)).unwrap_or_default();
            let first = (file, row);
            ledgers[project as usize].unmatched.push(Unmatched { written, hours, cost, rows, first });
        }
    }
}
