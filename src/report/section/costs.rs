//! Cost by category: budget, actual, committed, left.

use crate::analysis::Category;
use crate::analysis::ledger::{LABOUR, UNCATEGORISED};
use crate::document::{Bars, Block, Chart, Column, Kind, Plot, Role, Row, Table, Value};
use crate::quantity::Money;
use crate::report::section::Section;
use crate::report::subject::Subject;

pub(super) const SECTION: Section = Section {
    id: "costs",
    title: "Cost by category",
    about: "Budget, actual cost, commitments and what is left, by category.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let categories = &subject.found.categories;
    if categories.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![Block::Chart(chart(subject, categories)), Block::Table(table(subject, categories))];
    let actual: Money = categories.iter().map(|category| category.actual).sum();
    let Ok(spent) = subject.found.measures.ac else { return blocks };
    let beyond = spent - actual;
    if !beyond.is_zero() {
        let all = subject.money(spent);
        let amount = subject.format.amount(beyond.units().abs());
        blocks.push(Block::Note(subject.say(if beyond > Money::ZERO {
            phrase!(
                "The project's actual cost (AC) is {all}; {amount} of it has no category, as it stands in the task table or \
                 the performance series only.",
                all,
                amount
            )
        } else {
            phrase!(
                "The project's actual cost (AC) is {all}; {amount} in the categories above is not part of it.",
                all,
                amount
            )
        })));
    }
    blocks
}

fn name(subject: &Subject<'_>, category: &Category) -> String {
    match category.name.as_str() {
        "" => subject.word(word!("Without a category")),
        own @ (LABOUR | UNCATEGORISED) => subject.word(own),
        given => given.to_owned(),
    }
}

fn chart(subject: &Subject<'_>, categories: &[Category]) -> Chart {
    let bar = |label: &str, role: Role, amount: &dyn Fn(&Category) -> Money| {
        (subject.word(label), role, categories.iter().map(|category| amount(category).units()).collect())
    };
    let mut series = Vec::new();
    if categories.iter().any(|category| category.budget.is_some()) {
        series.push(bar(word!("Budget"), Role::Planned, &|category| category.budget.unwrap_or_default()));
    }
    series.push(bar(word!("Actual"), Role::Actual, &|category| category.actual));
    if categories.iter().any(|category| !category.committed.is_zero()) {
        series.push(bar(word!("Committed"), Role::Other, &|category| category.committed));
    }
    let told: Vec<String> = categories
        .iter()
        .map(|category| format!("{} {}", name(subject, category), subject.money(category.actual)))
        .collect();
    Chart {
        id: "cost_by_category",
        title: subject.word(word!("Cost by category")),
        alt: subject.say(phrase!("Actual cost by category: {amounts}.", amounts = told.join(", "))),
        plot: Plot::Bars(Bars {
            kind: Kind::Money,
            unit: subject.format.currency.clone(),
            categories: categories.iter().map(|category| name(subject, category)).collect(),
            series,
            stacked: false,
        }),
    }
}

fn table(subject: &Subject<'_>, categories: &[Category]) -> Table {
    let budgeted = categories.iter().any(|category| category.budget.is_some());
    let left =
        |category: &Category| category.budget.map(|budget| budget - category.actual - category.committed);
    let money = |amount: Option<Money>| amount.map_or(Value::Empty, Value::Money);
    let rows = categories.iter().map(|category| {
        Row::new(vec![
            Value::Text(name(subject, category)),
            money(category.budget),
            Value::Money(category.actual),
            Value::Money(category.committed),
            money(left(category)),
        ])
    });
    let totals = Row::new(vec![
        subject.cell(word!("Total")),
        money(budgeted.then(|| categories.iter().filter_map(|category| category.budget).sum())),
        Value::Money(categories.iter().map(|category| category.actual).sum()),
        Value::Money(categories.iter().map(|category| category.committed).sum()),
        money(budgeted.then(|| categories.iter().filter_map(left).sum())),
    ]);
    Table {
        id: "costs",
        caption: if budgeted {
            subject.word(word!("What is left is the budget less actual and committed cost"))
        } else {
            String::new()
        },
        columns: vec![
            Column::new("category", "Category", Kind::Text).weight(4),
            Column::new("budget", "Budget", Kind::Money).sums(),
            Column::new("actual", "Actual", Kind::Money).sums(),
            Column::new("committed", "Committed", Kind::Money).sums(),
            Column::new("left", "Left", Kind::Money).sums(),
        ],
        rows: rows.collect(),
        totals: Some(totals),
        print_rows: None,
    }
}
