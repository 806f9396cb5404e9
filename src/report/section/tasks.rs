//! Every task with its dates, rule, figures and the row it came from.

use crate::calendar::Moment;
use crate::document::{Block, Column, Kind, Row, Table, Value};
use crate::model::Origin;
use crate::report::section::{Section, earned_value, print};
use crate::report::subject::{Subject, finish_cell, start_cell};
use crate::report::value_table::{self, Figures};

pub(super) const SECTION: Section = Section {
    id: "tasks",
    title: "Tasks",
    about: "Every task with dates, progress, earning rule, figures and the file and row it was read from.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    if subject.project.tasks.is_empty() {
        return Vec::new();
    }
    let (table, cut) = table(subject);
    let note = cut.then(|| {
        Block::Note(subject.word(word!(
            "Of a long list the print shows open tasks that are or should be at work, those with the largest variances."
        )))
    });
    note.into_iter().chain([Block::Table(table)]).collect()
}

/// The table, and whether the print leaves rows out.
fn table(subject: &Subject<'_>) -> (Table, bool) {
    let measures = &subject.found.measures;
    let mut rows = Vec::with_capacity(subject.project.tasks.len() + 1);
    let mut weights = Vec::with_capacity(rows.capacity());
    let mut sum = Figures::default();
    for index in subject.outline_order() {
        let (task, Some(value)) = (&subject.project.tasks[index], subject.found.tasks.get(index)) else {
            continue;
        };
        let figures = Figures::from(value);
        let summary = subject.is_summary(index);
        if !summary {
            sum = sum + figures;
        }
        let mut cells = vec![
            Value::Text(task.id.to_string()),
            text(task.wbs.as_deref()),
            Value::Text(task.name.to_string()),
            text(task.owner.as_deref()),
        ];
        cells.extend(days(task.baseline_start, task.baseline_finish));
        let (start, finish) = (value.expected_start, value.expected_finish);
        cells.extend(days(start.or(value.actual_start), finish.or(value.actual_finish)));
        cells.extend([
            Value::Percent(value.percent_complete),
            if summary { Value::Empty } else { subject.cell(value.rule.name()) },
            if value.hours.is_zero() { Value::Empty } else { Value::Hours(value.hours) },
        ]);
        cells.extend(figures.cells(measures));
        cells.push(origin(&task.origin));
        let level = u8::try_from(task.level).unwrap_or(u8::MAX);
        rows.push(Row { level, summary, ..Row::new(cells) });
        weights.push(weight(&figures).filter(|_| !summary && value.percent_complete < 1.0));
    }
    for (name, figures) in earned_value::beside(subject, sum) {
        rows.push(Row::new(line(&name, figures.cells(measures))));
        sum = sum + figures;
    }
    let totals = Some(Row::new(line(&subject.word(word!("Total")), sum.cells(measures))));
    // What stands on no task has its line under earned value.
    let cut = print::heaviest(&mut rows, subject.limits.rows, |row| weights.get(row).copied().flatten());
    let table =
        Table { id: "tasks", caption: String::new(), columns: columns(), rows, totals, print_rows: None };
    (table, cut)
}

/// How far a task is off its plan, once it is or should be at work.
fn weight(Figures { pv, ev, ac, .. }: &Figures) -> Option<f64> {
    let begun = [pv, ev, ac].iter().any(|amount| !amount.is_zero());
    begun.then(|| (*ev - *pv).units().abs() + (*ev - *ac).units().abs())
}

/// First and last day; both are the last of what takes no time: its start would be the day after.
fn days(start: Option<Moment>, finish: Option<Moment>) -> [Value; 2] {
    let takes_time = start.is_none() || start != finish;
    [if takes_time { start_cell(start) } else { finish_cell(finish) }, finish_cell(finish)]
}

/// A line that is no task: its name and its figures.
fn line(name: &str, figures: Vec<Value>) -> Vec<Value> {
    let mut cells = vec![Value::Empty, Value::Empty, Value::Text(name.to_owned())];
    cells.extend([const { Value::Empty }; 8]);
    cells.extend(figures);
    cells.push(Value::Empty);
    cells
}

fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("id", "Id", Kind::Text).weight(2),
        Column::new("wbs", "WBS", Kind::Text).workbook_only(),
        Column::new("name", "Task", Kind::Text).weight(4),
        Column::new("owner", "Owner", Kind::Text).workbook_only(),
        Column::new("baseline_start", "Baseline start", Kind::Date).workbook_only(),
        Column::new("baseline_finish", "Baseline finish", Kind::Date),
        Column::new("start", "Start", Kind::Date).workbook_only(),
        Column::new("finish", "Finish", Kind::Date),
        Column::new("percent_complete", "Done", Kind::Percent),
        Column::new("rule", "Earning rule", Kind::Text).workbook_only(),
        Column::new("hours", "Hours booked", Kind::Hours).workbook_only(),
    ];
    let in_print = ["bac", "pv", "ev", "ac"];
    columns.extend(value_table::columns().into_iter().map(|column| {
        let workbook_only = column.workbook_only || !in_print.contains(&column.id);
        Column { workbook_only, ..column }
    }));
    columns.push(Column::new("origin", "Read from", Kind::Text).weight(2));
    columns
}

/// `tasks.csv:14`, `plan.xlsx#Tasks:14`.
fn origin(origin: &Origin) -> Value {
    if origin.file.is_empty() {
        return Value::Empty;
    }
    // The folders are under data quality; here they would push the figures off the page.
    let file = origin.file.rsplit('/').next().unwrap_or_default();
    let sheet = origin.sheet.as_deref().map(|sheet| format!("#{sheet}")).unwrap_or_default();
    Value::Text(format!("{file}{sheet}:{}", origin.row))
}

fn text(text: Option<&str>) -> Value {
    text.filter(|text| !text.is_empty()).map_or(Value::Empty, |text| Value::Text(text.to_owned()))
}
