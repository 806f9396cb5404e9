//! The project as a whole at any moment up to the status date, and period by period.

use crate::analysis::actual_cost::ActualCost;
use crate::analysis::baseline::Baseline;
use crate::analysis::earned_schedule::{MOST_PERIODS, Plan};
use crate::analysis::progress::Progress;
use crate::analysis::rollup::Tree;
use crate::analysis::status::TimeAxis;
use crate::analysis::timeline::Instant;
use crate::analysis::{Measures, PeriodValue, earned_value};
use crate::calendar::{Moment, Period, PeriodKind, WorkCalendar};
use crate::model::{EarningRule, Project};
use crate::quantity::{Measured, Money, Reason, Work, ratio};

/// Everything needed to look at a project at a moment.
#[derive(Debug)]
pub struct View<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its tree.
    pub tree: &'a Tree,
    /// What it is worth and when.
    pub baseline: &'a Baseline,
    /// What was spent.
    pub cost: &'a ActualCost,
    /// How far the tasks are.
    pub progress: &'a Progress<'a>,
    /// How they earn.
    pub rules: &'a [EarningRule],
    /// The plan without level of effort; `None` without baseline dates.
    pub plan: Option<&'a Plan<'a>>,
    /// Status date and steps.
    pub axis: &'a TimeAxis,
    /// When everything was finished: time stops counting there.
    pub ended: Option<Moment>,
}

/// The project at a moment.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// When.
    pub at: Moment,
    /// Cumulative figures.
    pub pv: Money,
    /// Earned.
    pub ev: Money,
    /// Spent.
    pub ac: Money,
    /// Without level of effort.
    pub pv_discrete: Money,
    /// Without level of effort.
    pub ev_discrete: Money,
    /// Hours booked.
    pub hours: Work,
    /// Planned value of each task, without those below it.
    pub planned: Vec<Money>,
    /// Earned value, likewise.
    pub earned: Vec<Money>,
    /// The earned schedule as a moment.
    pub earned_schedule: Result<Moment, Reason>,
}

