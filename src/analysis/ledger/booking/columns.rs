//! The bookings' columns, row by row and in order of the projects.

use std::ops::Range;
use std::sync::Arc;

use crate::analysis::ledger::operations::is_activity as is_operations;
use crate::analysis::quality::is_rework;
use crate::model::facts::{BookedSheet, Coded, Codes, pieces};
use crate::quantity::{Money, Work};

/// What stands for a missing number, code, day or amount: none has that value.
const NO_NUMBER: u32 = u32::MAX;
const NO_DAY: i32 = i32::MIN;
const NO_AMOUNT: i64 = i64::MIN;

/// A booking as the ledger sees it.
#[derive(Clone, Copy, Default)]
pub(super) struct Booking {
    /// Row of the sheet.
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

/// The columns of a sheet that pricing looks at.
pub(super) struct Columns<'a> {
    /// Project and task by the number of an aim.
    aims: Vec<(u32, u32)>,
    aim: &'a Codes,
    day: Narrow<'a, i32>,
    seconds: Narrow<'a, i64>,
    cost: Option<Narrow<'a, i64>>,
    rate: Option<Narrow<'a, i64>>,
    person: Option<&'a Texts>,
    role: Option<&'a Texts>,
    rework: Option<Called<'a>>,
    operations: Option<Called<'a>>,
}

/// A column of texts.
type Texts = Coded<Option<Arc<str>>>;

/// A column of plain numbers.
struct Narrow<'a, T> {
    codes: &'a Codes,
    values: Vec<T>,
}

impl<'a, T: Copy> Narrow<'a, T> {
    fn of<V>(column: &'a Coded<V>, value: impl FnMut(&V) -> T) -> Self {
        Self { codes: &column.codes, values: column.values.iter().map(value).collect() }
    }

    fn at(&self, row: usize) -> T {
        self.values[self.codes.at(row) as usize]
    }

    fn read(&self, rows: Range<usize>, into: &mut Vec<T>) {
        self.codes.read(rows, &self.values, into);
    }
}

/// The column of activities where any of them is called something.
struct Called<'a>(Narrow<'a, bool>);

impl<'a> Called<'a> {
    /// Each text is looked at once; a table without such a name costs no more than that.
    fn of(activity: &'a Texts, is_name: fn(&str) -> bool) -> Option<Self> {
        let called = Narrow::of(activity, |text| text.as_deref().is_some_and(is_name));
        called.values.contains(&true).then_some(Self(called))
    }
}

