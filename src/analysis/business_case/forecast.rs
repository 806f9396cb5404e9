//! The case re-computed: what the forecast of cost and finish does to the flows.

use chrono::{Duration, NaiveDate};

use super::appraisal::Flow;
use crate::analysis::value::ProjectValue;
use crate::calendar::{Moment, last_day};
use crate::model::CashFlowKind;
use crate::quantity::{Reason, ratio};

/// What has changed since the plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drift {
    /// The forecast cost over the budget: EAC / BAC.
    pub cost_factor: f64,
    /// Days by the calendar from the baseline's finish to the forecast one; negative when earlier.
    pub slip_days: i64,
    /// The baseline's finish: costs up to that day are those of the project, later ones those of using what it leaves.
    pub finish: NaiveDate,
    /// The status date: what lies before it does not move any more.
    pub status: NaiveDate,
}

/// What the recommended forecasts say against the baseline.
///
/// # Errors
/// Why there is no forecast of cost or finish.
pub(super) fn drift(value: &ProjectValue, status: Moment) -> Result<Drift, Reason> {
    let cost_factor = ratio(value.measures.eac?, value.measures.bac.units(), Reason::NoBaseline)?;
    let finish = last_day(value.planned_finish.ok_or(Reason::NoBaselineDates)?);
    let recommended = |method: &&crate::analysis::FinishForecast| method.method == value.recommended.finish;
    let forecast = value.finish_forecasts.iter().find(recommended).ok_or(Reason::NoBaselineDates)?.finish?;
    let slip_days = (last_day(forecast) - finish).num_days();
    Ok(Drift { cost_factor, slip_days, finish, status: last_day(status) })
}

impl Drift {
    /// Whether nothing has changed that would show.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.slip_days == 0 && (self.cost_factor - 1.0).abs() < 0.000_5
    }

    /// Whether a flow is a cost of the project itself.
    #[must_use]
    pub fn is_of_project(&self, flow: &Flow) -> bool {
        flow.kind == CashFlowKind::Cost && flow.date <= self.finish
    }

    /// Whether a flow comes later when the project does.
    pub(super) fn waits(&self, flow: &Flow) -> bool {
        !self.is_of_project(flow) && flow.date > self.status
    }

    /// The flows as they are expected now: costs of the project in proportion to its forecast cost, everything that
    /// waits for its finish as much later as that is.
    #[must_use]
    pub fn applied(&self, flows: &[Flow]) -> Vec<Flow> {
        let moved = |flow: &Flow| {
            if self.is_of_project(flow) {
                Flow { net: flow.net * self.cost_factor, ..*flow }
            } else if self.waits(flow) {
                let later = Duration::try_days(self.slip_days)
                    .and_then(|slip| flow.date.checked_add_signed(slip))
                    .unwrap_or(flow.date);
                Flow { date: later, ..*flow }
            } else {
                *flow
            }
        };
        flows.iter().map(moved).collect()
    }
}
