//! Published networks, cases worked out by hand for every relation, constraint and kind of progress, and
//! what must hold in any network.
#![expect(clippy::float_cmp, reason = "whole days are exact")]

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;
use crate::analysis::example::link;
use crate::calendar::{WorkCalendar, end_of_day, start_of_day};
use crate::model::RelationType::{Ff, Fs, Sf, Ss};
use crate::model::{Link, Origin, Statement, Task, TaskKind, TaskStatus};
use crate::quantity::Work;

const DAY: i64 = 8 * 3_600;

/// Monday, 2 March 2026, and so many days later.
fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + chrono::Days::new(n)
}

fn at(text: &str) -> Moment {
    text.parse().unwrap()
}

pub(super) fn task(id: &str, days: i64) -> Task {
    let kind = if days == 0 { TaskKind::Milestone } else { TaskKind::Task };
    Task { id: id.into(), kind, duration: Some(Work(days * DAY)), ..Task::default() }
}

/// A project that starts on Monday, 2 March 2026 on the default calendar.
pub(super) fn project(tasks: Vec<Task>, links: Vec<Link>) -> Project {
    let mut project =
        Project { tasks, links, calendars: vec![WorkCalendar::default()], ..Project::default() };
    project.charter.start = Some(start_of_day(day(0)));
    project
}

/// Tasks and finish-to-start links as textbooks print them: `A 2`, `C 2 A`, `H 2 F,G`.
fn textbook(lines: &[&str]) -> Project {
    let rows: Vec<Vec<&str>> = lines.iter().map(|line| line.split(' ').collect()).collect();
    let place = |id: &str| rows.iter().position(|row| row[0] == id).unwrap();
    let links = rows.iter().enumerate().flat_map(|(successor, row)| {
        let before = row.get(2).map_or("", |list| *list).split(',').filter(|id| !id.is_empty());
        before.map(move |id| link(place(id), successor, Fs, 0)).collect::<Vec<_>>()
    });
    let links = links.collect();
    project(rows.iter().map(|row| task(row[0], row[1].parse().unwrap())).collect(), links)
}

fn value(task: &Task) -> TaskValue {
    let (_, value) = crate::analysis::example::leaf(&task.id, 0, 0, 0, 0);
    TaskValue {
        percent_complete: task.percent_complete.unwrap_or(0.0),
        actual_start: task.actual_start,
        actual_finish: task.actual_finish,
        ..value
    }
}

/// The network at the end of so many days after the start; 0 is the start itself.
pub(super) fn at_day(project: &Project, status: u64) -> Network {
    let values: Vec<TaskValue> = project.tasks.iter().map(value).collect();
    network(project, &values, start_of_day(day(status)), &Settings::default()).unwrap()
}

fn found(network: &Network, task: usize) -> &Scheduled {
    network.tasks[task].as_ref().unwrap()
}

/// Early start, early finish, late start, late finish of every task.
fn days(network: &Network) -> Vec<[f64; 4]> {
    network.tasks.iter().flatten().map(|task| task.days).collect()
}

fn floats(network: &Network) -> Vec<f64> {
    network.tasks.iter().flatten().map(|task| task.total_float.unwrap()).collect()
}

fn critical(project: &Project, network: &Network) -> String {
    let tasks = project.tasks.iter().zip(&network.tasks);
    tasks.filter(|(_, t)| t.as_ref().unwrap().critical).map(|(task, _)| task.id.as_str()).collect()
}

