//! How sound the schedule is: every check with its result and threshold, and what offends.

use crate::analysis::schedule_health::{Assessment, Place, Threshold, Unit};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::report::section::{Section, print};
use crate::report::subject::Subject;
use crate::wording::counted;

pub(super) const SECTION: Section = Section {
    id: "schedule_health",
    title: "Schedule health",
    about: "The 14 checks of the DCMA and others: result, threshold, and the tasks and links that offend.",
    compose,
};

/// How many offenders the table of checks names; the other table has all.
const NAMED: usize = 4;

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let found = &subject.found.schedule_health;
    // Where hardly anything can be assessed there is no schedule to speak of, and none is left of what is over.
    if subject.finished().is_some() || found.iter().filter(|assessed| assessed.outcome.is_ok()).count() < 4 {
        return Vec::new();
    }
    let mut blocks = vec![Block::Paragraph(summary(found)), Block::Table(checks(subject))];
    blocks.push(Block::Note(
        "Unless a check says otherwise it looks at tasks that are not finished and are neither summaries nor \
         level of effort, and at links into them. Checks 1 to 14 and their thresholds are those of the Defense \
         Contract Management Agency."
            .to_owned(),
    ));
    if found
        .iter()
        .any(|assessed| assessed.outcome.as_ref().is_ok_and(|outcome| !outcome.offenders.is_empty()))
    {
        blocks.push(Block::Table(offenders(subject)));
    }
    blocks
}

fn summary(found: &[Assessment]) -> String {
    let dcma = || found.iter().filter(|assessed| assessed.check.number.is_some());
    let passed = dcma().filter(|assessed| assessed.passed() == Some(true)).count();
    let missed: Vec<String> = dcma()
        .filter(|assessed| assessed.passed() == Some(false))
        .map(|assessed| assessed.check.name.to_lowercase())
        .collect();
    let open = dcma().filter(|assessed| assessed.outcome.is_err()).count();
    let mut text = format!("{passed} of the 14 checks of the DCMA are passed");
    if missed.is_empty() {
        text.push_str(" and none is missed.");
    } else {
        text = format!("{text}; missed: {}.", missed.join(", "));
    }
    if open > 0 {
        text = format!("{text} {} cannot be assessed.", counted(open, "check"));
    }
    text
}

/// A result in its unit.
fn shown(subject: &Subject<'_>, unit: Unit, value: f64) -> String {
    let format = &subject.format;
    match unit {
        Unit::Share => {
            format!("{}%", format.number(value * 100.0, usize::from(value > 0.0 && value < 0.1)))
        }
        Unit::Count => format.number(value, 0),
        Unit::Index => format.number(value, 2),
        Unit::Days => format!("{} days", format.number(value, 1)),
    }
}

fn threshold(subject: &Subject<'_>, assessed: &Assessment) -> String {
    let check = assessed.check;
    // A threshold is a round figure.
    let round = |value: f64| match check.unit {
        Unit::Share => format!("{}%", subject.format.number(value * 100.0, 0)),
        _ => shown(subject, check.unit, value),
    };
    match check.threshold {
        Threshold::AtMost(most) if most <= 0.0 => "none".to_owned(),
        Threshold::AtMost(most) => format!("at most {}", round(most)),
        Threshold::AtLeast(least) => format!("at least {}", round(least)),
        Threshold::Informational => String::new(),
    }
}

fn verdict(assessed: &Assessment) -> &'static str {
    match (assessed.passed(), &assessed.outcome) {
        (Some(true), _) => "passed",
        (Some(false), _) => "missed",
        (None, Ok(_)) => "for information",
        (None, Err(_)) => "not assessable",
    }
}

fn place(subject: &Subject<'_>, place: Place) -> String {
    match place {
        Place::Task(task) => subject.task_code(task),
        Place::Link(link) => {
            let link = &subject.project.links[link];
            format!("{} \u{2192} {}", subject.task_code(link.predecessor), subject.task_code(link.successor))
        }
    }
}

