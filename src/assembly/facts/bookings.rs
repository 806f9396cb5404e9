//! Rows of `timesheets` to bookings.

use polars::prelude::{ChunkedArray, Column, DataFrame, DataType};

use super::columns::{self, all_of, numbers, renamed, texts};
use super::distinct::Distinct;
use super::target::{Joined, join_projects};
use super::unmatched::Tally;
use super::{Linked, target};
use crate::assembly::plan::By;
use crate::assembly::roster::Homeless;
use crate::assembly::row::Table;
use crate::calendar::last_day;
use crate::diagnostic::{Diagnostics, code};
use crate::model::facts::Bookings as B;
use crate::quantity::Work;

/// Project and task of a combination, and how the task was recognised; `None` for rows left out.
type Target = Option<(u32, Option<(u32, By)>)>;

/// What the rows of one combination amount to.
#[derive(Clone, Copy, Default)]
struct Sum {
    rows: u32,
    seconds: i64,
    /// Spreadsheet row of the first.
    first: u32,
    /// The last day booked, as days since 1970, and its row.
    last: Option<(i32, u32)>,
}

/// Joins one sheet.
pub(super) fn join(
    table: &Table,
    sheet: &DataFrame,
    linked: &Linked,
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> DataFrame {
    let names = Distinct::new(sheet, ["project", "task"]);
    let sums = sums(sheet, &names);
    let projects = join_projects(table, &names, linked, homeless, |c| (sums[c].rows, sums[c].first));
    let targets: Vec<Target> = (0..names.len())
        .map(|combination| {
            let project = projects[combination]?;
            let plan = linked.plans.get(project as usize)?;
            Some((project, names.text(combination, 1).and_then(|written| plan.recognise(written))))
        })
        .collect();
    report(table, linked, &names, &sums, &targets, problems);

    let joined = Joined::new(
        sheet,
        &names.of_row,
        &targets
            .iter()
            .map(|t| t.map(|(project, task)| (project, task.map(|(task, _)| task))))
            .collect::<Vec<_>>(),
    );
    let sheet = &joined.sheet;
    let mut given = vec![
        numbers(B::PROJECT, joined.project.iter().copied().map(Some)),
        numbers(B::TASK, joined.task.iter().copied()),
        all_of(B::SOURCE, table.source, sheet.height()),
    ];
    let same = [
        ("task", B::TASK_TEXT),
        ("person", B::PERSON),
        ("date", B::DATE),
        ("hours", B::SECONDS),
        ("cost", B::COST),
        ("rate", B::RATE),
        ("activity", B::ACTIVITY),
        ("row", B::ROW),
    ];
    given.extend(same.iter().filter_map(|(from, to)| renamed(sheet, from, to)));
    given.extend(roles(table, sheet, &joined, linked, problems));
    columns::frame(columns::BOOKINGS, sheet.height(), &given)
}

fn sums<const N: usize>(sheet: &DataFrame, names: &Distinct<N>) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); names.len()];
    let rows = target::row_numbers(sheet);
    let seconds = sheet.column("hours").ok().and_then(|c| c.cast(&DataType::Int64).ok());
    let seconds = seconds.as_ref().and_then(|c| c.i64().ok());
    let days = sheet
        .column("date")
        .ok()
        .and_then(|c| c.cast(&DataType::Date).ok())
        .and_then(|c| c.cast(&DataType::Int32).ok());
    let days = days.as_ref().and_then(|c| c.i32().ok());
    let mut seconds = seconds.map(ChunkedArray::iter);
    let mut days = days.map(ChunkedArray::iter);
    for (&combination, row) in names.of_row.iter().zip(rows) {
        let sum = &mut sums[combination as usize];
        if sum.rows == 0 {
            sum.first = row;
        }
        sum.rows += 1;
        if let Some(Some(worked)) = seconds.as_mut().and_then(Iterator::next) {
            sum.seconds = sum.seconds.saturating_add(worked);
        }
        if let Some(Some(day)) = days.as_mut().and_then(Iterator::next)
            && sum.last.is_none_or(|(last, _)| day > last)
        {
            sum.last = Some((day, row));
        }
    }
    sums
}

