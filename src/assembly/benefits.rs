//! Rows of `objectives`, `measurements`, `cash_flows` and `stakeholders`: what the project is for, and for whom.

use super::charter::currency;
use super::registers::{Entry, Names, Registers, Strays};
use super::row::Table;
use crate::diagnostic::{Diagnostic, Location, code};
use crate::model::{Better, CashFlow, CashFlowKind, Measurement, Objective, Project, Stakeholder};
use crate::quantity::Money;

/// Reads what every project is for.
pub(super) fn read(registers: &mut Registers, projects: &mut [Project]) {
    for Entry { project, id, title, row } in registers.entries("objectives", "name") {
        let Some(project) = projects.get_mut(project) else { continue };
        let (baseline, target) = (row.number("baseline"), row.number("target"));
        project.objectives.push(Objective {
            id,
            name: title,
            unit: row.string("unit"),
            baseline,
            target,
            due: row.day("due"),
            better: better(row.word("better"), baseline, target),
            owner: row.string("owner"),
            origin: row.origin(),
        });
    }
    measurements(registers, projects);
    stakeholders(registers, projects);
    cash_flows(registers, projects);
}

/// Which way is better: as said, else the way from the baseline to the target.
fn better(word: Option<&str>, baseline: Option<f64>, target: Option<f64>) -> Option<Better> {
    match (word, baseline, target) {
        (Some("higher"), ..) => Some(Better::Higher),
        (Some("lower"), ..) => Some(Better::Lower),
        (_, Some(from), Some(to)) if from < to => Some(Better::Higher),
        (_, Some(from), Some(to)) if from > to => Some(Better::Lower),
        _ => None,
    }
}

fn measurements(registers: &mut Registers, projects: &mut [Project]) {
    let rows = registers.rows("measurements");
    if rows.is_empty() {
        return;
    }
    let named: Vec<Names> = projects
        .iter()
        .map(|project| Names::new(project.objectives.iter().map(|goal| (&*goal.id, &*goal.name))))
        .collect();
    let mut strays = Strays::default();
    for (index, row) in rows {
        let (Some(project), Some(names)) = (projects.get_mut(index), named.get(index)) else { continue };
        let (Some(written), Some(date), Some(value)) =
            (row.text("objective"), row.day("date"), row.number("value"))
        else {
            continue;
        };
        match names.find(written) {
            Some(objective) => {
                project.measurements.push(Measurement { objective, date, value, origin: row.origin() });
            }
            None => strays.tick(index, written, &row, "objective"),
        }
    }
    let says =
        |n, ids| phrase!("{n} {n|measurement|measurements} of objectives that are not listed: {ids}", n, ids);
    let help = word!("these rows are left out; correct the ids or add the objectives");
    strays.report(&code::UNKNOWN_OBJECTIVE, says, help, registers.roster, registers.problems);
    for project in projects {
        project
            .measurements
            .sort_by(|a, b| (a.objective, a.date, &a.origin).cmp(&(b.objective, b.date, &b.origin)));
    }
}

/// Rows without a project in an input of several are stakeholders of each.
fn stakeholders(registers: &mut Registers, projects: &mut [Project]) {
    let tables = registers.tables.iter().filter(|t| t.typed.spec.name == "stakeholders");
    for row in tables.flat_map(Table::rows) {
        let Some(name) = row.string("name") else { continue };
        let stakeholder = Stakeholder {
            name,
            role: row.string("role"),
            organisation: row.string("organisation"),
            email: row.string("email"),
            influence: row.level("influence"),
            interest: row.level("interest"),
            audience: row.string("audience"),
            origin: row.origin(),
        };
        for project in registers.homeless.resolve_all(registers.roster, &row) {
            if let Some(project) = projects.get_mut(project as usize) {
                project.stakeholders.push(stakeholder.clone());
            }
        }
    }
}

/// The amounts of a project that its table calls costs, while their sign is in doubt.
#[derive(Default)]
struct Costs {
    positive: bool,
    negative: Option<Location>,
    rows: u32,
}

fn cash_flows(registers: &mut Registers, projects: &mut [Project]) {
    let mut signs: Vec<Costs> = projects.iter().map(|_| Costs::default()).collect();
    let mut others = Strays::default();
    for (index, row) in registers.rows("cash_flows") {
        let (Some(project), Some(costs)) = (projects.get_mut(index), signs.get_mut(index)) else { continue };
        let (Some(date), Some(amount)) = (row.day("date"), row.money("amount")) else { continue };
        let own = project.currency.as_deref();
        if let Some(other) = row.text("currency").map(currency).filter(|c| own.is_some_and(|own| own != c)) {
            others.tick(index, &other, &row, "currency");
            continue;
        }
        let kind = match row.word("kind") {
            Some("benefit") => CashFlowKind::Benefit,
            Some(_) => CashFlowKind::Cost,
            None if amount < Money::ZERO => CashFlowKind::Cost,
            None => CashFlowKind::Benefit,
        };
        let said = row.word("kind") == Some("cost");
        if said {
            costs.positive |= amount > Money::ZERO;
            if amount < Money::ZERO {
                costs.negative.get_or_insert_with(|| row.cell("amount"));
                costs.rows += 1;
            }
        }
        let net = if said { -amount } else { amount };
        project.cash_flows.push(CashFlow {
            date,
            kind,
            net,
            category: row.string("category"),
            origin: row.origin(),
        });
    }
    others.report(
        &code::OTHER_CURRENCY,
        |n, currencies| {
            phrase!("{n} {n|cash flow|cash flows} of other currencies: {currencies}", n, currencies)
        },
        word!("no exchange rate is known: these rows are left out"),
        registers.roster,
        registers.problems,
    );
    for (project, costs) in projects.iter_mut().zip(signs) {
        // Where some costs are positive, a negative one is money that comes back.
        if let (Some(first), false) = (costs.negative, costs.positive) {
            for flow in
                project.cash_flows.iter_mut().filter(|f| f.kind == CashFlowKind::Cost && f.net > Money::ZERO)
            {
                flow.net = -flow.net;
            }
            let message = phrase!("{n} {n|cost|costs} written as negative amounts", n = costs.rows);
            registers.problems.push(
                Diagnostic::new(&code::NEGATIVE_COSTS, first, message)
                    .project(&*project.id)
                    .help(word!("no cost of the table is positive: they are taken to flow out")),
            );
        }
        project.cash_flows.sort_by(|a, b| (a.date, &a.origin).cmp(&(b.date, &b.origin)));
    }
}
