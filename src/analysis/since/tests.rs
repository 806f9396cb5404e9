//! A project of a few tasks and its last report, both written by hand; every figure is counted on one's fingers.

use chrono::NaiveDate;

use super::*;
use crate::analysis::example::{axis, day, leaf, project as of_tasks, value};
use crate::analysis::measures::ExecutionMeasures;
use crate::analysis::metric::CEI;
use crate::analysis::milestone;
use crate::analysis::status::TimeAxis;
use crate::analysis::{Reserves, TaskValue, risk as register};
use crate::calendar::{PeriodKind, end_of_day};
use crate::language::Phrase;
use crate::model::{
    Magnitude, PreviousFigures, PreviousMilestone, PreviousRisk, PreviousTask, Risk, RiskStatus, Task,
    TaskKind, TaskStatus,
};
use crate::quantity::Reason;

fn end(text: &str) -> Moment {
    end_of_day(day(text))
}

fn march() -> TimeAxis {
    axis("2026-03-31", PeriodKind::Month)
}

/// A task that is finished on a day, or forecast for one.
fn task(id: &str, finished: bool, on: &str) -> (Task, TaskValue) {
    let (task, mut value) = leaf(id, 10, 10, if finished { 10 } else { 5 }, 5);
    value.expected_finish = Some(end(on));
    value.actual_finish = finished.then(|| end(on));
    (task, value)
}

/// What the last report said of a task.
fn then(id: &str, finished: bool, on: Option<&str>) -> PreviousTask {
    PreviousTask { id: id.into(), finished, forecast_finish: on.map(end) }
}

fn last_report(tasks: Vec<PreviousTask>) -> Previous {
    Previous {
        file: "atlas.json".into(),
        status: StatusDate::end_of(day("2026-02-28")),
        currency: None,
        figures: PreviousFigures::default(),
        health: Vec::new(),
        tasks,
        milestones: Vec::new(),
        risks: None,
    }
}

fn compared(rows: Vec<(Task, TaskValue)>, previous: Option<Previous>) -> (Project, ProjectValue) {
    let (mut project, values) = of_tasks(rows);
    project.previous = previous.map(Box::new);
    (project, value(&values))
}

/// Eight were forecast to finish in March: six did, one waits, one is worked at. One was finished before, one was
/// forecast for April, one was cancelled and one is gone: 6 / 8 = 0.75.
#[test]
fn cei_is_finished_of_those_forecast_to_finish() {
    let mut rows: Vec<_> = (1..=6).map(|n| task(&format!("D{n}"), true, "2026-03-20")).collect();
    rows.extend([task("W", false, "2026-04-10"), task("A", false, "2026-04-03")]);
    rows.extend([task("old", true, "2026-02-20"), task("april", true, "2026-03-25")]);
    let mut cancelled = task("off", false, "2026-04-30");
    cancelled.0.status = Some(TaskStatus::Cancelled);
    rows.push(cancelled);
    let mut said: Vec<_> = (1..=6).map(|n| then(&format!("D{n}"), false, Some("2026-03-13"))).collect();
    // To be finished at once, and on the last day that counts.
    said.extend([then("W", false, Some("2026-02-28")), then("A", false, Some("2026-03-31"))]);
    said.extend([then("old", true, Some("2026-02-20")), then("april", false, Some("2026-04-01"))]);
    said.extend([then("off", false, Some("2026-03-06")), then("gone", false, Some("2026-03-06"))]);
    let (project, mut value) = compared(rows, Some(last_report(said)));
    let found = execution(&project, &value, &march());
    value.measures.execution = ExecutionMeasures::of(&found);
    assert_eq!((CEI.value)(&value.measures), Ok(0.75));
    let found = found.unwrap();
    assert_eq!((found.met.as_slice(), found.due()), (&[0, 1, 2, 3, 4, 5][..], 8));
    assert_eq!(found.dropped, ["off", "gone"]);
    // Saturday, 28 February to Friday, 10 April: 30 working days. Tuesday, 31 March to Friday, 3 April: three.
    let missed: Vec<_> = found.missed.iter().map(|missed| (missed.task, missed.days)).collect();
    assert_eq!(missed, [(6, Some(30.0)), (7, Some(3.0))]);
}

