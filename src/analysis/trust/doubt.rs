//! What each rule measures: the share of the data that is doubtful, and the sentence that says so.

use std::collections::{BTreeMap, BTreeSet};

use super::Evidence;
use crate::analysis::TaskValue;
use crate::analysis::ledger::Ledger;
use crate::calendar::{Moment, start_of_day};
use crate::language::{Part, Phrase};
use crate::model::{EarningRule, Task, TaskKind};
use crate::quantity::{Money, Work};

#[expect(clippy::cast_precision_loss, reason = "counts of rows and tasks are far below 2^53")]
fn share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn share_of(part: Money, whole: Money) -> Option<f64> {
    (whole.0 > 0).then(|| part.units() / whole.units())
}

pub(super) fn without_baseline(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    if e.value.measures.ready_series {
        return None;
    }
    if e.value.measures.bac.is_zero() {
        return Some((1.0, phrase!("no task has a baseline cost, so nothing can be earned")));
    }
    // Milestones cost nothing by nature, and what is budgeted by account needs no cost of its own.
    let by_account = e.value.beside_tasks.is_some_and(|beside| beside.bac.0 > 0);
    let lacks = |task: &Task, value: &TaskValue| {
        let cost = value.bac.is_zero() && task.kind != TaskKind::Milestone && !by_account;
        cost || (task.baseline_start.is_none() && task.baseline_finish.is_none())
    };
    let without = e.leaves.iter().filter(|(task, value)| lacks(task, value)).count();
    let all = e.leaves.len();
    let says =
        phrase!("{n} of {all} {all|task|tasks} {n|has|have} no baseline cost or dates", n = without, all);
    Some((share(without, all)?, says))
}

pub(super) fn hours_unmatched_share(ledger: &Ledger) -> Option<f64> {
    let all: Work = ledger.lines.iter().map(|line| line.hours).sum();
    let loose: Work = ledger.unmatched.iter().map(|row| row.hours).sum();
    (all.0 > 0).then(|| (loose.hours() / all.hours()).clamp(0.0, 1.0))
}

pub(super) fn hours_unmatched(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let share = hours_unmatched_share(e.ledger)?;
    let loose: Work = e.ledger.unmatched.iter().map(|row| row.hours).sum();
    let says = phrase!(
        "{share} of the hours booked ({hours}) joined no task",
        share = Part::share(share),
        hours = loose
    );
    Some((share, says))
}

pub(super) fn cost_unmatched_share(ledger: &Ledger) -> Option<f64> {
    let all: Money = ledger.lines.iter().map(|line| line.other).sum();
    Some(share_of(ledger.unmatched_postings.0, all)?.clamp(0.0, 1.0))
}

pub(super) fn cost_unmatched(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let share = cost_unmatched_share(e.ledger)?;
    let (loose, rows) = e.ledger.unmatched_postings;
    let says = phrase!(
        "{share} of the cost posted ({amount} in {rows} {rows|row|rows}) joined neither a task nor an account",
        share = Part::share(share),
        amount = loose,
        rows
    );
    Some((share, says))
}

pub(super) fn rows_rejected(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let rows: usize = e.tables.iter().map(|t| t.rows as usize).sum();
    let rejected: usize = e.tables.iter().map(|t| t.rejected as usize).sum();
    let worst = e.tables.iter().max_by_key(|t| t.rejected)?;
    let says = phrase!(
        "{n} of {rows} {rows|row|rows} rejected, most of them in {table}",
        n = rejected,
        rows,
        table = worst.name()
    );
    Some((share(rejected, rows)?, says))
}

pub(super) fn rows_in_part(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let rows: usize = e.tables.iter().map(|t| t.rows as usize).sum();
    let in_part: usize = e.tables.iter().map(|t| t.in_part as usize).sum();
    let worst = e.tables.iter().max_by_key(|t| t.in_part)?;
    let says = phrase!(
        "{n} of {rows} {rows|row|rows} {n|has|have} a cell that could not be read and counts as empty, most of them in {table}",
        n = in_part,
        rows,
        table = worst.name()
    );
    Some((share(in_part, rows)?, says))
}

pub(super) fn without_rate(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let all: Work = e.ledger.lines.iter().map(|line| line.hours).sum();
    let (rows, free) = e.ledger.without_rate;
    let share = (all.0 > 0).then(|| free.hours() / all.hours())?;
    let says = phrase!(
        "{hours} in {n} {n|booking|bookings} have neither rate nor cost and count as free",
        hours = free,
        n = rows
    );
    Some((share, says))
}

