//! The change log in the JSON.

use serde::Serialize;

use crate::analysis::change::{First, Reconciled, Standing};
use crate::quantity::Money;
use crate::report::subject::Subject;

use super::{day, ids, rounded};

/// The log with what it adds up to. Amounts in currency units, days in working days.
#[derive(Serialize)]
pub(super) struct Changes<'a> {
    baseline_date: Option<String>,
    standings: Vec<Sum>,
    budget: Way<f64>,
    finish: Option<Way<String>>,
    unapproved_cost: Option<f64>,
    unapproved_days: Option<f64>,
    log: Vec<Entry<'a>>,
}

/// What the changes of a standing add up to, net.
#[derive(Serialize)]
struct Sum {
    standing: &'static str,
    changes: u32,
    cost: f64,
    days: f64,
    without_cost: u32,
    without_days: u32,
}

/// From the first baseline to today's: first, plus changes, plus drift, is today.
#[derive(Serialize)]
struct Way<T> {
    first: T,
    first_is: &'static str,
    changes: f64,
    drift: Option<f64>,
    today: T,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    standing: &'static str,
    state: &'static str,
    impact_cost: Option<f64>,
    impact_days: Option<f64>,
    impact_scope: Option<&'a str>,
    reason: Option<&'a str>,
    requester: Option<&'a str>,
    raised: Option<String>,
    decided: Option<String>,
    tasks: Vec<&'a str>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

/// The change log of a project; `None` when it has none.
pub(super) fn changes<'a>(subject: &Subject<'a>) -> Option<Changes<'a>> {
    let (project, found) = (subject.project, &subject.found.changes);
    if project.changes.is_empty() {
        return None;
    }
    let entries = found.order.iter().filter_map(|index| {
        let (change, standing) = (&project.changes[*index], found.standings[*index]?);
        Some(Entry {
            id: &change.id,
            title: &change.title,
            standing: standing.key(),
            state: change.state.word(),
            impact_cost: change.impact_cost.map(Money::units),
            impact_days: change.impact_days,
            impact_scope: change.impact_scope.as_deref(),
            reason: change.reason.as_deref(),
            requester: change.requester.as_deref(),
            raised: day(change.raised),
            decided: day(change.decided),
            tasks: ids(project, &change.tasks),
            file: &change.origin.file,
            sheet: change.origin.sheet.as_deref(),
            row: change.origin.row,
        })
    });
    Some(Changes {
        baseline_date: day(project.charter.baseline_date),
        standings: Standing::ALL
            .into_iter()
            .map(|standing| {
                let effect = found.effect(standing);
                Sum {
                    standing: standing.key(),
                    changes: effect.changes,
                    cost: effect.cost.units(),
                    days: effect.days,
                    without_cost: effect.without_cost,
                    without_days: effect.without_days,
                }
            })
            .collect(),
        budget: Way {
            first: found.budget.first.units(),
            first_is: source(&found.budget),
            changes: found.budget.changes.units(),
            drift: found.budget.drift.map(Money::units),
            today: found.budget.today.units(),
        },
        finish: found.finish.as_ref().map(|finish| Way {
            first: finish.first.to_string(),
            first_is: source(finish),
            changes: finish.changes,
            drift: finish.drift.map(rounded),
            today: finish.today.to_string(),
        }),
        unapproved_cost: found.unapproved_cost.ok().map(rounded),
        unapproved_days: found.unapproved_days.ok().map(rounded),
        log: entries.collect(),
    })
}

fn source<T, D>(way: &Reconciled<T, D>) -> &'static str {
    match way.source {
        First::Stated => "stated",
        First::Derived => "derived",
    }
}
