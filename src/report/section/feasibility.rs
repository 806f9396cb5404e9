//! Feasibility: people, time and money against what the plan asks of them.

use crate::analysis::feasibility::{Figure, Line};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::{capital, listed, lower};

pub(super) const SECTION: Section = Section {
    id: "feasibility",
    title: "Feasibility",
    about: "Resources against availability, time frame against network, simulation and reference class, budget against reserves, funding and business case: each with figure, threshold and verdict.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let lines = &subject.found.feasibility;
    // Where hardly anything can be said there is nothing to show.
    if lines.iter().all(|line| line.outcome.is_err()) {
        return Vec::new();
    }
    vec![
        Block::Paragraph(told(lines)),
        Block::Table(table(subject)),
        Block::Note(
            "The reference class is what happened to projects of the same kind, whatever the plan says: of 1,471 IT \
             projects one in six cost about 200% more and took almost 70% longer (Flyvbjerg and Budzier 2011). A line \
             that does not hold is no prediction; it says what the plan has no answer to."
                .to_owned(),
        ),
    ]
}

fn told(lines: &[Line]) -> String {
    let answered = lines.iter().filter_map(|line| line.outcome.as_ref().ok().map(|outcome| (line, outcome)));
    let (holding, broken): (Vec<_>, Vec<_>) = answered.partition(|(_, outcome)| outcome.holds);
    let open = lines.len() - holding.len() - broken.len();
    let names: Vec<String> = broken.iter().map(|(line, _)| lower(line.name)).collect();
    let mut text = match names.as_slice() {
        [] => format!("All {} lines that can be assessed hold.", holding.len()),
        [_] => format!(
            "{} of {} lines hold; this one does not: {}.",
            holding.len(),
            holding.len() + 1,
            listed(&names)
        ),
        _ => format!(
            "{} of {} lines hold; these do not: {}.",
            holding.len(),
            holding.len() + names.len(),
            names.join("; ")
        ),
    };
    if open > 0 {
        text = format!("{text} {open} cannot be assessed.");
    }
    text
}

fn figure(subject: &Subject<'_>, figure: Figure) -> String {
    match figure {
        Figure::Amount(units) => subject.format.amount(units),
        Figure::Hours(hours) => format!("{} h", subject.format.number(hours, 0)),
        Figure::Share(share) => subject.format.show(&Value::Percent(share)),
        Figure::Day(day) => subject.format.day(day),
    }
}

fn table(subject: &Subject<'_>) -> Table {
    let rows = subject.found.feasibility.iter().map(|line| {
        let (value, threshold, verdict, note) = match &line.outcome {
            Ok(outcome) => (
                Value::Text(figure(subject, outcome.figure)),
                Value::Text(figure(subject, outcome.threshold)),
                if outcome.holds { "holds" } else { "does not hold" },
                capital(&subject.say(&outcome.note)),
            ),
            Err(why) => (Value::Empty, Value::Empty, "not assessable", capital(&subject.say(why))),
        };
        Row::new(vec![
            Value::Text(line.name.to_owned()),
            value,
            threshold,
            Value::Text(verdict.to_owned()),
            Value::Text(note),
        ])
    });
    Table {
        id: "feasibility",
        caption: String::new(),
        columns: vec![
            Column::new("what", "What is compared", Kind::Text).weight(4),
            Column::new("figure", "Figure", Kind::Text).weight(2),
            Column::new("threshold", "Threshold", Kind::Text).weight(2),
            Column::new("verdict", "Verdict", Kind::Text).weight(2),
            Column::new("note", "Note", Kind::Text).weight(5),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}
