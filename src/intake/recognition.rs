//! Which canonical table a sheet is: the settings say so, else its name, else its headers.

use std::cmp::Ordering;
use std::sync::{Arc, LazyLock};

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::language::Part;
use crate::source::Sheet;

use super::columns::{Headers, fit, has_any, is_plan_without_ids, list};
use super::header::squash;
use super::{SourceOverride, TABLES, TableSpec};

/// The table of a sheet, or `None` when it is left out; whatever is left out is said.
pub(super) fn table_of(
    sheet: &Sheet,
    alone: bool,
    settings: Option<&SourceOverride>,
    problems: &mut Diagnostics,
) -> Option<&'static TableSpec> {
    let at = || sheet.location(sheet.header_row, None);
    if let Some(name) = settings.and_then(|settings| settings.table.as_deref()) {
        if name == "ignore" {
            let message = word!("the settings leave this sheet out");
            problems.push(Diagnostic::new(&code::LEFT_OUT_BY_SETTINGS, at(), message));
            return None;
        }
        let table = TABLES.iter().find(|table| table.name == name);
        if table.is_none() {
            let message = phrase!("the settings take this for '{name}', which is no table", name);
            let help =
                phrase!("the tables are {tables}", tables = list(TABLES.iter().map(|table| table.name)));
            problems.push(Diagnostic::new(&code::SOURCE_TABLE, at(), message).help(help));
        }
        return table.copied();
    }
    // Instructions, such as those `earnest init` puts first, are for people.
    if sheet.name.as_deref().is_some_and(|name| squash(name) == "readme") {
        return None;
    }
    let named = named(sheet, alone);
    let trackers_own = sheet.headers.iter().any(|header| matches!(&*squash(header), "issuekey" | "tracker"));
    match named[..] {
        // A tracker calls everything an issue: what it planned is tasks.
        [table] if table.name == "issues" && trackers_own => by_headers(sheet, problems),
        [table] => by_name(table, sheet, settings, problems),
        _ => by_headers(sheet, problems),
    }
}

/// Whether a sheet with nothing in it was meant as the plan.
pub(super) fn is_plan_by_name(sheet: &Sheet, alone: bool, settings: Option<&SourceOverride>) -> bool {
    match settings.and_then(|settings| settings.table.as_deref()) {
        Some(name) => name == "tasks",
        None => matches!(named(sheet, alone)[..], [table] if table.name == "tasks"),
    }
}

/// The tables that a sheet's name speaks of, or its file's where it is the file's only one and its own says nothing.
fn named(sheet: &Sheet, alone: bool) -> Vec<&'static TableSpec> {
    match sheet.name.as_deref().map(named_by) {
        Some(names) if !names.is_empty() || !alone => names,
        _ => named_by(stem(&sheet.file)),
    }
}

/// The name and the other names of every table, squashed once a run.
static NAMES: LazyLock<Vec<(Vec<String>, &'static TableSpec)>> = LazyLock::new(|| {
    let names =
        |table: &TableSpec| std::iter::once(&table.name).chain(table.aliases).map(|n| squash(n)).collect();
    TABLES.iter().map(|table| (names(table), *table)).collect()
});

/// The tables that a file or sheet name speaks of, by its longest run of words that is a table's name:
/// `01_Tasks_export` is tasks, `cost plan 2026` is a budget and neither costs nor a plan.
fn named_by(name: &str) -> Vec<&'static TableSpec> {
    let words = words(name);
    for length in (1..=words.len().min(3)).rev() {
        let runs: Vec<String> = words.windows(length).map(<[String]>::concat).collect();
        let known = NAMES.iter().filter(|(names, _)| names.iter().any(|name| runs.contains(name)));
        let named: Vec<&TableSpec> = known.map(|(_, table)| *table).collect();
        if !named.is_empty() {
            return named;
        }
    }
    Vec::new()
}

/// The words of a name, squashed: parted by anything but letters, and where `camelCase` turns.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for c in name.chars() {
        let turns = before.is_lowercase() && c.is_uppercase();
        if (turns || !c.is_alphabetic()) && words.last().is_some_and(|word| !word.is_empty()) {
            words.push(String::new());
        }
        if c.is_alphabetic()
            && let Some(word) = words.last_mut()
        {
            word.push(c);
        }
        before = c;
    }
    words.iter().map(|word| squash(word)).filter(|word| !word.is_empty()).collect()
}

/// The file's name without folders and extension.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// A sheet that its name gives to a table: it must have what the table requires.
fn by_name(
    table: &'static TableSpec,
    sheet: &Sheet,
    settings: Option<&SourceOverride>,
    problems: &mut Diagnostics,
) -> Option<&'static TableSpec> {
    let mapped = |column: &str| settings.is_some_and(|settings| settings.columns.contains_key(column));
    let headers = Headers::new(&sheet.headers);
    let (known, lacking) = fit(table, &headers);
    let lacking: Vec<&str> = lacking.into_iter().filter(|column| !mapped(column)).collect();
    if lacking.is_empty() || table.name == "tasks" && is_plan_without_ids(&headers) {
        return Some(table);
    }
    if let [better] = best(&headers)[..]
        && fit(better, &headers).0 > known
    {
        say_by_headers(better, sheet, problems);
        return Some(better);
    }
    let message = phrase!(
        "{columns} {n|is|are} missing from {table}",
        columns = list(&lacking),
        n = lacking.len(),
        table = table.name
    );
    let headers = list(sheet.headers.iter().map(|header| &**header));
    let help = phrase!(
        "add the column or map it under [[source]] in earnest.toml; the headers are {headers}",
        headers
    );
    problems.push(
        Diagnostic::new(&code::COLUMN_MISSING, sheet.location(sheet.header_row, None), message).help(help),
    );
    None
}

