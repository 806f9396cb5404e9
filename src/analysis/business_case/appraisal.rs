//! Flows of money and what they come to.

use chrono::{Datelike, NaiveDate};

use super::payback::{Payback, payback};
use super::rates::{Rates, internal_rates};
use crate::model::CashFlowKind;
use crate::quantity::{Measured, Reason, ratio};

/// Days of a year by the actual/365 convention.
const YEAR: f64 = 365.0;

/// An amount on a day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// When it is paid or gained.
    pub date: NaiveDate,
    /// A cost or a benefit.
    pub kind: CashFlowKind,
    /// What it adds to the sponsor's purse in currency units: benefits positive, costs negative.
    pub net: f64,
}

/// What flows come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Appraisal {
    /// The day that everything is discounted to: that of the first flow of the plan.
    pub base: NaiveDate,
    /// The discount rate, a share.
    pub rate: Option<f64>,
    /// The flows, by day.
    pub flows: Vec<Flow>,
    /// Costs without discount, positive.
    pub costs: f64,
    /// Benefits without discount.
    pub benefits: f64,
    /// Costs at their present value, positive.
    pub present_costs: Measured,
    /// Benefits at their present value.
    pub present_benefits: Measured,
    /// Benefits less costs at their present value.
    pub npv: Measured,
    /// Present value of the benefits over that of the costs.
    pub benefit_cost: Measured,
    /// The rates at which the net present value is zero.
    pub rates: Rates,
    /// When the benefits have paid the costs.
    pub payback: Result<Payback, Reason>,
    /// When they have paid them with interest.
    pub discounted_payback: Result<Payback, Reason>,
}

impl Appraisal {
    /// Appraises flows, discounted to the base.
    #[must_use]
    pub fn new(mut flows: Vec<Flow>, base: NaiveDate, rate: Option<f64>) -> Self {
        flows.sort_by_key(|flow| flow.date);
        let of = |kind: CashFlowKind| flows.iter().filter(move |flow| flow.kind == kind);
        let present =
            |kind| rate.map(|rate| present_value(of(kind), base, rate)).ok_or(Reason::NoDiscountRate);
        let present_costs = present(CashFlowKind::Cost).map(|costs| 0.0 - costs);
        let present_benefits = present(CashFlowKind::Benefit);
        let npv = present_benefits.and_then(|benefits| Ok(benefits - present_costs?));
        let days = by_day(&flows);
        let nets: Vec<(f64, f64)> = days.iter().map(|(day, net)| (years(base, *day), *net)).collect();
        let discounted = rate.map(|rate| {
            days.iter().map(|(day, net)| (*day, net * discount(years(base, *day), rate))).collect::<Vec<_>>()
        });
        Self {
            base,
            rate,
            costs: 0.0 - of(CashFlowKind::Cost).map(|flow| flow.net).sum::<f64>(),
            benefits: of(CashFlowKind::Benefit).map(|flow| flow.net).sum(),
            present_costs,
            present_benefits,
            npv,
            benefit_cost: present_benefits
                .and_then(|benefits| ratio(benefits, present_costs?, Reason::NothingInvested)),
            rates: internal_rates(&nets),
            payback: payback(&days, base),
            discounted_payback: discounted
                .ok_or(Reason::NoDiscountRate)
                .and_then(|discounted| payback(&discounted, base)),
            flows,
        }
    }

    /// The sum of the flows so far at the end of every day with one, without discount.
    #[must_use]
    pub fn cumulative(&self) -> Vec<(NaiveDate, f64)> {
        let mut sum = 0.0;
        let run = |(day, net)| {
            sum += net;
            (day, sum)
        };
        by_day(&self.flows).into_iter().map(run).collect()
    }
}

/// Net flows by day, in order; the flows are.
fn by_day(flows: &[Flow]) -> Vec<(NaiveDate, f64)> {
    let same = flows.chunk_by(|one, next| one.date == next.date);
    same.map(|flows| (flows[0].date, flows.iter().map(|flow| flow.net).sum())).collect()
}

/// Years from one day to another, of 365 days each; negative when the second is earlier.
pub(super) fn years(from: NaiveDate, to: NaiveDate) -> f64 {
    f64::from(to.num_days_from_ce() - from.num_days_from_ce()) / YEAR
}

/// What one unit of money is worth that comes so many years later.
pub(super) fn discount(years: f64, rate: f64) -> f64 {
    (1.0 + rate).powf(-years)
}

/// The worth of flows on the day of the base.
pub(in crate::analysis) fn present_value<'a>(
    flows: impl Iterator<Item = &'a Flow>,
    base: NaiveDate,
    rate: f64,
) -> f64 {
    flows.map(|flow| flow.net * discount(years(base, flow.date), rate)).sum()
}
