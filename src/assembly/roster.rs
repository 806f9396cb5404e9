//! Which project a row belongs to: its `project` cell, else the one the folder or file stands for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use polars::prelude::PlHashMap;

use super::row::{Row, Table};
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};

/// The projects of the run: sorted ids, and which of them came from which input.
#[derive(Default)]
pub(super) struct Roster {
    pub(super) ids: Vec<String>,
    by_id: PlHashMap<String, u32>,
    /// By lower-cased id or charter name; `None` when two projects share it.
    by_folded: PlHashMap<String, Option<u32>>,
    by_group: BTreeMap<Arc<str>, Vec<u32>>,
    all: Vec<u32>,
}

/// Where a row belongs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Home<'a> {
    /// To one project.
    One(u32),
    /// It names no project and its input holds several: to each of them, where that makes sense.
    Shared(&'a [u32]),
    /// It names a project that has no tasks.
    Unknown(&'a str),
}

impl Roster {
    /// Finds the projects: what `tasks` and `performance` name, else the input itself.
    pub(super) fn new(tables: &[Table]) -> Self {
        let mut found: BTreeMap<Arc<str>, BTreeSet<String>> = BTreeMap::new();
        let holds = |table: &&Table| match table.typed.spec.name {
            "tasks" => true,
            "performance" => table.rows().next().is_some(),
            _ => false,
        };
        for table in tables.iter().filter(holds) {
            // The rows of a project mostly stand together.
            let mut named: Vec<&str> = table.rows().filter_map(|row| row.text("project")).collect();
            named.dedup();
            let named: BTreeSet<String> = named.into_iter().map(str::to_owned).collect();
            let group = found.entry(table.typed.group.clone()).or_default();
            if named.is_empty() && table.typed.spec.name == "tasks" && table.rows().next().is_some() {
                group.insert(table.typed.group.to_string());
            }
            group.extend(named);
        }
        // A ready series alone makes a project too, unless the tasks beside it already do.
        for table in tables.iter().filter(holds).filter(|t| t.typed.spec.name == "performance") {
            let group = found.entry(table.typed.group.clone()).or_default();
            if group.is_empty() {
                group.insert(table.typed.group.to_string());
            }
        }
        let ids: BTreeSet<String> = found.values().flatten().cloned().collect();
        let mut roster = Self { ids: ids.into_iter().collect(), ..Self::default() };
        for (index, id) in (0_u32..).zip(roster.ids.clone()) {
            roster.all.push(index);
            roster.by_id.insert(id.clone(), index);
            roster.also_known_as(&id, index);
        }
        for (group, ids) in found {
            let members = ids.iter().filter_map(|id| roster.by_id.get(id).copied()).collect();
            roster.by_group.insert(group, members);
        }
        roster
    }

    /// Lets a project be found by another name; a name that two projects share finds neither.
    pub(super) fn also_known_as(&mut self, name: &str, project: u32) {
        let entry = self.by_folded.entry(name.trim().to_lowercase()).or_insert(Some(project));
        if *entry != Some(project) {
            *entry = None;
        }
    }

    /// Whether the project is called after its input, because its plan names none.
    pub(super) fn is_unnamed(&self, project: u32) -> bool {
        let id = self.ids.get(project as usize);
        id.is_some_and(|id| self.by_group.get(id.as_str()).is_some_and(|members| *members == [project]))
    }

    /// The project of this id or name.
    pub(super) fn find(&self, written: &str) -> Option<u32> {
        let written = written.trim();
        self.by_id.get(written).copied().or_else(|| *self.by_folded.get(&written.to_lowercase())?)
    }

    /// The projects a table speaks of when its rows do not say: those of its input, else all of the run. An input
    /// whose own plan is empty has none: its hours and risks are not somebody else's.
    pub(super) fn of_group(&self, group: &str) -> &[u32] {
        self.by_group.get(group).map_or(&self.all, Vec::as_slice)
    }

    /// Whether there is a plan in the input: tasks, be they none, or a ready series.
    pub(super) fn plans(&self, group: &str) -> bool {
        self.by_group.contains_key(group)
    }

    /// Where a row belongs.
    pub(super) fn home<'a>(&'a self, row: &Row<'a>) -> Home<'a> {
        self.home_of(row.text("project"), &row.table.typed.group)
    }

    /// Where a row with this `project` cell belongs.
    pub(super) fn home_of<'a>(&'a self, written: Option<&'a str>, group: &str) -> Home<'a> {
        match written {
            Some(written) => self.find(written).map_or(Home::Unknown(written), Home::One),
            None => match self.of_group(group) {
                [one] => Home::One(*one),
                several => Home::Shared(several),
            },
        }
    }
}

/// Rows that belong to no project, told once a table and project instead of once a row.
#[derive(Default)]
pub(super) struct Homeless {
    unknown: BTreeMap<(String, &'static str, String), (u32, Location)>,
    unclear: BTreeMap<(String, &'static str), (u32, Location, usize)>,
}

impl Homeless {
    /// The one project of the row, or a tick in the list of those without.
    pub(super) fn resolve(&mut self, roster: &Roster, row: &Row) -> Option<u32> {
        match roster.home(row) {
            Home::One(project) => Some(project),
            Home::Unknown(written) => {
                self.unknown(row.table, written, 1, row.cell("project"));
                None
            }
            Home::Shared(projects) => {
                self.unclear(row.table, projects.len(), 1, row.cell("project"));
                None
            }
        }
    }

    /// Every project a row speaks of: shared rows speak of each.
    pub(super) fn resolve_all<'a>(&mut self, roster: &'a Roster, row: &Row<'a>) -> Vec<u32> {
        match roster.home(row) {
            Home::One(project) => vec![project],
            Home::Shared(projects) => projects.to_vec(),
            Home::Unknown(written) => {
                self.unknown(row.table, written, 1, row.cell("project"));
                Vec::new()
            }
        }
    }

    /// Rows whose project has no tasks.
    pub(super) fn unknown(&mut self, table: &Table, written: &str, rows: u32, first: Location) {
        let key = (table.place().to_string(), table.typed.spec.name, written.to_owned());
        self.unknown.entry(key).or_insert((0, first)).0 += rows;
    }

    /// Rows that name no project where there are several.
    pub(super) fn unclear(&mut self, table: &Table, projects: usize, rows: u32, first: Location) {
        let key = (table.place().to_string(), table.typed.spec.name);
        self.unclear.entry(key).or_insert((0, first, projects)).0 += rows;
    }

    /// Says it.
    pub(super) fn report(self, problems: &mut Diagnostics) {
        for ((_, table, project), (rows, first)) in self.unknown {
            let message = phrase!(
                "{n} {n|row|rows} of {table} for '{project}', a project without tasks",
                n = rows,
                table,
                project
            );
            problems.push(
                Diagnostic::new(&code::UNKNOWN_PROJECT, first, message).help(word!(
                    "give the project rows in `tasks`, correct its id, or give that name in the charter of the project it means; these rows are left out"
                )),
            );
        }
        for ((_, table), (rows, first, projects)) in self.unclear {
            // Where there are no tasks at all, that is the problem and has been told.
            if projects == 0 {
                continue;
            }
            let message = phrase!(
                "{n} {n|row|rows} of {table} without a project, and there are {projects} to choose from",
                n = rows,
                table,
                projects
            );
            problems.push(
                Diagnostic::new(&code::PROJECT_UNCLEAR, first, message)
                    .help(word!(
                    "add a `project` column, or put each project into a folder of its own; these rows are left out"
                )),
            );
        }
    }
}
