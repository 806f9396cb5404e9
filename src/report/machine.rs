//! What the JSON says: the contract with its users. Keys and units keep their meaning; more may come.

mod metrics;
mod network;
mod quality;
mod risk;
mod schedule_health;
mod simulation;

use serde::Serialize;

use crate::analysis::ProjectFindings;
use crate::analysis::forecast::reference_class::IT;
use crate::calendar::{Moment, last_day};
use crate::document::{Front, Machine, iso};
use crate::model::{Project, Task};
use crate::quantity::{Health, Measured, Money, Reason, Work};
use crate::report::subject::Subject;
pub(super) use metrics::{Figure, Ordered, metrics};

/// The schema of a project's report.
pub(super) const SCHEMA: &str = "earnest/report/1";

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    project: Named<'a>,
    status_date: String,
    status_date_from: Option<&'a str>,
    period: Span,
    currency: Option<&'a str>,
    metrics: Ordered<Figure>,
    reasons: Ordered<&'a str>,
    last_period: Ordered<Option<f64>>,
    last_three_periods: Ordered<Option<f64>>,
    forecasts: Forecasts<'a>,
    series: Vec<Point>,
    network: Option<network::Schedule<'a>>,
    schedule_health: Vec<schedule_health::Checked<'a>>,
    tasks: Vec<TaskFigures<'a>>,
    diagnostics: Vec<Problem<'a>>,
    trust: Trust<'a>,
    health: Vec<DimensionHealth<'a>>,
    milestones: Vec<MilestoneDates<'a>>,
    narrative: &'a [String],
    effort: Hours,
    categories: Vec<CategoryFigures<'a>>,
    risks: Option<risk::Risks<'a>>,
    simulation: Option<simulation::Simulated<'a>>,
    quality: Option<quality::Quality<'a>>,
}

#[derive(Serialize)]
pub(super) struct Named<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

#[derive(Serialize)]
struct Span {
    first: String,
    last: String,
}

#[derive(Serialize)]
struct Forecasts<'a> {
    cost: Vec<CostEstimate>,
    finish: Vec<FinishEstimate>,
    throughput: Option<ByCount>,
    reference_class: Class,
    recommended: Recommended<'a>,
}

#[derive(Serialize)]
struct CostEstimate {
    method: &'static str,
    eac: Option<f64>,
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct FinishEstimate {
    method: &'static str,
    date: Option<String>,
    reason: Option<&'static str>,
}

/// When the open tasks are done at the pace so far.
#[derive(Serialize)]
struct ByCount {
    weeks_of_history: usize,
    open_tasks: usize,
    added_per_week: f64,
    p50: String,
    p85: String,
    p95: String,
    by_date: Vec<CountByDate>,
}

/// How many open tasks are finished by a date.
#[derive(Serialize)]
struct CountByDate {
    date: String,
    weeks: u32,
    p50: usize,
    p85: usize,
    scope: f64,
    all: f64,
}

/// How projects of the same kind ended.
#[derive(Serialize)]
struct Class {
    name: &'static str,
    mean_cost_overrun: f64,
    tail_share: f64,
    tail_cost_overrun: f64,
    tail_delay: f64,
}

#[derive(Serialize)]
struct Recommended<'a> {
    cost: &'static str,
    finish: &'static str,
    why: &'a str,
    eac_low: Option<f64>,
    eac_high: Option<f64>,
    finish_early: Option<String>,
    finish_late: Option<String>,
    cost_p20: Option<f64>,
    cost_p50: Option<f64>,
    cost_p80: Option<f64>,
    finish_p20: Option<String>,
    finish_p50: Option<String>,
    finish_p80: Option<String>,
    simulated: Option<Simulated>,
}

/// How far the simulated P80 lies from that of the recommended forecasts.
#[derive(Serialize)]
struct Simulated {
    cost_p80_apart: Option<f64>,
    cost_p80_apart_share: Option<f64>,
    finish_p80_apart_days: Option<f64>,
    finish_p80_apart_share: Option<f64>,
}

#[derive(Serialize)]
struct Point {
    period_end: String,
    pv: f64,
    ev: Option<f64>,
    ac: Option<f64>,
    spi: Option<f64>,
    spi_t: Option<f64>,
    cpi: Option<f64>,
    hours: Option<f64>,
}

#[derive(Serialize)]
struct TaskFigures<'a> {
    id: &'a str,
    name: &'a str,
    wbs: Option<&'a str>,
    summary: bool,
    bac: f64,
    pv: f64,
    ev: f64,
    ac: f64,
    percent_complete: f64,
    hours: f64,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

#[derive(Serialize)]
struct Problem<'a> {
    code: &'static str,
    severity: &'static str,
    file: &'a str,
    sheet: Option<&'a str>,
    row: Option<u32>,
    column: Option<u32>,
    header: Option<&'a str>,
    message: &'a str,
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Trust<'a> {
    grade: String,
    reasons: &'a [String],
    hours_joined: Option<f64>,
    cost_joined: Option<f64>,
}

