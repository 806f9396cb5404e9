//! Risk: exposure, and the contingency against it.

use super::{Better, Example, Metric, Unit, each, over};
use crate::quantity::{Measured, Reason, ratio};

/// Where expected monetary value and reserves stand.
const RISK: &str = "PMI, The Standard for Risk Management in Portfolios, Programs, and Projects, 2019";

/// Probability times impact of a risk, in cost and likewise in days (a three-point impact counts with the mean of its triangle); threats count positive, opportunities negative; closed risks and risks that have occurred have none.
pub const EXPOSURE: Metric = Metric {
    id: "exposure",
    symbol: "EMV",
    name: word!("Exposure"),
    formula: "PROB * IMPACT",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!(
        "Probability times impact of a risk, in cost and likewise in days (a three-point impact counts with the mean of its triangle); threats count positive, opportunities negative; closed risks and risks that have occurred have none."
    ),
    source: RISK,
    value: |m| each(m.risk.inherent),
    example: Example { given: &[("PROB", 0.3), ("IMPACT", 100_000.0)], expect: Some(30_000.0) },
};

/// Sum of the exposures of the open risks as they stand.
pub const EXPOSURE_INHERENT: Metric = Metric {
    id: "exposure_inherent",
    symbol: "XINH",
    name: word!("Inherent exposure"),
    formula: "",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!("Sum of the exposures of the open risks as they stand."),
    source: RISK,
    value: |m| m.risk.inherent,
    example: Example::NONE,
};

/// Sum of the exposures of the open risks once the responses are in place.
pub const EXPOSURE_RESIDUAL: Metric = Metric {
    id: "exposure_residual",
    symbol: "XRES",
    name: word!("Residual exposure"),
    formula: "",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!("Sum of the exposures of the open risks once the responses are in place."),
    source: RISK,
    value: |m| m.risk.residual,
    example: Example::NONE,
};

/// Working days that the open risks cost on average once the responses are in place.
pub const EXPOSURE_DAYS: Metric = Metric {
    id: "exposure_days",
    symbol: "XDAY",
    name: word!("Residual exposure in days"),
    formula: "",
    unit: Unit::Days,
    better: Better::Lower,
    meaning: word!("Working days that the open risks cost on average once the responses are in place."),
    source: RISK,
    value: |m| m.risk.residual_days,
    example: Example::NONE,
};

/// Budget for identified risks.
pub const CONTINGENCY: Metric = Metric {
    id: "contingency",
    symbol: "CTGB",
    name: word!("Contingency"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Budget for identified risks."),
    source: RISK,
    value: |m| m.risk.contingency,
    example: Example::NONE,
};

/// Contingency not yet drawn.
pub const CONTINGENCY_LEFT: Metric = Metric {
    id: "contingency_left",
    symbol: "CTGL",
    name: word!("Contingency left"),
    formula: "",
    unit: Unit::Money,
    better: Better::Higher,
    meaning: word!("Contingency not yet drawn."),
    source: RISK,
    value: |m| m.risk.contingency_left,
    example: Example::NONE,
};

/// Contingency left over residual exposure; below 1 it does not cover the open risks even on average.
pub const COVER: Metric = Metric {
    id: "cover_ratio",
    symbol: "COVER",
    name: word!("Cover ratio"),
    formula: "CTGL / XRES",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!(
        "Contingency left over residual exposure; below 1 it does not cover the open risks even on average."
    ),
    source: RISK,
    value: |m| cover_ratio(m.risk.contingency_left?, m.risk.residual?),
    example: Example { given: &[("CTGL", 30_000.0), ("XRES", 40_000.0)], expect: Some(0.75) },
};

/// Share of the contingency that is drawn, to be held against percent complete.
pub const DRAWN: Metric = Metric {
    id: "contingency_drawn",
    symbol: "DRAWN",
    name: word!("Contingency drawn"),
    formula: "(CTGB - CTGL) / CTGB",
    unit: Unit::Percent,
    better: Better::Lower,
    meaning: word!("Share of the contingency that is drawn, to be held against percent complete."),
    source: RISK,
    value: |m| over(Ok(m.risk.contingency? - m.risk.contingency_left?), m.risk.contingency),
    example: Example { given: &[("CTGB", 50_000.0), ("CTGL", 30_000.0)], expect: Some(0.4) },
};

/// Probability times impact, in whatever the impact is measured.
#[must_use]
pub fn exposure(probability: f64, impact: f64) -> f64 {
    probability * impact
}

/// Contingency left over the residual exposure.
///
/// # Errors
/// [`Reason::NothingExposed`] where nothing is open or opportunities outweigh the threats: there is nothing to cover.
pub fn cover_ratio(left: f64, exposure: f64) -> Measured {
    if exposure <= 0.0 { Err(Reason::NothingExposed) } else { ratio(left, exposure, Reason::NothingExposed) }
}
