//! Load against capacity, person by person and week by week: what people booked so far, and what is planned for them
//! from the status date on, against the hours they have.
//!
//! The work that is left of an open task is shared equally by its resources (without any, it is its owner's), as planned
//! hours are, and spread evenly over the working time each of them has between the task's expected start and finish:
//! the dates of the schedule network, not before the status date. So the weeks of a task add up to its work, and a task
//! that has more work left than time shows as a person with more work than time.

mod over;
mod place;
#[cfg(test)]
mod tests;
mod week;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::analysis::effort::{assigned, spread};
use crate::analysis::ledger::{Ledger, folded};
use crate::analysis::network::{Network, activities::State};
use crate::analysis::presence::{self, Presence};
use crate::analysis::rollup::Tree;
use crate::analysis::{Effort, TaskValue, milestone};
use crate::calendar::{Moment, Period, StatusDate};
use crate::language::Phrase;
use crate::model::{Project, TaskKind, TaskStatus};
use crate::quantity::Work;

pub use over::Overload;
use place::{Place, place};
use week::Weeks;

/// What the load is told: the `[load]` table of `earnest.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// More than this share of the time somebody has is too much.
    pub over: f64,
    /// More than this share over the weeks ahead turns the people red.
    pub red: f64,
    /// Less than this share over the weeks ahead is room for more.
    pub under: f64,
    /// How many weeks ahead people are rated by.
    pub weeks: u32,
}

impl Default for Settings {
    /// More than all of the time is too much, a quarter more is red; less than half is room; four weeks.
    fn default() -> Self {
        Self { over: 1.0, red: 1.25, under: 0.5, weeks: 4 }
    }
}

impl Settings {
    /// Whether they make sense.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub fn check(&self) -> Result<(), String> {
        let Self { over, red, under, weeks } = *self;
        if !(under >= 0.0 && under <= over && over <= red && red.is_finite()) || over <= 0.0 {
            return Err(format!(
                "load: under {under}, over {over} and red {red} are shares that rise, such as 0.5, 1 and 1.25"
            ));
        }
        if !(1..=52).contains(&weeks) {
            return Err(format!("load: weeks {weeks} does not lie between 1 and 52"));
        }
        Ok(())
    }
}

/// Who has how much to do when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadFindings {
    /// What is too much and what is room.
    pub settings: Settings,
    /// The weeks, Monday to Sunday: from the first with bookings of the last two months to the last with planned work.
    pub weeks: Vec<Period>,
    /// The week of the status date, as an index into `weeks`.
    pub now: usize,
    /// Everyone with planned work, a row in the resources or bookings of late, by name.
    pub people: Vec<PersonLoad>,
    /// Who is overallocated when and by what, the most hours beyond their time first.
    pub over: Vec<Overload>,
    /// Work that is left and nobody is named for: index into tasks and hours, by expected start.
    pub unassigned: Vec<(usize, Work)>,
    /// Work that is left of tasks without dates, which lies in no week.
    pub undated: Vec<(usize, Work)>,
    /// Open tasks whose work that is left is not in the data and was taken as their planned hours times the share that
    /// is not done.
    pub derived: usize,
    /// Open tasks without any hours.
    pub without_hours: usize,
    /// The weeks ahead that `PersonLoad::ahead` speaks of: the last of them, as an index into `weeks`.
    pub horizon: usize,
}

/// The load of one person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PersonLoad {
    /// The name, as the resources spell it where they have it.
    pub name: String,
    /// As what.
    pub role: Option<String>,
    /// Whether the resources have a row of them: without, nobody knows how much time they have.
    pub known: bool,
    /// One a week of [`LoadFindings::weeks`].
    pub weeks: Vec<WeekLoad>,
    /// From the status date to the end of the horizon.
    pub ahead: WeekLoad,
    /// All that is planned, and the hours from the status date to the last week of `weeks`.
    pub all: WeekLoad,
    /// What is planned beyond the last week, where the plan is so long that weeks were left out.
    pub beyond: Work,
}

/// The hours of a person in a week or in several.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WeekLoad {
    /// Booked to the status date.
    pub booked: Work,
    /// Planned from the status date on.
    pub planned: Work,
    /// The hours they have; `None` for one whom the resources do not list.
    pub capacity: Option<Work>,
    /// Of these, those after the status date.
    pub open: Option<Work>,
}

impl WeekLoad {
    /// Booked and planned.
    #[must_use]
    pub fn load(&self) -> Work {
        self.booked + self.planned
    }

    /// Load over capacity, 0..; `None` without capacity.
    #[must_use]
    pub fn utilisation(&self) -> Option<f64> {
        let capacity = self.capacity.filter(|capacity| capacity.0 > 0)?;
        Some(self.load().hours() / capacity.hours())
    }

    /// Whether more is planned than this share of the hours there are. A minute more is no overload.
    #[must_use]
    pub fn is_over(&self, share: f64) -> bool {
        let beyond = |capacity: Work| self.load().hours() > capacity.hours() * share + 1.0 / 60.0;
        !self.planned.is_zero() && self.capacity.is_some_and(beyond)
    }
}

