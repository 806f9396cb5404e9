//! How far each task is at any moment: from dated statements where there are any, else from the task
//! table, whose progress speaks of the status date.
//!
//! Without statements the past is derived: such a task is taken to have progressed evenly over working
//! time from its actual start to its actual finish or the status date, and the series is marked as derived.

use std::ops::Range;

use crate::analysis::actual_cost::ActualCost;
use crate::analysis::rollup::Tree;
use crate::calendar::{Moment, start_of_day};
use crate::model::{Project, Statement, Task, TaskStatus};
use crate::quantity::Work;

/// Where a task stands at a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stand {
    /// Share done, 0..=1, as stated; by status where nothing is.
    pub share: f64,
    /// Share physically done; the same where the data does not tell them apart.
    pub physical: f64,
    /// Whether it has begun.
    pub started: bool,
    /// Whether it is finished.
    pub finished: bool,
}

/// What is known of the tasks below a summary: working time in hours, what of it is done, the first start.
#[derive(Clone)]
struct Below {
    whole: f64,
    done: f64,
    started: bool,
    open: bool,
    first: Option<Moment>,
}

/// The progress of all tasks of a project.
#[derive(Debug)]
pub struct Progress<'a> {
    project: &'a Project,
    status: Moment,
    /// Each task's statements.
    statements: Vec<Range<usize>>,
    /// Each task at the status date.
    pub now: Vec<Stand>,
    /// When each task began and ended, as far as known at the status date.
    pub actual: Vec<(Option<Moment>, Option<Moment>)>,
    /// The span over which progress without statements is taken to have grown.
    spans: Vec<Option<(Moment, Moment)>>,
}

impl<'a> Progress<'a> {
    /// Reads statements and task table as of a status date.
    #[must_use]
    pub fn new(project: &'a Project, tree: &Tree, cost: &ActualCost, status: Moment) -> Self {
        let count = project.tasks.len();
        let mut statements = vec![0..0; count];
        let list = &project.statements;
        let mut from = 0;
        while from < list.len() {
            let task = list[from].task;
            let to = from + list[from..].iter().take_while(|s| s.task == task).count();
            if task < count {
                statements[task] = from..to;
            }
            from = to;
        }
        let mut progress = Self {
            project,
            status,
            statements,
            now: Vec::with_capacity(count),
            actual: Vec::with_capacity(count),
            spans: Vec::with_capacity(count),
        };
        for task in 0..count {
            let stand = if progress.has_statements(task) {
                progress.stated(task, status)
            } else {
                progress.by_table(task, cost)
            };
            let dates = progress.dates(task, stand, cost);
            progress.now.push(stand);
            progress.actual.push(dates);
            progress.spans.push(progress.span(task, stand, dates, cost));
        }
        progress.raise_summaries(tree);
        progress
    }

    /// A summary that says nothing of its own progress stands where the tasks below it stand, weighed by
    /// their baseline working time.
    fn raise_summaries(&mut self, tree: &Tree) {
        let project = self.project;
        let size = |task: &Task| {
            let calendar = project.calendars.get(task.calendar);
            let span = || Some(calendar?.work_between(task.baseline_start?, task.baseline_finish?));
            task.baseline_duration.or_else(span).map_or(1, |work| work.0.max(1))
        };
        let leaf = |i: usize| tree.is_leaf(i);
        let sizes = |i: usize| if leaf(i) { Work(size(&project.tasks[i])) } else { Work::ZERO };
        let mut below: Vec<Below> = (0..project.tasks.len())
            .map(|i| Below {
                whole: sizes(i).hours(),
                done: sizes(i).hours() * self.now[i].share,
                started: leaf(i) && self.now[i].started,
                open: leaf(i) && !self.now[i].finished,
                first: self.spans[i].map(|(from, _)| from).filter(|_| leaf(i)),
            })
            .collect();
        tree.sum_up(&mut below, |sum, part| {
            sum.whole += part.whole;
            sum.done += part.done;
            sum.started |= part.started;
            sum.open |= part.open;
            sum.first = sum.first.into_iter().chain(part.first).min();
        });
        for (i, below) in below.into_iter().enumerate() {
            let row = &project.tasks[i];
            let said = row.percent_complete.is_some()
                || row.physical_percent.is_some()
                || row.status.is_some()
                || row.actual_finish.is_some();
            if leaf(i) || said || self.has_statements(i) || below.whole <= 0.0 {
                continue;
            }
            let share = if below.open { below.done / below.whole } else { 1.0 };
            self.now[i] = Stand { share, physical: share, started: below.started, finished: !below.open };
            self.spans[i] = below.first.map(|from| (from, self.status));
        }
    }

