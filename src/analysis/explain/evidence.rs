//! The rows behind the figures of the single subjects, and those figures that each task, risk or deliverable has.

use std::collections::BTreeMap;

use super::{LARGEST, in_unit};
use crate::analysis::ProjectFindings;
use crate::analysis::closure::estimate::Estimate;
use crate::analysis::metric::{MRE, Metric, pert_mean, relative_error, triangular_mean};
use crate::analysis::risk::{Weighing, Weight};
use crate::analysis::schedule_health::{Outcome, Place};
use crate::analysis::simulation::TaskRisk;
use crate::language::Format;
use crate::model::{Defect, Origin, Project, Task, TestCount};

/// One of those that a figure comes from.
struct Row<'a> {
    figure: f64,
    what: String,
    origin: &'a Origin,
}

impl<'a> Row<'a> {
    fn of_task(task: &'a Task, figure: f64) -> Self {
        Self { figure, what: format!("{} {}", task.id, task.name), origin: &task.origin }
    }
}

/// The lines behind a base figure; empty where the figure has no rows of its own.
pub(super) fn behind(
    base: &Metric,
    project: &Project,
    found: &ProjectFindings,
    format: &Format,
) -> Vec<String> {
    match base.id {
        "finish_float" => outcome(found, "cpli")
            .map(|outcome| format!("  {}", format.say(&outcome.note)))
            .into_iter()
            .collect(),
        "tasks_due" => {
            outcome(found, "bei").map(|late| not_finished(late, project, format)).unwrap_or_default()
        }
        "exposure_inherent" => shown(base, exposures(project, found, |weight| &weight.inherent), format),
        "exposure_residual" => shown(base, exposures(project, found, |weight| &weight.residual), format),
        "tests_executed" => tests(project, found, format),
        "defects_open" => defects(project, found, format),
        "estimate_errors" => shown(&MRE, errors(project, found), format),
        "finish_p50" | "finish_p80" | "finish_p80_error" | "cost_p50" | "cost_p80" | "jcl" => {
            let told = |n: usize, seed: u64| {
                format!(
                    "  {}",
                    format.say(phrase!("from {n} {n|trial|trials}, seed {seed}", n, seed = seed.to_string()))
                )
            };
            found.simulation.iter().map(|found| told(found.iterations, found.seed)).collect()
        }
        _ => Vec::new(),
    }
}

/// What each task, risk or deliverable has of a figure that the project has not, the largest first; floats, the
/// smallest.
pub(super) fn each(
    metric: &Metric,
    project: &Project,
    found: &ProjectFindings,
    format: &Format,
) -> Vec<String> {
    let simulated = |figure: fn(&TaskRisk) -> Option<f64>| {
        let tasks = found.simulation.iter().flat_map(|found| &found.tasks);
        tasks.filter_map(|risk| Some(Row::of_task(&project.tasks[risk.task], figure(risk)?))).collect()
    };
    let rows = match metric.id {
        "exposure" => exposures(project, found, |weight| &weight.inherent),
        "criticality_index" => simulated(|risk| Some(risk.criticality)),
        "ssi" => simulated(|risk| Some(risk.ssi)),
        "cruciality" => simulated(|risk| Some(risk.cruciality)),
        "cruciality_rank" => simulated(|risk| risk.rank_cruciality),
        "pert_mean" => three_points(project, pert_mean),
        "triangular_mean" => three_points(project, triangular_mean),
        "total_float" | "free_float" => {
            let total = metric.id == "total_float";
            let tasks = found.network.iter().flat_map(|network| project.tasks.iter().zip(&network.tasks));
            let float = |(task, scheduled): (_, &Option<_>)| {
                let scheduled: &crate::analysis::network::Scheduled = scheduled.as_ref()?;
                let float = if total { scheduled.total_float } else { scheduled.free_float };
                Some(Row::of_task(task, float?))
            };
            let mut rows: Vec<Row<'_>> = tasks.filter_map(float).collect();
            rows.sort_by(|a, b| a.figure.total_cmp(&b.figure));
            return lines(metric, &rows, format);
        }
        "defect_density" => {
            let made = project.deliverables.iter().zip(&found.quality.deliverables);
            made.filter_map(|(made, found)| {
                let what = format!("{} {}", made.id, made.name);
                Some(Row { figure: found.density.ok()?, what, origin: &made.origin })
            })
            .collect()
        }
        "mre" => errors(project, found),
        _ => Vec::new(),
    };
    shown(metric, rows, format)
}

/// The largest of some rows, whatever their sign, and how many more there are.
fn shown(metric: &Metric, mut rows: Vec<Row<'_>>, format: &Format) -> Vec<String> {
    rows.sort_by(|a, b| b.figure.abs().total_cmp(&a.figure.abs()));
    lines(metric, &rows, format)
}