#[test]
fn general_foundry_takes_15_weeks() {
    // Render, Stair and Hanna, Quantitative Analysis for Management: critical path A-C-E-G-H, slack of B
    // and D 1, of F 6.
    let project = textbook(&["A 2", "B 3", "C 2 A", "D 4 B", "E 4 C", "F 3 C", "G 5 D,E", "H 2 F,G"]);
    let network = at_day(&project, 0);
    assert!((network.duration - 15.0).abs() < 1e-9);
    assert_eq!(critical(&project, &network), "ACEGH");
    assert_eq!(floats(&network), [0.0, 1.0, 0.0, 1.0, 0.0, 6.0, 0.0, 0.0]);
    assert_eq!(network.driving_chain(7), [7, 6, 4, 2, 0]);
    let path: Vec<bool> = network.tasks.iter().flatten().map(|task| task.on_longest_path).collect();
    assert_eq!(path, [true, false, true, false, true, false, true, true]);
}

#[test]
fn reliable_construction_takes_44_weeks() {
    // Hillier and Lieberman, Introduction to Operations Research: critical path A-B-C-E-F-J-L-N, slack of
    // D, G, H and M 4, of I 2, of K 1.
    let project = textbook(&[
        "A 2", "B 4 A", "C 10 B", "D 6 C", "E 4 C", "F 5 E", "G 7 D", "H 9 E,G", "I 7 C", "J 8 F,I", "K 4 J",
        "L 5 J", "M 2 H", "N 6 K,L",
    ]);
    let network = at_day(&project, 0);
    assert!((network.duration - 44.0).abs() < 1e-9);
    assert_eq!(critical(&project, &network), "ABCEFJLN");
    let slack = [0, 0, 0, 4, 0, 0, 4, 4, 2, 0, 1, 0, 4, 0].map(f64::from);
    assert_eq!(floats(&network), slack);
}

#[test]
fn every_relation_with_lag_lead_and_none() {
    // A takes 3 days, B 4. Early start and finish of B, then late start and finish of A, by hand.
    let cases = [
        (Fs, 0, [3.0, 7.0], [0.0, 3.0]),
        (Fs, 2, [5.0, 9.0], [0.0, 3.0]),
        (Fs, -1, [2.0, 6.0], [0.0, 3.0]),
        (Ss, 0, [0.0, 4.0], [0.0, 3.0]),
        (Ss, 1, [1.0, 5.0], [0.0, 3.0]),
        // No start before the project's: the lead gives A a day.
        (Ss, -1, [0.0, 4.0], [1.0, 4.0]),
        (Ff, 0, [0.0, 4.0], [1.0, 4.0]),
        (Ff, 2, [1.0, 5.0], [0.0, 3.0]),
        (Ff, -1, [0.0, 4.0], [1.0, 4.0]),
        (Sf, 0, [0.0, 4.0], [1.0, 4.0]),
        (Sf, 6, [2.0, 6.0], [0.0, 3.0]),
        (Sf, -1, [0.0, 4.0], [1.0, 4.0]),
    ];
    for (relation, lag, early, late) in cases {
        let network = at_day(&project(vec![task("A", 3), task("B", 4)], vec![link(0, 1, relation, lag)]), 0);
        let [b_start, b_finish, ..] = found(&network, 1).days;
        let [.., a_start, a_finish] = found(&network, 0).days;
        assert_eq!(([b_start, b_finish], [a_start, a_finish]), (early, late), "{relation:?} {lag}");
    }
}

/// A (3 days), then B (2 days) with a constraint, and C (10 days) beside them: B has five days of float.
fn constrained(kind: ConstraintKind, date: Moment) -> (Project, Network) {
    let b = Task { constraint: kind, constraint_date: Some(date), ..task("B", 2) };
    let project = project(vec![task("A", 3), b, task("C", 10)], vec![link(0, 1, Fs, 0), link(0, 2, Ss, 0)]);
    let network = at_day(&project, 0);
    (project, network)
}

