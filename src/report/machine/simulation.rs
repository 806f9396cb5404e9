//! The simulation in the JSON.

use serde::Serialize;

use crate::analysis::simulation::{Portion, Simulation, Source};
use crate::language::Phrase;
use crate::report::subject::Subject;

use super::distribution::{Dates, Distribution};
use super::end_text;

/// What came of the trials; days are working days from the project's start.
#[derive(Serialize)]
pub(super) struct Simulated<'a> {
    iterations: usize,
    seed: u64,
    distribution: &'static str,
    planned_days: f64,
    finish: Finish,
    cost: Option<Cost>,
    joint: Option<Joint>,
    on_time: Option<f64>,
    tasks: Vec<OfTask<'a>>,
    risks: Vec<OfRisk<'a>>,
    reserve: Reserve<'a>,
    notes: &'a [Phrase],
}

#[derive(Serialize)]
struct Finish {
    mean_days: f64,
    sd_days: f64,
    p10_days: f64,
    p50_days: f64,
    p80_days: f64,
    p90_days: f64,
    p95_days: f64,
    p80_error_days: f64,
    #[serde(flatten)]
    dates: Dates,
}

#[derive(Serialize)]
struct Cost {
    base: f64,
    #[serde(flatten)]
    spread: Distribution,
}

#[derive(Serialize)]
struct Joint {
    both_p80: f64,
    plan: Option<f64>,
    confidence: f64,
    frontier: Vec<Point>,
}

#[derive(Serialize)]
struct Point {
    finish: String,
    cost: f64,
}

#[derive(Serialize)]
struct OfTask<'a> {
    id: &'a str,
    criticality_index: f64,
    ssi: f64,
    cruciality: f64,
    /// By rank; of the tasks with the highest sensitivity.
    cruciality_rank: Option<f64>,
    mean_days: f64,
    sd_days: f64,
}

#[derive(Serialize)]
struct OfRisk<'a> {
    id: &'a str,
    happened: f64,
    p80_days: Option<f64>,
    p80_cost: Option<f64>,
}

#[derive(Serialize)]
struct Reserve<'a> {
    confidence: f64,
    days: f64,
    cost: Option<f64>,
    shares: Vec<Share<'a>>,
}

#[derive(Serialize)]
struct Share<'a> {
    source: &'static str,
    id: Option<&'a str>,
    days: f64,
    cost: f64,
}

/// The simulation of a project; `None` where there is none.
pub(super) fn simulation<'a>(subject: &Subject<'a>) -> Option<Simulated<'a>> {
    let found = subject.found.simulation.as_ref().ok()?;
    let tasks = &subject.project.tasks;
    let risks = &subject.project.risks;
    Some(Simulated {
        iterations: found.iterations,
        seed: found.seed,
        distribution: found.distribution.word(),
        planned_days: found.planned,
        finish: finish(found),
        cost: found.cost.as_ref().map(|cost| Cost {
            base: found.base_cost,
            spread: Distribution::of(cost, std::convert::identity),
        }),
        joint: found.joint.as_ref().map(|joint| Joint {
            both_p80: joint.both_p80,
            plan: joint.plan,
            confidence: joint.confidence,
            frontier: joint
                .frontier
                .iter()
                .map(|(finish, cost)| Point { finish: end_text(*finish), cost: *cost })
                .collect(),
        }),
        on_time: found.on_time,
        tasks: found
            .tasks
            .iter()
            .map(|risk| OfTask {
                id: &tasks[risk.task].id,
                criticality_index: risk.criticality,
                ssi: risk.ssi,
                cruciality: risk.cruciality,
                cruciality_rank: risk.rank_cruciality,
                mean_days: risk.mean,
                sd_days: risk.sd,
            })
            .collect(),
        risks: found
            .risks
            .iter()
            .map(|effect| OfRisk {
                id: &risks[effect.risk].id,
                happened: effect.happened,
                p80_days: effect.finish_p80,
                p80_cost: effect.cost_p80,
            })
            .collect(),
        reserve: Reserve {
            confidence: found.reserve.confidence,
            days: found.reserve.days,
            cost: found.reserve.cost,
            shares: found.reserve.portions.iter().map(|portion| share(subject, portion)).collect(),
        },
        notes: &found.notes,
    })
}

fn finish(found: &Simulation) -> Finish {
    let spread = &found.finish;
    Finish {
        mean_days: spread.mean,
        sd_days: spread.sd,
        p10_days: spread.p10(),
        p50_days: spread.p50(),
        p80_days: spread.p80(),
        p90_days: spread.p90(),
        p95_days: spread.p95(),
        p80_error_days: spread.p80_error,
        dates: Dates::of(found.dates.map(end_text)),
    }
}

fn share<'a>(subject: &Subject<'a>, portion: &Portion) -> Share<'a> {
    let (source, id) = match portion.source {
        Source::Task(task) => ("task", Some(subject.project.tasks[task].id.as_str())),
        Source::Risk(risk) => ("risk", Some(subject.project.risks[risk].id.as_str())),
        Source::Effort => ("level_of_effort", None),
    };
    Share { source, id, days: portion.days, cost: portion.cost }
}
