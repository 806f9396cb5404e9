//! A ready series of planned value, earned value and actual cost from another tool, used as it is. Time is
//! counted in its periods and turned into working days at their average length so far.

use crate::analysis::earned_schedule::in_periods;
use crate::analysis::{Measures, PeriodValue};
use crate::calendar::{Moment, Period, PeriodKind, WorkCalendar, last_day};
use crate::model::PerformancePoint;
use crate::quantity::{Money, Reason, Work, ratio};

/// A ready series seen from a status date.
#[derive(Debug)]
pub struct Ready<'a> {
    points: &'a [PerformancePoint],
    calendar: &'a WorkCalendar,
    bac: Money,
    /// Start of the first period.
    pub start: Moment,
    /// Planned values, 0 at the start first.
    planned: Vec<Money>,
}

impl<'a> Ready<'a> {
    /// Takes the points (sorted by date) as they are. The first period begins with the plan, else it is as
    /// long as a usual one.
    #[must_use]
    pub fn new(
        points: &'a [PerformancePoint],
        calendar: &'a WorkCalendar,
        budget: Money,
        start: Option<Moment>,
        kind: PeriodKind,
    ) -> Option<Self> {
        let (first, last) = (points.first()?, points.last()?);
        let usual = crate::calendar::start_of_day(kind.period_of(last_day(first.at)).first);
        let start = start.filter(|start| *start < first.at).unwrap_or(usual);
        let planned = std::iter::once(Money::ZERO).chain(points.iter().map(|point| point.pv)).collect();
        let bac = if budget.is_zero() { last.pv } else { budget };
        Some(Self { points, calendar, bac, start, planned })
    }

    /// The planned finish: where the plan is first complete.
    #[must_use]
    pub fn finish(&self) -> Moment {
        let last = self.planned.last().copied().unwrap_or_default();
        self.end(self.planned.iter().position(|pv| *pv >= last).unwrap_or(0))
    }

    /// When everything was earned.
    #[must_use]
    pub fn finished(&self, status: Moment) -> Option<Moment> {
        let complete = |point: &&PerformancePoint| {
            point.at <= status && !self.bac.is_zero() && point.ev.is_some_and(|ev| ev >= self.bac)
        };
        self.points.iter().find(complete).map(|point| point.at)
    }

    /// The measures of the last point at or before a moment that says what was earned.
    #[must_use]
    pub fn measures(&self, moment: Moment) -> Measures {
        let known = |point: &PerformancePoint| point.at <= moment && point.ev.is_some();
        match self.points.iter().rposition(known) {
            Some(last) => self.measures_of(last),
            None => Measures {
                bac: self.bac,
                ready_series: true,
                earned_schedule_date: Err(Reason::NotBegun),
                ..Measures::unknown(Reason::NotBegun)
            },
        }
    }

    /// The measures at so many points before the one that counts at a moment.
    #[must_use]
    pub fn measures_before(&self, moment: Moment, periods: usize) -> Option<Measures> {
        let known = |point: &PerformancePoint| point.at <= moment && point.ev.is_some();
        let last = self.points.iter().rposition(known)?;
        if last + 1 == periods {
            return Some(Measures {
                bac: self.bac,
                ready_series: true,
                ..Measures::unknown(Reason::NotBegun)
            });
        }
        last.checked_sub(periods).map(|earlier| self.measures_of(earlier))
    }

    fn measures_of(&self, last: usize) -> Measures {
        let point = &self.points[last];
        let (pv, ev) = (point.pv, point.ev.unwrap_or_default());
        let (passed, earned) = (count(last + 1), in_periods(ev, &self.planned));
        let complete = in_periods(self.planned.last().copied().unwrap_or_default(), &self.planned);
        let hours = self.calendar.hours_per_day();
        let days = self.calendar.work_between(self.start, point.at).days(hours);
        Measures {
            bac: self.bac,
            pv,
            ev,
            ac: self.spent(last, ev),
            pv_discrete: pv,
            ev_discrete: ev,
            planned_duration: Ok(days / passed * complete),
            actual_time: Ok(days),
            earned_schedule: Ok(days / passed * earned),
            earned_periods: Ok(earned),
            actual_periods: Ok(passed),
            earned_schedule_date: Ok(self.moment(earned)),
            ready_series: true,
            ..Measures::unknown(Reason::NoData)
        }
    }

    /// Actual cost at a point; where the series once told it and is silent now, it is not known.
    fn spent(&self, last: usize, ev: Money) -> Result<Money, Reason> {
        match self.points[last].ac {
            Some(ac) => Measures::actual_cost(ac, ev),
            None if self.points[..last].iter().any(|point| point.ac.is_some()) => Err(Reason::NoActualCost),
            None => Measures::actual_cost(Money::ZERO, ev),
        }
    }

    /// The end of a period; 0 is the start.
    fn end(&self, period: usize) -> Moment {
        period.checked_sub(1).and_then(|i| self.points.get(i)).map_or(self.start, |point| point.at)
    }

    /// The moment so many periods from the start, evenly over the working time of the last one.
    fn moment(&self, periods: f64) -> Moment {
        let whole = (0..self.planned.len()).take_while(|&i| count(i) <= periods).last().unwrap_or(0);
        let part = periods - count(whole);
        let (from, to) = (self.end(whole), self.end(whole + 1));
        if part <= 0.0 || to <= from {
            return from;
        }
        let work = self.calendar.work_between(from, to);
        self.calendar.add_work(from, Work::from_hours(work.hours() * part))
    }

    /// The points as a series; what is said of days after the status date is planned only.
    #[must_use]
    pub fn series(&self, status: Moment) -> Vec<PeriodValue> {
        let value = |(i, point): (usize, &PerformancePoint)| {
            let from = self.end(i);
            let known = point.at <= status;
            let ev = point.ev.filter(|_| known);
            let ac = point.ac.filter(|_| known);
            let measured = ev.map(|_| self.measures_of(i));
            let index = |metric: &crate::analysis::metric::Metric| {
                measured.as_ref().and_then(|m| (metric.value)(m).ok())
            };
            let last = last_day(point.at);
            PeriodValue {
                period: Period { first: from.date().min(last), next: last.succ_opt().unwrap_or(last) },
                at: point.at,
                pv: point.pv,
                ev,
                ac,
                spi_t: index(&crate::analysis::metric::SPI_T),
                cpi: index(&crate::analysis::metric::CPI),
                spi: index(&crate::analysis::metric::SPI),
                hours: None,
            }
        };
        self.points.iter().enumerate().map(value).collect()
    }

    /// CPI of the last three points.
    ///
    /// # Errors
    /// [`Reason::TooFewPeriods`] when there are fewer.
    pub fn recent_cpi(&self, moment: Moment) -> crate::quantity::Measured {
        let from = self.measures_before(moment, 3).ok_or(Reason::TooFewPeriods)?;
        let to = self.measures(moment);
        let spent = to.ac? - from.ac.unwrap_or_default();
        ratio((to.ev - from.ev).units(), spent.units(), Reason::NoActualCost)
    }
}

fn count(i: usize) -> f64 {
    u32::try_from(i).map_or(f64::INFINITY, f64::from)
}
