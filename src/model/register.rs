//! The logs that a team keeps: issues, changes, decisions, actions and lessons.

use chrono::NaiveDate;

use super::Origin;
use crate::quantity::Money;

/// How bad an issue or a defect is, the worst last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A blemish.
    Low,
    /// It hinders; there is a way round.
    Medium,
    /// It hinders much.
    High,
    /// Nothing goes on before it is settled.
    Critical,
}

impl Severity {
    /// Every severity, the worst first.
    pub const ALL: [Self; 4] = [Self::Critical, Self::High, Self::Medium, Self::Low];

    /// Its word, as the input column takes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Low => word!("low"),
            Self::Medium => word!("medium"),
            Self::High => word!("high"),
            Self::Critical => word!("critical"),
        }
    }
}

/// Where an issue, an action or a defect stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Nobody works on it yet.
    #[default]
    Open,
    /// Somebody does.
    InProgress,
    /// It waits.
    OnHold,
    /// It is settled.
    Closed,
    /// It needs no settling: withdrawn, a duplicate, no defect.
    Cancelled,
}

impl State {
    /// Whether nothing is left to do.
    #[must_use]
    pub const fn is_settled(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }

    /// Its word, as the input column takes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => word!("open"),
            Self::InProgress => word!("in progress"),
            Self::OnHold => word!("on hold"),
            Self::Closed => word!("closed"),
            Self::Cancelled => word!("cancelled"),
        }
    }
}

/// Whether an entry was open at the end of a day. What is settled without a date counts as settled all along:
/// nothing says since when.
pub(super) fn open_on(
    opened: Option<NaiveDate>,
    state: State,
    closed: Option<NaiveDate>,
    day: NaiveDate,
) -> bool {
    opened.is_none_or(|opened| opened <= day) && closed.map_or(!state.is_settled(), |closed| closed > day)
}

/// Something that has happened and stands in the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Issue {
    /// Unique in its project.
    pub id: String,
    /// What is in the way; the id where nothing was written.
    pub title: String,
    /// How bad; `None` when the log does not say.
    pub severity: Option<Severity>,
    /// Where it stands; [`State::Closed`] where only the date closed says so.
    pub state: State,
    /// Who answers for it.
    pub owner: Option<String>,
    /// When it was raised.
    pub opened: Option<NaiveDate>,
    /// The last day to settle it.
    pub due: Option<NaiveDate>,
    /// When it was settled.
    pub closed: Option<NaiveDate>,
    /// Indices of the tasks it stands in the way of; empty means the project as a whole.
    pub tasks: Vec<usize>,
    /// Where it comes from.
    pub category: Option<String>,
    /// What is done about it, in words.
    pub action: Option<String>,
    /// Where the row stands.
    pub origin: Origin,
}

impl Issue {
    /// Whether it was open at the end of a day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        open_on(self.opened, self.state, self.closed, day)
    }
}

/// What was decided on a change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ChangeState {
    /// Asked for; nothing decided.
    #[default]
    Raised,
    /// To be done.
    Approved,
    /// Not to be done.
    Rejected,
    /// To be decided later.
    Deferred,
    /// Approved and worked into the plan.
    Implemented,
}

impl ChangeState {
    /// Whether somebody said yes: approved or implemented.
    #[must_use]
    pub const fn is_approved(self) -> bool {
        matches!(self, Self::Approved | Self::Implemented)
    }

    /// Whether it still waits for a decision.
    #[must_use]
    pub const fn is_pending(self) -> bool {
        matches!(self, Self::Raised | Self::Deferred)
    }

    /// Its word, as the input column takes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Raised => word!("raised"),
            Self::Approved => word!("approved"),
            Self::Rejected => word!("rejected"),
            Self::Deferred => word!("deferred"),
            Self::Implemented => word!("implemented"),
        }
    }
}

