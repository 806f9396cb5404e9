//! Categories of cost, and the reserves apart from them: contingency and management reserve.

use crate::analysis::ledger::{BudgetKind, Ledger};
use crate::quantity::Money;

/// Cost of a category.
#[derive(Clone, Debug, PartialEq)]
pub struct Category {
    /// Its name; labour from timesheets is `Labour`.
    pub name: String,
    /// Budget over the whole project; `None` where the data has none.
    pub budget: Option<Money>,
    /// Actual cost to date.
    pub actual: Money,
    /// Committed and not yet posted.
    pub committed: Money,
}

/// Budget beside the baseline, and what was drawn from it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reserves {
    /// Budgeted for identified risks; `None` where the data has none.
    pub contingency: Option<Money>,
    /// Posted under contingency.
    pub contingency_drawn: Money,
    /// Budgeted for what nobody has thought of.
    pub management_reserve: Option<Money>,
    /// Posted under management reserve.
    pub management_reserve_drawn: Money,
    /// Money made available.
    pub funding: Option<Money>,
}

/// The reserves of a project by its budget lines, and what was drawn from them by its postings.
///
/// Drawn is what is posted under a category that is called after the reserve (`Contingency`,
/// `Management reserve`); ledgers that move budget instead of cost draw nothing here.
#[must_use]
pub fn reserves(ledger: &Ledger) -> Reserves {
    let budget = |kind: BudgetKind| -> Option<Money> {
        let lines = ledger.budget.iter().filter(|line| line.kind == kind);
        lines.map(|line| line.amount).reduce(|sum, amount| sum + amount)
    };
    let drawn = |word: &str| -> Money {
        let named = ledger.categories.iter().filter(|c| c.name.to_lowercase().contains(word));
        named.map(|category| category.actual).sum()
    };
    Reserves {
        contingency: budget(BudgetKind::Contingency),
        contingency_drawn: drawn("contingency"),
        management_reserve: budget(BudgetKind::ManagementReserve),
        management_reserve_drawn: drawn("management reserve"),
        funding: budget(BudgetKind::Funding),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::units;
    use crate::analysis::ledger::BudgetLine;

    #[test]
    fn reserves_are_summed_apart_from_the_baseline() {
        let line = |kind, amount| BudgetLine {
            task: None,
            account: None,
            start: None,
            finish: None,
            amount: units(amount),
            category: None,
            kind,
            source: 0,
            row: 2,
        };
        let posted = |name: &str, actual| Category {
            name: name.into(),
            budget: None,
            actual: units(actual),
            committed: Money::ZERO,
        };
        let ledger = Ledger {
            budget: vec![
                line(BudgetKind::Baseline, 900),
                line(BudgetKind::Contingency, 60),
                line(BudgetKind::Contingency, 40),
                line(BudgetKind::Funding, 1_200),
            ],
            categories: vec![posted("Contingency use", 30), posted("Licences", 500)],
            ..Ledger::default()
        };
        let reserves = reserves(&ledger);
        assert_eq!((reserves.contingency, reserves.contingency_drawn), (Some(units(100)), units(30)));
        assert_eq!((reserves.management_reserve, reserves.funding), (None, Some(units(1_200))));
    }
}
