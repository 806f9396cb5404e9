//! Feasibility: whether the plan can be carried out with the people, the time and the money that are there.
//!
//! Each line is a figure against a threshold, or says why it cannot be assessed. They are asked before a project
//! begins and hold for what is planned, not for what has happened since.

mod checks;
mod people;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use crate::analysis::business_case::BusinessCase;
use crate::analysis::network::Network;
use crate::analysis::simulation::Simulation;
use crate::analysis::value::ProjectValue;
use crate::analysis::{Effort, Reserves};
use crate::model::Project;

/// A line: a question with its answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// Stable id: `time_p80`.
    pub id: &'static str,
    /// What is compared with what, as it stands within a sentence.
    pub name: &'static str,
    /// The answer; `Err` completes "not assessable, because ...".
    pub outcome: Result<Outcome, String>,
}

/// A figure against its threshold.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What there is to be said.
    pub figure: Figure,
    /// What it must keep.
    pub threshold: Figure,
    /// Whether it does.
    pub holds: bool,
    /// What the reader should know besides; may be empty.
    pub note: String,
}

/// A figure in its unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// An amount in currency units.
    Amount(f64),
    /// Hours.
    Hours(f64),
    /// A share, 1 is all.
    Share(f64),
    /// A day.
    Day(NaiveDate),
}

/// What is looked at.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its value.
    pub value: &'a ProjectValue,
    /// Planned hours by person.
    pub effort: &'a Effort,
    /// Reserves and funding.
    pub reserves: &'a Reserves,
    /// The network, or why there is none.
    pub network: &'a Result<Network, String>,
    /// The simulation, or why there is none.
    pub simulation: &'a Result<Simulation, String>,
    /// The business case.
    pub case: Option<&'a BusinessCase>,
}

/// Every check, in the order they are asked: people, time, money, the case.
#[must_use]
pub fn assess(given: &Given<'_>) -> Vec<Line> {
    type Check = (&'static str, &'static str, fn(&Given<'_>) -> Result<Outcome, String>);
    const CHECKS: [Check; 10] = [
        ("capacity", word!("planned hours against the hours of the people named"), people::all),
        ("busiest", word!("the busiest person's planned hours against their own"), people::busiest),
        ("time_network", word!("finish by the schedule network against the charter's"), checks::network),
        ("time_p80", word!("finish with 80% confidence against the charter's"), checks::finish_p80),
        ("time_class", word!("time to spare against the late sixth of IT projects"), checks::time_class),
        ("cost_p80", word!("cost with 80% confidence against budget and reserves"), checks::cost_p80),
        ("cost_class", word!("reserves against the mean overrun of IT projects"), checks::cost_class),
        ("funding", word!("budget and reserves against the money made available"), checks::funding),
        ("case_budget", word!("budget against the costs of the business case"), checks::case_budget),
        (
            "case_class",
            word!("net present value if it ends like the mean of IT projects"),
            checks::case_class,
        ),
    ];
    CHECKS.iter().map(|(id, name, check)| Line { id, name, outcome: check(given) }).collect()
}