fn report(
    table: &Table,
    linked: &Linked,
    names: &Distinct<2>,
    sums: &[Sum],
    targets: &[Target],
    problems: &mut Diagnostics,
) {
    let (mut unmatched, mut guessed, mut late) = (Tally::default(), Tally::default(), Tally::default());
    for (combination, target) in targets.iter().enumerate() {
        let (Some((project, task)), Some(written)) = (target, names.text(combination, 1)) else { continue };
        let sum = sums[combination];
        match task {
            None => unmatched.add(*project, sum.rows, sum.seconds, sum.first, written),
            Some((_, By::Name | By::KeyInText)) => {
                guessed.add(*project, sum.rows, sum.seconds, sum.first, written);
            }
            Some(_) => {}
        }
        let finished = task.and_then(|(task, _)| {
            linked.projects.get(*project as usize)?.tasks.get(task as usize)?.actual_finish
        });
        if let (Some(finished), Some((day, row))) = (finished, sum.last)
            && chrono::NaiveDate::default()
                .checked_add_signed(chrono::Duration::days(i64::from(day)))
                .is_some_and(|day| day > last_day(finished))
        {
            late.add(*project, 1, 0, row, written);
        }
    }
    let ids = &linked.roster.ids;
    unmatched.report(table, &code::UNMATCHED_ROWS, "task", ids, problems, |rows, seconds, values| {
        (
            format!("{rows} with {} h name tasks that are not in the plan: {values}", hours(seconds)),
            "they count in the project's cost and in no task; correct the ids or add the tasks".to_owned(),
        )
    });
    guessed.report(table, &code::MATCHED_OTHERWISE, "task", ids, problems, |rows, _, values| {
        (
            format!("{rows} joined their task by its name or by a key in the text: {values}"),
            "write the ids of the tasks to be sure".to_owned(),
        )
    });
    late.report(table, &code::BOOKED_AFTER_FINISH, "date", ids, problems, |rows, _, values| {
        let tasks = rows.replace("row", "task");
        (
            format!("{tasks} with hours booked after the actual finish: {values}"),
            "the hours count; correct the finish or move the hours to the task they belong to".to_owned(),
        )
    });
}

/// Hours to one decimal.
fn hours(seconds: i64) -> String {
    format!("{:.1}", Work(seconds).hours())
}

/// The role of each row: as written, else that of the person; and who is booked but in no resource row.
fn roles(
    table: &Table,
    sheet: &DataFrame,
    joined: &Joined,
    linked: &Linked,
    problems: &mut Diagnostics,
) -> Option<Column> {
    let written = renamed(sheet, "role", B::ROLE);
    if linked.projects.iter().all(|project| project.resources.is_empty()) {
        return written;
    }
    let people = Distinct::new(sheet, ["person"]);
    let rows = target::row_numbers(sheet);
    // By project and person: the role, and the rows of those who are unknown.
    let count = linked.projects.len();
    let mut role_of: Vec<Option<Option<&str>>> = vec![None; count * people.len()];
    let mut unknown: Vec<(u32, u32)> = vec![(0, 0); count * people.len()];
    let mut found = Vec::with_capacity(sheet.height());
    for ((&person, &project), row) in people.of_row.iter().zip(&joined.project).zip(rows) {
        let slot = project as usize * people.len() + person as usize;
        let role = *role_of[slot].get_or_insert_with(|| {
            let name = people.text(person as usize, 0)?;
            let resources = &linked.projects[project as usize].resources;
            let from = resources.partition_point(|r| r.person.as_str() < name);
            let mine = resources[from..].iter().take_while(|r| r.person == name);
            let known = mine.clone().next().is_some();
            if !known && !resources.is_empty() {
                unknown[slot].1 = row;
                unknown[slot].0 = 1;
            }
            mine.filter_map(|r| r.role.as_deref()).last()
        });
        if unknown[slot].0 > 0 {
            unknown[slot].0 += 1;
        }
        found.push(role);
    }
    let mut strangers = Tally::default();
    for (slot, (rows, first)) in unknown.into_iter().enumerate().filter(|(_, (rows, _))| *rows > 0) {
        let (project, person) = (slot / people.len(), slot % people.len());
        if let (Ok(project), Some(name)) = (u32::try_from(project), people.text(person, 0)) {
            strangers.add(project, rows - 1, 0, first, name);
        }
    }
    strangers.report(
        table,
        &code::PERSON_UNKNOWN,
        "person",
        &linked.roster.ids,
        problems,
        |rows, _, values| {
            (
                format!("{rows} of people who are not in `resources`: {values}"),
                "their hours count; without a rate in the row they cost nothing".to_owned(),
            )
        },
    );
    let own = written.as_ref().and_then(|column| column.str().ok());
    Some(match own {
        Some(own) => texts(B::ROLE, own.iter().zip(found).map(|(own, of_person)| own.or(of_person))),
        None => texts(B::ROLE, found.into_iter()),
    })
}
