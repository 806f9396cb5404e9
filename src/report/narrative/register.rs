//! Sentences over what the team keeps beside the plan: issues, deliverables, objectives, changes, decisions.

use std::cmp::Ordering;

use chrono::NaiveDate;

use crate::analysis::change::{self, Effect};
use crate::analysis::commitment::is_overdue;
use crate::analysis::issue::OpenIssue;
use crate::analysis::objective::Standing;
use crate::language::{Part, Phrase};
use crate::model::{Decision, Deliverable, Severity};
use crate::quantity::Money;
use crate::report::subject::Subject;
use crate::report::wording::{is_nothing, working_days};

/// The critical issue that is open longest, overdue ones first, and what it holds up.
pub(super) fn issue(subject: &Subject<'_>) -> Option<Phrase> {
    let of = |open: &OpenIssue| &subject.project.issues[open.issue];
    let critical = |open: &&OpenIssue| of(open).severity == Some(Severity::Critical);
    let open: Vec<&OpenIssue> = subject.found.issues.open.iter().filter(critical).collect();
    let urgent = |open: &&&OpenIssue| {
        let issue = of(open);
        (open.overdue.is_none(), issue.due, issue.opened, &issue.id)
    };
    let found = *open.iter().min_by_key(urgent)?;
    let first = of(found);
    let overdue = first.due.filter(|_| found.overdue.is_some());
    let stands = match in_the_way_of(subject, found) {
        Some((task, true)) => phrase!("holds up {task}, which sets the finish", task),
        Some((task, false)) => phrase!("holds up {task}", task),
        None => phrase!("is not settled"),
    };
    let what = Phrase::said(bare(&first.title));
    let what = match &first.owner {
        Some(owner) => phrase!("{what} ({owner})", what, owner),
        None => what,
    };
    Some(match (open.len(), overdue, first.opened) {
        (1, Some(due), _) => {
            phrase!("A critical issue, due on {due}, {stands}: {what}.", due, stands, what)
        }
        (1, None, Some(opened)) => {
            phrase!("A critical issue, open since {opened}, {stands}: {what}.", opened, stands, what)
        }
        (1, None, None) => phrase!("A critical issue {stands}: {what}.", stands, what),
        (n, Some(due), _) => phrase!(
            "{n} {n|critical issue|critical issues} are open; one, due on {due}, {stands}: {what}.",
            n,
            due,
            stands,
            what
        ),
        (n, None, Some(opened)) => phrase!(
            "{n} {n|critical issue|critical issues} are open; one, open since {opened}, {stands}: {what}.",
            n,
            opened,
            stands,
            what
        ),
        (n, None, None) => {
            phrase!("{n} {n|critical issue|critical issues} are open; one {stands}: {what}.", n, stands, what)
        }
    })
}

/// The open task that an issue holds up, and whether it sets the finish; one that does before others.
fn in_the_way_of(subject: &Subject<'_>, issue: &OpenIssue) -> Option<(String, bool)> {
    let sets_finish = |task: usize| {
        let network = subject.found.network.as_ref().ok();
        network.and_then(|network| network.scheduled(task)).is_some_and(|found| found.on_longest_path)
    };
    let first = issue.tasks.iter().copied().min_by_key(|task| (!sets_finish(*task), *task))?;
    Some((subject.task_label(first), sets_finish(first)))
}

/// Deliverables that were sent back.
pub(super) fn rejected(subject: &Subject<'_>) -> Option<Phrase> {
    let made = &subject.project.deliverables;
    let assessed = made.iter().zip(&subject.found.quality.deliverables);
    let found: Vec<&Deliverable> =
        assessed.filter(|(_, found)| found.rejected).map(|(made, _)| made).collect();
    let names: Vec<Part> = found.iter().take(3).map(|made| measured(made).into()).collect();
    (!names.is_empty()).then(|| {
        phrase!(
            "Of {all} {all|deliverable|deliverables} {n} {n|is|are} rejected: {names}.",
            all = made.len(),
            n = found.len(),
            names
        )
    })
}

/// `Data model (interface tests passed: 86 where 98 is asked)`.
fn measured(made: &Deliverable) -> Phrase {
    let name = &made.name;
    match (&made.criterion, &made.measured, &made.target) {
        (Some(criterion), Some(measured), Some(target)) => phrase!(
            "{name} ({criterion}: {measured} where {target} is asked)",
            name,
            criterion,
            measured,
            target
        ),
        _ => Phrase::said(name.as_str()),
    }
}

