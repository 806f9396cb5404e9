//! Published examples, and what must hold of any case.

use chrono::NaiveDate;

use super::appraisal::{Appraisal, Flow};
use super::forecast::{Drift, Effect};
use super::rates::internal_rates;
use super::sensitivity::{Input, switches};
use crate::model::CashFlowKind;
use crate::quantity::Reason;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn flows(amounts: &[(&str, f64)]) -> Vec<Flow> {
    amounts
        .iter()
        .map(|(date, net)| Flow {
            date: day(date),
            kind: if *net < 0.0 { CashFlowKind::Cost } else { CashFlowKind::Benefit },
            net: *net,
        })
        .collect()
}

fn case(amounts: &[(&str, f64)], rate: f64) -> Appraisal {
    Appraisal::new(flows(amounts), day(amounts[0].0), Some(rate))
}

/// A flow a year from the first on, each 365 days after the one before.
fn yearly(amounts: &[f64], rate: f64) -> Appraisal {
    let date = |year: usize| {
        let days = chrono::Days::new(365 * u64::try_from(year).unwrap());
        day("2021-01-01").checked_add_days(days).unwrap()
    };
    let flows = amounts.iter().enumerate().map(|(year, net)| Flow {
        date: date(year),
        kind: if *net < 0.0 { CashFlowKind::Cost } else { CashFlowKind::Benefit },
        net: *net,
    });
    Appraisal::new(flows.collect(), day("2021-01-01"), Some(rate))
}

fn near(left: f64, right: f64, within: f64) {
    assert!((left - right).abs() <= within, "{left} is not {right}");
}

/// Microsoft's documentation of XNPV and XIRR: 2,086.6476 at 9%, and 37.3362535%.
const EXCEL: [(&str, f64); 5] = [
    ("2008-01-01", -10_000.0),
    ("2008-03-01", 2_750.0),
    ("2008-10-30", 4_250.0),
    ("2009-02-15", 3_250.0),
    ("2009-04-01", 2_750.0),
];

#[test]
fn dated_flows_are_worth_what_excel_says() {
    let case = case(&EXCEL, 0.09);
    near(case.npv.unwrap(), 2_086.647_602, 1e-6);
    near(case.rates.irr.unwrap(), 0.373_362_535, 1e-8);
    assert_eq!(case.rates.sign_changes, 1);
    near(case.benefit_cost.unwrap(), 12_086.647_602 / 10_000.0, 1e-9);
}

#[test]
fn rates_of_return_of_microsofts_example() {
    // Microsoft's documentation of IRR: 8.7% after five years, -2.1% after four, -44.4% after two.
    let flows = [-70_000.0, 12_000.0, 15_000.0, 18_000.0, 21_000.0, 26_000.0];
    for (years, expected) in [(5, 0.086_63), (4, -0.021_24), (2, -0.443_51)] {
        near(yearly(&flows[..=years], 0.1).rates.irr.unwrap(), expected, 5e-5);
    }
}

#[test]
fn several_rates_are_all_found_and_none_is_chosen() {
    // Brealey and Myers, pitfall 2: -4,000, +25,000, -25,000 has 25% and 400%, and is worth -1,934 at 10%.
    let case = yearly(&[-4_000.0, 25_000.0, -25_000.0], 0.1);
    assert_eq!(case.rates.irr, Err(Reason::SeveralRates));
    assert_eq!((case.rates.sign_changes, case.rates.all.len()), (2, 2));
    near(case.rates.all[0], 0.25, 1e-9);
    near(case.rates.all[1], 4.0, 1e-9);
    near(case.npv.unwrap(), -1_934.0, 1.0);
    // Brealey, Myers and Allen, the strip mine of Helmsley Iron: 3.5% and 19.54%, worth 0.253 at 10%.
    let mine = [-3.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, -6.5];
    let case = yearly(&mine, 0.1);
    near(case.rates.all[0], 0.035, 1e-4);
    near(case.rates.all[1], 0.195_4, 1e-4);
    near(case.npv.unwrap(), 0.253, 1e-3);
}