#[test]
fn without_what_it_needs_there_is_no_cei_and_a_reason() {
    let reason = |previous| {
        let (project, value) = compared(vec![task("A", true, "2026-03-20")], previous);
        ExecutionMeasures::of(&execution(&project, &value, &march())).due.unwrap_err()
    };
    assert_eq!(reason(None), Reason::NoPrevious);
    assert_eq!(reason(Some(last_report(vec![then("A", false, None)]))), Reason::NoForecastThen);
    assert_eq!(
        reason(Some(last_report(vec![then("A", false, Some("2026-05-01"))]))),
        Reason::NothingForecast
    );
    // A report is not compared with itself.
    let own = Previous { status: march().status, ..last_report(vec![then("A", false, Some("2026-03-01"))]) };
    assert_eq!(reason(Some(own)), Reason::NoPrevious);
}

/// Everything that changed.
fn all(
    project: &Project,
    value: &ProjectValue,
    health: &[HealthFinding],
    scales: &register::Scales,
) -> Since {
    let axis = march();
    let risk = register::risks(project, 100.0, &Reserves::default(), None, &axis, scales);
    since(&Given {
        project,
        value,
        milestones: &milestone::milestones(project, &value.tasks, &axis),
        health,
        risk: &risk,
        issues: &IssueFindings::default(),
        quality: &QualityFindings::default(),
        axis: &axis,
    })
    .unwrap()
}

#[test]
fn what_was_finished_since_and_which_milestones_moved() {
    let milestone = |id, finished, on| {
        let (mut task, value) = task(id, finished, on);
        task.kind = TaskKind::Milestone;
        (task, value)
    };
    let rows = vec![
        task("before", true, "2026-02-20"),
        task("since", true, "2026-03-20"),
        task("first", true, "2026-03-06"),
        task("added", true, "2026-03-10"),
        milestone("slips", false, "2026-04-15"),
        milestone("stays", false, "2026-04-30"),
        milestone("reached", true, "2026-03-16"),
    ];
    let mut last = last_report(vec![
        then("before", true, None),
        then("since", false, None),
        then("first", false, None),
        then("reached", false, None),
    ]);
    let said = |id: &str, on| PreviousMilestone { id: id.into(), forecast: Some(end(on)), reached: false };
    last.milestones =
        vec![said("slips", "2026-04-10"), said("stays", "2026-04-30"), said("reached", "2026-03-18")];
    let (project, value) = compared(rows, Some(last));
    let found = all(&project, &value, &[], &register::Scales::default());
    // By the day they were finished: 6, 10, 16 and 20 March.
    assert_eq!(found.finished, [2, 3, 6, 1]);
    let moved: Vec<_> = found
        .milestones
        .iter()
        .filter(|moved| moved.is_news())
        .map(|moved| (project.tasks[moved.task].id.as_str(), moved.days, moved.slipped()))
        .collect();
    // Friday, 10 April to Wednesday, 15 April: three working days. 18 to 16 March: two earlier.
    assert_eq!(moved, [("reached", -2.0, false), ("slips", 3.0, true)]);
}

