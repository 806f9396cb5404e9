use std::sync::Arc;

use chrono::NaiveDate;

use super::*;
use crate::analysis::ledger::LedgerLine;
use crate::calendar::{PeriodKind, StatusDate, end_of_day};
use crate::model::{Origin, Resource, Statement, Task, TaskKind};

/// A day of March 2026; the 2nd is a Monday.
fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
}

fn money(units: f64) -> Money {
    Money::from_units(units)
}

/// A task from the start of one day of March to the end of another.
fn task(id: &str, first: u32, last: u32, cost: f64) -> Task {
    Task {
        id: id.into(),
        baseline_start: Some(start_of_day(day(first))),
        baseline_finish: Some(end_of_day(day(last))),
        baseline_cost: (cost > 0.0).then(|| money(cost)),
        ..Task::default()
    }
}

fn done(task: Task, percent: f64) -> Task {
    Task { percent_complete: Some(percent), actual_start: task.baseline_start, ..task }
}

fn project(tasks: Vec<Task>) -> Project {
    Project { tasks, calendars: vec![WorkCalendar::default()], ..Project::default() }
}

fn axis(status: u32) -> TimeAxis {
    TimeAxis { status: StatusDate::end_of(day(status)), status_from: None, kind: PeriodKind::Week }
}

fn value(project: &Project, ledger: &Ledger, budget: &[BudgetLine], status: u32) -> ProjectValue {
    project_value(project, ledger, budget, &axis(status), &Settings::default())
}

fn plain(tasks: Vec<Task>, status: u32) -> ProjectValue {
    value(&project(tasks), &Ledger::default(), &[], status)
}

fn posted(task: Option<usize>, account: Option<&str>, on: u32, amount: f64) -> LedgerLine {
    LedgerLine {
        task,
        account: account.map(Arc::from),
        period: PeriodKind::Week.period_of(day(on)).first,
        labour: Money::ZERO,
        other: money(amount),
        hours: Work::ZERO,
        first_day: day(on),
        last_day: day(on),
    }
}

fn line(task: Option<usize>, account: Option<&str>, days: (u32, u32), amount: f64) -> BudgetLine {
    BudgetLine {
        task,
        account: account.map(Arc::from),
        span: Some((day(days.0), day(days.1))),
        amount: money(amount),
    }
}

#[test]
fn summaries_hold_what_is_below_and_the_project_adds_up() {
    let summary = Task { kind: TaskKind::Summary, ..task("S", 2, 13, 999.0) };
    let below = |task: Task| Task { parent: Some(0), ..task };
    let tasks =
        vec![summary, below(done(task("A", 2, 6, 100.0), 1.0)), below(done(task("B", 9, 13, 50.0), 0.0))];
    let v = plain(tasks, 10);
    let sum = &v.tasks[0];
    // The summary's own 999 is not counted again. B: two of five days planned.
    assert_eq!((sum.bac, sum.pv, sum.ev), (money(150.0), money(120.0), money(100.0)));
    assert_eq!((v.measures.bac, v.measures.pv, v.measures.ev), (sum.bac, sum.pv, sum.ev));
    assert_eq!(sum.earned_share, Some(100.0 / 150.0));
}

#[test]
fn a_summary_that_alone_carries_cost_earns_by_the_tasks_below() {
    let summary = Task { kind: TaskKind::Summary, ..task("S", 2, 13, 100.0) };
    let below = |task: Task| Task { parent: Some(0), ..task };
    let tasks = vec![summary, below(done(task("A", 2, 6, 0.0), 1.0)), below(task("B", 9, 13, 0.0))];
    let v = plain(tasks, 10);
    assert_eq!((v.measures.bac, v.measures.pv, v.measures.ev), (money(100.0), money(70.0), money(50.0)));
}

#[test]
fn thirds_add_up_to_the_last_ten_thousandth() {
    let tasks: Vec<Task> =
        (0..7).map(|i| done(task(&i.to_string(), 2, 4, 0.0001 * f64::from(i + 1)), 0.33)).collect();
    let v = plain(tasks, 3);
    assert_eq!(v.measures.pv, v.tasks.iter().map(|t| t.pv).sum());
    assert_eq!(v.measures.ev, v.tasks.iter().map(|t| t.ev).sum());
    let end = v.series.last().unwrap();
    assert_eq!(end.pv, v.measures.bac);
}

