//! Quality by hand: small registers, and projections calculated apart.

use super::*;
use crate::analysis::example::{axis, day, leaf, project as of_rows, units};
use crate::calendar::PeriodKind;
use crate::model::{Acceptance, Defect, Deliverable, Origin, Severity, State, Task, TestCount};
use crate::quantity::{Money, Reason, Work};
use chrono::{Days, NaiveDate};

fn defect(id: &str, severity: Severity, opened: &str, closed: Option<&str>) -> Defect {
    Defect {
        id: id.into(),
        title: id.into(),
        severity: Some(severity),
        opened: day(opened),
        closed: closed.map(day),
        state: if closed.is_some() { State::Closed } else { State::Open },
        deliverable: None,
        owner: None,
        origin: Origin::default(),
    }
}

fn found(project: &Project, status: &str) -> QualityFindings {
    let values: Vec<TaskValue> = project.tasks.iter().map(|_| leaf("", 0, 0, 0, 0).1).collect();
    quality(project, &values, &Ledger::default(), &axis(status, PeriodKind::Month), &Settings::default())
}

#[test]
fn defects_are_counted_week_by_week() {
    use Severity::{Critical, High, Low};
    // Weeks from Monday, 2 March: 2 found; 1 found, 1 closed; none; 1 found and closed, 1 closed.
    let project = Project {
        defects: vec![
            defect("1", High, "2026-03-02", Some("2026-03-12")),
            defect("2", Low, "2026-03-08", None),
            defect("3", Critical, "2026-03-09", Some("2026-03-24")),
            defect("4", Low, "2026-03-23", Some("2026-03-23")),
            defect("5", Low, "2026-03-30", None),
        ],
        ..Project::default()
    };
    let defects = found(&project, "2026-03-25").defects.unwrap();
    let weeks: Vec<[u32; 3]> =
        defects.weeks.iter().map(|w| [w.opened.total(), w.closed.total(), w.open.total()]).collect();
    assert_eq!(weeks, [[2, 0, 2], [1, 1, 2], [0, 0, 2], [1, 2, 1]]);
    let ends: Vec<String> = defects.weeks.iter().map(|week| week.to.to_string()).collect();
    assert_eq!(
        ends,
        ["2026-03-08", "2026-03-15", "2026-03-22", "2026-03-25"],
        "the status date cuts the last"
    );
    assert_eq!(
        (defects.found.total(), defects.closed.total(), defects.open.total()),
        (4, 3, 1),
        "not the fifth"
    );
    assert_eq!(defects.ranked, [1]);
    // Two weeks earlier what was closed since is open, the worst first.
    let earlier = found(&project, "2026-03-11").defects.unwrap();
    assert_eq!((earlier.open.severe(), &earlier.ranked[..]), (2, &[2, 0, 1][..]));
}

#[test]
fn closed_without_a_day_is_closed_all_along_and_no_part_of_the_pace() {
    let undated = Defect { state: State::Closed, ..defect("1", Severity::Low, "2026-03-02", None) };
    let project = Project { defects: vec![undated], ..Project::default() };
    let defects = found(&project, "2026-03-31").defects.unwrap();
    assert_eq!((defects.open.total(), defects.undated, defects.flow.closures), (0, 1, 0));
    assert_eq!(defects.weeks[0].closed.total(), 1);
    assert_eq!(defects.flow.clearing, Clearing::Cleared);
}

/// So many found and closed in the six weeks to 31 March 2026, and so many of before left open.
fn flowing(open_before: u32, arrivals: u32, closures: u32) -> Flow {
    let today = day("2026-03-31");
    let ago = |days: u64| today.checked_sub_days(Days::new(days)).unwrap();
    let on = |opened: NaiveDate, closed: Option<NaiveDate>| Defect {
        opened,
        closed,
        ..defect("", Severity::High, "2026-01-01", closed.map(|_| "2026-01-01"))
    };
    let old = (0..open_before + closures).map(|n| on(ago(60), (n < closures).then(|| ago(7))));
    let new = (0..arrivals).map(|_| on(ago(41), None));
    let project = Project { defects: old.chain(new).collect(), ..Project::default() };
    found(&project, "2026-03-31").defects.unwrap().flow
}

