//! Arithmetic on working time.
//!
//! Every moment has a reading: the working seconds from a fixed origin up to it. The reading of a day
//! is weeks x working time of a week + the days before it in its week + what the exceptions before
//! it add or take away, so a query costs a search among the exceptions and nothing more, for any
//! span of time.

use std::collections::BTreeMap;

use chrono::{Datelike, Duration, NaiveDate, NaiveTime, Timelike};

use super::{Moment, Span, WorkCalendar};
use crate::quantity::Work;

/// Readings by day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Index {
    /// Working seconds of the week before Monday, Tuesday, ... and of all of it.
    week: [i64; 8],
    /// Sorted by day.
    exceptions: Vec<Exception>,
}

/// A day that differs from the week.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Exception {
    /// Days since the first Monday of the calendar (0001-01-01).
    day: i64,
    /// Reading at the start of the day.
    before: i64,
    /// Reading at its end.
    after: i64,
    /// What this exception and those before it add to the plain week.
    shift: i64,
}

impl Index {
    pub(super) fn new(week: &[Vec<Span>; 7], exceptions: &BTreeMap<NaiveDate, Vec<Span>>) -> Self {
        let length = |spans: &[Span]| spans.iter().map(|(from, to)| i64::from(to - from)).sum::<i64>();
        let mut sums = [0; 8];
        for i in 0..7 {
            sums[i + 1] = sums[i] + length(&week[i]);
        }
        let mut index = Self { week: sums, exceptions: Vec::with_capacity(exceptions.len()) };
        let mut shift = 0;
        for (date, spans) in exceptions {
            let day = day_number(*date);
            let before = index.plain(day) + shift;
            let after = before + length(spans);
            shift = after - index.plain(day + 1);
            index.exceptions.push(Exception { day, before, after, shift });
        }
        index
    }

    /// The reading at the start of a day by the plain week.
    fn plain(&self, day: i64) -> i64 {
        let weekday = usize::try_from(day.rem_euclid(7)).unwrap_or(0);
        day.div_euclid(7) * self.week[7] + self.week[weekday]
    }

    /// The reading at the start of a day.
    fn at(&self, day: i64) -> i64 {
        let passed = self.exceptions.partition_point(|e| e.day < day);
        self.plain(day) + passed.checked_sub(1).map_or(0, |last| self.exceptions[last].shift)
    }

    /// The day in which the working second after `reading` lies, and the reading at its start.
    fn day_of(&self, reading: i64) -> Option<(i64, i64)> {
        let passed = self.exceptions.partition_point(|e| e.after <= reading);
        if let Some(next) = self.exceptions.get(passed)
            && next.before <= reading
        {
            return Some((next.day, next.before));
        }
        let shift = passed.checked_sub(1).map_or(0, |last| self.exceptions[last].shift);
        let week = self.week[7];
        if week == 0 {
            return None;
        }
        let (weeks, rest) = ((reading - shift).div_euclid(week), (reading - shift).rem_euclid(week));
        let weekday = (0..7_usize).find(|i| rest < self.week[i + 1])?;
        let day = weeks * 7 + i64::try_from(weekday).ok()?;
        Some((day, self.plain(day) + shift))
    }
}

/// More seconds than there are between the first and the last moment that can be written.
const BEYOND: i64 = 100_000_000_000_000;

/// Days since the first Monday of the calendar.
fn day_number(date: NaiveDate) -> i64 {
    i64::from(date.num_days_from_ce()) - 1
}

/// The date of a day number; the first or last one there is where the number lies beyond.
fn date_of(day: i64) -> NaiveDate {
    let beyond = if day < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    i32::try_from(day + 1).ok().and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(beyond)
}

/// A moment so many seconds away, at the edge of what can be written where it lies beyond.
fn later(moment: Moment, seconds: i64) -> Moment {
    let beyond = if seconds < 0 { Moment::MIN } else { Moment::MAX };
    Duration::try_seconds(seconds).and_then(|by| moment.checked_add_signed(by)).unwrap_or(beyond)
}

impl WorkCalendar {
    /// Working seconds up to a moment from a fixed origin: differences of readings are working time.
    #[must_use]
    pub fn reading(&self, moment: Moment) -> i64 {
        let date = moment.date();
        let second = moment.time().num_seconds_from_midnight();
        let today: i64 = self
            .spans(date)
            .iter()
            .map(|(from, to)| i64::from(second.clamp(*from, *to)) - i64::from(*from))
            .sum();
        self.index.at(day_number(date)) + today
    }

