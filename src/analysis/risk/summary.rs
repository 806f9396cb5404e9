//! Exposure by category, owner and task; the parts add up to the whole.

use std::collections::BTreeMap;

use super::Exposure;
use crate::model::{Project, Risk};
use crate::quantity::Money;

/// The exposure under one name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Share {
    /// The category's or owner's name; empty for what names none.
    pub name: String,
    /// Open risks.
    pub risks: u32,
    /// Their residual exposure.
    pub exposure: Exposure,
}

/// Sums by name, the largest exposure first, the nameless last.
pub(super) fn shares(
    project: &Project,
    open: &[usize],
    exposure: &dyn Fn(usize) -> Exposure,
    name: fn(&Risk) -> Option<&str>,
) -> Vec<Share> {
    let mut sums: BTreeMap<&str, Share> = BTreeMap::new();
    for index in open {
        let name = name(&project.risks[*index]).unwrap_or_default();
        let share = sums.entry(name).or_insert_with(|| Share { name: name.to_owned(), ..Share::default() });
        share.risks += 1;
        share.exposure += exposure(*index);
    }
    let mut shares: Vec<Share> = sums.into_values().collect();
    shares.sort_by(|a, b| a.name.is_empty().cmp(&b.name.is_empty()).then(larger(a.exposure, b.exposure)));
    shares
}

/// Sums by task; a risk that hits several is shared equally among them.
pub(super) fn by_task(
    project: &Project,
    open: &[usize],
    exposure: &dyn Fn(usize) -> Exposure,
) -> Vec<(Option<usize>, Exposure)> {
    let mut sums: BTreeMap<Option<usize>, Exposure> = BTreeMap::new();
    for index in open {
        let whole = exposure(*index);
        let tasks = &project.risks[*index].tasks;
        if tasks.is_empty() {
            *sums.entry(None).or_default() += whole;
        }
        let count = i64::try_from(tasks.len()).unwrap_or(i64::MAX);
        for (nth, task) in (0_i64..).zip(tasks) {
            // Differences of portions, so that the parts add up to the last ten-thousandth.
            let cost = portion(whole.cost, nth + 1, count) - portion(whole.cost, nth, count);
            #[expect(clippy::cast_precision_loss, reason = "a risk hits few tasks")]
            let days = whole.days / count as f64;
            *sums.entry(Some(*task)).or_default() += Exposure { cost, days };
        }
    }
    let mut by_task: Vec<(Option<usize>, Exposure)> = sums.into_iter().collect();
    by_task.sort_by(|(a, x), (b, y)| a.is_none().cmp(&b.is_none()).then(larger(*x, *y)).then(a.cmp(b)));
    by_task
}

fn portion(amount: Money, part: i64, whole: i64) -> Money {
    if part == 0 { Money::ZERO } else { amount.portion(part, whole) }
}

/// Risks by exposure: money first, then days; the largest threat first, the largest opportunity last.
pub(super) fn ranked(open: &[usize], exposure: &dyn Fn(usize) -> Exposure) -> Vec<usize> {
    let mut ranked = open.to_vec();
    ranked.sort_by(|a, b| larger(exposure(*a), exposure(*b)).then(a.cmp(b)));
    ranked
}

fn larger(a: Exposure, b: Exposure) -> std::cmp::Ordering {
    b.cost.cmp(&a.cost).then(b.days.total_cmp(&a.days))
}
