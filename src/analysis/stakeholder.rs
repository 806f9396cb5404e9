//! Where stakeholders stand by influence and interest, and how each is engaged.
//!
//! Source: A. L. Mendelow, *Environmental scanning: the impact of the stakeholder concept*, Proceedings of the
//! 2nd International Conference on Information Systems, Cambridge (Mass.), 1981 (the power-dynamism grid); in
//! the form of power and interest with the four strategies: G. Johnson, K. Scholes, *Exploring Corporate
//! Strategy*, 1999, and PMI, *PMBOK Guide*, 2017, 13.1.

use crate::analysis::ledger::folded;
use crate::model::{Project, Stakeholder};

/// From this level on influence and interest are high: 4 is the level *high*, 3 is *medium*.
pub const HIGH: u8 = 4;

/// How somebody is engaged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Strategy {
    /// High influence, high interest.
    ManageClosely,
    /// High influence, lower interest.
    KeepSatisfied,
    /// Lower influence, high interest.
    KeepInformed,
    /// Neither.
    Monitor,
}

impl Strategy {
    /// Every strategy, the most pressing first.
    pub const ALL: [Self; 4] = [Self::ManageClosely, Self::KeepSatisfied, Self::KeepInformed, Self::Monitor];

    /// For the reader.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::ManageClosely => word!("manage closely"),
            Self::KeepSatisfied => word!("keep satisfied"),
            Self::KeepInformed => word!("keep informed"),
            Self::Monitor => word!("monitor"),
        }
    }

    /// What it asks for, in a sentence.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::ManageClosely => word!("involve them in decisions and speak with them often."),
            Self::KeepSatisfied => word!("meet what they need; do not burden them with detail."),
            Self::KeepInformed => word!("tell them regularly and listen: they see what others miss."),
            Self::Monitor => word!("watch whether their influence or interest grows."),
        }
    }

    /// By the levels 1 to 5 of influence and interest.
    #[must_use]
    pub const fn of(influence: u8, interest: u8) -> Self {
        match (influence >= HIGH, interest >= HIGH) {
            (true, true) => Self::ManageClosely,
            (true, false) => Self::KeepSatisfied,
            (false, true) => Self::KeepInformed,
            (false, false) => Self::Monitor,
        }
    }
}

/// Where the stakeholders of a project stand.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StakeholderFindings {
    /// The strategy of each, in the order of `Project::stakeholders`; `None` where influence or interest is
    /// not rated.
    pub strategies: Vec<Option<Strategy>>,
    /// Most pressing first: by strategy, influence, interest, then in the order of the source; the unrated
    /// last. Indices into stakeholders.
    pub ranked: Vec<usize>,
    /// Open actions and decisions that wait for each, by the name as the logs write it: indices into actions
    /// and into decisions, in the order they are due.
    pub owed: Vec<(Vec<usize>, Vec<usize>)>,
}

/// Reads the stakeholders; `actions` and `decisions` are the open ones in the order they are due.
#[must_use]
pub fn stakeholders(project: &Project, actions: &[usize], decisions: &[usize]) -> StakeholderFindings {
    let all = &project.stakeholders;
    let strategies: Vec<Option<Strategy>> = all
        .iter()
        .map(|stakeholder| Some(Strategy::of(stakeholder.influence?, stakeholder.interest?)))
        .collect();
    let mut ranked: Vec<usize> = (0..all.len()).collect();
    ranked.sort_by_key(|index| {
        let strategy = strategies[*index];
        let levels = std::cmp::Reverse((all[*index].influence, all[*index].interest));
        (strategy.is_none(), strategy, levels, *index)
    });
    let owed = all
        .iter()
        .map(|stakeholder| {
            let actions = actions.iter().copied();
            let decisions = decisions.iter().copied();
            (
                actions.filter(|index| is(stakeholder, project.actions[*index].owner.as_deref())).collect(),
                decisions
                    .filter(|index| is(stakeholder, project.decisions[*index].owner.as_deref()))
                    .collect(),
            )
        })
        .collect();
    StakeholderFindings { strategies, ranked, owed }
}

/// Whether an owner is this stakeholder.
fn is(stakeholder: &Stakeholder, owner: Option<&str>) -> bool {
    owner.is_some_and(|owner| folded(owner) == folded(&stakeholder.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Decision;

    #[test]
    fn the_four_quadrants() {
        use Strategy::{KeepInformed, KeepSatisfied, ManageClosely, Monitor};
        let corners = [(5, 5), (5, 1), (1, 5), (1, 1), (4, 4), (4, 3), (3, 4), (3, 3)];
        let strategies = corners.map(|(influence, interest)| Strategy::of(influence, interest));
        let twice = [ManageClosely, KeepSatisfied, KeepInformed, Monitor];
        assert_eq!(strategies, [twice, twice].concat().as_slice());
    }

    #[test]
    fn ranked_by_strategy_then_influence_and_joined_by_name() {
        let person = |name: &str, influence, interest| Stakeholder {
            name: name.into(),
            influence,
            interest,
            ..Stakeholder::default()
        };
        let project = Project {
            stakeholders: vec![
                person("unrated", Some(5), None),
                person("monitor", Some(2), Some(2)),
                person("closely", Some(4), Some(5)),
                person("Sponsor", Some(5), Some(5)),
            ],
            decisions: vec![
                Decision { owner: Some("sponsor ".into()), ..Decision::default() },
                Decision { owner: Some("somebody".into()), ..Decision::default() },
            ],
            ..Project::default()
        };
        let found = stakeholders(&project, &[], &[1, 0]);
        assert_eq!(found.ranked, [3, 2, 1, 0]);
        assert_eq!(found.owed[3], (vec![], vec![0]));
        assert_eq!(found.owed.iter().map(|(_, decisions)| decisions.len()).sum::<usize>(), 1);
    }
}
