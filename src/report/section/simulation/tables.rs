//! The tables of the simulation.

use crate::analysis::simulation::{Portion, Simulation, Source, TaskRisk};
use crate::calendar::last_day;
use crate::document::{Column, Kind, Row, Table, Value};
use crate::language::Part;
use crate::report::subject::Subject;

/// Rows of a reserve that the PDF shows.
const PRINTED: usize = 12;

/// P10 to P95 of finish and cost.
pub(super) fn percentiles(subject: &Subject<'_>, found: &Simulation) -> Table {
    let baseline = subject.baseline_span().map(|(_, finish)| finish);
    let names = ["P10", "P50", "P80", "P90", "P95"];
    let cost = |units: Option<f64>| units.map_or(Value::Empty, Value::Estimate);
    let mut rows: Vec<Row> = names
        .iter()
        .enumerate()
        .map(|(which, name)| {
            let day = last_day(found.dates[which]);
            let late = baseline.and_then(|baseline| subject.working_days(baseline, day));
            Row::new(vec![
                Value::Text((*name).to_owned()),
                Value::Date(day),
                Value::Days(found.finish.percentiles[which]),
                late.map_or(Value::Empty, Value::Days),
                cost(found.cost.as_ref().map(|cost| cost.percentiles[which])),
            ])
        })
        .collect();
    for (name, days, money) in [
        (word!("Mean"), found.finish.mean, found.cost.as_ref().map(|cost| cost.mean)),
        (word!("Standard deviation"), found.finish.sd, found.cost.as_ref().map(|cost| cost.sd)),
        (
            word!("Standard error of P80"),
            found.finish.p80_error,
            found.cost.as_ref().map(|cost| cost.p80_error),
        ),
    ] {
        let name = subject.cell(name);
        rows.push(Row::new(vec![name, Value::Empty, Value::Days(days), Value::Empty, cost(money)]));
    }
    let table = Table {
        id: "percentiles",
        caption: String::new(),
        columns: vec![
            Column::new("name", "Confidence", Kind::Text).weight(3),
            Column::new("finish", "Finish", Kind::Date),
            Column::new("days", "Working days from the start", Kind::Days),
            Column::new("late", "Working days after the baseline", Kind::Days),
            Column::new("cost", "Cost at completion", Kind::Money),
        ],
        rows,
        totals: None,
        print_rows: None,
    };
    if found.cost.is_some() { table } else { table.without("cost") }
}

/// The simulated tasks, the most sensitive first.
pub(super) fn by_sensitivity(found: &Simulation) -> Vec<&TaskRisk> {
    let mut ranked: Vec<&TaskRisk> = found.tasks.iter().collect();
    ranked.sort_by(|a, b| {
        b.ssi.total_cmp(&a.ssi).then(b.criticality.total_cmp(&a.criticality)).then(a.task.cmp(&b.task))
    });
    ranked
}

/// Tasks by sensitivity that are printed: those of the chart over them, behind which little drives the finish.
const PRINTED_TASKS: usize = 12;

