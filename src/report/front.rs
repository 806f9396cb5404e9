//! Page 1: where the project stands, how sure that is, what comes next.

mod figures;
mod lists;
mod milestones;
mod s_curve;

use crate::analysis::HealthFinding;
use crate::document::{Front, HealthMark};
use crate::quantity::Health;
use crate::report::narrative;
use crate::report::subject::Subject;
use crate::report::wording::{capital, listed, period, span};
use crate::wording::is_or_are;

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
    let mut add = |label: &str, value: String| head.push((label.to_owned(), value));
    if let Some(sponsor) = &project.charter.sponsor {
        add("Sponsor", sponsor.clone());
    }
    if let Some(manager) = &project.charter.manager {
        add("Manager", manager.clone());
    }
    let guessed = found.status_date_from.is_some();
    if guessed {
        add("Status date", "the latest in the data".to_owned());
    }
    add("Period", period(found.period, &subject.format));
    let dates = subject.baseline_span().map(|(start, finish)| span(start, finish, &subject.format));
    if let Some(baseline) = project.charter.baseline.clone().or(dates) {
        add("Baseline", baseline);
    }
    head
}

/// The ratings with the rule that fired each.
fn health(subject: &Subject<'_>) -> Vec<HealthMark> {
    let marks = subject.found.health.iter().map(|finding| HealthMark {
        dimension: finding.dimension.to_owned(),
        health: finding.rating,
        rule: match (finding.dimension, finding.rating) {
            ("Overall", Some(rating)) => {
                behind(subject, rating).unwrap_or_else(|| subject.say(&finding.rule))
            }
            _ => subject.say(&finding.rule),
        },
    });
    marks.collect()
}

/// Which dimensions give the overall rating: their rules stand beside it and need no repeating.
fn behind(subject: &Subject<'_>, overall: Health) -> Option<String> {
    // The others raise it at most, and then the rule says so.
    let leading =
        |f: &&HealthFinding| matches!(f.dimension, "Schedule" | "Cost") && f.rating == Some(overall);
    let same = subject.found.health.iter().filter(leading);
    let names: Vec<String> = same.map(|finding| finding.dimension.to_lowercase()).collect();
    (!names.is_empty())
        .then(|| format!("{} {} {}", capital(&listed(&names)), is_or_are(names.len()), overall.word()))
}
