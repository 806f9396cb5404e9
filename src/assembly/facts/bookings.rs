//! Rows of `timesheets` to bookings.

use std::borrow::Cow;

use polars::prelude::{Column, DataFrame, PlHashMap};

use super::columns::{self, all_of, renamed};
use super::distinct::Distinct;
use super::leave::Absence;
use super::target::{Joined, join_projects};
use super::unmatched::Tally;
use super::{Linked, target};
use crate::assembly::plan::By;
use crate::assembly::roster::Homeless;
use crate::assembly::row::Table;
use crate::assembly::standing;
use crate::calendar::last_day;
use crate::diagnostic::{Diagnostics, code};
use crate::language::Part;
use crate::model::facts::{Bookings as B, Dictionary, gathered, values};
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

    let projects: Vec<_> = targets.iter().map(|target| Some(target.as_ref()?.0)).collect();
    let tasks: Vec<_> = targets.iter().map(|target| Some(target.as_ref()?.1?.0)).collect();
    let joined = Joined::new(sheet, &names.of_row, &projects);
    let sheet = &joined.sheet;
    let mut given = vec![
        joined.numbers(B::PROJECT, &projects),
        joined.numbers(B::TASK, &tasks),
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
    given.extend(roles(table, &joined, &projects, linked, problems));
    columns::frame(columns::BOOKINGS, sheet.height(), &given)
}

fn sums<const N: usize>(sheet: &DataFrame, names: &Distinct<N>) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); names.len()];
    let rows = target::row_numbers(sheet);
    let seconds = sheet.column("hours").and_then(|column| column.i64()).ok().map(|hours| values(hours, 0));
    let days = sheet.column("date").and_then(|column| column.date()).ok();
    let days = days.map(|days| values(days.physical(), i32::MIN));
    for (row, (&combination, &line)) in names.of_row.iter().zip(&*rows).enumerate() {
        let sum = &mut sums[combination as usize];
        if sum.rows == 0 {
            sum.first = line;
        }
        sum.rows += 1;
        let worked = seconds.as_ref().and_then(|seconds| seconds.get(row)).copied().unwrap_or_default();
        sum.seconds = sum.seconds.saturating_add(worked);
        let day = days.as_ref().and_then(|days| days.get(row)).copied().unwrap_or(i32::MIN);
        if day > sum.last.map_or(i32::MIN, |(last, _)| last) {
            sum.last = Some((day, line));
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
        let finished = task
            .and_then(|(task, _)| standing::ended(linked.projects.get(*project as usize)?, task as usize));
        if let (Some(finished), Some((day, row))) = (finished, sum.last)
            && chrono::NaiveDate::default()
                .checked_add_signed(chrono::Duration::days(i64::from(day)))
                .is_some_and(|day| day > last_day(finished))
        {
            late.add(*project, 1, 0, row, written);
        }
    }
    let ids = &linked.roster.ids;
    unmatched.report(table, &code::UNMATCHED_ROWS, "task", ids, problems, |n, seconds, tasks| {
        (
            phrase!(
                "{n} {n|row|rows} with {hours} h name tasks that are not in the plan: {tasks}",
                n,
                hours = Part::number(Work(seconds).hours(), 1),
                tasks
            ),
            word!("they count in the project's cost and in no task; correct the ids or add the tasks"),
        )
    });
    guessed.report(table, &code::MATCHED_OTHERWISE, "task", ids, problems, |n, _, names| {
        (
            phrase!(
                "{n} {n|row|rows} joined their task by its name or by a key in the text: {names}",
                n,
                names
            ),
            word!("write the ids of the tasks to be sure"),
        )
    });
    late.report(table, &code::BOOKED_AFTER_FINISH, "date", ids, problems, |n, _, tasks| {
        (
            phrase!("{n} {n|task|tasks} with hours booked after the actual finish: {tasks}", n, tasks),
            word!("the hours count; correct the finish or move the hours to the task they belong to"),
        )
    });
}

