//! The change log: what is in the baseline, what is approved and not in it, what waits for a decision, and how
//! the baseline came to be what it is today.
//!
//! Sources: PMI, *Practice Standard for Project Configuration Management*, 2007 (a baseline changes by approved
//! changes only); ANSI/EIA-748, guidelines 28 to 32 (changes are reconciled with the budget they start from).

mod reconciliation;

use chrono::NaiveDate;

use crate::analysis::status::TimeAxis;
use crate::analysis::value::ProjectValue;
use crate::calendar::last_day;
use crate::model::{Change, ChangeState, Project};
use crate::quantity::{Measured, Money, Reason};

pub use reconciliation::{First, Reconciled};

/// Where a change stands towards the baseline at the status date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Worked into the baseline.
    InBaseline,
    /// Approved, and the baseline does not hold it.
    Outside,
    /// Raised; nothing decided.
    Waiting,
    /// To be decided later.
    Deferred,
    /// Not to be done.
    Rejected,
}

impl Standing {
    /// Every standing, in the order they are told.
    pub const ALL: [Self; 5] =
        [Self::InBaseline, Self::Outside, Self::Waiting, Self::Deferred, Self::Rejected];

    /// For the reader.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::InBaseline => word!("in the baseline"),
            Self::Outside => word!("approved, not in the baseline"),
            Self::Waiting => word!("waiting for a decision"),
            Self::Deferred => word!("deferred"),
            Self::Rejected => word!("rejected"),
        }
    }

    /// Key in the JSON.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::InBaseline => "in_baseline",
            Self::Outside => "approved_not_in_baseline",
            Self::Waiting => "waiting",
            Self::Deferred => "deferred",
            Self::Rejected => "rejected",
        }
    }
}

/// What changes of one standing add up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Effect {
    /// How many.
    pub changes: u32,
    /// How many of them say nothing of cost.
    pub without_cost: u32,
    /// How many of them say nothing of days.
    pub without_days: u32,
    /// What they add to the cost, net.
    pub cost: Money,
    /// Working days they add to the finish, net.
    pub days: f64,
    /// What they move in money either way: additions and savings do not cancel out.
    pub volume: Money,
}

impl Effect {
    fn add(&mut self, change: &Change) {
        self.changes += 1;
        self.without_cost += u32::from(change.impact_cost.is_none());
        self.without_days += u32::from(change.impact_days.is_none());
        let cost = change.impact_cost.unwrap_or_default();
        self.cost += cost;
        self.volume += Money(cost.0.saturating_abs());
        self.days += change.impact_days.unwrap_or(0.0);
    }
}

/// What the change log amounts to.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeFindings {
    /// Where each change stands, in the order of `Project::changes`; `None` when it was raised after the
    /// status date.
    pub standings: Vec<Option<Standing>>,
    /// The changes in the order they are told: by standing, then by the day they were decided on or raised.
    pub order: Vec<usize>,
    /// What each standing adds up to, in the order of [`Standing::ALL`].
    pub effects: [Effect; 5],
    /// The budget from the first baseline to today.
    pub budget: Reconciled<Money, Money>,
    /// The finish from the first baseline to today, in working days; `None` when the baseline has no finish.
    pub finish: Option<Reconciled<NaiveDate, f64>>,
    /// EAC over today's BAC that no approved change explains, in currency units.
    pub unapproved_cost: Measured,
    /// Working days of the forecast finish after today's baseline finish that no approved change explains.
    pub unapproved_days: Measured,
}

impl Default for ChangeFindings {
    /// Of a project without a log and without a budget.
    fn default() -> Self {
        let nothing = Money::ZERO;
        Self {
            standings: Vec::new(),
            order: Vec::new(),
            effects: [Effect::default(); 5],
            budget: Reconciled {
                first: nothing,
                source: First::Derived,
                changes: nothing,
                drift: None,
                today: nothing,
            },
            finish: None,
            unapproved_cost: Err(Reason::NoData),
            unapproved_days: Err(Reason::NoData),
        }
    }
}

impl ChangeFindings {
    /// What the changes of a standing add up to.
    #[must_use]
    pub fn effect(&self, standing: Standing) -> Effect {
        self.effects[standing as usize]
    }

    /// The changes of a standing in the order they are told: indices into `Project::changes`.
    pub fn of(&self, standing: Standing) -> impl Iterator<Item = usize> {
        self.order.iter().copied().filter(move |index| self.standings[*index] == Some(standing))
    }
}

/// Reads the change log of a project; nothing of a change raised after the status date counts.
#[must_use]
pub fn changes(project: &Project, value: &ProjectValue, axis: &TimeAxis) -> ChangeFindings {
    let day = axis.status.day();
    let baselined = project.charter.baseline_date;
    let standings: Vec<Option<Standing>> =
        project.changes.iter().map(|change| standing(change, day, baselined)).collect();
    let mut effects = [Effect::default(); 5];
    for (change, standing) in project.changes.iter().zip(&standings) {
        if let Some(standing) = standing {
            effects[*standing as usize].add(change);
        }
    }
    let mut order: Vec<usize> = (0..standings.len()).filter(|index| standings[*index].is_some()).collect();
    order.sort_by_key(|index| {
        let change = &project.changes[*index];
        (standings[*index], change.decided.or(change.raised), *index)
    });
    let inside = effects[Standing::InBaseline as usize];
    let outside = effects[Standing::Outside as usize];
    let over = value.measures.eac.map(|eac| eac - value.measures.bac.units());
    ChangeFindings {
        budget: reconciliation::budget(project, value.measures.bac, inside.cost),
        finish: value
            .planned_finish
            .and_then(|finish| reconciliation::finish(project, last_day(finish), inside.days)),
        unapproved_cost: over.map(|over| over - outside.cost.units()),
        unapproved_days: late(project, value).map(|late| late - outside.days),
        standings,
        order,
        effects,
    }
}

/// Where a change stands. `Implemented` is the log's own word that the baseline holds it; of one that is
/// approved only the day of the baseline can tell, and without that day it is still to be worked in.
fn standing(change: &Change, day: NaiveDate, baselined: Option<NaiveDate>) -> Option<Standing> {
    Some(match change.state_on(day)? {
        ChangeState::Raised => Standing::Waiting,
        ChangeState::Deferred => Standing::Deferred,
        ChangeState::Rejected => Standing::Rejected,
        ChangeState::Implemented => Standing::InBaseline,
        ChangeState::Approved => match change.decided.zip(baselined) {
            Some((decided, baselined)) if decided <= baselined => Standing::InBaseline,
            _ => Standing::Outside,
        },
    })
}

/// Working days from the baseline finish to the recommended forecast.
fn late(project: &Project, value: &ProjectValue) -> Measured {
    let planned = value.planned_finish.ok_or(Reason::NoBaselineDates)?;
    let finish = value.forecast_finish()?;
    project.working_days(last_day(planned), last_day(finish)).ok_or(Reason::NoData)
}

#[cfg(test)]
mod tests;
