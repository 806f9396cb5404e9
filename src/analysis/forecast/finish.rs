//! Forecasts of the finish: from earned value in working days, from the network of what remains, from the plan.

use crate::analysis::{FinishForecast, Measures, metric};
use crate::calendar::{Moment, WorkCalendar};
use crate::quantity::{Measured, Reason, Work, ratio};

/// A century of working days: a forecast beyond it says only that the index is next to nothing.
const MOST_DAYS: f64 = 36_525.0;

/// The method that sends what remains through the network.
pub const REMAINING_NETWORK: &str = "remaining_network";
/// Earned schedule with the rest as planned.
pub const EARNED_SCHEDULE_1: &str = "earned_schedule_1";
/// Planned value with the rest as planned.
pub const PLANNED_VALUE_1: &str = "planned_value_1";
/// The method that counts tasks.
pub const THROUGHPUT: &str = "throughput";
/// The method that believes the current plan.
pub const PLAN: &str = "plan";
/// Not a forecast: the finish of a finished project.
pub const ACTUAL: &str = "actual";

/// The names of the finish methods, as settings and JSON write them.
#[must_use]
pub fn finish_methods() -> Vec<&'static str> {
    FINISH_METHODS.iter().map(|known| known.method).chain([REMAINING_NETWORK, THROUGHPUT, PLAN]).collect()
}

/// What finish forecasts need to know beside the measures.
#[derive(Clone, Copy, Debug)]
pub struct Outlook<'a> {
    /// Earliest baseline start.
    pub start: Option<Moment>,
    /// The status date.
    pub now: Moment,
    /// The project's calendar.
    pub calendar: &'a WorkCalendar,
    /// When the open tasks are done at the pace so far.
    pub throughput: Result<Moment, Reason>,
    /// When what remains is done, through the network.
    pub network: Result<Moment, Reason>,
    /// Latest finish of the current plan.
    pub plan: Result<Moment, Reason>,
    /// When the project ended, once everything is done.
    pub actual: Option<Moment>,
}

/// A finish method: the duration in working days from the start.
struct FinishMethod {
    method: &'static str,
    name: &'static str,
    formula: &'static str,
    days: fn(&Times) -> Measured,
}

/// Figures in working days and the indices, each defined.
struct Times {
    /// Planned duration, actual time, earned schedule.
    pd: f64,
    at: f64,
    es: f64,
    /// SV in days of the plan's average rate (Anbari's time variance).
    tv: Measured,
    spi: Measured,
    spi_t: Measured,
    sci: Measured,
    sci_t: Measured,
}

fn over(rest: f64, index: Measured) -> Measured {
    ratio(rest, index?, Reason::IndexUndefined)
}

const FINISH_METHODS: &[FinishMethod] = &[
    FinishMethod {
        method: PLANNED_VALUE_1,
        name: word!("Planned value, rest as planned"),
        formula: "PD - SV / (BAC / PD)",
        days: |t| Ok(t.pd - t.tv?),
    },
    FinishMethod {
        method: "planned_value_spi",
        name: word!("Planned value, rest at SPI"),
        formula: "PD / SPI",
        days: |t| over(t.pd, t.spi),
    },
    FinishMethod {
        method: "planned_value_sci",
        name: word!("Planned value, rest at SPI x CPI"),
        formula: "PD / (SPI * CPI)",
        days: |t| over(t.pd, t.sci),
    },
    FinishMethod {
        method: "earned_duration_1",
        name: word!("Earned duration, rest as planned"),
        formula: "AT + MAX(PD, AT) - AT * SPI",
        days: |t| Ok(t.at + t.pd.max(t.at) - t.at * t.spi?),
    },
    FinishMethod {
        method: "earned_duration_spi",
        name: word!("Earned duration, rest at SPI"),
        formula: "AT + (MAX(PD, AT) - AT * SPI) / SPI",
        days: |t| Ok(t.at + over(t.pd.max(t.at) - t.at * t.spi?, t.spi)?),
    },
    FinishMethod {
        method: "earned_duration_sci",
        name: word!("Earned duration, rest at SPI x CPI"),
        formula: "AT + (MAX(PD, AT) - AT * SPI) / (SPI * CPI)",
        days: |t| Ok(t.at + over(t.pd.max(t.at) - t.at * t.spi?, t.sci)?),
    },
    FinishMethod {
        method: EARNED_SCHEDULE_1,
        name: word!("Earned schedule, rest as planned"),
        formula: "AT + (PD - ES)",
        days: |t| Ok(t.at + (t.pd - t.es)),
    },
    FinishMethod {
        method: "earned_schedule_spi_t",
        name: word!("Earned schedule, rest at SPI(t)"),
        formula: "AT + (PD - ES) / SPIt",
        days: |t| Ok(t.at + over(t.pd - t.es, t.spi_t)?),
    },
    FinishMethod {
        method: "earned_schedule_sci_t",
        name: word!("Earned schedule, rest at SPI(t) x CPI"),
        formula: "AT + (PD - ES) / (SPIt * CPI)",
        days: |t| Ok(t.at + over(t.pd - t.es, t.sci_t)?),
    },
];

