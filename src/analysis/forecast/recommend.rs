//! Which of the forecasts is recommended, why, and how far it may be off.

use crate::analysis::forecast::cost::{CPI, FINISHED_TASKS, REMAINING_AT_BUDGET};
use crate::analysis::forecast::finish::{
    ACTUAL, EARNED_SCHEDULE_1, Outlook, PLAN, PLANNED_VALUE_1, REMAINING_NETWORK,
};
use crate::analysis::forecast::range::Share;
use crate::analysis::{CostForecast, FinishForecast, Measures, Recommended, Settings, metric};
use crate::calendar::Moment;
use crate::language::{Part, Phrase};
use crate::quantity::Work;

/// Cost methods by evidence, the best first.
const BY_COST: [&str; 2] = [FINISHED_TASKS, REMAINING_AT_BUDGET];
/// Finish methods by evidence; a finished project needs none.
const BY_FINISH: [&str; 5] = [ACTUAL, REMAINING_NETWORK, EARNED_SCHEDULE_1, PLANNED_VALUE_1, PLAN];
/// The cost methods that come near: they span the range beside the recommended one.
const NEAR_COST: [&str; 5] = [REMAINING_AT_BUDGET, CPI, "weighted", FINISHED_TASKS, "bottom_up"];
/// The finish methods that come near.
const NEAR_FINISH: [&str; 6] =
    [EARNED_SCHEDULE_1, "earned_schedule_spi_t", PLANNED_VALUE_1, REMAINING_NETWORK, PLAN, ACTUAL];

/// A third of the way to completion: early, in the middle, late.
struct Stage {
    /// How it is called in a sentence.
    name: &'static str,
    /// The earned share it ends at.
    until: f64,
    /// Mean error of [`FINISHED_TASKS`] on the tracked projects, as a share of the real cost.
    cost: f64,
    /// Mean error of [`REMAINING_NETWORK`], as a share of the real duration.
    finish: f64,
}

/// Measured on 16 tracked projects of the Batselier and Vanhoucke collection.
const STAGES: [Stage; 3] = [
    Stage { name: word!("in the first third"), until: 1.0 / 3.0, cost: 0.055, finish: 0.125 },
    Stage { name: word!("in the middle third"), until: 2.0 / 3.0, cost: 0.039, finish: 0.083 },
    Stage { name: word!("in the last third"), until: f64::INFINITY, cost: 0.015, finish: 0.048 },
];

/// Chooses among the forecasts: the settings' preference where it is defined, else by the evidence.
#[must_use]
pub fn recommend(
    cost: &[CostForecast],
    finish: &[FinishForecast],
    m: &Measures,
    outlook: &Outlook<'_>,
    settings: &Settings,
) -> Recommended {
    let eac = |method: &str| cost.iter().find(|f| f.method == method).filter(|f| f.eac.is_ok());
    let date = |method: &str| finish.iter().find(|f| f.method == method).filter(|f| f.finish.is_ok());
    let wanted_cost = settings.preferred_cost.as_deref();
    let wanted_finish = settings.preferred_finish.as_deref();
    let chosen_cost = wanted_cost.and_then(eac).or_else(|| BY_COST.into_iter().find_map(eac));
    let chosen_finish = date(ACTUAL)
        .or_else(|| wanted_finish.and_then(date))
        .or_else(|| BY_FINISH.into_iter().find_map(date));
    let eacs: Vec<f64> = (NEAR_COST.into_iter().chain(chosen_cost.map(|f| f.method)))
        .filter_map(|method| eac(method)?.eac.ok())
        .collect();
    let dates: Vec<Moment> = (NEAR_FINISH.into_iter().chain(chosen_finish.map(|f| f.method)))
        .filter_map(|method| date(method)?.finish.ok())
        .collect();
    let lowest = eacs.iter().copied().min_by(f64::total_cmp);
    let highest = eacs.iter().copied().max_by(f64::total_cmp);
    Recommended {
        cost: chosen_cost.map_or(REMAINING_AT_BUDGET, |f| f.method),
        finish: chosen_finish.map_or(PLAN, |f| f.method),
        why: why(chosen_cost, chosen_finish, m, settings),
        eac_range: lowest.zip(highest),
        finish_range: dates.iter().min().copied().zip(dates.iter().max().copied()),
        eac_p20: chosen_cost.and_then(|f| cost_at(f, m, settings, |share| share.p20)),
        eac_p80: chosen_cost.and_then(|f| cost_at(f, m, settings, |share| Some(share.p80))),
        finish_p20: chosen_finish.and_then(|f| finish_at(f, outlook, settings, |share| share.p20)),
        finish_p80: chosen_finish.and_then(|f| finish_at(f, outlook, settings, |share| Some(share.p80))),
    }
}

