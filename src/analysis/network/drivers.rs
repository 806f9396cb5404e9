//! Why a date is what it is: what each task waits for, and the chains that set the finish.

use super::activities::{Activities, Floor};
use super::mixed::Moments;
use super::plan::{Plan, Times};
use super::readings::Readings;
use super::summaries::OF_SUMMARY;

/// What the start of a task's remaining work waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// Nothing but the project's start.
    ProjectStart,
    /// The status date: it could have been done before.
    StatusDate,
    /// The constraint on its dates.
    Constraint,
    /// Its planned start, where nothing else says when it begins.
    PlannedStart,
    /// It has happened.
    Actual,
    /// Another task.
    Link {
        /// Index in `Project::links`.
        link: usize,
        /// Index of the task that drives: the predecessor, or the one below it where that is a summary.
        from: usize,
    },
}

/// The driving ties of a plan.
pub struct Drivers<'a> {
    plan: &'a Plan,
    activities: &'a Activities,
    /// The tie that each node's start waits for, the first of several.
    tie: Vec<Option<u32>>,
    /// Whether a constraint rather than the links places the node.
    bound: Vec<bool>,
    /// Nodes on a driving chain to the finish.
    longest: Vec<bool>,
}

impl<'a> Drivers<'a> {
    /// Finds them from the early times.
    #[must_use]
    pub fn new(
        plan: &'a Plan,
        activities: &'a Activities,
        readings: &Readings<'_>,
        early: &Times,
        moments: &Moments,
    ) -> Self {
        let count = plan.len();
        let mut found = Self {
            plan,
            activities,
            tie: vec![None; count],
            bound: vec![false; count],
            longest: vec![false; count],
        };
        let last = moments[..plan.counted].iter().map(|(_, finish)| *finish).max();
        for (node, (_, finish)) in moments.iter().enumerate().take(plan.counted) {
            found.longest[node] = Some(*finish) == last;
        }
        let mut limits = plan.limits.iter().rev().peekable();
        for node in (0..count).rev() {
            let duration = plan.duration[node];
            let start = early.finish(node) - duration;
            let limit = limits.next_if(|limit| limit.node as usize == node);
            let bounds = plan.into(node).map(|place| {
                let bound = if plan.uniform.is_some() {
                    let tie = plan.ties[place];
                    early.0[tie.from as usize] + tie.lag - if tie.to_finish { duration } else { 0 }
                } else {
                    plan.bound(readings, place, moments, plan.calendar[node], duration)
                };
                (place, bound)
            });
            let logic = bounds.clone().map(|(_, bound)| bound).fold(plan.floor[node], i64::max);
            found.bound[node] = limit.is_some_and(|limit| {
                let free = limit.by_logic(logic, duration);
                free > limit.latest(duration) || free > logic.max(limit.now)
            });
            if found.bound[node] {
                continue;
            }
            let floor_holds = plan.floor[node] >= start;
            for (place, bound) in bounds {
                let before = plan.ties[place].predecessor();
                // What has happened already holds nobody up that waits for the status date as well.
                let past = floor_holds && found.is_past(before);
                if bound < start || past {
                    continue;
                }
                if found.tie[node].is_none() {
                    found.tie[node] = u32::try_from(place).ok();
                }
                if found.longest[node] {
                    found.longest[before] = true;
                }
            }
        }
        found
    }

    fn is_past(&self, node: usize) -> bool {
        self.activities.floor[self.plan.activity[node] as usize] == Floor::Actual
    }

    /// Whether a node is on a chain of tasks each of which drives the next, down to the finish.
    #[must_use]
    pub fn on_longest_path(&self, node: usize) -> bool {
        self.longest[node]
    }

    /// What the node's remaining work waits for. Gates of summaries are looked through.
    #[must_use]
    pub fn of(&self, node: usize) -> Driver {
        let mut link = None;
        let mut at = node;
        while let Some(place) = self.tie[at].map(|place| place as usize) {
            let before = self.plan.ties[place].predecessor();
            if self.plan.link[place] != OF_SUMMARY {
                link = Some(self.plan.link[place] as usize);
            }
            let activity = self.plan.activity[before] as usize;
            if let (Some(from), Some(link)) = (self.activities.task[activity], link) {
                return Driver::Link { link, from };
            }
            at = before;
        }
        if self.bound[at] {
            return Driver::Constraint;
        }
        match self.activities.floor[self.plan.activity[at] as usize] {
            Floor::ProjectStart => Driver::ProjectStart,
            Floor::StatusDate => Driver::StatusDate,
            Floor::Constraint => Driver::Constraint,
            Floor::PlannedStart => Driver::PlannedStart,
            Floor::Actual => Driver::Actual,
        }
    }
}