/// What the load is computed from.
pub(in crate::analysis) struct Given<'a> {
    pub(in crate::analysis) values: &'a [TaskValue],
    pub(in crate::analysis) effort: &'a Effort,
    pub(in crate::analysis) ledger: &'a Ledger,
    pub(in crate::analysis) network: Option<&'a Network>,
    pub(in crate::analysis) status: StatusDate,
}

/// Load and capacity of everyone in a project.
pub(in crate::analysis) fn load(project: &Project, given: &Given<'_>, settings: &Settings) -> LoadFindings {
    let rows = presence::by_person(project);
    let Some(always) = project.calendars.first().map(Presence::always) else {
        return LoadFindings::default();
    };
    let mut found = LoadFindings { settings: *settings, ..LoadFindings::default() };
    let open = open_work(project, given, &mut found);
    let finish = open.iter().map(|work| work.to).max();
    let booked = given.ledger.weeks.iter().filter(|line| !line.hours.is_zero()).map(|line| line.week).min();
    let weeks = Weeks::new(given.status, booked, finish);
    let mut people: BTreeMap<String, Person<'_>> = BTreeMap::new();
    for (key, rows) in &rows {
        let known = Presence::of(project, rows);
        let name = rows.last().map_or("", |row| row.person.as_str());
        let mut person = Person::new(name, known.unwrap_or(always), &weeks);
        person.load.role = rows.iter().find_map(|row| row.role.clone());
        person.load.known = known.is_some();
        people.insert(key.clone(), person);
    }
    for line in &given.ledger.weeks {
        if let Some(week) = weeks.index(line.week) {
            person(&mut people, &line.person, always, &weeks).load.weeks[week].booked += line.hours;
        }
    }
    for work in &open {
        for (who, part) in spread(work.work, &assigned(&project.tasks[work.task])) {
            let person = person(&mut people, who, always, &weeks);
            let span = Place { from: work.from, to: work.to, work: part };
            let Person { load, presence, bounds, parts } = person;
            load.beyond += place(&span, presence, &weeks, bounds, |week, part| {
                load.weeks[week].planned += part;
                parts.push((week, work.task, part));
            });
        }
    }
    for line in &given.effort.people {
        if let Some(person) = people.get_mut(&folded(&line.name)) {
            person.load.role = person.load.role.take().or_else(|| line.role.clone());
        }
    }
    let horizon = weeks.horizon(settings.weeks);
    let mut people: Vec<Person<'_>> = people.into_values().collect();
    for person in &mut people {
        person.sum_up(&weeks, horizon, given.status.0);
    }
    people.sort_by(|a, b| a.load.name.cmp(&b.load.name));
    found.over = over::overloads(&people, weeks.now, settings.over);
    found.people = people.into_iter().map(|person| person.load).filter(PersonLoad::counts).collect();
    // Those who are left out have neither load nor time ahead.
    found.now = weeks.now;
    found.horizon = horizon;
    found.weeks = weeks.list();
    found
}

/// One person while the load is put together.
struct Person<'a> {
    load: PersonLoad,
    presence: Presence<'a>,
    /// Their reading at the beginning of every week and at the end of the last.
    bounds: Vec<i64>,
    /// Week, task, hours: what their planned work is made of.
    parts: Vec<(usize, usize, Work)>,
}

impl<'a> Person<'a> {
    /// Someone with nothing to do.
    fn new(name: &str, presence: Presence<'a>, weeks: &Weeks) -> Self {
        Self {
            load: PersonLoad {
                name: name.trim().to_owned(),
                weeks: vec![WeekLoad::default(); weeks.count()],
                ..PersonLoad::default()
            },
            presence,
            bounds: weeks.bounds(&presence),
            parts: Vec::new(),
        }
    }

    /// Capacities, and the sums over the weeks ahead.
    fn sum_up(&mut self, weeks: &Weeks, horizon: usize, status: Moment) {
        let now = self.presence.reading(status);
        let Self { load, presence, bounds, .. } = self;
        let (mut ahead, mut all) = (WeekLoad::default(), WeekLoad::default());
        for (index, week) in load.weeks.iter_mut().enumerate() {
            let (from, to) = (bounds[index], bounds[index + 1]);
            week.capacity = load.known.then(|| presence.hours(from, to));
            week.open = load.known.then(|| presence.hours(from.max(now), to));
            if index < weeks.now {
                continue;
            }
            for sum in [Some(&mut all), (index <= horizon).then_some(&mut ahead)].into_iter().flatten() {
                sum.planned += week.planned;
                sum.capacity = week.open.map(|open| sum.capacity.unwrap_or_default() + open);
                sum.open = sum.capacity;
            }
        }
        all.planned += load.beyond;
        (load.ahead, load.all) = (ahead, all);
    }
}

impl PersonLoad {
    /// Whether there is anything to say of them.
    fn counts(&self) -> bool {
        let hours = |week: &WeekLoad| !week.load().is_zero() || week.capacity.is_some_and(|work| work.0 > 0);
        self.weeks.iter().any(hours) || !self.beyond.is_zero()
    }

