//! What a combination of names points to: a project, a task, an account.

use std::collections::BTreeMap;

use polars::prelude::{BooleanChunked, DataFrame, DataType, NewChunkedArray};

use super::Linked;
use super::distinct::Distinct;
use super::value::Lines;
use crate::assembly::charter::currency;
use crate::assembly::roster::{Home, Homeless, Roster};
use crate::assembly::row::Table;
use crate::model::Project;

/// The project of every combination (columns 0 and 1 are project and task); `None` when it has none.
/// `size` says how many rows a combination has and where the first is.
pub(super) fn join_projects<const N: usize>(
    table: &Table,
    names: &Distinct<N>,
    linked: &Linked,
    homeless: &mut Homeless,
    size: impl Fn(usize) -> (u32, u32),
) -> Vec<Option<u32>> {
    (0..names.len())
        .map(|combination| {
            let (rows, first) = size(combination);
            match linked.roster.home_of(names.text(combination, 0), &table.typed.group) {
                Home::One(project) => Some(project),
                Home::Unknown(written) => {
                    homeless.unknown(table, written, rows, table.cell(first, "project"));
                    None
                }
                Home::Shared(among) => {
                    let found =
                        names.text(combination, 1).and_then(|written| only_one(linked, among, written));
                    if found.is_none() {
                        homeless.unclear(table, among.len(), rows, table.cell(first, "project"));
                    }
                    found
                }
            }
        })
        .collect()
}

/// The project of a task whose id says enough: exactly one of these projects has it.
fn only_one(linked: &Linked, among: &[u32], written: &str) -> Option<u32> {
    let mut having = among.iter().copied().filter(|project| {
        linked.plans.get(*project as usize).is_some_and(|plan| plan.by_id(written).is_some())
    });
    let first = having.next()?;
    having.next().is_none().then_some(first)
}

/// A sheet's rows that have a project, with what they point to.
pub(super) struct Joined {
    pub(super) sheet: DataFrame,
    pub(super) project: Vec<u32>,
    pub(super) task: Vec<Option<u32>>,
    /// For each row, its combination.
    pub(super) of_row: Vec<u32>,
}

impl Joined {
    /// Copies the answers of the combinations to their rows; rows without a project are left out.
    pub(super) fn new(sheet: &DataFrame, of_row: &[u32], targets: &[Option<(u32, Option<u32>)>]) -> Self {
        let mut joined = Self {
            sheet: sheet.clone(),
            project: Vec::with_capacity(of_row.len()),
            task: Vec::with_capacity(of_row.len()),
            of_row: Vec::with_capacity(of_row.len()),
        };
        for &combination in of_row {
            if let Some((project, task)) = targets[combination as usize] {
                joined.project.push(project);
                joined.task.push(task);
                joined.of_row.push(combination);
            }
        }
        if joined.project.len() < of_row.len() {
            let keep = BooleanChunked::from_iter_values(
                "keep".into(),
                of_row.iter().map(|c| targets[*c as usize].is_some()),
            );
            joined.sheet = sheet.filter(&keep).unwrap_or_else(|_| sheet.head(Some(0)));
        }
        joined
    }
}

/// Spreadsheet rows of a fact frame.
pub(super) fn row_numbers(sheet: &DataFrame) -> Vec<u32> {
    let column = sheet.column("row").ok().and_then(|c| c.cast(&DataType::UInt32).ok());
    column
        .as_ref()
        .and_then(|c| c.u32().ok())
        .map_or_else(|| vec![0; sheet.height()], |rows| rows.iter().map(|row| row.unwrap_or(0)).collect())
}

/// A project whose charter names no currency has the one that most of its postings and budget lines name.
pub(super) fn settle_currencies<'a>(
    sheets: impl Iterator<Item = &'a Lines<'a>>,
    roster: &Roster,
    projects: &mut [Project],
) {
    let mut rows: BTreeMap<(u32, String), u32> = BTreeMap::new();
    for lines in sheets {
        for (project, written, count) in lines.currencies() {
            let homes = match roster.home_of(project, &lines.table.typed.group) {
                Home::One(project) => vec![project],
                Home::Shared(among) => among.to_vec(),
                Home::Unknown(_) => Vec::new(),
            };
            for project in homes {
                *rows.entry((project, currency(written))).or_default() += count;
            }
        }
    }
    for (index, project) in (0_u32..).zip(projects) {
        if project.currency.is_none() {
            // The most rows; of equals the first by name.
            let of_project = rows.iter().filter(|((owner, _), _)| *owner == index);
            project.currency = of_project
                .max_by(|((_, a), x), ((_, b), y)| x.cmp(y).then_with(|| b.cmp(a)))
                .map(|((_, name), _)| name.clone());
        }
    }
}
