//! A finished project as it was known at a date: what came later is taken out, so that no forecast can see it.

use std::collections::BTreeSet;

use crate::calendar::Moment;
use crate::model::{PerformancePoint, Project, Task};

/// The dates a project was reported at: those of its statements, else of its ready series.
pub(super) fn status_dates(project: &Project) -> Vec<Moment> {
    let stated: BTreeSet<Moment> = project.statements.iter().map(|statement| statement.at).collect();
    if !stated.is_empty() {
        return stated.into_iter().collect();
    }
    project.performance.iter().filter(|point| point.ev.is_some()).map(|point| point.at).collect()
}

/// The project without what was said, done or planned anew after a moment. Bookings and postings are no part of
/// it: the ledger takes them up to the status date.
#[must_use]
pub fn as_known_at(project: &Project, at: Moment) -> Project {
    Project {
        statements: project.statements.iter().filter(|statement| statement.at <= at).cloned().collect(),
        tasks: project.tasks.iter().map(|task| baseline_of(task, at)).collect(),
        performance: project
            .performance
            .iter()
            .map(|point| PerformancePoint {
                ev: point.ev.filter(|_| point.at <= at),
                ac: point.ac.filter(|_| point.at <= at),
                ..point.clone()
            })
            .collect(),
        ..project.clone()
    }
}

/// The task table of a finished project speaks of its end: of a task remain the baseline and the dates that had
/// come to pass.
fn baseline_of(task: &Task, at: Moment) -> Task {
    let past = |date: Option<Moment>| date.filter(|date| *date <= at);
    Task {
        actual_start: past(task.actual_start),
        actual_finish: past(task.actual_finish),
        start: None,
        finish: None,
        duration: None,
        work: None,
        status: None,
        percent_complete: None,
        physical_percent: None,
        remaining_duration: None,
        remaining_work: None,
        remaining_cost: None,
        actual_work: None,
        actual_cost: None,
        ..task.clone()
    }
}
