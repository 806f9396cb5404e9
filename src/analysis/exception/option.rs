//! What could be done about a breach, each with what it does to cost, finish and the chance to keep them.
//!
//! Expected cost and finish are the recommended forecasts moved by what an option moves P50 of the simulation, so
//! that accepting changes nothing. Chances are shares of its trials. The simulation knows the estimates and the
//! register and nothing else: where the recommended forecast lies beyond its P50, every trial is moved by the
//! difference; where it lies before, the trials stay as they are, so that a chance is never too good.

use chrono::NaiveDate;

use super::Given;
use super::lever::{self, Lever};
use crate::analysis::network::Network;
use crate::analysis::network::activities::State;
use crate::analysis::network::readings::Readings;
use crate::analysis::simulation::{self, Simulation, Spread};
use crate::calendar::{Moment, end_of_day, last_day};
use crate::model::{ChangeState, Project};
use crate::quantity::Money;

/// The chance that makes a promise worth giving: four of five.
const ENOUGH: f64 = 0.8;

/// What could be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The options in the order of the report.
    pub choices: Vec<Choice>,
    /// Which is recommended: index into `choices`.
    pub recommended: usize,
    /// Whether it brings the forecast back within tolerance with the chance that is asked for.
    pub restores: bool,
    /// The first day it may be too late, and why.
    pub until: Option<Until>,
    /// The mean cost of an hour that one more person is paid; `None` where nobody knows.
    pub rate: Option<f64>,
}

/// What makes a decision urgent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// A decision that the log wants by then: index into decisions.
    Decision(usize, NaiveDate),
    /// A task that an option changes begins: index into tasks.
    Task(usize, NaiveDate),
}

impl Until {
    /// The day.
    #[must_use]
    pub const fn day(self) -> NaiveDate {
        match self {
            Self::Decision(_, day) | Self::Task(_, day) => day,
        }
    }
}

/// What an option is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The forecast becomes the baseline.
    Accept,
    /// What breaks of the baseline moves to what four of five such projects keep.
    Move,
    /// One more person on some critical tasks.
    People,
    /// A deliverable or control account is left out.
    Scope,
    /// A change that waits, as it was asked for: index into changes.
    Change(usize),
    /// People, scope and changes together.
    Together,
}

impl Kind {
    /// Its key in the JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Move => "move_the_date",
            Self::People => "add_people",
            Self::Scope => "cut_scope",
            Self::Change(_) => "change",
            Self::Together => "together",
        }
    }

    /// The change, where it is one: index into changes.
    #[must_use]
    pub const fn change(self) -> Option<usize> {
        if let Self::Change(change) = self { Some(change) } else { None }
    }

    /// Whether the baseline and its tolerances stay.
    #[must_use]
    pub const fn keeps_baseline(self) -> bool {
        !matches!(self, Self::Accept | Self::Move)
    }
}

/// The chance to keep a cost and a finish, 0..=1: what is newly promised where the baseline moves, the limits of the
/// tolerances where it stays.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chance {
    /// The cost; `None` where it cannot be simulated or nothing bounds it.
    pub cost: Option<f64>,
    /// The finish.
    pub finish: Option<f64>,
    /// Both; one alone where nothing bounds the other.
    pub both: Option<f64>,
}

/// An option with its effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// What it is.
    pub kind: Kind,
    /// Tasks that get one more person, each with the working days that the finish gains by it alone.
    pub staffed: Vec<(usize, f64)>,
    /// Tasks that are left out.
    pub left_out: Vec<usize>,
    /// The deliverable or control account that is left out.
    pub group: Option<String>,
    /// The cost to expect, or to be promised where the baseline moves; `None` where there is no estimate.
    pub cost: Option<f64>,
    /// The finish likewise.
    pub finish: Option<Moment>,
    /// What it changes in the cost that is expected, in currency units.
    pub cost_change: f64,
    /// What it changes in the finish that is expected, in working days.
    pub days: f64,
    /// P80 of the cost by the simulation, moved as its chances are.
    pub cost_p80: Option<f64>,
    /// Simulated P80 of the finish.
    pub finish_p80: Option<Moment>,
    /// The chance to keep what it promises.
    pub chance: Chance,
}

