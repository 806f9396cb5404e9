//! The critical path and what every open task waits for.

use crate::analysis::network::Network;
use crate::analysis::network::activities::State;
use crate::calendar::last_day;
use crate::document::{Block, Column, ItemList, Kind, ListItem, Row, Table, Value};
use crate::language::Part;
use crate::report::section::{Section, print};
use crate::report::subject::{Subject, finish_cell, start_cell};

pub(super) const SECTION: Section = Section {
    id: "network",
    title: "Critical path",
    about: "The tasks that set the finish, the float of every open task and what it waits for.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Some(network) = subject.found.network.as_ref().ok().filter(|network| network.linked) else {
        return Vec::new();
    };
    let open: Vec<usize> = subject
        .outline_order()
        .into_iter()
        .filter(|&task| {
            network.scheduled(task).is_some_and(|t| matches!(t.state, State::Open | State::Begun))
        })
        .collect();
    if open.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(summary(subject, network, &open))];
    let path = network.longest_path();
    if !path.is_empty() {
        blocks.push(Block::Heading(subject.word(word!("What sets the finish"))));
        blocks.push(Block::Table(table(subject, network, "critical_path", &path)));
    }
    if !network.conflicts.is_empty() {
        let items = network.conflicts.iter().map(|conflict| ListItem {
            text: subject.say(phrase!(
                "{task}: {constraint} {day}, possible on {possible} at the earliest; {days} working days are missing.",
                task = subject.task_label(conflict.task),
                constraint = Part::Word(conflict.kind.name()),
                day = conflict.day(),
                possible = conflict.earliest(),
                days = Part::number(conflict.days, 1)
            )),
            detail: String::new(),
        });
        blocks.push(Block::List(ItemList {
            title: subject.word(word!("Constraints that cannot be met")),
            items: items.collect(),
            empty: String::new(),
        }));
    }
    blocks.push(Block::Heading(subject.word(word!("Float of the open tasks"))));
    let mut floats = table(subject, network, "floats", &open);
    floats.print_rows = None;
    // Those with the least float; the tasks that set the finish are above.
    let weight = |row: usize| {
        let task = network.scheduled(open[row])?;
        let off_the_path = (task.critical || task.near_critical) && !task.on_longest_path;
        off_the_path.then(|| -task.total_float.unwrap_or_default())
    };
    if print::heaviest(&mut floats.rows, subject.limits.rows, weight) {
        blocks.push(Block::Note(subject.word(word!(
            "Of a long list the print shows the critical and near-critical tasks that are not named above."
        ))));
    }
    blocks.push(Block::Table(floats));
    blocks.extend(network.notes.iter().map(|note| Block::Note(subject.say(note))));
    blocks
}

fn summary(subject: &Subject<'_>, network: &Network, open: &[usize]) -> String {
    let count = |which: fn(&crate::analysis::network::Scheduled) -> bool| {
        open.iter().filter(|&&task| network.scheduled(task).is_some_and(which)).count()
    };
    let (critical, near) = (count(|task| task.critical), count(|task| task.near_critical));
    let finish = last_day(network.finish);
    let off = subject.baseline_span().and_then(|(_, planned)| subject.working_days(planned, finish));
    let finish = match off.map(|days| (days, Part::number(days.abs(), 0))) {
        Some((after, days)) if after > 0.5 => {
            phrase!("{finish}, {days} {days|working day|working days} after the baseline", finish, days)
        }
        Some((after, days)) if after < -0.5 => {
            phrase!("{finish}, {days} {days|working day|working days} before the baseline", finish, days)
        }
        Some(_) => phrase!("{finish}, as baselined", finish),
        None => phrase!("{finish}", finish),
    };
    let mut sentences = vec![
        phrase!("By its links, calendars and remaining durations the project finishes on {finish}.", finish),
        phrase!(
            "Of {n} open {n|task|tasks} {critical} {critical|is|are} critical and {near} near-critical.",
            n = open.len(),
            critical,
            near
        ),
    ];
    // A constraint that is honoured against the links pulls the finish to where it cannot be.
    if !network.conflicts.is_empty() {
        sentences.push(phrase!("The finish is too early where a constraint cannot be met: see below."));
    }
    subject.say_all(&sentences)
}

fn table(subject: &Subject<'_>, network: &Network, id: &'static str, tasks: &[usize]) -> Table {
    let float = |days: Option<f64>| days.map_or(Value::Empty, Value::Days);
    let rows: Vec<Row> = tasks
        .iter()
        .filter_map(|&task| {
            let found = network.scheduled(task)?;
            let word = match (found.critical, found.near_critical) {
                (true, _) => word!("critical"),
                (_, true) => word!("path::near"),
                _ => "",
            };
            Some(Row::new(vec![
                Value::Text(subject.task_code(task)),
                Value::Text(subject.project.tasks[task].name.to_string()),
                start_cell(Some(found.early.0)),
                finish_cell(Some(found.early.1)),
                finish_cell(Some(found.late.1)),
                float(found.total_float),
                float(found.free_float),
                subject.cell(word),
                Value::Text(
                    subject.say(network.waits_for(subject.project, task, |task| subject.task_code(task))),
                ),
            ]))
        })
        .collect();
    Table {
        id,
        caption: String::new(),
        columns: vec![
            Column::new("code", "Task", Kind::Text).weight(1),
            Column::new("name", "Name", Kind::Text).weight(4),
            Column::new("early_start", "Early start", Kind::Date),
            Column::new("early_finish", "Early finish", Kind::Date),
            Column::new("late_finish", "Late finish", Kind::Date),
            Column::new("total_float", "Float", Kind::Days),
            Column::new("free_float", "Free float", Kind::Days),
            Column::new("critical", "Critical", Kind::Text).weight(1),
            Column::new("waits_for", "Waits for", Kind::Text).weight(3),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}