#[test]
fn all_eight_constraints() {
    use ConstraintKind::{Alap, Asap, Fnet, Fnlt, Mfo, Mso, Snet, Snlt};
    // Day 0 is Monday, 2 March; working day 5 is Monday, 9 March, which is calendar day 7.
    let monday = start_of_day(day(7));
    let cases = [
        (Asap, [3.0, 5.0, 8.0, 10.0], Driver::Link { link: 0, from: 0 }),
        (Alap, [8.0, 10.0, 8.0, 10.0], Driver::Constraint),
        (Snet, [5.0, 7.0, 8.0, 10.0], Driver::Constraint),
        (Snlt, [3.0, 5.0, 5.0, 7.0], Driver::Link { link: 0, from: 0 }),
        // A plain date is the end of its day for a finish: Monday is day 6.
        (Fnet, [4.0, 6.0, 8.0, 10.0], Driver::Constraint),
        (Fnlt, [3.0, 5.0, 4.0, 6.0], Driver::Link { link: 0, from: 0 }),
        (Mso, [5.0, 7.0, 5.0, 7.0], Driver::Constraint),
        (Mfo, [4.0, 6.0, 4.0, 6.0], Driver::Constraint),
    ];
    for (kind, days, driver) in cases {
        let (_, network) = constrained(kind, monday);
        assert_eq!((found(&network, 1).days, found(&network, 1).driver), (days, driver), "{kind:?}");
        assert_eq!(network.conflicts, []);
    }
}

#[test]
fn a_constraint_that_cannot_be_met_is_honoured_named_and_leaves_negative_float() {
    use ConstraintKind::{Fnlt, Mso, Snet};
    // B must start on Tuesday, day 1, but A takes three days.
    let (_, network) = constrained(Mso, start_of_day(day(1)));
    assert_eq!(found(&network, 1).days, [1.0, 3.0, 1.0, 3.0]);
    assert_eq!((found(&network, 0).total_float, found(&network, 0).critical), (Some(-2.0), true));
    let conflict = &network.conflicts[0];
    assert_eq!((conflict.task, conflict.kind, conflict.possible), (1, Mso, at("2026-03-05T08:00:00")));
    assert!((conflict.days - 2.0).abs() < 1e-9);
    // Where work goes on through the night, the midnight of a start is not the end of the day before.
    let at_night = |kind| Conflict { kind, possible: at("2026-03-05T00:00:00"), ..conflict.clone() };
    assert_eq!((conflict.day(), conflict.earliest()), (day(1), day(3)));
    assert_eq!((at_night(Mso).earliest(), at_night(Fnlt).earliest()), (day(3), day(2)));
    let (_, network) = constrained(Fnlt, start_of_day(day(1)));
    assert_eq!(found(&network, 1).days, [0.0, 2.0, 0.0, 2.0]);
    assert_eq!(network.conflicts[0].possible, at("2026-03-06T17:00:00"));
    // A constraint before the project's start asks for nothing.
    let (_, network) = constrained(Snet, at("2026-01-05T08:00:00"));
    assert_eq!((found(&network, 1).days[0], network.conflicts.len()), (3.0, 0));
}

#[test]
fn a_deadline_bounds_late_dates_only() {
    let mut one = project(vec![task("A", 3), task("B", 4)], vec![link(0, 1, Fs, 0)]);
    // The end of Friday is day 5; B finishes on day 7.
    one.tasks[1].deadline = Some(end_of_day(day(4)));
    let network = at_day(&one, 0);
    assert_eq!(days(&network), [[0.0, 3.0, -2.0, 1.0], [3.0, 7.0, 1.0, 5.0]]);
    assert_eq!(floats(&network), [-2.0, -2.0]);
    assert_eq!(network.conflicts, []);
}

