//! The grouping itself: priced rows by one number and the period of their day.
//!
//! Not polars' `group_by`, which was here first: the numbers are dense and every row is looked at anyway to
//! price it, so that adding it up on the way costs less than writing key, day, work and cost of millions of
//! rows into a frame and hashing them there.

use chrono::NaiveDate;

use crate::calendar::PeriodKind;
use crate::quantity::{Money, Work};

/// Days are counted from 1970-01-01, a Thursday; its week began three days before.
const MONDAY_BEFORE_EPOCH: i32 = 3;

/// The sum of the rows of one number in one period.
#[derive(Clone, Copy, Debug, PartialEq)]
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

/// A place without a sum: no day lies before itself.
const FREE: Cell =
    Cell { number: 0, period: 0, first: i32::MAX, last: i32::MIN, work: Work::ZERO, cost: Money::ZERO };

impl Cell {
    /// First day with a row.
    pub(super) fn first_day(&self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.first).unwrap_or_default()
    }

    /// Last day with a row.
    pub(super) fn last_day(&self) -> NaiveDate {
        NaiveDate::from_epoch_days(self.last).unwrap_or_default()
    }

    fn is_free(&self) -> bool {
        self.first > self.last
    }

    /// The place it belongs in, once cut to the number of places.
    #[expect(clippy::cast_sign_loss, reason = "only the bits count")]
    fn place(number: u32, period: i32) -> usize {
        let key = u64::from(number) << 32 | u64::from(period as u32);
        (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize
    }
}

/// Sums by number and period. A number has its periods in weeks or in months, not in both.
///
/// An open hash table whose places are the sums themselves, so that adding a row touches one cache line; it is
/// sorted before anyone sees it.
pub(super) struct Sums {
    places: Vec<Cell>,
    taken: usize,
    /// Every number has a place of its own.
    is_dense: bool,
}

impl Default for Sums {
    fn default() -> Self {
        Self { places: vec![FREE; 8], taken: 0, is_dense: false }
    }
}

impl Sums {
    /// Sums of numbers below `count` in one period for all: nothing needs to be searched.
    pub(super) fn in_one_period(count: usize) -> Self {
        Self { places: vec![FREE; count], taken: 0, is_dense: true }
    }

    /// Adds a row; `period` is that of the day.
    pub(super) fn add(&mut self, number: u32, period: i32, day: i32, work: Work, cost: Money) {
        let at = self.at(number, period);
        let cell = &mut self.places[at];
        let is_new = cell.is_free();
        *cell = Cell {
            number,
            period,
            first: cell.first.min(day),
            last: cell.last.max(day),
            work: cell.work + work,
            cost: cell.cost + cost,
        };
        if is_new && !self.is_dense {
            self.taken += 1;
            if self.taken * 2 > self.places.len() {
                self.grow();
            }
        }
    }

    /// Where the sum of a number and period is, or would be.
    fn at(&self, number: u32, period: i32) -> usize {
        if self.is_dense {
            return number as usize;
        }
        let mask = self.places.len() - 1;
        let mut at = Cell::place(number, period) & mask;
        loop {
            let cell = &self.places[at];
            if (cell.number == number && cell.period == period) || cell.is_free() {
                return at;
            }
            at = (at + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let more = vec![FREE; self.places.len() * 2];
        for cell in std::mem::replace(&mut self.places, more).into_iter().filter(|cell| !cell.is_free()) {
            let at = self.at(cell.number, cell.period);
            self.places[at] = cell;
        }
    }

    /// The sums, sorted by number and period.
    pub(super) fn sorted(self) -> Vec<Cell> {
        let mut cells = self.places;
        cells.retain(|cell| !cell.is_free());
        cells.sort_unstable_by_key(|cell| (cell.number, cell.period));
        cells
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
    fn sums_in_one_period_are_the_same() {
        let (mut dense, mut sparse) = (Sums::in_one_period(5), Sums::default());
        for (number, day, work) in [(4, 3, 10), (0, 1, 2), (4, 2, 5), (2, 9, 1)] {
            dense.add(number, 0, day, Work(work), Money(1));
            sparse.add(number, 0, day, Work(work), Money(1));
        }
        assert_eq!(dense.sorted(), sparse.sorted());
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
