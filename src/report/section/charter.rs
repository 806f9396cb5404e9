//! The charter: what was agreed, in the sponsor's own words.

use crate::document::{Block, Column, ItemList, Kind, ListItem, Row, Table, Value};
use crate::report::section::Section;
use crate::report::section::business_case::rate_text;
use crate::report::subject::Subject;
use crate::report::wording::{capital, working_days};
use crate::wording::{counted, percent};

pub(super) const SECTION: Section = Section {
    id: "charter",
    title: "Charter",
    about: "Need, purpose, scope and what is out of it, assumptions, constraints, strengths, weaknesses, tolerances, who answers for it, the sponsor's decision.",
    compose,
};

fn compose(subject: &Subject<'_>) -> Vec<Block> {
    let charter = &subject.project.charter;
    let mut blocks = Vec::new();
    let mut say = |title: &str, text: &Option<String>| {
        if let Some(text) = text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            blocks.push(Block::Heading(title.to_owned()));
            blocks.push(Block::Paragraph(text.to_owned()));
        }
    };
    say("Need", &charter.need);
    say("Purpose", &charter.purpose);
    say("The sponsor's decision", &charter.decision);
    let lists = [
        ("Scope", &charter.scope),
        ("Out of scope", &charter.out_of_scope),
        ("Assumptions", &charter.assumptions),
        ("Constraints", &charter.constraints),
        ("Strengths", &charter.strengths),
        ("Weaknesses", &charter.weaknesses),
    ];
    for (title, statements) in lists.into_iter().filter(|(_, statements)| !statements.is_empty()) {
        blocks.push(Block::List(ItemList {
            title: title.to_owned(),
            items: statements
                .iter()
                .map(|text| ListItem { text: capital(text.trim_end_matches('.')), detail: String::new() })
                .collect(),
            empty: String::new(),
        }));
    }
    let frame = frame(subject);
    if !frame.is_empty() {
        blocks.push(Block::Heading("Frame and tolerances".to_owned()));
        blocks.push(Block::Table(Table {
            id: "charter",
            caption: String::new(),
            columns: vec![
                Column::new("what", "What", Kind::Text).weight(3),
                Column::new("agreed", "Agreed", Kind::Text).weight(4),
            ],
            rows: frame
                .into_iter()
                .map(|(what, agreed)| Row::new(vec![Value::Text(what.to_owned()), Value::Text(agreed)]))
                .collect(),
            totals: None,
            print_rows: None,
        }));
    }
    blocks
}

/// Who, when, how much, and how far it may go astray before it is an exception.
fn frame(subject: &Subject<'_>) -> Vec<(&'static str, String)> {
    let charter = &subject.project.charter;
    let amount = |money: crate::quantity::Money| subject.format.amount(money.units());
    let rows = [
        ("Sponsor", charter.sponsor.clone()),
        ("Manager", charter.manager.clone()),
        ("Start", charter.start.map(|start| subject.format.day(start.date()))),
        ("Finish", charter.finish.map(|finish| subject.format.day(crate::calendar::last_day(finish)))),
        ("Discount rate", charter.discount_rate.map(|rate| format!("{} a year", rate_text(rate)))),
        ("Tolerance, cost", charter.tolerance_cost.map(|most| format!("{} over the budget", amount(most)))),
        ("Tolerance, time", charter.tolerance_days.map(|most| format!("{} late", working_days(most)))),
        (
            "Tolerance, scope",
            charter
                .tolerance_scope
                .map(|most| format!("{} left out or rejected", counted(most, "deliverable"))),
        ),
        (
            "Tolerance, quality",
            charter
                .tolerance_quality
                .map(|most| format!("{} open", counted(most, "critical or high defect"))),
        ),
        ("Tolerance, risk", charter.tolerance_risk.map(|most| format!("{} of open exposure", amount(most)))),
        (
            "Tolerance, benefit",
            charter.tolerance_benefit.map(|most| format!("{} of the benefits lost", percent(most))),
        ),
    ];
    rows.into_iter().filter_map(|(what, agreed)| Some((what, agreed?))).collect()
}
