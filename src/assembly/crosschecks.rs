//! Cross-checks: entries that are right one by one and contradict each other across tables.
//!
//! Each is one constant: what it finds in a project and what to do about it. Hours booked are looked at where they
//! are joined ([`super::facts`]); what needs the schedule is found in analysis.

mod deliverables;
mod entries;

use std::cell::OnceCell;

use super::row::Table;
use super::standing::Standing;
use crate::calendar::last_day;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Location, code};
use crate::language::{Part, Phrase};
use crate::model::{Action, Link, Origin, Project, RelationType, RiskStatus, Task, TaskKind};
use crate::quantity::{Money, Work};

/// How many ids a sentence names, and how many rows a finding points to beside the first.
const SHOWN: usize = 5;

/// A check of tables against each other.
struct CrossCheck {
    code: &'static Code,
    find: fn(&Checked<'_>) -> Vec<Found>,
    help: &'static str,
}

/// A project with where its tasks stand, which is worked out when first asked for.
struct Checked<'a> {
    project: &'a Project,
    standing: OnceCell<Standing>,
}

impl Checked<'_> {
    fn standing(&self) -> &Standing {
        self.standing.get_or_init(|| Standing::of(self.project))
    }
}

/// One contradiction: its sentence and the rows that do not go together, the one to look at first.
struct Found {
    says: Phrase,
    rows: Vec<Origin>,
    /// The column that it is in, where it is in one.
    column: Option<&'static str>,
}

const CHECKS: &[CrossCheck] = &[
    CrossCheck {
        code: &code::APPROVED_WITHOUT_EFFECT,
        find: approved_without_effect,
        help: word!(
            "work it into the baseline of its tasks, or name the tasks that hold it: until then neither BAC nor the planned finish shows it"
        ),
    },
    CrossCheck {
        code: &code::CLOSED_WITH_ACTIONS,
        find: closed_with_actions,
        help: word!("close the actions that are no longer needed, or open what they are for again"),
    },
    CrossCheck {
        code: &code::ACCEPTED_WITH_DEFECTS,
        find: deliverables::accepted_with_defects,
        help: word!(
            "ask those who accepted it whether they knew; close what is repaired, or take the acceptance back"
        ),
    },
    CrossCheck {
        code: &code::ACCEPTED_TESTS_FAIL,
        find: deliverables::accepted_while_tests_fail,
        help: word!(
            "ask those who accepted it whether they knew; count the tests again, or take the acceptance back"
        ),
    },
    CrossCheck {
        code: &code::ACCEPTED_UNFINISHED,
        find: deliverables::accepted_unfinished,
        help: word!("report the tasks as finished, or say what of the deliverable is still to come"),
    },
    CrossCheck {
        code: &code::ACCEPTED_OFF_TARGET,
        find: deliverables::accepted_off_target,
        help: word!("measure again, or have it written down that the deliverable is accepted as it is"),
    },
    CrossCheck {
        code: &code::PROMISED_BEFORE_PLANNED,
        find: deliverables::promised_before_planned,
        help: word!("agree a later day, or plan the tasks that make it earlier"),
    },
    CrossCheck {
        code: &code::MILESTONE_TOO_EARLY,
        find: milestone_before_predecessors,
        help: word!(
            "report the predecessors as finished, correct the milestone's date, or take the link out"
        ),
    },
    CrossCheck {
        code: &code::ISSUE_ON_FINISHED,
        find: issue_on_finished,
        help: word!("close the issue, or name the tasks that it stands in the way of now"),
    },
    CrossCheck {
        code: &code::OBJECTIVE_DIRECTION,
        find: entries::target_is_no_improvement,
        help: word!("correct baseline, target or better; until then what is achieved of it means little"),
    },
    CrossCheck {
        code: &code::MEASURED_TWICE,
        find: entries::measured_twice,
        help: word!(
            "the trend takes both and the later row is the latest value; remove the one that is wrong, or give it its own day"
        ),
    },
    CrossCheck {
        code: &code::STAKEHOLDER_TWICE,
        find: entries::stakeholder_twice,
        help: word!(
            "all of these rows are listed; make one of them, or tell the people apart by their names"
        ),
    },
    CrossCheck {
        code: &code::TESTS_FALL,
        find: entries::tests_fall,
        help: word!(
            "counts are those since the beginning; correct them, or give new tests a suite of their own"
        ),
    },
    CrossCheck {
        code: &code::RESIDUAL_ABOVE,
        find: entries::residual_above,
        help: word!("residual is what is left once the response is in place; correct one of the two"),
    },
];

