//! What changed since the last report: key figures, health, what was finished, milestones, risks, and whether what was
//! forecast to finish by now did ([`Execution`]). Then is what the last report said; now is what this one says.

mod execution;
mod figure;
mod risk;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;

use crate::analysis::issue::IssueFindings;
use crate::analysis::network::activities::State;
use crate::analysis::quality::QualityFindings;
use crate::analysis::risk::RiskFindings;
use crate::analysis::rollup::Tree;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::ProjectValue;
use crate::analysis::{HealthFinding, Milestone};
use crate::calendar::{Moment, StatusDate};
use crate::model::{Previous, Project};
use crate::quantity::Health;

pub use execution::{Execution, Missed, execution};
pub use figure::{Amount, Figure, Kind};
pub use risk::{Moved, Movement, Weight};

/// What changed since the last report.
#[derive(Clone, Debug, PartialEq)]
pub struct Since {
    /// The last report, as the user named it.
    pub file: Arc<str>,
    /// The moment it spoke of.
    pub status: StatusDate,
    /// The currency of its amounts where it is another one: then no amounts are compared.
    pub other_currency: Option<String>,
    /// The key figures that one of both reports has.
    pub figures: Vec<Figure>,
    /// Each dimension of today's health, the overall one first.
    pub health: Vec<Rated>,
    /// What was finished since: indices into tasks, by finish.
    pub finished: Vec<usize>,
    /// The milestones that the last report knew with a date, in the order of the milestones.
    pub milestones: Vec<MilestoneMove>,
    /// How the risks moved; `None` where one of both has no register.
    pub risks: Option<Vec<Movement>>,
}

/// A dimension of health then and now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rated {
    /// As in [`HealthFinding`].
    pub dimension: &'static str,
    /// What it was; `None` where it was not assessed.
    pub then: Option<Health>,
    /// What it is.
    pub now: Option<Health>,
}

impl Rated {
    /// Whether it got worse or better; `None` where it stayed, or one of both is not known.
    #[must_use]
    pub fn turn(&self) -> Option<Turn> {
        match self.now?.cmp(&self.then?) {
            std::cmp::Ordering::Greater => Some(Turn::Worse),
            std::cmp::Ordering::Less => Some(Turn::Better),
            std::cmp::Ordering::Equal => None,
        }
    }
}

/// Which way something went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// To the better.
    Better,
    /// To the worse.
    Worse,
}

/// A milestone then and now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MilestoneMove {
    /// Index into tasks.
    pub task: usize,
    /// When it was forecast then.
    pub then: Moment,
    /// When it is forecast, or was reached.
    pub now: Moment,
    /// Whether it was reached then.
    pub reached_then: bool,
    /// Whether it is reached.
    pub reached: bool,
    /// Working days later than forecast then; earlier where negative.
    pub days: f64,
}

impl MilestoneMove {
    /// Whether there is news of it: it was reached since, or is forecast for another day.
    #[must_use]
    pub fn is_news(&self) -> bool {
        !self.reached_then && (self.reached || self.slipped() || self.days <= -NOTHING)
    }

    /// Whether it is later than it was forecast.
    #[must_use]
    pub fn slipped(&self) -> bool {
        !self.reached_then && self.days >= NOTHING
    }
}

/// Fewer working days are no movement.
const NOTHING: f64 = 0.05;

/// What is compared.
pub struct Given<'a> {
    /// The project, with its last report.
    pub project: &'a Project,
    /// Its figures.
    pub value: &'a ProjectValue,
    /// Its milestones.
    pub milestones: &'a [Milestone],
    /// Its health.
    pub health: &'a [HealthFinding],
    /// Its risks.
    pub risk: &'a RiskFindings,
    /// Its issues.
    pub issues: &'a IssueFindings,
    /// Its quality.
    pub quality: &'a QualityFindings,
    /// Its status date.
    pub axis: &'a TimeAxis,
}

/// Compares a project with its last report; `None` without one.
#[must_use]
pub fn since(given: &Given<'_>) -> Option<Since> {
    let Given { project, value, .. } = *given;
    let previous = last(project, given.axis.status)?;
    let other_currency = previous.currency.clone().filter(|then| project.currency.as_ref() != Some(then));
    let same_currency = other_currency.is_none();
    Some(Since {
        file: previous.file.clone(),
        status: previous.status,
        figures: figure::figures(given, previous, same_currency),
        health: rated(previous, given.health),
        finished: finished(project, value, previous),
        milestones: milestones(project, given.milestones, previous),
        risks: previous
            .risks
            .as_deref()
            .filter(|_| !project.risks.is_empty())
            .map(|then| risk::movements(project, given.risk, then, (given.axis.status.day(), same_currency))),
        other_currency,
    })
}

/// The last report, if it is of an earlier status date.
fn last(project: &Project, now: StatusDate) -> Option<&Previous> {
    project.previous.as_deref().filter(|previous| previous.status < now)
}

/// Index of each task by its id.
fn places(project: &Project) -> HashMap<&str, usize> {
    project.tasks.iter().enumerate().map(|(index, task)| (task.id.as_str(), index)).collect()
}

/// How each task takes part.
fn states(project: &Project, value: &ProjectValue) -> Vec<State> {
    State::of_each(&project.tasks, &value.tasks, &Tree::new(&project.tasks))
}

fn rated(previous: &Previous, health: &[HealthFinding]) -> Vec<Rated> {
    let then = |dimension: &str| previous.health.iter().find(|(name, _)| name == dimension)?.1;
    let now = health.iter();
    now.map(|found| Rated { dimension: found.dimension, then: then(found.dimension), now: found.rating })
        .collect()
}

/// Finished now and not then; what was not in the plan then counts where it was finished after it.
fn finished(project: &Project, value: &ProjectValue, previous: &Previous) -> Vec<usize> {
    let then: HashMap<&str, bool> =
        previous.tasks.iter().map(|task| (task.id.as_str(), task.finished)).collect();
    let states = states(project, value);
    let mut finished: Vec<usize> = (0..project.tasks.len())
        .filter(|&index| states[index] == State::Finished)
        .filter(|&index| match then.get(project.tasks[index].id.as_str()) {
            Some(finished) => !finished,
            None => value.tasks[index].actual_finish.is_some_and(|finish| finish > previous.status.0),
        })
        .collect();
    finished.sort_by_key(|&index| (value.tasks[index].actual_finish, index));
    finished
}

fn milestones(project: &Project, milestones: &[Milestone], previous: &Previous) -> Vec<MilestoneMove> {
    let before: HashMap<&str, _> =
        previous.milestones.iter().map(|milestone| (milestone.id.as_str(), milestone)).collect();
    let moved = |milestone: &Milestone| {
        let task = &project.tasks[milestone.task];
        let before = before.get(task.id.as_str())?;
        let (then, now) = (before.forecast?, milestone.forecast?);
        let calendar = project.calendar_of(task)?;
        Some(MilestoneMove {
            task: milestone.task,
            then,
            now,
            reached_then: before.reached,
            reached: milestone.reached,
            days: calendar.days_between(then, now),
        })
    };
    milestones.iter().filter_map(moved).collect()
}
