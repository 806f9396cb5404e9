//! The time axis of each project: its status date, where that comes from, and how time is cut.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Duration, NaiveDate};
use polars::prelude::{DataFrame, PolarsResult};

use crate::analysis::Settings;
use crate::calendar::{Moment, Period, PeriodKind, StatusDate, end_of_day, last_day, start_of_day};
use crate::language::Phrase;
use crate::model::facts::{Postings, values};
use crate::model::{Portfolio, Project, Task, TaskKind, TaskStatus};

/// A project shorter than this is cut into weeks where months are asked for: it would have two points.
const SHORT_DAYS: i64 = 62;

/// Up to when a project is looked at, and in which steps.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// The moment up to which the report speaks.
    pub status: StatusDate,
    /// Where the status date comes from when the settings name none.
    pub status_from: Option<Phrase>,
    /// Weeks or months.
    pub kind: PeriodKind,
}

impl TimeAxis {
    /// The reporting period the status date lies in.
    #[must_use]
    pub fn period(&self) -> Period {
        self.kind.period_of(self.status.day())
    }
}

/// The axis of every project, in order: the settings' status date, else the latest moment that the
/// project's statements, actual dates, bookings, postings or ready series speak of, else the day before
/// its baseline begins.
#[must_use]
pub fn axes(portfolio: &Portfolio, settings: &Settings) -> Vec<TimeAxis> {
    let facts = if settings.status_date.is_some() { Latest::default() } else { Latest::of(portfolio) };
    let axis = |(i, project): (usize, &Project)| {
        let (status, status_from) = match settings.status_date {
            Some(status) => (status, None),
            None => from_data(project, facts.0.get(&i)).unwrap_or_else(never),
        };
        TimeAxis { status, status_from, kind: kind(project, status, settings.period) }
    };
    portfolio.projects.iter().enumerate().map(axis).collect()
}

/// The projects, by index, of which nothing says when: only a status date that is given can help them.
#[must_use]
pub fn undated(portfolio: &Portfolio) -> Vec<usize> {
    let projects = portfolio.projects.iter().enumerate();
    let mut undated: Vec<usize> =
        projects.filter(|(_, project)| from_data(project, None).is_none()).map(|(i, _)| i).collect();
    if !undated.is_empty() {
        let facts = Latest::of(portfolio);
        undated.retain(|project| !facts.0.contains_key(project));
    }
    undated
}

/// The status date of a project without a date: before all that could be. The flow sets such projects aside.
fn never() -> (StatusDate, Option<Phrase>) {
    (StatusDate(start_of_day(NaiveDate::default())), None)
}

/// The axis of a project at a status date of its own.
#[must_use]
pub fn axis(project: &Project, status: StatusDate, settings: &Settings) -> TimeAxis {
    TimeAxis { status, status_from: None, kind: kind(project, status, settings.period) }
}

/// Weeks for a short project, else as asked for.
fn kind(project: &Project, status: StatusDate, asked: PeriodKind) -> PeriodKind {
    let tasks = project.tasks.iter();
    let dates = tasks.flat_map(|task| [task.baseline_start, task.baseline_finish]).flatten();
    let points = project.performance.iter().map(|point| point.at);
    let all: Vec<Moment> = dates.chain(points).collect();
    let (Some(first), Some(last)) = (all.iter().min(), all.iter().max()) else { return asked };
    let short = status.0.max(*last).signed_duration_since(*first) <= Duration::days(SHORT_DAYS);
    if short { PeriodKind::Week } else { asked }
}

