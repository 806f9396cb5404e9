//! Inputs of one name: `north/atlas` and `south/atlas` are two projects, not one with every task twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::row::Table;
use crate::diagnostic::{Diagnostic, Diagnostics, Location, code};
use crate::intake::Typed;
use crate::language::Part;

/// How many places a sentence names.
const SHOWN: usize = 5;

/// Gives inputs of one name names that tell them apart, where each of them holds a plan that names no project. A
/// folder with the hours of a plan that lies in another folder of its name still belongs to it.
pub(super) fn tell_apart(tables: &mut [Typed], problems: &mut Diagnostics) {
    let mut plans: BTreeMap<Arc<str>, BTreeMap<String, Vec<&Typed>>> = BTreeMap::new();
    for typed in tables.iter().filter(|typed| matches!(typed.spec.name, "tasks" | "performance")) {
        plans.entry(typed.group.clone()).or_default().entry(place(typed)).or_default().push(typed);
    }
    let mut names: BTreeMap<(Arc<str>, String), Arc<str>> = BTreeMap::new();
    for (group, mut places) in plans.into_iter().filter(|(_, places)| places.len() > 1) {
        places.retain(|_, plans| plans.iter().any(|plan| stands_for_itself(plan)));
        if places.len() < 2 {
            continue;
        }
        let distinct = distinct(&places.keys().map(String::as_str).collect::<Vec<_>>(), &group);
        let shown: Vec<&str> = distinct.iter().take(SHOWN).map(|name| &**name).collect();
        let message = phrase!(
            "{n} inputs are called '{name}': taken for as many projects, {projects}",
            n = distinct.len(),
            name = &*group,
            projects = Part::few_quoted(&shown, distinct.len())
        );
        let mut at = places.values().take(SHOWN).filter_map(|plans| {
            let read = &plans.first()?.read;
            Some(Location { sheet: read.sheet.clone(), ..Location::file(read.file.clone()) })
        });
        let problem = Diagnostic::new(&code::NAMESAKES, at.next().unwrap_or_default(), message).help(word!(
            "where they are one project, put its tables into one folder or name it in a `project` column of tasks; give \
             the folders names of their own to have these in the report"
        ));
        problems.push(at.fold(problem, Diagnostic::also));
        names.extend(places.into_keys().map(|place| (group.clone(), place)).zip(distinct));
    }
    for typed in tables.iter_mut().filter(|_| !names.is_empty()) {
        if let Some(name) = names.get(&(typed.group.clone(), place(typed))) {
            typed.group = name.clone();
        }
    }
}

/// Whether no row of the plan names a project: then the project is the input itself. An empty list of tasks is one
/// that is missing, an empty series is none.
fn stands_for_itself(plan: &Typed) -> bool {
    let table = Table::new(plan, 0);
    let mut rows = table.rows().peekable();
    (plan.spec.name == "tasks" || rows.peek().is_some()) && rows.all(|row| row.text("project").is_none())
}

/// Where an input is: its folder, or the file where the user named one.
fn place(typed: &Typed) -> String {
    let file = &*typed.read.file;
    let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let called = |path: &str| path.rsplit('/').next() == Some(&*typed.group);
    if stem == &*typed.group && !called(folder) { file.to_owned() } else { folder.to_owned() }
}

/// The shortest ends of the paths that differ from each other, in their order; the paths as they are where none do.
fn distinct(places: &[&str], group: &str) -> Vec<Arc<str>> {
    let parts = |place: &str| -> Vec<String> {
        let mut parts: Vec<String> =
            place.split('/').filter(|part| !matches!(*part, "" | "." | "..")).map(str::to_owned).collect();
        let last = parts.pop();
        // `atlas.xlsx` is called `atlas`, and so is the folder that was named as `.`.
        let is_file = last.as_deref().is_some_and(|last| last.starts_with(&format!("{group}.")));
        parts.push(last.filter(|_| !is_file).unwrap_or_else(|| group.to_owned()));
        parts
    };
    let paths: Vec<Vec<String>> = places.iter().map(|place| parts(place)).collect();
    let longest = paths.iter().map(Vec::len).max().unwrap_or(0);
    let ends = |length: usize| -> Vec<Arc<str>> {
        paths.iter().map(|path| path[path.len().saturating_sub(length)..].join("/").into()).collect()
    };
    let differ = |names: &Vec<Arc<str>>| names.iter().collect::<BTreeSet<_>>().len() == names.len();
    (1..=longest).map(ends).find(differ).unwrap_or_else(|| places.iter().map(|p| Arc::from(*p)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assembly::fixture::{assembled, table};

    fn of(place: &str, mut typed: Typed) -> Typed {
        typed.read.file = format!("{place}/{}.csv", typed.spec.name).into();
        typed
    }

    #[test]
    fn two_folders_of_one_name_are_two_projects() {
        let plan = || table("atlas", "tasks", "id|name", &["1|Design", "2|Build"]);
        let risks = table("atlas", "risks", "id|title", &["R1|Rain"]);
        let tables = vec![of("north/atlas", plan()), of("south/atlas", plan()), of("south/atlas", risks)];
        let (portfolio, said) = assembled(tables);
        let ids: Vec<(&str, usize, usize)> =
            portfolio.projects.iter().map(|p| (&*p.id, p.tasks.len(), p.risks.len())).collect();
        assert_eq!(ids, [("north/atlas", 2, 0), ("south/atlas", 2, 1)]);
        let note =
            "N310 2 inputs are called 'atlas': taken for as many projects, 'north/atlas', 'south/atlas'";
        assert!(said.iter().any(|said| said == note), "{said:?}");
        assert!(!said.iter().any(|said| said.starts_with("E301")), "{said:?}");
    }

    #[test]
    fn a_folder_without_a_plan_belongs_to_its_namesake_and_a_project_column_decides() {
        let plan = table("atlas", "tasks", "id|name", &["1|Design"]);
        let risks = table("atlas", "risks", "id|title", &["R1|Rain"]);
        let (portfolio, said) = assembled(vec![of("plans/atlas", plan), of("registers/atlas", risks)]);
        assert_eq!((portfolio.projects.len(), portfolio.projects[0].risks.len()), (1, 1));
        assert!(!said.iter().any(|said| said.starts_with("N310")), "{said:?}");
        let half = |ids: &str| table("atlas", "tasks", "id|name|project", &[&format!("{ids}|Design|P")]);
        let (portfolio, said) = assembled(vec![of("a/atlas", half("1")), of("b/atlas", half("2"))]);
        assert_eq!(portfolio.projects.iter().map(|p| p.tasks.len()).collect::<Vec<_>>(), [2]);
        assert!(!said.iter().any(|said| said.starts_with("N310")), "{said:?}");
    }

    #[test]
    fn names_are_as_long_as_they_must_be() {
        let names =
            |places: &[&str]| distinct(places, "atlas").iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(names(&["/x/a/atlas", "/x/b/atlas"]), ["a/atlas", "b/atlas"]);
        assert_eq!(names(&["a/x/atlas", "b/x/atlas"]), ["a/x/atlas", "b/x/atlas"]);
        assert_eq!(names(&["", "../b/atlas"]), ["atlas", "b/atlas"]);
        assert_eq!(names(&["a/atlas.xlsx", "b/atlas.xlsx"]), ["a/atlas", "b/atlas"]);
        assert_eq!(names(&["a/atlas.ods", "a/atlas.xlsx"]), ["a/atlas.ods", "a/atlas.xlsx"]);
    }
}
