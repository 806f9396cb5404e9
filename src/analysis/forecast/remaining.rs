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
//! None of the three is a fitted figure.

use std::collections::BTreeSet;

use crate::analysis::progress::Progress;
use crate::analysis::series::View;
use crate::calendar::{Moment, PeriodKind, WorkCalendar};
use crate::model::{Link, Project, RelationType, Task, TaskKind, TaskStatus};
use crate::quantity::{Reason, Work};

/// Statements further apart than two months say nothing of when work begins: in working days.
const LONGEST_INTERVAL: f64 = 42.0;
/// Working days of a month and a week, for a project that has reported once.
const MONTH: f64 = 21.0;
/// See [`MONTH`].
const WEEK: f64 = 5.0;

/// The latest finish of the open tasks, given the moment up to which the plan is earned.
///
/// # Errors
/// [`Reason::NothingRemains`]; [`Reason::NoBaselineDates`] where no open task has dates or a duration.
pub fn finish(view: &View<'_>, earned_until: Result<Moment, Reason>) -> Result<Moment, Reason> {
    let rest = Rest::new(view, earned_until);
    let tasks = || (0..rest.project.tasks.len()).filter(|&i| rest.is_open(i));
    if tasks().next().is_none() {
        return Err(Reason::NothingRemains);
    }
    let spans = rest.schedule();
    tasks().filter_map(|i| spans[i]).map(|(_, finish)| finish).max().ok_or(Reason::NoBaselineDates)
}

/// Start and finish of a task.
type Dates = (Moment, Moment);

/// The open tasks and what holds them back.
struct Rest<'a> {
    view: &'a View<'a>,
    project: &'a Project,
    progress: &'a Progress<'a>,
    /// The status date.
    now: Moment,
    /// The moment before which nothing new begins.
    next_start: Moment,
    /// Working time by which the plan's dates have moved.
    delay: Work,
    usual: WorkCalendar,
}

impl<'a> Rest<'a> {
    fn new(view: &'a View<'a>, earned_until: Result<Moment, Reason>) -> Self {
        let now = view.axis.status.0;
        let usual = WorkCalendar::default();
        let calendar = view.calendar().unwrap_or(&usual);
        let late = earned_until.map_or(Work::ZERO, |earned| calendar.work_between(earned, now));
        let begun = view.progress.now.iter().any(|stand| stand.started);
        let interval = reporting_interval(view.project, now, view.axis.kind, calendar);
        let wait = if begun { Work(interval.0 / 2) } else { Work::ZERO };
        Self {
            project: view.project,
            progress: view.progress,
            now,
            next_start: calendar.add_work(now, wait),
            delay: late.max(Work::ZERO),
            usual: usual.clone(),
            view,
        }
    }

    fn is_open(&self, i: usize) -> bool {
        let task = &self.project.tasks[i];
        self.drives(i)
            && !self.progress.now[i].finished
            && task.status != Some(TaskStatus::Cancelled)
            && task.kind != TaskKind::LevelOfEffort
    }

    /// Whether a row is work of its own: a summary ends with the tasks below it.
    fn drives(&self, i: usize) -> bool {
        self.view.tree.is_leaf(i) && self.project.tasks[i].kind != TaskKind::Summary
    }

    fn calendar(&self, task: &Task) -> &WorkCalendar {
        let calendars = &self.project.calendars;
        calendars.get(task.calendar).or(calendars.first()).unwrap_or(&self.usual)
    }

    /// Dates of every task, predecessors first; `None` where a task has neither dates nor a duration.
    fn schedule(&self) -> Vec<Option<Dates>> {
        let count = self.project.tasks.len();
        let mut into: Vec<Vec<&Link>> = vec![Vec::new(); count];
        for link in &self.project.links {
            if link.predecessor < count && link.successor < count {
                into[link.successor].push(link);
            }
        }
        let mut dates: Vec<Option<Dates>> = vec![None; count];
        for i in in_order(&self.project.links, count) {
            dates[i] = if self.is_open(i) { self.place(i, &into[i], &dates) } else { self.past(i) };
        }
        dates
    }

    /// Where a task that is over stands; summaries, cancelled and level of effort tasks hold nothing back.
    fn past(&self, i: usize) -> Option<Dates> {
        let (began, ended) = self.progress.actual[i];
        let over = self.drives(i) && self.progress.now[i].finished;
        let finish = ended.unwrap_or(self.now).min(self.now);
        over.then(|| (began.unwrap_or(finish).min(finish), finish))
    }

    /// An open task behind its predecessors, its plan and the status date.
    fn place(&self, i: usize, links: &[&Link], dates: &[Option<Dates>]) -> Option<Dates> {
        let task = &self.project.tasks[i];
        let calendar = self.calendar(task);
        let started = self.progress.now[i].started;
        let left = self.duration(i, calendar)?;
        let floor = if started { None } else { self.floor(task) };
        let mut start =
            if started { self.now } else { floor.map_or(self.next_start, |f| f.max(self.next_start)) };
        for link in links {
            let Some((begins, ends)) = dates[link.predecessor] else { continue };
            let lagged = |from: Moment| calendar.add_work(from, link.lag);
            let earliest = match link.relation {
                RelationType::Fs => lagged(ends),
                RelationType::Ss if started => continue,
                RelationType::Ss => lagged(begins),
                RelationType::Ff => calendar.add_work(lagged(ends), -left),
                RelationType::Sf => calendar.add_work(lagged(begins), -left),
            };
            start = start.max(earliest);
        }
        let began = self.progress.actual[i].0.filter(|_| started).unwrap_or(start);
        Some((began, calendar.add_work(start, left)))
    }

    /// The earliest start that the plan allows: a current plan as it is, the baseline moved by the delay.
    fn floor(&self, task: &Task) -> Option<Moment> {
        let moved = || Some(self.calendar(task).add_work(task.baseline_start?, self.delay));
        task.start.or_else(moved)
    }

    /// Working time left: as stated, else the share of the planned duration that is not done.
    fn duration(&self, i: usize, calendar: &WorkCalendar) -> Option<Work> {
        let task = &self.project.tasks[i];
        let span = |from: Option<Moment>, to: Option<Moment>| Some(calendar.work_between(from?, to?));
        let whole = || {
            let planned = task.duration.or(task.baseline_duration);
            let planned = planned.or_else(|| span(task.start, task.finish));
            let planned = planned.or_else(|| span(task.baseline_start, task.baseline_finish));
            planned.or((task.kind == TaskKind::Milestone).then_some(Work::ZERO))
        };
        let left = self.progress.remaining_duration(i).or_else(|| {
            whole().map(|whole| Work::from_hours(whole.hours() * (1.0 - self.progress.now[i].share)))
        });
        left.map(|left| left.max(Work::ZERO))
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

/// Tasks with every predecessor before its successors; what a circle holds back comes last.
fn in_order(links: &[Link], count: usize) -> Vec<usize> {
    let valid = || links.iter().filter(|link| link.predecessor < count && link.successor < count);
    let mut waiting = vec![0_usize; count];
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); count];
    for link in valid() {
        waiting[link.successor] += 1;
        after[link.predecessor].push(link.successor);
    }
    let mut order: Vec<usize> = (0..count).filter(|&i| waiting[i] == 0).collect();
    let mut next = 0;
    while let Some(&done) = order.get(next) {
        next += 1;
        for &successor in &after[done] {
            waiting[successor] -= 1;
            if waiting[successor] == 0 {
                order.push(successor);
            }
        }
    }
    order.extend((0..count).filter(|&i| waiting[i] > 0));
    order
}

#[cfg(test)]
mod tests;
