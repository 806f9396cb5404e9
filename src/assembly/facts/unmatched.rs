//! What rows named that the plan does not know, told once a project and table.

use std::collections::BTreeMap;

use crate::assembly::row::Table;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::language::{Part, Phrase};

/// Rows of one kind of trouble in one table, by project.
#[derive(Default)]
pub(super) struct Tally {
    by_project: BTreeMap<u32, Entry>,
}

#[derive(Default)]
struct Entry {
    rows: u32,
    amount: i64,
    /// Spreadsheet row of the first and what each said, in order of the rows.
    values: Vec<(u32, String)>,
}

impl Tally {
    pub(super) fn add(&mut self, project: u32, rows: u32, amount: i64, first_row: u32, value: &str) {
        let entry = self.by_project.entry(project).or_default();
        entry.rows += rows;
        entry.amount = entry.amount.saturating_add(amount);
        entry.values.push((first_row, value.to_owned()));
    }

    /// One problem a project: `say` makes the message and the help of the number of rows, their amount and the first values.
    pub(super) fn report(
        self,
        table: &Table,
        code: &'static Code,
        column: &str,
        projects: &[String],
        problems: &mut Diagnostics,
        say: impl Fn(Part, i64, Part) -> (Phrase, &'static str),
    ) {
        const SHOWN: usize = 5;
        for (project, mut entry) in self.by_project {
            entry.values.sort_unstable();
            let first = entry.values.first().map_or(0, |(row, _)| *row);
            let mut shown: Vec<&str> = Vec::new();
            for (_, value) in &entry.values {
                if !shown.contains(&value.as_str()) && shown.len() < SHOWN {
                    shown.push(value);
                }
            }
            let distinct: std::collections::BTreeSet<&str> =
                entry.values.iter().map(|(_, value)| value.as_str()).collect();
            let values = Part::few(&shown, distinct.len());
            let (message, help) = say(entry.rows.into(), entry.amount, values);
            problems.push(
                Diagnostic::new(code, table.cell(first, column), message)
                    .project(projects.get(project as usize).cloned().unwrap_or_default())
                    .help(help),
            );
        }
    }
}
