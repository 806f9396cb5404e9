//! What the slip of the finish is made of: how many working days each task of the chain that sets it adds.
//!
//! The chain is followed back from the task that finishes last by what drives each task's start; of what has
//! begun, by the predecessor that let it begin last. What a task adds is by how much its own finish (or start,
//! where the next one waits for that) has moved from the baseline beyond what it waited for has moved. So the
//! parts add up to the slip of the last task, and what the recommended forecast adds to that is the rest.

use super::Given;
use crate::analysis::network::activities::State;
use crate::analysis::network::drivers::Driver;
use crate::analysis::network::{Network, Scheduled};
use crate::calendar::{Moment, WorkCalendar};
use crate::model::{Link, RelationType};

/// Below this a part is the noise of hours.
const NOTHING: f64 = 0.05;

/// The slip of the finish and its parts, in working days.
#[derive(Clone, Debug, PartialEq)]
pub struct Slip {
    /// From the baseline's finish to the recommended forecast.
    pub days: f64,
    /// What each task of the chain adds or takes, from the first task to the last.
    pub parts: Vec<Part>,
    /// What the recommended forecast adds to what the links say.
    pub rest: f64,
}

impl Slip {
    /// The parts, the largest first.
    #[must_use]
    pub fn ranked(&self) -> Vec<Part> {
        let mut parts = self.parts.clone();
        parts.sort_by(|a, b| b.days().total_cmp(&a.days()));
        parts
    }
}

/// What a task of the chain adds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Part {
    /// Index into tasks.
    pub task: usize,
    /// By starting later than what it waited for let it; negative where it made up time.
    pub waited: f64,
    /// By taking longer than planned.
    pub longer: f64,
}

impl Part {
    /// Both together.
    #[must_use]
    pub fn days(&self) -> f64 {
        self.waited + self.longer
    }
}

/// Which end of a task the next one of the chain waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Start,
    Finish,
}

/// The slip of the finish; `None` without a network of linked tasks, or without a baseline.
pub(super) fn slip(given: &Given<'_>) -> Option<Slip> {
    let network = given.network.as_ref().ok().filter(|network| network.linked)?;
    let days = given.days(given.value.planned_finish?, given.value.forecast_finish().ok()?)?;
    let chain = Chain { given, network, calendar: given.project.calendars.first()? };
    let parts: Vec<Part> = chain.parts().into_iter().filter(|part| part.days().abs() >= NOTHING).collect();
    let told: f64 = parts.iter().map(Part::days).sum();
    Some(Slip { days, rest: days - told, parts })
}

/// The chain that sets the finish.
struct Chain<'a> {
    given: &'a Given<'a>,
    network: &'a Network,
    calendar: &'a WorkCalendar,
}

impl Chain<'_> {
    /// What each task adds, from the first to the last.
    fn parts(&self) -> Vec<Part> {
        let mut before = 0.0;
        let mut parts = Vec::new();
        for (task, end) in self.back().into_iter().rev() {
            // Without a baseline nobody knows what it adds: the next one carries it.
            let Some(moved) = self.moved(task, end) else { continue };
            let at_start = if end == End::Finish { self.moved(task, End::Start) } else { None };
            let at_start = at_start.unwrap_or(if end == End::Start { moved } else { before });
            parts.push(Part { task, waited: at_start - before, longer: moved - at_start });
            before = moved;
        }
        parts
    }

    /// The chain from the last task back to where it begins, each with the end that counts.
    fn back(&self) -> Vec<(usize, End)> {
        let open = |t: &&Scheduled| matches!(t.state, State::Open | State::Begun) && t.on_longest_path;
        let tasks = self.network.tasks.iter().enumerate();
        let last = tasks
            .filter_map(|(task, found)| Some((found.as_ref().filter(open)?.early.1, task)))
            .max()
            .map(|(_, task)| (task, End::Finish));
        let mut chain = Vec::new();
        let mut at = last;
        while let Some((task, end)) = at.filter(|_| chain.len() <= self.network.tasks.len()) {
            chain.push((task, end));
            at = self.before(task);
        }
        chain
    }

    /// What a task waited for.
    fn before(&self, task: usize) -> Option<(usize, End)> {
        let found = self.network.scheduled(task)?;
        match found.driver {
            Driver::Link { link, from } => Some((from, end(self.given.project.links[link].relation))),
            Driver::StatusDate | Driver::Actual => self.let_begin(task),
            Driver::ProjectStart | Driver::Constraint | Driver::PlannedStart => None,
        }
    }

    /// The predecessor that let a task begin last.
    fn let_begin(&self, task: usize) -> Option<(usize, End)> {
        let links = self.given.project.links.iter().filter(|link| link.successor == task);
        let at = |link: &Link| {
            let at = self.now(link.predecessor, end(link.relation))?;
            let state = self.network.scheduled(link.predecessor)?.state;
            let lagged = link.after(self.calendar, at);
            (!matches!(state, State::Summary | State::Cancelled | State::Effort)).then_some(lagged)
        };
        let latest = links
            .filter_map(|link| Some((at(link)?, std::cmp::Reverse(link.predecessor), link)))
            .max_by_key(|(at, first, _)| (*at, *first))?;
        Some((latest.2.predecessor, end(latest.2.relation)))
    }

    /// When an end of a task happened, or will by the network.
    fn now(&self, task: usize, end: End) -> Option<Moment> {
        let found = self.network.scheduled(task)?;
        match end {
            End::Finish => Some(found.early.1),
            End::Start => {
                let actual = self.given.value.tasks.get(task).and_then(|value| value.actual_start);
                Some(actual.unwrap_or(found.early.0))
            }
        }
    }

    /// Working days by which an end of a task has moved from its baseline.
    fn moved(&self, task: usize, end: End) -> Option<f64> {
        let row = self.given.project.tasks.get(task)?;
        let baseline = match end {
            End::Finish => row.baseline_finish.or(row.baseline_start),
            End::Start => row.baseline_start,
        };
        Some(self.calendar.days_between(baseline?, self.now(task, end)?))
    }
}

/// The end of the predecessor that a link hangs on.
fn end(relation: RelationType) -> End {
    match relation {
        RelationType::Fs | RelationType::Ff => End::Finish,
        RelationType::Ss | RelationType::Sf => End::Start,
    }
}
