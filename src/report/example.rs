//! A small project with results written by hand, for the tests of this room.
//!
//! | task | BAC | PV | EV | AC |
//! |---|---|---|---|---|
//! | Design | 20,000 | 20,000 | 20,000 | 24,000 |
//! | Implementation | 60,000 | 40,000 | 30,000 | 36,000 |
//! | Migration | 20,000 | 0 | 0 | 0 |
//! | Project office (level of effort) | 10,000 | 5,000 | 5,000 | 5,000 |
//! | budget and cost on no task | 5,000 | 2,000 | 0 | 1,000 |
//! | **all** | 115,000 | 67,000 | 55,000 | 66,000 |

use std::sync::Arc;

use chrono::NaiveDate;

use crate::analysis::exception::Exception;
use crate::analysis::{
    Category, CostForecast, Effort, EffortLine, Findings, FinishForecast, Group, HealthFinding, Measures,
    Milestone, PeriodValue, ProjectFindings, Recommended, TaskValue, Trust, Unmatched, Variance,
};
use crate::calendar::{Moment, PeriodKind, StatusDate, WorkCalendar, end_of_day, start_of_day};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::language::Phrase;
use crate::model::{Charter, EarningRule, Origin, Portfolio, Project, TableRead, Task, TaskKind, TaskStatus};
use crate::quantity::{Health, Money, Reason, Work};

/// A day of 2026.
pub(super) fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, month, day).unwrap()
}

/// Thousands of the currency.
pub(super) fn thousand(units: i64) -> Money {
    Money(units * 1_000 * Money::SCALE)
}

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
fn starts(on: NaiveDate) -> Option<Moment> {
    Some(start_of_day(on))
}

#[expect(clippy::unnecessary_wraps, reason = "the fields it fills are optional")]
fn ends(on: NaiveDate) -> Option<Moment> {
    Some(end_of_day(on))
}

/// The project.
pub(super) fn project() -> Project {
    let task = |id: &str, wbs: &str, name: &str, kind, parent: Option<usize>, row| Task {
        id: id.into(),
        wbs: Some(wbs.into()),
        name: name.into(),
        kind,
        parent,
        level: u32::from(parent.is_some()),
        origin: Origin { file: Arc::from("tasks.csv"), sheet: None, row },
        ..Task::default()
    };
    let planned = |task: Task, from, to, bac: i64| Task {
        baseline_start: starts(from),
        baseline_finish: ends(to),
        baseline_cost: Some(thousand(bac)),
        ..task
    };
    let tasks = vec![
        task("B", "1", "Build", TaskKind::Summary, None, 2),
        Task {
            status: Some(TaskStatus::Done),
            ..planned(task("T1", "1.1", "Design", TaskKind::Task, Some(0), 3), day(1, 5), day(1, 30), 20)
        },
        planned(task("T2", "1.2", "Implementation", TaskKind::Task, Some(0), 4), day(2, 2), day(4, 30), 60),
        planned(task("M1", "1.3", "Beta ready", TaskKind::Milestone, Some(0), 5), day(4, 30), day(4, 30), 0),
        task("R", "2", "Roll-out", TaskKind::Summary, None, 6),
        planned(task("T3", "2.1", "Migration", TaskKind::Task, Some(4), 7), day(5, 4), day(6, 30), 20),
        planned(
            task("T4", "3", "Project office", TaskKind::LevelOfEffort, None, 8),
            day(1, 5),
            day(6, 30),
            10,
        ),
    ];
    Project {
        id: "harbour".to_owned(),
        name: "Harbour".to_owned(),
        currency: Some("EUR".to_owned()),
        charter: Charter {
            sponsor: Some("Ada Lindqvist".to_owned()),
            manager: Some("Ben Okoro".to_owned()),
            ..Charter::default()
        },
        tasks,
        calendars: vec![WorkCalendar::default()],
        ..Project::default()
    }
}

