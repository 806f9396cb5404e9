//! Three-point estimates and what the simulation makes of them: percentiles, joint confidence, sensitivity.

use super::{Better, Example, Metric, Unit, each};

/// Where percentiles for funding and joint confidence stand.
const NASA: &str = "NASA, Cost Estimating Handbook 4.0, 2015";
/// Where the indices of sensitivity stand.
const SENSITIVITY: &str =
    "Vanhoucke, Measuring Time: Improving Project Performance Using Earned Value Management, 2009";

/// The metrics that are known by trials only.
pub const OF_SIMULATION: &[&Metric] = &[
    &FINISH_P50,
    &FINISH_P80,
    &P80_ERROR,
    &COST_P50,
    &COST_P80,
    &JCL,
    &CRITICALITY,
    &SSI,
    &CRUCIALITY,
    &RANK_CRUCIALITY,
];

/// Working days from the start of the project by which half of the trials are finished.
pub const FINISH_P50: Metric = Metric {
    id: "finish_p50",
    symbol: "FIN_P50",
    name: word!("Simulated finish, P50"),
    formula: "",
    unit: Unit::Days,
    better: Better::Lower,
    meaning: word!("Working days from the start of the project by which half of the trials are finished."),
    source: NASA,
    value: |m| m.simulation.finish_p50,
    example: Example::NONE,
};

/// Working days from the start of the project by which four of five trials are finished.
pub const FINISH_P80: Metric = Metric {
    id: "finish_p80",
    symbol: "FIN_P80",
    name: word!("Simulated finish, P80"),
    formula: "",
    unit: Unit::Days,
    better: Better::Lower,
    meaning: word!("Working days from the start of the project by which four of five trials are finished."),
    source: NASA,
    value: |m| m.simulation.finish_p80,
    example: Example::NONE,
};

/// How far another seed would move the P80 finish.
pub const P80_ERROR: Metric = Metric {
    id: "finish_p80_error",
    symbol: "SE_P80",
    name: word!("Standard error of the P80 finish"),
    formula: "",
    unit: Unit::Days,
    better: Better::Lower,
    meaning: word!("How far another seed would move the P80 finish."),
    source: "Woodruff, Journal of the American Statistical Association 47, 1952",
    value: |m| m.simulation.finish_p80_error,
    example: Example::NONE,
};

/// What half of the trials cost at most.
pub const COST_P50: Metric = Metric {
    id: "cost_p50",
    symbol: "COST_P50",
    name: word!("Simulated cost, P50"),
    formula: "",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!("What half of the trials cost at most."),
    source: NASA,
    value: |m| m.simulation.cost_p50,
    example: Example::NONE,
};

/// What four of five trials cost at most.
pub const COST_P80: Metric = Metric {
    id: "cost_p80",
    symbol: "COST_P80",
    name: word!("Simulated cost, P80"),
    formula: "",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!("What four of five trials cost at most."),
    source: NASA,
    value: |m| m.simulation.cost_p80,
    example: Example::NONE,
};

/// Share of the trials that keep both the finish and the cost of the baseline.
pub const JCL: Metric = Metric {
    id: "jcl",
    symbol: "JCL",
    name: word!("Joint confidence level"),
    formula: "",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Share of the trials that keep both the finish and the cost of the baseline."),
    source: NASA,
    value: |m| m.simulation.joint,
    example: Example::NONE,
};

/// Of a task's optimistic (OPT), most likely and pessimistic (PESS) duration.
pub const PERT_MEAN: Metric = Metric {
    id: "pert_mean",
    symbol: "PERT",
    name: word!("Mean of a PERT estimate"),
    formula: "(OPT + 4 * LIKELY + PESS) / 6",
    unit: Unit::Days,
    better: Better::Neither,
    meaning: word!("Of a task's optimistic (OPT), most likely and pessimistic (PESS) duration."),
    source: "Malcolm, Roseboom, Clark and Fazar, Operations Research 7(5), 1959",
    value: |m| each(m.simulation.finish_p50),
    example: Example { given: &[("OPT", 4.0), ("LIKELY", 6.0), ("PESS", 14.0)], expect: Some(7.0) },
};

/// Of the three points of a triangular estimate; three-point impacts of risks count with it too.
pub const TRIANGULAR_MEAN: Metric = Metric {
    id: "triangular_mean",
    symbol: "TRIANGLE",
    name: word!("Mean of a triangular estimate"),
    formula: "(OPT + LIKELY + PESS) / 3",
    unit: Unit::Days,
    better: Better::Neither,
    meaning: word!(
        "Of the three points of a triangular estimate; three-point impacts of risks count with it too."
    ),
    source: "Johnson, The Triangular Distribution as a Proxy for the Beta Distribution, The Statistician 46(3), 1997",
    value: |m| each(m.simulation.finish_p50),
    example: Example { given: &[("OPT", 4.0), ("LIKELY", 6.0), ("PESS", 14.0)], expect: Some(8.0) },
};