/// A request to change scope, cost or dates.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// Unique in its project.
    pub id: String,
    /// What is to change; the id where nothing was written.
    pub title: String,
    /// What was decided; raised where the log says nothing.
    pub state: ChangeState,
    /// What it adds to the cost; negative where it saves, `None` where nobody has estimated it.
    pub impact_cost: Option<Money>,
    /// Working days it adds to the finish; negative where it saves time.
    pub impact_days: Option<f64>,
    /// What it adds to the scope or takes from it, in words.
    pub impact_scope: Option<String>,
    /// Why it is asked for.
    pub reason: Option<String>,
    /// Who asks for it.
    pub requester: Option<String>,
    /// When it was asked for.
    pub raised: Option<NaiveDate>,
    /// When it was decided on.
    pub decided: Option<NaiveDate>,
    /// Indices of the tasks it changes; empty means the project as a whole.
    pub tasks: Vec<usize>,
    /// Where the row stands.
    pub origin: Origin,
}

impl Change {
    /// Where it stood at the end of a day: nowhere before it was raised, and raised until it was decided on.
    #[must_use]
    pub fn state_on(&self, day: NaiveDate) -> Option<ChangeState> {
        if self.raised.is_some_and(|raised| raised > day) {
            return None;
        }
        Some(if self.decided.is_some_and(|decided| decided > day) { ChangeState::Raised } else { self.state })
    }
}

/// What somebody has to decide.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Decision {
    /// Unique in its project.
    pub id: String,
    /// What is to be decided; the id where nothing was written.
    pub title: String,
    /// Who decides.
    pub owner: Option<String>,
    /// The last day it is needed by.
    pub due: Option<NaiveDate>,
    /// When it was taken.
    pub decided: Option<NaiveDate>,
    /// What was decided.
    pub outcome: Option<String>,
    /// Indices of the tasks that wait for it.
    pub tasks: Vec<usize>,
    /// Where the row stands.
    pub origin: Origin,
}

impl Decision {
    /// Whether it was still to be taken at the end of a day; an outcome without a date is a decision taken.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        self.decided.map_or(self.outcome.is_none(), |decided| decided > day)
    }
}

/// What somebody has promised to do outside the plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Action {
    /// Unique in its project.
    pub id: String,
    /// What is to be done; the id where nothing was written.
    pub title: String,
    /// Who does it.
    pub owner: Option<String>,
    /// The last day it is promised for.
    pub due: Option<NaiveDate>,
    /// Where it stands; [`State::Closed`] where only the date closed says so.
    pub state: State,
    /// When it was done.
    pub closed: Option<NaiveDate>,
    /// Indices in `Project::risks` of those it answers.
    pub risks: Vec<usize>,
    /// Indices in `Project::issues` of those it settles.
    pub issues: Vec<usize>,
    /// Indices of the tasks it bears on.
    pub tasks: Vec<usize>,
    /// Where the row stands.
    pub origin: Origin,
}

impl Action {
    /// Whether it was still to be done at the end of a day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        open_on(None, self.state, self.closed, day)
    }
}

/// What others should know who do such a project next.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lesson {
    /// The lesson in a line.
    pub title: String,
    /// What it is about.
    pub category: Option<String>,
    /// What happened.
    pub what_happened: Option<String>,
    /// What to do next time.
    pub recommendation: Option<String>,
    /// Who learnt it.
    pub owner: Option<String>,
    /// When it was written down.
    pub date: Option<NaiveDate>,
    /// Where the row stands.
    pub origin: Origin,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_open_depends_on_the_day() {
        let day = |d| NaiveDate::from_ymd_opt(2026, 3, d).unwrap();
        let issue =
            Issue { opened: Some(day(2)), closed: Some(day(10)), state: State::Closed, ..Issue::default() };
        assert_eq!([1, 2, 9, 10].map(|d| issue.open_on(day(d))), [false, true, true, false]);
        let undated = Issue { closed: None, ..issue };
        assert!(!undated.open_on(day(9)), "closed, and nothing says since when");
        let decision = Decision { decided: Some(day(10)), ..Decision::default() };
        assert_eq!([9, 10].map(|d| decision.open_on(day(d))), [true, false]);
        let change = Change {
            state: ChangeState::Approved,
            raised: Some(day(2)),
            decided: Some(day(10)),
            ..Change::default()
        };
        let states = [1, 2, 9, 10].map(|d| change.state_on(day(d)));
        assert_eq!(
            states,
            [None, Some(ChangeState::Raised), Some(ChangeState::Raised), Some(ChangeState::Approved)]
        );
    }
}
