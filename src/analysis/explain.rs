//! Where a figure comes from: the formula with its figures, and the rows of the data behind those.

mod evidence;

use crate::analysis::ledger::{bookings_by_table, postings_by_table};
use crate::analysis::metric::{METRICS, Metric, Unit, in_print};
use crate::analysis::{Findings, ProjectFindings, TaskValue};
use crate::language::{Format, Part, Phrase};
use crate::model::{Portfolio, Project};
use crate::quantity::Money;

/// How many of the largest tasks are named.
const LARGEST: usize = 8;

/// The lines that explain a metric of one project, as `format` says them: `index` counts in `Portfolio::projects`.
/// Empty where there is no such project.
#[must_use]
pub fn explain(
    metric: &Metric,
    portfolio: &Portfolio,
    findings: &Findings,
    index: usize,
    format: &Format,
) -> Vec<String> {
    let (Some(project), Some(found)) = (portfolio.projects.get(index), findings.projects.get(index)) else {
        return Vec::new();
    };
    if !metric.is_of_project() {
        let of_each = evidence::each(metric, project, found, format);
        return if of_each.is_empty() { vec![derivation(metric, found, format)] } else { of_each };
    }
    let mut lines = vec![derivation(metric, found, format)];
    let mut bases = Vec::new();
    base_figures(metric, &mut bases);
    for base in bases {
        if base.id != metric.id {
            lines.push(format.say(phrase!(
                "{metric} ({name}): {value}",
                metric = in_print(base.symbol),
                name = Part::Word(base.name),
                value = shown(base, found)
            )));
        }
        if let Some(part) = part_of(base) {
            lines.extend(rows(project, found, part, format));
        } else if base.id == "eac" {
            let recommended = &found.recommended;
            let by = phrase!("by {method}. {why}", method = recommended.cost, why = &recommended.why);
            lines.push(format!("  {}", format.say(by)));
        } else {
            lines.extend(evidence::behind(base, project, found, format));
        }
        let from = |rows| format!("  {}", format.say(phrase!("from {rows}", rows)));
        lines.extend(tables(base, portfolio, found, index).into_iter().map(from));
    }
    lines
}

/// The tables that a base figure is counted from.
fn tables(base: &Metric, portfolio: &Portfolio, found: &ProjectFindings, index: usize) -> Vec<Phrase> {
    match base.id {
        "hours_booked" => bookings_by_table(portfolio, index),
        "ac" if found.measures.ready_series => Vec::new(),
        "ac" | "cost_recent" => {
            let mut tables = bookings_by_table(portfolio, index);
            tables.extend(postings_by_table(portfolio, index));
            tables
        }
        _ => Vec::new(),
    }
}

/// `CPI = EV / AC = 400.00 / 500.00 = 0.800`, or why it is undefined.
fn derivation(metric: &Metric, found: &ProjectFindings, format: &Format) -> String {
    let shown = |metric: &Metric| format.say(shown(metric, found));
    if metric.formula.is_empty() {
        return format!("{} = {}", in_print(metric.symbol), shown(metric));
    }
    let figures = with_symbols(metric.formula, |word| match symbol(word) {
        Some(metric) => shown(metric),
        None => word.to_owned(),
    });
    let (symbol, formula) = (in_print(metric.symbol), in_print(metric.formula));
    format!("{symbol} = {formula} = {figures} = {}", shown(metric))
}

fn symbol(word: &str) -> Option<&'static Metric> {
    METRICS.iter().find(|metric| metric.symbol == word).copied()
}

/// A formula with every word replaced.
fn with_symbols(formula: &str, replace: impl Fn(&str) -> String) -> String {
    let (mut text, mut word) = (String::new(), String::new());
    for letter in formula.chars().chain([' ']) {
        if letter.is_alphanumeric() || letter == '_' {
            word.push(letter);
            continue;
        }
        if !word.is_empty() {
            text.push_str(&replace(&word));
            word.clear();
        }
        text.push(letter);
    }
    text.trim_end().to_owned()
}

