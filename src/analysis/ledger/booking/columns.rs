//! The bookings' columns, row by row and in order of the projects.

use std::borrow::Cow;
use std::ops::Range;

use polars::prelude::{DataFrame, PolarsResult};

use crate::analysis::ledger::operations::is_activity as is_operations;
use crate::analysis::quality::is_rework;
use crate::model::facts::{Bookings, Words, values};
use crate::quantity::{Money, Work};

/// What stands for a missing number, code, day or amount: none has that value.
const NO_NUMBER: u32 = u32::MAX;
const NO_DAY: i32 = i32::MIN;
const NO_AMOUNT: i64 = i64::MIN;

/// A booking as the ledger sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Booking {
    /// Row of the frame.
    pub(super) row: u32,
    /// Task of its project; a number that no task has for none.
    pub(super) task: u32,
    /// Code of the person's name.
    pub(super) person: u32,
    /// Days since 1970.
    pub(super) day: i32,
    pub(super) work: Work,
    /// What the row says it costs, else its hours at the rate it states; [`NO_AMOUNT`] for neither.
    cost: i64,
}

impl Booking {
    /// What the row says it costs, else its hours at the rate it states.
    pub(super) fn cost(&self) -> Option<Money> {
        Some(Money(self.cost)).filter(|cost| cost.0 != NO_AMOUNT)
    }
}

/// The columns that pricing looks at.
pub(super) struct Columns<'a> {
    project: Cow<'a, [u32]>,
    task: Cow<'a, [u32]>,
    day: Cow<'a, [i32]>,
    seconds: Cow<'a, [i64]>,
    // Those that a file may lack.
    person: Option<Text<'a>>,
    role: Option<Text<'a>>,
    rework: Option<Called<'a>>,
    operations: Option<Called<'a>>,
    cost: Option<Cow<'a, [i64]>>,
    rate: Option<Cow<'a, [i64]>>,
}

/// A column of texts by their codes.
struct Text<'a> {
    words: Words<'a>,
    codes: Cow<'a, [u32]>,
}

/// The column of activities where any of them is called something.
struct Called<'a> {
    codes: Cow<'a, [u32]>,
    /// By code, whether its text is a name for it.
    is_name: Vec<bool>,
}

impl<'a> Called<'a> {
    /// Each text is looked at once; a table without such a name costs no more than that.
    fn of(activity: Text<'a>, is_name: fn(&str) -> bool) -> Option<Self> {
        let codes = activity.codes;
        let most = codes.iter().filter(|code| **code != NO_NUMBER).max().copied()?;
        let mut used = vec![false; most as usize + 1];
        for code in &*codes {
            if let Some(used) = used.get_mut(*code as usize) {
                *used = true;
            }
        }
        let name = |(code, used): (u32, bool)| used && activity.words.text(code).is_some_and(is_name);
        let is_name: Vec<bool> = (0..).zip(used).map(name).collect();
        is_name.contains(&true).then_some(Self { codes, is_name })
    }

    fn has(&self, row: u32) -> bool {
        self.is_name.get(self.codes[row as usize] as usize).copied().unwrap_or(false)
    }
}

impl<'a> Columns<'a> {
    pub(super) fn of(frame: &'a DataFrame) -> PolarsResult<Self> {
        let filled = |name: &str| {
            let column = frame.column(name)?;
            PolarsResult::Ok((column.null_count() < column.len()).then_some(column))
        };
        let text = |name: &str| {
            let words = filled(name)?.and_then(|_| Words::of(frame, name));
            PolarsResult::Ok(words.map(|words| Text { codes: values(words.codes(), NO_NUMBER), words }))
        };
        let amounts = |name: &str| {
            let amounts = filled(name)?.map(|column| column.i64()).transpose()?;
            PolarsResult::Ok(amounts.map(|amounts| values(amounts, NO_AMOUNT)))
        };
        let called = |is_name: fn(&str) -> bool| {
            PolarsResult::Ok(text(Bookings::ACTIVITY)?.and_then(|activity| Called::of(activity, is_name)))
        };
        Ok(Self {
            project: values(frame.column(Bookings::PROJECT)?.u32()?, NO_NUMBER),
            task: values(frame.column(Bookings::TASK)?.u32()?, NO_NUMBER),
            day: values(frame.column(Bookings::DATE)?.date()?.physical(), NO_DAY),
            seconds: values(frame.column(Bookings::SECONDS)?.i64()?, 0),
            person: text(Bookings::PERSON)?,
            role: text(Bookings::ROLE)?,
            rework: called(is_rework)?,
            operations: called(is_operations)?,
            cost: amounts(Bookings::COST)?,
            rate: amounts(Bookings::RATE)?,
        })
    }

    /// The code of the role of a row.
    pub(super) fn role_code(&self, row: u32) -> u32 {
        code(self.role.as_ref(), row as usize)
    }

    /// Whether a row is booked under an activity that is called rework.
    pub(super) fn is_rework(&self, row: u32) -> bool {
        self.rework.as_ref().is_some_and(|called| called.has(row))
    }

    /// Whether a row is operations by its activity.
    pub(super) fn is_operations(&self, row: u32) -> bool {
        self.operations.as_ref().is_some_and(|called| called.has(row))
    }

    /// The person of a code.
    pub(super) fn person(&self, code: u32) -> Option<&'a str> {
        self.person.as_ref()?.words.text(code)
    }

    /// The role of a code.
    pub(super) fn role(&self, code: u32) -> Option<&'a str> {
        self.role.as_ref()?.words.text(code)
    }

    /// Puts these rows into `sorted` in order of their projects; returns how many each of so many projects has.
    /// Rows without a project or day are left out.
    pub(super) fn by_project(
        &self,
        rows: Range<usize>,
        projects: usize,
        sorted: &mut Vec<Booking>,
    ) -> Vec<usize> {
        let counts = |row: usize| (self.project[row] as usize) < projects && self.day[row] != NO_DAY;
        let mut lengths = vec![0; projects];
        for row in rows.clone().filter(|row| counts(*row)) {
            lengths[self.project[row] as usize] += 1;
        }
        let mut next: Vec<usize> = lengths
            .iter()
            .scan(0, |end, length| {
                let start = *end;
                *end += length;
                Some(start)
            })
            .collect();
        // All of them are written over.
        sorted.resize(lengths.iter().sum(), Booking::default());
        for row in rows.filter(|row| counts(*row)) {
            let next = &mut next[self.project[row] as usize];
            sorted[*next] = self.booking(row);
            *next += 1;
        }
        lengths
    }

    fn booking(&self, row: usize) -> Booking {
        let amount =
            |column: &Option<Cow<'_, [i64]>>| column.as_ref().map_or(NO_AMOUNT, |amounts| amounts[row]);
        let work = Work(self.seconds[row]);
        let cost = match (amount(&self.cost), amount(&self.rate)) {
            (NO_AMOUNT, NO_AMOUNT) => NO_AMOUNT,
            (NO_AMOUNT, rate) => work.at_rate(Money(rate)).0,
            (cost, _) => cost,
        };
        Booking {
            row: u32::try_from(row).unwrap_or(u32::MAX),
            task: self.task[row],
            person: code(self.person.as_ref(), row),
            day: self.day[row],
            work,
            cost,
        }
    }
}

/// The code of a text in a row.
fn code(column: Option<&Text<'_>>, row: usize) -> u32 {
    column.map_or(NO_NUMBER, |text| text.codes[row])
}
