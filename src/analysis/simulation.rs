//! Monte Carlo simulation: finish and cost with their uncertainty, and what drives it.
//!
//! A trial draws a duration for every task that is not finished, what its cost varies by, and which risks
//! happen; it runs them through the network with its calendars, constraints and progress. Percentiles are
//! never added: where paths meet, the later one counts in each trial (merge bias). Trials run in blocks of 64
//! side by side ([`block`]), each with a stream of chance of its own ([`random`]), so the result is the same
//! on any number of threads.
//!
//! Definitions: criticality index, share of trials in which the task is critical. SSI, criticality index times
//! sd(duration) over sd(finish). Cruciality, the absolute (Pearson) correlation of duration and finish.
//! Sources: Williams 1992 (cruciality); PMI, Practice Standard for Scheduling (SSI); NASA Cost Estimating
//! Handbook 4.0, appendix J (joint confidence).

mod block;
mod bridge;
mod combined;
mod outcome;
mod quantile;
mod random;
mod ranks;
mod reserve;
mod run;
mod spread;
mod sums;
#[cfg(test)]
mod tests;
mod trial;

use serde::Deserialize;

use crate::analysis::network::Network;
use crate::analysis::network::readings::Readings;
use crate::analysis::risk::RiskFindings;
use crate::analysis::value::ProjectValue;
use crate::analysis::{TaskValue, metric};
use crate::calendar::Moment;
use crate::language::{Part, Phrase};
use crate::model::Project;
use crate::quantity::{Money, Reason};

use outcome::length;
use run::Trials;
use spread::Varies;
use trial::{Sources, Trial};

pub use combined::{Combined, Member, Sum, View, combined};
pub use outcome::{PERCENTILES, Spread};
pub use reserve::{Portion, Reserve, Source};
pub use spread::{Distribution, Spreads};

/// What the simulation is told: the `[simulation]` table of `earnest.toml`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Trials, rounded up to whole blocks of 64; 0 leaves the simulation out.
    pub iterations: u32,
    /// Another seed gives other trials.
    pub seed: u64,
    /// What three points stand for.
    pub distribution: Distribution,
    /// Stop as soon as the standard error of the finish's P80 is at most so many working days.
    pub standard_error: Option<f64>,
    /// How much the durations of a group's tasks go together, 0 to 1.
    pub correlation: f64,
    /// What makes tasks a group.
    pub correlated_by: Together,
    /// How much the luck of the projects of a portfolio goes together, 0 to below 1.
    pub between_projects: f64,
    /// The confidence that reserves are sized for.
    pub confidence: f64,
    /// The joint confidence whose frontier is drawn.
    pub joint_confidence: f64,
    /// Spreads of tasks without three points.
    pub spread: Spreads,
}

impl Default for Settings {
    /// 10,240 trials by PERT, independent, reserves for 80%, NASA's joint 70%.
    fn default() -> Self {
        Self {
            iterations: 10_240,
            seed: 1,
            distribution: Distribution::Pert,
            standard_error: None,
            correlation: 0.0,
            correlated_by: Together::Phase,
            between_projects: 0.3,
            confidence: 0.8,
            joint_confidence: 0.7,
            spread: Spreads::default(),
        }
    }
}

impl Settings {
    /// What is wrong with them, in a sentence.
    ///
    /// # Errors
    /// When a value lies where it has no meaning.
    pub fn check(&self) -> Result<(), String> {
        let share = |value: f64| value > 0.0 && value < 1.0;
        if !(0.0..1.0).contains(&self.correlation) {
            return Err(format!(
                "simulation: correlation {} must lie between 0 and below 1",
                self.correlation
            ));
        }
        if !(0.0..1.0).contains(&self.between_projects) {
            return Err(format!(
                "simulation: between_projects {} must lie between 0 and below 1",
                self.between_projects
            ));
        }
        if !share(self.confidence) || !share(self.joint_confidence) {
            return Err("simulation: confidence and joint_confidence must lie between 0 and 1".to_owned());
        }
        if self.iterations > 10_000_000 {
            return Err(format!("simulation: {} iterations are more than 10 million", self.iterations));
        }
        if self.standard_error.is_some_and(|limit| limit.is_nan() || limit <= 0.0) {
            return Err("simulation: standard_error is a number of working days above 0".to_owned());
        }
        if !self.spread.hold() {
            return Err("simulation.spread: each is a share up to 1 and a share from 1, such as [0.8, 1.3]"
                .to_owned());
        }
        Ok(())
    }
}

