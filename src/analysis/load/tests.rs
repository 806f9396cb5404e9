use proptest::prelude::*;

use super::*;
use crate::analysis::EffortLine;
use crate::analysis::example::{day, leaf, project};
use crate::analysis::health;
use crate::analysis::ledger::WeekLine;
use crate::calendar::{WorkCalendar, end_of_day, start_of_day};
use crate::model::{Resource, Task};
use crate::quantity::Health;

/// A task with hours left, between two days, for these people.
fn open(id: &str, hours: f64, span: (&str, &str), people: &[&str]) -> (Task, TaskValue) {
    let (task, value) = leaf(id, 1_000, 0, 0, 0);
    let task = Task {
        remaining_work: Some(Work::from_hours(hours)),
        resources: people.iter().map(|name| (*name).to_owned()).collect(),
        ..task
    };
    let value = TaskValue {
        expected_start: Some(start_of_day(day(span.0))),
        expected_finish: Some(end_of_day(day(span.1))),
        ..value
    };
    (task, value)
}

fn resource(person: &str) -> Resource {
    Resource { person: person.to_owned(), ..Resource::default() }
}

/// The load at the end of a day, with what the ledger has of weeks.
fn found(
    project: &Project,
    values: &[TaskValue],
    status: &str,
    booked: &[(&str, &str, f64)],
) -> LoadFindings {
    let line = |(index, task): (usize, &Task)| {
        (index, EffortLine { remaining: task.remaining_work, ..EffortLine::default() })
    };
    let effort = Effort { tasks: project.tasks.iter().enumerate().map(line).collect(), ..Effort::default() };
    let weeks = booked.iter().map(|(person, week, hours)| WeekLine {
        person: (*person).into(),
        week: day(week),
        hours: Work::from_hours(*hours),
    });
    let ledger = Ledger { weeks: weeks.collect(), ..Ledger::default() };
    let given = Given {
        values,
        effort: &effort,
        ledger: &ledger,
        network: None,
        status: StatusDate::end_of(day(status)),
    };
    load(project, &given, &Settings::default())
}

/// Planned hours and capacity by week.
fn planned(person: &PersonLoad) -> Vec<(f64, f64)> {
    let week = |week: &WeekLoad| (week.planned.hours(), week.capacity.unwrap_or_default().hours());
    person.weeks.iter().map(week).collect()
}

#[test]
fn forty_hours_over_two_weeks_for_two_people_are_ten_a_week_each() {
    // Monday 6 April to Friday 17 April; reported on Sunday 5 April.
    let (mut project, values) = project(vec![open("A", 40.0, ("2026-04-06", "2026-04-17"), &["Eva", "jo"])]);
    project.resources = vec![resource("Eva"), resource("Jo")];
    let found = found(&project, &values, "2026-04-05", &[("EVA", "2026-03-30", 30.0)]);
    assert_eq!(
        found.weeks.iter().map(|week| week.first).collect::<Vec<_>>(),
        ["2026-03-30", "2026-04-06", "2026-04-13"].map(day)
    );
    assert_eq!((found.now, found.horizon), (0, 2));
    let [eva, jo] = &found.people[..] else { panic!("{:?}", found.people) };
    assert_eq!((eva.name.as_str(), jo.name.as_str()), ("Eva", "Jo"));
    assert_eq!(planned(eva), [(0.0, 40.0), (10.0, 40.0), (10.0, 40.0)]);
    assert_eq!(planned(jo), planned(eva));
    // 30 of 40 hours booked; the status date ends its week, so the weeks ahead are the two that follow.
    assert_eq!(eva.weeks[0].utilisation(), Some(0.75));
    assert_eq!((eva.ahead.planned.hours(), eva.ahead.capacity.unwrap().hours()), (20.0, 80.0));
    assert!(eva.has_room(0.5) && found.over.is_empty());
}

