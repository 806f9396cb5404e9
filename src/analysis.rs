//! Projects in, results out: earned value, earned schedule, forecasts, effort, health, trust.
//!
//! Touches nothing but memory and cannot fail: an undefined figure is a [`Reason`]. Facts are grouped
//! once for the whole portfolio ([`ledger`]); then projects fan out over rayon.

pub mod actual_cost;
pub mod baseline;
pub mod bridge;
pub mod budget;
pub mod business_case;
pub mod category;
pub mod change;
pub mod closure;
pub mod commitment;
pub mod crosscheck;
pub mod earned_schedule;
pub mod earned_value;
pub mod effort;
#[cfg(test)]
mod example;
pub mod exception;
pub mod expected;
pub mod explain;
pub mod feasibility;
mod findings;
pub mod forecast;
pub mod health;
pub mod issue;
pub mod ledger;
pub mod load;
pub mod measures;
pub mod metric;
pub mod milestone;
pub mod network;
pub mod objective;
mod percentile;
pub mod performance;
pub mod presence;
pub mod progress;
pub mod quality;
pub mod risk;
pub mod rollup;
pub mod schedule_health;
pub mod score;
pub mod series;
pub mod simulation;
pub mod since;
pub mod soundness;
pub mod stakeholder;
pub mod standing;
pub mod status;
pub mod timeline;
pub mod trust;
pub mod value;
pub mod variance;

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Deserialize;

use crate::analysis::bridge::Bridge;
use crate::analysis::budget::BudgetLine;
use crate::analysis::business_case::{BusinessCase, CaseMeasures};
use crate::analysis::change::ChangeFindings;
use crate::analysis::closure::Closure;
use crate::analysis::commitment::Commitments;
use crate::analysis::exception::Exception;
use crate::analysis::forecast::agreement::Agreement;
use crate::analysis::forecast::range::Ranges;
use crate::analysis::forecast::throughput::Throughput;
use crate::analysis::issue::IssueFindings;
use crate::analysis::ledger::Ledger;
use crate::analysis::measures::{
    EstimateMeasures, ExecutionMeasures, PaceMeasures, PeopleMeasures, QualityMeasures, RiskMeasures,
    ScheduleMeasures, SimulationMeasures,
};
use crate::analysis::network::Network;
use crate::analysis::objective::Goal;
use crate::analysis::quality::QualityFindings;
use crate::analysis::risk::{RiskFindings, Scales};
use crate::analysis::simulation::{Combined, Simulation};
use crate::analysis::stakeholder::StakeholderFindings;
use crate::analysis::status::TimeAxis;
use crate::calendar::{Moment, Period, PeriodKind, StatusDate};
use crate::language::Phrase;
use crate::model::{EarningRule, Portfolio, Project, TableRead, Task};
use crate::quantity::{Health, Measured, Money, Reason, Work};

pub use category::{Category, Reserves};
pub use effort::{Effort, EffortLine, Unmatched};
pub use forecast::{CostForecast, FinishForecast, Recommended};
pub use trust::Trust;
pub use variance::Variance;

/// What analysis is told: thresholds, rules, preferences. The `[analysis]` table of `earnest.toml`.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// The status date; `None` takes the latest date the data speaks of.
    pub status_date: Option<StatusDate>,
    /// Weeks or months.
    pub period: PeriodKind,
    /// When a dimension turns amber or red.
    pub thresholds: Thresholds,
    /// Earning rule by task kind (`task`, `milestone`) or control account, where the task has none.
    pub earning_rules: BTreeMap<String, String>,
    /// The cost method to recommend instead of the default choice.
    pub preferred_cost: Option<String>,
    /// The finish method to recommend instead of the default choice.
    pub preferred_finish: Option<String>,
    /// Thresholds of the schedule network.
    pub network: network::Settings,
    /// How far P80 lies from the recommended forecasts, where own history says better.
    pub ranges: Ranges,
    /// What the levels of a risk register are worth.
    pub risk_scales: Scales,
    /// How the simulation is run.
    pub simulation: simulation::Settings,
    /// How defects and tests are judged.
    pub quality: quality::Settings,
    /// When people have too much or too little to do.
    pub load: load::Settings,
    /// Whether to weigh what could be done about a breach of tolerance: some more simulations of the project, for a
    /// report that shows them.
    pub weigh_options: bool,
    /// Whether finished projects are looked at from each of their status dates: it reads all bookings once a date.
    pub forecast_record: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            status_date: None,
            period: PeriodKind::Month,
            thresholds: Thresholds::default(),
            earning_rules: BTreeMap::new(),
            preferred_cost: None,
            preferred_finish: None,
            network: network::Settings::default(),
            ranges: Ranges::default(),
            risk_scales: Scales::default(),
            simulation: simulation::Settings::default(),
            quality: quality::Settings::default(),
            load: load::Settings::default(),
            weigh_options: false,
            forecast_record: false,
        }
    }
}

