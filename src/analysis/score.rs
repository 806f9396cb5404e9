//! How good the forecasts were on projects that are finished: for every date of their statements, what would
//! have been forecast then, beside what came.
//!
//! The error of a method is the absolute difference as a share of the real cost, or of the real duration from
//! the planned start: its mean per project, then over the projects, so that a project with many status dates
//! weighs no more than one with few. Dates at which less than 2% or more than 98% is earned are left out, and
//! projects with fewer than four status dates. Stages are thirds of the earned share.

mod hindsight;
mod ranges;

use std::borrow::Cow;

use rayon::prelude::*;

use crate::analysis::FinishForecast;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::{ProjectValue, project_value};
use crate::analysis::{Settings, budget, ledger, metric, status};
use crate::calendar::{Moment, StatusDate, WorkCalendar};
use crate::model::{Portfolio, Project};
use crate::quantity::{Money, Reason, Work, ratio};

pub use hindsight::as_known_at;
pub use ranges::{Range, Ranges};

/// The earned shares between which a forecast is scored: before, nothing is known; after, nothing is left.
pub const SCORED: (f64, f64) = (0.02, 0.98);
/// A project with fewer status dates is no history.
pub const LEAST_DATES: usize = 4;

/// What the finished projects say of the forecasts.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// The scored projects, by id.
    pub projects: Vec<Scored>,
    /// Those that cannot be scored: name and why.
    pub left_out: Vec<(String, &'static str)>,
}

/// A finished project, looked at from each of its status dates.
#[derive(Clone, Debug)]
pub struct Scored {
    /// Index into `Portfolio::projects`.
    pub index: usize,
    /// Its name.
    pub name: String,
    /// What it cost.
    pub cost: f64,
    /// When it was finished.
    pub finish: Moment,
    /// Each status date between the bounds of [`SCORED`], by date.
    pub cases: Vec<Case>,
}

