//! Checks of the network's result: floats, the critical path, constraints and deadlines that do not hold.

use super::dates::HIGH_DAYS;
use super::{Check, Outcome, Schedule, Threshold, Unit, on_task, working_days};
use crate::analysis::metric;
use crate::analysis::network::Network;
use crate::analysis::network::activities::State;
use crate::analysis::network::plan::Times;
use crate::analysis::network::readings::Readings;
use crate::calendar::{Moment, last_day};
use crate::language::{Part, Phrase};
use crate::quantity::Work;

/// How far the critical path test delays a task, in working days: longer than any project's float.
const TEST_DELAY: f64 = 600.0;

pub(super) const HIGH_FLOAT: Check = Check {
    id: "high_float",
    number: Some(6),
    name: word!("High float"),
    about: word!("Unfinished tasks with more than 44 working days of total float: often a missing link."),
    unit: Unit::Share,
    threshold: Threshold::AtMost(0.05),
    assess: |schedule| {
        let (network, base) = (schedule.linked()?, schedule.base()?);
        let high = base.iter().filter_map(|&index| {
            let float = network.tasks[index].as_ref()?.total_float?;
            (float > HIGH_DAYS).then(|| on_task(index, working_days(float)))
        });
        Ok(Outcome::share(high.collect(), base.len()))
    },
};

pub(super) const NEGATIVE_FLOAT: Check = Check {
    id: "negative_float",
    number: Some(7),
    name: word!("Negative float"),
    about: word!("Unfinished tasks that cannot meet a deadline or a constraint that follows."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let (network, base) = (schedule.linked()?, schedule.base()?);
        let late = base.iter().filter_map(|&index| {
            let float = network.tasks[index].as_ref()?.total_float?;
            (float < 0.0).then(|| on_task(index, working_days(float)))
        });
        Ok(Outcome::count(late.collect(), base.len()))
    },
};

pub(super) const CRITICAL_PATH_TEST: Check = Check {
    id: "critical_path_test",
    number: Some(12),
    name: word!("Critical path test"),
    about: word!(
        "The first critical task is delayed by 600 working days: how many of them the finish does not follow."
    ),
    unit: Unit::Days,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let network = schedule.linked()?;
        let plan = &network.plan;
        let first = (0..plan.counted)
            .filter_map(|node| network.activities.task[plan.activity[node] as usize].map(|task| (node, task)))
            .filter(|(_, task)| {
                network.tasks[*task].as_ref().is_some_and(|t| t.critical && t.on_longest_path)
            })
            .min_by_key(|(_, task)| (network.tasks[*task].as_ref().map(|t| t.early.0), *task));
        let Some((node, task)) = first else { return Err(phrase!("no unfinished task is critical")) };
        let readings = Readings::new(&schedule.project.calendars, network.start);
        let mut durations = plan.duration.clone();
        let delay = Work::from_hours(TEST_DELAY * schedule.hours_per_day());
        durations[node] += delay.0;
        let mut early = Times::default();
        plan.early(&readings, &durations, &mut early);
        let moments = plan.moments(&readings, &durations, &early);
        let finish =
            moments[..plan.counted].iter().map(|(_, finish)| *finish).max().unwrap_or(network.finish);
        let slipped = schedule.days_between(network.finish, finish);
        // A task on a calendar of its own may take longer on the project's: then the finish slips by more.
        let missing = (TEST_DELAY - slipped).max(0.0);
        let offenders = if missing > 0.01 {
            vec![on_task(
                task,
                phrase!(
                    "the finish slips {slipped} of {delay} working days",
                    slipped = Part::number(slipped, 1),
                    delay = Part::number(TEST_DELAY, 0)
                ),
            )]
        } else {
            Vec::new()
        };
        let value = if missing > 0.01 { missing } else { 0.0 };
        let note = phrase!(
            "{task} delayed: the finish slips by {days}.",
            task = schedule.code(task),
            days = working_days(slipped)
        );
        Ok(Outcome { value, of: None, offenders, note })
    },
};

pub(super) const CPLI: Check = Check {
    id: "cpli",
    number: Some(13),
    name: word!("Critical path length index"),
    about: metric::CPLI.meaning,
    unit: Unit::Index,
    threshold: Threshold::AtLeast(0.95),
    assess: |schedule| {
        let (length, float) = critical_path(schedule)?;
        let (network, planned) = planned(schedule)?;
        let value = metric::critical_path_length_index(length, float)
            .map_err(|_| phrase!("nothing remains on the critical path"))?;
        let note = phrase!(
            "{days} to the forecast finish {finish}, total float {float} to the baseline finish {planned}.",
            days = working_days(length),
            finish = last_day(network.finish),
            float = Part::number(float, 1),
            planned = last_day(planned)
        );
        Ok(Outcome { value, of: None, offenders: Vec::new(), note })
    },
};

/// The network of linked tasks with work left, and the baseline's finish.
fn planned<'a>(schedule: &Schedule<'a>) -> Result<(&'a Network, Moment), Phrase> {
    let network = schedule.linked()?;
    schedule.base()?;
    Ok((network, schedule.planned_finish.ok_or(word!("the baseline has no finish"))?))
}

/// How long the critical path is from the status date on, and its float to the baseline's finish, in working days.
pub(super) fn critical_path(schedule: &Schedule<'_>) -> Result<(f64, f64), Phrase> {
    let (network, planned) = planned(schedule)?;
    let length = schedule.days_between(schedule.status.max(network.start), network.finish);
    Ok((length, schedule.days_between(network.finish, planned)))
}

pub(super) const IMPOSSIBLE_CONSTRAINTS: Check = Check {
    id: "impossible_constraints",
    number: None,
    name: word!("Impossible constraints"),
    about: word!("Constraints on the latest dates that the links or the status date contradict."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let (network, base) = (schedule.network()?, schedule.base()?);
        let found = network.conflicts.iter().map(|conflict| {
            let detail = phrase!(
                "{constraint} {date}, but possible {possible} at the earliest",
                constraint = Part::Word(conflict.kind.name()),
                date = conflict.day(),
                possible = conflict.earliest()
            );
            on_task(conflict.task, detail)
        });
        Ok(Outcome::count(found.collect(), base.len()))
    },
};

pub(super) const MISSED_DEADLINES: Check = Check {
    id: "missed_deadlines",
    number: None,
    name: word!("Deadlines in danger"),
    about: word!("Unfinished tasks forecast to finish after their deadline."),
    unit: Unit::Count,
    threshold: Threshold::AtMost(0.0),
    assess: |schedule| {
        let network = schedule.network()?;
        let dated =
            |task: &usize| schedule.task(*task).deadline.is_some() && schedule.state[*task] != State::Effort;
        let with: Vec<usize> = schedule.base()?.iter().copied().filter(dated).collect();
        if with.is_empty() {
            return Err(phrase!("no unfinished task has a deadline"));
        }
        let late = with.iter().filter_map(|&index| {
            let (deadline, finish) = (schedule.task(index).deadline?, network.tasks[index].as_ref()?.early.1);
            let days = schedule.days_between(deadline, finish);
            (finish > deadline).then(|| {
                on_task(
                    index,
                    phrase!("{days} after {day}", days = working_days(days), day = last_day(deadline)),
                )
            })
        });
        Ok(Outcome::count(late.collect(), with.len()))
    },
};
