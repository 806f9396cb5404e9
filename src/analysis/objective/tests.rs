//! The examples that goals are usually made of.

use super::*;
use crate::analysis::example::day;
use crate::model::Origin;

fn objective(unit: &str, baseline: f64, target: f64, due: &str) -> Objective {
    Objective {
        id: "G".into(),
        unit: Some(unit.into()),
        baseline: Some(baseline),
        target: Some(target),
        due: Some(day(due)),
        better: Some(if target > baseline { Better::Higher } else { Better::Lower }),
        ..Objective::default()
    }
}

fn assessed(objective: Objective, measured: &[(&str, f64)], status: &str) -> Goal {
    let measurement = |(date, value): &(&str, f64)| Measurement {
        objective: 0,
        date: day(date),
        value: *value,
        origin: Origin::default(),
    };
    let project = Project {
        objectives: vec![objective],
        measurements: measured.iter().map(measurement).collect(),
        ..Project::default()
    };
    objectives(&project, day(status)).remove(0)
}

/// `1,000 visitors a day in three months`.
fn visitors() -> Objective {
    objective("visitors a day", 0.0, 1_000.0, "2026-06-30")
}

#[test]
fn a_thousand_visitors_a_day_in_three_months() {
    // Ten more a day, on the dot: 910 on 30 June.
    let slow = [("2026-04-10", 100.0), ("2026-04-20", 200.0), ("2026-04-30", 300.0)];
    let goal = assessed(visitors(), &slow, "2026-04-30");
    assert_eq!(goal.standing, Standing::AtRisk);
    assert_eq!(goal.out_of_reach, Some(true), "a line without scatter has no range");
    assert!((goal.projected.unwrap().value - 910.0).abs() < 1e-6);
    assert!((goal.achieved.unwrap() - 0.3).abs() < 1e-9);
    // Twelve more a day: 300 + 61 x 12 = 1,032.
    let fast = [("2026-04-10", 60.0), ("2026-04-20", 180.0), ("2026-04-30", 300.0)];
    assert_eq!(assessed(visitors(), &fast, "2026-04-30").standing, Standing::OnTrack);
}

#[test]
fn forty_per_cent_conversion_in_one_month() {
    let goal = || objective("%", 25.0, 40.0, "2026-04-30");
    let weeks = [("2026-04-03", 28.0), ("2026-04-10", 33.0), ("2026-04-17", 35.0), ("2026-04-24", 41.0)];
    assert_eq!(assessed(goal(), &weeks, "2026-04-24").standing, Standing::Reached);
    let early = assessed(goal(), &weeks, "2026-04-17");
    // By least squares 32 + 0.5 a day from 10 April: 42 on 30 April.
    assert_eq!((early.measurements, early.standing), (3, Standing::OnTrack));
    assert!((early.projected.unwrap().value - 42.0).abs() < 1e-9);
    assert!(early.projected.unwrap().high <= 100.0, "no share exceeds the whole");
    assert_ne!(assessed(goal(), &weeks[..3], "2026-04-30").standing, Standing::Missed, "its last day");
    assert_eq!(assessed(goal(), &weeks[..3], "2026-05-01").standing, Standing::Missed);
}

#[test]
fn fewer_can_be_better() {
    let calls = objective("calls", 1_000.0, 500.0, "2026-12-31");
    let falling = [("2026-01-31", 950.0), ("2026-02-28", 900.0), ("2026-03-31", 860.0)];
    let goal = assessed(calls, &falling, "2026-03-31");
    assert_eq!(goal.standing, Standing::OnTrack);
    assert!(goal.projected.unwrap().low >= 0.0, "a count does not fall below nothing");
    assert!((goal.achieved.unwrap() - 0.28).abs() < 1e-9);
}

#[test]
fn what_cannot_be_said_says_why() {
    let reason = |goal: Goal| match goal.standing {
        Standing::NotAssessable(reason) => reason,
        other => panic!("{other:?}"),
    };
    let two = [("2026-04-10", 100.0), ("2026-04-20", 200.0)];
    let few = assessed(visitors(), &two, "2026-04-30");
    assert_eq!(few.latest, Some((day("2026-04-20"), 200.0)));
    assert_eq!(reason(few), Reason::TooFewMeasurements);
    assert_eq!(reason(assessed(visitors(), &[], "2026-08-01")), Reason::NothingMeasured);
    let three = [("2026-04-10", 100.0), ("2026-04-20", 200.0), ("2026-04-30", 300.0)];
    let no_due = Objective { due: None, ..visitors() };
    assert_eq!(reason(assessed(no_due, &three, "2026-04-30")), Reason::NoDueDate);
    let no_target = Objective { target: None, ..visitors() };
    assert_eq!(reason(assessed(no_target, &three, "2026-04-30")), Reason::NoTarget);
    let no_way = Objective { better: None, ..visitors() };
    assert_eq!(reason(assessed(no_way, &three, "2026-04-30")), Reason::NoDirection);
}

#[test]
fn what_was_measured_after_the_status_date_is_not_known_yet() {
    let all = [("2026-04-10", 60.0), ("2026-04-20", 180.0), ("2026-04-30", 1_300.0)];
    let goal = assessed(visitors(), &all, "2026-04-29");
    assert_eq!((goal.measurements, goal.latest.map(|latest| latest.1)), (2, Some(180.0)));
}
