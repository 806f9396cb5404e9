//! What the five levels of a register are worth.

use serde::Deserialize;

use crate::model::Magnitude;

/// The worth of the levels 1 (very low) to 5 (very high), rising. The `[risk]` table of `earnest.toml`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Scales {
    /// Of probability, as shares.
    pub probability: [f64; 5],
    /// Of impact on cost: amounts, or shares of the budget where all are below 1.
    pub cost: [f64; 5],
    /// Of impact on the schedule, in working days.
    pub days: [f64; 5],
}

impl Default for Scales {
    /// Probabilities in the middle of fifths, impacts that double: what most registers mean by the words.
    fn default() -> Self {
        Self {
            probability: [0.1, 0.3, 0.5, 0.7, 0.9],
            cost: [0.01, 0.02, 0.04, 0.08, 0.16],
            days: [2.0, 5.0, 10.0, 20.0, 40.0],
        }
    }
}

impl Scales {
    /// With shares of the budget turned into amounts.
    #[must_use]
    pub fn of_project(&self, bac: f64) -> Self {
        let shares = self.cost.iter().all(|level| *level < 1.0);
        Self { cost: if shares { self.cost.map(|share| share * bac) } else { self.cost }, ..*self }
    }

    /// Whether every scale rises from something above nothing.
    #[must_use]
    pub fn rise(&self) -> bool {
        let rises = |scale: &[f64; 5]| {
            scale[0] > 0.0 && scale.windows(2).all(|pair| pair[0] < pair[1]) && scale[4].is_finite()
        };
        [&self.probability, &self.cost, &self.days].into_iter().all(rises) && self.probability[4] <= 1.0
    }
}

/// Low, likely and high; a level is worth its place on the scale.
pub(super) fn points(magnitude: Magnitude, scale: &[f64; 5]) -> (f64, f64, f64) {
    match magnitude {
        Magnitude::Points(low, likely, high) => (low, likely, high),
        Magnitude::Level(level) => {
            let worth = scale[usize::from(level.clamp(1, 5)) - 1];
            (worth, worth, worth)
        }
    }
}

/// The level whose worth is nearest; of two equally near, the higher.
pub(super) fn level(value: f64, scale: &[f64; 5]) -> u8 {
    let passed = scale.windows(2).filter(|pair| value >= pair[0].midpoint(pair[1])).count();
    u8::try_from(passed + 1).unwrap_or(5)
}
