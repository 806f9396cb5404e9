//! What people have promised to do and what they have to decide: open, overdue, by owner.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::analysis::change::{ChangeFindings, Standing};
use crate::analysis::status::TimeAxis;
use crate::model::Project;

/// Open actions and decisions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Commitments {
    /// Open actions, the earliest due first and those without a day last: indices into actions.
    pub actions: Vec<usize>,
    /// Open decisions, the same way: indices into decisions.
    pub decisions: Vec<usize>,
    /// Changes that wait for somebody's decision, the earliest raised first: indices into changes.
    pub changes: Vec<usize>,
    /// By owner, the most overdue first, then the most open, then by name; what nobody owns is under an
    /// empty name, last.
    pub owners: Vec<Owner>,
}

/// What waits for one person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Owner {
    /// As the logs write the name.
    pub name: String,
    /// Open actions.
    pub actions: u32,
    /// Open decisions.
    pub decisions: u32,
    /// How many of both are overdue.
    pub overdue: u32,
    /// The earliest day that something is due.
    pub next: Option<NaiveDate>,
}

/// Whether something due on a day is overdue at the end of another: the day itself is still in time.
#[must_use]
pub fn is_overdue(due: Option<NaiveDate>, day: NaiveDate) -> bool {
    due.is_some_and(|due| due < day)
}

/// Reads the actions and decisions of a project.
#[must_use]
pub fn commitments(project: &Project, changes: &ChangeFindings, axis: &TimeAxis) -> Commitments {
    let day = axis.status.day();
    let by_due = |mut open: Vec<usize>, due: &dyn Fn(usize) -> Option<NaiveDate>| {
        open.sort_by_key(|index| (due(*index).is_none(), due(*index), *index));
        open
    };
    let open = |count: usize, is_open: &dyn Fn(usize) -> bool| {
        (0..count).filter(|index| is_open(*index)).collect::<Vec<_>>()
    };
    let actions = open(project.actions.len(), &|index| project.actions[index].open_on(day));
    let decisions = open(project.decisions.len(), &|index| project.decisions[index].open_on(day));
    let actions = by_due(actions, &|index| project.actions[index].due);
    let decisions = by_due(decisions, &|index| project.decisions[index].due);
    let mut owners: BTreeMap<String, Owner> = BTreeMap::new();
    let mut note = |name: Option<&str>, due: Option<NaiveDate>, action: bool| {
        let name = name.unwrap_or_default().to_owned();
        let owner = owners.entry(name.clone()).or_insert_with(|| Owner { name, ..Owner::default() });
        owner.actions += u32::from(action);
        owner.decisions += u32::from(!action);
        owner.overdue += u32::from(is_overdue(due, day));
        owner.next = owner.next.into_iter().chain(due).min();
    };
    for action in actions.iter().map(|index| &project.actions[*index]) {
        note(action.owner.as_deref(), action.due, true);
    }
    for decision in decisions.iter().map(|index| &project.decisions[*index]) {
        note(decision.owner.as_deref(), decision.due, false);
    }
    let mut owners: Vec<Owner> = owners.into_values().collect();
    owners.sort_by(|a, b| {
        let open = |owner: &Owner| owner.actions + owner.decisions;
        let rank = |owner: &Owner| (owner.name.is_empty(), std::cmp::Reverse((owner.overdue, open(owner))));
        rank(a).cmp(&rank(b)).then_with(|| a.name.cmp(&b.name))
    });
    Commitments { actions, decisions, changes: changes.of(Standing::Waiting).collect(), owners }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{axis, day, project};
    use crate::calendar::PeriodKind;
    use crate::model::{Action, Decision, State};

    #[test]
    fn open_by_due_date_and_by_owner() {
        let action = |owner: &str, due: &str, state| Action {
            owner: (!owner.is_empty()).then(|| owner.to_owned()),
            due: (!due.is_empty()).then(|| day(due)),
            state,
            ..Action::default()
        };
        let (mut project, _) = project(Vec::new());
        project.actions = vec![
            action("Bo", "", State::Open),
            action("Ada", "2026-04-10", State::InProgress),
            action("Bo", "2026-03-31", State::Open),
            action("Ada", "2026-03-01", State::Closed),
            action("", "2026-03-30", State::OnHold),
        ];
        project.decisions = vec![
            Decision { owner: Some("Cy".into()), due: Some(day("2026-03-27")), ..Decision::default() },
            Decision { decided: Some(day("2026-04-02")), ..Decision::default() },
            Decision { outcome: Some("yes".into()), ..Decision::default() },
        ];
        let axis = axis("2026-03-31", PeriodKind::Month);
        let found = commitments(&project, &ChangeFindings::default(), &axis);
        assert_eq!(found.actions, [4, 2, 1, 0]);
        assert_eq!(found.decisions, [0, 1], "what is decided after the status date is open at it");
        let owners: Vec<_> = found.owners.iter().map(|o| (o.name.as_str(), o.actions, o.decisions)).collect();
        assert_eq!(owners, [("Cy", 0, 1), ("Bo", 2, 0), ("Ada", 1, 0), ("", 1, 1)]);
        // Due on the status date itself is in time.
        assert_eq!(found.owners.iter().map(|o| o.overdue).collect::<Vec<_>>(), [1, 0, 0, 1]);
        let all: u32 = found.owners.iter().map(|owner| owner.actions + owner.decisions).sum();
        assert_eq!(all as usize, found.actions.len() + found.decisions.len());
    }
}
