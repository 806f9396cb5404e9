//! The tables of the exception report: tolerances, contributions to the breach, options.

use crate::analysis::bridge::{Bridge, Cause};
use crate::analysis::exception::{self, Area, Choice, Options, Slip};
use crate::calendar::last_day;
use crate::document::{Column, Kind, Row, Table, Value};
use crate::report::section::bridge;
use crate::report::subject::{Subject, finish_cell};
use crate::report::wording::{capital, listed, lower, signed_working_days, working_days};
use crate::wording::{counted, percent};

/// Every tolerance with its forecast.
pub(super) fn tolerances(subject: &Subject<'_>) -> Table {
    let rows = subject.found.exception.tolerances.iter().map(|tolerance| {
        let text = |units: f64| measured(subject, tolerance.area, units);
        let state = match (tolerance.allowed, tolerance.forecast) {
            _ if tolerance.is_broken() => "exceeded".to_owned(),
            (None, _) => "not agreed".to_owned(),
            (Some(_), Err(reason)) => format!("not assessable: {reason}"),
            (Some(_), Ok(_)) => "within".to_owned(),
        };
        Row::new(vec![
            Value::Text(area(tolerance.area).to_owned()),
            tolerance.allowed.map_or(Value::Empty, |allowed| Value::Text(text(allowed))),
            tolerance.forecast.map_or(Value::Empty, |forecast| Value::Text(text(forecast))),
            tolerance.beyond().map_or(Value::Empty, |beyond| Value::Text(text(beyond))),
            Value::Text(state),
        ])
    });
    table(
        "tolerances",
        String::new(),
        vec![
            Column::new("tolerance", "Tolerance", Kind::Text).weight(4),
            Column::new("agreed", "Agreed", Kind::Text).weight(2),
            Column::new("forecast", "Forecast", Kind::Text).weight(2),
            Column::new("beyond", "Exceeded by", Kind::Text).weight(2),
            Column::new("state", "State", Kind::Text).weight(3),
        ],
        rows.collect(),
        None,
    )
}

/// What a tolerance is granted in.
fn area(area: Area) -> &'static str {
    match area {
        Area::Cost => "Cost over the budget",
        Area::Time => "Finish after the baseline",
        Area::Scope => "Deliverables rejected or left out",
        Area::Quality => "Critical and high defects open",
        Area::Risk => "Exposure to open threats",
        Area::Benefit => "Benefits lost",
    }
}

/// A figure in the unit of its area.
fn measured(subject: &Subject<'_>, area: Area, figure: f64) -> String {
    let sign = if figure < 0.0 { "\u{2212}" } else { "" };
    match area {
        Area::Cost | Area::Risk => format!("{sign}{}", subject.format.amount(figure.abs())),
        Area::Time => signed_working_days(figure),
        Area::Scope | Area::Quality => subject.format.number(figure, 0),
        Area::Benefit => percent(figure),
    }
}

/// What EAC - BAC is made of, each with its cause.
pub(super) fn cost(subject: &Subject<'_>, bridge: &Bridge) -> Table {
    let found = subject.found;
    let all = bridge.eac - bridge.bac;
    let why = |task: usize| {
        let variance = found.variances.iter().find(|variance| variance.task == task);
        variance.map(|variance| subject.dates_as_shown(&variance.cause)).unwrap_or_default()
    };
    let rows = bridge.causes.iter().map(|(cause, amount)| {
        let why = match cause {
            Cause::Task(task) => why(*task),
            Cause::Rest => rest(subject),
            Cause::OtherOver | Cause::Under | Cause::BesideTasks => String::new(),
        };
        Row::new(vec![
            Value::Text(bridge::name(subject, *cause)),
            Value::Estimate(*amount),
            share(*amount, all),
            Value::Text(capital(&why)),
        ])
    });
    let totals = Row::new(vec![
        Value::Text("Forecast cost over the budget".to_owned()),
        Value::Estimate(all),
        share(all, all),
        Value::Empty,
    ]);
    table(
        "exception_cost",
        "What the cost over the budget is made of".to_owned(),
        vec![
            Column::new("cause", "Contribution", Kind::Text).weight(4),
            Column::new("amount", "Over budget", Kind::Money).sums(),
            Column::new("share", "Share", Kind::Percent),
            Column::new("why", "Why", Kind::Text).weight(6),
        ],
        rows.collect(),
        Some(totals),
    )
}

