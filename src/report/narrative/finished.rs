//! The sentences of a finished project, in the past tense: cost and finish, tolerances, the largest cause, what was
//! accepted, what is handed over.

use super::{Topic, figures};
use crate::analysis::closure::outcome::{Dimension, Figure, Verdict};
use crate::language::{Part, Phrase};
use crate::quantity::Money;
use crate::report::section::handover;
use crate::report::subject::Subject;
use crate::report::wording::{capital, working_days};

/// What can be said of it.
pub(super) fn sentences(subject: &Subject<'_>) -> Vec<(Topic, Option<Phrase>)> {
    vec![
        (Topic::Position, Some(figures::outcome(subject))),
        (Topic::Cost, figures::end(subject)),
        (Topic::Outlook, tolerances(subject)),
        (Topic::Cause, cause(subject)),
        (Topic::Wanted, left(subject)),
    ]
}

/// Which of the tolerances for cost and finish were broken, and by how much.
fn tolerances(subject: &Subject<'_>) -> Option<Phrase> {
    let judged = |dimension| {
        let promise = subject.found.closure.promise(dimension)?;
        Some((promise.over?, promise.tolerance?, promise.verdict))
    };
    let (cost, finish) = (judged(Dimension::Cost), judged(Dimension::Finish));
    let mut broken: Vec<Part> = Vec::new();
    if let Some((over, tolerance, Verdict::Broken)) = cost {
        let (tolerance, beyond) = (subject.format.amount(tolerance), subject.format.amount(over - tolerance));
        broken.push(
            phrase!("the cost tolerance of {tolerance} was exceeded by {beyond}", tolerance, beyond).into(),
        );
    }
    if let Some((late, tolerance, Verdict::Broken)) = finish {
        let (tolerance, beyond) = (working_days(tolerance), working_days(late - tolerance));
        broken.push(
            phrase!("the finish tolerance of {tolerance} was exceeded by {beyond}", tolerance, beyond).into(),
        );
    }
    if broken.is_empty() {
        return match (cost, finish) {
            (Some(_), Some(_)) => Some(phrase!("The tolerances for cost and finish were kept.")),
            (Some(_), None) => Some(phrase!("The tolerance for cost was kept.")),
            (None, Some(_)) => Some(phrase!("The tolerance for the finish was kept.")),
            (None, None) => None,
        };
    }
    Some(sentence(subject, &phrase!("{broken}.", broken)))
}

/// The task that cost most beyond its budget.
fn cause(subject: &Subject<'_>) -> Option<Phrase> {
    let worst = subject.found.variances.iter().find(|variance| variance.cv < Money::ZERO)?;
    let why = worst.cause();
    let told = phrase!(
        "The largest single cause was {task}: it cost {over} more than its budget, {share} of all overruns",
        task = subject.task_label(worst.task),
        over = subject.money(-worst.cv),
        share = Part::share(worst.share)
    );
    Some(if why.is_empty() { phrase!("{told}.", told) } else { phrase!("{told} ({why}).", told, why) })
}

/// What was accepted, and what others take over.
fn left(subject: &Subject<'_>) -> Option<Phrase> {
    let scope = subject.found.closure.promise(Dimension::Scope);
    let accepted = scope.and_then(|scope| match (scope.came?, scope.baseline?) {
        (Figure::Count(1), Figure::Count(1)) => Some(phrase!("the deliverable was accepted")),
        (Figure::Count(came), Figure::Count(all)) if came == all => {
            Some(phrase!("all {all} deliverables were accepted", all))
        }
        (Figure::Count(n), Figure::Count(all)) => {
            Some(phrase!("{n} of {all} deliverables were accepted", n, all))
        }
        _ => None,
    });
    let open = &subject.found.closure.open;
    let handed = handover::counts(open);
    let handed = handed.map(|counts| phrase!("{counts} {n|is|are} handed over open", counts, n = open.len()));
    let told = match (accepted, handed) {
        (Some(accepted), Some(handed)) => phrase!("{accepted}; {handed}.", accepted, handed),
        (accepted, handed) => phrase!("{told}.", told = accepted.or(handed)?),
    };
    Some(sentence(subject, &told))
}

/// What is said, with the capital of a sentence.
fn sentence(subject: &Subject<'_>, told: &Phrase) -> Phrase {
    Phrase::said(capital(&subject.say(told)))
}
