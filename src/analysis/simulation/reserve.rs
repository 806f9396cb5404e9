//! What a confidence costs beyond the plan, in days and money, and whose it is: the parts add up.

use super::outcome::{self, length};
use super::run::Trials;
use super::sums::Shares;
use super::trial::Trial;

/// What has to be added to the plan for a confidence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reserve {
    /// The confidence, 0 to 1.
    pub confidence: f64,
    /// Days beyond the finish as planned; nothing where the plan holds with more confidence than that.
    pub days: f64,
    /// Money beyond the cost as planned; `None` without cost.
    pub cost: Option<f64>,
    /// Who it is for, the most expensive first; days and costs add up to the whole.
    pub portions: Vec<Portion>,
}

/// The part of one task or risk.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Portion {
    /// Whose it is.
    pub source: Source,
    /// Days.
    pub days: f64,
    /// Money; less than nothing for an opportunity.
    pub cost: f64,
}

/// What uncertainty comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A task: index into the project's tasks.
    Task(usize),
    /// A risk: index into the project's risks.
    Risk(usize),
    /// Level of effort, which goes on as long as the project does.
    Effort,
}

/// The reserve for a confidence.
///
/// Money is shared out by covariance: each part gets its own mean and, of what the confidence asks beyond the
/// mean, its share of the variance (the principle of capital allocation; Tasche 1999 shows it to be the one that
/// fits marginal contributions). Days are not a sum of parts; what is asked for is shared in proportion to each
/// part's covariance with the finish, where that is positive.
pub(super) fn reserve(
    trial: &Trial,
    trials: &Trials,
    (finish, cost): (&[f32], &[f32]),
    confidence: f64,
) -> Reserve {
    let days = (outcome::percentile(finish, confidence) - f64::from(trial.planned)).max(0.0);
    let money = trial.costs.then(|| outcome::percentile(cost, confidence));
    let parts = parts(trial, trials);
    let by_days: f64 = parts.iter().map(|part| part.late.max(0.0)).sum();
    // From the parts, not from the whole: so that they add up to the last digit.
    let (mean, variance) =
        parts.iter().fold((0.0, 0.0), |(mean, all), part| (mean + part.mean, all + part.dear));
    let beyond = money.map_or(0.0, |money| money - mean);
    let portions = parts.iter().map(|part| Portion {
        source: part.source,
        days: if by_days > 0.0 { days * part.late.max(0.0) / by_days } else { 0.0 },
        cost: match money {
            Some(_) if variance > 0.0 => part.mean + beyond * part.dear / variance,
            Some(_) => part.mean,
            None => 0.0,
        },
    });
    let mut portions: Vec<Portion> = portions.collect();
    portions.sort_by(|a, b| {
        b.cost.total_cmp(&a.cost).then(b.days.total_cmp(&a.days)).then(a.source.cmp(&b.source))
    });
    Reserve { confidence, days: if by_days > 0.0 { days } else { 0.0 }, cost: money, portions }
}

/// What one part does.
struct Part {
    source: Source,
    /// Covariance of its delay with the finish.
    late: f64,
    /// Mean of its cost, and its covariance with the whole.
    mean: f64,
    dear: f64,
}

fn parts(trial: &Trial, trials: &Trials) -> Vec<Part> {
    let count = length(trials.finish.len().max(1));
    let (late, _) = moments(&trials.finish);
    let late = late - f64::from(trial.planned);
    let (dear, variance) = moments(&trials.cost);
    let covariance = |sums: Shares, mean: f64| sums.xy / count - sums.x / count * mean;
    let mut from_events = vec![0.0; trial.nodes.len()];
    let mut parts = Vec::new();
    for (event, sums) in trial.events.iter().zip(&trials.events) {
        let of_delay = covariance(sums.delay, late);
        for node in &event.nodes {
            from_events[*node as usize] += of_delay;
        }
        parts.push(Part {
            source: Source::Risk(event.risk),
            late: of_delay,
            mean: sums.loss.x / count,
            dear: covariance(sums.loss, dear),
        });
    }
    for ((node, sums), from_events) in trial.nodes.iter().zip(&trials.nodes).zip(from_events) {
        let Some(task) = node.task.filter(|_| node.varies || node.has_cost()) else { continue };
        parts.push(Part {
            source: Source::Task(task),
            // What risks add to its duration is theirs.
            late: if node.varies { covariance(sums.duration.into(), late) - from_events } else { 0.0 },
            mean: sums.cost.x / count,
            dear: covariance(sums.cost, dear),
        });
    }
    if trial.rate_to_finish != 0.0 {
        // What is left of the whole.
        let mean = dear - parts.iter().map(|part| part.mean).sum::<f64>();
        let rest = variance - parts.iter().map(|part| part.dear).sum::<f64>();
        parts.push(Part { source: Source::Effort, late: 0.0, mean, dear: rest });
    }
    parts
}

/// Mean and variance.
fn moments(values: &[f32]) -> (f64, f64) {
    let count = length(values.len().max(1));
    let mean = values.iter().map(|value| f64::from(*value)).sum::<f64>() / count;
    let variance = values.iter().map(|value| (f64::from(*value) - mean).powi(2)).sum::<f64>() / count;
    (mean, variance)
}
