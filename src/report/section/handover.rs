//! What is handed over open.

use crate::analysis::closure::handover::{Kind as Point, OpenPoint};
use crate::analysis::commitment::is_overdue;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::model::Severity;
use crate::report::section::{Section, print};
use crate::report::subject::{Subject, text};

pub(super) const SECTION: Section = Section {
    id: "handover",
    title: "Handed over open",
    about: "Deliverables not accepted, open defects, issues, actions, decisions, changes and risks, with who answers for each.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let open = &subject.found.closure.open;
    if open.is_empty() {
        return Vec::new();
    }
    vec![Block::Paragraph(told(subject)), Block::Table(table(subject, open))]
}

/// `2 defects, 2 issues and 1 action`, in the order of their kinds; none without open points.
pub(in crate::report) fn counts(open: &[OpenPoint]) -> Option<Phrase> {
    let counts = Point::ALL.iter().filter_map(|kind| {
        let count = open.iter().filter(|point| point.kind == *kind).count();
        (count > 0).then(|| so_many(*kind, count).into())
    });
    let counts: Vec<Part> = counts.collect();
    (!counts.is_empty()).then(|| phrase!("{counts}", counts))
}

/// `2 defects`.
fn so_many(kind: Point, n: usize) -> Phrase {
    match kind {
        Point::Deliverable => phrase!("{n} {n|deliverable|deliverables}", n),
        Point::Defect => phrase!("{n} {n|defect|defects}", n),
        Point::Issue => phrase!("{n} {n|issue|issues}", n),
        Point::Action => phrase!("{n} {n|action|actions}", n),
        Point::Decision => phrase!("{n} {n|decision|decisions}", n),
        Point::Change => phrase!("{n} {n|change|changes}", n),
        Point::Risk => phrase!("{n} {n|risk|risks}", n),
    }
}

fn told(subject: &Subject<'_>) -> String {
    let open = &subject.found.closure.open;
    let day = subject.found.status_date.day();
    let nobody = open.iter().filter(|point| point.owner.is_none()).count();
    let overdue = open.iter().filter(|point| is_overdue(point.due, day)).count();
    let Some(counts) = counts(open) else { return String::new() };
    let mut also: Vec<Part> = Vec::new();
    if overdue > 0 {
        also.push(phrase!("{n} {n|is|are} overdue", n = overdue).into());
    }
    if nobody > 0 {
        also.push(phrase!("{n} {n|is|are} without an owner", n = nobody).into());
    }
    let n = open.len();
    subject.say(if also.is_empty() {
        phrase!("{counts} {n|is|are} open at {day}.", counts, n, day)
    } else {
        phrase!("{counts} {n|is|are} open at {day}; {also}.", counts, n, day, also)
    })
}

fn table(subject: &Subject<'_>, open: &[OpenPoint]) -> Table {
    let has = |get: fn(&OpenPoint) -> bool| open.iter().any(get);
    let (severity, since) = (has(|point| point.severity.is_some()), has(|point| point.since.is_some()));
    let date = |day: Option<chrono::NaiveDate>| day.map_or(Value::Empty, Value::Date);
    let mut rows: Vec<Row> = open
        .iter()
        .map(|point| {
            let mut cells = vec![
                subject.cell(point.kind.word()),
                Value::Text(point.id.clone()),
                Value::Text(point.title.clone()),
            ];
            if severity {
                cells.push(point.severity.map_or(Value::Empty, |severity| subject.cell(severity.word())));
            }
            if since {
                cells.push(date(point.since));
            }
            let note = point.note.as_ref().map_or(Value::Empty, |note| Value::Text(subject.say(note)));
            cells.extend([date(point.due), text(point.owner.as_deref()), note]);
            Row::new(cells)
        })
        .collect();
    let weight = |row: usize| {
        let severity = open[row].severity.unwrap_or(Severity::Medium);
        Some(
            f64::from(u8::from(severity >= Severity::High))
                + f64::from(u8::from(severity >= Severity::Medium)),
        )
    };
    print::heaviest(&mut rows, subject.limits.rows, weight);
    let mut columns = vec![
        Column::new("kind", "Kind", Kind::Text).weight(2),
        Column::new("id", "Id", Kind::Text).weight(2),
        Column::new("title", "What is open", Kind::Text).weight(7),
    ];
    if severity {
        columns.push(Column::new("severity", "Severity", Kind::Text).weight(2));
    }
    if since {
        columns.push(Column::new("since", "Since", Kind::Date));
    }
    columns.extend([
        Column::new("due", "Due", Kind::Date),
        Column::new("owner", "Who", Kind::Text).weight(3),
        Column::new("note", "State, or what is done", Kind::Text).weight(5),
    ]);
    Table { id: "handover", caption: String::new(), columns, rows, totals: None, print_rows: None }
}