impl View<'_> {
    /// The project's calendar.
    #[must_use]
    pub fn calendar(&self) -> Option<&WorkCalendar> {
        self.project.calendars.first()
    }

    /// Looks at the project at a moment.
    #[must_use]
    pub fn at(&self, moment: Moment) -> Snapshot {
        let t = Instant::new(moment, &self.project.calendars);
        let planned: Vec<Money> = self.baseline.curves.iter().map(|curve| curve.planned(&t)).collect();
        let earned = earned_value::earned(self.baseline, self.progress, self.rules, self.tree, &t);
        let beside = self.baseline.beside_curve.planned(&t);
        let discrete = |values: &[Money]| -> Money {
            let counted =
                values.iter().zip(self.rules).filter(|(_, rule)| **rule != EarningRule::LevelOfEffort);
            counted.map(|(value, _)| *value).sum()
        };
        let (pv_discrete, ev_discrete) = (discrete(&planned), discrete(&earned));
        let (ac, hours) = self.cost.to(moment, self.project);
        let ev = earned.iter().copied().sum::<Money>() + beside;
        // Where everything is level of effort, the plan is all of it.
        let scheduled = if self.has_discrete() { ev_discrete } else { ev };
        Snapshot {
            at: moment,
            pv: planned.iter().copied().sum::<Money>() + beside,
            ev,
            ac,
            pv_discrete,
            ev_discrete,
            hours,
            earned_schedule: self
                .plan
                .ok_or(Reason::NoBaselineDates)
                .and_then(|plan| plan.earned_until(scheduled, moment)),
            planned,
            earned,
        }
    }

    /// Whether any cost is in work that can be late.
    #[must_use]
    pub fn has_discrete(&self) -> bool {
        let bac = self.baseline.bac.iter().zip(self.rules);
        bac.into_iter().any(|(bac, rule)| !bac.is_zero() && *rule != EarningRule::LevelOfEffort)
    }

    /// Working days between two moments by the project's calendar.
    #[must_use]
    pub fn days(&self, from: Moment, to: Moment) -> f64 {
        self.calendar().map_or(0.0, |c| c.days_between(from, to))
    }

    /// Working days from the plan's start to the moment of a snapshot, or to the actual finish before it.
    ///
    /// # Errors
    /// [`Reason::NoBaselineDates`]; [`Reason::NotBegun`] up to the start.
    pub fn actual_time(&self, snapshot: &Snapshot) -> Measured {
        let start = self.plan.ok_or(Reason::NoBaselineDates)?.start;
        let until = self.ended.map_or(snapshot.at, |ended| ended.min(snapshot.at));
        if until <= start { Err(Reason::NotBegun) } else { Ok(self.days(start, until)) }
    }

    /// Working days from the plan's start to the earned schedule.
    ///
    /// # Errors
    /// Those of the snapshot's earned schedule.
    pub fn earned_time(&self, snapshot: &Snapshot) -> Measured {
        let start = self.plan.ok_or(Reason::NoBaselineDates)?.start;
        Ok(self.days(start, snapshot.earned_schedule?))
    }

    /// The figures of a snapshot as measures; forecasts and the like are still unknown.
    #[must_use]
    pub fn measures(&self, s: &Snapshot) -> Measures {
        let plan = self.plan.ok_or(Reason::NoBaselineDates);
        let scheduled = if self.has_discrete() { s.ev_discrete } else { s.ev };
        Measures {
            bac: self.baseline.total(),
            pv: s.pv,
            ev: s.ev,
            ac: Measures::actual_cost(s.ac, s.ev),
            pv_discrete: s.pv_discrete,
            ev_discrete: s.ev_discrete,
            planned_duration: plan.map(|plan| self.days(plan.start, plan.finish)),
            actual_time: self.actual_time(s),
            earned_schedule: self.earned_time(s),
            earned_periods: s.earned_schedule.and(plan).and_then(|plan| plan.earned_periods(scheduled)),
            actual_periods: plan.and_then(|plan| {
                if s.at <= plan.start {
                    Err(Reason::NotBegun)
                } else {
                    Ok(plan.passed_periods(s.at, self.axis.kind))
                }
            }),
            earned_schedule_date: s.earned_schedule,
            ..Measures::unknown(Reason::NoData)
        }
    }

    /// Period by period from the first planned or actual cost to the later of planned finish and status
    /// date. What lies after the status date is planned only.
    #[must_use]
    pub fn series(&self) -> Vec<PeriodValue> {
        let status = self.axis.status.0;
        let first = self.baseline.start.into_iter().chain(self.cost.first()).min().unwrap_or(status);
        let last = self.baseline.finish.map_or(status, |finish| finish.max(status));
        let now = self.axis.period();
        let mut series: Vec<PeriodValue> = periods(first.min(last), last, self.axis.kind)
            .into_iter()
            .map(|period| match period {
                period if period == now => self.reported(period, status),
                period if period.end() <= status => self.reported(period, period.end()),
                period => self.planned(period),
            })
            .collect();
        // The plan goes on after a status date in its last period: the curve still ends at BAC.
        if series.last().is_some_and(|end| end.period == now) && last > status {
            series.push(self.planned(now));
        }
        series
    }

    /// The end of a period, or the status date within it.
    fn reported(&self, period: Period, at: Moment) -> PeriodValue {
        let s = self.at(at);
        let spi_t = self.earned_time(&s).and_then(|es| ratio(es, self.actual_time(&s)?, Reason::NotBegun));
        PeriodValue {
            period,
            at,
            pv: s.pv,
            ev: Some(s.ev),
            ac: Some(s.ac),
            spi_t: spi_t.ok(),
            cpi: ratio(s.ev.units(), s.ac.units(), Reason::NoActualCost).ok(),
            spi: ratio(s.ev_discrete.units(), s.pv_discrete.units(), Reason::NothingPlanned).ok(),
            hours: Some(s.hours),
        }
    }

    /// The end of a period to come.
    fn planned(&self, period: Period) -> PeriodValue {
        let t = Instant::new(period.end(), &self.project.calendars);
        let tasks = self.baseline.curves.iter().map(|curve| curve.planned(&t)).sum::<Money>();
        PeriodValue {
            period,
            at: t.at,
            pv: tasks + self.baseline.beside_curve.planned(&t),
            ev: None,
            ac: None,
            spi_t: None,
            cpi: None,
            spi: None,
            hours: None,
        }
    }
}

/// The periods from one moment to another, at most [`MOST_PERIODS`].
fn periods(first: Moment, last: Moment, kind: PeriodKind) -> Vec<Period> {
    let mut periods = vec![kind.period_of(first.date())];
    while let Some(period) = periods.last().copied()
        && period.end() < last
        && periods.len() < MOST_PERIODS
    {
        let next = kind.period_of(period.next);
        if next == period {
            break;
        }
        periods.push(next);
    }
    periods
}

/// The figures of a stretch of time: cumulative at its end less cumulative at its start.
#[must_use]
pub fn between(from: &Measures, to: &Measures) -> Measures {
    let less = |from: Measured, to: Measured| Ok(to? - from.unwrap_or(0.0));
    Measures {
        bac: to.bac,
        pv: to.pv - from.pv,
        ev: to.ev - from.ev,
        ac: to.ac.map(|ac| ac - from.ac.unwrap_or_default()),
        pv_discrete: to.pv_discrete - from.pv_discrete,
        ev_discrete: to.ev_discrete - from.ev_discrete,
        planned_duration: to.planned_duration,
        actual_time: less(from.actual_time, to.actual_time),
        earned_schedule: less(from.earned_schedule, to.earned_schedule),
        earned_periods: less(from.earned_periods, to.earned_periods),
        actual_periods: less(from.actual_periods, to.actual_periods),
        earned_schedule_date: to.earned_schedule_date,
        ready_series: to.ready_series,
        ..Measures::unknown(Reason::NoData)
    }
}
