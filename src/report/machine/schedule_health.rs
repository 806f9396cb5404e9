//! The checks of the schedule in the JSON.

use serde::Serialize;

use super::rounded;
use crate::analysis::schedule_health::{Assessment, Place, Threshold, Unit};
use crate::language::Phrase;
use crate::model::Project;
use crate::report::subject::Subject;

#[derive(Serialize)]
pub(super) struct Checked<'a> {
    check: &'static str,
    dcma: Option<u8>,
    name: &'static str,
    unit: &'static str,
    value: Option<f64>,
    at_most: Option<f64>,
    at_least: Option<f64>,
    passed: Option<bool>,
    base: Option<usize>,
    not_assessable: Option<&'a Phrase>,
    note: Option<&'a Phrase>,
    offenders: Vec<Offending<'a>>,
}

#[derive(Serialize)]
struct Offending<'a> {
    task: Option<&'a str>,
    predecessor: Option<&'a str>,
    successor: Option<&'a str>,
    detail: &'a Phrase,
}

/// Every check with what it found.
pub(super) fn checks<'a>(subject: &Subject<'a>) -> Vec<Checked<'a>> {
    subject.found.schedule_health.iter().map(|assessed| checked(subject.project, assessed)).collect()
}

fn checked<'a>(project: &'a Project, assessed: &'a Assessment) -> Checked<'a> {
    let (check, outcome) = (assessed.check, assessed.outcome.as_ref().ok());
    let (at_most, at_least) = match check.threshold {
        Threshold::AtMost(most) => (Some(most), None),
        Threshold::AtLeast(least) => (None, Some(least)),
        Threshold::Informational => (None, None),
    };
    let id = |task: usize| Some(project.tasks[task].id.as_str());
    Checked {
        check: check.id,
        dcma: check.number,
        name: check.name,
        unit: match check.unit {
            Unit::Share => "share",
            Unit::Count => "count",
            Unit::Index => "index",
            Unit::Days => "days",
        },
        value: outcome.map(|outcome| rounded(outcome.value)),
        at_most,
        at_least,
        passed: assessed.passed(),
        base: outcome.and_then(|outcome| outcome.of),
        not_assessable: assessed.outcome.as_ref().err(),
        note: outcome.map(|outcome| &outcome.note).filter(|note| !note.is_empty()),
        offenders: outcome
            .into_iter()
            .flat_map(|outcome| &outcome.offenders)
            .map(|offender| match offender.place {
                Place::Task(task) => {
                    Offending { task: id(task), predecessor: None, successor: None, detail: &offender.detail }
                }
                Place::Link(link) => {
                    let link = &project.links[link];
                    Offending {
                        task: None,
                        predecessor: id(link.predecessor),
                        successor: id(link.successor),
                        detail: &offender.detail,
                    }
                }
            })
            .collect(),
    }
}
