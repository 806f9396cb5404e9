//! What doing things again took, where people book it apart.

use crate::analysis::TaskValue;
use crate::analysis::ledger::Ledger;
use crate::analysis::rollup::Tree;
use crate::model::Project;
use crate::quantity::{Measured, Money, Reason, Work, ratio};

/// The rule, for the reader.
pub const REWORK_RULE: &str = word!(
    "Rework is what was booked under an activity that is called rework, bug fix or defect fix, and all hours and cost of \
     tasks that are called so or lie under a heading that is."
);

/// What names rework: the beginning of a word, where there are two that of the word before it first.
const NAMES: &[(&str, &str)] = &[
    ("", "rework"),
    ("re", "work"),
    ("", "bugfix"),
    ("bug", "fix"),
    ("defect", "fix"),
    ("", "nacharbeit"),
    ("", "retrabajo"),
];

/// Hours and cost of rework to the status date.
#[derive(Clone, Debug, PartialEq)]
pub struct Rework {
    /// Hours.
    pub hours: Work,
    /// Cost: hours at their rates, and what was posted on tasks of rework.
    pub cost: Money,
    /// Its share of all hours booked, 0..=1.
    pub share: Measured,
    /// The tasks that are called so: indices into tasks.
    pub tasks: Vec<usize>,
    /// Of the hours, those booked on other tasks under an activity that is called so.
    pub by_activity: Work,
}

impl Default for Rework {
    fn default() -> Self {
        let (hours, cost, share) = (Work::ZERO, Money::ZERO, Err(Reason::NoData));
        Self { hours, cost, share, tasks: Vec::new(), by_activity: Work::ZERO }
    }
}

impl Rework {
    /// Whether any was booked.
    #[must_use]
    pub fn is_booked(&self) -> bool {
        !self.hours.is_zero() || !self.cost.is_zero()
    }
}

/// Whether an activity or a task is called rework. Asked of every task: it makes no copy.
#[must_use]
pub(in crate::analysis) fn is_rework(name: &str) -> bool {
    let begins = |word: &str, begin: &str| {
        word.as_bytes().get(..begin.len()).is_some_and(|head| head.eq_ignore_ascii_case(begin.as_bytes()))
    };
    let mut before = "";
    name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).any(|word| {
        let before = std::mem::replace(&mut before, word);
        NAMES.iter().any(|(first, then)| begins(word, then) && begins(before, first))
    })
}

pub(super) fn rework(project: &Project, values: &[TaskValue], ledger: &Ledger) -> Rework {
    let tree = Tree::new(&project.tasks);
    let named: Vec<bool> = project.tasks.iter().map(|task| is_rework(&task.name)).collect();
    let called = |task: usize| tree.upwards(task).any(|above| named[above]);
    let mut rework = Rework::default();
    let mut all = Work::ZERO;
    for (index, value) in values.iter().enumerate().filter(|(index, _)| tree.is_leaf(*index)) {
        all += value.hours;
        if called(index) {
            rework.tasks.push(index);
            rework.hours += value.hours;
            rework.cost += value.ac;
        }
    }
    all += ledger.lines.iter().filter(|line| line.task.is_none()).map(|line| line.hours).sum();
    for (task, hours, cost) in &ledger.rework {
        if !task.is_some_and(called) {
            rework.by_activity += *hours;
            rework.hours += *hours;
            rework.cost += *cost;
        }
    }
    rework.share = ratio(rework.hours.hours(), all.hours(), Reason::NoData);
    rework
}
