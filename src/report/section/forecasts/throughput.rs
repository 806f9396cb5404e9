//! The forecast by count of finished tasks: when all are done, and how many by a date.

use crate::calendar::last_day;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::report::subject::Subject;

/// What is said of it; nothing without a history.
pub(super) fn blocks(subject: &Subject<'_>) -> Vec<Block> {
    let Ok(by) = subject.found.throughput else { return Vec::new() };
    let [p50, p85, p95] = [by.p50, by.p85, by.p95].map(last_day);
    let finished = phrase!(
        "By count: at the pace of the last {weeks} weeks the {n} {n|open task is|open tasks are} finished by {p50} \
         (P50), {p85} (P85), {p95} (P95).",
        weeks = by.weeks,
        n = by.open,
        p50,
        p85,
        p95
    );
    let growth = if by.growth > 0.0 {
        phrase!(
            "Scope grew by {tasks} tasks a week (tasks without a baseline) and is taken to go on so.",
            tasks = Part::number(by.growth, 2)
        )
    } else {
        phrase!("No task was added to the baseline, so none is expected to be.")
    };
    let told = subject.say_all(&[finished, growth]);
    let rows: Vec<Row> = by
        .by_date
        .iter()
        .flatten()
        .map(|date| {
            let day = last_day(date.by);
            let finish = subject.baseline_span().is_some_and(|(_, finish)| finish == day);
            Row::new(vec![
                Value::Date(day),
                if finish { subject.cell(word!("baseline finish")) } else { Value::Empty },
                Value::Count(u64::from(date.weeks)),
                Value::Count(date.p50 as u64),
                Value::Count(date.p85 as u64),
                Value::Number(date.scope, 1),
                Value::Percent(date.all),
            ])
        })
        .collect();
    let table = Table {
        id: "throughput",
        caption: subject.word(word!("How many tasks are finished by a date, at least")),
        columns: vec![
            Column::new("by", "By", Kind::Date),
            Column::new("what", "Which is", Kind::Text).weight(2),
            Column::new("weeks", "Whole weeks", Kind::Count),
            Column::new("p50", "P50", Kind::Count),
            Column::new("p85", "With 85%", Kind::Count),
            Column::new("scope", "Open, with those added", Kind::Number(1)),
            Column::new("all", "Chance that all are", Kind::Percent),
        ],
        rows,
        totals: None,
        print_rows: None,
    };
    vec![Block::Paragraph(told), Block::Table(table)]
}
