//! From the budget to the estimate at completion, cause by cause; and on to what else may come.
//!
//! What is over the budget has two parts: what the work done cost over its budget (AC - EV, task by task), and
//! what the rest is expected to cost over its own ((EAC - AC) - (BAC - EV)). They add up to EAC - BAC whatever
//! the method of the estimate. Changes that wait and the exposure to open risks are not in an estimate by
//! indices: they stand after it.

use crate::analysis::TaskValue;
use crate::analysis::change::{ChangeFindings, Standing};
use crate::analysis::rollup::Tree;
use crate::analysis::standing::counts;
use crate::analysis::value::ProjectValue;
use crate::model::Project;
use crate::quantity::{Money, Reason};

/// A cause of the difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A task over its budget: index into tasks.
    Task(usize),
    /// The other tasks that cost more than their work was budgeted at.
    OtherOver,
    /// The tasks that cost less.
    Under,
    /// Cost that belongs to no task of the lowest level.
    BesideTasks,
    /// What the work that remains is expected to cost over its budget.
    Rest,
}

/// From BAC to EAC and on, in currency units.
#[derive(Clone, Debug, PartialEq)]
pub struct Bridge {
    /// The budget.
    pub bac: f64,
    /// What leads from it to `eac`, the largest tasks first; nothing that is zero.
    pub causes: Vec<(Cause, f64)>,
    /// The estimate.
    pub eac: f64,
    /// Net cost of the changes that wait for a decision.
    pub waiting: f64,
    /// Net residual exposure to the open risks.
    pub exposure: f64,
}

impl Bridge {
    /// The estimate with what waits and what may happen.
    #[must_use]
    pub fn all_in(&self) -> f64 {
        self.eac + self.waiting + self.exposure
    }
}

/// The way from BAC to EAC; at most `most` tasks over their budget by name, the largest first.
///
/// # Errors
/// When there is no budget, no cost or no estimate to compare.
pub fn bridge(
    project: &Project,
    value: &ProjectValue,
    changes: &ChangeFindings,
    exposure: Money,
    most: usize,
) -> Result<Bridge, Reason> {
    let measures = &value.measures;
    if measures.bac <= Money::ZERO {
        return Err(Reason::NoBaseline);
    }
    // An estimate that rests on no cost is the budget itself.
    let ac = measures.spent()?;
    let eac = measures.eac?;
    let over = |task: usize| value.tasks.get(task).map_or(Money::ZERO, overrun);
    let tree = Tree::new(&project.tasks);
    let leaves: Vec<usize> = (0..project.tasks.len().min(value.tasks.len()))
        .filter(|task| counts(project, &tree, *task))
        .collect();
    let mut named: Vec<usize> = leaves.iter().copied().filter(|task| over(*task) > Money::ZERO).collect();
    named.sort_by_key(|task| (std::cmp::Reverse(over(*task)), *task));
    let other: Money = named.iter().skip(most).map(|task| over(*task)).sum();
    named.truncate(most);
    let under: Money = leaves.iter().map(|task| over(*task).min(Money::ZERO)).sum();
    let to_date = ac - measures.ev;
    let by_name: Money = named.iter().map(|task| over(*task)).sum();
    let rest = rest(ac, measures.ev, measures.bac, eac);
    let others = [
        (Cause::OtherOver, other.units()),
        (Cause::Under, under.units()),
        (Cause::BesideTasks, (to_date - by_name - other - under).units()),
        (Cause::Rest, rest),
    ];
    let causes = named.iter().map(|task| (Cause::Task(*task), over(*task).units())).chain(others);
    Ok(Bridge {
        bac: measures.bac.units(),
        causes: causes.filter(|(_, amount)| *amount != 0.0).collect(),
        eac,
        waiting: changes.effect(Standing::Waiting).cost.units(),
        exposure: exposure.units(),
    })
}

/// What a task cost over what its work was budgeted at.
fn overrun(value: &TaskValue) -> Money {
    value.ac - value.ev
}

/// What the rest is expected to cost over its budget.
fn rest(ac: Money, ev: Money, bac: Money, eac: f64) -> f64 {
    (eac - ac.units()) - (bac - ev).units()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{leaf, project, units, value};

    #[test]
    fn the_causes_add_up_to_the_difference() {
        // Over by 300, 100 and 40, under by 60; 20 on nothing. AC - EV = 400; BAC 4,000, EV 2,000, AC 2,400, so the
        // rest at CPI costs 2,000 / (2,000 / 2,400) = 2,400, 400 over: EAC 4,800.
        let rows = vec![
            leaf("A", 1_000, 900, 600, 900),
            leaf("B", 1_000, 900, 500, 600),
            leaf("C", 1_000, 900, 500, 540),
            leaf("D", 1_000, 900, 400, 340),
        ];
        let (project, values) = project(rows);
        let mut value = value(&values);
        value.measures.ac = value.measures.ac.map(|ac| ac + units(20));
        value.measures.eac = Ok(4_800.0);
        let mut changes = ChangeFindings::default();
        changes.effects[Standing::Waiting as usize].cost = units(150);
        let found = bridge(&project, &value, &changes, units(-30), 2).unwrap();
        let expected = [
            (Cause::Task(0), 300.0),
            (Cause::Task(1), 100.0),
            (Cause::OtherOver, 40.0),
            (Cause::Under, -60.0),
            (Cause::BesideTasks, 20.0),
            (Cause::Rest, 400.0),
        ];
        assert_eq!(found.causes, expected);
        assert!((found.causes.iter().map(|cause| cause.1).sum::<f64>() - 800.0).abs() < 1e-9);
        assert!((found.all_in() - 4_920.0).abs() < 1e-9);
        let fewer = bridge(&project, &value, &changes, Money::ZERO, 1).unwrap();
        assert_eq!(fewer.causes[..2], [(Cause::Task(0), 300.0), (Cause::OtherOver, 140.0)]);
        let all = bridge(&project, &value, &changes, Money::ZERO, 8).unwrap();
        assert!(all.causes.iter().all(|(cause, _)| *cause != Cause::OtherOver));
        assert!((all.causes.iter().map(|cause| cause.1).sum::<f64>() - 800.0).abs() < 1e-9);
        assert!((fewer.causes.iter().map(|cause| cause.1).sum::<f64>() - 800.0).abs() < 1e-9);
    }

    #[test]
    fn without_a_budget_there_is_no_way_to_tell() {
        let (project, values) = project(vec![leaf("A", 0, 0, 0, 10)]);
        let mut value = value(&values);
        value.measures.eac = Ok(10.0);
        let found = bridge(&project, &value, &ChangeFindings::default(), Money::ZERO, 8);
        assert_eq!(found, Err(Reason::NoBaseline));
    }
}
