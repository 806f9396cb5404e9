//! Contingency and management reserve against exposure, and how fast they are drawn.

use crate::analysis::{Reserves, metric};
use crate::quantity::{Measured, Money, Reason, ratio};

/// The reserves against what they are for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cover {
    /// Contingency not yet drawn; `None` where the budget has none.
    pub contingency_left: Option<Money>,
    /// Contingency left over residual exposure left; below 1 it does not cover the risks on average.
    pub ratio: Measured,
    /// Share of the contingency drawn, 0..=1 and beyond.
    pub drawn: Measured,
    /// Share of the work complete, to compare: EV over BAC.
    pub complete: Option<f64>,
    /// Management reserve not yet drawn; `None` where the budget has none.
    pub reserve_left: Option<Money>,
}

impl Default for Cover {
    fn default() -> Self {
        Self {
            contingency_left: None,
            ratio: Err(Reason::NoData),
            drawn: Err(Reason::NoData),
            complete: None,
            reserve_left: None,
        }
    }
}

/// Compares the reserves with the residual exposure of what is open.
#[must_use]
pub fn cover(reserves: &Reserves, exposure: Money, complete: Option<f64>) -> Cover {
    let left = reserves.contingency.map(|budget| budget - reserves.contingency_drawn);
    let drawn = reserves.contingency.map_or(Err(Reason::NoData), |budget| {
        ratio(reserves.contingency_drawn.units(), budget.units(), Reason::NoData)
    });
    let covers = match left {
        None => Err(Reason::NoData),
        Some(left) => metric::cover_ratio(left.units(), exposure.units()),
    };
    Cover {
        contingency_left: left,
        ratio: covers,
        drawn,
        complete,
        reserve_left: reserves.management_reserve.map(|budget| budget - reserves.management_reserve_drawn),
    }
}
