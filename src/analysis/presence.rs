//! How much of their time a person gives the project: their calendar, their hours a day, from when to when they are
//! there.

use std::collections::BTreeMap;

use crate::analysis::ledger::folded;
use crate::calendar::{Moment, WorkCalendar, end_of_day, start_of_day};
use crate::model::{Project, Resource};
use crate::quantity::Work;

/// When a person is there, and for how much of each day.
#[derive(Clone, Copy, Debug)]
pub struct Presence<'a> {
    calendar: &'a WorkCalendar,
    from: Moment,
    to: Moment,
    /// Their hours a day over those of the calendar.
    scale: f64,
}

impl<'a> Presence<'a> {
    /// Someone who is always there, by the project's calendar.
    #[must_use]
    pub fn always(calendar: &'a WorkCalendar) -> Self {
        Self { calendar, from: Moment::MIN, to: Moment::MAX, scale: 1.0 }
    }

    /// By the rows that the resources have of a person, oldest first: calendar and hours of the last one, from the
    /// first day to the last day that any of them names. `None` without a row.
    #[must_use]
    pub fn of(project: &'a Project, rows: &[&Resource]) -> Option<Self> {
        let row = rows.last()?;
        let calendar = project.calendars.get(row.calendar).or(project.calendars.first())?;
        let from = rows.iter().filter_map(|r| r.available_from).min().map_or(Moment::MIN, start_of_day);
        let to = rows.iter().filter_map(|r| r.available_to).max().map_or(Moment::MAX, end_of_day);
        let usual = calendar.hours_per_day();
        let scale = row.hours_per_day.filter(|_| usual > 0.0).map_or(1.0, |hours| hours / usual);
        Some(Self { calendar, from, to: to.max(from), scale })
    }

    /// The calendar.
    #[must_use]
    pub const fn calendar(&self) -> &'a WorkCalendar {
        self.calendar
    }

    /// Working seconds of the calendar up to a moment, as far as the person is there: differences are working time.
    #[must_use]
    pub fn reading(&self, moment: Moment) -> i64 {
        self.calendar.reading(moment.clamp(self.from, self.to))
    }

    /// The hours they have between two readings.
    #[must_use]
    pub fn hours(&self, from: i64, to: i64) -> Work {
        let work = Work((to - from).max(0));
        if (self.scale - 1.0).abs() < 1e-9 { work } else { Work::from_hours(work.hours() * self.scale) }
    }

    /// The hours they have from one moment to another.
    #[must_use]
    pub fn between(&self, from: Moment, to: Moment) -> Work {
        self.hours(self.reading(from), self.reading(to))
    }
}

/// The rows of the resources by person, without regard to the spelling of case.
#[must_use]
pub fn by_person(project: &Project) -> BTreeMap<String, Vec<&Resource>> {
    let mut rows: BTreeMap<String, Vec<&Resource>> = BTreeMap::new();
    for row in &project.resources {
        rows.entry(folded(&row.person)).or_default().push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{day, project};

    #[test]
    fn presence_bounds_what_is_available() {
        let (project, _) = project(Vec::new());
        let row = Resource {
            available_from: Some(day("2026-03-05")),
            available_to: Some(day("2026-03-09")),
            hours_per_day: Some(4.0),
            ..Resource::default()
        };
        let presence = Presence::of(&project, &[&row]).unwrap();
        let span = |from, to| presence.between(start_of_day(day(from)), end_of_day(day(to)));
        // Thursday, Friday, Monday at four hours.
        assert_eq!(span("2026-03-02", "2026-03-31"), Work::from_hours(12.0));
        assert_eq!(span("2026-03-02", "2026-03-04"), Work::ZERO);
        // Gone before they came: never there.
        let row = Resource { available_to: Some(day("2026-03-01")), ..row };
        let never = Presence::of(&project, &[&row]).unwrap();
        assert_eq!(never.between(Moment::MIN, Moment::MAX), Work::ZERO);
        assert!(Presence::of(&project, &[]).is_none());
    }
}