    /// Whether they could take on more over the weeks ahead: less planned than this share of the hours they have.
    #[must_use]
    pub fn has_room(&self, under: f64) -> bool {
        self.ahead.utilisation().is_some_and(|share| share < under)
    }
}

/// The person of a name.
fn person<'p, 'a>(
    people: &'p mut BTreeMap<String, Person<'a>>,
    name: &str,
    always: Presence<'a>,
    weeks: &Weeks,
) -> &'p mut Person<'a> {
    people.entry(folded(name)).or_insert_with(|| Person::new(name, always, weeks))
}

/// Work that is left of a task, and when it is to be done.
struct OpenWork {
    task: usize,
    work: Work,
    from: Moment,
    to: Moment,
}

/// The work that is left of the open tasks; what is nobody's, and what has no dates, goes into the findings.
fn open_work(project: &Project, given: &Given<'_>, found: &mut LoadFindings) -> Vec<OpenWork> {
    let tree = Tree::new(&project.tasks);
    let mut left: Vec<Option<Work>> = vec![None; project.tasks.len()];
    for (task, line) in &given.effort.tasks {
        left[*task] = line.remaining;
    }
    let mut open = Vec::new();
    for (index, (task, value)) in project.tasks.iter().zip(given.values).enumerate() {
        let ended = milestone::is_finished(value) || task.status == Some(TaskStatus::Cancelled);
        if ended || !tree.is_leaf(index) || matches!(task.kind, TaskKind::Milestone | TaskKind::Summary) {
            continue;
        }
        let planned = || Some(portion(task.work.or(task.baseline_work)?, 1.0 - value.percent_complete));
        let Some(work) = left[index].or_else(planned) else {
            found.without_hours += 1;
            continue;
        };
        found.derived += usize::from(left[index].is_none());
        if work.0 <= 0 {
            continue;
        }
        let dates = dates(index, value, given);
        if assigned(task).is_empty() {
            found.unassigned.push((index, work));
        } else if let Some((from, to)) = dates {
            open.push(OpenWork { task: index, work, from, to });
        } else {
            found.undated.push((index, work));
        }
    }
    let start =
        |task: usize| (given.values[task].expected_start.is_none(), given.values[task].expected_start);
    found.unassigned.sort_by_key(|(task, _)| (start(*task), *task));
    open
}

fn portion(work: Work, share: f64) -> Work {
    Work::from_hours(work.hours() * share.clamp(0.0, 1.0))
}

/// From when to when the rest of a task is to be done. The rest of one that has begun starts when its links let it go on.
fn dates(task: usize, value: &TaskValue, given: &Given<'_>) -> Option<(Moment, Moment)> {
    let status = given.status.0;
    let linked = given.network.filter(|network| network.linked);
    let scheduled = linked.and_then(|network| network.tasks.get(task)?.as_ref());
    let rest = scheduled.filter(|found| found.state == State::Begun).map(|found| found.early.0);
    let from = rest.or(value.expected_start)?.max(status);
    Some((from, value.expected_finish?.max(from)))
}

impl LoadFindings {
    /// Whether any work is left to be done by somebody or nobody.
    #[must_use]
    pub fn has_work(&self) -> bool {
        self.people.iter().any(|person| !person.all.planned.is_zero())
            || !self.unassigned.is_empty()
            || !self.undated.is_empty()
    }

    /// The weeks ahead of all whom the resources list; `None` where they have no time.
    #[must_use]
    pub fn ahead(&self) -> Option<WeekLoad> {
        let mut all = WeekLoad::default();
        for person in self.people.iter().filter(|person| person.known) {
            all.planned += person.ahead.planned;
            all.capacity =
                person.ahead.capacity.map(|more| all.capacity.unwrap_or_default() + more).or(all.capacity);
        }
        all.open = all.capacity;
        all.capacity.filter(|capacity| !capacity.is_zero()).map(|_| all)
    }

    /// What was assumed or could not be said, in sentences for the reader.
    #[must_use]
    pub fn notes(&self) -> Vec<Phrase> {
        if !self.has_work() {
            return Vec::new();
        }
        let mut notes = Vec::new();
        if self.derived > 0 {
            notes.push(phrase!(
                "Load: {n} open {n|task|tasks} without remaining work in the data; planned hours times the share that is not done were taken.",
                n = self.derived
            ));
        }
        if self.without_hours > 0 {
            notes.push(phrase!(
                "Load: {n} open {n|task|tasks} without any hours, so nobody's load has {n|it|them}.",
                n = self.without_hours
            ));
        }
        let unknown =
            self.people.iter().filter(|person| !person.known && !person.all.planned.is_zero()).count();
        if unknown > 0 {
            notes.push(phrase!(
                "Load: {n} {n|person is|people are} planned for without a row in the resources, so their capacity is not \
                 known and their load is shown in hours.",
                n = unknown
            ));
        }
        notes
    }
}
