//! Earned schedule (Lipke): the moment at which as much was planned to be earned as is earned now.
//!
//! On the continuous planned-value curve it is the last moment at which no more was planned than is earned;
//! where the curve stands still there and the status date lies on that plateau, it is the status date.
//! The curve is first searched by period ends, then within the period among the tasks that move in it.

use chrono::Duration;

use crate::analysis::timeline::{Curve, Instant};
use crate::calendar::{Moment, PeriodKind, WorkCalendar};
use crate::quantity::{Measured, Money, Reason, Work};

/// The plan that earned schedule is read from.
#[derive(Debug)]
pub struct Plan<'a> {
    calendars: &'a [WorkCalendar],
    curves: Vec<&'a Curve>,
    /// The plan's start, the ends of the periods in between, the plan's finish; each with what is planned
    /// just before it and at it.
    grid: Vec<(Instant, Money, Money)>,
    /// Earliest baseline start.
    pub start: Moment,
    /// Latest baseline finish.
    pub finish: Moment,
    /// Everything planned.
    pub total: Money,
}

/// More periods than this are not looked at one by one: a century of months.
pub const MOST_PERIODS: usize = 1_200;

impl<'a> Plan<'a> {
    /// Lays curves over a grid of periods.
    #[must_use]
    pub fn new(
        curves: Vec<&'a Curve>,
        calendars: &'a [WorkCalendar],
        (start, finish): (Moment, Moment),
        kind: PeriodKind,
    ) -> Self {
        let total = curves.iter().map(|curve| curve.total()).sum();
        let mut plan = Self { calendars, curves, grid: Vec::new(), start, finish, total };
        let mut moments = vec![start];
        let mut period = kind.period_of(start.date());
        while period.end() < finish && moments.len() < MOST_PERIODS {
            if period.end() > start {
                moments.push(period.end());
            }
            let next = kind.period_of(period.next);
            if next == period {
                break;
            }
            period = next;
        }
        moments.push(finish);
        plan.grid = moments
            .into_iter()
            .map(|moment| {
                let t = Instant::new(moment, calendars);
                let (before, at) = (plan.planned_before(&t), plan.planned(&t));
                (t, before, at)
            })
            .collect();
        plan
    }

    /// What is planned to be earned by a moment.
    #[must_use]
    pub fn planned(&self, t: &Instant) -> Money {
        self.curves.iter().map(|curve| curve.planned(t)).sum()
    }

    fn planned_before(&self, t: &Instant) -> Money {
        self.curves.iter().map(|curve| curve.planned_before(t)).sum()
    }

    /// The moment up to which the plan is earned, seen from `now`.
    ///
    /// # Errors
    /// [`Reason::NoBaseline`] when nothing is planned, [`Reason::NotBegun`] before the start.
    pub fn earned_until(&self, ev: Money, now: Moment) -> Result<Moment, Reason> {
        if self.total.is_zero() {
            return Err(Reason::NoBaseline);
        }
        if now <= self.start {
            return Err(Reason::NotBegun);
        }
        let until = self.last_planned(ev);
        let on_plateau = now <= until && self.planned(&Instant::new(now, self.calendars)) == ev;
        Ok(if on_plateau { now } else { until })
    }

    /// The last moment, within the plan, before which no more than this is planned.
    fn last_planned(&self, ev: Money) -> Moment {
        let after = self.grid.partition_point(|(_, before, _)| *before <= ev);
        let (Some(from), Some(to)) = (after.checked_sub(1).map(|i| &self.grid[i].0), self.grid.get(after))
        else {
            return if after == 0 { self.start } else { self.finish };
        };
        let to = &to.0;
        let (mut fixed, mut moving) = (Money::ZERO, Vec::new());
        for curve in &self.curves {
            let due = curve.planned_before(from);
            if due == curve.planned_before(to) {
                fixed += due;
            } else {
                moving.push(*curve);
            }
        }
        // Within: no more than ev is planned before `low`, more before `high`; both in seconds from `from`.
        let (mut low, mut high) = (0, to.at.signed_duration_since(from.at).num_seconds());
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            let t = Instant::new(from.at + Duration::seconds(middle), self.calendars);
            let planned = fixed + moving.iter().map(|curve| curve.planned_before(&t)).sum();
            if planned <= ev {
                low = middle;
            } else {
                high = middle;
            }
        }
        from.at + Duration::seconds(low)
    }

    /// Earned schedule counted in periods: C + (EV - PV of C) / (PV of C+1 - PV of C).
    ///
    /// # Errors
    /// [`Reason::NoBaseline`] when nothing is planned.
    pub fn earned_periods(&self, ev: Money) -> Measured {
        let ends: Vec<Money> = self.grid.iter().map(|(_, _, at)| *at).collect();
        if self.total.is_zero() {
            return Err(Reason::NoBaseline);
        }
        Ok(in_periods(ev, &ends))
    }

    /// How many periods have passed at a moment, on the same grid: whole ones, and the share of the running
    /// one by the clock; past the plan's finish, periods of the usual length.
    #[must_use]
    pub fn passed_periods(&self, now: Moment, kind: PeriodKind) -> f64 {
        let hours = |a: Moment, b: Moment| Work(b.signed_duration_since(a).num_seconds()).hours();
        let after = self.grid.partition_point(|(t, ..)| t.at <= now);
        let Some(whole) = after.checked_sub(1) else { return 0.0 };
        let from = self.grid[whole].0.at;
        let usual = match kind {
            PeriodKind::Week => 7.0 * 24.0,
            PeriodKind::Month => 365.2425 / 12.0 * 24.0,
        };
        let length = self.grid.get(after).map_or(usual, |(to, ..)| hours(from, to.at));
        index(whole) + if length > 0.0 { hours(from, now) / length } else { 0.0 }
    }
}

