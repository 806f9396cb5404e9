//! The tables of the exception report: tolerances, contributions to the breach.

use crate::analysis::bridge::{Bridge, Cause};
use crate::analysis::exception::{Area, Slip};
use crate::document::{Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::report::section::bridge;
use crate::report::subject::Subject;
use crate::report::wording::{capital, signed_working_days};

/// Every tolerance with its forecast.
pub(super) fn tolerances(subject: &Subject<'_>) -> Table {
    let rows = subject.found.exception.tolerances.iter().map(|tolerance| {
        let text = |units: f64| measured(subject, tolerance.area, units);
        let state = match (tolerance.allowed, tolerance.forecast) {
            _ if tolerance.is_broken() => phrase!("tolerance::exceeded"),
            (None, _) => phrase!("tolerance::not agreed"),
            (Some(_), Err(reason)) => phrase!("not assessable: {reason}", reason = Part::Word(reason)),
            (Some(_), Ok(_)) => phrase!("tolerance::within"),
        };
        Row::new(vec![
            subject.cell(area(tolerance.area)),
            tolerance.allowed.map_or(Value::Empty, |allowed| Value::Text(text(allowed))),
            tolerance.forecast.map_or(Value::Empty, |forecast| Value::Text(text(forecast))),
            tolerance.beyond().map_or(Value::Empty, |beyond| Value::Text(text(beyond))),
            Value::Text(subject.say(state)),
        ])
    });
    Table {
        id: "tolerances",
        caption: String::new(),
        columns: vec![
            Column::new("tolerance", "Tolerance", Kind::Text).weight(4),
            Column::new("agreed", "Agreed", Kind::Text).weight(2),
            Column::new("forecast", "Forecast", Kind::Text).weight(2),
            Column::new("beyond", "Exceeded by", Kind::Text).weight(2),
            Column::new("state", "State", Kind::Text).weight(3),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// What a tolerance is granted in.
fn area(area: Area) -> &'static str {
    match area {
        Area::Cost => word!("Cost over the budget"),
        Area::Time => word!("Finish after the baseline"),
        Area::Scope => word!("Deliverables rejected or left out"),
        Area::Quality => word!("Critical and high defects open"),
        Area::Risk => word!("Exposure to open threats"),
        Area::Benefit => word!("Benefits lost"),
    }
}

/// A figure in the unit of its area.
fn measured(subject: &Subject<'_>, area: Area, figure: f64) -> String {
    let sign = if figure < 0.0 { "\u{2212}" } else { "" };
    match area {
        Area::Cost | Area::Risk => format!("{sign}{}", subject.format.amount(figure.abs())),
        Area::Time => subject.say(signed_working_days(figure)),
        Area::Scope | Area::Quality => subject.format.number(figure, 0),
        Area::Benefit => subject.say(phrase!("{share}", share = Part::share(figure))),
    }
}

/// What EAC - BAC is made of, each with its cause.
pub(super) fn cost(subject: &Subject<'_>, bridge: &Bridge) -> Table {
    let found = subject.found;
    let all = bridge.eac - bridge.bac;
    let why = |task: usize| {
        let variance = found.variances.iter().find(|variance| variance.task == task);
        variance.map(|variance| subject.say(variance.cause())).unwrap_or_default()
    };
    let rows = bridge.causes.iter().map(|(cause, amount)| {
        let why = match cause {
            Cause::Task(task) => capital(&why(*task)),
            Cause::Rest => rest(subject),
            Cause::OtherOver | Cause::Under | Cause::BesideTasks => String::new(),
        };
        Row::new(vec![
            Value::Text(bridge::name(subject, *cause)),
            Value::Estimate(*amount),
            share(*amount, all),
            Value::Text(why),
        ])
    });
    let totals = Row::new(vec![
        subject.cell(word!("Forecast cost over the budget")),
        Value::Estimate(all),
        share(all, all),
        Value::Empty,
    ]);
    Table {
        id: "exception_cost",
        caption: subject.word(word!("What the cost over the budget is made of")),
        columns: vec![
            Column::new("cause", "Contribution", Kind::Text).weight(4),
            Column::new("amount", "Over budget", Kind::Money).sums(),
            Column::new("share", "Share", Kind::Percent),
            Column::new("why", "Why", Kind::Text).weight(6),
        ],
        rows: rows.collect(),
        totals: Some(totals),
        print_rows: None,
    }
}

/// How the rest is estimated.
fn rest(subject: &Subject<'_>) -> String {
    let found = subject.found;
    let method = found.cost_forecasts.iter().find(|forecast| forecast.method == found.recommended.cost);
    method
        .map(|method| {
            subject.say(phrase!("Forecast with the {method}", method = subject.format.within(method.name)))
        })
        .unwrap_or_default()
}

/// What the slip is made of.
pub(super) fn slip(subject: &Subject<'_>, slip: &Slip) -> Table {
    let mut rows: Vec<Row> = slip
        .ranked()
        .into_iter()
        .map(|part| {
            Row::new(vec![
                Value::Text(subject.task_label(part.task)),
                Value::Days(part.waited),
                Value::Days(part.longer),
                Value::Days(part.days()),
                share(part.days(), slip.days),
            ])
        })
        .collect();
    if slip.rest.abs() >= 0.05 {
        rows.push(Row::new(vec![
            subject.cell(word!("What the recommended forecast adds to the links")),
            Value::Empty,
            Value::Empty,
            Value::Days(slip.rest),
            share(slip.rest, slip.days),
        ]));
    }
    let totals = Row::new(vec![
        subject.cell(word!("Forecast finish after the baseline")),
        Value::Empty,
        Value::Empty,
        Value::Days(slip.days),
        share(slip.days, slip.days),
    ]);
    Table {
        id: "exception_slip",
        caption: subject.word(word!("What the slip of the finish is made of, in working days")),
        columns: vec![
            Column::new("task", "Task of the chain that sets the finish", Kind::Text).weight(5),
            Column::new("waited", "By a later start", Kind::Days),
            Column::new("longer", "By taking longer", Kind::Days),
            Column::new("days", "Adds", Kind::Days),
            Column::new("share", "Share", Kind::Percent),
        ],
        rows,
        totals: Some(totals),
        print_rows: None,
    }
}

fn share(part: f64, all: f64) -> Value {
    if all == 0.0 { Value::Empty } else { Value::Percent(part / all) }
}
