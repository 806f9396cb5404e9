//! The catalogue of metrics: one definition of every formula in the program.
//!
//! The `formula` string is shown in the glossary, tested by its example, and *is* the live formula
//! of the workbook, where `EV`, `AC`, ... are defined names. Symbols are such that a worksheet takes
//! them for names and not for cells (`CPI_3`, not `CPI3`).

mod business_case;
mod earned_schedule;
mod earned_value;
mod estimates;
mod execution;
mod people;
mod quality;
mod risk;
mod schedule;
mod simulation;
mod throughput;

use crate::analysis::Measures;
use crate::quantity::{Measured, Reason, ratio};

pub use business_case::*;
pub use earned_schedule::*;
pub use earned_value::*;
pub use estimates::*;
pub use execution::*;
pub use people::*;
pub use quality::*;
pub use risk::*;
pub use schedule::*;
pub use simulation::*;
pub use throughput::*;

/// What a metric is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// The project's currency.
    Money,
    /// A ratio; 1 is as planned.
    Index,
    /// A share, 1 is 100%.
    Percent,
    /// Working days.
    Days,
    /// Reporting periods.
    Periods,
    /// Years of 365 days.
    Years,
    /// Hours of work.
    Hours,
    /// Heads that work the usual hours.
    Heads,
    /// How many: tasks, tests, defects.
    Count,
    /// How many a week.
    Weekly,
    /// Weeks.
    Weeks,
    /// A bare number.
    Number,
}

/// Which direction is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither: a fact.
    Neither,
}

/// A metric.
#[derive(Debug)]
pub struct Metric {
    /// Key in the JSON.
    pub id: &'static str,
    /// What formulas call it.
    pub symbol: &'static str,
    /// Its name in the field.
    pub name: &'static str,
    /// Over the symbols of other metrics, in the syntax of a worksheet without `=`; empty for a base figure. That of a
    /// figure of each task or risk ([`OF_EACH`]) is over what `meaning` names.
    pub formula: &'static str,
    /// Unit.
    pub unit: Unit,
    /// Which direction is good.
    pub better: Better,
    /// What it says, in a sentence.
    pub meaning: &'static str,
    /// Where the definition stands.
    pub source: &'static str,
    /// The value.
    pub value: fn(&Measures) -> Measured,
    /// A published or hand-made example that formula and value are tested by.
    pub example: Example,
}

/// Figures by symbol and what the metric is then.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// `(symbol, value)`; empty for a base figure.
    pub given: &'static [(&'static str, f64)],
    /// `None` when the metric is undefined for these figures.
    pub expect: Option<f64>,
}

impl Example {
    /// A base figure has none.
    const NONE: Self = Self { given: &[], expect: None };
}

/// Where most of the definitions stand.
const EVM: &str = "PMI, The Standard for Earned Value Management, 2019";
/// Where those of earned schedule stand.
const ES_BOOK: &str = "Lipke, Schedule is Different, The Measurable News, 2003; Earned Schedule, 2009";

