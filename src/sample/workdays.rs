//! Working days by number, so that plans are made in whole days and dated at the end.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::words::{EASTER, YEARLY};

/// Whether a day is a public holiday of the generated calendar.
pub(super) fn is_holiday(day: NaiveDate) -> bool {
    YEARLY.iter().any(|(month, date, _)| (day.month(), day.day()) == (*month, *date))
        || EASTER.contains(&(day.year(), day.month(), day.day()))
}

fn is_worked(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun) && !is_holiday(day)
}

/// Working days in order; number `today` is the last one up to the status date.
pub(super) struct Workdays {
    days: Vec<NaiveDate>,
}

impl Workdays {
    /// So many working days up to the status date, and so many after it.
    pub(super) fn around(status: NaiveDate, before: usize, after: usize) -> Self {
        let mut days = Vec::with_capacity(before + after + 1);
        let mut day = status;
        while days.len() <= before {
            if is_worked(day) {
                days.push(day);
            }
            day = day.checked_sub_days(Days::new(1)).unwrap_or(day);
        }
        days.reverse();
        day = status;
        while days.len() <= before + after {
            day = day.checked_add_days(Days::new(1)).unwrap_or(day);
            if is_worked(day) {
                days.push(day);
            }
        }
        Self { days }
    }

    /// The date of a working day; the last known one beyond the end.
    pub(super) fn date(&self, number: usize) -> NaiveDate {
        self.days.get(number).or(self.days.last()).copied().unwrap_or_default()
    }

    /// How many working days have passed by the end of a date.
    pub(super) fn until(&self, date: NaiveDate) -> usize {
        self.days.partition_point(|day| *day <= date)
    }

    /// First and last date.
    pub(super) fn span(&self) -> (NaiveDate, NaiveDate) {
        (self.date(0), self.date(self.days.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weekends_and_holidays_are_no_working_days() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 4, d).unwrap();
        // 30 and 31 March, 1 and 2 April, then Good Friday, the weekend and Easter Monday.
        let days = Workdays::around(day(5), 3, 2);
        assert_eq!(days.date(3), day(2));
        assert_eq!(days.date(4), day(7));
        assert_eq!(days.span(), (NaiveDate::from_ymd_opt(2026, 3, 30).unwrap(), day(8)));
    }
}
