//! The register: threats and opportunities.

use chrono::NaiveDate;

use super::Origin;

/// How likely or how large, as a register says it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Magnitude {
    /// Low, likely and high in the unit of its column: a share, currency units or working days; a plain
    /// number is all three.
    Points(f64, f64, f64),
    /// A level of 1 (very low) to 5 (very high): worth what the scales of the settings say.
    Level(u8),
}

impl Magnitude {
    /// A plain number.
    #[must_use]
    pub const fn of(value: f64) -> Self {
        Self::Points(value, value, value)
    }

    /// Whether every number in it is one.
    #[must_use]
    pub fn is_finite(self) -> bool {
        match self {
            Self::Points(low, likely, high) => low.is_finite() && likely.is_finite() && high.is_finite(),
            Self::Level(_) => true,
        }
    }

    /// Whether it says a loss below nothing: a gain.
    #[must_use]
    pub fn is_negative(self) -> bool {
        matches!(self, Self::Points(low, _, high) if low + high < 0.0)
    }
}

/// Harm or good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskKind {
    /// It would cost or delay.
    #[default]
    Threat,
    /// It would save or hasten.
    Opportunity,
}

/// Whether a risk can still happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RiskStatus {
    /// It can.
    #[default]
    Open,
    /// It can no longer.
    Closed,
    /// It has happened and is an issue now.
    Occurred,
}

/// An uncertain event with what is done about it. Impacts of an opportunity are the size of the gain.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Risk {
    /// Unique in its project.
    pub id: String,
    /// What may happen.
    pub title: String,
    /// Threat or opportunity.
    pub kind: RiskKind,
    /// Where it comes from.
    pub category: Option<String>,
    /// How likely.
    pub probability: Option<Magnitude>,
    /// How large, 1 to 5, where neither cost nor days say.
    pub impact: Option<u8>,
    /// In currency units.
    pub impact_cost: Option<Magnitude>,
    /// In working days.
    pub impact_days: Option<Magnitude>,
    /// Indices of the tasks it would hit; empty means the project as a whole.
    pub tasks: Vec<usize>,
    /// What kind of thing is done about it.
    pub response: Option<&'static str>,
    /// What is done, in words.
    pub action: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Whether it can still happen.
    pub status: RiskStatus,
    /// When it was seen first.
    pub raised: Option<NaiveDate>,
    /// When it may happen, as written.
    pub proximity: Option<String>,
    /// The last day for the response to be in place.
    pub due: Option<NaiveDate>,
    /// How likely once the response is in place; `None` is as before.
    pub residual_probability: Option<Magnitude>,
    /// Its cost once the response is in place; `None` is as before.
    pub residual_impact_cost: Option<Magnitude>,
    /// Its delay once the response is in place; `None` is as before.
    pub residual_impact_days: Option<Magnitude>,
    /// Where the row stands.
    pub origin: Origin,
}

impl Risk {
    /// Whether anybody had seen it at the end of a day; one that says nothing of that was always known.
    #[must_use]
    pub fn known_on(&self, day: NaiveDate) -> bool {
        self.raised.is_none_or(|raised| raised <= day)
    }

    /// Whether it could still happen at the end of a day. A register does not say when a risk was closed, so one that
    /// is closed today counts as closed on every day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.status == RiskStatus::Open && self.known_on(day)
    }
}
