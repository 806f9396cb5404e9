//! Published index values, and small schedules with one fault each.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::*;
use crate::analysis::example::link;
use crate::analysis::network::{self, network};
use crate::calendar::{WorkCalendar, end_of_day, start_of_day};
use crate::model::{ConstraintKind, RelationType, TaskKind};

const DAY: i64 = 8 * 3_600;

/// Monday, 2 March 2026, and so many days later.
fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + chrono::Days::new(n)
}

/// A task of whole days, baselined from one day to another (both counted from Monday, 2 March).
fn task(id: &str, from: u64, to: u64) -> Task {
    Task {
        id: id.into(),
        baseline_start: Some(start_of_day(day(from))),
        baseline_finish: Some(end_of_day(day(to))),
        ..Task::default()
    }
}

/// A, B, C, D one after the other, a week each.
fn chain() -> Project {
    let tasks = vec![task("A", 0, 4), task("B", 7, 11), task("C", 14, 18), task("D", 21, 25)];
    let links = (0..3).map(|i| link(i, i + 1, RelationType::Fs, 0)).collect();
    Project { tasks, links, calendars: vec![WorkCalendar::default()], ..Project::default() }
}

fn all(project: &Project, status: u64) -> Vec<Assessment> {
    let status = start_of_day(day(status));
    let values: Vec<TaskValue> = project
        .tasks
        .iter()
        .map(|task| TaskValue {
            percent_complete: task.percent_complete.unwrap_or(0.0),
            actual_start: task.actual_start.filter(|at| *at <= status),
            actual_finish: task.actual_finish.filter(|at| *at <= status),
            ..crate::analysis::example::leaf(&task.id, 0, 0, 0, 0).1
        })
        .collect();
    let network = network(project, &values, status, &network::Settings::default());
    let planned = project.tasks.iter().filter_map(|task| task.baseline_finish).max();
    assess(project, &values, &network, &Err(Reason::NoPrevious), status, planned).0
}

fn one(project: &Project, status: u64, id: &str) -> Assessment {
    all(project, status).into_iter().find(|found| found.check.id == id).unwrap()
}

fn places(found: &Assessment) -> Vec<Place> {
    found.outcome.as_ref().unwrap().offenders.iter().map(|offender| offender.place).collect()
}

fn value(project: &Project, status: u64, id: &str) -> f64 {
    one(project, status, id).outcome.unwrap().value
}

fn done(task: &mut Task, from: u64, to: u64) {
    task.actual_start = Some(start_of_day(day(from)));
    task.actual_finish = Some(end_of_day(day(to)));
    task.percent_complete = Some(1.0);
}

#[test]
fn the_catalogue_has_the_fourteen_in_order_and_unique_ids() {
    let numbers: Vec<u8> = CHECKS.iter().filter_map(|check| check.number).collect();
    assert_eq!(numbers, (1..=14).collect::<Vec<u8>>());
    let ids: BTreeSet<&str> = CHECKS.iter().map(|check| check.id).collect();
    assert_eq!(ids.len(), CHECKS.len());
    assert!(CHECKS.iter().all(|check| check.about.ends_with('.')));
}

#[test]
fn a_sound_chain_passes_everything() {
    for found in all(&chain(), 0) {
        assert_ne!(found.passed(), Some(false), "{} {:?}", found.check.id, found.outcome);
    }
}

#[test]
fn a_late_chain_has_a_critical_path_length_index_below_one() {
    // At the end of the first week nothing has begun: 20 days to go, 5 of them late.
    assert!((value(&chain(), 5, "cpli") - 0.75).abs() < 1e-9);
}

#[test]
fn open_ends_are_found_by_kind() {
    let mut project = chain();
    project.tasks.push(task("E", 7, 8));
    project.tasks.push(task("F", 7, 8));
    project.links.push(link(4, 5, RelationType::Ff, 0));
    project.links.push(link(5, 3, RelationType::Ss, 0));
    // E has no predecessor; F's start is held by nothing, and its finish holds nothing.
    assert_eq!(places(&one(&project, 0, "missing_logic")), [Place::Task(4)]);
    assert!((value(&project, 0, "missing_logic") - 1.0 / 6.0).abs() < 1e-9);
    assert_eq!(places(&one(&project, 0, "open_starts")), [Place::Task(4)]);
    assert_eq!(places(&one(&project, 0, "dangling_starts")), [Place::Task(5)]);
    assert_eq!(places(&one(&project, 0, "dangling_finishes")), [Place::Task(5)]);
    assert!((value(&project, 0, "relation_types") - 0.6).abs() < 1e-9);
    let unlinked = Project { links: Vec::new(), ..project };
    assert_eq!(one(&unlinked, 0, "missing_logic").outcome.unwrap_err(), "no task is linked to another");
}

