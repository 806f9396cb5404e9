//! Effort: planned, booked, remaining and available hours by person, role and task; burn and runway.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::Duration;

use crate::analysis::actual_cost::ActualCost;
use crate::analysis::ledger::{Ledger, RECENT_DAYS, folded};
use crate::analysis::load::LoadFindings;
use crate::analysis::measures::PeopleMeasures;
use crate::analysis::milestone;
use crate::analysis::presence::{self, Presence};
use crate::analysis::progress::Progress;
use crate::analysis::rollup::Tree;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::ProjectValue;
use crate::model::{Project, Task, TaskStatus};
use crate::quantity::{Money, Reason, Work};

/// Hours by person, role and task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effort {
    /// By person, by name.
    pub people: Vec<EffortLine>,
    /// By role, by name.
    pub roles: Vec<EffortLine>,
    /// By task: index into tasks and its hours, for tasks with any.
    pub tasks: Vec<(usize, EffortLine)>,
    /// Bookings that match no task, by the task as written.
    pub unmatched: Vec<Unmatched>,
    /// Everything.
    pub total: EffortLine,
    /// Hours by person and period, for the heat map: person index, period index in `series`, hours.
    pub by_period: Vec<(usize, usize, Work)>,
}

/// Planned, booked and remaining hours of one person, role or task.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EffortLine {
    /// The person's, role's or task's name.
    pub name: String,
    /// Role of a person, as booked or from the resources.
    pub role: Option<String>,
    /// Hours of the baseline; `None` where the data has none.
    pub planned: Option<Work>,
    /// Hours booked to date.
    pub booked: Work,
    /// Hours left; `None` where the data has none.
    pub remaining: Option<Work>,
    /// Hours available to date by calendar and resource; `None` where the data has none.
    pub available: Option<Work>,
    /// Cost of the booked hours.
    pub cost: Money,
}

/// Bookings that match no task.
#[derive(Clone, Debug, PartialEq)]
pub struct Unmatched {
    /// The task as written; empty when the row named none.
    pub written: String,
    /// Hours.
    pub hours: Work,
    /// Cost.
    pub cost: Money,
    /// Rows.
    pub rows: u32,
    /// File and row of the first.
    pub first: (Arc<str>, u32),
}

/// The hours of a project to its status date, and those of its people ahead of it.
pub(super) fn measures(
    project: &Project,
    ledger: &Ledger,
    effort: &Effort,
    load: &LoadFindings,
    axis: &TimeAxis,
) -> PeopleMeasures {
    let hours = |work: Option<Work>| work.map(Work::hours).ok_or(Reason::NoData);
    let status = axis.status.0;
    let recent = Duration::days(i64::from(RECENT_DAYS));
    let span = status.checked_sub_signed(recent).zip(project.calendars.first());
    let booked = (ledger.bookings > 0).then_some(effort.total.booked);
    PeopleMeasures {
        booked: hours(booked),
        available: hours(effort.total.available),
        planned: hours(effort.total.planned),
        operations: hours(booked.map(|_| ledger.operations)),
        recent: hours(booked.map(|_| ledger.recent.1)),
        standard: hours(booked.and(span).map(|(from, calendar)| calendar.work_between(from, status))),
        cost_recent: if ledger.recent.0.is_zero() {
            Err(Reason::NoData)
        } else {
            Ok(ledger.recent.0.units())
        },
        ahead: hours(load.ahead().map(|ahead| ahead.planned)),
        capacity_ahead: hours(load.ahead().and_then(|ahead| ahead.capacity)),
        ..PeopleMeasures::unknown(Reason::NoData)
    }
}

/// Lines by folded name.
type Lines = BTreeMap<String, EffortLine>;

