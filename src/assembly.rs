//! Typed tables in, linked projects out: unknown references, duplicates, cycles, dates that
//! contradict each other.
//!
//! Every row finds its project ([`roster`]); then calendars, tasks, hierarchy and links are built a
//! project at a time, and the facts are joined for the whole portfolio at once ([`facts`]).

mod benefits;
mod budgets;
mod calendars;
mod charter;
mod contradictions;
mod crosschecks;
mod facts;
#[cfg(test)]
mod fixture;
mod hierarchy;
mod links;
mod logs;
mod lookalikes;
mod namesakes;
mod nicknames;
mod plan;
mod quality;
mod registers;
mod relation;
mod resources;
mod risks;
mod roster;
mod row;
mod standing;
mod statements;
mod summaries;
mod tasks;
#[cfg(test)]
mod tests;

use crate::diagnostic::{Diagnostic, Diagnostics, code};
use crate::intake::{Records, Typed};
use crate::model::{EarningRule, Portfolio, Project, TableRead};
use calendars::Calendars;
use plan::Plan;
use registers::Registers;
use roster::{Homeless, Roster};
use row::Table;
use tasks::Drafts;

/// Links the tables to projects. An error rejects the smallest thing that owns it: row, task, project.
#[must_use]
pub fn assemble(mut records: Records, problems: &mut Diagnostics) -> Portfolio {
    namesakes::tell_apart(&mut records.tables, problems);
    let tables: Vec<Table> =
        records.tables.iter().enumerate().map(|(i, typed)| Table::new(typed, i)).collect();
    let mut homeless = Homeless::default();

    let mut roster = Roster::new(&tables);
    contradictions::nothing_planned(&tables, &roster, problems);
    contradictions::without_a_plan(&tables, &roster, problems);
    let stated = charter::read(&tables, &roster, &mut homeless, problems);
    for (index, stated) in (0_u32..).zip(&stated) {
        if let Some(name) = &stated.name {
            roster.also_known_as(name, index);
        }
    }
    nicknames::learn(&tables, &mut roster, problems);
    let own: Vec<_> = stated.iter().map(|stated| stated.calendar.clone()).collect();
    let calendars = calendars::build(&tables, &roster, &own, &mut homeless, problems);

    let mut drafts = tasks::read(&tables, &roster, &calendars, &mut homeless, problems);
    let mut plans = Vec::with_capacity(drafts.len());
    for (drafts, project) in drafts.iter_mut().zip(&roster.ids) {
        hierarchy::link(drafts, project, problems);
        summaries::compare(drafts, project, problems);
        lookalikes::report(drafts, project, problems);
        let plan = Plan::new(drafts.called());
        apportion(drafts, &plan, project, problems);
        plans.push(plan);
    }
    let links = links::read(&tables, &roster, &drafts, &plans, &calendars, &mut homeless, problems);
    let people = resources::read(&tables, &roster, &calendars, &mut homeless, problems);

    let mut projects: Vec<Project> = roster
        .ids
        .iter()
        .zip(stated)
        .map(|(id, stated)| Project {
            id: id.clone(),
            name: stated.name.unwrap_or_else(|| id.clone()),
            currency: stated.currency,
            charter: stated.charter,
            ..Project::default()
        })
        .collect();
    for ((project, drafts), (links, people)) in
        projects.iter_mut().zip(&mut drafts).zip(links.into_iter().zip(people))
    {
        project.tasks = std::mem::take(&mut drafts.tasks);
        project.links = links;
        project.resources = people;
    }
    statements::progress(&tables, &roster, &mut projects, &plans, &calendars, &mut homeless, problems);
    statements::performance(&tables, &roster, &mut projects, &mut homeless, problems);
    let mut registers =
        Registers { tables: &tables, roster: &roster, plans: &plans, homeless: &mut homeless, problems };
    risks::read(&mut registers, &mut projects);
    logs::read(&mut registers, &mut projects, &calendars);
    quality::read(&mut registers, &mut projects);
    benefits::read(&mut registers, &mut projects);
    for (project, Calendars { all, .. }) in projects.iter_mut().zip(calendars) {
        project.calendars = all;
    }
    let facts = facts::join(&tables, &roster, &mut projects, &plans, &mut homeless, problems);
    budgets::report(&tables, &roster, &projects, &facts, problems);
    contradictions::report(&projects, &drafts, problems);
    crosschecks::report(&projects, &tables, problems);
    homeless.report(problems);

    let tables = records.tables.iter().map(|typed| table_read(typed, &roster)).collect();
    Portfolio { projects, facts, tables }
}

/// How much of a table was used, and whose it is where its input holds one project only.
fn table_read(typed: &Typed, roster: &Roster) -> TableRead {
    let project = match roster.of_group(&typed.group) {
        [one] => roster.ids.get(*one as usize).cloned(),
        _ => None,
    };
    TableRead { project, ..typed.read.clone() }
}

/// Links apportioned tasks to the task whose earned share they take.
fn apportion(drafts: &mut Drafts, plan: &Plan, project: &str, problems: &mut Diagnostics) {
    for (index, row) in drafts.rows.iter().enumerate() {
        let Some(written) = row.text("earning_rule") else { continue };
        let Some(EarningRule::Apportioned { .. }) = EarningRule::parse(written) else { continue };
        let Some(base) = EarningRule::base_in(written) else { continue };
        let task = &mut drafts.tasks[index];
        match plan.find(base).map(|base| base as usize).filter(|base| *base != index) {
            Some(base) => task.earning_rule = Some(EarningRule::Apportioned { base: Some(base) }),
            None => problems.push(
                Diagnostic::new(
                    &code::UNKNOWN_BASE_TASK,
                    row.cell("earning_rule"),
                    phrase!("there is no task '{task}' to be apportioned to", task = base),
                )
                .context(format!("{}  {}", task.id, task.name))
                .project(project)
                .help(word!("the default rule is used; name another task of the project")),
            ),
        }
    }
}
