//! Links of summaries, as users of MS Project expect them: they hold for the tasks below.
//!
//! A summary has finished when all below it have, and a link to its start holds them all. So a summary that
//! is linked gets a gate at either end, which takes no time: the sum of links stays that of the data plus
//! one for every task below. Where a successor waits for a summary's *start*, it waits for the task below
//! that starts first, which a pass without those links finds.

use std::collections::BTreeMap;

use super::activities::{Activities, State, calendar_of};
use super::plan::{Edge, Plan, Times};
use super::readings::Readings;
use crate::analysis::rollup::Tree;
use crate::model::{Link, Project, RelationType};

/// The link of an edge that stands for none: between a gate and a task below its summary.
pub const OF_SUMMARY: u32 = u32::MAX;

/// The edges of a project, from its links.
#[derive(Debug)]
pub struct Edges<'a> {
    project: &'a Project,
    children: Vec<Vec<usize>>,
    /// The edges.
    pub list: Vec<Edge>,
    opening: BTreeMap<usize, u32>,
    closing: BTreeMap<usize, u32>,
    gate_calendar: u32,
    /// The calendar that never rests.
    clock: u32,
    /// Links that wait for the start of a summary.
    of_starts: Vec<(u32, &'a Link)>,
    /// Links from level of effort, which hold nobody up.
    pub from_effort: usize,
}

impl<'a> Edges<'a> {
    /// Reads the links; gates are added to the activities.
    #[must_use]
    pub fn new(
        project: &'a Project,
        tree: &Tree,
        activities: &mut Activities,
        readings: &Readings<'_>,
    ) -> Self {
        let mut children = vec![Vec::new(); project.tasks.len()];
        if project.links.iter().any(|link| !tree.is_leaf(link.predecessor) || !tree.is_leaf(link.successor)) {
            for task in 0..project.tasks.len() {
                if let Some(above) = tree.parent(task) {
                    children[above].push(task);
                }
            }
        }
        // With calendars that differ a gate keeps to the clock, which takes no moment for another.
        let mut calendars = activities.list.iter().map(|activity| activity.calendar);
        let first = calendars.next().unwrap_or(0);
        let gate_calendar =
            if calendars.all(|calendar| calendar == first) { first } else { readings.clock() };
        let mut edges = Self {
            project,
            children,
            list: Vec::with_capacity(project.links.len()),
            opening: BTreeMap::new(),
            closing: BTreeMap::new(),
            gate_calendar,
            clock: readings.clock(),
            of_starts: Vec::new(),
            from_effort: 0,
        };
        for (number, link) in (0_u32..).zip(&project.links) {
            edges.add(number, link, activities);
        }
        edges.add_starts(activities, readings);
        edges
    }

    fn add(&mut self, number: u32, link: &'a Link, activities: &mut Activities) {
        let from_finish = matches!(link.relation, RelationType::Fs | RelationType::Ff);
        let predecessor = match activities.of_task[link.predecessor] {
            Some(activity) => Some(activity),
            None if activities.state[link.predecessor] != State::Summary => None,
            None if from_finish => Some(self.close(link.predecessor, activities)),
            None => {
                self.of_starts.push((number, link));
                return;
            }
        };
        if let Some(predecessor) = predecessor {
            self.lead_to(number, link, predecessor, activities);
        }
    }

    /// Adds the edges from an activity into what the link's successor stands for.
    fn lead_to(&mut self, number: u32, link: &Link, predecessor: u32, activities: &mut Activities) {
        if activities.list[predecessor as usize].follows {
            self.from_effort += 1;
            return;
        }
        let to_start = matches!(link.relation, RelationType::Fs | RelationType::Ss);
        if let Some(successor) = activities.of_task[link.successor] {
            self.push(number, link, predecessor, (successor, link.successor), activities);
        } else if to_start {
            let gate = self.open(link.successor, activities);
            self.list.push(Edge {
                predecessor,
                successor: gate,
                relation: link.relation,
                lag: link.lag.0,
                calendar: self.lag_calendar(link),
                link: number,
            });
        } else {
            for task in self.below(link.successor) {
                if let Some(successor) = activities.of_task[task] {
                    self.push(number, link, predecessor, (successor, task), activities);
                }
            }
        }
    }

