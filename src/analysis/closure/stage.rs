//! The phases as stages: what each was to take and took, which of them ended last, which comes next.

use crate::analysis::rollup::Tree;
use crate::analysis::standing::counts;
use crate::analysis::{TaskValue, milestone};
use crate::calendar::Moment;
use crate::model::{Project, TaskKind, TaskStatus};
use crate::quantity::{Money, Work};

/// The stages of a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stages {
    /// Every phase that has work of its own, in the order of the plan. Level of effort passes with time and makes no
    /// stage; its cost counts in the phase it belongs to.
    pub all: Vec<Stage>,
    /// The one whose last task was finished last, of those that are finished: index.
    pub ended: Option<usize>,
    /// Of those that are not finished, the one whose baseline begins first: index.
    pub next: Option<usize>,
}

/// One phase.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stage {
    /// The phase.
    pub name: String,
    /// Its tasks and milestones in the order of the plan, without level of effort and without what was cancelled.
    pub tasks: Vec<usize>,
    /// How many of them are finished.
    pub finished: usize,
    /// First and last moment of the baseline.
    pub baseline: (Option<Moment>, Option<Moment>),
    /// When work began; as expected where it has not.
    pub start: Option<Moment>,
    /// When the last task ended; as expected while any is open.
    pub finish: Option<Moment>,
    /// Budget, level of effort included.
    pub bac: Money,
    /// Earned.
    pub ev: Money,
    /// Spent.
    pub ac: Money,
    /// Whether level of effort in it goes on.
    pub effort_goes_on: bool,
    /// Hours of the baseline.
    pub planned: Work,
    /// Hours booked.
    pub booked: Work,
    /// What it hands over: indices into `Project::deliverables`.
    pub deliverables: Vec<usize>,
}

impl Stage {
    /// Whether nothing of it is open.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finished == self.tasks.len()
    }
}

/// Reads the stages.
#[must_use]
pub fn stages(project: &Project, values: &[TaskValue]) -> Stages {
    let tree = Tree::new(&project.tasks);
    let mut all: Vec<Stage> = Vec::new();
    // Which stage each task is of.
    let mut stage_of: Vec<Option<usize>> = vec![None; project.tasks.len()];
    for (index, (task, value)) in project.tasks.iter().zip(values).enumerate() {
        let phase = tree.name(&project.tasks, index, |task| task.phase.as_deref());
        let Some(phase) = phase.filter(|_| counts(project, &tree, index)) else {
            continue;
        };
        let at = all.iter().position(|stage| stage.name == phase).unwrap_or_else(|| {
            all.push(Stage { name: phase.to_owned(), ..Stage::default() });
            all.len() - 1
        });
        stage_of[index] = Some(at);
        let stage = &mut all[at];
        stage.bac += value.bac;
        stage.ev += value.ev;
        stage.ac += value.ac;
        stage.planned += task.baseline_work.unwrap_or_default();
        stage.booked += value.hours;
        let cancelled = task.status == Some(TaskStatus::Cancelled);
        if task.kind == TaskKind::LevelOfEffort || cancelled {
            stage.effort_goes_on |= !cancelled && !milestone::is_finished(value);
            continue;
        }
        let finished = milestone::is_finished(value);
        stage.finished += usize::from(finished);
        stage.tasks.push(index);
        let first = |one: Option<Moment>, other: Option<Moment>| one.into_iter().chain(other).min();
        stage.baseline.0 = first(stage.baseline.0, task.baseline_start.or(task.baseline_finish));
        stage.baseline.1 = stage.baseline.1.max(task.baseline_finish);
        stage.start = first(stage.start, value.actual_start.or(value.expected_start));
        let end =
            if finished { value.actual_finish.or(value.expected_finish) } else { value.expected_finish };
        stage.finish = stage.finish.max(end);
    }
    for (index, deliverable) in project.deliverables.iter().enumerate() {
        // Of a deliverable made in several, the last: that is where it is handed over.
        let last = deliverable.tasks.iter().filter_map(|task| *stage_of.get(*task)?).max();
        if let Some(stage) = last.and_then(|stage| all.get_mut(stage)) {
            stage.deliverables.push(index);
        }
    }
    all.retain(|stage| !stage.tasks.is_empty());
    let stages = || all.iter().enumerate();
    // Of those that ended together, the later of the plan.
    let ended = stages().filter(|(_, stage)| stage.is_finished() && stage.finish.is_some());
    let ended = ended.max_by_key(|(index, stage)| (stage.finish, *index)).map(|(index, _)| index);
    let open = stages().filter(|(_, stage)| !stage.is_finished());
    let next = open.min_by_key(|(index, stage)| (stage.baseline.0.is_none(), stage.baseline.0, *index));
    let next = next.map(|(index, _)| index);
    Stages { all, ended, next }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{day, leaf, project, units};
    use crate::calendar::{end_of_day, start_of_day};
    use crate::model::{Deliverable, Task};

    fn row(phase: &str, kind: TaskKind, planned: (&str, &str), ended: Option<&str>) -> (Task, TaskValue) {
        let (task, mut value) = leaf(phase, 100, 50, 50, 60);
        value.percent_complete = if ended.is_some() { 1.0 } else { 0.5 };
        value.actual_finish = ended.map(|ended| end_of_day(day(ended)));
        let task = Task {
            kind,
            phase: Some(phase.into()),
            baseline_start: Some(start_of_day(day(planned.0))),
            baseline_finish: Some(end_of_day(day(planned.1))),
            ..task
        };
        (task, value)
    }

    #[test]
    fn the_stage_that_ended_last_and_the_one_that_comes_next() {
        use TaskKind::{LevelOfEffort, Task as Work};
        let (mut project, values) = project(vec![
            row("Analysis", Work, ("2026-01-05", "2026-01-30"), Some("2026-02-06")),
            row("Design", Work, ("2026-02-02", "2026-02-13"), Some("2026-02-20")),
            row("Design", LevelOfEffort, ("2026-02-02", "2026-04-30"), None),
            row("Test", Work, ("2026-03-16", "2026-03-31"), None),
            row("Build", Work, ("2026-02-16", "2026-03-13"), None),
            row("Office", LevelOfEffort, ("2026-01-05", "2026-03-31"), Some("2026-03-31")),
        ]);
        project.deliverables = vec![Deliverable { tasks: vec![0, 1], ..Deliverable::default() }];
        let found = stages(&project, &values);
        let names: Vec<&str> = found.all.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!(names, ["Analysis", "Design", "Test", "Build"]);
        assert_eq!((found.ended, found.next), (Some(1), Some(3)));
        let design = &found.all[1];
        // Its office work counts in its cost and not in its end, and goes on.
        assert!(design.effort_goes_on && !found.all[0].effort_goes_on);
        assert_eq!((design.bac, design.ac), (units(200), units(120)));
        assert_eq!((design.tasks.as_slice(), design.finished), (&[1][..], 1));
        assert_eq!(design.finish, Some(end_of_day(day("2026-02-20"))));
        assert_eq!(design.baseline.1, Some(end_of_day(day("2026-02-13"))));
        // Made in two stages, handed over in the later.
        assert_eq!((&found.all[0].deliverables[..], &design.deliverables[..]), (&[][..], &[0][..]));
    }

    #[test]
    fn without_phases_there_are_no_stages() {
        let (project, values) = project(vec![leaf("A", 1, 1, 1, 1)]);
        assert_eq!(stages(&project, &values), Stages::default());
    }
}
