//! The metrics in the JSON: those of the contract in its order, then the others in the order of the
//! catalogue.

use serde::{Serialize, Serializer};

use crate::analysis::metric::{METRICS, metric};
use crate::analysis::{Measures, ProjectFindings};
use crate::report::machine::{end_text, rounded};

/// The one metric that is a date.
const DATE: &str = "es_date";

/// The keys of the contract.
const CONTRACT: [&str; 18] = [
    "bac",
    "pv",
    "ev",
    "ac",
    "sv",
    "cv",
    "spi",
    "cpi",
    DATE,
    "es_periods",
    "sv_t",
    "spi_t",
    "eac",
    "etc",
    "vac",
    "tcpi_bac",
    "tcpi_eac",
    "p_factor",
];

/// What is told of a single period.
const RECENT: [&str; 7] = ["pv", "ev", "ac", "sv", "cv", "spi", "cpi"];

/// Keys with their values, in an order of our own.
pub(in crate::report) struct Ordered<V>(Vec<(&'static str, V)>);

impl<V: Serialize> Serialize for Ordered<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

/// A figure: a number or, of the earned schedule, a date.
#[derive(Serialize)]
#[serde(untagged)]
pub(in crate::report) enum Figure {
    Number(Option<f64>),
    Date(Option<String>),
}

/// The ids in their order.
fn ids() -> impl Iterator<Item = &'static str> {
    let others = METRICS
        .iter()
        .filter(|metric| metric.is_of_project())
        .map(|metric| metric.id)
        .filter(|id| !CONTRACT.contains(id));
    CONTRACT.into_iter().chain(others)
}

/// Every metric by its id, and the date of the earned schedule.
pub(in crate::report) fn metrics(found: &ProjectFindings) -> Ordered<Figure> {
    let figure = |id| match id {
        DATE => Figure::Date(found.measures.earned_schedule_date.ok().map(end_text)),
        id => Figure::Number(value(id, &found.measures)),
    };
    Ordered(ids().map(|id| (id, figure(id))).collect())
}

/// The figures of one period or of several together.
pub(super) fn recent(measures: &Measures) -> Ordered<Option<f64>> {
    Ordered(RECENT.into_iter().map(|id| (id, value(id, measures))).collect())
}

/// Why the undefined ones are, and why there is no network or no simulation.
pub(super) fn reasons(found: &ProjectFindings) -> Ordered<String> {
    let reason = |id| match id {
        DATE => found.measures.earned_schedule_date.err(),
        id => (metric(id)?.value)(&found.measures).err(),
    };
    let network = found.network.as_ref().err().map(|reason| ("network", reason.to_string()));
    let simulation = found.simulation.as_ref().err().map(|reason| ("simulation", reason.to_string()));
    let metrics = ids().filter_map(|id| Some((id, reason(id)?.text().to_owned())));
    Ordered(metrics.chain(network).chain(simulation).collect())
}

fn value(id: &str, measures: &Measures) -> Option<f64> {
    (metric(id)?.value)(measures).ok().map(rounded)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::metric::OF_EACH;

    #[test]
    fn the_contract_names_metrics_and_none_is_left_out() {
        for id in CONTRACT {
            assert!(id == DATE || metric(id).is_some(), "{id}");
        }
        assert_eq!(ids().count(), METRICS.len() - OF_EACH.len() + 1);
    }
}
