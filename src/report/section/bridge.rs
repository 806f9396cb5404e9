//! From the budget to the estimate at completion, cause by cause, and on to what else may come.

use crate::analysis::bridge::{Bridge, Cause};
use crate::document::{Block, Chart, Column, Kind, Part, Plot, Row, Table, Value, Waterfall, WaterfallStep};
use crate::report::section::Section;
use crate::report::subject::Subject;
use crate::report::wording::listed;

pub(super) const SECTION: Section = Section {
    id: "bridge",
    title: "From budget to estimate",
    about: "What leads from BAC to EAC: the tasks over their budget, the rest of the work; then the changes that wait and the exposure to open risks.",
    compose,
};

/// What is in which step.
const DEFINITION: &str = "To date: actual cost less earned value, task by task. The rest: what the remaining work is \
    expected to cost over its budget by the recommended method. An estimate by indices holds neither changes that \
    nobody has decided on nor risks that have not occurred; they stand after it, with their net cost and their \
    residual exposure.";

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let Ok(bridge) = &subject.found.bridge else { return Vec::new() };
    if bridge.causes.is_empty() && bridge.waiting == 0.0 && bridge.exposure == 0.0 {
        return Vec::new();
    }
    let steps = steps(subject, bridge);
    vec![
        Block::Paragraph(told(subject, bridge)),
        Block::Chart(chart(subject, bridge, &steps)),
        Block::Table(table(&steps)),
        Block::Note(DEFINITION.to_owned()),
    ]
}

fn steps(subject: &Subject<'_>, bridge: &Bridge) -> Vec<WaterfallStep> {
    let step = |label: &str, amount, part| WaterfallStep { label: label.to_owned(), amount, part };
    let mut steps = vec![step("Budget (BAC)", bridge.bac, Part::Level)];
    steps.extend(
        bridge.causes.iter().map(|(cause, amount)| step(&name(subject, *cause), *amount, Part::Change)),
    );
    steps.push(step("Estimate (EAC)", bridge.eac, Part::Level));
    let possible =
        [("Changes that wait", bridge.waiting), ("Open risks, residual exposure", bridge.exposure)];
    let possible = possible.into_iter().filter(|(_, amount)| *amount != 0.0);
    let before = steps.len();
    steps.extend(possible.map(|(label, amount)| step(label, amount, Part::Possible)));
    if steps.len() > before {
        steps.push(step("Estimate with both", bridge.all_in(), Part::Level));
        if steps.len() == before + 2 {
            "Estimate with it".clone_into(&mut steps[before + 1].label);
        }
    }
    steps
}

/// What a cause is called.
pub(super) fn name(subject: &Subject<'_>, cause: Cause) -> String {
    match cause {
        Cause::Task(task) => subject.task_label(task),
        Cause::OtherOver => "Other tasks over their budget".to_owned(),
        Cause::Under => "Tasks under their budget".to_owned(),
        Cause::BesideTasks => "Cost on no task".to_owned(),
        Cause::Rest => "The rest of the work".to_owned(),
    }
}

/// The two parts, and the largest cause of the first.
fn told(subject: &Subject<'_>, bridge: &Bridge) -> String {
    let amount = |units: f64| subject.format.amount(units.abs());
    let rest = bridge.causes.iter().find(|(cause, _)| *cause == Cause::Rest).map_or(0.0, |(_, rest)| *rest);
    let over = bridge.eac - bridge.bac;
    let to_date = over - rest;
    let direction = |units: f64| if units < 0.0 { "under" } else { "over" };
    let mut parts = Vec::new();
    if to_date != 0.0 {
        parts.push(format!("{} {} by the work done", amount(to_date), direction(to_date)));
    }
    if rest != 0.0 {
        parts.push(format!("{} {} expected of the rest", amount(rest), direction(rest)));
    }
    let of = if parts.is_empty() { String::new() } else { format!(": {}", listed(&parts)) };
    let and_on = if bridge.waiting != 0.0 || bridge.exposure != 0.0 {
        let all = subject.format.amount(bridge.all_in());
        format!(" With the changes that wait and the exposure to open risks it comes to {all}.")
    } else {
        String::new()
    };
    format!("The estimate is {} {} the budget{of}.{and_on}", amount(over), direction(over))
}

fn chart(subject: &Subject<'_>, bridge: &Bridge, steps: &[WaterfallStep]) -> Chart {
    let amount = |units: f64| subject.format.amount(units);
    let largest = bridge.causes.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let largest = largest.map(|(cause, units)| {
        format!("; the largest step is {} with {}", name(subject, *cause), amount(*units))
    });
    Chart {
        id: "bridge",
        title: "From BAC to EAC by cause".to_owned(),
        alt: format!(
            "Waterfall from the budget of {} to the estimate of {} in {} steps{}.",
            amount(bridge.bac),
            amount(bridge.eac),
            bridge.causes.len(),
            largest.unwrap_or_default()
        ),
        plot: Plot::Waterfall(Waterfall {
            kind: Kind::Money,
            unit: subject.format.currency.clone(),
            steps: steps.to_vec(),
        }),
    }
}

/// The steps with where each leads.
fn table(steps: &[WaterfallStep]) -> Table {
    let waterfall = Waterfall { kind: Kind::Money, unit: String::new(), steps: steps.to_vec() };
    let rows = steps.iter().zip(waterfall.spans()).map(|(step, (_, to))| {
        let level = step.part == Part::Level;
        let adds = if level { Value::Empty } else { Value::Estimate(step.amount) };
        Row::new(vec![Value::Text(step.label.clone()), adds, Value::Estimate(to)])
    });
    Table {
        id: "bridge",
        caption: String::new(),
        columns: vec![
            Column::new("step", "Step", Kind::Text).weight(5),
            Column::new("adds", "Adds", Kind::Money),
            Column::new("leads_to", "Leads to", Kind::Money),
        ],
        rows: rows.collect(),
        totals: None,
        print_rows: None,
    }
}
