//! Exposure: probability times impact, in money and in working days, before and after the responses.
//!
//! Threats count positive, opportunities negative. Only open risks have exposure: a closed one cannot happen,
//! one that has happened is cost, and one raised after the status date was not known then. A three-point impact counts with the mean of its triangle,
//! (low + likely + high) / 3, as the simulation draws it. Source: PMI, The Standard for Risk Management in
//! Portfolios, Programs, and Projects, 2019 (expected monetary value).

mod cover;
mod scale;
mod summary;

use chrono::NaiveDate;

use crate::analysis::commitment::is_overdue;
use crate::analysis::status::TimeAxis;
use crate::analysis::{Reserves, metric};
use crate::model::{Magnitude, Project, Risk, RiskKind};
use crate::quantity::Money;

pub use cover::{Cover, cover};
pub use scale::Scales;
pub use summary::Share;

/// What the register amounts to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RiskFindings {
    /// Each risk, in the order of `Project::risks`.
    pub risks: Vec<Weight>,
    /// Everything open as it stands.
    pub inherent: Exposure,
    /// Everything open once the responses are in place.
    pub residual: Exposure,
    /// Residual exposure by category, the largest first; what names none is under an empty name, last.
    pub categories: Vec<Share>,
    /// Residual exposure by owner, the same way.
    pub owners: Vec<Share>,
    /// Residual exposure by task: index into tasks, `None` for the project as a whole, last.
    pub tasks: Vec<(Option<usize>, Exposure)>,
    /// Open risks by residual exposure, the largest threat first: indices into risks.
    pub ranked: Vec<usize>,
    /// Open risks whose response was due before the status date, the longest overdue first: indices into risks.
    pub overdue: Vec<usize>,
    /// The reserves against what they are for.
    pub cover: Cover,
}

/// Probability times impact.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Exposure {
    /// In money; opportunities negative.
    pub cost: Money,
    /// In working days; opportunities negative.
    pub days: f64,
}

impl RiskFindings {
    /// Residual exposure to the open threats alone, what a tolerance for risk is held against: a gain that may come
    /// makes no threat smaller.
    #[must_use]
    pub fn threats(&self) -> Money {
        let exposures = self.risks.iter().map(|weight| weight.residual.exposure.cost);
        exposures.filter(|cost| *cost > Money::ZERO).sum()
    }

    /// How many risks are open.
    #[must_use]
    pub const fn open(&self) -> usize {
        self.ranked.len()
    }
}

impl std::ops::AddAssign for Exposure {
    fn add_assign(&mut self, other: Self) {
        self.cost += other.cost;
        self.days += other.days;
    }
}

/// One side of a risk in numbers: as it stands, or once its response is in place.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weighing {
    /// How likely, 0..=1.
    pub probability: Option<f64>,
    /// Low, likely and high cost in currency units, without a sign.
    pub cost: Option<(f64, f64, f64)>,
    /// Low, likely and high delay in working days, without a sign.
    pub days: Option<(f64, f64, f64)>,
    /// Probability times the mean impacts, with the sign of its kind; nothing for risks that are not open.
    pub exposure: Exposure,
    /// Its place in the matrix: levels 1 to 5 of probability and impact.
    pub place: Option<(u8, u8)>,
}

/// A risk in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Weight {
    /// As it stands.
    pub inherent: Weighing,
    /// Once its response is in place; as it stands where the register says nothing of that.
    pub residual: Weighing,
    /// Whether the register gives residual figures.
    pub treated: bool,
    /// Whether it was known at the status date and can still happen.
    pub open: bool,
}

/// Weighs the register. `bac` in currency units is what shares in the scales are of.
#[must_use]
pub fn risks(
    project: &Project,
    bac: f64,
    reserves: &Reserves,
    work_complete: Option<f64>,
    axis: &TimeAxis,
    scales: &Scales,
) -> RiskFindings {
    let scales = scales.of_project(bac);
    let day = axis.status.day();
    let weights: Vec<Weight> = project.risks.iter().map(|risk| weight(risk, &scales, day)).collect();
    let mut found = RiskFindings::default();
    for weight in &weights {
        found.inherent += weight.inherent.exposure;
        found.residual += weight.residual.exposure;
    }
    let residual = |index: usize| weights[index].residual.exposure;
    let open: Vec<usize> = (0..weights.len()).filter(|index| weights[*index].open).collect();
    found.categories = summary::shares(project, &open, &residual, |risk| risk.category.as_deref());
    found.owners = summary::shares(project, &open, &residual, |risk| risk.owner.as_deref());
    found.tasks = summary::by_task(project, &open, &residual);
    found.ranked = summary::ranked(&open, &residual);
    let late = |index: &usize| is_overdue(project.risks[*index].due, day);
    found.overdue = open.iter().copied().filter(late).collect();
    found.overdue.sort_by_key(|index| (project.risks[*index].due, *index));
    found.cover = cover(reserves, found.residual.cost, work_complete);
    found.risks = weights;
    found
}

fn weight(risk: &Risk, scales: &Scales, day: NaiveDate) -> Weight {
    let open = risk.open_on(day);
    let treated = risk.residual_probability.is_some()
        || risk.residual_impact_cost.is_some()
        || risk.residual_impact_days.is_some();
    let inherent = weighing((risk, open), risk.probability, risk.impact_cost, risk.impact_days, scales);
    let residual = weighing(
        (risk, open),
        risk.residual_probability.or(risk.probability),
        risk.residual_impact_cost.or(risk.impact_cost),
        risk.residual_impact_days.or(risk.impact_days),
        scales,
    );
    Weight { inherent, residual, treated, open }
}

fn weighing(
    (risk, open): (&Risk, bool),
    probability: Option<Magnitude>,
    cost: Option<Magnitude>,
    days: Option<Magnitude>,
    scales: &Scales,
) -> Weighing {
    // A bare level of impact stands for both where neither is said.
    let bare = risk.impact.filter(|_| cost.is_none() && days.is_none()).map(Magnitude::Level);
    let probability =
        probability.map(|chance| mean(scale::points(chance, &scales.probability)).clamp(0.0, 1.0));
    // Shares of a budget that is not there are worth nothing anybody could say.
    let scaled = scales.cost[0] > 0.0;
    let says = |impact: &Magnitude| scaled || !matches!(impact, Magnitude::Level(_));
    let cost = cost.or(bare).filter(says).map(|impact| scale::points(impact, &scales.cost));
    let days = days.or(bare).map(|impact| scale::points(impact, &scales.days));
    let sign = if risk.kind == RiskKind::Opportunity { -1.0 } else { 1.0 };
    let exposure = match probability.filter(|_| open) {
        Some(chance) => Exposure {
            cost: Money::from_units(sign * metric::exposure(chance, cost.map_or(0.0, mean))),
            days: sign * metric::exposure(chance, days.map_or(0.0, mean)),
        },
        None => Exposure::default(),
    };
    let place = probability.and_then(|chance| {
        let of_cost = cost.filter(|_| scaled).map(|impact| scale::level(mean(impact), &scales.cost));
        let of_days = days.map(|impact| scale::level(mean(impact), &scales.days));
        let impact = risk.impact.or(of_cost.max(of_days))?;
        Some((scale::level(chance, &scales.probability), impact))
    });
    Weighing { probability, cost, days, exposure, place }
}

/// The mean of a triangular distribution; of a single value that value, to the last digit.
fn mean((low, likely, high): (f64, f64, f64)) -> f64 {
    if low < high { metric::triangular_mean(low, likely, high) } else { likely }
}

#[cfg(test)]
mod tests;