/// The base figures a metric rests on, each once, in the order of the formula.
fn base_figures(metric: &Metric, bases: &mut Vec<&'static Metric>) {
    if metric.formula.is_empty() {
        if let Some(base) = symbol(metric.symbol)
            && !bases.iter().any(|known| known.id == base.id)
        {
            bases.push(base);
        }
        return;
    }
    for word in metric.formula.split(|c: char| !c.is_alphanumeric() && c != '_') {
        if let Some(part) = symbol(word) {
            base_figures(part, bases);
        }
    }
}

/// The figure as a reader would write it, or the reason why there is none.
fn shown(metric: &Metric, found: &ProjectFindings) -> Phrase {
    match (metric.value)(&found.measures) {
        Ok(value) => in_unit(metric.unit, value),
        Err(reason) => phrase!("undefined ({reason})", reason),
    }
}

/// A value in its unit.
fn in_unit(unit: Unit, value: f64) -> Phrase {
    let number = |decimals| Part::number(value, decimals);
    match unit {
        Unit::Money => phrase!("{amount}", amount = Part::exact(Money::from_units(value))),
        Unit::Index => phrase!("{n}", n = number(3)),
        Unit::Percent => phrase!("{share}", share = Part::percent(value, 1)),
        Unit::Days => phrase!("{n} working days", n = number(1)),
        Unit::Periods => phrase!("{n} periods", n = number(2)),
        Unit::Years => phrase!("{n} years", n = number(2)),
        Unit::Hours => phrase!("{n} h", n = number(1)),
        Unit::Heads => phrase!("{n}", n = number(1)),
        Unit::Count => phrase!("{n}", n = number(0)),
        Unit::Weekly => phrase!("{n} a week", n = number(2)),
        Unit::Weeks => phrase!("{n} weeks", n = number(1)),
        Unit::Number => phrase!("{n}", n = number(2)),
    }
}

/// The part of a task's figures that adds up to a base figure.
fn part_of(base: &Metric) -> Option<fn(&TaskValue) -> Money> {
    match base.id {
        "bac" => Some(|task| task.bac),
        "pv" | "pv_discrete" => Some(|task| task.pv),
        "ev" | "ev_discrete" => Some(|task| task.ev),
        "ac" => Some(|task| task.ac),
        _ => None,
    }
}