    /// Working time from one moment to another; negative when `to` lies before `from`.
    #[must_use]
    pub fn work_between(&self, from: Moment, to: Moment) -> Work {
        Work(self.reading(to) - self.reading(from))
    }

    /// The same in usual working days.
    #[must_use]
    pub fn days_between(&self, from: Moment, to: Moment) -> f64 {
        self.work_between(from, to).days(self.hours_per_day())
    }

    /// The earliest moment by which so much work is done that begins at `from`; `from` itself for
    /// no work. A lead (negative work) gives the latest moment from which that much work fits in
    /// before `from`. So a finish ends a working span and a start begins one. Where the calendar has
    /// no working time left, the rest passes by the clock.
    #[must_use]
    pub fn add_work(&self, from: Moment, work: Work) -> Moment {
        let target = self.reading(from).saturating_add(work.0);
        match work.0.signum() {
            1 => self.end_of_second(target).unwrap_or_else(|| later(from, work.0)),
            -1 => self.start_of_second(target).unwrap_or_else(|| later(from, work.0)),
            _ => from,
        }
    }

    /// The first moment from `moment` on at which work can begin: itself within working time, else
    /// the start of the next span; itself where none follows.
    #[must_use]
    pub fn next_working_moment(&self, moment: Moment) -> Moment {
        self.start_of_second(self.reading(moment)).map_or(moment, |m| m.max(moment))
    }

    /// The last moment up to `moment` at which work can end: itself within working time, else the
    /// end of the span before; itself where none precedes.
    #[must_use]
    pub fn previous_working_moment(&self, moment: Moment) -> Moment {
        self.end_of_second(self.reading(moment)).map_or(moment, |m| m.min(moment))
    }

    /// The moment at which work begins that starts at a reading: never the end of a span. The edge of time
    /// for a calendar without work.
    #[must_use]
    pub fn start_at(&self, reading: i64) -> Moment {
        self.start_of_second(reading).unwrap_or(Moment::MIN)
    }

    /// The moment at which work has ended that finishes at a reading: never the beginning of a span. The edge
    /// of time for a calendar without work.
    #[must_use]
    pub fn finish_at(&self, reading: i64) -> Moment {
        self.end_of_second(reading).unwrap_or(Moment::MIN)
    }

    /// The moment of a reading at which the next working second begins.
    fn start_of_second(&self, reading: i64) -> Option<Moment> {
        let reading = reading.clamp(-BEYOND, BEYOND);
        let (day, before) = self.index.day_of(reading)?;
        let date = date_of(day);
        let mut rest = reading - before;
        for (from, to) in self.spans(date) {
            let length = i64::from(to - from);
            if rest < length {
                return Some(later(date.and_time(NaiveTime::MIN), i64::from(*from) + rest));
            }
            rest -= length;
        }
        // Only a day beyond the edge of the calendar, which has other spans, gets here.
        Some(date.and_time(NaiveTime::MIN))
    }

