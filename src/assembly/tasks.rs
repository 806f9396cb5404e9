//! Rows of `tasks` to tasks: one a row, its durations in working time, its words as vocabulary.

use polars::prelude::PlHashMap;

use super::calendars::Calendars;
use super::plan::Called;
use super::roster::{Homeless, Roster};
use super::row::{Row, Table};
use crate::calendar::{Moment, end_of_day};
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Part;
use crate::model::{Accrual, Confidence, ConstraintKind, EarningRule, Task, TaskKind, TaskStatus};
use crate::quantity::{Money, Work};

/// The tasks of one project with what links and hierarchy still have to look up.
#[derive(Default)]
pub(super) struct Drafts<'a> {
    pub(super) tasks: Vec<Task>,
    /// The row of each task.
    pub(super) rows: Vec<Row<'a>>,
    /// Whether the row says its kind itself.
    pub(super) said_kind: Vec<Option<TaskKind>>,
    by_id: PlHashMap<&'a str, usize>,
}

/// Reads every task row into its project's drafts.
pub(super) fn read<'a>(
    tables: &'a [Table<'a>],
    roster: &Roster,
    calendars: &[Calendars],
    homeless: &mut Homeless,
    problems: &mut Diagnostics,
) -> Vec<Drafts<'a>> {
    let mut drafts: Vec<Drafts> = roster.ids.iter().map(|_| Drafts::default()).collect();
    let rows = tables.iter().filter(|t| t.typed.spec.name == "tasks").flat_map(Table::rows);
    let homes: Vec<(Row, usize)> =
        rows.filter_map(|row| Some((row, homeless.resolve(roster, &row)? as usize))).collect();
    // A task is large: in a list that grows, each would be moved about twice.
    let mut counts = vec![0; drafts.len()];
    for (_, project) in &homes {
        if let Some(count) = counts.get_mut(*project) {
            *count += 1;
        }
    }
    for (drafts, count) in drafts.iter_mut().zip(counts) {
        drafts.reserve(count);
    }
    for (row, index) in homes {
        let (Some(drafts), Some(calendars), Some(project)) =
            (drafts.get_mut(index), calendars.get(index), roster.ids.get(index))
        else {
            continue;
        };
        drafts.take(row, calendars, project, problems);
    }
    for (drafts, project) in drafts.iter().zip(&roster.ids) {
        say_inactive(drafts, project, problems);
    }
    drafts
}

/// Says which tasks the tool they come from keeps out of its figures.
fn say_inactive(drafts: &Drafts, project: &str, problems: &mut Diagnostics) {
    let tasks = drafts.rows.iter().zip(&drafts.tasks);
    let inactive: Vec<(&Row, &str)> =
        tasks.filter(|(row, _)| is_inactive(row)).map(|(row, task)| (row, task.id.as_str())).collect();
    let Some((first, _)) = inactive.first() else { return };
    let ids: Vec<&str> = inactive.iter().take(5).map(|(_, id)| *id).collect();
    let n = inactive.len();
    let message = phrase!("{n} {n|task is|tasks are} inactive: {tasks}", n, tasks = Part::few(&ids, n));
    problems.push(
        Diagnostic::new(&code::INACTIVE, first.cell("active"), message)
            .project(project)
            .help(word!("they have no budget and are not scheduled, as in the tool they come from")),
    );
}

fn is_inactive(row: &Row) -> bool {
    row.flag("active") == Some(false)
}

impl<'a> Drafts<'a> {
    fn reserve(&mut self, count: usize) {
        self.tasks.reserve_exact(count);
        self.rows.reserve_exact(count);
        self.said_kind.reserve_exact(count);
        self.by_id.reserve(count);
    }