    /// Whether a task has dated statements.
    #[must_use]
    pub fn has_statements(&self, task: usize) -> bool {
        !self.statements[task].is_empty()
    }

    /// Where a task stood at a moment up to the status date.
    #[must_use]
    pub fn at(&self, task: usize, moment: Moment) -> Stand {
        if moment >= self.status {
            return self.now[task];
        }
        if self.has_statements(task) {
            return self.stated(task, moment);
        }
        let now = self.now[task];
        let Some((from, to)) = self.spans[task] else { return Stand::default() };
        let passed = self.passed(task, from, to, moment);
        Stand {
            share: now.share * passed,
            physical: now.physical * passed,
            started: now.started && moment > from,
            finished: now.finished && passed >= 1.0,
        }
    }

    /// The latest statement at or before a moment that says something of `what`.
    pub fn latest<T>(
        &self,
        task: usize,
        moment: Moment,
        what: impl Fn(&Statement) -> Option<T>,
    ) -> Option<T> {
        let list = &self.project.statements[self.statements[task].clone()];
        let until = list.partition_point(|statement| statement.at <= moment);
        list[..until].iter().rev().find_map(what)
    }

    /// Working time left of a task as last stated, at the status date; what was left before a later percent complete
    /// is not what is left now.
    #[must_use]
    pub fn remaining_duration(&self, task: usize) -> Option<Work> {
        let stated = |s: &Statement| {
            (s.percent_complete.is_some() || s.remaining_duration.is_some()).then_some(s.remaining_duration)
        };
        self.latest(task, self.status, stated)
            .flatten()
            .or_else(|| self.project.tasks[task].remaining_duration.filter(|_| !self.has_statements(task)))
    }

    /// Effort left of a task as last stated, at the status date.
    #[must_use]
    pub fn remaining_work(&self, task: usize) -> Option<Work> {
        // Where all statements are of later days, so is what the table says.
        let list = &self.project.statements[self.statements[task].clone()];
        let later = list.first().is_some_and(|statement| statement.at > self.status);
        self.latest(task, self.status, |s| s.remaining_work)
            .or_else(|| self.project.tasks[task].remaining_work.filter(|_| !later))
    }

    /// By statements alone, the table's actual dates included.
    fn stated(&self, task: usize, moment: Moment) -> Stand {
        let row = &self.project.tasks[task];
        let by = |date: Option<Moment>| date.is_some_and(|date| date <= moment);
        let percent = self.latest(task, moment, |s| s.percent_complete);
        let finish = self.latest(task, moment, |s| s.actual_finish).or(row.actual_finish);
        let start = self.latest(task, moment, |s| s.actual_start);
        // What began later had done nothing yet, whatever was said of it.
        if start.or(row.actual_start).is_some_and(|start| !begun(start, moment)) {
            return Stand::default();
        }
        let started = |start: Option<Moment>| start.is_some_and(|start| begun(start, moment));
        let begun = started(start) || started(row.actual_start);
        let finished = by(finish) || percent.is_some_and(|p| p >= 1.0);
        let share = if finished { 1.0 } else { percent.unwrap_or(0.0) };
        Stand { share, physical: share, started: begun || share > 0.0, finished }
    }

    /// By the task table, at the status date.
    fn by_table(&self, task: usize, cost: &ActualCost) -> Stand {
        let row = &self.project.tasks[task];
        if row.actual_start.is_some_and(|start| !begun(start, self.status)) {
            return Stand::default();
        }
        let later = row.actual_finish.is_some_and(|finish| finish > self.status);
        let finished = row.status == Some(TaskStatus::Done) || row.actual_finish.is_some();
        let begun = row.actual_start.is_some()
            || row.status == Some(TaskStatus::InProgress)
            || (row.status.is_none() && cost.days[task].is_some());
        let cancelled = row.status == Some(TaskStatus::Cancelled);
        let share = match row.percent_complete.or(row.physical_percent) {
            _ if finished && !cancelled => 1.0,
            Some(percent) => percent,
            None if begun && !cancelled => by_effort(row, cost.hours[task], self.remaining_work(task)),
            None => 0.0,
        };
        let physical = if share >= 1.0 { 1.0 } else { row.physical_percent.unwrap_or(share) };
        let stand = Stand {
            share,
            physical,
            started: begun || share > 0.0 || physical > 0.0,
            finished: share >= 1.0 && !cancelled,
        };
        match (later, row.actual_start, row.actual_finish) {
            // The table speaks of a later day: what was done by the status date follows from the dates.
            (true, Some(start), Some(finish)) => {
                let passed = self.passed(task, start, finish, self.status);
                Stand {
                    share: stand.share * passed,
                    physical: stand.physical * passed,
                    finished: false,
                    started: true,
                }
            }
            (true, ..) => Stand { finished: false, share: 0.0, physical: 0.0, ..stand },
            _ => stand,
        }
    }

