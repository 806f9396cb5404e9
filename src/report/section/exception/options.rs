//! The options of the exception report: what each is called, what it assumes, what it changes.

use crate::analysis::exception::{self, Area, Choice, Options};
use crate::calendar::last_day;
use crate::document::{Column, Kind, Row, Table, Value};
use crate::report::subject::{Subject, finish_cell};
use crate::report::wording::{capital, listed, working_days};
use crate::wording::counted;

/// The options with their effect.
pub(super) fn table(subject: &Subject<'_>, options: &Options) -> Table {
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
    Table {
        id: "exception_options",
        caption: String::new(),
        columns: vec![
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
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
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