#[derive(Serialize)]
pub(super) struct DimensionHealth<'a> {
    dimension: &'static str,
    rating: Option<&'static str>,
    rule: &'a str,
}

#[derive(Serialize)]
struct MilestoneDates<'a> {
    id: &'a str,
    name: &'a str,
    baseline: Option<String>,
    forecast: Option<String>,
    reached: bool,
    movement_days: Option<f64>,
}

#[derive(Serialize)]
struct Hours {
    planned: Option<f64>,
    booked: f64,
    remaining: Option<f64>,
    unmatched: f64,
}

#[derive(Serialize)]
struct CategoryFigures<'a> {
    name: &'a str,
    budget: Option<f64>,
    actual: f64,
    committed: f64,
}

/// The JSON of a project's report.
pub(super) fn of_project(subject: &Subject<'_>, front: &Front) -> Machine {
    let (project, found) = (subject.project, subject.found);
    Machine::of(&Report {
        schema: SCHEMA,
        project: Named { id: &project.id, name: &project.name },
        status_date: end_text(found.status_date.0),
        status_date_from: found.status_date_from.as_deref(),
        period: Span { first: found.period.first.to_string(), last: found.period.last().to_string() },
        currency: project.currency.as_deref(),
        metrics: metrics(found),
        reasons: metrics::reasons(found),
        last_period: metrics::recent(&found.last_period),
        last_three_periods: metrics::recent(&found.last_three),
        forecasts: forecasts(found),
        series: series(found),
        network: network::schedule(subject),
        schedule_health: schedule_health::checks(subject),
        tasks: tasks(subject),
        diagnostics: problems(subject),
        trust: Trust {
            grade: found.trust.grade.to_string(),
            reasons: &found.trust.reasons,
            hours_joined: found.trust.hours_joined.map(rounded),
            cost_joined: found.trust.cost_joined.map(rounded),
        },
        health: health(found),
        milestones: milestones(project, found),
        narrative: &front.narrative,
        effort: Hours {
            planned: found.effort.total.planned.map(hours),
            booked: hours(found.effort.total.booked),
            remaining: found.effort.total.remaining.map(hours),
            unmatched: hours(found.effort.unmatched.iter().map(|booking| booking.hours).sum()),
        },
        categories: found
            .categories
            .iter()
            .map(|category| CategoryFigures {
                name: &category.name,
                budget: category.budget.map(Money::units),
                actual: category.actual.units(),
                committed: category.committed.units(),
            })
            .collect(),
        risks: risk::risks(subject),
        simulation: simulation::simulation(subject),
        quality: quality::quality(subject),
    })
}

/// The ratings, overall first.
pub(super) fn health(found: &ProjectFindings) -> Vec<DimensionHealth<'_>> {
    let ratings = found.health.iter().map(|finding| DimensionHealth {
        dimension: finding.dimension,
        rating: finding.rating.map(Health::word),
        rule: &finding.rule,
    });
    ratings.collect()
}

fn forecasts(found: &ProjectFindings) -> Forecasts<'_> {
    let reason = |measured: Measured| measured.err().map(Reason::text);
    let recommended = &found.recommended;
    let chosen = found.finish_forecasts.iter().find(|forecast| forecast.method == recommended.finish);
    let p50 = chosen.and_then(|forecast| forecast.finish.ok());
    Forecasts {
        cost: found
            .cost_forecasts
            .iter()
            .map(|forecast| CostEstimate {
                method: forecast.method,
                eac: forecast.eac.ok().map(rounded),
                reason: reason(forecast.eac),
            })
            .collect(),
        finish: found
            .finish_forecasts
            .iter()
            .map(|forecast| FinishEstimate {
                method: forecast.method,
                date: forecast.finish.ok().map(end_text),
                reason: forecast.finish.err().map(Reason::text),
            })
            .collect(),
        throughput: found.throughput.ok().map(|by| ByCount {
            weeks_of_history: by.weeks,
            open_tasks: by.open,
            added_per_week: by.growth,
            p50: end_text(by.p50),
            p85: end_text(by.p85),
            p95: end_text(by.p95),
            by_date: by
                .by_date
                .iter()
                .flatten()
                .map(|date| CountByDate {
                    date: end_text(date.by),
                    weeks: date.weeks,
                    p50: date.p50,
                    p85: date.p85,
                    scope: rounded(date.scope),
                    all: rounded(date.all),
                })
                .collect(),
        }),
        reference_class: Class {
            name: IT.name,
            mean_cost_overrun: IT.mean_cost,
            tail_share: IT.tail,
            tail_cost_overrun: IT.tail_cost,
            tail_delay: IT.tail_duration,
        },
        recommended: Recommended {
            cost: recommended.cost,
            finish: recommended.finish,
            why: &recommended.why,
            eac_low: recommended.eac_range.map(|(low, _)| rounded(low)),
            eac_high: recommended.eac_range.map(|(_, high)| rounded(high)),
            finish_early: recommended.finish_range.map(|(early, _)| end_text(early)),
            finish_late: recommended.finish_range.map(|(_, late)| end_text(late)),
            cost_p20: recommended.eac_p20,
            cost_p50: found.measures.eac.ok(),
            cost_p80: recommended.eac_p80,
            finish_p20: recommended.finish_p20.map(end_text),
            finish_p50: p50.map(end_text),
            finish_p80: recommended.finish_p80.map(end_text),
            simulated: found.simulation.is_ok().then(|| {
                let (cost, finish) = (found.agreement.cost, found.agreement.finish);
                Simulated {
                    cost_p80_apart: cost.map(|apart| rounded(apart.by)),
                    cost_p80_apart_share: cost.map(|apart| rounded(apart.share)),
                    finish_p80_apart_days: finish.map(|apart| rounded(apart.by)),
                    finish_p80_apart_share: finish.map(|apart| rounded(apart.share)),
                }
            }),
        },
    }
}

