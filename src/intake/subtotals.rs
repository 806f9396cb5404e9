//! Sub-totals that ledgers print between their postings: amounts without a day, each the sum of the postings above it.

use std::collections::HashSet;

use crate::quantity::Money;

use super::{Datum, TableSpec};

/// What a posting says of itself and its sub-total does not. Without it, two postings of one amount, one of them without
/// its day, look the same.
const DESCRIBED_BY: &[&str] = &["category", "vendor", "document", "note"];

/// The sums of a ledger while it is read.
pub(super) struct Subtotals {
    date: usize,
    amount: usize,
    described_by: Vec<usize>,
    /// Whether postings are described at all.
    are_described: bool,
    sum: Money,
    /// What the sum was before each posting: a sub-total may begin at any of them.
    before: HashSet<Money>,
}

impl Subtotals {
    /// For a table of postings; `None` for others, where an amount without a day is a fault.
    pub(super) fn of(spec: &TableSpec) -> Option<Self> {
        let (date, amount) = (spec.column("date")?, spec.column("amount")?);
        let described_by = DESCRIBED_BY.iter().filter_map(|name| spec.column(name)).collect();
        (spec.name == "costs").then(|| Self {
            date,
            amount,
            described_by,
            are_described: false,
            sum: Money::ZERO,
            before: HashSet::new(),
        })
    }

    /// Adds a posting.
    pub(super) fn add(&mut self, cells: &[Option<Datum>]) {
        if let Some(Datum::Money(amount)) = cells.get(self.amount).and_then(Option::as_ref) {
            self.are_described |= self.is_described(cells);
            self.before.insert(self.sum);
            self.sum += *amount;
        }
    }

    /// Whether a row is the sum of the postings above it, back to some posting, and has no day of its own.
    pub(super) fn is_one(&self, cells: &[Option<Datum>]) -> bool {
        let Some(Datum::Money(amount)) = cells.get(self.amount).and_then(Option::as_ref) else {
            return false;
        };
        let has_day = cells.get(self.date).is_some_and(Option::is_some);
        self.are_described
            && !has_day
            && !self.is_described(cells)
            && self.before.contains(&(self.sum - *amount))
    }

    fn is_described(&self, cells: &[Option<Datum>]) -> bool {
        self.described_by.iter().any(|index| cells.get(*index).is_some_and(Option::is_some))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::costs;

    #[test]
    fn sums_of_the_postings_above_are_sub_totals() {
        let mut subtotals = Subtotals::of(&costs::TABLE).unwrap();
        let day = Datum::Moment(chrono::NaiveDateTime::default());
        let category = costs::TABLE.column("category").unwrap();
        let row = |amount: f64, has_day: bool| {
            let mut cells = vec![None; costs::TABLE.columns.len()];
            cells[0] = has_day.then(|| day.clone());
            cells[1] = Some(Datum::Money(Money::from_units(amount)));
            cells[category] = has_day.then(|| Datum::Text("Services".into()));
            cells
        };
        assert!(!subtotals.is_one(&row(100.0, false)), "nothing stands above it");
        for amount in [1_250.5, 6_000.0] {
            subtotals.add(&row(amount, true));
        }
        assert!(subtotals.is_one(&row(7_250.5, false)));
        assert!(!subtotals.is_one(&row(7_250.5, true)), "what has a day is a posting");
        for amount in [4_000.0, -500.0] {
            subtotals.add(&row(amount, true));
        }
        assert!(subtotals.is_one(&row(3_500.0, false)), "since the last one");
        assert!(subtotals.is_one(&row(10_750.5, false)), "of all");
        assert!(!subtotals.is_one(&row(3_499.0, false)));
        let mut without_its_day = row(-500.0, true);
        without_its_day[0] = None;
        assert!(!subtotals.is_one(&without_its_day), "a posting without its day is a fault");
    }
}