/// Objectives that are missed; where none is, those whose trend falls short of their target.
pub(super) fn goals(subject: &Subject<'_>) -> Option<Phrase> {
    let of = |wanted: Standing| -> Vec<Part> {
        let all = subject.project.objectives.iter().zip(&subject.found.objectives);
        all.filter(|(_, goal)| goal.standing == wanted)
            .filter_map(|(objective, goal)| {
                let (target, due) = (objective.target?, objective.due?);
                let (_, latest) = goal.latest?;
                let figure = |figure: f64| Part::number(figure, usize::from(figure.fract() != 0.0));
                let latest = match &objective.unit {
                    Some(unit) => phrase!("{value} {unit}", value = figure(latest), unit),
                    None => phrase!("{value}", value = figure(latest)),
                };
                let (name, target) = (bare(&objective.name), figure(target));
                Some(phrase!("{name} ({latest}, {target} due on {due})", name, latest, target, due).into())
            })
            .collect()
    };
    let shown = |mut names: Vec<Part>| {
        names.truncate(2);
        names
    };
    let missed = of(Standing::Missed);
    if let n @ 1.. = missed.len() {
        let names = shown(missed);
        return Some(phrase!("{n} {n|objective is|objectives are} missed: {names}.", n, names));
    }
    let at_risk = of(Standing::AtRisk);
    let n = at_risk.len();
    (n > 0).then(|| {
        let names = shown(at_risk);
        phrase!("{n} {n|objective is|objectives are} at risk by the trend: {names}.", n, names)
    })
}

/// What the changes that wait for a decision would add.
pub(super) fn waiting(subject: &Subject<'_>) -> Option<Phrase> {
    let Effect { changes: n, cost, days, .. } = subject.found.changes.effect(change::Standing::Waiting);
    let amount = subject.format.amount(cost.units().abs());
    let length = working_days(days);
    let effect = match (cost.cmp(&Money::ZERO), is_nothing(days), days < 0.0) {
        (Ordering::Equal, true, _) => return None,
        (Ordering::Equal, false, true) => phrase!("save {length}", length),
        (Ordering::Equal, false, false) => phrase!("add {length}", length),
        (Ordering::Less, true, _) => phrase!("save {amount}", amount),
        (Ordering::Less, false, true) => phrase!("save {amount} and save {length}", amount, length),
        (Ordering::Less, false, false) => phrase!("save {amount} and add {length}", amount, length),
        (Ordering::Greater, true, _) => phrase!("add {amount}", amount),
        (Ordering::Greater, false, true) => phrase!("add {amount} and save {length}", amount, length),
        (Ordering::Greater, false, false) => phrase!("add {amount} and {length}", amount, length),
    };
    Some(phrase!("{n} {n|change waits|changes wait} for a decision and would {effect}.", n, effect))
}

/// Decisions that were due and are not taken.
pub(super) fn overdue(subject: &Subject<'_>) -> Option<Phrase> {
    let day = today(subject);
    let open = decisions(subject, |due| is_overdue(Some(due), day));
    let (due, first) = *open.first()?;
    let title = bare(&first.title);
    let due = match &first.owner {
        Some(owner) => phrase!("{owner}, due {due}", owner, due),
        None => phrase!("due {due}", due),
    };
    Some(match open.len() {
        1 => phrase!("A decision is overdue: {title} ({due}).", title, due),
        n => phrase!("{n} decisions are overdue, first: {title} ({due}).", n, title, due),
    })
}

/// Decisions that are due by the end of the next period.
pub(super) fn due(subject: &Subject<'_>) -> Option<Phrase> {
    let day = today(subject);
    let until = subject.found.period_kind.period_of(subject.found.period.next).last();
    let open = decisions(subject, |due| !is_overdue(Some(due), day) && due <= until);
    let (due, first) = *open.first()?;
    let title = bare(&first.title);
    let first = match &first.owner {
        Some(owner) => phrase!("To be decided by {owner} until {due}: {title}", owner, due, title),
        None => phrase!("To be decided until {due}: {title}", due, title),
    };
    Some(match open.len() - 1 {
        0 => phrase!("{sentence}.", sentence = first),
        n => phrase!("{first}; {n} more by {day}.", first, n, day = until),
    })
}

/// Open decisions with a due date that is wanted, the earliest first.
fn decisions<'a>(
    subject: &Subject<'a>,
    wanted: impl Fn(NaiveDate) -> bool,
) -> Vec<(NaiveDate, &'a Decision)> {
    let open = subject.found.commitments.decisions.iter().map(|index| &subject.project.decisions[*index]);
    open.filter_map(|decision| Some((decision.due.filter(|due| wanted(*due))?, decision))).collect()
}

fn today(subject: &Subject<'_>) -> NaiveDate {
    subject.found.status_date.day()
}

/// A title within a sentence: without its full stop.
fn bare(title: &str) -> &str {
    title.trim().trim_end_matches('.')
}
