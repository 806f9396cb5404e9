//! The tables of what changed: figures, health, milestones, forecasts that did not hold, what was finished, risks.

use super::{amount, change};
use crate::analysis::since::{Moved, Since, Turn, Weight};
use crate::document::{Column, Kind, Row, Table, Value};
use crate::report::section::print;
use crate::report::subject::{Subject, finish_cell};

/// Rows that are printed of what is bad news, and of what is not: all of it stands on a page, and in the workbook whole.
const PRINTED: usize = 8;
const FEWER: usize = 5;

/// The key figures then and now; the columns are called by the two days.
pub(super) fn figures(subject: &Subject<'_>, since: &Since) -> Table {
    let rows = since.figures.iter().map(|figure| {
        Row::new(vec![
            subject.cell(figure.name),
            amount(subject, figure, figure.then),
            amount(subject, figure, figure.now),
            change(subject, figure),
        ])
    });
    let (then, now) = days(subject, since);
    Table {
        id: "since_figures",
        caption: String::new(),
        columns: vec![
            Column::new("figure", "Figure", Kind::Text).weight(4),
            Column::new("then", then, Kind::Text).weight(3),
            Column::new("now", now, Kind::Text).weight(3),
            Column::new("change", "Change", Kind::Text).weight(4),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// The two status dates as heads of columns.
fn days(subject: &Subject<'_>, since: &Since) -> (String, String) {
    (subject.format.day(since.status.day()), subject.format.day(subject.found.status_date.day()))
}

/// Each dimension then and now.
pub(super) fn health(subject: &Subject<'_>, since: &Since) -> Option<Table> {
    if since.health.is_empty() {
        return None;
    }
    let rating = |rating: Option<_>| rating.map_or(Value::Empty, Value::Health);
    let rows = since.health.iter().map(|rated| {
        let trend = match (rated.turn(), rated.then.is_some() && rated.now.is_some()) {
            (Some(Turn::Better), _) => subject.cell(word!("turn::better")),
            (Some(Turn::Worse), _) => subject.cell(word!("turn::worse")),
            (None, true) => subject.cell(word!("turn::as it was")),
            (None, false) => Value::Empty,
        };
        Row::new(vec![subject.cell(rated.dimension), rating(rated.then), rating(rated.now), trend])
    });
    let (then, now) = days(subject, since);
    Some(Table {
        id: "since_health",
        caption: subject.word(word!("Health")),
        columns: vec![
            Column::new("dimension", "Dimension", Kind::Text).weight(4),
            Column::new("then", then, Kind::Health),
            Column::new("now", now, Kind::Health),
            Column::new("trend", "Trend", Kind::Text).weight(4),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    })
}

/// The milestones of which there is news.
pub(super) fn milestones(subject: &Subject<'_>, since: &Since) -> Option<Table> {
    let news: Vec<_> = since.milestones.iter().filter(|moved| moved.is_news()).collect();
    if news.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = news
        .iter()
        .map(|moved| {
            let state = match (moved.reached, moved.slipped()) {
                (true, _) => word!("milestone::reached"),
                (false, true) => word!("milestone::slipped"),
                (false, false) => word!("milestone::pulled in"),
            };
            Row::new(vec![
                Value::Text(subject.task_label(moved.task)),
                finish_cell(subject.project.tasks[moved.task].baseline_finish),
                finish_cell(Some(moved.then)),
                finish_cell(Some(moved.now)),
                Value::Days(moved.days),
                subject.cell(state),
            ])
        })
        .collect();
    print::heaviest(&mut rows, PRINTED, |row| Some(news[row].days.abs()));
    Some(Table {
        id: "since_milestones",
        caption: subject.word(word!("Milestones that were reached or moved")),
        columns: vec![
            Column::new("name", "Milestone", Kind::Text).weight(5),
            Column::new("baseline", "Baseline", Kind::Date),
            Column::new("then", "Forecast then", Kind::Date),
            Column::new("now", "Now", Kind::Date),
            Column::new("days", "Days later", Kind::Days),
            Column::new("state", "State", Kind::Text).weight(2),
        ],
        rows,
        totals: None,
        print_rows: None,
    })
}

/// The tasks that were forecast to finish by now and did not.
pub(super) fn missed(subject: &Subject<'_>) -> Option<Table> {
    let missed = &subject.found.execution.as_ref().ok()?.missed;
    if missed.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = missed
        .iter()
        .map(|missed| {
            Row::new(vec![
                Value::Text(subject.task_label(missed.task)),
                finish_cell(Some(missed.then)),
                finish_cell(missed.now),
                missed.days.map_or(Value::Empty, Value::Days),
                Value::Percent(subject.found.tasks[missed.task].percent_complete),
            ])
        })
        .collect();
    print::heaviest(&mut rows, PRINTED, |row| Some(missed[row].days.unwrap_or(0.0)));
    Some(Table {
        id: "since_missed",
        caption: subject.word(word!("Forecast to finish by now, and not finished")),
        columns: vec![
            Column::new("task", "Task", Kind::Text).weight(5),
            Column::new("then", "Forecast then", Kind::Date),
            Column::new("now", "Now", Kind::Date),
            Column::new("days", "Days later", Kind::Days),
            Column::new("complete", "Complete", Kind::Percent),
        ],
        rows,
        totals: None,
        print_rows: None,
    })
}

/// What was finished since.
pub(super) fn finished(subject: &Subject<'_>, since: &Since) -> Option<Table> {
    if since.finished.is_empty() {
        return None;
    }
    let mut rows: Vec<Row> = since
        .finished
        .iter()
        .map(|&task| {
            let (planned, finish) =
                (subject.project.tasks[task].baseline_finish, subject.found.tasks[task].actual_finish);
            let late = planned.zip(finish).and_then(|(planned, finish)| {
                subject.working_days(crate::calendar::last_day(planned), crate::calendar::last_day(finish))
            });
            Row::new(vec![
                Value::Text(subject.task_label(task)),
                finish_cell(planned),
                finish_cell(finish),
                late.map_or(Value::Empty, Value::Days),
            ])
        })
        .collect();
    print::heaviest(&mut rows, FEWER, |row| Some(subject.found.tasks[since.finished[row]].bac.units()));
    Some(Table {
        id: "since_finished",
        caption: subject.word(word!("Finished since")),
        columns: vec![
            Column::new("task", "Task", Kind::Text).weight(5),
            Column::new("baseline", "Baseline", Kind::Date),
            Column::new("finish", "Finished", Kind::Date),
            Column::new("late", "Days later", Kind::Days),
        ],
        rows,
        totals: None,
        print_rows: None,
    })
}

/// The risks that moved.
pub(super) fn risks(subject: &Subject<'_>, since: &Since) -> Option<Table> {
    let risks = since.risks.as_ref().filter(|risks| !risks.is_empty())?;
    let cost =
        |weight: Option<Weight>| weight.and_then(|weight| weight.cost).map_or(Value::Empty, Value::Estimate);
    let days =
        |weight: Option<Weight>| weight.and_then(|weight| weight.days).map_or(Value::Empty, Value::Days);
    let mut rows: Vec<Row> = risks
        .iter()
        .map(|risk| {
            Row::new(vec![
                Value::Text(risk.id.clone()),
                Value::Text(risk.title.clone()),
                subject.cell(word(risk.moved)),
                cost(risk.then),
                cost(risk.now),
                days(risk.then),
                days(risk.now),
            ])
        })
        .collect();
    let units = |weight: Option<Weight>| weight.and_then(|weight| weight.cost).unwrap_or(0.0);
    print::heaviest(&mut rows, FEWER, |row| Some((units(risks[row].now) - units(risks[row].then)).abs()));
    Some(Table {
        id: "since_risks",
        caption: subject.word(word!("Risks that moved, by residual exposure")),
        columns: vec![
            Column::new("id", "Risk", Kind::Text),
            Column::new("title", "Title", Kind::Text).weight(5),
            Column::new("moved", "What became of it", Kind::Text).weight(2),
            Column::new("cost_then", "Cost then", Kind::Money),
            Column::new("cost_now", "Cost now", Kind::Money),
            Column::new("days_then", "Days then", Kind::Days),
            Column::new("days_now", "Days now", Kind::Days),
        ],
        rows,
        totals: None,
        print_rows: None,
    })
}

const fn word(moved: Moved) -> &'static str {
    match moved {
        Moved::Occurred => word!("risk::occurred"),
        Moved::New => word!("risk::new"),
        Moved::Reopened => word!("risk::open again"),
        Moved::Risen => word!("risk::weightier"),
        Moved::Fallen => word!("risk::lighter"),
        Moved::Closed => word!("risk::closed"),
        Moved::Removed => word!("risk::no longer in the register"),
    }
}
