//! Estimates: how those of the finished tasks came out.

use super::{Better, Example, Metric, Unit, each, over};

/// Where the measures of estimates stand.
const ACCURACY: &str = "Conte, Dunsmore and Shen, Software Engineering Metrics and Models, 1986";

/// How far the estimate of a finished task was off, as a share of what it took.
pub const MRE: Metric = Metric {
    id: "mre",
    symbol: "MRE",
    name: word!("Magnitude of relative error"),
    formula: "ABS(ACTUAL - ESTIMATE) / ACTUAL",
    unit: Unit::Percent,
    better: Better::Lower,
    meaning: word!("How far the estimate of a finished task was off, as a share of what it took."),
    source: ACCURACY,
    value: |m| each(m.estimates.count),
    example: Example { given: &[("ACTUAL", 80.0), ("ESTIMATE", 100.0)], expect: Some(0.25) },
};

/// Finished tasks with an estimate and something booked: in hours, or in cost where no task has hours.
pub const ESTIMATES: Metric = Metric {
    id: "estimates",
    symbol: "ESTN",
    name: word!("Estimates"),
    formula: "",
    unit: Unit::Count,
    better: Better::Neither,
    meaning: word!(
        "Finished tasks with an estimate and something booked: in hours, or in cost where no task has hours."
    ),
    source: ACCURACY,
    value: |m| m.estimates.count,
    example: Example::NONE,
};

/// Sum of MRE over the finished tasks with an estimate.
pub const ERRORS: Metric = Metric {
    id: "estimate_errors",
    symbol: "ESTE",
    name: word!("Sum of the relative errors"),
    formula: "",
    unit: Unit::Number,
    better: Better::Lower,
    meaning: word!("Sum of MRE over the finished tasks with an estimate."),
    source: ACCURACY,
    value: |m| m.estimates.errors,
    example: Example::NONE,
};

/// Finished tasks with an MRE of at most 25%.
pub const NEAR: Metric = Metric {
    id: "estimates_near",
    symbol: "ESTC",
    name: word!("Estimates within a quarter"),
    formula: "",
    unit: Unit::Count,
    better: Better::Higher,
    meaning: word!("Finished tasks with an MRE of at most 25%."),
    source: ACCURACY,
    value: |m| m.estimates.near,
    example: Example::NONE,
};

/// Mean of MRE over the finished tasks; good at 25% or below.
pub const MMRE: Metric = Metric {
    id: "mmre",
    symbol: "MMRE",
    name: word!("Mean magnitude of relative error"),
    formula: "ESTE / ESTN",
    unit: Unit::Percent,
    better: Better::Lower,
    meaning: word!("Mean of MRE over the finished tasks; good at 25% or below."),
    source: ACCURACY,
    value: |m| over(m.estimates.errors, m.estimates.count),
    example: Example { given: &[("ESTE", 1.7), ("ESTN", 4.0)], expect: Some(0.425) },
};

/// Share of the finished tasks with an MRE of at most 25%; good at 75% or above.
pub const PRED: Metric = Metric {
    id: "pred_25",
    symbol: "PRED_25",
    name: word!("Prediction within a quarter"),
    formula: "ESTC / ESTN",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Share of the finished tasks with an MRE of at most 25%; good at 75% or above."),
    source: ACCURACY,
    value: |m| over(m.estimates.near, m.estimates.count),
    example: Example { given: &[("ESTC", 2.0), ("ESTN", 4.0)], expect: Some(0.5) },
};

/// How far an estimate was off, as a share of what it took; both above zero.
#[must_use]
pub fn relative_error(actual: f64, estimate: f64) -> f64 {
    (actual - estimate).abs() / actual
}
