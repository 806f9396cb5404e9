//! Checks of how the plan is carried out.

use super::{Check, Outcome, Schedule, Threshold, Unit, on_task};
use crate::analysis::metric;
use crate::analysis::network::activities::State;
use crate::calendar::{Moment, end_of_day, last_day};
use crate::language::{Part, Phrase};
use crate::model::{Task, TaskKind};
use crate::quantity::{Reason, Work};

pub(super) const RESOURCES: Check = Check {
    id: "resources",
    number: Some(10),
    name: word!("Resources"),
    about: word!("Unfinished tasks with work to do and neither people nor cost."),
    unit: Unit::Count,
    threshold: Threshold::Informational,
    assess: |schedule| {
        let tasks = &schedule.project.tasks;
        if tasks.iter().all(|task| !is_resourced(task)) {
            return Err(phrase!("the plan has neither people nor cost"));
        }
        let works = |task: &Task| task.kind != TaskKind::Milestone && task.duration != Some(Work::ZERO);
        let with: Vec<usize> =
            schedule.base()?.iter().copied().filter(|&index| works(&tasks[index])).collect();
        let bare = with.iter().filter(|&&index| !is_resourced(&tasks[index]));
        Ok(Outcome::count(
            bare.map(|&index| on_task(index, word!("neither people nor cost"))).collect(),
            with.len(),
        ))
    },
};

fn is_resourced(task: &Task) -> bool {
    !task.resources.is_empty()
        || task.baseline_cost.is_some_and(|cost| !cost.is_zero())
        || task.baseline_work.or(task.work).is_some_and(|work| !work.is_zero())
}

pub(super) const MISSED: Check = Check {
    id: "missed_tasks",
    number: Some(11),
    name: word!("Missed tasks"),
    about: word!("Tasks baselined to finish by the status date that did not finish by their baseline date."),
    unit: Unit::Share,
    threshold: Threshold::AtMost(0.05),
    assess: |schedule| {
        let due = due(schedule)?;
        let missed = due.iter().filter_map(|&(index, planned)| {
            let detail = match finish(schedule, index) {
                None => phrase!("not finished; {late}", late = late(schedule, planned, schedule.status)),
                Some(finish) if last_day(finish) > last_day(planned) => {
                    phrase!("finished {late}", late = late(schedule, planned, finish))
                }
                Some(_) => return None,
            };
            Some(on_task(index, detail))
        });
        Ok(Outcome::share(missed.collect(), due.len()))
    },
};

pub(super) const BEI: Check = Check {
    id: "bei",
    number: Some(14),
    name: metric::BEI.name,
    about: metric::BEI.meaning,
    unit: Unit::Index,
    threshold: Threshold::AtLeast(0.95),
    assess: |schedule| {
        let due = Due::of(schedule)?;
        let open = due.tasks.iter().filter(|(index, _)| schedule.state[*index] != State::Finished);
        Ok(Outcome {
            value: due.share(due.finished),
            of: None,
            offenders: open
                .map(|(index, planned)| on_task(*index, phrase!("due {due}", due = last_day(*planned))))
                .collect(),
            note: phrase!(
                "{finished} finished, {due} baselined to be.",
                finished = Part::short(due.finished, 0),
                due = due.tasks.len()
            ),
        })
    },
};

pub(super) const HIT_TASKS: Check = Check {
    id: "hit_tasks",
    number: None,
    name: metric::HIT_TASKS.name,
    about: metric::HIT_TASKS.meaning,
    unit: Unit::Share,
    threshold: Threshold::AtLeast(0.95),
    assess: |schedule| {
        let due = Due::of(schedule)?;
        let note = phrase!("{n} {n|task|tasks} baselined to finish by now.", n = due.tasks.len());
        Ok(Outcome { value: due.share(due.hit), of: None, offenders: Vec::new(), note })
    },
};

