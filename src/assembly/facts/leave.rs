//! Days on which a person is not there: leave and holidays of their calendar, and outside their availability.

use chrono::NaiveDate;

use crate::model::{Project, Resource};

/// When a person is away, as days since 1970. Days of rest that the week itself has are no leave: who books on a
/// Saturday has worked on a Saturday.
pub(super) struct Absence {
    /// First and last day they are there.
    there: (i32, i32),
    /// The day of the first bit of `off`.
    from: i32,
    /// A bit a day from `from` on: set where the calendar takes the day out of the week.
    off: Vec<u64>,
}

impl Absence {
    /// That of a person with these rows; `None` where nothing says that they are ever away. Of several calendars the
    /// last row's holds, and availability reaches over all rows that state any.
    pub(super) fn of<'a>(
        project: &Project,
        rows: impl Iterator<Item = &'a Resource> + Clone,
    ) -> Option<Self> {
        let calendar = project.calendars.get(rows.clone().last()?.calendar)?;
        let from = rows.clone().filter_map(|row| row.available_from).min();
        let to = rows.filter_map(|row| row.available_to).max();
        let days: Vec<i32> = calendar.days_off().map(|day| day.to_epoch_days()).collect();
        let there = |day: Option<NaiveDate>, open| day.map_or(open, |day| day.to_epoch_days());
        let mut absence =
            Self { there: (there(from, i32::MIN), there(to, i32::MAX)), from: 0, off: Vec::new() };
        if let (Some(first), Some(last)) = (days.first(), days.last()) {
            absence.from = *first;
            absence.off = vec![0; last.abs_diff(*first) as usize / 64 + 1];
            for day in &days {
                let bit = day.abs_diff(*first);
                absence.off[bit as usize / 64] |= 1 << (bit % 64);
            }
        }
        (from.is_some() || to.is_some() || !days.is_empty()).then_some(absence)
    }

    /// Whether they are away on a day.
    pub(super) fn covers(&self, day: i32) -> bool {
        if day < self.there.0 || day > self.there.1 {
            return true;
        }
        let Ok(bit) = usize::try_from(day.wrapping_sub(self.from)) else { return false };
        self.off.get(bit / 64).is_some_and(|word| word >> (bit % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::calendar::WorkCalendar;

    #[test]
    fn leave_is_what_the_calendar_takes_out_of_the_week_and_what_lies_outside_availability() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let office = (28_800, 57_600);
        let week = std::array::from_fn(|i| if i < 5 { vec![office] } else { Vec::new() });
        // Good Friday, Easter Monday, a Saturday that is free anyway, a short day.
        let off = ["2026-04-03", "2026-04-06", "2026-04-11"].map(|text| (day(text), Vec::new()));
        let short = (day("2026-12-24"), vec![(28_800, 43_200)]);
        let exceptions: BTreeMap<_, _> = off.into_iter().chain([short]).collect();
        let project =
            Project { calendars: vec![WorkCalendar::new("Default", week, exceptions)], ..Project::default() };
        let row = |from: Option<&str>, to: Option<&str>| Resource {
            available_from: from.map(day),
            available_to: to.map(day),
            ..Resource::default()
        };
        let rows = [row(Some("2026-04-01"), None), row(Some("2026-06-01"), Some("2026-12-31"))];
        let away = Absence::of(&project, rows.iter()).unwrap();
        let covered = |text: &str| away.covers(day(text).to_epoch_days());
        for text in ["2026-03-31", "2026-04-03", "2026-04-06", "2027-01-01"] {
            assert!(covered(text), "{text}");
        }
        for text in ["2026-04-01", "2026-04-02", "2026-04-11", "2026-12-24", "2026-12-31"] {
            assert!(!covered(text), "{text}");
        }
        let plain = Project { calendars: vec![WorkCalendar::default()], ..Project::default() };
        assert!(Absence::of(&plain, [Resource::default()].iter()).is_none());
    }
}
