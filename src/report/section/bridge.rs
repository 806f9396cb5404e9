//! From the budget to the estimate at completion, cause by cause, and on to what else may come.

use crate::analysis::bridge::{Bridge, Cause};
use crate::document::{Block, Chart, Column, Kind, Part, Plot, Row, Table, Value, Waterfall, WaterfallStep};
use crate::language::{Part as Place, Phrase};
use crate::report::section::Section;
use crate::report::subject::Subject;

pub(super) const SECTION: Section = Section {
    id: "bridge",
    title: "From budget to estimate",
    about: "What leads from BAC to EAC: the tasks over their budget, the rest of the work; then the changes that wait and the exposure to open risks.",
    compose,
};

/// What is in which step.
const DEFINITION: &str = word!(
    "To date: actual cost less earned value, task by task. The rest: what the remaining work is \
    expected to cost over its budget by the recommended method. An estimate by indices holds neither changes that \
    nobody has decided on nor risks that have not occurred; they stand after it, with their net cost and their \
    residual exposure."
);

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
        Block::Note(subject.word(DEFINITION)),
    ]
}

fn steps(subject: &Subject<'_>, bridge: &Bridge) -> Vec<WaterfallStep> {
    let step = |label: &str, amount, part| WaterfallStep { label: subject.word(label), amount, part };
    let mut steps = vec![step(word!("Budget (BAC)"), bridge.bac, Part::Level)];
    steps.extend(bridge.causes.iter().map(|(cause, amount)| WaterfallStep {
        label: name(subject, *cause),
        amount: *amount,
        part: Part::Change,
    }));
    steps.push(step(word!("Estimate (EAC)"), bridge.eac, Part::Level));
    let possible = [
        (word!("Changes that wait"), bridge.waiting),
        (word!("Open risks, residual exposure"), bridge.exposure),
    ];
    let possible = possible.into_iter().filter(|(_, amount)| *amount != 0.0);
    let before = steps.len();
    steps.extend(possible.map(|(label, amount)| step(label, amount, Part::Possible)));
    match steps.len() - before {
        0 => {}
        1 => steps.push(step(word!("Estimate with it"), bridge.all_in(), Part::Level)),
        _ => steps.push(step(word!("Estimate with both"), bridge.all_in(), Part::Level)),
    }
    steps
}

/// What a cause is called.
pub(super) fn name(subject: &Subject<'_>, cause: Cause) -> String {
    match cause {
        Cause::Task(task) => subject.task_label(task),
        Cause::OtherOver => subject.word(word!("Other tasks over their budget")),
        Cause::Under => subject.word(word!("Tasks under their budget")),
        Cause::BesideTasks => subject.word(word!("Cost on no task")),
        Cause::Rest => subject.word(word!("The rest of the work")),
    }
}

/// The two parts, and the largest cause of the first.
fn told(subject: &Subject<'_>, bridge: &Bridge) -> String {
    let amount = |units: f64| subject.format.amount(units.abs());
    let rest = bridge.causes.iter().find(|(cause, _)| *cause == Cause::Rest).map_or(0.0, |(_, rest)| *rest);
    let over = bridge.eac - bridge.bac;
    let to_date = over - rest;
    let mut parts: Vec<Place> = Vec::new();
    if to_date != 0.0 {
        parts.push(by_work_done(to_date, amount(to_date)).into());
    }
    if rest != 0.0 {
        parts.push(expected_of_rest(rest, amount(rest)).into());
    }
    let whole = against(over, amount(over));
    let mut sentences = vec![if parts.is_empty() {
        phrase!("The estimate is {whole}.", whole)
    } else {
        phrase!("The estimate is {whole}: {parts}.", whole, parts)
    }];
    if bridge.waiting != 0.0 || bridge.exposure != 0.0 {
        sentences.push(phrase!(
            "With the changes that wait and the exposure to open risks it comes to {amount}.",
            amount = subject.format.amount(bridge.all_in())
        ));
    }
    subject.say_all(&sentences)
}

fn against(over: f64, amount: String) -> Phrase {
    if over < 0.0 {
        phrase!("{amount} under the budget", amount)
    } else {
        phrase!("{amount} over the budget", amount)
    }
}

fn by_work_done(over: f64, amount: String) -> Phrase {
    if over < 0.0 {
        phrase!("{amount} under by the work done", amount)
    } else {
        phrase!("{amount} over by the work done", amount)
    }
}

fn expected_of_rest(over: f64, amount: String) -> Phrase {
    if over < 0.0 {
        phrase!("{amount} under expected of the rest", amount)
    } else {
        phrase!("{amount} over expected of the rest", amount)
    }
}

fn chart(subject: &Subject<'_>, bridge: &Bridge, steps: &[WaterfallStep]) -> Chart {
    let amount = |units: f64| subject.format.amount(units);
    let largest = bridge.causes.iter().max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()));
    let (budget, estimate, n) = (amount(bridge.bac), amount(bridge.eac), bridge.causes.len());
    let alt = match largest {
        Some((cause, units)) => phrase!(
            "Waterfall from the budget of {budget} to the estimate of {estimate} in {n} {n|step|steps}; the largest step is \
             {cause} with {amount}.",
            budget,
            estimate,
            n,
            cause = name(subject, *cause),
            amount = amount(*units)
        ),
        None => phrase!(
            "Waterfall from the budget of {budget} to the estimate of {estimate} in {n} {n|step|steps}.",
            budget,
            estimate,
            n
        ),
    };
    Chart {
        id: "bridge",
        title: subject.word(word!("From BAC to EAC by cause")),
        alt: subject.say(alt),
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
