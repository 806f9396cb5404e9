//! From a project's tasks to activities: how long each still takes, what it cannot start before, what
//! binds it.

use crate::analysis::TaskValue;
use crate::analysis::milestone::is_finished;
use crate::analysis::rollup::Tree;
use crate::calendar::{Moment, end_of_day};
use crate::language::Phrase;
use crate::model::{ConstraintKind, LengthSource, Project, Task, TaskKind, TaskStatus};
use crate::quantity::Work;

use super::plan::{Activity, Limit, NEVER};
use super::readings::Readings;

/// How a task takes part in the network.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum State {
    /// Not begun.
    #[default]
    Open,
    /// Begun, not finished.
    Begun,
    /// Finished: it keeps its actual dates.
    Finished,
    /// Will not be done: it takes no time and passes on what it waits for.
    Cancelled,
    /// Passes with the others and holds nobody up.
    Effort,
    /// A heading: its dates are those of the tasks below.
    Summary,
}

/// What sets the floor of an activity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Floor {
    /// The project's start.
    #[default]
    ProjectStart,
    /// The status date: what is not done cannot lie before it.
    StatusDate,
    /// A constraint on its dates.
    Constraint,
    /// Its planned start, where nothing else says when it begins.
    PlannedStart,
    /// Its actual dates.
    Actual,
}

/// The activities of a project and what was assumed about them.
#[derive(Clone, Debug, Default)]
pub struct Activities {
    /// One a task without those below it, in the order of the tasks; gates of summaries may follow.
    pub list: Vec<Activity>,
    /// What sets the floor of each.
    pub floor: Vec<Floor>,
    /// Bounds beside the floors.
    pub limits: Vec<Limit>,
    /// The task of each; `None` for the gate of a summary.
    pub task: Vec<Option<usize>>,
    /// The activity of each task; `None` for a summary.
    pub of_task: Vec<Option<u32>>,
    /// How each task takes part.
    pub state: Vec<State>,
    /// Activities to be moved as late as possible.
    pub alap: Vec<u32>,
    /// What was assumed, in sentences.
    pub notes: Vec<Phrase>,
}

/// Tasks with something assumed about them: how many and the first few ids.
#[derive(Default)]
struct Assumed<'a> {
    count: usize,
    ids: Vec<&'a str>,
}

impl<'a> Assumed<'a> {
    fn add(&mut self, task: &'a Task) {
        self.count += 1;
        if self.ids.len() < 5 {
            self.ids.push(&task.id);
        }
    }

    /// `What was assumed: 3 tasks (A, B, C).`, or nothing.
    fn note(&self, assumed: Phrase) -> Option<Phrase> {
        let more = if self.count > self.ids.len() { ", ..." } else { "" };
        let ids = self.ids.join(", ") + more;
        (self.count > 0)
            .then(|| phrase!("{assumed}: {n} {n|task|tasks} ({ids}).", assumed, n = self.count, ids))
    }
}

/// What activities are read from.
#[derive(Clone, Copy)]
pub struct Sources<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its task tree.
    pub tree: &'a Tree,
    /// What is known of its tasks at the status date.
    pub values: &'a [TaskValue],
    /// Its calendars.
    pub readings: &'a Readings<'a>,
    /// The status date.
    pub status: Moment,
    /// Whether a link leads into a task.
    pub has_predecessor: &'a [bool],
}

impl Activities {
    /// Reads the activities of a project; `Err` says why its network cannot be assessed.
    ///
    /// # Errors
    /// When no open task says how long it takes.
    pub fn new(of: &Sources<'_>) -> Result<Self, Phrase> {
        let tasks = &of.project.tasks;
        let state = State::of_each(tasks, of.values, of.tree);
        let mut all = Self { of_task: vec![None; tasks.len()], state, ..Self::default() };
        let says_constraints = tasks.iter().any(|task| task.constraint != ConstraintKind::Asap);
        let remaining = stated_remaining(of.project, of.status);
        let (mut planned, mut baseline, mut nothing, mut at_plan) =
            <(Assumed, Assumed, Assumed, Assumed)>::default();
        let mut sized = 0_usize;
        for (index, task) in tasks.iter().enumerate() {
            let state = all.state[index];
            if state == State::Summary {
                continue;
            }
            let (whole, source) = task.length(of.readings.calendar(calendar_of(task)));
            if matches!(state, State::Open | State::Begun) {
                match source {
                    LengthSource::Planned => planned.add(task),
                    LengthSource::Baseline => baseline.add(task),
                    LengthSource::Nothing if remaining[index].is_none() => nothing.add(task),
                    LengthSource::Given | LengthSource::Nothing => {}
                }
                sized += usize::from(source != LengthSource::Nothing || remaining[index].is_some());
            }
            let place = Place { of, task, index, state, whole, source, left: remaining[index] };
            let keeps_plan = !says_constraints && !of.has_predecessor[index];
            if place.add(&mut all, keeps_plan) {
                at_plan.add(task);
            }
        }
        let open = all.state.iter().any(|state| matches!(state, State::Open | State::Begun));
        if open && sized == 0 {
            return Err(phrase!("no open task has a duration or dates that give one"));
        }
        all.notes = [
            planned.note(phrase!("No duration given, so the working time between the planned dates counts")),
            baseline.note(phrase!("No duration in the current plan, so the baseline's counts")),
            nothing.note(phrase!("Neither a duration nor dates, so no time counts")),
            at_plan.note(phrase!(
                "Neither a predecessor nor a constraint, so work begins no earlier than planned"
            )),
        ]
        .into_iter()
        .flatten()
        .collect();
        Ok(all)
    }

