//! Health: schedule, cost, risk, scope, quality and people rated by rule, each with the rule and the value that
//! fired it.

mod people;
mod quality;
mod risk;
mod scope;
#[cfg(test)]
mod tests;

use crate::analysis::change::ChangeFindings;
use crate::analysis::metric::{CPI, SPI_T};
use crate::analysis::risk::RiskFindings;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::ProjectValue;
use crate::analysis::{HealthFinding, Thresholds};
use crate::calendar::{Moment, last_day};
use crate::language::{Part, Phrase};
use crate::model::Project;
use crate::quantity::{Health, Money, Reason, ratio};

pub use people::people;
pub use quality::quality;

/// Below this share an overrun or a slip is no finding: forecasts are not that exact.
const NOISE: f64 = 0.01;

/// What one rule says.
struct Fired {
    rating: Health,
    says: Phrase,
}

/// The ratings; overall is first and is the worst of schedule and cost, one worse where three or more others are not
/// green. A dimension that the data has nothing of is left out.
///
/// | dimension | rule | amber | red |
/// |---|---|---|---|
/// | schedule, cost | SPI(t); CPI | below 0.95 | below 0.90 |
/// | schedule | forecast finish late by a share of the planned duration | from 1% | over 10% |
/// | cost | EAC over BAC | from 1% | over 10% |
/// | risk | contingency left over residual exposure | below 100% | below 50% |
/// | risk | residual exposure without any contingency | from 1% of BAC | |
/// | risk | overdue responses over open risks | any | over 25% |
/// | scope | cost moved by changes that wait or are approved and not in the baseline, over BAC | over 5% | over 10% |
/// | scope | budget that no change explains, over BAC | from 1% | over 10% |
///
/// The figures are those of [`Thresholds`]. Where the charter sets a tolerance it takes the place of the
/// forecast rule: amber when more than half of it is used, red (an exception) when it is exceeded. A
/// project that is finished is rated on its outcome, one that has not begun on its forecasts only. `rated` are
/// further dimensions: those of [`quality()`] and [`people()`].
#[must_use]
pub fn health(
    project: &Project,
    value: &ProjectValue,
    risk: &RiskFindings,
    changes: &ChangeFindings,
    rated: impl IntoIterator<Item = HealthFinding>,
    axis: &TimeAxis,
    thresholds: &Thresholds,
) -> Vec<HealthFinding> {
    let stage = Stage::of(value, axis.status.0);
    let schedule = schedule(project, value, stage, thresholds);
    let cost = cost(project, value, stage, thresholds);
    let mut others = Vec::new();
    // What could still have happened to a finished project did not.
    if !matches!(stage, Stage::Finished(_)) {
        let fired = risk::rules(risk, value.measures.bac, thresholds);
        if !fired.is_empty() {
            others.push(finding(word!("Risk"), fired, Stage::Running, Reason::NoData));
        }
        let fired = scope::rules(project, changes, value.measures.bac, thresholds);
        if !fired.is_empty() {
            others.push(finding(word!("Scope"), fired, Stage::Running, Reason::NoData));
        }
    }
    others.extend(rated);
    let overall = overall(&schedule, &cost, &others);
    [overall, schedule, cost].into_iter().chain(others).collect()
}

/// Where the project is in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    NotBegun,
    Running,
    /// Finished, and when.
    Finished(Moment),
}

impl Stage {
    fn of(value: &ProjectValue, status: Moment) -> Self {
        if let Some(finish) = value.actual_finish() {
            return Self::Finished(finish);
        }
        let m = &value.measures;
        let ahead = value.planned_start.is_none_or(|start| start >= status);
        if ahead && m.ev.is_zero() && m.ac == Ok(Money::ZERO) { Self::NotBegun } else { Self::Running }
    }
}

fn schedule(project: &Project, value: &ProjectValue, stage: Stage, thresholds: &Thresholds) -> HealthFinding {
    let mut fired = Vec::new();
    let mut missing = Reason::NoBaselineDates;
    if stage == Stage::Running {
        match (SPI_T.value)(&value.measures) {
            Ok(index) => fired.push(by_index("SPI(t)", index, thresholds)),
            Err(reason) => missing = reason,
        }
    }
    let mut at_end = None;
    let finish =
        if let Stage::Finished(finish) = stage { Some(finish) } else { value.forecast_finish().ok() };
    // Between the days a reader sees, not between hours of them.
    if let (Some(planned), Some(finish)) = (value.planned_finish, finish)
        && let Some(late) = project.working_days(last_day(planned), last_day(finish))
    {
        let duration = value.measures.planned_duration.ok();
        let what = match stage {
            Stage::Finished(_) => phrase!("the finish of {day}", day = last_day(finish)),
            _ => phrase!("forecast finish {day}", day = last_day(finish)),
        };
        let slip = by_slip(what, late, duration, project.charter.tolerance_days, thresholds);
        at_end = Some(slip.rating);
        fired.push(slip);
    }
    HealthFinding { at_end, ..finding(word!("Schedule"), fired, stage, missing) }
}

