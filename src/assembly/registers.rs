//! What the tables of a project's registers have in common: whose a row is, ids that are there once, and what
//! the entries name.

use std::collections::HashMap;

use super::plan::Plan;
use super::roster::{Home, Homeless, Roster};
use super::row::{Row, Table};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, code};
use crate::language::{Part, Phrase};
use crate::model::{Severity, State};

/// The tables with what is needed to place their rows.
pub(super) struct Registers<'a, 'p> {
    pub(super) tables: &'a [Table<'a>],
    pub(super) roster: &'a Roster,
    pub(super) plans: &'p [Plan<'a>],
    pub(super) homeless: &'p mut Homeless,
    pub(super) problems: &'p mut Diagnostics,
}

/// An entry of a register: a row with its id, at home in a project.
pub(super) struct Entry<'a> {
    /// Index of the project.
    pub(super) project: usize,
    pub(super) id: String,
    /// The title, else the id.
    pub(super) title: String,
    pub(super) row: Row<'a>,
}

impl<'a> Registers<'a, '_> {
    /// The rows of a table with the project of each, in the order of the source.
    pub(super) fn rows(&mut self, table: &str) -> Vec<(usize, Row<'a>)> {
        let mut placed = Vec::new();
        for row in self.tables.iter().filter(|t| t.typed.spec.name == table).flat_map(Table::rows) {
            if let Some(project) = self.home(&row) {
                placed.push((project, row));
            }
        }
        placed
    }

    /// The project of a row: where it names none, the one that knows all of its tasks.
    fn home(&mut self, row: &Row<'a>) -> Option<usize> {
        let tasks = row.list("tasks");
        let home = match self.roster.home(row) {
            Home::Shared(among) if !tasks.is_empty() => among.iter().copied().find(|project| {
                self.plans
                    .get(*project as usize)
                    .is_some_and(|plan| tasks.iter().all(|task| plan.find(task).is_some()))
            }),
            _ => None,
        };
        home.or_else(|| self.homeless.resolve(self.roster, row)).map(|project| project as usize)
    }

    /// The entries of a register; of two with one id in a project, the first.
    pub(super) fn entries(&mut self, table: &str, title: &str) -> Vec<Entry<'a>> {
        self.distinct(table, title, &code::DUPLICATE_ENTRY, |id| {
            phrase!("'{id}' is in {table} twice", id, table)
        })
    }

    /// The same for a register that tells of a second row in its own way.
    pub(super) fn distinct(
        &mut self,
        table: &str,
        title: &str,
        code: &'static Code,
        twice: impl Fn(&str) -> Phrase,
    ) -> Vec<Entry<'a>> {
        let mut first: HashMap<(usize, &str), Location> = HashMap::new();
        let mut entries = Vec::new();
        for (project, row) in self.rows(table) {
            let Some(id) = row.text("id") else { continue };
            let title = row.string(title).unwrap_or_else(|| id.to_owned());
            let entry = Entry { project, id: id.to_owned(), title, row };
            if let Some(first) = first.get(&(project, id)) {
                let problem = self
                    .problem(&entry, code, "id", twice(id))
                    .help(word!("the later row is left out; give it an id of its own"))
                    .also(first.clone());
                self.problems.push(problem);
                continue;
            }
            first.insert((project, id), row.cell("id"));
            entries.push(entry);
        }
        entries
    }

    /// A problem of an entry.
    pub(super) fn problem(
        &self,
        entry: &Entry<'_>,
        code: &'static Code,
        column: &str,
        message: Phrase,
    ) -> Diagnostic {
        let context =
            if entry.title == entry.id { entry.id.clone() } else { format!("{}  {}", entry.id, entry.title) };
        let project = self.roster.ids.get(entry.project).cloned().unwrap_or_default();
        Diagnostic::new(code, entry.row.cell(column), message).context(context).project(project)
    }

    /// The tasks an entry names, each once.
    pub(super) fn tasks(&mut self, entry: &Entry<'_>) -> Vec<usize> {
        let says = |ids: String| phrase!("it names tasks that are not in the plan: {ids}", ids);
        self.known_tasks(entry, &code::ENTRY_UNKNOWN_TASK, says)
    }

    /// The same for a register that tells of unknown tasks in its own way.
    pub(super) fn known_tasks(
        &mut self,
        entry: &Entry<'_>,
        code: &'static Code,
        says: impl Fn(String) -> Phrase,
    ) -> Vec<usize> {
        let Some(plan) = self.plans.get(entry.project) else { return Vec::new() };
        let (tasks, unknown) =
            known(&entry.row.list("tasks"), |written| Some(plan.recognise(written)?.0 as usize));
        if !unknown.is_empty() {
            let problem = self
                .problem(entry, code, "tasks", says(unknown.join(", ")))
                .help(word!("it counts for the project and for the tasks that are known; correct the ids"));
            self.problems.push(problem);
        }
        tasks
    }
}

