//! One option after the other over the same scene: the forecast, the limits, the trials as the plan stands.

use super::lever::{self, Lever};
use super::{Chance, Choice, Given, Kind};
use crate::analysis::network::Network;
use crate::analysis::network::readings::Readings;
use crate::analysis::simulation::{self, Simulation, Spread};
use crate::calendar::{Moment, end_of_day, last_day};
use crate::model::Project;

/// What every option is compared with: the forecast, the limits, the trials as the plan stands.
pub(super) struct Scene<'a> {
    given: &'a Given<'a>,
    /// The recommended forecasts.
    cost: Option<f64>,
    finish: Moment,
    pub(super) trials: Option<&'a Simulation>,
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
    pub(super) fn new(given: &'a Given<'a>, broken: (bool, bool)) -> Option<Self> {
        let finish = given.value.forecast_finish().ok()?;
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
        Some(Self { given, cost, finish, trials, readings, day, limits, broken, beyond })
    }

    /// Whether what is to be expected of an option lies within the tolerances.
    pub(super) fn is_within(&self, choice: &Choice) -> bool {
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
    pub(super) fn accept(&self) -> Choice {
        self.rebased(Kind::Accept, self.cost, Some(self.finish))
    }

    /// What breaks of the baseline moves to P80: by the history of the forecasts as on page 1, by the simulation where
    /// that has none. What holds stays.
    pub(super) fn moved(&self) -> Choice {
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
    pub(super) fn shifted(&self, kind: Kind, by: (f64, f64)) -> Option<Choice> {
        Some(self.choice(kind, Some(self.trials?), by))
    }

    /// An option with another plan, and a change beside it.
    pub(super) fn replanned(
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