/// When a dimension turns amber or red.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Thresholds {
    /// SPI(t) and CPI below this are amber.
    pub index_amber: f64,
    /// SPI(t) and CPI below this are red.
    pub index_red: f64,
    /// Forecast finish or EAC over by more than this share is red; by less, amber.
    pub over_red: f64,
    /// A task's CV or SV of this share of its BAC is explained in the report.
    pub explain: f64,
    /// Contingency left below this share of the residual exposure is amber.
    pub risk_cover_amber: f64,
    /// Contingency left below this share of the residual exposure is red.
    pub risk_cover_red: f64,
    /// More than this share of the open risks with an overdue response is red; any, amber.
    pub risk_overdue_red: f64,
    /// P80 by past projects and simulated P80 this share of what is left apart are pointed out.
    pub p80_apart: f64,
    /// Scope is amber when changes that are not in the baseline move more than this share of BAC.
    pub change_amber: f64,
    /// Scope is red beyond this share.
    pub change_red: f64,
}

impl Default for Thresholds {
    /// The defaults of METRICS: 0.95, 0.90, 10%; variances from 10% on; contingency as large as the exposure; changes
    /// beyond 5% and 10% of BAC.
    fn default() -> Self {
        Self {
            index_amber: 0.95,
            index_red: 0.90,
            over_red: 0.10,
            explain: 0.10,
            risk_cover_amber: 1.0,
            risk_cover_red: 0.5,
            risk_overdue_red: 0.25,
            p80_apart: 0.10,
            change_amber: 0.05,
            change_red: 0.10,
        }
    }
}

impl Thresholds {
    /// What an index where a higher figure is better is rated by itself.
    #[must_use]
    pub fn rate_index(&self, index: f64) -> Health {
        match index {
            index if index < self.index_red => Health::Red,
            index if index < self.index_amber => Health::Amber,
            _ => Health::Green,
        }
    }
}

/// The results of the whole portfolio, one entry a project in the order of `Portfolio::projects`.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    /// Each project.
    pub projects: Vec<ProjectFindings>,
    /// What the simulation says of them together; `None` with fewer than two that can be simulated.
    pub together: Option<Combined>,
}

/// The results of one project.
#[derive(Clone, Debug)]
pub struct ProjectFindings {
    /// The status date used.
    pub status_date: StatusDate,
    /// Whether it was taken from the data, and from where (`timesheets.csv`), for the note.
    pub status_date_from: Option<Phrase>,
    /// The reporting period the status date lies in.
    pub period: Period,
    /// Whether the series goes by weeks or months (a short project goes by weeks).
    pub period_kind: PeriodKind,
    /// The first moment of the plan: earliest baseline start.
    pub planned_start: Option<Moment>,
    /// The last moment of the plan: latest baseline finish.
    pub planned_finish: Option<Moment>,
    /// The cumulative figures the metrics are computed from.
    pub measures: Measures,
    /// Same, for the last period alone (differences of the cumulative figures).
    pub last_period: Measures,
    /// Same, for the last three periods together.
    pub last_three: Measures,
    /// Per task, in the order of `Project::tasks`; a summary holds the sum of its children.
    pub tasks: Vec<TaskValue>,
    /// Budget that belongs to no task, as one line beside the tasks; `None` when there is none.
    pub beside_tasks: Option<TaskValue>,
    /// By phase, then control account; empty when the data names none.
    pub phases: Vec<Group>,
    /// By control account.
    pub control_accounts: Vec<Group>,
    /// Period by period from the first planned or actual cost to the later of baseline finish and status date.
    /// The status date ends its period; where the plan goes on after it in the last period, that period comes
    /// twice: to the status date, and to its end as planned.
    pub series: Vec<PeriodValue>,
    /// Whether earlier points of the earned series are derived from actual dates, because the data has
    /// no dated statements of progress: the report says so.
    pub series_derived: bool,
    /// What was chosen or assumed on the way, in sentences for the reader.
    pub notes: Vec<Phrase>,
    /// Estimates at completion by method, in the order of METRICS.
    pub cost_forecasts: Vec<CostForecast>,
    /// Finish forecasts by method.
    pub finish_forecasts: Vec<FinishForecast>,
    /// When the open tasks are done at the pace so far, with its percentiles.
    pub throughput: Result<Throughput, Reason>,
    /// Which are recommended and why.
    pub recommended: Recommended,
    /// How the simulated P80 agrees with that of the recommended forecasts.
    pub agreement: Agreement,
    /// Milestones in order of their baseline date: indices into tasks with their dates.
    pub milestones: Vec<Milestone>,
    /// Finished within the status date's period: indices into tasks, by finish.
    pub done: Vec<usize>,
    /// Baselined to finish by the status date and not finished, the most overdue first.
    pub not_done: Vec<usize>,
    /// To start or finish in the next period, by date.
    pub next: Vec<usize>,
    /// Hours and cost of people.
    pub effort: Effort,
    /// Who has how much to do when.
    pub load: load::LoadFindings,
    /// Cost by category: actual, committed, budget.
    pub categories: Vec<Category>,
    /// Contingency and management reserve.
    pub reserves: Reserves,
    /// The schedule network, or why it cannot be assessed.
    pub network: Result<Network, Phrase>,
    /// What the checks of the schedule found, in the order of their catalogue.
    pub schedule_health: Vec<schedule_health::Assessment>,
    /// What the risk register amounts to.
    pub risk: RiskFindings,
    /// What is known of the quality of what is made.
    pub quality: QualityFindings,
    /// Entries that contradict the schedule or the bookings.
    pub contradictions: Vec<crosscheck::Contradiction>,
    /// Finish and cost with their uncertainty, or why they cannot be simulated.
    pub simulation: Result<Simulation, Phrase>,
    /// What the project is worth to its sponsor; `None` without cash flows.
    pub business_case: Option<BusinessCase>,
    /// Where every objective stands, in the order of `Project::objectives`.
    pub objectives: Vec<Goal>,
    /// Whether the plan can be carried out with what is there, line by line.
    pub feasibility: Vec<feasibility::Line>,
    /// What the project leaves behind at its end or at that of a stage.
    pub closure: Closure,
    /// The largest contributions to CV and SV: indices into tasks, worst first.
    pub variances: Vec<Variance>,
    /// From BAC to EAC by cause, or why there is no way to tell.
    pub bridge: Result<Bridge, Reason>,
    /// What the change log amounts to.
    pub changes: ChangeFindings,
    /// What the issue log amounts to.
    pub issues: IssueFindings,
    /// Open actions and decisions.
    pub commitments: Commitments,
    /// How stakeholders are engaged.
    pub stakeholders: StakeholderFindings,
    /// The tolerances against the forecasts, and what to do where one is forecast to break.
    pub exception: Exception,
    /// What became of the tasks that the last report forecast to finish, or why nobody can say.
    pub execution: Result<since::Execution, Reason>,
    /// What changed since the last report; `None` without one.
    pub since: Option<since::Since>,
    /// Health per dimension; the overall rating is first.
    pub health: Vec<HealthFinding>,
    /// How far the data can be trusted.
    pub trust: Trust,
}

