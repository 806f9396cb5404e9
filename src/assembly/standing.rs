//! Where tasks stand by their rows and the statements of progress, the latest of each.

use crate::calendar::Moment;
use crate::model::{Project, Task, TaskKind, TaskStatus};

/// What the statements say of a task, the latest of each.
#[derive(Clone, Copy, Default)]
pub(super) struct Latest {
    pub(super) any: bool,
    pub(super) percent: Option<f64>,
    pub(super) start: Option<Moment>,
    pub(super) finish: Option<Moment>,
    /// Whether progress is stated for a day before its actual start.
    pub(super) early: bool,
}

impl Latest {
    /// When a task ended: by its statements, else by its row.
    pub(super) fn ended(self, task: &Task) -> Option<Moment> {
        self.finish.or(task.actual_finish)
    }

    fn is_finished(self, task: &Task) -> bool {
        self.ended(task).is_some()
            || self.percent.or(task.percent_complete).is_some_and(|share| share >= 1.0)
            || task.status == Some(TaskStatus::Done)
    }
}

/// The latest statements of every task.
pub(super) fn latest(project: &Project) -> Vec<Latest> {
    let mut latest = vec![Latest::default(); project.tasks.len()];
    for statement in &project.statements {
        let of_task = &mut latest[statement.task];
        of_task.any = true;
        of_task.percent = statement.percent_complete.or(of_task.percent);
        of_task.start = statement.actual_start.or(of_task.start);
        let start = of_task.start.or(project.tasks[statement.task].actual_start);
        of_task.early |= statement.percent_complete.is_some_and(|share| share > 0.0)
            && start.is_some_and(|start| start > statement.at);
        of_task.finish = statement.actual_finish.or(of_task.finish);
    }
    latest
}

/// When a task ended, without looking at all the others.
pub(super) fn ended(project: &Project, task: usize) -> Option<Moment> {
    let from = project.statements.partition_point(|statement| statement.task < task);
    let mine = project.statements[from..].iter().take_while(|statement| statement.task == task);
    mine.filter_map(|statement| statement.actual_finish).last().or(project.tasks.get(task)?.actual_finish)
}

/// Whether and when every task is finished; a heading is when all below it are that was not
/// cancelled.
pub(super) struct Standing {
    /// Whether it is finished; what is cancelled is not.
    pub(super) finished: Vec<bool>,
    /// Whether it is cancelled; a heading is when nothing below it is left to do.
    pub(super) cancelled: Vec<bool>,
    /// When it ended, where the data says so.
    pub(super) ended: Vec<Option<Moment>>,
}

impl Standing {
    pub(super) fn of(project: &Project) -> Self {
        let tasks = &project.tasks;
        let latest = latest(project);
        let mut finished: Vec<bool> = tasks.iter().zip(&latest).map(|(t, l)| l.is_finished(t)).collect();
        let mut ended: Vec<_> = tasks.iter().zip(&latest).map(|(task, latest)| latest.ended(task)).collect();
        let mut heads = vec![false; tasks.len()];
        for above in tasks.iter().filter_map(|task| task.parent) {
            heads[above] = true;
        }
        for (index, _) in heads.iter().enumerate().filter(|(_, heads)| **heads) {
            (finished[index], ended[index]) = (true, None);
        }
        let mut cancelled: Vec<bool> = tasks
            .iter()
            .zip(&heads)
            .map(|(t, heads)| *heads || t.status == Some(TaskStatus::Cancelled))
            .collect();
        for (index, task) in tasks.iter().enumerate() {
            if heads[index] || task.kind == TaskKind::Summary || task.status == Some(TaskStatus::Cancelled) {
                continue;
            }
            let mut above = task.parent;
            while let Some(head) = above {
                cancelled[head] = false;
                finished[head] &= finished[index];
                ended[head] = ended[head].max(ended[index]);
                above = tasks[head].parent;
            }
        }
        for (index, _) in heads.iter().enumerate().filter(|(_, heads)| **heads) {
            finished[index] &= !cancelled[index];
        }
        Self { finished, cancelled, ended }
    }
}
