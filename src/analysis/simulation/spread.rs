//! How a duration or a cost varies: distributions over three points, and the points where there are none.

use serde::Deserialize;

use super::quantile::Tables;

/// What a three-point estimate stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Distribution {
    /// Beta with lambda 4: mean (O + 4M + P) / 6.
    #[default]
    Pert,
    /// Triangular: mean (O + M + P) / 3.
    Triangular,
    /// Even between the ends; the most likely value does not count.
    Uniform,
    /// Normal with the mean (O + 4M + P) / 6 and the standard deviation (P - O) / 6; nothing below 0.
    Normal,
    /// Lognormal with the same mean and standard deviation.
    Lognormal,
}

impl Distribution {
    /// The word in settings and JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pert => word!("pert"),
            Self::Triangular => word!("triangular"),
            Self::Uniform => word!("uniform"),
            Self::Normal => word!("normal"),
            Self::Lognormal => word!("lognormal"),
        }
    }

    /// The name for the reader.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pert => word!("PERT (beta)"),
            Self::Triangular => word!("triangular"),
            Self::Uniform => word!("uniform"),
            Self::Normal => word!("normal"),
            Self::Lognormal => word!("lognormal"),
        }
    }

    /// How a value varies between these points, which are not negative.
    pub(super) fn over(self, points: Points, tables: &mut Tables) -> Varies {
        let Points { low, likely, high } = points;
        if high <= low {
            return Varies::Fixed(rounded(likely));
        }
        let mode = ((likely - low) / (high - low)).clamp(0.0, 1.0);
        let (mean, spread) = ((low + 4.0 * likely + high) / 6.0, (high - low) / 6.0);
        let table =
            |table, low, width| Varies::Table { table, low: rounded(low), width: rounded(width), least: 0.0 };
        match self {
            Self::Pert => table(tables.pert(mode), low, high - low),
            Self::Triangular => {
                Varies::Triangular { low: rounded(low), width: rounded(high - low), mode: rounded(mode) }
            }
            Self::Uniform => Varies::Uniform { low: rounded(low), width: rounded(high - low) },
            Self::Normal => table(tables.normal(), mean, spread),
            Self::Lognormal => {
                let variance = (spread / mean).powi(2).ln_1p();
                table(tables.lognormal(variance.sqrt()), 0.0, mean / (variance / 2.0).exp())
            }
        }
    }
}

/// Low, likely and high of something that varies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Points {
    pub(super) low: f64,
    pub(super) likely: f64,
    pub(super) high: f64,
}

impl Points {
    /// Around a value, by shares of it.
    pub(super) fn around(likely: f64, [low, high]: [f64; 2]) -> Self {
        Self { low: likely * low, likely, high: likely * high }
    }

    /// All three times a factor.
    pub(super) fn times(self, factor: f64) -> Self {
        Self { low: self.low * factor, likely: self.likely * factor, high: self.high * factor }
    }
}

/// How a value is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Varies {
    /// Not at all.
    Fixed(f32),
    /// Evenly.
    Uniform { low: f32, width: f32 },
    /// Triangular, its mode at this share of the width.
    Triangular { low: f32, width: f32, mode: f32 },
    /// By a table of quantiles, scaled; never below `least`.
    Table { table: u32, low: f32, width: f32, least: f32 },
}

impl Varies {
    /// The impact of a risk: triangular between its points.
    pub(super) fn impact((low, likely, high): (f64, f64, f64)) -> Self {
        if high <= low {
            return Self::Fixed(rounded(likely));
        }
        let mode = ((likely - low) / (high - low)).clamp(0.0, 1.0);
        Self::Triangular { low: rounded(low), width: rounded(high - low), mode: rounded(mode) }
    }

    /// The same, this much lower.
    pub(super) fn less(self, value: f64) -> Self {
        let less = rounded(value);
        match self {
            Self::Fixed(value) => Self::Fixed(value - less),
            Self::Uniform { low, width } => Self::Uniform { low: low - less, width },
            Self::Triangular { low, width, mode } => Self::Triangular { low: low - less, width, mode },
            Self::Table { table, low, width, least } => {
                Self::Table { table, low: low - less, width, least: least - less }
            }
        }
    }
}

/// The default spreads of tasks without a three-point estimate, as shares of the most likely value, by the
/// confidence one has in the estimate.
///
/// The wide ends of the accuracy ranges of AACE International Recommended Practice 18R-97 (classes 2, 3 and 4).
/// They are meant for cost; lacking better, they serve for durations too, and the report says so.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Spreads {
    /// Well understood, done before.
    pub high: [f64; 2],
    /// The usual; what a task has that says nothing.
    pub medium: [f64; 2],
    /// New ground.
    pub low: [f64; 2],
}

impl Default for Spreads {
    fn default() -> Self {
        Self { high: [0.85, 1.20], medium: [0.80, 1.30], low: [0.70, 1.50] }
    }
}

impl Spreads {
    /// Whether each lies around the most likely value.
    #[must_use]
    pub fn hold(&self) -> bool {
        let holds = |[low, high]: &[f64; 2]| (0.0..=1.0).contains(low) && (1.0..=10.0).contains(high);
        [&self.high, &self.medium, &self.low].into_iter().all(holds)
    }
}

/// As a sample is kept.
#[expect(clippy::cast_possible_truncation, reason = "samples need no more than seven digits")]
pub(super) fn rounded(value: f64) -> f32 {
    value as f32
}