/// The effort of a project to its status date.
///
/// A task's planned and remaining hours are spread evenly over its resources, else they are its owner's.
#[must_use]
pub fn effort(project: &Project, ledger: &Ledger, value: &ProjectValue, axis: &TimeAxis) -> Effort {
    let tree = Tree::new(&project.tasks);
    let status = axis.status.0;
    let cost = ActualCost::new(project, &tree, ledger, status);
    let progress = Progress::new(project, &tree, &cost, status);
    let (mut people, mut roles) = (Lines::new(), Lines::new());
    let mut total = EffortLine { name: "Total".to_owned(), ..EffortLine::default() };

    let resources = presence::by_person(project);
    book(ledger, &mut people, &mut roles, &mut total);
    let tasks = tasks(project, ledger, value, &tree, &progress);
    for (index, line) in tasks.iter().filter(|(index, _)| tree.is_leaf(*index)) {
        let sums = [(line.planned, true), (line.remaining, false)];
        for (work, planned) in sums.into_iter().filter_map(|(work, planned)| Some((work?, planned))) {
            add(&mut total, work, planned);
            for (who, part) in spread(work, &assigned(&project.tasks[*index])) {
                let role = || resources.get(&folded(who))?.iter().find_map(|row| row.role.clone());
                let person = named(&mut people, who);
                person.role = person.role.take().or_else(role);
                add(person, part, planned);
                if let Some(role) = person.role.clone() {
                    add(named(&mut roles, &role), part, planned);
                }
            }
        }
    }
    let began = value.planned_start.into_iter().chain(cost.first()).min();
    for (key, person) in &mut people {
        let rows = resources.get(key).map_or(&[][..], Vec::as_slice);
        let presence = Presence::of(project, rows);
        person.available = began.and_then(|began| Some(presence?.between(began, status.max(began))));
    }
    let booking = || people.values().filter(|person| !person.booked.is_zero());
    if booking().next().is_some() && booking().all(|person| person.available.is_some()) {
        total.available = Some(people.values().filter_map(|person| person.available).sum());
    }

    let mut people: Vec<(String, EffortLine)> = people.into_iter().collect();
    people.sort_by(|a, b| (&a.1.name, &a.0).cmp(&(&b.1.name, &b.0)));
    let mut roles: Vec<EffortLine> = roles.into_values().collect();
    roles.sort_by(|a, b| a.name.cmp(&b.name));
    Effort {
        by_period: by_period(ledger, value, &people),
        people: people.into_iter().map(|(_, line)| line).collect(),
        roles,
        tasks,
        unmatched: ledger.unmatched.clone(),
        total,
    }
}

impl EffortLine {
    /// Hours booked over hours available, 0..; `None` where the data has none.
    #[must_use]
    pub fn utilisation(&self) -> Option<f64> {
        let available = self.available.filter(|available| available.0 > 0)?;
        Some(self.booked.hours() / available.hours())
    }

    /// Hours booked over baseline hours, less one: positive is an overrun; `None` without a baseline.
    #[must_use]
    pub fn overrun(&self) -> Option<f64> {
        let planned = self.planned.filter(|planned| planned.0 > 0)?;
        Some(self.booked.hours() / planned.hours() - 1.0)
    }
}

/// The line of a name.
fn named<'a>(lines: &'a mut Lines, name: &str) -> &'a mut EffortLine {
    lines
        .entry(folded(name))
        .or_insert_with(|| EffortLine { name: name.trim().to_owned(), ..EffortLine::default() })
}

fn add(line: &mut EffortLine, work: Work, planned: bool) {
    let sum = if planned { &mut line.planned } else { &mut line.remaining };
    *sum.get_or_insert_default() += work;
}

/// Booked hours and their cost. A person's role is the one they booked most hours in.
fn book(ledger: &Ledger, people: &mut Lines, roles: &mut Lines, total: &mut EffortLine) {
    let mut by_role: BTreeMap<String, BTreeMap<&str, Work>> = BTreeMap::new();
    for row in &ledger.people {
        for line in [Some(&mut *total), Some(named(people, &row.person))].into_iter().flatten() {
            line.booked += row.hours;
            line.cost += row.cost;
        }
        if let Some(role) = &row.role {
            let line = named(roles, role);
            line.booked += row.hours;
            line.cost += row.cost;
            *by_role.entry(folded(&row.person)).or_default().entry(role).or_default() += row.hours;
        }
    }
    for (person, roles) in by_role {
        // Of equal hours the first by name.
        let most = roles.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0)));
        if let (Some(line), Some((role, _))) = (people.get_mut(&person), most) {
            line.role = Some((*role).to_owned());
        }
    }
}

/// Hours of every task that has any, in the order of the plan.
fn tasks(
    project: &Project,
    ledger: &Ledger,
    value: &ProjectValue,
    tree: &Tree,
    progress: &Progress<'_>,
) -> Vec<(usize, EffortLine)> {
    let mut booked = vec![(Work::ZERO, Money::ZERO); project.tasks.len()];
    for line in &ledger.lines {
        if let Some(sum) = line.task.and_then(|task| booked.get_mut(task)) {
            sum.0 += line.hours;
            sum.1 += line.labour;
        }
    }
    let lines = project.tasks.iter().zip(booked).enumerate().map(|(index, (task, (hours, cost)))| {
        let leaf = tree.is_leaf(index);
        let ended = value.tasks.get(index).is_some_and(milestone::is_finished)
            || task.status == Some(TaskStatus::Cancelled);
        let left = progress.remaining_work(index);
        let line = EffortLine {
            name: task.name.to_string(),
            role: None,
            planned: task.baseline_work.filter(|_| leaf),
            booked: hours,
            remaining: left.filter(|_| leaf).map(|left| if ended { Work::ZERO } else { left }),
            available: None,
            cost,
        };
        (index, line)
    });
    let any = |line: &EffortLine| line.planned.is_some() || line.remaining.is_some() || line.booked.0 != 0;
    lines.filter(|(_, line)| any(line)).collect()
}