fn value(figures: [i64; 4]) -> TaskValue {
    let [bac, pv, ev, ac] = figures.map(thousand);
    TaskValue {
        bac,
        pv,
        ev,
        ac,
        earned_share: None,
        percent_complete: 0.0,
        rule: EarningRule::PercentComplete,
        hours: Work::ZERO,
        actual_start: None,
        actual_finish: None,
        expected_start: None,
        expected_finish: None,
    }
}

/// Figures of which only the four base ones are set.
pub(super) fn measures(figures: [i64; 4]) -> Measures {
    let [bac, pv, ev, ac] = figures.map(thousand);
    Measures {
        bac,
        pv,
        ev,
        ac: Ok(ac),
        pv_discrete: pv,
        ev_discrete: ev,
        ..Measures::unknown(Reason::NoData)
    }
}

/// The results.
#[expect(clippy::too_many_lines, reason = "a table of figures, one after the other")]
pub(super) fn found() -> ProjectFindings {
    let period = PeriodKind::Month.period_of(day(3, 31));
    let hours = |planned: f64, booked: f64, available: f64, cost: i64| EffortLine {
        planned: Some(Work::from_hours(planned)),
        booked: Work::from_hours(booked),
        available: Some(Work::from_hours(available)),
        cost: thousand(cost),
        ..EffortLine::default()
    };
    ProjectFindings {
        execution: Err(Reason::NoPrevious),
        since: None,
        status_date: StatusDate::end_of(day(3, 31)),
        status_date_from: Some(Phrase::said("timesheets.csv")),
        period,
        period_kind: PeriodKind::Month,
        planned_start: starts(day(1, 5)),
        planned_finish: ends(day(6, 30)),
        series_derived: false,
        notes: vec![Phrase::said("The fixed cost of 1 task is spread evenly over its working time.")],
        measures: Measures {
            pv_discrete: thousand(62),
            ev_discrete: thousand(50),
            committed: thousand(3),
            eac: Ok(138_000.0),
            planned_duration: Ok(127.0),
            actual_time: Ok(62.0),
            earned_schedule: Ok(50.0),
            earned_periods: Ok(2.4),
            actual_periods: Ok(3.0),
            earned_schedule_date: Ok(end_of_day(day(3, 13))),
            p_factor: Ok(0.95),
            ..measures([115, 67, 55, 66])
        },
        last_period: measures([115, 27, 18, 25]),
        last_three: measures([115, 67, 55, 66]),
        tasks: vec![
            TaskValue { percent_complete: 0.625, ..value([80, 60, 50, 60]) },
            TaskValue {
                percent_complete: 1.0,
                rule: EarningRule::Fixed { at_start: 0.0, at_finish: 1.0 },
                actual_start: starts(day(1, 5)),
                actual_finish: ends(day(2, 6)),
                expected_start: starts(day(1, 5)),
                expected_finish: ends(day(2, 6)),
                hours: Work::from_hours(240.0),
                ..value([20, 20, 20, 24])
            },
            TaskValue {
                percent_complete: 0.5,
                actual_start: starts(day(2, 9)),
                expected_start: starts(day(2, 9)),
                expected_finish: ends(day(5, 22)),
                hours: Work::from_hours(360.0),
                ..value([60, 40, 30, 36])
            },
            TaskValue { expected_finish: ends(day(5, 22)), ..value([0, 0, 0, 0]) },
            value([20, 0, 0, 0]),
            TaskValue {
                expected_start: starts(day(5, 25)),
                expected_finish: ends(day(7, 21)),
                ..value([20, 0, 0, 0])
            },
            TaskValue {
                rule: EarningRule::LevelOfEffort,
                percent_complete: 0.5,
                actual_start: starts(day(1, 5)),
                expected_start: starts(day(1, 5)),
                expected_finish: ends(day(7, 21)),
                ..value([10, 5, 5, 5])
            },
        ],
        beside_tasks: Some(value([5, 2, 0, 0])),
        phases: vec![
            Group {
                name: "Build".to_owned(),
                bac: thousand(80),
                pv: thousand(60),
                ev: thousand(50),
                ac: thousand(60),
            },
            Group {
                name: String::new(),
                bac: thousand(35),
                pv: thousand(7),
                ev: thousand(5),
                ac: thousand(6),
            },
        ],
        control_accounts: Vec::new(),
        series: series(),
        cost_forecasts: vec![
            CostForecast {
                method: "remaining_at_budget",
                name: "Rest as budgeted",
                formula: "AC + (BAC - EV)",
                eac: Ok(126_000.0),
            },
            CostForecast {
                method: "cpi",
                name: "Rest at the cost efficiency to date",
                formula: "AC + (BAC - EV) / CPI",
                eac: Ok(138_000.0),
            },
            CostForecast {
                method: "bottom_up",
                name: "Rest as estimated task by task",
                formula: "",
                eac: Err(Reason::NoRemainingEstimate),
            },
        ],
        finish_forecasts: vec![FinishForecast {
            method: "earned_schedule_1",
            name: "Earned schedule, rest as planned",
            formula: "AT + (PD - ES)",
            finish: Ok(end_of_day(day(7, 16))),
        }],
        throughput: Err(Reason::TooFewPeriods),
        agreement: crate::analysis::forecast::agreement::Agreement::default(),
        recommended: Recommended {
            cost: "cpi",
            finish: "earned_schedule_1",
            why: Phrase::said("Cost efficiency has been steady for three months."),
            eac_range: Some((126_000.0, 145_000.0)),
            finish_range: Some((end_of_day(day(7, 16)), end_of_day(day(8, 4)))),
            eac_p20: Some(136_000.0),
            eac_p80: Some(143_000.0),
            finish_p20: Some(end_of_day(day(7, 9))),
            finish_p80: Some(end_of_day(day(7, 30))),
        },
        milestones: vec![Milestone {
            task: 3,
            baseline: ends(day(4, 30)),
            forecast: ends(day(5, 22)),
            reached: false,
            movement_days: Some(16.0),
        }],
        done: vec![],
        not_done: vec![],
        next: vec![2, 3],
        load: crate::analysis::load::LoadFindings::default(),
        effort: Effort {
            people: vec![
                EffortLine {
                    name: "Ada".to_owned(),
                    role: Some("Developer".to_owned()),
                    ..hours(500.0, 400.0, 480.0, 40)
                },
                EffortLine { name: "Bo".to_owned(), ..hours(300.0, 210.0, 480.0, 20) },
            ],
            roles: Vec::new(),
            tasks: Vec::new(),
            unmatched: vec![Unmatched {
                written: "T99".to_owned(),
                hours: Work::from_hours(10.0),
                cost: thousand(1),
                rows: 2,
                first: (Arc::from("timesheets.csv"), 41),
            }],
            total: hours(800.0, 610.0, 960.0, 60),
            by_period: vec![
                (0, 1, Work::from_hours(150.0)),
                (0, 2, Work::from_hours(250.0)),
                (1, 2, Work::from_hours(210.0)),
            ],
        },
        reserves: crate::analysis::Reserves::default(),
        quality: crate::analysis::quality::QualityFindings::default(),
        contradictions: Vec::new(),
        simulation: Err("no task is linked to another".into()),
        risk: crate::analysis::risk::RiskFindings::default(),
        business_case: None,
        objectives: Vec::new(),
        feasibility: Vec::new(),
        categories: vec![
            Category {
                name: "Labour".to_owned(),
                budget: Some(thousand(100)),
                actual: thousand(60),
                committed: Money::ZERO,
            },
            Category {
                name: "Licences".to_owned(),
                budget: Some(thousand(15)),
                actual: thousand(6),
                committed: thousand(3),
            },
        ],
        bridge: Err(Reason::NoData),
        changes: crate::analysis::change::ChangeFindings::default(),
        issues: crate::analysis::issue::IssueFindings::default(),
        commitments: crate::analysis::commitment::Commitments::default(),
        stakeholders: crate::analysis::stakeholder::StakeholderFindings::default(),
        closure: crate::analysis::closure::Closure::default(),
        network: Err("no task is linked to another".into()),
        schedule_health: Vec::new(),
        variances: vec![
            Variance {
                task: 2,
                cv: thousand(-6),
                sv: thousand(-10),
                share: 0.83,
                causes: vec![Phrase::said("begun 5 working days late")],
            },
            Variance {
                task: 1,
                cv: thousand(-4),
                sv: Money::ZERO,
                share: 0.4,
                causes: vec![Phrase::said("240 hours booked against 200 planned")],
            },
        ],
        exception: Exception::default(),
        health: vec![
            HealthFinding {
                dimension: "Overall",
                rating: Some(Health::Red),
                rule: Phrase::said("the worst of cost and schedule"),
                missing: None,
                at_end: None,
            },
            HealthFinding {
                dimension: "Cost",
                rating: Some(Health::Red),
                rule: Phrase::said("CPI 0.83 is below 0.90"),
                missing: None,
                at_end: Some(Health::Red),
            },
            HealthFinding {
                dimension: "Schedule",
                rating: Some(Health::Red),
                rule: Phrase::said("SPI(t) 0.81 is below 0.90"),
                missing: None,
                at_end: Some(Health::Amber),
            },
        ],
        trust: Trust {
            grade: 'B',
            reasons: vec![Phrase::said("2% of the booked hours match no task")],
            hours_joined: Some(0.984),
            cost_joined: Some(1.0),
            rules_used: vec![("percent complete", 2), ("0/100", 1), ("level of effort", 1)],
        },
    }
}