/// A percentile of the cost: the rest costs a share more or less than forecast.
fn cost_at(
    forecast: &CostForecast,
    m: &Measures,
    settings: &Settings,
    percentile: fn(Share) -> Option<f64>,
) -> Option<f64> {
    let (eac, ac) = (forecast.eac.ok()?, m.ac.ok()?.units());
    if m.ev >= m.bac {
        return Some(eac);
    }
    Some(eac + percentile(settings.ranges.of_cost(forecast.method)?)? * (eac - ac).max(0.0))
}

/// A percentile of the finish: the rest takes a share longer or shorter than forecast.
fn finish_at(
    forecast: &FinishForecast,
    outlook: &Outlook<'_>,
    settings: &Settings,
    percentile: fn(Share) -> Option<f64>,
) -> Option<Moment> {
    let finish = forecast.finish.ok()?;
    if forecast.method == ACTUAL {
        return Some(finish);
    }
    let left = outlook.calendar.work_between(outlook.now, finish).hours().max(0.0);
    let more = percentile(settings.ranges.of_finish(forecast.method)?)? * left;
    Some(outlook.calendar.add_work(finish, Work::from_hours(more)))
}

/// The reasons, a sentence each for cost and finish, with the error to expect at the stage the project is in.
fn why(
    cost: Option<&CostForecast>,
    finish: Option<&FinishForecast>,
    m: &Measures,
    settings: &Settings,
) -> Phrase {
    let stage =
        (metric::PCT_COMPLETE.value)(m).ok().and_then(|share| STAGES.iter().find(|s| share < s.until));
    let cost = match cost {
        None if m.ac.is_err() && !m.bac.is_zero() => {
            phrase!("No estimate at completion is possible: no actual cost is booked.")
        }
        None => phrase!("No estimate at completion is possible without a baseline cost."),
        Some(f) => {
            let asked = settings.preferred_cost.as_deref() == Some(f.method);
            why_cost(f.method, Part::Title(f.name), asked, stage)
        }
    };
    let finish = match finish {
        None => phrase!("No finish can be forecast without baseline dates."),
        Some(f) if f.method == ACTUAL => phrase!("The project is finished: its finish is the actual one."),
        Some(f) => {
            let asked = settings.preferred_finish.as_deref() == Some(f.method);
            why_finish(f.method, Part::Title(f.name), asked, stage)
        }
    };
    phrase!("{cost} {finish}", cost, finish)
}

/// Why the cost is forecast by this method.
fn why_cost(id: &str, method: Part, asked: bool, stage: Option<&Stage>) -> Phrase {
    match (id, stage) {
        _ if asked => phrase!("Cost: {method}, as the settings ask.", method),
        (FINISHED_TASKS, Some(stage)) => phrase!(
            "Cost: {method}, the more believed the more there are; the closest of all methods on 16 real projects tracked to their end, {error} off on average {stage}.",
            method,
            error = Part::percent(stage.cost, 1),
            stage = Part::Word(stage.name)
        ),
        (FINISHED_TASKS, None) => phrase!(
            "Cost: {method}, the more believed the more there are; the closest of all methods on 16 real projects tracked to their end.",
            method
        ),
        _ => phrase!(
            "Cost: {method}, because no actual cost of finished tasks says more; on real projects tracked to their end it came closer than CPI.",
            method
        ),
    }
}

/// Why the finish is forecast by this method.
fn why_finish(id: &str, method: Part, asked: bool, stage: Option<&Stage>) -> Phrase {
    match (id, stage) {
        _ if asked => phrase!("Finish: {method}, as the settings ask.", method),
        (REMAINING_NETWORK, Some(stage)) => phrase!(
            "Finish: {method}, with the delay so far carried on; the closest of all methods on the same projects, {error} off on average {stage}.",
            method,
            error = Part::percent(stage.finish, 1),
            stage = Part::Word(stage.name)
        ),
        (REMAINING_NETWORK, None) => phrase!(
            "Finish: {method}, with the delay so far carried on; the closest of all methods on the same projects.",
            method
        ),
        (EARNED_SCHEDULE_1, _) => phrase!(
            "Finish: {method}, because the open tasks have no dates or durations; the best of the methods that need none ({error} off on average on real projects).",
            method,
            error = Part::percent(0.12, 0)
        ),
        _ => phrase!("Finish: {method}, because earned schedule gives none yet.", method),
    }
}
