//! Two views of how far the project may be off, and how far they are apart.
//!
//! The history of the recommended method holds whatever befell past projects, foreseen or not, and nothing of this
//! one. The simulation holds the estimates and the open risks of this one, and nothing that is in neither. Where the
//! first range is the narrower one, this project is less certain than usual; where the second is, its estimates and
//! its register may leave out what delays projects.

use crate::analysis::Recommended;
use crate::analysis::simulation::Simulation;
use crate::calendar::{Moment, WorkCalendar};
use crate::quantity::{Money, Reason, ratio};

/// How far the simulated P80 lies from that of the recommended forecasts; `None` where one of them is missing or
/// nothing is left.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Agreement {
    /// In currency units.
    pub cost: Option<Apart>,
    /// In working days.
    pub finish: Option<Apart>,
}

/// The distance of two P80s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Apart {
    /// The simulated one less that of the recommended forecast.
    pub by: f64,
    /// The same as a share of what is left to spend or to wait until the P80 of the recommended forecast.
    pub share: f64,
}

impl Apart {
    fn new(by: f64, left: f64) -> Option<Self> {
        let share = ratio(by, left, Reason::NothingRemains).ok()?;
        (left > 0.0).then_some(Self { by, share })
    }

    /// Whether the distance is more than a share of what is left.
    #[must_use]
    pub fn beyond(self, threshold: f64) -> bool {
        self.share.abs() > threshold
    }
}

impl Agreement {
    /// Compares the P80s of a project in which `spent` is spent at the moment of the second pair.
    #[must_use]
    pub fn of(
        recommended: &Recommended,
        simulation: Option<&Simulation>,
        spent: Result<Money, Reason>,
        (calendar, now): (Option<&WorkCalendar>, Moment),
    ) -> Self {
        let Some(simulated) = simulation else { return Self::default() };
        let cost = recommended
            .eac_p80
            .zip(simulated.cost.as_ref())
            .zip(spent.ok())
            .and_then(|((p80, cost), spent)| Apart::new(cost.p80() - p80, p80 - spent.units()));
        let calendar = calendar.filter(|calendar| calendar.has_work());
        let finish = recommended.finish_p80.zip(calendar).and_then(|(p80, calendar)| {
            Apart::new(calendar.days_between(p80, simulated.dates[2]), calendar.days_between(now, p80))
        });
        Self { cost, finish }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_shares_of_what_is_left() {
        // 5 of 50 days: a tenth, which is not more than a tenth.
        let five = Apart::new(-5.0, 50.0).unwrap();
        assert!((five.share + 0.1).abs() < 1e-12);
        assert!(!five.beyond(0.1) && five.beyond(0.09));
        assert_eq!(Apart::new(5.0, 0.0), None);
        assert_eq!(Apart::new(5.0, -1.0), None);
    }

    #[test]
    fn without_trials_there_is_nothing_to_compare() {
        let usual = WorkCalendar::default();
        let recommended = crate::analysis::example::value(&[]).recommended;
        let now = crate::calendar::start_of_day(crate::analysis::example::day("2026-03-31"));
        let found = Agreement::of(&recommended, None, Ok(Money::ZERO), (Some(&usual), now));
        assert_eq!(found, Agreement::default());
    }
}