fn series() -> Vec<PeriodValue> {
    let past: [(u32, [i64; 3]); 3] = [(1, [18, 14, 16]), (2, [40, 37, 41]), (3, [67, 55, 66])];
    let future: [(u32, i64); 3] = [(4, 92), (5, 104), (6, 115)];
    let at = |month: u32| PeriodKind::Month.period_of(day(month, 1));
    let mut series: Vec<PeriodValue> = past
        .into_iter()
        .map(|(month, [pv, ev, ac])| PeriodValue {
            period: at(month),
            at: at(month).end(),
            pv: thousand(pv),
            ev: Some(thousand(ev)),
            ac: Some(thousand(ac)),
            spi_t: Some(0.9 - 0.03 * f64::from(month)),
            cpi: Some(f64::from(i32::try_from(ev).unwrap()) / f64::from(i32::try_from(ac).unwrap())),
            spi: Some(f64::from(i32::try_from(ev).unwrap()) / f64::from(i32::try_from(pv).unwrap())),
            hours: Some(Work::from_hours(200.0 * f64::from(month))),
        })
        .collect();
    series.extend(future.into_iter().map(|(month, pv)| PeriodValue {
        period: at(month),
        at: at(month).end(),
        pv: thousand(pv),
        ev: None,
        ac: None,
        spi_t: None,
        cpi: None,
        spi: None,
        hours: None,
    }));
    series
}

