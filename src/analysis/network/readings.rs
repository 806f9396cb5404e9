//! Between moments and readings: working seconds of a calendar since the project's start.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::calendar::{Moment, WorkCalendar};
use crate::quantity::Work;

/// The calendars of a project, and last one that never rests: the clock.
#[derive(Clone, Debug)]
pub struct Readings<'a> {
    calendars: Vec<Cow<'a, WorkCalendar>>,
    /// The reading of each calendar at the project's start.
    zero: Vec<i64>,
}

impl<'a> Readings<'a> {
    /// For these calendars from a project's start on. A calendar without any work, on which nothing could
    /// ever be scheduled, gives way to the default one.
    #[must_use]
    pub fn new(calendars: &'a [WorkCalendar], start: Moment) -> Self {
        let usable = |calendar: &'a WorkCalendar| {
            if calendar.has_work() { Cow::Borrowed(calendar) } else { Cow::Owned(WorkCalendar::default()) }
        };
        let mut calendars: Vec<_> = calendars.iter().map(usable).collect();
        if calendars.is_empty() {
            calendars.push(Cow::Owned(WorkCalendar::default()));
        }
        let always = std::array::from_fn(|_| vec![(0, 86_400)]);
        calendars.push(Cow::Owned(WorkCalendar::new("clock", always, BTreeMap::new())));
        let zero = calendars.iter().map(|calendar| calendar.reading(start)).collect();
        Self { calendars, zero }
    }

    /// The index of the calendar that never rests.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a project has a handful of calendars")]
    pub fn clock(&self) -> u32 {
        self.calendars.len() as u32 - 1
    }

    /// A calendar by its index in `Project::calendars`; the project's own for one that is not there.
    #[must_use]
    pub fn calendar(&self, index: u32) -> &WorkCalendar {
        self.calendars.get(index as usize).unwrap_or(&self.calendars[0])
    }

    fn zero(&self, index: u32) -> i64 {
        self.zero.get(index as usize).copied().unwrap_or(self.zero[0])
    }

    /// The reading of a moment.
    #[must_use]
    pub fn at(&self, calendar: u32, moment: Moment) -> i64 {
        self.calendar(calendar).reading(moment) - self.zero(calendar)
    }

    /// The moment at which work begins that starts at a reading.
    #[must_use]
    pub fn start(&self, calendar: u32, reading: i64) -> Moment {
        self.calendar(calendar).start_at(reading.saturating_add(self.zero(calendar)))
    }

    /// The moment at which work has ended that finishes at a reading.
    #[must_use]
    pub fn finish(&self, calendar: u32, reading: i64) -> Moment {
        self.calendar(calendar).finish_at(reading.saturating_add(self.zero(calendar)))
    }

    /// A moment later (or, for a lead, earlier) by a lag in working time of a calendar.
    #[must_use]
    pub fn lagged(&self, calendar: u32, moment: Moment, lag: i64) -> Moment {
        self.calendar(calendar).add_work(moment, Work(lag))
    }

    /// Working days of the project's own calendar from the project's start to a moment.
    #[must_use]
    pub fn days(&self, moment: Moment) -> f64 {
        self.in_days(self.at(0, moment))
    }

    /// Working seconds as working days of the project's own calendar.
    #[must_use]
    pub fn in_days(&self, seconds: i64) -> f64 {
        Work(seconds).days(self.calendars[0].hours_per_day())
    }
}
