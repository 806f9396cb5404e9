//! How the risks moved: which are new, which are over, which weigh more or less than they did.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::analysis::risk::RiskFindings;
use crate::model::{PreviousRisk, Project, RiskStatus};
use crate::quantity::Money;

/// What became of a risk, in the order of reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moved {
    /// It has happened.
    Occurred,
    /// It was not in the register.
    New,
    /// It was closed, and can happen again.
    Reopened,
    /// It weighs more.
    Risen,
    /// It weighs less.
    Fallen,
    /// It can no longer happen.
    Closed,
    /// The register holds it no more.
    Removed,
}

impl Moved {
    /// All of them, in this order.
    pub const ALL: [Self; 7] =
        [Self::Occurred, Self::New, Self::Reopened, Self::Risen, Self::Fallen, Self::Closed, Self::Removed];
}

/// The residual exposure of a risk.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    /// In currency units; opportunities negative. `None` where it is not known, or of another currency.
    pub cost: Option<f64>,
    /// In working days; opportunities negative.
    pub days: Option<f64>,
}

/// A risk that moved.
#[derive(Clone, Debug, PartialEq)]
pub struct Movement {
    /// Its id.
    pub id: String,
    /// What may happen, as the register says it now, else as it did.
    pub title: String,
    /// What became of it.
    pub moved: Moved,
    /// What it weighed, where it was open.
    pub then: Option<Weight>,
    /// What it weighs, where it is open.
    pub now: Option<Weight>,
}

/// The risks that moved, by what became of them, then in the order of the register. `day` is the status date: what was
/// raised later is not known yet. Amounts are compared where `same_currency`.
pub(super) fn movements(
    project: &Project,
    found: &RiskFindings,
    previous: &[PreviousRisk],
    (day, same_currency): (NaiveDate, bool),
) -> Vec<Movement> {
    let before: HashMap<&str, &PreviousRisk> = previous.iter().map(|risk| (risk.id.as_str(), risk)).collect();
    let mut moved = Vec::new();
    for (risk, weight) in project.risks.iter().zip(&found.risks).filter(|(risk, _)| risk.known_on(day)) {
        let before = before.get(risk.id.as_str()).copied();
        let then = before.filter(|before| before.open).map(|before| weight_then(before, same_currency));
        let exposure = weight.residual.exposure;
        let now = weight.open.then(|| Weight {
            cost: same_currency.then(|| Money::units(exposure.cost)),
            days: Some(exposure.days),
        });
        let over = if risk.status == RiskStatus::Occurred { Moved::Occurred } else { Moved::Closed };
        let became = match (before, then, now) {
            (None, _, Some(_)) => Moved::New,
            (Some(_), None, Some(_)) => Moved::Reopened,
            (None, _, None) | (Some(_), Some(_), None) => over,
            (Some(_), None, None) => continue,
            (Some(before), Some(then), Some(now)) => {
                let level = weight.residual.place.map(|(probability, impact)| probability * impact);
                match heavier(then, now)
                    .then(level.zip(before.gravity).map_or(Ordering::Equal, |(now, then)| now.cmp(&then)))
                {
                    Ordering::Greater => Moved::Risen,
                    Ordering::Less => Moved::Fallen,
                    Ordering::Equal => continue,
                }
            }
        };
        moved.push(Movement { id: risk.id.clone(), title: risk.title.clone(), moved: became, then, now });
    }
    let known: HashSet<&str> = project.risks.iter().map(|risk| risk.id.as_str()).collect();
    let gone = previous.iter().filter(|risk| risk.open && !known.contains(risk.id.as_str()));
    moved.extend(gone.map(|risk| Movement {
        id: risk.id.clone(),
        title: risk.title.clone(),
        moved: Moved::Removed,
        then: Some(weight_then(risk, same_currency)),
        now: None,
    }));
    moved.sort_by_key(|movement| movement.moved);
    moved
}

fn weight_then(risk: &PreviousRisk, same_currency: bool) -> Weight {
    Weight { cost: risk.cost.filter(|_| same_currency), days: risk.days }
}

/// By what it weighs, threat or opportunity: by money, where that is the same by days.
fn heavier(then: Weight, now: Weight) -> Ordering {
    // Half of what is shown: less is no movement.
    let by = |then: Option<f64>, now: Option<f64>, least: f64| match then.zip(now) {
        Some((then, now)) if (now.abs() - then.abs()).abs() >= least => now.abs().total_cmp(&then.abs()),
        _ => Ordering::Equal,
    };
    by(then.cost, now.cost, 0.5).then(by(then.days, now.days, 0.05))
}
