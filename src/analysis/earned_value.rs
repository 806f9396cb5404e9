//! Earned value: which rule a task earns by, and what it has earned at a moment. Always on the baseline.

use std::collections::BTreeMap;

use crate::analysis::baseline::Baseline;
use crate::analysis::progress::Progress;
use crate::analysis::rollup::Tree;
use crate::analysis::timeline::Instant;
use crate::model::{EarningRule, Project, Task, TaskKind};
use crate::quantity::Money;

/// The rule of every task: its own, else the settings' by control account or kind, else level of effort by
/// its kind, else percent complete where the data has one, else by status.
#[must_use]
pub fn rules(
    project: &Project,
    tree: &Tree,
    progress: &Progress<'_>,
    settings: &BTreeMap<String, String>,
) -> Vec<EarningRule> {
    let words: BTreeMap<String, EarningRule> = settings
        .iter()
        .filter_map(|(key, rule)| Some((key.to_lowercase(), EarningRule::parse(rule)?)))
        .collect();
    let told = |key: &str| words.get(&key.to_lowercase()).cloned();
    let rule = |i: usize, task: &Task| {
        let account = tree.upwards(i).find_map(|t| project.tasks[t].control_account.as_deref());
        let kind = match task.kind {
            TaskKind::Task => "task",
            TaskKind::Milestone => "milestone",
            TaskKind::Summary => "summary",
            TaskKind::LevelOfEffort => "level_of_effort",
        };
        let by_default = || match task.kind {
            TaskKind::LevelOfEffort => EarningRule::LevelOfEffort,
            _ if task.percent_complete.is_some() || progress.has_statements(i) => {
                EarningRule::PercentComplete
            }
            _ if task.physical_percent.is_some() => EarningRule::PhysicalPercent,
            _ => EarningRule::ByStatus,
        };
        task.earning_rule
            .clone()
            .or_else(|| account.and_then(told))
            .or_else(|| told(kind))
            .unwrap_or_else(by_default)
    };
    project.tasks.iter().enumerate().map(|(i, task)| rule(i, task)).collect()
}

/// What each task has earned at a moment, without those below it.
#[must_use]
pub fn earned(
    baseline: &Baseline,
    progress: &Progress<'_>,
    rules: &[EarningRule],
    tree: &Tree,
    t: &Instant,
) -> Vec<Money> {
    let mut earned: Vec<Money> = rules
        .iter()
        .enumerate()
        .map(|(task, rule)| {
            let (bac, curve) = (baseline.bac[task], &baseline.curves[task]);
            if bac.is_zero() {
                return Money::ZERO;
            }
            let stand = progress.at(task, t.at);
            match rule {
                EarningRule::Fixed { .. } if stand.finished => bac,
                EarningRule::Fixed { at_start, .. } if stand.started => bac.share(*at_start),
                EarningRule::PercentComplete => curve.earned(stand.share, stand.started, bac),
                EarningRule::PhysicalPercent => bac.share(stand.physical),
                EarningRule::Milestones | EarningRule::Units | EarningRule::ByStatus => {
                    bac.share(stand.share)
                }
                EarningRule::LevelOfEffort => curve.planned(t),
                EarningRule::Fixed { .. }
                | EarningRule::Apportioned { .. }
                | EarningRule::PlanningPackage => Money::ZERO,
            }
        })
        .collect();
    apportion(&mut earned, baseline, progress, rules, tree, t);
    earned
}

/// Gives apportioned tasks the share of their base, along chains of them; a chain that closes on itself
/// earns nothing.
fn apportion(
    earned: &mut [Money],
    baseline: &Baseline,
    progress: &Progress<'_>,
    rules: &[EarningRule],
    tree: &Tree,
    t: &Instant,
) {
    let base_of = |task: usize| match &rules[task] {
        EarningRule::Apportioned { base } => Some(base.filter(|&base| base < rules.len())),
        _ => None,
    };
    let mut known: Vec<Option<f64>> = vec![None; rules.len()];
    for task in 0..rules.len() {
        if base_of(task).is_none() || baseline.bac[task].is_zero() {
            continue;
        }
        let (mut chain, mut at) = (vec![task], task);
        let share = loop {
            if let Some(share) = known[at] {
                break share;
            }
            match base_of(at) {
                None => break share_of(at, earned, baseline, progress, tree, t),
                Some(Some(base)) if !chain.contains(&base) => {
                    chain.push(base);
                    at = base;
                }
                Some(_) => break 0.0,
            }
        };
        for link in chain.into_iter().filter(|&link| base_of(link).is_some()) {
            known[link] = Some(share);
            earned[link] = baseline.bac[link].share(share);
        }
    }
}

/// The earned share of a base task: of its own cost, of that below it, or its progress where it costs nothing.
fn share_of(
    base: usize,
    earned: &[Money],
    baseline: &Baseline,
    progress: &Progress<'_>,
    tree: &Tree,
    t: &Instant,
) -> f64 {
    let part = |task: &usize| tree.upwards(*task).any(|above| above == base);
    let below: Vec<usize> = (0..earned.len()).filter(part).collect();
    let bac: Money = below.iter().map(|&task| baseline.bac[task]).sum();
    let sum: Money = below.iter().map(|&task| earned[task]).sum();
    if bac.is_zero() { progress.at(base, t.at).share } else { sum.units() / bac.units() }
}