/// The latest moment the data speaks of, and the file that does; else what undated progress has at least
/// reached in the plan; else the day before the plan begins. `None` when there is no date at all.
fn from_data(project: &Project, facts: Option<&(Moment, Arc<str>)>) -> Option<(StatusDate, Option<Phrase>)> {
    let mut latest: Option<(Moment, Arc<str>)> = facts.cloned();
    let mut consider = |at: Moment, file: &Arc<str>| {
        // At the same moment the first file by name, whatever the order of the tables.
        if latest.as_ref().is_none_or(|(best, name)| at > *best || (at == *best && file < name)) {
            latest = Some((at, Arc::clone(file)));
        }
    };
    for statement in &project.statements {
        consider(statement.at, &statement.origin.file);
    }
    for task in &project.tasks {
        for at in
            task.actual_start.map(|start| end_of_day(start.date())).into_iter().chain(task.actual_finish)
        {
            consider(at, &task.origin.file);
        }
    }
    for point in project.performance.iter().filter(|point| point.ev.is_some() || point.ac.is_some()) {
        consider(point.at, &point.origin.file);
    }
    if let Some((at, file)) = latest {
        return Some((StatusDate(at), Some(Phrase::said(&*file))));
    }
    if let Some(reached) = project.tasks.iter().filter_map(reached).max() {
        let why = phrase!(
            "the plan of what is under way: progress is reported without a day, so give --status-date"
        );
        return Some((StatusDate(reached), Some(why)));
    }
    let starts = project.tasks.iter().flat_map(|task| [task.baseline_start, task.start]).flatten();
    let finishes = project.tasks.iter().flat_map(|task| [task.baseline_finish, task.finish]).flatten();
    let first = starts.map(|start| start.date()).chain(finishes.map(last_day)).min();
    let day = first.or(project.charter.start.map(|start| start.date()))?;
    let why = phrase!("the plan: nothing is reported to have begun");
    Some((StatusDate(start_of_day(day)), Some(why)))
}

/// The planned moment that a task's undated progress has at least reached: its finish when it is done, its
/// start when it has begun.
fn reached(task: &Task) -> Option<Moment> {
    let percent = task.percent_complete.or(task.physical_percent).unwrap_or(0.0);
    let cost = task.actual_cost.is_some_and(|cost| !cost.is_zero());
    if task.kind == TaskKind::Summary {
        None
    } else if percent >= 1.0 || task.status == Some(TaskStatus::Done) {
        task.baseline_finish.or(task.finish)
    } else if percent > 0.0 || cost || task.status == Some(TaskStatus::InProgress) {
        task.baseline_start.or(task.start).map(|start| end_of_day(start.date()))
    } else {
        None
    }
}

/// The latest booking or posting of each project, and the file it stands in.
#[derive(Default)]
struct Latest(BTreeMap<usize, (Moment, Arc<str>)>);

impl Latest {
    fn of(portfolio: &Portfolio) -> Self {
        let mut latest = Self::default();
        latest.bookings(portfolio);
        // A frame without its columns holds no facts: assembly makes all of them or none.
        let _ = latest.postings(portfolio);
        latest
    }

    fn bookings(&mut self, portfolio: &Portfolio) {
        for sheet in &portfolio.facts.bookings.sheets {
            let mut last: BTreeMap<usize, i32> = BTreeMap::new();
            for aim in &sheet.aim.values {
                if let (Some(project), Some(day)) = (aim.project, aim.last) {
                    let last = last.entry(project as usize).or_insert(day);
                    *last = day.max(*last);
                }
            }
            let last = last.into_iter().map(|(project, day)| (project, sheet.source, day)).collect();
            self.take(portfolio, last, |day| NaiveDate::from_epoch_days(day).map(end_of_day));
        }
    }

    fn postings(&mut self, portfolio: &Portfolio) -> PolarsResult<()> {
        let frame = &portfolio.facts.postings.0;
        let kinds = frame.column(Postings::KIND)?.str()?;
        let moments = frame.column(Postings::AT)?.datetime()?;
        let moments = values(moments.physical(), i64::MIN);
        let last = last(portfolio, frame, &moments, |row| kinds.get(row) != Some("commitment"))?;
        self.take(portfolio, last, |millis| {
            let at = chrono::DateTime::from_timestamp_millis(millis)?.naive_utc();
            Some(if at == start_of_day(at.date()) { end_of_day(at.date()) } else { at })
        });
        Ok(())
    }