#[test]
fn what_remains_waits_for_the_status_date_and_for_its_predecessors() {
    let mut rows = vec![task("A", 5), task("B", 4), task("C", 2), task("D", 1)];
    rows[0].actual_start = Some(at("2026-03-02T08:00:00"));
    rows[0].percent_complete = Some(0.4);
    // B began out of sequence; half of it is done.
    rows[1].actual_start = Some(at("2026-03-03T08:00:00"));
    rows[1].percent_complete = Some(0.5);
    rows[2].actual_start = Some(at("2026-03-02T08:00:00"));
    rows[2].actual_finish = Some(at("2026-03-03T17:00:00"));
    rows[2].percent_complete = Some(1.0);
    let project = project(rows, vec![link(0, 1, Fs, 0), link(2, 3, Fs, 0), link(3, 2, Ss, 0)]);
    // The end of Wednesday is day 3: A has three days left, B two after it; D could have begun on day 2.
    let network = at_day(&project, 3);
    assert_eq!(found(&network, 0).days, [3.0, 6.0, 3.0, 6.0]);
    assert_eq!(found(&network, 1).days, [6.0, 8.0, 6.0, 8.0]);
    assert_eq!(found(&network, 2).days, [0.0, 2.0, 0.0, 2.0]);
    assert_eq!(found(&network, 2).total_float, None);
    assert_eq!(
        (found(&network, 3).days, found(&network, 3).driver),
        ([3.0, 4.0, 7.0, 8.0], Driver::StatusDate)
    );
    assert_eq!(found(&network, 1).driver, Driver::Link { link: 0, from: 0 });
    assert_eq!(found(&network, 0).driver, Driver::StatusDate);
    assert!((network.duration - 8.0).abs() < 1e-9);
}

#[test]
fn elapsed_lags_pass_through_nights_and_weekends() {
    // A takes Monday 2 to Friday 6 March, B two days. Early start of B, late finish of A and its float, by hand on the
    // default calendar (8 to 12 and 13 to 17).
    let cases = [
        // Friday 17:00 and two days of the clock are Sunday 17:00: work begins on Monday.
        (Fs, 48, "2026-03-09T08:00:00", 0.0),
        // Three days end on Monday at 17:00: Tuesday.
        (Fs, 72, "2026-03-10T08:00:00", 0.0),
        // From Monday 8:00 a week of the clock is Monday 8:00.
        (Ss, 168, "2026-03-09T08:00:00", 0.0),
        // B finishes four days of the clock after Friday 17:00, on Tuesday at 17:00: it begins on Monday.
        (Ff, 96, "2026-03-09T08:00:00", 0.0),
        // A lead of a day: Thursday 17:00 is Friday morning.
        (Fs, -24, "2026-03-06T08:00:00", 0.0),
    ];
    for (relation, hours, start, float) in cases {
        let mut one = project(vec![task("A", 5), task("B", 2)], vec![link(0, 1, relation, 0)]);
        (one.links[0].lag, one.links[0].elapsed) = (Work(hours * 3_600), true);
        let network = at_day(&one, 0);
        assert_eq!(found(&network, 1).early.0, at(start), "{relation:?} {hours}");
        assert_eq!(found(&network, 0).total_float, Some(float), "{relation:?} {hours}");
    }
}

#[test]
fn remaining_durations_are_those_last_stated_by_the_status_date() {
    let mut one = project(vec![task("A", 5), task("B", 4)], vec![link(0, 1, Fs, 0)]);
    one.tasks[0].actual_start = Some(at("2026-03-02T08:00:00"));
    let says = |n: u64, left: i64| Statement {
        task: 0,
        at: start_of_day(day(n)),
        percent_complete: None,
        actual_start: None,
        actual_finish: None,
        remaining_duration: Some(Work(left * DAY)),
        remaining_work: None,
        origin: Origin::default(),
    };
    one.statements = vec![says(1, 4), says(2, 6), says(5, 1)];
    // At the end of Tuesday, six days are left.
    assert_eq!(found(&at_day(&one, 2), 0).days[1], 8.0);
    // A percent complete that is said later without one takes its place; of what is earned the network is told
    // elsewhere, here nothing: all five days are left.
    let half = Statement { percent_complete: Some(0.5), remaining_duration: None, ..says(2, 0) };
    let newer = crate::model::Project { statements: vec![says(1, 4), half], ..one.clone() };
    assert_eq!(found(&at_day(&newer, 2), 0).days[1], 7.0);
    // A lag after a finished predecessor counts from its actual finish.
    one.tasks[0].actual_finish = Some(at("2026-03-03T17:00:00"));
    one.links[0].lag = Work(3 * DAY);
    assert_eq!(found(&at_day(&one, 2), 1).days[0], 5.0);
}

