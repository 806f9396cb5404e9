//! From the first baseline to today's: what the changes in it explain, and what they do not.

use chrono::NaiveDate;

use crate::calendar::{WorkCalendar, last_day};
use crate::model::Project;
use crate::quantity::Money;

/// Where the first baseline comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// The charter states it.
    Stated,
    /// Only today's baseline is in the data: the first is today's without the changes that are in it. It ties
    /// out by construction and cannot show a drift.
    Derived,
}

/// A figure of the baseline then and now. `first` plus `changes` plus `drift` is `today`, exactly.
#[derive(Clone, Debug, PartialEq)]
pub struct Reconciled<T, D> {
    /// In the first baseline.
    pub first: T,
    /// Where that comes from.
    pub source: First,
    /// What the changes in the baseline add.
    pub changes: D,
    /// What no change explains; `None` when the first baseline is derived.
    pub drift: Option<D>,
    /// In today's baseline.
    pub today: T,
}

/// The budget; `changes` is what those in the baseline add, net.
pub(super) fn budget(project: &Project, today: Money, changes: Money) -> Reconciled<Money, Money> {
    match project.charter.first_budget {
        Some(first) => {
            Reconciled { first, source: First::Stated, changes, drift: Some(today - first - changes), today }
        }
        None => Reconciled { first: today - changes, source: First::Derived, changes, drift: None, today },
    }
}

/// The finish; `changes` in working days. Without a first baseline of its own the charter's finish is what the
/// sponsor agreed to first. `None` without a working calendar.
pub(super) fn finish(
    project: &Project,
    today: NaiveDate,
    changes: f64,
) -> Option<Reconciled<NaiveDate, f64>> {
    let stated = project.charter.first_finish.or(project.charter.finish).map(last_day);
    if let Some(first) = stated {
        let drift = Some(project.working_days(first, today)? - changes);
        return Some(Reconciled { first, source: First::Stated, changes, drift, today });
    }
    let first = before(project.working_calendar()?, today, changes);
    Some(Reconciled { first, source: First::Derived, changes, drift: None, today })
}

/// The day that lies so many working days before another (after it where negative), to the whole day.
fn before(calendar: &WorkCalendar, today: NaiveDate, days: f64) -> NaiveDate {
    let back = days > 0.0;
    let mut left = days.abs().round();
    let mut day = today;
    while left >= 1.0 {
        let step = if back { day.pred_opt() } else { day.succ_opt() };
        let Some(next) = step else { return day };
        // Going back, the day that is left is given up; going on, the day that is reached is taken.
        left -= f64::from(u8::from(!calendar.work_on(if back { day } else { next }).is_zero()));
        day = next;
    }
    // A finish falls on a day that is worked.
    while back && calendar.work_on(day).is_zero() {
        let Some(earlier) = day.pred_opt() else { return day };
        day = earlier;
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_taken_off_over_weekends() {
        let calendar = WorkCalendar::default();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        // 29 May 2026 is a Friday.
        let moved = |days| before(&calendar, day("2026-05-29"), days);
        assert_eq!(moved(5.0), day("2026-05-22"));
        assert_eq!(moved(-2.0), day("2026-06-02"));
        assert_eq!(moved(0.0), day("2026-05-29"));
    }
}
