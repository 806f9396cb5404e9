//! Page 1: where the project stands, how sure that is, what comes next.

mod figures;
mod lists;
mod milestones;
mod s_curve;

use crate::analysis::HealthFinding;
use crate::document::{Front, HealthMark};
use crate::language::Part;
use crate::quantity::Health;
use crate::report::narrative;
use crate::report::subject::Subject;
use crate::report::wording::{capital, period, span};

/// Composes page 1.
pub(super) fn compose(subject: &Subject<'_>) -> Front {
    Front {
        head: head(subject),
        health: health(subject),
        narrative: narrative::compose(subject),
        figures: figures::compose(subject),
        chart: s_curve::compose(subject),
        milestones: milestones::compose(subject),
        lists: lists::compose(subject),
    }
}

/// Who, when, against which plan.
fn head(subject: &Subject<'_>) -> Vec<(String, String)> {
    let (project, found) = (subject.project, subject.found);
    let mut head = Vec::new();
    let mut add = |label: &str, value: String| head.push((subject.word(label), value));
    if let Some(sponsor) = &project.charter.sponsor {
        add(word!("Sponsor"), sponsor.clone());
    }
    if let Some(manager) = &project.charter.manager {
        add(word!("Manager"), manager.clone());
    }
    let guessed = found.status_date_from.is_some();
    if guessed {
        add(word!("Status date"), subject.word(word!("the latest in the data")));
    }
    add(word!("Period"), period(found.period, &subject.format));
    let dates = subject.baseline_span().map(|(start, finish)| span(start, finish, &subject.format));
    if let Some(baseline) = project.charter.baseline.clone().or(dates) {
        add(word!("Baseline"), baseline);
    }
    head
}

/// The ratings with the rule that fired each.
fn health(subject: &Subject<'_>) -> Vec<HealthMark> {
    let marks = subject.found.health.iter().map(|finding| HealthMark {
        dimension: subject.word(finding.dimension),
        health: finding.rating,
        rule: moved(
            subject,
            finding,
            match (finding.dimension, finding.rating) {
                ("Overall", Some(rating)) => {
                    behind(subject, rating).unwrap_or_else(|| subject.say(&finding.rule))
                }
                _ => subject.say(&finding.rule),
            },
        ),
    });
    marks.collect()
}

/// The rule, and before it what the dimension was in the last report where that was something else: a long rule is cut.
fn moved(subject: &Subject<'_>, finding: &HealthFinding, rule: String) -> String {
    let since = subject.found.since.as_ref();
    let rated =
        since.and_then(|since| since.health.iter().find(|rated| rated.dimension == finding.dimension));
    match rated.and_then(|rated| rated.turn().and(rated.then)) {
        Some(then) => capital(&subject.say(phrase!(
            "{rating} last time; {rule}",
            rating = Part::Word(then.word()),
            rule
        ))),
        None => rule,
    }
}

/// Which dimensions give the overall rating: their rules stand beside it and need no repeating.
fn behind(subject: &Subject<'_>, overall: Health) -> Option<String> {
    // The others raise it at most, and then the rule says so.
    let leading =
        |f: &&HealthFinding| matches!(f.dimension, "Schedule" | "Cost") && f.rating == Some(overall);
    let mut same = subject.found.health.iter().filter(leading).map(|finding| finding.dimension);
    let rating = Part::Word(overall.word());
    Some(subject.say(match (same.next()?, same.next()) {
        ("Cost", Some(_)) => phrase!("Cost and schedule are {rating}", rating),
        (_, Some(_)) => phrase!("Schedule and cost are {rating}", rating),
        ("Cost", None) => phrase!("Cost is {rating}", rating),
        (_, None) => phrase!("Schedule is {rating}", rating),
    }))
}
