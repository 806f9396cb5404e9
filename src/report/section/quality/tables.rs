//! The tables of quality: deliverables, open defects, defects week by week, tests.

use crate::analysis::quality::{Accepted, DefectFindings, Stand};
use crate::document::{Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::model::{Deliverable, Severity, Verdict};
use crate::report::subject::{Subject, cell, text};

/// Open defects that are printed: the text counts the others, and the section keeps to a page.
const WORST: usize = 5;

fn day(day: Option<chrono::NaiveDate>) -> Value {
    day.map_or(Value::Empty, Value::Date)
}

fn count(count: u32) -> Value {
    Value::Count(count.into())
}

/// What is handed over, with the defects found in it.
pub(super) fn deliverables(subject: &Subject<'_>) -> Option<Table> {
    let (project, found) = (subject.project, &subject.found.quality);
    if project.deliverables.is_empty() {
        return None;
    }
    let counted = found.defects.is_some();
    let row = |(made, found): (&Deliverable, &Accepted)| {
        let defects = |figure| if counted { count(figure) } else { Value::Empty };
        Row::new(vec![
            Value::Text(made.id.clone()),
            Value::Text(made.name.clone()),
            text(made.criterion.as_deref()),
            text(made.target.as_deref()),
            text(made.measured.as_deref()),
            verdict(subject, found.verdict),
            day(made.due),
            day(made.submitted),
            day(made.accepted),
            Value::Text(stand(subject, found)),
            text(made.owner.as_deref()),
            defects(found.found),
            defects(found.open),
            defects(found.severe),
            Value::Hours(found.hours),
            if counted { cell(found.density, |density| Value::Number(density, 1)) } else { Value::Empty },
            Value::Text(subject.task_codes(&made.tasks)),
        ])
    };
    let rows: Vec<Row> = project.deliverables.iter().zip(&found.deliverables).map(row).collect();
    let defect_column = |column: Column| if counted { column } else { column.workbook_only() };
    Some(Table {
        id: "deliverables",
        caption: subject.word(word!(
            "Deliverables against their criteria; defects per 1,000 hours booked on their tasks"
        )),
        columns: vec![
            Column::new("id", "Id", Kind::Text),
            Column::new("name", "Deliverable", Kind::Text).weight(3),
            Column::new("criterion", "Criterion", Kind::Text).weight(3),
            Column::new("target", "Target", Kind::Text),
            Column::new("measured", "Measured", Kind::Text),
            Column::new("verdict", "Against target", Kind::Text),
            Column::new("due", "Due", Kind::Date),
            Column::new("submitted", "Submitted", Kind::Date).workbook_only(),
            Column::new("accepted", "Accepted", Kind::Date).workbook_only(),
            Column::new("state", "State", Kind::Text).weight(2),
            Column::new("owner", "Owner", Kind::Text).weight(2).workbook_only(),
            defect_column(Column::new("defects", "Defects found", Kind::Count).sums()),
            defect_column(Column::new("open", "Open", Kind::Count).sums()),
            Column::new("severe", "Open, critical or high", Kind::Count).sums().workbook_only(),
            Column::new("hours", "Hours", Kind::Hours).workbook_only(),
            defect_column(Column::new("density", "Defects per 1,000 h", Kind::Number(1))),
            Column::new("tasks", "Tasks", Kind::Text).weight(2).workbook_only(),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    })
}

/// `accepted`; what was sent back and is late says both.
fn stand(subject: &Subject<'_>, found: &Accepted) -> String {
    let stand = subject.word(found.stand.word());
    let again = found.rejected && found.stand != Stand::Rejected;
    if again { subject.say(phrase!("rejected, {stand}", stand)) } else { stand }
}

/// `met`, `missed`, or the difference where the target does not say which way is good.
fn verdict(subject: &Subject<'_>, verdict: Option<Verdict>) -> Value {
    Value::Text(match verdict {
        None => return Value::Empty,
        Some(Verdict::Met) => subject.word(word!("met")),
        Some(Verdict::Missed) => subject.word(word!("missed")),
        Some(Verdict::Apart(by)) => {
            let size = Part::short(by.abs(), 2);
            subject.say(if by < 0.0 { phrase!("{size} below", size) } else { phrase!("{size} above", size) })
        }
    })
}

/// The open defects, the worst first.
pub(super) fn open(subject: &Subject<'_>, defects: &DefectFindings) -> Table {
    let project = subject.project;
    let today = subject.found.status_date.day();
    let rows: Vec<Row> = defects
        .ranked
        .iter()
        .map(|index| {
            let defect = &project.defects[*index];
            let made = defect.deliverable.and_then(|index| project.deliverables.get(index));
            let age = subject.working_days(defect.opened, today);
            Row::new(vec![
                Value::Text(defect.id.clone()),
                Value::Text(defect.title.clone()),
                defect.severity.map_or(Value::Empty, |severity| subject.cell(severity.word())),
                Value::Date(defect.opened),
                age.map_or(Value::Empty, Value::Days),
                text(made.map(|made| &*made.id)),
                text(defect.owner.as_deref()),
                subject.cell(defect.state.word()),
            ])
        })
        .collect();
    Table {
        id: "defects_open",
        caption: subject.word(word!("Open defects, the worst first")),
        columns: vec![
            Column::new("id", "Defect", Kind::Text),
            Column::new("title", "What is wrong", Kind::Text).weight(5),
            Column::new("severity", "Severity", Kind::Text),
            Column::new("opened", "defects::Found", Kind::Date),
            Column::new("age", "Working days open", Kind::Days).workbook_only(),
            Column::new("deliverable", "Deliverable", Kind::Text),
            Column::new("owner", "Owner", Kind::Text).weight(2),
            Column::new("state", "State", Kind::Text).workbook_only(),
        ],
        print_rows: Some(WORST.min(subject.limits.rows)),
        rows,
        totals: None,
    }
}

/// Week by week, the latest first; the print has the curves.
pub(super) fn weeks(subject: &Subject<'_>, defects: &DefectFindings) -> Table {
    let unsaid = defects.found.of(None) > 0;
    let rows: Vec<Row> = defects
        .weeks
        .iter()
        .rev()
        .map(|week| {
            let of = |severity| count(week.open.of(severity));
            let mut cells = vec![
                Value::Date(week.to),
                count(week.opened.total()),
                count(week.closed.total()),
                count(week.open.total()),
            ];
            cells.extend(Severity::ALL.map(|severity| of(Some(severity))));
            cells.extend(unsaid.then(|| of(None)));
            for counts in [&week.opened, &week.closed] {
                cells.extend(Severity::ALL.map(|severity| count(counts.of(Some(severity)))));
            }
            Row::new(cells)
        })
        .collect();
    let mut columns = vec![
        Column::new("to", "Week to", Kind::Date),
        Column::new("opened", "defects::Found", Kind::Count),
        Column::new("closed", "defects::Closed", Kind::Count),
        Column::new("open", "Open", Kind::Count),
        Column::new("critical", "Open, critical", Kind::Count),
        Column::new("high", "Open, high", Kind::Count),
        Column::new("medium", "Open, medium", Kind::Count),
        Column::new("low", "Open, low", Kind::Count),
    ];
    columns.extend(unsaid.then(|| Column::new("unsaid", "Open, not said", Kind::Count)));
    let by_severity = [
        ("opened_critical", word!("Found, critical")),
        ("opened_high", word!("Found, high")),
        ("opened_medium", word!("Found, medium")),
        ("opened_low", word!("Found, low")),
        ("closed_critical", word!("Closed, critical")),
        ("closed_high", word!("Closed, high")),
        ("closed_medium", word!("Closed, medium")),
        ("closed_low", word!("Closed, low")),
    ];
    columns.extend(by_severity.map(|(id, head)| Column::new(id, head, Kind::Count).workbook_only()));
    Table {
        id: "defect_weeks",
        caption: subject.word(word!("Defects by week, the latest first")),
        columns,
        print_rows: Some(0),
        rows,
        totals: None,
    }
}

/// Tests by day, the latest first; the print has the curves where there are any.
pub(super) fn tests(subject: &Subject<'_>) -> Option<Table> {
    let points = &subject.found.quality.tests;
    if points.is_empty() {
        return None;
    }
    let figure = |figure: Option<u64>| figure.map_or(Value::Empty, Value::Count);
    let rows: Vec<Row> = points
        .iter()
        .rev()
        .map(|point| {
            Row::new(vec![
                Value::Date(point.date),
                figure(point.planned),
                figure(point.executed),
                figure(point.passed),
                figure(point.failed),
                cell(point.progress(), Value::Percent),
                cell(point.pass_rate(), Value::Percent),
            ])
        })
        .collect();
    Some(Table {
        id: "test_counts",
        caption: subject.word(word!("Tests by day, the latest first")),
        columns: vec![
            Column::new("date", "To", Kind::Date),
            Column::new("planned", "tests::Planned", Kind::Count),
            Column::new("executed", "tests::Executed", Kind::Count),
            Column::new("passed", "tests::Passed", Kind::Count),
            Column::new("failed", "tests::Failed", Kind::Count),
            Column::new("progress", "Executed of planned", Kind::Percent),
            Column::new("pass_rate", "Passed of executed", Kind::Percent),
        ],
        print_rows: (points.len() > 1).then_some(0),
        rows,
        totals: None,
    })
}