fn cost(project: &Project, value: &ProjectValue, stage: Stage, thresholds: &Thresholds) -> HealthFinding {
    let m = &value.measures;
    let mut fired = Vec::new();
    let mut missing = Reason::NoBaseline;
    if stage == Stage::Running {
        match (CPI.value)(m) {
            Ok(index) => fired.push(by_index("CPI", index, thresholds)),
            Err(reason) => missing = reason,
        }
    }
    let mut at_end = None;
    let (what, total) = match stage {
        // Without any cost there is no outcome to rate.
        Stage::Finished(_) => ("AC", m.spent().map(Money::units)),
        // An estimate that rests on no actual cost says nothing of it.
        _ => ("EAC", m.spent().and(m.eac)),
    };
    match total {
        Ok(total) if m.bac.0 > 0 => {
            let over = total - m.bac.units();
            let overrun = by_overrun(what, over, m.bac, project.charter.tolerance_cost, thresholds);
            at_end = Some(overrun.rating);
            fired.push(overrun);
        }
        Ok(_) => missing = Reason::NoBaseline,
        Err(reason) => missing = reason,
    }
    HealthFinding { at_end, ..finding(word!("Cost"), fired, stage, missing) }
}

/// An index against its two thresholds.
fn by_index(name: &str, index: f64, thresholds: &Thresholds) -> Fired {
    let rating = thresholds.rate_index(index);
    let below = match rating {
        Health::Red => Some(thresholds.index_red),
        Health::Amber => Some(thresholds.index_amber),
        Health::Green => None,
    };
    let says = match below {
        Some(limit) => phrase!(
            "{name} {figure} is below {limit}",
            name,
            figure = told_apart(index, limit, 2, Part::number),
            limit = Part::number(limit, 2)
        ),
        None => phrase!("{name} {figure}", name, figure = Part::number(index, 2)),
    };
    Fired { rating, says }
}

/// A figure with so many decimals, or as many more as tell it from its limit: nothing is below what it reads as.
fn told_apart(figure: f64, limit: f64, decimals: usize, shown: fn(f64, usize) -> Part) -> Part {
    let reads = |value: f64, decimals| shown(value, decimals).to_string();
    let enough = (decimals..decimals + 4).find(|at| reads(figure, *at) != reads(limit, *at));
    shown(figure, enough.unwrap_or(decimals))
}

/// A share for [`told_apart`].
fn share(figure: f64, decimals: usize) -> Part {
    if decimals == 0 { Part::share(figure) } else { Part::percent(figure, decimals) }
}

/// A finish against the baseline, or against the tolerance of the charter.
fn by_slip(
    finish: Phrase,
    late: f64,
    duration: Option<f64>,
    tolerance: Option<f64>,
    thresholds: &Thresholds,
) -> Fired {
    let share = duration.and_then(|duration| ratio(late, duration, Reason::NoBaselineDates).ok());
    let days = Part::number(late.abs().round(), 0);
    if let Some(tolerance) = tolerance {
        // In the working days that stand before it.
        let allowed = Part::short(tolerance, 1);
        let rating = within(late, tolerance);
        let says = match rating {
            Health::Red => phrase!(
                "{finish} is {days} {days|working day|working days} late, beyond the tolerance of {allowed}",
                finish,
                days,
                allowed
            ),
            Health::Amber => phrase!(
                "{finish} is {days} {days|working day|working days} late, more than half of the tolerance of {allowed}",
                finish,
                days,
                allowed
            ),
            Health::Green if late >= 0.5 => phrase!(
                "{finish} is {days} {days|working day|working days} late, within the tolerance of {allowed}",
                finish,
                days,
                allowed
            ),
            Health::Green => on_time(finish, late),
        };
        return Fired { rating, says };
    }
    // Without a duration a slip of a day or more is at least amber.
    let rating = rated(share.unwrap_or(if late >= 1.0 { NOISE } else { 0.0 }), thresholds);
    let says = match (rating, share) {
        (Health::Green, _) => on_time(finish, late),
        (_, Some(share)) => phrase!(
            "{finish} is {days} {days|working day|working days} late ({share} of the planned duration)",
            finish,
            days,
            share = Part::share(share)
        ),
        (_, None) => by_days(finish, late),
    };
    Fired { rating, says }
}

