//! Budget lines: from the frame to each project, for planned value, categories and reserves.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::*;

use super::account::Accounts;
use super::owner::Owners;
use super::{BudgetKind, BudgetLine, Ledger};
use crate::model::Portfolio;
use crate::model::facts::BudgetLines;
use crate::quantity::Money;

/// Hands every project its budget lines, in the order of the source.
pub(super) fn add(portfolio: &Portfolio, ledgers: &mut [Ledger]) -> PolarsResult<()> {
    let frame = &portfolio.facts.budget.0;
    if frame.height() == 0 {
        return Ok(());
    }
    let owners = Owners::of(&portfolio.projects);
    let (projects, tasks) =
        (frame.column(BudgetLines::PROJECT)?.u32()?, frame.column(BudgetLines::TASK)?.u32()?);
    let account = frame.column(BudgetLines::ACCOUNT)?.str()?;
    let start = frame.column(BudgetLines::START)?.date()?.physical();
    let finish = frame.column(BudgetLines::FINISH)?.date()?.physical();
    let amount = frame.column(BudgetLines::AMOUNT)?.i64()?;
    let (category, kind) =
        (frame.column(BudgetLines::CATEGORY)?.str()?, frame.column(BudgetLines::KIND)?.str()?);
    let (source, row) = (frame.column(BudgetLines::SOURCE)?.u32()?, frame.column(BudgetLines::ROW)?.u32()?);

    let used = projects.iter().zip(account.iter()).filter_map(|(project, account)| project.zip(account));
    let accounts = Accounts::of(&portfolio.projects, used);
    for index in 0..frame.height() {
        let Some(project) = projects.get(index) else { continue };
        let Some(ledger) = ledgers.get_mut(project as usize) else { continue };
        let task = owners.task(project, tasks.get(index));
        ledger.budget.push(BudgetLine {
            task: task.map(|task| task as usize),
            account: account
                .get(index)
                .filter(|_| task.is_none())
                .and_then(|written| accounts.get(project, written))
                .map(|account| Arc::clone(&account.name)),
            start: start.get(index).and_then(NaiveDate::from_epoch_days),
            finish: finish.get(index).and_then(NaiveDate::from_epoch_days),
            amount: Money(amount.get(index).unwrap_or_default()),
            category: category.get(index).map(Into::into),
            kind: kind.get(index).and_then(BudgetKind::parse).unwrap_or_default(),
            source: source.get(index).unwrap_or_default(),
            row: row.get(index).unwrap_or_default(),
        });
    }
    Ok(())
}