pub(super) fn stale_progress(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    if e.project.statements.is_empty() {
        return None;
    }
    let before = |day: chrono::NaiveDate| day.pred_opt().map_or(day, |d| e.axis.kind.period_of(d).first);
    // A statement at this midnight speaks of the end of the day before.
    let limit: Moment = start_of_day(before(before(e.axis.status.day())));
    // The latest of each task: they are sorted by task and date.
    let known = e.project.statements.iter().filter(|s| s.at <= e.axis.status.0);
    let latest: BTreeMap<usize, Moment> = known.map(|s| (s.task, s.at)).collect();
    let (mut open, mut stale) = (0, 0);
    for (index, task) in e.project.tasks.iter().enumerate() {
        let Some(value) = e.value.tasks.get(index) else { continue };
        let started = value.actual_start.is_some() || value.percent_complete > 0.0;
        if !started || value.percent_complete >= 1.0 || task.kind == TaskKind::Summary {
            continue;
        }
        open += 1;
        stale += usize::from(latest.get(&index).is_none_or(|at| *at <= limit));
    }
    let says = phrase!(
        "no statement of progress in the last two periods for {n} of {open} {open|task|tasks} in progress",
        n = stale,
        open
    );
    Some((share(stale, open)?, says))
}

pub(super) fn cost_without_progress(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    if e.value.measures.ready_series {
        return None;
    }
    let all: Money = e.leaves.iter().map(|(_, v)| v.ac).sum();
    let idle = e.leaves.iter().filter(|(_, v)| v.ac.0 > 0 && v.ev.is_zero() && v.bac.0 > 0);
    let (count, cost) = idle.fold((0, Money::ZERO), |(n, sum), (_, v)| (n + 1, sum + v.ac));
    let says = phrase!("{cost} is booked on {n} {n|task|tasks} without any value earned", cost, n = count);
    Some((share_of(cost, all)?, says))
}

pub(super) fn progress_without_cost(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let m = e.value.measures;
    if m.ready_series {
        return None;
    }
    if m.spent().is_err() {
        return (m.ev.0 > 0).then(|| (1.0, phrase!("value is earned, but no actual cost is booked at all")));
    }
    let all: Money = e.leaves.iter().map(|(_, v)| v.ev).sum();
    let free = e.leaves.iter().filter(|(_, v)| v.ev.0 > 0 && v.ac.is_zero());
    let (count, value) = free.fold((0, Money::ZERO), |(n, sum), (_, v)| (n + 1, sum + v.ev));
    let says = phrase!(
        "{value} of the value earned comes from {n} {n|task|tasks} without any cost",
        value,
        n = count
    );
    Some((share_of(value, all)?, says))
}

/// A report for a past day from today's data: progress that does not say when it was made may have come since.
pub(super) fn undated_progress(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let status = e.axis.status.0;
    // The midnight that ends the status date is the end of that day for what is finished, and of the next for a start.
    let statements = e.project.statements.iter().map(|statement| statement.at);
    let finishes = e.project.tasks.iter().filter_map(|task| task.actual_finish);
    let mut starts = e.project.tasks.iter().filter_map(|task| task.actual_start);
    let goes_on = statements.chain(finishes).any(|at| at > status)
        || starts.any(|at| at >= status)
        || e.ledger.after_status.0 > 0;
    if !goes_on || e.value.measures.ready_series {
        return None;
    }
    let stated: BTreeSet<&str> =
        e.project.statements.iter().map(|s| e.project.tasks[s.task].id.as_str()).collect();
    let undated = |(task, value): &&(&Task, &TaskValue)| {
        value.rule != EarningRule::LevelOfEffort
            && task.actual_finish.is_none()
            && !stated.contains(task.id.as_str())
    };
    let all: Money = e.leaves.iter().map(|(_, v)| v.ev).sum();
    let doubtful: Money = e.leaves.iter().filter(undated).map(|(_, v)| v.ev).sum();
    let says = phrase!(
        "{value} of the value earned is progress without a day and may have come after the status date: the data goes on after it",
        value = doubtful
    );
    Some((share_of(doubtful, all)?, says))
}

pub(super) fn by_status(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    if e.value.measures.ready_series {
        return None;
    }
    let all: Money = e.leaves.iter().map(|(_, v)| v.bac).sum();
    let guessed: Money =
        e.leaves.iter().filter(|(_, v)| v.rule == EarningRule::ByStatus).map(|(_, v)| v.bac).sum();
    let share = share_of(guessed, all)?;
    let says = phrase!(
        "{share} of the budget earns by the status of its tasks alone: no percent complete",
        share = Part::share(share)
    );
    Some((share, says))
}

pub(super) fn derived_series(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    e.value.series_derived.then(|| {
        (1.0, phrase!("earlier earned values are derived from actual dates: there are no dated statements"))
    })
}

pub(super) fn guessed_columns(e: &Evidence<'_>) -> Option<(f64, Phrase)> {
    let guessed: usize = e.tables.iter().map(|t| t.guessed_columns.len()).sum();
    let unknown: usize = e.tables.iter().map(|t| t.unknown_columns.len()).sum();
    // A table does not say how many columns it used; what was left out is the yardstick.
    if guessed == 0 || unknown <= guessed {
        return None;
    }
    let says = phrase!(
        "{n} {n|column was|columns were} matched by another header than their own and {unknown} {unknown|was|were} not understood",
        n = guessed,
        unknown
    );
    Some((share(unknown, unknown + guessed)?, says))
}
