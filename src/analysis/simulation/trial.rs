//! What a trial runs over: the network's plan with every duration as something that varies, the events of the
//! risk register, and what cost follows them. Compiled once a project, in days as floating point numbers.
//!
//! What is finished is not simulated: its actual dates become floors of the tasks after it.

mod costs;
mod durations;
mod events;
mod network;

use std::ops::Range;

use crate::analysis::network::readings::Readings;
use crate::model::Project;

use super::bridge::Bridge;
use super::quantile::{Table, Tables};
use super::spread::Varies;
use super::{Given, Settings};

/// What trials are compiled from.
#[derive(Clone, Copy)]
pub(super) struct Sources<'a> {
    pub(super) project: &'a Project,
    pub(super) given: &'a Given<'a>,
    pub(super) settings: &'a Settings,
}

/// A project ready for trials.
#[derive(Clone, Debug, Default)]
pub(super) struct Trial {
    /// What is not finished, in topological order.
    pub(super) nodes: Vec<Node>,
    /// The ties, grouped by successor.
    pub(super) ties: Vec<Tie>,
    /// When the last of what is finished ended, in days: with a lead that may be after all that is left.
    pub(super) done: f32,
    /// The nodes that may be the last, each with the bridge to the project's calendar if it needs one.
    pub(super) ends: Vec<(u32, Option<u32>)>,
    pub(super) bridges: Vec<Bridge>,
    pub(super) tables: Tables,
    normal: u32,
    /// Risks that can happen: those that hit tasks, then those that hit the project as a whole.
    pub(super) events: Vec<Event>,
    /// The first event that delays the finish itself.
    pub(super) on_the_whole: Option<usize>,
    /// Groups of tasks that follow each other.
    pub(super) groups: usize,
    /// Weights of what a group shares and of what is a task's own.
    pub(super) follows: f32,
    pub(super) own: f32,
    /// Whether there is cost to simulate.
    pub(super) costs: bool,
    /// Cost of a day by which the finish moves: level of effort.
    pub(super) rate_to_finish: f32,
    /// The finish with every duration as planned, in days.
    pub(super) planned: f32,
    /// Cost with everything as planned, in currency units.
    pub(super) base_cost: f64,
    /// Seconds of a day.
    pub(super) day: f64,
    /// What was assumed, for the reader.
    pub(super) assumed: Assumed,
}

/// What the report says was assumed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Assumed {
    /// Tasks with three points of their own.
    pub(super) three_point: usize,
    /// Tasks with the default spread of the three classes: high, medium, low confidence.
    pub(super) by_class: [usize; 3],
    /// Whether tasks have calendars of their own.
    pub(super) mixed: bool,
}

/// A task, or a gate of a summary.
#[derive(Clone, Debug)]
pub(super) struct Node {
    /// Index into the project's tasks; `None` for a gate.
    pub(super) task: Option<usize>,
    /// Working days that remain.
    pub(super) duration: Varies,
    /// As planned.
    pub(super) centre: f32,
    /// Whether its duration is not always the same.
    pub(super) varies: bool,
    pub(super) floor: f32,
    pub(super) bounds: Option<Bounds>,
    /// The ties into it.
    pub(super) ties: Range<usize>,
    /// The group whose ups and downs it shares.
    pub(super) group: Option<u32>,
    /// Cost of a day of it.
    pub(super) rate: f32,
    /// Cost that does not follow its duration, from what is budgeted.
    pub(super) fixed: Varies,
}

/// What bounds a start beside its floor and ties; as the network's limits.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bounds {
    pub(super) finish_from: f32,
    pub(super) start_by: f32,
    pub(super) finish_by: f32,
    pub(super) now: f32,
}

/// A link; it stands with its successor.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Tie {
    /// `2 x node`, one more when it hangs on the finish.
    pub(super) from: u32,
    pub(super) to_finish: bool,
    /// In days; in the bridge where there is one.
    pub(super) lag: f32,
    /// Where it takes more than that sum.
    pub(super) detour: Option<Detour>,
}

/// How a tie gets from its predecessor to its successor where a lag alone does not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Detour {
    /// Through this bridge between calendars.
    Bridge(u32),
    /// The lag is so much of the predecessor's duration: it moves with it.
    Share(f32),
    /// Both; what the lag grows by passes in the predecessor's calendar.
    Both(u32, f32),
}

/// A risk that may happen.
#[derive(Clone, Debug)]
pub(super) struct Event {
    /// Index into the project's risks.
    pub(super) risk: usize,
    /// In units of 2^-32.
    pub(super) chance: u32,
    pub(super) certain: bool,
    /// 1 for a threat, -1 for an opportunity.
    pub(super) sign: f32,
    pub(super) delay: Varies,
    pub(super) loss: Varies,
    /// The nodes it delays.
    pub(super) nodes: Vec<u32>,
}

impl Node {
    /// Whether its cost is not always the same.
    pub(super) fn has_cost(&self) -> bool {
        self.rate != 0.0 || !matches!(self.fixed, Varies::Fixed(_))
    }
}

impl Trial {
    /// Compiles a project; `None` when nothing is left to be done.
    pub(super) fn new(of: &Sources<'_>) -> Option<Self> {
        let readings = Readings::new(&of.project.calendars, of.given.network.start);
        let mut trial = Self { day: readings.calendar(0).hours_per_day() * 3_600.0, ..Self::default() };
        if trial.day <= 0.0 {
            return None;
        }
        trial.normal = trial.tables.normal();
        trial.planned = super::spread::rounded(of.given.network.duration);
        let places = trial.lay(of, &readings);
        if trial.nodes.is_empty() {
            return None;
        }
        trial.correlate(of);
        trial.expect_events(of, &places);
        trial.price(of, &places, &readings);
        Some(trial)
    }

    /// The table of the standard normal distribution.
    pub(super) fn normal(&self) -> &Table {
        &self.tables.list[self.normal as usize]
    }
}