/// How the rest is estimated.
fn rest(subject: &Subject<'_>) -> String {
    let found = subject.found;
    let method = found.cost_forecasts.iter().find(|forecast| forecast.method == found.recommended.cost);
    method.map(|method| format!("forecast with the {}", lower(method.name))).unwrap_or_default()
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
            Value::Text("What the recommended forecast adds to the links".to_owned()),
            Value::Empty,
            Value::Empty,
            Value::Days(slip.rest),
            share(slip.rest, slip.days),
        ]));
    }
    let totals = Row::new(vec![
        Value::Text("Forecast finish after the baseline".to_owned()),
        Value::Empty,
        Value::Empty,
        Value::Days(slip.days),
        share(slip.days, slip.days),
    ]);
    table(
        "exception_slip",
        "What the slip of the finish is made of, in working days".to_owned(),
        vec![
            Column::new("task", "Task of the chain that sets the finish", Kind::Text).weight(5),
            Column::new("waited", "By a later start", Kind::Days),
            Column::new("longer", "By taking longer", Kind::Days),
            Column::new("days", "Adds", Kind::Days),
            Column::new("share", "Share", Kind::Percent),
        ],
        rows,
        Some(totals),
    )
}

fn share(part: f64, all: f64) -> Value {
    if all == 0.0 { Value::Empty } else { Value::Percent(part / all) }
}

/// The options with their effect.
pub(super) fn options(subject: &Subject<'_>, options: &Options) -> Table {
    let rows = options.choices.iter().enumerate().map(|(index, choice)| {
        let chance = |chance: Option<f64>| chance.map_or(Value::Empty, Value::Percent);
        Row::new(vec![
            Value::Text(name(subject, choice)),
            Value::Text(assumption(subject, choice)),
            choice.cost.map_or(Value::Empty, Value::Estimate),
            finish_cell(choice.finish),
            choice.cost_p80.map_or(Value::Empty, Value::Estimate),
            finish_cell(choice.finish_p80),
            chance(choice.chance.both),
            chance(choice.chance.cost),
            chance(choice.chance.finish),
            Value::Estimate(choice.cost_change),
            Value::Days(choice.days),
            Value::Text(if index == options.recommended { "recommended" } else { "" }.to_owned()),
        ])
    });
    table(
        "exception_options",
        String::new(),
        vec![
            Column::new("option", "Option", Kind::Text).weight(3),
            Column::new("assumption", "Assumed", Kind::Text).weight(6),
            Column::new("cost", "Cost", Kind::Money),
            Column::new("finish", "Finish", Kind::Date),
            Column::new("cost_p80", "Cost P80", Kind::Money),
            Column::new("finish_p80", "Finish P80", Kind::Date),
            Column::new("both", "Kept", Kind::Percent),
            Column::new("kept_cost", "Cost kept", Kind::Percent).workbook_only(),
            Column::new("kept_finish", "Finish kept", Kind::Percent).workbook_only(),
            Column::new("cost_change", "Change in cost", Kind::Money).workbook_only(),
            Column::new("days", "Change in days", Kind::Days).workbook_only(),
            Column::new("choice", "Choice", Kind::Text).workbook_only(),
        ],
        rows.collect(),
        None,
    )
}

/// What an option is called.
pub(super) fn name(subject: &Subject<'_>, choice: &Choice) -> String {
    match choice.kind {
        exception::Kind::Accept => "Accept the forecast".to_owned(),
        exception::Kind::Move => "New baseline at P80".to_owned(),
        exception::Kind::People => "Add people".to_owned(),
        exception::Kind::Scope => "Cut scope".to_owned(),
        exception::Kind::Change(index) => {
            let id = subject.project.changes.get(index).map_or("", |change| change.id.as_str());
            format!("Approve {id}")
        }
        exception::Kind::Together => "All that save time or money".to_owned(),
    }
}