/// A sheet whose name says nothing.
fn by_headers(sheet: &Sheet, problems: &mut Diagnostics) -> Option<&'static TableSpec> {
    let at = sheet.location(sheet.header_row, None);
    let headers = list(sheet.headers.iter().map(|header| &**header));
    let known = Headers::new(&sheet.headers);
    let best = if is_plan_without_ids(&known) { best_of_all(&known) } else { best(&known) };
    match best[..] {
        [table] => {
            say_by_headers(table, sheet, problems);
            Some(table)
        }
        [] => {
            let message = if headers.is_empty() {
                word!("which table this is cannot be told; it has no headers").into()
            } else {
                phrase!("which table this is cannot be told; its headers are {headers}", headers)
            };
            let help = word!(
                "name the file or sheet after its table (tasks, timesheets, costs, ...), or say `table = \"...\"` under [[source]] \
                        in earnest.toml (`ignore` leaves it out)"
            );
            problems.push(Diagnostic::new(&code::UNKNOWN_TABLE, at, message).help(help));
            None
        }
        ref several => {
            let names: Vec<&str> = several.iter().map(|table| table.name).collect();
            let tables: Vec<Part> = names.iter().map(|name| Part::from(*name)).collect();
            let message = phrase!("the headers fit {tables} equally well: {headers}", tables, headers);
            let help = phrase!(
                "name the file or sheet '{table}', or say `table = \"{table}\"` under [[source]] in earnest.toml",
                table = names[0]
            );
            problems.push(Diagnostic::new(&code::AMBIGUOUS_TABLE, at, message).help(help));
            None
        }
    }
}

