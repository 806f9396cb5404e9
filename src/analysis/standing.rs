//! Where a project stands at its status date, and what is read from it for that: the ground of its value.

use crate::analysis::actual_cost::ActualCost;
use crate::analysis::baseline::Baseline;
use crate::analysis::budget::BudgetLine;
use crate::analysis::earned_schedule::Plan;
use crate::analysis::ledger::Ledger;
use crate::analysis::performance::Ready;
use crate::analysis::progress::Progress;
use crate::analysis::rollup::Tree;
use crate::analysis::series::View;
use crate::analysis::status::TimeAxis;
use crate::analysis::value::{beside, derived, own_values, with_sums};
use crate::analysis::{Measures, Settings, TaskValue, earned_value};
use crate::calendar::WorkCalendar;
use crate::model::{EarningRule, Project, TaskKind};

/// Where a project stands at its status date, without its past and without forecasts: what trust is graded by.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Cumulative figures at the status date; those of time are unknown.
    pub measures: Measures,
    /// Per task, as in [`super::value::ProjectValue`].
    pub tasks: Vec<TaskValue>,
    /// Budget and cost that belong to no task.
    pub beside_tasks: Option<TaskValue>,
    /// Whether earlier earned values are derived from actual dates.
    pub series_derived: bool,
}

/// Where a project stands; the figures are those of [`super::value::project_value`].
#[must_use]
pub fn standing(
    project: &Project,
    ledger: &Ledger,
    budget: &[BudgetLine],
    axis: &TimeAxis,
    settings: &Settings,
) -> Standing {
    let ground = Ground::new(project, ledger, budget, axis, settings);
    let view = ground.view(project, None, axis);
    let now = view.at(axis.status.0);
    let calendar = project.calendars.first();
    let ready = calendar.and_then(|calendar| ground.ready(project, calendar, axis));
    let measures = ready.as_ref().map_or_else(|| view.measures(&now), |ready| ready.measures(axis.status.0));
    let derived = derived(&view, |i| counts(project, &ground.tree, i));
    Standing {
        measures,
        beside_tasks: beside(&view, axis.status.0),
        tasks: with_sums(&view, own_values(&view, &now)),
        series_derived: derived > 0 && ready.is_none(),
    }
}

/// What is read from a project before it is looked at on any day.
pub(super) struct Ground<'a> {
    pub(super) tree: Tree,
    pub(super) baseline: Baseline,
    pub(super) cost: ActualCost,
    pub(super) progress: Progress<'a>,
    pub(super) rules: Vec<EarningRule>,
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        project: &'a Project,
        ledger: &Ledger,
        budget: &[BudgetLine],
        axis: &TimeAxis,
        settings: &Settings,
    ) -> Self {
        let tree = Tree::new(&project.tasks);
        let baseline = Baseline::new(project, &tree, budget);
        let cost = ActualCost::new(project, &tree, ledger, axis.status.0);
        let progress = Progress::new(project, &tree, &cost, axis.status.0);
        let rules = earned_value::rules(project, &tree, &progress, &settings.earning_rules);
        Self { tree, baseline, cost, progress, rules }
    }

    pub(super) fn view(
        &'a self,
        project: &'a Project,
        plan: Option<&'a Plan<'a>>,
        axis: &'a TimeAxis,
    ) -> View<'a> {
        View {
            project,
            tree: &self.tree,
            baseline: &self.baseline,
            cost: &self.cost,
            progress: &self.progress,
            rules: &self.rules,
            plan,
            axis,
            ended: None,
        }
    }

    /// The ready series, where the project has one.
    pub(super) fn ready(
        &self,
        project: &'a Project,
        calendar: &'a WorkCalendar,
        axis: &TimeAxis,
    ) -> Option<Ready<'a>> {
        Ready::new(&project.performance, calendar, self.baseline.total(), self.baseline.start, axis.kind)
    }
}

/// Whether a task is work of its own: no heading over others.
pub(super) fn counts(project: &Project, tree: &Tree, task: usize) -> bool {
    tree.is_leaf(task) && project.tasks[task].kind != TaskKind::Summary
}
