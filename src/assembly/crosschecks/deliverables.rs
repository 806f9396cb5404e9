//! Checks of what is handed over: accepted though something speaks against it, promised before it is planned.

use super::{Checked, Found, named, quoted, tasks};
use crate::calendar::last_day;
use crate::model::{Acceptance, Defect, Deliverable, Project, Task, TestCount, Verdict};
use crate::wording::counted;

fn accepted(project: &Project) -> impl Iterator<Item = (usize, &Deliverable)> {
    let made = project.deliverables.iter().enumerate();
    made.filter(|(_, deliverable)| deliverable.acceptance == Acceptance::Accepted)
}

pub(super) fn accepted_with_defects(checked: &Checked<'_>) -> Vec<Found> {
    let defects = &checked.project.defects;
    let severe = |defect: &&Defect| !defect.state.is_settled() && defect.is_severe();
    let found = accepted(checked.project).filter_map(|(index, made)| {
        let mine: Vec<&Defect> =
            defects.iter().filter(severe).filter(|defect| defect.deliverable == Some(index)).collect();
        let says = format!(
            "deliverable {} is accepted with {} open: {}",
            quoted(&made.id, &made.name),
            counted(mine.len(), "critical or high defect"),
            named(mine.iter().map(|defect| &*defect.id)),
        );
        (!mine.is_empty()).then(|| Found::new(says, &made.origin, mine.iter().map(|defect| &defect.origin)))
    });
    found.collect()
}

/// The tests of a deliverable are those of the suite that has its id or name.
pub(super) fn accepted_while_tests_fail(checked: &Checked<'_>) -> Vec<Found> {
    let suite = |count: &&TestCount, made: &Deliverable| {
        let suite = count.suite.as_deref().map(|suite| suite.trim().to_lowercase());
        suite.is_some_and(|suite| suite == made.id.to_lowercase() || suite == made.name.to_lowercase())
    };
    let found = accepted(checked.project).filter_map(|(_, made)| {
        let last = checked.project.tests.iter().rfind(|count| suite(count, made))?;
        let failed = last.failed.filter(|failed| *failed > 0)?;
        let says = format!(
            "deliverable {} is accepted and {} of its suite failed on {}",
            quoted(&made.id, &made.name),
            counted(failed, "test"),
            last.date,
        );
        Some(Found::new(says, &made.origin, [&last.origin]))
    });
    found.collect()
}

pub(super) fn accepted_unfinished(checked: &Checked<'_>) -> Vec<Found> {
    let project = checked.project;
    let found = accepted(project).filter(|(_, made)| !made.tasks.is_empty()).filter_map(|(_, made)| {
        let finished = &checked.standing().finished;
        let open: Vec<usize> = made.tasks.iter().copied().filter(|task| !finished[*task]).collect();
        let open = tasks(project, &open);
        let says = format!(
            "deliverable {} is accepted and {} not finished: {}",
            quoted(&made.id, &made.name),
            if open.len() == 1 { "a task that makes it is" } else { "tasks that make it are" },
            named(open.iter().map(|task| &*task.id)),
        );
        (!open.is_empty()).then(|| Found::new(says, &made.origin, open.iter().map(|task| &task.origin)))
    });
    found.collect()
}

pub(super) fn accepted_off_target(checked: &Checked<'_>) -> Vec<Found> {
    let missed = accepted(checked.project).filter(|(_, made)| made.verdict() == Some(Verdict::Missed));
    let found = missed.map(|(_, made)| {
        let says = format!(
            "deliverable {} is accepted and misses its target: {} against {}",
            quoted(&made.id, &made.name),
            made.measured.as_deref().unwrap_or_default(),
            made.target.as_deref().unwrap_or_default(),
        );
        Found::new(says, &made.origin, [])
    });
    found.collect()
}

/// A deliverable that nobody has yet, due before the tasks that make it are planned to finish.
pub(super) fn promised_before_planned(checked: &Checked<'_>) -> Vec<Found> {
    let project = checked.project;
    let planned = project.deliverables.iter().filter(|made| made.acceptance == Acceptance::Planned);
    let found = planned.filter_map(|made| {
        let due = made.due.filter(|_| made.submitted.is_none())?;
        let finished = &checked.standing().finished;
        let open =
            made.tasks.iter().filter(|task| !finished[**task]).filter_map(|task| project.tasks.get(*task));
        let finish = |task: &Task| task.finish.or(task.baseline_finish).map(last_day);
        let (last, day) = open.filter_map(|task| Some((task, finish(task)?))).max_by_key(|(_, day)| *day)?;
        let says = format!(
            "deliverable {} is due on {due} and '{}', which makes it, is planned to finish on {day}",
            quoted(&made.id, &made.name),
            last.id,
        );
        (day > due).then(|| Found::new(says, &made.origin, [&last.origin]))
    });
    found.collect()
}