    /// What the tasks are called.
    pub(super) fn called(&self) -> impl Iterator<Item = Called<'a>> {
        self.rows.iter().zip(&self.tasks).filter_map(|(row, task)| {
            let id = row.text("id")?;
            let code = || row.text("wbs").unwrap_or(id);
            let name = row.text("name").unwrap_or(id);
            Some(Called { wbs: task.wbs.is_some().then(code), name, kind: task.kind, id })
        })
    }

    fn take(&mut self, row: Row<'a>, calendars: &Calendars, project: &str, problems: &mut Diagnostics) {
        let Some(id) = row.text("id") else { return };
        if let Some(&first) = self.by_id.get(id) {
            problems.push(
                Diagnostic::new(
                    &code::DUPLICATE_TASK,
                    row.cell("id"),
                    phrase!("task '{id}' is there twice", id),
                )
                .also(self.rows[first].cell("id"))
                .context(format!("{id}  {}", row.text("name").unwrap_or_default()))
                .project(project)
                .help(word!("the later row is left out; give it an id of its own")),
            );
            return;
        }
        self.by_id.insert(id, self.tasks.len());
        let calendar = calendars.of_row(&row, project, problems);
        let said = kind(row.text("kind"));
        self.tasks.push(task(&row, id, calendar, calendars.hours_per_day(calendar), said));
        self.rows.push(row);
        self.said_kind.push(said);
        self.earning_rule(project, problems);
    }

    /// The rule of the last task; apportioned ones are linked once all tasks are known.
    fn earning_rule(&mut self, project: &str, problems: &mut Diagnostics) {
        let (Some(row), Some(task)) = (self.rows.last(), self.tasks.last_mut()) else { return };
        let Some(written) = row.text("earning_rule") else { return };
        match EarningRule::parse(written) {
            Some(EarningRule::Apportioned { .. }) if EarningRule::base_in(written).is_some() => {}
            Some(rule) if !matches!(rule, EarningRule::Apportioned { .. }) => task.earning_rule = Some(rule),
            _ => problems.push(
                Diagnostic::new(
                    &code::BAD_EARNING_RULE,
                    row.cell("earning_rule"),
                    phrase!("'{written}' is not an earning rule", written),
                )
                .context(format!("{}  {}", task.id, task.name))
                .project(project)
                .help(word!(
                    "the default is used; write 0_100, 50_50, 25_75, percent_complete, physical_percent, \
                     milestones, units, level_of_effort, apportioned:ID or planning_package"
                )),
            ),
        }
    }
}

fn task(row: &Row, id: &str, calendar: usize, hours_per_day: f64, said: Option<TaskKind>) -> Task {
    let work = |column: &str| row.work(column, hours_per_day);
    let three_point =
        match (work("optimistic"), work("most_likely").or(work("duration")), work("pessimistic")) {
            (Some(optimistic), Some(likely), Some(pessimistic)) => Some((optimistic, likely, pessimistic)),
            _ => None,
        };
    let mut task = Task {
        id: id.into(),
        name: row.small("name").unwrap_or_else(|| id.into()),
        wbs: row.small("wbs").or_else(|| (!row.table.has("wbs") && is_outline(id)).then(|| id.into())),
        kind: said.unwrap_or_default(),
        phase: row.small("phase"),
        control_account: row.small("control_account"),
        owner: row.small("owner"),
        status: row.text("status").and_then(status),
        baseline_start: row.moment("baseline_start"),
        baseline_finish: row.moment("baseline_finish"),
        baseline_duration: work("baseline_duration"),
        baseline_work: work("baseline_work"),
        baseline_cost: row.money("baseline_cost"),
        fixed_cost: row.money("fixed_cost").unwrap_or(Money::ZERO),
        fixed_cost_accrual: match row.text("fixed_cost_accrual") {
            Some("start") => Accrual::Start,
            Some("end") => Accrual::End,
            _ => Accrual::Prorated,
        },
        start: row.moment("start"),
        finish: row.moment("finish"),
        duration: work("duration"),
        remaining_duration: work("remaining_duration"),
        actual_start: row.moment("actual_start"),
        actual_finish: row.moment("actual_finish"),
        percent_complete: row.share("percent_complete"),
        physical_percent: row.share("physical_percent"),
        work: work("work"),
        actual_work: work("actual_work"),
        remaining_work: work("remaining_work"),
        actual_cost: row.money("actual_cost"),
        remaining_cost: row.money("remaining_cost"),
        constraint: row.text("constraint").map_or(ConstraintKind::Asap, constraint),
        constraint_date: row.moment("constraint_date"),
        deadline: row.moment("deadline"),
        calendar,
        resources: row.list("resources").into_iter().map(str::to_owned).collect(),
        three_point,
        confidence: row.text("confidence").and_then(confidence),
        origin: row.origin(),
        ..Task::default()
    };
    if is_inactive(row) {
        task.status = Some(TaskStatus::Cancelled);
        (task.baseline_cost, task.baseline_work, task.fixed_cost) = (None, None, Money::ZERO);
        (task.baseline_start, task.baseline_finish) = (None, None);
    }
    if said.is_none() && is_moment(&task) {
        task.kind = TaskKind::Milestone;
    }
    if task.kind == TaskKind::Milestone {
        let dates = (task.baseline_start, task.baseline_finish);
        (task.baseline_start, task.baseline_finish) = one_moment(dates);
        (task.start, task.finish) = one_moment((task.start, task.finish));
    }
    task
}

