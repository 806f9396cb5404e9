//! What a report is about: one project with its results, problems and formats. Every section gets it.

use std::borrow::Borrow;

use chrono::NaiveDate;

use crate::analysis::metric::metric;
use crate::analysis::{FinishForecast, ProjectFindings, Thresholds};
use crate::calendar::{Moment, last_day};
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::document::{Format, Value};
use crate::language::Phrase;
use crate::model::{Portfolio, Project, TableRead, Task, TaskKind};
use crate::quantity::{Health, Measured, Money, Reason};
use crate::report::Settings;
use crate::report::template::{Formats, Limits};

/// From this amount on, money is shown without decimals.
const LARGE: Money = Money(10_000 * Money::SCALE);

/// The subject of a report.
pub struct Subject<'a> {
    /// The project.
    pub project: &'a Project,
    /// Its results.
    pub found: &'a ProjectFindings,
    /// The tables it was read from.
    pub tables: Vec<&'a TableRead>,
    /// What is wrong with its data, in the order of the input.
    pub problems: Vec<&'a Diagnostic>,
    /// When a dimension turns amber or red.
    pub thresholds: Thresholds,
    /// How much is shown.
    pub limits: Limits,
    /// How quantities are written.
    pub format: Format,
    /// Per task, whether its figures are those of others below it.
    summaries: Vec<bool>,
}

impl<'a> Subject<'a> {
    /// Gathers what concerns one project.
    pub(super) fn new(
        portfolio: &'a Portfolio,
        project: &'a Project,
        found: &'a ProjectFindings,
        problems: &'a Diagnostics,
        settings: &Settings,
    ) -> Self {
        let is_its = |table: &&TableRead| table.project.as_ref().is_none_or(|id| *id == project.id);
        Self {
            project,
            found,
            tables: portfolio.tables.iter().filter(is_its).collect(),
            problems: problems.of_project(&project.id).collect(),
            thresholds: settings.thresholds,
            limits: settings.template.limits,
            format: format(
                settings,
                project.currency.as_deref(),
                found.measures.bac.max(found.measures.ac.unwrap_or_default()),
            ),
            summaries: summaries(&project.tasks),
        }
    }

    /// A metric of the catalogue by its id.
    pub(super) fn metric(&self, id: &str) -> Measured {
        metric(id).map_or(Err(Reason::NoData), |metric| (metric.value)(&self.found.measures))
    }

    /// The rating of a dimension.
    pub(super) fn health(&self, dimension: &str) -> Option<Health> {
        self.found.health.iter().find(|finding| finding.dimension == dimension)?.rating
    }

    /// What the rule of the cost or finish at the end says of a dimension, whatever its index is.
    pub(super) fn health_at_end(&self, dimension: &str) -> Option<Health> {
        self.found.health.iter().find(|finding| finding.dimension == dimension)?.at_end
    }

    /// What an index is rated by itself; none where it is not defined.
    pub(super) fn rated_index(&self, index: Measured) -> Option<Health> {
        index.ok().map(|index| self.thresholds.rate_index(index))
    }

    /// A task as a reader knows it: its code and its name.
    pub(super) fn task_label(&self, index: usize) -> String {
        let Some(task) = self.project.tasks.get(index) else { return String::new() };
        let code = code(task);
        if code.is_empty() || task.name.starts_with(code) {
            task.name.to_string()
        } else if task.name.is_empty() {
            code.to_owned()
        } else {
            [code, " ", &task.name].concat()
        }
    }

    /// The WBS code of a task, else its id.
    pub(super) fn task_code(&self, index: usize) -> String {
        self.project.tasks.get(index).map(code).unwrap_or_default().to_owned()
    }

    /// The codes of several: `1.2, 2.1`.
    pub(super) fn task_codes(&self, tasks: &[usize]) -> String {
        tasks.iter().map(|task| self.task_code(*task)).collect::<Vec<_>>().join(", ")
    }