#[test]
fn weekends_holidays_and_milestones_have_the_dates_people_expect() {
    let mut one =
        project(vec![task("A", 5), task("B", 1), task("M", 0)], vec![link(0, 1, Fs, 0), link(0, 2, Fs, 0)]);
    one.calendars[0] = WorkCalendar::new(
        "holiday",
        std::array::from_fn(|i| if i < 5 { vec![(28_800, 43_200), (46_800, 61_200)] } else { Vec::new() }),
        [(day(7), Vec::new())].into(),
    );
    let network = at_day(&one, 0);
    assert_eq!(found(&network, 0).early, (at("2026-03-02T08:00:00"), at("2026-03-06T17:00:00")));
    // Monday, 9 March is a holiday.
    assert_eq!(found(&network, 1).early, (at("2026-03-10T08:00:00"), at("2026-03-10T17:00:00")));
    // A milestone is reached when the work before it is done, on Friday.
    assert_eq!(found(&network, 2).early.0, at("2026-03-06T17:00:00"));
    assert_eq!(found(&network, 2).late.0, at("2026-03-10T17:00:00"));
    assert_eq!(found(&network, 2).total_float, Some(1.0));
}

#[test]
fn tasks_have_calendars_of_their_own() {
    let mut one =
        project(vec![task("A", 5), task("B", 2), task("C", 1)], vec![link(0, 1, Fs, 0), link(1, 2, Fs, 0)]);
    let span = vec![(28_800, 57_600)];
    let weekend = std::array::from_fn(|i| if i >= 5 { span.clone() } else { Vec::new() });
    one.calendars.push(WorkCalendar::new("weekend", weekend, [].into()));
    one.tasks[1].calendar = 1;
    let network = at_day(&one, 0);
    // A ends on Friday, B takes the weekend, C follows on Monday: no day of the project's calendar passes in B.
    assert_eq!(found(&network, 1).early, (at("2026-03-07T08:00:00"), at("2026-03-08T16:00:00")));
    assert_eq!(found(&network, 2).early, (at("2026-03-09T08:00:00"), at("2026-03-09T17:00:00")));
    assert_eq!(found(&network, 1).days, [5.0; 4]);
    assert_eq!(critical(&one, &network), "ABC");
    assert!((network.duration - 6.0).abs() < 1e-9);
    // A lag passes in the calendar of the successor: two days on the weekend calendar.
    one.links[0].lag = Work(16 * 3_600);
    assert_eq!(found(&at_day(&one, 0), 1).early.0, at("2026-03-14T08:00:00"));
}

#[test]
fn links_of_summaries_hold_for_the_tasks_below() {
    let mut rows = vec![
        task("S", 0),
        task("A", 3),
        task("B", 5),
        task("C", 1),
        task("T", 0),
        task("D", 2),
        task("E", 4),
    ];
    for (row, parent) in [(1, 0), (2, 0), (5, 4), (6, 4)] {
        rows[row].parent = Some(parent);
    }
    for row in [0, 4] {
        rows[row].kind = TaskKind::Summary;
    }
    // S -> C waits for A and B; S -> T lets neither D nor E start; C starts a day after S does.
    let links = vec![link(1, 2, Ss, 1), link(0, 4, Fs, 0), link(0, 3, Ss, 2)];
    let one = project(rows, links);
    let network = at_day(&one, 0);
    assert_eq!(found(&network, 3).days[0], 2.0);
    assert_eq!((found(&network, 5).days[0], found(&network, 6).days[0]), (6.0, 6.0));
    assert_eq!(found(&network, 6).driver, Driver::Link { link: 1, from: 2 });
    // The summary spans its tasks and has the least of their floats.
    assert_eq!(found(&network, 0).days, [0.0, 6.0, 0.0, 6.0]);
    assert_eq!(found(&network, 4).days, [6.0, 10.0, 6.0, 10.0]);
    assert_eq!((found(&network, 4).total_float, found(&network, 4).critical), (Some(0.0), true));
    assert_eq!(found(&network, 5).total_float, Some(2.0));
    assert!((network.duration - 10.0).abs() < 1e-9);
}