/// What of a list is known, each once in the order of the list, and what is not.
pub(super) fn known<'a>(
    written: &[&'a str],
    find: impl Fn(&str) -> Option<usize>,
) -> (Vec<usize>, Vec<&'a str>) {
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for written in written {
        match find(written) {
            Some(index) if found.contains(&index) => {}
            Some(index) => found.push(index),
            None => unknown.push(*written),
        }
    }
    (found, unknown)
}

/// The entries of a register by what other tables call them: the id, else a name that is there once; without
/// regard to case.
#[derive(Default)]
pub(super) struct Names {
    ids: HashMap<String, usize>,
    names: HashMap<String, Option<usize>>,
}

impl Names {
    /// Entries in their order, as id and name.
    pub(super) fn new<'b>(entries: impl Iterator<Item = (&'b str, &'b str)>) -> Self {
        let mut all = Self::default();
        for (index, (id, name)) in entries.enumerate() {
            all.ids.entry(id.to_lowercase()).or_insert(index);
            all.names.entry(name.to_lowercase()).and_modify(|other| *other = None).or_insert(Some(index));
        }
        all
    }

    pub(super) fn find(&self, written: &str) -> Option<usize> {
        let written = written.trim().to_lowercase();
        self.ids.get(&written).copied().or_else(|| *self.names.get(&written)?)
    }
}

/// References to what is not there: one problem a project and table.
#[derive(Default)]
pub(super) struct Strays {
    found: std::collections::BTreeMap<(usize, String), (u32, Location, Vec<String>)>,
}

impl Strays {
    pub(super) fn tick(&mut self, project: usize, written: &str, row: &Row<'_>, column: &str) {
        let sheet = row.table.place().to_string();
        let entry = self.found.entry((project, sheet)).or_insert_with(|| (0, row.cell(column), Vec::new()));
        entry.0 += 1;
        if entry.2.len() < 5 && !entry.2.iter().any(|seen| seen == written) {
            entry.2.push(written.to_owned());
        }
    }

    /// Says it, as `says` puts the number of rows and the first of what they name:
    /// `3 measurements of objectives that are not listed: G7, G9`.
    pub(super) fn report(
        self,
        code: &'static Code,
        says: impl Fn(Part, String) -> Phrase,
        help: &'static str,
        roster: &Roster,
        problems: &mut Diagnostics,
    ) {
        for ((project, _), (rows, first, written)) in self.found {
            let message = says(rows.into(), written.join(", "));
            let project = roster.ids.get(project).cloned().unwrap_or_default();
            problems.push(Diagnostic::new(code, first, message).project(project).help(help));
        }
    }
}

/// How bad a row says it is.
pub(super) fn severity(row: &Row) -> Option<Severity> {
    Severity::ALL.into_iter().find(|severity| Some(severity.word()) == row.word("severity"))
}

/// Where a row stands; the date that something was closed says so where the status says nothing.
pub(super) fn state(row: &Row) -> State {
    match row.word("status") {
        Some("open") => State::Open,
        Some("in progress") => State::InProgress,
        Some("on hold") => State::OnHold,
        Some("closed") => State::Closed,
        Some("cancelled") => State::Cancelled,
        _ if row.day("closed").is_some() => State::Closed,
        _ => State::Open,
    }
}

#[cfg(test)]
mod tests;
