//! Cells of one row that contradict each other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::calendar::Moment;
use crate::diagnostic::{Code, code};
use crate::language::{Part, Phrase};
use crate::quantity::{Money, Work};

use super::cell::Trouble;
use super::columns::list;
use super::{ColumnNames, Datum, TABLES, TableSpec};

/// What a check found.
pub(super) struct Found {
    /// The column it is shown at.
    pub(super) column: &'static str,
    /// What is wrong.
    pub(super) trouble: Trouble,
    /// Columns that are emptied because of it.
    pub(super) emptied: &'static [&'static str],
    /// The whole row is left out.
    pub(super) rejects: bool,
    /// Columns shown with the message.
    pub(super) shown: &'static [&'static str],
}

impl Found {
    /// Something that empties a cell.
    fn empties(
        column: &'static str,
        emptied: &'static [&'static str],
        trouble: Trouble,
        shown: &'static [&'static str],
    ) -> Self {
        Self { column, trouble, emptied, rejects: false, shown }
    }

    /// The message with what becomes of the row because of it.
    pub(super) fn with_what_becomes(&self) -> Phrase {
        let trouble = &self.trouble.message;
        match self.emptied {
            _ if self.rejects => phrase!("{trouble}; the row is left out", trouble),
            [] => phrase!("{trouble}; used as it is", trouble),
            [one] => phrase!("{trouble}; {column} is left empty", trouble, column = *one),
            several => phrase!("{trouble}; {columns} are left empty", trouble, columns = list(several)),
        }
    }
}

/// The columns of every table by name: they are asked for with every row.
static COLUMNS: LazyLock<BTreeMap<&'static str, ColumnNames>> = LazyLock::new(|| {
    TABLES.iter().map(|table| (table.name, ColumnNames::new(table.columns.iter().map(|c| c.name)))).collect()
});

/// A row by the names of its columns.
struct Row<'a> {
    columns: &'a ColumnNames,
    cells: &'a [Option<Datum>],
}

impl Row<'_> {
    fn get(&self, column: &str) -> Option<&Datum> {
        self.cells.get(self.columns.place(column)?)?.as_ref()
    }

    fn moment(&self, column: &str) -> Option<Moment> {
        if let Some(Datum::Moment(moment)) = self.get(column) { Some(*moment) } else { None }
    }

    fn share(&self, column: &str) -> Option<f64> {
        if let Some(Datum::Share(share)) = self.get(column) { Some(*share) } else { None }
    }

    fn work(&self, column: &str) -> Option<Work> {
        if let Some(Datum::Work(work)) = self.get(column) { Some(*work) } else { None }
    }

    /// A duration in days of eight hours, good enough to compare two.
    fn days(&self, column: &str) -> Option<f64> {
        match self.get(column)? {
            Datum::Days(days) => Some(*days),
            Datum::Work(work) => Some(work.hours() / 8.0),
            _ => None,
        }
    }
}

/// Where the columns of a table are by their names: for [`check`].
pub(super) fn columns(spec: &TableSpec) -> &'static ColumnNames {
    static NONE: LazyLock<ColumnNames> = LazyLock::new(ColumnNames::default);
    COLUMNS.get(spec.name).unwrap_or(&NONE)
}

/// Everything wrong with a row of the table, by its own cells alone.
pub(super) fn check(spec: &'static TableSpec, columns: &ColumnNames, cells: &[Option<Datum>]) -> Vec<Found> {
    let row = Row { columns, cells };
    match spec.name {
        "tasks" => task(&row),
        "progress" => progress(&row).into_iter().collect(),
        "timesheets" => booking(&row).into_iter().collect(),
        "budget" => budget(&row),
        "resources" => span(
            &row,
            "available_from",
            "available_to",
            &["available_to"],
            &["person", "available_from", "available_to"],
        )
        .into_iter()
        .collect(),
        "calendars" => day_or_weekday(&row).into_iter().collect(),
        "issues" | "defects" => settled(&row, "opened", "closed", &["closed"]).into_iter().collect(),
        "changes" => settled(&row, "raised", "decided", &["decided"]).into_iter().collect(),
        "deliverables" => settled(&row, "submitted", "accepted", &["accepted"]).into_iter().collect(),
        "tests" => COUNTS.iter().filter_map(|column| count(&row, column)).collect(),
        _ => Vec::new(),
    }
}