/// What makes tasks a group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Together {
    /// The phase.
    #[default]
    Phase,
    /// The control account.
    ControlAccount,
    /// The owner.
    Owner,
    /// All tasks are one group.
    Project,
}

/// What came of the simulation of one project.
#[derive(Clone, Debug, PartialEq)]
pub struct Simulation {
    /// Trials that were run.
    pub iterations: usize,
    /// The seed.
    pub seed: u64,
    /// What three points stood for.
    pub distribution: Distribution,
    /// Finish in working days from the project's start.
    pub finish: Spread,
    /// The finish's percentiles as moments.
    pub dates: [Moment; 5],
    /// The finish's classes as moments: the upper end of each.
    pub class_ends: Vec<Moment>,
    /// The finish with every duration as planned.
    pub planned: f64,
    /// The baseline's finish in days; `None` without one.
    pub baseline: Option<f64>,
    /// The share of trials that finish by the baseline's finish; `None` without one.
    pub on_time: Option<f64>,
    /// Cost at completion in currency units; `None` where there is no cost.
    pub cost: Option<Spread>,
    /// Cost at completion with everything as planned: actual cost and the rest as estimated or budgeted.
    pub base_cost: f64,
    /// Finish and cost together; `None` without cost.
    pub joint: Option<Joint>,
    /// The tasks that were simulated, in the order of the project.
    pub tasks: Vec<TaskRisk>,
    /// The risks that could happen, in the order of the register.
    pub risks: Vec<RiskEffect>,
    /// What the confidence of the settings costs in days and money, and for what.
    pub reserve: Reserve,
    /// Finish in days and cost beyond [`Self::base_cost`] of some trials, evenly over all: what a portfolio is
    /// simulated from.
    pub outcomes: Vec<(f32, f32)>,
    /// What was assumed, in sentences.
    pub notes: Vec<Phrase>,
}

/// Finish and cost together.
#[derive(Clone, Debug, PartialEq)]
pub struct Joint {
    /// The share of trials within both P80s.
    pub both_p80: f64,
    /// The share of trials within the baseline's finish and the budget; `None` without either.
    pub plan: Option<f64>,
    /// The confidence of the frontier.
    pub confidence: f64,
    /// Finish and cost that hold together with that confidence.
    pub frontier: Vec<(Moment, f64)>,
    /// Finish and cost of some trials.
    pub sample: Vec<(Moment, f64)>,
}

/// How much a task matters to the finish.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TaskRisk {
    /// Index into the project's tasks.
    pub task: usize,
    /// Share of the trials in which it is critical.
    pub criticality: f64,
    /// Schedule sensitivity index.
    pub ssi: f64,
    /// Absolute correlation of its duration and the finish.
    pub cruciality: f64,
    /// The same of ranks; `None` but for the tasks with the highest sensitivity.
    pub rank_cruciality: Option<f64>,
    /// Mean and standard deviation of its remaining duration in days.
    pub mean: f64,
    /// See `mean`.
    pub sd: f64,
}

/// How much a risk matters.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RiskEffect {
    /// Index into the project's risks.
    pub risk: usize,
    /// Share of the trials in which it happened.
    pub happened: f64,
    /// How much earlier P80 of the finish would be without it, in days; `None` where it happens nearly always.
    pub finish_p80: Option<f64>,
    /// How much lower P80 of the cost would be without it.
    pub cost_p80: Option<f64>,
}

/// What is simulated, beside the project itself.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// Figures of the tasks, in the order of the project.
    pub values: &'a [TaskValue],
    /// The network.
    pub network: &'a Network,
    /// The weighed register.
    pub risk: &'a RiskFindings,
    /// The status date.
    pub status: Moment,
    /// Cost to date; without it no cost is simulated.
    pub spent: Result<Money, Reason>,
    /// What is left of the budget beside the tasks.
    pub beside: Money,
    /// The budget.
    pub budget: Money,
    /// The baseline's finish.
    pub baseline: Option<Moment>,
}

impl<'a> Given<'a> {
    /// From the value of a project.
    #[must_use]
    pub fn of(value: &'a ProjectValue, network: &'a Network, risk: &'a RiskFindings, status: Moment) -> Self {
        Self {
            values: &value.tasks,
            network,
            risk,
            status,
            spent: value.measures.ac,
            beside: value.beside_left(),
            budget: value.measures.bac,
            baseline: value.planned_finish,
        }
    }
}