/// The largest tasks behind a figure with the row each stands in, and the rest in one line.
fn rows(
    project: &Project,
    found: &ProjectFindings,
    part: fn(&TaskValue) -> Money,
    format: &Format,
) -> Vec<String> {
    if found.measures.ready_series {
        let file = project.performance.first().map(|point| &*point.origin.file).unwrap_or_default();
        return vec![format!("  {}", format.say(phrase!("from the ready series of {file}", file)))];
    }
    let mut above = vec![false; project.tasks.len()];
    for parent in project.tasks.iter().filter_map(|task| task.parent) {
        above[parent] = true;
    }
    let mut tasks: Vec<(usize, Money)> = found
        .tasks
        .iter()
        .enumerate()
        .filter(|(i, task)| !above[*i] && !part(task).is_zero())
        .map(|(i, task)| (i, part(task)))
        .collect();
    tasks.sort_by_key(|(i, amount)| (std::cmp::Reverse(*amount), *i));
    let exact = |amount: Money| format.number(amount.units(), 2);
    let mut lines: Vec<String> = tasks
        .iter()
        .take(LARGEST)
        .map(|(i, amount)| {
            let task = &project.tasks[*i];
            let (rule, origin) = (format.word(found.tasks[*i].rule.name()), &task.origin);
            format!(
                "  {:>14}  {} {}  ({}:{}, {rule})",
                exact(*amount),
                task.id,
                task.name,
                origin.file,
                origin.row
            )
        })
        .collect();
    let rest = &tasks[tasks.len().min(LARGEST)..];
    if !rest.is_empty() {
        let sum: Money = rest.iter().map(|(_, amount)| *amount).sum();
        let more = phrase!("{n} {n|task|tasks} more", n = rest.len());
        lines.push(format!("  {:>14}  {}", exact(sum), format.say(more)));
    }
    if let Some(beside) = found.beside_tasks.as_ref().map(part).filter(|amount| !amount.is_zero()) {
        let none = format.word(word!("belongs to no task"));
        lines.push(format!("  {:>14}  {none}", exact(beside)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::metric::{CPI, PASS_RATE, TCPI_EAC};
    use crate::analysis::{Settings, analyze};
    use crate::calendar::{StatusDate, WorkCalendar};
    use crate::model::{Origin, Task, TestCount};

    #[test]
    fn the_figures_stand_in_the_formula_and_the_rows_below() {
        let origin = Origin { file: "plan/tasks.csv".into(), sheet: None, row: 2 };
        let task = Task {
            id: "A".into(),
            name: "Build".into(),
            baseline_start: Some("2026-03-02T00:00:00".parse().unwrap()),
            baseline_finish: Some("2026-03-06T00:00:00".parse().unwrap()),
            baseline_cost: Some(Money::from_units(100.0)),
            percent_complete: Some(0.6),
            actual_cost: Some(Money::from_units(70.0)),
            origin,
            ..Task::default()
        };
        let project =
            Project { tasks: vec![task], calendars: vec![WorkCalendar::default()], ..Project::default() };
        let portfolio = Portfolio { projects: vec![project], ..Portfolio::default() };
        let status = StatusDate("2026-03-05T00:00:00".parse().unwrap());
        let findings = analyze(&portfolio, &Settings { status_date: Some(status), ..Settings::default() });
        let english = Format::english();
        let lines = explain(&CPI, &portfolio, &findings, 0, english);
        assert_eq!(lines[0], "CPI = EV / AC = 60.00 / 70.00 = 0.857");
        assert_eq!(lines[2], "           60.00  A Build  (plan/tasks.csv:2, percent complete)");
        assert!(explain(&TCPI_EAC, &portfolio, &findings, 0, english)[0].contains("(BAC - EV) / (EAC - AC)"));
        assert!(explain(&CPI, &portfolio, &findings, 9, english).is_empty());
    }

    /// Two suites were counted on different days, and one of them twice: 30 / (30 + 10) passed.
    #[test]
    fn of_tests_the_latest_row_of_every_suite_is_shown() {
        let count = |suite: &str, on: &str, passed, row| TestCount {
            date: on.parse().unwrap(),
            suite: Some(suite.into()),
            planned: None,
            executed: None,
            passed: Some(passed),
            failed: Some(5),
            origin: Origin { file: "tests.csv".into(), sheet: None, row },
        };
        let tests = vec![
            count("api", "2026-03-02", 1, 2),
            count("api", "2026-03-03", 10, 3),
            count("web", "2026-03-04", 20, 4),
            count("web", "2026-03-09", 90, 5),
        ];
        let project = Project { tests, calendars: vec![WorkCalendar::default()], ..Project::default() };
        let portfolio = Portfolio { projects: vec![project], ..Portfolio::default() };
        let status = StatusDate("2026-03-05T00:00:00".parse().unwrap());
        let findings = analyze(&portfolio, &Settings { status_date: Some(status), ..Settings::default() });
        let lines = explain(&PASS_RATE, &portfolio, &findings, 0, Format::english());
        assert!(lines[0].ends_with("= 30 / 40 = 75.0%"), "{lines:?}");
        let rows: Vec<&str> =
            lines.iter().filter_map(|line| line.split_once("  (")).map(|(_, at)| at).collect();
        assert_eq!(rows, ["tests.csv:3)", "tests.csv:4)"]);
    }
}
