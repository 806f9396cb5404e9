//! The schedule network: when every task can start at the earliest and must at the latest, what it waits
//! for, and which tasks set the finish.
//!
//! Tasks become activities ([`activities`]), links of summaries are made to hold for the tasks below
//! ([`summaries`]), and both are compiled into a [`plan::Plan`] that the passes run over ([`pass`], [`mixed`]).
//! What has begun keeps its actual start; what remains of it waits for its predecessors as the whole would
//! have (retained logic) and starts no earlier than the status date. Constraints that cannot be moved (must
//! start or finish on, no later than) are honoured against the links, as MS Project does unless told
//! otherwise; where they contradict each other the tasks are named ([`Conflict`]) and those before have
//! negative float.

pub mod activities;
pub mod chain;
pub mod drivers;
pub mod mixed;
pub mod pass;
pub mod plan;
pub mod readings;
pub mod summaries;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::analysis::TaskValue;
use crate::analysis::rollup::Tree;
use crate::calendar::{Moment, last_day};
use crate::language::Phrase;
use crate::model::{ConstraintKind, Project};

use activities::{Activities, Floor, Sources, State};
use drivers::{Driver, Drivers};
use mixed::Moments;
use plan::{Plan, Times};
use readings::Readings;
use summaries::Edges;

/// What the network is told: the `[network]` table of `earnest.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// A task with no more total float than this, in working days, is near-critical.
    pub near_critical_days: f64,
}

impl Default for Settings {
    /// Ten working days.
    fn default() -> Self {
        Self { near_critical_days: 10.0 }
    }
}

/// The network of one project. Days are working days of the project's own calendar from its start.
#[derive(Clone, Debug)]
pub struct Network {
    /// The project's start: that of the charter, else the first date of the plan.
    pub start: Moment,
    /// The last early finish.
    pub finish: Moment,
    /// From start to finish.
    pub duration: f64,
    /// Whether any task is linked to another: without, there is no path to speak of.
    pub linked: bool,
    /// By task, in the order of `Project::tasks`; `None` for a summary with nothing below it.
    pub tasks: Vec<Option<Scheduled>>,
    /// Constraints that cannot be met, in the order of the tasks.
    pub conflicts: Vec<Conflict>,
    /// What was assumed, in sentences.
    pub notes: Vec<Phrase>,
    /// The compiled network, for passes with other durations.
    pub plan: Plan,
    /// The activities it was compiled from.
    pub activities: Activities,
}

/// One task in the network. For a task under way the start is that of the work that remains.
#[derive(Clone, Debug, PartialEq)]
pub struct Scheduled {
    /// How it takes part.
    pub state: State,
    /// The earliest moments.
    pub early: (Moment, Moment),
    /// The latest moments that do not move the project's finish; the earliest ones of what is finished.
    pub late: (Moment, Moment),
    /// Early start, early finish, late start and late finish in days.
    pub days: [f64; 4],
    /// Days that it can slip before the finish (or a deadline, or a late constraint) does; `None` for what
    /// is finished, cancelled or level of effort.
    pub total_float: Option<f64>,
    /// Days that it can slip before a task after it moves.
    pub free_float: Option<f64>,
    /// No total float left.
    pub critical: bool,
    /// Little total float left, and not critical.
    pub near_critical: bool,
    /// On a chain of tasks each of which drives the next, down to the finish.
    pub on_longest_path: bool,
    /// What its start waits for; a summary's is that of the task below that starts first.
    pub driver: Driver,
}

/// A constraint that the links or the status date contradict.
#[derive(Clone, Debug, PartialEq)]
pub struct Conflict {
    /// Index of the task.
    pub task: usize,
    /// The constraint.
    pub kind: ConstraintKind,
    /// The date it demands.
    pub date: Moment,
    /// The start or finish that is possible without it.
    pub possible: Moment,
    /// Working days between the two.
    pub days: f64,
}

impl Conflict {
    /// The day it demands; a plain date of the column is the start of its day.
    #[must_use]
    pub fn day(&self) -> NaiveDate {
        self.date.date()
    }

    /// Whether it is about the start rather than the finish.
    #[must_use]
    pub fn of_start(&self) -> bool {
        matches!(self.kind, ConstraintKind::Mso | ConstraintKind::Snlt)
    }

    /// The first day that is possible without it. Where work goes on through the night, a midnight begins the day of a
    /// start and ends the day of a finish.
    #[must_use]
    pub fn earliest(&self) -> NaiveDate {
        if self.of_start() { self.possible.date() } else { last_day(self.possible) }
    }
}

