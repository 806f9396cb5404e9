//! Which input turns the decision: how far each may change before the case is worth nothing.

use chrono::NaiveDate;

use super::appraisal::{Appraisal, Flow, discount, years};
use crate::model::CashFlowKind;
use crate::quantity::{Measured, Reason};

/// By how much of itself an input is made worse and better to compare their effects.
pub const STEP: f64 = 0.1;

/// What a case depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// All costs together.
    Costs,
    /// All benefits together.
    Benefits,
    /// How much later everything comes that is still to come, costs of the project excepted.
    Delay,
    /// The discount rate.
    Rate,
}

/// How a case reacts to one of its inputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Switch {
    /// Which.
    pub input: Input,
    /// Where the net present value is zero (the switching value): for costs and benefits the change as a share of
    /// them, for a delay years (negative: earlier), for the rate the rate itself.
    pub at: Measured,
    /// The same as a share of the input as it stands: of the planned duration for a delay, of the rate for the rate;
    /// `None` where there is nothing to relate it to.
    pub change: Option<f64>,
    /// What the net present value changes by when the input is a tenth worse, and a tenth better; a tenth of the
    /// planned duration for a delay.
    pub swing: Option<(f64, f64)>,
}

/// The switching values of a case, the one that turns it first before the others. `span` is the first and the last
/// day of the baseline.
pub(super) fn switches(
    case: &Appraisal,
    status: NaiveDate,
    span: Option<(NaiveDate, NaiveDate)>,
) -> Vec<Switch> {
    let (Some(rate), Ok(costs), Ok(benefits), Ok(npv)) =
        (case.rate, case.present_costs, case.present_benefits, case.npv)
    else {
        return Vec::new();
    };
    let share = |input, part: f64, sign: f64| {
        let change = if part > 0.0 { Ok(sign * npv / part) } else { Err(Reason::NoSwitch) };
        Switch { input, at: change, change: change.ok(), swing: Some((-STEP * part, STEP * part)) }
    };
    let mut switches = vec![
        share(Input::Costs, costs, 1.0),
        share(Input::Benefits, benefits, -1.0),
        delay(case, rate, status, span),
        of_rate(case, rate, npv),
    ];
    // What nothing can turn comes last; the order of the inputs decides between equals.
    let distance = |switch: &Switch| switch.change.map_or(f64::INFINITY, f64::abs);
    switches.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    switches
}

/// A delay moves what is still to come, and discounts it once more.
fn delay(case: &Appraisal, rate: f64, status: NaiveDate, span: Option<(NaiveDate, NaiveDate)>) -> Switch {
    let waits = |flow: &&Flow| {
        let of_project =
            flow.kind == CashFlowKind::Cost && span.is_none_or(|(_, finish)| flow.date <= finish);
        !of_project && flow.date > status
    };
    let moving: f64 = case
        .flows
        .iter()
        .filter(waits)
        .map(|flow| flow.net * discount(years(case.base, flow.date), rate))
        .sum();
    let fixed = case.npv.unwrap_or(0.0) - moving;
    let at = if rate > 0.0 && moving > 0.0 && fixed < 0.0 {
        Ok((moving / -fixed).ln() / rate.ln_1p())
    } else {
        Err(Reason::NoSwitch)
    };
    let effect = |years: f64| moving * discount(years, rate) - moving;
    let length = span.map(|(start, finish)| years(start, finish)).filter(|length| *length > 0.0);
    Switch {
        input: Input::Delay,
        at,
        change: at.ok().zip(length).map(|(years, length)| years / length),
        swing: length.map(|length| (effect(STEP * length), effect(-STEP * length))),
    }
}

/// The next rate above the present one that turns a case that is worth something, the next below it one that is not.
fn of_rate(case: &Appraisal, rate: f64, npv: f64) -> Switch {
    let rates = &case.rates.all;
    let next = if npv >= 0.0 {
        rates.iter().copied().find(|zero| *zero >= rate)
    } else {
        rates.iter().copied().rfind(|zero| *zero < rate)
    };
    let npv_at = |rate: f64| super::appraisal::present_value(case.flows.iter(), case.base, rate);
    Switch {
        input: Input::Rate,
        at: next.ok_or(Reason::NoSwitch),
        change: next.filter(|_| rate > 0.0).map(|next| next / rate - 1.0),
        swing: (rate > 0.0).then(|| (npv_at(rate * (1.0 + STEP)) - npv, npv_at(rate * (1.0 - STEP)) - npv)),
    }
}
