//! Distributions in the JSON.

use serde::Serialize;

use crate::analysis::simulation::Spread;

/// Amounts in currency units; the error is the standard error of P80.
#[derive(Serialize)]
pub(super) struct Distribution {
    mean: f64,
    sd: f64,
    p10: f64,
    p50: f64,
    p80: f64,
    p90: f64,
    p95: f64,
    p80_error: f64,
}

impl Distribution {
    /// The figures of a distribution, each written as `write` has it.
    pub(super) fn of(spread: &Spread, write: fn(f64) -> f64) -> Self {
        let [p10, p50, p80, p90, p95] = spread.percentiles.map(write);
        Self {
            mean: write(spread.mean),
            sd: write(spread.sd),
            p10,
            p50,
            p80,
            p90,
            p95,
            p80_error: write(spread.p80_error),
        }
    }
}

/// Finishes that are kept with a confidence.
#[derive(Serialize)]
pub(super) struct Dates {
    p10: String,
    p50: String,
    p80: String,
    p90: String,
    p95: String,
}

impl Dates {
    /// P10, P50, P80, P90, P95.
    pub(super) fn of([p10, p50, p80, p90, p95]: [String; 5]) -> Self {
        Self { p10, p50, p80, p90, p95 }
    }
}