/// ` (cost EUR 872,683, finish 7 Aug 2026)`: what is newly promised where the baseline moves, else what to expect.
pub(super) fn promised(subject: &Subject<'_>, choice: &Choice) -> String {
    let moves = |area| choice.kind.keeps_baseline() || subject.found.exception.breaks(area);
    let cost = choice.cost.filter(|_| moves(Area::Cost));
    let cost = cost.map(|cost| format!("cost {}", subject.format.amount(cost)));
    let finish = choice.finish.filter(|_| moves(Area::Time));
    let finish = finish.map(|finish| format!("finish {}", subject.format.day(last_day(finish))));
    let both: Vec<String> = cost.into_iter().chain(finish).collect();
    if both.is_empty() { String::new() } else { format!(" ({})", both.join(", ")) }
}

/// What an option assumes, and what it changes.
fn assumption(subject: &Subject<'_>, choice: &Choice) -> String {
    match choice.kind {
        exception::Kind::Accept => {
            "Nothing is changed; the recommended forecast becomes the baseline.".to_owned()
        }
        exception::Kind::Move => {
            "Nothing is changed; what breaks of budget and finish moves to what four of five such projects keep.".to_owned()
        }
        exception::Kind::People => {
            format!("{}: {}.", capital(&effect(subject, choice)), people(subject, choice))
        }
        exception::Kind::Scope => {
            format!("{}: {}.", capital(&effect(subject, choice)), left_out(subject, choice))
        }
        exception::Kind::Change(index) => {
            let title = subject.project.changes.get(index).map_or("", |change| change.title.as_str());
            format!("{}: {}.", capital(&effect(subject, choice)), title.trim_end_matches('.'))
        }
        exception::Kind::Together => {
            format!("{}: people, scope and changes as above.", capital(&effect(subject, choice)))
        }
    }
}

/// `one person more for 4.5 Correct what the tests find (4 working days) and ...`.
fn people(subject: &Subject<'_>, choice: &Choice) -> String {
    let names: Vec<String> = choice
        .staffed
        .iter()
        .map(|(task, gain)| format!("{} ({})", subject.task_label(*task), working_days(*gain)))
        .collect();
    let each = if names.len() > 1 { "one person more on each of" } else { "one person more on" };
    format!("{each} {}", listed(&names))
}

/// `Training of the call centre is left out (1 task not begun)`.
fn left_out(subject: &Subject<'_>, choice: &Choice) -> String {
    let group = choice.group.clone().unwrap_or_default();
    let tasks: Vec<String> = choice.left_out.iter().take(3).map(|task| subject.task_label(*task)).collect();
    let more = match choice.left_out.len().saturating_sub(3) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    format!(
        "\u{201c}{group}\u{201d} is left out ({}: {}{more})",
        counted(choice.left_out.len(), "task"),
        tasks.join(", ")
    )
}

/// `8 working days earlier, EUR 6,500 more`.
fn effect(subject: &Subject<'_>, choice: &Choice) -> String {
    let days = match choice.days {
        days if days.abs() < 0.05 => "no day gained".to_owned(),
        days if days < 0.0 => format!("{} earlier", working_days(days)),
        days => format!("{} later", working_days(days)),
    };
    let cost = match choice.cost_change {
        cost if cost.abs() < 0.5 => "no cost".to_owned(),
        cost if cost < 0.0 => format!("{} less", subject.format.amount(-cost)),
        cost => format!("{} more", subject.format.amount(cost)),
    };
    format!("{days}, {cost}")
}

fn table(
    id: &'static str,
    caption: String,
    columns: Vec<Column>,
    rows: Vec<Row>,
    totals: Option<Row>,
) -> Table {
    Table { id, caption, columns, rows, totals, print_rows: None }
}
