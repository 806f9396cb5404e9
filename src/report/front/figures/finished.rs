//! The tiles of a finished project: what it cost, when it ended, how it went, what is left.

use chrono::NaiveDate;

use super::{budget_share, finish, index_tile, schedule_index, spent_against_earned, tile, trust};
use crate::analysis::closure::outcome::{Dimension, Figure};
use crate::document::{KeyFigure, Value};
use crate::quantity::{Money, ratio};
use crate::report::section::handover;
use crate::report::subject::{Subject, spent};
use crate::wording::percent;

/// The tiles, in reading order; those the data says nothing of are left out.
pub(super) fn compose(subject: &Subject<'_>, day: NaiveDate) -> Vec<KeyFigure> {
    let (cost, schedule) = (subject.health_at_end("Cost"), subject.health_at_end("Schedule"));
    let measures = &subject.found.measures;
    let mut tiles = vec![
        tile("Budget (BAC)", Value::Money(measures.bac), beside(subject), None),
        tile("Final cost (AC)", spent(measures.ac), over(subject), cost),
        tile("Finished", Value::Date(day), finish(subject), schedule),
    ];
    tiles.extend(hours(subject));
    tiles.push(index_tile(subject, "Cost efficiency (CPI)", "cpi", spent_against_earned(subject)));
    tiles.push(index_tile(subject, "Schedule efficiency (SPI(t))", "spi_t", schedule_index(subject)));
    tiles.extend(deliverables(subject));
    tiles.push(open(subject));
    tiles.push(tile(
        "Trust in the data",
        Value::Text(subject.found.trust.grade.to_string()),
        trust(subject),
        None,
    ));
    tiles
}

/// What there was beside the budget.
fn beside(subject: &Subject<'_>) -> String {
    let reserves = &subject.found.reserves;
    let amount = |money: Money| subject.format.number(money.units(), subject.format.money_decimals);
    reserves
        .contingency
        .map(|contingency| format!("contingency beside it {}", amount(contingency)))
        .unwrap_or_default()
}

/// `20% over budget (tolerance 48,000)`.
fn over(subject: &Subject<'_>) -> String {
    let measures = &subject.found.measures;
    let over = |ac: Money| (ac - measures.bac).units();
    let no_budget = crate::quantity::Reason::NoBaseline;
    let Ok(share) = measures.ac.and_then(|ac| ratio(over(ac), measures.bac.units(), no_budget)) else {
        return String::new();
    };
    let tolerance = subject.project.charter.tolerance_cost.map(|tolerance| {
        format!(" (tolerance {})", subject.format.number(tolerance.units(), subject.format.money_decimals))
    });
    format!("{}{}", budget_share(share), tolerance.unwrap_or_default())
}

fn hours(subject: &Subject<'_>) -> Option<KeyFigure> {
    let effort = subject.found.closure.promise(Dimension::Effort)?;
    let (Some(Figure::Hours(booked)), Some(Figure::Hours(planned))) = (effort.came, effort.baseline) else {
        return None;
    };
    let share = percent(booked.hours() / planned.hours());
    let detail = format!("{share} of the {} planned", subject.format.number(planned.hours(), 0));
    Some(tile("Hours booked", Value::Number(booked.hours(), 0), detail, None))
}

fn deliverables(subject: &Subject<'_>) -> Option<KeyFigure> {
    let scope = subject.found.closure.promise(Dimension::Scope)?;
    let (Some(Figure::Count(accepted)), Some(Figure::Count(all))) = (scope.came, scope.baseline) else {
        return None;
    };
    Some(tile("Deliverables accepted", Value::Count(u64::from(accepted)), format!("of {all}"), None))
}

/// How much is handed over open.
fn open(subject: &Subject<'_>) -> KeyFigure {
    let open = &subject.found.closure.open;
    let detail =
        handover::counts(open).map_or_else(|| "nothing is left".to_owned(), |counts| subject.say(counts));
    tile("Open points", Value::Count(open.len() as u64), detail, None)
}
