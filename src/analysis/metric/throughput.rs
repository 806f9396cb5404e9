//! Throughput: what is finished a week, by count.

use super::{Better, Example, Metric, Unit, over};

/// Where forecasts by count stand.
const FLOW: &str = "Vacanti, Actionable Agile Metrics for Predictability, 2015";

/// Tasks finished in the weeks that the forecast by count goes by.
pub const ITEMS_FINISHED: Metric = Metric {
    id: "items_finished",
    symbol: "ITEMS",
    name: word!("Tasks finished of late"),
    formula: "",
    unit: Unit::Count,
    better: Better::Neither,
    meaning: word!("Tasks finished in the weeks that the forecast by count goes by."),
    source: FLOW,
    value: |m| m.pace.finished,
    example: Example::NONE,
};

/// The last whole weeks to the status date, 26 at most; fewer than ten are no history.
pub const ITEM_WEEKS: Metric = Metric {
    id: "item_weeks",
    symbol: "WEEKS",
    name: word!("Weeks of history"),
    formula: "",
    unit: Unit::Weeks,
    better: Better::Neither,
    meaning: word!("The last whole weeks to the status date, 26 at most; fewer than ten are no history."),
    source: FLOW,
    value: |m| m.pace.weeks,
    example: Example::NONE,
};

/// Tasks finished a week.
pub const THROUGHPUT: Metric = Metric {
    id: "throughput",
    symbol: "THRU",
    name: word!("Throughput"),
    formula: "ITEMS / WEEKS",
    unit: Unit::Weekly,
    better: Better::Higher,
    meaning: word!("Tasks finished a week."),
    source: FLOW,
    value: |m| over(m.pace.finished, m.pace.weeks),
    example: Example { given: &[("ITEMS", 39.0), ("WEEKS", 26.0)], expect: Some(1.5) },
};

/// Tasks without a baseline, added a week since the project began.
pub const SCOPE_GROWTH: Metric = Metric {
    id: "scope_growth",
    symbol: "GROWTH",
    name: word!("Growth of the scope"),
    formula: "",
    unit: Unit::Weekly,
    better: Better::Lower,
    meaning: word!("Tasks without a baseline, added a week since the project began."),
    source: FLOW,
    value: |m| m.pace.growth,
    example: Example::NONE,
};
