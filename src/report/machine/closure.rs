//! Outcome, estimates, forecast record, lessons, open points and stages in the JSON.

use serde::Serialize;

use super::{day, end_text, rounded};
use crate::analysis::closure::estimate::{Accuracies, Accuracy, Part};
use crate::analysis::closure::outcome::{Dimension, Figure, Verdict};
use crate::analysis::score::RECOMMENDED;
use crate::model::Severity;
use crate::quantity::Money;
use crate::report::subject::Subject;

/// A promise: amounts, hours and counts as numbers, days as dates.
#[derive(Serialize)]
pub(super) struct Promised {
    dimension: &'static str,
    first: Option<Plain>,
    baseline: Option<Plain>,
    came: Option<Plain>,
    over: Option<f64>,
    tolerance: Option<f64>,
    verdict: &'static str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Plain {
    Number(f64),
    Date(String),
}

/// The outcome of a finished project; `None` while it is open.
pub(super) fn outcome(subject: &Subject<'_>) -> Option<Vec<Promised>> {
    let plain = |figure: Figure| match figure {
        Figure::Money(amount) => Plain::Number(amount.units()),
        Figure::Hours(work) => Plain::Number(rounded(work.hours())),
        Figure::Count(count) => Plain::Number(f64::from(count)),
        Figure::Day(day) => Plain::Date(day.to_string()),
    };
    let outcome = subject.found.closure.outcome.iter().map(|promise| Promised {
        dimension: match promise.dimension {
            Dimension::Cost => "cost",
            Dimension::Finish => "finish",
            Dimension::Effort => "effort",
            Dimension::Scope => "scope",
            Dimension::Quality => "quality",
            Dimension::Risk => "risk",
            Dimension::Benefit => "benefit",
        },
        first: promise.first.map(plain),
        baseline: promise.baseline.map(plain),
        came: promise.came.map(plain),
        over: promise.over.map(rounded),
        tolerance: promise.tolerance,
        verdict: match promise.verdict {
            Verdict::Kept => "kept",
            Verdict::Broken => "broken",
            Verdict::NotYet => "not_yet",
            Verdict::NotAssessable => "not_assessable",
            Verdict::NoTolerance => "no_tolerance",
        },
    });
    let outcome: Vec<Promised> = outcome.collect();
    (!outcome.is_empty()).then_some(outcome)
}

/// How the estimates of finished tasks came out.
#[derive(Serialize)]
pub(super) struct Estimates<'a> {
    hours: Option<Accurate<'a>>,
    cost: Option<Accurate<'a>>,
    by_phase: Vec<Group<'a>>,
    by_role: Vec<Group<'a>>,
}

#[derive(Serialize)]
struct Accurate<'a> {
    tasks: usize,
    estimated: f64,
    actual: f64,
    ratio: f64,
    median: f64,
    lower_quartile: f64,
    upper_quartile: f64,
    worst_task: Option<&'a str>,
    worst_ratio: f64,
    mmre: f64,
    pred_25: f64,
}

#[derive(Serialize)]
struct Group<'a> {
    name: &'a str,
    level: u8,
    hours: Option<Accurate<'a>>,
    cost: Option<Accurate<'a>>,
}

/// `None` without a finished task that can be compared.
pub(super) fn estimates<'a>(subject: &Subject<'a>) -> Option<Estimates<'a>> {
    let found = &subject.found.closure.estimates;
    let project = subject.project;
    let accurate = |accuracy: Accuracy| Accurate {
        tasks: accuracy.count,
        estimated: rounded(accuracy.estimated),
        actual: rounded(accuracy.actual),
        ratio: rounded(accuracy.ratio()),
        median: rounded(accuracy.median),
        lower_quartile: rounded(accuracy.quartiles.0),
        upper_quartile: rounded(accuracy.quartiles.1),
        worst_task: project.tasks.get(accuracy.worst).map(|task| task.id.as_str()),
        worst_ratio: rounded(accuracy.worst_ratio),
        mmre: rounded(accuracy.mmre()),
        pred_25: rounded(accuracy.pred_25()),
    };
    let both = |Accuracies { hours, cost }: Accuracies| (hours.map(accurate), cost.map(accurate));
    let group = |part: &'a Part| {
        let summary = part.summary.and_then(|summary| project.tasks.get(summary));
        let (hours, cost) = both(part.accuracy);
        Group { name: summary.map_or(part.name.as_str(), |task| &task.name), level: part.level, hours, cost }
    };
    let (hours, cost) = both(found.all);
    (!found.tasks.is_empty()).then(|| Estimates {
        hours,
        cost,
        by_phase: found.parts.iter().map(group).collect(),
        by_role: found.roles.iter().map(group).collect(),
    })
}