/// The project alone in a portfolio, with its results and two diagnostics.
pub(super) fn all() -> (Portfolio, Findings, Diagnostics) {
    let tables = vec![
        TableRead {
            file: Arc::from("tasks.csv"),
            table: "tasks",
            rows: 7,
            unknown_columns: vec!["Colour".to_owned()],
            guessed_columns: vec![("Task Name".to_owned(), "name")],
            ..TableRead::default()
        },
        TableRead {
            file: Arc::from("timesheets.csv"),
            table: "timesheets",
            rows: 412,
            rejected: 1,
            ..TableRead::default()
        },
    ];
    let mut problems = Diagnostics::default();
    let at = |row| Location { row: Some(row), column: Some(3), ..Location::file("timesheets.csv") };
    problems.push(
        Diagnostic::new(&code::NOT_A_NUMBER, at(17), "'7,5h ' is not a number of hours".to_owned())
            .help("write 7.5".to_owned()),
    );
    problems.push(
        Diagnostic::new(&code::NOT_A_NUMBER, at(9), "'x' is not a number of hours".to_owned())
            .project("other"),
    );
    let portfolio = Portfolio { projects: vec![project()], tables, ..Portfolio::default() };
    (portfolio, Findings { projects: vec![found()], together: None }, problems)
}