/// What was forecast at a status date, against what came.
#[derive(Clone, Debug)]
pub struct Case {
    /// When.
    pub at: StatusDate,
    /// Share earned.
    pub share: f64,
    /// Cost methods with their error as a share of the real cost, positive when too high; the recommended one
    /// comes once more under [`RECOMMENDED`].
    pub cost: Vec<(&'static str, f64)>,
    /// Finish methods with their error as a share of the real duration, positive when too late.
    pub finish: Vec<(&'static str, f64)>,
    /// By how much the rest cost more than forecast, as a share of the forecast rest; whether P80 was kept.
    pub cost_range: Option<Range>,
    /// The same of the time.
    pub finish_range: Option<Range>,
    /// What the recommended forecasts said.
    pub told: Told,
}

/// The recommended forecasts of a status date; `None` where there was none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    /// The cost.
    pub eac: Option<f64>,
    /// The cost that four projects of five keep.
    pub eac_p80: Option<f64>,
    /// The finish.
    pub finish: Option<Moment>,
    /// The finish that four projects of five keep.
    pub finish_p80: Option<Moment>,
}

/// The name under which the recommended forecast is scored.
pub const RECOMMENDED: &str = "recommended";

/// Mean error over the projects: of all cases, and of the early, middle and late ones; `None` without cases.
#[derive(Clone, Debug, PartialEq)]
pub struct Errors {
    /// The method.
    pub method: &'static str,
    /// All cases.
    pub all: f64,
    /// By thirds of the earned share.
    pub stages: [Option<f64>; 3],
    /// Cases in which the method gave a forecast.
    pub cases: usize,
}

/// Looks at every finished project of a portfolio from each of its status dates. Settings hold as for a report;
/// their status date is not used.
#[must_use]
pub fn score(portfolio: &Portfolio, settings: &Settings) -> Score {
    look_back(portfolio, &Settings { status_date: None, ..settings.clone() }, LEAST_DATES)
}

/// The same up to the status date of the settings, of projects with at least so many status dates until then.
#[must_use]
pub fn look_back<'p>(portfolio: &'p Portfolio, settings: &Settings, least: usize) -> Score {
    let budgets = budget::baseline_lines(portfolio);
    let last = status::axes(portfolio, settings);
    let dates: Vec<Vec<Moment>> = (portfolio.projects.iter().zip(&last))
        .map(|(project, axis)| {
            let dates = hindsight::status_dates(project);
            dates.into_iter().filter(|date| *date <= axis.status.0).collect()
        })
        .collect();
    let values = |axes: &[TimeAxis], of: &(dyn Fn(usize) -> Option<Cow<'p, Project>> + Sync)| {
        let ledgers = ledger::ledgers(portfolio, axes);
        let value =
            |i: usize| Some(project_value(of(i)?.as_ref(), &ledgers[i], &budgets[i], &axes[i], settings));
        (0..portfolio.projects.len()).into_par_iter().map(value).collect::<Vec<Option<ProjectValue>>>()
    };
    let mut score = Score::default();
    let ends: Vec<Option<End>> = values(&last, &|i| Some(Cow::Borrowed(&portfolio.projects[i])))
        .iter()
        .zip(&portfolio.projects)
        .zip(&dates)
        .map(|((value, project), dates)| match End::of(value.as_ref(), dates, least) {
            Ok(end) => Some(end),
            Err(why) => {
                score.left_out.push((project.name.clone(), why));
                None
            }
        })
        .collect();
    let usual = WorkCalendar::default();
    let mut cases: Vec<Vec<Case>> = vec![Vec::new(); portfolio.projects.len()];
    for round in 0..dates.iter().map(Vec::len).max().unwrap_or(0) {
        let at = |i: usize| ends[i].as_ref().and_then(|_| dates[i].get(round).copied());
        let axes: Vec<TimeAxis> = (portfolio.projects.iter().zip(&last).enumerate())
            .map(|(i, (project, last))| {
                at(i).map_or_else(|| last.clone(), |at| status::axis(project, StatusDate(at), settings))
            })
            .collect();
        let found = values(&axes, &|i| at(i).map(|at| Cow::Owned(as_known_at(&portfolio.projects[i], at))));
        for (i, value) in found.iter().enumerate() {
            if let (Some(value), Some(end)) = (value, &ends[i]) {
                let calendar = portfolio.projects[i].calendars.first().unwrap_or(&usual);
                cases[i].extend(end.case(value, calendar, axes[i].status));
            }
        }
    }
    for (index, ((project, end), cases)) in portfolio.projects.iter().zip(ends).zip(cases).enumerate() {
        match end {
            Some(end) if !cases.is_empty() => {
                let name = project.name.clone();
                score.projects.push(Scored { index, name, cost: end.cost, finish: end.finish, cases });
            }
            Some(_) => score.left_out.push((project.name.clone(), "no status date between 2% and 98%")),
            None => {}
        }
    }
    score
}

/// How a project ended.
struct End {
    cost: f64,
    start: Moment,
    finish: Moment,
}

impl End {
    fn of(value: Option<&ProjectValue>, dates: &[Moment], least: usize) -> Result<Self, &'static str> {
        let value = value.ok_or("it is empty")?;
        let finish = value.actual_finish().ok_or("it is not finished")?;
        let start = value.planned_start.filter(|start| *start < finish).ok_or("its plan has no dates")?;
        if dates.len() < least {
            return Err("fewer than four status dates");
        }
        Ok(Self { cost: value.measures.ac.map_or(0.0, Money::units), start, finish })
    }

    /// The forecasts of a status date against the end; `None` outside the bounds.
    fn case(&self, value: &ProjectValue, calendar: &WorkCalendar, at: StatusDate) -> Option<Case> {
        let m = &value.measures;
        let share = (metric::PCT_COMPLETE.value)(m).ok()?;
        if !(SCORED.0..=SCORED.1).contains(&share) {
            return None;
        }
        let chosen = &value.recommended;
        let duration = seconds(self.start, self.finish);
        let eac = |method: &str| value.cost_forecasts.iter().find(|f| f.method == method)?.eac.ok();
        let date = |method: &str| FinishForecast::of(&value.finish_forecasts, method)?.finish.ok();
        let methods = value.cost_forecasts.iter().map(|f| (f.method, f.method));
        let cost = methods.chain([(RECOMMENDED, chosen.cost)]).filter_map(|(name, method)| {
            Some((name, ratio(eac(method)? - self.cost, self.cost, Reason::NoActualCost).ok()?))
        });
        let methods = value.finish_forecasts.iter().map(|f| (f.method, f.method));
        let finish = methods
            .chain([(RECOMMENDED, chosen.finish)])
            .filter_map(|(name, method)| Some((name, seconds(self.finish, date(method)?) / duration)));
        let range = |forecast: f64, real: f64, kept: Option<bool>| Range::new(forecast, real, kept);
        Some(Case {
            at,
            share,
            cost: cost.collect(),
            finish: finish.collect(),
            cost_range: eac(chosen.cost).and_then(|eac| {
                let ac = m.ac.ok()?.units();
                // Money is exact to a ten-thousandth, the estimate is not.
                range(eac - ac, self.cost - ac, chosen.eac_p80.map(|p80| self.cost <= p80 + 1e-4))
            }),
            // In working time, as P80 is made: a finish on Friday evening is one on Friday at midnight.
            finish_range: date(chosen.finish).and_then(|date| {
                let kept = |p80| calendar.work_between(p80, self.finish) <= Work::ZERO;
                let left = |to| calendar.work_between(at.0, to).hours();
                range(left(date), left(self.finish), chosen.finish_p80.map(kept))
            }),
            told: Told {
                eac: eac(chosen.cost),
                eac_p80: chosen.eac_p80,
                finish: date(chosen.finish),
                finish_p80: chosen.finish_p80,
            },
        })
    }
}