fn on_time(finish: Phrase, late: f64) -> Phrase {
    if late.abs() < 0.5 { phrase!("{finish} is as planned", finish) } else { by_days(finish, late) }
}

/// How late, or how early, in working days.
fn by_days(finish: Phrase, late: f64) -> Phrase {
    let days = Part::number(late.abs().round(), 0);
    if late < 0.0 {
        phrase!("{finish} is {days} {days|working day|working days} early", finish, days)
    } else {
        phrase!("{finish} is {days} {days|working day|working days} late", finish, days)
    }
}

/// A final cost against BAC, or against the tolerance of the charter.
fn by_overrun(
    total: &str,
    over: f64,
    bac: Money,
    tolerance: Option<Money>,
    thresholds: &Thresholds,
) -> Fired {
    let share = over / bac.units();
    if let Some(tolerance) = tolerance {
        let rating = within(over, tolerance.units());
        let (over, allowed) = (Money::from_units(over), tolerance);
        let says = match rating {
            Health::Red => {
                phrase!("{total} is {over} over BAC, beyond the tolerance of {allowed}", total, over, allowed)
            }
            Health::Amber => phrase!(
                "{total} is {over} over BAC, more than half of the tolerance of {allowed}",
                total,
                over,
                allowed
            ),
            Health::Green => against_bac(total, share),
        };
        return Fired { rating, says };
    }
    Fired { rating: rated(share, thresholds), says: against_bac(total, share) }
}

fn against_bac(total: &str, over: f64) -> Phrase {
    let share = Part::share(over.abs());
    match over {
        over if over >= NOISE / 2.0 => phrase!("{total} is {share} over BAC", total, share),
        over if over <= -NOISE / 2.0 => phrase!("{total} is {share} under BAC", total, share),
        _ => phrase!("{total} equals BAC", total),
    }
}

/// A share over plan against the thresholds.
fn rated(share: f64, thresholds: &Thresholds) -> Health {
    match share {
        share if share > thresholds.over_red => Health::Red,
        share if share >= NOISE => Health::Amber,
        _ => Health::Green,
    }
}

/// A use of a tolerance: exceeded, more than half used, less.
fn within(used: f64, tolerance: f64) -> Health {
    match used {
        used if used > tolerance => Health::Red,
        used if used > tolerance / 2.0 => Health::Amber,
        _ => Health::Green,
    }
}

/// The worst of the rules that spoke, with every rule as bad as that; for green, all of them.
fn finding(dimension: &'static str, fired: Vec<Fired>, stage: Stage, missing: Reason) -> HealthFinding {
    let Some(rating) = fired.iter().map(|f| f.rating).max() else {
        let why = if stage == Stage::NotBegun { Reason::NotBegun } else { missing };
        return HealthFinding {
            dimension,
            rating: None,
            rule: phrase!("not assessable: {reason}", reason = why),
            missing: Some(why),
            at_end: None,
        };
    };
    let worst = fired.into_iter().filter(|f| f.rating == rating).map(|f| f.says);
    let early = (stage == Stage::NotBegun).then(|| phrase!("not begun, so rated on forecasts only"));
    let rule = Phrase::clauses(worst.chain(early));
    HealthFinding { dimension, rating: Some(rating), rule, missing: None, at_end: None }
}

/// This many other dimensions that are not green make the whole one worse.
const RAISING: usize = 3;

fn overall(schedule: &HealthFinding, cost: &HealthFinding, others: &[HealthFinding]) -> HealthFinding {
    let rating = schedule.rating.max(cost.rating);
    let leading = [
        (schedule, phrase!("schedule: {rule}", rule = &schedule.rule)),
        (cost, phrase!("cost: {rule}", rule = &cost.rule)),
    ];
    let leading = leading.into_iter().filter(|(finding, _)| finding.rating == rating).map(|(_, rule)| rule);
    let doubtful = others.iter().filter(|f| f.rating > Some(Health::Green)).count();
    let raised = match rating {
        Some(Health::Green) => Some(Health::Amber),
        Some(Health::Amber) => Some(Health::Red),
        _ => None,
    };
    let raised = raised.filter(|_| doubtful >= RAISING);
    let why = raised.map(|_| phrase!("raised, because {n} other dimensions are not green", n = doubtful));
    HealthFinding {
        dimension: word!("Overall"),
        rating: raised.or(rating),
        rule: Phrase::clauses(leading.chain(why)),
        missing: None,
        at_end: None,
    }
}