#[test]
fn the_open_ones_are_cleared_at_the_net_pace_of_the_last_weeks() {
    // Calculated apart: 12 open, (18 - 6) / 6 = 2 a week, so 6 weeks. Standard error sqrt(24) / 6 = 0.816;
    // 12 / 3.046 = 3.94 weeks and 12 / 0.954 = 12.58 weeks.
    let flow = flowing(6, 6, 18);
    assert_eq!((flow.weeks, flow.arrivals, flow.closures), (6, 6, 18));
    let after = |days| day("2026-03-31").checked_add_days(Days::new(days)).unwrap();
    assert_eq!(flow.clearing, Clearing::By { day: after(42), early: after(28), late: Some(after(89)) });
    // 10 open, (10 - 8) / 6: 30 weeks, 57 days at best, and the slower pace clears nothing.
    let flow = flowing(2, 8, 10);
    assert_eq!(flow.clearing, Clearing::By { day: after(210), early: after(57), late: None });
}

#[test]
fn nothing_clears_while_as_many_arrive() {
    assert_eq!(flowing(3, 8, 8).clearing, Clearing::Never);
    assert_eq!(flowing(3, 9, 8).clearing, Clearing::Never);
    // One net closure in six weeks for 200 open ones: 1,200 weeks.
    assert_eq!(flowing(195, 5, 6).clearing, Clearing::Never);
}

#[test]
fn a_trend_is_more_than_chance() {
    let of = |before: u32, now: u32| {
        let many = |count: u32, opened: &str| {
            (0..count).map(|_| defect("", Severity::Low, opened, None)).collect::<Vec<_>>()
        };
        // The six weeks to 31 March begin on 18 February.
        let mut defects = many(before, "2026-02-17");
        defects.extend(many(now, "2026-02-18"));
        defects.extend(many(1, "2026-01-06"));
        defects.sort_by_key(|defect| defect.opened);
        let project = Project { defects, ..Project::default() };
        found(&project, "2026-03-31").defects.unwrap().flow.before
    };
    // The square root of 10 + 20 times 1.28 is 7.02.
    assert_eq!(of(10, 20), Some((10, Trend::Rising)));
    assert_eq!(of(10, 15), Some((10, Trend::Level)));
    assert_eq!(of(20, 10), Some((20, Trend::Falling)));
    let young =
        Project { defects: vec![defect("1", Severity::Low, "2026-03-20", None)], ..Project::default() };
    let flow = found(&young, "2026-03-31").defects.unwrap().flow;
    assert_eq!((flow.weeks, flow.before), (2, None), "eleven days are two weeks begun");
}

#[test]
fn tests_of_several_suites_add_up_and_stand_until_counted_again() {
    let count = |date: &str, suite: &str, figures: [Option<u32>; 4]| TestCount {
        date: day(date),
        suite: Some(suite.into()),
        planned: figures[0],
        executed: figures[1],
        passed: figures[2],
        failed: figures[3],
        origin: Origin::default(),
    };
    let project = Project {
        tests: vec![
            count("2026-03-06", "A", [Some(100), Some(20), Some(15), Some(5)]),
            count("2026-03-13", "A", [None, Some(50), Some(45), Some(5)]),
            count("2026-03-13", "B", [Some(60), None, Some(8), Some(2)]),
            count("2026-03-20", "B", [Some(60), Some(30), Some(30), Some(0)]),
            count("2026-04-03", "A", [Some(100), Some(100), Some(100), Some(0)]),
        ],
        ..Project::default()
    };
    let points = found(&project, "2026-03-31").tests;
    let shown: Vec<[Option<u64>; 4]> =
        points.iter().map(|point| [point.planned, point.executed, point.passed, point.failed]).collect();
    assert_eq!(
        shown,
        [
            [Some(100), Some(20), Some(15), Some(5)],
            [Some(160), Some(60), Some(53), Some(7)],
            [Some(160), Some(80), Some(75), Some(5)],
        ]
    );
    assert_eq!(pass_rate(&points), Ok(75.0 / 80.0));
    assert_eq!(points[2].progress(), Ok(0.5));
    assert_eq!(pass_rate(&[]), Err(Reason::NoData));
}

