//! Payback: when what came in has paid what went out.

use chrono::{Duration, NaiveDate};

use super::appraisal::years;
use crate::quantity::Reason;

/// When the sum of the flows turns positive for good.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Payback {
    /// Years of 365 days from the first flow.
    pub years: f64,
    /// The day.
    pub day: NaiveDate,
}

/// The moment from which the sum of the flows stays at or above zero; between two flows it is taken to run evenly, so
/// a year-end flow counts as earned over its year.
///
/// A case that falls back below zero later, because something has to be paid at the end, is paid back only once it
/// has recovered from that, too.
///
/// # Errors
/// [`Reason::NothingInvested`] when the sum is never below zero; [`Reason::NotPaidBack`] when it ends below zero.
pub(super) fn payback(flows: &[(NaiveDate, f64)], base: NaiveDate) -> Result<Payback, Reason> {
    let mut sum = 0.0;
    let run = |(day, net): &(NaiveDate, f64)| {
        sum += net;
        (*day, sum)
    };
    let sums: Vec<(NaiveDate, f64)> = flows.iter().map(run).collect();
    let last = sums.iter().rposition(|(_, sum)| *sum < 0.0).ok_or(Reason::NothingInvested)?;
    let ((before, below), (after, above)) = (sums[last], *sums.get(last + 1).ok_or(Reason::NotPaidBack)?);
    let part = -below / (above - below);
    let elapsed = years(base, before) + part * years(before, after);
    #[expect(clippy::cast_possible_truncation, reason = "saturating; a share of the days between two flows")]
    let days = (part * years(before, after) * 365.0).ceil() as i64;
    let day = before.checked_add_signed(Duration::days(days)).unwrap_or(after);
    Ok(Payback { years: elapsed, day })
}
