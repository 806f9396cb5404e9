//! Milestones with their movement, and what was done, was not done, and comes next.

use crate::analysis::rollup::Tree;
use crate::analysis::status::TimeAxis;
use crate::analysis::{Milestone, TaskValue};
use crate::calendar::Moment;
use crate::model::{Project, Task, TaskKind, TaskStatus};

/// Every milestone, by its baseline date (without one: by its forecast, last), then in the order of the plan.
///
/// The forecast of an open milestone is the current plan's date, else the baseline's, and never before the
/// status date or before its links admit.
#[must_use]
pub fn milestones(project: &Project, values: &[TaskValue], axis: &TimeAxis) -> Vec<Milestone> {
    let mut found: Vec<Milestone> = project
        .tasks
        .iter()
        .zip(values)
        .enumerate()
        .filter(|(_, (task, _))| task.kind == TaskKind::Milestone)
        .filter(|(_, (task, _))| task.status != Some(TaskStatus::Cancelled))
        .map(|(index, (task, value))| milestone(project, index, task, value, axis))
        .collect();
    found.sort_by_key(|m| (m.baseline.is_none(), m.baseline, m.forecast, m.task));
    found
}

fn milestone(project: &Project, index: usize, task: &Task, value: &TaskValue, axis: &TimeAxis) -> Milestone {
    let status = axis.status.0;
    let baseline = task.baseline_finish.or(task.baseline_start);
    let reached = is_finished(value);
    let forecast = if reached {
        value.actual_finish.or(value.actual_start).or(value.expected_finish)
    } else {
        value.expected_finish.or(value.expected_start).or(baseline).map(|date| date.max(status))
    };
    let movement_days = baseline.zip(forecast).and_then(|(baseline, forecast)| {
        let calendar = project.calendar_of(task)?;
        Some(calendar.days_between(baseline, forecast))
    });
    Milestone { task: index, baseline, forecast, reached, movement_days }
}

/// The three lists of page 1: indices into the project's tasks, without summaries and what was cancelled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// Finished within the status date's period, by finish.
    pub done: Vec<usize>,
    /// Baselined to finish by the status date and not finished, the most overdue first.
    pub not_done: Vec<usize>,
    /// To start or finish after the status date and by the end of the next period, by date.
    pub next: Vec<usize>,
}

/// Fills the lists.
#[must_use]
pub fn lists(project: &Project, values: &[TaskValue], axis: &TimeAxis) -> Lists {
    let tree = Tree::new(&project.tasks);
    let status = axis.status.0;
    let period = axis.period();
    let until = axis.kind.period_of(period.next).end();
    let (mut done, mut not_done, mut next) = (Vec::new(), Vec::new(), Vec::new());
    for (index, (task, value)) in project.tasks.iter().zip(values).enumerate() {
        let cancelled = task.status == Some(TaskStatus::Cancelled);
        if cancelled || task.kind == TaskKind::Summary || !tree.is_leaf(index) {
            continue;
        }
        if is_finished(value) {
            if let Some(finish) = value.actual_finish
                && finish > crate::calendar::start_of_day(period.first)
                && finish <= status
            {
                done.push((finish, index));
            }
            continue;
        }
        if let Some(planned) = task.baseline_finish
            && planned <= status
        {
            not_done.push((planned, index));
        }
        // The midnight that ends the period begins the day after for a start.
        let start = value.expected_start.filter(|_| value.actual_start.is_none());
        let start = start.filter(|start| (status..until).contains(start));
        let finish = value.expected_finish.filter(|finish| (status..=until).contains(finish));
        if let Some(date) = start.into_iter().chain(finish).min() {
            next.push((date, index));
        }
    }
    let sorted = |mut list: Vec<(Moment, usize)>| {
        list.sort_unstable();
        list.into_iter().map(|(_, index)| index).collect()
    };
    Lists { done: sorted(done), not_done: sorted(not_done), next: sorted(next) }
}

/// Whether a task is finished at the status date.
#[must_use]
pub fn is_finished(value: &TaskValue) -> bool {
    value.actual_finish.is_some() || value.percent_complete >= 1.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{axis, day, leaf, project};
    use crate::calendar::{PeriodKind, end_of_day, start_of_day};

    #[test]
    fn a_milestone_moves_in_working_days_and_never_before_the_status_date() {
        let end = |text: &str| Some(end_of_day(day(text)));
        let milestone = |baseline, plan| {
            let (mut task, mut value) = leaf("M", 0, 0, 0, 0);
            task.kind = TaskKind::Milestone;
            (task.baseline_finish, value.expected_finish) = (baseline, plan);
            (task, value)
        };
        let mut reached = milestone(end("2026-03-20"), None);
        reached.1.percent_complete = 1.0;
        reached.1.actual_finish = end("2026-03-18");
        let (project, values) = project(vec![
            milestone(end("2026-04-10"), end("2026-04-15")),
            milestone(end("2026-03-27"), None),
            reached,
            milestone(None, end("2026-05-01")),
        ]);
        let found = milestones(&project, &values, &axis("2026-03-31", PeriodKind::Month));
        let shown: Vec<_> = found.iter().map(|m| (m.task, m.reached, m.movement_days)).collect();
        // 18 to 20 March: two working days early. 27 March (Friday) to 31 March: two late.
        // 10 April (Friday) to 15 April (Wednesday): three late.
        assert_eq!(
            shown,
            [(2, true, Some(-2.0)), (1, false, Some(2.0)), (0, false, Some(3.0)), (3, false, None)]
        );
        assert_eq!(found[1].forecast, end("2026-03-31"));
    }

    #[test]
    fn the_lists_follow_baseline_actual_and_expected_dates() {
        let end = |text: &str| Some(end_of_day(day(text)));
        let start = |text: &str| Some(day(text).and_hms_opt(8, 0, 0).unwrap());
        let mut rows = vec![leaf("A", 2, 1, 1, 1); 8];
        // 0: finished in March. 1: finished in February. 2 and 3: overdue. 4: starts in April. 5: in June.
        // 6: starts on 1 May, which is not April's. 7: ends with April.
        for (row, finish) in [(0, "2026-03-12"), (1, "2026-02-28")] {
            rows[row].1.percent_complete = 1.0;
            rows[row].1.actual_finish = end(finish);
            rows[row].0.baseline_finish = end("2026-03-01");
        }
        rows[2].0.baseline_finish = end("2026-03-31");
        rows[2].1.expected_finish = end("2026-04-30");
        rows[2].1.actual_start = start("2026-03-30");
        rows[3].0.baseline_finish = end("2026-03-10");
        rows[3].1.expected_finish = end("2026-05-04");
        rows[4].1.expected_start = start("2026-04-02");
        rows[4].1.expected_finish = end("2026-07-01");
        rows[5].1.expected_start = start("2026-06-01");
        rows[6].1.expected_start = Some(start_of_day(day("2026-05-01")));
        rows[7].1.expected_finish = end("2026-04-30");
        let (project, values) = project(rows);
        let lists = lists(&project, &values, &axis("2026-03-31", PeriodKind::Month));
        assert_eq!(lists.done, [0]);
        assert_eq!(lists.not_done, [3, 2]);
        assert_eq!(lists.next, [4, 2, 7]);
    }
}
