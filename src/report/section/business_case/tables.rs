//! The tables of the business case.

use crate::analysis::business_case::{Appraisal, BusinessCase, Flow, Input};
use crate::document::{Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::model::CashFlowKind;
use crate::quantity::Money;
use crate::report::subject::{Subject, cell, text};

/// The case as approved and as it stands, a row each.
pub(super) fn appraisals(subject: &Subject<'_>, case: &BusinessCase) -> Table {
    let years = |years: f64| Value::Number(years, 1);
    let row = |name: &str, found: &Appraisal| {
        Row::new(vec![
            subject.cell(name),
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
    let mut rows = vec![row(word!("As approved"), &case.plan)];
    if case.has_drifted() {
        rows.push(row(word!("As it stands"), case.now()));
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
        Input::Costs => word!("Costs"),
        Input::Benefits => word!("Benefits"),
        Input::Delay => word!("Delay"),
        Input::Rate => word!("Discount rate"),
    }
}

/// `+2.3 years`, `−17.2%`, of the rate itself `37.3%`.
fn switching(input: Input, at: f64) -> Phrase {
    match input {
        Input::Delay if at < 0.0 => phrase!("{n} years", n = Part::number(at, 1)),
        Input::Delay => phrase!("+{n} years", n = Part::number(at, 1)),
        Input::Costs | Input::Benefits if at >= 0.0 => phrase!("+{share}", share = Part::percent(at, 1)),
        Input::Costs | Input::Benefits | Input::Rate => phrase!("{share}", share = Part::percent(at, 1)),
    }
}

/// How far each input may change.
pub(super) fn switches(subject: &Subject<'_>, case: &BusinessCase) -> Table {
    let rows = case.switches.iter().map(|switch| {
        let at = match switch.at {
            Err(reason) => Value::Undefined(reason),
            Ok(at) => Value::Text(subject.say(switching(switch.input, at))),
        };
        let of = match switch.input {
            Input::Costs => word!("all costs"),
            Input::Benefits => word!("all benefits"),
            Input::Delay => word!("the planned duration"),
            Input::Rate => word!("the rate"),
        };
        let swing =
            |of: fn((f64, f64)) -> f64| switch.swing.map_or(Value::Empty, |swing| Value::Estimate(of(swing)));
        Row::new(vec![
            subject.cell(name(switch.input)),
            at,
            switch.change.map_or(Value::Empty, Value::Percent),
            subject.cell(of),
            swing(|swing| swing.0),
            swing(|swing| swing.1),
        ])
    });
    Table {
        id: "case_switches",
        caption: subject
            .word(word!("Where the net present value is zero, the input that turns it first on top")),
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
                subject.cell(match plan.kind {
                    CashFlowKind::Cost => word!("cost"),
                    CashFlowKind::Benefit => word!("benefit"),
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
        subject.cell(word!("Total")),
        Value::Empty,
        Value::Empty,
        sum(3),
        Value::Empty,
        sum(5),
    ]);
    Table {
        id: "cash_flows",
        caption: subject.word(word!("The flows; costs are negative")),
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
