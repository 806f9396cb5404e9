//! Forecasts in the JSON.

use serde::Serialize;

use crate::analysis::forecast::reference_class::IT;
use crate::analysis::{FinishForecast, ProjectFindings};
use crate::language::Phrase;
use crate::quantity::{Measured, Reason};

use super::{end_text, rounded};

/// Every method's estimate and finish, and which are recommended.
#[derive(Serialize)]
pub(super) struct Forecasts<'a> {
    cost: Vec<CostEstimate>,
    finish: Vec<FinishEstimate>,
    throughput: Option<ByCount>,
    reference_class: Class,
    recommended: Recommended<'a>,
}

#[derive(Serialize)]
struct CostEstimate {
    method: &'static str,
    eac: Option<f64>,
    reason: Option<&'static str>,
}

#[derive(Serialize)]
struct FinishEstimate {
    method: &'static str,
    date: Option<String>,
    reason: Option<&'static str>,
}

/// When the open tasks are done at the pace so far.
#[derive(Serialize)]
struct ByCount {
    weeks_of_history: usize,
    open_tasks: usize,
    added_per_week: f64,
    p50: String,
    p85: String,
    p95: String,
    by_date: Vec<CountByDate>,
}

/// How many open tasks are finished by a date.
#[derive(Serialize)]
struct CountByDate {
    date: String,
    weeks: u32,
    p50: usize,
    p85: usize,
    scope: f64,
    all: f64,
}

/// How projects of the same kind ended.
#[derive(Serialize)]
struct Class {
    name: &'static str,
    mean_cost_overrun: f64,
    tail_share: f64,
    tail_cost_overrun: f64,
    tail_delay: f64,
}

#[derive(Serialize)]
struct Recommended<'a> {
    cost: &'static str,
    finish: &'static str,
    why: &'a Phrase,
    eac_low: Option<f64>,
    eac_high: Option<f64>,
    finish_early: Option<String>,
    finish_late: Option<String>,
    cost_p20: Option<f64>,
    cost_p50: Option<f64>,
    cost_p80: Option<f64>,
    finish_p20: Option<String>,
    finish_p50: Option<String>,
    finish_p80: Option<String>,
    simulated: Option<Simulated>,
}

/// How far the simulated P80 lies from that of the recommended forecasts.
#[derive(Serialize)]
struct Simulated {
    cost_p80_apart: Option<f64>,
    cost_p80_apart_share: Option<f64>,
    finish_p80_apart_days: Option<f64>,
    finish_p80_apart_share: Option<f64>,
}

/// The forecasts of a project.
pub(super) fn forecasts(found: &ProjectFindings) -> Forecasts<'_> {
    let reason = |measured: Measured| measured.err().map(Reason::text);
    let recommended = &found.recommended;
    let chosen = FinishForecast::of(&found.finish_forecasts, recommended.finish);
    let p50 = chosen.and_then(|forecast| forecast.finish.ok());
    Forecasts {
        cost: found
            .cost_forecasts
            .iter()
            .map(|forecast| CostEstimate {
                method: forecast.method,
                eac: forecast.eac.ok().map(rounded),
                reason: reason(forecast.eac),
            })
            .collect(),
        finish: found
            .finish_forecasts
            .iter()
            .map(|forecast| FinishEstimate {
                method: forecast.method,
                date: forecast.finish.ok().map(end_text),
                reason: forecast.finish.err().map(Reason::text),
            })
            .collect(),
        throughput: found.throughput.ok().map(|by| ByCount {
            weeks_of_history: by.weeks,
            open_tasks: by.open,
            added_per_week: by.growth,
            p50: end_text(by.p50),
            p85: end_text(by.p85),
            p95: end_text(by.p95),
            by_date: by
                .by_date
                .iter()
                .flatten()
                .map(|date| CountByDate {
                    date: end_text(date.by),
                    weeks: date.weeks,
                    p50: date.p50,
                    p85: date.p85,
                    scope: rounded(date.scope),
                    all: rounded(date.all),
                })
                .collect(),
        }),
        reference_class: Class {
            name: IT.name,
            mean_cost_overrun: IT.mean_cost,
            tail_share: IT.tail,
            tail_cost_overrun: IT.tail_cost,
            tail_delay: IT.tail_duration,
        },
        recommended: Recommended {
            cost: recommended.cost,
            finish: recommended.finish,
            why: &recommended.why,
            eac_low: recommended.eac_range.map(|(low, _)| rounded(low)),
            eac_high: recommended.eac_range.map(|(_, high)| rounded(high)),
            finish_early: recommended.finish_range.map(|(early, _)| end_text(early)),
            finish_late: recommended.finish_range.map(|(_, late)| end_text(late)),
            cost_p20: recommended.eac_p20,
            cost_p50: found.measures.eac.ok(),
            cost_p80: recommended.eac_p80,
            finish_p20: recommended.finish_p20.map(end_text),
            finish_p50: p50.map(end_text),
            finish_p80: recommended.finish_p80.map(end_text),
            simulated: found.simulation.is_ok().then(|| {
                let (cost, finish) = (found.agreement.cost, found.agreement.finish);
                Simulated {
                    cost_p80_apart: cost.map(|apart| rounded(apart.by)),
                    cost_p80_apart_share: cost.map(|apart| rounded(apart.share)),
                    finish_p80_apart_days: finish.map(|apart| rounded(apart.by)),
                    finish_p80_apart_share: finish.map(|apart| rounded(apart.share)),
                }
            }),
        },
    }
}
