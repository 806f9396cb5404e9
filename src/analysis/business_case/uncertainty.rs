//! The net present value over the trials of the simulation.

use super::Forecast;
use super::appraisal::{Appraisal, discount, present_value, years};
use super::forecast::{Drift, Effect};
use crate::analysis::percentile::percentile;
use crate::analysis::simulation::Simulation;
use crate::analysis::value::ProjectValue;
use crate::calendar::last_day;
use crate::language::Phrase;
use crate::quantity::Reason;

/// How sure the net present value is, as far as cost and finish of the project decide it.
#[derive(Clone, Debug, PartialEq)]
pub struct Uncertainty {
    /// The trials it rests on.
    pub trials: usize,
    /// Exceeded in half of the trials.
    pub p50: f64,
    /// Exceeded in four trials of five: the value that holds with 80% confidence. It lies below P50.
    pub p80: f64,
    /// The share of the trials in which it is above zero.
    pub positive: f64,
}

/// Appraises the planned flows with the cost and the finish of every trial that the simulation keeps.
pub(super) fn over_trials(
    plan: &Appraisal,
    forecast: Result<&Forecast, &Reason>,
    value: &ProjectValue,
    simulation: Option<&Simulation>,
) -> Result<Uncertainty, Phrase> {
    let rate = plan.rate.ok_or(Reason::NoDiscountRate.text())?;
    let simulation = simulation.ok_or(word!("there is no simulation"))?;
    let joint = simulation.joint.as_ref().ok_or(word!("the simulation has no cost"))?;
    let drift = forecast.map_err(|reason| reason.text())?.drift;
    let budget = value.measures.bac.units();
    if budget <= 0.0 || joint.sample.is_empty() {
        return Err(Reason::NoBaseline.text().into());
    }
    let parts = Parts::of(plan, &drift, rate);
    let mut values: Vec<f64> = joint
        .sample
        .iter()
        .map(|(finish, cost)| {
            let slip = years(drift.finish, last_day(*finish));
            parts.fixed + parts.project * cost / budget + parts.waiting * discount(slip, rate)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let positive = values.len() - values.partition_point(|value| *value <= 0.0);
    #[expect(clippy::cast_precision_loss, reason = "a few hundred trials")]
    let share = positive as f64 / values.len() as f64;
    Ok(Uncertainty {
        trials: values.len(),
        p50: percentile(&values, 0.5),
        p80: percentile(&values, 0.2),
        positive: share,
    })
}

/// The present value of the planned flows by what cost and finish do to them.
struct Parts {
    /// In proportion to the cost.
    project: f64,
    /// Later with the finish.
    waiting: f64,
    /// Neither.
    fixed: f64,
}

impl Parts {
    fn of(plan: &Appraisal, drift: &Drift, rate: f64) -> Self {
        let mut parts = Self { project: 0.0, waiting: 0.0, fixed: 0.0 };
        for piece in drift.pieces(&plan.flows) {
            let part = match piece.effect {
                Effect::Grows => &mut parts.project,
                Effect::Waits => &mut parts.waiting,
                Effect::Stays => &mut parts.fixed,
            };
            *part += present_value(std::iter::once(&piece.planned), plan.base, rate);
        }
        parts
    }
}