#[test]
fn a_holiday_moves_its_share_to_the_days_that_are_worked() {
    // Easter 2026: Friday 3 and Monday 6 April off. 32 hours over Monday 30 March to Friday 10 April, eight days of
    // which are worked: four hours a day, 16 in each week; capacity 32 in each.
    let (mut project, values) = project(vec![open("A", 32.0, ("2026-03-30", "2026-04-10"), &["Eva"])]);
    let week =
        std::array::from_fn(|i| if i < 5 { vec![(28_800, 43_200), (46_800, 61_200)] } else { Vec::new() });
    let off = ["2026-04-03", "2026-04-06"].map(|text| (day(text), Vec::new()));
    project.calendars = vec![WorkCalendar::new("Easter", week, off.into())];
    project.resources = vec![resource("Eva")];
    let found = found(&project, &values, "2026-03-29", &[]);
    assert_eq!(planned(&found.people[0]), [(0.0, 40.0), (16.0, 32.0), (16.0, 32.0)]);
}

#[test]
fn someone_who_is_there_for_half_has_half_the_capacity_and_all_of_the_work() {
    // 40 hours in the week of 6 April. Eva works four hours a day, Jo leaves after Tuesday.
    let tasks = vec![
        open("A", 40.0, ("2026-04-06", "2026-04-10"), &["Eva"]),
        open("B", 20.0, ("2026-04-06", "2026-04-17"), &["Jo"]),
    ];
    let (mut project, values) = project(tasks);
    project.resources = vec![
        Resource { hours_per_day: Some(4.0), ..resource("Eva") },
        Resource { available_to: Some(day("2026-04-07")), ..resource("Jo") },
    ];
    let found = found(&project, &values, "2026-04-05", &[]);
    assert_eq!(planned(&found.people[0])[1], (40.0, 20.0));
    assert_eq!(planned(&found.people[1])[1..], [(20.0, 16.0), (0.0, 0.0)]);
    let over: Vec<_> =
        found.over.iter().map(|o| (o.person.as_str(), o.hours.utilisation(), o.tasks.clone())).collect();
    let hours = Work::from_hours;
    assert_eq!(
        over,
        [("Eva", Some(2.0), vec![(0, hours(40.0))]), ("Jo", Some(1.25), vec![(1, hours(20.0))])]
    );
    let finding = health::people(&found).unwrap();
    // Over both weeks Eva has 40 hours for 40, Jo 20 for 16.
    assert_eq!(finding.rating, Some(Health::Amber));
    let rule = "Jo has work for 125% of the time of the next 4 weeks, to 2026-04-19 (over 100%)";
    assert_eq!(finding.rule, rule);
}

#[test]
fn weeks_in_a_row_are_one_overload_with_its_causes() {
    let tasks = vec![
        open("A", 100.0, ("2026-04-06", "2026-04-17"), &["Eva"]),
        open("B", 10.0, ("2026-04-13", "2026-04-17"), &["Eva"]),
        open("C", 8.0, ("2026-04-20", "2026-04-24"), &["Eva"]),
        open("D", 45.0, ("2026-04-27", "2026-05-01"), &["Eva"]),
    ];
    let (mut project, values) = project(tasks);
    project.resources = vec![resource("Eva")];
    let found = found(&project, &values, "2026-04-03", &[]);
    // 50 and 60 of 40 hours, then 8, then 45.
    let spans: Vec<_> =
        found.over.iter().map(|over| (over.weeks, over.beyond().hours(), over.peak)).collect();
    assert_eq!(spans, [((1, 2), 30.0, Some(1.5)), ((4, 4), 5.0, Some(1.125))]);
    assert_eq!(found.over[0].tasks, [(0, Work::from_hours(100.0)), (1, Work::from_hours(10.0))]);
    // The rest of this week and the three that follow.
    assert_eq!(found.people[0].ahead.planned, Work::from_hours(118.0));
}

#[test]
fn what_is_nobodys_or_has_no_dates_is_told_apart() {
    let mut tasks = vec![
        open("A", 10.0, ("2026-04-06", "2026-04-10"), &[]),
        open("B", 5.0, ("2026-04-06", "2026-04-10"), &["Eva"]),
        open("C", 7.0, ("2026-04-06", "2026-04-10"), &["Zoe"]),
        open("D", 9.0, ("2026-04-06", "2026-04-10"), &["Zoe"]),
    ];
    tasks[1].1.expected_finish = None;
    tasks[3].0.status = Some(TaskStatus::Cancelled);
    let (project, values) = project(tasks);
    let found = found(&project, &values, "2026-04-03", &[]);
    assert_eq!(found.unassigned, [(0, Work::from_hours(10.0))]);
    assert_eq!(found.undated, [(1, Work::from_hours(5.0))]);
    // The resources do not have Zoe: her hours are known, her time is not, and nobody is rated by it.
    let [zoe] = &found.people[..] else { panic!("{:?}", found.people) };
    assert_eq!((zoe.all.planned.hours(), zoe.ahead.utilisation()), (7.0, None));
    assert_eq!(health::people(&found), None);
    assert_eq!(found.notes().len(), 1);
}

