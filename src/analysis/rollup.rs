//! The task tree: what is a leaf, in which order sums go up, and groups across the tree.

use std::collections::BTreeMap;

use crate::analysis::{Group, TaskValue};
use crate::model::{Task, TaskKind};
use crate::quantity::Money;

/// The tree of a project's tasks.
#[derive(Clone, Debug, Default)]
pub struct Tree {
    /// The summary above each task; a loop of parents is cut where it closes.
    parent: Vec<Option<usize>>,
    /// Children first.
    bottom_up: Vec<usize>,
    /// Whether a task has none below it.
    leaf: Vec<bool>,
}

impl Tree {
    /// Reads the parents.
    #[must_use]
    pub fn new(tasks: &[Task]) -> Self {
        let count = tasks.len();
        let mut parent: Vec<Option<usize>> =
            tasks.iter().enumerate().map(|(i, t)| t.parent.filter(|&p| p < count && p != i)).collect();
        let mut depth = vec![0_usize; count];
        for i in 0..count {
            let (mut steps, mut above) = (0, parent[i]);
            while let Some(p) = above {
                steps += 1;
                above = if steps > count { None } else { parent[p] };
            }
            if steps > count {
                parent[i] = None;
                steps = 0;
            }
            depth[i] = steps;
        }
        let mut leaf = vec![true; count];
        for p in parent.iter().flatten() {
            leaf[*p] = false;
        }
        let mut bottom_up: Vec<usize> = (0..count).collect();
        bottom_up.sort_by_key(|&i| std::cmp::Reverse(depth[i]));
        Self { parent, bottom_up, leaf }
    }

    /// Whether no task is below this one.
    #[must_use]
    pub fn is_leaf(&self, task: usize) -> bool {
        self.leaf[task]
    }

    /// Indices, children before their summaries.
    #[must_use]
    pub fn bottom_up(&self) -> &[usize] {
        &self.bottom_up
    }

    /// The summary above a task.
    #[must_use]
    pub fn parent(&self, task: usize) -> Option<usize> {
        self.parent[task]
    }

    /// The task itself and all above it.
    pub fn upwards(&self, task: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(task), |&i| self.parent[i])
    }

    /// A name that a task has itself or takes from a summary above it; `tasks` are those of the tree.
    pub fn name<'a>(
        &self,
        tasks: &'a [Task],
        task: usize,
        name: impl Fn(&'a Task) -> Option<&'a str>,
    ) -> Option<&'a str> {
        self.upwards(task).find_map(|above| name(&tasks[above]))
    }

    /// Adds everything below to every summary: `add(summary, child)` with the child's sum complete.
    pub fn sum_up<T>(&self, values: &mut [T], mut add: impl FnMut(&mut T, &T))
    where
        T: Clone,
    {
        for &child in &self.bottom_up {
            if let Some(parent) = self.parent[child] {
                let below = values[child].clone();
                add(&mut values[parent], &below);
            }
        }
    }
}

/// Sums by a name that tasks carry themselves or take from a summary above; what has none comes last, under
/// an empty name. Empty when no task has one. `own` holds each task's figures without those below it,
/// `extra` what is posted to the name itself.
#[must_use]
pub fn groups(
    tasks: &[Task],
    tree: &Tree,
    own: &[TaskValue],
    name: impl Fn(&Task) -> Option<&str>,
    extra: &[(String, TaskValue)],
) -> Vec<Group> {
    if tasks.iter().all(|task| name(task).is_none()) && extra.iter().all(|(name, _)| name.is_empty()) {
        return Vec::new();
    }
    // The key sorts the empty name last.
    let mut sums: BTreeMap<(bool, String), Group> = BTreeMap::new();
    let mut add = |group: &str, value: &TaskValue| {
        let sum = sums.entry((group.is_empty(), group.to_owned())).or_insert_with(|| Group {
            name: group.to_owned(),
            bac: Money::ZERO,
            pv: Money::ZERO,
            ev: Money::ZERO,
            ac: Money::ZERO,
        });
        sum.bac += value.bac;
        sum.pv += value.pv;
        sum.ev += value.ev;
        sum.ac += value.ac;
    };
    for (i, value) in own.iter().enumerate() {
        let group = tree.name(tasks, i, &name).unwrap_or_default();
        let silent = value.bac.is_zero() && value.ac.is_zero();
        if !(silent && (tasks[i].kind == TaskKind::Summary || !tree.is_leaf(i) || group.is_empty())) {
            add(group, value);
        }
    }
    for (group, value) in extra {
        add(group, value);
    }
    sums.into_values().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn task(parent: Option<usize>) -> Task {
        Task { parent, ..Task::default() }
    }

    #[test]
    fn sums_go_up_whatever_the_order_of_the_rows() {
        // 2 is above 1, 1 above 0 and 3.
        let tree = Tree::new(&[task(Some(1)), task(Some(2)), task(None), task(Some(1))]);
        let mut values = vec![1, 0, 0, 10];
        tree.sum_up(&mut values, |sum, below| *sum += below);
        assert_eq!(values, [1, 11, 11, 10]);
        assert!(tree.is_leaf(0) && !tree.is_leaf(2));
        assert_eq!(tree.upwards(3).collect::<Vec<_>>(), [3, 1, 2]);
    }

    #[test]
    fn a_loop_of_parents_is_cut() {
        let tree = Tree::new(&[task(Some(1)), task(Some(0)), task(Some(0))]);
        let mut values = vec![1, 2, 4];
        tree.sum_up(&mut values, |sum, below| *sum += below);
        assert_eq!(tree.upwards(2).collect::<Vec<_>>(), [2, 0]);
        assert_eq!(values.iter().max(), Some(&7));
    }
}
