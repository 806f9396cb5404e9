//! Dependencies: the `predecessors` column and the `links` table to links between tasks, without
//! unknown ends, repeats and circles.

mod circles;

use polars::prelude::PlHashMap;

use super::calendars::Calendars;
use super::plan::Plan;
use super::relation::{self, Lag};
use super::roster::{Home, Homeless, Roster};
use super::row::{Row, Table};
use super::tasks::Drafts;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::model::{Link, RelationType, Task, TaskKind};
use crate::wording::counted;

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
            let hours_per_day = calendars.hours_per_day(0);
            links.take_predecessors(drafts, plan, hours_per_day, problems);
            for (row, ends) in rows {
                links.take_row(&row, ends, plan, hours_per_day, problems);
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
        hours_per_day: f64,
        problems: &mut Diagnostics,
    ) {
        let mut by_row_number = 0_u32;
        for (successor, row) in drafts.rows.iter().enumerate() {
            let Some(cell) = row.text("predecessors") else { continue };
            for written in relation::predecessors(cell, &|text| plan.find(text).is_some()) {
                let found = plan.find(written.task).map(|found| found as usize).or_else(|| {
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
                let lag = written.lag.work(hours_per_day);
                let link =
                    Link { predecessor, successor, relation: written.relation, lag, origin: row.origin() };
                self.add(link, written.lag, (*row, "predecessors"), problems);
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
                    format!(
                        "{} read as the number of a row: no task has a number as its id",
                        counted(by_row_number, "predecessor")
                    ),
                )
                .project(self.project)
                .help("write the ids of the tasks to be sure"),
            );
        }
    }

    fn take_row(
        &mut self,
        row: &Row<'a>,
        ends: (&str, &str),
        plan: &Plan,
        hours_per_day: f64,
        problems: &mut Diagnostics,
    ) {
        let mut find = |written: &str, column: &str| {
            let found = plan.find(written).map(|found| found as usize);
            if found.is_none() {
                problems.push(
                    Diagnostic::new(
                        &code::UNKNOWN_LINK_END,
                        row.cell(column),
                        format!("there is no task '{written}' to be linked"),
                    )
                    .context(format!("{} -> {}", ends.0, ends.1))
                    .project(self.project)
                    .help("the link is left out; correct the id"),
                );
            }
            found
        };
        let (predecessor, successor) = (find(ends.0, "predecessor"), find(ends.1, "successor"));
        let (Some(predecessor), Some(successor)) = (predecessor, successor) else { return };
        let relation = row.text("type").and_then(relation::relation).unwrap_or_default();
        let lag = row
            .work("lag", hours_per_day)
            .map(|work| Lag::Hours(work.hours()))
            .or_else(|| row.text("lag").and_then(relation::lag))
            .or_else(|| row.number("lag").map(Lag::Days))
            .unwrap_or(Lag::Hours(0.0));
        let link =
            Link { predecessor, successor, relation, lag: lag.work(hours_per_day), origin: row.origin() };
        self.add(link, lag, (*row, "predecessor"), problems);
    }

    fn add(&mut self, link: Link, lag: Lag, place: Place<'a>, problems: &mut Diagnostics) {
        let (predecessor, successor) = (&self.tasks[link.predecessor], &self.tasks[link.successor]);
        let problem = |code, message: String, help: &str| {
            Diagnostic::new(code, cell(place), message)
                .context(format!("{} -> {}", predecessor.id, successor.id))
                .project(self.project)
                .help(help.to_owned())
        };
        if link.predecessor == link.successor {
            let message = format!("task '{}' depends on itself", successor.id);
            problems.push(problem(&code::SELF_LINK, message, "the link is left out"));
            return;
        }
        if self.above(link.predecessor, link.successor) || self.above(link.successor, link.predecessor) {
            let message =
                format!("'{}' and '{}' are a summary and a part of it", predecessor.id, successor.id);
            problems.push(problem(
                &code::SUMMARY_LINK,
                message,
                "the link is left out; link the tasks below the summary",
            ));
            return;
        }
        if lag == Lag::Unsupported {
            problems.push(problem(
                &code::UNSUPPORTED_LAG,
                "a lag in percent or in elapsed time is not supported".to_owned(),
                "the link is kept without its lag; write working days or hours, as in 2FS+3d",
            ));
        }
        let key = (link.predecessor, link.successor, link.relation);
        if let Some(&first) = self.seen.get(&key) {
            let message = format!("the link from '{}' to '{}' is there twice", predecessor.id, successor.id);
            let help =
                if self.found[first].lag == link.lag { "it counts once" } else { "the longer lag counts" };
            problems.push(problem(&code::DUPLICATE_LINK, message, help).also(cell(self.places[first])));
            self.found[first].lag = self.found[first].lag.max(link.lag);
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
                    format!("the links go round in a circle: {}", chain(&names)),
                )
                .project(self.project)
                .help(format!(
                    "the link from '{}' to '{}' is left out; correct one of these links",
                    self.tasks[link.predecessor].id, self.tasks[link.successor].id
                )),
            );
        }
        self.found.into_iter().zip(dropped).filter(|(_, dropped)| !dropped).map(|(link, _)| link).collect()
    }
}

/// The place in words.
fn cell((row, column): Place<'_>) -> Location {
    row.cell(column)
}

/// `A -> B -> A`; the middle of a long one is counted.
pub(super) fn chain(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    if names.len() <= SHOWN {
        return names.join(" -> ");
    }
    let head = names[..SHOWN - 2].join(" -> ");
    let last = names.last().copied().unwrap_or_default();
    format!("{head} -> ({} more) -> {last}", names.len() - SHOWN + 1)
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
        format!("there is no task '{written}' to be a predecessor"),
    )
    .context(format!("{}  {}", successor.id, successor.name))
    .project(project)
    .help("the link is left out; correct the id")
}
