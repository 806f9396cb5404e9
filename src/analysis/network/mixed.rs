//! The passes where tasks have calendars of their own: every link goes through the moment it stands for.
//!
//! Readings stay those of each node's own calendar, so that durations and floats remain exact working time;
//! only the links cross from one calendar to another.

use super::plan::{Limit, NEVER, Plan, Tie, Times};
use super::readings::Readings;
use crate::calendar::Moment;

/// Start and finish of each node as moments.
pub type Moments = Vec<(Moment, Moment)>;

impl Plan {
    /// The early times for these remaining durations, whatever the calendars; what [`Plan::forward`] does
    /// where there is one.
    pub fn early(&self, readings: &Readings<'_>, durations: &[i64], times: &mut Times) {
        if self.uniform.is_some() {
            self.forward(durations, times);
        } else {
            self.forward_mixed(readings, durations, times);
        }
    }

    /// The late times that keep the finish of these early ones, whatever the calendars.
    pub fn late(
        &self,
        readings: &Readings<'_>,
        durations: &[i64],
        early: &Times,
        moments: &Moments,
        times: &mut Times,
    ) {
        if self.uniform.is_some() {
            self.backward(durations, self.finish(early), times);
        } else {
            self.backward_mixed(readings, durations, early, moments, times);
        }
    }

    /// The early moments of early times.
    #[must_use]
    pub fn moments(&self, readings: &Readings<'_>, durations: &[i64], early: &Times) -> Moments {
        if self.uniform.is_none() {
            return self.forward_mixed(readings, durations, &mut Times::default());
        }
        let mut limits = self.limits.iter().peekable();
        let mut moments = Moments::with_capacity(self.len());
        for (node, &duration) in durations.iter().enumerate() {
            let limit = limits.next_if(|limit| limit.node as usize == node);
            let finish = early.finish(node);
            let from_finish = duration == 0
                && self.ties[self.into(node)]
                    .iter()
                    .any(|tie| tie.from_finish() && early.0[tie.from as usize] + tie.lag == finish);
            moments.push(self.moment(readings, node, duration, finish - duration, limit, from_finish));
        }
        moments
    }

    fn forward_mixed(&self, readings: &Readings<'_>, durations: &[i64], times: &mut Times) -> Moments {
        times.0.clear();
        let mut moments = Moments::with_capacity(self.len());
        let mut limits = self.limits.iter().peekable();
        for (node, (&duration, &floor)) in durations.iter().zip(&self.floor).enumerate() {
            let calendar = self.calendar[node];
            let (mut start, mut from_finish) = (floor, false);
            for place in self.into(node) {
                let tie = self.ties[place];
                let bound = self.bound(readings, place, &moments, calendar, duration);
                if bound > start || (bound == start && tie.from_finish()) {
                    (start, from_finish) = (bound, tie.from_finish());
                }
            }
            let limit = limits.next_if(|limit| limit.node as usize == node);
            let free = start;
            if let Some(limit) = limit {
                start = limit.early(start, duration);
            }
            times.0.push(limit.and_then(|limit| limit.began).unwrap_or(start));
            times.0.push(start + duration);
            let from_finish = from_finish && start == free;
            moments.push(self.moment(readings, node, duration, start, limit, from_finish));
        }
        moments
    }

    /// The early start that a tie asks of its successor, as a reading of the successor's calendar.
    #[must_use]
    pub fn bound(
        &self,
        readings: &Readings<'_>,
        place: usize,
        moments: &Moments,
        calendar: u32,
        duration: i64,
    ) -> i64 {
        let tie = self.ties[place];
        let (start, finish) = moments[tie.predecessor()];
        let from = if tie.from_finish() { finish } else { start };
        let to = self.lagged(readings, place, from, tie.lag);
        readings.at(calendar, to) - if tie.to_finish { duration } else { 0 }
    }

    fn lagged(&self, readings: &Readings<'_>, place: usize, from: Moment, lag: i64) -> Moment {
        if lag == 0 { from } else { readings.lagged(self.lag_calendar[place], from, lag) }
    }