/// Simulates a project, or says why it cannot be.
///
/// # Errors
/// A reason in words that completes "not simulated, because ...".
pub fn simulate(project: &Project, given: &Given<'_>, settings: &Settings) -> Result<Simulation, Phrase> {
    if settings.iterations == 0 {
        return Err(phrase!("the settings ask for no trials"));
    }
    let trial =
        Trial::new(&Sources { project, given, settings }).ok_or(word!("nothing is left to be done"))?;
    let key = random::key(&project.id);
    let trials = run::run(&trial, key, settings);
    let mut found = told(project, given, settings, &trial, &trials);
    ranks::add(&mut found.tasks, &trial, &trials, key, settings);
    Ok(found)
}

/// What the trials say.
fn told(
    project: &Project,
    given: &Given<'_>,
    settings: &Settings,
    trial: &Trial,
    trials: &Trials,
) -> Simulation {
    let readings = Readings::new(&project.calendars, given.network.start);
    let moment = |days: f64| {
        #[expect(clippy::cast_possible_truncation, reason = "saturating")]
        let seconds = (days * trial.day).round() as i64;
        readings.finish(0, seconds)
    };
    let sorted = outcome::sorted(&trials.finish);
    let finish = Spread::of(&sorted, 0.0);
    let sorted_cost = outcome::sorted(&trials.cost);
    let cost = trial.costs.then(|| Spread::of(&sorted_cost, trial.base_cost));
    let by = given.baseline.map(|baseline| readings.days(baseline) + 1e-6);
    let on_time =
        by.map(|by| length(sorted.partition_point(|finish| f64::from(*finish) <= by)) / length(sorted.len()));
    let joint = cost.as_ref().map(|cost| {
        let joint =
            |by: f64, within: f64| outcome::joint(&trials.finish, &trials.cost, by, within - trial.base_cost);
        let frontier = outcome::frontier(&trials.finish, &trials.cost, &sorted, settings.joint_confidence);
        Joint {
            both_p80: joint(finish.p80(), cost.p80()),
            plan: by.filter(|_| !given.budget.is_zero()).map(|by| joint(by, given.budget.units())),
            confidence: settings.joint_confidence,
            frontier: frontier
                .into_iter()
                .map(|(days, cost)| (moment(days), trial.base_cost + cost))
                .collect(),
            sample: sample(trials).map(|(days, cost)| (moment(days), trial.base_cost + cost)).collect(),
        }
    });
    let mut risks: Vec<RiskEffect> =
        (0..trial.events.len()).map(|event| effect(trial, trials, event, (&finish, cost.as_ref()))).collect();
    risks.sort_by_key(|effect| effect.risk);
    Simulation {
        iterations: trials.finish.len(),
        seed: settings.seed,
        distribution: settings.distribution,
        dates: finish.percentiles.map(moment),
        class_ends: finish.classes.iter().map(|(_, to, _)| moment(*to)).collect(),
        planned: given.network.duration,
        baseline: given.baseline.map(|baseline| readings.days(baseline)),
        on_time,
        base_cost: trial.base_cost,
        joint,
        tasks: task_risks(trial, trials, &finish),
        risks,
        reserve: reserve::reserve(trial, trials, (&sorted, &sorted_cost), settings.confidence),
        outcomes: outcomes(trials),
        notes: notes(trial, settings),
        finish,
        cost,
    }
}

/// Some trials, evenly over all.
fn sample(trials: &Trials) -> impl Iterator<Item = (f64, f64)> {
    const MOST: usize = 400;
    let step = trials.finish.len().div_ceil(MOST).max(1);
    trials
        .finish
        .iter()
        .zip(&trials.cost)
        .step_by(step)
        .map(|(days, cost)| (f64::from(*days), f64::from(*cost)))
}

/// Some trials for a portfolio: P80 of 2,048 is known to 3% of the standard deviation.
fn outcomes(trials: &Trials) -> Vec<(f32, f32)> {
    const MOST: usize = 2_048;
    let step = trials.finish.len().div_ceil(MOST).max(1);
    let of = |trial: usize| (trials.finish[trial], trials.cost.get(trial).copied().unwrap_or(0.0));
    (0..trials.finish.len()).step_by(step).map(of).collect()
}

