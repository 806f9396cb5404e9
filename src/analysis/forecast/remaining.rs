//! When what remains is done: the open tasks sent through the network from the status date on, as a planner
//! would re-schedule them, with what tracked projects teach of delay.
//!
//! A task under way takes its remaining duration from the status date. One that has not begun starts
//! - after its predecessors, with lags (retained logic: what a link holds back waits although its own work could go on),
//! - not before its planned start, later by the delay so far: AT - ES. Plans keep tasks apart for reasons that no
//!   link states (crews, seasons, deliveries), and those gaps move with the project;
//! - not within half a reporting interval. What is not begun at a status date begins between it and the next
//!   one, half an interval later on average: a plan that starts all of it on the morning after is always early.
//!
//! None of the three is a fitted figure. Constraints that demand a date no later than some day are left out: a
//! wish does not make it so.

use std::collections::BTreeSet;

use crate::analysis::TaskValue;
use crate::analysis::network::activities::{Activities, Sources, State, calendar_of};
use crate::analysis::network::plan::{NEVER, Plan, Times};
use crate::analysis::network::readings::Readings;
use crate::analysis::network::summaries::Edges;
use crate::analysis::series::View;
use crate::calendar::{Moment, PeriodKind, WorkCalendar};
use crate::model::{Project, Task};
use crate::quantity::{Reason, Work};

/// Statements further apart than two months say nothing of when work begins: in working days.
const LONGEST_INTERVAL: f64 = 42.0;
/// Working days of a month and a week, for a project that has reported once.
const MONTH: f64 = 21.0;
/// See [`MONTH`].
const WEEK: f64 = 5.0;

/// The latest finish of the open tasks, given what is known of each task (a summary's values are not used) and
/// the moment up to which the plan is earned.
///
/// # Errors
/// [`Reason::NothingRemains`]; [`Reason::NoBaselineDates`] where no open task has dates or a duration.
pub fn finish(
    view: &View<'_>,
    values: &[TaskValue],
    earned_until: Result<Moment, Reason>,
) -> Result<Moment, Reason> {
    let (project, now) = (view.project, view.axis.status.0);
    let readings = Readings::new(&project.calendars, view.baseline.start.unwrap_or(now));
    // The floors below stand in for the planned starts that the network gives tasks without predecessors.
    let has_predecessor = vec![true; project.tasks.len()];
    let sources = Sources {
        project,
        tree: view.tree,
        values,
        readings: &readings,
        status: now,
        has_predecessor: &has_predecessor,
    };
    let mut activities = Activities::new(&sources).map_err(|_| Reason::NoBaselineDates)?;
    let edges = Edges::new(project, view.tree, &mut activities, &readings);
    for limit in &mut activities.limits {
        (limit.start_by, limit.finish_by) = (NEVER, NEVER);
    }
    let mut plan = Plan::new(&activities.list, &activities.limits, &edges.list);
    let state = |node: usize| {
        activities.task[plan.activity[node] as usize].map(|task| (task, activities.state[task]))
    };
    let open: Vec<(usize, usize, State)> = (0..plan.counted)
        .filter_map(|node| state(node).map(|(task, state)| (node, task, state)))
        .filter(|(.., state)| matches!(state, State::Open | State::Begun))
        .collect();
    if open.is_empty() {
        return Err(Reason::NothingRemains);
    }
    let delays = Delays::new(view, earned_until);
    for &(node, task, _) in open.iter().filter(|(.., state)| *state == State::Open) {
        let (task, calendar) = (&project.tasks[task], plan.calendar[node]);
        let floor = delays.floor(task, readings.calendar(calendar_of(task)));
        plan.floor[node] = plan.floor[node].max(readings.at(calendar, floor));
    }
    let mut early = Times::default();
    plan.early(&readings, &plan.duration, &mut early);
    // A milestone at the end of a day is reached then, not on the next morning.
    let finish = |node: usize| readings.finish(plan.calendar[node], early.finish(node)).max(now);
    open.iter().map(|&(node, ..)| finish(node)).max().ok_or(Reason::NothingRemains)
}

/// What holds back a task that has not begun, beside its links.
struct Delays {
    /// The moment before which nothing new begins.
    next_start: Moment,
    /// Working time by which the plan's dates have moved.
    late: Work,
}

impl Delays {
    fn new(view: &View<'_>, earned_until: Result<Moment, Reason>) -> Self {
        let now = view.axis.status.0;
        let usual = WorkCalendar::default();
        let calendar = view.calendar().unwrap_or(&usual);
        let late = earned_until.map_or(Work::ZERO, |earned| calendar.work_between(earned, now));
        let begun = view.progress.now.iter().any(|stand| stand.started);
        let interval = reporting_interval(view.project, now, view.axis.kind, calendar);
        let wait = if begun { Work(interval.0 / 2) } else { Work::ZERO };
        Self { next_start: calendar.add_work(now, wait), late: late.max(Work::ZERO) }
    }

    /// The earliest start: a current plan as it is, the baseline moved by the delay.
    fn floor(&self, task: &Task, calendar: &WorkCalendar) -> Moment {
        let moved = || Some(calendar.add_work(task.baseline_start?, self.late));
        task.start.or_else(moved).map_or(self.next_start, |planned| planned.max(self.next_start))
    }
}

/// Working time between two reports so far: the mean between the status dates of the statements; a reporting
/// period where there are fewer than two.
fn reporting_interval(project: &Project, now: Moment, kind: PeriodKind, calendar: &WorkCalendar) -> Work {
    let days = |days: f64| Work::from_hours(days * calendar.hours_per_day());
    let reports: BTreeSet<Moment> =
        project.statements.iter().map(|statement| statement.at).filter(|at| *at <= now).collect();
    match (reports.first(), reports.last()) {
        (Some(first), Some(last)) if reports.len() > 1 => {
            let between = i64::try_from(reports.len() - 1).unwrap_or(i64::MAX);
            Work(calendar.work_between(*first, *last).0 / between).min(days(LONGEST_INTERVAL))
        }
        _ => days(if kind == PeriodKind::Week { WEEK } else { MONTH }),
    }
}

#[cfg(test)]
mod tests;