    /// Adds a gate of a summary: it takes no time. Returns its index.
    #[expect(clippy::cast_possible_truncation, reason = "a project has fewer than four billion tasks")]
    pub fn gate(&mut self, calendar: u32) -> u32 {
        self.list.push(Activity { calendar, ..Activity::default() });
        self.floor.push(Floor::ProjectStart);
        self.task.push(None);
        self.list.len() as u32 - 1
    }
}

impl State {
    /// How a task takes part, by its row and by what is known of it at the status date.
    fn of(task: &Task, value: Option<&TaskValue>, leaf: bool) -> Self {
        let finished = value.is_some_and(is_finished);
        let begun = value.is_some_and(|value| value.actual_start.is_some() || value.percent_complete > 0.0);
        match task.kind {
            _ if !leaf => Self::Summary,
            TaskKind::Summary => Self::Summary,
            _ if finished => Self::Finished,
            _ if task.status == Some(TaskStatus::Cancelled) => Self::Cancelled,
            TaskKind::LevelOfEffort => Self::Effort,
            _ if begun => Self::Begun,
            _ => Self::Open,
        }
    }

    /// How each task of a plan takes part.
    #[must_use]
    pub fn of_each(tasks: &[Task], values: &[TaskValue], tree: &Tree) -> Vec<Self> {
        let of = |(index, task)| Self::of(task, values.get(index), tree.is_leaf(index));
        tasks.iter().enumerate().map(of).collect()
    }
}

/// The working time left of each task as last stated by the status date: what was left before a later percent complete
/// is not what is left now.
fn stated_remaining(project: &Project, status: Moment) -> Vec<Option<Work>> {
    let mut spoken = vec![false; project.tasks.len()];
    let mut left = vec![None; project.tasks.len()];
    for statement in &project.statements {
        let Some(spoken) = spoken.get_mut(statement.task) else { continue };
        *spoken = true;
        if statement.at <= status {
            let older = left[statement.task].filter(|_| statement.percent_complete.is_none());
            left[statement.task] = statement.remaining_duration.or(older);
        }
    }
    for ((left, spoken), task) in left.iter_mut().zip(spoken).zip(&project.tasks) {
        if !spoken {
            *left = task.remaining_duration;
        }
    }
    left
}

/// The calendar of a task as an index of [`Readings`].
#[must_use]
pub fn calendar_of(task: &Task) -> u32 {
    u32::try_from(task.calendar).unwrap_or(0)
}

/// A task on its way to be an activity.
struct Place<'a> {
    of: &'a Sources<'a>,
    task: &'a Task,
    index: usize,
    state: State,
    whole: Work,
    source: LengthSource,
    left: Option<Work>,
}