/// Who a task's hours are for.
pub(super) fn assigned(task: &Task) -> Vec<&str> {
    if task.resources.is_empty() {
        task.owner.as_deref().into_iter().collect()
    } else {
        task.resources.iter().map(String::as_str).collect()
    }
}

/// Equal parts that sum to the whole: the first ones take the seconds that are left over.
pub(super) fn spread<'a>(work: Work, people: &[&'a str]) -> Vec<(&'a str, Work)> {
    let count = i64::try_from(people.len()).unwrap_or(i64::MAX).max(1);
    let (part, rest) = (work.0.div_euclid(count), work.0.rem_euclid(count));
    people.iter().zip(0..).map(|(who, i)| (*who, Work(part + i64::from(i < rest)))).collect()
}

/// Hours by person and period of the series.
fn by_period(
    ledger: &Ledger,
    value: &ProjectValue,
    people: &[(String, EffortLine)],
) -> Vec<(usize, usize, Work)> {
    let index: BTreeMap<&str, usize> =
        people.iter().enumerate().map(|(i, (key, _))| (key.as_str(), i)).collect();
    let mut hours: BTreeMap<(usize, usize), Work> = BTreeMap::new();
    for row in &ledger.people {
        let person = index.get(folded(&row.person).as_str());
        let period = value.series.binary_search_by_key(&row.period, |point| point.period.first);
        if let (Some(&person), Ok(period)) = (person, period) {
            *hours.entry((person, period)).or_default() += row.hours;
        }
    }
    hours.into_iter().map(|((person, period), hours)| (person, period, hours)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{axis, day, leaf, project, units, value};
    use crate::analysis::ledger::{LedgerLine, PersonLine};
    use crate::calendar::{PeriodKind, start_of_day};
    use crate::model::Resource;

    fn booked(person: &str, role: &str, hours: f64) -> PersonLine {
        PersonLine {
            person: person.into(),
            role: Some(role.into()),
            period: day("2026-03-01"),
            hours: Work::from_hours(hours),
            cost: units(100),
        }
    }

    #[test]
    fn utilisation_is_booked_over_available() {
        // The published example: 32 of 40 hours are 80%. Here: the week of 2 March, 8 hours a day.
        let (mut project, values) = project(vec![leaf("A", 4_000, 0, 0, 0)]);
        project.tasks[0].baseline_work = Some(Work::from_hours(25.0));
        project.tasks[0].remaining_work = Some(Work::from_hours(9.0));
        project.tasks[0].resources = vec!["eva".into(), "Jo".into()];
        project.resources = vec![Resource { person: "Eva".into(), ..Resource::default() }];
        let ledger = Ledger {
            people: vec![booked("Eva", "Developer", 30.0), booked("Eva", "Tester", 2.0)],
            lines: vec![LedgerLine {
                task: Some(0),
                account: None,
                period: day("2026-03-01"),
                labour: units(200),
                other: Money::ZERO,
                hours: Work::from_hours(32.0),
                first_day: day("2026-03-02"),
                last_day: day("2026-03-06"),
            }],
            recent: (units(200), Work::from_hours(32.0)),
            ..Ledger::default()
        };
        let mut value = value(&values);
        value.planned_start = Some(start_of_day(day("2026-03-02")));
        value.measures.ac = Ok(units(200));
        let effort = effort(&project, &ledger, &value, &axis("2026-03-06", PeriodKind::Month));
        let eva = &effort.people[0];
        assert_eq!((eva.name.as_str(), eva.role.as_deref()), ("Eva", Some("Developer")));
        assert_eq!(eva.available, Some(Work::from_hours(40.0)));
        assert_eq!(eva.utilisation(), Some(0.8));
        // 25 hours for two are 12.5 each: 32 booked are 156% over.
        assert_eq!(eva.planned, Some(Work::from_hours(12.5)));
        assert_eq!(eva.overrun(), Some(1.56));
        assert_eq!(effort.people[1].remaining, Some(Work::from_hours(4.5)));
        assert_eq!(effort.total.booked, Work::from_hours(32.0));
        assert_eq!(effort.total.planned, Some(Work::from_hours(25.0)));
        assert_eq!(effort.roles.len(), 2);
        assert_eq!(effort.tasks[0].1.booked, Work::from_hours(32.0));
    }

    #[test]
    fn parts_sum_to_the_whole() {
        assert_eq!(spread(Work(10), &["a", "b", "c"]), [("a", Work(4)), ("b", Work(3)), ("c", Work(3))]);
        assert_eq!(spread(Work(10), &[]), []);
    }
}