#[test]
fn a_deliverable_stands_where_its_dates_had_it_on_the_status_date() {
    use Stand::{Accepted, Overdue, Planned, Submitted};

    let made = |acceptance, due: &str, submitted: Option<&str>, accepted: Option<&str>| Deliverable {
        acceptance,
        due: Some(day(due)),
        submitted: submitted.map(day),
        accepted: accepted.map(day),
        ..Deliverable::default()
    };
    let project = Project {
        deliverables: vec![
            made(Acceptance::Accepted, "2026-03-10", Some("2026-03-09"), Some("2026-03-12")),
            made(Acceptance::Rejected, "2026-03-10", Some("2026-03-09"), None),
            made(Acceptance::Planned, "2026-03-20", None, None),
            made(Acceptance::Accepted, "2026-03-20", None, Some("2026-03-25")),
        ],
        ..Project::default()
    };
    let stands = |status: &str| -> Vec<Stand> {
        found(&project, status).deliverables.iter().map(|made| made.stand).collect()
    };
    assert_eq!(stands("2026-03-08"), [Planned, Planned, Planned, Planned]);
    assert_eq!(stands("2026-03-09"), [Submitted, Stand::Rejected, Planned, Planned]);
    assert_eq!(stands("2026-03-12"), [Accepted, Overdue, Planned, Planned]);
    assert_eq!(stands("2026-03-20"), [Accepted, Overdue, Planned, Planned], "its last day is still in time");
    assert_eq!(stands("2026-03-21"), [Accepted, Overdue, Overdue, Overdue]);
    assert_eq!(stands("2026-03-25"), [Accepted, Overdue, Overdue, Accepted]);
}

#[test]
fn density_is_of_the_hours_on_the_tasks_and_rework_is_booked_once() {
    // S holds A and B; the deliverable names S and A, whose hours are in S. "Rework of the import" is a task.
    let rows = [("S", 0, None), ("A", 100, Some(0)), ("B", 300, Some(0)), ("R", 50, None), ("D", 50, None)];
    let rows = rows.map(|(id, hours, parent)| {
        let (task, value) = leaf(id, 0, 0, 0, hours * 10);
        let hours = if id == "S" { 400.0 } else { f64::from(i32::try_from(hours).unwrap()) };
        let name = if id == "R" { "Rework of the import" } else { "Build" }.into();
        (Task { name, parent, ..task }, TaskValue { hours: Work::from_hours(hours), ..value })
    });
    let (mut project, values) = of_rows(rows.into());
    project.deliverables = vec![
        Deliverable { tasks: vec![0, 1], ..Deliverable::default() },
        Deliverable { tasks: Vec::new(), ..Deliverable::default() },
    ];
    let mine = |id: &str, closed| Defect {
        deliverable: Some(0),
        ..defect(id, Severity::High, "2026-03-02", closed)
    };
    project.defects = vec![mine("1", None), mine("2", Some("2026-03-03"))];
    let ten = |hours: f64| (Work::from_hours(hours), Money(units(10).0 * 20));
    let ledger = Ledger {
        // Twenty hours on B and on the task that is rework anyway.
        rework: vec![(Some(2), ten(20.0).0, ten(20.0).1), (Some(3), ten(20.0).0, ten(20.0).1)],
        ..Ledger::default()
    };
    let axis = axis("2026-03-31", PeriodKind::Month);
    let found = quality(&project, &values, &ledger, &axis, &Settings::default());
    let [one, other] = &found.deliverables[..] else { panic!("two deliverables") };
    assert_eq!((one.found, one.open, one.severe, one.hours), (2, 1, 1, Work::from_hours(400.0)));
    assert_eq!(one.density, Ok(5.0), "two defects in 400 hours");
    assert_eq!(other.density, Err(Reason::NoData));
    // 50 hours of the task and 20 of the activity on B, of 500 hours: 500 and 200 units.
    assert_eq!((found.rework.hours, found.rework.cost), (Work::from_hours(70.0), units(700)));
    assert_eq!((found.rework.share, &found.rework.tasks[..]), (Ok(0.14), &[3][..]));
}

#[test]
fn rework_goes_by_its_name() {
    for name in ["Rework", "re-work of the adapter", "Bug fixing", "bugfixes", "Defect fix", "Nacharbeiten"] {
        assert!(is_rework(name), "{name}");
    }
    for name in ["Framework", "Work", "Debug fixture", "Defect review", "Reprise de donn\u{e9}es", ""] {
        assert!(!is_rework(name), "{name}");
    }
}

#[test]
fn settings_that_mean_nothing_are_refused() {
    assert!(Settings::default().check().is_ok());
    assert!(Settings { weeks: 0, ..Settings::default() }.check().is_err());
    assert!(Settings { pass_red: 0.99, ..Settings::default() }.check().is_err());
}