#[test]
fn level_of_effort_is_out_of_the_schedule_indices() {
    let support = Task { kind: TaskKind::LevelOfEffort, ..task("L", 2, 13, 100.0) };
    let v = plain(vec![done(task("A", 2, 6, 100.0), 0.5), support], 6);
    assert_eq!((v.measures.pv, v.measures.ev), (money(150.0), money(100.0)));
    assert_eq!((v.measures.pv_discrete, v.measures.ev_discrete), (money(100.0), money(50.0)));
    // Half of the week's work is earned at Wednesday noon; the afternoon begins at 13:00.
    assert_eq!(v.measures.earned_schedule_date, Ok(day(4).and_hms_opt(13, 0, 0).unwrap()));
    assert_eq!(v.measures.earned_schedule, Ok(2.5));
    assert_eq!(v.measures.actual_time, Ok(5.0));
}

#[test]
fn nothing_is_done_before_the_actual_start() {
    // 40% said on the 6th of a task that began on the 9th: on the 6th nothing, from the 9th on what was said.
    let mut p = project(vec![Task { actual_start: Some(start_of_day(day(9))), ..task("A", 2, 13, 100.0) }]);
    p.statements = vec![Statement {
        task: 0,
        at: end_of_day(day(6)),
        percent_complete: Some(0.4),
        actual_start: None,
        actual_finish: None,
        remaining_duration: None,
        remaining_work: None,
        origin: Origin::default(),
    }];
    let earned = |status| value(&p, &Ledger::default(), &[], status).measures.ev;
    assert_eq!([6, 8, 9, 13].map(earned), [0.0, 0.0, 40.0, 40.0].map(money));
}

#[test]
fn statements_give_the_past_and_win_over_the_table() {
    let mut p = project(vec![done(task("A", 2, 13, 100.0), 0.9)]);
    let said = |at: u32, percent: f64| Statement {
        task: 0,
        at: end_of_day(day(at)),
        percent_complete: Some(percent),
        actual_start: None,
        actual_finish: None,
        remaining_duration: None,
        remaining_work: None,
        origin: Origin::default(),
    };
    p.statements = vec![said(8, 0.4), said(15, 0.6), said(22, 0.8)];
    let v = value(&p, &Ledger::default(), &[], 16);
    let earned: Vec<Option<Money>> = v.series.iter().map(|period| period.ev).collect();
    assert_eq!(earned, [Some(money(40.0)), Some(money(60.0)), Some(money(60.0))]);
    assert!(!v.series_derived);
    assert_eq!((v.last_period.ev, v.last_three.ev), (Money::ZERO, money(60.0)));
}

#[test]
fn without_statements_the_past_is_derived_and_said() {
    let a = Task { actual_finish: Some(end_of_day(day(11))), ..done(task("A", 2, 6, 100.0), 1.0) };
    let v = plain(vec![a, task("B", 16, 20, 100.0)], 15);
    // Eight working days from the 2nd to the 11th; five of them in the first week.
    assert_eq!(v.series[0].ev, Some(money(62.5)));
    assert_eq!(v.series[1].ev, Some(money(100.0)));
    assert!(v.series_derived && v.notes.iter().any(|note| note.to_string().contains("derived")));
}

#[test]
fn apportioned_work_follows_its_base_and_a_loop_earns_nothing() {
    let on = |base: usize, id: &str| Task {
        earning_rule: Some(EarningRule::Apportioned { base: Some(base) }),
        ..task(id, 2, 6, 10.0)
    };
    let v = plain(vec![done(task("A", 2, 6, 100.0), 0.4), on(0, "B"), on(1, "C"), on(4, "D"), on(3, "E")], 6);
    let earned: Vec<Money> = v.tasks.iter().map(|task| task.ev).collect();
    assert_eq!(earned, [money(40.0), money(4.0), money(4.0), Money::ZERO, Money::ZERO]);
}

#[test]
fn budget_lines_phase_a_task() {
    // All of the cost is due in the second week, whatever the dates say.
    let v = value(
        &project(vec![done(task("A", 2, 13, 100.0), 0.75)]),
        &Ledger::default(),
        &[line(Some(0), None, (9, 13), 100.0)],
        10,
    );
    assert_eq!(v.series[0].pv, Money::ZERO);
    assert_eq!((v.measures.pv, v.measures.ev), (money(40.0), money(75.0)));
}

#[test]
fn the_budget_of_an_account_is_shared_out_or_stands_beside() {
    let account = |task: Task| Task { control_account: Some("CA1".into()), ..task };
    let tasks = vec![account(done(task("A", 2, 6, 0.0), 1.0)), account(task("B", 9, 13, 0.0))];
    let lines = [line(None, Some("CA1"), (2, 13), 200.0), line(None, Some("CA2"), (2, 13), 50.0)];
    let v = value(&project(tasks), &Ledger::default(), &lines, 6);
    assert_eq!((v.tasks[0].bac, v.tasks[1].bac), (money(100.0), money(100.0)));
    let beside = v.beside_tasks.unwrap();
    assert_eq!((beside.bac, beside.pv, beside.ev), (money(50.0), money(25.0), money(25.0)));
    assert_eq!((v.measures.bac, v.measures.ev), (money(250.0), money(125.0)));
    let accounts: Vec<(&str, Money)> = v.control_accounts.iter().map(|g| (g.name.as_str(), g.bac)).collect();
    assert_eq!(accounts, [("CA1", money(200.0)), ("CA2", money(50.0))]);
}