fn series(found: &ProjectFindings) -> Vec<Point> {
    let points = found.series.iter().map(|value| Point {
        period_end: value.period.last().to_string(),
        pv: value.pv.units(),
        ev: value.ev.map(Money::units),
        ac: value.ac.map(Money::units),
        spi: value.spi.map(rounded),
        spi_t: value.spi_t.map(rounded),
        cpi: value.cpi.map(rounded),
        hours: value.hours.map(hours),
    });
    points.collect()
}

fn tasks<'a>(subject: &Subject<'a>) -> Vec<TaskFigures<'a>> {
    let figures = |(index, (task, value)): (usize, (&'a Task, &crate::analysis::TaskValue))| TaskFigures {
        id: &task.id,
        name: &task.name,
        wbs: task.wbs.as_deref(),
        summary: subject.is_summary(index),
        bac: value.bac.units(),
        pv: value.pv.units(),
        ev: value.ev.units(),
        ac: value.ac.units(),
        percent_complete: rounded(value.percent_complete),
        hours: hours(value.hours),
        file: &task.origin.file,
        sheet: task.origin.sheet.as_deref(),
        row: task.origin.row,
    };
    subject.project.tasks.iter().zip(&subject.found.tasks).enumerate().map(figures).collect()
}

fn problems<'a>(subject: &'a Subject<'_>) -> Vec<Problem<'a>> {
    let problems = subject.problems.iter().map(|problem| {
        let place = problem.at.first();
        Problem {
            code: problem.code.id,
            severity: problem.severity().word(),
            file: place.map_or("", |place| &place.file),
            sheet: place.and_then(|place| place.sheet.as_deref()),
            row: place.and_then(|place| place.row),
            column: place.and_then(|place| place.column),
            header: place.and_then(|place| place.header.as_deref()),
            message: &problem.message,
            help: problem.help.as_deref(),
        }
    });
    problems.collect()
}

fn milestones<'a>(project: &'a Project, found: &ProjectFindings) -> Vec<MilestoneDates<'a>> {
    let dates = found.milestones.iter().filter_map(|milestone| {
        let task = project.tasks.get(milestone.task)?;
        Some(MilestoneDates {
            id: &task.id,
            name: &task.name,
            baseline: milestone.baseline.map(end_text),
            forecast: milestone.forecast.map(end_text),
            reached: milestone.reached,
            movement_days: milestone.movement_days.map(rounded),
        })
    });
    dates.collect()
}

/// A computed figure to twelve digits: what lies beyond them is the noise of binary fractions. Amounts and
/// counts are exact and need it not.
pub(super) fn rounded(figure: f64) -> f64 {
    format!("{figure:.11e}").parse().unwrap_or(figure)
}

fn hours(work: Work) -> f64 {
    rounded(work.hours())
}

/// A status date or finish: the day when it is the end of one, else with its time.
pub(super) fn end_text(moment: Moment) -> String {
    if moment.time() == chrono::NaiveTime::MIN { last_day(moment).to_string() } else { iso(moment) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::end_of_day;

    #[test]
    fn noise_is_no_news() {
        let noisy: f64 = [0.1, 0.2].iter().sum();
        assert_eq!(rounded(noisy).to_string(), "0.3");
        assert_eq!(rounded(-11.999_999_999_999_986).to_string(), "-12");
        assert_eq!(rounded(897_123.456_7).to_string(), "897123.4567");
        assert!(rounded(f64::NAN).is_nan());
    }

    #[test]
    fn the_end_of_a_day_is_that_day_and_a_time_stays() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        assert_eq!(end_text(end_of_day(day)), "2026-03-31");
        assert_eq!(end_text(day.and_hms_opt(17, 0, 0).unwrap()), "2026-03-31T17:00:00");
    }
}
