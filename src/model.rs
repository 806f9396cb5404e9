//! The nouns of project management. Entities are structs here; facts (who-when-how-much) are the
//! frames of [`facts`].

mod benefit;
mod charter;
mod criterion;
mod earning;
pub mod facts;
mod previous;
mod quality;
mod register;
mod risk;
mod stakeholder;

use std::sync::Arc;

use chrono::NaiveDate;
use polars::prelude::PlSmallStr;

use crate::calendar::{Moment, WorkCalendar, end_of_day};
use crate::quantity::{Money, Work};
use facts::Facts;

pub use benefit::{Better, CashFlow, CashFlowKind, Measurement, Objective};
pub use charter::Charter;
pub use criterion::Verdict;
pub use previous::{Previous, PreviousFigures, PreviousMilestone, PreviousRisk, PreviousTask};
pub use quality::{Acceptance, Defect, Deliverable, TestCount};
pub use register::{Action, Change, ChangeState, Decision, Issue, Lesson, Severity, State};
pub use risk::{Magnitude, Risk, RiskKind, RiskStatus};
pub use stakeholder::Stakeholder;

/// Where a row came from: the file, sheet and row a reader can open.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The row as a spreadsheet counts it.
    pub row: u32,
}

impl From<Origin> for crate::diagnostic::Location {
    fn from(origin: Origin) -> Self {
        Self { file: origin.file, sheet: origin.sheet, row: Some(origin.row), ..Self::default() }
    }
}

/// Everything that was read, linked: what analysis works on.
#[derive(Clone, Debug, Default)]
pub struct Portfolio {
    /// The projects, sorted by id.
    pub projects: Vec<Project>,
    /// The facts of all projects.
    pub facts: Facts,
    /// The tables that were read, for *Data quality*.
    pub tables: Vec<TableRead>,
}

impl Portfolio {
    /// Leaves out projects, by index, with their facts.
    pub fn set_aside(&mut self, projects: &[usize]) {
        let mut next = 0;
        let mut place = |index| {
            let kept = !projects.contains(&index);
            next += u32::from(kept);
            kept.then(|| next - 1)
        };
        let places: Vec<Option<u32>> = (0..self.projects.len()).map(&mut place).collect();
        let mut index = 0;
        self.projects.retain(|_| {
            index += 1;
            places[index - 1].is_some()
        });
        self.facts.renumber(&places);
    }
}

/// One table that was read: what a reader needs to judge how much of it was used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRead {
    /// The file as the user named it.
    pub file: Arc<str>,
    /// The sheet of a workbook.
    pub sheet: Option<Arc<str>>,
    /// The canonical table it was taken for (`tasks`, `timesheets`, ...).
    pub table: &'static str,
    /// Data rows found.
    pub rows: u32,
    /// Rows rejected by an error.
    pub rejected: u32,
    /// Rows kept without a cell that could not be read or whose word is not known.
    pub in_part: u32,
    /// Columns that were not understood and are left out, as written.
    pub unknown_columns: Vec<String>,
    /// Headers that were matched by an alias: `(as written, canonical column)`.
    pub guessed_columns: Vec<(String, &'static str)>,
    /// The project it belongs to when it has no `project` column.
    pub project: Option<String>,
}

impl TableRead {
    /// What a reader knows it by: `plan.xlsx#Tasks`, `tasks.csv`.
    #[must_use]
    pub fn name(&self) -> String {
        match &self.sheet {
            Some(sheet) => format!("{}#{sheet}", self.file),
            None => self.file.to_string(),
        }
    }
}

