//! What is handed over open.

use crate::analysis::closure::handover::{Kind as Point, OpenPoint};
use crate::analysis::commitment::is_overdue;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::model::Severity;
use crate::report::section::{Section, print};
use crate::report::subject::{Subject, text};
use crate::report::wording::listed;
use crate::wording::{counted, is_or_are, so_many_are};

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
pub(in crate::report) fn counts(open: &[OpenPoint]) -> Option<String> {
    let counts = Point::ALL.iter().filter_map(|kind| {
        let count = open.iter().filter(|point| point.kind == *kind).count();
        (count > 0).then(|| counted(count, kind.word()))
    });
    let counts: Vec<String> = counts.collect();
    (!counts.is_empty()).then(|| listed(&counts))
}

fn told(subject: &Subject<'_>) -> String {
    let open = &subject.found.closure.open;
    let day = subject.found.status_date.day();
    let nobody = open.iter().filter(|point| point.owner.is_none()).count();
    let overdue = open.iter().filter(|point| is_overdue(point.due, day)).count();
    let mut also = Vec::new();
    if overdue > 0 {
        also.push(format!("{} overdue", so_many_are(overdue)));
    }
    if nobody > 0 {
        also.push(format!("{} without an owner", so_many_are(nobody)));
    }
    let also = if also.is_empty() { String::new() } else { format!("; {}", listed(&also)) };
    let counts = counts(open).unwrap_or_default();
    format!("{counts} {} open at {}{also}.", is_or_are(open.len()), subject.format.day(day))
}

fn table(subject: &Subject<'_>, open: &[OpenPoint]) -> Table {
    let has = |get: fn(&OpenPoint) -> bool| open.iter().any(get);
    let (severity, since) = (has(|point| point.severity.is_some()), has(|point| point.since.is_some()));
    let date = |day: Option<chrono::NaiveDate>| day.map_or(Value::Empty, Value::Date);
    let mut rows: Vec<Row> = open
        .iter()
        .map(|point| {
            let mut cells = vec![
                Value::Text(point.kind.word().to_owned()),
                Value::Text(point.id.clone()),
                Value::Text(point.title.clone()),
            ];
            if severity {
                cells.push(text(point.severity.map(Severity::word)));
            }
            if since {
                cells.push(date(point.since));
            }
            cells.extend([date(point.due), text(point.owner.as_deref()), text(point.note.as_deref())]);
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
