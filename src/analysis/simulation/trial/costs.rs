//! What cost follows the trials: time-driven cost the duration of its task, level of effort the finish, the
//! rest the default spread of its class.

use crate::analysis::network::readings::Readings;
use crate::analysis::rollup::Tree;
use crate::analysis::simulation::spread::{Points, rounded};
use crate::analysis::standing::counts;
use crate::model::{Accrual, Task, TaskKind, TaskStatus};
use crate::quantity::Money;

use super::network::Places;
use super::{Sources, Trial};

impl Trial {
    /// Gives the nodes their cost: the rest as estimated where the task says so, else as budgeted.
    pub(super) fn price(&mut self, of: &Sources<'_>, places: &Places, readings: &Readings<'_>) {
        // What it will have cost in all cannot be told without what it has cost.
        let Ok(spent) = of.given.spent else { return };
        let mut planned = spent + of.given.beside;
        let mut effort = Money::ZERO;
        let mut on_nodes = Money::ZERO;
        let tree = Tree::new(&of.project.tasks);
        for (index, (task, value)) in of.project.tasks.iter().zip(of.given.values).enumerate() {
            if !counts(of.project, &tree, index) || task.status == Some(TaskStatus::Cancelled) {
                continue;
            }
            let rest = value.rest(task);
            planned += rest;
            if rest.is_zero() {
                continue;
            }
            let activity = of.given.network.activities.of_task[index];
            let node =
                activity.and_then(|activity| places[of.given.network.plan.node[activity as usize] as usize]);
            if task.kind == TaskKind::LevelOfEffort {
                effort += rest;
            } else if let Some(node) = node {
                on_nodes += rest;
                self.price_node(of, node as usize, task, value.percent_complete, rest);
            }
        }
        self.base_cost = planned.units();
        let ahead = of.given.network.duration - readings.days(of.given.status).max(0.0);
        if ahead > 0.0 {
            self.rate_to_finish = rounded(effort.units() / ahead);
        }
        let at_risk = self
            .events
            .iter()
            .any(|event| of.given.risk.risks[event.risk].residual.cost.is_some_and(|(.., high)| high > 0.0));
        self.costs = !on_nodes.is_zero() || !effort.is_zero() || at_risk;
    }

    fn price_node(&mut self, of: &Sources<'_>, node: usize, task: &Task, done: f64, rest: Money) {
        let begun = done > 0.0 || task.actual_start.is_some();
        let fixed = match task.fixed_cost_accrual {
            Accrual::Start if begun => Money::ZERO,
            Accrual::Start | Accrual::End => task.fixed_cost,
            Accrual::Prorated => task.fixed_cost.share(1.0 - done),
        };
        let node = &mut self.nodes[node];
        let days = f64::from(node.centre);
        let fixed = if days > 0.0 { fixed.max(Money::ZERO).min(rest) } else { rest };
        if days > 0.0 {
            node.rate = rounded((rest - fixed).units() / days);
        }
        if !fixed.is_zero() {
            let (_, spread) = of.settings.class(task.confidence);
            let points = Points::around(fixed.units(), spread);
            node.fixed = of.settings.distribution.over(points, &mut self.tables).less(fixed.units());
        }
    }
}
