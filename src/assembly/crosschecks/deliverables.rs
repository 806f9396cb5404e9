//! Checks of what is handed over: accepted though something speaks against it, promised before it is planned.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Checked, Found, first_of, named, quoted, tasks};
use crate::calendar::last_day;
use crate::model::{Acceptance, Defect, Deliverable, Project, Task, TestCount, Verdict};

fn accepted(project: &Project) -> impl Iterator<Item = (usize, &Deliverable)> {
    let made = project.deliverables.iter().enumerate();
    made.filter(|(_, deliverable)| deliverable.acceptance == Acceptance::Accepted)
}

pub(super) fn accepted_with_defects(checked: &Checked<'_>) -> Vec<Found> {
    let mut severe: BTreeMap<usize, Vec<&Defect>> = BTreeMap::new();
    for defect in
        checked.project.defects.iter().filter(|defect| !defect.state.is_settled() && defect.is_severe())
    {
        if let Some(deliverable) = defect.deliverable {
            severe.entry(deliverable).or_default().push(defect);
        }
    }
    let found = accepted(checked.project).filter_map(|(index, made)| {
        let mine = severe.get(&index)?;
        let says = phrase!(
            "deliverable {deliverable} is accepted with {n} critical or high {n|defect|defects} open: {ids}",
            deliverable = quoted(&made.id, &made.name),
            n = mine.len(),
            ids = named(mine.iter().map(|defect| &*defect.id)),
        );
        Some(Found::new(says, &made.origin, mine.iter().map(|defect| &defect.origin)))
    });
    found.collect()
}

/// The tests of a deliverable are those of the suite that has its id or name.
pub(super) fn accepted_while_tests_fail(checked: &Checked<'_>) -> Vec<Found> {
    // The last count of each suite, with its place: they stand in the order of their dates.
    let mut suites: BTreeMap<String, (usize, &TestCount)> = BTreeMap::new();
    for (place, count) in checked.project.tests.iter().enumerate() {
        if let Some(suite) = &count.suite {
            suites.insert(suite.trim().to_lowercase(), (place, count));
        }
    }
    let found = accepted(checked.project).filter_map(|(_, made)| {
        let named = [&made.id, &made.name].into_iter().filter_map(|name| suites.get(&name.to_lowercase()));
        let (_, last) = named.max_by_key(|(place, _)| *place)?;
        let failed = last.failed.filter(|failed| *failed > 0)?;
        let says = phrase!(
            "deliverable {deliverable} is accepted and {n} {n|test|tests} of its suite failed on {day}",
            deliverable = quoted(&made.id, &made.name),
            n = failed,
            day = last.date,
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
        if open.is_empty() {
            return None;
        }
        let open = tasks(project, &open);
        let says = phrase!(
            "deliverable {deliverable} is accepted and {n|a task that makes it is|tasks that make it are} not finished: {ids}",
            deliverable = quoted(&made.id, &made.name),
            n = open.len(),
            ids = named(open.iter().map(|task| &*task.id)),
        );
        Some(Found::new(says, &made.origin, open.iter().map(|task| &task.origin)))
    });
    found.collect()
}

pub(super) fn accepted_off_target(checked: &Checked<'_>) -> Vec<Found> {
    let missed = accepted(checked.project).filter(|(_, made)| made.verdict() == Some(Verdict::Missed));
    let found = missed.map(|(_, made)| {
        let says = phrase!(
            "deliverable {deliverable} is accepted and misses its target: {measured} against {target}",
            deliverable = quoted(&made.id, &made.name),
            measured = made.measured.as_deref().unwrap_or_default(),
            target = made.target.as_deref().unwrap_or_default(),
        );
        Found::new(says, &made.origin, [])
    });
    found.collect()
}

/// The day a task is agreed to finish, and what it makes that is due before, with the days.
type Early<'a> = (NaiveDate, Vec<(&'a Deliverable, NaiveDate)>);

/// Deliverables that are due before the task that makes them last is agreed to finish: by its baseline, so that a
/// project that runs late is not told so again by its register; by its plan where it has none. Once a task.
pub(super) fn promised_before_planned(checked: &Checked<'_>) -> Vec<Found> {
    let project = checked.project;
    let finished = &checked.standing().finished;
    let agreed = |task: &Task| task.baseline_finish.or(task.finish).map(last_day);
    // By the task that finishes last, with the day it does.
    let mut early: BTreeMap<usize, Early<'_>> = BTreeMap::new();
    let planned = project.deliverables.iter().filter(|made| made.acceptance == Acceptance::Planned);
    for made in planned.filter(|made| made.submitted.is_none()) {
        let open = made.tasks.iter().copied().filter(|task| !finished[*task]);
        let ends = open.filter_map(|task| Some((agreed(project.tasks.get(task)?)?, task)));
        let last = ends.max_by_key(|(day, task)| (*day, std::cmp::Reverse(*task)));
        if let (Some(due), Some((day, task))) = (made.due, last)
            && day > due
        {
            early.entry(task).or_insert_with(|| (day, Vec::new())).1.push((made, due));
        }
    }
    let found = early.into_iter().map(|(task, (day, made))| {
        let last = &project.tasks[task];
        let says = match made.as_slice() {
            [(one, due)] => phrase!(
                "deliverable {deliverable} is due on {due} and '{task}', which makes it, is agreed to finish on {day}",
                deliverable = quoted(&one.id, &one.name),
                due = *due,
                task = &*last.id,
                day
            ),
            several => phrase!(
                "{n} deliverables are due before '{task}', which makes them, is agreed to finish on {day}: {deliverables}",
                n = several.len(),
                task = &*last.id,
                day,
                deliverables = first_of(several.iter().map(|(one, due)| {
                    phrase!("{deliverable} on {day}", deliverable = quoted(&one.id, &one.name), day = *due)
                }))
            ),
        };
        let rows = made.iter().skip(1).map(|(one, _)| &one.origin).chain([&last.origin]);
        Found::new(says, &made[0].0.origin, rows)
    });
    found.collect()
}
