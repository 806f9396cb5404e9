//! A block of trials, 64 side by side: every task is a row of 64 lanes, every step a loop over a row that the
//! compiler turns into vector instructions, once for each width of vectors that a processor may have. All rows of a project stay in the processor's cache.
//!
//! Sampling, the forward pass and the search for critical tasks go over the nodes of the network once each.
//! A task is critical in a trial if its total float in that trial is 0: if it ends the project, or a tie from it
//! to a critical task is tight. Tight is exact here, because both sides of the comparison are computed from the
//! same numbers in the same way.

#![expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]

use fearless_simd::{Level, dispatch};

use super::quantile::{CELLS, NORMAL_SHARES, SHARES_A_UNIT, SHARES_REACH, Table};
use super::random::{Chances, Draws};
use super::spread::Varies;
use super::sums::{EventSums, NodeSums, products};
use super::trial::{Bounds, Detour, Tie, Trial};

/// Trials side by side.
pub(super) const LANES: usize = 64;

/// A number a trial.
pub(super) type Lanes = [f32; LANES];

/// Which of the trials of a block: a bit a lane.
pub(super) type Which = u64;

/// The rows a block works in; made once a thread.
pub(super) struct Rows {
    duration: Vec<Lanes>,
    /// Starts at `2n`, finishes at `2n + 1`: as in the network's times.
    times: Vec<Lanes>,
    critical: Vec<Draws>,
    /// Normal scores that the tasks of a group share.
    shared: Vec<Lanes>,
    /// Cost of each node beyond its budget, and delay and cost of each event.
    cost: Vec<Lanes>,
    delay: Vec<Lanes>,
    loss: Vec<Lanes>,
    happens: Vec<Which>,
    finish: Lanes,
    total: Lanes,
}

impl Rows {
    pub(super) fn new(trial: &Trial) -> Self {
        let rows = |count: usize| vec![[0.0; LANES]; count];
        let nodes = trial.nodes.len();
        Self {
            duration: rows(nodes),
            times: rows(2 * nodes),
            critical: vec![[0; LANES]; nodes],
            shared: rows(trial.groups),
            cost: rows(if trial.costs { nodes } else { 0 }),
            delay: rows(trial.events.len()),
            loss: rows(trial.events.len()),
            happens: vec![0; trial.events.len()],
            finish: [0.0; LANES],
            total: [0.0; LANES],
        }
    }

    /// The duration of a node in each trial, in days.
    pub(super) fn duration(&self, node: usize) -> &Lanes {
        &self.duration[node]
    }

    /// The finish of each trial, in days from the project's start.
    pub(super) const fn finish(&self) -> &Lanes {
        &self.finish
    }

    /// The cost of each trial beyond the budget of the remaining work.
    pub(super) const fn total(&self) -> &Lanes {
        &self.total
    }

    /// In which trials each event happened.
    pub(super) fn happens(&self) -> &[Which] {
        &self.happens
    }
}

/// Runs a block with the widest vectors of this processor: the rows hold what came of it, which is added to the
/// sums. Width changes no digit: lanes and partial sums are the same, and nothing is fused.
pub(super) fn run(
    trial: &Trial,
    chances: &mut Chances,
    rows: &mut Rows,
    (nodes, events): (&mut [NodeSums], &mut [EventSums]),
) {
    dispatch!(Level::new(), _ => {
        trials(trial, chances, rows);
        add_up(trial, rows, nodes, events);
    });
}

/// Draws a block's durations and events without passing over the network: the same that [`run`] draws.
pub(super) fn draw(trial: &Trial, chances: &mut Chances, rows: &mut Rows) {
    dispatch!(Level::new(), _ => sample(trial, chances, rows));
}

#[inline(always)]
fn trials(trial: &Trial, chances: &mut Chances, rows: &mut Rows) {
    sample(trial, chances, rows);
    forward(trial, rows);
    if trial.costs {
        cost(trial, rows);
    }
    critical(trial, rows);
}