/// The options; `None` without a forecast of the finish. `dear` and `late` say which tolerance breaks: only that part
/// of the baseline moves, and only a late finish makes more people an answer.
pub(super) fn options(given: &Given<'_>, (dear, late): (bool, bool)) -> Option<Options> {
    let scene = Scene::new(given, (dear, late))?;
    let rate = rate(given);
    let mut choices = vec![scene.accept(), scene.moved()];
    let levers = given.network.as_ref().ok().zip(scene.trials);
    if let Some((network, _)) = levers {
        let people = rate.filter(|_| late).and_then(|_| lever::people(given, network));
        let scope = lever::scope(given, network, late);
        let changes = saving_changes(given);
        let net = changes.iter().fold((0.0, 0.0), |sum, (_, by)| (sum.0 + by.0, sum.1 + by.1));
        let single = usize::from(people.is_some()) + usize::from(scope.is_some()) + changes.len();
        let all = Lever {
            staffed: people.clone().unwrap_or_default().staffed,
            left_out: scope.clone().unwrap_or_default().left_out,
            group: scope.clone().unwrap_or_default().group,
        };
        let replan = |kind, lever: &Lever, by| scene.replanned(network, kind, lever, by, rate.unwrap_or(0.0));
        choices.extend(people.and_then(|lever| replan(Kind::People, &lever, (0.0, 0.0))));
        choices.extend(scope.and_then(|lever| replan(Kind::Scope, &lever, (0.0, 0.0))));
        choices.extend(changes.iter().filter_map(|(change, by)| scene.shifted(Kind::Change(*change), *by)));
        if single > 1 {
            choices.extend(replan(Kind::Together, &all, net));
        }
    }
    let (recommended, restores) = recommend(&choices, |choice| scene.is_within(choice));
    let until = until(given, &choices);
    Some(Options { choices, recommended, restores, until, rate })
}

/// The cheapest option that brings the forecast back within the baseline's tolerances and keeps it there with four
/// chances of five; where none does, the new baseline at P80.
fn recommend(choices: &[Choice], within: impl Fn(&Choice) -> bool) -> (usize, bool) {
    let restores = |choice: &Choice| {
        let sure = choice.chance.both.is_some_and(|chance| chance >= ENOUGH);
        choice.kind.keeps_baseline() && sure && within(choice)
    };
    let cheapest = (0..choices.len())
        .filter(|index| restores(&choices[*index]))
        .min_by(|a, b| choices[*a].cost_change.total_cmp(&choices[*b].cost_change));
    match cheapest {
        Some(index) => (index, true),
        None => (choices.iter().position(|choice| choice.kind == Kind::Move).unwrap_or(0), false),
    }
}

/// The mean cost of an hour booked, else of the people who are known.
fn rate(given: &Given<'_>) -> Option<f64> {
    let total = &given.effort.total;
    if total.booked.0 > 0 && total.cost > Money::ZERO {
        return Some(total.cost.units() / total.booked.hours());
    }
    let rates: Vec<f64> = given
        .project
        .resources
        .iter()
        .filter_map(|row| Some(row.rate?.units()))
        .filter(|r| *r > 0.0)
        .collect();
    let count = u32::try_from(rates.len()).ok().filter(|count| *count > 0)?;
    Some(rates.iter().sum::<f64>() / f64::from(count))
}

/// The changes that wait and are estimated to save time or money, each with what it adds to cost and days.
fn saving_changes(given: &Given<'_>) -> Vec<(usize, (f64, f64))> {
    let day = given.axis.status.day();
    let changes = given.project.changes.iter().enumerate();
    let waiting = changes.filter(|(_, change)| change.state_on(day).is_some_and(ChangeState::is_pending));
    let by = waiting.map(|(index, change)| {
        (index, (change.impact_cost.map_or(0.0, Money::units), change.impact_days.unwrap_or(0.0)))
    });
    by.filter(|(_, (cost, days))| *cost < 0.0 || *days < 0.0).collect()
}

/// The earliest of the decisions that the log wants for the tasks that set the finish (or for the project as a
/// whole), and of the first task to begin that an option changes.
fn until(given: &Given<'_>, choices: &[Choice]) -> Option<Until> {
    let day = given.axis.status.day();
    let network = given.network.as_ref().ok();
    let scheduled = |task: usize| network.and_then(|network| network.scheduled(task));
    let sets_finish = |task: &usize| scheduled(*task).is_some_and(|found| found.on_longest_path);
    let decisions = given.project.decisions.iter().enumerate().filter_map(|(index, decision)| {
        let due = decision.due.filter(|due| *due >= day && decision.open_on(day))?;
        let bears = decision.tasks.is_empty() || decision.tasks.iter().any(sets_finish);
        bears.then_some((due, 0, index))
    });
    let changed = choices.iter().flat_map(|choice| {
        choice.staffed.iter().map(|(task, _)| *task).chain(choice.left_out.iter().copied())
    });
    let begins = changed.filter_map(|task| {
        let found = scheduled(task).filter(|found| found.state == State::Open)?;
        Some((found.early.0.date(), 1, task))
    });
    let (due, kind, index) = decisions.chain(begins).min()?;
    Some(if kind == 0 { Until::Decision(index, due) } else { Until::Task(index, due) })
}

