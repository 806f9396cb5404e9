//! A project's network compiled for the passes: nodes in topological order, links as flat arrays.
//!
//! # What the numbers mean
//! A *node* is a task without those below it, or a gate of a summary (see [`super::summaries`]). Every time
//! of a node is a *reading*: working seconds of the node's own calendar since the project's start, negative
//! before it. The end of Friday and the beginning of Monday are the same reading; [`super::readings`] turns
//! one into a start or into a finish. A node's *remaining work* is what the passes move: all of a task that
//! has not begun, the rest of one under way, nothing of a finished one. So for any vector of remaining
//! durations the finish of the network is [`Plan::forward`]'s last finish; nothing else has to be rebuilt.
//!
//! Where all nodes and lags share one calendar ([`Plan::uniform`]) the passes are additions and comparisons
//! of integers; else every link goes through the moment it stands for ([`super::mixed`]).

use crate::model::RelationType;

/// No start or finish so late.
pub const NEVER: i64 = i64::MAX / 4;

/// What is known of a task before the links are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Activity {
    /// Index of its calendar in [`super::readings::Readings`].
    pub calendar: u32,
    /// Whether it follows the others without holding them up: level of effort.
    pub follows: bool,
    /// Working seconds that remain.
    pub duration: i64,
    /// The reading before which the remaining work cannot start: the project's start or the status date,
    /// a start constraint, the actual finish of a finished task.
    pub floor: i64,
}

/// What bounds a node beside its floor and its links; few nodes have one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// The node (an activity until the plan is built).
    pub node: u32,
    /// When it began: links from its start hang on this, not on its remaining work.
    pub began: Option<i64>,
    /// Finish no earlier than.
    pub finish_from: i64,
    /// Start no later than: honoured as MS Project does, even against the links.
    pub start_by: i64,
    /// Finish no later than, likewise.
    pub finish_by: i64,
    /// The deadline: bounds the late dates only.
    pub due: i64,
    /// The status date: remaining work never starts before it, whatever a constraint says.
    pub now: i64,
}

impl Limit {
    /// Bounds nothing.
    #[must_use]
    pub const fn none(node: u32) -> Self {
        Self {
            node,
            began: None,
            finish_from: -NEVER,
            start_by: NEVER,
            finish_by: NEVER,
            due: NEVER,
            now: -NEVER,
        }
    }

    /// The early start that links alone would give, before a late bound pulls it forward.
    #[must_use]
    pub fn by_logic(&self, start: i64, duration: i64) -> i64 {
        start.max(self.finish_from - duration).max(self.now)
    }

    /// The latest early start that the constraint admits.
    #[must_use]
    pub fn latest(&self, duration: i64) -> i64 {
        self.start_by.min(self.finish_by - duration)
    }

    /// The early start of the remaining work, where floor and links give `start`.
    #[must_use]
    pub fn early(&self, start: i64, duration: i64) -> i64 {
        self.by_logic(start, duration).min(self.latest(duration)).max(self.now)
    }

    /// The late finish, where successors admit this finish and this start of the task.
    #[must_use]
    pub fn late(&self, finish: i64, start: i64, duration: i64) -> i64 {
        let by_start = if self.began.is_some() { NEVER } else { start.min(self.start_by) };
        finish.min(self.finish_by).min(self.due).min(by_start + duration)
    }
}

/// A link of the compiled network; it stands with its successor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// `2 x predecessor` when it hangs on the predecessor's start, one more when on its finish: the
    /// place in [`Times`].
    pub from: u32,
    /// Whether it holds the successor's finish rather than its start.
    pub to_finish: bool,
    /// Working seconds of the lag's calendar; negative is a lead.
    pub lag: i64,
}

impl Tie {
    /// The node before.
    #[must_use]
    pub const fn predecessor(self) -> usize {
        (self.from / 2) as usize
    }

    /// Whether it hangs on the predecessor's finish.
    #[must_use]
    pub const fn from_finish(self) -> bool {
        self.from % 2 == 1
    }
}

/// A link as the plan is built from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Index of the activity before.
    pub predecessor: u32,
    /// Index of the activity after.
    pub successor: u32,
    /// Which ends it ties.
    pub relation: RelationType,
    /// Working seconds of the lag's calendar.
    pub lag: i64,
    /// The calendar the lag passes in.
    pub calendar: u32,
    /// Index in `Project::links`, for telling which link drives.
    pub link: u32,
}