#[test]
fn leads_lags_constraints_and_long_tasks() {
    let mut project = chain();
    project.links[0].lag = Work(-DAY);
    project.links[1].lag = Work(2 * DAY);
    project.tasks[2].constraint = ConstraintKind::Fnlt;
    project.tasks[2].constraint_date = Some(start_of_day(day(60)));
    project.tasks[3].baseline_finish = Some(end_of_day(day(120)));
    assert_eq!(places(&one(&project, 0, "leads")), [Place::Link(0)]);
    assert_eq!(places(&one(&project, 0, "lags")), [Place::Link(1)]);
    assert_eq!(places(&one(&project, 0, "hard_constraints")), [Place::Task(2)]);
    assert_eq!(places(&one(&project, 0, "high_duration")), [Place::Task(3)]);
}

#[test]
fn a_hard_constraint_fails_the_critical_path_test() {
    let mut project = chain();
    assert_eq!(one(&project, 0, "critical_path_test").passed(), Some(true));
    project.tasks[3].constraint = ConstraintKind::Mfo;
    project.tasks[3].constraint_date = Some(start_of_day(day(25)));
    // A's own finish still slips, but by no more than it overtakes the rest: 20 - 5 days do not follow.
    let found = one(&project, 0, "critical_path_test");
    assert_eq!((found.passed(), places(&found)), (Some(false), vec![Place::Task(0)]));
    project.tasks[3].constraint_date = Some(start_of_day(day(18)));
    assert_eq!(places(&one(&project, 0, "impossible_constraints")), [Place::Task(3)]);
    assert_eq!(places(&one(&project, 0, "negative_float")).len(), 3);
}

#[test]
fn execution_is_measured_against_the_baseline() {
    let mut project = chain();
    done(&mut project.tasks[0], 0, 7);
    // At the end of the second week A was a day late and B is not finished.
    let missed = one(&project, 14, "missed_tasks");
    assert_eq!(places(&missed), [Place::Task(0), Place::Task(1)]);
    assert!((value(&project, 14, "bei") - 0.5).abs() < 1e-9);
    assert!(value(&project, 14, "hit_tasks").abs() < 1e-9);
    assert_eq!(one(&project, 0, "bei").outcome.unwrap_err(), "nothing was baselined to finish yet");
    // What is done without a date counts as in time, also where the baseline has a start only; one that is to start on
    // the day after the status date is not due.
    let mut starts = Project { links: Vec::new(), ..chain() };
    starts.tasks.iter_mut().for_each(|task| task.baseline_finish = None);
    starts.tasks[0].percent_complete = Some(1.0);
    assert_eq!(places(&one(&starts, 7, "missed_tasks")), []);
    assert!((value(&starts, 7, "hit_tasks") - 1.0).abs() < 1e-9);
    project.tasks[1].deadline = Some(end_of_day(day(11)));
    assert_eq!(places(&one(&project, 14, "missed_deadlines")), [Place::Task(1)]);
}

#[test]
fn dates_that_cannot_be() {
    let mut project = chain();
    project.tasks[0].start = Some(start_of_day(day(0)));
    project.tasks[0].finish = Some(end_of_day(day(4)));
    project.tasks[1].actual_start = Some(start_of_day(day(20)));
    assert_eq!(places(&one(&project, 7, "invalid_dates")), [Place::Task(0), Place::Task(1)]);
    assert!(one(&chain(), 7, "invalid_dates").outcome.is_err());
}

#[test]
fn progress_out_of_sequence_and_links_said_twice() {
    let mut project = chain();
    project.links.push(link(0, 2, RelationType::Fs, 0));
    project.links.push(link(0, 3, RelationType::Fs, 5));
    assert_eq!(places(&one(&project, 0, "redundant_links")), [Place::Link(3)]);
    done(&mut project.tasks[0], 0, 4);
    project.tasks[1].actual_start = Some(start_of_day(day(4)));
    // B began on the day A ended; C began before B ended.
    assert_eq!(places(&one(&project, 14, "out_of_sequence")), []);
    project.tasks[2].actual_start = Some(start_of_day(day(8)));
    assert_eq!(places(&one(&project, 14, "out_of_sequence")), [Place::Link(1)]);
}

#[test]
fn milestones_need_no_people() {
    let mut project = chain();
    project.tasks[0].resources = vec!["Ada".to_owned()];
    project.tasks[3].kind = TaskKind::Milestone;
    assert_eq!(places(&one(&project, 0, "resources")), [Place::Task(1), Place::Task(2)]);
}
