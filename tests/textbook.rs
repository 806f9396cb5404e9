//! Published examples of earned value and earned schedule, each with its source, through the whole of
//! analysis.

#![expect(clippy::unwrap_used, reason = "what a test of ours takes apart is there")]

use chrono::{Days, NaiveDate};
use earnest::analysis::metric::{self, METRICS};
use earnest::analysis::{ProjectFindings, Settings, analyze};
use earnest::calendar::{Moment, StatusDate, WorkCalendar, end_of_day, start_of_day};
use earnest::model::{EarningRule, Origin, PerformancePoint, Portfolio, Project, Task, TaskStatus};
use earnest::quantity::Money;

/// Monday, 2 March 2026, and the days after it.
fn day(n: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap() + Days::new(n)
}

fn money(units: f64) -> Money {
    Money::from_units(units)
}

/// A task of so many working days from Monday on (five at most) with a baseline cost.
fn task(id: &str, days: u64, cost: f64) -> Task {
    Task {
        id: id.into(),
        baseline_start: Some(start_of_day(day(0))),
        baseline_finish: Some(end_of_day(day(days - 1))),
        baseline_cost: Some(money(cost)),
        ..Task::default()
    }
}

/// The findings of a project at the end of a day.
fn findings(project: Project, at: NaiveDate, settings: Settings) -> ProjectFindings {
    let project = Project { calendars: vec![WorkCalendar::default()], ..project };
    let portfolio = Portfolio { projects: vec![project], ..Portfolio::default() };
    let settings = Settings { status_date: Some(StatusDate::end_of(at)), ..settings };
    analyze(&portfolio, &settings).projects.remove(0)
}

fn of_tasks(tasks: Vec<Task>, at: NaiveDate) -> ProjectFindings {
    findings(Project { tasks, ..Project::default() }, at, Settings::default())
}

/// A ready series of weeks: planned value of each, earned value and actual cost of the first ones.
fn of_series(planned: &[f64], earned: &[f64], actual: &[f64], bac: f64) -> ProjectFindings {
    let end = |week: usize| -> Moment { start_of_day(day(7 * (week as u64 + 1))) };
    let performance = planned
        .iter()
        .enumerate()
        .map(|(week, pv)| PerformancePoint {
            at: end(week),
            pv: money(*pv),
            ev: earned.get(week).map(|ev| money(*ev)),
            ac: actual.get(week).map(|ac| money(*ac)),
            origin: Origin::default(),
        })
        .collect();
    let tasks = vec![Task { baseline_finish: Some(end(planned.len() - 1)), ..task("1", 1, bac) }];
    let project = Project { tasks, performance, ..Project::default() };
    findings(project, day(7 * earned.len() as u64 - 1), Settings::default())
}

/// One status date of a project: BAC, PV, EV, AC.
fn snapshot(bac: f64, pv: f64, ev: f64, ac: f64) -> ProjectFindings {
    of_series(&[pv, bac], &[ev], &[ac], bac)
}

fn value(findings: &ProjectFindings, id: &str) -> f64 {
    (metric::metric(id).unwrap().value)(&findings.measures).unwrap()
}

fn eac(findings: &ProjectFindings, method: &str) -> f64 {
    findings.cost_forecasts.iter().find(|forecast| forecast.method == method).unwrap().eac.unwrap()
}

#[track_caller]
fn near(value: f64, expect: f64, tolerance: f64) {
    assert!((value - expect).abs() <= tolerance, "{value}, expected {expect}");
}

/// Lipke, Schedule is Different (2003): EV 3.40 between PV of month 5 (3.00) and of month 6 (5.00).
#[test]
fn lipke_earned_schedule_of_five_point_two_months() {
    let planned = [0.5, 1.0, 1.5, 2.2, 3.0, 5.0, 6.0];
    let project = of_series(&planned, &[0.5, 1.0, 1.4, 2.0, 2.5, 3.0, 3.4], &[], 6.0);
    near(value(&project, "es_periods"), 5.2, 1e-9);
    near(value(&project, "spi_t"), 5.2 / 7.0, 1e-9);
}

/// A project of 100,000 planned at 10, 20, 40, 70 and 100%: after period 3, 35% is done (the worked example
/// of SPI in PMI's study guides).
#[test]
fn schedule_performance_index_of_a_planned_share() {
    let planned = [10_000.0, 20_000.0, 40_000.0, 70_000.0, 100_000.0];
    let project = of_series(&planned, &[10_000.0, 18_000.0, 35_000.0], &[], 100_000.0);
    near(value(&project, "spi"), 0.875, 1e-9);
    near(value(&project, "pct_complete"), 0.35, 1e-9);
}