/// The compiled network of one project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The activity of each node. Nodes stand in topological order: the order of the activities where that
    /// is one.
    pub activity: Vec<u32>,
    /// The node of each activity.
    pub node: Vec<u32>,
    /// Nodes that the finish of the project rests on; those of level of effort follow.
    pub counted: usize,
    /// The one calendar of all nodes and lags, where there is one.
    pub uniform: Option<u32>,
    /// Calendar of each node.
    pub calendar: Vec<u32>,
    /// Working seconds that remain of each node.
    pub duration: Vec<i64>,
    /// The reading before which the remaining work of each node cannot start.
    pub floor: Vec<i64>,
    /// What else bounds a node, sorted by node.
    pub limits: Vec<Limit>,
    /// Where the ties into each node begin; one more entry than nodes.
    pub first: Vec<u32>,
    /// The ties, grouped by successor.
    pub ties: Vec<Tie>,
    /// The calendar of each tie's lag.
    pub lag_calendar: Vec<u32>,
    /// Index in `Project::links` of each tie.
    pub link: Vec<u32>,
    /// Edges left out because they close a circle, as indices of the edges given.
    pub left_out: Vec<u32>,
}

/// Early or late times of a plan, two a node: `2n` is the start, `2n + 1` the finish of node `n`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Times(pub Vec<i64>);

impl Times {
    /// The start of a node: when it began where it has, else when its work starts.
    #[must_use]
    pub fn start(&self, node: usize) -> i64 {
        self.0[2 * node]
    }

    /// The finish of a node.
    #[must_use]
    pub fn finish(&self, node: usize) -> i64 {
        self.0[2 * node + 1]
    }
}

impl Plan {
    /// Compiles activities and the edges between them; linear in both. `limits` name activities.
    #[must_use]
    pub fn new(activities: &[Activity], limits: &[Limit], edges: &[Edge]) -> Self {
        let mut plan = Self::default();
        plan.order(activities, edges);
        let at = |node: &u32| activities[*node as usize];
        plan.calendar = plan.activity.iter().map(|node| at(node).calendar).collect();
        plan.duration = plan.activity.iter().map(|node| at(node).duration).collect();
        plan.floor = plan.activity.iter().map(|node| at(node).floor).collect();
        plan.limits =
            limits.iter().map(|limit| Limit { node: plan.node[limit.node as usize], ..*limit }).collect();
        plan.limits.sort_unstable_by_key(|limit| limit.node);
        plan.tie(edges);
        plan.uniform =
            plan.calendar.first().copied().filter(|first| {
                plan.calendar.iter().chain(&plan.lag_calendar).all(|calendar| calendar == first)
            });
        plan
    }

