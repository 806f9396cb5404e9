//! Tasks in whose way issues stand, and the milestones that wait for them.

use std::collections::BTreeMap;

use crate::analysis::network::Network;
use crate::analysis::{Milestone, TaskValue, milestone};
use crate::model::{Project, TaskKind, TaskStatus};

use super::OpenIssue;

/// A task that is not finished and that open issues stand in the way of.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blocked {
    /// Index into tasks.
    pub task: usize,
    /// The issues, the gravest first: indices into issues.
    pub issues: Vec<usize>,
    /// Whether it is critical; `None` without a network.
    pub critical: Option<bool>,
    /// Whether it has little float.
    pub near_critical: bool,
    /// Working days it can slip before the finish does.
    pub float: Option<f64>,
    /// Unreached milestones that wait for it, by their forecast: indices into tasks.
    pub milestones: Vec<usize>,
    /// Other unfinished tasks that wait for it.
    pub tasks_after: u32,
}

/// Whether a task still has something to be held up.
pub(super) fn is_open(project: &Project, values: &[TaskValue], task: usize) -> bool {
    let cancelled = project.tasks.get(task).is_none_or(|task| task.status == Some(TaskStatus::Cancelled));
    !cancelled && !values.get(task).is_some_and(milestone::is_finished)
}

/// The tasks blocked by open issues, which are given the gravest first.
pub(super) fn blocked(
    project: &Project,
    open: &[OpenIssue],
    values: &[TaskValue],
    network: Option<&Network>,
    milestones: &[Milestone],
) -> Vec<Blocked> {
    let mut by_task: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for issue in open {
        for task in &issue.tasks {
            let issues = by_task.entry(*task).or_default();
            if !issues.contains(&issue.issue) {
                issues.push(issue.issue);
            }
        }
    }
    if by_task.is_empty() {
        return Vec::new();
    }
    let after = After::new(project);
    let forecast = |task: usize| milestones.iter().find(|m| m.task == task).and_then(|m| m.forecast);
    let mut blocked: Vec<Blocked> = by_task
        .into_iter()
        .map(|(task, issues)| {
            let waiting: Vec<usize> =
                after.of(task).into_iter().filter(|after| is_open(project, values, *after)).collect();
            let kind = |task: usize| project.tasks[task].kind;
            let mut ahead: Vec<usize> =
                waiting.iter().copied().filter(|task| kind(*task) == TaskKind::Milestone).collect();
            ahead.sort_by_key(|task| (forecast(*task).is_none(), forecast(*task), *task));
            let tasks_after = waiting
                .iter()
                .filter(|task| matches!(kind(**task), TaskKind::Task) && after.below[**task].is_empty())
                .count();
            let scheduled = network.and_then(|network| network.tasks.get(task)?.as_ref());
            Blocked {
                task,
                issues,
                critical: network.filter(|network| network.linked).and(scheduled).map(|s| s.critical),
                near_critical: scheduled.is_some_and(|scheduled| scheduled.near_critical),
                float: scheduled.and_then(|scheduled| scheduled.total_float),
                milestones: ahead,
                tasks_after: u32::try_from(tasks_after).unwrap_or(u32::MAX),
            }
        })
        .collect();
    blocked.sort_by(|a, b| {
        let float = |blocked: &Blocked| blocked.float.unwrap_or(f64::INFINITY);
        float(a).total_cmp(&float(b)).then(a.task.cmp(&b.task))
    });
    blocked
}

/// What comes after what: a link of a summary holds for everything below it.
struct After {
    successors: Vec<Vec<usize>>,
    below: Vec<Vec<usize>>,
    above: Vec<Option<usize>>,
}

impl After {
    fn new(project: &Project) -> Self {
        let count = project.tasks.len();
        let (mut successors, mut below) = (vec![Vec::new(); count], vec![Vec::new(); count]);
        for link in project.links.iter().filter(|link| link.predecessor < count && link.successor < count) {
            successors[link.predecessor].push(link.successor);
        }
        let above: Vec<Option<usize>> =
            project.tasks.iter().map(|task| task.parent.filter(|above| *above < count)).collect();
        for (task, above) in above.iter().enumerate() {
            if let Some(above) = above {
                below[*above].push(task);
            }
        }
        Self { successors, below, above }
    }

    /// Everything that waits for a task, in the order of the plan, itself left out.
    fn of(&self, task: usize) -> Vec<usize> {
        let mut seen = vec![false; self.successors.len()];
        let mut open = vec![task];
        seen[task] = true;
        while let Some(at) = open.pop() {
            let mut next: Vec<usize> = self.below[at].clone();
            next.extend(&self.successors[at]);
            // What waits for a summary waits for what is below it. Parents may stand in a circle.
            let mut above = self.above[at];
            for _ in 0..self.above.len() {
                let Some(summary) = above else { break };
                next.extend(&self.successors[summary]);
                above = self.above[summary];
            }
            for task in next {
                if !std::mem::replace(&mut seen[task], true) {
                    open.push(task);
                }
            }
        }
        seen[task] = false;
        (0..seen.len()).filter(|task| seen[*task]).collect()
    }
}
