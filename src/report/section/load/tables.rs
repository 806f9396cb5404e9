//! The tables of load and capacity.

use std::ops::Range;

use super::{heat, hours, named, together};
use crate::analysis::load::{LoadFindings, Overload, PersonLoad, WeekLoad};
use crate::document::{Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::quantity::Work;
use crate::report::subject::{Subject, finish_cell, start_cell, text};

/// Columns of the weeks.
const WEEKS: [&str; super::SHOWN] = [
    "w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "w9", "w10", "w11", "w12", "w13", "w14", "w15", "w16",
    "w17", "w18", "w19", "w20", "w21", "w22", "w23", "w24", "w25", "w26",
];
/// Rows of the overloads in the PDF.
const PRINTED: usize = 6;
/// Tasks that are named as the cause of an overload.
const CAUSES: usize = 2;

/// The heat map as cells of the workbook.
pub(super) fn by_week(subject: &Subject<'_>, load: &LoadFindings, weeks: Range<usize>) -> Option<Table> {
    if load.people.is_empty() {
        return None;
    }
    let cells = |name: String, of: &dyn Fn(usize) -> WeekLoad| {
        let share = |week: usize| of(week).utilisation().map_or(Value::Empty, Value::Percent);
        Row::new([Value::Text(name)].into_iter().chain(weeks.clone().map(share)).collect())
    };
    let of_person = |person: &PersonLoad| cells(named(subject, &person.name), &|week| person.weeks[week]);
    let mut columns = vec![Column::new("person", "Person", Kind::Text).weight(3)];
    columns.extend(load.weeks[weeks.clone()].iter().zip(WEEKS).map(|(week, id)| {
        Column::new(id, subject.format.short_day(week.first), Kind::Percent).heat(heat(load))
    }));
    Some(Table {
        id: "load_by_week",
        caption: subject.word(word!(
            "Work in per cent of the hours each has, week by week from the Monday shown: booked to the status date, \
             planned after it"
        )),
        columns,
        rows: load.people.iter().map(of_person).collect(),
        totals: Some(cells(subject.word(word!("Together")), &|week| together(load, week))),
        print_rows: Some(0),
    })
}

/// Who has too much to do, when, and because of what.
pub(super) fn overloads(subject: &Subject<'_>, load: &LoadFindings) -> Option<Table> {
    if load.over.is_empty() {
        return None;
    }
    let row = |overload: &Overload| {
        let week = |index: usize| load.weeks.get(index);
        let share = overload.hours.utilisation();
        Row::new(vec![
            Value::Text(named(subject, &overload.person)),
            week(overload.weeks.0).map_or(Value::Empty, |week| Value::Date(week.first)),
            week(overload.weeks.1).map_or(Value::Empty, |week| Value::Date(week.last())),
            Value::Hours(overload.hours.load()),
            Value::Hours(overload.hours.capacity.unwrap_or_default()),
            share.map_or(Value::Empty, Value::Percent),
            overload.peak.map_or(Value::Empty, Value::Percent),
            Value::Text(causes(subject, &overload.tasks)),
        ])
    };
    Some(Table {
        id: "overload",
        caption: subject.say(phrase!(
            "Weeks in a row above {over}, in hours; the most beyond the time there is first",
            over = Part::share(load.settings.over)
        )),
        columns: vec![
            Column::new("person", "Person", Kind::Text).weight(3),
            Column::new("from", "From", Kind::Date),
            Column::new("to", "To", Kind::Date),
            Column::new("work", "Work", Kind::Hours).symbol("WORK"),
            Column::new("time", "Time", Kind::Hours).symbol("TIME"),
            Column::new("load", "Load", Kind::Percent).formula("WORK / TIME"),
            Column::new("peak", "Highest week", Kind::Percent),
            Column::new("tasks", "Because of", Kind::Text).weight(6),
        ],
        rows: load.over.iter().map(row).collect(),
        totals: None,
        print_rows: Some(PRINTED),
    })
}

/// `5.2 Integration test (72 h), ...`
fn causes(subject: &Subject<'_>, tasks: &[(usize, Work)]) -> String {
    let named = tasks.iter().take(CAUSES).map(|(task, work)| {
        subject.say(phrase!("{task} ({work})", task = subject.task_label(*task), work = hours(*work)))
    });
    let mut named: Vec<String> = named.collect();
    let more = tasks.len().saturating_sub(CAUSES);
    if more > 0 {
        let rest: Work = tasks[CAUSES..].iter().map(|(_, work)| *work).sum();
        named.push(subject.say(phrase!("{n} more ({work})", n = more, work = hours(rest))));
    }
    named.join(", ")
}

/// Everyone over the weeks ahead and to the end of the plan.
pub(super) fn ahead(subject: &Subject<'_>, load: &LoadFindings) -> Option<Table> {
    if load.people.is_empty() {
        return None;
    }
    let cell = |work: Option<Work>| work.map_or(Value::Empty, Value::Hours);
    let share = |week: &WeekLoad| week.utilisation().map_or(Value::Empty, Value::Percent);
    let row = |name: String, role: Value, ahead: &WeekLoad, all: &WeekLoad| {
        let room = ahead.capacity.map(|capacity| Work((capacity - ahead.planned).0.max(0)));
        Row::new(vec![
            Value::Text(name),
            role,
            Value::Hours(ahead.planned),
            cell(ahead.capacity),
            share(ahead),
            cell(room),
            Value::Hours(all.planned),
            cell(all.capacity),
            share(all),
        ])
    };
    let rows = load
        .people
        .iter()
        .filter(|person| person.all.capacity.is_some_and(|c| c.0 > 0) || !person.all.planned.is_zero());
    let rows: Vec<Row> = rows
        .map(|person| {
            row(named(subject, &person.name), text(person.role.as_deref()), &person.ahead, &person.all)
        })
        .collect();
    let until = load.weeks.get(load.horizon).map(|week| subject.format.day(week.last())).unwrap_or_default();
    let end = load.weeks.last().map(|week| subject.format.day(week.last())).unwrap_or_default();
    (!rows.is_empty()).then(|| Table {
        id: "load_ahead",
        caption: subject.say(phrase!(
            "From the status date to {until}, and to the last planned work in the week to {end}, in hours",
            until,
            end
        )),
        columns: vec![
            Column::new("person", "Person", Kind::Text).weight(3),
            Column::new("role", "Role", Kind::Text).weight(3),
            Column::new("work", "Work", Kind::Hours).symbol("WORK").sums(),
            Column::new("time", "Time", Kind::Hours).symbol("TIME").sums(),
            Column::new("load", "Load", Kind::Percent).formula("WORK / TIME").heat(heat(load)),
            Column::new("room", "Room", Kind::Hours).sums(),
            Column::new("work_all", "Work to the end", Kind::Hours).symbol("WORKALL").sums(),
            Column::new("time_all", "Time to the end", Kind::Hours).symbol("TIMEALL").sums(),
            Column::new("load_all", "Load to the end", Kind::Percent)
                .formula("WORKALL / TIMEALL")
                .heat(heat(load)),
        ],
        rows,
        totals: None,
        print_rows: Some(subject.limits.rows),
    })
}

/// Work that nobody is named for, and work that lies in no week.
pub(super) fn nobodys(subject: &Subject<'_>, load: &LoadFindings) -> Option<Table> {
    let row = |(task, work): &(usize, Work), why: &str| {
        let value = subject.found.tasks.get(*task);
        Row::new(vec![
            Value::Text(subject.task_label(*task)),
            value.map_or(Value::Empty, |value| start_cell(value.expected_start)),
            value.map_or(Value::Empty, |value| finish_cell(value.expected_finish)),
            Value::Hours(*work),
            subject.cell(why),
        ])
    };
    let unassigned = load.unassigned.iter().map(|line| row(line, word!("nobody named")));
    let undated = load.undated.iter().map(|line| row(line, word!("no dates")));
    let rows: Vec<Row> = unassigned.chain(undated).collect();
    (!rows.is_empty()).then(|| Table {
        id: "unassigned",
        caption: subject.word(word!("Work that is left and in nobody's load, in hours")),
        columns: vec![
            Column::new("task", "Task", Kind::Text).weight(5),
            Column::new("start", "Expected start", Kind::Date),
            Column::new("finish", "Expected finish", Kind::Date),
            Column::new("work", "Work", Kind::Hours).sums(),
            Column::new("why", "Why", Kind::Text).weight(2),
        ],
        print_rows: Some(PRINTED),
        rows,
        totals: None,
    })
}

/// Every person and week, for the workbook.
pub(super) fn all_weeks(subject: &Subject<'_>, load: &LoadFindings) -> Option<Table> {
    let cell = |work: Option<Work>| work.map_or(Value::Empty, Value::Hours);
    let rows: Vec<Row> = load
        .people
        .iter()
        .flat_map(|person| {
            person.weeks.iter().zip(&load.weeks).map(move |(week, period)| (person, week, period))
        })
        .filter(|(_, week, _)| !week.load().is_zero() || week.capacity.is_some_and(|capacity| capacity.0 > 0))
        .map(|(person, week, period)| {
            Row::new(vec![
                Value::Text(named(subject, &person.name)),
                Value::Date(period.first),
                Value::Hours(week.booked),
                Value::Hours(week.planned),
                Value::Hours(week.load()),
                cell(week.capacity),
                week.utilisation().map_or(Value::Empty, Value::Percent),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| Table {
        id: "load_weeks",
        caption: subject.word(word!("Every person and week, in hours")),
        columns: vec![
            Column::new("person", "Person", Kind::Text).weight(3),
            Column::new("week", "Week from", Kind::Date),
            Column::new("booked", "Booked", Kind::Hours).symbol("BOOKED").sums(),
            Column::new("planned", "Planned", Kind::Hours).symbol("PLANNED").sums(),
            Column::new("work", "Work", Kind::Hours).formula("BOOKED + PLANNED").symbol("WORK").sums(),
            Column::new("time", "Time", Kind::Hours).symbol("TIME").sums(),
            Column::new("load", "Load", Kind::Percent).formula("WORK / TIME").heat(heat(load)),
        ],
        rows,
        totals: None,
        print_rows: Some(0),
    })
}