/// Draws the durations, then the events on top of them.
#[inline(always)]
fn sample(trial: &Trial, chances: &mut Chances, rows: &mut Rows) {
    let mut draws = [0; LANES];
    for shared in &mut rows.shared {
        chances.draw(&mut draws);
        lookup(trial.normal(), (0.0, 1.0), f32::MIN, &draws, shared);
    }
    for (node, out) in trial.nodes.iter().zip(&mut rows.duration) {
        if let Varies::Fixed(value) = node.duration {
            out.fill(value);
            continue;
        }
        chances.draw(&mut draws);
        if let Some(group) = node.group {
            correlate(trial, &rows.shared[group as usize], &mut draws);
        }
        value(&node.duration, &trial.tables.list, &draws, out);
    }
    if trial.costs {
        // Before the events come on top: what a risk costs is said by the register.
        for ((node, duration), cost) in trial.nodes.iter().zip(&rows.duration).zip(&mut rows.cost) {
            for k in 0..LANES {
                cost[k] = node.rate * (duration[k] - node.centre);
            }
            if let Varies::Fixed(_) = node.fixed {
                continue;
            }
            let mut fixed = [0.0; LANES];
            chances.draw(&mut draws);
            value(&node.fixed, &trial.tables.list, &draws, &mut fixed);
            for k in 0..LANES {
                cost[k] += fixed[k];
            }
        }
    }
    events(trial, chances, rows);
}

/// Draws each event once; it adds its delay to every task it hits.
#[inline(always)]
fn events(trial: &Trial, chances: &mut Chances, rows: &mut Rows) {
    let mut draws = [0; LANES];
    let mut occurs = [0; LANES];
    for (place, event) in trial.events.iter().enumerate() {
        chances.draw(&mut draws);
        let mut which: Which = 0;
        for (lane, (occurs, draw)) in occurs.iter_mut().zip(&draws).enumerate() {
            let happens = event.certain || *draw < event.chance;
            *occurs = mask(happens);
            which |= Which::from(happens) << lane;
        }
        rows.happens[place] = which;
        for (varies, out) in [(&event.delay, &mut rows.delay[place]), (&event.loss, &mut rows.loss[place])] {
            if let Varies::Fixed(value) = varies {
                out.fill(*value);
            } else {
                chances.draw(&mut draws);
                value(varies, &trial.tables.list, &draws, out);
            }
            for k in 0..LANES {
                out[k] = event.sign * choose(occurs[k], out[k], 0.0);
            }
        }
        for node in &event.nodes {
            let (delay, duration) = (&rows.delay[place], &mut rows.duration[*node as usize]);
            for k in 0..LANES {
                duration[k] = later(duration[k] + delay[k], 0.0);
            }
        }
    }
}

/// The early times of every trial, and the finish.
#[inline(always)]
fn forward(trial: &Trial, rows: &mut Rows) {
    rows.finish.fill(trial.done);
    for (n, node) in trial.nodes.iter().enumerate() {
        let (before, own) = rows.times.split_at_mut(2 * n);
        let [start, finish, ..] = own else { continue };
        let duration = &rows.duration[n];
        start.fill(node.floor);
        for tie in &trial.ties[node.ties.clone()] {
            let from = &before[tie.from as usize];
            if let Some(detour) = tie.detour {
                let mut at = [0.0; LANES];
                around(trial, tie, detour, (from, &rows.duration), &mut at);
                let back = if tie.to_finish { 1.0 } else { 0.0 };
                for k in 0..LANES {
                    start[k] = later(start[k], at[k] - back * duration[k]);
                }
            } else if tie.to_finish {
                for k in 0..LANES {
                    start[k] = later(start[k], from[k] + tie.lag - duration[k]);
                }
            } else {
                for k in 0..LANES {
                    start[k] = later(start[k], from[k] + tie.lag);
                }
            }
        }
        if let Some(bounds) = &node.bounds {
            bounded(bounds, duration, start);
        }
        for k in 0..LANES {
            finish[k] = start[k] + duration[k];
        }
    }
    for (node, bridge) in &trial.ends {
        let end = &rows.times[2 * *node as usize + 1];
        let bridge = bridge.map(|bridge| &trial.bridges[bridge as usize]);
        for (finish, end) in rows.finish.iter_mut().zip(end) {
            *finish = later(*finish, bridge.map_or(*end, |bridge| bridge.cross(*end)));
        }
    }
    if let Some(place) = trial.on_the_whole {
        for k in 0..LANES {
            rows.finish[k] += rows.delay[place..].iter().map(|delay| delay[k]).sum::<f32>();
        }
    }
}