    /// The moment of a reading at which the last working second has ended.
    fn end_of_second(&self, reading: i64) -> Option<Moment> {
        self.start_of_second(reading.saturating_sub(1)).map(|moment| later(moment, 1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::start_of_day;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn hours(hours: f64) -> Work {
        Work::from_hours(hours)
    }

    /// The default week with 1 May 2026 (a Friday) off and a Saturday morning, 9 May, worked.
    fn spring() -> WorkCalendar {
        let day = vec![(8 * 3_600, 12 * 3_600), (13 * 3_600, 17 * 3_600)];
        let week = std::array::from_fn(|i| if i < 5 { day.clone() } else { Vec::new() });
        let date = |d| NaiveDate::from_ymd_opt(2026, 5, d).unwrap();
        WorkCalendar::new("spring", week, [(date(1), vec![]), (date(9), vec![(28_800, 43_200)])].into())
    }

    #[test]
    fn working_time_skips_nights_lunch_weekends_and_holidays() {
        let c = spring();
        // Counted by hand: Thu 30 April 15:00-17:00, Friday off, weekend, Mon 4 May 08:00-12:00.
        assert_eq!(c.work_between(at("2026-04-30T15:00:00"), at("2026-05-04T12:30:00")), hours(6.0));
        assert_eq!(c.work_between(at("2026-05-04T12:30:00"), at("2026-04-30T15:00:00")), hours(-6.0));
        // A week of five days and the Saturday morning.
        assert_eq!(c.work_between(at("2026-05-04T00:00:00"), at("2026-05-11T00:00:00")), hours(44.0));
        // A plain year has 261 working days in 2026 (365 days from a Thursday to a Thursday).
        let year = WorkCalendar::default().work_between(at("2026-01-01T00:00:00"), at("2027-01-01T00:00:00"));
        assert_eq!(year, hours(261.0 * 8.0));
    }

    #[test]
    fn work_ends_at_the_end_of_a_span_and_a_lead_begins_at_the_start_of_one() {
        let c = spring();
        assert_eq!(c.add_work(at("2026-04-30T08:00:00"), hours(8.0)), at("2026-04-30T17:00:00"));
        assert_eq!(c.add_work(at("2026-04-30T08:00:00"), hours(9.0)), at("2026-05-04T09:00:00"));
        assert_eq!(c.add_work(at("2026-05-04T08:00:00"), hours(-8.0)), at("2026-04-30T08:00:00"));
        assert_eq!(c.add_work(at("2026-05-02T10:00:00"), hours(0.0)), at("2026-05-02T10:00:00"));
        assert_eq!(c.next_working_moment(at("2026-05-01T10:00:00")), at("2026-05-04T08:00:00"));
        assert_eq!(c.next_working_moment(at("2026-04-30T12:00:00")), at("2026-04-30T13:00:00"));
        assert_eq!(c.previous_working_moment(at("2026-05-04T08:00:00")), at("2026-04-30T17:00:00"));
        assert_eq!(c.next_working_moment(at("2026-05-09T09:00:00")), at("2026-05-09T09:00:00"));
    }

    #[test]
    fn a_calendar_without_work_passes_by_the_clock_and_the_edges_of_time_hold() {
        let never = WorkCalendar::new("never", std::array::from_fn(|_| vec![]), BTreeMap::new());
        assert_eq!(never.add_work(at("2026-05-01T10:00:00"), hours(2.0)), at("2026-05-01T12:00:00"));
        assert_eq!(never.next_working_moment(at("2026-05-01T10:00:00")), at("2026-05-01T10:00:00"));
        let c = WorkCalendar::default();
        for moment in [Moment::MIN, Moment::MAX, start_of_day(NaiveDate::MAX), start_of_day(NaiveDate::MIN)] {
            for work in [Work(i64::MIN), Work(i64::MAX), hours(8.0), hours(-8.0)] {
                let _ = c.add_work(moment, work);
            }
            let _ = (c.next_working_moment(moment), c.previous_working_moment(moment));
        }
        assert!(c.add_work(at("2026-05-01T10:00:00"), Work(i64::MAX / 4)) > at("9999-01-01T00:00:00"));
    }

    proptest! {
        #[test]
        fn counting_day_by_day_agrees(start in -400_i64..400, length in 0_i64..200, second in 0_i64..86_400) {
            let c = spring();
            let from = at("2026-05-01T00:00:00") + Duration::days(start) + Duration::seconds(second);
            let to = from + Duration::days(length);
            let mut slow = 0;
            let mut day = from.date();
            while day <= to.date() {
                for (a, b) in c.spans(day) {
                    let a = (start_of_day(day) + Duration::seconds(i64::from(*a))).clamp(from, to);
                    let b = (start_of_day(day) + Duration::seconds(i64::from(*b))).clamp(from, to);
                    slow += (b - a).num_seconds();
                }
                day = day.succ_opt().unwrap();
            }
            prop_assert_eq!(c.work_between(from, to), Work(slow));
        }

        #[test]
        fn adding_work_is_the_inverse_of_measuring_it(start in 0_i64..60_000_000, work in -9_000_000_i64..9_000_000) {
            let c = spring();
            let from = at("2025-05-01T00:00:00") + Duration::seconds(start);
            let to = c.add_work(from, Work(work));
            prop_assert_eq!(c.work_between(from, to), Work(work));
        }
    }
}
