//! Time-phasing: how much of a baseline cost is due by a moment.
//!
//! A curve is a few parts: amounts due at a moment, and amounts that grow evenly with the working time
//! of a calendar. A part is a fraction of integers, so curves of many tasks add up to the last
//! ten-thousandth whatever the order.

use crate::calendar::{Moment, WorkCalendar};
use crate::model::{Accrual, Task};
use crate::quantity::Money;

/// A moment with its reading in every calendar of the project, so that a curve costs no search.
#[derive(Clone, Debug)]
pub struct Instant {
    /// The moment.
    pub at: Moment,
    readings: Vec<i64>,
}

impl Instant {
    /// Reads all calendars at a moment.
    #[must_use]
    pub fn new(at: Moment, calendars: &[WorkCalendar]) -> Self {
        Self { at, readings: calendars.iter().map(|calendar| calendar.reading(at)).collect() }
    }
}

/// How a part of a curve falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pace {
    /// All as soon as the moment has passed: what begins tomorrow is not due at the end of today.
    AtStart(Moment),
    /// All once the moment is reached.
    AtFinish(Moment),
    /// Evenly over the working time of a calendar: from a reading, over a length.
    Working { calendar: usize, from: i64, length: i64 },
    /// Evenly by the clock, because nobody works in between: from a moment, over seconds.
    Clock { from: Moment, length: i64 },
}

/// An amount and how it falls due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Part {
    amount: Money,
    pace: Pace,
}

/// The cumulative baseline cost of a task, an account or what stands beside the tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Curve {
    parts: Vec<Part>,
    /// Whether it is the task's own cost over its own dates: then percent complete reads it part by part.
    own: bool,
}

impl Curve {
    /// Nothing planned, to add spans to.
    #[must_use]
    pub fn empty() -> Self {
        Self::default()
    }

    /// A task's baseline cost over its baseline dates: the fixed cost by its accrual, the rest evenly over
    /// working time. With one date only, everything is due then; without any date nothing ever is.
    #[must_use]
    pub fn of_task(task: &Task, bac: Money, calendars: &[WorkCalendar]) -> Self {
        let mut curve = Self { parts: Vec::with_capacity(2), own: true };
        let (Some(start), Some(finish)) =
            (task.baseline_start.or(task.baseline_finish), task.baseline_finish.or(task.baseline_start))
        else {
            return curve;
        };
        let fixed = match task.fixed_cost_accrual {
            Accrual::Prorated => Money::ZERO,
            Accrual::Start | Accrual::End => task.fixed_cost.min(bac).max(Money::ZERO),
        };
        if !fixed.is_zero() {
            let at_start = task.fixed_cost_accrual == Accrual::Start && start < finish;
            let pace = if at_start { Pace::AtStart(start) } else { Pace::AtFinish(finish) };
            curve.parts.push(Part { amount: fixed, pace });
        }
        curve.add_span(bac - fixed, start, finish, task.calendar, calendars);
        curve
    }

    /// Adds an amount that grows evenly over the working time between two moments; where there is none,
    /// by the clock; where they are one moment, all of it then.
    pub fn add_span(
        &mut self,
        amount: Money,
        from: Moment,
        to: Moment,
        calendar: usize,
        calendars: &[WorkCalendar],
    ) {
        if amount.is_zero() {
            return;
        }
        let readings = calendars.get(calendar).map_or((0, 0), |c| (c.reading(from), c.reading(to)));
        let seconds = to.signed_duration_since(from).num_seconds();
        let pace = if readings.1 > readings.0 {
            Pace::Working { calendar, from: readings.0, length: readings.1 - readings.0 }
        } else if seconds > 0 {
            Pace::Clock { from, length: seconds }
        } else {
            Pace::AtFinish(to)
        };
        self.parts.push(Part { amount, pace });
    }

    /// Everything it adds up to; 0 for a curve without dates.
    #[must_use]
    pub fn total(&self) -> Money {
        self.parts.iter().map(|part| part.amount).sum()
    }

    /// What is due at a moment.
    #[must_use]
    pub fn planned(&self, t: &Instant) -> Money {
        self.parts.iter().map(|part| part.due(t, |due| due <= t.at)).sum()
    }

    /// What is due just before a moment: an amount due at the moment itself does not count yet.
    #[must_use]
    pub fn planned_before(&self, t: &Instant) -> Money {
        self.parts.iter().map(|part| part.due(t, |due| due < t.at)).sum()
    }

    /// What is due once so much of the task's working time is done: a fixed cost at the start once it has
    /// started, one at the end when it is complete, the rest in proportion. `budget` is the task's BAC,
    /// for a curve that another's phasing gave its shape or that has no dates.
    #[must_use]
    pub fn earned(&self, share: f64, started: bool, budget: Money) -> Money {
        if share >= 1.0 || !self.own || self.parts.is_empty() {
            return budget.share(share);
        }
        let earned = self.parts.iter().map(|part| match part.pace {
            Pace::AtStart(_) if started || share > 0.0 => part.amount,
            Pace::AtStart(_) => Money::ZERO,
            Pace::AtFinish(_) if self.parts.len() > 1 => Money::ZERO,
            _ => part.amount.share(share),
        });
        earned.sum()
    }
}