    /// Actual start and finish known at the status date; the first booking begins a task that says nothing.
    fn dates(&self, task: usize, stand: Stand, cost: &ActualCost) -> (Option<Moment>, Option<Moment>) {
        let row = &self.project.tasks[task];
        let known = |date: Option<Moment>| date.filter(|&date| date <= self.status);
        let started = |date: Option<Moment>| date.filter(|&date| begun(date, self.status));
        let start = started(self.latest(task, self.status, |s| s.actual_start))
            .or(started(row.actual_start))
            .or_else(|| cost.span(task).filter(|_| stand.started).map(|(first, _)| first));
        if !stand.finished {
            return (start, None);
        }
        let complete = |s: &&Statement| s.at <= self.status && s.percent_complete.is_some_and(|p| p >= 1.0);
        let finish =
            known(self.latest(task, self.status, |s| s.actual_finish)).or(known(row.actual_finish)).or_else(
                || self.project.statements[self.statements[task].clone()].iter().find(complete).map(|s| s.at),
            );
        let finish = finish.or_else(|| cost.span(task).map(|(_, last)| last.min(self.status)));
        (start, finish)
    }

    /// From when to when a task without statements progressed.
    fn span(
        &self,
        task: usize,
        stand: Stand,
        (start, finish): (Option<Moment>, Option<Moment>),
        cost: &ActualCost,
    ) -> Option<(Moment, Moment)> {
        if !stand.started {
            return None;
        }
        let row = &self.project.tasks[task];
        let before = |date: &Moment| *date < self.status;
        let planned = |date: Option<Moment>| date.filter(before).filter(|_| stand.finished);
        let last = cost.span(task).map(|(_, last)| last).filter(|_| stand.finished);
        let to = finish.or(last).or(planned(row.baseline_finish)).unwrap_or(self.status).min(self.status);
        let from = start.or(row.baseline_start.filter(before)).unwrap_or(to).min(to);
        Some((from, to))
    }

    /// The share of a span's working time that has passed at a moment; by the clock where there is none.
    fn passed(&self, task: usize, from: Moment, to: Moment, moment: Moment) -> f64 {
        if moment >= to {
            return 1.0;
        }
        if moment <= from {
            return 0.0;
        }
        let calendar = self.project.calendars.get(self.project.tasks[task].calendar);
        let work = |a: Moment, b: Moment| calendar.map_or(Work::ZERO, |c| c.work_between(a, b));
        let (whole, part) = (work(from, to), work(from, moment));
        if whole.is_zero() {
            let clock = |a: Moment, b: Moment| Work(b.signed_duration_since(a).num_seconds());
            return clock(from, moment).hours() / clock(from, to).hours();
        }
        part.hours() / whole.hours()
    }
}

/// Whether what started then has begun at a moment. The end of a day is the moment at which the next begins: a start
/// there is none of the day that ends.
fn begun(start: Moment, moment: Moment) -> bool {
    start < moment || (start == moment && moment != start_of_day(moment.date()))
}

/// A task in progress without a percentage: spent / (spent + left), else one half.
fn by_effort(task: &Task, booked: Work, left: Option<Work>) -> f64 {
    let spent = if booked.is_zero() { task.actual_work.unwrap_or_default() } else { booked };
    if let Some(left) = left
        && spent.0 > 0
    {
        return spent.hours() / (spent + left.max(Work::ZERO)).hours();
    }
    match (task.actual_cost, task.remaining_cost) {
        (Some(spent), Some(left)) if spent.0 > 0 && left.0 >= 0 => spent.units() / (spent + left).units(),
        _ => 0.5,
    }
}
