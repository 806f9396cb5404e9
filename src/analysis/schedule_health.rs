//! How sound the schedule is: the 14 checks of the DCMA, hit tasks, and what else a scheduler looks for.
//!
//! Every check is a `const` of the catalogue [`CHECKS`] with its threshold; what it finds is a share, a count
//! or an index with the tasks or links that offend, or the reason why it cannot be assessed. Unless a check
//! says otherwise its base are the tasks that are not finished and are neither summaries nor level of effort,
//! and the links that lead into them.

mod dates;
mod execution;
mod logic;
mod order;
mod paths;
#[cfg(test)]
mod tests;

use crate::analysis::TaskValue;
use crate::analysis::measures::ScheduleMeasures;
use crate::analysis::network::Network;
use crate::analysis::network::activities::State;
use crate::analysis::rollup::Tree;
use crate::analysis::since::Execution;
use crate::calendar::Moment;
use crate::language::{Part, Phrase};
use crate::model::{Link, Project, Task};
use crate::quantity::{Reason, Work};

/// A check of the catalogue.
#[derive(Debug)]
pub struct Check {
    /// Stable id: `high_float`.
    pub id: &'static str,
    /// Its number among the DCMA 14.
    pub number: Option<u8>,
    /// For the reader.
    pub name: &'static str,
    /// What is counted, in a sentence.
    pub about: &'static str,
    /// What its result is.
    pub unit: Unit,
    /// When it is passed.
    pub threshold: Threshold,
    /// Its result for a schedule, or why there is none.
    pub assess: fn(&Schedule<'_>) -> Result<Outcome, Phrase>,
}

/// What the result of a check is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share of the base, 0..=1.
    Share,
    /// How many.
    Count,
    /// An index around 1.
    Index,
    /// Working days.
    Days,
}

/// When a check is passed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Threshold {
    /// No more than this.
    AtMost(f64),
    /// No less than this.
    AtLeast(f64),
    /// Told for information.
    Informational,
}

/// What a check found.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The result in the check's unit.
    pub value: f64,
    /// How many the base holds, where the result is a share or a count of it.
    pub of: Option<usize>,
    /// Tasks or links that offend, in the order of the plan.
    pub offenders: Vec<Offender>,
    /// What the reader should know besides, in a sentence; may be empty.
    pub note: Phrase,
}

/// A task or a link that a check found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offender {
    /// Where it is.
    pub place: Place,
    /// What is wrong with it: `no successor`, `6 working days late`.
    pub detail: Phrase,
}

/// A task or a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Index in `Project::tasks`.
    Task(usize),
    /// Index in `Project::links`.
    Link(usize),
}

/// A check with what it found.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The check.
    pub check: &'static Check,
    /// Its outcome; `Err` completes "not assessable, because ...".
    pub outcome: Result<Outcome, Phrase>,
}

impl Assessment {
    /// Whether the check is passed; `None` where it is informational or cannot be assessed.
    #[must_use]
    pub fn passed(&self) -> Option<bool> {
        let value = self.outcome.as_ref().ok()?.value;
        match self.check.threshold {
            Threshold::AtMost(most) => Some(value <= most + 1e-9),
            Threshold::AtLeast(least) => Some(value >= least - 1e-9),
            Threshold::Informational => None,
        }
    }
}

/// Every check: the DCMA 14 in their order, then the others.
pub const CHECKS: &[&Check] = &[
    &logic::MISSING_LOGIC,
    &logic::LEADS,
    &logic::LAGS,
    &logic::RELATION_TYPES,
    &dates::HARD_CONSTRAINTS,
    &paths::HIGH_FLOAT,
    &paths::NEGATIVE_FLOAT,
    &dates::HIGH_DURATION,
    &dates::INVALID_DATES,
    &execution::RESOURCES,
    &execution::MISSED,
    &paths::CRITICAL_PATH_TEST,
    &paths::CPLI,
    &execution::BEI,
    &execution::HIT_TASKS,
    &execution::CEI,
    &logic::OPEN_STARTS,
    &logic::OPEN_FINISHES,
    &logic::DANGLING_STARTS,
    &logic::DANGLING_FINISHES,
    &logic::SUMMARY_LINKS,
    &order::OUT_OF_SEQUENCE,
    &order::REDUNDANT_LINKS,
    &paths::IMPOSSIBLE_CONSTRAINTS,
    &paths::MISSED_DEADLINES,
];

/// What the checks look at.
pub struct Schedule<'a> {
    project: &'a Project,
    values: &'a [TaskValue],
    tree: Tree,
    network: &'a Result<Network, Phrase>,
    forecast: &'a Result<Execution, Reason>,
    status: Moment,
    /// The last moment of the baseline.
    planned_finish: Option<Moment>,
    /// Tasks of the base.
    base: Vec<usize>,
    state: Vec<State>,
}

