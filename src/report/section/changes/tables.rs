//! The standings with their effects, and the log.

use crate::analysis::change::Standing;
use crate::document::{Column, Kind, Row, Table, Value};
use crate::report::subject::{Subject, text};
use crate::report::wording::capital;

/// What each standing adds up to.
pub(super) fn standings(subject: &Subject<'_>) -> Table {
    let found = &subject.found.changes;
    let rows = Standing::ALL.into_iter().map(|standing| (standing, found.effect(standing)));
    let rows = rows.filter(|(_, effect)| effect.changes > 0).map(|(standing, effect)| {
        Row::new(vec![
            Value::Text(capital(&subject.word(standing.words()))),
            Value::Count(effect.changes.into()),
            Value::Money(effect.cost),
            Value::Days(effect.days),
            Value::Count(effect.without_cost.into()),
            Value::Count(effect.without_days.into()),
        ])
    });
    let unsaid = found.effects.iter().any(|effect| effect.without_cost > 0 || effect.without_days > 0);
    // Columns of nothing but noughts are left to the workbook.
    let count = |id, head| {
        let column = Column::new(id, head, Kind::Count);
        if unsaid { column } else { column.workbook_only() }
    };
    Table {
        id: "change_standings",
        caption: subject.word(word!("Effect by standing, net")),
        columns: vec![
            Column::new("standing", "Standing", Kind::Text).weight(4),
            Column::new("changes", "Changes", Kind::Count),
            Column::new("cost", "Cost", Kind::Money),
            Column::new("days", "Finish, days", Kind::Days),
            count("without_cost", word!("Not estimated, cost")),
            count("without_days", word!("Not estimated, days")),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}

/// Every change, in the baseline first, then by the day it was decided on.
pub(super) fn log(subject: &Subject<'_>) -> Table {
    let (project, found) = (subject.project, &subject.found.changes);
    let rows: Vec<Row> = found
        .order
        .iter()
        .map(|index| {
            let change = &project.changes[*index];
            let decided = change.decided.filter(|decided| *decided <= subject.found.status_date.day());
            Row::new(vec![
                Value::Text(change.id.clone()),
                Value::Text(change.title.clone()),
                found.standings[*index].map_or(Value::Empty, |standing| subject.cell(standing.words())),
                change.impact_cost.map_or(Value::Empty, Value::Money),
                change.impact_days.map_or(Value::Empty, Value::Days),
                text(change.impact_scope.as_deref()),
                text(change.reason.as_deref()),
                text(change.requester.as_deref()),
                change.raised.map_or(Value::Empty, Value::Date),
                decided.map_or(Value::Empty, Value::Date),
                Value::Text(subject.task_codes(&change.tasks)),
                subject.cell(change.state.word()),
            ])
        })
        .collect();
    Table {
        id: "changes",
        caption: subject.word(word!("The log")),
        columns: vec![
            Column::new("id", "Change", Kind::Text),
            Column::new("title", "What changes", Kind::Text).weight(4),
            Column::new("standing", "Standing", Kind::Text).weight(2),
            Column::new("cost", "Cost", Kind::Money),
            Column::new("days", "Finish, days", Kind::Days),
            Column::new("scope", "Scope", Kind::Text).weight(3),
            Column::new("reason", "Why", Kind::Text).weight(3).workbook_only(),
            Column::new("requester", "Asked for by", Kind::Text).weight(2).workbook_only(),
            Column::new("raised", "Raised", Kind::Date).workbook_only(),
            Column::new("decided", "Decided", Kind::Date),
            Column::new("tasks", "Tasks", Kind::Text).weight(2).workbook_only(),
            Column::new("state", "State in the log", Kind::Text).workbook_only(),
        ],
        print_rows: Some(subject.limits.rows),
        rows,
        totals: None,
    }
}
