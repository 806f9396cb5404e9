//! People: hours booked against hours available, planned, usual.

use super::{Better, EVM, Example, Metric, Unit, over};
use crate::analysis::Measures;
use crate::quantity::{Measured, Money, Reason, ratio};

/// The metrics of people: a project on which nobody books has none of them.
pub const OF_PEOPLE: &[&Metric] = &[
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
    &HOURS_JOINED,
];

/// Where the hours come from.
const HOURS: &str = word!("Timesheets, tasks, resources and calendars of the project");

/// Hours booked on the project to the status date.
pub const HOURS_BOOKED: Metric = Metric {
    id: "hours_booked",
    symbol: "HB",
    name: word!("Hours booked"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!("Hours booked on the project to the status date."),
    source: HOURS,
    value: |m| m.people.booked,
    example: Example::NONE,
};

/// Hours that the people of the project had to the status date, by calendar and presence.
pub const HOURS_AVAILABLE: Metric = Metric {
    id: "hours_available",
    symbol: "HA",
    name: word!("Hours available"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!("Hours that the people of the project had to the status date, by calendar and presence."),
    source: HOURS,
    value: |m| m.people.available,
    example: Example::NONE,
};

/// Hours of the baseline for the whole project.
pub const HOURS_PLANNED: Metric = Metric {
    id: "hours_planned",
    symbol: "HP",
    name: word!("Hours planned"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!("Hours of the baseline for the whole project."),
    source: HOURS,
    value: |m| m.people.planned,
    example: Example::NONE,
};

/// Of the hours booked, those that keep what is there alive and change nothing.
pub const HOURS_OPERATIONS: Metric = Metric {
    id: "hours_operations",
    symbol: "HO",
    name: word!("Hours of operations"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!("Of the hours booked, those that keep what is there alive and change nothing."),
    source: HOURS,
    value: |m| m.people.operations,
    example: Example::NONE,
};

/// Hours booked in the four weeks to the status date.
pub const HOURS_RECENT: Metric = Metric {
    id: "hours_recent",
    symbol: "HR",
    name: word!("Hours of late"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!("Hours booked in the four weeks to the status date."),
    source: HOURS,
    value: |m| m.people.recent,
    example: Example::NONE,
};

/// Hours of one person who works all of the project's calendar in the same four weeks.
pub const HOURS_STANDARD: Metric = Metric {
    id: "hours_standard",
    symbol: "HS",
    name: word!("Standard hours"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!("Hours of one person who works all of the project's calendar in the same four weeks."),
    source: HOURS,
    value: |m| m.people.standard,
    example: Example::NONE,
};

/// Share of the time people had that they booked on the project.
pub const UTILISATION: Metric = Metric {
    id: "utilisation",
    symbol: "UTIL",
    name: word!("Utilisation"),
    formula: "HB / HA",
    unit: Unit::Percent,
    better: Better::Neither,
    meaning: word!("Share of the time people had that they booked on the project."),
    source: word!("PSA and service management practice: 32 of 40 hours are 80%"),
    value: |m| over(m.people.booked, m.people.available),
    example: Example { given: &[("HB", 32.0), ("HA", 40.0)], expect: Some(0.8) },
};

/// Hours booked beyond those of the baseline; negative while fewer are booked.
pub const EFFORT_OVERRUN: Metric = Metric {
    id: "effort_overrun",
    symbol: "EOR",
    name: word!("Effort overrun"),
    formula: "(HB - HP) / HP",
    unit: Unit::Percent,
    better: Better::Lower,
    meaning: word!("Hours booked beyond those of the baseline; negative while fewer are booked."),
    source: word!("PMBOK Guide, 6th edition, control resources"),
    value: |m| over(m.people.booked, m.people.planned).map(|share| share - 1.0),
    example: Example { given: &[("HB", 120.0), ("HP", 100.0)], expect: Some(0.2) },
};

/// Share of the hours booked that is operations; the rest is change.
pub const RUN_SHARE: Metric = Metric {
    id: "run_share",
    symbol: "RUN",
    name: word!("Run share"),
    formula: "HO / HB",
    unit: Unit::Percent,
    better: Better::Neither,
    meaning: word!("Share of the hours booked that is operations; the rest is change."),
    source: word!("Gartner, IT Key Metrics Data: run against grow and transform"),
    value: |m| over(m.people.operations, m.people.booked),
    example: Example { given: &[("HO", 30.0), ("HB", 120.0)], expect: Some(0.25) },
};

/// How many people working the usual hours the bookings of the last four weeks amount to.
pub const FTE: Metric = Metric {
    id: "fte",
    symbol: "FTE",
    name: word!("Full-time equivalents"),
    formula: "HR / HS",
    unit: Unit::Heads,
    better: Better::Neither,
    meaning: word!("How many people working the usual hours the bookings of the last four weeks amount to."),
    source: "OECD, Glossary of Statistical Terms: full-time equivalent",
    value: |m| over(m.people.recent, m.people.standard),
    example: Example { given: &[("HR", 400.0), ("HS", 160.0)], expect: Some(2.5) },
};

/// Hours planned for the people of the resources in the weeks ahead: four, or those of the settings.
pub const HOURS_AHEAD: Metric = Metric {
    id: "hours_ahead",
    symbol: "HPA",
    name: word!("Hours ahead"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!(
        "Hours planned for the people of the resources in the weeks ahead: four, or those of the settings."
    ),
    source: HOURS,
    value: |m| m.people.ahead,
    example: Example::NONE,
};

/// Hours that the people of the resources have in the weeks ahead.
pub const CAPACITY_AHEAD: Metric = Metric {
    id: "capacity_ahead",
    symbol: "HCA",
    name: word!("Capacity ahead"),
    formula: "",
    unit: Unit::Hours,
    better: Better::Neither,
    meaning: word!("Hours that the people of the resources have in the weeks ahead."),
    source: HOURS,
    value: |m| m.people.capacity_ahead,
    example: Example::NONE,
};

/// Share of the time that people have in the weeks ahead that work is planned for.
pub const LOAD: Metric = Metric {
    id: "load",
    symbol: "LOAD",
    name: word!("Load ahead"),
    formula: "HPA / HCA",
    unit: Unit::Percent,
    better: Better::Neither,
    meaning: word!("Share of the time that people have in the weeks ahead that work is planned for."),
    source: EVM,
    value: |m| over(m.people.ahead, m.people.capacity_ahead),
    example: Example { given: &[("HPA", 150.0), ("HCA", 120.0)], expect: Some(1.25) },
};

/// Hours at their rates and postings of the four weeks to the status date.
pub const COST_RECENT: Metric = Metric {
    id: "cost_recent",
    symbol: "ACR",
    name: word!("Cost of late"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Hours at their rates and postings of the four weeks to the status date."),
    source: HOURS,
    value: |m| m.people.cost_recent,
    example: Example::NONE,
};

/// Actual cost a week over the last four weeks.
pub const BURN_RATE: Metric = Metric {
    id: "burn_rate",
    symbol: "BURN",
    name: word!("Burn rate"),
    formula: "ACR / 4",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Actual cost a week over the last four weeks."),
    source: EVM,
    value: |m| burn_rate(m.people.cost_recent?),
    example: Example { given: &[("ACR", 200.0)], expect: Some(50.0) },
};

/// Weeks until the budget is spent at the burn rate.
pub const RUNWAY: Metric = Metric {
    id: "runway",
    symbol: "RUNWAY",
    name: word!("Runway"),
    formula: "MAX(BAC - AC, 0) / BURN",
    unit: Unit::Weeks,
    better: Better::Higher,
    meaning: word!("Weeks until the budget is spent at the burn rate."),
    source: EVM,
    value: runway,
    example: Example { given: &[("BAC", 4_000.0), ("AC", 200.0), ("ACR", 200.0)], expect: Some(76.0) },
};

/// Share of the hours booked that joined a task.
pub const HOURS_JOINED: Metric = Metric {
    id: "hours_joined",
    symbol: "HJOIN",
    name: word!("Hours joined"),
    formula: "",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Share of the hours booked that joined a task."),
    source: HOURS,
    value: |m| m.people.hours_joined,
    example: Example::NONE,
};

/// Share of the cost posted that joined a task or an account.
pub const COST_JOINED: Metric = Metric {
    id: "cost_joined",
    symbol: "CJOIN",
    name: word!("Cost joined"),
    formula: "",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Share of the cost posted that joined a task or an account."),
    source: HOURS,
    value: |m| m.people.cost_joined,
    example: Example::NONE,
};

/// The cost of a week, of that of four.
///
/// # Errors
/// [`Reason::NoActualCost`] where nothing was booked in them, or more was taken back.
fn burn_rate(cost_recent: f64) -> Measured {
    if cost_recent > 0.0 { Ok(cost_recent / 4.0) } else { Err(Reason::NoActualCost) }
}

/// What is left of the budget over the burn rate; a budget that is spent lasts no longer.
fn runway(m: &Measures) -> Measured {
    if m.bac.is_zero() {
        return Err(Reason::NoBaseline);
    }
    let left = (m.bac - m.ac?).max(Money::ZERO).units();
    ratio(left, (BURN_RATE.value)(m)?, Reason::NoActualCost)
}
