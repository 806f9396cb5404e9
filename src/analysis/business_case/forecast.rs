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
    /// The budget at completion in currency units: so much of the earliest costs of the case is the project's.
    pub budget: f64,
    /// The forecast cost over the budget: EAC / BAC.
    pub cost_factor: f64,
    /// Days by the calendar from the baseline's finish to the forecast one; negative when earlier.
    pub slip_days: i64,
    /// The baseline's finish.
    pub finish: NaiveDate,
    /// The status date: what lies before it does not move any more.
    pub status: NaiveDate,
}

/// What the forecast does to a flow or a part of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// A cost of the project: it grows with the forecast cost.
    Grows,
    /// It comes later when the project does.
    Waits,
    /// Neither: it has come already.
    Stays,
}

/// A planned flow, or the part of one that the forecast does the same to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Index of the planned flow.
    pub flow: usize,
    /// As planned.
    pub planned: Flow,
    /// What happens to it.
    pub effect: Effect,
}

/// What the recommended forecasts say against the baseline.
///
/// # Errors
/// Why there is no forecast of cost or finish.
pub(super) fn drift(value: &ProjectValue, status: Moment) -> Result<Drift, Reason> {
    let budget = value.measures.bac.units();
    let cost_factor = ratio(value.measures.eac?, budget, Reason::NoBaseline)?;
    let finish = last_day(value.planned_finish.ok_or(Reason::NoBaselineDates)?);
    let slip_days = (last_day(value.forecast_finish()?) - finish).num_days();
    Ok(Drift { budget, cost_factor, slip_days, finish, status: last_day(status) })
}

impl Drift {
    /// Whether nothing has changed that would show.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.slip_days == 0 && (self.cost_factor - 1.0).abs() < 0.000_5
    }

    /// The flows by what the forecast does to them; they are in order of their days.
    ///
    /// A case is often written by years, and does not say which of its costs the budget of the project covers. So the
    /// earliest costs count as the project's until they make up the budget; the flow in which that happens is cut.
    #[must_use]
    pub fn pieces(&self, flows: &[Flow]) -> Vec<Piece> {
        let mut left = self.budget;
        let mut pieces = Vec::with_capacity(flows.len() + 1);
        for (index, flow) in flows.iter().enumerate() {
            let piece = |net: f64, effect| Piece { flow: index, planned: Flow { net, ..*flow }, effect };
            let own =
                if flow.kind == CashFlowKind::Cost { (-flow.net).clamp(0.0, left.max(0.0)) } else { 0.0 };
            left -= own;
            if own > 0.0 {
                pieces.push(piece(-own, Effect::Grows));
            }
            let rest = flow.net + own;
            if rest != 0.0 || own <= 0.0 {
                pieces.push(piece(rest, if flow.date > self.status { Effect::Waits } else { Effect::Stays }));
            }
        }
        pieces
    }

    /// A piece as it is expected now: costs of the project in proportion to its forecast cost, everything that waits for
    /// its finish as much later as that is.
    #[must_use]
    pub fn expected(&self, piece: &Piece) -> Flow {
        let flow = piece.planned;
        match piece.effect {
            Effect::Grows => Flow { net: flow.net * self.cost_factor, ..flow },
            Effect::Waits => {
                let later = Duration::try_days(self.slip_days);
                let later = later.and_then(|slip| flow.date.checked_add_signed(slip)).unwrap_or(flow.date);
                Flow { date: later, ..flow }
            }
            Effect::Stays => flow,
        }
    }

    /// The flows as they are expected now.
    #[must_use]
    pub fn applied(&self, flows: &[Flow]) -> Vec<Flow> {
        self.pieces(flows).iter().map(|piece| self.expected(piece)).collect()
    }
}
