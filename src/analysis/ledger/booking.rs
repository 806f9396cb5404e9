//! Bookings: each hour priced at the rate in force on its day, and added to its task and its person.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::{DataFrame, PolarsResult};

use super::code::{Codes, folded};
use super::group::{self, Sums};
use super::owner::Owners;
use super::rate::{Rated, Rates};
use super::{Ledger, LedgerLine, PersonLine, RECENT_DAYS};
use crate::analysis::Unmatched;
use crate::analysis::status::TimeAxis;
use crate::calendar::PeriodKind;
use crate::model::Portfolio;
use crate::model::facts::{Bookings, Words, values};
use crate::quantity::{Money, Work};

/// What stands for a missing number, code, day or amount: none has that value.
const NO_NUMBER: u32 = u32::MAX;
const NO_DAY: i32 = i32::MIN;
const NO_AMOUNT: i64 = i64::MIN;

/// Adds the bookings of the whole portfolio to the ledgers of their projects.
pub(super) fn add(portfolio: &Portfolio, axes: &[TimeAxis], ledgers: &mut [Ledger]) -> PolarsResult<()> {
    let frame = &portfolio.facts.bookings.0;
    if frame.height() == 0 {
        return Ok(());
    }
    let columns = Columns::of(frame)?;
    let owners = Owners::of(&portfolio.projects);
    let mut people = People::of(portfolio);
    let (mut by_owner, mut by_person) = (Sums::default(), Sums::default());
    let mut counts: Vec<Counts> = axes.iter().map(Counts::new).take(ledgers.len()).collect();
    let mut loose_rows: Vec<(u32, Money)> = Vec::new();
    for row in 0..frame.height() {
        let (project, day) = (columns.project[row], columns.day[row]);
        let Some(count) = counts.get_mut(project as usize).filter(|_| day != NO_DAY) else { continue };
        let work = Work(columns.seconds[row]);
        let person = people.number(project, columns.person(row), columns.role(row));
        let stated = columns.cost(row);
        let rate = || columns.rate(row).or_else(|| people.rate(person, day));
        let cost = stated.or_else(|| rate().map(|rate| work.at_rate(rate)));
        if !count.add(day, work, cost) {
            continue;
        }
        let cost = cost.unwrap_or_default();
        let task = owners.task(project, Some(columns.task[row]));
        if task.is_none() {
            loose_rows.push((u32::try_from(row).unwrap_or(NO_NUMBER), cost));
        }
        let period = group::period(day, count.kind);
        by_owner.add(owners.code(project, task), period, day, work, cost);
        by_person.add(person, period, day, work, cost);
    }
    for (ledger, count) in ledgers.iter_mut().zip(counts) {
        count.into_ledger(ledger);
    }
    UnmatchedRows::of(frame, &columns, &loose_rows)?.into_ledgers(portfolio, ledgers);
    for cell in by_owner.sorted() {
        let (project, task) = owners.at(cell.number);
        ledgers[project].lines.push(LedgerLine {
            task,
            account: None,
            period: axes[project].kind.period_of(cell.first_day()).first,
            labour: cell.cost,
            other: Money::ZERO,
            hours: cell.work,
            first_day: cell.first_day(),
            last_day: cell.last_day(),
        });
    }
    for cell in by_person.sorted() {
        let who = &people.known[cell.number as usize];
        ledgers[who.project].people.push(PersonLine {
            person: Arc::clone(&who.name),
            role: who.role.clone(),
            period: axes[who.project].kind.period_of(cell.first_day()).first,
            hours: cell.work,
            cost: cell.cost,
        });
    }
    Ok(())
}

/// The columns that pricing looks at, row by row.
struct Columns<'a> {
    project: Cow<'a, [u32]>,
    task: Cow<'a, [u32]>,
    day: Cow<'a, [i32]>,
    seconds: Cow<'a, [i64]>,
    /// Those that a file may lack.
    person: Option<Cow<'a, [u32]>>,
    role: Option<Cow<'a, [u32]>>,
    cost: Option<Cow<'a, [i64]>>,
    rate: Option<Cow<'a, [i64]>>,
}

