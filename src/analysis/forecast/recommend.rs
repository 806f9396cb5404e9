//! Which of the forecasts is recommended, why, and how far it may be off.

use crate::analysis::forecast::cost::{CPI, FINISHED_TASKS, REMAINING_AT_BUDGET};
use crate::analysis::forecast::finish::{
    ACTUAL, EARNED_SCHEDULE_1, Outlook, PLAN, PLANNED_VALUE_1, REMAINING_NETWORK,
};
use crate::analysis::forecast::range::Share;
use crate::analysis::{CostForecast, FinishForecast, Measures, Recommended, Settings, metric};
use crate::calendar::Moment;
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
    /// Mean error of [`FINISHED_TASKS`] on the tracked projects, in percent of the real cost.
    cost: f64,
    /// Mean error of [`REMAINING_NETWORK`], in percent of the real duration.
    finish: f64,
}

/// Measured on 16 tracked projects of the Batselier and Vanhoucke collection.
const STAGES: [Stage; 3] = [
    Stage { name: "in the first third", until: 1.0 / 3.0, cost: 5.5, finish: 12.5 },
    Stage { name: "in the middle third", until: 2.0 / 3.0, cost: 3.9, finish: 8.3 },
    Stage { name: "in the last third", until: f64::INFINITY, cost: 1.5, finish: 4.8 },
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
) -> String {
    let asked = |method: &str, wanted: &Option<String>| wanted.as_deref() == Some(method);
    let stage =
        (metric::PCT_COMPLETE.value)(m).ok().and_then(|share| STAGES.iter().find(|s| share < s.until));
    let error = |of: fn(&Stage) -> f64| {
        stage.map_or_else(String::new, |s| format!(", {:.1}% off on average {}", of(s), s.name))
    };
    let cost = match cost {
        None if m.ac.is_err() && !m.bac.is_zero() => {
            "No estimate at completion is possible: no actual cost is booked.".to_owned()
        }
        None => "No estimate at completion is possible without a baseline cost.".to_owned(),
        Some(f) if asked(f.method, &settings.preferred_cost) => {
            format!("Cost: {}, as the settings ask.", lower(f.name))
        }
        Some(f) if f.method == FINISHED_TASKS => format!(
            "Cost: {}, the more believed the more there are; the closest of all methods on 16 real projects tracked to their end{}.",
            lower(f.name),
            error(|s| s.cost)
        ),
        Some(f) => format!(
            "Cost: {}, because no actual cost of finished tasks says more; on real projects tracked to their end it came closer than CPI.",
            lower(f.name)
        ),
    };
    let finish = match finish {
        None => "No finish can be forecast without baseline dates.".to_owned(),
        Some(f) if f.method == ACTUAL => "The project is finished: its finish is the actual one.".to_owned(),
        Some(f) if asked(f.method, &settings.preferred_finish) => {
            format!("Finish: {}, as the settings ask.", lower(f.name))
        }
        Some(f) if f.method == REMAINING_NETWORK => format!(
            "Finish: {}, with the delay so far carried on; the closest of all methods on the same projects{}.",
            lower(f.name),
            error(|s| s.finish)
        ),
        Some(f) if f.method == EARNED_SCHEDULE_1 => format!(
            "Finish: {}, because the open tasks have no dates or durations; the best of the methods that need none (12% off on average on real projects).",
            lower(f.name)
        ),
        Some(f) => format!("Finish: {}, because earned schedule gives none yet.", lower(f.name)),
    };
    format!("{cost} {finish}")
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
