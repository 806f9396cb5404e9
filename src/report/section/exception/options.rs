//! The options of the exception report: what each is called, what it assumes, what it changes.

use crate::analysis::exception::{self, Area, Choice, Options};
use crate::calendar::last_day;
use crate::document::{Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::report::subject::{Subject, finish_cell};
use crate::report::wording::{capital, working_days};

/// The options with their effect.
pub(super) fn table(subject: &Subject<'_>, options: &Options) -> Table {
    let rows = options.choices.iter().enumerate().map(|(index, choice)| {
        let chance = |chance: Option<f64>| chance.map_or(Value::Empty, Value::Percent);
        Row::new(vec![
            Value::Text(subject.say(name(subject, choice))),
            Value::Text(subject.say(assumption(subject, choice))),
            choice.cost.map_or(Value::Empty, Value::Estimate),
            finish_cell(choice.finish),
            choice.cost_p80.map_or(Value::Empty, Value::Estimate),
            finish_cell(choice.finish_p80),
            chance(choice.chance.both),
            chance(choice.chance.cost),
            chance(choice.chance.finish),
            Value::Estimate(choice.cost_change),
            Value::Days(choice.days),
            subject.cell(if index == options.recommended { word!("option::recommended") } else { "" }),
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
pub(super) fn name(subject: &Subject<'_>, choice: &Choice) -> Phrase {
    match choice.kind {
        exception::Kind::Accept => phrase!("Accept the forecast"),
        exception::Kind::Move => phrase!("New baseline at P80"),
        exception::Kind::People => phrase!("Add people"),
        exception::Kind::Scope => phrase!("Cut scope"),
        exception::Kind::Change(index) => phrase!("Approve {change}", change = change(subject, index).0),
        exception::Kind::Together => phrase!("All that save time or money"),
    }
}

/// The same within a sentence.
pub(super) fn name_within(subject: &Subject<'_>, choice: &Choice) -> Phrase {
    match choice.kind {
        exception::Kind::Accept => phrase!("accept the forecast"),
        exception::Kind::Move => phrase!("new baseline at P80"),
        exception::Kind::People => phrase!("add people"),
        exception::Kind::Scope => phrase!("cut scope"),
        exception::Kind::Change(index) => phrase!("approve {change}", change = change(subject, index).0),
        exception::Kind::Together => phrase!("all that save time or money"),
    }
}

/// Id and title of a change.
fn change<'a>(subject: &Subject<'a>, index: usize) -> (&'a str, &'a str) {
    subject.project.changes.get(index).map_or(("", ""), |change| (&change.id, &change.title))
}

/// `New baseline at P80 (cost EUR 872,683, finish 7 Aug 2026)`: an option with what is newly promised where the
/// baseline moves, else with what to expect.
pub(super) fn with_promise(subject: &Subject<'_>, choice: &Choice, option: Phrase) -> Phrase {
    let moves = |area| choice.kind.keeps_baseline() || subject.found.exception.breaks(area);
    let cost = choice.cost.filter(|_| moves(Area::Cost)).map(|cost| subject.format.amount(cost));
    let finish = choice.finish.filter(|_| moves(Area::Time)).map(last_day);
    match (cost, finish) {
        (Some(cost), Some(finish)) => {
            phrase!("{option} (cost {cost}, finish {finish})", option, cost, finish)
        }
        (Some(cost), None) => phrase!("{option} (cost {cost})", option, cost),
        (None, Some(finish)) => phrase!("{option} (finish {finish})", option, finish),
        (None, None) => option,
    }
}

/// What an option assumes, and what it changes.
fn assumption(subject: &Subject<'_>, choice: &Choice) -> Phrase {
    let effect = capital(&subject.say(effect(subject, choice)));
    match choice.kind {
        exception::Kind::Accept => {
            phrase!("Nothing is changed; the recommended forecast becomes the baseline.")
        }
        exception::Kind::Move => phrase!(
            "Nothing is changed; what breaks of budget and finish moves to what four of five such projects keep."
        ),
        exception::Kind::People => {
            phrase!("{effect}: {people}.", effect, people = people(subject, choice))
        }
        exception::Kind::Scope => {
            phrase!("{effect}: {left_out}.", effect, left_out = left_out(subject, choice))
        }
        exception::Kind::Change(index) => {
            let (_, title) = change(subject, index);
            phrase!("{effect}: {change}.", effect, change = title.trim_end_matches('.'))
        }
        exception::Kind::Together => phrase!("{effect}: people, scope and changes as above.", effect),
    }
}

/// `one person more on each of 4.5 Correct what the tests find (4 working days) and ...`.
fn people(subject: &Subject<'_>, choice: &Choice) -> Phrase {
    let tasks = choice.staffed.iter().map(|(task, gain)| {
        phrase!("{task} ({days})", task = subject.task_label(*task), days = working_days(*gain)).into()
    });
    let tasks: Vec<Part> = tasks.collect();
    if tasks.len() > 1 {
        phrase!("one person more on each of {tasks}", tasks)
    } else {
        phrase!("one person more on {task}", task = tasks)
    }
}

/// `Training of the call centre is left out (1 task: 5.2 Training)`.
fn left_out(subject: &Subject<'_>, choice: &Choice) -> Phrase {
    let group = choice.group.clone().unwrap_or_default();
    let tasks: Vec<String> = choice.left_out.iter().take(3).map(|task| subject.task_label(*task)).collect();
    let (n, tasks) = (choice.left_out.len(), tasks.join(", "));
    match n.saturating_sub(3) {
        0 => phrase!("\u{201c}{group}\u{201d} is left out ({n} {n|task|tasks}: {tasks})", group, n, tasks),
        more => phrase!(
            "\u{201c}{group}\u{201d} is left out ({n} {n|task|tasks}: {tasks} and {more} more)",
            group,
            n,
            tasks,
            more
        ),
    }
}

/// `8 working days earlier, EUR 6,500 more`.
fn effect(subject: &Subject<'_>, choice: &Choice) -> Phrase {
    let days = match choice.days {
        days if days.abs() < 0.05 => phrase!("no day gained"),
        days if days < 0.0 => phrase!("{days} earlier", days = working_days(days)),
        days => phrase!("{days} later", days = working_days(days)),
    };
    let amount = subject.format.amount(choice.cost_change.abs());
    let cost = match choice.cost_change {
        cost if cost.abs() < 0.5 => phrase!("no cost"),
        cost if cost < 0.0 => phrase!("{amount} less", amount),
        _ => phrase!("{amount} more", amount),
    };
    phrase!("{days}, {cost}", days, cost)
}
