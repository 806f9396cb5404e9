//! Estimates at completion: AC plus the rest of the budget at an index, and what the tasks say remains.

use crate::analysis::forecast::reference_class::IT;
use crate::analysis::{CostForecast, Measures, metric};
use crate::quantity::{Measured, Reason, ratio};

/// The method that takes the rest at the cost of the finished tasks.
pub const FINISHED_TASKS: &str = "finished_tasks";
/// The method that takes the rest at budget.
pub const REMAINING_AT_BUDGET: &str = "remaining_at_budget";
/// The method that takes the rest at CPI.
pub const CPI: &str = "cpi";
/// The outside view.
const REFERENCE_CLASS: &str = "reference_class";
/// The method that sums what the tasks say remains.
const BOTTOM_UP: &str = "bottom_up";

/// A cost method: AC + (BAC - EV) / index.
struct CostMethod {
    method: &'static str,
    name: &'static str,
    formula: &'static str,
    index: fn(&Measures) -> Measured,
}

const COST_METHODS: &[CostMethod] = &[
    CostMethod {
        method: REMAINING_AT_BUDGET,
        name: word!("Rest at budget"),
        formula: "AC + (BAC - EV)",
        index: |_| Ok(1.0),
    },
    CostMethod {
        method: CPI,
        name: word!("Rest at the cost efficiency to date"),
        formula: "AC + (BAC - EV) / CPI",
        index: |m| (metric::CPI.value)(m),
    },
    CostMethod {
        method: "spi",
        name: word!("Rest at the schedule efficiency to date"),
        formula: "AC + (BAC - EV) / SPI",
        index: |m| (metric::SPI.value)(m),
    },
    CostMethod {
        method: "spi_t",
        name: word!("Rest at the schedule efficiency in time"),
        formula: "AC + (BAC - EV) / SPIt",
        index: |m| (metric::SPI_T.value)(m),
    },
    CostMethod {
        method: "cpi_spi",
        name: word!("Rest at cost and schedule efficiency"),
        formula: "AC + (BAC - EV) / (CPI * SPI)",
        index: |m| (metric::SCI.value)(m),
    },
    CostMethod {
        method: "cpi_spi_t",
        name: word!("Rest at cost efficiency and schedule efficiency in time"),
        formula: "AC + (BAC - EV) / (CPI * SPIt)",
        index: |m| (metric::SCI_T.value)(m),
    },
    CostMethod {
        method: "weighted",
        name: word!("Rest at 80% cost and 20% schedule efficiency"),
        formula: "AC + (BAC - EV) / (0.8 * CPI + 0.2 * SPI)",
        index: |m| Ok(0.8 * (metric::CPI.value)(m)? + 0.2 * (metric::SPI.value)(m)?),
    },
    CostMethod {
        method: "recent_cpi",
        name: word!("Rest at the cost efficiency of the last three periods"),
        formula: "AC + (BAC - EV) / CPI_3",
        index: |m| m.recent_cpi,
    },
    CostMethod {
        method: FINISHED_TASKS,
        name: word!("Rest at the cost of finished tasks"),
        formula: "AC + (BAC - EV) / CPI_F",
        index: |m| (metric::FINISHED_CPI.value)(m),
    },
];

/// The names of the cost methods, as settings and JSON write them.
#[must_use]
pub fn cost_methods() -> Vec<&'static str> {
    COST_METHODS.iter().map(|known| known.method).chain([BOTTOM_UP, REFERENCE_CLASS]).collect()
}

/// Every cost method, in order; bottom-up and the outside view last.
#[must_use]
pub fn cost(m: &Measures) -> Vec<CostForecast> {
    let rest = (m.bac - m.ev).units();
    let eac = |index: Measured| -> Measured {
        if m.bac.is_zero() {
            return Err(Reason::NoBaseline);
        }
        let spent = m.ac?.units();
        if rest <= 0.0 {
            return Ok(spent);
        }
        Ok(spent + ratio(rest, index?, Reason::IndexUndefined)?)
    };
    let mut forecasts: Vec<CostForecast> = COST_METHODS
        .iter()
        .map(|c| CostForecast { method: c.method, name: c.name, formula: c.formula, eac: eac((c.index)(m)) })
        .collect();
    forecasts.push(CostForecast {
        method: BOTTOM_UP,
        name: word!("Estimates of what remains"),
        formula: word!("AC + ETC estimated by task"),
        eac: m.remaining_estimate.and_then(|rest| Ok(m.ac?.units() + rest)),
    });
    forecasts.push(CostForecast {
        method: REFERENCE_CLASS,
        name: word!("As other IT projects ended on average"),
        formula: "BAC * 1.27",
        eac: if rest > 0.0 {
            IT.mean(m.bac.units(), m.ac.unwrap_or_default().units())
        } else {
            Err(Reason::NothingRemains)
        },
    });
    forecasts
}
