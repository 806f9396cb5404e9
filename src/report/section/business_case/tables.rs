//! The tables of the business case.

use crate::analysis::business_case::{Appraisal, BusinessCase, Flow, Input};
use crate::document::{Column, Kind, Row, Table, Value};
use crate::model::CashFlowKind;
use crate::quantity::Money;
use crate::report::subject::{Subject, cell, text};

/// The case as approved and as it stands, a row each.
pub(super) fn appraisals(case: &BusinessCase) -> Table {
    let years = |years: f64| Value::Number(years, 1);
    let row = |name: &str, found: &Appraisal| {
        Row::new(vec![
            Value::Text(name.to_owned()),
            Value::Estimate(found.costs),
            Value::Estimate(found.benefits),
            cell(found.present_costs, Value::Estimate),
            cell(found.present_benefits, Value::Estimate),
            cell(found.npv, Value::Estimate),
            cell(found.benefit_cost, Value::Index),
            cell(found.rates.irr, Value::Percent),
            cell(found.payback.map(|payback| payback.years), years),
            cell(found.discounted_payback.map(|payback| payback.years), years),
        ])
    };
    let mut rows = vec![row("As approved", &case.plan)];
    if case.has_drifted() {
        rows.push(row("As it stands", case.now()));
    }
    Table {
        id: "business_case",
        caption: String::new(),
        columns: vec![
            Column::new("case", "Case", Kind::Text),
            Column::new("costs", "Costs", Kind::Money),
            Column::new("benefits", "Benefits", Kind::Money),
            Column::new("present_costs", "Costs, present value", Kind::Money).symbol("PVC"),
            Column::new("present_benefits", "Benefits, present value", Kind::Money).symbol("PVB"),
            Column::new("npv", "NPV", Kind::Money).symbol("NPV").formula("PVB - PVC"),
            Column::new("bcr", "Benefit-cost ratio", Kind::Index).symbol("BCR").formula("PVB / PVC"),
            Column::new("irr", "IRR", Kind::Percent),
            Column::new("payback", "Payback, years", Kind::Number(1)),
            Column::new("discounted_payback", "Discounted payback, years", Kind::Number(1)),
        ],
        rows,
        totals: None,
        print_rows: None,
    }
}

/// What an input is called.
pub(super) const fn name(input: Input) -> &'static str {
    match input {
        Input::Costs => "Costs",
        Input::Benefits => "Benefits",
        Input::Delay => "Delay",
        Input::Rate => "Discount rate",
    }
}

/// How far each input may change.
pub(super) fn switches(case: &BusinessCase) -> Table {
    let rows = case.switches.iter().map(|switch| {
        let at = match (switch.at, switch.input) {
            (Err(reason), _) => Value::Undefined(reason),
            (Ok(at), Input::Delay) => Value::Text(format!("{at:+.1} years").replace('-', "\u{2212}")),
            (Ok(at), Input::Rate) => Value::Text(format!("{:.1}%", at * 100.0)),
            (Ok(at), _) => Value::Text(format!("{:+.1}%", at * 100.0).replace('-', "\u{2212}")),
        };
        let of = match switch.input {
            Input::Costs => "all costs",
            Input::Benefits => "all benefits",
            Input::Delay => "the planned duration",
            Input::Rate => "the rate",
        };
        let swing =
            |of: fn((f64, f64)) -> f64| switch.swing.map_or(Value::Empty, |swing| Value::Estimate(of(swing)));
        Row::new(vec![
            Value::Text(name(switch.input).to_owned()),
            at,
            switch.change.map_or(Value::Empty, Value::Percent),
            Value::Text(of.to_owned()),
            swing(|swing| swing.0),
            swing(|swing| swing.1),
        ])
    });
    Table {
        id: "case_switches",
        caption: "Where the net present value is zero, the input that turns it first on top".to_owned(),
        columns: vec![
            Column::new("input", "Input", Kind::Text).weight(2),
            Column::new("at", "Switching value", Kind::Text).weight(2),
            Column::new("change", "Change", Kind::Percent).workbook_only(),
            Column::new("of", "As a share of", Kind::Text).weight(2).workbook_only(),
            Column::new("worse", "NPV, 10% worse", Kind::Money),
            Column::new("better", "NPV, 10% better", Kind::Money),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// Every flow, as approved and as it stands; one that the budget covers in part takes two rows.
pub(super) fn flows(subject: &Subject<'_>, case: &BusinessCase) -> Table {
    let project = &subject.project.cash_flows;
    let pieces: Vec<(usize, Flow, Flow)> = match &case.forecast {
        Ok(forecast) => {
            let pieces = forecast.drift.pieces(&case.plan.flows).into_iter();
            pieces.map(|piece| (piece.flow, piece.planned, forecast.drift.expected(&piece))).collect()
        }
        Err(_) => case.plan.flows.iter().enumerate().map(|(index, flow)| (index, *flow, *flow)).collect(),
    };
    let rows: Vec<Row> = pieces
        .into_iter()
        .map(|(index, plan, now)| {
            Row::new(vec![
                Value::Date(plan.date),
                Value::Text(match plan.kind {
                    CashFlowKind::Cost => "cost".to_owned(),
                    CashFlowKind::Benefit => "benefit".to_owned(),
                }),
                text(project.get(index).and_then(|flow| flow.category.as_deref())),
                Value::Money(Money::from_units(plan.net)),
                Value::Date(now.date),
                Value::Money(Money::from_units(now.net)),
            ])
        })
        .collect();
    let sum = |column: usize| {
        let amounts = rows.iter().filter_map(|row| match row.cells.get(column) {
            Some(Value::Money(amount)) => Some(*amount),
            _ => None,
        });
        Value::Money(amounts.sum())
    };
    let totals = Row::new(vec![
        Value::Text("Total".to_owned()),
        Value::Empty,
        Value::Empty,
        sum(3),
        Value::Empty,
        sum(5),
    ]);
    Table {
        id: "cash_flows",
        caption: "The flows; costs are negative".to_owned(),
        columns: vec![
            Column::new("date", "Planned for", Kind::Date),
            Column::new("kind", "Kind", Kind::Text),
            Column::new("category", "For", Kind::Text).weight(3),
            Column::new("amount", "Amount", Kind::Money).sums(),
            Column::new("expected", "Expected on", Kind::Date),
            Column::new("forecast", "Expected amount", Kind::Money).sums(),
        ],
        // Before the project begins they are the case itself; later the workbook is the place to look them up.
        print_rows: Some(if subject.has_begun() { 0 } else { subject.limits.rows }),
        rows,
        totals: Some(totals),
    }
}