impl<'a> Columns<'a> {
    fn of(frame: &'a DataFrame) -> PolarsResult<Self> {
        let filled = |name: &str| {
            let column = frame.column(name)?;
            PolarsResult::Ok((column.null_count() < column.len()).then_some(column))
        };
        let codes = |name: &str| {
            let words = filled(name)?.and_then(|_| Words::of(frame, name));
            PolarsResult::Ok(words.map(|words| values(words.codes(), NO_NUMBER)))
        };
        let amounts = |name: &str| {
            let amounts = filled(name)?.map(|column| column.i64()).transpose()?;
            PolarsResult::Ok(amounts.map(|amounts| values(amounts, NO_AMOUNT)))
        };
        Ok(Self {
            project: values(frame.column(Bookings::PROJECT)?.u32()?, NO_NUMBER),
            task: values(frame.column(Bookings::TASK)?.u32()?, NO_NUMBER),
            day: values(frame.column(Bookings::DATE)?.date()?.physical(), NO_DAY),
            seconds: values(frame.column(Bookings::SECONDS)?.i64()?, 0),
            person: codes(Bookings::PERSON)?,
            role: codes(Bookings::ROLE)?,
            cost: amounts(Bookings::COST)?,
            rate: amounts(Bookings::RATE)?,
        })
    }

    fn person(&self, row: usize) -> u32 {
        self.person.as_ref().map_or(NO_NUMBER, |person| person[row])
    }

    fn role(&self, row: usize) -> u32 {
        self.role.as_ref().map_or(NO_NUMBER, |role| role[row])
    }

    fn cost(&self, row: usize) -> Option<Money> {
        self.cost.as_ref().map(|cost| cost[row]).filter(|cost| *cost != NO_AMOUNT).map(Money)
    }

    fn rate(&self, row: usize) -> Option<Money> {
        self.rate.as_ref().map(|rate| rate[row]).filter(|rate| *rate != NO_AMOUNT).map(Money)
    }
}

/// What is counted of a project's bookings, and the days that decide, as days since 1970.
struct Counts {
    status: i32,
    kind: PeriodKind,
    bookings: u32,
    recent: (Money, Work),
    after_status: (u32, Money),
    without_rate: (u32, Work),
}

impl Counts {
    fn new(axis: &TimeAxis) -> Self {
        Self {
            status: axis.status.day().to_epoch_days(),
            kind: axis.kind,
            bookings: 0,
            recent: (Money::ZERO, Work::ZERO),
            after_status: (0, Money::ZERO),
            without_rate: (0, Work::ZERO),
        }
    }

    /// Counts a booking; false when it lies after the status date.
    fn add(&mut self, day: i32, work: Work, cost: Option<Money>) -> bool {
        let paid = cost.unwrap_or_default();
        if day > self.status {
            self.after_status.0 += 1;
            self.after_status.1 += paid;
            return false;
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
        true
    }

    fn into_ledger(self, ledger: &mut Ledger) {
        ledger.bookings += self.bookings;
        ledger.recent.0 += self.recent.0;
        ledger.recent.1 += self.recent.1;
        ledger.after_status.0 += self.after_status.0;
        ledger.after_status.1 += self.after_status.1;
        ledger.without_rate.0 += self.without_rate.0;
        ledger.without_rate.1 += self.without_rate.1;
    }
}

/// Who books: one number a project, person and role, however the name is spelled.
struct People<'a> {
    rates: Vec<Rates>,
    person_words: Option<Words<'a>>,
    role_words: Option<Words<'a>>,
    /// Project, person and role, by the codes of their spelling.
    spelled: Codes<(u32, u32, u32)>,
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
    rated: Option<Rated>,
}

