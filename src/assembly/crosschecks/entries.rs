//! Entries of one table that contradict themselves or each other.

use std::collections::BTreeMap;

use super::{Checked, Found, quoted};
use crate::language::Phrase;
use crate::model::{Better, Magnitude, Measurement, RiskKind, Stakeholder, TestCount};

/// A target that is the baseline, or lies on the side of it that is said to be worse.
pub(super) fn target_is_no_improvement(checked: &Checked<'_>) -> Vec<Found> {
    let found = checked.project.objectives.iter().filter_map(|goal| {
        let (from, to) = (goal.baseline?, goal.target?);
        let (objective, baseline, target) = (quoted(&goal.id, &goal.name), from.to_string(), to.to_string());
        let says = match goal.better {
            _ if from.total_cmp(&to).is_eq() => phrase!(
                "objective {objective}: target and baseline are both {target}: there is nothing to achieve",
                objective,
                target
            ),
            Some(Better::Higher) if to < from => phrase!(
                "objective {objective}: higher is said to be better, and the target {target} lies below the baseline {baseline}",
                objective,
                target,
                baseline
            ),
            Some(Better::Lower) if to > from => phrase!(
                "objective {objective}: lower is said to be better, and the target {target} lies above the baseline {baseline}",
                objective,
                target,
                baseline
            ),
            _ => return None,
        };
        Some(Found::new(says, &goal.origin, []).at("target"))
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
        let says = phrase!(
            "objective {objective} is measured twice on {day}: {first} and {second}",
            objective = quoted(&goal.id, &goal.name),
            day = last.date,
            first = other.value.to_string(),
            second = last.value.to_string()
        );
        Some(Found::new(says, &last.origin, [&other.origin]).at("value"))
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
        let says =
            phrase!("stakeholder '{name}' is there {n} {n|time|times}", name = &*first.name, n = same.len());
        Some(Found::new(says, &first.origin, others.iter().map(|other| &other.origin)).at("name"))
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
        let (n, day, earlier, more) = (after.executed?, after.date, before.date, before.executed?);
        let says = match suite {
            Some(suite) => phrase!(
                "{n} {n|test|tests} of {suite} executed by {day}, and {more} by {earlier} already",
                n,
                suite,
                day,
                more,
                earlier
            ),
            None => phrase!(
                "{n} {n|test|tests} executed by {day}, and {more} by {earlier} already",
                n,
                day,
                more,
                earlier
            ),
        };
        Some(Found::new(says, &after.origin, [&before.origin]).at("executed"))
    });
    found.collect()
}

/// Threats that are likelier or larger once the response is in place.
pub(super) fn residual_above(checked: &Checked<'_>) -> Vec<Found> {
    let threats = checked.project.risks.iter().filter(|risk| risk.kind == RiskKind::Threat);
    let found = threats.filter_map(|risk| {
        let sides = [
            ("probability", "residual_probability", risk.probability, risk.residual_probability, Unit::Share),
            ("impact_cost", "residual_impact_cost", risk.impact_cost, risk.residual_impact_cost, Unit::Plain),
            ("impact_days", "residual_impact_days", risk.impact_days, risk.residual_impact_days, Unit::Plain),
        ];
        let worse: Vec<(&str, Phrase)> = sides
            .into_iter()
            .filter_map(|(column, residual, before, after, unit)| {
                let (before, after) = rises(before?, after?)?;
                let says = phrase!(
                    "{residual} {after} is above {column} {before}",
                    residual,
                    after = unit.shown(after),
                    column,
                    before = unit.shown(before)
                );
                Some((residual, says))
            })
            .collect();
        let first = worse.first()?.0;
        let worse = worse.into_iter().map(|(_, says)| says);
        let worse = worse.reduce(|all, next| phrase!("{all}, {next}", all, next))?;
        let says = phrase!("risk {risk}: {worse}", risk = quoted(&risk.id, &risk.title), worse);
        Some(Found::new(says, &risk.origin, []).at(first))
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