/// The indices of every simulated task.
fn task_risks(trial: &Trial, trials: &Trials, finish: &Spread) -> Vec<TaskRisk> {
    let count = length(trials.finish.len().max(1));
    let finish_mean = finish.mean - f64::from(trial.planned);
    let nodes = trial.nodes.iter().zip(&trials.nodes);
    let mut risks: Vec<TaskRisk> = nodes
        .filter_map(|(node, sums)| {
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            let criticality = metric::criticality_index(sums.critical as f64, count);
            let mean = sums.duration.x / count;
            let variance = (sums.duration.xx / count - mean * mean).max(0.0);
            let covariance = sums.duration.xy / count - mean * finish_mean;
            let sd = if node.varies { variance.sqrt() } else { 0.0 };
            // What varies by a rounding does not vary.
            let finish_sd = if sd > 1e-9 && finish.sd > 1e-9 { finish.sd } else { 0.0 };
            Some(TaskRisk {
                task: node.task?,
                criticality,
                ssi: metric::schedule_sensitivity(criticality, sd, finish_sd),
                cruciality: metric::cruciality(covariance, sd, finish_sd),
                rank_cruciality: None,
                mean: f64::from(node.centre) + mean,
                sd,
            })
        })
        .collect();
    risks.sort_by_key(|risk| risk.task);
    risks
}

/// What an event adds: the trials in which it did not happen are the project without it, because it depends on
/// nothing else.
fn effect(
    trial: &Trial,
    trials: &Trials,
    event: usize,
    (finish, cost): (&Spread, Option<&Spread>),
) -> RiskEffect {
    const LEAST: usize = 200;
    let mut without = trials.without(event, &trials.finish);
    let happened = 1.0 - length(without.len()) / length(trials.finish.len().max(1));
    let enough = without.len() >= LEAST;
    let costs = enough.then(|| trials.without(event, &trials.cost)).filter(|costs| !costs.is_empty());
    let p80 = |values: &mut [f32]| outcome::percentile_among(values, 0.8);
    let event = &trial.events[event];
    // What does nothing adds nothing; the two samples would differ by chance.
    let delays = event.delay != Varies::Fixed(0.0);
    let costs = costs.filter(|_| delays || event.loss != Varies::Fixed(0.0));
    RiskEffect {
        risk: event.risk,
        happened,
        finish_p80: if delays { enough.then(|| finish.p80() - p80(&mut without)) } else { Some(0.0) },
        cost_p80: cost.zip(costs).map(|(cost, mut costs)| cost.p80() - trial.base_cost - p80(&mut costs)),
    }
}

/// What was assumed.
fn notes(trial: &Trial, settings: &Settings) -> Vec<Phrase> {
    let assumed = trial.assumed;
    let spreads = [
        (word!("high confidence"), assumed.by_class[0], settings.spread.high),
        (word!("medium confidence"), assumed.by_class[1], settings.spread.medium),
        (word!("low confidence"), assumed.by_class[2], settings.spread.low),
    ];
    let spreads: Vec<Part> = spreads
        .iter()
        .filter(|(_, count, _)| *count > 0)
        .map(|(class, n, [low, high])| {
            phrase!(
                "{n} {n|task|tasks} with {below} to +{above} ({class})",
                n = *n,
                below = Part::percent(low - 1.0, 0),
                above = Part::percent(high - 1.0, 0),
                class = Part::Word(class)
            )
            .into()
        })
        .collect();
    let n = assumed.three_point;
    let mut notes = vec![match (n, spreads.is_empty()) {
        (_, true) => phrase!("{n} {n|task varies|tasks vary} between three points of {n|its|their} own.", n),
        (0, false) => {
            phrase!("No task has three points of its own; by default spread vary {spreads}.", spreads)
        }
        (_, false) => phrase!(
            "{n} {n|task varies|tasks vary} between three points of {n|its|their} own; by default spread, {spreads}.",
            n,
            spreads
        ),
    }];
    if settings.correlation > 0.0 {
        let correlation = Part::number(settings.correlation, 2);
        notes.push(match settings.correlated_by {
            Together::Phase => {
                phrase!("Durations of tasks of one phase are correlated with {correlation}.", correlation)
            }
            Together::ControlAccount => {
                phrase!(
                    "Durations of tasks of one control account are correlated with {correlation}.",
                    correlation
                )
            }
            Together::Owner => {
                phrase!("Durations of tasks of one owner are correlated with {correlation}.", correlation)
            }
            Together::Project => {
                phrase!("Durations of tasks of the project are correlated with {correlation}.", correlation)
            }
        });
    }
    if assumed.mixed {
        notes.push(phrase!(
            "Tasks have calendars of their own; in the simulation a link between two of them is exact to the hour."
        ));
    }
    notes
}