#[test]
fn a_negative_rate_beside_a_positive_one_is_no_second_return() {
    // (1 - 1.2 x)(1 - 0.5 x): 20% and -50%; times -1,000.
    let case = yearly(&[-1_000.0, 1_700.0, -600.0], 0.1);
    near(case.rates.irr.unwrap(), 0.2, 1e-9);
    near(case.rates.all[0], -0.5, 1e-9);
}

#[test]
fn without_a_rate_of_return_it_says_why() {
    // Brealey and Myers: +1,000, -3,000, +2,500 has no rate of return, and is worth 339 at 10%.
    let none = yearly(&[1_000.0, -3_000.0, 2_500.0], 0.1);
    assert_eq!((none.rates.irr, none.rates.sign_changes), (Err(Reason::NoRate), 2));
    near(none.npv.unwrap(), 339.0, 1.0);
    assert_eq!(yearly(&[-1.0, -2.0], 0.1).rates.irr, Err(Reason::NoSignChange));
    assert_eq!(internal_rates(&[]).irr, Err(Reason::NoSignChange));
}

#[test]
fn rates_that_only_touch_zero_and_many_at_once_are_found() {
    // (1 - 1.1 x)^2: the value is never below zero, and zero at 10%.
    let touching = internal_rates(&[(0.0, 1.0), (1.0, -2.2), (2.0, 1.21)]);
    near(touching.irr.unwrap(), 0.1, 1e-6);
    // (1 - 1.1x)(1 - 1.2x)(1 - 1.3x), multiplied out.
    let three = internal_rates(&[(0.0, -1.0), (1.0, 3.6), (2.0, -4.31), (3.0, 1.716)]);
    for (found, expected) in three.all.iter().zip([0.1, 0.2, 0.3]) {
        near(*found, expected, 1e-9);
    }
    assert_eq!(three.all.len(), 3);
    // A century of flows does not overflow.
    let century: Vec<(f64, f64)> =
        (0..=100_u8).map(|year| (f64::from(year), if year == 0 { -1_000.0 } else { 50.0 })).collect();
    near(internal_rates(&century).irr.unwrap(), 0.049_6, 1e-3);
}

#[test]
fn payback_lies_between_two_flows() {
    // accountingexplained.com: 50 million, then 10, 13, 16, 19, 22: 3 + 11/19 years.
    let payback = yearly(&[-50.0, 10.0, 13.0, 16.0, 19.0, 22.0], 0.1).payback.unwrap();
    near(payback.years, 3.0 + 11.0 / 19.0, 1e-9);
    assert_eq!(payback.day, day("2024-07-31"), "1,095 days and 11/19 of 365, the day begun");
    // The same source, discounted at 11%: 2,324,000, then 600,000 six times: 5 + 106,462/320,785 years.
    let flows = [-2_324_000.0, 6e5, 6e5, 6e5, 6e5, 6e5, 6e5];
    near(yearly(&flows, 0.11).discounted_payback.unwrap().years, 5.0 + 106_462.0 / 320_785.0, 1e-5);
}

#[test]
fn what_is_never_paid_back_and_what_falls_back_say_so() {
    let years = |amounts: &[f64]| yearly(amounts, 0.0).payback.map(|payback| payback.years);
    assert_eq!(years(&[-100.0, 50.0]), Err(Reason::NotPaidBack));
    assert_eq!(years(&[100.0, -50.0]), Err(Reason::NothingInvested));
    assert_eq!(years(&[-100.0, 100.0]), Ok(1.0));
    // Taking down what was built costs 30 in the third year, which the fourth pays.
    near(years(&[-100.0, 60.0, 60.0, -30.0, 20.0]).unwrap(), 3.5, 1e-9);
}