    /// How many nodes there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.activity.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.activity.is_empty()
    }

    /// The ties into a node.
    #[must_use]
    pub fn into(&self, node: usize) -> std::ops::Range<usize> {
        self.first[node] as usize..self.first[node + 1] as usize
    }

    /// Puts the nodes in order. What stands in a circle after all (assembly has cut those it knows) is
    /// taken as it comes, and the edges that then point backwards are left out.
    #[expect(clippy::cast_possible_truncation, reason = "a project has fewer than four billion tasks")]
    fn order(&mut self, activities: &[Activity], edges: &[Edge]) {
        let count = activities.len();
        let follows = |activity: u32| activities[activity as usize].follows;
        let in_order = |edge: &Edge| edge.predecessor < edge.successor;
        self.counted = activities.iter().filter(|activity| !activity.follows).count();
        if edges.iter().all(in_order) && activities[self.counted..].iter().all(|activity| activity.follows) {
            self.activity = (0..count as u32).collect();
            self.node.clone_from(&self.activity);
            return;
        }
        let mut waits = vec![0_u32; count];
        let mut first = vec![0_u32; count + 1];
        for edge in edges {
            waits[edge.successor as usize] += 1;
            first[edge.predecessor as usize + 1] += 1;
        }
        for i in 0..count {
            first[i + 1] += first[i];
        }
        let mut next = first.clone();
        let mut after = vec![0_u32; edges.len()];
        for edge in edges {
            let place = &mut next[edge.predecessor as usize];
            after[*place as usize] = edge.successor;
            *place += 1;
        }
        // Level of effort holds nobody up, so its turn comes when all others are placed.
        let mut order: Vec<u32> = Vec::with_capacity(count);
        for turn in [false, true] {
            let mut head = order.len();
            let mut from = 0;
            order.extend((0..count as u32).filter(|i| waits[*i as usize] == 0 && follows(*i) == turn));
            loop {
                while let Some(&activity) = order.get(head) {
                    head += 1;
                    let successors = first[activity as usize]..first[activity as usize + 1];
                    for &successor in &after[successors.start as usize..successors.end as usize] {
                        let left = &mut waits[successor as usize];
                        // One that a circle made us take early waits for nobody any more.
                        if *left == 0 {
                            continue;
                        }
                        *left -= 1;
                        if *left == 0 && follows(successor) == turn {
                            order.push(successor);
                        }
                    }
                }
                // A circle: the first activity still waiting is taken.
                let stuck = |i: &u32| waits[*i as usize] > 0 && follows(*i) == turn;
                let Some(stuck) = (from..count as u32).find(stuck) else { break };
                from = stuck;
                waits[stuck as usize] = 0;
                order.push(stuck);
            }
        }
        let mut node = vec![0; count];
        for (place, activity) in (0_u32..).zip(&order) {
            node[*activity as usize] = place;
        }
        (self.activity, self.node) = (order, node);
    }

    /// Groups the edges by successor.
    fn tie(&mut self, edges: &[Edge]) {
        let nodes = self.len();
        let ends = |edge: &Edge| (self.node[edge.predecessor as usize], self.node[edge.successor as usize]);
        let holds = |edge: &Edge| {
            let (from, to) = ends(edge);
            from < to && (from as usize) < self.counted
        };
        self.left_out = (0_u32..).zip(edges).filter(|(_, edge)| !holds(edge)).map(|(i, _)| i).collect();
        let mut first = vec![0_u32; nodes + 1];
        for edge in edges.iter().filter(|edge| holds(edge)) {
            first[ends(edge).1 as usize + 1] += 1;
        }
        for i in 0..nodes {
            first[i + 1] += first[i];
        }
        let kept = first[nodes] as usize;
        let mut next = first.clone();
        let nothing = Tie { from: 0, to_finish: false, lag: 0 };
        let (mut ties, mut lags, mut links) = (vec![nothing; kept], vec![0; kept], vec![0; kept]);
        for edge in edges.iter().filter(|edge| holds(edge)) {
            let (from, to) = ends(edge);
            let place = next[to as usize] as usize;
            next[to as usize] += 1;
            let (from_finish, to_finish) = match edge.relation {
                RelationType::Fs => (1, false),
                RelationType::Ss => (0, false),
                RelationType::Ff => (1, true),
                RelationType::Sf => (0, true),
            };
            ties[place] = Tie { from: 2 * from + from_finish, to_finish, lag: edge.lag };
            lags[place] = edge.calendar;
            links[place] = edge.link;
        }
        (self.first, self.ties, self.lag_calendar, self.link) = (first, ties, lags, links);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity(duration: i64) -> Activity {
        Activity { duration, ..Activity::default() }
    }

    fn edge(predecessor: u32, successor: u32) -> Edge {
        Edge { predecessor, successor, relation: RelationType::Fs, lag: 0, calendar: 0, link: 0 }
    }

    #[test]
    fn the_order_of_the_file_is_kept_where_it_is_one() {
        let plan = Plan::new(&[activity(1), activity(2), activity(3)], &[], &[edge(0, 1), edge(0, 2)]);
        assert_eq!(plan.activity, [0, 1, 2]);
        assert_eq!(plan.uniform, Some(0));
    }

    #[test]
    fn else_predecessors_come_first_and_level_of_effort_last() {
        let mut activities = [activity(1), activity(2), activity(3), activity(4)];
        activities[0].follows = true;
        let plan = Plan::new(
            &activities,
            &[Limit { due: 7, ..Limit::none(1) }],
            &[edge(3, 1), edge(2, 0), edge(0, 1)],
        );
        assert_eq!(plan.activity, [2, 3, 1, 0]);
        assert_eq!((plan.counted, plan.limits[0].node), (3, 2));
        // The link from the level of effort holds nobody up.
        assert_eq!((plan.ties.len(), plan.left_out.as_slice()), (2, &[2][..]));
    }

    #[test]
    fn a_circle_that_slipped_through_is_cut() {
        let plan =
            Plan::new(&[activity(1), activity(2), activity(3)], &[], &[edge(0, 1), edge(1, 0), edge(1, 2)]);
        assert_eq!(plan.activity, [0, 1, 2]);
        assert_eq!(plan.left_out, [1]);
    }
}