/// A four-day task of 100, looked at after day 3 with 60% done for 70: PV 75, EV 60, AC 70.
#[test]
fn four_days_of_a_hundred_after_the_third() {
    let done = Task { percent_complete: Some(0.6), actual_cost: Some(money(70.0)), ..task("1", 4, 100.0) };
    let project = of_tasks(vec![done], day(2));
    for (id, expect) in [("pv", 75.0), ("ev", 60.0), ("ac", 70.0), ("sv", -15.0), ("cv", -10.0), ("spi", 0.8)]
    {
        near(value(&project, id), expect, 1e-9);
    }
    near(value(&project, "cpi"), 60.0 / 70.0, 1e-9);
    near(eac(&project, "cpi"), 70.0 / 60.0 * 100.0, 1e-9);
}

/// Twenty-four hours over three days: 8, 16 and 24 are planned by the end of each.
#[test]
fn twenty_four_hours_over_three_days() {
    for (n, expect) in [(0, 8.0), (1, 16.0), (2, 24.0)] {
        near(value(&of_tasks(vec![task("1", 3, 24.0)], day(n)), "pv"), expect, 1e-9);
    }
}

/// BAC 10,000, AC 11,000 and 91.667% complete earn 9,166.67; with 1,000 estimated for the rest the bottom-up
/// estimate is 12,000 and the variance at completion -2,000.
#[test]
fn bottom_up_estimate_and_variance_at_completion() {
    let done = Task {
        percent_complete: Some(0.916_667),
        actual_cost: Some(money(11_000.0)),
        remaining_cost: Some(money(1_000.0)),
        ..task("1", 5, 10_000.0)
    };
    let settings = Settings { preferred_cost: Some("bottom_up".to_owned()), ..Settings::default() };
    let project = findings(Project { tasks: vec![done], ..Project::default() }, day(4), settings);
    near(value(&project, "ev"), 9_166.67, 0.005);
    near(eac(&project, "bottom_up"), 12_000.0, 1e-9);
    near(value(&project, "vac"), -2_000.0, 1e-9);
    assert_eq!(project.recommended.cost, "bottom_up");
    // AC is past BAC with work left: no efficiency brings it back.
    assert!((metric::TCPI_BAC.value)(&project.measures).is_err());
}

/// A window of five days that are all off is spread over those days.
#[test]
fn days_off_only_take_the_cost_all_the_same() {
    let off = (0..5).map(|n| (day(n), Vec::new())).collect();
    let working: [Vec<(u32, u32)>; 7] =
        std::array::from_fn(|i| if i < 5 { vec![(28_800, 57_600)] } else { Vec::new() });
    let project = Project {
        tasks: vec![task("1", 5, 50.0)],
        calendars: vec![WorkCalendar::new("closed", working, off)],
        ..Project::default()
    };
    let portfolio = Portfolio { projects: vec![project], ..Portfolio::default() };
    let settings = Settings { status_date: Some(StatusDate::end_of(day(1))), ..Settings::default() };
    near(value(&analyze(&portfolio, &settings).projects[0], "pv"), 20.0, 1e-9);
}

/// ProjectEngineer.net, earned value example.
#[test]
fn project_engineer() {
    let project = snapshot(10_000.0, 3_000.0, 2_000.0, 4_500.0);
    near(value(&project, "cv"), -2_500.0, 1e-9);
    near(value(&project, "sv"), -1_000.0, 1e-9);
    near(value(&project, "cpi"), 0.44, 0.005);
    near(value(&project, "spi"), 0.67, 0.005);
    near(eac(&project, "remaining_at_budget"), 12_500.0, 1e-9);
}

/// The PM Student, EVM forecasting (2007); it rounds CPI to 1.06 before dividing.
#[test]
fn the_pm_student() {
    let project = snapshot(200_000.0, 100_000.0, 90_000.0, 85_000.0);
    near(value(&project, "cpi"), 1.06, 0.005);
    near(value(&project, "spi"), 0.9, 1e-9);
    near(eac(&project, "cpi"), 188_800.0, 200.0);
    near(eac(&project, "remaining_at_budget"), 195_000.0, 1e-9);
    near(value(&project, "etc"), 110_000.0, 1e-9);
}