impl<'a> Columns<'a> {
    pub(super) fn of(sheet: &'a BookedSheet) -> Self {
        let amounts = |column: &'a Option<Coded<Option<Money>>>| {
            let column = column.as_ref()?;
            Some(Narrow::of(column, |amount| amount.map_or(NO_AMOUNT, |amount| amount.0)))
        };
        let called = |is_name| sheet.activity.as_ref().and_then(|activity| Called::of(activity, is_name));
        let aims = sheet.aim.values.iter();
        Self {
            aims: aims.map(|a| (a.project.unwrap_or(NO_NUMBER), a.task.unwrap_or(NO_NUMBER))).collect(),
            aim: &sheet.aim.codes,
            day: Narrow::of(&sheet.day, |day| day.unwrap_or(NO_DAY)),
            seconds: Narrow::of(&sheet.work, |work| work.unwrap_or_default().0),
            cost: amounts(&sheet.cost),
            rate: amounts(&sheet.rate),
            person: sheet.person.as_ref(),
            role: sheet.role.as_ref(),
            rework: called(is_rework),
            operations: called(is_operations),
        }
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.aim.len()
    }

    /// The code of the role of a row.
    pub(super) fn role_code(&self, row: u32) -> u32 {
        code(self.role, row as usize)
    }

    /// Whether a row is booked under an activity that is called rework.
    pub(super) fn is_rework(&self, row: u32) -> bool {
        self.rework.as_ref().is_some_and(|called| called.0.at(row as usize))
    }

    /// Whether a row is operations by its activity.
    pub(super) fn is_operations(&self, row: u32) -> bool {
        self.operations.as_ref().is_some_and(|called| called.0.at(row as usize))
    }

    /// The person of a code.
    pub(super) fn person(&self, code: u32) -> Option<&'a str> {
        self.person?.values.get(code as usize)?.as_deref()
    }

    /// The role of a code.
    pub(super) fn role(&self, code: u32) -> Option<&'a str> {
        self.role?.values.get(code as usize)?.as_deref()
    }

    /// Puts these rows into `sorted` in order of their projects; returns how many each of so many projects has.
    /// Rows without a project or day are left out.
    pub(super) fn by_project(&self, rows: Range<usize>, projects: usize, sorted: &mut Sorted) -> Vec<usize> {
        let Sorted { bookings, aims, days, rest } = sorted;
        self.aim.read(rows.clone(), &self.aims, aims);
        self.day.read(rows.clone(), days);
        let counts = |project: u32, day: i32| (project as usize) < projects && day != NO_DAY;
        let mut lengths = vec![0; projects];
        for ((project, _), day) in aims.iter().zip(&*days) {
            if counts(*project, *day) {
                lengths[*project as usize] += 1;
            }
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
        bookings.resize(lengths.iter().sum(), Booking::default());
        let first = rows.start;
        for piece in pieces(rows) {
            self.read(piece.clone(), rest);
            let aims = &aims[piece.start - first..piece.end - first];
            let days = &days[piece.start - first..piece.end - first];
            for (nth, ((project, task), day)) in aims.iter().zip(days).enumerate() {
                if counts(*project, *day) {
                    let next = &mut next[*project as usize];
                    bookings[*next] = rest.booking(nth, piece.start + nth, *task, *day);
                    *next += 1;
                }
            }
        }
        lengths
    }

    /// Reads what is left of these rows.
    fn read(&self, rows: Range<usize>, into: &mut Rest) {
        let amounts = |column: &Option<Narrow<'_, i64>>, into: &mut Vec<i64>| match column {
            Some(column) => column.read(rows.clone(), into),
            None => fill(rows.len(), NO_AMOUNT, into),
        };
        amounts(&self.cost, &mut into.cost);
        amounts(&self.rate, &mut into.rate);
        self.seconds.read(rows.clone(), &mut into.seconds);
        match self.person {
            Some(person) => person.codes.read_codes(rows, &mut into.person),
            None => fill(rows.len(), NO_NUMBER, &mut into.person),
        }
    }
}

fn fill<T: Copy>(rows: usize, value: T, into: &mut Vec<T>) {
    into.clear();
    into.resize(rows, value);
}

/// Rows in order of their projects, and room for what is read of them on the way.
#[derive(Default)]
pub(super) struct Sorted {
    pub(super) bookings: Vec<Booking>,
    aims: Vec<(u32, u32)>,
    days: Vec<i32>,
    rest: Rest,
}

/// A piece of the columns that only what counts is asked for.
#[derive(Default)]
struct Rest {
    seconds: Vec<i64>,
    cost: Vec<i64>,
    rate: Vec<i64>,
    person: Vec<u32>,
}

impl Rest {
    fn booking(&self, nth: usize, row: usize, task: u32, day: i32) -> Booking {
        let work = Work(self.seconds[nth]);
        let cost = match (self.cost[nth], self.rate[nth]) {
            (NO_AMOUNT, NO_AMOUNT) => NO_AMOUNT,
            (NO_AMOUNT, rate) => work.at_rate(Money(rate)).0,
            (cost, _) => cost,
        };
        Booking {
            row: u32::try_from(row).unwrap_or(u32::MAX),
            task,
            person: self.person[nth],
            day,
            work,
            cost,
        }
    }
}

/// The code of a text in a row.
fn code(column: Option<&Texts>, row: usize) -> u32 {
    column.map_or(NO_NUMBER, |text| text.codes.at(row))
}