    /// Indices of the tasks with every task after the summary above it, else in the order of the source.
    pub(super) fn outline_order(&self) -> Vec<usize> {
        let tasks = &self.project.tasks;
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); tasks.len()];
        let mut open: Vec<usize> = Vec::new();
        for (index, task) in tasks.iter().enumerate() {
            match task.parent.filter(|parent| *parent < tasks.len()) {
                Some(parent) => children[parent].push(index),
                None => open.push(index),
            }
        }
        open.reverse();
        let mut order = Vec::with_capacity(tasks.len());
        while let Some(index) = open.pop() {
            order.push(index);
            open.extend(children[index].iter().rev());
        }
        order
    }

    /// First and last day of the baseline, else of the charter.
    pub(super) fn baseline_span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let start = self.found.planned_start.or(self.project.charter.start)?.date();
        let finish = last_day(self.found.planned_finish.or(self.project.charter.finish)?);
        Some((start, finish.max(start)))
    }

    /// The recommended forecast of the finish.
    pub(super) fn finish(&self) -> Option<&'a FinishForecast> {
        FinishForecast::of(&self.found.finish_forecasts, self.found.recommended.finish)
    }

    /// The day the project is expected to finish, by the recommended method.
    pub(super) fn finish_day(&self) -> Result<NaiveDate, Reason> {
        self.finish().map_or(Err(Reason::NoData), |forecast| forecast.finish.map(last_day))
    }

    /// Working days from the end of one day to the end of another by the project's calendar; negative when
    /// the second is earlier.
    pub(super) fn working_days(&self, from: NaiveDate, to: NaiveDate) -> Option<f64> {
        self.project.working_days(from, to)
    }

    /// Whether a task's figures are those of others below it.
    pub(super) fn is_summary(&self, index: usize) -> bool {
        self.summaries.get(index).copied().unwrap_or(false)
    }

    /// An amount with the project's currency.
    pub(super) fn money(&self, amount: Money) -> String {
        self.format.amount(amount.units())
    }

    /// A phrase in the report's language.
    pub(super) fn say(&self, phrase: impl Borrow<Phrase>) -> String {
        self.format.say(phrase)
    }

    /// A word of the catalogues in the report's language.
    pub(super) fn word(&self, word: &str) -> String {
        self.format.word(word)
    }

    /// Sentences in the report's language, one after the other.
    pub(super) fn say_all(&self, sentences: &[Phrase]) -> String {
        sentences.iter().map(|sentence| self.format.say(sentence)).collect::<Vec<_>>().join(" ")
    }

    /// A word of the catalogues as a cell.
    pub(super) fn cell(&self, word: &str) -> Value {
        Value::Text(self.format.word(word))
    }

    /// Whether anything was planned for, earned or spent by the status date.
    pub(super) fn has_begun(&self) -> bool {
        let measures = &self.found.measures;
        !(measures.ev.is_zero() && measures.ac == Ok(Money::ZERO) && measures.pv.is_zero())
    }

    /// The day a finished project was finished; none while anything is open.
    pub(super) fn finished(&self) -> Option<NaiveDate> {
        self.found.closure.finished.map(last_day)
    }

    /// Whether all of the budget is earned.
    pub(super) fn all_earned(&self) -> bool {
        let measures = &self.found.measures;
        measures.bac > Money::ZERO && measures.ev >= measures.bac
    }
}

/// The WBS code of a task, else its id.
fn code(task: &Task) -> &str {
    task.wbs.as_deref().filter(|wbs| !wbs.is_empty()).unwrap_or(&task.id)
}

/// Summaries by their kind, and everything that has something below it.
fn summaries(tasks: &[Task]) -> Vec<bool> {
    let mut summaries: Vec<bool> = tasks.iter().map(|task| task.kind == TaskKind::Summary).collect();
    for task in tasks {
        if let Some(above) = task.parent.and_then(|parent| summaries.get_mut(parent)) {
            *above = true;
        }
    }
    summaries
}

/// How quantities are written where amounts go up to `largest`.
pub(super) fn format(settings: &Settings, currency: Option<&str>, largest: Money) -> Format {
    let Formats { thousands, decimal, money_decimals, date } = &settings.template.formats;
    let usual = Format::of(settings.language);
    Format {
        thousands: thousands.unwrap_or(usual.thousands),
        decimal: decimal.unwrap_or(usual.decimal),
        currency: currency.unwrap_or_default().to_owned(),
        money_decimals: money_decimals.unwrap_or(if largest >= LARGE { 0 } else { 2 }),
        date: date.clone().unwrap_or(usual.date),
        ..usual
    }
}

/// A text, or an empty cell.
pub(super) fn text(text: Option<&str>) -> Value {
    text.map_or(Value::Empty, |text| Value::Text(text.to_owned()))
}

/// The day of a finish, or an empty cell.
pub(super) fn finish_cell(moment: Option<Moment>) -> Value {
    moment.map_or(Value::Empty, |moment| Value::Date(last_day(moment)))
}

/// The day of a start, or an empty cell.
pub(super) fn start_cell(moment: Option<Moment>) -> Value {
    moment.map_or(Value::Empty, |moment| Value::Date(moment.date()))
}

/// An actual cost as a cell: it may not be known.
pub(super) fn spent(cost: Result<Money, Reason>) -> Value {
    cost.map_or_else(Value::Undefined, Value::Money)
}

/// A measured figure as a cell.
pub(super) fn cell(measured: Measured, show: fn(f64) -> Value) -> Value {
    measured.map_or_else(Value::Undefined, show)
}