#[test]
fn the_same_money_by_category_is_not_counted_twice() {
    let tasks = || vec![done(task("A", 2, 13, 100.0), 0.5)];
    let same = value(&project(tasks()), &Ledger::default(), &[line(None, None, (2, 13), 100.5)], 6);
    assert_eq!((same.measures.bac, same.beside_tasks.is_none()), (money(100.0), true));
    let more = value(&project(tasks()), &Ledger::default(), &[line(None, None, (2, 13), 40.0)], 6);
    assert_eq!((more.measures.bac, more.measures.ev), (money(140.0), money(70.0)));
}

#[test]
fn cost_of_tasks_and_accounts_adds_up() {
    let account = |task: Task| Task { control_account: Some("CA1".into()), ..task };
    let stated = Task { actual_cost: Some(money(30.0)), ..done(task("B", 2, 6, 100.0), 0.5) };
    let same = Task { actual_cost: Some(money(20.0)), ..account(task("C", 2, 6, 100.0)) };
    let booked = Task { actual_cost: Some(money(7.0)), ..task("A", 2, 6, 100.0) };
    let ledger = Ledger {
        lines: vec![
            posted(Some(0), None, 3, 5.0),
            posted(None, Some("CA1"), 4, 20.0),
            posted(None, None, 5, 1.0),
        ],
        ..Ledger::default()
    };
    let v = value(&project(vec![booked, stated, same]), &ledger, &[], 6);
    // A as booked, not as stated; B as stated; C's 20 are those of its account.
    let spent: Vec<Money> = v.tasks.iter().map(|task| task.ac).collect();
    assert_eq!(spent, [money(5.0), money(30.0), Money::ZERO]);
    assert_eq!(v.beside_tasks.as_ref().unwrap().ac, money(21.0));
    assert_eq!(v.measures.ac, Ok(money(56.0)));
    assert_eq!(v.control_accounts.iter().map(|group| group.ac).sum::<Money>(), money(56.0));
}

#[test]
fn work_and_rates_make_a_baseline_where_nothing_else_does() {
    let person = Resource { person: "Ada".to_owned(), rate: Some(money(80.0)), ..Resource::default() };
    let effort = Task {
        baseline_work: Some(Work::from_hours(10.0)),
        resources: vec!["Ada".to_owned()],
        ..done(task("A", 2, 6, 0.0), 0.5)
    };
    let v = value(&Project { resources: vec![person], ..project(vec![effort]) }, &Ledger::default(), &[], 6);
    assert_eq!((v.measures.bac, v.measures.ev), (money(800.0), money(400.0)));
}

#[test]
fn what_is_late_is_expected_after_the_status_date() {
    let v = plain(vec![done(task("A", 2, 6, 100.0), 0.6), task("B", 4, 5, 100.0)], 8);
    // Two of five days are left from Monday the 9th; B takes its two days from there.
    assert_eq!(v.tasks[0].expected_finish, Some(day(10).and_hms_opt(17, 0, 0).unwrap()));
    assert_eq!(v.tasks[1].expected_start, Some(day(9).and_hms_opt(8, 0, 0).unwrap()));
    assert_eq!(v.tasks[1].expected_finish, Some(day(10).and_hms_opt(17, 0, 0).unwrap()));
}

#[test]
fn a_finished_project_ends_when_it_ended_and_costs_what_it_cost() {
    let a = Task {
        actual_finish: Some(end_of_day(day(9))),
        actual_cost: Some(money(120.0)),
        ..done(task("A", 2, 6, 100.0), 1.0)
    };
    let v = plain(vec![a], 20);
    assert_eq!(v.measures.eac, Ok(120.0));
    assert_eq!(v.recommended.finish, "actual");
    assert_eq!(v.finish_forecasts.last().unwrap().finish, Ok(end_of_day(day(9))));
    assert_eq!(v.measures.earned_schedule_date, Ok(end_of_day(day(6))));
    // Time stops counting at the finish, however late the report.
    assert_eq!(v.measures.actual_time, Ok(6.0));
}