/// Says what contradicts what, project by project.
pub(super) fn report(projects: &[Project], tables: &[Table<'_>], problems: &mut Diagnostics) {
    for project in projects {
        let checked = Checked { project, standing: OnceCell::new() };
        for check in CHECKS {
            for Found { says, rows, column } in (check.find)(&checked) {
                let mut places = rows.into_iter().map(|origin| place(origin, column, tables));
                let Some(first) = places.next() else { continue };
                let problem = Diagnostic::new(check.code, first, says).project(&project.id).help(check.help);
                problems.push(places.take(SHOWN).fold(problem, Diagnostic::also));
            }
        }
    }
}

impl Found {
    fn new<'a>(says: Phrase, first: &'a Origin, others: impl IntoIterator<Item = &'a Origin>) -> Self {
        Self { says, rows: std::iter::once(first).chain(others).cloned().collect(), column: None }
    }

    /// The same in a column of its rows.
    fn at(self, column: &'static str) -> Self {
        Self { column: Some(column), ..self }
    }
}

/// The cell of a row; the row where no column is named.
fn place(origin: Origin, column: Option<&str>, tables: &[Table<'_>]) -> Location {
    let is_its = |table: &&Table<'_>| {
        let read = &table.typed.read;
        (&read.file, &read.sheet) == (&origin.file, &origin.sheet)
    };
    let table = tables.iter().find(is_its);
    match (column, table) {
        (Some(column), Some(table)) => table.cell(origin.row, column),
        _ => origin.into(),
    }
}

/// `A, B and 3 more`.
fn named<'a>(ids: impl IntoIterator<Item = &'a str>) -> Part {
    let ids: Vec<&str> = ids.into_iter().collect();
    Part::few(&ids[..ids.len().min(SHOWN)], ids.len())
}

/// The same of phrases.
fn first_of(said: impl ExactSizeIterator<Item = Phrase>) -> Phrase {
    let more = said.len().saturating_sub(SHOWN);
    let names = said.take(SHOWN).reduce(|all, next| phrase!("{all}, {next}", all, next));
    let names = names.unwrap_or_else(|| Phrase::said(""));
    if more == 0 { names } else { phrase!("{names} and {n} more", names, n = more) }
}

/// `'P1 Portal'`, without the id twice where there is no other name.
fn quoted(id: &str, name: &str) -> Phrase {
    if id == name { phrase!("'{name}'", name) } else { phrase!("'{id} {name}'", id, name) }
}

fn tasks<'a>(project: &'a Project, indices: &[usize]) -> Vec<&'a Task> {
    indices.iter().filter_map(|index| project.tasks.get(*index)).collect()
}

/// A change that adds cost or time and whose tasks cannot hold it: it names none, their baseline has neither, or
/// their baseline costs less than the change alone. What saves may show as less of anything, and is passed over.
fn approved_without_effect(checked: &Checked<'_>) -> Vec<Found> {
    let project = checked.project;
    // A plan without any baseline shows nothing, and that is told elsewhere.
    let costs = project.tasks.iter().any(|task| task.baseline_cost.is_some());
    let dates = project.tasks.iter().any(|task| task.baseline_finish.is_some());
    let approved = project.changes.iter().filter(|change| change.state.is_approved());
    let found = approved.filter_map(|change| {
        let cost = change.impact_cost.filter(|cost| costs && *cost > Money::ZERO);
        let days = change.impact_days.filter(|days| dates && *days > 0.0);
        let tasks = tasks(project, &change.tasks);
        let baseline: Money = tasks.iter().filter_map(|task| task.baseline_cost).sum();
        let dated = tasks.iter().any(|task| task.baseline_finish.is_some());
        let ids = named(tasks.iter().map(|task| &*task.id));
        let why: Phrase = match (cost, days) {
            (None, None) => return None,
            _ if tasks.is_empty() => word!("it names no task of the plan").into(),
            (Some(_), _) if baseline.is_zero() => phrase!("its tasks have no baseline cost: {ids}", ids),
            (Some(cost), _) if baseline < cost => {
                phrase!("its tasks have a baseline cost of {amount} together: {ids}", amount = baseline, ids)
            }
            (_, Some(_)) if !dated => phrase!("its tasks have no baseline dates: {ids}", ids),
            _ => return None,
        };
        let days = days.map(|days| phrase!("{n} working {n|day|days}", n = Part::Number(days.to_string())));
        let adds: Vec<Part> = cost.map(Part::from).into_iter().chain(days.map(Part::from)).collect();
        let says = phrase!(
            "change {change} is {state} and adds {adds}, which the baseline does not show: {why}",
            change = quoted(&change.id, &change.title),
            state = Part::Word(change.state.word()),
            adds,
            why
        );
        Some(Found::new(says, &change.origin, tasks.iter().map(|task| &task.origin)))
    });
    found.collect()
}