/// The network of a project, or why it cannot be assessed.
///
/// # Errors
/// A reason in words that completes "not assessable, because ...".
pub fn network(
    project: &Project,
    values: &[TaskValue],
    status: Moment,
    settings: &Settings,
) -> Result<Network, Phrase> {
    let tree = Tree::new(&project.tasks);
    let start = start(project, values).unwrap_or(status);
    let readings = Readings::new(&project.calendars, start);
    let has_predecessor = has_predecessor(project, &tree);
    let sources = Sources {
        project,
        tree: &tree,
        values,
        readings: &readings,
        status,
        has_predecessor: &has_predecessor,
    };
    let mut activities = Activities::new(&sources)?;
    if activities.list.is_empty() {
        return Err(phrase!("there is no task below the summaries"));
    }
    let edges = Edges::new(project, &tree, &mut activities, &readings);
    let mut plan = Plan::new(&activities.list, &activities.limits, &edges.list);
    let pass = Pass::new(&mut plan, &mut activities, &readings);
    let mut notes = activities.notes.clone();
    let linked = !project.links.is_empty();
    if !linked && activities.list.len() > 1 {
        notes.push(phrase!(
            "No task is linked to another: each could start at once, so the dates say when it can be done by itself and the \
             critical path is the longest task."
        ));
    }
    if edges.from_effort > 0 {
        notes.push(phrase!(
            "Level of effort holds nobody up: {n} {n|link|links} from it left out of the network.",
            n = edges.from_effort
        ));
    }
    if !plan.left_out.is_empty() && plan.left_out.len() > edges.from_effort {
        notes.push(phrase!("Links that go round in a circle through a summary are left out of the network."));
    }
    let drivers = Drivers::new(&plan, &activities, &readings, &pass.early, &pass.moments);
    let mut tasks: Vec<Option<Scheduled>> = vec![None; project.tasks.len()];
    for node in 0..plan.len() {
        if let Some(task) = activities.task[plan.activity[node] as usize] {
            tasks[task] =
                Some(pass.scheduled(node, &plan, &readings, activities.state[task], settings, &drivers));
        }
    }
    let conflicts = pass.conflicts(project, &plan, &activities, &readings);
    roll_up(&tree, &mut tasks);
    let finish = pass.moments[..plan.counted].iter().map(|(_, finish)| *finish).max().unwrap_or(start);
    Ok(Network {
        start,
        finish,
        duration: readings.days(finish),
        linked,
        tasks,
        conflicts,
        notes,
        plan,
        activities,
    })
}

impl Network {
    /// Raises what is expected of the open tasks to what their links admit; what is planned for later stays.
    /// Without links the plan alone says what is expected.
    pub fn raise_expected(&self, project: &Project, values: &mut [TaskValue]) {
        if !self.linked {
            return;
        }
        let tree = Tree::new(&project.tasks);
        for (value, scheduled) in values.iter_mut().zip(&self.tasks) {
            let Some(found) = scheduled else { continue };
            match found.state {
                State::Open => {
                    value.expected_start = value.expected_start.max(Some(found.early.0));
                    value.expected_finish = value.expected_finish.max(Some(found.early.1));
                }
                State::Begun => value.expected_finish = value.expected_finish.max(Some(found.early.1)),
                State::Summary => (value.expected_start, value.expected_finish) = (None, None),
                State::Finished | State::Cancelled | State::Effort => {}
            }
        }
        tree.sum_up(values, |sum, part| {
            sum.expected_start = sum.expected_start.into_iter().chain(part.expected_start).min();
            sum.expected_finish = sum.expected_finish.max(part.expected_finish);
        });
    }
}

/// The project's start: the charter's, else the first date there is of any task.
fn start(project: &Project, values: &[TaskValue]) -> Option<Moment> {
    let planned = project.tasks.iter().flat_map(|t| [t.baseline_start, t.start, t.baseline_finish, t.finish]);
    let actual = values.iter().filter_map(|value| value.actual_start);
    project.charter.start.or_else(|| planned.flatten().chain(actual).min())
}

/// Whether a link leads into each task or into a summary above it.
fn has_predecessor(project: &Project, tree: &Tree) -> Vec<bool> {
    let mut direct = vec![false; project.tasks.len()];
    for link in &project.links {
        direct[link.successor] = true;
    }
    (0..project.tasks.len()).map(|task| tree.upwards(task).any(|above| direct[above])).collect()
}

/// Early and late times of a plan.
struct Pass {
    early: Times,
    moments: Moments,
    late: Times,
    free: Vec<i64>,
}

impl Pass {
    /// Runs the passes. What is to be as late as possible is placed by the late dates of a first pass; those
    /// after it follow in a second.
    fn new(plan: &mut Plan, activities: &mut Activities, readings: &Readings<'_>) -> Self {
        let mut pass = Self::once(plan, readings);
        if !activities.alap.is_empty() {
            for &activity in &activities.alap {
                let node = plan.node[activity as usize] as usize;
                let latest = pass.late.start(node);
                if latest > plan.floor[node] {
                    plan.floor[node] = latest;
                    activities.floor[activity as usize] = Floor::Constraint;
                }
            }
            pass = Self::once(plan, readings);
        }
        pass
    }