/// Every metric, in the order they are listed.
pub const METRICS: &[&Metric] = &[
    &BAC,
    &PV,
    &EV,
    &AC,
    &PV_DISCRETE,
    &EV_DISCRETE,
    &COMMITTED,
    &SV,
    &CV,
    &SV_PCT,
    &CV_PCT,
    &SPI,
    &CPI,
    &RECENT_CPI,
    &FINISHED_CPI,
    &PCT_COMPLETE,
    &PCT_SPENT,
    &PCT_PLANNED,
    &EAC,
    &ETC,
    &VAC,
    &VAC_PCT,
    &TCPI_BAC,
    &TCPI_EAC,
    &PLANNED_DURATION,
    &ACTUAL_TIME,
    &EARNED_SCHEDULE,
    &ES_PERIODS,
    &AT_PERIODS,
    &SV_T,
    &SPI_T,
    &IEAC_T,
    &TSPI,
    &SCI,
    &SCI_T,
    &P_FACTOR,
    &PATH_LENGTH,
    &FINISH_FLOAT,
    &CPLI,
    &TASKS_DUE,
    &TASKS_FINISHED,
    &TASKS_HIT,
    &BEI,
    &HIT_TASKS,
    &FORECAST_DUE,
    &FORECAST_MET,
    &CEI,
    &TOTAL_FLOAT,
    &FREE_FLOAT,
    &ITEMS_FINISHED,
    &ITEM_WEEKS,
    &THROUGHPUT,
    &SCOPE_GROWTH,
    &EXPOSURE,
    &EXPOSURE_INHERENT,
    &EXPOSURE_RESIDUAL,
    &EXPOSURE_DAYS,
    &CONTINGENCY,
    &CONTINGENCY_LEFT,
    &COVER,
    &DRAWN,
    &FINISH_P50,
    &FINISH_P80,
    &P80_ERROR,
    &COST_P50,
    &COST_P80,
    &JCL,
    &PERT_MEAN,
    &TRIANGULAR_MEAN,
    &CRITICALITY,
    &SSI,
    &CRUCIALITY,
    &RANK_CRUCIALITY,
    &PRESENT_BENEFITS,
    &PRESENT_COSTS,
    &NPV,
    &BENEFIT_COST,
    &IRR,
    &PAYBACK,
    &DISCOUNTED_PAYBACK,
    &HOURS_BOOKED,
    &HOURS_AVAILABLE,
    &HOURS_PLANNED,
    &HOURS_OPERATIONS,
    &HOURS_RECENT,
    &HOURS_STANDARD,
    &UTILISATION,
    &EFFORT_OVERRUN,
    &RUN_SHARE,
    &FTE,
    &HOURS_AHEAD,
    &CAPACITY_AHEAD,
    &LOAD,
    &COST_RECENT,
    &BURN_RATE,
    &RUNWAY,
    &HOURS_JOINED,
    &COST_JOINED,
    &TESTS_PLANNED,
    &TESTS_EXECUTED,
    &TESTS_PASSED,
    &TEST_PROGRESS,
    &PASS_RATE,
    &DEFECTS_OPEN,
    &DEFECTS_ARRIVED,
    &DEFECTS_CLOSED,
    &DEFECT_WEEKS,
    &DEFECT_RATE,
    &CLEARING,
    &DEFECT_DENSITY,
    &HOURS_REWORK,
    &REWORK_SHARE,
    &MRE,
    &ESTIMATES,
    &ERRORS,
    &NEAR,
    &MMRE,
    &PRED,
];

/// Those that each task, risk or deliverable has for itself: the project has no such figure.
pub const OF_EACH: &[&Metric] = &[
    &TOTAL_FLOAT,
    &FREE_FLOAT,
    &EXPOSURE,
    &PERT_MEAN,
    &TRIANGULAR_MEAN,
    &CRITICALITY,
    &SSI,
    &CRUCIALITY,
    &RANK_CRUCIALITY,
    &DEFECT_DENSITY,
    &MRE,
];

impl Metric {
    /// Whether it is a figure of the project, and not one of each task or risk.
    #[must_use]
    pub fn is_of_project(&self) -> bool {
        !OF_EACH.iter().any(|metric| metric.id == self.id)
    }

    /// Whether it takes a simulation to know it.
    #[must_use]
    pub fn needs_trials(&self) -> bool {
        OF_SIMULATION.iter().any(|metric| metric.id == self.id)
    }
}

/// The quotient of two measured figures: a share, an index, a pace.
///
/// # Errors
/// The reason of either, and [`Reason::NoData`] where the divisor is nothing.
pub fn over(above: Measured, below: Measured) -> Measured {
    ratio(above?, below?, Reason::NoData)
}

/// Why the project has no figure that each task or risk has: that, or what is missing for all of them.
fn each(of: Measured) -> Measured {
    of.and(Err(Reason::OfEach))
}

/// The metric of an id.
#[must_use]
pub fn metric(id: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.id == id).copied()
}

/// The symbols as the field prints them: a worksheet cannot call a name `SPI(t)` or `SV%`.
#[must_use]
pub fn in_print(formula: &str) -> String {
    let printed = [
        ("SPIt", "SPI(t)"),
        ("SVt", "SV(t)"),
        ("IEACt", "IEAC(t)"),
        ("SVp", "SV%"),
        ("CVp", "CV%"),
        ("VACp", "VAC%"),
        ("SCIt", "SCI(t)"),
        ("PRED_25", "PRED(25)"),
    ];
    printed.into_iter().fold(formula.to_owned(), |text, (name, symbol)| text.replace(name, symbol))
}

#[cfg(test)]
mod tests;
