//! Where a figure comes from: the formula with its figures, and the rows of the data behind those.

use crate::analysis::ledger::rows_by_table;
use crate::analysis::metric::{METRICS, Metric, Unit, in_print};
use crate::analysis::{Findings, ProjectFindings, TaskValue};
use crate::model::{Portfolio, Project};
use crate::quantity::Money;
use crate::wording::{counted, exact};

/// How many of the largest tasks are named.
const LARGEST: usize = 8;

/// The lines that explain a metric of one project: `index` counts in `Portfolio::projects`. Empty where
/// there is no such project.
#[must_use]
pub fn explain(metric: &Metric, portfolio: &Portfolio, findings: &Findings, index: usize) -> Vec<String> {
    let (Some(project), Some(found)) = (portfolio.projects.get(index), findings.projects.get(index)) else {
        return Vec::new();
    };
    let mut lines = vec![derivation(metric, found)];
    let mut bases = Vec::new();
    base_figures(metric, &mut bases);
    for base in bases {
        if base.id != metric.id {
            lines.push(format!("{} ({}): {}", in_print(base.symbol), base.name, shown(base, found)));
        }
        if let Some(part) = part_of(base) {
            lines.extend(rows(project, found, part));
            if base.id == "ac" && !found.measures.ready_series {
                lines
                    .extend(rows_by_table(portfolio, index).into_iter().map(|line| format!("  from {line}")));
            }
        } else if base.id == "eac" {
            lines.push(format!("  by {}. {}", found.recommended.cost, found.recommended.why));
        }
    }
    lines
}

/// `CPI = EV / AC = 400.00 / 500.00 = 0.800`, or why it is undefined.
fn derivation(metric: &Metric, found: &ProjectFindings) -> String {
    if metric.formula.is_empty() {
        return format!("{} = {}", in_print(metric.symbol), shown(metric, found));
    }
    let figures = with_symbols(metric.formula, |word| match symbol(word) {
        Some(metric) => shown(metric, found),
        None => word.to_owned(),
    });
    let (symbol, formula) = (in_print(metric.symbol), in_print(metric.formula));
    format!("{symbol} = {formula} = {figures} = {}", shown(metric, found))
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
fn shown(metric: &Metric, found: &ProjectFindings) -> String {
    match ((metric.value)(&found.measures), metric.unit) {
        (Err(reason), _) => format!("undefined ({reason})"),
        (Ok(value), Unit::Money) => exact(Money::from_units(value)),
        (Ok(value), Unit::Index) => format!("{value:.3}"),
        (Ok(value), Unit::Percent) => format!("{:.1}%", value * 100.0),
        (Ok(value), Unit::Days) => format!("{value:.1} working days"),
        (Ok(value), Unit::Periods) => format!("{value:.2} periods"),
        (Ok(value), Unit::Years) => format!("{value:.2} years"),
        (Ok(value), Unit::Hours) => format!("{value:.1} h"),
        (Ok(value), Unit::Heads) => format!("{value:.1}"),
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
fn rows(project: &Project, found: &ProjectFindings, part: fn(&TaskValue) -> Money) -> Vec<String> {
    if found.measures.ready_series {
        let file = project.performance.first().map(|point| &*point.origin.file).unwrap_or_default();
        return vec![format!("  from the ready series of {file}")];
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
    let mut lines: Vec<String> = tasks
        .iter()
        .take(LARGEST)
        .map(|(i, amount)| {
            let task = &project.tasks[*i];
            let (rule, origin) = (found.tasks[*i].rule.name(), &task.origin);
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
        lines.push(format!("  {:>14}  {} more", exact(sum), counted(rest.len(), "task")));
    }
    if let Some(beside) = found.beside_tasks.as_ref().map(part).filter(|amount| !amount.is_zero()) {
        lines.push(format!("  {:>14}  belongs to no task", exact(beside)));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::metric::{CPI, TCPI_EAC};
    use crate::analysis::{Settings, analyze};
    use crate::calendar::{StatusDate, WorkCalendar};
    use crate::model::{Origin, Task};

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
        let lines = explain(&CPI, &portfolio, &findings, 0);
        assert_eq!(lines[0], "CPI = EV / AC = 60.00 / 70.00 = 0.857");
        assert_eq!(lines[2], "           60.00  A Build  (plan/tasks.csv:2, percent complete)");
        assert!(explain(&TCPI_EAC, &portfolio, &findings, 0)[0].contains("(BAC - EV) / (EAC - AC)"));
        assert!(explain(&CPI, &portfolio, &findings, 9).is_empty());
    }
}
