//! Estimates at completion and forecasts of the finish, by every method of the field, and which one is
//! recommended.
//!
//! The recommendation follows evidence: 16 real projects of the collection of Batselier and Vanhoucke, tracked
//! to their end at 245 status dates between 2% and 98% complete. Error: share of the real cost or of the real
//! duration, mean per project, then over projects; stages are thirds of the earned share.
//!
//! | cost | mean | early, middle, late | finish | mean | early, middle, late |
//! |---|---|---|---|---|---|
//! | rest at the cost of finished tasks | 3.4% | 5.5, 3.9, 1.5 | what remains, through the network | 8.3% | 12.5, 8.3, 4.8 |
//! | rest at budget | 4.4% | 7.1, 4.7, 2.0 | earned schedule, rest as planned | 12.0% | 15.2, 12.4, 8.9 |
//! | CPI | 4.4% | 8.8, 4.1, 1.4 | planned value, rest as planned | 14.3% | 16.6, 14.8, 12.3 |
//!
//! Neither of the chosen two has a fitted coefficient but [`evidence::PRIOR_TASKS`], yet they were chosen on these
//! projects. Chosen anew among their variants with each project left out in turn, the errors are 3.7% (3.4% where
//! only the coefficient is chosen) and 8.6%; with every two left out, 3.7% and 9.0%. One project of the 16, all of
//! whose tasks ran side by side, makes three fifths of the gain in the finish. [`score`](crate::analysis::score)
//! computes the table from any folder of finished projects.

pub mod agreement;
pub mod cost;
pub mod evidence;
pub mod finish;
pub mod range;
pub mod recommend;
pub mod reference_class;
pub mod remaining;
pub mod throughput;

use crate::calendar::Moment;
use crate::language::Phrase;
use crate::quantity::{Measured, Reason};

pub use cost::{cost, cost_methods};
pub use finish::{Outlook, finish, finish_methods};
pub use recommend::recommend;

/// An estimate at completion.
#[derive(Clone, Debug, PartialEq)]
pub struct CostForecast {
    /// `cpi`, `remaining_at_budget`, ...: see METRICS.
    pub method: &'static str,
    /// For the reader: `Rest at the cost efficiency to date`.
    pub name: &'static str,
    /// `AC + (BAC - EV) / CPI`.
    pub formula: &'static str,
    /// The estimate in currency units, unrounded.
    pub eac: Measured,
}

/// A forecast of the finish.
#[derive(Clone, Debug, PartialEq)]
pub struct FinishForecast {
    /// `earned_schedule_spi_t`, `planned_value_1`, ...
    pub method: &'static str,
    /// For the reader.
    pub name: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// The moment.
    pub finish: Result<Moment, Reason>,
}

impl FinishForecast {
    /// That of a method.
    #[must_use]
    pub fn of<'a>(all: &'a [Self], method: &str) -> Option<&'a Self> {
        all.iter().find(|forecast| forecast.method == method)
    }

    /// When the project was finished; `None` while anything is open.
    #[must_use]
    pub fn actual(all: &[Self]) -> Option<Moment> {
        Self::of(all, finish::ACTUAL)?.finish.ok()
    }
}

/// The recommended forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Recommended {
    /// Method of the cost forecast.
    pub cost: &'static str,
    /// Method of the finish forecast.
    pub finish: &'static str,
    /// A sentence each for cost and finish.
    pub why: Phrase,
    /// Lowest and highest of the defensible EACs: the range shown beside the recommended one.
    pub eac_range: Option<(f64, f64)>,
    /// Earliest and latest of the defensible finishes.
    pub finish_range: Option<(Moment, Moment)>,
    /// The cost that one project of five keeps; `None` where it was never measured.
    pub eac_p20: Option<f64>,
    /// The cost that four projects of five keep, beside the recommended P50; `None` where the method's
    /// range was never measured.
    pub eac_p80: Option<f64>,
    /// The finish that one project of five keeps.
    pub finish_p20: Option<Moment>,
    /// The finish that four projects of five keep.
    pub finish_p80: Option<Moment>,
}