/// The first offenders, or why there is no result.
fn found(subject: &Subject<'_>, assessed: &Assessment) -> String {
    let outcome = match &assessed.outcome {
        Ok(outcome) => outcome,
        Err(reason) => return format!("Not assessable, because {reason}."),
    };
    let named = outcome.offenders.iter().take(NAMED).map(|offender| place(subject, offender.place));
    let mut text = named.collect::<Vec<_>>().join(", ");
    if outcome.offenders.len() > NAMED {
        text = format!("{text} and {} more", outcome.offenders.len() - NAMED);
    }
    let parts = [text, subject.dates_as_shown(&outcome.note)];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(". ")
}

fn checks(subject: &Subject<'_>) -> Table {
    let rows = subject.found.schedule_health.iter().map(|assessed| {
        let check = assessed.check;
        let outcome = assessed.outcome.as_ref().ok();
        let of = outcome.and_then(|outcome| outcome.of);
        let count = outcome.filter(|_| of.is_some()).map(|outcome| outcome.offenders.len());
        Row::new(vec![
            check.number.map_or(Value::Empty, |number| Value::Count(number.into())),
            Value::Text(check.name.to_owned()),
            outcome.map_or(Value::Empty, |outcome| Value::Text(shown(subject, check.unit, outcome.value))),
            Value::Text(threshold(subject, assessed)),
            Value::Text(verdict(assessed).to_owned()),
            count.map_or(Value::Empty, |count| Value::Count(count as u64)),
            of.map_or(Value::Empty, |of| Value::Count(of as u64)),
            Value::Text(found(subject, assessed)),
            Value::Text(check.about.to_owned()),
        ])
    });
    Table {
        id: "schedule_checks",
        caption: String::new(),
        columns: vec![
            Column::new("number", "DCMA", Kind::Count),
            Column::new("check", "Check", Kind::Text).weight(3),
            Column::new("result", "Result", Kind::Text).weight(1),
            Column::new("threshold", "Threshold", Kind::Text).weight(2),
            Column::new("verdict", "Verdict", Kind::Text).weight(2),
            Column::new("offenders", "Found", Kind::Count).workbook_only(),
            Column::new("base", "Of", Kind::Count).workbook_only(),
            Column::new("found", "What was found", Kind::Text).weight(5),
            Column::new("about", "What is counted", Kind::Text).weight(5).workbook_only(),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

fn offenders(subject: &Subject<'_>) -> Table {
    let limits = subject.limits;
    let mut weights = Vec::new();
    let mut rows: Vec<Row> = subject
        .found
        .schedule_health
        .iter()
        .filter_map(|assessed| Some((assessed, assessed.outcome.as_ref().ok()?)))
        .flat_map(|(assessed, outcome)| {
            // The first of every check that is missed, whatever check they are of.
            let missed = assessed.passed() == Some(false);
            weights.extend(
                (0..outcome.offenders.len()).map(|nth| (missed && nth < limits.offenders).then_some(0.0)),
            );
            outcome.offenders.iter().map(|offender| {
                let name = match offender.place {
                    Place::Task(task) => subject.project.tasks[task].name.clone(),
                    Place::Link(link) => {
                        subject.project.tasks[subject.project.links[link].successor].name.clone()
                    }
                };
                Row::new(vec![
                    Value::Text(assessed.check.name.to_owned()),
                    Value::Text(place(subject, offender.place)),
                    Value::Text(name),
                    Value::Text(subject.dates_as_shown(&offender.detail)),
                ])
            })
        })
        .collect();
    print::heaviest(&mut rows, limits.rows, |row| weights[row]);
    Table {
        id: "schedule_offenders",
        caption: "What offends".to_owned(),
        columns: vec![
            Column::new("check", "Check", Kind::Text).weight(2),
            Column::new("place", "Task or link", Kind::Text).weight(2),
            Column::new("name", "Name", Kind::Text).weight(3),
            Column::new("detail", "What", Kind::Text).weight(4),
        ],
        print_rows: None,
        rows,
        totals: None,
    }
}
