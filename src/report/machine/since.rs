//! What changed since the last report, in the JSON.

use serde::Serialize;

use super::metrics::Figure;
use super::{end_text, rounded};
use crate::analysis::since::{Amount, Moved, Weight};
use crate::quantity::Health;
use crate::report::subject::Subject;

/// The last report and what changed since; changes are now less then, of days in working days.
#[derive(Serialize)]
pub(super) struct Previous<'a> {
    file: &'a str,
    status_date: String,
    /// The currency of its amounts where it is another one: then none are compared.
    other_currency: Option<&'a str>,
    figures: Vec<Compared>,
    health: Vec<Rated>,
    finished: Vec<&'a str>,
    /// Tasks that it forecast to finish by now; `null` where it has no forecasts of tasks. `cei` of the metrics is
    /// their index.
    forecast: Option<Forecast<'a>>,
    milestones: Vec<Milestone<'a>>,
    risks: Option<Vec<Risk<'a>>>,
}

#[derive(Serialize)]
struct Compared {
    id: &'static str,
    then: Figure,
    now: Figure,
    change: Option<f64>,
}

#[derive(Serialize)]
struct Rated {
    dimension: &'static str,
    then: Option<&'static str>,
    now: Option<&'static str>,
}

#[derive(Serialize)]
struct Forecast<'a> {
    finished: Vec<&'a str>,
    not_finished: Vec<Missed<'a>>,
    /// No longer in the plan, or cancelled.
    dropped: &'a [String],
}

#[derive(Serialize)]
struct Missed<'a> {
    id: &'a str,
    forecast_then: String,
    forecast_now: Option<String>,
    days: Option<f64>,
}

#[derive(Serialize)]
struct Milestone<'a> {
    id: &'a str,
    forecast_then: String,
    forecast_now: String,
    reached: bool,
    days: f64,
}

#[derive(Serialize)]
struct Risk<'a> {
    id: &'a str,
    title: &'a str,
    /// `occurred`, `new`, `reopened`, `risen`, `fallen`, `closed` or `removed`.
    moved: &'static str,
    then_cost: Option<f64>,
    then_days: Option<f64>,
    now_cost: Option<f64>,
    now_days: Option<f64>,
}

/// What changed; `None` without a last report.
pub(super) fn previous<'a>(subject: &Subject<'a>) -> Option<Previous<'a>> {
    let since = subject.found.since.as_ref()?;
    let id = |task: usize| subject.project.tasks.get(task).map_or("", |task| task.id.as_str());
    let figure = |amount: Option<Amount>| match amount {
        Some(Amount::Day(moment)) => Figure::Date(Some(end_text(moment))),
        Some(Amount::Number(number)) => Figure::Number(Some(rounded(number))),
        None => Figure::Number(None),
    };
    let figures = since.figures.iter().map(|of| Compared {
        id: of.id,
        then: figure(of.then),
        now: figure(of.now),
        change: of.change.map(rounded),
    });
    let health = since.health.iter().map(|rated| Rated {
        dimension: rated.dimension,
        then: rated.then.map(Health::word),
        now: rated.now.map(Health::word),
    });
    let forecast = subject.found.execution.as_ref().ok().map(|found| Forecast {
        finished: found.met.iter().map(|task| id(*task)).collect(),
        not_finished: found
            .missed
            .iter()
            .map(|missed| Missed {
                id: id(missed.task),
                forecast_then: end_text(missed.then),
                forecast_now: missed.now.map(end_text),
                days: missed.days.map(rounded),
            })
            .collect(),
        dropped: &found.dropped,
    });
    let milestones = since.milestones.iter().map(|milestone| Milestone {
        id: id(milestone.task),
        forecast_then: end_text(milestone.then),
        forecast_now: end_text(milestone.now),
        reached: milestone.reached,
        days: rounded(milestone.days),
    });
    let weight = |weight: Option<Weight>| {
        let weight = weight.unwrap_or_default();
        // Nothing has no sign.
        let plain = |figure: f64| rounded(figure) + 0.0;
        (weight.cost.map(plain), weight.days.map(plain))
    };
    let risk = |movement: &'a crate::analysis::since::Movement| {
        let ((then_cost, then_days), (now_cost, now_days)) = (weight(movement.then), weight(movement.now));
        Risk {
            id: &movement.id,
            title: &movement.title,
            moved: word(movement.moved),
            then_cost,
            then_days,
            now_cost,
            now_days,
        }
    };
    Some(Previous {
        file: &since.file,
        status_date: end_text(since.status.0),
        other_currency: since.other_currency.as_deref(),
        figures: figures.collect(),
        health: health.collect(),
        finished: since.finished.iter().map(|task| id(*task)).collect(),
        forecast,
        milestones: milestones.collect(),
        risks: since.risks.as_ref().map(|risks| risks.iter().map(risk).collect()),
    })
}

const fn word(moved: Moved) -> &'static str {
    match moved {
        Moved::Occurred => "occurred",
        Moved::New => "new",
        Moved::Reopened => "reopened",
        Moved::Risen => "risen",
        Moved::Fallen => "fallen",
        Moved::Closed => "closed",
        Moved::Removed => "removed",
    }
}
