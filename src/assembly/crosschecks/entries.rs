//! Entries of one table that contradict themselves or each other.

use std::collections::BTreeMap;

use super::{Checked, Found, quoted};
use crate::model::{Better, Magnitude, Measurement, RiskKind, Stakeholder, TestCount};
use crate::wording::counted;

/// A target that is the baseline, or lies on the side of it that is said to be worse.
pub(super) fn target_is_no_improvement(checked: &Checked<'_>) -> Vec<Found> {
    let found = checked.project.objectives.iter().filter_map(|goal| {
        let (from, to) = (goal.baseline?, goal.target?);
        let why = if from.total_cmp(&to).is_eq() {
            format!("target and baseline are both {to}: there is nothing to achieve")
        } else {
            let (word, side) = match goal.better? {
                Better::Higher if to < from => ("higher", "below"),
                Better::Lower if to > from => ("lower", "above"),
                _ => return None,
            };
            format!("{word} is said to be better, and the target {to} lies {side} the baseline {from}")
        };
        Some(Found::new(format!("objective {}: {why}", quoted(&goal.id, &goal.name)), &goal.origin, []))
    });
    found.collect()
}

/// Values of one objective on one day that differ; they stand in the order of their dates.
pub(super) fn measured_twice(checked: &Checked<'_>) -> Vec<Found> {
    let project = checked.project;
    let same_day = |a: &Measurement, b: &Measurement| (a.objective, a.date) == (b.objective, b.date);
    let days = project.measurements.chunk_by(same_day);
    let found = days.filter_map(|day| {
        let (last, others) = day.split_last()?;
        let goal = project.objectives.get(last.objective)?;
        let other = others.iter().find(|other| other.value.total_cmp(&last.value).is_ne())?;
        let says = format!(
            "objective {} is measured twice on {}: {} and {}",
            quoted(&goal.id, &goal.name),
            last.date,
            other.value,
            last.value
        );
        Some(Found::new(says, &last.origin, [&other.origin]))
    });
    found.collect()
}

/// People and groups by name, without regard to case.
pub(super) fn stakeholder_twice(checked: &Checked<'_>) -> Vec<Found> {
    let mut by_name: BTreeMap<String, Vec<&Stakeholder>> = BTreeMap::new();
    for stakeholder in &checked.project.stakeholders {
        by_name.entry(stakeholder.name.trim().to_lowercase()).or_default().push(stakeholder);
    }
    let found = by_name.into_values().filter(|same| same.len() > 1).filter_map(|same| {
        let (first, others) = same.split_first()?;
        let says = format!("stakeholder '{}' is there {}", first.name, counted(same.len(), "time"));
        Some(Found::new(says, &first.origin, others.iter().map(|other| &other.origin)))
    });
    found.collect()
}

/// Counts since the beginning that are smaller than those of an earlier day, once a suite.
pub(super) fn tests_fall(checked: &Checked<'_>) -> Vec<Found> {
    let mut suites: BTreeMap<Option<&str>, Vec<&TestCount>> = BTreeMap::new();
    for count in checked.project.tests.iter().filter(|count| count.executed.is_some()) {
        suites.entry(count.suite.as_deref()).or_default().push(count);
    }
    let found = suites.into_iter().filter_map(|(suite, counts)| {
        let (before, after) =
            counts.array_windows().map(|[a, b]| (a, b)).find(|(a, b)| b.executed < a.executed)?;
        let whose = suite.map(|suite| format!(" of {suite}")).unwrap_or_default();
        let says = format!(
            "{}{whose} executed by {}, and {} by {} already",
            counted(after.executed?, "test"),
            after.date,
            before.executed?,
            before.date
        );
        Some(Found::new(says, &after.origin, [&before.origin]))
    });
    found.collect()
}

/// Threats that are likelier or larger once the response is in place.
pub(super) fn residual_above(checked: &Checked<'_>) -> Vec<Found> {
    let threats = checked.project.risks.iter().filter(|risk| risk.kind == RiskKind::Threat);
    let found = threats.filter_map(|risk| {
        let sides = [
            ("probability", risk.probability, risk.residual_probability, Unit::Share),
            ("impact_cost", risk.impact_cost, risk.residual_impact_cost, Unit::Plain),
            ("impact_days", risk.impact_days, risk.residual_impact_days, Unit::Plain),
        ];
        let worse: Vec<String> = sides
            .into_iter()
            .filter_map(|(what, before, after, unit)| {
                let (before, after) = rises(before?, after?)?;
                Some(format!("residual_{what} {} is above {what} {}", unit.shown(after), unit.shown(before)))
            })
            .collect();
        let says = format!("risk {}: {}", quoted(&risk.id, &risk.title), worse.join(", "));
        (!worse.is_empty()).then(|| Found::new(says, &risk.origin, []))
    });
    found.collect()
}

/// The likely values or the levels, where the second is above the first; a level and a number are not compared.
fn rises(before: Magnitude, after: Magnitude) -> Option<(Side, Side)> {
    match (before, after) {
        (Magnitude::Points(_, before, _), Magnitude::Points(_, after, _)) if after > before => {
            Some((Side::Number(before), Side::Number(after)))
        }
        (Magnitude::Level(before), Magnitude::Level(after)) if after > before => {
            Some((Side::Level(before), Side::Level(after)))
        }
        _ => None,
    }
}

/// A number or a level, to be shown.
#[derive(Clone, Copy)]
enum Side {
    Number(f64),
    Level(u8),
}

/// What the numbers of a column count.
#[derive(Clone, Copy)]
enum Unit {
    Share,
    Plain,
}

impl Unit {
    fn shown(self, side: Side) -> String {
        match (self, side) {
            (_, Side::Level(level)) => format!("{level}"),
            // To a hundredth of a per cent: binary shares have more digits than anybody wrote.
            (Self::Share, Side::Number(share)) => format!("{}%", (share * 1e4).round() / 1e2),
            (Self::Plain, Side::Number(number)) => format!("{number}"),
        }
    }
}
