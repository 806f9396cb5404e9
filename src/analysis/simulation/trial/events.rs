//! The open risks as events.

use crate::analysis::network::activities::State;
use crate::analysis::simulation::spread::Varies;
use crate::model::{Project, RiskKind, TaskKind};

use super::network::Places;
use super::{Event, Sources, Trial};

impl Trial {
    /// Takes the open risks as they are once their responses are in place. A risk delays every task it hits by
    /// one and the same delay, a summary by delaying the tasks that end it, and the finish itself where it
    /// names no task; it costs once.
    pub(super) fn expect_events(&mut self, of: &Sources<'_>, places: &Places) {
        let mut whole = Vec::new();
        for (index, (risk, weight)) in of.project.risks.iter().zip(&of.given.risk.risks).enumerate() {
            let weighing = &weight.residual;
            let Some(chance) = weighing.probability.filter(|chance| *chance > 0.0) else { continue };
            if !weight.open || (weighing.cost.is_none() && weighing.days.is_none()) {
                continue;
            }
            let impact = |points: Option<(f64, f64, f64)>| points.map_or(Varies::Fixed(0.0), Varies::impact);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2^32")]
            let units = (chance * 4_294_967_296.0) as u32;
            let mut nodes: Vec<u32> = risk
                .tasks
                .iter()
                .flat_map(|task| ends_of(of.project, *task))
                .filter(|task| matches!(of.given.network.activities.state[*task], State::Open | State::Begun))
                .filter_map(|task| of.given.network.activities.of_task[task])
                .filter_map(|activity| places[of.given.network.plan.node[activity as usize] as usize])
                .collect();
            nodes.sort_unstable();
            nodes.dedup();
            for node in &nodes {
                self.nodes[*node as usize].varies = true;
            }
            let event = Event {
                risk: index,
                chance: units,
                certain: chance >= 1.0,
                sign: if risk.kind == RiskKind::Opportunity { -1.0 } else { 1.0 },
                delay: impact(weighing.days),
                loss: impact(weighing.cost),
                nodes,
            };
            if risk.tasks.is_empty() { whole.push(event) } else { self.events.push(event) }
        }
        self.on_the_whole = (!whole.is_empty()).then_some(self.events.len());
        self.events.extend(whole);
    }
}

/// The task itself, or the tasks that end a summary: those without a successor below the same summary.
fn ends_of(project: &Project, task: usize) -> Vec<usize> {
    let has_parts = project.tasks.iter().any(|other| other.parent == Some(task));
    if project.tasks[task].kind != TaskKind::Summary && !has_parts {
        return vec![task];
    }
    let below = |index: usize| {
        std::iter::successors(project.tasks[index].parent, |above| project.tasks[*above].parent)
            .any(|above| above == task)
    };
    let inside: Vec<bool> = (0..project.tasks.len()).map(below).collect();
    let mut goes_on = vec![false; project.tasks.len()];
    for link in project.links.iter().filter(|link| inside[link.predecessor] && inside[link.successor]) {
        goes_on[link.predecessor] = true;
    }
    (0..project.tasks.len()).filter(|index| inside[*index] && !goes_on[*index]).collect()
}
