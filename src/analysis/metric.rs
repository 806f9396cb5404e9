//! The catalogue of metrics: one definition of every formula in the program.
//!
//! The `formula` string is shown in the glossary, tested by its example, and *is* the live formula
//! of the workbook, where `EV`, `AC`, ... are defined names. Symbols are such that a worksheet takes
//! them for names and not for cells (`CPI_3`, not `CPI3`).

mod business_case;
mod earned_schedule;
mod earned_value;
mod execution;
mod people;

use crate::analysis::Measures;
use crate::quantity::Measured;

pub use business_case::*;
pub use earned_schedule::*;
pub use earned_value::*;
pub use execution::*;
pub use people::*;

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
    /// How many.
    Count,
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
    /// Over the symbols of other metrics, in the syntax of a worksheet without `=`; empty for a base figure.
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
    &P_FACTOR,
    &FORECAST_DUE,
    &FORECAST_MET,
    &CEI,
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
];

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
    ];
    printed.into_iter().fold(formula.to_owned(), |text, (name, symbol)| text.replace(name, symbol))
}

#[cfg(test)]
mod tests;