    fn once(plan: &Plan, readings: &Readings<'_>) -> Self {
        let (mut early, mut late) = (Times::default(), Times::default());
        plan.early(readings, &plan.duration, &mut early);
        let moments = plan.moments(readings, &plan.duration, &early);
        plan.late(readings, &plan.duration, &early, &moments, &mut late);
        let free = plan.free(readings, &plan.duration, &early, &moments);
        Self { early, moments, late, free }
    }

    /// What is said of the task of a node.
    fn scheduled(
        &self,
        node: usize,
        plan: &Plan,
        readings: &Readings<'_>,
        state: State,
        settings: &Settings,
        drivers: &Drivers<'_>,
    ) -> Scheduled {
        let (calendar, duration) = (plan.calendar[node], plan.duration[node]);
        let mut early = self.moments[node];
        let counts = matches!(state, State::Open | State::Begun);
        if state == State::Begun && duration > 0 {
            early.0 = readings.start(calendar, self.early.finish(node) - duration);
        } else if state == State::Begun {
            early.0 = early.1;
        }
        let late = if counts {
            plan.late_moments(readings, node, duration, self.late.finish(node), &self.early, &self.moments)
        } else {
            early
        };
        let float = |seconds: i64, moment: Moment| {
            // In a calendar of its own the float is measured on the project's, like all dates.
            if calendar == 0 {
                readings.in_days(seconds)
            } else {
                readings.days(moment) - readings.days(early.1)
            }
        };
        let total = self.late.finish(node) - self.early.finish(node);
        let total_float = counts.then(|| float(total, late.1));
        let free_float = counts.then(|| {
            let free = self.free[node];
            float(free, readings.finish(calendar, self.early.finish(node) + free))
        });
        let critical = counts && total <= 0;
        Scheduled {
            state,
            early,
            late,
            days: [early.0, early.1, late.0, late.1].map(|moment| readings.days(moment)),
            total_float,
            free_float,
            critical,
            near_critical: !critical && total_float.is_some_and(|days| days <= settings.near_critical_days),
            on_longest_path: counts && drivers.on_longest_path(node),
            driver: drivers.of(node),
        }
    }

    /// Constraints on the latest dates that the links or the status date do not admit.
    fn conflicts(
        &self,
        project: &Project,
        plan: &Plan,
        activities: &Activities,
        readings: &Readings<'_>,
    ) -> Vec<Conflict> {
        let mut found: Vec<Conflict> = plan
            .limits
            .iter()
            .filter_map(|limit| {
                let node = limit.node as usize;
                let task = activities.task[plan.activity[node] as usize]?;
                let (calendar, duration) = (plan.calendar[node], plan.duration[node]);
                let ties = plan
                    .into(node)
                    .map(|place| plan.bound(readings, place, &self.moments, calendar, duration));
                let logic = limit.by_logic(ties.fold(plan.floor[node], i64::max), duration);
                let late = logic - limit.latest(duration);
                if late <= 0 {
                    return None;
                }
                let kind = project.tasks[task].constraint;
                let possible = if matches!(kind, ConstraintKind::Mso | ConstraintKind::Snlt) {
                    readings.start(calendar, logic)
                } else {
                    readings.finish(calendar, logic + duration)
                };
                let date = project.tasks[task].constraint_date?;
                Some(Conflict { task, kind, date, possible, days: readings.in_days(late) })
            })
            .collect();
        found.sort_by_key(|conflict| conflict.task);
        found
    }
}

/// A summary's dates are the first and the last of the tasks below, its float the least of theirs.
fn roll_up(tree: &Tree, tasks: &mut [Option<Scheduled>]) {
    let least = |one: Option<f64>, other: Option<f64>| match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    };
    tree.sum_up(tasks, |sum, part| {
        let Some(part) = part else { return };
        // A cancelled task has no dates that anybody will see.
        if part.state == State::Cancelled {
            return;
        }
        let Some(sum) = sum else {
            *sum = Some(Scheduled { state: State::Summary, ..part.clone() });
            return;
        };
        if part.early.0 < sum.early.0 {
            sum.driver = part.driver;
        }
        sum.early = (sum.early.0.min(part.early.0), sum.early.1.max(part.early.1));
        sum.late = (sum.late.0.min(part.late.0), sum.late.1.max(part.late.1));
        for (i, (days, part)) in sum.days.iter_mut().zip(part.days).enumerate() {
            *days = if i % 2 == 0 { days.min(part) } else { days.max(part) };
        }
        sum.total_float = least(sum.total_float, part.total_float);
        sum.free_float = least(sum.free_float, part.free_float);
        sum.critical |= part.critical;
        sum.near_critical = !sum.critical && (sum.near_critical || part.near_critical);
        sum.on_longest_path |= part.on_longest_path;
    });
}