impl Place<'_> {
    fn reading(&self, moment: Moment) -> i64 {
        self.of.readings.at(calendar_of(self.task), moment)
    }

    /// Working seconds from the status date to the planned finish, where that is still to come.
    fn plan_ends(&self) -> Option<i64> {
        let finish = self.task.finish.filter(|finish| *finish > self.of.status)?;
        Some((self.reading(finish) - self.reading(self.of.status)).max(0))
    }

    /// Adds the activity; whether its planned start holds it.
    fn add(&self, all: &mut Activities, keeps_plan: bool) -> bool {
        #[expect(clippy::cast_possible_truncation, reason = "a project has fewer than four billion tasks")]
        let number = all.list.len() as u32;
        let now = self.reading(self.of.status);
        let value = self.of.values.get(self.index);
        let began = value.and_then(|value| value.actual_start.or(value.expected_start));
        let (mut floor, mut why) = if now > 0 { (now, Floor::StatusDate) } else { (0, Floor::ProjectStart) };
        let mut limit = Limit { now: floor, ..Limit::none(number) };
        let mut duration = match (self.state, self.left) {
            (State::Finished | State::Cancelled, _) => 0,
            // A tool may write 0 for what it does not know.
            (State::Open, Some(left)) if left.0 > 0 => left.0,
            (State::Begun, Some(left)) => left.0.max(0),
            // The planned finish is all that is said of the duration: it says what remains as well.
            (State::Begun, None) if self.source == LengthSource::Planned && self.plan_ends().is_some() => {
                self.plan_ends().unwrap_or(0)
            }
            (State::Begun, None) => {
                let done = value.map_or(0.0, |value| value.percent_complete.clamp(0.0, 1.0));
                Work::from_hours(self.whole.hours() * (1.0 - done)).0
            }
            _ => self.whole.0,
        };
        let mut at_plan = false;
        match self.state {
            State::Finished => {
                let ended =
                    value.and_then(|v| v.actual_finish.or(v.expected_finish)).unwrap_or(self.of.status);
                (floor, why) = (self.reading(ended), Floor::Actual);
                limit = Limit {
                    began: Some(began.map_or(floor, |began| self.reading(began).min(floor))),
                    now: -NEVER,
                    ..limit
                };
            }
            State::Begun => {
                (floor, why) = (now, Floor::StatusDate);
                let began = began.map_or(now, |began| self.reading(began).min(now));
                limit = Limit { began: Some(began), now, ..limit };
                self.constrain_finish(&mut limit);
            }
            State::Open => {
                if let Some(start) = self.task.start.filter(|_| keeps_plan) {
                    let planned = self.reading(start);
                    if planned > floor {
                        (floor, why, at_plan) = (planned, Floor::PlannedStart, true);
                    }
                }
                if let Some(from) = self.constrain_start(&mut limit)
                    && from > floor
                {
                    (floor, why) = (from, Floor::Constraint);
                }
                self.constrain_finish(&mut limit);
                if self.task.constraint == ConstraintKind::Alap {
                    all.alap.push(number);
                }
            }
            State::Effort => {
                let (start, finish) = (
                    self.task.start.or(self.task.baseline_start),
                    self.task.finish.or(self.task.baseline_finish),
                );
                let begun = value.is_some_and(|v| v.actual_start.is_some() || v.percent_complete > 0.0);
                if let (true, Some(began)) = (begun, began) {
                    limit.began = Some(self.reading(began).min(now));
                    (floor, why) = (now, Floor::StatusDate);
                } else if let Some(start) = start {
                    let planned = self.reading(start);
                    if planned > floor {
                        (floor, why) = (planned, Floor::PlannedStart);
                    }
                }
                if let Some(finish) = finish {
                    duration = (self.reading(finish) - floor).max(0);
                }
            }
            State::Cancelled | State::Summary => {}
        }
        if let Some(deadline) =
            self.task.deadline.filter(|_| matches!(self.state, State::Open | State::Begun))
        {
            limit.due = self.reading(deadline);
        }
        if limit != (Limit { now: limit.now, ..Limit::none(number) }) {
            all.limits.push(limit);
        }
        let follows = self.state == State::Effort;
        all.list.push(Activity { calendar: calendar_of(self.task), follows, duration, floor });
        all.floor.push(why);
        all.task.push(Some(self.index));
        all.of_task[self.index] = Some(number);
        at_plan
    }

    /// Bounds the start as the constraint says; the reading it cannot start before.
    fn constrain_start(&self, limit: &mut Limit) -> Option<i64> {
        let at = self.reading(self.task.constraint_date?);
        match self.task.constraint {
            ConstraintKind::Snet => Some(at),
            ConstraintKind::Snlt => {
                limit.start_by = at;
                None
            }
            ConstraintKind::Mso => {
                limit.start_by = at;
                Some(at)
            }
            _ => None,
        }
    }

    /// Bounds the finish as the constraint says. A plain date is the end of its day.
    fn constrain_finish(&self, limit: &mut Limit) {
        let Some(date) = self.task.constraint_date else { return };
        let at = self.reading(constraint_finish(date));
        match self.task.constraint {
            ConstraintKind::Fnet => limit.finish_from = at,
            ConstraintKind::Fnlt => limit.finish_by = at,
            ConstraintKind::Mfo => (limit.finish_from, limit.finish_by) = (at, at),
            _ => {}
        }
    }
}

/// The date of a constraint on a finish: the column is read as the start of a day.
#[must_use]
pub fn constraint_finish(date: Moment) -> Moment {
    if date.time() == chrono::NaiveTime::MIN { end_of_day(date.date()) } else { date }
}
