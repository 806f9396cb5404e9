//! The named figures of the workbook's cover, with how a worksheet computes each.

use crate::analysis::metric::{METRICS, Metric, OF_PEOPLE, Unit, in_print};
use crate::document::{Live, Measure, Section, Value};
use crate::quantity::{Measured, Reason};
use crate::report::subject::Subject;

/// The tables whose columns the base figures are totals of: the first that the report has.
const TABLES_OF_TOTALS: [&str; 2] = ["tasks", "wbs"];

/// The base figures that are totals.
const TOTALS: [&str; 4] = ["bac", "pv", "ev", "ac"];

/// Every metric of the catalogue for a project.
pub(super) fn of_project(subject: &Subject<'_>, sections: &[Section]) -> Vec<Measure> {
    let has =
        |id: &str| sections.iter().any(|section| super::tables(&section.blocks).any(|table| table.id == id));
    let table =
        TABLES_OF_TOTALS.into_iter().find(|id| has(id)).filter(|_| !subject.found.measures.ready_series);
    let booked = subject.found.measures.people.booked.is_ok();
    let of_people = |metric: &Metric| OF_PEOPLE.iter().any(|other| other.id == metric.id);
    METRICS
        .iter()
        // A project without a business case needs no names for its figures, nor one without tests for theirs.
        .filter(|metric| match (metric.value)(&subject.found.measures) {
            Err(reason) => !reason.is_absence(),
            Ok(_) => true,
        })
        .filter(|metric| booked || !of_people(metric))
        .map(|metric| Measure {
            id: metric.id,
            symbol: metric.symbol,
            printed: in_print(metric.symbol),
            name: subject.word(metric.name),
            value: value(metric, (metric.value)(&subject.found.measures)),
            live: live(subject, metric, table),
            meaning: subject.word(metric.meaning),
        })
        .collect()
}

/// A metric's value in its unit.
pub(super) fn value(metric: &Metric, measured: Measured) -> Value {
    measured.map_or_else(Value::Undefined, |figure| match metric.unit {
        Unit::Money => Value::Estimate(figure),
        Unit::Index => Value::Index(figure),
        Unit::Percent => Value::Percent(figure),
        Unit::Days => Value::Days(figure),
        Unit::Years | Unit::Hours | Unit::Heads | Unit::Weeks => Value::Number(figure, 1),
        Unit::Periods | Unit::Weekly | Unit::Number => Value::Number(figure, 2),
        Unit::Count => Value::Number(figure, 0),
    })
}

fn live(subject: &Subject<'_>, metric: &Metric, table: Option<&'static str>) -> Live {
    if let (true, Some(table)) = (TOTALS.contains(&metric.id), table) {
        return Live::Total { table, column: metric.id };
    }
    let formula = if metric.id == "eac" && metric.formula.is_empty() {
        // The recommended estimate is computed the way its method says.
        let method = subject.found.recommended.cost;
        let forecast = subject.found.cost_forecasts.iter().find(|forecast| forecast.method == method);
        forecast.map_or("", |forecast| forecast.formula)
    } else {
        metric.formula
    };
    let value = (metric.value)(&subject.found.measures);
    if formula.is_empty() || !is_computable(formula) || value.is_err_and(|reason| !fails_too(reason)) {
        Live::Stored
    } else {
        Live::Formula(formula)
    }
}

/// Whether a worksheet's division fails as well where a figure is undefined for this reason; for others
/// (nothing remains, cannot be met) it would give a number that means nothing.
fn fails_too(reason: Reason) -> bool {
    matches!(reason, Reason::NoActualCost | Reason::NothingPlanned | Reason::NothingEarned)
}

/// Whether a formula names nothing but symbols of the catalogue: then a worksheet can compute it.
fn is_computable(formula: &str) -> bool {
    let mut symbols: Vec<&str> = METRICS.iter().map(|metric| metric.symbol).collect();
    symbols.sort_by_key(|symbol| std::cmp::Reverse(symbol.len()));
    let mut rest = formula.to_owned();
    for symbol in symbols {
        rest = rest.replace(symbol, "");
    }
    rest.chars().all(|c| c.is_ascii_digit() || " +-*/().".contains(c))
}