/// The tables that the headers fit best; several when they fit equally well.
fn best(headers: &Headers<'_>) -> Vec<&'static TableSpec> {
    let fitting: Vec<(usize, &'static TableSpec)> = TABLES
        .iter()
        .map(|table| (fit(table, headers), *table))
        .filter(|(_, table)| tells_itself(table, headers))
        .filter(|((columns, lacking), table)| {
            let needed =
                if table.columns.iter().filter(|column| column.required).count() > 1 { 2 } else { 3 };
            lacking.is_empty() && *columns >= needed
        })
        .map(|((columns, _), table)| (columns, table))
        .collect();
    let most = fitting.iter().map(|(columns, _)| *columns).max();
    fitting.into_iter().filter(|(columns, _)| Some(*columns) == most).map(|(_, table)| table).collect()
}

/// The tables that the headers of a plan without ids fit best: the plan's own, unless another table has as many columns.
fn best_of_all(headers: &Headers<'_>) -> Vec<&'static TableSpec> {
    let plan: &'static TableSpec = &super::tasks::TABLE;
    let columns = |table: &TableSpec| fit(table, headers).0;
    let mut fitting = best(headers);
    match fitting.first().map(|table| columns(table).cmp(&columns(plan))) {
        Some(Ordering::Greater) => {}
        Some(Ordering::Equal) => fitting.push(plan),
        Some(Ordering::Less) | None => fitting = vec![plan],
    }
    fitting
}

/// Registers share most columns with each other and with what trackers call tasks: headers that must all be there,
/// by these very words, before they alone tell the table. Cash flows look like costs: only their name tells.
const SIGNATURES: &[(&str, &[&str])] = &[
    ("issues", &["severity", "opened"]),
    ("changes", &["impact_cost", "decided"]),
    ("decisions", &["outcome", "decided"]),
    ("actions", &["action", "due"]),
    ("deliverables", &["criteri", "accept"]),
    ("defects", &["severity", "deliverable"]),
    ("tests", &["executed", "passed"]),
    ("objectives", &["unit", "target", "better"]),
    ("measurements", &["objective", "value"]),
    ("stakeholders", &["influence", "interest"]),
    ("cash_flows", &["cash flow", "date"]),
    ("lessons", &["what_happened", "recommendation"]),
];

/// Whether the headers have what tells the table from other lists. Of a register of risks that is how likely, or
/// how large.
fn tells_itself(table: &TableSpec, headers: &Headers<'_>) -> bool {
    const WEIGHTS: &[&str] = &["probability", "impact", "impact_cost", "impact_days"];
    if table.name == "risks" {
        return has_any(table, WEIGHTS, headers);
    }
    let words = SIGNATURES.iter().find(|(name, _)| *name == table.name).map_or(&[][..], |(_, words)| *words);
    words.iter().all(|word| headers.contain(word))
}

/// How like headers a row of words is: the most columns that any table finds in it.
fn likeness(headers: &[Arc<str>]) -> usize {
    let headers = Headers::new(headers);
    TABLES.iter().map(|table| fit(table, &headers).0).max().unwrap_or(0)
}

/// The sheet with another header row, when one of its first rows is clearly more like headers.
pub(super) fn with_better_header(sheet: &Sheet, problems: &mut Diagnostics) -> Option<Sheet> {
    let now = likeness(&sheet.headers);
    let candidates = sheet.header_candidates().into_iter().map(|row| {
        let words: Vec<Arc<str>> = row.cells.iter().map(|cell| Arc::from(cell.to_string())).collect();
        (likeness(&words), std::cmp::Reverse(row.row))
    });
    let (likeness, std::cmp::Reverse(row)) = candidates.max()?;
    if row == sheet.header_row || likeness < 3 || likeness * 2 <= now * 3 {
        return None;
    }
    let better = sheet.with_header_row(row)?;
    let message = phrase!("row {row} is taken for the headers", row = row.to_string());
    problems.push(Diagnostic::new(&code::HEADER_ROW, better.location(row, None), message));
    Some(better)
}

fn say_by_headers(table: &TableSpec, sheet: &Sheet, problems: &mut Diagnostics) {
    let message = phrase!("taken for {table} by its headers", table = table.name);
    let help = word!(
        "if that is wrong, say `table = \"...\"` under [[source]] in earnest.toml (`ignore` leaves it out)"
    );
    problems.push(
        Diagnostic::new(&code::TABLE_BY_HEADERS, sheet.location(sheet.header_row, None), message).help(help),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables(name: &str) -> Vec<&'static str> {
        named_by(name).iter().map(|table| table.name).collect()
    }

    #[test]
    fn a_name_tells_the_table() {
        for (name, table) in [
            ("tasks", "tasks"),
            ("01_Tasks_export", "tasks"),
            ("Task_Table1", "tasks"),
            ("atlas-timesheets-2026-03", "timesheets"),
            ("Time Entries", "timesheets"),
            ("TASKPRED", "links"),
            ("cost plan 2026", "budget"),
            ("ActualCosts", "costs"),
            ("Risk register", "risks"),
            ("Vorg\u{e4}nge", "tasks"),
        ] {
            assert_eq!(tables(name), [table], "{name}");
        }
        assert!(tables("Sheet1").is_empty());
        assert_eq!(tables("tasks and costs"), ["tasks", "costs"]);
    }

    #[test]
    fn headers_of_the_exports_tell_the_table() {
        let told = |headers: &str| {
            let headers: Vec<Arc<str>> = headers.split(", ").map(Arc::from).collect();
            best(&Headers::new(&headers)).iter().map(|table| table.name).collect::<Vec<_>>()
        };
        // As the tools write them.
        for (headers, table) in [
            (
                "Summary, Issue key, Issue id, Issue Type, Status, Project key, Assignee, Due Date, Original Estimate, Time Spent",
                "tasks",
            ),
            (
                "Issue Key, Issue summary, Hours, Work date, Username, Full name, Project Key, Work Description",
                "timesheets",
            ),
            (
                "Date, Client, Project, Project Code, Task, Notes, Hours, Billable?, First Name, Last Name, Cost Rate, Cost Amount",
                "timesheets",
            ),
            (
                "User, Email, Client, Project, Task, Description, Billable, Start date, Start time, End date, End time, Duration, Tags, Amount ()",
                "timesheets",
            ),
            (
                "ID, Unique_ID, Name, Predecessors, Outline_Level, Percent_Complete, Milestone, Duration, Start, Finish, Resource_Names",
                "tasks",
            ),
            (
                "Activity ID, Activity Name, Original Duration, Start, Finish, BL1 Start, BL1 Finish, Activity Status, Activity % Complete",
                "tasks",
            ),
            ("pred_task_id, task_id, pred_type, lag_hr_cnt", "links"),
            (
                "#, Project, Tracker, Parent task, Status, Subject, Assignee, Start date, Due date, Estimated time, Spent time, % Done",
                "tasks",
            ),
            (
                "ID, Work Item Type, Title, Assigned To, State, Tags, Area Path, Iteration Path, Remaining Work, Original Estimate",
                "tasks",
            ),
            (
                "Task ID, Created At, Completed At, Name, Section/Column, Assignee, Start Date, Due Date, Parent task",
                "tasks",
            ),
            (
                "Project Definition, WBS Element, Cost Element, Cost element name, Val.in rep.cur., Posting Date, Supplier, RefDocNo",
                "costs",
            ),
            ("Month, BCWS, BCWP, ACWP", "performance"),
            ("project_id, month, category, planned_cost, actual_cost", "budget"),
            ("project_id, task_id, person, date, hours, rate", "timesheets"),
            (
                "Vorgangsname, Nr, Dauer, Anfang, Ende, % Abgeschlossen, Vorg\u{e4}nger, Ressourcennamen",
                "tasks",
            ),
        ] {
            assert_eq!(told(headers), [table], "{headers}");
        }
    }
}
