//! Rows of `progress` to dated statements, and of `performance` to a ready series.

use std::collections::BTreeMap;

use super::calendars::Calendars;
use super::plan::Plan;
use super::roster::{Home, Homeless, Roster};
use super::row::{Row, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::model::{PerformancePoint, Project, Statement, TaskKind};

/// Joins the statements of progress to their tasks, sorted by task and date.
pub(super) fn progress(
    tables: &[Table],
    roster: &Roster,
    projects: &mut [Project],
    plans: &[Plan],
    calendars: &[Calendars],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) {
    for table in tables.iter().filter(|t| t.typed.spec.name == "progress") {
        let mut unknown = Unknown::default();
        let mut on_summaries: BTreeMap<u32, (u32, Location)> = BTreeMap::new();
        for row in table.rows() {
            let (Some(written), Some(at)) = (row.text("task"), row.as_of("date")) else { continue };
            let home = match roster.home(&row) {
                Home::Shared(among) => among.iter().copied().find(|project| {
                    plans.get(*project as usize).is_some_and(|plan| plan.find(written).is_some())
                }),
                _ => None,
            };
            let Some(number) = home.or_else(|| homeless.resolve(roster, &row)) else { continue };
            let index = number as usize;
            let (Some(project), Some(plan), Some(calendars)) =
                (projects.get_mut(index), plans.get(index), calendars.get(index))
            else {
                continue;
            };
            let Some(task) = plan.recognise(written).map(|(task, _)| task as usize) else {
                unknown.tick(number, written, &row);
                continue;
            };
            if project.tasks[task].kind == TaskKind::Summary {
                on_summaries.entry(number).or_insert_with(|| (0, row.cell("task"))).0 += 1;
                continue;
            }
            let statement = statement(&row, task, at, calendars.hours_per_day(project.tasks[task].calendar));
            project.statements.push(statement);
        }
        unknown.report(roster, problems);
        for (project, (rows, first)) in on_summaries {
            let message = phrase!("{n} {n|statement|statements} of progress on summaries", n = rows);
            problems.push(
                Diagnostic::new(&code::SUMMARY_STATEMENT, first, message)
                    .project(roster.ids.get(project as usize).cloned().unwrap_or_default())
                    .help(word!("a summary's progress is that of its tasks; these rows are left out")),
            );
        }
    }
    for project in projects {
        project.statements.sort_by(|a, b| (a.task, a.at, &a.origin).cmp(&(b.task, b.at, &b.origin)));
    }
}

fn statement(row: &Row, task: usize, at: crate::calendar::Moment, hours_per_day: f64) -> Statement {
    Statement {
        task,
        at,
        percent_complete: row.share("percent_complete"),
        actual_start: row.moment("actual_start"),
        actual_finish: row.moment("actual_finish"),
        remaining_duration: row.work("remaining_duration", hours_per_day),
        remaining_work: row.work("remaining_work", hours_per_day),
        origin: row.origin(),
    }
}

/// Statements on unknown tasks: one problem a project and table.
#[derive(Default)]
struct Unknown {
    rows: BTreeMap<u32, (u32, Location, Vec<String>)>,
}

impl Unknown {
    fn tick(&mut self, project: u32, written: &str, row: &Row) {
        let entry = self.rows.entry(project).or_insert_with(|| (0, row.cell("task"), Vec::new()));
        entry.0 += 1;
        if entry.2.len() < 5 && !entry.2.iter().any(|seen| seen == written) {
            entry.2.push(written.to_owned());
        }
    }

    fn report(self, roster: &Roster, problems: &mut Diagnostics) {
        for (project, (rows, first, written)) in self.rows {
            let message = phrase!(
                "{n} {n|statement|statements} of progress on tasks that are not in the plan: {ids}",
                n = rows,
                ids = written.join(", ")
            );
            problems.push(
                Diagnostic::new(&code::UNKNOWN_TASK, first, message)
                    .project(roster.ids.get(project as usize).cloned().unwrap_or_default())
                    .help(word!("these rows are left out; correct the ids or add the tasks")),
            );
        }
    }
}

/// Reads the ready series of every project, sorted by date; a second row of a period is left out.
pub(super) fn performance(
    tables: &[Table],
    roster: &Roster,
    projects: &mut [Project],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) {
    let mut points: Vec<Vec<(PerformancePoint, Location)>> = projects.iter().map(|_| Vec::new()).collect();
    for row in tables.iter().filter(|t| t.typed.spec.name == "performance").flat_map(Table::rows) {
        let (Some(at), Some(pv)) = (row.as_of("period_end"), row.money("pv")) else { continue };
        let Some(project) = homeless.resolve(roster, &row) else { continue };
        let point =
            PerformancePoint { at, pv, ev: row.money("ev"), ac: row.money("ac"), origin: row.origin() };
        if let Some(points) = points.get_mut(project as usize) {
            points.push((point, row.cell("period_end")));
        }
    }
    for (project, mut points) in projects.iter_mut().zip(points) {
        points.sort_by_key(|(point, _)| point.at);
        let mut first: Option<Location> = None;
        for (point, place) in points {
            if let Some(first) =
                first.as_ref().filter(|_| project.performance.last().is_some_and(|p| p.at == point.at))
            {
                let day = crate::calendar::last_day(point.at);
                problems.push(
                    Diagnostic::new(
                        &code::DUPLICATE_PERIOD,
                        place,
                        phrase!("the period that ends {day} is there twice", day),
                    )
                    .also(first.clone())
                    .project(&*project.id)
                    .help(word!("the first row counts")),
                );
                continue;
            }
            first = Some(place);
            project.performance.push(point);
        }
    }
}
