//! What could be done about a breach, each with what it does to cost, finish and the chance to keep them.
//!
//! Expected cost and finish are the recommended forecasts moved by what an option moves P50 of the simulation, so
//! that accepting changes nothing. Chances are shares of its trials. The simulation knows the estimates and the
//! register and nothing else: where the recommended forecast lies beyond its P50, every trial is moved by the
//! difference; where it lies before, the trials stay as they are, so that a chance is never too good.

mod scene;

use chrono::NaiveDate;

use super::Given;
use super::lever::{self, Lever};
use crate::analysis::network::activities::State;
use crate::calendar::Moment;
use crate::model::ChangeState;
use crate::quantity::Money;

use scene::Scene;

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
