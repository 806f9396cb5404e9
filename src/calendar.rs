//! Time: moments, the status date, reporting periods and work calendars.
//!
//! A moment is a local date and time without a zone: a project's plan is written that way. The end
//! of a day is the midnight that follows it, so that `2026-03-31` as a finish or a status date is
//! `2026-04-01T00:00`; [`last_day`] turns it back for showing.

mod working_time;

use std::collections::BTreeMap;

use chrono::{Datelike, Days as CalendarDays, Duration, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use crate::quantity::Work;
use working_time::Index;

/// A local date and time.
pub type Moment = NaiveDateTime;

/// The start of a day.
#[must_use]
pub fn start_of_day(day: NaiveDate) -> Moment {
    day.and_time(NaiveTime::MIN)
}

/// The end of a day: the midnight that follows.
#[must_use]
pub fn end_of_day(day: NaiveDate) -> Moment {
    start_of_day(day.checked_add_days(CalendarDays::new(1)).unwrap_or(day))
}

/// The day a finish falls on: midnight belongs to the day before it.
#[must_use]
pub fn last_day(finish: Moment) -> NaiveDate {
    finish.checked_sub_signed(Duration::seconds(1)).map_or(finish.date(), |m| m.date())
}

/// The moment up to which the report speaks; everything is cumulative to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusDate(pub Moment);

impl StatusDate {
    /// The end of a day.
    #[must_use]
    pub fn end_of(day: NaiveDate) -> Self {
        Self(end_of_day(day))
    }

    /// The day it is shown as.
    #[must_use]
    pub fn day(self) -> NaiveDate {
        last_day(self.0)
    }
}

/// How the time axis of a report is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Deserialize, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PeriodKind {
    /// Calendar weeks, Monday to Sunday.
    Week,
    /// Calendar months.
    #[default]
    Month,
}

impl PeriodKind {
    /// The period a day lies in.
    #[must_use]
    pub fn period_of(self, day: NaiveDate) -> Period {
        let (first, next) = match self {
            Self::Week => {
                let first = day.week(Weekday::Mon).first_day();
                (first, first.checked_add_days(CalendarDays::new(7)).unwrap_or(first))
            }
            Self::Month => {
                let first = day.with_day(1).unwrap_or(day);
                (first, first.checked_add_months(chrono::Months::new(1)).unwrap_or(first))
            }
        };
        Period { first, next }
    }
}

/// One reporting period: whole days from `first` up to, not including, `next`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub first: NaiveDate,
    /// The first day of the period that follows.
    pub next: NaiveDate,
}

impl Period {
    /// The last day.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        self.next.pred_opt().unwrap_or(self.next)
    }

    /// The moment it ends.
    #[must_use]
    pub fn end(self) -> Moment {
        start_of_day(self.next)
    }
}

/// A span within a day, in seconds after midnight: `(28_800, 43_200)` is 08:00-12:00. Ends after its start.
pub type Span = (u32, u32);

/// Which hours are worked on which days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkCalendar {
    /// Its name in the data; `Default` when the data has none.
    pub name: String,
    /// Sorted, disjoint spans of Monday to Sunday.
    week: [Vec<Span>; 7],
    /// Days that differ from the week: holidays (no spans), short days, extra shifts.
    exceptions: BTreeMap<NaiveDate, Vec<Span>>,
    /// Working time up to any day, derived from the two.
    index: Index,
}

impl Default for WorkCalendar {
    /// Monday to Friday, 08:00-12:00 and 13:00-17:00.
    fn default() -> Self {
        let day = vec![(8 * 3_600, 12 * 3_600), (13 * 3_600, 17 * 3_600)];
        let week = std::array::from_fn(|i| if i < 5 { day.clone() } else { Vec::new() });
        Self::new("Default", week, BTreeMap::new())
    }
}

impl WorkCalendar {
    /// A calendar from the spans of its week and its exceptions; spans are sorted and merged.
    #[must_use]
    pub fn new(
        name: impl Into<String>,
        week: [Vec<Span>; 7],
        exceptions: BTreeMap<NaiveDate, Vec<Span>>,
    ) -> Self {
        let week = week.map(merged);
        let exceptions = exceptions.into_iter().map(|(day, spans)| (day, merged(spans))).collect();
        let index = Index::new(&week, &exceptions);
        Self { name: name.into(), week, exceptions, index }
    }

    /// The spans worked on a day.
    #[must_use]
    pub fn spans(&self, day: NaiveDate) -> &[Span] {
        self.exceptions.get(&day).unwrap_or(&self.week[day.weekday().num_days_from_monday() as usize])
    }

    /// The working time of a day.
    #[must_use]
    pub fn work_on(&self, day: NaiveDate) -> Work {
        Work(self.spans(day).iter().map(|(from, to)| i64::from(to - from)).sum())
    }

    /// Days that would be worked by the week and are not: holidays and leave, in order.
    pub fn days_off(&self) -> impl Iterator<Item = NaiveDate> {
        let weekday = |day: &NaiveDate| &self.week[day.weekday().num_days_from_monday() as usize];
        let days = self.exceptions.iter().filter(|(_, spans)| spans.is_empty()).map(|(day, _)| *day);
        days.filter(move |day| !weekday(day).is_empty())
    }

    /// The length of a usual working day: the longest of the week, in hours (8 by default).
    /// It converts durations in days to working time and back.
    #[must_use]
    pub fn hours_per_day(&self) -> f64 {
        let longest = self.week.iter().map(|spans| spans.iter().map(|(a, b)| b - a).sum::<u32>()).max();
        f64::from(longest.unwrap_or(0)) / 3_600.0
    }

    /// Whether any weekday is worked at all.
    #[must_use]
    pub fn has_work(&self) -> bool {
        self.week.iter().any(|spans| !spans.is_empty())
    }
}

/// Sorted, with overlapping and touching spans joined and empty ones dropped.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.retain(|(from, to)| from < to);
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for (from, to) in spans {
        match joined.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => joined.push((from, to)),
        }
    }
    joined
}
