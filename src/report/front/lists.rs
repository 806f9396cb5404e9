//! Done this period; planned but not done; next period; top risks and issues; decisions needed; of a finished project
//! what is left open. All of them: how many fit is the page's affair.

use crate::calendar::last_day;
use crate::document::{ItemList, ListItem};
use crate::language::Part;
use crate::quantity::Money;
use crate::report::section;
use crate::report::subject::Subject;
use crate::report::wording::working_days;

/// The lists side by side.
pub(super) fn compose(subject: &Subject<'_>) -> Vec<ItemList> {
    let found = subject.found;
    let empty = word!("Nothing was finished in this period.");
    let last = list(subject, word!("Done this period"), &found.done, done, empty);
    if subject.finished().is_some() {
        return [Some(last), Some(open_points(subject)), largest_overruns(subject)]
            .into_iter()
            .flatten()
            .collect();
    }
    let mut lists = vec![
        last,
        list(
            subject,
            word!("Planned but not done"),
            &found.not_done,
            not_done,
            word!("Everything planned to date is done."),
        ),
        list(
            subject,
            word!("Next period"),
            &found.next,
            next,
            word!("Nothing is planned for the next period."),
        ),
    ];
    lists.extend(risks(subject));
    lists.extend(issues(subject));
    lists.extend(decisions(subject));
    lists
}

/// The open issues, the gravest first; none without a log.
fn issues(subject: &Subject<'_>) -> Option<ItemList> {
    let issues = &subject.project.issues;
    let items = subject.found.issues.open.iter().map(|open| ListItem {
        text: issues[open.issue].title.clone(),
        detail: section::issues::brief(subject, open),
    });
    (!issues.is_empty()).then(|| ItemList {
        title: subject.word(word!("Top issues")),
        items: items.collect(),
        empty: subject.word(word!("No issue is open.")),
    })
}

/// What has to be decided, the earliest due first, then the changes that wait; none where the project keeps neither.
fn decisions(subject: &Subject<'_>) -> Option<ItemList> {
    let (project, found) = (subject.project, &subject.found.commitments);
    if project.decisions.is_empty() && project.changes.is_empty() {
        return None;
    }
    let decisions = found.decisions.iter().map(|index| {
        let decision = &project.decisions[*index];
        let detail = section::actions::brief(subject, decision.owner.as_deref(), decision.due);
        ListItem { text: decision.title.clone(), detail }
    });
    let changes = found.changes.iter().map(|index| {
        let change = &project.changes[*index];
        let detail = section::changes::brief(subject, *index);
        ListItem { text: subject.say(phrase!("Change: {title}", title = &change.title)), detail }
    });
    Some(ItemList {
        title: subject.word(word!("Decisions needed")),
        items: decisions.chain(changes).collect(),
        empty: subject.word(word!("No decision is needed.")),
    })
}

/// The open risks with the largest exposure; none without a register.
fn risks(subject: &Subject<'_>) -> Option<ItemList> {
    if subject.project.risks.is_empty() {
        return None;
    }
    let items = subject.found.risk.ranked.iter().map(|index| {
        let risk = &subject.project.risks[*index];
        ListItem { text: risk.title.clone(), detail: section::risk::brief(subject, *index) }
    });
    Some(ItemList {
        title: subject.word(word!("Top risks")),
        items: items.collect(),
        empty: subject.word(word!("No risk is open.")),
    })
}

/// What a finished project leaves to others.
fn open_points(subject: &Subject<'_>) -> ItemList {
    let items = subject.found.closure.open.iter().map(|point| {
        let owner = point.owner.iter().cloned();
        let due = point.due.map(|due| subject.say(phrase!("due {due}", due)));
        let detail: Vec<String> =
            std::iter::once(subject.word(point.kind.word())).chain(owner).chain(due).collect();
        ListItem { text: point.title.clone(), detail: detail.join(", ") }
    });
    ItemList {
        title: subject.word(word!("Handed over open")),
        items: items.collect(),
        empty: subject.word(word!("Nothing is open.")),
    }
}

/// Where a finished project cost more than its budget; none where nothing did.
fn largest_overruns(subject: &Subject<'_>) -> Option<ItemList> {
    let over = subject.found.variances.iter().filter(|variance| variance.cv < Money::ZERO);
    let items: Vec<ListItem> = over
        .map(|variance| ListItem {
            text: subject.task_label(variance.task),
            detail: subject.say(phrase!(
                "{amount} over, {share} of all",
                amount = Part::number(-variance.cv.units(), subject.format.money_decimals),
                share = Part::share(variance.share)
            )),
        })
        .collect();
    (!items.is_empty()).then(|| ItemList {
        title: subject.word(word!("Largest overruns")),
        items,
        empty: String::new(),
    })
}

fn list(
    subject: &Subject<'_>,
    title: &str,
    tasks: &[usize],
    detail: fn(&Subject<'_>, usize) -> String,
    empty: &str,
) -> ItemList {
    let items = tasks
        .iter()
        .map(|task| ListItem { text: subject.task_label(*task), detail: detail(subject, *task) })
        .collect();
    ItemList { title: subject.word(title), items, empty: subject.word(empty) }
}

/// The day it was finished, and how late.
fn done(subject: &Subject<'_>, task: usize) -> String {
    let finished = subject.found.tasks.get(task).and_then(|value| value.actual_finish).map(last_day);
    let Some(finished) = finished else { return String::new() };
    let due = subject.project.tasks.get(task).and_then(|task| task.baseline_finish).map(last_day);
    let late = due.and_then(|due| subject.working_days(due, finished)).filter(|days| *days > 0.0);
    match late {
        Some(days) => subject.say(phrase!("{day}, {days} late", day = finished, days = working_days(days))),
        None => subject.format.day(finished),
    }
}

/// When it was due and how far it is.
fn not_done(subject: &Subject<'_>, task: usize) -> String {
    let due = subject.project.tasks.get(task).and_then(|task| task.baseline_finish).map(last_day);
    let complete = subject.found.tasks.get(task).map_or(0.0, |value| value.percent_complete);
    let progress = if complete > 0.0 {
        phrase!("{share} done", share = Part::share(complete))
    } else {
        phrase!("not begun")
    };
    subject.say(match due {
        Some(due) => phrase!("due {due}, {progress}", due, progress),
        None => progress,
    })
}

/// What happens when: it starts, or it is due.
fn next(subject: &Subject<'_>, task: usize) -> String {
    let Some(value) = subject.found.tasks.get(task) else { return String::new() };
    let begun = value.actual_start.is_some() || value.percent_complete > 0.0;
    let milestone =
        subject.project.tasks.get(task).is_some_and(|task| task.kind == crate::model::TaskKind::Milestone);
    match (value.expected_start, value.expected_finish) {
        (Some(start), _) if !begun && !milestone => subject.say(phrase!("starts {day}", day = start.date())),
        (_, Some(finish)) if milestone => subject.format.day(last_day(finish)),
        (_, Some(finish)) => subject.say(phrase!("finishes {day}", day = last_day(finish))),
        _ => String::new(),
    }
}
