//! How far the recommended forecast may be off: P80, which four projects of five keep.
//!
//! P50 is the forecast itself. What is left to spend and to wait is uncertain in proportion to itself, which
//! makes the range shrink as a project nears its end: on the tracked projects one share of the rest holds at
//! every stage alike (finish 73, 88 and 77% early, in the middle and late; cost 81, 83 and 81%).

use crate::analysis::forecast::{cost, finish};

/// P80 of the rest over its forecast, less 1, by method: measured on 16 tracked projects of the Batselier and
/// Vanhoucke collection; with each project left out in turn, 80% of its costs and 79% of its finishes are kept.
const COST: &[(&str, f64)] =
    &[(cost::FINISHED_TASKS, 0.09), (cost::REMAINING_AT_BUDGET, 0.15), (cost::CPI, 0.07)];
/// The same of the time.
const FINISH: &[(&str, f64)] = &[(finish::REMAINING_NETWORK, 0.25), (finish::EARNED_SCHEDULE_1, 0.48)];

/// The shares of the rest that P80 adds, where own history says better: the keys `p80_cost` and `p80_finish` of
/// `[forecast]`, as `earnest forecast score` measures them.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Ranges {
    /// Of the cost that is left; `None` takes what was measured.
    pub cost: Option<f64>,
    /// Of the time that is left.
    pub finish: Option<f64>,
}

impl Ranges {
    /// What P80 of the cost adds to the rest by a method; `None` where nothing was measured.
    #[must_use]
    pub fn of_cost(self, method: &str) -> Option<f64> {
        self.cost.or_else(|| measured(COST, method))
    }

    /// What P80 of the finish adds to the rest by a method; `None` where nothing was measured.
    #[must_use]
    pub fn of_finish(self, method: &str) -> Option<f64> {
        self.finish.or_else(|| measured(FINISH, method))
    }
}

fn measured(table: &[(&str, f64)], method: &str) -> Option<f64> {
    table.iter().find(|(known, _)| *known == method).map(|(_, share)| *share)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_history_wins_and_an_unmeasured_method_has_no_range() {
        let own = Ranges { cost: Some(0.3), finish: None };
        assert_eq!((own.of_cost("cpi"), own.of_finish("earned_schedule_1")), (Some(0.3), Some(0.48)));
        assert_eq!(Ranges::default().of_cost("spi"), None);
    }
}