#[test]
fn level_of_effort_and_what_is_cancelled_set_nothing() {
    let mut rows = vec![task("A", 3), task("X", 9), task("B", 2), task("L", 40)];
    rows[1].status = Some(TaskStatus::Cancelled);
    rows[3].kind = TaskKind::LevelOfEffort;
    rows[3].baseline_start = Some(start_of_day(day(0)));
    rows[3].baseline_finish = Some(end_of_day(day(60)));
    let links = vec![link(0, 1, Fs, 0), link(1, 2, Fs, 0), link(3, 2, Fs, 0)];
    let network = at_day(&project(rows, links), 0);
    // What is cancelled takes no time, but B still waits for A.
    assert_eq!(found(&network, 2).days[..2], [3.0, 5.0]);
    assert!((network.duration - 5.0).abs() < 1e-9);
    assert_eq!((found(&network, 3).total_float, found(&network, 3).critical), (None, false));
    assert!(network.notes[0].to_string().contains("1 link"), "{:?}", network.notes);
}

#[test]
fn what_cannot_be_assessed_says_why() {
    let none = |project: &Project| {
        let values: Vec<TaskValue> = project.tasks.iter().map(value).collect();
        network(project, &values, start_of_day(day(0)), &Settings::default()).unwrap_err()
    };
    assert_eq!(none(&project(vec![], vec![])), "there is no task below the summaries");
    let apart = at_day(&project(vec![task("A", 1), task("B", 3)], vec![]), 0);
    assert_eq!((floats(&apart), apart.linked, apart.notes.len()), (vec![2.0, 0.0], false, 1));
    let bare = |id: &str| Task { id: id.into(), ..Task::default() };
    let without = project(vec![bare("A"), bare("B")], vec![link(0, 1, Fs, 0)]);
    assert_eq!(none(&without), "no open task has a duration or dates that give one");
    let mut some = without;
    some.tasks[0].baseline_start = Some(start_of_day(day(0)));
    some.tasks[0].baseline_finish = Some(end_of_day(day(1)));
    let network = at_day(&some, 0);
    assert_eq!(found(&network, 1).days[..2], [2.0, 2.0]);
    assert_eq!(network.notes.len(), 2, "{:?}", network.notes);
}

#[test]
fn a_task_that_nothing_holds_begins_as_planned() {
    let mut one = project(vec![task("A", 3), task("B", 4)], vec![link(0, 1, Fs, 0)]);
    one.tasks[0].start = Some(start_of_day(day(7)));
    let network = at_day(&one, 0);
    assert_eq!((found(&network, 0).days[0], found(&network, 0).driver), (5.0, Driver::PlannedStart));
    // Where the plan has constraints, a task without one is meant to start as soon as possible.
    one.tasks[1].constraint = ConstraintKind::Alap;
    assert_eq!(found(&at_day(&one, 0), 0).days[0], 0.0);
}