    /// The moments of a node. What takes no time happens when that happens which it waits for: at the end
    /// of a day's work rather than at the beginning of the next, where it waits for a finish.
    fn moment(
        &self,
        readings: &Readings<'_>,
        node: usize,
        duration: i64,
        start: i64,
        limit: Option<&Limit>,
        from_finish: bool,
    ) -> (Moment, Moment) {
        let calendar = self.calendar[node];
        let began = limit.and_then(|limit| limit.began);
        let bounded = |limit: &Limit| limit.finish_from == start || limit.finish_by == start;
        if duration == 0 && began.is_none() {
            let at = if from_finish || limit.is_some_and(bounded) {
                readings.finish(calendar, start)
            } else {
                readings.start(calendar, start)
            };
            return (at, at);
        }
        let begins = readings.start(calendar, began.unwrap_or(start));
        let ends = readings.finish(calendar, start + duration);
        // A task begun and finished at one reading has its beginning as both.
        (begins.min(ends), ends)
    }

    fn backward_mixed(
        &self,
        readings: &Readings<'_>,
        durations: &[i64],
        early: &Times,
        moments: &Moments,
        times: &mut Times,
    ) {
        let late = &mut times.0;
        late.clear();
        late.resize(2 * self.len(), NEVER);
        let last = moments[..self.counted].iter().map(|(_, finish)| *finish).max().unwrap_or_default();
        let mut limits = self.limits.iter().rev().peekable();
        for (node, &duration) in durations.iter().enumerate().rev() {
            let calendar = self.calendar[node];
            let by_finish = late[2 * node + 1].min(readings.at(calendar, last));
            let limit = limits.next_if(|limit| limit.node as usize == node);
            let end = match limit {
                Some(limit) => limit.late(by_finish, late[2 * node], duration),
                None => by_finish.min(late[2 * node].saturating_add(duration)),
            };
            late[2 * node] = end - duration;
            late[2 * node + 1] = end;
            if node < self.counted && !self.into(node).is_empty() {
                let at = self.late_moments(readings, node, duration, end, early, moments);
                for place in self.into(node) {
                    let (before, reading) = self.held(readings, place, at);
                    let place = &mut late[before];
                    *place = (*place).min(reading);
                }
            }
        }
    }

    /// Late start and late finish of a node's remaining work as moments.
    #[must_use]
    pub fn late_moments(
        &self,
        readings: &Readings<'_>,
        node: usize,
        duration: i64,
        finish: i64,
        early: &Times,
        moments: &Moments,
    ) -> (Moment, Moment) {
        let calendar = self.calendar[node];
        if duration > 0 {
            return (readings.start(calendar, finish - duration), readings.finish(calendar, finish));
        }
        let at =
            if finish == early.finish(node) { moments[node].1 } else { readings.finish(calendar, finish) };
        (at, at)
    }

    /// The place in [`Times`] a tie hangs on, and the latest reading there that lets its successor start and
    /// finish at these moments.
    fn held(&self, readings: &Readings<'_>, place: usize, (start, finish): (Moment, Moment)) -> (usize, i64) {
        let tie: Tie = self.ties[place];
        let held = if tie.to_finish { finish } else { start };
        let from = self.lagged(readings, place, held, -tie.lag);
        (tie.from as usize, readings.at(self.calendar[tie.predecessor()], from))
    }

    /// How far each node's finish may move, in its own calendar, before a node after it
    /// moves, or the project's finish.
    #[must_use]
    pub fn free(
        &self,
        readings: &Readings<'_>,
        durations: &[i64],
        early: &Times,
        moments: &Moments,
    ) -> Vec<i64> {
        if self.uniform.is_some() {
            return self.free_float(durations, early, self.finish(early));
        }
        let last = moments[..self.counted].iter().map(|(_, finish)| *finish).max().unwrap_or_default();
        let mut began = vec![false; self.len()];
        for limit in self.limits.iter().filter(|limit| limit.began.is_some()) {
            began[limit.node as usize] = true;
        }
        let mut free = vec![NEVER; self.len()];
        for (node, &duration) in durations.iter().enumerate().take(self.counted) {
            let (begins, finish) = moments[node];
            let start = if began[node] {
                readings.start(self.calendar[node], early.finish(node) - duration)
            } else {
                begins
            };
            for place in self.into(node) {
                let tie = self.ties[place];
                let before = tie.predecessor();
                if began[before] && !tie.from_finish() {
                    continue;
                }
                let (at, reading) = self.held(readings, place, (start, finish));
                free[before] = free[before].min(reading - early.0[at]);
            }
        }
        for (node, free) in free.iter_mut().enumerate() {
            *free = (*free).min(readings.at(self.calendar[node], last) - early.finish(node));
        }
        free
    }
}
