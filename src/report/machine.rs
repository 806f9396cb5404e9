//! What the JSON says: the contract with its users. Keys and units keep their meaning; more may come.

mod business_case;
mod change;
mod closure;
mod distribution;
mod exception;
mod feasibility;
mod forecast;
mod load;
mod metrics;
mod network;
mod objectives;
mod quality;
mod register;
mod risk;
mod schedule_health;
mod simulation;
mod since;
mod together;

use chrono::NaiveDate;
use serde::Serialize;

use crate::analysis::ProjectFindings;
use crate::analysis::milestone::is_finished;
use crate::calendar::{Moment, last_day};
use crate::document::{Front, Machine, iso};
use crate::language::Phrase;
use crate::model::{Project, Task};
use crate::quantity::{Health, Money, Work};
use crate::report::subject::Subject;
use crate::wording::few_decimals;
pub(super) use metrics::{Figure, Ordered, metrics};
pub(super) use together::{Together, together};

/// The schema of a project's report.
pub(super) const SCHEMA: &str = "earnest/report/1";

#[derive(Serialize)]
struct Report<'a> {
    schema: &'static str,
    project: Named<'a>,
    status_date: String,
    status_date_from: Option<&'a Phrase>,
    period: Span,
    currency: Option<&'a str>,
    metrics: Ordered<Figure>,
    reasons: Ordered<String>,
    last_period: Ordered<Option<f64>>,
    last_three_periods: Ordered<Option<f64>>,
    forecasts: forecast::Forecasts<'a>,
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
    load: Option<load::Load<'a>>,
    categories: Vec<CategoryFigures<'a>>,
    risks: Option<risk::Risks<'a>>,
    simulation: Option<simulation::Simulated<'a>>,
    quality: Option<quality::Quality<'a>>,
    changes: Option<change::Changes<'a>>,
    issues: Option<register::Issues<'a>>,
    actions: Option<Vec<register::Promised<'a>>>,
    decisions: Option<Vec<register::Promised<'a>>>,
    stakeholders: Option<Vec<register::Person<'a>>>,
    business_case: Option<business_case::Case<'a>>,
    objectives: Vec<objectives::Objective<'a>>,
    feasibility: Vec<feasibility::Line<'a>>,
    exception: Option<exception::Exception<'a>>,
    outcome: Option<Vec<closure::Promised>>,
    stages: Option<Vec<closure::Staged<'a>>>,
    estimates: Option<closure::Estimates<'a>>,
    forecast_record: Option<Vec<closure::Forecast>>,
    lessons: Option<Vec<closure::Learnt<'a>>>,
    open_points: Option<Vec<closure::Open<'a>>>,
    previous: Option<since::Previous<'a>>,
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
    ac: Option<f64>,
    percent_complete: f64,
    finished: bool,
    /// When it is expected to finish; of a finished one, when it did.
    forecast_finish: Option<String>,
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
    message: &'a Phrase,
    help: Option<&'a Phrase>,
}

#[derive(Serialize)]
struct Trust<'a> {
    grade: String,
    reasons: &'a [Phrase],
    hours_joined: Option<f64>,
    cost_joined: Option<f64>,
}

#[derive(Serialize)]
pub(super) struct DimensionHealth<'a> {
    dimension: &'static str,
    rating: Option<&'static str>,
    rule: &'a Phrase,
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
        status_date_from: found.status_date_from.as_ref(),
        period: Span { first: found.period.first.to_string(), last: found.period.last().to_string() },
        currency: project.currency.as_deref(),
        metrics: metrics(found),
        reasons: metrics::reasons(found),
        last_period: metrics::recent(&found.last_period),
        last_three_periods: metrics::recent(&found.last_three),
        forecasts: forecast::forecasts(found),
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
        load: load::load(subject),
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
        changes: change::changes(subject),
        issues: register::issues(subject),
        actions: register::actions(subject),
        decisions: register::decisions(subject),
        stakeholders: register::stakeholders(subject),
        business_case: business_case::case(subject),
        objectives: objectives::objectives(subject),
        feasibility: feasibility::lines(subject),
        exception: exception::exception(subject),
        outcome: closure::outcome(subject),
        stages: closure::stages(subject),
        estimates: closure::estimates(subject),
        forecast_record: closure::forecast_record(subject),
        lessons: closure::lessons(subject),
        open_points: closure::open_points(subject),
        previous: since::previous(subject),
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
        ac: subject.found.measures.part_of_cost(value.ac).ok().map(Money::units),
        percent_complete: rounded(value.percent_complete),
        finished: is_finished(value),
        forecast_finish: value.expected_finish.map(end_text),
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
            help: problem.help.as_ref(),
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

/// A day that may be unknown.
fn day(day: Option<NaiveDate>) -> Option<String> {
    day.map(|day| day.to_string())
}

/// The ids of tasks.
fn ids<'a>(project: &'a Project, tasks: &[usize]) -> Vec<&'a str> {
    tasks.iter().filter_map(|task| Some(project.tasks.get(*task)?.id.as_str())).collect()
}

/// A computed figure to twelve digits: what lies beyond them is the noise of binary fractions. Amounts and
/// counts are exact and need it not.
fn rounded(figure: f64) -> f64 {
    const TWELVE_DIGITS: u64 = 1_000_000_000_000;
    match few_decimals(figure.abs()) {
        Some((parts, _)) if parts < TWELVE_DIGITS => figure,
        _ => format!("{figure:.11e}").parse().unwrap_or(figure),
    }
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
        assert_eq!(rounded(123_456_789_012_345.0).to_string(), "123456789012000");
        assert!(rounded(f64::NAN).is_nan());
    }

    #[test]
    fn the_end_of_a_day_is_that_day_and_a_time_stays() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 3, 31).unwrap();
        assert_eq!(end_text(end_of_day(day)), "2026-03-31");
        assert_eq!(end_text(day.and_hms_opt(17, 0, 0).unwrap()), "2026-03-31T17:00:00");
    }
}
