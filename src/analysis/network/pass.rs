//! The forward and the backward pass where all share one calendar, and free float.
//!
//! Both passes read the ties by successor: forward pulls from the nodes before, backward pushes to them, so
//! one array serves and memory is read in order.

use super::plan::{NEVER, Plan, Times};

impl Plan {
    /// The early times for these remaining durations (working seconds, by node), into `times`.
    pub fn forward(&self, durations: &[i64], times: &mut Times) {
        let early = &mut times.0;
        early.clear();
        early.resize(2 * self.len(), 0);
        let mut limits = self.limits.iter().peekable();
        for (node, (&duration, &floor)) in durations.iter().zip(&self.floor).enumerate() {
            let mut start = floor;
            for tie in &self.ties[self.into(node)] {
                let back = if tie.to_finish { duration } else { 0 };
                start = start.max(early[tie.from as usize] + tie.lag - back);
            }
            let mut began = None;
            if let Some(limit) = limits.next_if(|limit| limit.node as usize == node) {
                start = limit.early(start, duration);
                began = limit.began;
            }
            early[2 * node] = began.unwrap_or(start);
            early[2 * node + 1] = start + duration;
        }
    }

    /// The reading at which the last counted node finishes.
    #[must_use]
    pub fn finish(&self, early: &Times) -> i64 {
        (0..self.counted).map(|node| early.finish(node)).max().unwrap_or(0)
    }

    /// The late times that keep a finish, for these remaining durations, into `times`. The late start is
    /// that of the remaining work.
    pub fn backward(&self, durations: &[i64], finish: i64, times: &mut Times) {
        let late = &mut times.0;
        late.clear();
        late.resize(2 * self.len(), NEVER);
        let mut limits = self.limits.iter().rev().peekable();
        for (node, &duration) in durations.iter().enumerate().rev() {
            let (by_start, by_finish) = (late[2 * node], late[2 * node + 1].min(finish));
            let limit = limits.next_if(|limit| limit.node as usize == node);
            let end = match limit {
                Some(limit) => limit.late(by_finish, by_start, duration),
                None => by_finish.min(by_start.saturating_add(duration)),
            };
            late[2 * node] = end - duration;
            late[2 * node + 1] = end;
            // Level of effort holds nobody back.
            if node < self.counted {
                for tie in &self.ties[self.into(node)] {
                    let held = if tie.to_finish { end } else { end - duration };
                    let place = &mut late[tie.from as usize];
                    *place = (*place).min(held - tie.lag);
                }
            }
        }
    }

    /// How far each node's finish may move before a node after it moves, or the project's finish.
    #[must_use]
    pub fn free_float(&self, durations: &[i64], early: &Times, finish: i64) -> Vec<i64> {
        let mut free: Vec<i64> = vec![NEVER; self.len()];
        let mut began = vec![false; self.len()];
        for limit in self.limits.iter().filter(|limit| limit.began.is_some()) {
            began[limit.node as usize] = true;
        }
        for (node, &duration) in durations.iter().enumerate().take(self.counted) {
            let start = early.finish(node) - duration;
            for tie in &self.ties[self.into(node)] {
                let before = tie.predecessor();
                if began[before] && !tie.from_finish() {
                    continue;
                }
                let back = if tie.to_finish { duration } else { 0 };
                let spare = start - (early.0[tie.from as usize] + tie.lag - back);
                free[before] = free[before].min(spare);
            }
        }
        for (node, free) in free.iter_mut().enumerate() {
            *free = (*free).min(finish - early.finish(node));
        }
        free
    }
}
