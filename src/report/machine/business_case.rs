//! The business case in the JSON: as approved and as it stands.

use serde::Serialize;

use crate::analysis::business_case::{Appraisal, Input, Payback};
use crate::language::Phrase;
use crate::model::CashFlowKind;
use crate::quantity::{Measured, Reason};
use crate::report::machine::rounded;
use crate::report::subject::Subject;

/// The case of a project.
#[derive(Serialize)]
pub(super) struct Case<'a> {
    discount_rate: Option<f64>,
    base_date: String,
    plan: Worth,
    forecast: Option<Forecast>,
    forecast_reason: Option<&'static str>,
    switching_values: Vec<Switch>,
    uncertainty: Option<Uncertainty>,
    uncertainty_reason: Option<&'a Phrase>,
    decision: Option<&'a str>,
    flows: Vec<Flow<'a>>,
}

/// Amounts in currency units, rates as shares, paybacks in years of 365 days and as days.
#[derive(Serialize)]
struct Worth {
    costs: f64,
    benefits: f64,
    present_costs: Option<f64>,
    present_benefits: Option<f64>,
    npv: Option<f64>,
    npv_reason: Option<&'static str>,
    benefit_cost_ratio: Option<f64>,
    irr: Option<f64>,
    irr_reason: Option<&'static str>,
    rates_of_return: Vec<f64>,
    sign_changes: usize,
    payback_years: Option<f64>,
    payback_date: Option<String>,
    payback_reason: Option<&'static str>,
    discounted_payback_years: Option<f64>,
    discounted_payback_date: Option<String>,
}

/// The case with the forecast of cost and finish.
#[derive(Serialize)]
struct Forecast {
    cost_factor: f64,
    slip_days: i64,
    #[serde(flatten)]
    worth: Worth,
}

/// Where the net present value is zero.
#[derive(Serialize)]
struct Switch {
    input: &'static str,
    at: Option<f64>,
    change: Option<f64>,
    npv_change_worse: Option<f64>,
    npv_change_better: Option<f64>,
}

/// P80 is the value that is exceeded with 80% confidence.
#[derive(Serialize)]
struct Uncertainty {
    trials: usize,
    npv_p50: f64,
    npv_p80: f64,
    positive: f64,
}

#[derive(Serialize)]
struct Flow<'a> {
    date: String,
    kind: &'static str,
    category: Option<&'a str>,
    net: f64,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

/// The business case of a project; `None` where it has none.
pub(super) fn case<'a>(subject: &Subject<'a>) -> Option<Case<'a>> {
    let case = subject.found.business_case.as_ref()?;
    let switches = case.switches.iter().map(|switch| Switch {
        input: match switch.input {
            Input::Costs => "costs",
            Input::Benefits => "benefits",
            Input::Delay => "delay_years",
            Input::Rate => "discount_rate",
        },
        at: switch.at.ok().map(rounded),
        change: switch.change.map(rounded),
        npv_change_worse: switch.swing.map(|swing| rounded(swing.0)),
        npv_change_better: switch.swing.map(|swing| rounded(swing.1)),
    });
    let flows = subject.project.cash_flows.iter().map(|flow| Flow {
        date: flow.date.to_string(),
        kind: match flow.kind {
            CashFlowKind::Cost => "cost",
            CashFlowKind::Benefit => "benefit",
        },
        category: flow.category.as_deref(),
        net: flow.net.units(),
        file: &flow.origin.file,
        sheet: flow.origin.sheet.as_deref(),
        row: flow.origin.row,
    });
    Some(Case {
        discount_rate: case.rate,
        base_date: case.plan.base.to_string(),
        plan: worth(&case.plan),
        forecast: case.forecast.as_ref().ok().map(|forecast| Forecast {
            cost_factor: rounded(forecast.drift.cost_factor),
            slip_days: forecast.drift.slip_days,
            worth: worth(&forecast.appraisal),
        }),
        forecast_reason: case.forecast.as_ref().err().map(|reason| reason.text()),
        switching_values: switches.collect(),
        uncertainty: case.uncertainty.as_ref().ok().map(|found| Uncertainty {
            trials: found.trials,
            npv_p50: rounded(found.p50),
            npv_p80: rounded(found.p80),
            positive: rounded(found.positive),
        }),
        uncertainty_reason: case.uncertainty.as_ref().err(),
        decision: subject.project.charter.decision.as_deref(),
        flows: flows.collect(),
    })
}

fn worth(found: &Appraisal) -> Worth {
    let figure = |measured: Measured| measured.ok().map(rounded);
    let years = |payback: Result<Payback, Reason>| payback.ok().map(|payback| rounded(payback.years));
    let day = |payback: Result<Payback, Reason>| payback.ok().map(|payback| payback.day.to_string());
    Worth {
        costs: rounded(found.costs),
        benefits: rounded(found.benefits),
        present_costs: figure(found.present_costs),
        present_benefits: figure(found.present_benefits),
        npv: figure(found.npv),
        npv_reason: found.npv.err().map(Reason::text),
        benefit_cost_ratio: figure(found.benefit_cost),
        irr: figure(found.rates.irr),
        irr_reason: found.rates.irr.err().map(Reason::text),
        rates_of_return: found.rates.all.iter().copied().map(rounded).collect(),
        sign_changes: found.rates.sign_changes,
        payback_years: years(found.payback),
        payback_date: day(found.payback),
        payback_reason: found.payback.err().map(Reason::text),
        discounted_payback_years: years(found.discounted_payback),
        discounted_payback_date: day(found.discounted_payback),
    }
}
