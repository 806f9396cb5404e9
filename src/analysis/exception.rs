//! The exception: which tolerance is forecast to break, by what, and what could be done about it.
//!
//! Tolerances are compared with the recommended forecasts. The causes are contributions that add up to the breach
//! with a rest: of the cost those of [`super::bridge`], of the finish those of [`Slip`]. The options are the same project with a changed plan, sent through the same network and
//! simulation. Source: PRINCE2 7 (Axelos, 2023), management by exception and the exception report: cause,
//! consequence, options with their effect on the tolerances, recommendation.

mod lever;
mod option;
mod slip;
mod tolerance;

use crate::analysis::business_case::BusinessCase;
use crate::analysis::network::Network;
use crate::analysis::risk::RiskFindings;
use crate::analysis::simulation::{self, Simulation};
use crate::analysis::status::TimeAxis;
use crate::analysis::value::ProjectValue;
use crate::analysis::{Effort, Settings};
use crate::calendar::{Moment, last_day};
use crate::language::Phrase;
use crate::model::Project;

pub use option::{Chance, Choice, Kind, Options, Until};
pub use slip::{Part, Slip};
pub use tolerance::{Area, Tolerance};

/// What is said of a breach of tolerance.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exception {
    /// Every tolerance, in the order of [`Area`].
    pub tolerances: Vec<Tolerance>,
    /// What the slip of the finish is made of; `None` unless the time tolerance is forecast to break and there is a
    /// network.
    pub slip: Option<Slip>,
    /// What could be done; `None` unless a breach of cost or time is forecast and the settings ask for options.
    pub options: Option<Options>,
}

impl Exception {
    /// The tolerances that are forecast to break, in their order.
    pub fn breaches(&self) -> impl Iterator<Item = &Tolerance> {
        self.tolerances.iter().filter(|tolerance| tolerance.is_broken())
    }

    /// Whether this tolerance is forecast to break.
    #[must_use]
    pub fn breaks(&self, area: Area) -> bool {
        self.breaches().any(|tolerance| tolerance.area == area)
    }
}

/// What an exception is read from.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its value, with the expected dates raised to what the links admit.
    pub value: &'a ProjectValue,
    /// Its network, or why there is none.
    pub network: &'a Result<Network, Phrase>,
    /// Its simulation, or why there is none.
    pub simulation: &'a Result<Simulation, Phrase>,
    /// What it was simulated from.
    pub risk: &'a RiskFindings,
    /// Hours and their cost, for what an hour more would cost.
    pub effort: &'a Effort,
    /// What it is worth; `None` without cash flows.
    pub case: Option<&'a BusinessCase>,
    /// When.
    pub axis: &'a TimeAxis,
    /// Thresholds, network, simulation.
    pub settings: &'a Settings,
}

impl<'a> Given<'a> {
    /// Working days between the days a reader sees of two finishes.
    fn days(&self, from: Moment, to: Moment) -> Option<f64> {
        self.project.working_days(last_day(from), last_day(to))
    }

    /// What the simulation of the same project with another plan is given.
    fn simulated(&self, network: &'a Network) -> simulation::Given<'a> {
        simulation::Given::of(self.value, network, self.risk, self.axis.status.0)
    }
}

/// Compares the tolerances with the forecasts and, where one is forecast to break, says why and what could be done.
#[must_use]
pub fn exception(given: &Given<'_>) -> Exception {
    let mut found = Exception { tolerances: tolerance::tolerances(given), ..Exception::default() };
    // What is finished has an outcome and no exception.
    if given.value.actual_finish().is_some() {
        return found;
    }
    if found.breaks(Area::Time) {
        found.slip = slip::slip(given);
    }
    if given.settings.weigh_options && (found.breaks(Area::Cost) || found.breaks(Area::Time)) {
        found.options = option::options(given, (found.breaks(Area::Cost), found.breaks(Area::Time)));
    }
    found
}

#[cfg(test)]
mod tests;
