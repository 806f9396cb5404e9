//! Quality: tests, defects, rework.

use super::{Better, Example, Metric, Unit, each, over};
use crate::quantity::{Measured, Reason, ratio};

/// Where the words of testing stand.
const TESTING: &str = "ISTQB, Standard Glossary of Terms Used in Software Testing";
/// Where arrivals and closures of defects stand.
const ARRIVALS: &str = "Kan, Metrics and Models in Software Quality Engineering, 2nd edition, 2002";
/// Where density and rework stand.
const DENSITY: &str = "Fenton and Bieman, Software Metrics, 3rd edition, 2014";

/// Tests to be executed in the end, all suites together.
pub const TESTS_PLANNED: Metric = Metric {
    id: "tests_planned",
    symbol: "TPLAN",
    name: word!("Tests planned"),
    formula: "",
    unit: Unit::Count,
    better: Better::Neither,
    meaning: word!("Tests to be executed in the end, all suites together."),
    source: TESTING,
    value: |m| m.quality.planned,
    example: Example::NONE,
};

/// Tests executed by the latest count.
pub const TESTS_EXECUTED: Metric = Metric {
    id: "tests_executed",
    symbol: "TEXEC",
    name: word!("Tests executed"),
    formula: "",
    unit: Unit::Count,
    better: Better::Higher,
    meaning: word!("Tests executed by the latest count."),
    source: TESTING,
    value: |m| m.quality.executed,
    example: Example::NONE,
};

/// Of the tests executed, those that passed.
pub const TESTS_PASSED: Metric = Metric {
    id: "tests_passed",
    symbol: "TPASS",
    name: word!("Tests passed"),
    formula: "",
    unit: Unit::Count,
    better: Better::Higher,
    meaning: word!("Of the tests executed, those that passed."),
    source: TESTING,
    value: |m| m.quality.passed,
    example: Example::NONE,
};

/// Share of the tests planned that are executed.
pub const TEST_PROGRESS: Metric = Metric {
    id: "test_progress",
    symbol: "TPROG",
    name: word!("Test progress"),
    formula: "TEXEC / TPLAN",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Share of the tests planned that are executed."),
    source: TESTING,
    value: |m| over(m.quality.executed, m.quality.planned),
    example: Example { given: &[("TEXEC", 100.0), ("TPLAN", 200.0)], expect: Some(0.5) },
};

/// Share of the tests executed that passed.
pub const PASS_RATE: Metric = Metric {
    id: "pass_rate",
    symbol: "PASSR",
    name: word!("Pass rate"),
    formula: "TPASS / TEXEC",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Share of the tests executed that passed."),
    source: TESTING,
    value: |m| over(m.quality.passed, m.quality.executed),
    example: Example { given: &[("TPASS", 79.0), ("TEXEC", 100.0)], expect: Some(0.79) },
};

/// Defects found and not closed.
pub const DEFECTS_OPEN: Metric = Metric {
    id: "defects_open",
    symbol: "DOPEN",
    name: word!("Defects open"),
    formula: "",
    unit: Unit::Count,
    better: Better::Lower,
    meaning: word!("Defects found and not closed."),
    source: ARRIVALS,
    value: |m| m.quality.open,
    example: Example::NONE,
};

/// Defects found in the last weeks.
pub const DEFECTS_ARRIVED: Metric = Metric {
    id: "defects_arrived",
    symbol: "DARR",
    name: word!("Defects found of late"),
    formula: "",
    unit: Unit::Count,
    better: Better::Lower,
    meaning: word!("Defects found in the last weeks."),
    source: ARRIVALS,
    value: |m| m.quality.arrived,
    example: Example::NONE,
};

/// Defects closed in the last weeks.
pub const DEFECTS_CLOSED: Metric = Metric {
    id: "defects_closed",
    symbol: "DCLO",
    name: word!("Defects closed of late"),
    formula: "",
    unit: Unit::Count,
    better: Better::Higher,
    meaning: word!("Defects closed in the last weeks."),
    source: ARRIVALS,
    value: |m| m.quality.closed,
    example: Example::NONE,
};

