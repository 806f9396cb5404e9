//! What `check` wants to know of a project: how far its data can be trusted, which constraints its schedule
//! cannot keep, and which entries contradict the schedule or the bookings. The same as in [`super::Findings`],
//! without the past, forecasts and lists that only a report shows: of a large portfolio they take most of the time.

use super::crosscheck::{self, Contradiction};
use super::network::{self, Conflict};
use super::{Given, Settings, Trust, ledger, of_each, standing, trust};
use crate::calendar::StatusDate;
use crate::model::{Portfolio, Project};

/// How sound the data of a project is.
#[derive(Clone, Debug)]
pub struct Soundness {
    /// The end of what is looked at: given, else taken from the data.
    pub status_date: StatusDate,
    /// How far the data can be trusted.
    pub trust: Trust,
    /// Constraints that cannot be met, in the order of the tasks.
    pub conflicts: Vec<Conflict>,
    /// Entries that contradict the schedule or the bookings.
    pub contradictions: Vec<Contradiction>,
}

/// Judges the data of every project, in the order of `Portfolio::projects`.
#[must_use]
pub fn soundness(portfolio: &Portfolio, settings: &Settings) -> Vec<Soundness> {
    of_each(portfolio, settings, ledger::ledgers_to_date, of_project)
}

fn of_project(given: Given<'_>, settings: &Settings) -> Soundness {
    let Given { project, tables, ledger, budget, axis } = given;
    let standing = standing::standing(project, ledger, budget, axis, settings);
    let status = axis.status.0;
    let scheduled = is_constrained(project) || crosscheck::is_waited_for(project, status);
    let network = scheduled
        .then(|| network::network(project, &standing.tasks, status, &settings.network).ok())
        .flatten();
    let given =
        crosscheck::Given { project, values: &standing.tasks, network: network.as_ref(), ledger, status };
    Soundness {
        status_date: axis.status,
        contradictions: crosscheck::contradictions(&given),
        conflicts: network.map(|network| network.conflicts).unwrap_or_default(),
        trust: trust::trust(project, tables, ledger, (&standing).into(), axis),
    }
}

/// Whether a constraint could conflict with anything: without a date none does, and the network need not be built.
fn is_constrained(project: &Project) -> bool {
    project.tasks.iter().any(|task| task.constraint_date.is_some())
}
