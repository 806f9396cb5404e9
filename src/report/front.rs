//! Page 1: where the project stands, how sure that is, what comes next.

mod figures;
mod lists;
mod milestones;
mod s_curve;

use crate::document::{Front, HealthMark};
use crate::report::narrative;
use crate::report::subject::Subject;
use crate::report::wording::{period, span};

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
    let day = subject.format.day(found.status_date.day());
    add(
        "Status date",
        if found.status_date_from.is_some() { format!("{day} (latest date in the data)") } else { day },
    );
    add("Period", period(found.period, &subject.format));
    let dates = subject.baseline_span().map(|(start, finish)| span(start, finish, &subject.format));
    match (&project.charter.baseline, dates) {
        (Some(name), Some(dates)) => add("Baseline", format!("{name}, {dates}")),
        (Some(name), None) => add("Baseline", name.clone()),
        (None, Some(dates)) => add("Baseline", dates),
        (None, None) => {}
    }
    head
}

/// The ratings with the rule that fired each.
fn health(subject: &Subject<'_>) -> Vec<HealthMark> {
    let marks = subject.found.health.iter().map(|finding| HealthMark {
        dimension: finding.dimension.to_owned(),
        health: finding.rating,
        rule: finding.rule.clone(),
    });
    marks.collect()
}
