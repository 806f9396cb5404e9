//! Runs the blocks of a project, side by side over the threads, and puts them together in their order.

use rayon::prelude::*;

use super::Settings;
use super::block::{self, LANES, Rows, Which};
use super::outcome;
use super::random::Chances;
use super::sums::{EventSums, NodeSums};
use super::trial::Trial;

/// Blocks that a thread takes at once.
const CHUNK: usize = 16;

/// Blocks between two looks at the standard error: 4,096 trials.
const ROUND: usize = 64;

/// What came of all trials.
#[derive(Clone, Debug, Default)]
pub(super) struct Trials {
    /// Finish of each trial in days from the project's start.
    pub(super) finish: Vec<f32>,
    /// Cost of each beyond the base cost; empty where there is no cost.
    pub(super) cost: Vec<f32>,
    /// In which trials the events happened: a word an event, block by block.
    pub(super) happens: Vec<Which>,
    pub(super) nodes: Vec<NodeSums>,
    pub(super) events: Vec<EventSums>,
}

impl Trials {
    fn of(trial: &Trial) -> Self {
        Self {
            nodes: vec![NodeSums::default(); trial.nodes.len()],
            events: vec![EventSums::default(); trial.events.len()],
            ..Self::default()
        }
    }

    fn append(&mut self, part: Self) {
        self.finish.extend(part.finish);
        self.cost.extend(part.cost);
        self.happens.extend(part.happens);
        for (sums, part) in self.nodes.iter_mut().zip(part.nodes) {
            sums.critical += part.critical;
            sums.duration.add(part.duration);
            sums.cost.add(part.cost);
        }
        for (sums, part) in self.events.iter_mut().zip(part.events) {
            sums.delay.add(part.delay);
            sums.loss.add(part.loss);
        }
    }

    /// The trials in which an event did not happen, of values in their order.
    pub(super) fn without(&self, event: usize, values: &[f32]) -> Vec<f32> {
        let words = self.happens.iter().skip(event).step_by(self.events.len().max(1));
        // Every value is written and the place moves on past those that count: no branch to guess wrong.
        let (mut kept, mut place) = (vec![0.0; values.len()], 0);
        for (values, word) in values.chunks(LANES).zip(words) {
            for (lane, value) in values.iter().enumerate() {
                kept[place] = *value;
                place += usize::from(word >> lane & 1 == 0);
            }
        }
        kept.truncate(place);
        kept
    }
}

/// Runs the trials: whole blocks up to the number of the settings, or until the standard error of P80 is under
/// its limit.
pub(super) fn run(trial: &Trial, key: u64, settings: &Settings) -> Trials {
    let blocks = (settings.iterations as usize).div_ceil(LANES);
    let round = if settings.standard_error.is_some() { ROUND } else { blocks };
    let mut all = Trials::of(trial);
    let mut from = 0;
    while from < blocks {
        let to = (from + round).min(blocks);
        let chunks: Vec<usize> = (from..to).step_by(CHUNK).collect();
        let parts: Vec<Trials> = chunks
            .into_par_iter()
            .map_init(
                || Rows::new(trial),
                |rows, first| some(trial, (first, (first + CHUNK).min(to)), (settings.seed, key), rows),
            )
            .collect();
        for part in parts {
            all.append(part);
        }
        from = to;
        let precise = |limit: f64| outcome::standard_error(&outcome::sorted(&all.finish), 0.8) <= limit;
        if settings.standard_error.is_some_and(precise) {
            break;
        }
    }
    all
}

/// Runs some blocks.
fn some(trial: &Trial, (from, to): (usize, usize), (seed, key): (u64, u64), rows: &mut Rows) -> Trials {
    let mut part = Trials::of(trial);
    for block in from..to {
        let mut chances = Chances::of(seed, key, block as u64);
        block::run(trial, &mut chances, rows, (&mut part.nodes, &mut part.events));
        part.finish.extend_from_slice(rows.finish());
        if trial.costs {
            part.cost.extend_from_slice(rows.total());
        }
        part.happens.extend_from_slice(rows.happens());
    }
    part
}
