//! Charts of what is not certain: a matrix of risks, a distribution, cost against finish.

use chrono::NaiveDate;

use super::Kind;

/// Risks by probability and impact, five levels each; as they stand and once the responses are in place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// The risks, the gravest first.
    pub items: Vec<MatrixItem>,
}

/// A risk in the matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MatrixItem {
    /// Its id.
    pub label: String,
    /// Levels 1 to 5 of probability and impact as it stands.
    pub at: (u8, u8),
    /// Where it moves once its response is in place; `None` when it stays.
    pub to: Option<(u8, u8)>,
    /// An opportunity.
    pub gain: bool,
}

/// What a horizontal axis measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Over {
    /// Working days; the day at the upper end of each class.
    Dates(Vec<NaiveDate>),
    /// Amounts of a kind in a unit.
    Amounts(Kind, String),
}

/// A distribution: how often each class occurred, and the cumulative curve over it.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram {
    /// What is distributed.
    pub over: Over,
    /// Lower and upper end of each class, in order, and its share of all.
    pub classes: Vec<(f64, f64, f64)>,
    /// Named values: `P50 12 Aug 2026`.
    pub marks: Vec<(f64, String)>,
}

/// Cost against finish, a dot a trial, with the frontier of a joint confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Scatter {
    /// The currency.
    pub unit: String,
    /// Finish and cost of some trials.
    pub points: Vec<(NaiveDate, f64)>,
    /// Finish and cost that hold together with the confidence `frontier_label` names, by finish.
    pub frontier: Vec<(NaiveDate, f64)>,
    /// `70% joint confidence`.
    pub frontier_label: String,
    /// Named points: the plan, the P80s.
    pub marks: Vec<(NaiveDate, f64, String)>,
}

/// Whether a place of the matrix is grave (2), middling (1) or slight (0): by probability times impact.
#[must_use]
pub const fn gravity((probability, impact): (u8, u8)) -> u8 {
    match probability * impact {
        15.. => 2,
        6..=14 => 1,
        _ => 0,
    }
}