    /// Takes the last of each project and table.
    fn take<T>(
        &mut self,
        portfolio: &Portfolio,
        last: Vec<(usize, u32, T)>,
        at: impl Fn(T) -> Option<Moment>,
    ) {
        for (project, source, value) in last {
            let Some(at) = at(value) else { continue };
            let table = portfolio.tables.get(source as usize);
            let file = table.map(|table| Arc::clone(&table.file)).unwrap_or_default();
            let best = self.0.entry(project).or_insert_with(|| (at, Arc::clone(&file)));
            if at > best.0 || (at == best.0 && file < best.1) {
                *best = (at, file);
            }
        }
    }
}

/// The greatest value among the rows of each project and table that count.
fn last<T: Copy + Ord>(
    portfolio: &Portfolio,
    frame: &DataFrame,
    values_of_rows: &[T],
    counts: impl Fn(usize) -> bool,
) -> PolarsResult<Vec<(usize, u32, T)>> {
    let projects = values(frame.column(Postings::PROJECT)?.u32()?, u32::MAX);
    let sources = values(frame.column(Postings::SOURCE)?.u32()?, u32::MAX);
    let mut last = Vec::new();
    let mut greatest: Vec<Option<T>> = vec![None; portfolio.projects.len()];
    let mut from = 0;
    // The rows of a table stand together.
    for rows in sources.chunk_by(|one, next| one == next) {
        for row in (from..from + rows.len()).filter(|row| counts(*row)) {
            if let Some(greatest) = greatest.get_mut(projects[row] as usize) {
                *greatest = (*greatest).max(Some(values_of_rows[row]));
            }
        }
        from += rows.len();
        let found = greatest.iter_mut().enumerate();
        last.extend(found.filter_map(|(project, greatest)| Some((project, rows[0], greatest.take()?))));
    }
    Ok(last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::facts::{Aim, BookedSheet, Coded};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn progress_without_a_day_reaches_at_least_into_the_plan() {
        let task = |percent, start, finish| Task {
            percent_complete: Some(percent),
            baseline_start: Some(start_of_day(day(start))),
            baseline_finish: Some(end_of_day(day(finish))),
            ..Task::default()
        };
        let project = Project {
            tasks: vec![
                task(1.0, "2026-01-05", "2026-01-16"),
                task(0.4, "2026-01-19", "2026-01-30"),
                task(0.0, "2026-02-02", "2026-02-13"),
            ],
            ..Project::default()
        };
        let (status, from) = from_data(&project, None).unwrap();
        // The second task has begun, so the day is its planned start or later.
        assert_eq!(status, StatusDate::end_of(day("2026-01-19")));
        assert!(from.is_some_and(|from| from.to_string().contains("--status-date")));

        let untouched = Project { tasks: vec![task(0.0, "2026-02-02", "2026-02-13")], ..Project::default() };
        assert_eq!(from_data(&untouched, None).unwrap().0, StatusDate::end_of(day("2026-02-01")));
    }

    #[test]
    fn a_project_without_a_date_is_told_from_one_with_a_booking() {
        let timeless = Project { tasks: vec![Task::default()], ..Project::default() };
        let due = Task { finish: Some(end_of_day(day("2026-02-13"))), ..Task::default() };
        let dated = Project { tasks: vec![due], ..Project::default() };
        let mut portfolio =
            Portfolio { projects: vec![timeless.clone(), dated, timeless], ..Portfolio::default() };
        assert_eq!(undated(&portfolio), [0, 2]);
        let last = Some(day("2026-02-13").to_epoch_days());
        let aim = Aim { project: Some(2), last, ..Aim::default() };
        let aim = Coded { codes: Arc::default(), values: vec![aim] };
        portfolio.facts.bookings.sheets = vec![BookedSheet { aim, ..BookedSheet::default() }];
        assert_eq!(undated(&portfolio), [0]);
    }
}