fn index(i: usize) -> f64 {
    u32::try_from(i).map_or(f64::INFINITY, f64::from)
}

/// Where an earned value lies among cumulative planned values, the first of them at time 0. What is worth
/// as much as the whole plan lies where the plan is first complete, also when the series goes on.
#[must_use]
pub fn in_periods(ev: Money, planned: &[Money]) -> f64 {
    let last = planned.last().copied().unwrap_or_default();
    if ev >= last {
        return index(planned.iter().position(|pv| *pv >= last).unwrap_or(0));
    }
    let after = planned.iter().rposition(|pv| *pv <= ev).map_or(0, |c| c + 1);
    let Some(c) = after.checked_sub(1) else { return 0.0 };
    index(c) + (ev - planned[c]).units() / (planned[after] - planned[c]).units()
}

/// Schedule adherence (Lipke): of what was planned to be earned by the earned schedule, the share earned where
/// it was planned. Pairs of planned value at the earned schedule and earned value now, a task each.
///
/// # Errors
/// [`Reason::NothingEarned`] when nothing was planned by then.
pub fn p_factor(pairs: impl Iterator<Item = (Money, Money)>) -> Measured {
    let (kept, planned) =
        pairs.fold((Money::ZERO, Money::ZERO), |(kept, planned), (pv, ev)| (kept + pv.min(ev), planned + pv));
    crate::quantity::ratio(kept.units(), planned.units(), Reason::NothingEarned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Task;

    fn at(text: &str) -> Moment {
        text.parse().unwrap()
    }

    fn money(units: f64) -> Money {
        Money::from_units(units)
    }

    /// Two tasks of a week (Monday 08:00 to Friday 17:00) and 40 each, one week apart with a week between.
    fn curves(calendars: &[WorkCalendar]) -> Vec<Curve> {
        [("2026-03-02T08:00:00", "2026-03-06T17:00:00"), ("2026-03-16T08:00:00", "2026-03-20T17:00:00")]
            .into_iter()
            .map(|(start, finish)| {
                let task = Task {
                    baseline_start: Some(at(start)),
                    baseline_finish: Some(at(finish)),
                    ..Task::default()
                };
                Curve::of_task(&task, money(40.0), calendars)
            })
            .collect()
    }

    #[test]
    fn the_moment_is_found_to_the_second() {
        let calendars = [WorkCalendar::default()];
        let curves = curves(&calendars);
        let span = (at("2026-03-02T08:00:00"), at("2026-03-20T17:00:00"));
        let plan = Plan::new(curves.iter().collect(), &calendars, span, PeriodKind::Week);
        let until = |ev, now| plan.earned_until(money(ev), at(now)).unwrap();
        // 1 an hour: 20 is Wednesday noon, and nothing more is planned until 13:00.
        assert_eq!(until(20.0, "2026-03-12T00:00:00"), at("2026-03-04T13:00:00"));
        assert_eq!(until(21.0, "2026-03-12T00:00:00"), at("2026-03-04T14:00:00"));
        // The week between is a plateau: the status date on it, its end otherwise.
        assert_eq!(until(40.0, "2026-03-12T00:00:00"), at("2026-03-12T00:00:00"));
        assert_eq!(until(40.0, "2026-03-27T00:00:00"), at("2026-03-16T08:00:00"));
        assert_eq!(until(80.0, "2026-03-27T00:00:00"), at("2026-03-20T17:00:00"));
        assert_eq!(until(0.0, "2026-03-12T00:00:00"), at("2026-03-02T08:00:00"));
        assert_eq!(plan.earned_until(money(0.0), at("2026-03-01T00:00:00")), Err(Reason::NotBegun));
    }

    #[test]
    fn periods_are_counted_on_the_ends_of_periods() {
        // METRICS: EV 3.40, PV of period 5 is 3.00 and of period 6 5.00 -> 5.2.
        let planned: Vec<Money> = [0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 5.0, 6.0].into_iter().map(money).collect();
        assert!((in_periods(money(3.4), &planned) - 5.2).abs() < 1e-12);
        assert!((in_periods(money(9.0), &planned) - 7.0).abs() < 1e-12);
        assert!(in_periods(money(0.0), &planned).abs() < 1e-12);
    }

    #[test]
    fn adherence_counts_what_was_earned_where_it_was_planned() {
        // Planned 10 and 10 by the earned schedule; earned 10 and 5, and 5 elsewhere: 15 of 20.
        let pairs = [(10.0, 10.0), (10.0, 5.0), (0.0, 5.0)].map(|(pv, ev)| (money(pv), money(ev)));
        assert_eq!(p_factor(pairs.into_iter()), Ok(0.75));
    }
}
