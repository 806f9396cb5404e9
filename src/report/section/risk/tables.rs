//! The tables of the register.

use crate::analysis::risk::{Exposure, Share, Weighing};
use crate::document::{Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::model::{Risk, RiskKind, RiskStatus};
use crate::report::subject::{Subject, text};
use crate::report::wording::working_days;

/// The register: open risks by residual exposure, then the others.
pub(super) fn register(subject: &Subject<'_>) -> Table {
    let (project, found) = (subject.project, &subject.found.risk);
    let day = subject.found.status_date.day();
    let rest = (0..project.risks.len())
        .filter(|index| !found.risks[*index].open && project.risks[*index].known_on(day));
    let rows: Vec<Row> = found
        .ranked
        .iter()
        .copied()
        .chain(rest)
        .map(|index| {
            let (risk, weight) = (&project.risks[index], &found.risks[index]);
            let open = weight.open;
            let exposure = |weighing: &Weighing| match weighing.probability.filter(|_| open) {
                Some(_) => (Value::Money(weighing.exposure.cost), Value::Days(weighing.exposure.days)),
                None => (Value::Empty, Value::Empty),
            };
            let (cost, days) = exposure(&weight.residual);
            let (cost_before, days_before) = exposure(&weight.inherent);
            Row::new(vec![
                Value::Text(risk.id.clone()),
                Value::Text(risk.title.clone()),
                subject.cell(kind(risk)),
                text(risk.category.as_deref()),
                text(risk.owner.as_deref()),
                weight.inherent.probability.map_or(Value::Empty, Value::Percent),
                likely(weight.inherent.cost).map_or(Value::Empty, Value::Estimate),
                likely(weight.inherent.days).map_or(Value::Empty, Value::Days),
                cost_before,
                days_before,
                weight.residual.probability.filter(|_| weight.treated).map_or(Value::Empty, Value::Percent),
                cost,
                days,
                risk.response.map_or(Value::Empty, |response| subject.cell(response)),
                text(risk.action.as_deref()),
                risk.due.map_or(Value::Empty, Value::Date),
                subject.cell(status(risk, found.overdue.contains(&index))),
                Value::Text(subject.task_codes(&risk.tasks)),
            ])
        })
        .collect();
    let totals = Row::new(vec![
        subject.cell(word!("Total")),
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Money(found.inherent.cost),
        Value::Days(found.inherent.days),
        Value::Empty,
        Value::Money(found.residual.cost),
        Value::Days(found.residual.days),
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Empty,
        Value::Empty,
    ]);
    Table {
        id: "risks",
        caption: subject.word(word!("By residual exposure, the largest first")),
        columns: vec![
            Column::new("id", "Risk", Kind::Text),
            Column::new("title", "What may happen", Kind::Text).weight(4),
            Column::new("kind", "Kind", Kind::Text).workbook_only(),
            Column::new("category", "Category", Kind::Text).workbook_only(),
            Column::new("owner", "Owner", Kind::Text).weight(2),
            Column::new("probability", "Proba\u{ad}bility", Kind::Percent),
            Column::new("impact_cost", "Impact, cost", Kind::Money),
            Column::new("impact_days", "Impact, days", Kind::Days),
            Column::new("exposure_cost", "Exposure, cost", Kind::Money).sums().workbook_only(),
            Column::new("exposure_days", "Exposure, days", Kind::Days).sums().workbook_only(),
            Column::new("residual_probability", "Residual proba\u{ad}bility", Kind::Percent),
            Column::new("residual_cost", "Residual exposure, cost", Kind::Money).sums(),
            Column::new("residual_days", "Residual exposure, days", Kind::Days).sums(),
            Column::new("response", "Response", Kind::Text),
            Column::new("action", "Action", Kind::Text).weight(3).workbook_only(),
            Column::new("due", "Due", Kind::Date).workbook_only(),
            Column::new("status", "Status", Kind::Text),
            Column::new("tasks", "Tasks", Kind::Text).weight(2).workbook_only(),
        ],
        rows,
        totals: Some(totals),
        print_rows: Some(subject.limits.rows),
    }
}

/// Responses that should be in place.
pub(super) fn overdue(subject: &Subject<'_>) -> Option<Table> {
    let (project, found) = (subject.project, &subject.found.risk);
    if found.overdue.is_empty() {
        return None;
    }
    let rows = found.overdue.iter().map(|index| {
        let risk = &project.risks[*index];
        let late = risk.due.and_then(|due| subject.working_days(due, subject.found.status_date.day()));
        Row::new(vec![
            Value::Text(risk.id.clone()),
            Value::Text(risk.action.clone().unwrap_or_else(|| risk.title.clone())),
            text(risk.owner.as_deref()),
            risk.due.map_or(Value::Empty, Value::Date),
            late.map_or(Value::Empty, Value::Days),
            Value::Money(found.risks[*index].residual.exposure.cost),
        ])
    });
    Some(Table {
        id: "risk_overdue",
        caption: subject.word(word!("Responses due before the status date whose risk is still open")),
        columns: vec![
            Column::new("id", "Risk", Kind::Text),
            Column::new("action", "Response", Kind::Text).weight(5),
            Column::new("owner", "Owner", Kind::Text).weight(2),
            Column::new("due", "Due", Kind::Date),
            Column::new("late", "Working days late", Kind::Days),
            Column::new("exposure", "Residual exposure", Kind::Money),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    })
}

/// Exposure by category, owner and task: each adds up to the whole.
pub(super) fn parts(subject: &Subject<'_>) -> Vec<Table> {
    let found = &subject.found.risk;
    let named = |shares: &[Share]| shares.iter().any(|share| !share.name.is_empty());
    let mut tables = Vec::new();
    if named(&found.categories) {
        let rows = found
            .categories
            .iter()
            .map(|share| of_share(subject, share, word!("Without a category")))
            .collect();
        tables.push(part(
            subject,
            "risk_categories",
            word!("Residual exposure by category"),
            word!("Category"),
            rows,
        ));
    }
    if named(&found.owners) {
        let rows =
            found.owners.iter().map(|share| of_share(subject, share, word!("Without an owner"))).collect();
        tables.push(part(subject, "risk_owners", word!("Residual exposure by owner"), word!("Owner"), rows));
    }
    if found.tasks.iter().any(|(task, _)| task.is_some()) {
        let rows = found.tasks.iter().map(|(task, exposure)| {
            let name = task.map_or_else(
                || subject.word(word!("The project as a whole")),
                |task| subject.task_label(task),
            );
            let open = found.ranked.iter().map(|index| &subject.project.risks[*index]);
            let risks =
                open.filter(|risk| task.map_or(risk.tasks.is_empty(), |task| risk.tasks.contains(&task)));
            line(name, u32::try_from(risks.count()).unwrap_or(u32::MAX), *exposure)
        });
        tables.push(part(
            subject,
            "risk_tasks",
            word!("Residual exposure by task; a risk of several is shared equally"),
            word!("Task"),
            rows.collect(),
        ));
    }
    tables
}

fn part(subject: &Subject<'_>, id: &'static str, caption: &str, head: &str, rows: Vec<Row>) -> Table {
    let residual = subject.found.risk.residual;
    let total = Row::new(vec![
        subject.cell(word!("Total")),
        Value::Empty,
        Value::Money(residual.cost),
        Value::Days(residual.days),
    ]);
    Table {
        id,
        caption: subject.word(caption),
        columns: vec![
            Column::new("name", head, Kind::Text).weight(4),
            Column::new("risks", "Risks", Kind::Count),
            Column::new("cost", "Exposure, cost", Kind::Money).sums(),
            Column::new("days", "Exposure, days", Kind::Days).sums(),
        ],
        rows,
        totals: Some(total),
        print_rows: Some(subject.limits.rows),
    }
}

fn of_share(subject: &Subject<'_>, share: &Share, nameless: &str) -> Row {
    let name = if share.name.is_empty() { subject.word(nameless) } else { share.name.clone() };
    line(name, share.risks, share.exposure)
}

fn line(name: String, risks: u32, exposure: Exposure) -> Row {
    Row::new(vec![
        Value::Text(name),
        Value::Count(risks.into()),
        Value::Money(exposure.cost),
        Value::Days(exposure.days),
    ])
}

fn likely(points: Option<(f64, f64, f64)>) -> Option<f64> {
    points.map(|(_, likely, _)| likely)
}

fn kind(risk: &Risk) -> &'static str {
    match risk.kind {
        RiskKind::Threat => word!("threat"),
        RiskKind::Opportunity => word!("opportunity"),
    }
}

/// `open`, `overdue`, `closed`, `occurred`.
fn status(risk: &Risk, overdue: bool) -> &'static str {
    match risk.status {
        RiskStatus::Open if overdue => word!("risk::overdue"),
        RiskStatus::Open => word!("risk::open"),
        RiskStatus::Closed => word!("risk::closed"),
        RiskStatus::Occurred => word!("risk::occurred"),
    }
}

/// `30%, EUR 25,000, 5 working days`: a risk in a line of page 1.
pub(in crate::report) fn brief(subject: &Subject<'_>, index: usize) -> String {
    let weighing = &subject.found.risk.risks[index].residual;
    let mut parts = Vec::new();
    parts.extend(
        weighing.probability.map(|share| subject.say(phrase!("{share}", share = Part::share(share)))),
    );
    parts.extend(likely(weighing.cost).filter(|cost| *cost != 0.0).map(|cost| subject.format.amount(cost)));
    parts.extend(
        likely(weighing.days).filter(|days| *days != 0.0).map(|days| subject.say(working_days(days))),
    );
    parts.join(", ")
}