impl Part {
    fn due(&self, t: &Instant, reached: impl Fn(Moment) -> bool) -> Money {
        match self.pace {
            Pace::AtStart(moment) if moment < t.at => self.amount,
            Pace::AtFinish(moment) if reached(moment) => self.amount,
            Pace::AtStart(_) | Pace::AtFinish(_) => Money::ZERO,
            Pace::Working { calendar, from, length } => {
                let reading = t.readings.get(calendar).copied().unwrap_or(from);
                self.amount.portion((reading - from).clamp(0, length), length)
            }
            Pace::Clock { from, length } => {
                let passed = t.at.signed_duration_since(from).num_seconds();
                self.amount.portion(passed.clamp(0, length), length)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn money(units: f64) -> Money {
        Money::from_units(units)
    }

    fn planned(curve: &Curve, moment: &str) -> Money {
        curve.planned(&Instant::new(at(moment), &[WorkCalendar::default()]))
    }

    /// Four working days from Monday to Thursday.
    fn task() -> Task {
        Task {
            baseline_start: Some(at("2026-03-02T00:00:00")),
            baseline_finish: Some(at("2026-03-06T00:00:00")),
            ..Task::default()
        }
    }

    #[test]
    fn a_cost_is_spread_over_working_time_only() {
        let curve = Curve::of_task(&task(), money(100.0), &[WorkCalendar::default()]);
        // METRICS: a task of four days and 100, status after day 3: PV 75.
        assert_eq!(planned(&curve, "2026-03-05T00:00:00"), money(75.0));
        assert_eq!(planned(&curve, "2026-03-02T08:00:00"), money(0.0));
        assert_eq!(planned(&curve, "2026-03-05T12:30:00"), money(87.5));
        assert_eq!(planned(&curve, "2026-03-09T00:00:00"), money(100.0));
    }

    #[test]
    fn a_fixed_cost_falls_due_by_its_accrual() {
        for (accrual, first_night, third_night) in
            [(Accrual::Start, 55.0, 85.0), (Accrual::Prorated, 25.0, 75.0), (Accrual::End, 15.0, 45.0)]
        {
            let task = Task { fixed_cost: money(40.0), fixed_cost_accrual: accrual, ..task() };
            let curve = Curve::of_task(&task, money(100.0), &[WorkCalendar::default()]);
            assert_eq!(
                planned(&curve, "2026-03-02T00:00:00"),
                money(0.0),
                "{accrual:?}: the end of the day before"
            );
            assert_eq!(planned(&curve, "2026-03-03T00:00:00"), money(first_night), "{accrual:?}");
            assert_eq!(planned(&curve, "2026-03-05T00:00:00"), money(third_night), "{accrual:?}");
            assert_eq!(planned(&curve, "2026-03-06T00:00:00"), money(100.0), "{accrual:?}");
        }
    }

    #[test]
    fn percent_complete_reads_the_curve() {
        let task = Task { fixed_cost: money(40.0), fixed_cost_accrual: Accrual::Start, ..task() };
        let curve = Curve::of_task(&task, money(100.0), &[WorkCalendar::default()]);
        // F + p V, by METRICS: 40 + 0.25 x 60.
        assert_eq!(curve.earned(0.25, true, money(100.0)), money(55.0));
        assert_eq!(curve.earned(0.0, true, money(100.0)), money(40.0));
        assert_eq!(curve.earned(0.0, false, money(100.0)), money(0.0));
        assert_eq!(curve.earned(1.0, true, money(100.0)), money(100.0));
    }

    #[test]
    fn days_off_only_are_used_all_the_same() {
        // METRICS: a five-day window of holidays only is spread over those days. A weekend here: half after Saturday.
        let mut curve = Curve::empty();
        let (from, to) = (at("2026-03-07T00:00:00"), at("2026-03-09T00:00:00"));
        curve.add_span(money(10.0), from, to, 0, &[WorkCalendar::default()]);
        assert_eq!(planned(&curve, "2026-03-08T00:00:00"), money(5.0));
        assert_eq!(curve.total(), money(10.0));
    }

    #[test]
    fn a_milestone_is_due_at_its_moment() {
        let moment = Some(at("2026-03-06T17:00:00"));
        let task = Task { baseline_start: moment, baseline_finish: moment, ..Task::default() };
        let curve = Curve::of_task(&task, money(7.0), &[WorkCalendar::default()]);
        assert_eq!(planned(&curve, "2026-03-06T16:59:59"), money(0.0));
        assert_eq!(planned(&curve, "2026-03-06T17:00:00"), money(7.0));
        let exactly = Instant::new(at("2026-03-06T17:00:00"), &[WorkCalendar::default()]);
        assert_eq!(curve.planned_before(&exactly), Money::ZERO);
    }
}