/// The base figures every metric is a function of. Cumulative to the status date unless said.
#[derive(Clone, Debug, PartialEq)]
pub struct Measures {
    /// Budget at completion.
    pub bac: Money,
    /// Planned value.
    pub pv: Money,
    /// Earned value.
    pub ev: Money,
    /// Actual cost; work that has earned something cost something, so none at all is unknown and not zero.
    pub ac: Result<Money, Reason>,
    /// Planned and earned value without level of effort: what the schedule indices use.
    pub pv_discrete: Money,
    /// Earned value without level of effort.
    pub ev_discrete: Money,
    /// Commitments, never in AC.
    pub committed: Money,
    /// The recommended EAC, unrounded.
    pub eac: Measured,
    /// Planned duration in working days.
    pub planned_duration: Measured,
    /// Actual time in working days from the baseline start to the status date.
    pub actual_time: Measured,
    /// Earned schedule in working days from the baseline start.
    pub earned_schedule: Measured,
    /// Earned schedule in periods.
    pub earned_periods: Measured,
    /// Actual time in periods.
    pub actual_periods: Measured,
    /// The moment up to which the plan is earned.
    pub earned_schedule_date: Result<Moment, Reason>,
    /// Adherence to the schedule.
    pub p_factor: Measured,
    /// Whether the figures come from a `performance` table: then time is counted in its periods.
    pub ready_series: bool,
    /// CPI of the last three periods, for the recent-CPI forecast.
    pub recent_cpi: Measured,
    /// The cost efficiency that finished tasks let expect of the rest.
    pub finished_cpi: Measured,
    /// Estimates of what remains, summed from the tasks.
    pub remaining_estimate: Measured,
    /// What the business case comes to.
    pub case: CaseMeasures,
    /// Hours and cost of people.
    pub people: PeopleMeasures,
    /// How the baseline is carried out.
    pub schedule: ScheduleMeasures,
    /// Exposure and contingency.
    pub risk: RiskMeasures,
    /// Percentiles of the simulation.
    pub simulation: SimulationMeasures,
    /// Tasks finished a week.
    pub pace: PaceMeasures,
    /// Tests, defects, rework.
    pub quality: QualityMeasures,
    /// How the estimates of the finished tasks came out.
    pub estimates: EstimateMeasures,
    /// What became of the tasks that were forecast to finish.
    pub execution: ExecutionMeasures,
}

