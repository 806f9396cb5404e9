//! By hand on the calendar of March 2026: the 2nd is a Monday, days are 08:00-12:00 and 13:00-17:00. Reports are
//! weekly, so that nothing new begins within two and a half working days of the status date.

use chrono::NaiveDate;

use crate::analysis::Settings;
use crate::analysis::example::link;
use crate::analysis::ledger::Ledger;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::project_value;
use crate::calendar::{Moment, PeriodKind, StatusDate, WorkCalendar, end_of_day, start_of_day};
use crate::model::{ConstraintKind, Link, Origin, Project, RelationType, Statement, Task, TaskKind};
use crate::quantity::{Money, Reason, Work};

fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

/// A task of 100 from the start of one day of March to the end of another, so much of it done.
fn task(first: u32, last: u32, done: f64) -> Task {
    Task {
        id: format!("{first}-{last}").into(),
        baseline_start: Some(start_of_day(day(first))),
        baseline_finish: Some(end_of_day(day(last))),
        baseline_cost: Some(Money::from_units(100.0)),
        actual_start: (done > 0.0).then(|| start_of_day(day(first))),
        percent_complete: Some(done),
        ..Task::default()
    }
}

fn project(tasks: Vec<Task>, links: Vec<Link>) -> Project {
    Project { tasks, links, calendars: vec![WorkCalendar::default()], ..Project::default() }
}

fn finish(project: &Project, status: u32) -> Result<Moment, Reason> {
    let axis =
        TimeAxis { status: StatusDate::end_of(day(status)), status_from: None, kind: PeriodKind::Week };
    let value = project_value(project, &Ledger::default(), &[], &axis, &Settings::default());
    value
        .finish_forecasts
        .iter()
        .find(|f| f.method == super::super::finish::REMAINING_NETWORK)
        .unwrap()
        .finish
}

#[test]
fn what_is_not_begun_waits_half_an_interval_and_takes_its_duration() {
    // A has two of five days left: Tuesday evening. B may begin on Wednesday noon, half a week after the
    // status date, and takes five days.
    let p = project(vec![task(2, 6, 0.6), task(9, 13, 0.0)], vec![link(0, 1, RelationType::Fs, 0)]);
    assert_eq!(finish(&p, 6), Ok(at("2026-03-18T12:00:00")));
}

#[test]
fn a_gap_in_the_plan_moves_with_the_delay() {
    // Half of A is earned on the 13th, planned for Wednesday noon the 4th: 7.5 days late. B, tied to nothing,
    // moves from the 16th to Wednesday noon, the 25th.
    let p = project(vec![task(2, 6, 0.5), task(16, 20, 0.0)], Vec::new());
    assert_eq!(finish(&p, 13), Ok(at("2026-04-01T12:00:00")));
    // A start that was planned anew stands.
    let mut planned = p;
    planned.tasks[1].start = Some(start_of_day(day(19)));
    assert_eq!(finish(&planned, 13), Ok(at("2026-03-25T17:00:00")));
}

#[test]
fn every_relation_holds_back_what_it_ties() {
    // A goes on to Wednesday evening, the 11th. B takes one day, Friday the 6th by plan, and is free from
    // Wednesday noon on (the delay of three days would let it begin after Tuesday).
    let with = |links| finish(&project(vec![task(2, 6, 0.4), task(6, 6, 0.0)], links), 6);
    assert_eq!(with(Vec::new()), Ok(at("2026-03-12T12:00:00")));
    assert_eq!(with(vec![link(0, 1, RelationType::Fs, 1)]), Ok(at("2026-03-13T17:00:00")));
    assert_eq!(with(vec![link(0, 1, RelationType::Ff, 3)]), Ok(at("2026-03-16T17:00:00")));
    // Ten days after A's start on Monday the 2nd: Friday evening, the 13th.
    assert_eq!(with(vec![link(0, 1, RelationType::Ss, 10)]), Ok(at("2026-03-16T17:00:00")));
    assert_eq!(with(vec![link(0, 1, RelationType::Sf, 10)]), Ok(at("2026-03-13T17:00:00")));
}

#[test]
fn retained_logic_holds_back_even_what_is_under_way() {
    // Both have two and a half days left; B begun out of sequence goes on when A is done.
    let p = project(vec![task(2, 6, 0.5), task(2, 6, 0.5)], vec![link(0, 1, RelationType::Fs, 0)]);
    assert_eq!(finish(&p, 6), Ok(at("2026-03-13T17:00:00")));
}

#[test]
fn the_interval_is_that_of_the_statements_so_far() {
    let said = |n: u32, percent: f64| Statement {
        task: 0,
        at: end_of_day(day(n)),
        percent_complete: Some(percent),
        actual_start: None,
        actual_finish: None,
        remaining_duration: Some(Work::from_hours(8.0)),
        remaining_work: None,
        origin: Origin::default(),
    };
    let mut p = project(vec![task(2, 6, 0.0), task(9, 9, 0.0)], Vec::new());
    // Four days apart, so two days of waiting: B begins on Wednesday the 11th. What is said later is not known.
    p.statements = vec![said(2, 0.4), said(6, 1.0), said(20, 1.0)];
    assert_eq!(finish(&p, 6), Ok(at("2026-03-11T17:00:00")));
}

#[test]
fn before_the_start_the_plan_stands_and_at_the_end_there_is_no_forecast() {
    let p = project(vec![task(9, 13, 0.0), task(16, 20, 0.0)], vec![link(0, 1, RelationType::Fs, 0)]);
    assert_eq!(finish(&p, 6), Ok(at("2026-03-20T17:00:00")));
    assert_eq!(finish(&project(vec![task(2, 6, 1.0)], Vec::new()), 6), Err(Reason::NothingRemains));
    let undated = Task { percent_complete: Some(0.5), ..Task::default() };
    assert_eq!(finish(&project(vec![undated], Vec::new()), 6), Err(Reason::NoBaselineDates));
}

#[test]
fn a_circle_of_links_ends() {
    let back = Link { predecessor: 1, successor: 0, ..link(0, 1, RelationType::Fs, 0) };
    let p = project(vec![task(2, 6, 0.6), task(9, 13, 0.0)], vec![link(0, 1, RelationType::Fs, 0), back]);
    assert!(finish(&p, 6).is_ok());
}

#[test]
fn a_constraint_holds_back_and_a_wish_does_not_pull_forward() {
    let on = |constraint, n| {
        let b = Task { constraint, constraint_date: Some(start_of_day(day(n))), ..task(9, 13, 0.0) };
        finish(&project(vec![task(2, 6, 0.6), b], vec![link(0, 1, RelationType::Fs, 0)]), 6)
    };
    // Without one: Wednesday noon, the 18th.
    assert_eq!(on(ConstraintKind::Snet, 16), Ok(at("2026-03-20T17:00:00")));
    assert_eq!(on(ConstraintKind::Fnlt, 12), Ok(at("2026-03-18T12:00:00")));
    assert_eq!(on(ConstraintKind::Mso, 9), Ok(at("2026-03-18T12:00:00")));
}

#[test]
fn a_milestone_is_reached_when_the_day_ends() {
    // Planned for the evening of Friday the 13th, four days late: Thursday evening, the 19th.
    let milestone = Task {
        kind: TaskKind::Milestone,
        baseline_start: Some(end_of_day(day(13))),
        baseline_finish: Some(end_of_day(day(13))),
        baseline_cost: None,
        ..task(13, 13, 0.0)
    };
    assert_eq!(
        finish(&project(vec![task(2, 6, 0.2), milestone], Vec::new()), 6),
        Ok(at("2026-03-19T17:00:00"))
    );
}
