//! Issues, actions, decisions and stakeholders in the JSON.

use serde::Serialize;

use crate::analysis::commitment::is_overdue;
use crate::analysis::stakeholder::Strategy;
use crate::model::Severity;
use crate::report::subject::Subject;

use super::{day, ids};

/// The issue log: what is open, the gravest first, and what it holds up.
#[derive(Serialize)]
pub(super) struct Issues<'a> {
    open: Vec<Open<'a>>,
    settled: u32,
    median_days_to_settle: Option<f64>,
    blocked: Vec<BlockedTask<'a>>,
}

/// Age in calendar days, the rest in working days.
#[derive(Serialize)]
struct Open<'a> {
    id: &'a str,
    title: &'a str,
    severity: Option<&'static str>,
    state: &'static str,
    owner: Option<&'a str>,
    opened: Option<String>,
    due: Option<String>,
    age_days: Option<i64>,
    overdue_days: Option<f64>,
    critical: Option<bool>,
    total_float: Option<f64>,
    tasks: Vec<&'a str>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

#[derive(Serialize)]
struct BlockedTask<'a> {
    id: &'a str,
    issues: Vec<&'a str>,
    critical: Option<bool>,
    near_critical: bool,
    total_float: Option<f64>,
    tasks_after: u32,
    milestones: Vec<&'a str>,
}

/// An open action or decision.
#[derive(Serialize)]
pub(super) struct Promised<'a> {
    id: &'a str,
    title: &'a str,
    owner: Option<&'a str>,
    due: Option<String>,
    overdue: bool,
    state: &'static str,
    tasks: Vec<&'a str>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

/// Somebody whom the project touches; levels 1 to 5.
#[derive(Serialize)]
pub(super) struct Person<'a> {
    name: &'a str,
    role: Option<&'a str>,
    organisation: Option<&'a str>,
    influence: Option<u8>,
    interest: Option<u8>,
    strategy: Option<&'static str>,
    audience: Option<&'a str>,
    open_decisions: Vec<&'a str>,
    open_actions: Vec<&'a str>,
}

/// The issue log; `None` when there is none.
pub(super) fn issues<'a>(subject: &Subject<'a>) -> Option<Issues<'a>> {
    let (project, found) = (subject.project, &subject.found.issues);
    if project.issues.is_empty() {
        return None;
    }
    let open = found.open.iter().map(|open| {
        let issue = &project.issues[open.issue];
        Open {
            id: &issue.id,
            title: &issue.title,
            severity: issue.severity.map(Severity::word),
            state: issue.state.word(),
            owner: issue.owner.as_deref(),
            opened: day(issue.opened),
            due: day(issue.due),
            age_days: open.age,
            overdue_days: open.overdue.map(super::rounded),
            critical: open.critical,
            total_float: open.float.map(super::rounded),
            tasks: ids(project, &issue.tasks),
            file: &issue.origin.file,
            sheet: issue.origin.sheet.as_deref(),
            row: issue.origin.row,
        }
    });
    let blocked = found.blocked.iter().filter_map(|blocked| {
        Some(BlockedTask {
            id: &project.tasks.get(blocked.task)?.id,
            issues: blocked.issues.iter().map(|issue| project.issues[*issue].id.as_str()).collect(),
            critical: blocked.critical,
            near_critical: blocked.near_critical,
            total_float: blocked.float.map(super::rounded),
            tasks_after: blocked.tasks_after,
            milestones: ids(project, &blocked.milestones),
        })
    });
    Some(Issues {
        open: open.collect(),
        settled: found.settled,
        median_days_to_settle: found.median_days_to_settle,
        blocked: blocked.collect(),
    })
}

/// Open actions by due date; `None` when the project keeps no such list.
pub(super) fn actions<'a>(subject: &Subject<'a>) -> Option<Vec<Promised<'a>>> {
    let project = subject.project;
    let open = subject.found.commitments.actions.iter().map(|index| {
        let action = &project.actions[*index];
        Promised {
            id: &action.id,
            title: &action.title,
            owner: action.owner.as_deref(),
            due: day(action.due),
            overdue: is_overdue(action.due, subject.found.status_date.day()),
            state: action.state.word(),
            tasks: ids(project, &action.tasks),
            file: &action.origin.file,
            sheet: action.origin.sheet.as_deref(),
            row: action.origin.row,
        }
    });
    (!project.actions.is_empty()).then(|| open.collect())
}

/// Decisions needed by due date; `None` when the project keeps no such list.
pub(super) fn decisions<'a>(subject: &Subject<'a>) -> Option<Vec<Promised<'a>>> {
    let project = subject.project;
    let open = subject.found.commitments.decisions.iter().map(|index| {
        let decision = &project.decisions[*index];
        Promised {
            id: &decision.id,
            title: &decision.title,
            owner: decision.owner.as_deref(),
            due: day(decision.due),
            overdue: is_overdue(decision.due, subject.found.status_date.day()),
            state: "open",
            tasks: ids(project, &decision.tasks),
            file: &decision.origin.file,
            sheet: decision.origin.sheet.as_deref(),
            row: decision.origin.row,
        }
    });
    (!project.decisions.is_empty()).then(|| open.collect())
}

/// The stakeholders, the most pressing first; `None` when there are none.
pub(super) fn stakeholders<'a>(subject: &Subject<'a>) -> Option<Vec<Person<'a>>> {
    let (project, found) = (subject.project, &subject.found.stakeholders);
    let people = found.ranked.iter().map(|index| {
        let stakeholder = &project.stakeholders[*index];
        let (actions, decisions) = &found.owed[*index];
        Person {
            name: &stakeholder.name,
            role: stakeholder.role.as_deref(),
            organisation: stakeholder.organisation.as_deref(),
            influence: stakeholder.influence,
            interest: stakeholder.interest,
            strategy: found.strategies[*index].map(Strategy::words),
            audience: stakeholder.audience.as_deref(),
            open_decisions: decisions.iter().map(|index| project.decisions[*index].id.as_str()).collect(),
            open_actions: actions.iter().map(|index| project.actions[*index].id.as_str()).collect(),
        }
    });
    (!project.stakeholders.is_empty()).then(|| people.collect())
}
