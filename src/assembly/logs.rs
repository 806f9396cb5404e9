//! Rows of `issues`, `changes`, `decisions`, `actions` and `lessons` to the logs of their projects.

use super::calendars::Calendars;
use super::registers::{Entry, Names, Registers, known, severity, state};
use crate::diagnostic::code;
use crate::language::Phrase;
use crate::model::{Action, Change, ChangeState, Decision, Issue, Lesson, Project};

/// Reads the logs of every project; the risks are read by now.
pub(super) fn read(registers: &mut Registers, projects: &mut [Project], calendars: &[Calendars]) {
    for entry in registers.entries("issues", "title") {
        let tasks = registers.tasks(&entry);
        let Entry { project, id, title, row } = entry;
        let Some(project) = projects.get_mut(project) else { continue };
        project.issues.push(Issue {
            id,
            title,
            severity: severity(&row),
            state: state(&row),
            owner: row.string("owner"),
            opened: row.day("opened"),
            due: row.day("due"),
            closed: row.day("closed"),
            tasks,
            category: row.string("category"),
            action: row.string("action"),
            origin: row.origin(),
        });
    }
    for entry in registers.entries("changes", "title") {
        let tasks = registers.tasks(&entry);
        let Entry { project: index, id, title, row } = entry;
        let (Some(project), Some(calendars)) = (projects.get_mut(index), calendars.get(index)) else {
            continue;
        };
        let hours_per_day = calendars.hours_per_day(0);
        project.changes.push(Change {
            id,
            title,
            state: change_state(row.word("status")),
            impact_cost: row.money("impact_cost"),
            impact_days: row.work("impact_days", hours_per_day).map(|work| work.hours() / hours_per_day),
            impact_scope: row.string("impact_scope"),
            reason: row.string("reason"),
            requester: row.string("requester"),
            raised: row.day("raised"),
            decided: row.day("decided"),
            tasks,
            origin: row.origin(),
        });
    }
    for entry in registers.entries("decisions", "title") {
        let tasks = registers.tasks(&entry);
        let Entry { project, id, title, row } = entry;
        let Some(project) = projects.get_mut(project) else { continue };
        project.decisions.push(Decision {
            id,
            title,
            owner: row.string("owner"),
            due: row.day("due"),
            decided: row.day("decided"),
            outcome: row.string("outcome"),
            tasks,
            origin: row.origin(),
        });
    }
    actions(registers, projects);
    for (project, row) in registers.rows("lessons") {
        let (Some(project), Some(title)) = (projects.get_mut(project), row.string("title")) else { continue };
        project.lessons.push(Lesson {
            title,
            category: row.string("category"),
            what_happened: row.string("what_happened"),
            recommendation: row.string("recommendation"),
            owner: row.string("owner"),
            date: row.day("date"),
            origin: row.origin(),
        });
    }
}

fn change_state(word: Option<&str>) -> ChangeState {
    match word {
        Some("approved") => ChangeState::Approved,
        Some("rejected") => ChangeState::Rejected,
        Some("deferred") => ChangeState::Deferred,
        Some("implemented") => ChangeState::Implemented,
        _ => ChangeState::Raised,
    }
}

/// Ties actions to the risks and issues that they are for.
fn actions(registers: &mut Registers, projects: &mut [Project]) {
    let entries = registers.entries("actions", "title");
    if entries.is_empty() {
        return;
    }
    let names = |project: &Project| {
        let risks = project.risks.iter().map(|risk| (&*risk.id, &*risk.title));
        let issues = project.issues.iter().map(|issue| (&*issue.id, &*issue.title));
        (Names::new(risks), Names::new(issues))
    };
    let named: Vec<(Names, Names)> = projects.iter().map(names).collect();
    for entry in entries {
        let (Some((risks, issues)), tasks) = (named.get(entry.project), registers.tasks(&entry)) else {
            continue;
        };
        let mut causes = |column, says: fn(String) -> Phrase, names: &Names| {
            let (found, unknown) = known(&entry.row.list(column), |written| names.find(written));
            if !unknown.is_empty() {
                let problem = registers
                    .problem(&entry, &code::ACTION_WITHOUT_CAUSE, column, says(unknown.join(", ")))
                    .help(word!("the action is listed all the same; correct the ids"));
                registers.problems.push(problem);
            }
            found
        };
        let of_risks = |ids| phrase!("the action is for risks that are not listed: {ids}", ids);
        let of_issues = |ids| phrase!("the action is for issues that are not listed: {ids}", ids);
        let (risks, issues) = (causes("risks", of_risks, risks), causes("issues", of_issues, issues));
        let Entry { project, id, title, row } = entry;
        let Some(project) = projects.get_mut(project) else { continue };
        project.actions.push(Action {
            id,
            title,
            owner: row.string("owner"),
            due: row.day("due"),
            state: state(&row),
            closed: row.day("closed"),
            risks,
            issues,
            tasks,
            origin: row.origin(),
        });
    }
}