#[test]
fn risks_are_new_gone_heavier_or_lighter() {
    let risk = |id: &str, chance: f64, cost: f64, status| Risk {
        id: id.into(),
        title: format!("Now {id}"),
        probability: Some(Magnitude::of(chance)),
        impact_cost: Some(Magnitude::of(cost)),
        status,
        ..Risk::default()
    };
    let said = |id: &str, open, cost: f64| PreviousRisk {
        id: id.into(),
        title: format!("Then {id}"),
        open,
        cost: Some(cost),
        days: Some(0.0),
        gravity: None,
    };
    let mut last = last_report(Vec::new());
    last.risks = Some(vec![
        said("same", true, 500.0),
        said("up", true, 400.0),
        said("down", true, 900.0),
        said("hit", true, 100.0),
        said("shut", true, 100.0),
        said("back", false, 0.0),
        said("over", false, 0.0),
        said("gone", true, 50.0),
        said("gain", true, -100.0),
    ]);
    let (mut project, value) = compared(vec![task("A", true, "2026-03-20")], Some(last));
    project.risks = vec![
        risk("new", 0.5, 1_000.0, RiskStatus::Open),
        risk("same", 0.5, 1_000.0, RiskStatus::Open),
        risk("up", 0.5, 1_000.0, RiskStatus::Open),
        risk("down", 0.5, 1_000.0, RiskStatus::Open),
        risk("hit", 0.5, 1_000.0, RiskStatus::Occurred),
        risk("shut", 0.5, 1_000.0, RiskStatus::Closed),
        risk("back", 0.5, 1_000.0, RiskStatus::Open),
        risk("over", 0.5, 1_000.0, RiskStatus::Closed),
        Risk { raised: NaiveDate::from_ymd_opt(2026, 4, 2), ..risk("later", 0.5, 1.0, RiskStatus::Open) },
        Risk { kind: crate::model::RiskKind::Opportunity, ..risk("gain", 0.5, 400.0, RiskStatus::Open) },
    ];
    let found = all(&project, &value, &[], &register::Scales::default());
    let moved: Vec<_> = found.risks.as_ref().unwrap().iter().map(|risk| (&*risk.id, risk.moved)).collect();
    assert_eq!(
        moved,
        [
            ("hit", Moved::Occurred),
            ("new", Moved::New),
            ("back", Moved::Reopened),
            ("up", Moved::Risen),
            ("gain", Moved::Risen),
            ("down", Moved::Fallen),
            ("shut", Moved::Closed),
            ("gone", Moved::Removed),
        ]
    );
    // What is no longer in the register is called as it was then.
    assert_eq!(found.risks.unwrap().pop().unwrap().title, "Then gone");
}

#[test]
fn figures_and_health_are_compared_where_both_are_known() {
    let mut last = last_report(Vec::new());
    // Of a budget of 20 half was earned: 10 / 20; at CPI 1.1.
    last.figures = PreviousFigures {
        bac: Some(20.0),
        percent_complete: Some(0.5),
        cpi: Some(1.1),
        open_issues: Some(3),
        ..PreviousFigures::default()
    };
    last.health = vec![
        ("Overall".into(), Some(Health::Green)),
        ("Cost".into(), None),
        ("Schedule".into(), Some(Health::Red)),
    ];
    let finding = |dimension, rating| HealthFinding {
        dimension,
        rating: Some(rating),
        rule: Phrase::said(""),
        missing: None,
        at_end: None,
    };
    let health =
        [finding("Overall", Health::Amber), finding("Schedule", Health::Amber), finding("Cost", Health::Red)];
    let rows = vec![task("A", true, "2026-03-20"), task("B", false, "2026-04-20")];
    let (project, value) = compared(rows.clone(), Some(last.clone()));
    let scales = register::Scales::default();
    let found = all(&project, &value, &health, &scales);
    let turns: Vec<_> = found.health.iter().map(Rated::turn).collect();
    assert_eq!(turns, [Some(Turn::Worse), Some(Turn::Better), None]);
    let figure = |found: &Since, id: &str| found.figures.iter().find(|figure| figure.id == id).copied();
    // Now 15 of 20 are earned for 10: 75% complete, CPI 1.5.
    let change = |id| figure(&found, id).unwrap().change.unwrap();
    assert!((change("pct_complete") - 0.25).abs() < 1e-12 && (change("cpi") - 0.4).abs() < 1e-12);
    assert_eq!(figure(&found, "bac").unwrap().change, Some(0.0));
    // A project without an issue log: then is known, now is not.
    assert_eq!(
        figure(&found, "open_issues").map(|of| (of.then, of.now, of.change)),
        Some((Some(Amount::Number(3.0)), None, None))
    );
    assert_eq!(figure(&found, "exposure"), None);

    let without_budget =
        Previous { figures: PreviousFigures { bac: Some(0.0), ..last.figures.clone() }, ..last.clone() };
    let (project, value) = compared(rows.clone(), Some(without_budget));
    let bac = figure(&all(&project, &value, &health, &scales), "bac").unwrap();
    assert_eq!((bac.then, bac.now, bac.change), (None, Some(Amount::Number(20.0)), None));

    last.currency = Some("USD".into());
    let (mut project, value) = compared(rows, Some(last));
    project.currency = Some("EUR".into());
    let found = all(&project, &value, &health, &scales);
    assert_eq!(found.other_currency.as_deref(), Some("USD"));
    assert_eq!(figure(&found, "bac").unwrap().then, None);
    assert!(figure(&found, "cpi").unwrap().change.is_some());
}