/// Assesses a schedule by every check, and says what its metrics are computed from.
#[must_use]
pub fn assess(
    project: &Project,
    values: &[TaskValue],
    network: &Result<Network, Phrase>,
    forecast: &Result<Execution, Reason>,
    status: Moment,
    planned_finish: Option<Moment>,
) -> (Vec<Assessment>, ScheduleMeasures) {
    let schedule = Schedule::new(project, values, network, forecast, status, planned_finish);
    let checks =
        CHECKS.iter().map(|check| Assessment { check, outcome: (check.assess)(&schedule) }).collect();
    (checks, measures(&schedule))
}

/// The figures of the critical path and of what was due.
fn measures(schedule: &Schedule<'_>) -> ScheduleMeasures {
    let (length, float) = paths::critical_path(schedule).ok().unzip();
    let known = |figure: Option<f64>| figure.ok_or(Reason::NoData);
    let due = execution::Due::of(schedule).ok();
    ScheduleMeasures {
        path_length: known(length),
        finish_float: known(float),
        due: known(due.as_ref().map(execution::Due::count)),
        finished: known(due.as_ref().map(|due| due.finished)),
        hit: known(due.as_ref().map(|due| due.hit)),
    }
}

impl<'a> Schedule<'a> {
    fn new(
        project: &'a Project,
        values: &'a [TaskValue],
        network: &'a Result<Network, Phrase>,
        forecast: &'a Result<Execution, Reason>,
        status: Moment,
        planned_finish: Option<Moment>,
    ) -> Self {
        let tree = Tree::new(&project.tasks);
        let state = State::of_each(&project.tasks, values, &tree);
        let counts = |index: &usize| matches!(state[*index], State::Open | State::Begun);
        let base = (0..project.tasks.len()).filter(counts).collect();
        Self { project, values, tree, network, forecast, status, planned_finish, base, state }
    }

    fn task(&self, index: usize) -> &'a Task {
        &self.project.tasks[index]
    }

    /// What a reader knows a task by: its WBS code, else its id.
    fn code(&self, index: usize) -> &'a str {
        let task = self.task(index);
        task.wbs.as_deref().filter(|wbs| !wbs.is_empty()).unwrap_or(&task.id)
    }

    /// Tasks with work or a moment of their own, finished or not.
    fn discrete(&self) -> impl Iterator<Item = usize> {
        let counts =
            |index: &usize| matches!(self.state[*index], State::Open | State::Begun | State::Finished);
        (0..self.project.tasks.len()).filter(counts)
    }

    /// Links into unfinished work, with their index.
    fn links(&self) -> impl Iterator<Item = (usize, &'a Link)> {
        let into =
            |link: &Link| matches!(self.state[link.successor], State::Open | State::Begun | State::Summary);
        self.project.links.iter().enumerate().filter(move |(_, link)| into(link))
    }

    /// The unfinished tasks, or that there are none.
    fn base(&self) -> Result<&[usize], Phrase> {
        if self.base.is_empty() { Err(phrase!("every task is finished")) } else { Ok(&self.base) }
    }

    fn network(&self) -> Result<&'a Network, Phrase> {
        self.network.as_ref().map_err(|reason| phrase!("there is no network: {reason}", reason))
    }

    /// The network where tasks are linked.
    fn linked(&self) -> Result<&'a Network, Phrase> {
        self.all_links()?;
        self.network()
    }

    /// All links, or that there are none.
    fn all_links(&self) -> Result<&'a [Link], Phrase> {
        let links = &self.project.links;
        if links.is_empty() { Err(phrase!("no task is linked to another")) } else { Ok(links) }
    }

    /// Working days of the project's own calendar.
    fn days(&self, work: Work) -> f64 {
        work.days(self.hours_per_day())
    }

    fn hours_per_day(&self) -> f64 {
        self.project.working_calendar().map_or(8.0, crate::calendar::WorkCalendar::hours_per_day)
    }

    /// Working days from one moment to another by the project's own calendar.
    fn days_between(&self, from: Moment, to: Moment) -> f64 {
        let usual = crate::calendar::WorkCalendar::default();
        let own = self.project.working_calendar().unwrap_or(&usual);
        self.days(own.work_between(from, to))
    }
}

impl Outcome {
    /// The share of a base that offends.
    fn share(offenders: Vec<Offender>, of: usize) -> Self {
        Self { value: share(offenders.len(), of), of: Some(of), offenders, note: phrase!("") }
    }

    /// How many offend.
    fn count(offenders: Vec<Offender>, of: usize) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "counts of tasks")]
        let value = offenders.len() as f64;
        Self { value, of: Some(of), offenders, note: phrase!("") }
    }

    fn noted(self, note: Phrase) -> Self {
        Self { note, ..self }
    }
}

/// `4.5 working days`.
fn working_days(days: f64) -> Phrase {
    phrase!("{n} {n|working day|working days}", n = Part::number(days, 1))
}

/// A share of a base that is not empty; of nothing it is nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of tasks")]
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { part as f64 / of as f64 }
}

fn on_task(index: usize, detail: impl Into<Phrase>) -> Offender {
    Offender { place: Place::Task(index), detail: detail.into() }
}

fn on_link(index: usize, detail: impl Into<Phrase>) -> Offender {
    Offender { place: Place::Link(index), detail: detail.into() }
}
