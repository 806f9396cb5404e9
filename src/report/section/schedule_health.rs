//! How sound the schedule is: every check with its result and threshold, and what offends.

use crate::analysis::schedule_health::{Assessment, Place, Threshold, Unit};
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::report::section::{Section, print};
use crate::report::subject::Subject;

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
    let mut blocks =
        vec![Block::Paragraph(subject.say_all(&summary(subject, found))), Block::Table(checks(subject))];
    blocks.push(Block::Note(subject.word(word!(
        "Unless a check says otherwise it looks at tasks that are not finished and are neither summaries nor level of \
         effort, and at links into them. Checks 1 to 14 and their thresholds are those of the Defense Contract Management \
         Agency."
    ))));
    if found
        .iter()
        .any(|assessed| assessed.outcome.as_ref().is_ok_and(|outcome| !outcome.offenders.is_empty()))
    {
        blocks.push(Block::Table(offenders(subject)));
    }
    blocks
}

fn summary(subject: &Subject<'_>, found: &[Assessment]) -> Vec<Phrase> {
    let dcma = || found.iter().filter(|assessed| assessed.check.number.is_some());
    let n = dcma().filter(|assessed| assessed.passed() == Some(true)).count();
    let missed: Vec<String> = dcma()
        .filter(|assessed| assessed.passed() == Some(false))
        .map(|assessed| subject.format.within(assessed.check.name))
        .collect();
    let mut sentences = vec![if missed.is_empty() {
        phrase!("{n} of the 14 checks of the DCMA are passed and none is missed.", n)
    } else {
        phrase!(
            "{n} of the 14 checks of the DCMA are passed; missed: {missed}.",
            n,
            missed = missed.join(", ")
        )
    }];
    let open = dcma().filter(|assessed| assessed.outcome.is_err()).count();
    if open > 0 {
        sentences.push(phrase!("{n} {n|check|checks} cannot be assessed.", n = open));
    }
    sentences
}

/// A result in its unit.
fn shown(unit: Unit, value: f64) -> Part {
    match unit {
        Unit::Share => Part::percent(value, usize::from(value > 0.0 && value < 0.1)),
        Unit::Count => Part::number(value, 0),
        Unit::Index => Part::number(value, 2),
        Unit::Days => phrase!("{n} days", n = Part::number(value, 1)).into(),
    }
}

fn threshold(assessed: &Assessment) -> Phrase {
    let check = assessed.check;
    // A threshold is a round figure.
    let round = |value: f64| match check.unit {
        Unit::Share => Part::percent(value, 0),
        _ => shown(check.unit, value),
    };
    match check.threshold {
        Threshold::AtMost(most) if most <= 0.0 => phrase!("offenders::none"),
        Threshold::AtMost(most) => phrase!("at most {threshold}", threshold = round(most)),
        Threshold::AtLeast(least) => phrase!("at least {threshold}", threshold = round(least)),
        Threshold::Informational => phrase!(""),
    }
}

fn verdict(assessed: &Assessment) -> &'static str {
    match (assessed.passed(), &assessed.outcome) {
        (Some(true), _) => word!("check::passed"),
        (Some(false), _) => word!("check::missed"),
        (None, Ok(_)) => word!("for information"),
        (None, Err(_)) => word!("not assessable"),
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
        Err(reason) => return subject.say(phrase!("Not assessable, because {reason}.", reason)),
    };
    let named = outcome.offenders.iter().take(NAMED).map(|offender| place(subject, offender.place));
    let mut text = named.collect::<Vec<_>>().join(", ");
    if outcome.offenders.len() > NAMED {
        let more = outcome.offenders.len() - NAMED;
        text = subject.say(phrase!("{names} and {n} more", names = text, n = more));
    }
    let parts = [text, subject.say(&outcome.note)];
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
            subject.cell(check.name),
            outcome.map_or(Value::Empty, |outcome| {
                Value::Text(subject.say(phrase!("{result}", result = shown(check.unit, outcome.value))))
            }),
            Value::Text(subject.say(threshold(assessed))),
            subject.cell(verdict(assessed)),
            count.map_or(Value::Empty, |count| Value::Count(count as u64)),
            of.map_or(Value::Empty, |of| Value::Count(of as u64)),
            Value::Text(found(subject, assessed)),
            subject.cell(check.about),
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
                let task = match offender.place {
                    Place::Task(task) => task,
                    Place::Link(link) => subject.project.links[link].successor,
                };
                Row::new(vec![
                    subject.cell(assessed.check.name),
                    Value::Text(place(subject, offender.place)),
                    Value::Text(subject.project.tasks[task].name.to_string()),
                    Value::Text(subject.say(&offender.detail)),
                ])
            })
        })
        .collect();
    print::heaviest(&mut rows, limits.rows, |row| weights[row]);
    Table {
        id: "schedule_offenders",
        caption: subject.word(word!("What offends")),
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