/// One project.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// The id: the `project` column, or the folder's or file's name.
    pub id: String,
    /// The name from the charter, else the id.
    pub name: String,
    /// ISO 4217 code or whatever the charter says; `None` when the data names none.
    pub currency: Option<String>,
    /// Purpose, people, tolerances.
    pub charter: Charter,
    /// Tasks, milestones and summaries in the order of the source; parents come before nothing in particular.
    pub tasks: Vec<Task>,
    /// Dependencies between tasks.
    pub links: Vec<Link>,
    /// The project's calendar first, then the named ones; never empty.
    pub calendars: Vec<WorkCalendar>,
    /// People, with a row for every rate they had, sorted by person and date.
    pub resources: Vec<Resource>,
    /// Dated statements of progress, sorted by task and date.
    pub statements: Vec<Statement>,
    /// The risk register, in the order of the source.
    pub risks: Vec<Risk>,
    /// The issue log, in the order of the source.
    pub issues: Vec<Issue>,
    /// The change log, in the order of the source.
    pub changes: Vec<Change>,
    /// Decisions needed and taken, in the order of the source.
    pub decisions: Vec<Decision>,
    /// What was promised outside the plan, in the order of the source.
    pub actions: Vec<Action>,
    /// What is handed over, in the order of the source.
    pub deliverables: Vec<Deliverable>,
    /// Defects found, sorted by the day they were found and by id.
    pub defects: Vec<Defect>,
    /// How far testing had come, sorted by day and suite.
    pub tests: Vec<TestCount>,
    /// The goals, in the order of the source.
    pub objectives: Vec<Objective>,
    /// What was measured of them, sorted by objective and day.
    pub measurements: Vec<Measurement>,
    /// Whom it touches, in the order of the source.
    pub stakeholders: Vec<Stakeholder>,
    /// The money of the business case, sorted by day.
    pub cash_flows: Vec<CashFlow>,
    /// What was learnt, in the order of the source.
    pub lessons: Vec<Lesson>,
    /// A ready earned value series from another tool, sorted by date; empty when there is none.
    pub performance: Vec<PerformancePoint>,
    /// The last report, where one was given and is of an earlier status date.
    pub previous: Option<Box<Previous>>,
}

impl Project {
    /// The project's calendar; `None` where no day of it is worked.
    #[must_use]
    pub fn working_calendar(&self) -> Option<&WorkCalendar> {
        self.calendars.first().filter(|calendar| calendar.has_work())
    }

    /// The calendar of a task, else the project's own.
    #[must_use]
    pub fn calendar_of(&self, task: &Task) -> Option<&WorkCalendar> {
        self.calendars.get(task.calendar).or(self.calendars.first())
    }

    /// How long a lag is: in working days of the project's calendar, in days of the clock where it is elapsed time.
    #[must_use]
    pub fn lag_days(&self, link: &Link) -> f64 {
        let hours = self.working_calendar().map_or(8.0, WorkCalendar::hours_per_day);
        link.lag.days(if link.elapsed { 24.0 } else { hours })
    }

    /// Working days from the end of one day to the end of another; negative when the second is earlier. `None` where
    /// no day is worked.
    #[must_use]
    pub fn working_days(&self, from: NaiveDate, to: NaiveDate) -> Option<f64> {
        Some(self.working_calendar()?.days_between(end_of_day(from), end_of_day(to)))
    }
}

/// What kind of row a task is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TaskKind {
    /// Work to do.
    #[default]
    Task,
    /// A moment to reach; no duration.
    Milestone,
    /// A heading over other tasks; its figures are those of its children.
    Summary,
    /// Support that passes with time; its EV follows PV.
    LevelOfEffort,
}

/// How a task earns its baseline cost. The vocabulary of `earning_rule`.
#[derive(Clone, Debug, PartialEq)]
pub enum EarningRule {
    /// `0_100`, `100_0`, `50_50`, `xx_yy`: these shares at start and at finish (0..=1, they sum to 1).
    Fixed {
        /// The share earned at the start.
        at_start: f64,
        /// The share earned at the finish.
        at_finish: f64,
    },
    /// The baseline cost curve read at percent complete.
    PercentComplete,
    /// The baseline cost times physical percent complete.
    PhysicalPercent,
    /// Weighted milestones: the task's percent complete is the weight of those reached.
    Milestones,
    /// Units done over units planned.
    Units,
    /// EV follows PV; kept out of the schedule indices.
    LevelOfEffort,
    /// The earned share of a base task.
    Apportioned {
        /// Index of the base task, once linked; `None` leaves the task unearned.
        base: Option<usize>,
    },
    /// By status only, because the data has no percent complete: done 100%, in progress
    /// spent/(spent+remaining) or 50%, to do 0.
    ByStatus,
    /// A planning package: earns nothing until it is detailed.
    PlanningPackage,
}

/// When a fixed cost falls due within its task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Accrual {
    /// All at the start.
    Start,
    /// Evenly over working time.
    #[default]
    Prorated,
    /// All at the finish.
    End,
}

/// Where a task stands, as the data says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TaskStatus {
    /// Not begun.
    #[default]
    ToDo,
    /// Begun, not finished.
    InProgress,
    /// Finished.
    Done,
    /// Will not be done; keeps its baseline, earns nothing more.
    Cancelled,
}

