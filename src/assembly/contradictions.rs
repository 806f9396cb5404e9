//! Rows that are right one by one and contradict each other: told once a kind and table, counted.

use std::collections::{BTreeMap, BTreeSet};

use super::roster::Roster;
use super::row::{Row, Table};
use super::standing::{self, Latest};
use super::tasks::Drafts;
use crate::calendar::last_day;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, code};
use crate::language::{Part, Phrase};
use crate::model::{ConstraintKind, Project, Task, TaskKind, TaskStatus};
use crate::quantity::Money;

/// A rule about tasks: where it points, what it says of those it finds, what to do.
struct Rule {
    code: &'static Code,
    column: &'static str,
    breaks: fn(&Task, Latest) -> bool,
    /// By how many tasks there are and what the first of them are called.
    says: fn(Part, Part) -> Phrase,
    help: &'static str,
}

const RULES: &[Rule] = &[
    Rule {
        code: &code::MILESTONE_COST,
        column: "baseline_cost",
        breaks: |task, _| {
            task.kind == TaskKind::Milestone && task.baseline_cost.is_some_and(|cost| cost > Money::ZERO)
        },
        says: |n, tasks| {
            phrase!(
                "{n} {n|task|tasks} with a baseline cost though {n|it takes|they take} no time: {tasks}",
                n,
                tasks
            )
        },
        help: word!(
            "the cost is planned and earned on its date; give it a duration, or put the cost on the task before it"
        ),
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
        says: |n, tasks| {
            phrase!(
                "{n} {n|task|tasks} that finished before {n|it started, by the task|they started, by the tasks} and {n|its|their} statements of progress: {tasks}",
                n,
                tasks
            )
        },
        help: word!("the dates are used as they are; correct one of them"),
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
                && task.status != Some(TaskStatus::Cancelled)
        },
        says: |n, tasks| phrase!("{n} {n|task|tasks} without a baseline: {tasks}", n, tasks),
        help: word!("they plan and earn nothing; give baseline_start, baseline_finish and baseline_cost"),
    },
    Rule {
        code: &code::CONSTRAINT_WITHOUT_DATE,
        column: "constraint_date",
        breaks: |task, _| {
            !matches!(task.constraint, ConstraintKind::Asap | ConstraintKind::Alap)
                && task.constraint_date.is_none()
        },
        says: |n, tasks| {
            phrase!("{n} {n|task|tasks} with a constraint that needs a date and has none: {tasks}", n, tasks)
        },
        help: word!("scheduled as soon as possible; give constraint_date"),
    },
    Rule {
        code: &code::DONE_WITHOUT_FINISH,
        column: "percent_complete",
        breaks: |task, latest| {
            let done = latest.percent.or(task.percent_complete).is_some_and(|share| share >= 1.0);
            task.kind != TaskKind::Summary && done && task.actual_finish.is_none() && latest.finish.is_none()
        },
        says: |n, tasks| phrase!("{n} {n|task|tasks} at 100% without an actual finish: {tasks}", n, tasks),
        help: word!("counted as finished; the date it finished stays unknown"),
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
        says: |n, tasks| phrase!("{n} {n|task|tasks} with progress and no actual start: {tasks}", n, tasks),
        help: word!("the first booking counts as the start, else the planned one"),
    },
    Rule {
        code: &code::PROGRESS_BEFORE_START,
        column: "actual_start",
        breaks: |_, latest| latest.early,
        says: |n, tasks| {
            phrase!(
                "{n} {n|task|tasks} with progress stated for a day before the actual start: {tasks}",
                n,
                tasks
            )
        },
        help: word!("nothing counts as done before the start; correct the start or the day of the statement"),
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
    let says = (rule.says)(count.into(), Part::few(ids, count as usize));
    Diagnostic::new(rule.code, row.cell(rule.column), says).project(project).help(rule.help)
}

/// Inputs that have a table of tasks with nothing in it; where no input has any task, the first table stands for all.
pub(super) fn nothing_planned(tables: &[Table], roster: &Roster, problems: &mut Diagnostics) {
    let mut told = BTreeSet::new();
    let empty = tables.iter().filter(|table| {
        let group = &table.typed.group;
        let nothing = table.typed.spec.name == "tasks" && roster.of_group(group).is_empty();
        nothing && told.insert(group)
    });
    let mut named: Vec<&Table> = empty.collect();
    if named.is_empty() && roster.ids.is_empty() {
        named.extend(tables.first());
    }
    for table in named {
        problems.push(Diagnostic::new(&code::NO_TASKS, table.place(), word!("there are no tasks")).help(
            word!("give a table `tasks` with at least id and name; nothing can be reported without it"),
        ));
    }
}

/// Tables of a folder that has no plan, beside the folders of projects: they are read for those projects, which may be
/// what was meant for what many share, and is a guess for anything else.
pub(super) fn without_a_plan(tables: &[Table], roster: &Roster, problems: &mut Diagnostics) {
    let folder =
        |table: &Table| table.typed.read.file.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let planned: BTreeSet<String> =
        tables.iter().filter(|table| roster.plans(&table.typed.group)).map(folder).collect();
    let mut found: BTreeMap<String, (&Table, usize)> = BTreeMap::new();
    for table in tables {
        let shared = matches!(table.typed.spec.name, "resources" | "calendars");
        // The user named a single file: it goes with what was named beside it.
        let stem = table.typed.read.file.rsplit('/').next().and_then(|name| name.split('.').next());
        let named = stem == Some(&*table.typed.group);
        let nameless = || table.rows().any(|row| row.text("project").is_none());
        if shared || named || roster.plans(&table.typed.group) || !nameless() {
            continue;
        }
        let folder = folder(table);
        let above = |planned: &String| *planned == folder || planned.starts_with(&format!("{folder}/"));
        if !planned.iter().any(above) {
            found.entry(folder).or_insert((table, 0)).1 += 1;
        }
    }
    for (folder, (first, count)) in found {
        let message = match roster.ids.as_slice() {
            [] => continue,
            [project] => phrase!(
                "{n} {n|table|tables} of {folder}, which holds no tasks, taken for project '{project}'",
                n = count,
                folder,
                project
            ),
            several => phrase!(
                "{n} {n|table|tables} of {folder}, which holds no tasks, taken for any of the {projects} projects",
                n = count,
                folder,
                projects = several.len()
            ),
        };
        problems.push(
            Diagnostic::new(&code::WITHOUT_A_PLAN, first.place(), message)
                .help(word!("put a table of tasks beside them, or move them to the project they belong to")),
        );
    }
}
