//! People: hours booked against hours available, planned, usual.

use super::{Better, Example, Metric, Unit};
use crate::quantity::{Measured, Reason, ratio};

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

/// A ratio of two measured figures.
fn over(above: Measured, below: Measured) -> Measured {
    ratio(above?, below?, Reason::NoData)
}
