//! How well the last forecast held, task by task.

use super::{Better, Example, Metric, Unit};
use crate::quantity::{Reason, ratio};

/// Where the counts come from.
const LAST: &str = word!("The last report (--previous) and tasks of the project");

/// Tasks that the last report forecast to finish by the status date.
pub const FORECAST_DUE: Metric = Metric {
    id: "forecast_due",
    symbol: "FDUE",
    name: word!("Tasks forecast to finish"),
    formula: "",
    unit: Unit::Count,
    better: Better::Neither,
    meaning: word!("Tasks not finished at the last report that it forecast to finish by the status date."),
    source: LAST,
    value: |m| m.execution.due,
    example: Example::NONE,
};

/// Those of them that are finished.
pub const FORECAST_MET: Metric = Metric {
    id: "forecast_met",
    symbol: "FMET",
    name: word!("Tasks finished as forecast"),
    formula: "",
    unit: Unit::Count,
    better: Better::Higher,
    meaning: word!(
        "Of the tasks that the last report forecast to finish by the status date, those that are finished."
    ),
    source: LAST,
    value: |m| m.execution.met,
    example: Example::NONE,
};

/// Share of the tasks forecast to finish since the last report that are finished.
pub const CEI: Metric = Metric {
    id: "cei",
    symbol: "CEI",
    name: word!("Current execution index"),
    formula: "FMET / FDUE",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!(
        "Share of the tasks forecast to finish since the last report that are finished: how well the project knows its next weeks. At most 1."
    ),
    source: "NDIA, A Guide to Managing Programs Using Predictive Measures, 2014, section 2.4",
    value: |m| ratio(m.execution.met?, m.execution.due?, Reason::NothingForecast),
    example: Example { given: &[("FMET", 6.0), ("FDUE", 8.0)], expect: Some(0.75) },
};
