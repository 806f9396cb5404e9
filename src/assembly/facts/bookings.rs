//! Rows of `timesheets` to bookings.

use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use polars::prelude::PlHashMap;

use super::Linked;
use super::distinct::Distinct;
use super::leave::Absence;
use super::target::join_projects;
use super::unmatched::Tally;
use crate::assembly::plan::By;
use crate::assembly::roster::Homeless;
use crate::assembly::row::Table;
use crate::assembly::standing;
use crate::calendar::last_day;
use crate::diagnostic::{Diagnostics, code};
use crate::intake::{Datum, FactRows};
use crate::language::Part;
use crate::model::facts::{Aim, BookedSheet, Coded, Codes, pieces};
use crate::quantity::{Money, Work};

/// Project and task of a combination, and how the task was recognised; `None` for rows left out.
type Target = Option<(u32, Option<(u32, By)>)>;

/// A column of texts.
type Texts = Coded<Option<Arc<str>>>;

/// What the rows of one combination amount to.
#[derive(Clone, Copy, Default)]
struct Sum {
    rows: u32,
    seconds: i64,
    /// Spreadsheet row of the first, and of the first on the last day booked.
    first: u32,
    last: u32,
}

/// The day of rows that have none: before all others.
const NO_DAY: i32 = i32::MIN;

