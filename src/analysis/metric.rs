//! The catalogue of metrics: one definition of every formula in the program.
//!
//! The `formula` string is shown in the glossary, tested by its example, and *is* the live formula
//! of the workbook, where `EV`, `AC`, ... are defined names.

use crate::analysis::Measures;
use crate::quantity::{Measured, Reason, ratio};

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
}

/// Value earned per unit of cost.
pub const CPI: Metric = Metric {
    id: "cpi",
    symbol: "CPI",
    name: "Cost performance index",
    formula: "EV / AC",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: "Value earned per unit of cost.",
    source: "PMI, The Standard for Earned Value Management, 2019",
    value: |m| ratio(m.ev.units(), m.ac.units(), Reason::NoActualCost),
};

/// Every metric, in the order they are listed.
pub const METRICS: &[&Metric] = &[&CPI];