/// Whether the checks of a table look at more than one cell of a row.
pub(super) fn compares(spec: &TableSpec) -> bool {
    matches!(
        spec.name,
        "tasks"
            | "progress"
            | "budget"
            | "resources"
            | "calendars"
            | "issues"
            | "changes"
            | "deliverables"
            | "defects"
    )
}

fn task(row: &Row<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    if let Some((start, _)) = reversed(row, "baseline_start", "baseline_finish") {
        let help = phrase!(
            "give a finish on or after {day}, or leave both empty for a planning package",
            day = start
        );
        let message = word!("baseline finish lies before baseline start");
        let trouble = Trouble::new(&code::BASELINE_REVERSED, message).help(help);
        found.push(Found::empties(
            "baseline_finish",
            &["baseline_finish"],
            trouble,
            &["id", "baseline_start", "baseline_finish"],
        ));
    }
    if let Some((start, finish)) = reversed(row, "start", "finish") {
        let message = phrase!("finish {finish} lies before start {start}", finish, start);
        let trouble = Trouble::new(&code::PLAN_REVERSED, message).help(word!("correct one of the two"));
        found.push(Found::empties("finish", &["finish"], trouble, &["id", "start", "finish"]));
    }
    found.extend(BUDGETS.iter().filter_map(|column| budget_below_zero(row, column)));
    found.extend(actual(row, &["id", "actual_start", "actual_finish"]));
    found.extend(three_point(row));
    found.extend(unfinished(row));
    found
}

/// What a task may cost, each column alone to empty it by.
const BUDGETS: [&[&str]; 2] = [&["baseline_cost"], &["fixed_cost"]];

/// A task whose budget is below zero: it would take from the budget of the others.
fn budget_below_zero(row: &Row<'_>, column: &'static [&'static str]) -> Option<Found> {
    let name = column.first()?;
    let Some(Datum::Money(money)) = row.get(name) else { return None };
    if *money >= Money::ZERO {
        return None;
    }
    let amount = money.units().to_string();
    let message = match *name {
        "fixed_cost" => phrase!("fixed cost {amount} is below zero", amount),
        _ => phrase!("baseline cost {amount} is below zero", amount),
    };
    let trouble = Trouble::new(&code::NEGATIVE_BUDGET, message)
        .help(word!("give what the task may cost; what saves money belongs into cash_flows or into the budget of what it saves"));
    Some(Found::empties(name, column, trouble, &["id", "name"]))
}

/// A line of the budget, and when it is for.
fn budget(row: &Row<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    found.extend(span(row, "start", "finish", &["finish"], &["start", "finish"]));
    if let Some(Datum::Money(money)) = row.get("amount")
        && *money < Money::ZERO
    {
        let amount = money.units().to_string();
        let message = phrase!("a budget of {amount} takes away from the others", amount);
        let trouble = Trouble::new(&code::BUDGET_BELOW_ZERO, message)
            .help(word!("right where budget is moved from one line to another; else correct the amount"));
        found.push(Found::empties("amount", &[], trouble, &["task", "wbs", "category", "amount"]));
    }
    found
}

fn progress(row: &Row<'_>) -> Option<Found> {
    actual(row, &["task", "date", "actual_start", "actual_finish"])
}

/// The two ends as days, when the second lies before the first.
fn reversed(row: &Row<'_>, start: &str, finish: &str) -> Option<(chrono::NaiveDate, chrono::NaiveDate)> {
    let (from, to) = (row.moment(start)?, row.moment(finish)?);
    (to < from).then(|| (from.date(), crate::calendar::last_day(to)))
}

fn actual(row: &Row<'_>, shown: &'static [&'static str]) -> Option<Found> {
    let (start, finish) = reversed(row, "actual_start", "actual_finish")?;
    let message = phrase!("actual finish {finish} lies before actual start {start}", finish, start);
    let trouble = Trouble::new(&code::ACTUAL_REVERSED, message).help(word!("correct one of the two"));
    Some(Found::empties("actual_finish", &["actual_finish"], trouble, shown))
}

fn three_point(row: &Row<'_>) -> Option<Found> {
    const ALL: &[&str] = &["optimistic", "most_likely", "pessimistic"];
    if ALL.iter().filter_map(|column| row.days(column)).is_sorted() {
        return None;
    }
    let message = word!("optimistic, most likely and pessimistic durations fall");
    let trouble = Trouble::new(&code::THREE_POINT, message).help(word!("give them in rising order"));
    Some(Found::empties("pessimistic", ALL, trouble, &["id", "optimistic", "most_likely", "pessimistic"]))
}

/// A task that has finished is complete.
fn unfinished(row: &Row<'_>) -> Option<Found> {
    let share = row.share("percent_complete")?;
    row.moment("actual_finish").filter(|_| share < 1.0)?;
    let message = phrase!("finished, but {share} complete", share = Part::percent(share, 0));
    let trouble = Trouble::new(&code::FINISHED_NOT_COMPLETE, message)
        .help(word!("make percent_complete and actual_finish agree"));
    Some(Found::empties("percent_complete", &[], trouble, &["id", "percent_complete", "actual_finish"]))
}

fn booking(row: &Row<'_>) -> Option<Found> {
    let hours = row.work("hours")?.hours();
    if hours <= 24.0 {
        return None;
    }
    let message = phrase!("{hours} hours on one day", hours = hours.to_string());
    let trouble = Trouble::new(&code::LONG_DAY, message).help(word!("book each day by itself"));
    Some(Found::empties("hours", &[], trouble, &["person", "date", "hours"]))
}

/// What ends before it begins.
fn span(
    row: &Row<'_>,
    from: &'static str,
    to: &'static str,
    emptied: &'static [&'static str],
    shown: &'static [&'static str],
) -> Option<Found> {
    falls(row, (from, to), &code::SPAN_REVERSED, emptied, shown)
}