/// The eight constraint kinds of MS Project.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ConstraintKind {
    /// As soon as possible.
    #[default]
    Asap,
    /// As late as possible.
    Alap,
    /// Start no earlier than.
    Snet,
    /// Start no later than.
    Snlt,
    /// Finish no earlier than.
    Fnet,
    /// Finish no later than.
    Fnlt,
    /// Must start on.
    Mso,
    /// Must finish on.
    Mfo,
}

impl ConstraintKind {
    /// Its short name, as the input column takes it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Asap => word!("ASAP"),
            Self::Alap => word!("ALAP"),
            Self::Snet => word!("SNET"),
            Self::Snlt => word!("SNLT"),
            Self::Fnet => word!("FNET"),
            Self::Fnlt => word!("FNLT"),
            Self::Mso => word!("MSO"),
            Self::Mfo => word!("MFO"),
        }
    }

    /// Its name in words: `start no earlier than`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Asap => word!("as soon as possible"),
            Self::Alap => word!("as late as possible"),
            Self::Snet => word!("start no earlier than"),
            Self::Snlt => word!("start no later than"),
            Self::Fnet => word!("finish no earlier than"),
            Self::Fnlt => word!("finish no later than"),
            Self::Mso => word!("must start on"),
            Self::Mfo => word!("must finish on"),
        }
    }
}

/// How well an estimate is founded: what spread it gets where it has no three points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Confidence {
    /// Well understood, done before.
    High,
    /// The usual.
    #[default]
    Medium,
    /// New ground.
    Low,
}

/// One task, milestone or summary.
///
/// There are hundreds of thousands: short texts stand in the task itself.
#[derive(Clone, Debug, Default)]
pub struct Task {
    /// Unique in its project.
    pub id: PlSmallStr,
    /// What it is called.
    pub name: PlSmallStr,
    /// Its place in the work breakdown structure, as written.
    pub wbs: Option<PlSmallStr>,
    /// Index of the summary above it in `Project::tasks`.
    pub parent: Option<usize>,
    /// Depth below the top, 0 for a task without a parent.
    pub level: u32,
    /// Task, milestone, summary or level of effort.
    pub kind: TaskKind,
    /// The phase it belongs to.
    pub phase: Option<PlSmallStr>,
    /// The control account it belongs to.
    pub control_account: Option<PlSmallStr>,
    /// Who answers for it.
    pub owner: Option<PlSmallStr>,
    /// Where it stands, as the data says; `None` when it says nothing.
    pub status: Option<TaskStatus>,
    /// Start of the baseline.
    pub baseline_start: Option<Moment>,
    /// Finish of the baseline.
    pub baseline_finish: Option<Moment>,
    /// Working time of the baseline.
    pub baseline_duration: Option<Work>,
    /// Effort of the baseline.
    pub baseline_work: Option<Work>,
    /// The task's BAC, its fixed cost included.
    pub baseline_cost: Option<Money>,
    /// The part of the BAC that does not grow with time.
    pub fixed_cost: Money,
    /// When the fixed cost falls due.
    pub fixed_cost_accrual: Accrual,
    /// Start of the current plan.
    pub start: Option<Moment>,
    /// Finish of the current plan.
    pub finish: Option<Moment>,
    /// Working time of the current plan.
    pub duration: Option<Work>,
    /// Working time left, as the data says.
    pub remaining_duration: Option<Work>,
    /// When it began.
    pub actual_start: Option<Moment>,
    /// When it ended.
    pub actual_finish: Option<Moment>,
    /// Share of the duration done, 0..=1.
    pub percent_complete: Option<f64>,
    /// Share of the work physically done, 0..=1.
    pub physical_percent: Option<f64>,
    /// How it earns; `None` leaves it to the settings and the data (see METRICS: default without a rule).
    pub earning_rule: Option<EarningRule>,
    /// Effort of the current plan.
    pub work: Option<Work>,
    /// Effort spent, as the task table says.
    pub actual_work: Option<Work>,
    /// Effort left, as the task table says.
    pub remaining_work: Option<Work>,
    /// Cost to date, as the task table says; used only when no booking or posting joins the task.
    pub actual_cost: Option<Money>,
    /// Cost left, as the task table says.
    pub remaining_cost: Option<Money>,
    /// Constraint on its dates.
    pub constraint: ConstraintKind,
    /// The date of the constraint.
    pub constraint_date: Option<Moment>,
    /// A date it should not pass.
    pub deadline: Option<Moment>,
    /// Index in `Project::calendars`; 0 is the project's.
    pub calendar: usize,
    /// The people or things assigned, as written.
    pub resources: Vec<String>,
    /// Three-point estimate of the duration in working time: optimistic, most likely, pessimistic.
    pub three_point: Option<(Work, Work, Work)>,
    /// How well its estimate is founded; `None` when the data says nothing.
    pub confidence: Option<Confidence>,
    /// Where the row stands.
    pub origin: Origin,
}