/// Where a tie with a detour leads to.
#[inline(always)]
fn around(trial: &Trial, tie: &Tie, detour: Detour, (from, durations): (&Lanes, &[Lanes]), at: &mut Lanes) {
    let before = (tie.from / 2) as usize;
    let (bridge, share) = match detour {
        Detour::Bridge(bridge) => (Some(bridge), 0.0),
        Detour::Share(share) => (None, share),
        Detour::Both(bridge, share) => (Some(bridge), share),
    };
    *at = *from;
    if share != 0.0 {
        let centre = trial.nodes[before].centre;
        for k in 0..LANES {
            at[k] += share * (durations[before][k] - centre);
        }
    }
    match bridge.map(|bridge| &trial.bridges[bridge as usize]) {
        Some(bridge) => at.iter_mut().for_each(|at| *at = bridge.cross(*at)),
        None => at.iter_mut().for_each(|at| *at += tie.lag),
    }
}

/// What a constraint or the status date makes of an early start.
#[inline(always)]
fn bounded(bounds: &Bounds, duration: &Lanes, start: &mut Lanes) {
    for k in 0..LANES {
        let logic = later(later(start[k], bounds.finish_from - duration[k]), bounds.now);
        let latest = earlier(bounds.start_by, bounds.finish_by - duration[k]);
        start[k] = later(earlier(logic, latest), bounds.now);
    }
}

/// The cost of every trial.
#[inline(always)]
fn cost(trial: &Trial, rows: &mut Rows) {
    for k in 0..LANES {
        rows.total[k] = trial.rate_to_finish * (rows.finish[k] - trial.planned);
    }
    for row in rows.cost.iter().chain(&rows.loss) {
        for (total, cost) in rows.total.iter_mut().zip(row) {
            *total += cost;
        }
    }
}

/// Marks the critical tasks of every trial, from the last to the first.
#[inline(always)]
fn critical(trial: &Trial, rows: &mut Rows) {
    for row in &mut rows.critical {
        row.fill(0);
    }
    let whole = trial.on_the_whole.map_or(&[][..], |place| &rows.delay[place..]);
    for (node, bridge) in &trial.ends {
        let end = &rows.times[2 * *node as usize + 1];
        let row = &mut rows.critical[*node as usize];
        let bridge = bridge.map(|bridge| &trial.bridges[bridge as usize]);
        for (k, (mark, end)) in row.iter_mut().zip(end).enumerate() {
            let at = bridge.map_or(*end, |bridge| bridge.cross(*end));
            let at = if whole.is_empty() { at } else { at + whole.iter().map(|delay| delay[k]).sum::<f32>() };
            *mark = mask(at >= rows.finish[k]);
        }
    }
    for (n, node) in trial.nodes.iter().enumerate().rev() {
        let (before, own) = rows.critical.split_at_mut(n);
        let Some(critical) = own.first() else { continue };
        let (start, duration) = (&rows.times[2 * n], &rows.duration[n]);
        for tie in &trial.ties[node.ties.clone()] {
            let from = &rows.times[tie.from as usize];
            let out = &mut before[(tie.from / 2) as usize];
            tight(trial, tie, (from, start, duration), &rows.duration, critical, out);
        }
    }
}

/// Marks a predecessor in the trials where its successor is critical and waits for it.
#[inline(always)]
fn tight(
    trial: &Trial,
    tie: &Tie,
    (from, start, duration): (&Lanes, &Lanes, &Lanes),
    durations: &[Lanes],
    critical: &Draws,
    out: &mut Draws,
) {
    if let Some(detour) = tie.detour {
        let mut at = [0.0; LANES];
        around(trial, tie, detour, (from, durations), &mut at);
        let back = if tie.to_finish { 1.0 } else { 0.0 };
        for k in 0..LANES {
            out[k] |= critical[k] & mask(at[k] - back * duration[k] >= start[k]);
        }
    } else if tie.to_finish {
        for k in 0..LANES {
            out[k] |= critical[k] & mask(from[k] + tie.lag - duration[k] >= start[k]);
        }
    } else {
        for k in 0..LANES {
            out[k] |= critical[k] & mask(from[k] + tie.lag >= start[k]);
        }
    }
}

