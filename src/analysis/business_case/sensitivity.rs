//! Which input turns the decision: how far each may change before the case is worth nothing.

use super::appraisal::{Appraisal, discount, present_value};
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

/// The switching values of a case, the one that turns it first before the others. `waiting` is the present value of
/// what comes later when the project does, `length` the planned duration in years.
pub(super) fn switches(case: &Appraisal, waiting: Measured, length: Option<f64>) -> Vec<Switch> {
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
        delay((rate, npv), waiting, length),
        of_rate(case, rate, npv),
    ];
    // What nothing can turn comes last; the order of the inputs decides between equals.
    let distance = |switch: &Switch| switch.change.map_or(f64::INFINITY, f64::abs);
    switches.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
    switches
}

/// A delay moves what is still to come, and discounts it once more.
fn delay((rate, npv): (f64, f64), waiting: Measured, length: Option<f64>) -> Switch {
    let at = waiting.and_then(|waiting| {
        let fixed = npv - waiting;
        if rate > 0.0 && waiting > 0.0 && fixed < 0.0 {
            Ok((waiting / -fixed).ln() / rate.ln_1p())
        } else {
            Err(Reason::NoSwitch)
        }
    });
    let length = length.filter(|length| *length > 0.0);
    let effect = |waiting: f64, years: f64| waiting * discount(years, rate) - waiting;
    Switch {
        input: Input::Delay,
        at,
        change: at.ok().zip(length).map(|(years, length)| years / length),
        swing: waiting
            .ok()
            .zip(length)
            .map(|(waiting, length)| (effect(waiting, STEP * length), effect(waiting, -STEP * length))),
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
    let npv_at = |rate: f64| present_value(case.flows.iter(), case.base, rate);
    Switch {
        input: Input::Rate,
        at: next.ok_or(Reason::NoSwitch),
        change: next.filter(|_| rate > 0.0).map(|next| next / rate - 1.0),
        swing: (rate > 0.0).then(|| (npv_at(rate * (1.0 + STEP)) - npv, npv_at(rate * (1.0 - STEP)) - npv)),
    }
}
