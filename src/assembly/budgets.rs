//! Budgets that may be the money of the tasks once more.
//!
//! Lines that name neither task nor account are part of BAC beside the tasks, unless they add up to what the tasks do.
//! A budget of a project by categories that misses that sum by a little more than rounding would double BAC: it is said.

use polars::prelude::{DataType, PolarsResult};

use super::roster::Roster;
use super::row::Table;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Part;
use crate::model::facts::{BudgetLines, Facts};
use crate::model::{Project, TaskKind};
use crate::quantity::Money;

/// From this share of the tasks' cost on, a budget beside them is likely to be theirs.
const LIKELY: f64 = 0.5;

/// Says where a project's budget beside its tasks is about as large as theirs.
pub(super) fn report(
    tables: &[Table],
    roster: &Roster,
    projects: &[Project],
    facts: &Facts,
    problems: &mut Diagnostics,
) {
    // A frame that lacks a column holds no budget: it is made with all of them or none.
    let loose = loose(&facts.budget, projects.len()).unwrap_or_default();
    for (index, (project, budget)) in (0_u32..).zip(projects.iter().zip(loose)) {
        let tasks = project.tasks.iter().filter(|task| task.kind != TaskKind::Summary);
        let held: Money = tasks.filter_map(|task| task.baseline_cost).sum();
        if held <= Money::ZERO || budget.is_same(held) || budget.units() < LIKELY * held.units() {
            continue;
        }
        let of_project = |table: &&Table| {
            table.typed.spec.name == "budget" && roster.of_group(&table.typed.group).contains(&index)
        };
        let place = tables.iter().find(of_project).map(Table::place).unwrap_or_default();
        let message = phrase!(
            "{budget} of the budget names no task and no account, and the tasks have a baseline cost of {held}: BAC is both together",
            budget = Part::exact(budget),
            held = Part::exact(held)
        );
        let help = word!(
            "if it is the same money, let both add up to the same or take the budget out; if it is more, nothing is wrong"
        );
        problems.push(
            Diagnostic::new(&code::BUDGET_BESIDE_TASKS, place, message).project(&*project.id).help(help),
        );
    }
}

/// What the baseline lines of each project add up to that name neither task nor account.
fn loose(budget: &BudgetLines, projects: usize) -> PolarsResult<Vec<Money>> {
    let mut sums = vec![Money::ZERO; projects];
    let frame = &budget.0;
    if frame.height() == 0 {
        return Ok(sums);
    }
    let project = frame.column(BudgetLines::PROJECT)?.u32()?;
    let (task, account) = (frame.column(BudgetLines::TASK)?, frame.column(BudgetLines::ACCOUNT)?);
    let (no_task, no_account) = (task.is_null(), account.is_null());
    let kind = frame.column(BudgetLines::KIND)?.cast(&DataType::String)?;
    let kind = kind.str()?;
    let amount = frame.column(BudgetLines::AMOUNT)?.i64()?;
    for row in 0..frame.height() {
        let is_loose = no_task.get(row) == Some(true) && no_account.get(row) == Some(true);
        let is_baseline = kind.get(row).is_none_or(|kind| kind == "baseline");
        let sum = project.get(row).and_then(|project| sums.get_mut(project as usize));
        if let (true, true, Some(sum)) = (is_loose, is_baseline, sum) {
            *sum += Money(amount.get(row).unwrap_or_default());
        }
    }
    Ok(sums)
}
