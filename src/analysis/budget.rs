//! The baseline lines of the budget, per project.

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::*;

use crate::model::Portfolio;
use crate::model::facts::BudgetLines;
use crate::quantity::Money;

/// A baseline line of the budget.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetLine {
    /// Index into the project's tasks.
    pub task: Option<usize>,
    /// Control account or WBS code that is no task.
    pub account: Option<Arc<str>>,
    /// First and last day; `None` when the line has no time.
    pub span: Option<(NaiveDate, NaiveDate)>,
    /// Amount.
    pub amount: Money,
}

/// The baseline lines of every project, in order of the source.
#[must_use]
pub fn baseline_lines(portfolio: &Portfolio) -> Vec<Vec<BudgetLine>> {
    let mut lines = vec![Vec::new(); portfolio.projects.len()];
    // A frame that lacks a column holds no budget: assembly makes all of them or none.
    let _ = read(&portfolio.facts.budget.0, &mut lines);
    lines
}

fn read(frame: &DataFrame, lines: &mut [Vec<BudgetLine>]) -> PolarsResult<()> {
    if frame.height() == 0 {
        return Ok(());
    }
    let project = frame.column(BudgetLines::PROJECT)?.u32()?;
    let task = frame.column(BudgetLines::TASK)?.u32()?;
    // Text may come as codes of a dictionary.
    let account = frame.column(BudgetLines::ACCOUNT)?.cast(&DataType::String)?;
    let account = account.str()?;
    let start = frame.column(BudgetLines::START)?.cast(&DataType::Int32)?;
    let finish = frame.column(BudgetLines::FINISH)?.cast(&DataType::Int32)?;
    let (start, finish) = (start.i32()?, finish.i32()?);
    let amount = frame.column(BudgetLines::AMOUNT)?.i64()?;
    let kind = frame.column(BudgetLines::KIND)?.cast(&DataType::String)?;
    let kind = kind.str()?;
    for row in 0..frame.height() {
        if kind.get(row).is_some_and(|kind| kind != "baseline") {
            continue;
        }
        let Some(list) = project.get(row).and_then(|p| lines.get_mut(p as usize)) else { continue };
        let (first, last) = (start.get(row).and_then(day), finish.get(row).and_then(day));
        list.push(BudgetLine {
            task: task.get(row).map(|t| t as usize),
            account: account.get(row).map(Arc::from),
            span: first.or(last).zip(last.or(first)),
            amount: Money(amount.get(row).unwrap_or_default()),
        });
    }
    Ok(())
}

/// The day of polars' `Date`: days since 1970.
fn day(days: i32) -> Option<NaiveDate> {
    NaiveDate::from_epoch_days(days)
}
