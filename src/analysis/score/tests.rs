use chrono::NaiveDate;
use polars::prelude::{DataFrame, NamedFrom, Series};

use super::*;
use crate::calendar::{WorkCalendar, end_of_day, start_of_day};
use crate::model::facts::{Facts, Postings};
use crate::model::{Origin, Statement, Task};
use crate::quantity::Money;

/// A day of March 2026; the 2nd is a Monday.
fn day(n: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, n).unwrap()
}

fn said(task: usize, at: u32, percent: f64) -> Statement {
    Statement {
        task,
        at: end_of_day(day(at)),
        percent_complete: Some(percent),
        actual_start: None,
        actual_finish: None,
        remaining_duration: None,
        remaining_work: None,
        origin: Origin::default(),
    }
}

/// One task of ten days that took fifteen, evenly; reported on four Fridays... of which the last is the end.
fn late(statements: Vec<Statement>) -> Portfolio {
    let task = Task {
        id: "A".into(),
        baseline_start: Some(start_of_day(day(2))),
        baseline_finish: Some(end_of_day(day(13))),
        baseline_cost: Some(Money::from_units(100.0)),
        ..Task::default()
    };
    let project = Project {
        id: "P".to_owned(),
        name: "P".to_owned(),
        tasks: vec![task],
        calendars: vec![WorkCalendar::default()],
        statements,
        ..Project::default()
    };
    Portfolio { projects: vec![project], ..Portfolio::default() }
}

fn even() -> Vec<Statement> {
    vec![said(0, 4, 0.2), said(0, 6, 1.0 / 3.0), said(0, 11, 0.5), said(0, 13, 2.0 / 3.0), said(0, 20, 1.0)]
}

fn posted(mut portfolio: Portfolio, amounts: &[(u32, f64)]) -> Portfolio {
    let count = amounts.len();
    let money: Vec<i64> = amounts.iter().map(|(_, amount)| Money::from_units(*amount).0).collect();
    let at: Vec<chrono::NaiveDateTime> = amounts.iter().map(|(n, _)| start_of_day(day(*n))).collect();
    let none = || vec![None::<&str>; count];
    let columns = vec![
        Series::new(Postings::PROJECT.into(), vec![0_u32; count]).into(),
        Series::new(Postings::TASK.into(), vec![Some(0_u32); count]).into(),
        Series::new(Postings::ACCOUNT.into(), none()).into(),
        Series::new(Postings::AT.into(), at).into(),
        Series::new(Postings::AMOUNT.into(), money).into(),
        Series::new(Postings::CATEGORY.into(), none()).into(),
        Series::new(Postings::KIND.into(), vec!["actual"; count]).into(),
        Series::new(Postings::VENDOR.into(), none()).into(),
        Series::new(Postings::SOURCE.into(), vec![0_u32; count]).into(),
        Series::new(Postings::ROW.into(), vec![2_u32; count]).into(),
    ];
    let frame = DataFrame::new(count, columns).unwrap();
    portfolio.facts = Facts { postings: Postings(frame), ..Facts::default() };
    portfolio
}

fn error(errors: &[(&'static str, f64)], method: &str) -> f64 {
    errors.iter().find(|(m, _)| *m == method).unwrap().1
}

#[test]
fn a_forecast_is_compared_with_what_came() {
    let portfolio = posted(late(even()), &[(3, 30.0), (10, 40.0), (20, 50.0)]);
    let score = score(&portfolio, &Settings::default());
    let project = &score.projects[0];
    assert_eq!((project.cost, project.finish), (120.0, end_of_day(day(20))));
    assert_eq!(project.cases.len(), 4);
    // On the 6th: a third earned, 30 spent: rest at budget 96.67 of 120.
    let case = &project.cases[1];
    assert!((error(&case.cost, "remaining_at_budget") - (30.0 + 200.0 / 3.0 - 120.0) / 120.0).abs() < 1e-6);
    // Earned schedule: 5 + 10 - 10/3 = 11.67 working days from the 2nd: Tuesday the 17th 13:20 +- lunch, against
    // the end of the 20th, of 19 days by the clock.
    let forecast = start_of_day(day(17)) + chrono::Duration::seconds(14 * 3_600 + 20 * 60);
    let expected = seconds(end_of_day(day(20)), forecast) / (19.0 * 86_400.0);
    assert!((error(&case.finish, "earned_schedule_1") - expected).abs() < 1e-6);
}

#[test]
fn what_came_later_does_not_move_an_earlier_forecast() {
    let amounts = [(3, 30.0), (10, 40.0), (20, 50.0)];
    let one = score(&posted(late(even()), &amounts), &Settings::default());
    let mut other = even();
    other[3] = said(0, 13, 0.9);
    other[4] = said(0, 31, 1.0);
    let mut changed = late(other);
    // What the table of a finished project says of the end, and a plan made anew.
    let task = &mut changed.projects[0].tasks[0];
    task.actual_finish = Some(end_of_day(day(31)));
    task.finish = Some(end_of_day(day(31)));
    task.percent_complete = Some(1.0);
    task.actual_cost = Some(Money::from_units(999.0));
    let two = score(&posted(changed, &[(3, 30.0), (10, 40.0), (31, 500.0)]), &Settings::default());
    for (a, b) in one.projects[0].cases.iter().zip(&two.projects[0].cases).take(3) {
        let (was, is) = (&one.projects[0], &two.projects[0]);
        for ((method, a), (other, b)) in a.cost.iter().zip(&b.cost) {
            assert_eq!(method, other);
            let (a, b) = ((a + 1.0) * was.cost, (b + 1.0) * is.cost);
            assert!((a - b).abs() < 1e-6, "{method}: {a} and {b}");
        }
        let (a, b) = (error(&a.finish, RECOMMENDED) * 19.0, error(&b.finish, RECOMMENDED) * 30.0);
        assert!((a - (b + 11.0)).abs() < 1e-6, "finish: {a} and {b}");
    }
}

#[test]
fn what_is_not_finished_or_hardly_reported_is_left_out_and_said() {
    let open = score(&late(even()[..4].to_vec()), &Settings::default());
    assert_eq!(open.left_out, [("P".to_owned(), "it is not finished")]);
    let few = score(&late(even()[2..].to_vec()), &Settings::default());
    assert_eq!(few.left_out, [("P".to_owned(), "fewer than four status dates")]);
}

#[test]
fn looking_back_ends_at_the_status_date_and_tells_what_was_recommended() {
    let portfolio = posted(late(even()), &[(3, 30.0), (10, 40.0), (20, 50.0)]);
    let until = |n| Settings { status_date: Some(StatusDate::end_of(day(n))), ..Settings::default() };
    assert_eq!(look_back(&portfolio, &until(13), 1).left_out, [("P".to_owned(), "it is not finished")]);
    let record = look_back(&portfolio, &until(31), 1);
    let project = &record.projects[0];
    assert_eq!((project.index, project.cases.len()), (0, 4));
    for case in &project.cases {
        let eac = case.told.eac.unwrap();
        assert!((error(&case.cost, RECOMMENDED) - (eac - 120.0) / 120.0).abs() < 1e-9);
        assert_eq!(case.cost_range.unwrap().kept, case.told.eac_p80.map(|p80| p80 >= 120.0 - 1e-4));
    }
}