/// Share of the trials in which a task has no float.
pub const CRITICALITY: Metric = Metric {
    id: "criticality_index",
    symbol: "CI",
    name: word!("Criticality index"),
    formula: "CRITICAL / TRIALS",
    unit: Unit::Percent,
    better: Better::Lower,
    meaning: word!("Share of the trials in which a task has no float."),
    source: SENSITIVITY,
    value: |m| each(m.simulation.finish_p50),
    example: Example { given: &[("CRITICAL", 2_500.0), ("TRIALS", 10_000.0)], expect: Some(0.25) },
};

/// Criticality index times the standard deviation of a task's duration (SDT) over that of the finish (SDF).
pub const SSI: Metric = Metric {
    id: "ssi",
    symbol: "SSI",
    name: word!("Schedule sensitivity index"),
    formula: "CI * SDT / SDF",
    unit: Unit::Index,
    better: Better::Lower,
    meaning: word!(
        "Criticality index times the standard deviation of a task's duration (SDT) over that of the finish (SDF)."
    ),
    source: SENSITIVITY,
    value: |m| each(m.simulation.finish_p50),
    example: Example { given: &[("CI", 0.5), ("SDT", 4.0), ("SDF", 10.0)], expect: Some(0.2) },
};

/// Correlation of a task's duration and the finish, without sign (Pearson; COVTF: their covariance).
pub const CRUCIALITY: Metric = Metric {
    id: "cruciality",
    symbol: "CRUC",
    name: word!("Cruciality"),
    formula: "ABS(COVTF) / (SDT * SDF)",
    unit: Unit::Index,
    better: Better::Lower,
    meaning: word!(
        "Correlation of a task's duration and the finish, without sign (Pearson; COVTF: their covariance)."
    ),
    source: SENSITIVITY,
    value: |m| each(m.simulation.finish_p50),
    example: Example { given: &[("COVTF", -20.0), ("SDT", 4.0), ("SDF", 10.0)], expect: Some(0.5) },
};

/// Correlation of the ranks of duration and finish (Spearman; ties share the average rank), which no outlier bends; of the most sensitive tasks.
pub const RANK_CRUCIALITY: Metric = Metric {
    id: "cruciality_rank",
    symbol: "CRUC_R",
    name: word!("Cruciality by rank"),
    formula: "",
    unit: Unit::Index,
    better: Better::Lower,
    meaning: word!(
        "Correlation of the ranks of duration and finish (Spearman; ties share the average rank), which no outlier bends; of the most sensitive tasks."
    ),
    source: "Spearman, The American Journal of Psychology 15(1), 1904",
    value: |m| each(m.simulation.finish_p50),
    example: Example::NONE,
};

/// The mean of a PERT estimate (beta, lambda 4) in the unit of its points.
#[must_use]
pub fn pert_mean(optimistic: f64, likely: f64, pessimistic: f64) -> f64 {
    (optimistic + 4.0 * likely + pessimistic) / 6.0
}

/// The mean of a triangular estimate in the unit of its points.
#[must_use]
pub fn triangular_mean(optimistic: f64, likely: f64, pessimistic: f64) -> f64 {
    (optimistic + likely + pessimistic) / 3.0
}

/// The share of the trials in which a task is critical.
#[must_use]
pub fn criticality_index(critical: f64, trials: f64) -> f64 {
    critical / trials
}

/// CI * SDT / SDF; of a finish that does not vary nothing is sensitive.
#[must_use]
pub fn schedule_sensitivity(criticality: f64, sd: f64, finish_sd: f64) -> f64 {
    if finish_sd > 0.0 { criticality * sd / finish_sd } else { 0.0 }
}

/// The correlation of a duration and the finish without its sign, 0..=1; nothing where one of them does not vary.
#[must_use]
pub fn cruciality(covariance: f64, sd: f64, finish_sd: f64) -> f64 {
    correlation(covariance, sd, finish_sd).abs()
}

/// Pearson's coefficient, -1..=1, of a covariance and two standard deviations: of ranks it is Spearman's.
#[must_use]
pub fn correlation(covariance: f64, sd: f64, other_sd: f64) -> f64 {
    let scale = sd * other_sd;
    if scale > 0.0 { (covariance / scale).clamp(-1.0, 1.0) } else { 0.0 }
}
