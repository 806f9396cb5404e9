//! The business case: what the project is worth to its sponsor, as approved and as it stands.
//!
//! Dated flows are discounted as Excel's XNPV and XIRR do it: by `(1 + rate) ^ (days / 365)` from the date of the
//! first flow. The case is appraised twice: as planned, and with the forecast of cost and finish ([`forecast`]), so
//! that an overrun and a slip show in it. Sources: Brealey, Myers and Allen, Principles of Corporate Finance
//! (net present value, internal rate of return and its pitfalls, payback); HM Treasury, The Green Book (benefit-cost
//! ratio, switching values).

mod appraisal;
mod forecast;
mod payback;
mod rates;
mod sensitivity;
#[cfg(test)]
mod tests;
mod uncertainty;

use crate::analysis::simulation::Simulation;
use crate::analysis::value::ProjectValue;
use crate::calendar::{Moment, last_day};
use crate::language::Phrase;
use crate::model::Project;
use crate::quantity::{Measured, Reason};

pub(super) use appraisal::present_value;
pub use appraisal::{Appraisal, Flow};
pub use forecast::{Drift, Effect, Piece};
pub use payback::Payback;
pub use rates::Rates;
pub use sensitivity::{Input, STEP, Switch};
pub use uncertainty::Uncertainty;

/// What the money of a project amounts to.
#[derive(Clone, Debug, PartialEq)]
pub struct BusinessCase {
    /// What a year costs money, a share; `None` where nobody states it.
    pub rate: Option<f64>,
    /// As approved.
    pub plan: Appraisal,
    /// With the forecast of cost and finish, or why it cannot be re-computed.
    pub forecast: Result<Forecast, Reason>,
    /// How far each input may change before the net present value is zero, the most sensitive first; of the case as
    /// it stands.
    pub switches: Vec<Switch>,
    /// The net present value over the trials of the simulation, or why there is none.
    pub uncertainty: Result<Uncertainty, Phrase>,
}

/// The case with the forecast of cost and finish.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// What has changed since the plan.
    pub drift: Drift,
    /// What it comes to.
    pub appraisal: Appraisal,
}

impl BusinessCase {
    /// The case as it stands: with the forecast where there is one, else as planned.
    #[must_use]
    pub fn now(&self) -> &Appraisal {
        self.forecast.as_ref().map_or(&self.plan, |forecast| &forecast.appraisal)
    }

    /// Whether the forecast differs from the plan.
    #[must_use]
    pub fn has_drifted(&self) -> bool {
        self.forecast.as_ref().is_ok_and(|forecast| !forecast.drift.is_nothing())
    }

    /// Its figures in the catalogue of metrics: those of the case as it stands.
    #[must_use]
    pub fn measures(&self) -> CaseMeasures {
        let now = self.now();
        CaseMeasures {
            present_benefits: now.present_benefits,
            present_costs: now.present_costs,
            irr: now.rates.irr,
            payback: now.payback.map(|payback| payback.years),
            discounted_payback: now.discounted_payback.map(|payback| payback.years),
        }
    }
}

/// The base figures of the business case in the catalogue of metrics.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CaseMeasures {
    /// Benefits at their worth on the day of the first flow, in currency units.
    pub present_benefits: Measured,
    /// Costs likewise, positive.
    pub present_costs: Measured,
    /// The rate at which the net present value is zero, a share.
    pub irr: Measured,
    /// Years until the benefits have paid the costs.
    pub payback: Measured,
    /// Years until they have paid them with interest.
    pub discounted_payback: Measured,
}

impl CaseMeasures {
    /// Those of a project without a business case.
    pub const NONE: Self = Self {
        present_benefits: Err(Reason::NoCashFlows),
        present_costs: Err(Reason::NoCashFlows),
        irr: Err(Reason::NoCashFlows),
        payback: Err(Reason::NoCashFlows),
        discounted_payback: Err(Reason::NoCashFlows),
    };
}

/// Appraises the business case of a project; `None` where the data has no cash flows.
#[must_use]
pub fn business_case(
    project: &Project,
    value: &ProjectValue,
    status: Moment,
    simulation: Option<&Simulation>,
) -> Option<BusinessCase> {
    let flows: Vec<Flow> = project
        .cash_flows
        .iter()
        .map(|flow| Flow { date: flow.date, kind: flow.kind, net: flow.net.units() })
        .collect();
    let base = flows.iter().map(|flow| flow.date).min()?;
    let rate = project.charter.discount_rate;
    let plan = Appraisal::new(flows, base, rate);
    let drift = forecast::drift(value, status);
    let moved = |drift: &Drift| Appraisal::new(drift.applied(&plan.flows), base, rate);
    let forecast = drift.map(|drift| Forecast { appraisal: moved(&drift), drift });
    let uncertainty = uncertainty::over_trials(&plan, forecast.as_ref(), value, simulation);
    let now = forecast.as_ref().map_or(&plan, |forecast| &forecast.appraisal);
    let length = value
        .planned_start
        .zip(value.planned_finish)
        .map(|(start, finish)| appraisal::years(start.date(), last_day(finish)));
    let waiting = forecast.as_ref().map_err(|reason| *reason).and_then(|forecast| {
        let drift = &forecast.drift;
        let waits = drift.pieces(&plan.flows).into_iter().filter(|piece| piece.effect == Effect::Waits);
        let flows: Vec<Flow> = waits.map(|piece| drift.expected(&piece)).collect();
        rate.map(|rate| present_value(flows.iter(), base, rate)).ok_or(Reason::NoDiscountRate)
    });
    let switches = sensitivity::switches(now, waiting, length);
    Some(BusinessCase { rate, plan, forecast, switches, uncertainty })
}