/// A risk or an issue that is closed while somebody is still to do something about it.
fn closed_with_actions(checked: &Checked<'_>) -> Vec<Found> {
    let project = checked.project;
    let open = |is_for: &dyn Fn(&Action) -> bool| {
        project.actions.iter().filter(|a| !a.state.is_settled() && is_for(a)).collect::<Vec<_>>()
    };
    let found = |says: Phrase, origin: &Origin, actions: &[&Action]| {
        (!actions.is_empty()).then(|| Found::new(says, origin, actions.iter().map(|action| &action.origin)))
    };
    let ids = |actions: &[&Action]| named(actions.iter().map(|action| &*action.id));
    let risks = project.risks.iter().enumerate().filter(|(_, risk)| risk.status == RiskStatus::Closed);
    let risks = risks.filter_map(|(index, risk)| {
        let actions = open(&|action| action.risks.contains(&index));
        let says = phrase!(
            "risk {risk} is closed and {n|an action for it is|actions for it are} open: {ids}",
            risk = quoted(&risk.id, &risk.title),
            n = actions.len(),
            ids = ids(&actions)
        );
        found(says, &risk.origin, &actions)
    });
    let issues = project.issues.iter().enumerate().filter(|(_, issue)| issue.state.is_settled());
    let issues = issues.filter_map(|(index, issue)| {
        let actions = open(&|action| action.issues.contains(&index));
        let says = phrase!(
            "issue {issue} is closed and {n|an action for it is|actions for it are} open: {ids}",
            issue = quoted(&issue.id, &issue.title),
            n = actions.len(),
            ids = ids(&actions)
        );
        found(says, &issue.origin, &actions)
    });
    risks.chain(issues).collect()
}

/// A milestone with a date while what it waits for (finish to start or finish to finish, without a lead) is open or
/// ended on a later day.
fn milestone_before_predecessors(checked: &Checked<'_>) -> Vec<Found> {
    let project = checked.project;
    let waits = |link: &&Link| {
        matches!(link.relation, RelationType::Fs | RelationType::Ff)
            && link.lag >= Work::ZERO
            && project.tasks.get(link.successor).is_some_and(|task| task.kind == TaskKind::Milestone)
    };
    let mut links: Vec<&Link> = project.links.iter().filter(waits).collect();
    links.sort_by_key(|link| link.successor);
    let found = links.chunk_by(|a, b| a.successor == b.successor).filter_map(|links| {
        let standing = checked.standing();
        let milestone = links.first()?.successor;
        let reached = last_day(standing.ended[milestone]?);
        let late = links.iter().filter_map(|link| {
            let task = project.tasks.get(link.predecessor)?;
            match standing.ended[link.predecessor].map(last_day) {
                _ if standing.cancelled[link.predecessor] => None,
                _ if !standing.finished[link.predecessor] => {
                    Some((task, phrase!("{task} is open", task = &*task.id)))
                }
                Some(day) if day > reached => {
                    Some((task, phrase!("{task} ended on {day}", task = &*task.id, day)))
                }
                _ => None,
            }
        });
        let (late, why): (Vec<_>, Vec<Phrase>) = late.unzip();
        let milestone = &project.tasks[milestone];
        let says = phrase!(
            "milestone {milestone} is reached on {day} before what it waits for: {tasks}",
            milestone = quoted(&milestone.id, &milestone.name),
            day = reached,
            tasks = first_of(why.into_iter()),
        );
        (!late.is_empty()).then(|| Found::new(says, &milestone.origin, late.iter().map(|task| &task.origin)))
    });
    found.collect()
}

fn issue_on_finished(checked: &Checked<'_>) -> Vec<Found> {
    let open = checked.project.issues.iter().filter(|i| !i.state.is_settled() && !i.tasks.is_empty());
    let found = open.filter_map(|issue| {
        let finished = &checked.standing().finished;
        let tasks = tasks(checked.project, &issue.tasks);
        let says = phrase!(
            "issue {issue} is {state} and everything it stands in the way of is finished: {ids}",
            issue = quoted(&issue.id, &issue.title),
            state = Part::Word(issue.state.word()),
            ids = named(tasks.iter().map(|task| &*task.id)),
        );
        issue
            .tasks
            .iter()
            .all(|task| finished[*task])
            .then(|| Found::new(says, &issue.origin, tasks.iter().map(|task| &task.origin)))
    });
    found.collect()
}

#[cfg(test)]
mod tests;