/// Criticality, sensitivity and cruciality of every task.
pub(super) fn tasks(subject: &Subject<'_>, found: &Simulation) -> Option<Table> {
    if found.tasks.is_empty() {
        return None;
    }
    let rows = by_sensitivity(found).into_iter().map(|task| {
        Row::new(vec![
            Value::Text(subject.task_code(task.task)),
            Value::Text(subject.project.tasks[task.task].name.to_string()),
            Value::Percent(task.criticality),
            Value::Index(task.ssi),
            Value::Index(task.cruciality),
            task.rank_cruciality.map_or(Value::Empty, Value::Index),
            Value::Days(task.mean),
            Value::Days(task.sd),
        ])
    });
    Some(Table {
        id: "sensitivity",
        caption: subject.word(word!("Tasks by schedule sensitivity; durations are of what remains")),
        columns: vec![
            Column::new("code", "Task", Kind::Text),
            Column::new("name", "Name", Kind::Text).weight(4),
            Column::new("criticality", "Criticality", Kind::Percent),
            Column::new("ssi", "SSI", Kind::Index),
            Column::new("cruciality", "Cruciality", Kind::Index),
            Column::new("cruciality_rank", "Cruciality by rank", Kind::Index),
            Column::new("mean", "Mean, days", Kind::Days),
            Column::new("sd", "Standard deviation, days", Kind::Days),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: Some(subject.limits.rows.min(PRINTED_TASKS)),
    })
}

/// What each risk adds to P80.
pub(super) fn risks(subject: &Subject<'_>, found: &Simulation) -> Option<Table> {
    if found.risks.is_empty() {
        return None;
    }
    let mut effects: Vec<_> = found.risks.iter().collect();
    let cost = |effect: &crate::analysis::simulation::RiskEffect| effect.cost_p80.unwrap_or(f64::INFINITY);
    effects.sort_by(|a, b| cost(b).total_cmp(&cost(a)).then(a.risk.cmp(&b.risk)));
    let rows = effects.into_iter().map(|effect| {
        let risk = &subject.project.risks[effect.risk];
        Row::new(vec![
            Value::Text(risk.id.clone()),
            Value::Text(risk.title.clone()),
            Value::Percent(effect.happened),
            effect.finish_p80.map_or(Value::Empty, Value::Days),
            effect.cost_p80.map_or(Value::Empty, Value::Estimate),
        ])
    });
    let table = Table {
        id: "risk_effects",
        caption: subject.word(word!(
            "What each risk adds: P80 of all trials less P80 of those in which it did not happen"
        )),
        columns: vec![
            Column::new("id", "Risk", Kind::Text),
            Column::new("title", "What may happen", Kind::Text).weight(5),
            Column::new("happened", "Happened in", Kind::Percent),
            Column::new("days", "Adds to P80, days", Kind::Days),
            Column::new("cost", "Adds to P80, cost", Kind::Money),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    };
    Some(if found.cost.is_some() { table } else { table.without("cost") })
}

/// The reserve for the confidence of the settings, shared out.
pub(super) fn reserve(subject: &Subject<'_>, found: &Simulation) -> Option<Table> {
    let reserve = &found.reserve;
    let matters = |portion: &&Portion| portion.days.abs() >= 0.05 || portion.cost.abs() >= 0.5;
    if !reserve.portions.iter().any(|portion| matters(&portion)) {
        return None;
    }
    let row = |name: String, days: f64, cost: f64| {
        Row::new(vec![Value::Text(name), Value::Days(days), Value::Estimate(cost)])
    };
    // Those too small to show are one line, so that what is shown adds up.
    let small = reserve.portions.iter().filter(|portion| !matters(portion));
    let (days, cost) =
        small.fold((0.0, 0.0), |(days, cost), portion| (days + portion.days, cost + portion.cost));
    let mut rows: Vec<Row> = reserve
        .portions
        .iter()
        .filter(matters)
        .map(|portion| row(name(subject, portion.source), portion.days, portion.cost))
        .collect();
    if days.abs() + cost.abs() > 0.0 {
        rows.push(row(subject.word(word!("Everything smaller")), days, cost));
    }
    let table = Table {
        id: "reserve",
        caption: subject.say(phrase!(
            "Reserve for a confidence of {share} beyond the plan of the rest, and what it is for: the parts add up",
            share = Part::share(reserve.confidence)
        )),
        columns: vec![
            Column::new("source", "For", Kind::Text).weight(5),
            Column::new("days", "Days", Kind::Days).sums(),
            Column::new("cost", "Cost", Kind::Money).sums(),
        ],
        rows,
        totals: Some(row(subject.word(word!("Total")), reserve.days, reserve.cost.unwrap_or(0.0))),
        print_rows: Some(PRINTED),
    };
    Some(if reserve.cost.is_some() { table } else { table.without("cost") })
}

fn name(subject: &Subject<'_>, source: Source) -> String {
    match source {
        Source::Task(task) => subject.task_label(task),
        Source::Risk(risk) => {
            let risk = &subject.project.risks[risk];
            if risk.title == risk.id { risk.id.clone() } else { format!("{} {}", risk.id, risk.title) }
        }
        Source::Effort => subject.word(word!("Level of effort, as long as the project lasts")),
    }
}
