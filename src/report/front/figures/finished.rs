//! The tiles of a finished project: what it cost, when it ended, how it went, what is left.

use chrono::NaiveDate;

use super::{budget_share, finish, index_tile, money, spent_against_earned, tile, trusted};
use crate::analysis::closure::outcome::{Dimension, Figure};
use crate::document::{KeyFigure, Value};
use crate::language::{Part, Phrase};
use crate::quantity::{Reason, ratio};
use crate::report::narrative;
use crate::report::section::handover;
use crate::report::subject::{Subject, spent};

/// The tiles, in reading order; those the data says nothing of are left out.
pub(super) fn compose(subject: &Subject<'_>, day: NaiveDate) -> Vec<KeyFigure> {
    let (cost, schedule) = (subject.health_at_end("Cost"), subject.health_at_end("Schedule"));
    let measures = &subject.found.measures;
    let mut tiles = vec![
        tile(subject, word!("Budget (BAC)"), Value::Money(measures.bac), beside(subject), None),
        tile(subject, word!("Final cost (AC)"), spent(measures.ac), over(subject), cost),
        tile(subject, word!("Finished"), Value::Date(day), finish(subject), schedule),
    ];
    tiles.extend(hours(subject));
    let against_earned = spent_against_earned(subject);
    tiles.push(index_tile(subject, word!("Cost efficiency (CPI)"), "cpi", against_earned));
    tiles.push(index_tile(subject, word!("Schedule efficiency (SPI(t))"), "spi_t", narrative::gap(subject)));
    tiles.extend(deliverables(subject));
    tiles.push(open(subject));
    tiles.push(trusted(subject));
    tiles
}

/// What there was beside the budget.
fn beside(subject: &Subject<'_>) -> Option<Phrase> {
    let contingency = subject.found.reserves.contingency?;
    Some(phrase!("contingency beside it {amount}", amount = money(subject, contingency)))
}

/// `20% over budget (tolerance 48,000)`.
fn over(subject: &Subject<'_>) -> Option<Phrase> {
    let measures = &subject.found.measures;
    let over = (measures.ac.ok()? - measures.bac).units();
    let share = budget_share(ratio(over, measures.bac.units(), Reason::NoBaseline).ok()?);
    Some(match subject.project.charter.tolerance_cost {
        Some(allowed) => phrase!("{share} (tolerance {amount})", share, amount = money(subject, allowed)),
        None => share,
    })
}

fn hours(subject: &Subject<'_>) -> Option<KeyFigure> {
    let effort = subject.found.closure.promise(Dimension::Effort)?;
    let (Some(Figure::Hours(booked)), Some(Figure::Hours(planned))) = (effort.came, effort.baseline) else {
        return None;
    };
    let detail = phrase!(
        "{share} of the {hours} planned",
        share = Part::share(booked.hours() / planned.hours()),
        hours = Part::number(planned.hours(), 0)
    );
    Some(tile(subject, word!("Hours booked"), Value::Number(booked.hours(), 0), Some(detail), None))
}

fn deliverables(subject: &Subject<'_>) -> Option<KeyFigure> {
    let scope = subject.found.closure.promise(Dimension::Scope)?;
    let (Some(Figure::Count(accepted)), Some(Figure::Count(all))) = (scope.came, scope.baseline) else {
        return None;
    };
    let (value, detail) = (Value::Count(u64::from(accepted)), phrase!("of {all}", all));
    Some(tile(subject, word!("Deliverables accepted"), value, Some(detail), None))
}

/// How much is handed over open.
fn open(subject: &Subject<'_>) -> KeyFigure {
    let open = &subject.found.closure.open;
    let detail = handover::counts(open).unwrap_or_else(|| phrase!("nothing is left"));
    tile(subject, word!("Open points"), Value::Count(open.len() as u64), Some(detail), None)
}
