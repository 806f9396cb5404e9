//! Earned schedule: time, in working days and in periods.

use super::{Better, CPI, ES_BOOK, Example, Metric, SPI, Unit};
use crate::analysis::Measures;
use crate::quantity::{Measured, Reason, ratio};

/// Where forecasts of the finish with each index are compared.
const FORECASTS: &str = "Vanhoucke and Vandevoorde, Journal of the Operational Research Society 58(10), 2007";

/// Working days from the plan's start to its finish.
pub const PLANNED_DURATION: Metric = Metric {
    id: "planned_duration",
    symbol: "PD",
    name: word!("Planned duration"),
    formula: "",
    unit: Unit::Days,
    better: Better::Neither,
    meaning: word!("Working days from the plan's start to its finish."),
    source: ES_BOOK,
    value: |m| m.planned_duration,
    example: Example::NONE,
};

/// Working days from the plan's start to the status date.
pub const ACTUAL_TIME: Metric = Metric {
    id: "actual_time",
    symbol: "AT",
    name: word!("Actual time"),
    formula: "",
    unit: Unit::Days,
    better: Better::Neither,
    meaning: word!("Working days from the plan's start to the status date."),
    source: ES_BOOK,
    value: |m| m.actual_time,
    example: Example::NONE,
};

/// Working days from the plan's start to the moment at which as much was planned as is earned now.
pub const EARNED_SCHEDULE: Metric = Metric {
    id: "earned_schedule",
    symbol: "ES",
    name: word!("Earned schedule"),
    formula: "",
    unit: Unit::Days,
    better: Better::Higher,
    meaning: word!(
        "Working days from the plan's start to the moment at which as much was planned as is earned now."
    ),
    source: ES_BOOK,
    value: |m| m.earned_schedule,
    example: Example::NONE,
};

/// Earned schedule counted in reporting periods.
pub const ES_PERIODS: Metric = Metric {
    id: "es_periods",
    symbol: "ESp",
    name: word!("Earned schedule in periods"),
    formula: "",
    unit: Unit::Periods,
    better: Better::Higher,
    meaning: word!("Earned schedule counted in reporting periods."),
    source: ES_BOOK,
    value: |m| m.earned_periods,
    example: Example::NONE,
};

/// Reporting periods from the plan's start to the status date.
pub const AT_PERIODS: Metric = Metric {
    id: "at_periods",
    symbol: "ATp",
    name: word!("Actual time in periods"),
    formula: "",
    unit: Unit::Periods,
    better: Better::Neither,
    meaning: word!("Reporting periods from the plan's start to the status date."),
    source: ES_BOOK,
    value: |m| m.actual_periods,
    example: Example::NONE,
};

/// Working days ahead of (positive) or behind the plan.
pub const SV_T: Metric = Metric {
    id: "sv_t",
    symbol: "SVt",
    name: word!("Schedule variance in time"),
    formula: "ES - AT",
    unit: Unit::Days,
    better: Better::Higher,
    meaning: word!("Working days ahead of (positive) or behind the plan."),
    source: ES_BOOK,
    value: |m| Ok(m.earned_schedule? - m.actual_time?),
    example: Example { given: &[("ES", 5.2), ("AT", 6.0)], expect: Some(-0.8) },
};

/// Planned time earned per unit of time passed. Unlike SPI it still shows at the end that a project is late.
pub const SPI_T: Metric = Metric {
    id: "spi_t",
    symbol: "SPIt",
    name: word!("Schedule performance index in time"),
    formula: "ES / AT",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!(
        "Planned time earned per unit of time passed. Unlike SPI it still shows at the end that a project is late."
    ),
    source: ES_BOOK,
    value: |m| ratio(m.earned_schedule?, m.actual_time?, Reason::NotBegun),
    example: Example { given: &[("ES", 9.0), ("AT", 13.0)], expect: Some(0.692_307_692_307_692_3) },
};

/// Working days the project takes in all if the rest goes on at SPI(t).
pub const IEAC_T: Metric = Metric {
    id: "ieac_t",
    symbol: "IEACt",
    name: word!("Independent estimate of the duration"),
    formula: "PD / SPIt",
    unit: Unit::Days,
    better: Better::Lower,
    meaning: word!("Working days the project takes in all if the rest goes on at SPI(t)."),
    source: ES_BOOK,
    value: |m| ratio(m.planned_duration?, (SPI_T.value)(m)?, Reason::IndexUndefined),
    example: Example { given: &[("PD", 9.0), ("ES", 9.0), ("AT", 13.0)], expect: Some(13.0) },
};

/// Schedule efficiency that the rest needs to end on the planned day.
pub const TSPI: Metric = Metric {
    id: "tspi",
    symbol: "TSPI",
    name: word!("To-complete schedule index"),
    formula: "(PD - ES) / (PD - AT)",
    unit: Unit::Index,
    better: Better::Lower,
    meaning: word!("Schedule efficiency that the rest needs to end on the planned day."),
    source: ES_BOOK,
    value: to_complete_schedule,
    example: Example { given: &[("PD", 9.0), ("ES", 7.0), ("AT", 8.0)], expect: Some(2.0) },
};

/// Share of what is earned that was earned where the plan has it; below 1, work is done out of order and rework threatens.
pub const P_FACTOR: Metric = Metric {
    id: "p_factor",
    symbol: "Pf",
    name: word!("P-factor"),
    formula: "",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!(
        "Share of what is earned that was earned where the plan has it; below 1, work is done out of order and rework threatens."
    ),
    source: ES_BOOK,
    value: |m| m.p_factor,
    example: Example::NONE,
};

/// Schedule times cost efficiency, also called the critical ratio.
pub const SCI: Metric = Metric {
    id: "sci",
    symbol: "SCI",
    name: word!("Schedule cost index"),
    formula: "SPI * CPI",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!("Schedule times cost efficiency, also called the critical ratio."),
    source: FORECASTS,
    value: |m| Ok((SPI.value)(m)? * (CPI.value)(m)?),
    example: Example {
        given: &[("EVd", 35_000.0), ("PVd", 40_000.0), ("EV", 80.0), ("AC", 100.0)],
        expect: Some(0.7),
    },
};

/// SPI(t) times cost efficiency: unlike SCI it does not drift back to 1 at the end.
pub const SCI_T: Metric = Metric {
    id: "sci_t",
    symbol: "SCIt",
    name: word!("Schedule cost index in time"),
    formula: "SPIt * CPI",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!("SPI(t) times cost efficiency: unlike SCI it does not drift back to 1 at the end."),
    source: FORECASTS,
    value: |m| Ok((SPI_T.value)(m)? * (CPI.value)(m)?),
    example: Example { given: &[("ES", 9.0), ("AT", 12.0), ("EV", 80.0), ("AC", 100.0)], expect: Some(0.6) },
};

/// (PD - ES) / (PD - AT), while there is work and time left.
fn to_complete_schedule(m: &Measures) -> Measured {
    let (planned, earned, passed) = (m.planned_duration?, m.earned_schedule?, m.actual_time?);
    if planned <= earned {
        Err(Reason::NothingRemains)
    } else if planned <= passed {
        Err(Reason::PlannedFinishPassed)
    } else {
        ratio(planned - earned, planned - passed, Reason::PlannedFinishPassed)
    }
}
