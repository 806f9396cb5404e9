//! What the project hands over and how good it is: acceptance, defects, tests, rework.
//!
//! Everything speaks of the end of the status date: what is dated later has not happened.

mod acceptance;
mod defects;
mod rework;
mod testing;

use serde::Deserialize;

use crate::analysis::TaskValue;
use crate::analysis::ledger::Ledger;
use crate::analysis::status::TimeAxis;
use crate::model::Project;

pub use acceptance::{Accepted, Stand};
pub use defects::{Clearing, Counts, DefectFindings, DefectWeek, Flow, Trend};
pub(in crate::analysis) use rework::is_rework;
pub use rework::{REWORK_RULE, Rework};
pub use testing::{TestPoint, pass_rate};

/// How quality is judged. The `[quality]` table of `earnest.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// The last weeks that arrivals and closures of defects are counted over.
    pub weeks: u32,
    /// A pass rate below this is amber.
    pub pass_amber: f64,
    /// A pass rate below this is red.
    pub pass_red: f64,
}

impl Default for Settings {
    /// Six weeks: long enough to even out a test phase's days, short enough to speak of now.
    fn default() -> Self {
        Self { weeks: 6, pass_amber: 0.95, pass_red: 0.80 }
    }
}

impl Settings {
    /// Whether the settings mean something.
    ///
    /// # Errors
    /// A sentence that says what was expected.
    pub fn check(&self) -> Result<(), String> {
        if !(1..=52).contains(&self.weeks) {
            return Err(format!("quality: weeks {} must lie between 1 and 52", self.weeks));
        }
        if !(0.0 <= self.pass_red && self.pass_red <= self.pass_amber && self.pass_amber <= 1.0) {
            return Err(format!(
                "quality: pass_red {} and pass_amber {} are shares from 0 to 1, red not above amber",
                self.pass_red, self.pass_amber
            ));
        }
        Ok(())
    }
}

/// What is known of a project's quality.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QualityFindings {
    /// Each deliverable, in the order of `Project::deliverables`.
    pub deliverables: Vec<Accepted>,
    /// The defects found; `None` where the data has none up to the status date.
    pub defects: Option<DefectFindings>,
    /// The counts of tests by day, all suites together, up to the status date.
    pub tests: Vec<TestPoint>,
    /// What doing things again took.
    pub rework: Rework,
}

impl QualityFindings {
    /// Whether the data says anything of quality.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.deliverables.is_empty() && self.defects.is_none() && self.tests.is_empty()
    }
}

/// Looks at a project's deliverables, defects, tests and rework.
#[must_use]
pub fn quality(
    project: &Project,
    values: &[TaskValue],
    ledger: &Ledger,
    axis: &TimeAxis,
    settings: &Settings,
) -> QualityFindings {
    let today = axis.status.day();
    QualityFindings {
        deliverables: acceptance::deliverables(project, values, today),
        defects: defects::defects(&project.defects, today, settings.weeks),
        tests: testing::points(&project.tests, today),
        rework: rework::rework(project, values, ledger),
    }
}

#[cfg(test)]
mod tests;