impl<'a> People<'a> {
    fn of(portfolio: &'a Portfolio) -> Self {
        let frame = &portfolio.facts.bookings.0;
        Self {
            rates: portfolio.projects.iter().map(Rates::of).collect(),
            person_words: Words::of(frame, Bookings::PERSON),
            role_words: Words::of(frame, Bookings::ROLE),
            spelled: Codes::new(),
            behind: Vec::new(),
            numbers: BTreeMap::new(),
            known: Vec::new(),
        }
    }

    /// The number of a person in a role; `project` is a known project.
    fn number(&mut self, project: u32, person: u32, role: u32) -> u32 {
        let spelling = self.spelled.code((project, person, role)) as usize;
        if spelling == self.behind.len() {
            let person = self.person_words.as_ref().and_then(|words| words.text(person));
            let role = self.role_words.as_ref().and_then(|words| words.text(role));
            let number = self.number_of_new(project as usize, person.unwrap_or_default(), role);
            self.behind.push(number);
        }
        self.behind[spelling]
    }

    /// The number of a spelling seen for the first time. Of several spellings the resources' is shown, else
    /// the first in the order of characters, so that the order of rows does not matter.
    fn number_of_new(&mut self, project: usize, person: &str, role: Option<&str>) -> u32 {
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
        self.known.push(Who { project, name, role, rated: rated.cloned() });
        self.numbers.insert(key, number);
        number
    }

    /// The rate of a person on a day.
    fn rate(&self, number: u32, day: i32) -> Option<Money> {
        self.known[number as usize].rated.as_ref()?.on(NaiveDate::from_epoch_days(day)?)
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
    /// From the rows that joined no task and what each costs.
    fn of(frame: &DataFrame, columns: &Columns<'_>, loose: &[(u32, Money)]) -> PolarsResult<Self> {
        let mut unmatched = Self::default();
        if loose.is_empty() {
            return Ok(unmatched);
        }
        let words = Words::of(frame, Bookings::TASK_TEXT);
        let written = words.as_ref().map(|words| values(words.codes(), NO_NUMBER));
        let source = values(frame.column(Bookings::SOURCE)?.u32()?, 0);
        let line = values(frame.column(Bookings::ROW)?.u32()?, 0);
        let mut texts = Codes::new();
        let mut by_code: Vec<Loose> = Vec::new();
        for (row, cost) in loose {
            let row = *row as usize;
            let code = written.as_ref().map_or(NO_NUMBER, |written| written[row]);
            let text = texts.code((columns.project[row], code)) as usize;
            let one = Loose { hours: Work(columns.seconds[row]), cost: *cost, rows: 1, first: (source[row], line[row]) };
            match by_code.get_mut(text) {
                Some(loose) => loose.join(one),
                None => by_code.push(one),
            }
        }
        for ((project, code), loose) in texts.keys.into_iter().zip(by_code) {
            let written = words.as_ref().and_then(|words| words.text(code)).unwrap_or_default();
            match unmatched.by_text.entry((project, written.trim().to_owned())) {
                Entry::Occupied(mut entry) => entry.get_mut().join(loose),
                Entry::Vacant(entry) => {
                    entry.insert(loose);
                }
            }
        }
        Ok(unmatched)
    }

    fn into_ledgers(self, portfolio: &Portfolio, ledgers: &mut [Ledger]) {
        for ((project, written), Loose { hours, cost, rows, first: (source, row) }) in self.by_text {
            let file = portfolio.tables.get(source as usize).map(|t| Arc::clone(&t.file)).unwrap_or_default();
            let first = (file, row);
            ledgers[project as usize].unmatched.push(Unmatched { written, hours, cost, rows, first });
        }
    }
}

impl Loose {
    fn join(&mut self, other: Self) {
        self.hours += other.hours;
        self.cost += other.cost;
        self.rows += other.rows;
        self.first = self.first.min(other.first);
    }
}