/// Joins one sheet.
pub(super) fn join(
    table: &Table,
    sheet: &FactRows,
    linked: &Linked,
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> BookedSheet {
    let names = Distinct::new(sheet, ["project", "task"]);
    let day = column(sheet, "date", |datum| match datum {
        Datum::Moment(moment) => Some(moment.date().to_epoch_days()),
        _ => None,
    });
    let work = column(sheet, "hours", |datum| match datum {
        Datum::Work(work) => Some(*work),
        _ => None,
    });
    let (day, work) = (day.unwrap_or_else(|| nothing(sheet)), work.unwrap_or_else(|| nothing(sheet)));
    let last = last_days(&names, &day);
    // Only what is wrong with a combination is said with its rows: mostly nobody asks.
    let sums = LazyCell::new(|| sums(sheet, &names, &day, &work, &last));
    let projects = join_projects(table, &names, linked, homeless, |c| (sums[c].rows, sums[c].first));
    let targets: Vec<Target> = (0..names.len())
        .map(|combination| {
            let project = projects[combination]?;
            let plan = linked.plans.get(project as usize)?;
            Some((project, names.text(combination, 1).and_then(|written| plan.recognise(written))))
        })
        .collect();
    report(table, linked, &names, &last, |combination| sums[combination], &targets, problems);

    let aims = targets.iter().zip(&last).map(|(target, last)| Aim {
        project: target.as_ref().map(|(project, _)| *project),
        task: target.as_ref().and_then(|(_, task)| Some(task.as_ref()?.0)),
        last: Some(*last).filter(|day| *day != NO_DAY),
    });
    let aim = Coded { codes: Arc::clone(&names.of_row), values: aims.collect() };
    let person = texts(sheet, "person");
    let role = roles(table, sheet, &aim, &day, person.as_ref(), linked, problems);
    let amount = |datum: &Datum| if let Datum::Money(amount) = datum { Some(*amount) } else { None };
    BookedSheet {
        source: table.source,
        rows: sheet.rows.clone(),
        written: written(&names, &targets),
        aim,
        day,
        work,
        person,
        role,
        activity: texts(sheet, "activity"),
        cost: column::<Money>(sheet, "cost", amount),
        rate: column::<Money>(sheet, "rate", amount),
    }
}

/// A column of the sheet by what its values are; `None` when it has none.
fn column<T>(sheet: &FactRows, name: &str, value: impl Fn(&Datum) -> Option<T>) -> Option<Coded<Option<T>>> {
    sheet.column(name).map(|column| column.map(|datum| datum.as_ref().and_then(&value)))
}

/// A column without a value.
fn nothing<T>(sheet: &FactRows) -> Coded<Option<T>> {
    Coded { codes: Arc::new(Codes::Byte(vec![0; sheet.rows.len()])), values: vec![None] }
}

fn texts(sheet: &FactRows, name: &str) -> Option<Texts> {
    column(sheet, name, |datum| match datum {
        Datum::Text(text) => Some(Arc::from(text.as_str())),
        Datum::Choice(word) => Some(Arc::from(*word)),
        _ => None,
    })
}

/// The tasks as written of combinations that name none of the plan.
fn written(names: &Distinct<2>, targets: &[Target]) -> BTreeMap<u32, Arc<str>> {
    let loose = (0..).zip(targets).filter(|(_, target)| matches!(target, Some((_, None))));
    loose.filter_map(|(number, _)| Some((number, Arc::from(names.text(number as usize, 1)?)))).collect()
}

/// The last day booked of each combination, as days since 1970; [`NO_DAY`] where none is.
fn last_days(names: &Distinct<2>, day: &Coded<Option<i32>>) -> Vec<i32> {
    let mut last = vec![NO_DAY; names.len()];
    let days: Vec<i32> = day.values.iter().map(|day| day.unwrap_or(NO_DAY)).collect();
    let (mut combinations, mut days_of) = (Vec::new(), Vec::new());
    for rows in pieces(0..names.of_row.len()) {
        names.of_row.read_codes(rows.clone(), &mut combinations);
        day.codes.read(rows, &days, &mut days_of);
        for (combination, day) in combinations.iter().zip(&days_of) {
            let last = &mut last[*combination as usize];
            *last = (*last).max(*day);
        }
    }
    last
}

fn sums(
    sheet: &FactRows,
    names: &Distinct<2>,
    day: &Coded<Option<i32>>,
    work: &Coded<Option<Work>>,
    last: &[i32],
) -> Vec<Sum> {
    let mut sums = vec![Sum::default(); names.len()];
    let days: Vec<i32> = day.values.iter().map(|day| day.unwrap_or(NO_DAY)).collect();
    let seconds: Vec<i64> = work.values.iter().map(|work| work.unwrap_or_default().0).collect();
    let (mut combinations, mut days_of, mut seconds_of) = (Vec::new(), Vec::new(), Vec::new());
    for rows in pieces(0..sheet.rows.len()) {
        names.of_row.read_codes(rows.clone(), &mut combinations);
        day.codes.read(rows.clone(), &days, &mut days_of);
        work.codes.read(rows.clone(), &seconds, &mut seconds_of);
        for ((row, combination), (day, seconds)) in
            rows.zip(&combinations).zip(days_of.iter().zip(&seconds_of))
        {
            let sum = &mut sums[*combination as usize];
            if sum.rows == 0 {
                sum.first = sheet.rows.at(row);
            }
            sum.rows += 1;
            sum.seconds = sum.seconds.saturating_add(*seconds);
            if sum.last == 0 && *day == last[*combination as usize] {
                sum.last = sheet.rows.at(row);
            }
        }
    }
    sums
}

fn report(
    table: &Table,
    linked: &Linked,
    names: &Distinct<2>,
    last: &[i32],
    sum: impl Fn(usize) -> Sum,
    targets: &[Target],
    problems: &mut Diagnostics,
) {
    let (mut unmatched, mut guessed, mut late) = (Tally::default(), Tally::default(), Tally::default());
    for (combination, target) in targets.iter().enumerate() {
        let (Some((project, task)), Some(written)) = (target, names.text(combination, 1)) else { continue };
        let tally = match task {
            None => Some(&mut unmatched),
            Some((_, By::Name | By::KeyInText)) => Some(&mut guessed),
            Some(_) => None,
        };
        if let Some(tally) = tally {
            let sum = sum(combination);
            tally.add(*project, sum.rows, sum.seconds, sum.first, written);
        }
        let finished = task
            .and_then(|(task, _)| standing::ended(linked.projects.get(*project as usize)?, task as usize));
        if finished.is_some_and(|finished| last[combination] > last_day(finished).to_epoch_days()) {
            late.add(*project, 1, 0, sum(combination).last, written);
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
    sheet: &FactRows,
    aim: &Coded<Aim>,
    day: &Coded<Option<i32>>,
    person: Option<&Texts>,
    linked: &Linked,
    problems: &mut Diagnostics,
) -> Option<Texts> {
    let written = texts(sheet, "role");
    if linked.projects.iter().all(|project| project.resources.is_empty()) {
        return written;
    }
    // By project and person, once each.
    let mut seen: PlHashMap<(u32, Option<u32>), u32> = PlHashMap::default();
    let mut known: Vec<Known> = Vec::new();
    let own = written.as_ref().map_or(&[][..], |own| &own.values);
    let mut codes = Codes::default();
    codes.reserve_exact(sheet.rows.len());
    for (nth, aim) in aim.iter().enumerate() {
        let (name, number) = match (aim.project, person) {
            (Some(_), Some(person)) => (person.at(nth).as_deref(), Some(person.codes.at(nth))),
            _ => (None, None),
        };
        let project = aim.project.unwrap_or(NOWHERE);
        let number = *seen.entry((project, number)).or_insert_with(|| {
            known.push(Known::of(linked, project, name, sheet.rows.at(nth)));
            u32::try_from(known.len() - 1).unwrap_or(u32::MAX)
        });
        let person = &mut known[number as usize];
        person.rows += 1;
        if let Some(absence) = &person.absence
            && day.at(nth).is_some_and(|day| absence.covers(day))
        {
            if person.away == 0 {
                person.first_away = sheet.rows.at(nth);
            }
            person.away += 1;
        }
        let own_role =
            written.as_ref().map(|own| own.codes.at(nth)).filter(|code| own[*code as usize].is_some());
        let behind = u32::try_from(own.len()).unwrap_or(u32::MAX);
        let code = own_role.unwrap_or_else(|| behind.saturating_add(number));
        codes.extend(&[code], own.len() + known.len());
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
    let of_person = known.iter().map(|known| known.role.map(Arc::from));
    let values = own.iter().cloned().chain(of_person).collect();
    Some(Coded { codes: Arc::new(codes), values })
}

/// The project of rows that have none: no project has that number.
const NOWHERE: u32 = u32::MAX;

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
