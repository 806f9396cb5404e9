//! Feasibility: people, time and money against what the plan asks of them.

use crate::analysis::feasibility::{Figure, Line};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::capital;

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
        Block::Paragraph(told(subject, lines)),
        Block::Table(table(subject)),
        Block::Note(subject.word(word!(
            "The reference class is what happened to projects of the same kind, whatever the plan says: of 1,471 IT \
             projects one in six cost about 200% more and took almost 70% longer (Flyvbjerg and Budzier 2011). A line \
             that does not hold is no prediction; it says what the plan has no answer to."
        ))),
    ]
}

fn told(subject: &Subject<'_>, lines: &[Line]) -> String {
    let answered = lines.iter().filter_map(|line| line.outcome.as_ref().ok().map(|outcome| (line, outcome)));
    let (holding, broken): (Vec<_>, Vec<_>) = answered.partition(|(_, outcome)| outcome.holds);
    let open = lines.len() - holding.len() - broken.len();
    let names: Vec<String> = broken.iter().map(|(line, _)| subject.word(line.name)).collect();
    let mut sentences = vec![if names.is_empty() {
        phrase!("All {n} {n|line|lines} that can be assessed {n|holds|hold}.", n = holding.len())
    } else {
        phrase!(
            "{holding} of {all} lines {holding|holds|hold}; {broken|this one does not|these do not}: {names}.",
            holding = holding.len(),
            all = holding.len() + names.len(),
            broken = names.len(),
            names = subject.format.clauses(&names)
        )
    }];
    if open > 0 {
        sentences.push(phrase!("{n} cannot be assessed.", n = open));
    }
    subject.say_all(&sentences)
}

fn figure(subject: &Subject<'_>, figure: Figure) -> String {
    match figure {
        Figure::Amount(units) => subject.format.amount(units),
        Figure::Hours(hours) => subject.say(phrase!("{n} h", n = Part::number(hours, 0))),
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
                if outcome.holds { word!("holds") } else { word!("does not hold") },
                capital(&subject.say(&outcome.note)),
            ),
            Err(why) => (Value::Empty, Value::Empty, word!("not assessable"), capital(&subject.say(why))),
        };
        Row::new(vec![
            Value::Text(capital(&subject.word(line.name))),
            value,
            threshold,
            subject.cell(verdict),
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
