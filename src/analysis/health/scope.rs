//! Scope: how much change the baseline does not hold, and how much of it nobody has approved.

use crate::analysis::Thresholds;
use crate::analysis::change::{ChangeFindings, Standing};
use crate::language::Part;
use crate::model::Project;
use crate::quantity::{Health, Money};

use super::{Fired, NOISE};

/// What the rules of scope say; nothing for a project without a change log or without a budget. Additions and
/// savings do not cancel out.
pub(super) fn rules(
    project: &Project,
    changes: &ChangeFindings,
    bac: Money,
    thresholds: &Thresholds,
) -> Vec<Fired> {
    if project.changes.is_empty() || bac <= Money::ZERO {
        return Vec::new();
    }
    let drift = drift(changes, bac, thresholds);
    [volume(changes, bac, thresholds)].into_iter().chain(drift).collect()
}

/// Changes that are not in the baseline and may still come into it.
fn volume(changes: &ChangeFindings, bac: Money, thresholds: &Thresholds) -> Fired {
    let parts = [Standing::Outside, Standing::Waiting].map(|standing| changes.effect(standing));
    let count: u32 = parts.iter().map(|part| part.changes).sum();
    if count == 0 {
        return Fired {
            rating: Health::Green,
            says: phrase!("no change waits or is missing in the baseline"),
        };
    }
    let moved: Money = parts.iter().map(|part| part.volume).sum();
    let share = moved.units() / bac.units();
    let rating = match share {
        share if share > thresholds.change_red => Health::Red,
        share if share > thresholds.change_amber => Health::Amber,
        _ => Health::Green,
    };
    let says = phrase!(
        "{n} {n|change|changes} not in the baseline {n|moves|move} {amount} ({share} of BAC)",
        n = count,
        amount = moved,
        share = Part::share(share)
    );
    Fired { rating, says }
}

/// What of the budget no change explains; nothing where the first baseline is derived or all is explained.
fn drift(changes: &ChangeFindings, bac: Money, thresholds: &Thresholds) -> Option<Fired> {
    let drift = changes.budget.drift?;
    let share = drift.units().abs() / bac.units();
    let rating = match share {
        share if share > thresholds.over_red => Health::Red,
        share if share >= NOISE => Health::Amber,
        _ => return None,
    };
    let amount = Money(drift.0.saturating_abs());
    let says = if drift < Money::ZERO {
        phrase!("BAC is {amount} less than the first baseline with its changes", amount)
    } else {
        phrase!("BAC is {amount} more than the first baseline with its changes", amount)
    };
    Some(Fired { rating, says })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::change::Effect;
    use crate::analysis::example::units;
    use crate::model::Change;

    fn fired(waiting: i64, outside: i64, drift: Option<i64>) -> Vec<(Health, String)> {
        let project = Project { changes: vec![Change::default()], ..Project::default() };
        let mut changes = ChangeFindings::default();
        let effect = |volume: i64| Effect {
            changes: u32::from(volume != 0),
            volume: units(volume),
            ..Effect::default()
        };
        changes.effects[Standing::Waiting as usize] = effect(waiting);
        changes.effects[Standing::Outside as usize] = effect(outside);
        changes.budget.drift = drift.map(units);
        let fired = rules(&project, &changes, units(1_000), &Thresholds::default());
        fired.into_iter().map(|fired| (fired.rating, fired.says.to_string())).collect()
    }

    #[test]
    fn the_rules_name_their_value() {
        assert_eq!(fired(0, 0, None)[0].0, Health::Green);
        // Thresholds are passed above, not at.
        assert_eq!(fired(30, 20, None)[0].0, Health::Green);
        let amber = "2 changes not in the baseline move 51 (5% of BAC)".to_owned();
        assert_eq!(fired(31, 20, Some(5)), [(Health::Amber, amber)]);
        assert_eq!(fired(100, 1, None)[0].0, Health::Red);
        let drifted = "BAC is 20 less than the first baseline with its changes".to_owned();
        assert_eq!(fired(0, 0, Some(-20))[1], (Health::Amber, drifted));
        assert_eq!(fired(0, 0, Some(101))[1].0, Health::Red);
    }

    #[test]
    fn without_a_change_log_there_is_nothing_to_rate() {
        let nothing = ChangeFindings::default();
        assert!(rules(&Project::default(), &nothing, units(1), &Thresholds::default()).is_empty());
    }
}
