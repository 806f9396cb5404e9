//! Internal rates of return: every rate at which the net present value is zero.
//!
//! With `s = -ln(1 + rate)` the value of flows `c` after `t` years is the sum of `c * exp(t * s)`. Such a sum has no
//! more zeros than its coefficients change their sign (Descartes' rule, which holds for real exponents). Multiplied by
//! `exp(-p * s)`, with `p` between the two exponents of a change of sign, it has a derivative with one change less,
//! and between the zeros of that derivative it only rises or only falls (Rolle): there bisection finds the one zero
//! there may be. So all zeros are found, and none is missed because a first guess was a bad one.

use crate::quantity::{Measured, Reason};

/// From the rate of a million per cent ...
const LOWEST: f64 = -9.210_340_371_976_182;

/// ... to that of -99.99%, in `s`.
const HIGHEST: f64 = 9.210_340_371_976_182;

/// A sum this small beside its terms is zero.
const NOTHING: f64 = 1e-12;

/// The rates at which flows are worth nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Rates {
    /// The internal rate of return: the only rate there is, or the only one that is not negative.
    pub irr: Measured,
    /// Every rate between -99.99% and a million per cent at which the net present value is zero, rising.
    pub all: Vec<f64>,
    /// How often the flows change their sign: there are no more rates than that.
    pub sign_changes: usize,
}

/// All internal rates of return of net flows: years from the base with rising order, and amounts.
pub(super) fn internal_rates(flows: &[(f64, f64)]) -> Rates {
    let sum = Sum(flows.iter().copied().filter(|(_, amount)| *amount != 0.0).collect());
    let sign_changes = sum.changes().count();
    let zeros = sum.zeros();
    let mut all: Vec<f64> = zeros.into_iter().map(|s| (-s).exp_m1()).collect();
    all.sort_by(f64::total_cmp);
    // The rounding of a rate of nothing is no negative rate.
    let mut gains = all.iter().filter(|rate| **rate > -1e-9);
    let irr = match (all.as_slice(), gains.next(), gains.next()) {
        _ if sign_changes == 0 => Err(Reason::NoSignChange),
        ([], ..) => Err(Reason::NoRate),
        ([only], ..) | (_, Some(only), None) => Ok(*only),
        _ => Err(Reason::SeveralRates),
    };
    Rates { irr, all, sign_changes }
}

/// A sum of exponentials: exponents, rising, and coefficients.
struct Sum(Vec<(f64, f64)>);

impl Sum {
    /// The places where the coefficients change their sign: the exponents before and after.
    fn changes(&self) -> impl Iterator<Item = (f64, f64)> {
        let pairs = self.0.windows(2).filter(|pair| pair[0].1.signum() * pair[1].1.signum() < 0.0);
        pairs.map(|pair| (pair[0].0, pair[1].0))
    }

    /// Its value over the sum of the absolute terms: between -1 and 1, and never too large to write.
    fn at(&self, s: f64) -> f64 {
        let largest = self.0.iter().map(|(t, _)| t * s).fold(f64::NEG_INFINITY, f64::max);
        let (mut sum, mut all) = (0.0, 0.0);
        for (t, c) in &self.0 {
            let term = c * (t * s - largest).exp();
            sum += term;
            all += term.abs();
        }
        if all > 0.0 { sum / all } else { 0.0 }
    }

    fn zeros(&self) -> Vec<f64> {
        let Some((before, after)) = self.changes().next() else { return Vec::new() };
        let between = f64::midpoint(before, after);
        let turns = Self(self.0.iter().map(|(t, c)| (*t, c * (t - between))).collect()).zeros();
        let touches = |s: &f64| self.at(*s).abs() < NOTHING;
        let mut zeros: Vec<f64> = turns.iter().copied().filter(touches).collect();
        let ends: Vec<f64> = [LOWEST].into_iter().chain(turns).chain([HIGHEST]).collect();
        zeros.extend(ends.windows(2).filter_map(|ends| self.zero_between(ends[0], ends[1])));
        zeros.sort_by(f64::total_cmp);
        zeros
    }

    /// The zero between two places where the sum has different signs, by bisection.
    fn zero_between(&self, mut low: f64, mut high: f64) -> Option<f64> {
        let (at_low, at_high) = (self.at(low), self.at(high));
        if at_low.abs() < NOTHING || at_high.abs() < NOTHING || (at_low > 0.0) == (at_high > 0.0) {
            return None;
        }
        for _ in 0..200 {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                break;
            }
            if (self.at(middle) > 0.0) == (at_low > 0.0) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(f64::midpoint(low, high))
    }
}