/// The figures of one task, summary or line beside the tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct TaskValue {
    /// Budget at completion.
    pub bac: Money,
    /// Planned value.
    pub pv: Money,
    /// Earned value.
    pub ev: Money,
    /// Actual cost.
    pub ac: Money,
    /// Share earned, 0..=1; `None` for a task without baseline cost.
    pub earned_share: Option<f64>,
    /// Share of the work done as stated, 0..=1.
    pub percent_complete: f64,
    /// The rule that applied.
    pub rule: EarningRule,
    /// Hours booked.
    pub hours: Work,
    /// When it began, from the task row, the statements or the first booking.
    pub actual_start: Option<Moment>,
    /// When it ended.
    pub actual_finish: Option<Moment>,
    /// When it is expected to start: actual, or as planned, never before its links and the status date admit.
    pub expected_start: Option<Moment>,
    /// When it is expected to finish, likewise.
    pub expected_finish: Option<Moment>,
}

impl TaskValue {
    /// What the rest of this task costs: as estimated where the task says so, else as budgeted.
    #[must_use]
    pub fn rest(&self, task: &Task) -> Money {
        task.remaining_cost.unwrap_or(self.bac - self.ev).max(Money::ZERO)
    }
}

/// A roll-up by phase or control account.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name; what belongs to none is under an empty name, last.
    pub name: String,
    /// Budget at completion.
    pub bac: Money,
    /// Planned value.
    pub pv: Money,
    /// Earned value.
    pub ev: Money,
    /// Actual cost.
    pub ac: Money,
}

/// Cumulative figures at the end of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct PeriodValue {
    /// The period.
    pub period: Period,
    /// The moment the figures speak of: the period's end, or the status date within it.
    pub at: Moment,
    /// Planned value.
    pub pv: Money,
    /// Earned value; `None` after the status date.
    pub ev: Option<Money>,
    /// Actual cost; `None` after the status date.
    pub ac: Option<Money>,
    /// SPI(t) at that moment; `None` after the status date.
    pub spi_t: Option<f64>,
    /// CPI at that moment.
    pub cpi: Option<f64>,
    /// SPI at that moment.
    pub spi: Option<f64>,
    /// Hours booked to date; `None` after the status date.
    pub hours: Option<Work>,
}

/// A milestone with its dates.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// Index into tasks.
    pub task: usize,
    /// As baselined.
    pub baseline: Option<Moment>,
    /// As expected now, or as reached.
    pub forecast: Option<Moment>,
    /// Whether it is reached.
    pub reached: bool,
    /// Working days later (positive) or earlier than the baseline.
    pub movement_days: Option<f64>,
}

/// A dimension's health with what fired it.
#[derive(Clone, Debug, PartialEq)]
pub struct HealthFinding {
    /// `Overall`, `Schedule`, `Cost`, `Risk`.
    pub dimension: &'static str,
    /// The rating; `None` when it cannot be assessed.
    pub rating: Option<Health>,
    /// The rule and the value, in words.
    pub rule: Phrase,
    /// Why it cannot be assessed; of schedule and cost.
    pub missing: Option<Reason>,
    /// What the rule of the cost or finish at the end says by itself, without that of the index; only of those two.
    pub at_end: Option<Health>,
}

/// Computes the results of every project.
#[must_use]
pub fn analyze(portfolio: &Portfolio, settings: &Settings) -> Findings {
    let mut projects = of_each(portfolio, settings, ledger::ledgers, findings::findings);
    if settings.forecast_record {
        closure::record::look_back(portfolio, settings, &mut projects);
    }
    let together = simulation::combined(portfolio, &projects, &settings.simulation);
    Findings { projects, together }
}

/// What one project's results are computed from, beside the settings.
#[derive(Clone, Copy)]
struct Given<'a> {
    project: &'a Project,
    tables: &'a [TableRead],
    ledger: &'a Ledger,
    budget: &'a [BudgetLine],
    axis: &'a TimeAxis,
}

/// Groups the facts once, then asks something of every project, side by side.
fn of_each<T: Send>(
    portfolio: &Portfolio,
    settings: &Settings,
    group: fn(&Portfolio, &[TimeAxis]) -> Vec<Ledger>,
    ask: impl Fn(Given<'_>, &Settings) -> T + Sync,
) -> Vec<T> {
    let axes = status::axes(portfolio, settings);
    let ledgers = group(portfolio, &axes);
    let budgets = budget::baseline_lines(portfolio);
    let given = |i: usize| Given {
        project: &portfolio.projects[i],
        tables: &portfolio.tables,
        ledger: &ledgers[i],
        budget: &budgets[i],
        axis: &axes[i],
    };
    (0..portfolio.projects.len()).into_par_iter().map(|i| ask(given(i), settings)).collect()
}