/// A network of up to twelve tasks with any links forwards.
fn any_network() -> impl Strategy<Value = Project> {
    let relation = prop_oneof![Just(Fs), Just(Ss), Just(Ff), Just(Sf)];
    let links = prop::collection::vec((0_usize..12, 0_usize..12, relation, -3_i64..4), 1..24);
    (prop::collection::vec(0_i64..9, 2..12), links).prop_map(|(durations, links)| {
        let count = durations.len();
        let tasks = durations.iter().enumerate().map(|(i, days)| task(&i.to_string(), *days)).collect();
        let links = links.into_iter().filter_map(|(a, b, relation, lag)| {
            let (a, b) = (a % count, b % count);
            // Odd numbers come first, so that the order of the file is none.
            let rank = |i: usize| (i.is_multiple_of(2), i);
            (rank(a) < rank(b)).then(|| link(a, b, relation, lag))
        });
        let mut links: Vec<Link> = links.collect();
        if links.is_empty() {
            links.push(link(1, 0, Fs, 0));
        }
        project(tasks, links)
    })
}

/// Early starts by raising them until every link holds: slow, and another way than the passes.
fn raised(project: &Project) -> Vec<f64> {
    let size = |i: usize| project.tasks[i].duration.unwrap().days(8.0);
    let mut start = vec![0.0_f64; project.tasks.len()];
    for _ in 0..=project.tasks.len() {
        for link in &project.links {
            let (a, b, lag) = (link.predecessor, link.successor, link.lag.days(8.0));
            let from = if matches!(link.relation, Fs | Ff) { start[a] + size(a) } else { start[a] };
            let to = if matches!(link.relation, Ff | Sf) { from + lag - size(b) } else { from + lag };
            start[b] = start[b].max(to);
        }
    }
    start
}

proptest! {
    #[test]
    fn early_dates_are_the_least_that_all_links_admit(project in any_network()) {
        let network = at_day(&project, 0);
        let early: Vec<f64> = days(&network).iter().map(|days| days[0]).collect();
        prop_assert_eq!(early, raised(&project));
    }

    #[test]
    fn late_is_never_early_and_some_path_has_no_float(project in any_network()) {
        let network = at_day(&project, 0);
        for task in network.tasks.iter().flatten() {
            let [es, ef, ls, lf] = task.days;
            prop_assert!(es <= ls && ef <= lf && es >= 0.0 && lf <= network.duration);
            let (total, free) = (task.total_float.unwrap(), task.free_float.unwrap());
            prop_assert!((total - (ls - es)).abs() < 1e-9);
            prop_assert!(free >= 0.0 && free <= total + 1e-9, "free {free} total {total}");
            prop_assert_eq!(task.critical, total <= 0.0);
            prop_assert!(!task.on_longest_path || task.critical);
        }
        prop_assert!(network.tasks.iter().flatten().any(|task| task.critical && task.on_longest_path));
    }

    #[test]
    fn the_driving_chain_leads_back_to_the_start(project in any_network()) {
        let network = at_day(&project, 0);
        for task in 0..project.tasks.len() {
            let chain = network.driving_chain(task);
            let first = found(&network, *chain.last().unwrap());
            prop_assert_eq!(first.driver, Driver::ProjectStart);
            prop_assert!(first.days[0].abs() < 1e-9);
        }
    }

    #[test]
    fn a_calendar_by_another_name_changes_nothing(project in any_network(), who in prop::collection::vec(0_usize..2, 12)) {
        // The passes by moments must agree with those by readings.
        let mut other = project.clone();
        other.calendars.push(WorkCalendar::default());
        for (task, calendar) in other.tasks.iter_mut().zip(who) {
            task.calendar = calendar;
        }
        let (one, two) = (at_day(&project, 0), at_day(&other, 0));
        for (one, two) in one.tasks.iter().flatten().zip(two.tasks.iter().flatten()) {
            prop_assert_eq!(one.days, two.days);
            prop_assert_eq!(one.early, two.early);
            prop_assert_eq!((one.critical, one.on_longest_path), (two.critical, two.on_longest_path));
            prop_assert!((one.free_float.unwrap() - two.free_float.unwrap()).abs() < 1e-9);
        }
    }
}
