//! What the project hands over, and how good it is.

use chrono::NaiveDate;

use super::Origin;
use super::register::{Severity, State, open_on};

/// Where a deliverable stands with those who accept it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Acceptance {
    /// Not handed over.
    #[default]
    Planned,
    /// Handed over, nothing said.
    Submitted,
    /// Accepted.
    Accepted,
    /// Sent back.
    Rejected,
}

impl Acceptance {
    /// Its word, as the input column takes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Planned => word!("planned"),
            Self::Submitted => word!("submitted"),
            Self::Accepted => word!("accepted"),
            Self::Rejected => word!("rejected"),
        }
    }
}

/// Something the project hands over.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Deliverable {
    /// Unique in its project.
    pub id: String,
    /// What it is.
    pub name: String,
    /// What it is accepted by.
    pub criterion: Option<String>,
    /// What the criterion asks for, as written.
    pub target: Option<String>,
    /// What was measured against it, as written.
    pub measured: Option<String>,
    /// Where it stands; by its dates where the status is not given.
    pub acceptance: Acceptance,
    /// The last day to hand it over.
    pub due: Option<NaiveDate>,
    /// When it was handed over.
    pub submitted: Option<NaiveDate>,
    /// When it was accepted.
    pub accepted: Option<NaiveDate>,
    /// Indices of the tasks that make it.
    pub tasks: Vec<usize>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Where the row stands.
    pub origin: Origin,
}

impl Deliverable {
    /// Where it stood at the end of a day. Its dates say more than its status where they lie later; whether it was sent
    /// back is known only for now.
    #[must_use]
    pub fn acceptance_on(&self, day: NaiveDate) -> Acceptance {
        let later = |on: Option<NaiveDate>| on.is_some_and(|on| on > day);
        match self.acceptance {
            Acceptance::Accepted if !later(self.accepted) => Acceptance::Accepted,
            Acceptance::Rejected if !later(self.submitted) => Acceptance::Rejected,
            Acceptance::Planned => Acceptance::Planned,
            _ if later(self.submitted) => Acceptance::Planned,
            // Accepted later: when it was handed over is known, or it was not before it was accepted.
            Acceptance::Accepted if self.submitted.is_none() => Acceptance::Planned,
            _ => Acceptance::Submitted,
        }
    }
}

/// Something found wrong with what the project makes.
#[derive(Clone, Debug, PartialEq)]
pub struct Defect {
    /// Unique in its project.
    pub id: String,
    /// What is wrong; the id where nothing was written.
    pub title: String,
    /// How bad; `None` when the tracker does not say.
    pub severity: Option<Severity>,
    /// When it was found.
    pub opened: NaiveDate,
    /// When it was repaired or dismissed.
    pub closed: Option<NaiveDate>,
    /// Where it stands; [`State::Closed`] where only the date closed says so.
    pub state: State,
    /// Index in `Project::deliverables` of the one it was found in.
    pub deliverable: Option<usize>,
    /// Who repairs it.
    pub owner: Option<String>,
    /// Where the row stands.
    pub origin: Origin,
}

impl Defect {
    /// Whether it was open at the end of a day.
    #[must_use]
    pub fn open_on(&self, day: NaiveDate) -> bool {
        open_on(Some(self.opened), self.state, self.closed, day)
    }

    /// Whether it is critical or high.
    #[must_use]
    pub fn is_severe(&self) -> bool {
        self.severity >= Some(Severity::High)
    }
}

/// How far testing had come at the end of a day; counts are those since the beginning, not of the day.
#[derive(Clone, Debug, PartialEq)]
pub struct TestCount {
    /// The day of the count.
    pub date: NaiveDate,
    /// What is tested, where several are counted apart; their counts of a day add up.
    pub suite: Option<String>,
    /// Tests to be executed in the end.
    pub planned: Option<u32>,
    /// Tests executed.
    pub executed: Option<u32>,
    /// Of those, passed.
    pub passed: Option<u32>,
    /// Of those, failed.
    pub failed: Option<u32>,
    /// Where the row stands.
    pub origin: Origin,
}

impl TestCount {
    /// Tests executed: passed and failed together where the row does not say.
    #[must_use]
    pub fn all_executed(&self) -> Option<u32> {
        self.executed.or_else(|| self.passed?.checked_add(self.failed?))
    }
}
