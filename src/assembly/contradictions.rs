//! Rows that are right one by one and contradict each other: told once a kind and table, counted.

use std::collections::BTreeMap;

use super::row::{Row, Table};
use super::standing::{self, Latest};
use super::tasks::Drafts;
use crate::calendar::last_day;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::model::{ConstraintKind, Project, Task, TaskKind, TaskStatus};
use crate::quantity::Money;
use crate::wording::{counted, few};

/// A rule about tasks: where it points, what it says of those it finds, what to do.
struct Rule {
    code: &'static Code,
    column: &'static str,
    breaks: fn(&Task, Latest) -> bool,
    says: &'static str,
    help: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        code: &code::MILESTONE_COST,
        column: "baseline_cost",
        breaks: |task, _| {
            task.kind == TaskKind::Milestone && task.baseline_cost.is_some_and(|cost| cost > Money::ZERO)
        },
        says: "with a baseline cost though it takes no time",
        help: "the cost is planned and earned on its date; give it a duration, or put the cost on the task before it",
    },
    Rule {
        code: &code::START_AFTER_FINISH,
        column: "actual_start",
        breaks: |task, latest| {
            // Within one row intake has looked already.
            let within_row = task.actual_start.is_some() && task.actual_finish.is_some();
            let start = latest.start.or(task.actual_start);
            let finish = latest.finish.or(task.actual_finish);
            latest.any
                && !within_row
                && start.zip(finish).is_some_and(|(start, finish)| start.date() > last_day(finish))
        },
        says: "that finished before it started, by the task and its statements of progress",
        help: "the dates are used as they are; correct one of them",
    },
    Rule {
        code: &code::WITHOUT_BASELINE,
        column: "baseline_start",
        breaks: |task, _| {
            task.kind != TaskKind::Summary
                && task.baseline_start.is_none()
                && task.baseline_finish.is_none()
                && task.baseline_cost.is_none()
                && task.baseline_work.is_none()
        },
        says: "without a baseline",
        help: "they plan and earn nothing; give baseline_start, baseline_finish and baseline_cost",
    },
    Rule {
        code: &code::CONSTRAINT_WITHOUT_DATE,
        column: "constraint_date",
        breaks: |task, _| {
            !matches!(task.constraint, ConstraintKind::Asap | ConstraintKind::Alap)
                && task.constraint_date.is_none()
        },
        says: "with a constraint that needs a date and has none",
        help: "scheduled as soon as possible; give constraint_date",
    },
    Rule {
        code: &code::DONE_WITHOUT_FINISH,
        column: "percent_complete",
        breaks: |task, latest| {
            let done = latest.percent.or(task.percent_complete).is_some_and(|share| share >= 1.0);
            task.kind != TaskKind::Summary && done && task.actual_finish.is_none() && latest.finish.is_none()
        },
        says: "at 100% without an actual finish",
        help: "counted as finished; the date it finished stays unknown",
    },
    Rule {
        code: &code::PROGRESS_WITHOUT_START,
        column: "actual_start",
        breaks: |task, latest| {
            let begun = latest.percent.or(task.percent_complete).is_some_and(|share| share > 0.0)
                || task.status == Some(TaskStatus::InProgress);
            task.kind != TaskKind::Summary
                && begun
                && task.actual_start.is_none()
                && task.actual_finish.is_none()
                && latest.start.is_none()
        },
        says: "with progress and no actual start",
        help: "the first booking counts as the start, else the planned one",
    },
];

/// Says what contradicts what, by project and rule.
pub(super) fn report(projects: &[Project], drafts: &[Drafts], problems: &mut Diagnostics) {
    for (project, drafts) in projects.iter().zip(drafts) {
        let latest = standing::latest(project);
        for rule in RULES {
            // One problem a sheet: a project's tasks may come from several.
            let mut found: BTreeMap<u32, (Row, u32, Vec<&str>)> = BTreeMap::new();
            for ((task, row), latest) in project.tasks.iter().zip(&drafts.rows).zip(&latest) {
                if (rule.breaks)(task, *latest) {
                    let entry = found.entry(row.table.source).or_insert_with(|| (*row, 0, Vec::new()));
                    entry.1 += 1;
                    if entry.2.len() < 5 {
                        entry.2.push(&task.id);
                    }
                }
            }
            for (row, count, ids) in found.into_values() {
                problems.push(one(rule, &row, count, &ids, &project.id));
            }
        }
    }
}

fn one(rule: &Rule, row: &Row, count: u32, ids: &[&str], project: &str) -> Diagnostic {
    let message = format!("{} {}: {}", counted(count, "task"), rule.says, few(ids, count as usize));
    Diagnostic::new(rule.code, row.cell(rule.column), message).project(project).help(rule.help)
}

/// A project whose input has tables and no tasks at all.
pub(super) fn nothing_planned(tables: &[Table], problems: &mut Diagnostics) {
    let first = tables.first();
    if let Some(table) = first {
        problems.push(
            Diagnostic::new(&code::NO_TASKS, table.place(), "there are no tasks")
                .help("give a table `tasks` with at least id and name; nothing can be reported without it"),
        );
    }
}
