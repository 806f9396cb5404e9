//! Rows of `deliverables`, `defects` and `tests`: what is handed over, and how good it is.

use std::collections::HashMap;

use super::registers::{Entry, Names, Registers, Strays, severity, state};
use super::row::Row;
use crate::diagnostic::{Diagnostic, Location, code};
use crate::language::Phrase;
use crate::model::{Acceptance, Defect, Deliverable, Project, TestCount};

/// Reads what every project hands over, with its defects and tests.
pub(super) fn read(registers: &mut Registers, projects: &mut [Project]) {
    for entry in registers.entries("deliverables", "name") {
        let tasks = registers.tasks(&entry);
        let Entry { project, id, title, row } = entry;
        let Some(project) = projects.get_mut(project) else { continue };
        project.deliverables.push(Deliverable {
            id,
            name: title,
            criterion: row.string("criterion"),
            target: row.string("target"),
            measured: row.string("measured"),
            acceptance: acceptance(&row),
            due: row.day("due"),
            submitted: row.day("submitted"),
            accepted: row.day("accepted"),
            tasks,
            owner: row.string("owner"),
            origin: row.origin(),
        });
    }
    defects(registers, projects);
    tests(registers, projects);
}

/// Where a deliverable stands; by its dates where the status says nothing.
fn acceptance(row: &Row) -> Acceptance {
    match row.word("status") {
        Some("planned") => Acceptance::Planned,
        Some("submitted") => Acceptance::Submitted,
        Some("accepted") => Acceptance::Accepted,
        Some("rejected") => Acceptance::Rejected,
        _ if row.day("accepted").is_some() => Acceptance::Accepted,
        _ if row.day("submitted").is_some() => Acceptance::Submitted,
        _ => Acceptance::Planned,
    }
}

fn defects(registers: &mut Registers, projects: &mut [Project]) {
    let entries = registers.entries("defects", "title");
    if entries.is_empty() {
        return;
    }
    let named: Vec<Names> = projects
        .iter()
        .map(|project| Names::new(project.deliverables.iter().map(|made| (&*made.id, &*made.name))))
        .collect();
    let mut strays = Strays::default();
    for Entry { project: index, id, title, row } in entries {
        let (Some(project), Some(opened)) = (projects.get_mut(index), row.day("opened")) else { continue };
        let written = row.text("deliverable");
        let deliverable = written.and_then(|written| named.get(index)?.find(written));
        // Components of a tracker are no deliverables where the project lists none.
        if let (Some(written), None, false) = (written, deliverable, project.deliverables.is_empty()) {
            strays.tick(index, written, &row, "deliverable");
        }
        project.defects.push(Defect {
            id,
            title,
            severity: severity(&row),
            opened,
            closed: row.day("closed"),
            state: state(&row),
            deliverable,
            owner: row.string("owner"),
            origin: row.origin(),
        });
    }
    let says = |n, ids| phrase!("{n} {n|defect|defects} of deliverables that are not listed: {ids}", n, ids);
    let help =
        word!("they count for the project and for no deliverable; correct the ids or add the deliverables");
    strays.report(&code::UNKNOWN_DELIVERABLE, says, help, registers.roster, registers.problems);
    for project in projects {
        project.defects.sort_by(|a, b| (a.opened, &a.id).cmp(&(b.opened, &b.id)));
    }
}

fn tests(registers: &mut Registers, projects: &mut [Project]) {
    let mut first: HashMap<(usize, chrono::NaiveDate, Option<String>), Location> = HashMap::new();
    for (index, row) in registers.rows("tests") {
        let (Some(project), Some(date)) = (projects.get_mut(index), row.day("date")) else { continue };
        let place = row.cell("date");
        let key = (index, date, row.string("suite"));
        if let Some(first) = first.get(&key) {
            let message = phrase!("the tests of {day} are counted twice", day = date);
            registers.problems.push(
                Diagnostic::new(&code::DUPLICATE_COUNT, place, message)
                    .also(first.clone())
                    .project(&*project.id)
                    .help(word!("the first row counts; tell suites apart in the column suite")),
            );
            continue;
        }
        let suite = key.2.clone();
        first.insert(key, place);
        let count = TestCount {
            date,
            suite,
            planned: number(&row, "planned"),
            executed: number(&row, "executed"),
            passed: number(&row, "passed"),
            failed: number(&row, "failed"),
            origin: row.origin(),
        };
        if let Some((column, message)) = contradiction(&count) {
            registers.problems.push(
                Diagnostic::new(&code::COUNTS_DISAGREE, row.cell(column), message)
                    .project(&*project.id)
                    .help(word!("counts are those since the beginning, not of the day; correct them")),
            );
        }
        project.tests.push(count);
    }
    for project in projects {
        project.tests.sort_by(|a, b| (a.date, &a.suite).cmp(&(b.date, &b.suite)));
    }
}

/// A count; intake has seen to it that it is one.
fn number(row: &Row, column: &str) -> Option<u32> {
    let number = row.number(column)?;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturating, and whole by then"
    )]
    (number >= 0.0).then_some(number.round() as u32)
}

/// What of a count cannot be, and where.
fn contradiction(count: &TestCount) -> Option<(&'static str, Phrase)> {
    let executed = count.executed?;
    let done = count.passed.unwrap_or(0).saturating_add(count.failed.unwrap_or(0));
    if done > executed {
        let says = phrase!(
            "{n} {n|test|tests} passed or failed, and {executed} {executed|was|were} executed",
            n = done,
            executed
        );
        return Some(("executed", says));
    }
    let planned = count.planned.filter(|planned| executed > *planned)?;
    let says = phrase!(
        "{n} {n|test was|tests were} executed, and {planned} {planned|is|are} planned",
        n = executed,
        planned
    );
    Some(("executed", says))
}