pub(super) const CEI: Check = Check {
    id: "cei",
    number: None,
    name: metric::CEI.name,
    about: word!("Of the tasks that the last report forecast to finish by now, the share that is finished."),
    unit: Unit::Index,
    threshold: Threshold::AtLeast(0.95),
    assess: |schedule| {
        let found = schedule.forecast.as_ref().map_err(|reason| phrase!("{reason}", reason = *reason))?;
        let (due, finished) = (found.due(), found.met.len());
        if due == 0 {
            return Err(phrase!("{reason}", reason = Reason::NothingForecast));
        }
        let since = found.since.day();
        let note = match found.dropped.len() {
            0 => phrase!("{finished} finished, {due} forecast to be since {since}.", finished, due, since),
            n => phrase!(
                "{finished} finished, {due} forecast to be since {since}; {n} more {n|was|were} taken out of the plan.",
                finished,
                due,
                since,
                n
            ),
        };
        let missed = found.missed.iter().map(|missed| {
            on_task(missed.task, phrase!("was forecast for {day}", day = last_day(missed.then)))
        });
        Ok(Outcome { value: number(finished) / number(due), of: None, offenders: missed.collect(), note })
    },
};

/// What was to be finished, and what is.
pub(super) struct Due {
    /// Tasks baselined to finish by the status date, with that date; at least one.
    tasks: Vec<(usize, Moment)>,
    /// How many tasks are finished, whenever they were due.
    pub(super) finished: f64,
    /// How many of the tasks due finished by their baseline date.
    pub(super) hit: f64,
}

impl Due {
    pub(super) fn of(schedule: &Schedule<'_>) -> Result<Self, Phrase> {
        let tasks = due(schedule)?;
        let finished = schedule.discrete().filter(|&index| schedule.state[index] == State::Finished).count();
        let hit = |&&(index, planned): &&(usize, Moment)| {
            finish(schedule, index).is_some_and(|finish| last_day(finish) <= last_day(planned))
        };
        let hit = tasks.iter().filter(hit).count();
        Ok(Self { tasks, finished: number(finished), hit: number(hit) })
    }

    /// How many were due.
    pub(super) fn count(&self) -> f64 {
        number(self.tasks.len())
    }

    fn share(&self, part: f64) -> f64 {
        metric::over(Ok(part), Ok(self.count())).unwrap_or_default()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of tasks")]
const fn number(count: usize) -> f64 {
    count as f64
}

/// Tasks baselined to finish by the status date, with that date.
fn due(schedule: &Schedule<'_>) -> Result<Vec<(usize, Moment)>, Phrase> {
    let with: Vec<(usize, Moment)> =
        schedule.discrete().filter_map(|index| Some((index, baselined(schedule.task(index))?))).collect();
    if with.is_empty() {
        return Err(phrase!("the baseline has no dates"));
    }
    let due: Vec<_> = with.into_iter().filter(|(_, planned)| *planned <= schedule.status).collect();
    if due.is_empty() { Err(phrase!("nothing was baselined to finish yet")) } else { Ok(due) }
}

/// When a task is baselined to finish; one of which only the start is known, at the end of that day.
fn baselined(task: &Task) -> Option<Moment> {
    task.baseline_finish.or(task.baseline_start.map(|start| end_of_day(start.date())))
}

/// `3 working days late`.
fn late(schedule: &Schedule<'_>, planned: Moment, now: Moment) -> Phrase {
    let n = Part::number(schedule.days_between(planned, now), 0);
    phrase!("{n} {n|working day|working days} late", n)
}

/// When a finished task finished; one whose date is not known counts as finished on time.
fn finish(schedule: &Schedule<'_>, index: usize) -> Option<Moment> {
    let value = schedule.values.get(index)?;
    let finished = schedule.state[index] == State::Finished;
    finished.then(|| value.actual_finish.or(baselined(schedule.task(index))).unwrap_or(schedule.status))
}
