//! Work spread over the weeks of a span.

use crate::analysis::presence::Presence;
use crate::calendar::{Moment, end_of_day};
use crate::quantity::Work;

use super::week::Weeks;

/// Work to be done by one person from one moment to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) from: Moment,
    pub(super) to: Moment,
    pub(super) work: Work,
}

/// Spreads work evenly over the time its person has in the span, hands out the part of each week, and returns what
/// lies beyond the last one. The parts and the rest add up to the work to the second.
///
/// Someone who has no time in the span still has the work: it is spread over the working time of their calendar, and
/// where that has none either, by the clock. A span without length is the working day it lies on.
pub(super) fn place(
    span: &Place,
    presence: &Presence<'_>,
    weeks: &Weeks,
    bounds: &[i64],
    add: impl FnMut(usize, Work),
) -> Work {
    let mut span = *span;
    if span.to <= span.from {
        span.from = presence.calendar().next_working_moment(span.from);
        span.to = end_of_day(span.from.date()).max(span.from);
    }
    let Some(first) = weeks.index(span.from.date()) else { return span.work };
    let readings =
        |reading: &dyn Fn(Moment) -> i64| Some((reading(span.from), reading(span.to))).filter(|(a, b)| a < b);
    let calendar = presence.calendar();
    let of_calendar = |moment: Moment| calendar.reading(moment);
    let by_clock = |moment: Moment| moment.and_utc().timestamp();
    if let Some(ends) = readings(&|moment| presence.reading(moment)) {
        parts(span.work, ends, first, bounds.len() - 1, |week| bounds[week], add)
    } else if let Some(ends) = readings(&of_calendar) {
        parts(span.work, ends, first, bounds.len() - 1, |week| of_calendar(weeks.start(week)), add)
    } else if let Some(ends) = readings(&by_clock) {
        parts(span.work, ends, first, bounds.len() - 1, |week| by_clock(weeks.start(week)), add)
    } else {
        span.work
    }
}

/// Shares out by how far each week reaches into the readings of the span: differences of a running sum, so that
/// nothing is lost to rounding.
fn parts(
    work: Work,
    (from, to): (i64, i64),
    first: usize,
    count: usize,
    bound: impl Fn(usize) -> i64,
    mut add: impl FnMut(usize, Work),
) -> Work {
    let mut done = 0;
    for week in first..count {
        let reached = bound(week + 1).clamp(from, to);
        let so_far = i128::from(work.0) * i128::from(reached - from) / i128::from(to - from);
        let so_far = i64::try_from(so_far).unwrap_or(work.0);
        if so_far > done {
            add(week, Work(so_far - done));
        }
        done = so_far;
        if reached >= to {
            break;
        }
    }
    Work(work.0 - done)
}
