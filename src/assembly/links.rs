//! Dependencies: the `predecessors` column and the `links` table to links between tasks, without
//! unknown ends, repeats and circles.

mod circles;

use polars::prelude::PlHashMap;

use super::calendars::Calendars;
use super::plan::Plan;
use super::relation;
use super::roster::{Home, Homeless, Roster};
use super::row::{Row, Table};
use super::tasks::Drafts;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::intake::Lag;
use crate::language::{Part, Phrase};
use crate::model::{Link, RelationType, Task, TaskKind};

/// The links of one project while they are collected.
pub(super) struct Links<'a> {
    project: &'a str,
    tasks: &'a [Task],
    found: Vec<Link>,
    places: Vec<Place<'a>>,
    seen: PlHashMap<(usize, usize, RelationType), usize>,
}

/// Where a link is written: said in words only when something is wrong with it.
type Place<'a> = (Row<'a>, &'static str);

/// Reads the links of every project.
pub(super) fn read<'a>(
    tables: &'a [Table<'a>],
    roster: &'a Roster,
    drafts: &'a [Drafts<'a>],
    plans: &[Plan],
    calendars: &[Calendars],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> Vec<Vec<Link>> {
    let mut rows: Vec<Vec<(Row, (&str, &str))>> = vec![Vec::new(); drafts.len()];
    for row in tables.iter().filter(|t| t.typed.spec.name == "links").flat_map(Table::rows) {
        let (Some(predecessor), Some(successor)) = (row.text("predecessor"), row.text("successor")) else {
            continue;
        };
        let project = match roster.home(&row) {
            // Ids may be enough: the project that knows both.
            Home::Shared(among) => among.iter().copied().find(|project| {
                plans
                    .get(*project as usize)
                    .is_some_and(|p| p.find(predecessor).is_some() && p.find(successor).is_some())
            }),
            _ => None,
        };
        let Some(project) = project.or_else(|| homeless.resolve(roster, &row)) else { continue };
        if let Some(rows) = rows.get_mut(project as usize) {
            rows.push((row, (predecessor, successor)));
        }
    }
    // One project after the other: what is only needed on the way is needed for one at a time.
    let of_projects = roster.ids.iter().zip(drafts).zip(plans.iter().zip(calendars)).zip(rows);
    of_projects
        .map(|(((id, drafts), (plan, calendars)), rows)| {
            let mut links = Links::new(id, &drafts.tasks);
            links.take_predecessors(drafts, plan, calendars, problems);
            for (row, ends) in rows {
                links.take_row(&row, ends, plan, calendars, problems);
            }
            links.without_cycles(problems)
        })
        .collect()
}

impl<'a> Links<'a> {
    fn new(project: &'a str, tasks: &'a [Task]) -> Self {
        // Most tasks wait for one or two others.
        let (found, places) = (Vec::with_capacity(tasks.len()), Vec::with_capacity(tasks.len()));
        let mut seen = PlHashMap::default();
        seen.reserve(tasks.len());
        Self { project, tasks, found, places, seen }
    }

    fn take_predecessors(
        &mut self,
        drafts: &Drafts<'a>,
        plan: &Plan,
        calendars: &Calendars,
        problems: &mut Diagnostics,
    ) {
        let mut by_row_number = 0_u32;
        for (successor, row) in drafts.rows.iter().enumerate() {
            let Some(cell) = row.text("predecessors") else { continue };
            for written in relation::predecessors(cell, &|text| plan.find(text)) {
                let found = written.found.map(|found| found as usize).or_else(|| {
                    let number = row_number(written.task, drafts, plan)?;
                    by_row_number += 1;
                    Some(number)
                });
                let Some(predecessor) = found else {
                    problems.push(unknown(
                        written.task,
                        row.cell("predecessors"),
                        &drafts.tasks[successor],
                        self.project,
                    ));
                    continue;
                };
                let ends = (predecessor, successor, written.relation);
                self.add(ends, written.lag, (*row, "predecessors"), calendars, problems);
            }
        }
        if by_row_number > 0
            && let Some(row) = drafts.rows.first()
        {
            let place = Location { row: None, ..row.cell("predecessors") };
            problems.push(
                Diagnostic::new(
                    &code::ROW_NUMBERS,
                    place,
                    phrase!(
                        "{n} {n|predecessor|predecessors} read as the number of a row: no task has a number as its id",
                        n = by_row_number
                    ),
                )
                .project(self.project)
                .help(word!("write the ids of the tasks to be sure")),
            );
        }
    }