/// What every option is compared with: the forecast, the limits, the trials as the plan stands.
struct Scene<'a> {
    given: &'a Given<'a>,
    /// The recommended forecasts.
    cost: Option<f64>,
    finish: Moment,
    trials: Option<&'a Simulation>,
    readings: Readings<'a>,
    /// Seconds of a working day.
    day: f64,
    /// What the tolerances allow: cost in currency units, finish in days from the network's start.
    limits: (Option<f64>, Option<f64>),
    /// Whether the tolerances of cost and time are forecast to break.
    broken: (bool, bool),
    /// By how much the recommended forecasts lie beyond P50 of the trials, in cost and days; nothing where before.
    beyond: (f64, f64),
}

impl<'a> Scene<'a> {
    fn new(given: &'a Given<'a>, broken: (bool, bool)) -> Option<Self> {
        let finish = given.finish().ok()?;
        let start = given.network.as_ref().map_or(given.axis.status.0, |network| network.start);
        let readings = Readings::new(&given.project.calendars, start);
        let charter = &given.project.charter;
        let measures = &given.value.measures;
        let by = given.value.planned_finish.map(|planned| readings.days(planned));
        let limits = (
            charter.tolerance_cost.map(|tolerance| (measures.bac + tolerance).units()),
            charter.tolerance_days.zip(by).map(|(tolerance, by)| by + tolerance),
        );
        let day = readings.calendar(0).hours_per_day() * 3_600.0;
        let trials = given.simulation.as_ref().ok();
        let cost = measures.eac.ok();
        let p50 = |found: &Simulation| found.cost.as_ref().map(Spread::p50);
        let beyond = trials.map_or((0.0, 0.0), |found| {
            let dearer = cost.zip(p50(found)).map_or(0.0, |(cost, p50)| cost - p50);
            (dearer.max(0.0), (readings.days(finish) - found.finish.p50()).max(0.0))
        });
        Some(Self { given, cost, finish, trials, day, limits, broken, beyond, readings })
    }

    /// Whether what is to be expected of an option lies within the tolerances.
    fn is_within(&self, choice: &Choice) -> bool {
        let cost = choice.cost.zip(self.limits.0).is_none_or(|(cost, limit)| cost <= limit);
        let allowed = self.limits.1.map(|limit| end_of_day(last_day(self.moment(limit))));
        cost && choice.finish.zip(allowed).is_none_or(|(finish, allowed)| finish <= allowed)
    }

    /// The chance to stay within limits, every trial moved by cost and days and by what the forecast lies beyond.
    fn chance(&self, trials: &Simulation, by: (f64, f64), limits: (Option<f64>, Option<f64>)) -> Chance {
        chance(trials, (by.0 + self.beyond.0, by.1 + self.beyond.1), limits)
    }

    /// A moment so many working days after the forecast finish.
    fn later(&self, days: f64) -> Moment {
        if days == 0.0 { self.finish } else { self.moment(self.readings.days(self.finish) + days) }
    }

    fn moment(&self, days: f64) -> Moment {
        #[expect(clippy::cast_possible_truncation, reason = "saturating")]
        let seconds = (days * self.day).round() as i64;
        self.readings.finish(0, seconds)
    }

    /// The forecast becomes the baseline.
    fn accept(&self) -> Choice {
        self.rebased(Kind::Accept, self.cost, Some(self.finish))
    }

    /// What breaks of the baseline moves to P80: by the history of the forecasts as on page 1, by the simulation where
    /// that has none. What holds stays.
    fn moved(&self) -> Choice {
        let recommended = &self.given.value.recommended;
        let simulated = self.choice(Kind::Move, self.trials, (0.0, 0.0));
        let cost = recommended.eac_p80.or(simulated.cost_p80).filter(|_| self.broken.0);
        let finish = recommended.finish_p80.or(simulated.finish_p80).filter(|_| self.broken.1);
        self.rebased(Kind::Move, cost.or(self.cost), finish.or(Some(self.finish)))
    }

