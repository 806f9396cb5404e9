//! What is expected of each task from the status date on: dates, and what the rest will cost.

use crate::analysis::actual_cost::ActualCost;
use crate::analysis::progress::Progress;
use crate::calendar::{Moment, WorkCalendar};
use crate::model::{Project, Task, TaskStatus};
use crate::quantity::{Measured, Money, Reason, Work};

/// When a task is expected to start and finish: actual, or the current plan (else the baseline), and never
/// before the status date for what is still to be done. A task that should have started keeps its
/// duration; one that should have finished keeps the share of it that is left.
#[must_use]
pub fn dates(
    project: &Project,
    progress: &Progress<'_>,
    i: usize,
    status: Moment,
) -> (Option<Moment>, Option<Moment>) {
    let task = &project.tasks[i];
    let (stand, (began, ended)) = (progress.now[i], progress.actual[i]);
    let (start, finish) = (task.start.or(task.baseline_start), task.finish.or(task.baseline_finish));
    if stand.finished {
        return (began.or(start), ended.or(finish.map(|finish| finish.min(status))));
    }
    if task.status == Some(TaskStatus::Cancelled) {
        return (began, None);
    }
    let Some(calendar) = project.calendar_of(task) else {
        return (began.or(start), finish);
    };
    let left = progress.remaining_duration(i);
    let whole = task.duration.or(task.baseline_duration).or_else(|| between(calendar, start, finish));
    if stand.started {
        let rest = left.or_else(|| whole.map(|whole| Work::from_hours(whole.hours() * (1.0 - stand.share))));
        let finish = match (left, finish) {
            (None, Some(finish)) if finish > status => Some(finish),
            _ => rest.map(|rest| calendar.add_work(status, rest)).or(finish.map(|finish| finish.max(status))),
        };
        return (began.or(start.map(|start| start.min(status))), finish);
    }
    match start {
        Some(start) if start < status => {
            let begins = calendar.next_working_moment(status);
            let finish = left.or(whole).map(|whole| calendar.add_work(begins, whole)).or(finish);
            (Some(begins), finish.map(|finish| finish.max(status)))
        }
        _ => (start, finish.map(|finish| finish.max(status))),
    }
}

fn between(calendar: &WorkCalendar, start: Option<Moment>, finish: Option<Moment>) -> Option<Work> {
    Some(calendar.work_between(start?, finish?))
}

/// What the rest will cost by the estimates of the data, in currency units: each open task's remaining cost,
/// else its remaining effort at the rate of those assigned or the average rate so far, else the part of its
/// baseline cost that is not earned.
///
/// # Errors
/// [`Reason::NoRemainingEstimate`] when no open task has an estimate of either kind.
pub fn remaining_estimate(
    project: &Project,
    progress: &Progress<'_>,
    cost: &ActualCost,
    rest_at_budget: impl Fn(usize) -> Money,
    counts: impl Fn(usize) -> bool,
    status: Moment,
) -> Measured {
    let (mut estimated, mut open, mut sum) = (false, false, 0.0);
    for (i, task) in project.tasks.iter().enumerate().filter(|(i, _)| counts(*i)) {
        if progress.now[i].finished || task.status == Some(TaskStatus::Cancelled) {
            continue;
        }
        open = true;
        let by_effort = || {
            let rate = rate_of(project, task, status).or(cost.hourly)?;
            Some(progress.remaining_work(i)?.hours() * rate)
        };
        let rest = task.remaining_cost.map(Money::units).or_else(by_effort);
        estimated |= rest.is_some();
        sum += rest.unwrap_or_else(|| rest_at_budget(i).units());
    }
    if open && !estimated { Err(Reason::NoRemainingEstimate) } else { Ok(sum) }
}

/// The mean hourly rate, in currency units, of those assigned to a task, at a moment; `None` where no
/// one of them has one.
#[must_use]
pub fn rate_of(project: &Project, task: &Task, at: Moment) -> Option<f64> {
    let mut rates = Vec::new();
    for person in &task.resources {
        let rows = project.resources.iter().filter(|r| r.person == *person);
        let held = rows.filter(|r| r.rate_from.is_none_or(|from| from <= at.date()));
        rates.extend(held.max_by_key(|r| r.rate_from).and_then(|r| r.rate));
    }
    let count = u32::try_from(rates.len()).ok().filter(|count| *count > 0)?;
    Some(rates.into_iter().map(Money::units).sum::<f64>() / f64::from(count))
}