#[test]
fn level_of_effort_keeps_no_project_open() {
    let ended = Task { actual_finish: Some(end_of_day(day(9))), ..done(task("A", 2, 6, 100.0), 1.0) };
    let support = Task { kind: TaskKind::LevelOfEffort, ..done(task("B", 2, 20, 50.0), 0.5) };
    let open = done(task("C", 2, 20, 50.0), 0.5);
    assert_eq!(plain(vec![ended.clone(), support.clone()], 13).actual_finish(), Some(end_of_day(day(9))));
    assert_eq!(plain(vec![ended, open], 13).actual_finish(), None);
    assert_eq!(plain(vec![support], 13).actual_finish(), None, "there is nothing else to end it");
}

#[test]
fn what_nobody_booked_is_unknown_and_so_is_all_that_rests_on_it() {
    // BAC 55,000, EV 25,000: EAC by the rest at budget would be 30,000, the rest alone.
    let tasks = || {
        vec![
            done(task("A", 2, 6, 15_000.0), 1.0),
            done(task("B", 9, 13, 20_000.0), 0.5),
            task("C", 16, 20, 20_000.0),
        ]
    };
    let v = plain(tasks(), 13);
    assert_eq!((v.measures.bac, v.measures.ev), (money(55_000.0), money(25_000.0)));
    for id in
        ["ac", "cv", "cv_pct", "cpi", "pct_spent", "eac", "etc", "vac", "vac_pct", "tcpi_bac", "tcpi_eac"]
    {
        let metric = crate::analysis::metric::metric(id).unwrap();
        assert_eq!((metric.value)(&v.measures), Err(Reason::NoActualCost), "{id}");
    }
    let with_cost = |forecast: &&CostForecast| forecast.formula.starts_with("AC");
    assert!(v.cost_forecasts.iter().filter(with_cost).all(|forecast| forecast.eac.is_err()));
    assert_eq!((v.recommended.eac_range, v.recommended.eac_p80), (None, None));
    assert!(
        v.recommended
            .why
            .to_string()
            .starts_with("No estimate at completion is possible: no actual cost is booked.")
    );
    assert!(v.series.iter().all(|period| period.ac.is_none() && period.cpi.is_none()));
    // Time is not money: SPI = 25 / 35; ES half way from the 6th to the 13th, 7.5 of 10 days.
    let of = |id| (crate::analysis::metric::metric(id).unwrap().value)(&v.measures).unwrap();
    assert!((of("spi") - 25.0 / 35.0).abs() < 1e-12 && (of("spi_t") - 0.75).abs() < 1e-12);

    // The smallest booking makes it known: EAC = 1 + 30,000.
    let ledger = Ledger { lines: vec![posted(Some(0), None, 3, 1.0)], ..Ledger::default() };
    let v = value(&project(tasks()), &ledger, &[], 13);
    let eac = |method| v.cost_forecasts.iter().find(|known| known.method == method).unwrap().eac;
    assert_eq!((v.measures.ac, eac("remaining_at_budget")), (Ok(money(1.0)), Ok(30_001.0)));
    assert_eq!((crate::analysis::metric::CV.value)(&v.measures), Ok(24_999.0));
}

#[test]
fn a_ready_series_that_is_silent_of_cost_does_not_say_zero() {
    let point = |on: u32, pv: f64, ev: f64, ac: Option<f64>| crate::model::PerformancePoint {
        at: end_of_day(day(on)),
        pv: money(pv),
        ev: Some(money(ev)),
        ac: ac.map(money),
        origin: Origin::default(),
    };
    let of = |points: Vec<crate::model::PerformancePoint>, status| {
        let project = Project { performance: points, ..project(vec![task("A", 2, 20, 100.0)]) };
        value(&project, &Ledger::default(), &[], status)
    };
    let lagging = || vec![point(6, 40.0, 30.0, Some(35.0)), point(13, 80.0, 60.0, None)];
    assert_eq!(of(lagging(), 6).measures.ac, Ok(money(35.0)));
    assert_eq!(of(lagging(), 13).measures.ac, Err(Reason::NoActualCost));
    assert_eq!(of(vec![point(6, 40.0, 30.0, Some(0.0))], 6).measures.ac, Err(Reason::NoActualCost));
    assert_eq!(of(vec![point(6, 40.0, 0.0, Some(0.0))], 6).measures.ac, Ok(Money::ZERO));
}

#[test]
fn a_project_that_has_not_begun_says_so() {
    let v = plain(vec![task("A", 16, 20, 100.0)], 6);
    assert_eq!((v.measures.pv, v.measures.ev), (Money::ZERO, Money::ZERO));
    assert_eq!(v.measures.actual_time, Err(Reason::NotBegun));
    assert_eq!(v.measures.earned_schedule_date, Err(Reason::NotBegun));
    assert_eq!(v.measures.eac, Ok(100.0));
}
