//! What a project leaves behind: how it came out against what was promised, how good its estimates and its
//! forecasts were, what is handed over open, and how its stages ended.

pub mod estimate;
pub mod handover;
pub mod outcome;
pub mod record;
pub mod stage;

use crate::analysis::change::ChangeFindings;
use crate::analysis::risk::RiskFindings;
use crate::analysis::score::Scored;
use crate::analysis::value::ProjectValue;
use crate::calendar::{Moment, last_day};
use crate::model::Project;
use estimate::Estimates;
use handover::OpenPoint;
use outcome::{Dimension, First, Promise};
use stage::Stages;

/// What is said of a project at the end of it or of a stage.
#[derive(Clone, Debug, Default)]
pub struct Closure {
    /// When the project was finished; `None` while anything is open.
    pub finished: Option<Moment>,
    /// What was promised and what came, a line a dimension; empty while the project is open.
    pub outcome: Vec<Promise>,
    /// How the estimates of the finished tasks came out.
    pub estimates: Estimates,
    /// What is open at the status date, by kind, the gravest and most urgent first.
    pub open: Vec<OpenPoint>,
    /// The phases as stages.
    pub stages: Stages,
    /// What was forecast on the way; `None` while the project is open, and where nobody asked
    /// ([`crate::analysis::Settings::forecast_record`]).
    pub record: Option<Scored>,
}

impl Closure {
    /// What was promised and what came in one dimension; `None` while the project is open.
    #[must_use]
    pub fn promise(&self, dimension: Dimension) -> Option<&Promise> {
        self.outcome.iter().find(|promise| promise.dimension == dimension)
    }
}

/// Looks at a project at its status date; its forecast record is added for all projects at once
/// ([`record::look_back`]).
#[must_use]
pub fn closure(
    project: &Project,
    value: &ProjectValue,
    risk: &RiskFindings,
    changes: &ChangeFindings,
    status: Moment,
) -> Closure {
    let day = last_day(status);
    let finished = value.actual_finish();
    // Without a budget there is nothing that could have been agreed first.
    let budget = Some(changes.budget.first).filter(|first| !first.is_zero());
    let first = First { budget, finish: changes.finish.as_ref().map(|finish| finish.first) };
    Closure {
        finished,
        outcome: finished
            .map_or_else(Vec::new, |end| outcome::promises(project, value, risk, first, last_day(end), day)),
        estimates: estimate::estimates(project, &value.tasks),
        open: handover::open_points(project, day, finished.is_some()),
        stages: stage::stages(project, &value.tasks),
        record: None,
    }
}
