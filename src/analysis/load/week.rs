//! The weeks that load is counted in.

use chrono::{Days, NaiveDate};

use crate::analysis::presence::Presence;
use crate::calendar::{Moment, Period, PeriodKind, StatusDate, last_day, start_of_day};

/// Weeks after the status date at most: five years. What is planned beyond them lies in no week.
const MOST_AHEAD: usize = 260;

/// Monday to Sunday, one after the other.
pub(super) struct Weeks {
    first: NaiveDate,
    count: usize,
    /// The week of the status date.
    pub(super) now: usize,
    /// Whether the status date is its last day.
    complete: bool,
}

impl Weeks {
    /// From the first week with bookings (else that of the status date) to the one of the last finish.
    pub(super) fn new(status: StatusDate, booked: Option<NaiveDate>, finish: Option<Moment>) -> Self {
        let of_status = monday(status.day());
        let first = booked.map_or(of_status, |day| monday(day).min(of_status));
        let now = between(first, of_status).unwrap_or(0);
        let ahead = finish.and_then(|finish| between(of_status, last_day(finish))).unwrap_or(0);
        let complete = PeriodKind::Week.period_of(status.day()).end() <= status.0;
        Self { first, count: now + 1 + ahead.min(MOST_AHEAD), now, complete }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// The week a day lies in.
    pub(super) fn index(&self, day: NaiveDate) -> Option<usize> {
        between(self.first, day).filter(|week| *week < self.count)
    }

    /// The moment a week begins.
    pub(super) fn start(&self, week: usize) -> Moment {
        let days = Days::new(7 * u64::try_from(week).unwrap_or(u64::MAX / 7));
        self.first.checked_add_days(days).map_or(Moment::MAX, start_of_day)
    }

    /// A person's readings at the beginning of every week and at the end of the last.
    pub(super) fn bounds(&self, presence: &Presence<'_>) -> Vec<i64> {
        (0..=self.count).map(|week| presence.reading(self.start(week))).collect()
    }

    /// The last of so many weeks that have days after the status date.
    pub(super) fn horizon(&self, weeks: u32) -> usize {
        let ahead = usize::try_from(weeks).unwrap_or(usize::MAX);
        (self.now + usize::from(self.complete)).saturating_add(ahead).saturating_sub(1).min(self.count - 1)
    }

    pub(super) fn list(&self) -> Vec<Period> {
        let week = |week: usize| PeriodKind::Week.period_of(self.start(week).date());
        (0..self.count).map(week).collect()
    }
}

fn monday(day: NaiveDate) -> NaiveDate {
    PeriodKind::Week.period_of(day).first
}

/// Whole weeks from a Monday to a day; `None` for a day before.
fn between(monday: NaiveDate, day: NaiveDate) -> Option<usize> {
    usize::try_from(day.signed_duration_since(monday).num_days().div_euclid(7)).ok()
}
