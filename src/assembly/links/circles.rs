//! Links that close a circle, also one that closes through a summary: what a summary waits for, the tasks
//! below it wait for, and what waits for a summary waits for them.

use crate::model::{Link, RelationType, Task, TaskKind};

/// A link that closes a circle.
pub(super) struct Circle {
    /// Index of the link to leave out.
    pub(super) link: usize,
    /// The tasks in order, the first once more at the end.
    pub(super) tasks: Vec<usize>,
}

/// What follows what: a place a task, and for a summary one more, its finish.
struct Graph {
    tasks: usize,
    /// By place: the place that follows and the link that says so; `None` where a summary does.
    after: Vec<Vec<(usize, Option<usize>)>>,
}

impl Graph {
    fn new(tasks: &[Task], links: &[Link]) -> Self {
        let count = tasks.len();
        let summary = |task: usize| tasks[task].kind == TaskKind::Summary;
        let of_summaries = links.iter().any(|link| summary(link.predecessor) || summary(link.successor));
        let places = if of_summaries { 2 * count } else { count };
        let mut graph = Self { tasks: count, after: vec![Vec::new(); places] };
        for (index, link) in links.iter().enumerate() {
            let from_finish = matches!(link.relation, RelationType::Fs | RelationType::Ff);
            let ends = summary(link.predecessor) && from_finish;
            let from = if ends { count + link.predecessor } else { link.predecessor };
            graph.after[from].push((link.successor, Some(index)));
        }
        if of_summaries {
            for (task, row) in tasks.iter().enumerate() {
                if let Some(above) = row.parent.filter(|above| summary(*above)) {
                    graph.after[above].push((task, None));
                    let end = if summary(task) { count + task } else { task };
                    graph.after[end].push((count + above, None));
                }
            }
        }
        graph
    }

    fn task(&self, place: usize) -> usize {
        if place < self.tasks { place } else { place - self.tasks }
    }
}

/// Every circle, each by the link that closes it, or by the last link on it where a summary closes it.
pub(super) fn find(tasks: &[Task], links: &[Link]) -> Vec<Circle> {
    // Links between tasks that all lead down the list, as most plans are written, never lead back.
    let is_plain = |task: usize| tasks[task].kind != TaskKind::Summary;
    let leads_down = |link: &Link| link.predecessor < link.successor;
    if links.iter().all(|link| leads_down(link) && is_plain(link.predecessor) && is_plain(link.successor)) {
        return Vec::new();
    }
    let graph = Graph::new(tasks, links);
    let mut found = Vec::new();
    let mut dropped = vec![false; links.len()];
    // 0: not seen, 1: on the path, 2: all that follows it is seen.
    let mut state = vec![0_u8; graph.after.len()];
    for start in 0..graph.after.len() {
        if state[start] != 0 {
            continue;
        }
        // A place, the next of those after it to look at, and the link that led to it.
        let mut path: Vec<(usize, usize, Option<usize>)> = vec![(start, 0, None)];
        state[start] = 1;
        while let Some((place, next, _)) = path.last_mut() {
            let place = *place;
            let Some(&(after, link)) = graph.after[place].get(*next) else {
                state[place] = 2;
                path.pop();
                continue;
            };
            *next += 1;
            if link.is_some_and(|link| dropped[link]) || state[after] == 2 {
                continue;
            }
            if state[after] == 0 {
                state[after] = 1;
                path.push((after, 0, link));
                continue;
            }
            let begin = path.iter().position(|(on, ..)| *on == after).unwrap_or(0);
            let mut names: Vec<usize> = path[begin..].iter().map(|(on, ..)| graph.task(*on)).collect();
            names.push(graph.task(after));
            names.dedup();
            if names.len() < 2 {
                continue;
            }
            // A summary's own hold on its tasks cannot be left out: the last link before it is, and what
            // it led to is looked at again.
            let last = path.iter().rposition(|(.., by)| by.is_some()).filter(|at| *at > begin);
            let closing = link.or_else(|| path[last?].2);
            let Some(closing) = closing else { continue };
            dropped[closing] = true;
            found.push(Circle { link: closing, tasks: names });
            if let (None, Some(last)) = (link, last) {
                for (place, ..) in path.drain(last..) {
                    state[place] = 0;
                }
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Origin;
    use crate::quantity::Work;

    fn link(predecessor: usize, successor: usize) -> Link {
        Link {
            predecessor,
            successor,
            relation: RelationType::Fs,
            lag: Work::ZERO,
            elapsed: false,
            share: 0.0,
            origin: Origin::default(),
        }
    }

    fn tasks(parents: &[Option<usize>]) -> Vec<Task> {
        let task = |index: usize| {
            let above = parents.contains(&Some(index));
            let kind = if above { TaskKind::Summary } else { TaskKind::Task };
            Task { parent: parents[index], kind, ..Task::default() }
        };
        (0..parents.len()).map(task).collect()
    }

    fn found(parents: &[Option<usize>], links: &[Link]) -> Vec<(usize, Vec<usize>)> {
        find(&tasks(parents), links).into_iter().map(|circle| (circle.link, circle.tasks)).collect()
    }

    #[test]
    fn the_link_that_closes_a_circle_is_found() {
        let rows = [None; 3];
        assert_eq!(found(&rows, &[link(0, 1), link(1, 2), link(2, 0)]), [(2, vec![0, 1, 2, 0])]);
        assert_eq!(found(&rows, &[link(0, 1), link(1, 2), link(0, 2)]), []);
    }

    #[test]
    fn a_circle_closes_through_a_summary() {
        // 0 is above 1 and 2: 3 waits for the summary, and 1, a part of it, waits for 3.
        let rows = [None, Some(0), Some(0), None];
        let circles = found(&rows, &[link(0, 3), link(3, 1)]);
        assert_eq!(circles.len(), 1);
        assert!(circles[0].1.contains(&0) && circles[0].1.contains(&3), "{circles:?}");
        // What waits for a summary may lead to another that waits for it as well.
        assert_eq!(found(&[None, Some(0), None, Some(2)], &[link(0, 2), link(1, 3)]), []);
        let both = found(&[None, Some(0), None, Some(2)], &[link(0, 2), link(3, 1)]);
        assert_eq!(both.len(), 1);
    }
}
