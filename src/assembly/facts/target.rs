//! What a combination of names points to: a project, a task, an account.

use std::borrow::Cow;
use std::collections::BTreeMap;

use polars::prelude::{BooleanChunked, Column, DataFrame, IntoColumn, NewChunkedArray, UInt32Type};

use super::Linked;
use super::distinct::Distinct;
use super::value::Lines;
use crate::assembly::charter::currency;
use crate::assembly::roster::{Home, Homeless, Roster};
use crate::assembly::row::Table;
use crate::model::Project;
use crate::model::facts::gathered;

/// The project of every combination (columns 0 and 1 are project and task); `None` when it has none.
/// `size` says how many rows a combination has and where the first is: asked where there is none.
pub(super) fn join_projects<const N: usize>(
    table: &Table,
    names: &Distinct<N>,
    linked: &Linked,
    homeless: &mut Homeless,
    size: impl Fn(usize) -> (u32, u32),
) -> Vec<Option<u32>> {
    (0..names.len())
        .map(|combination| match linked.roster.home_of(names.text(combination, 0), &table.typed.group) {
            Home::One(project) => Some(project),
            Home::Unknown(written) => {
                let (rows, first) = size(combination);
                homeless.unknown(table, written, rows, table.cell(first, "project"));
                None
            }
            Home::Shared(among) => {
                let found = names.text(combination, 1).and_then(|written| only_one(linked, among, written));
                if found.is_none() {
                    let (rows, first) = size(combination);
                    homeless.unclear(table, among.len(), rows, table.cell(first, "project"));
                }
                found
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

/// A sheet's rows that have a project, with the combination of names each has.
pub(super) struct Joined<'a> {
    pub(super) sheet: DataFrame,
    /// For each row, its combination.
    pub(super) of_row: Cow<'a, [u32]>,
    /// Which combinations have a project.
    has_project: Vec<bool>,
}

impl<'a> Joined<'a> {
    /// Leaves out the rows whose combination has no project.
    pub(super) fn new(sheet: &DataFrame, of_row: &'a [u32], projects: &[Option<u32>]) -> Self {
        let has_project: Vec<bool> = projects.iter().map(Option::is_some).collect();
        if has_project.iter().all(|has| *has) {
            return Self { sheet: sheet.clone(), of_row: Cow::Borrowed(of_row), has_project };
        }
        let keep = of_row.iter().map(|combination| has_project[*combination as usize]);
        let keep = BooleanChunked::from_iter_values("keep".into(), keep);
        let sheet = sheet.filter(&keep).unwrap_or_else(|_| sheet.head(Some(0)));
        let of_row = of_row.iter().copied().filter(|c| has_project[*c as usize]).collect();
        Self { sheet, of_row: Cow::Owned(of_row), has_project }
    }

    /// A column of what the combinations point to.
    pub(super) fn numbers(&self, name: &str, of_combination: &[Option<u32>]) -> Column {
        let number = |(number, used): (&Option<u32>, &bool)| number.or((!used).then_some(0));
        let numbers: Vec<_> = of_combination.iter().zip(&self.has_project).map(number).collect();
        gathered::<UInt32Type>(name, &numbers, self.of_row.iter().copied()).into_column()
    }
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
