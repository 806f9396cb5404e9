//! The sentences of a finished project, in the past tense: cost and finish, tolerances, the largest cause, what was
//! accepted, what is handed over.

use super::{Topic, figures};
use crate::analysis::closure::outcome::{Dimension, Figure, Verdict};
use crate::quantity::Money;
use crate::report::section::handover;
use crate::report::subject::Subject;
use crate::report::wording::{capital, listed, working_days};
use crate::wording::{is_or_are, percent};

/// What can be said of it.
pub(super) fn sentences(subject: &Subject<'_>) -> Vec<(Topic, Option<String>)> {
    vec![
        (Topic::Position, Some(figures::outcome(subject))),
        (Topic::Cost, figures::end(subject)),
        (Topic::Outlook, tolerances(subject)),
        (Topic::Cause, cause(subject)),
        (Topic::Wanted, left(subject)),
    ]
}

/// Which of the tolerances for cost and finish were broken, and by how much.
fn tolerances(subject: &Subject<'_>) -> Option<String> {
    let judged = |dimension| {
        let promise = subject.found.closure.promise(dimension)?;
        Some((promise.over?, promise.tolerance?, promise.verdict))
    };
    let (cost, finish) = (judged(Dimension::Cost), judged(Dimension::Finish));
    let mut broken = Vec::new();
    if let Some((over, tolerance, Verdict::Broken)) = cost {
        let (tolerance, beyond) = (subject.format.amount(tolerance), subject.format.amount(over - tolerance));
        broken.push(format!("the cost tolerance of {tolerance} was exceeded by {beyond}"));
    }
    if let Some((late, tolerance, Verdict::Broken)) = finish {
        let (tolerance, beyond) = (working_days(tolerance), working_days(late - tolerance));
        broken.push(format!("the finish tolerance of {tolerance} was exceeded by {beyond}"));
    }
    if broken.is_empty() {
        return match (cost, finish) {
            (Some(_), Some(_)) => Some("The tolerances for cost and finish were kept.".to_owned()),
            (Some(_), None) => Some("The tolerance for cost was kept.".to_owned()),
            (None, Some(_)) => Some("The tolerance for the finish was kept.".to_owned()),
            (None, None) => None,
        };
    }
    Some(format!("{}.", capital(&listed(&broken))))
}

/// The task that cost most beyond its budget.
fn cause(subject: &Subject<'_>) -> Option<String> {
    let worst = subject.found.variances.iter().find(|variance| variance.cv < Money::ZERO)?;
    let why = subject.dates_as_shown(worst.cause.trim().trim_end_matches('.'));
    let why = if why.is_empty() { String::new() } else { format!(" ({why})") };
    Some(format!(
        "The largest single cause was {}: it cost {} more than its budget, {} of all overruns{why}.",
        subject.task_label(worst.task),
        subject.format.amount(-worst.cv.units()),
        percent(worst.share)
    ))
}

/// What was accepted, and what others take over.
fn left(subject: &Subject<'_>) -> Option<String> {
    let scope = subject.found.closure.promise(Dimension::Scope);
    let accepted = scope.and_then(|scope| match (scope.came?, scope.baseline?) {
        (Figure::Count(came), Figure::Count(all)) if came == all => Some(if all == 1 {
            "the deliverable was accepted".to_owned()
        } else {
            format!("all {all} deliverables were accepted")
        }),
        (Figure::Count(came), Figure::Count(all)) => {
            Some(format!("{came} of {all} deliverables were accepted"))
        }
        _ => None,
    });
    let open = &subject.found.closure.open;
    let handed =
        handover::counts(open).map(|counts| format!("{counts} {} handed over open", is_or_are(open.len())));
    let told: Vec<String> = [accepted, handed].into_iter().flatten().collect();
    (!told.is_empty()).then(|| format!("{}.", capital(&told.join("; "))))
}
