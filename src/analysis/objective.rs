//! Objectives: where each stands, where its trend leads by its due date, and whether that is enough.
//!
//! The trend is a straight line by least squares through everything that was measured up to the status date; what it
//! leads to on the due date comes with the range in which four new values of five would lie if it goes on so
//! ([`trend`]). A trend needs three measurements; with fewer the objective is not assessable, however it looks.

mod trend;

use chrono::NaiveDate;

use crate::analysis::commitment::is_overdue;
use crate::model::{Better, Measurement, Objective, Project};
use crate::quantity::{Measured, Reason, ratio};

pub use trend::{CONFIDENCE, Projection, Trend};

/// How an objective stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The latest value meets the target.
    Reached,
    /// The trend meets the target by the due date.
    OnTrack,
    /// The trend falls short of it.
    AtRisk,
    /// The due date has passed without it.
    Missed,
    /// It cannot be said, because ...
    NotAssessable(Reason),
}

impl Standing {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reached => word!("reached"),
            Self::OnTrack => word!("on track"),
            Self::AtRisk => word!("at risk"),
            Self::Missed => word!("missed"),
            Self::NotAssessable(_) => word!("not assessable"),
        }
    }
}

/// An objective with what was measured of it up to the status date.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The last measurement.
    pub latest: Option<(NaiveDate, f64)>,
    /// How many there are.
    pub measurements: usize,
    /// How much of the way from the baseline to the target is gone, 1 is all of it.
    pub achieved: Measured,
    /// The line through the measurements.
    pub trend: Result<Trend, Reason>,
    /// What the line says of the due date, with its range.
    pub projected: Result<Projection, Reason>,
    /// Whether even the favourable end of the range falls short of the target; `None` without a range.
    pub out_of_reach: Option<bool>,
    /// How it stands.
    pub standing: Standing,
}

/// Assesses every objective of a project at the end of a day.
#[must_use]
pub fn objectives(project: &Project, status: NaiveDate) -> Vec<Goal> {
    let all = &project.measurements;
    let of = |index: usize| {
        let known = all.iter().filter(move |m| m.objective == index && m.date <= status);
        known.collect::<Vec<&Measurement>>()
    };
    let goals = project.objectives.iter().enumerate();
    goals.map(|(index, objective)| goal(objective, &of(index), status)).collect()
}

fn goal(objective: &Objective, measured: &[&Measurement], status: NaiveDate) -> Goal {
    let points: Vec<(NaiveDate, f64)> = measured.iter().map(|m| (m.date, m.value)).collect();
    let latest = points.last().copied();
    let trend = if points.is_empty() { Err(Reason::NothingMeasured) } else { trend::trend(&points) };
    let due = objective.due.ok_or(Reason::NoDueDate);
    let bounds = bounds(objective, &points);
    let projected = trend.and_then(|trend| Ok(trend.at(due?).within(bounds)));
    let target = objective.target.ok_or(Reason::NoTarget);
    let meets = |value: f64| -> Result<bool, Reason> {
        match objective.better.ok_or(Reason::NoDirection)? {
            Better::Higher => Ok(value >= target?),
            Better::Lower => Ok(value <= target?),
        }
    };
    let achieved = latest.ok_or(Reason::NothingMeasured).and_then(|(_, value)| share(objective, value));
    let out_of_reach = projected.ok().and_then(|projection| {
        let best = match objective.better? {
            Better::Higher => projection.high,
            Better::Lower => projection.low,
        };
        meets(best).ok().map(|meets| !meets)
    });
    let standing = match (latest.map(|(_, value)| meets(value)), target, due) {
        (_, Err(reason), _) | (Some(Err(reason)), ..) => Standing::NotAssessable(reason),
        (Some(Ok(true)), ..) => Standing::Reached,
        (_, _, Ok(due)) if is_overdue(Some(due), status) && latest.is_some() => Standing::Missed,
        (None, ..) => Standing::NotAssessable(Reason::NothingMeasured),
        _ => match projected.and_then(|projection| meets(projection.value)) {
            Ok(true) => Standing::OnTrack,
            Ok(false) => Standing::AtRisk,
            Err(reason) => Standing::NotAssessable(reason),
        },
    };
    Goal { latest, measurements: points.len(), achieved, trend, projected, out_of_reach, standing }
}

/// How much of the way from the baseline to the target a value is.
///
/// # Errors
/// Without a baseline or target, or where they are equal.
pub fn share(objective: &Objective, value: f64) -> Measured {
    let from = objective.baseline.ok_or(Reason::NoBaseline)?;
    let to = objective.target.ok_or(Reason::NoTarget)?;
    ratio(value - from, to - from, Reason::NoDirection)
}

/// What a value cannot leave: nothing falls below zero that never was, and no percentage rises above 100 that has
/// never been and is not meant to be.
fn bounds(objective: &Objective, points: &[(NaiveDate, f64)]) -> (f64, f64) {
    let stated = objective.baseline.into_iter().chain(objective.target);
    let known: Vec<f64> = stated.chain(points.iter().map(|(_, value)| *value)).collect();
    let share = objective.unit.as_deref().is_some_and(|unit| unit.trim_start().starts_with('%'));
    let low = if known.iter().all(|value| *value >= 0.0) { 0.0 } else { f64::NEG_INFINITY };
    let high = if share && known.iter().all(|value| *value <= 100.0) { 100.0 } else { f64::INFINITY };
    (low, high)
}

#[cfg(test)]
mod tests;
