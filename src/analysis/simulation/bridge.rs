//! From the working time of one calendar to that of another, as a table of straight pieces.
//!
//! A tie between tasks with calendars of their own goes from a reading of the first through a moment (and a
//! lag in a third calendar) to a reading of the second: too slow to be asked of calendars in every trial, and
//! the same function in all of them. Its pieces are whole hours of the first calendar, so it is exact where
//! spans and lags begin and end on hours, and off by part of an hour where they do not.

#![expect(clippy::inline_always, reason = "what is not inlined does not get the vectors of its caller")]

use crate::analysis::network::readings::Readings;

use super::spread::rounded;

/// A table from readings to readings, in days.
#[derive(Clone, Debug)]
pub(super) struct Bridge {
    /// The reading at the beginning and at the end of each piece; between two pieces the second calendar may
    /// go on while the first rests.
    pieces: Vec<(f32, f32)>,
    /// Pieces a day.
    a_day: f32,
    /// Whether the end of one piece and the beginning of the next are read as the end.
    finish: bool,
}

/// What a bridge leads from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Banks {
    pub(super) from: u32,
    pub(super) finish: bool,
    /// Working seconds of the lag, and their calendar.
    pub(super) lag: (i64, u32),
    pub(super) to: u32,
}

impl Bridge {
    /// A table up to a reading (working seconds of the first calendar), for days of so many seconds.
    pub(super) fn new(banks: Banks, readings: &Readings<'_>, until: i64, day: f64) -> Self {
        const HOUR: i64 = 3_600;
        let (lag, calendar) = banks.lag;
        let across = |moment| {
            let moment = if lag == 0 { moment } else { readings.lagged(calendar, moment, lag) };
            rounded(seconds(readings.at(banks.to, moment)) / day)
        };
        let pieces = (0..=until.max(0) / HOUR).map(|hour| {
            let begin = across(readings.start(banks.from, hour * HOUR));
            (begin, across(readings.finish(banks.from, (hour + 1) * HOUR)).max(begin))
        });
        Self { pieces: pieces.collect(), a_day: rounded(day / seconds(HOUR)), finish: banks.finish }
    }

    /// The reading on the other side.
    #[inline(always)]
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "saturating; a project has less than 2^24 hours"
    )]
    pub(super) fn cross(&self, days: f32) -> f32 {
        let at = days * self.a_day;
        let piece = if self.finish { at.ceil() - 1.0 } else { at.floor() };
        let piece = (piece as usize).min(self.pieces.len() - 1);
        let (begin, end) = self.pieces[piece];
        begin + (at - piece as f32) * (end - begin)
    }
}

#[expect(clippy::cast_precision_loss, reason = "working time is far below 2^53 seconds")]
pub(super) fn seconds(work: i64) -> f64 {
    work as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{WorkCalendar, start_of_day};
    use std::collections::BTreeMap;

    #[test]
    fn the_weekend_lies_between_two_pieces() {
        // Monday to Friday to every day, eight hours each, from Monday 2 March 2026.
        let span = vec![(8 * 3_600, 16 * 3_600)];
        let week = std::array::from_fn(|day| if day < 5 { span.clone() } else { Vec::new() });
        let weekdays = WorkCalendar::new("weekdays", week, BTreeMap::new());
        let every = WorkCalendar::new("every", std::array::from_fn(|_| span.clone()), BTreeMap::new());
        let calendars = [weekdays, every];
        let start = start_of_day(chrono::NaiveDate::from_ymd_opt(2026, 3, 2).unwrap());
        let readings = Readings::new(&calendars, start);
        let bridge = |finish| {
            let banks = Banks { from: 0, finish, lag: (0, 0), to: 1 };
            Bridge::new(banks, &readings, 80 * 3_600, 28_800.0)
        };
        let close = |a: f32, b: f32| (a - b).abs() < 1e-4;
        assert!(close(bridge(true).cross(5.0), 5.0), "Friday evening");
        assert!(close(bridge(false).cross(5.0), 7.0), "Monday morning");
        assert!(close(bridge(true).cross(2.5), 2.5));
        assert!(close(bridge(true).cross(6.0), 8.0), "Monday evening is the eighth day of the others");
        assert!(bridge(true).cross(20.0) > bridge(true).cross(12.0), "beyond the table it goes on");
    }
}