/// Seconds by the clock from one moment to another.
#[expect(clippy::cast_precision_loss, reason = "exact for any time that a project takes")]
fn seconds(from: Moment, to: Moment) -> f64 {
    to.signed_duration_since(from).num_seconds() as f64
}

impl Score {
    /// Mean absolute errors of the cost methods, the recommended one first, then the best.
    #[must_use]
    pub fn cost(&self) -> Vec<Errors> {
        self.errors(|case| &case.cost)
    }

    /// The same of the finish.
    #[must_use]
    pub fn finish(&self) -> Vec<Errors> {
        self.errors(|case| &case.finish)
    }

    fn errors(&self, of: fn(&Case) -> &[(&'static str, f64)]) -> Vec<Errors> {
        let mut methods: Vec<&'static str> = Vec::new();
        for (method, _) in self.projects.iter().flat_map(|p| &p.cases).flat_map(of) {
            if !methods.contains(method) {
                methods.push(method);
            }
        }
        let error =
            |case: &Case, method: &str| of(case).iter().find(|(m, _)| *m == method).map(|(_, e)| e.abs());
        let mean = |method: &str, within: &dyn Fn(f64) -> bool| {
            let means: Vec<f64> = self
                .projects
                .iter()
                .filter_map(|p| {
                    average(p.cases.iter().filter(|c| within(c.share)).filter_map(|c| error(c, method)))
                })
                .collect();
            average(means.into_iter())
        };
        let third = |n: f64| move |share: f64| (n / 3.0..(n + 1.0) / 3.0).contains(&share);
        let mut errors: Vec<Errors> = methods
            .into_iter()
            .filter_map(|method| {
                let stages = [0.0, 1.0, 2.0].map(|n| mean(method, &third(n)));
                let cases = self.projects.iter().flat_map(|p| &p.cases);
                let cases = cases.filter(|case| error(case, method).is_some()).count();
                Some(Errors { method, all: mean(method, &|_| true)?, stages, cases })
            })
            .collect();
        // A method that is silent in some cases was spared them: it comes after those that speak in all.
        let most = errors.iter().map(|error| error.cases).max().unwrap_or(0);
        errors.sort_by(|a, b| {
            let place = |error: &Errors| (error.method != RECOMMENDED, error.cases < most);
            place(a).cmp(&place(b)).then(a.all.total_cmp(&b.all))
        });
        errors
    }

    /// How far the recommended cost was off the real one: what P80 has to add.
    #[must_use]
    pub fn cost_ranges(&self) -> Ranges {
        Ranges::new(self.projects.iter().map(|p| p.cases.iter().filter_map(|case| case.cost_range).collect()))
    }

    /// The same of the finish.
    #[must_use]
    pub fn finish_ranges(&self) -> Ranges {
        Ranges::new(
            self.projects.iter().map(|p| p.cases.iter().filter_map(|case| case.finish_range).collect()),
        )
    }
}

/// The mean; `None` of nothing.
fn average(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0.0), |(sum, count), value| (sum + value, count + 1.0));
    (count > 0.0).then(|| sum / count)
}

#[cfg(test)]
mod tests;
