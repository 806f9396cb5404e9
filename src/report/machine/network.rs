//! The network in the JSON: every figure in working days of the project's calendar from its start.

use serde::Serialize;

use super::{end_text, rounded};
use crate::analysis::network::activities::State;
use crate::analysis::network::drivers::Driver;
use crate::analysis::network::{Conflict, Scheduled};
use crate::document::iso;
use crate::language::Phrase;
use crate::report::subject::Subject;

#[derive(Serialize)]
pub(super) struct Schedule<'a> {
    start: String,
    finish: String,
    duration: f64,
    tasks: Vec<Task<'a>>,
    longest_path: Vec<&'a str>,
    conflicts: Vec<Impossible<'a>>,
    notes: &'a [Phrase],
}

#[derive(Serialize)]
struct Task<'a> {
    id: &'a str,
    state: &'static str,
    es: f64,
    ef: f64,
    ls: f64,
    lf: f64,
    total_float: Option<f64>,
    free_float: Option<f64>,
    critical: bool,
    near_critical: bool,
    longest_path: bool,
    early_start: String,
    early_finish: String,
    late_start: String,
    late_finish: String,
    driver: &'static str,
    driving_predecessor: Option<&'a str>,
}

#[derive(Serialize)]
struct Impossible<'a> {
    id: &'a str,
    constraint: &'static str,
    date: String,
    possible: String,
    days: f64,
}

/// The network of a project; `None` where it cannot be assessed, with the reason under `reasons`.
pub(super) fn schedule<'a>(subject: &Subject<'a>) -> Option<Schedule<'a>> {
    let network = subject.found.network.as_ref().ok()?;
    let id = |task: usize| subject.project.tasks[task].id.as_str();
    let tasks = network.tasks.iter().enumerate();
    Some(Schedule {
        start: iso(network.start),
        finish: end_text(network.finish),
        duration: rounded(network.duration),
        tasks: tasks.filter_map(|(index, task)| Some(figures(id(index), task.as_ref()?, id))).collect(),
        longest_path: network.longest_path().into_iter().map(id).collect(),
        conflicts: network.conflicts.iter().map(|conflict| impossible(id(conflict.task), conflict)).collect(),
        notes: &network.notes,
    })
}

fn figures<'a>(id: &'a str, task: &Scheduled, name: impl Fn(usize) -> &'a str) -> Task<'a> {
    let [es, ef, ls, lf] = task.days.map(rounded);
    Task {
        id,
        state: match task.state {
            State::Open => "open",
            State::Begun => "begun",
            State::Finished => "finished",
            State::Cancelled => "cancelled",
            State::Effort => "level_of_effort",
            State::Summary => "summary",
        },
        es,
        ef,
        ls,
        lf,
        total_float: task.total_float.map(rounded),
        free_float: task.free_float.map(rounded),
        critical: task.critical,
        near_critical: task.near_critical,
        longest_path: task.on_longest_path,
        early_start: iso(task.early.0),
        early_finish: end_text(task.early.1),
        late_start: iso(task.late.0),
        late_finish: end_text(task.late.1),
        driver: match task.driver {
            Driver::ProjectStart => "project_start",
            Driver::StatusDate => "status_date",
            Driver::Constraint => "constraint",
            Driver::PlannedStart => "planned_start",
            Driver::Actual => "actual",
            Driver::Link { .. } => "link",
        },
        driving_predecessor: match task.driver {
            Driver::Link { from, .. } => Some(name(from)),
            _ => None,
        },
    }
}

fn impossible<'a>(id: &'a str, conflict: &Conflict) -> Impossible<'a> {
    Impossible {
        id,
        constraint: conflict.kind.word(),
        date: iso(conflict.date),
        possible: if conflict.of_start() { iso(conflict.possible) } else { end_text(conflict.possible) },
        days: rounded(conflict.days),
    }
}
