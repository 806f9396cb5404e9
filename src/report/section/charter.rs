//! The charter: what was agreed, in the sponsor's own words.

use crate::document::{Block, Column, ItemList, Kind, ListItem, Row, Table, Value};
use crate::language::{Part, Phrase};
use crate::report::section::Section;
use crate::report::section::business_case;
use crate::report::subject::Subject;
use crate::report::wording::{capital, working_days};

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
            blocks.push(Block::Heading(subject.word(title)));
            blocks.push(Block::Paragraph(text.to_owned()));
        }
    };
    say(word!("Need"), &charter.need);
    say(word!("Purpose"), &charter.purpose);
    say(word!("The sponsor's decision"), &charter.decision);
    let lists = [
        (word!("Scope"), &charter.scope),
        (word!("Out of scope"), &charter.out_of_scope),
        (word!("Assumptions"), &charter.assumptions),
        (word!("Constraints"), &charter.constraints),
        (word!("Strengths"), &charter.strengths),
        (word!("Weaknesses"), &charter.weaknesses),
    ];
    for (title, statements) in lists.into_iter().filter(|(_, statements)| !statements.is_empty()) {
        blocks.push(Block::List(ItemList {
            title: subject.word(title),
            items: statements
                .iter()
                .map(|text| ListItem { text: capital(text.trim_end_matches('.')), detail: String::new() })
                .collect(),
            empty: String::new(),
        }));
    }
    let frame = frame(subject);
    if !frame.is_empty() {
        blocks.push(Block::Heading(subject.word(word!("Frame and tolerances"))));
        blocks.push(Block::Table(Table {
            id: "charter",
            caption: String::new(),
            columns: vec![
                Column::new("what", "What", Kind::Text).weight(3),
                Column::new("agreed", "Agreed", Kind::Text).weight(4),
            ],
            rows: frame
                .into_iter()
                .map(|(what, agreed)| Row::new(vec![subject.cell(what), Value::Text(subject.say(agreed))]))
                .collect(),
            totals: None,
            print_rows: None,
        }));
    }
    blocks
}

/// Who, when, how much, and how far it may go astray before it is an exception.
fn frame(subject: &Subject<'_>) -> Vec<(&'static str, Phrase)> {
    let charter = &subject.project.charter;
    let amount = |money| subject.money(money);
    let day = |day: chrono::NaiveDate| Phrase::said(subject.format.day(day));
    let rows = [
        (word!("Sponsor"), charter.sponsor.clone().map(Phrase::said)),
        (word!("Manager"), charter.manager.clone().map(Phrase::said)),
        (word!("Start"), charter.start.map(|start| day(start.date()))),
        (word!("Finish"), charter.finish.map(|finish| day(crate::calendar::last_day(finish)))),
        (
            word!("Discount rate"),
            charter.discount_rate.map(|rate| phrase!("{rate} a year", rate = business_case::rate(rate))),
        ),
        (
            word!("Tolerance, cost"),
            charter.tolerance_cost.map(|most| phrase!("{amount} over the budget", amount = amount(most))),
        ),
        (
            word!("Tolerance, time"),
            charter.tolerance_days.map(|most| phrase!("{days} late", days = working_days(most))),
        ),
        (
            word!("Tolerance, scope"),
            charter
                .tolerance_scope
                .map(|n| phrase!("{n} {n|deliverable|deliverables} left out or rejected", n)),
        ),
        (
            word!("Tolerance, quality"),
            charter
                .tolerance_quality
                .map(|n| phrase!("{n} {n|critical or high defect|critical or high defects} open", n)),
        ),
        (
            word!("Tolerance, risk"),
            charter.tolerance_risk.map(|most| phrase!("{amount} of open exposure", amount = amount(most))),
        ),
        (
            word!("Tolerance, benefit"),
            charter
                .tolerance_benefit
                .map(|most| phrase!("{share} of the benefits lost", share = Part::share(most))),
        ),
    ];
    rows.into_iter().filter_map(|(what, agreed)| Some((what, agreed?))).collect()
}