fn lines(metric: &Metric, rows: &[Row<'_>], format: &Format) -> Vec<String> {
    let line = |row: &Row<'_>| {
        let (figure, at) = (format.say(in_unit(metric.unit, row.figure)), row.origin);
        format!("  {figure:>14}  {}  ({}:{})", row.what, at.file, at.row)
    };
    few(rows.iter().map(line), format)
}

/// The first lines, and how many more there are.
fn few(mut lines: impl Iterator<Item = String>, format: &Format) -> Vec<String> {
    let mut few: Vec<String> = lines.by_ref().take(LARGEST).collect();
    match lines.count() {
        0 => {}
        n => few.push(format!("  {:>14}  {}", "", format.say(phrase!("{n} more", n)))),
    }
    few
}

fn outcome<'a>(found: &'a ProjectFindings, check: &str) -> Option<&'a Outcome> {
    let check = found.schedule_health.iter().find(|assessed| assessed.check.id == check)?;
    check.outcome.as_ref().ok()
}

/// The tasks that were due and are not finished.
fn not_finished(late: &Outcome, project: &Project, format: &Format) -> Vec<String> {
    let tasks = late.offenders.iter().filter_map(|offender| match offender.place {
        Place::Task(task) => Some((&project.tasks[task], &offender.detail)),
        Place::Link(_) => None,
    });
    let tasks = tasks.map(|(task, detail)| {
        let (id, name, at) = (&task.id, &task.name, &task.origin);
        let (open, detail) = (format.word(word!("not finished")), format.say(detail));
        format!("  {open:>14}  {id} {name}  ({}:{}, {detail})", at.file, at.row)
    });
    few(tasks, format)
}

/// The open risks that have an exposure: without a probability there is none.
fn exposures<'a>(
    project: &'a Project,
    found: &ProjectFindings,
    side: fn(&Weight) -> &Weighing,
) -> Vec<Row<'a>> {
    let open = project.risks.iter().zip(&found.risk.risks).filter(|(_, weight)| weight.open);
    let weighed =
        open.map(|(risk, weight)| (risk, side(weight))).filter(|(_, side)| side.probability.is_some());
    weighed
        .map(|(risk, side)| {
            let what = format!("{} {}", risk.id, risk.title);
            Row { figure: side.exposure.cost.units(), what, origin: &risk.origin }
        })
        .collect()
}

/// The rows that the tests executed are counted by: the latest of every suite.
fn tests(project: &Project, found: &ProjectFindings, format: &Format) -> Vec<String> {
    let Some(until) = found.quality.tests.last().map(|point| point.date) else { return Vec::new() };
    let counts = project.tests.iter().filter(|count| count.date <= until && count.all_executed().is_some());
    let latest: BTreeMap<&str, &TestCount> =
        counts.map(|count| (count.suite.as_deref().unwrap_or_default(), count)).collect();
    let line = |(suite, count): (&str, &TestCount)| {
        let at = &count.origin;
        let counted = format.say(phrase!("counted on {day}", day = count.date));
        format!("  {counted} {suite}  ({}:{})", at.file, at.row)
    };
    few(latest.into_iter().map(line), format)
}

/// The open defects, the worst first.
fn defects(project: &Project, found: &ProjectFindings, format: &Format) -> Vec<String> {
    let ranked = found.quality.defects.iter().flat_map(|defects| &defects.ranked);
    let line = |defect: &Defect| {
        let severity = defect.severity.map_or_else(String::new, |severity| format.word(severity.word()));
        let at = &defect.origin;
        format!("  {severity:>14}  {} {}  ({}:{})", defect.id, defect.title, at.file, at.row)
    };
    few(ranked.map(|index| line(&project.defects[*index])), format)
}

/// The relative errors of the finished tasks: of their hours, or of their cost where none has hours.
fn errors<'a>(project: &'a Project, found: &ProjectFindings) -> Vec<Row<'a>> {
    let estimates = &found.closure.estimates;
    let by_hours = estimates.all.hours.is_some();
    let error = |estimate: &Estimate| {
        let (estimated, actual) = if by_hours {
            estimate.hours.map(|(estimated, booked)| (estimated.hours(), booked.hours()))?
        } else {
            estimate.cost.map(|(estimated, spent)| (estimated.units(), spent.units()))?
        };
        Some(Row::of_task(&project.tasks[estimate.task], relative_error(actual, estimated)))
    };
    estimates.tasks.iter().filter_map(error).collect()
}

/// The means of the tasks with three points, in working days.
fn three_points(project: &Project, mean: fn(f64, f64, f64) -> f64) -> Vec<Row<'_>> {
    let hours = project.working_calendar().map_or(8.0, crate::calendar::WorkCalendar::hours_per_day);
    let of = |task: &'_ Task| {
        let (low, likely, high) = task.three_point?;
        let [low, likely, high] = [low, likely, high].map(|work| work.days(hours));
        Some(mean(low, likely, high))
    };
    project.tasks.iter().filter_map(|task| Some(Row::of_task(task, of(task)?))).collect()
}
