//! Sentences over what the team keeps beside the plan: issues, deliverables, objectives, changes, decisions.

use chrono::NaiveDate;

use crate::analysis::change::{self, Effect};
use crate::analysis::commitment::is_overdue;
use crate::analysis::issue::OpenIssue;
use crate::analysis::objective::Standing;
use crate::model::{Decision, Deliverable, Severity};
use crate::quantity::Money;
use crate::report::subject::Subject;
use crate::report::wording::{is_nothing, listed, working_days};
use crate::wording::{counted, is_or_are, so_many_are};

/// The critical issue that is open longest, overdue ones first, and what it holds up.
pub(super) fn issue(subject: &Subject<'_>) -> Option<String> {
    let of = |open: &OpenIssue| &subject.project.issues[open.issue];
    let critical = |open: &&OpenIssue| of(open).severity == Some(Severity::Critical);
    let open: Vec<&OpenIssue> = subject.found.issues.open.iter().filter(critical).collect();
    let urgent = |open: &&&OpenIssue| {
        let issue = of(open);
        (open.overdue.is_none(), issue.due, issue.opened, &issue.id)
    };
    let found = *open.iter().min_by_key(urgent)?;
    let first = of(found);
    let late = first.due.filter(|_| found.overdue.is_some());
    let late = late.map(|due| format!(", due on {},", subject.format.day(due)));
    let since = first.opened.map(|opened| format!(", open since {},", subject.format.day(opened)));
    let when = late.or(since).unwrap_or_default();
    let owner = first.owner.as_ref().map(|owner| format!(" ({owner})")).unwrap_or_default();
    let what = bare(&first.title);
    let stands = match in_the_way_of(subject, found) {
        Some(tasks) => format!("holds up {tasks}"),
        None => "is not settled".to_owned(),
    };
    Some(match open.len() - 1 {
        0 => format!("A critical issue{when} {stands}: {what}{owner}."),
        more => {
            format!("{} are open; one{when} {stands}: {what}{owner}.", counted(more + 1, "critical issue"))
        }
    })
}

/// The open task that an issue holds up; one that sets the finish before others.
fn in_the_way_of(subject: &Subject<'_>, issue: &OpenIssue) -> Option<String> {
    let sets_finish = |task: usize| {
        let network = subject.found.network.as_ref().ok();
        network.and_then(|network| network.scheduled(task)).is_some_and(|found| found.on_longest_path)
    };
    let first = issue.tasks.iter().copied().min_by_key(|task| (!sets_finish(*task), *task))?;
    let sets = if sets_finish(first) { ", which sets the finish" } else { "" };
    Some(format!("{}{sets}", subject.task_label(first)))
}

/// Deliverables that were sent back.
pub(super) fn rejected(subject: &Subject<'_>) -> Option<String> {
    let made = &subject.project.deliverables;
    let assessed = made.iter().zip(&subject.found.quality.deliverables);
    let found: Vec<&Deliverable> =
        assessed.filter(|(_, found)| found.rejected).map(|(made, _)| made).collect();
    let names: Vec<String> =
        found.iter().take(3).map(|made| format!("{}{}", made.name, measured(made))).collect();
    (!names.is_empty()).then(|| {
        format!(
            "Of {} {} rejected: {}.",
            counted(made.len(), "deliverable"),
            so_many_are(found.len()),
            listed(&names)
        )
    })
}

/// ` (interface tests passed: 86 where 98 is asked)`.
fn measured(made: &Deliverable) -> String {
    match (&made.criterion, &made.measured, &made.target) {
        (Some(criterion), Some(measured), Some(target)) => {
            format!(" ({criterion}: {measured} where {target} is asked)")
        }
        _ => String::new(),
    }
}

/// Objectives that are missed; where none is, those whose trend falls short of their target.
pub(super) fn goals(subject: &Subject<'_>) -> Option<String> {
    let of = |wanted: Standing| -> Vec<String> {
        let all = subject.project.objectives.iter().zip(&subject.found.objectives);
        all.filter(|(_, goal)| goal.standing == wanted)
            .filter_map(|(objective, goal)| {
                let (target, due) = (objective.target?, objective.due?);
                let (_, latest) = goal.latest?;
                let figure = |figure: f64| subject.format.number(figure, usize::from(figure.fract() != 0.0));
                let unit = objective.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
                let day = subject.format.day(due);
                let (name, latest, target) = (bare(&objective.name), figure(latest), figure(target));
                Some(format!("{name} ({latest}{unit}, {target} due on {day})"))
            })
            .collect()
    };
    let told = |names: &[String], says: &str| {
        format!(
            "{} {} {says}: {}.",
            counted(names.len(), "objective"),
            is_or_are(names.len()),
            listed(&names[..names.len().min(2)])
        )
    };
    let missed = of(Standing::Missed);
    if !missed.is_empty() {
        return Some(told(&missed, "missed"));
    }
    let at_risk = of(Standing::AtRisk);
    (!at_risk.is_empty()).then(|| told(&at_risk, "at risk by the trend"))
}

/// What the changes that wait for a decision would add.
pub(super) fn waiting(subject: &Subject<'_>) -> Option<String> {
    let Effect { changes: count, cost, days, .. } = subject.found.changes.effect(change::Standing::Waiting);
    let signed = |saves: bool| if saves { "save" } else { "add" };
    let amount = subject.format.amount(cost.units().abs());
    let money = (!cost.is_zero()).then(|| format!("{} {amount}", signed(cost < Money::ZERO)));
    let time = (!is_nothing(days)).then(|| format!("{} {}", signed(days < 0.0), working_days(days)));
    let effect: Vec<String> = money.into_iter().chain(time).collect();
    let verb = if count == 1 { "waits" } else { "wait" };
    (!effect.is_empty()).then(|| {
        let effect = listed(&effect).replace("and add ", "and ");
        format!("{} {verb} for a decision and would {effect}.", counted(count, "change"))
    })
}

/// Decisions that were due and are not taken.
pub(super) fn overdue(subject: &Subject<'_>) -> Option<String> {
    let day = today(subject);
    let open = decisions(subject, |due| is_overdue(Some(due), day));
    let (due, first) = *open.first()?;
    let title = bare(&first.title);
    let owner = first.owner.as_ref().map(|owner| format!("{owner}, ")).unwrap_or_default();
    let due = subject.format.day(due);
    Some(match open.len() {
        1 => format!("A decision is overdue: {title} ({owner}due {due})."),
        many => format!("{many} decisions are overdue, first: {title} ({owner}due {due})."),
    })
}

/// Decisions that are due by the end of the next period.
pub(super) fn due(subject: &Subject<'_>) -> Option<String> {
    let day = today(subject);
    let until = subject.found.period_kind.period_of(subject.found.period.next).last();
    let open = decisions(subject, |due| !is_overdue(Some(due), day) && due <= until);
    let (due, first) = *open.first()?;
    let owner = first.owner.as_ref().map(|owner| format!(" by {owner}")).unwrap_or_default();
    let more = match open.len() - 1 {
        0 => String::new(),
        more => format!("; {more} more by {}", subject.format.day(until)),
    };
    Some(format!("To be decided{owner} until {}: {}{more}.", subject.format.day(due), bare(&first.title)))
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
