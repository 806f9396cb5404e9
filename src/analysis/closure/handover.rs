//! What is handed over open: to those who run what was built, or to the next stage.

use chrono::NaiveDate;

use crate::language::Phrase;
use crate::model::{Acceptance, Change, ChangeState, Deliverable, Project, Severity};

/// What kind of thing is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Not accepted by those who are to have it.
    Deliverable,
    /// Something wrong with what was made.
    Defect,
    /// Something in the way.
    Issue,
    /// Something promised.
    Action,
    /// Something to be decided.
    Decision,
    /// A change that waits or was put off.
    Change,
    /// Something that may still happen.
    Risk,
}

impl Kind {
    /// Every kind, in the order they are told.
    pub const ALL: [Self; 7] = [
        Self::Deliverable,
        Self::Defect,
        Self::Issue,
        Self::Action,
        Self::Decision,
        Self::Change,
        Self::Risk,
    ];

    /// For the reader, and the key in the JSON.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Deliverable => word!("deliverable"),
            Self::Defect => word!("defect"),
            Self::Issue => word!("issue"),
            Self::Action => word!("action"),
            Self::Decision => word!("decision"),
            Self::Change => word!("change"),
            Self::Risk => word!("risk"),
        }
    }
}

/// One open point.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenPoint {
    /// What kind.
    pub kind: Kind,
    /// Its id in its register.
    pub id: String,
    /// What it is.
    pub title: String,
    /// How bad, where its register says.
    pub severity: Option<Severity>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Since when.
    pub since: Option<NaiveDate>,
    /// The last day to settle it.
    pub due: Option<NaiveDate>,
    /// Where it stands or what is done about it, as written.
    pub note: Option<Phrase>,
}

/// Everything that is open at the end of a day. Deliverables count once they are due, those of a finished project all.
#[must_use]
pub fn open_points(project: &Project, day: NaiveDate, finished: bool) -> Vec<OpenPoint> {
    let mut open: Vec<OpenPoint> = Vec::new();
    let due = |deliverable: &&Deliverable| finished || deliverable.due.is_some_and(|due| due <= day);
    let deliverables = project.deliverables.iter().filter(|d| !is_accepted(d, day)).filter(due);
    open.extend(deliverables.map(|deliverable| OpenPoint {
        severity: None,
        since: deliverable.submitted,
        due: deliverable.due,
        note: Some(deliverable.acceptance.word().into()),
        ..point(Kind::Deliverable, &deliverable.id, &deliverable.name, deliverable.owner.as_ref())
    }));
    open.extend(project.defects.iter().filter(|defect| defect.open_on(day)).map(|defect| OpenPoint {
        severity: defect.severity,
        since: Some(defect.opened),
        note: Some(defect.state.word().into()),
        ..point(Kind::Defect, &defect.id, &defect.title, defect.owner.as_ref())
    }));
    open.extend(project.issues.iter().filter(|issue| issue.open_on(day)).map(|issue| OpenPoint {
        severity: issue.severity,
        since: issue.opened,
        due: issue.due,
        note: issue.action.clone().map(Phrase::said),
        ..point(Kind::Issue, &issue.id, &issue.title, issue.owner.as_ref())
    }));
    open.extend(project.actions.iter().filter(|action| action.open_on(day)).map(|action| OpenPoint {
        due: action.due,
        note: Some(action.state.word().into()),
        ..point(Kind::Action, &action.id, &action.title, action.owner.as_ref())
    }));
    open.extend(project.decisions.iter().filter(|decision| decision.open_on(day)).map(|decision| {
        OpenPoint {
            due: decision.due,
            ..point(Kind::Decision, &decision.id, &decision.title, decision.owner.as_ref())
        }
    }));
    open.extend(project.changes.iter().filter(|change| waits(change, day)).map(|change| OpenPoint {
        since: change.raised,
        note: change.impact_scope.clone().or_else(|| change.reason.clone()).map(Phrase::said),
        ..point(Kind::Change, &change.id, &change.title, change.requester.as_ref())
    }));
    open.extend(project.risks.iter().filter(|risk| risk.open_on(day)).map(|risk| OpenPoint {
        since: risk.raised,
        due: risk.due,
        note: risk.action.clone().map(Phrase::said),
        ..point(Kind::Risk, &risk.id, &risk.title, risk.owner.as_ref())
    }));
    // The gravest first, then the most urgent; stable, so that the rest keeps the order of its register.
    open.sort_by_key(|point| (point.kind, std::cmp::Reverse(point.severity), point.due.is_none(), point.due));
    open
}

fn point(kind: Kind, id: &str, title: &str, owner: Option<&String>) -> OpenPoint {
    OpenPoint {
        kind,
        id: id.to_owned(),
        title: title.to_owned(),
        severity: None,
        owner: owner.cloned(),
        since: None,
        due: None,
        note: None,
    }
}

/// Whether a deliverable was accepted by the end of a day.
#[must_use]
pub fn is_accepted(deliverable: &Deliverable, day: NaiveDate) -> bool {
    deliverable.acceptance_on(day) == Acceptance::Accepted
}

/// Whether a change was raised by then and neither approved nor rejected.
fn waits(change: &Change, day: NaiveDate) -> bool {
    change.state_on(day).is_some_and(ChangeState::is_pending)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::day;
    use crate::model::{Action, ChangeState, Decision, Issue, State};

    #[test]
    fn what_is_open_on_the_day_is_handed_over_the_gravest_first() {
        let issue = |id: &str, severity, closed| Issue {
            id: id.into(),
            title: id.into(),
            severity: Some(severity),
            opened: Some(day("2026-03-02")),
            closed,
            ..Issue::default()
        };
        let change = |id: &str, state, decided| Change {
            id: id.into(),
            state,
            raised: Some(day("2026-03-02")),
            decided,
            ..Change::default()
        };
        let deliverable = |id: &str, due: &str| Deliverable {
            id: id.into(),
            due: Some(day(due)),
            acceptance: Acceptance::Submitted,
            ..Deliverable::default()
        };
        let project = Project {
            issues: vec![
                issue("I1", Severity::Low, None),
                issue("I2", Severity::High, None),
                issue("I3", Severity::High, Some(day("2026-03-31"))),
                issue("I4", Severity::Medium, Some(day("2026-04-01"))),
            ],
            actions: vec![
                Action { id: "A1".into(), state: State::Cancelled, ..Action::default() },
                Action { id: "A2".into(), ..Action::default() },
                Action { id: "A3".into(), due: Some(day("2026-04-10")), ..Action::default() },
            ],
            decisions: vec![Decision { id: "D1".into(), outcome: Some("yes".into()), ..Decision::default() }],
            changes: vec![
                change("C1", ChangeState::Deferred, Some(day("2026-03-05"))),
                change("C2", ChangeState::Approved, Some(day("2026-04-02"))),
                change("C3", ChangeState::Rejected, Some(day("2026-03-05"))),
            ],
            deliverables: vec![deliverable("P1", "2026-03-20"), deliverable("P2", "2026-05-20")],
            ..Project::default()
        };
        let ids = |finished| {
            let open = open_points(&project, day("2026-03-31"), finished);
            open.into_iter().map(|point| point.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(false), ["P1", "I2", "I4", "I1", "A3", "A2", "C1", "C2"]);
        assert_eq!(ids(true)[..2], ["P1", "P2"]);
    }
}
