//! Nodes and ties of a trial from the network's plan.

use std::collections::BTreeMap;

use crate::analysis::network::activities::State;
use crate::analysis::network::plan::{Limit, NEVER, Plan, Times};
use crate::analysis::network::readings::Readings;
use crate::analysis::simulation::bridge::{Banks, Bridge, seconds};
use crate::analysis::simulation::spread::{Varies, rounded};

use super::{Bounds, Detour, Node, Sources, Tie, Trial};

/// The node of a trial by node of the plan; `None` for what is finished or holds nobody up.
pub(super) type Places = Vec<Option<u32>>;

/// Bridges while they are collected.
#[derive(Default)]
struct Bridges {
    known: BTreeMap<Banks, u32>,
}

impl Trial {
    /// Lays the nodes and the ties between them.
    pub(super) fn lay(&mut self, of: &Sources<'_>, readings: &Readings<'_>) -> Places {
        let plan = &of.given.network.plan;
        let mut early = Times::default();
        plan.early(readings, &plan.duration, &mut early);
        let moments = plan.moments(readings, &plan.duration, &early);
        self.assumed.mixed = plan.uniform != Some(0);
        let until = if self.assumed.mixed { self.horizon(plan, &early) } else { 0 };
        let mut places: Places = vec![None; plan.len()];
        let mut bridges = Bridges::default();
        let mut may_end: Vec<bool> = Vec::new();
        let mut limits = plan.limits.iter().peekable();
        for node in 0..plan.counted {
            let limit = limits.next_if(|limit| limit.node as usize == node);
            let task = of.given.network.activities.task[plan.activity[node] as usize];
            let state = task.map_or(State::Open, |task| of.given.network.activities.state[task]);
            let varying = plan.into(node).any(|place| places[plan.ties[place].predecessor()].is_some());
            if state == State::Finished && !varying {
                let ended = readings.finish(plan.calendar[node], early.finish(node));
                self.done = self.done.max(rounded(readings.days(ended)));
                continue;
            }
            let mut floor = plan.floor[node];
            let mut limit = limit.map_or(Limit::none(0), |limit| *limit);
            let first = self.ties.len();
            for place in plan.into(node) {
                let tie = plan.ties[place];
                let before = tie.predecessor();
                let begun = plan
                    .limits
                    .binary_search_by_key(&before, |limit| limit.node as usize)
                    .is_ok_and(|at| plan.limits[at].began.is_some());
                match places[before].filter(|_| tie.from_finish() || !begun) {
                    Some(from) => {
                        let bridge = bridges.of(self, plan, place, readings, until);
                        let share = share(of, plan.link[place], plan.activity[before]);
                        let detour = match (bridge, share) {
                            (None, None) => None,
                            (Some(bridge), None) => Some(Detour::Bridge(bridge)),
                            (None, Some(share)) => Some(Detour::Share(share)),
                            (Some(bridge), Some(share)) => Some(Detour::Both(bridge, share)),
                        };
                        let from = 2 * from + u32::from(tie.from_finish());
                        if detour.is_none() && tie.from_finish() && !tie.to_finish && tie.lag >= 0 {
                            may_end[(from / 2) as usize] = false;
                        }
                        self.ties.push(Tie {
                            from,
                            to_finish: tie.to_finish,
                            lag: self.days(tie.lag),
                            detour,
                        });
                    }
                    // It hangs on something that has happened.
                    None if tie.to_finish => {
                        let bound = plan.bound(readings, place, &moments, plan.calendar[node], 0);
                        limit.finish_from = limit.finish_from.max(bound);
                    }
                    None => floor = floor.max(plan.bound(readings, place, &moments, plan.calendar[node], 0)),
                }
            }
            let place = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
            places[node] = Some(place);
            may_end.push(true);
            let duration = if matches!(state, State::Open | State::Begun) {
                self.duration(of, task, state, plan.duration[node])
            } else {
                Varies::Fixed(self.days(plan.duration[node]))
            };
            self.nodes.push(Node {
                task: task.filter(|_| matches!(state, State::Open | State::Begun)),
                duration,
                centre: self.days(plan.duration[node]),
                varies: !matches!(duration, Varies::Fixed(_)),
                floor: self.days(floor),
                bounds: self.bounds(&limit),
                ties: first..self.ties.len(),
                group: None,
                rate: 0.0,
                fixed: Varies::Fixed(0.0),
            });
        }
        let ends = (0..plan.counted).filter_map(|node| Some((node, places[node]?)));
        for (node, place) in ends.filter(|(_, place)| may_end[*place as usize]) {
            let bridge = (plan.calendar[node] != 0).then(|| {
                let banks = Banks { from: plan.calendar[node], finish: true, lag: (0, 0), to: 0 };
                bridges.get(self, banks, readings, until)
            });
            self.ends.push((place, bridge));
        }
        places
    }