    /// A lag passes in the calendar of the successor, as in MS Project, or by the clock; that of a summary in the
    /// project's, unless the project keeps to one other calendar.
    fn lag_calendar(&self, link: &Link) -> u32 {
        if link.elapsed {
            return self.clock;
        }
        let own = calendar_of(&self.project.tasks[link.successor]);
        let uniform = (self.gate_calendar as usize) < self.project.calendars.len();
        if uniform { self.gate_calendar } else { own }
    }

    fn push(
        &mut self,
        number: u32,
        link: &Link,
        predecessor: u32,
        (successor, task): (u32, usize),
        activities: &Activities,
    ) {
        // What is finished waits for nobody.
        if activities.state[task] != State::Finished {
            self.list.push(Edge {
                predecessor,
                successor,
                relation: link.relation,
                lag: link.lag.0,
                calendar: if link.elapsed {
                    self.clock
                } else {
                    activities.list[successor as usize].calendar
                },
                link: number,
            });
        }
    }

    /// The tasks below a summary that have none below themselves.
    fn below(&self, summary: usize) -> Vec<usize> {
        let (mut open, mut found) = (vec![summary], Vec::new());
        while let Some(task) = open.pop() {
            if self.children[task].is_empty() {
                found.push(task);
            }
            open.extend(self.children[task].iter().rev());
        }
        found
    }

    /// The gate that opens when the tasks below a summary may start.
    fn open(&mut self, summary: usize, activities: &mut Activities) -> u32 {
        if let Some(gate) = self.opening.get(&summary) {
            return *gate;
        }
        let gate = activities.gate(self.gate_calendar);
        self.opening.insert(summary, gate);
        for task in self.below(summary) {
            if let Some(activity) = activities.of_task[task]
                && activities.state[task] != State::Finished
            {
                self.join(gate, activity, activities);
            }
        }
        gate
    }

    /// The gate that closes when all tasks below a summary have finished.
    fn close(&mut self, summary: usize, activities: &mut Activities) -> u32 {
        if let Some(gate) = self.closing.get(&summary) {
            return *gate;
        }
        let gate = activities.gate(self.gate_calendar);
        self.closing.insert(summary, gate);
        for task in self.below(summary) {
            if let Some(activity) = activities.of_task[task]
                && !matches!(activities.state[task], State::Cancelled | State::Effort)
            {
                self.join(activity, gate, activities);
            }
        }
        gate
    }

    fn join(&mut self, predecessor: u32, successor: u32, activities: &Activities) {
        self.list.push(Edge {
            predecessor,
            successor,
            relation: RelationType::Fs,
            lag: 0,
            calendar: activities.list[successor as usize].calendar,
            link: OF_SUMMARY,
        });
    }

    /// Adds the links that wait for the start of a summary: for the task below that starts first.
    fn add_starts(&mut self, activities: &mut Activities, readings: &Readings<'_>) {
        if self.of_starts.is_empty() {
            return;
        }
        let plan = Plan::new(&activities.list, &activities.limits, &self.list);
        let moments = plan.moments(readings, &plan.duration, &early(&plan, readings));
        for (number, link) in std::mem::take(&mut self.of_starts) {
            let starts = |task: &usize| {
                let activity = activities.of_task[*task]?;
                let counts = !matches!(activities.state[*task], State::Cancelled | State::Effort);
                counts.then(|| (moments[plan.node[activity as usize] as usize].0, activity))
            };
            if let Some((_, first)) = self.below(link.predecessor).iter().filter_map(starts).min() {
                self.lead_to(number, link, first, activities);
            }
        }
    }
}

fn early(plan: &Plan, readings: &Readings<'_>) -> Times {
    let mut times = Times::default();
    plan.early(readings, &plan.duration, &mut times);
    times
}
