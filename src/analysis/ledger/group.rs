//! The grouping itself: priced rows by one number and the period of their day.
//!
//! Not polars' `group_by`, which was here first: the numbers are dense and every row is looked at anyway to
//! price it, so that adding it up on the way costs less than writing key, day, work and cost of millions of
//! rows into a frame and hashing them there.

use chrono::NaiveDate;
use polars::prelude::PlHashMap;

use crate::calendar::PeriodKind;
use crate::quantity::{Money, Work};

/// Days are counted from 1970-01-01, a Thursday; its week began three days before.
const MONDAY_BEFORE_EPOCH: i32 = 3;

/// The sum of the rows of one number in one period.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Cell {
    /// What the rows are grouped by.
    pub(super) number: u32,
    period: i32,
    /// First and last day with a row, as days since 1970; the period is the one they lie in.
    first: i32,
    last: i32,
    /// Work.
    pub(super) work: Work,
    /// Cost.
    pub(super) cost: Money,
}

impl Cell {
    /// First day with a row.
    pub(super) fn first_day(&self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.first).unwrap_or_default()
    }

    /// Last day with a row.
    pub(super) fn last_day(&self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.last).unwrap_or_default()
    }
}

/// Sums by number and period. A number has its periods in weeks or in months, not in both.
#[derive(Default)]
pub(super) struct Sums {
    cells: Vec<Cell>,
    index: PlHashMap<(u32, i32), u32>,
    /// The cell that each number's last row went to: the next one often goes there too.
    latest: Vec<u32>,
}

impl Sums {
    /// Adds a row; `period` is that of the day.
    pub(super) fn add(&mut self, number: u32, period: i32, day: i32, work: Work, cost: Money) {
        let place = number as usize;
        if place >= self.latest.len() {
            self.latest.resize(place + 1, u32::MAX);
        }
        let latest = self.latest[place] as usize;
        let cell = if self.cells.get(latest).is_some_and(|cell| cell.period == period) {
            &mut self.cells[latest]
        } else {
            let cells = &mut self.cells;
            let cell = *self.index.entry((number, period)).or_insert_with(|| {
                let (work, cost) = (Work::ZERO, Money::ZERO);
                cells.push(Cell { number, period, first: day, last: day, work, cost });
                u32::try_from(cells.len() - 1).unwrap_or(u32::MAX)
            });
            self.latest[place] = cell;
            &mut self.cells[cell as usize]
        };
        cell.first = cell.first.min(day);
        cell.last = cell.last.max(day);
        cell.work += work;
        cell.cost += cost;
    }

    /// The sums, sorted by number and period.
    pub(super) fn sorted(mut self) -> Vec<Cell> {
        self.cells.sort_unstable_by_key(|cell| (cell.number, cell.period));
        self.cells
    }
}

/// The period of a day since 1970, counted in weeks or months: equal exactly where the calendar's are.
pub(super) fn period(day: i32, kind: PeriodKind) -> i32 {
    match kind {
        PeriodKind::Week => day.saturating_add(MONDAY_BEFORE_EPOCH).div_euclid(7),
        PeriodKind::Month => month(day),
    }
}

/// Months from a March on. Years that begin in March end with their leap day: then the arithmetic of Gregorian
/// dates has no exceptions (Howard Hinnant, chrono-compatible low-level date algorithms, `civil_from_days`).
fn month(day: i32) -> i32 {
    const DAYS_OF_400_YEARS: i32 = 146_097;
    const MARCH_OF_YEAR_0: i32 = -719_468;
    let day = day.saturating_sub(MARCH_OF_YEAR_0);
    let (eras, of_era) = (day.div_euclid(DAYS_OF_400_YEARS), day.rem_euclid(DAYS_OF_400_YEARS));
    let years = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * years + years / 4 - years / 100);
    (eras * 400 + years) * 12 + (5 * of_year + 2) / 153
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> i32 {
        text.parse::<NaiveDate>().unwrap().to_epoch_days()
    }

    #[test]
    fn days_fall_together_exactly_where_the_calendar_says_so() {
        // Five hundred years, every day: leap days and years without, ends of weeks, months and years.
        let date = |day| NaiveDate::from_epoch_days(day).unwrap();
        for kind in [PeriodKind::Week, PeriodKind::Month] {
            for today in day("1790-01-01")..day("2290-01-01") {
                let same = kind.period_of(date(today)) == kind.period_of(date(today + 1));
                let step = i32::from(!same);
                assert_eq!(period(today + 1, kind) - period(today, kind), step, "{} {kind:?}", date(today));
            }
        }
    }

    #[test]
    fn rows_of_a_number_and_period_are_summed() {
        let rows = [
            (7, "2026-03-31", 10, 5),
            (0, "2026-04-01", 3, 3),
            (7, "2026-04-01", 1, 1),
            (7, "2026-03-02", 1, -7),
        ];
        let mut sums = Sums::default();
        for (number, on, work, cost) in rows {
            sums.add(number, period(day(on), PeriodKind::Month), day(on), Work(work), Money(cost));
        }
        let cells = sums.sorted();
        assert_eq!(cells.iter().map(|cell| cell.number).collect::<Vec<_>>(), [0, 7, 7]);
        assert_eq!((cells[0].work, cells[0].cost), (Work(3), Money(3)));
        assert_eq!((cells[1].work, cells[1].cost), (Work(11), Money(-2)));
        let days = [cells[1].first_day(), cells[1].last_day()].map(|day| day.to_string());
        assert_eq!(days, ["2026-03-02", "2026-03-31"]);
    }

    #[test]
    fn absurd_amounts_saturate_instead_of_wrapping() {
        let mut sums = Sums::default();
        for _ in 0..2 {
            sums.add(1, 0, 0, Work(1), Money(i64::MAX));
        }
        assert_eq!(sums.sorted()[0].cost, Money(i64::MAX));
    }
}
