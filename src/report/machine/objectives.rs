//! The objectives in the JSON.

use serde::Serialize;

use crate::analysis::objective::{CONFIDENCE, Standing};
use crate::model::Better;
use crate::quantity::Reason;
use crate::report::machine::{day, rounded};
use crate::report::subject::Subject;

/// An objective; values are in its unit.
#[derive(Serialize)]
pub(super) struct Objective<'a> {
    id: &'a str,
    name: &'a str,
    unit: Option<&'a str>,
    owner: Option<&'a str>,
    baseline: Option<f64>,
    target: Option<f64>,
    due: Option<String>,
    better: Option<&'static str>,
    latest: Option<f64>,
    latest_date: Option<String>,
    measurements: usize,
    achieved: Option<f64>,
    trend_per_day: Option<f64>,
    projected: Option<Projected>,
    standing: &'static str,
    reason: Option<&'static str>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

/// The value at the due date with its range.
#[derive(Serialize)]
struct Projected {
    value: f64,
    low: f64,
    high: f64,
    confidence: f64,
}

/// Every objective of a project, in the order of the source.
pub(super) fn objectives<'a>(subject: &Subject<'a>) -> Vec<Objective<'a>> {
    let goals = subject.project.objectives.iter().zip(&subject.found.objectives);
    goals
        .map(|(objective, goal)| Objective {
            id: &objective.id,
            name: &objective.name,
            unit: objective.unit.as_deref(),
            owner: objective.owner.as_deref(),
            baseline: objective.baseline,
            target: objective.target,
            due: day(objective.due),
            better: objective.better.map(|better| match better {
                Better::Higher => "higher",
                Better::Lower => "lower",
            }),
            latest: goal.latest.map(|(_, value)| value),
            latest_date: goal.latest.map(|(day, _)| day.to_string()),
            measurements: goal.measurements,
            achieved: goal.achieved.ok().map(rounded),
            trend_per_day: goal.trend.ok().map(|trend| rounded(trend.per_day)),
            projected: goal.projected.ok().map(|projection| Projected {
                value: rounded(projection.value),
                low: rounded(projection.low),
                high: rounded(projection.high),
                confidence: CONFIDENCE,
            }),
            standing: match goal.standing {
                Standing::Reached => "reached",
                Standing::OnTrack => "on_track",
                Standing::AtRisk => "at_risk",
                Standing::Missed => "missed",
                Standing::NotAssessable(_) => "not_assessable",
            },
            reason: match goal.standing {
                Standing::NotAssessable(reason) => Some(Reason::text(reason)),
                _ => None,
            },
            file: &objective.origin.file,
            sheet: objective.origin.sheet.as_deref(),
            row: objective.origin.row,
        })
        .collect()
}