/// Sample project of an EVM course on wnwk.com.
#[test]
fn sample_project_of_five_hundred() {
    let project = snapshot(500.0, 300.0, 200.0, 250.0);
    near(value(&project, "cv"), -50.0, 1e-9);
    near(value(&project, "sv"), -100.0, 1e-9);
    near(eac(&project, "cpi"), 625.0, 1e-9);
}

/// Govan, Project Risk Analysis (the `PRA` package for R), chapter on earned value: the example and the exercise.
#[test]
fn project_risk_analysis() {
    let project = snapshot(500_000.0, 250_000.0, 200_000.0, 290_000.0);
    near(value(&project, "cpi"), 0.689_655_2, 1e-7);
    near(eac(&project, "cpi"), 725_000.0, 1e-6);
    near(eac(&project, "remaining_at_budget"), 590_000.0, 1e-6);
    near(eac(&project, "cpi_spi"), 833_750.0, 1e-6);
    near(value(&project, "tcpi_bac"), 1.428_571, 1e-6);

    let project = snapshot(200_000.0, 80_000.0, 60_000.0, 70_000.0);
    near(eac(&project, "cpi"), 233_333.3, 0.05);
    near(eac(&project, "remaining_at_budget"), 210_000.0, 1e-6);
    near(eac(&project, "cpi_spi"), 287_777.8, 0.05);
    near(value(&project, "tcpi_bac"), 1.076_923, 1e-6);
}

/// The rules of PMI's Practice Standard for Earned Value Management on one task of 100 each, half way.
#[test]
fn earning_rules() {
    let half = |rule: EarningRule| {
        let task = Task {
            percent_complete: Some(0.5),
            physical_percent: Some(0.3),
            earning_rule: Some(rule),
            ..task("1", 4, 100.0)
        };
        value(&of_tasks(vec![task], day(2)), "ev")
    };
    near(half(EarningRule::Fixed { at_start: 0.0, at_finish: 1.0 }), 0.0, 1e-9);
    near(half(EarningRule::Fixed { at_start: 1.0, at_finish: 0.0 }), 100.0, 1e-9);
    near(half(EarningRule::Fixed { at_start: 0.25, at_finish: 0.75 }), 25.0, 1e-9);
    near(half(EarningRule::PercentComplete), 50.0, 1e-9);
    near(half(EarningRule::PhysicalPercent), 30.0, 1e-9);
    near(half(EarningRule::Milestones), 50.0, 1e-9);
    near(half(EarningRule::Units), 50.0, 1e-9);
    near(half(EarningRule::LevelOfEffort), 75.0, 1e-9);
    near(half(EarningRule::PlanningPackage), 0.0, 1e-9);
}

/// Without any percentage: done earns all, in progress half, to do nothing (METRICS of the field: 0/50/100).
#[test]
fn by_status() {
    for (status, expect) in
        [(TaskStatus::Done, 100.0), (TaskStatus::InProgress, 50.0), (TaskStatus::ToDo, 0.0)]
    {
        let task = Task { status: Some(status), ..task("1", 4, 100.0) };
        near(value(&of_tasks(vec![task], day(2)), "ev"), expect, 1e-9);
    }
}

/// A late project: SPI comes back to 1 when all is done, SPI(t) does not (Lipke 2003).
#[test]
fn a_late_end_shows_in_time() {
    let late = Task {
        percent_complete: Some(1.0),
        actual_start: Some(start_of_day(day(0))),
        actual_finish: Some(end_of_day(day(4))),
        ..task("1", 4, 100.0)
    };
    let project = of_tasks(vec![late], day(4));
    near(value(&project, "spi"), 1.0, 1e-9);
    near(value(&project, "spi_t"), 4.0 / 5.0, 1e-9);
    near(value(&project, "sv_t"), -1.0, 1e-9);
    near(value(&project, "p_factor"), 1.0, 1e-9);
    assert_eq!(project.recommended.finish, "actual");
}

/// Every figure of an empty project is a figure or a reason, never NaN or infinite.
#[test]
fn nothing_in_nothing_out() {
    let project = of_tasks(Vec::new(), day(0));
    for metric in METRICS {
        assert!(
            (metric.value)(&project.measures).is_ok_and(f64::is_finite)
                || (metric.value)(&project.measures).is_err()
        );
    }
    assert!(
        project.cost_forecasts.iter().all(|forecast| forecast.eac.is_err() || forecast.method == "bottom_up")
    );
}