/// The weeks to the status date over which defects are counted: six, or those of the settings.
pub const DEFECT_WEEKS: Metric = Metric {
    id: "defect_weeks",
    symbol: "DWKS",
    name: word!("Weeks of defects"),
    formula: "",
    unit: Unit::Weeks,
    better: Better::Neither,
    meaning: word!(
        "The weeks to the status date over which defects are counted: six, or those of the settings."
    ),
    source: ARRIVALS,
    value: |m| m.quality.weeks,
    example: Example::NONE,
};

/// Defects closed a week beyond those found in it; negative while more are found.
pub const DEFECT_RATE: Metric = Metric {
    id: "defect_rate",
    symbol: "DRATE",
    name: word!("Net closing rate"),
    formula: "(DCLO - DARR) / DWKS",
    unit: Unit::Weekly,
    better: Better::Higher,
    meaning: word!("Defects closed a week beyond those found in it; negative while more are found."),
    source: ARRIVALS,
    value: |m| Ok(net_closing_rate(m.quality.closed?, m.quality.arrived?, m.quality.weeks?)),
    example: Example { given: &[("DCLO", 18.0), ("DARR", 9.0), ("DWKS", 6.0)], expect: Some(1.5) },
};

/// Weeks until no defect is open if the net closing rate stays.
pub const CLEARING: Metric = Metric {
    id: "clearing_weeks",
    symbol: "CLEAR",
    name: word!("Weeks to clear the defects"),
    formula: "DOPEN / DRATE",
    unit: Unit::Weeks,
    better: Better::Lower,
    meaning: word!("Weeks until no defect is open if the net closing rate stays."),
    source: ARRIVALS,
    value: |m| weeks_to_clear(m.quality.open?, (DEFECT_RATE.value)(m)?),
    example: Example {
        given: &[("DOPEN", 12.0), ("DCLO", 18.0), ("DARR", 9.0), ("DWKS", 6.0)],
        expect: Some(8.0),
    },
};

/// Defects found in a deliverable per 1,000 hours booked on the tasks that make it.
pub const DEFECT_DENSITY: Metric = Metric {
    id: "defect_density",
    symbol: "DDENS",
    name: word!("Defect density"),
    formula: "1000 * DFOUND / DHOURS",
    unit: Unit::Number,
    better: Better::Lower,
    meaning: word!("Defects found in a deliverable per 1,000 hours booked on the tasks that make it."),
    source: DENSITY,
    value: |m| each(m.quality.open),
    example: Example { given: &[("DFOUND", 6.0), ("DHOURS", 400.0)], expect: Some(15.0) },
};

/// Hours booked under an activity or on tasks that are called rework, bug fix or defect fix.
pub const HOURS_REWORK: Metric = Metric {
    id: "hours_rework",
    symbol: "HRWK",
    name: word!("Hours of rework"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Lower,
    meaning: word!(
        "Hours booked under an activity or on tasks that are called rework, bug fix or defect fix."
    ),
    source: DENSITY,
    value: |m| m.quality.rework,
    example: Example::NONE,
};

/// Share of the hours booked that is rework.
pub const REWORK_SHARE: Metric = Metric {
    id: "rework_share",
    symbol: "RWORK",
    name: word!("Share of rework"),
    formula: "HRWK / HB",
    unit: Unit::Percent,
    better: Better::Lower,
    meaning: word!("Share of the hours booked that is rework."),
    source: DENSITY,
    value: |m| over(m.quality.rework, m.people.booked),
    example: Example { given: &[("HRWK", 12.0), ("HB", 120.0)], expect: Some(0.1) },
};

/// Defects closed less those that arrived, a week.
#[must_use]
pub fn net_closing_rate(closed: f64, arrived: f64, weeks: f64) -> f64 {
    (closed - arrived) / weeks
}

/// Weeks until the open defects are closed at a net closing rate.
///
/// # Errors
/// [`Reason::NeverCleared`] where as many arrive as are closed, or more; [`Reason::NothingRemains`] where none is open.
pub fn weeks_to_clear(open: f64, rate: f64) -> Measured {
    if open <= 0.0 {
        Err(Reason::NothingRemains)
    } else if rate <= 0.0 {
        Err(Reason::NeverCleared)
    } else {
        ratio(open, rate, Reason::NeverCleared)
    }
}

/// Defects per 1,000 hours.
///
/// # Errors
/// [`Reason::NoData`] without hours.
pub fn defect_density(found: f64, hours: f64) -> Measured {
    ratio(1_000.0 * found, hours, Reason::NoData)
}