    fn take_row(
        &mut self,
        row: &Row<'a>,
        ends: (&str, &str),
        plan: &Plan,
        calendars: &Calendars,
        problems: &mut Diagnostics,
    ) {
        let mut find = |written: &str, column: &str| {
            let found = plan.find(written).map(|found| found as usize);
            if found.is_none() {
                problems.push(
                    Diagnostic::new(
                        &code::UNKNOWN_LINK_END,
                        row.cell(column),
                        phrase!("there is no task '{task}' to be linked", task = written),
                    )
                    .context(format!("{} -> {}", ends.0, ends.1))
                    .project(self.project)
                    .help(word!("the link is left out; correct the id")),
                );
            }
            found
        };
        let (predecessor, successor) = (find(ends.0, "predecessor"), find(ends.1, "successor"));
        let (Some(predecessor), Some(successor)) = (predecessor, successor) else { return };
        let relation = row.text("type").and_then(relation::relation).unwrap_or_default();
        let lag = row.lag("lag").unwrap_or(Lag::NONE);
        self.add((predecessor, successor, relation), lag, (*row, "predecessor"), calendars, problems);
    }

    fn add(
        &mut self,
        (before, after, relation): (usize, usize, RelationType),
        lag: Lag,
        place: Place<'a>,
        calendars: &Calendars,
        problems: &mut Diagnostics,
    ) {
        let (predecessor, successor) = (&self.tasks[before], &self.tasks[after]);
        let hours_per_day = calendars.hours_per_day(0);
        let time = lag.time(hours_per_day, || calendars.length(predecessor));
        let (work, elapsed) = time.unwrap_or_default();
        let origin = place.0.origin();
        let share = match lag {
            Lag::Share(share) if time.is_some() => share,
            _ => 0.0,
        };
        let link =
            Link { predecessor: before, successor: after, relation, lag: work, elapsed, share, origin };
        let problem = |code, column, message: Phrase, help: &'static str| {
            Diagnostic::new(code, place.0.cell(column), message)
                .context(format!("{} -> {}", predecessor.id, successor.id))
                .project(self.project)
                .help(help)
        };
        if link.predecessor == link.successor {
            let message = phrase!("task '{task}' depends on itself", task = &*successor.id);
            problems.push(problem(&code::SELF_LINK, place.1, message, word!("the link is left out")));
            return;
        }
        if self.above(link.predecessor, link.successor) || self.above(link.successor, link.predecessor) {
            let message = phrase!(
                "'{first}' and '{second}' are a summary and a part of it",
                first = &*predecessor.id,
                second = &*successor.id
            );
            problems.push(problem(
                &code::SUMMARY_LINK,
                place.1,
                message,
                word!("the link is left out; link the tasks below the summary"),
            ));
            return;
        }
        if time.is_none() {
            let message = match lag {
                Lag::Share(_) => phrase!(
                    "a lag in percent of '{task}', of which nothing says how long it takes",
                    task = &*predecessor.id
                ),
                _ => phrase!("a lag in percent of elapsed time is not supported"),
            };
            let help = word!(
                "the link is kept without its lag; write working or elapsed time, as in 2FS+3d or 2FS+3ed"
            );
            // A table of links has a column of its own for the lag.
            let column = if place.1 == "predecessor" { "lag" } else { place.1 };
            problems.push(problem(&code::UNSUPPORTED_LAG, column, message, help));
        }
        let key = (link.predecessor, link.successor, link.relation);
        if let Some(&first) = self.seen.get(&key) {
            let message = phrase!(
                "the link from '{predecessor}' to '{successor}' is there twice",
                predecessor = &*predecessor.id,
                successor = &*successor.id
            );
            let known = &self.found[first];
            let is_same = (known.lag, known.elapsed) == (link.lag, link.elapsed);
            let help = if is_same { word!("it counts once") } else { word!("the longer lag counts") };
            problems
                .push(problem(&code::DUPLICATE_LINK, place.1, message, help).also(cell(self.places[first])));
            if days_of_the_calendar(&link, hours_per_day) > days_of_the_calendar(known, hours_per_day) {
                let Link { lag, elapsed, share, .. } = link;
                let known = &mut self.found[first];
                (known.lag, known.elapsed, known.share) = (lag, elapsed, share);
            }
            return;
        }
        self.seen.insert(key, self.found.len());
        self.found.push(link);
        self.places.push(place);
    }

    /// Whether a task stands above another.
    fn above(&self, summary: usize, task: usize) -> bool {
        if self.tasks[summary].kind != TaskKind::Summary {
            return false;
        }
        std::iter::successors(self.tasks[task].parent, |above| self.tasks[*above].parent)
            .any(|above| above == summary)
    }

    /// Drops the links that close a circle, each with an error that names the tasks in order.
    fn without_cycles(self, problems: &mut Diagnostics) -> Vec<Link> {
        let circles = circles::find(self.tasks, &self.found);
        if circles.is_empty() {
            return self.found;
        }
        let mut dropped = vec![false; self.found.len()];
        for circle in circles {
            let link = &self.found[circle.link];
            dropped[circle.link] = true;
            let names: Vec<&str> = circle.tasks.iter().map(|task| self.tasks[*task].id.as_str()).collect();
            problems.push(
                Diagnostic::new(
                    &code::LINK_CYCLE,
                    cell(self.places[circle.link]),
                    phrase!("the links go round in a circle: {tasks}", tasks = chain(&names)),
                )
                .project(self.project)
                .help(phrase!(
                    "the link from '{predecessor}' to '{successor}' is left out; correct one of these links",
                    predecessor = &*self.tasks[link.predecessor].id,
                    successor = &*self.tasks[link.successor].id
                )),
            );
        }
        self.found.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(link, _)| link).collect()
    }
}