/// What says how long a task takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LengthSource {
    /// Its duration; a milestone takes no time.
    Given,
    /// Its planned dates.
    Planned,
    /// Its baseline.
    Baseline,
    /// Nothing.
    Nothing,
}

impl Task {
    /// The working time of the whole task in its calendar, and what says so; zero where nothing does.
    #[must_use]
    pub fn length(&self, calendar: &WorkCalendar) -> (Work, LengthSource) {
        let between = |start: Option<Moment>, finish: Option<Moment>| {
            Some(calendar.work_between(start?, finish?).max(Work::ZERO))
        };
        if self.kind == TaskKind::Milestone {
            return (Work::ZERO, LengthSource::Given);
        }
        let baseline =
            || self.baseline_duration.or_else(|| between(self.baseline_start, self.baseline_finish));
        (self.duration.map(|work| (work, LengthSource::Given)))
            .or_else(|| between(self.start, self.finish).map(|work| (work, LengthSource::Planned)))
            .or_else(|| baseline().map(|work| (work, LengthSource::Baseline)))
            .map_or((Work::ZERO, LengthSource::Nothing), |(work, source)| (work.max(Work::ZERO), source))
    }
}

/// The four relation types.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RelationType {
    /// Finish to start.
    #[default]
    Fs,
    /// Start to start.
    Ss,
    /// Finish to finish.
    Ff,
    /// Start to finish.
    Sf,
}

/// A dependency between two tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Index of the predecessor.
    pub predecessor: usize,
    /// Index of the successor.
    pub successor: usize,
    /// Which ends it ties.
    pub relation: RelationType,
    /// Time between them; negative is a lead.
    pub lag: Work,
    /// Whether the lag passes by the clock, through nights and weekends, rather than in working time.
    pub elapsed: bool,
    /// Where the lag was said in percent of the predecessor's duration, that share; else 0.
    pub share: f64,
    /// Where it stands.
    pub origin: Origin,
}

impl Link {
    /// The moment a lag after another, where working time is that of this calendar.
    #[must_use]
    pub fn after(&self, calendar: &WorkCalendar, from: Moment) -> Moment {
        if self.elapsed {
            from.checked_add_signed(chrono::TimeDelta::seconds(self.lag.0)).unwrap_or(from)
        } else {
            calendar.add_work(from, self.lag)
        }
    }
}

/// A person and what an hour costs from a date on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// The name timesheets use.
    pub person: String,
    /// What they do.
    pub role: Option<String>,
    /// Where they belong.
    pub team: Option<String>,
    /// Cost of an hour.
    pub rate: Option<Money>,
    /// The first day the rate holds; `None` is from the beginning.
    pub rate_from: Option<NaiveDate>,
    /// Hours of a usual day.
    pub hours_per_day: Option<f64>,
    /// Index in `Project::calendars`.
    pub calendar: usize,
    /// First day they are there.
    pub available_from: Option<NaiveDate>,
    /// Last day they are there.
    pub available_to: Option<NaiveDate>,
    /// Where the row stands.
    pub origin: Origin,
}

/// A dated statement of progress on a task.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Index of the task.
    pub task: usize,
    /// The moment it speaks of.
    pub at: Moment,
    /// Share done, 0..=1.
    pub percent_complete: Option<f64>,
    /// When the task began.
    pub actual_start: Option<Moment>,
    /// When it ended.
    pub actual_finish: Option<Moment>,
    /// Working time left.
    pub remaining_duration: Option<Work>,
    /// Effort left.
    pub remaining_work: Option<Work>,
    /// Where the row stands.
    pub origin: Origin,
}

/// One point of a ready earned value series, cumulative.
#[derive(Clone, Debug, PartialEq)]
pub struct PerformancePoint {
    /// The moment the period ends.
    pub at: Moment,
    /// Planned value.
    pub pv: Money,
    /// Earned value; `None` for periods to come.
    pub ev: Option<Money>,
    /// Actual cost; `None` for periods to come.
    pub ac: Option<Money>,
    /// Where the row stands.
    pub origin: Origin,
}