/// The role of each row: as written, else that of the person; and who is booked but in no resource row.
fn roles(
    table: &Table,
    joined: &Joined,
    projects: &[Option<u32>],
    linked: &Linked,
    problems: &mut Diagnostics,
) -> Option<Column> {
    let sheet = &joined.sheet;
    let written = renamed(sheet, "role", B::ROLE);
    if linked.projects.iter().all(|project| project.resources.is_empty()) {
        return written;
    }
    let people = Distinct::new(sheet, ["person"]);
    let rows = target::row_numbers(sheet);
    // By project and person, once each.
    let mut seen: PlHashMap<(u32, u32), u32> = PlHashMap::default();
    let mut known: Vec<Known> = Vec::new();
    let mut of_row = Vec::with_capacity(sheet.height());
    let days = sheet.column("date").and_then(|column| column.date()).ok();
    let days = days.map_or_else(Cow::default, |days| values(days.physical(), i32::MIN));
    for (nth, ((&person, &combination), &row)) in
        people.of_row.iter().zip(&*joined.of_row).zip(&*rows).enumerate()
    {
        let project = projects[combination as usize].unwrap_or_default();
        let number = *seen.entry((project, person)).or_insert_with(|| {
            known.push(Known::of(linked, project, people.text(person as usize, 0), row));
            u32::try_from(known.len() - 1).unwrap_or(u32::MAX)
        });
        let known = &mut known[number as usize];
        known.rows += 1;
        if let Some(absence) = &known.absence
            && days.get(nth).is_some_and(|day| *day != i32::MIN && absence.covers(*day))
        {
            if known.away == 0 {
                known.first_away = row;
            }
            known.away += 1;
        }
        of_row.push(number);
    }
    let mut strangers = Tally::default();
    for Known { project, rows, first, name, .. } in known.iter().filter(|known| known.is_stranger) {
        strangers.add(*project, *rows, 0, *first, name.unwrap_or_default());
    }
    strangers.report(table, &code::PERSON_UNKNOWN, "person", &linked.roster.ids, problems, |n, _, names| {
        (
            phrase!("{n} {n|row|rows} of people who are not in `resources`: {names}", n, names),
            word!("their hours count; without a rate in the row they cost nothing"),
        )
    });
    let mut away = Tally::default();
    for Known { project, away: rows, first_away, name, .. } in known.iter().filter(|known| known.away > 0) {
        away.add(*project, *rows, 0, *first_away, name.unwrap_or_default());
    }
    away.report(table, &code::BOOKED_ON_LEAVE, "date", &linked.roster.ids, problems, |n, _, names| {
        (
            phrase!(
                "{n} {n|row|rows} booked on days on which the person is on leave or not available: {names}",
                n,
                names
            ),
            word!(
                "the hours count; correct the day, or the person's calendar, available_from and available_to"
            ),
        )
    });
    let dictionary = Dictionary::default();
    let code = |known: &Known| known.role.map(|role| dictionary.code(role)).transpose();
    let roles = known.iter().map(code).collect::<Result<Vec<_>, _>>().ok()?;
    let of_person = dictionary.column(gathered(B::ROLE, &roles, of_row));
    match written {
        Some(own) => own.zip_with(&own.is_not_null(), &of_person).ok(),
        None => Some(of_person),
    }
}

/// What the resources of a project say about a person who books there.
struct Known<'a> {
    project: u32,
    name: Option<&'a str>,
    role: Option<&'a str>,
    /// The project has resources, and none of that name.
    is_stranger: bool,
    rows: u32,
    /// Spreadsheet row of the first.
    first: u32,
    /// When they are not there; `None` where nothing says so.
    absence: Option<Absence>,
    /// Rows on days on which they are not there, and the spreadsheet row of the first.
    away: u32,
    first_away: u32,
}

impl<'a> Known<'a> {
    fn of(linked: &'a Linked, project: u32, name: Option<&'a str>, first: u32) -> Self {
        let of_project = linked.projects.get(project as usize);
        let resources = of_project.map_or(&[][..], |project| &project.resources);
        let from = resources.partition_point(|resource| Some(resource.person.as_str()) < name);
        let mine = || resources[from..].iter().take_while(|resource| Some(resource.person.as_str()) == name);
        let is_stranger = name.is_some() && !resources.is_empty() && mine().next().is_none();
        let role = mine().filter_map(|resource| resource.role.as_deref()).last();
        let absence = of_project.filter(|_| name.is_some()).and_then(|own| Absence::of(own, mine()));
        Self { project, name, role, is_stranger, rows: 0, first, absence, away: 0, first_away: 0 }
    }
}
