//! The current execution index: of the tasks that the last report forecast to finish by now, how many did. Unlike the
//! baseline execution index it judges the forecast, not the baseline. Source: NDIA, A Guide to Managing Programs Using
//! Predictive Measures, 2014, section 2.4.

use super::{last, places, states};
use crate::analysis::network::activities::State;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::ProjectValue;
use crate::calendar::{Moment, StatusDate};
use crate::model::Project;
use crate::quantity::Reason;

/// What became of the tasks that were forecast to finish since the last report. Those that are no longer in the plan,
/// or cancelled, are told apart: nobody can say whether they would have been finished.
#[derive(Clone, Debug, PartialEq)]
pub struct Execution {
    /// The moment the last report spoke of.
    pub since: StatusDate,
    /// Finished: indices into tasks, in the order of the last report.
    pub met: Vec<usize>,
    /// Not finished, likewise.
    pub missed: Vec<Missed>,
    /// Ids of those that are no longer to be done.
    pub dropped: Vec<String>,
}

/// A task that was forecast to finish by now and did not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Missed {
    /// Index into tasks.
    pub task: usize,
    /// When it was forecast to finish then.
    pub then: Moment,
    /// When it is forecast to finish now.
    pub now: Option<Moment>,
    /// Working days later.
    pub days: Option<f64>,
}

impl Execution {
    /// How many tasks count.
    #[must_use]
    pub const fn due(&self) -> usize {
        self.met.len() + self.missed.len()
    }
}

/// What became of the tasks that the last report forecast to finish by now. A task that was due and not finished then
/// was forecast to finish at once.
///
/// # Errors
/// [`Reason::NoPrevious`] without a last report, [`Reason::NoForecastThen`] where it has no forecasts of tasks.
pub fn execution(project: &Project, value: &ProjectValue, axis: &TimeAxis) -> Result<Execution, Reason> {
    let previous = last(project, axis.status).ok_or(Reason::NoPrevious)?;
    if previous.tasks.iter().all(|task| task.forecast_finish.is_none()) {
        return Err(Reason::NoForecastThen);
    }
    let (places, states) = (places(project), states(project, value));
    let mut found =
        Execution { since: previous.status, met: Vec::new(), missed: Vec::new(), dropped: Vec::new() };
    for task in previous.tasks.iter().filter(|task| !task.finished) {
        let Some(then) = task.forecast_finish.filter(|finish| *finish <= axis.status.0) else { continue };
        let Some(&index) = places.get(task.id.as_str()) else {
            found.dropped.push(task.id.clone());
            continue;
        };
        match states[index] {
            State::Finished => found.met.push(index),
            State::Open | State::Begun => {
                let now = value.tasks[index].expected_finish;
                let calendar = project.calendar_of(&project.tasks[index]);
                let days = calendar.zip(now).map(|(calendar, now)| calendar.days_between(then, now));
                found.missed.push(Missed { task: index, then, now, days });
            }
            State::Cancelled => found.dropped.push(task.id.clone()),
            // Level of effort finishes with what it accompanies; a summary with its tasks.
            State::Effort | State::Summary => {}
        }
    }
    Ok(found)
}
