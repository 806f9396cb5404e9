//! Facts joined to projects and tasks: those of [`crate::model::facts`].
//!
//! What a row is joined by (project, task, WBS code, control account, currency) is looked up once for
//! each distinct combination, over the whole portfolio at once; the rows then only copy the answer.

mod bookings;
mod columns;
mod distinct;
mod leave;
mod target;
mod unmatched;
mod value;

use super::plan::Plan;
use super::roster::{Homeless, Roster};
use super::row::Table;
use crate::diagnostic::Diagnostics;
use crate::intake::{FactRows, TypedBody};
use crate::model::Project;
use crate::model::facts::{Bookings, BudgetLines, Facts, Postings};

/// What facts are joined to.
pub(super) struct Linked<'a, 'p> {
    pub(super) roster: &'a Roster,
    pub(super) projects: &'a [Project],
    pub(super) plans: &'a [Plan<'p>],
}

/// Joins the facts of every table.
pub(super) fn join(
    tables: &[Table],
    roster: &Roster,
    projects: &mut [Project],
    plans: &[Plan],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> Facts {
    let sheets: Vec<(&Table, &FactRows)> = tables
        .iter()
        .filter_map(|table| match &table.typed.body {
            TypedBody::Facts(facts) if !facts.rows.is_empty() => Some((table, facts)),
            _ => None,
        })
        .collect();
    let named =
        |name: &'static str| sheets.iter().filter(move |(table, _)| table.typed.spec.name == name).copied();
    let costs: Vec<_> = named("costs").map(|(table, facts)| value::Lines::new(table, facts)).collect();
    let budget: Vec<_> = named("budget").map(|(table, facts)| value::Lines::new(table, facts)).collect();
    target::settle_currencies(costs.iter().chain(&budget), roster, projects);

    let linked = Linked { roster, projects, plans };
    let mut facts = Facts {
        bookings: Bookings::default(),
        postings: Postings(columns::empty(columns::POSTINGS)),
        budget: BudgetLines(columns::empty(columns::BUDGET)),
    };
    for (table, sheet) in named("timesheets") {
        facts.bookings.sheets.push(bookings::join(table, sheet, &linked, homeless, problems));
    }
    for lines in &costs {
        let joined = lines.postings(&linked, homeless, problems);
        columns::append(&mut facts.postings.0, joined);
    }
    for lines in &budget {
        let (joined, spent) = lines.budget(&linked, homeless, problems);
        columns::append(&mut facts.budget.0, joined);
        if let Some(spent) = spent {
            columns::append(&mut facts.postings.0, spent);
        }
    }
    facts
}
