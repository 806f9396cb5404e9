//! Checks of single tasks: constraints, durations, dates that cannot be.

use super::{Check, Outcome, Threshold, Unit, on_task};
use crate::analysis::network::activities::State;
use crate::analysis::network::chain::constraint;
use crate::calendar::last_day;
use crate::language::Part;
use crate::model::{ConstraintKind, TaskKind};

/// A task or a float longer than this many working days is high: two months.
pub(super) const HIGH_DAYS: f64 = 44.0;

pub(super) const HARD_CONSTRAINTS: Check = Check {
    id: "hard_constraints",
    number: Some(5),
    name: word!("Hard constraints"),
    about: word!("Unfinished tasks that must start or finish on a date, or no later than one."),
    unit: Unit::Share,
    threshold: Threshold::AtMost(0.05),
    assess: |schedule| {
        let base = schedule.base()?;
        let hard = base.iter().filter_map(|&index| {
            let task = schedule.task(index);
            task.constraint_date?;
            let hard = matches!(
                task.constraint,
                ConstraintKind::Mso | ConstraintKind::Mfo | ConstraintKind::Snlt | ConstraintKind::Fnlt
            );
            hard.then(|| on_task(index, constraint(task)))
        });
        Ok(Outcome::share(hard.collect(), base.len()))
    },
};

pub(super) const HIGH_DURATION: Check = Check {
    id: "high_duration",
    number: Some(8),
    name: word!("High duration"),
    about: word!("Unfinished tasks baselined to take more than 44 working days."),
    unit: Unit::Share,
    threshold: Threshold::AtMost(0.05),
    assess: |schedule| {
        let mut sized = 0;
        let mut high = Vec::new();
        for &index in schedule.base()? {
            let task = schedule.task(index);
            let calendar = schedule.project.calendars.get(task.calendar);
            let span = || Some(calendar?.work_between(task.baseline_start?, task.baseline_finish?));
            let Some(duration) = task.baseline_duration.or_else(span) else { continue };
            sized += 1;
            let days = schedule.days(duration);
            if days > HIGH_DAYS {
                high.push(on_task(index, phrase!("{n} working days", n = Part::number(days, 0))));
            }
        }
        if sized == 0 {
            return Err(phrase!("no unfinished task has a baseline duration"));
        }
        Ok(Outcome::share(high, sized))
    },
};

pub(super) const INVALID_DATES: Check = Check {
    id: "invalid_dates",
    number: Some(9),
    name: word!("Invalid dates"),
    about: word!("Work still to be done that is planned before the status date, and actual dates after it."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let (mut dated, mut wrong) = (0, Vec::new());
        for (index, task) in schedule.project.tasks.iter().enumerate() {
            if schedule.state[index] == State::Summary {
                continue;
            }
            let dates = [task.start, task.finish, task.actual_start, task.actual_finish];
            dated += usize::from(dates.iter().any(Option::is_some));
            let open = matches!(schedule.state[index], State::Open | State::Begun);
            let begun = schedule.state[index] == State::Begun;
            let actual = task.actual_start.filter(|at| *at > schedule.status).map(|at| at.date());
            let ended = task.actual_finish.filter(|at| *at > schedule.status).map(last_day);
            // A milestone's start is its finish.
            let start = task.start.filter(|_| open && !begun && task.kind != TaskKind::Milestone);
            let start = start.filter(|at| *at < schedule.status).map(|at| at.date());
            let finish = task.finish.filter(|at| open && *at <= schedule.status).map(last_day);
            let detail = if let Some(day) = ended {
                phrase!("actual finish {day} is after the status date", day)
            } else if let Some(day) = actual {
                phrase!("actual start {day} is after the status date", day)
            } else if let Some(day) = finish {
                phrase!("not finished, but planned to finish {day}", day)
            } else if let Some(day) = start {
                phrase!("not begun, but planned to start {day}", day)
            } else {
                continue;
            };
            wrong.push(on_task(index, detail));
        }
        if dated == 0 {
            return Err(phrase!("there are neither dates of a current plan nor actual ones"));
        }
        Ok(Outcome::count(wrong, dated))
    },
};