/// What was forecast at a status date.
#[derive(Serialize)]
pub(super) struct Forecast {
    status_date: String,
    earned: f64,
    eac: Option<f64>,
    eac_p80: Option<f64>,
    eac_error: Option<f64>,
    finish: Option<String>,
    finish_p80: Option<String>,
    finish_error: Option<f64>,
}

/// The forecasts on the way; `None` while the project is open and where the report does not show them.
pub(super) fn forecast_record(subject: &Subject<'_>) -> Option<Vec<Forecast>> {
    let record = subject.found.closure.record.as_ref()?;
    let error = |errors: &[(&'static str, f64)]| {
        errors.iter().find(|(method, _)| *method == RECOMMENDED).map(|(_, error)| rounded(*error))
    };
    let cases = record.cases.iter().map(|case| Forecast {
        status_date: end_text(case.at.0),
        earned: rounded(case.share),
        eac: case.told.eac.map(rounded),
        eac_p80: case.told.eac_p80.map(rounded),
        eac_error: error(&case.cost),
        finish: case.told.finish.map(end_text),
        finish_p80: case.told.finish_p80.map(end_text),
        finish_error: error(&case.finish),
    });
    Some(cases.collect())
}

/// A lesson with the row it stands in.
#[derive(Serialize)]
pub(super) struct Learnt<'a> {
    title: &'a str,
    category: &'a str,
    what_happened: Option<&'a str>,
    recommendation: Option<&'a str>,
    owner: Option<&'a str>,
    date: Option<String>,
    file: &'a str,
    row: u32,
}

/// The lessons by the status date, in the order of the report; `None` without any.
pub(super) fn lessons<'a>(subject: &Subject<'a>) -> Option<Vec<Learnt<'a>>> {
    let groups = crate::report::section::lessons::by_category(subject);
    let lessons = groups.into_iter().flat_map(|(category, lessons)| {
        lessons.into_iter().map(move |lesson| Learnt {
            title: &lesson.title,
            category,
            what_happened: lesson.what_happened.as_deref(),
            recommendation: lesson.recommendation.as_deref(),
            owner: lesson.owner.as_deref(),
            date: day(lesson.date),
            file: &lesson.origin.file,
            row: lesson.origin.row,
        })
    });
    let lessons: Vec<Learnt<'_>> = lessons.collect();
    (!lessons.is_empty()).then_some(lessons)
}

/// Something that is open.
#[derive(Serialize)]
pub(super) struct Open<'a> {
    kind: &'static str,
    id: &'a str,
    title: &'a str,
    severity: Option<&'static str>,
    owner: Option<&'a str>,
    since: Option<String>,
    due: Option<String>,
}

/// What is open at the status date, whatever register it stands in; `None` when nothing is.
pub(super) fn open_points<'a>(subject: &Subject<'a>) -> Option<Vec<Open<'a>>> {
    let open = subject.found.closure.open.iter().map(|point| Open {
        kind: point.kind.word(),
        id: &point.id,
        title: &point.title,
        severity: point.severity.map(Severity::word),
        owner: point.owner.as_deref(),
        since: day(point.since),
        due: day(point.due),
    });
    let open: Vec<Open<'_>> = open.collect();
    (!open.is_empty()).then_some(open)
}

/// A phase as a stage.
#[derive(Serialize)]
pub(super) struct Staged<'a> {
    name: &'a str,
    state: &'static str,
    tasks: usize,
    finished: usize,
    baseline_end: Option<String>,
    end: Option<String>,
    bac: f64,
    ev: f64,
    ac: Option<f64>,
    planned_hours: f64,
    booked_hours: f64,
}

/// The stages; `None` where the plan names no phases.
pub(super) fn stages<'a>(subject: &Subject<'a>) -> Option<Vec<Staged<'a>>> {
    let stages = &subject.found.closure.stages;
    let all = stages.all.iter().enumerate().map(|(index, stage)| Staged {
        name: &stage.name,
        state: match (stages.ended == Some(index), stages.next == Some(index)) {
            (true, _) => "ended_last",
            (_, true) => "next",
            _ if stage.is_finished() => "ended",
            _ => "open",
        },
        tasks: stage.tasks.len(),
        finished: stage.finished,
        baseline_end: stage.baseline.1.map(end_text),
        end: stage.finish.map(end_text),
        bac: Money::units(stage.bac),
        ev: Money::units(stage.ev),
        ac: subject.found.measures.part_of_cost(stage.ac).ok().map(Money::units),
        planned_hours: rounded(stage.planned.hours()),
        booked_hours: rounded(stage.booked.hours()),
    });
    let all: Vec<Staged<'_>> = all.collect();
    (!all.is_empty()).then_some(all)
}
