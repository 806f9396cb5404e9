//! What other tables call a project whose plan names none.
//!
//! Plans are exported one by one and name no project; hours and postings come from a tool that serves many, and do. Where
//! the tables of one input name a single project nobody else knows, and their tasks are those of the plan, it is that one.

use std::collections::{BTreeMap, BTreeSet};

use polars::prelude::{PlHashMap, PlHashSet};

use super::plan::keys_in;
use super::roster::Roster;
use super::row::Table;
use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::intake::{Datum, TypedBody};

/// What the tables of one project call it.
type Names<'a> = BTreeMap<String, (&'a str, &'a Table<'a>)>;

/// Lets unnamed projects be found by what their tables call them.
pub(super) fn learn(tables: &[Table], roster: &mut Roster, problems: &mut Diagnostics) {
    let mut names: BTreeMap<u32, Names> = BTreeMap::new();
    for table in tables.iter().filter(|table| !matches!(table.typed.spec.name, "tasks" | "performance")) {
        let [project] = *roster.of_group(&table.typed.group) else { continue };
        if !roster.is_unnamed(project) {
            continue;
        }
        for written in texts(table, "project").into_iter().filter(|name| roster.find(name).is_none()) {
            let names = names.entry(project).or_default();
            names.entry(written.trim().to_lowercase()).or_insert((written, table));
        }
    }
    let mut claims: PlHashMap<&str, u32> = PlHashMap::default();
    for name in names.values().flat_map(Names::keys) {
        *claims.entry(name.as_str()).or_default() += 1;
    }
    for (project, names) in &names {
        // Several names are several projects, and a name of two projects is neither's.
        let [(folded, &(written, table))] = Vec::from_iter(names)[..] else { continue };
        if claims.get(folded.as_str()) != Some(&1) || !speaks_of(tables, roster, *project) {
            continue;
        }
        roster.also_known_as(written, *project);
        let id = roster.ids.get(*project as usize).map_or("", String::as_str);
        let message =
            phrase!("'{written}' is taken for the project '{id}', whose plan names none", written, id);
        let help = word!("if that is another project, take its rows out or give the plan a column `project`");
        problems.push(Diagnostic::new(&code::NICKNAME, table.place(), message).help(help).project(id));
    }
}

/// Whether the tables beside a plan, if they name tasks at all, name one of the plan.
fn speaks_of(tables: &[Table], roster: &Roster, project: u32) -> bool {
    let own = |table: &&Table| *roster.of_group(&table.typed.group) == [project];
    let plan: PlHashSet<String> = tables
        .iter()
        .filter(own)
        .filter(|table| table.typed.spec.name == "tasks")
        .flat_map(|table| ["id", "wbs", "name"].into_iter().flat_map(|column| texts(table, column)))
        .map(str::to_lowercase)
        .collect();
    let others = tables.iter().filter(own).filter(|table| table.typed.spec.name != "tasks");
    let named: Vec<String> = others
        .flat_map(|table| ["task", "wbs"].into_iter().flat_map(|column| texts(table, column)))
        .map(|text| text.trim().to_lowercase())
        .collect();
    let known = |text: &String| plan.contains(text) || keys_in(text).any(|key| plan.contains(key));
    named.is_empty() || named.iter().any(known)
}

/// The different texts of a column.
fn texts<'a>(table: &'a Table<'a>, column: &str) -> BTreeSet<&'a str> {
    match &table.typed.body {
        TypedBody::Entities(_) => table.rows().filter_map(|row| row.text(column)).collect(),
        TypedBody::Facts(facts) => {
            let values = facts.column(column).map_or(&[][..], |column| &column.values);
            let text = |datum: &'a Option<Datum>| match datum {
                Some(Datum::Text(text)) => Some(text.as_str()),
                _ => None,
            };
            values.iter().filter_map(text).collect()
        }
    }
}