/// Adds the block to the sums.
#[inline(always)]
fn add_up(trial: &Trial, rows: &Rows, nodes: &mut [NodeSums], events: &mut [EventSums]) {
    let (mut late, mut dear) = ([0.0; LANES], [0.0; LANES]);
    for k in 0..LANES {
        late[k] = rows.finish[k] - trial.planned;
        dear[k] = rows.total[k];
    }
    for (n, (node, sums)) in trial.nodes.iter().zip(nodes).enumerate() {
        let critical = rows.critical[n].iter().fold(0_u32, |count, mask| count + (mask & 1));
        sums.critical += u64::from(critical);
        if node.varies {
            sums.duration.add(products(&rows.duration[n], node.centre, &late));
        }
        if trial.costs && node.has_cost() {
            sums.cost.add(products(&rows.cost[n], 0.0, &dear).into());
        }
    }
    for (sums, (delay, loss)) in events.iter_mut().zip(rows.delay.iter().zip(&rows.loss)) {
        sums.delay.add(products(delay, 0.0, &late).into());
        sums.loss.add(products(loss, 0.0, &dear).into());
    }
}

/// Turns draws into values.
#[inline(always)]
fn value(varies: &Varies, tables: &[Table], draws: &Draws, out: &mut Lanes) {
    match *varies {
        Varies::Fixed(value) => out.fill(value),
        Varies::Uniform { low, width } => {
            for k in 0..LANES {
                out[k] = low + width * unit(draws[k]);
            }
        }
        Varies::Triangular { low, width, mode } => {
            let rest = 1.0 - mode;
            for k in 0..LANES {
                let u = unit(draws[k]);
                // Chosen by bits: a branch would be wrong every other time and keep the loop from vectors.
                let rising = mask(u < mode);
                let root = choose(rising, u * mode, (1.0 - u) * rest).sqrt();
                out[k] = low + width * choose(rising, root, 1.0 - root);
            }
        }
        Varies::Table { table, low, width, least } => {
            lookup(&tables[table as usize], (low, width), least, draws, out);
        }
    }
}

/// Reads a table at the draws: the first ten bits are the cell, the others the place in it.
#[inline(always)]
fn lookup(table: &Table, (low, width): (f32, f32), least: f32, draws: &Draws, out: &mut Lanes) {
    const SHIFT: u32 = u32::BITS - CELLS.trailing_zeros();
    // There are no vector loads from scattered places, so the loads are apart from the arithmetic.
    let (mut near, mut far) = ([0.0_f32; LANES], [0.0_f32; LANES]);
    for k in 0..LANES {
        let cell = (draws[k] >> SHIFT) as usize;
        near[k] = table[cell];
        far[k] = table[cell + 1];
    }
    for k in 0..LANES {
        let part = unit(draws[k] << CELLS.trailing_zeros());
        out[k] = later(low + width * (near[k] + part * (far[k] - near[k])), least);
    }
}

/// Replaces independent draws by draws that follow what a group shares: a Gaussian copula.
#[inline(always)]
fn correlate(trial: &Trial, shared: &Lanes, draws: &mut Draws) {
    let mut own = [0.0; LANES];
    lookup(trial.normal(), (0.0, 1.0), f32::MIN, draws, &mut own);
    for k in 0..LANES {
        let score = trial.follows * shared[k] + trial.own * own[k];
        draws[k] = share_below(score);
    }
}

/// The share of a normal distribution below a score, in units of 2^-32.
#[inline(always)]
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "clamped"
)]
fn share_below(score: f32) -> u32 {
    let shares = &*NORMAL_SHARES;
    let at = ((score + SHARES_REACH as f32) * SHARES_A_UNIT as f32).clamp(0.0, (shares.len() - 2) as f32);
    let cell = at as usize;
    let share = shares[cell] + (at - cell as f32) * (shares[cell + 1] - shares[cell]);
    (f64::from(share) * 4_294_967_296.0) as u32
}

/// A draw as a number from 0 to 1.
#[inline(always)]
#[expect(clippy::cast_precision_loss, reason = "24 bits are exact")]
fn unit(draw: u32) -> f32 {
    const UNIT: f32 = 1.0 / 16_777_216.0;
    (draw >> 8).cast_signed() as f32 * UNIT
}

// `f32::max` and `min` mind NaN, which takes instructions and does not occur here.
#[inline(always)]
fn later(a: f32, b: f32) -> f32 {
    if a > b { a } else { b }
}

#[inline(always)]
fn earlier(a: f32, b: f32) -> f32 {
    if a < b { a } else { b }
}

#[inline(always)]
fn mask(on: bool) -> u32 {
    u32::from(on).wrapping_neg()
}

#[inline(always)]
fn choose(mask: u32, on: f32, off: f32) -> f32 {
    f32::from_bits((on.to_bits() & mask) | (off.to_bits() & !mask))
}