/// A task that takes no time is a milestone: a duration of nothing, or a baseline that starts where it
/// finishes and costs nothing.
fn is_moment(task: &Task) -> bool {
    if let Some(duration) = task.baseline_duration.or(task.duration) {
        return duration == Work::ZERO;
    }
    task.baseline_start.is_some()
        && task.baseline_start == task.baseline_finish
        && task.baseline_cost.unwrap_or(Money::ZERO) == Money::ZERO
}

/// A milestone has one date; where only one column says it, or a plain day its two ends, it is the finish.
fn one_moment(dates: (Option<Moment>, Option<Moment>)) -> (Option<Moment>, Option<Moment>) {
    match dates {
        (Some(start), None) if start.time() == chrono::NaiveTime::MIN => {
            let end = Some(end_of_day(start.date()));
            (end, end)
        }
        (Some(start), None) => (Some(start), Some(start)),
        (Some(start), Some(finish)) if end_of_day(start.date()) == finish => (Some(finish), Some(finish)),
        (None, finish) => (finish, finish),
        both => both,
    }
}

/// `1.2.3`: only digits and dots, with a dot.
fn is_outline(id: &str) -> bool {
    id.contains('.') && id.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit()))
}

fn kind(word: Option<&str>) -> Option<TaskKind> {
    Some(match word? {
        "task" => TaskKind::Task,
        "milestone" => TaskKind::Milestone,
        "summary" => TaskKind::Summary,
        "level_of_effort" => TaskKind::LevelOfEffort,
        _ => return None,
    })
}

fn status(word: &str) -> Option<TaskStatus> {
    Some(match word {
        "to do" | "to_do" => TaskStatus::ToDo,
        "in progress" | "in_progress" => TaskStatus::InProgress,
        "done" => TaskStatus::Done,
        "cancelled" => TaskStatus::Cancelled,
        _ => return None,
    })
}

fn confidence(word: &str) -> Option<Confidence> {
    Some(match word {
        "high" => Confidence::High,
        "medium" => Confidence::Medium,
        "low" => Confidence::Low,
        _ => return None,
    })
}

fn constraint(word: &str) -> ConstraintKind {
    match word {
        "alap" => ConstraintKind::Alap,
        "snet" => ConstraintKind::Snet,
        "snlt" => ConstraintKind::Snlt,
        "fnet" => ConstraintKind::Fnet,
        "fnlt" => ConstraintKind::Fnlt,
        "mso" => ConstraintKind::Mso,
        "mfo" => ConstraintKind::Mfo,
        _ => ConstraintKind::Asap,
    }
}