#[test]
fn work_for_someone_who_is_gone_is_not_lost() {
    let (mut project, values) = project(vec![open("A", 10.0, ("2026-04-06", "2026-04-10"), &["Eva"])]);
    project.resources = vec![Resource { available_to: Some(day("2026-04-01")), ..resource("Eva") }];
    let found = found(&project, &values, "2026-03-31", &[]);
    assert_eq!(planned(&found.people[0]), [(0.0, 24.0), (10.0, 0.0)]);
    assert_eq!((found.over.len(), found.over[0].peak), (1, None));
}

#[test]
fn hours_that_are_not_stated_are_taken_from_the_plan_and_said() {
    let (mut task, mut value) = open("A", 0.0, ("2026-04-06", "2026-04-10"), &["Eva"]);
    (task.remaining_work, task.baseline_work) = (None, Some(Work::from_hours(40.0)));
    value.percent_complete = 0.25;
    let (mut project, values) = project(vec![(task, value)]);
    project.resources = vec![resource("Eva")];
    let found = found(&project, &values, "2026-04-05", &[]);
    assert_eq!((found.people[0].all.planned.hours(), found.derived), (30.0, 1));
}

#[test]
fn a_plan_beyond_all_bounds_takes_five_years_of_weeks() {
    let (mut project, values) = project(vec![open("A", 1_000.0, ("2026-04-06", "9998-12-31"), &["Eva"])]);
    project.resources = vec![resource("Eva")];
    let found = found(&project, &values, "2026-04-05", &[]);
    let eva = &found.people[0];
    assert_eq!(eva.weeks.len(), 261);
    assert_eq!(
        eva.weeks.iter().map(|week| week.planned).sum::<Work>() + eva.beyond,
        Work::from_hours(1_000.0)
    );
}

proptest! {
    /// Whatever the tasks, the weeks of everyone add up to the work, and nobody has any outside the span.
    #[test]
    fn weeks_add_up_to_the_work_and_none_lies_outside_the_span(
        tasks in prop::collection::vec((0_i64..2_000_000, 0_u64..120, 0_u64..90, 0_usize..4), 1..12),
        hours in 0.0_f64..12.0,
        leaves in 0_u64..150,
    ) {
        let names = ["Eva", "Jo", "Zoe"];
        let first = day("2026-04-06");
        let after = |days: u64| first.checked_add_days(chrono::Days::new(days)).unwrap();
        let rows = tasks.iter().enumerate().map(|(i, (work, start, length, count))| {
            let span = (after(*start).to_string(), after(start + length).to_string());
            let (mut task, value) = open(&i.to_string(), 0.0, (&span.0, &span.1), &names[..*count]);
            task.remaining_work = Some(Work(*work));
            (task, value)
        });
        let (mut project, values) = project(rows.collect());
        project.resources = vec![
            Resource { hours_per_day: Some(hours), ..resource("Eva") },
            Resource { available_to: Some(after(leaves)), ..resource("Jo") },
        ];
        let found = found(&project, &values, "2026-04-05", &[]);
        let all: Work = found.people.iter().map(|person| person.weeks.iter().map(|w| w.planned).sum::<Work>() + person.beyond).sum();
        let nobodys: Work = found.unassigned.iter().map(|(_, work)| *work).sum();
        prop_assert_eq!(all + nobodys, tasks.iter().map(|(work, ..)| Work(*work)).sum());
        let begins = tasks.iter().filter(|t| t.0 > 0 && t.3 > 0).map(|t| after(t.1)).min();
        let ends = tasks.iter().filter(|t| t.0 > 0 && t.3 > 0).map(|t| after(t.1 + t.2)).max();
        for (index, week) in found.weeks.iter().enumerate() {
            if found.people.iter().any(|person| !person.weeks[index].planned.is_zero()) {
                prop_assert!(week.next > begins.unwrap() && week.first <= ends.unwrap());
            }
        }
    }
}