    pub(super) fn days(&self, work: i64) -> f32 {
        rounded(seconds(work) / self.day)
    }

    fn bounds(&self, limit: &Limit) -> Option<Bounds> {
        let none = Limit::none(limit.node);
        let plain = Limit { began: None, due: none.due, ..*limit };
        // The status date alone bounds nothing: it is the floor as well.
        let only_now = Limit { now: none.now, ..plain } == none;
        (!only_now).then(|| Bounds {
            finish_from: self.far(limit.finish_from),
            start_by: self.far(limit.start_by),
            finish_by: self.far(limit.finish_by),
            now: self.far(limit.now),
        })
    }

    fn far(&self, reading: i64) -> f32 {
        match reading {
            NEVER.. => f32::MAX / 4.0,
            near if near > -NEVER => self.days(near),
            _ => f32::MIN / 4.0,
        }
    }

    /// A reading beyond which no trial goes, whatever happens: the plan three times over.
    fn horizon(&self, plan: &Plan, early: &Times) -> i64 {
        let last = (0..plan.counted).map(|node| early.finish(node)).max().unwrap_or(0);
        #[expect(clippy::cast_possible_truncation, reason = "saturating")]
        let year = (self.day * 250.0) as i64;
        last.saturating_mul(3).saturating_add(year)
    }
}

/// The share of its predecessor that the lag of a link is. The lag of a summary's link stays as planned: what the
/// summary takes is not drawn.
fn share(of: &Sources<'_>, link: u32, predecessor: u32) -> Option<f32> {
    let link = of.project.links.get(link as usize).filter(|link| link.share != 0.0)?;
    let task = of.given.network.activities.task[predecessor as usize];
    (task == Some(link.predecessor)).then(|| rounded(link.share))
}

impl Bridges {
    /// The bridge of a tie, if its ends or its lag do not share one calendar.
    fn of(
        &mut self,
        trial: &mut Trial,
        plan: &Plan,
        place: usize,
        readings: &Readings<'_>,
        until: i64,
    ) -> Option<u32> {
        let tie = plan.ties[place];
        let from = plan.calendar[tie.predecessor()];
        // The successor is not in the tie: the first node whose ties begin beyond it is the one after.
        let successor = plan.first.partition_point(|first| *first as usize <= place) - 1;
        let to = plan.calendar[successor];
        let lag = plan.lag_calendar[place];
        if from == to && (tie.lag == 0 || lag == from) {
            return None;
        }
        let lag = if tie.lag == 0 { (0, 0) } else { (tie.lag, lag) };
        // What takes no time and waits for no finish happens when work begins, not when it has ended.
        let before = tie.predecessor();
        let ends =
            plan.duration[before] > 0 || plan.ties[plan.into(before)].iter().any(|tie| tie.from_finish());
        let finish = tie.from_finish() && ends;
        Some(self.get(trial, Banks { from, finish, lag, to }, readings, until))
    }

    fn get(&mut self, trial: &mut Trial, banks: Banks, readings: &Readings<'_>, until: i64) -> u32 {
        *self.known.entry(banks).or_insert_with(|| {
            trial.bridges.push(Bridge::new(banks, readings, until, trial.day));
            u32::try_from(trial.bridges.len() - 1).unwrap_or(u32::MAX)
        })
    }
}