/// Every finish method, in order; the current plan last, and the actual finish once there is one.
///
/// Durations count in working time of the project's calendar from the plan's start. Nothing that is
/// left can be finished before the status date: a method that says so gives no forecast.
#[must_use]
pub fn finish(m: &Measures, outlook: &Outlook<'_>) -> Vec<FinishForecast> {
    let times = times(m);
    let moment = |days: fn(&Times) -> Measured| -> Result<Moment, Reason> {
        if outlook.actual.is_some() {
            return Err(Reason::NothingRemains);
        }
        let start = outlook.start.ok_or(Reason::NoBaselineDates)?;
        let days = times.as_ref().map_err(|reason| *reason).and_then(days)?;
        if !days.is_finite() || days > MOST_DAYS {
            return Err(Reason::IndexUndefined);
        }
        let work = Work::from_hours(days * outlook.calendar.hours_per_day());
        let finish = outlook.calendar.add_work(start, work);
        if finish < outlook.now { Err(Reason::PlannedFinishPassed) } else { Ok(finish) }
    };
    let mut forecasts: Vec<FinishForecast> = FINISH_METHODS
        .iter()
        .map(|f| FinishForecast {
            method: f.method,
            name: f.name,
            formula: f.formula,
            finish: moment(f.days),
        })
        .collect();
    forecasts.push(FinishForecast {
        method: REMAINING_NETWORK,
        name: word!("What remains, through the network"),
        formula: word!("latest finish of the open tasks, after their links, the plan moved by the delay, and the status date"),
        finish: if outlook.actual.is_some() { Err(Reason::NothingRemains) } else { outlook.network },
    });
    forecasts.push(FinishForecast {
        method: THROUGHPUT,
        name: word!("Tasks finished a week as so far"),
        formula: word!("P50 of the weeks until the open tasks and those to be added are finished"),
        finish: if outlook.actual.is_some() { Err(Reason::NothingRemains) } else { outlook.throughput },
    });
    forecasts.push(FinishForecast {
        method: PLAN,
        name: word!("Current plan"),
        formula: word!("latest finish of the current plan"),
        finish: if outlook.actual.is_some() { Err(Reason::NothingRemains) } else { outlook.plan },
    });
    if let Some(actual) = outlook.actual {
        let name = word!("Finished");
        forecasts.push(FinishForecast {
            method: ACTUAL,
            name,
            formula: word!("latest actual finish"),
            finish: Ok(actual),
        });
    }
    forecasts
}

fn times(m: &Measures) -> Result<Times, Reason> {
    let pd = m.planned_duration?;
    let sv = (m.ev_discrete - m.pv_discrete).units();
    Ok(Times {
        pd,
        at: m.actual_time?,
        es: m.earned_schedule?,
        tv: ratio(sv * pd, m.bac.units(), Reason::NoBaseline),
        spi: (metric::SPI.value)(m),
        spi_t: (metric::SPI_T.value)(m),
        sci: (metric::SCI.value)(m),
        sci_t: (metric::SCI_T.value)(m),
    })
}
