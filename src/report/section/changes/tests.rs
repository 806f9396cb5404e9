use super::*;
use crate::analysis::change::ChangeFindings;
use crate::diagnostic::Diagnostics;
use crate::model::{Change, ChangeState};
use crate::report::Settings;
use crate::report::example;

/// The harbour with three changes: one in the baseline, one approved and not in it, one that waits.
fn harbour(drift: Option<Money>) -> (crate::model::Portfolio, crate::analysis::Findings) {
    let (mut portfolio, mut findings, _) = example::all();
    let change = |id: &str, cost: i64| Change {
        id: id.to_owned(),
        title: format!("Change {id}"),
        state: ChangeState::Approved,
        impact_cost: Some(example::thousand(cost)),
        ..Change::default()
    };
    portfolio.projects[0].changes = vec![change("C1", 15), change("C2", -5), change("C3", 8)];
    let mut found = ChangeFindings {
        standings: vec![Some(Standing::InBaseline), Some(Standing::Outside), Some(Standing::Waiting)],
        order: vec![0, 1, 2],
        ..ChangeFindings::default()
    };
    for (standing, cost) in [(Standing::InBaseline, 15), (Standing::Outside, -5), (Standing::Waiting, 8)] {
        found.effects[standing as usize] =
            Effect { changes: 1, cost: example::thousand(cost), ..Effect::default() };
    }
    found.budget.today = example::thousand(115);
    found.budget.changes = example::thousand(15);
    found.budget.first = found.budget.today - found.budget.changes - drift.unwrap_or_default();
    found.budget.source = if drift.is_some() { First::Stated } else { First::Derived };
    found.budget.drift = drift;
    found.unapproved_cost = Ok(28_000.0);
    findings.projects[0].changes = found;
    (portfolio, findings)
}

fn with<T>(drift: Option<Money>, look: impl Fn(&Subject<'_>) -> T) -> T {
    let (portfolio, findings) = harbour(drift);
    let (problems, settings) = (Diagnostics::default(), Settings::default());
    look(&Subject::new(&portfolio, &portfolio.projects[0], &findings.projects[0], &problems, &settings))
}

#[test]
fn the_waterfall_ties_out_with_and_without_a_drift() {
    for drift in [None, Some(Money::ZERO), Some(example::thousand(7)), Some(example::thousand(-4))] {
        let steps = with(drift, steps);
        let waterfall = Waterfall { kind: Kind::Money, unit: String::new(), steps };
        assert!(waterfall.ties_out(), "{waterfall:?}");
        let levels = waterfall.steps.iter().filter(|step| step.part == Part::Level);
        let levels: Vec<i64> =
            levels.map(|step| Money::from_units(step.amount).0 / Money::SCALE / 1_000).collect();
        let first = 100 - drift.map_or(0, |drift| drift.0 / Money::SCALE / 1_000);
        assert_eq!(levels, [first, 115, 110, 118]);
    }
}

#[test]
fn what_is_not_known_is_said() {
    let derived = with(None, reconciled);
    assert!(derived.contains("the first baseline is not in the data"), "{derived}");
    let stated = with(Some(example::thousand(7)), reconciled);
    assert!(
        stated.starts_with(
            "The budget went from EUR\u{a0}93,000 in the first baseline to EUR\u{a0}115,000 today: 1 change in it \
             makes EUR\u{a0}15,000, EUR\u{a0}7,000 are explained by no approved change."
        ),
        "{stated}"
    );
    let beyond = with(None, beyond).unwrap();
    assert_eq!(
        beyond,
        "By the recommended forecasts the cost is EUR\u{a0}28,000 over what is approved (the baseline and the change \
         that is not in it yet)."
    );
}