#[test]
fn an_overrun_and_a_slip_show_in_the_case() {
    let plan = case(
        &[("2026-01-01", -1_000.0), ("2027-01-01", -100.0), ("2027-01-01", 800.0), ("2028-01-01", 800.0)],
        0.1,
    );
    let drift = Drift {
        budget: 1_000.0,
        cost_factor: 1.2,
        slip_days: 365,
        finish: day("2026-06-30"),
        status: day("2026-03-31"),
    };
    let now = Appraisal::new(drift.applied(&plan.flows), plan.base, plan.rate);
    // By hand: 1,000 more by a fifth; what was worth 700 / 1.1 + 800 / 1.21 is discounted once more.
    let waiting = 700.0 / 1.1 + 800.0 / 1.21;
    near(plan.npv.unwrap(), waiting - 1_000.0, 1e-9);
    near(now.npv.unwrap(), waiting / 1.1 - 1_200.0, 1e-9);
    assert_eq!(now.flows[1].date, day("2028-01-01"));
    // What has come by the status date stays where it is.
    let past = Drift { status: day("2027-06-30"), ..drift };
    assert_eq!(past.applied(&plan.flows)[2].date, day("2027-01-01"));
}

#[test]
fn a_cost_of_a_year_is_cut_where_the_budget_ends() {
    // 1,500 of costs in the first year, of which the budget covers 900 and the rest is operation.
    let plan = case(&[("2026-12-31", -1_500.0), ("2026-12-31", 500.0), ("2027-12-31", 2_000.0)], 0.1);
    let drift = Drift {
        budget: 900.0,
        cost_factor: 1.5,
        slip_days: 30,
        finish: day("2026-06-30"),
        status: day("2026-03-31"),
    };
    let now = drift.applied(&plan.flows);
    let told: Vec<(NaiveDate, f64)> = now.iter().map(|flow| (flow.date, flow.net)).collect();
    let expected = [
        (day("2026-12-31"), -1_350.0),
        (day("2027-01-30"), -600.0),
        (day("2027-01-30"), 500.0),
        (day("2028-01-30"), 2_000.0),
    ];
    assert_eq!(told, expected);
    let effects: Vec<Effect> = drift.pieces(&plan.flows).iter().map(|piece| piece.effect).collect();
    assert_eq!(effects, [Effect::Grows, Effect::Waits, Effect::Waits, Effect::Waits]);
}

#[test]
fn at_its_switching_value_a_case_is_worth_nothing() {
    let case = case(&EXCEL, 0.09);
    let found = switches(&case, case.present_benefits, Some(0.25));
    let at = |input| found.iter().find(|switch| switch.input == input).unwrap().at.unwrap();
    let npv = |change: &dyn Fn(&Flow) -> Flow, rate| {
        Appraisal::new(case.flows.iter().map(change).collect(), case.base, Some(rate)).npv.unwrap()
    };
    let scaled = |kind, by: f64| {
        move |flow: &Flow| {
            if flow.kind == kind { Flow { net: flow.net * (1.0 + by), ..*flow } } else { *flow }
        }
    };
    near(npv(&scaled(CashFlowKind::Cost, at(Input::Costs)), 0.09), 0.0, 1e-6);
    near(npv(&scaled(CashFlowKind::Benefit, at(Input::Benefits)), 0.09), 0.0, 1e-6);
    near(npv(&|flow| *flow, at(Input::Rate)), 0.0, 1e-6);
    near(at(Input::Rate), 0.373_362_535, 1e-8);
    // 12,086.65 of benefits may wait until they are worth 10,000: ln(1.2087) / ln(1.09) years.
    near(at(Input::Delay), 1.208_664_76_f64.ln() / 1.09_f64.ln(), 1e-6);
    // Benefits turn it at -17%, costs at +21%: benefits first.
    assert_eq!(found[0].input, Input::Benefits);
}

#[test]
fn without_a_rate_only_what_needs_none_is_told() {
    let case = Appraisal::new(flows(&EXCEL), day("2008-01-01"), None);
    assert_eq!((case.npv, case.benefit_cost), (Err(Reason::NoDiscountRate), Err(Reason::NoDiscountRate)));
    assert!(case.rates.irr.is_ok() && case.payback.is_ok() && case.discounted_payback.is_err());
    assert!(switches(&case, case.present_benefits, None).is_empty());
}