/// What was settled before it was raised.
fn settled(
    row: &Row<'_>,
    raised: &'static str,
    settled: &'static str,
    emptied: &'static [&'static str],
) -> Option<Found> {
    falls(row, (raised, settled), &code::CLOSED_REVERSED, emptied, &["id", "title"])
}

/// Two dates of which the second lies before the first.
fn falls(
    row: &Row<'_>,
    (from, to): (&'static str, &'static str),
    code: &'static Code,
    emptied: &'static [&'static str],
    shown: &'static [&'static str],
) -> Option<Found> {
    let (start, end) = (row.moment(from)?, row.moment(to)?);
    if end >= start {
        return None;
    }
    let message = phrase!(
        "{later} {end} lies before {earlier} {start}",
        later = to,
        end = end.date(),
        earlier = from,
        start = start.date()
    );
    let trouble = Trouble::new(code, message).help(word!("correct one of the two"));
    Some(Found::empties(to, emptied, trouble, shown))
}

/// The counts of `tests`, each alone to empty it by.
const COUNTS: [&[&str]; 4] = [&["planned"], &["executed"], &["passed"], &["failed"]];

fn count(row: &Row<'_>, column: &'static [&'static str]) -> Option<Found> {
    let name = column.first()?;
    let Some(Datum::Number(number)) = row.get(name) else { return None };
    if (0.0..=f64::from(u32::MAX)).contains(number) && number.fract() == 0.0 {
        return None;
    }
    let message = phrase!("{number} is not a count of tests", number = number.to_string());
    let trouble = Trouble::new(&code::NOT_A_COUNT, message).help(word!("write a whole number"));
    Some(Found::empties(name, column, trouble, &["date", "suite"]))
}

fn day_or_weekday(row: &Row<'_>) -> Option<Found> {
    let message = match (row.get("date"), row.get("weekday")) {
        (None, None) => word!("the row names neither a date nor a weekday"),
        (Some(_), Some(_)) => word!("the row names both a date and a weekday"),
        _ => return None,
    };
    let trouble = Trouble::new(&code::NEITHER_DAY_NOR_WEEKDAY, message)
        .help(word!("fill one of the columns date and weekday"));
    Some(Found {
        column: "date",
        trouble,
        emptied: &[],
        rejects: true,
        shown: &["calendar", "date", "weekday", "name"],
    })
}