/// How long a lag is by the calendar on the wall, to compare working with elapsed time: five working days are a week.
fn days_of_the_calendar(link: &Link, hours_per_day: f64) -> f64 {
    if link.elapsed { link.lag.days(24.0) } else { link.lag.days(hours_per_day) * 7.0 / 5.0 }
}

/// The place in words.
fn cell((row, column): Place<'_>) -> Location {
    row.cell(column)
}

/// `A -> B -> A`; the middle of a long one is counted.
pub(super) fn chain(names: &[&str]) -> Part {
    const SHOWN: usize = 12;
    if names.len() <= SHOWN {
        return names.join(" -> ").into();
    }
    let head = names[..SHOWN - 2].join(" -> ");
    let last = names.last().copied().unwrap_or_default();
    phrase!("{head} -> ({n} more) -> {last}", head, n = names.len() - SHOWN + 1, last).into()
}

/// The task in the n-th row of the project, where no id is a number.
fn row_number(written: &str, drafts: &Drafts, plan: &Plan) -> Option<usize> {
    if plan.numeric_ids {
        return None;
    }
    let number: usize = written.parse().ok()?;
    (1..=drafts.tasks.len()).contains(&number).then(|| number - 1)
}

fn unknown(written: &str, place: Location, successor: &Task, project: &str) -> Diagnostic {
    Diagnostic::new(
        &code::UNKNOWN_PREDECESSOR,
        place,
        phrase!("there is no task '{task}' to be a predecessor", task = written),
    )
    .context(format!("{}  {}", successor.id, successor.name))
    .project(project)
    .help(word!("the link is left out; correct the id"))
}
