use super::*;
use crate::analysis::FinishForecast;
use crate::analysis::example::{axis, day, leaf, project, units, value};
use crate::calendar::{PeriodKind, end_of_day};

fn change(id: &str, state: ChangeState, cost: Option<i64>, days: Option<f64>, decided: &str) -> Change {
    Change {
        id: id.into(),
        title: id.into(),
        state,
        impact_cost: cost.map(units),
        impact_days: days,
        raised: Some(day("2026-01-05")),
        decided: (!decided.is_empty()).then(|| day(decided)),
        ..Change::default()
    }
}

/// BAC 1,000 to Friday 29 May 2026, EAC 1,150, forecast Friday 12 June: ten working days late.
fn with(changes: Vec<Change>) -> (Project, ProjectValue) {
    let (mut project, values) = project(vec![leaf("A", 1_000, 500, 450, 520)]);
    project.changes = changes;
    let mut value = value(&values);
    value.planned_finish = Some(end_of_day(day("2026-05-29")));
    value.measures.eac = Ok(1_150.0);
    value.finish_forecasts = vec![FinishForecast {
        method: "plan",
        name: "",
        formula: "",
        finish: Ok(end_of_day(day("2026-06-12"))),
    }];
    (project, value)
}

fn log() -> Vec<Change> {
    vec![
        change("in", ChangeState::Implemented, Some(60), Some(4.0), "2026-01-20"),
        change("early", ChangeState::Approved, Some(-20), Some(0.0), "2026-01-30"),
        change("late", ChangeState::Approved, Some(100), Some(3.0), "2026-02-20"),
        change("asked", ChangeState::Raised, Some(40), None, ""),
        change("later", ChangeState::Deferred, Some(7), Some(1.0), "2026-02-10"),
        change("no", ChangeState::Rejected, Some(500), Some(90.0), "2026-02-10"),
    ]
}

fn found(project: &Project, value: &ProjectValue) -> ChangeFindings {
    changes(project, value, &axis("2026-03-31", PeriodKind::Month))
}

#[test]
fn the_day_of_the_baseline_tells_what_is_in_it() {
    use Standing::{Deferred, InBaseline, Outside, Rejected, Waiting};
    let (mut project, value) = with(log());
    let standings = |found: &ChangeFindings| found.standings.iter().map(|s| s.unwrap()).collect::<Vec<_>>();
    let without = found(&project, &value);
    assert_eq!(standings(&without), [InBaseline, Outside, Outside, Waiting, Deferred, Rejected]);
    project.charter.baseline_date = Some(day("2026-01-30"));
    let dated = found(&project, &value);
    assert_eq!(standings(&dated), [InBaseline, InBaseline, Outside, Waiting, Deferred, Rejected]);
    assert_eq!(dated.order, [0, 1, 2, 3, 4, 5]);
    let inside = dated.effect(InBaseline);
    assert_eq!((inside.changes, inside.cost, inside.volume, inside.days), (2, units(40), units(80), 4.0));
    assert_eq!(dated.effect(Waiting).without_days, 1);
}

#[test]
fn a_first_baseline_that_is_stated_shows_what_no_change_explains() {
    let (mut project, value) = with(log());
    project.charter.baseline_date = Some(day("2026-01-30"));
    project.charter.first_budget = Some(units(945));
    // Friday 15 May: ten working days before 29 May, of which the changes explain four.
    project.charter.first_finish = Some(end_of_day(day("2026-05-15")));
    let found = found(&project, &value);
    // 945 + 60 - 20 = 985; the baseline holds 1,000.
    assert_eq!(found.budget.drift, Some(units(15)));
    let finish = found.finish.unwrap();
    assert_eq!((finish.source, finish.changes, finish.drift), (First::Stated, 4.0, Some(6.0)));
    // EAC is 150 over and the approved change outside explains 100; ten days late, three of them approved.
    assert_eq!(found.unapproved_cost, Ok(50.0));
    assert_eq!(found.unapproved_days, Ok(7.0));
}

#[test]
fn a_first_baseline_that_is_not_stated_is_todays_without_its_changes() {
    let (mut project, value) = with(log());
    project.charter.baseline_date = Some(day("2026-01-30"));
    let found = found(&project, &value);
    let budget = &found.budget;
    assert_eq!((budget.first, budget.source, budget.drift), (units(960), First::Derived, None));
    assert_eq!(budget.first + budget.changes, budget.today);
    let finish = found.finish.unwrap();
    // Four working days before Friday 29 May.
    assert_eq!((finish.first, finish.source), (day("2026-05-25"), First::Derived));
}

#[test]
fn first_plus_changes_plus_drift_is_today_whatever_the_figures() {
    for (first, cost) in [(1_000, 0), (700, 123), (2_000, -456), (0, 1)] {
        let (mut project, value) =
            with(vec![change("c", ChangeState::Implemented, Some(cost), None, "2026-01-20")]);
        project.charter.first_budget = Some(units(first));
        let budget = found(&project, &value).budget;
        assert_eq!(budget.first + budget.changes + budget.drift.unwrap(), budget.today);
    }
}

#[test]
fn what_was_decided_after_the_status_date_still_waits() {
    let (project, value) = with(log());
    let found = changes(&project, &value, &axis("2026-02-15", PeriodKind::Month));
    assert_eq!(found.standings[2], Some(Standing::Waiting));
    let earlier = changes(&project, &value, &axis("2026-01-04", PeriodKind::Month));
    assert!(earlier.standings.iter().all(Option::is_none) && earlier.order.is_empty());
}