    /// A new baseline with what is promised by it.
    fn rebased(&self, kind: Kind, cost: Option<f64>, finish: Option<Moment>) -> Choice {
        let promised = (
            if self.broken.0 { cost } else { self.limits.0 },
            if self.broken.1 { finish.map(|finish| self.readings.days(finish)) } else { self.limits.1 },
        );
        Choice {
            cost,
            finish,
            chance: self.trials.map(|trials| self.chance(trials, (0.0, 0.0), promised)).unwrap_or_default(),
            ..self.choice(kind, self.trials, (0.0, 0.0))
        }
    }

    /// An option that moves every trial alike.
    fn shifted(&self, kind: Kind, by: (f64, f64)) -> Option<Choice> {
        Some(self.choice(kind, Some(self.trials?), by))
    }

    /// An option with another plan, and a change beside it.
    fn replanned(
        &self,
        network: &Network,
        kind: Kind,
        lever: &Lever,
        by: (f64, f64),
        rate: f64,
    ) -> Option<Choice> {
        let project: Project = lever.applied(self.given, network, rate);
        let changed = lever::replanned(self.given, &project).ok()?;
        let trials =
            simulation::simulate(&project, &self.given.simulated(&changed), &self.given.settings.simulation);
        Some(Choice {
            staffed: lever.staffed.clone(),
            left_out: lever.left_out.clone(),
            group: lever.group.clone(),
            ..self.choice(kind, Some(&trials.ok()?), by)
        })
    }

    /// What these trials, each moved by cost and days, say beside those of the plan as it stands.
    fn choice(&self, kind: Kind, trials: Option<&Simulation>, by: (f64, f64)) -> Choice {
        let moved = self.trials.zip(trials).map_or((0.0, 0.0), |(now, then)| {
            let cost = now.cost.as_ref().zip(then.cost.as_ref()).map_or(0.0, |(now, then)| apart(now, then));
            (cost, apart(&now.finish, &then.finish))
        });
        let (cost_change, days) = (moved.0 + by.0, moved.1 + by.1);
        Choice {
            kind,
            staffed: Vec::new(),
            left_out: Vec::new(),
            group: None,
            cost: self.cost.map(|cost| cost + cost_change),
            finish: Some(self.later(days)),
            cost_change,
            days,
            cost_p80: trials.and_then(|found| Some(found.cost.as_ref()?.p80() + by.0 + self.beyond.0)),
            finish_p80: trials.map(|found| self.moment(found.finish.p80() + by.1 + self.beyond.1)),
            chance: trials.map(|found| self.chance(found, by, self.limits)).unwrap_or_default(),
        }
    }
}

/// By how much P50 has moved; nothing where that is within the errors of the trials, because another plan draws
/// other luck.
fn apart(now: &Spread, then: &Spread) -> f64 {
    let moved = then.p50() - now.p50();
    if moved.abs() <= 2.0 * (now.p80_error + then.p80_error) { 0.0 } else { moved }
}

/// The shares of the trials, each moved by cost and days, that stay within a cost and a day.
fn chance(trials: &Simulation, by: (f64, f64), limits: (Option<f64>, Option<f64>)) -> Chance {
    /// Samples have seven digits.
    const NEAR: f64 = 1e-4;
    let cost_limit = limits.0.filter(|_| trials.cost.is_some());
    let cost = |limit: f64, (_, beyond): &(f32, f32)| {
        trials.base_cost + f64::from(*beyond) + by.0 <= limit * (1.0 + NEAR * NEAR)
    };
    let finish = |limit: f64, (days, _): &(f32, f32)| f64::from(*days) + by.1 <= limit + NEAR;
    let share = |holds: &dyn Fn(&(f32, f32)) -> bool| {
        let kept = u32::try_from(trials.outcomes.iter().filter(|outcome| holds(outcome)).count()).ok()?;
        let all = u32::try_from(trials.outcomes.len()).ok().filter(|all| *all > 0)?;
        Some(f64::from(kept) / f64::from(all))
    };
    let both = match (cost_limit, limits.1) {
        (None, None) => None,
        (limit, by) => share(&|outcome| {
            limit.is_none_or(|limit| cost(limit, outcome)) && by.is_none_or(|by| finish(by, outcome))
        }),
    };
    Chance {
        cost: cost_limit.and_then(|limit| share(&|outcome| cost(limit, outcome))),
        finish: limits.1.and_then(|limit| share(&|outcome| finish(limit, outcome))),
        both,
    }
}
