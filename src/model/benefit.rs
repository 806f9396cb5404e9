//! What the project is for: objectives with what was measured, and the money of the business case.

use chrono::NaiveDate;

use super::Origin;
use crate::quantity::Money;

/// Which way an objective wants to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Better {
    /// Higher values are better.
    Higher,
    /// Lower values are better.
    Lower,
}

/// A goal in figures. Values are in its unit; what was written as `40%` is 40.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Objective {
    /// Unique in its project.
    pub id: String,
    /// What is to change.
    pub name: String,
    /// What its values count.
    pub unit: Option<String>,
    /// Its value before the project.
    pub baseline: Option<f64>,
    /// The value to be reached.
    pub target: Option<f64>,
    /// The last day to reach it.
    pub due: Option<NaiveDate>,
    /// Which way is better; by baseline and target where it is not given, `None` where they do not tell either.
    pub better: Option<Better>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where the row stands.
    pub origin: Origin,
}

/// The value of an objective on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Measurement {
    /// Index in `Project::objectives`.
    pub objective: usize,
    /// The day it was measured.
    pub date: NaiveDate,
    /// In the objective's unit.
    pub value: f64,
    /// Where the row stands.
    pub origin: Origin,
}

/// Which way money flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CashFlowKind {
    /// Out.
    Cost,
    /// In.
    Benefit,
}

/// An amount that the business case expects on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct CashFlow {
    /// When it is paid or gained.
    pub date: NaiveDate,
    /// A cost or a benefit.
    pub kind: CashFlowKind,
    /// What it adds to the sponsor's purse: benefits are positive, costs negative (a refund of a cost is positive).
    pub net: Money,
    /// What it is for.
    pub category: Option<String>,
    /// Where the row stands.
    pub origin: Origin,
}
