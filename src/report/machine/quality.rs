//! Quality in the JSON: deliverables, defects by week, tests by day, rework.

use serde::Serialize;

use super::{day, rounded};
use crate::analysis::quality::{Accepted, Clearing, Counts, DefectFindings, DefectWeek, TestPoint};
use crate::model::{Deliverable, Severity, Verdict};
use crate::report::subject::Subject;

/// The quality of a project.
#[derive(Serialize)]
pub(super) struct Quality<'a> {
    deliverables: Vec<Made<'a>>,
    defects: Option<Defects<'a>>,
    tests: Vec<Tests>,
    rework: Rework,
}

#[derive(Serialize)]
struct Made<'a> {
    id: &'a str,
    name: &'a str,
    state: &'static str,
    rejected: bool,
    criterion: Option<&'a str>,
    target: Option<&'a str>,
    measured: Option<&'a str>,
    /// `met`, `missed` or, where the target does not say which way is good, `apart`.
    verdict: Option<&'static str>,
    due: Option<String>,
    submitted: Option<String>,
    accepted: Option<String>,
    defects: u32,
    defects_open: u32,
    defects_severe: u32,
    hours: f64,
    defects_per_1000_hours: Option<f64>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

#[derive(Serialize)]
struct BySeverity {
    total: u32,
    critical: u32,
    high: u32,
    medium: u32,
    low: u32,
    unsaid: u32,
}

#[derive(Serialize)]
struct Defects<'a> {
    found: BySeverity,
    closed: BySeverity,
    open: BySeverity,
    closed_without_date: u32,
    last_weeks: u32,
    arrivals: u32,
    closures: u32,
    arrivals_before: Option<u32>,
    arrival_trend: Option<&'static str>,
    /// Defects a week, closed less found.
    net_closing_rate: f64,
    clearing: Projected,
    weeks: Vec<Week>,
    /// The open ones, the worst first.
    register: Vec<Open<'a>>,
}

#[derive(Serialize)]
struct Projected {
    /// `cleared`, `not clearing` or `expected`.
    state: &'static str,
    date: Option<String>,
    early: Option<String>,
    late: Option<String>,
}

#[derive(Serialize)]
struct Week {
    to: String,
    opened: BySeverity,
    closed: BySeverity,
    open: BySeverity,
}

#[derive(Serialize)]
struct Open<'a> {
    id: &'a str,
    title: &'a str,
    severity: Option<&'static str>,
    opened: String,
    deliverable: Option<&'a str>,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

#[derive(Serialize)]
struct Tests {
    date: String,
    planned: Option<u64>,
    executed: Option<u64>,
    passed: Option<u64>,
    failed: Option<u64>,
    pass_rate: Option<f64>,
}

#[derive(Serialize)]
struct Rework {
    hours: f64,
    cost: f64,
    share_of_hours: Option<f64>,
}

/// The quality of a project; `None` where the data says nothing of it.
pub(super) fn quality<'a>(subject: &Subject<'a>) -> Option<Quality<'a>> {
    let (project, found) = (subject.project, &subject.found.quality);
    if found.is_empty() {
        return None;
    }
    let rework = &found.rework;
    Some(Quality {
        deliverables: project.deliverables.iter().zip(&found.deliverables).map(made).collect(),
        defects: found.defects.as_ref().map(|found| defects(subject, found)),
        tests: found.tests.iter().map(tests).collect(),
        rework: Rework {
            hours: rework.hours.hours(),
            cost: rework.cost.units(),
            share_of_hours: rework.share.ok().map(rounded),
        },
    })
}

fn made<'a>((made, found): (&'a Deliverable, &Accepted)) -> Made<'a> {
    Made {
        id: &made.id,
        name: &made.name,
        state: found.stand.word(),
        rejected: found.rejected,
        criterion: made.criterion.as_deref(),
        target: made.target.as_deref(),
        measured: made.measured.as_deref(),
        verdict: found.verdict.map(|verdict| match verdict {
            Verdict::Met => "met",
            Verdict::Missed => "missed",
            Verdict::Apart(_) => "apart",
        }),
        due: day(made.due),
        submitted: day(made.submitted),
        accepted: day(made.accepted),
        defects: found.found,
        defects_open: found.open,
        defects_severe: found.severe,
        hours: found.hours.hours(),
        defects_per_1000_hours: found.density.ok().map(rounded),
        file: &made.origin.file,
        sheet: made.origin.sheet.as_deref(),
        row: made.origin.row,
    }
}

fn by_severity(counts: &Counts) -> BySeverity {
    let of = |severity| counts.of(Some(severity));
    BySeverity {
        total: counts.total(),
        critical: of(Severity::Critical),
        high: of(Severity::High),
        medium: of(Severity::Medium),
        low: of(Severity::Low),
        unsaid: counts.of(None),
    }
}

fn defects<'a>(subject: &Subject<'a>, found: &DefectFindings) -> Defects<'a> {
    let project = subject.project;
    let week = |week: &DefectWeek| Week {
        to: week.to.to_string(),
        opened: by_severity(&week.opened),
        closed: by_severity(&week.closed),
        open: by_severity(&week.open),
    };
    let open = found.ranked.iter().filter_map(|index| project.defects.get(*index));
    let open = open.map(|defect| Open {
        id: &defect.id,
        title: &defect.title,
        severity: defect.severity.map(Severity::word),
        opened: defect.opened.to_string(),
        deliverable: defect.deliverable.and_then(|index| Some(&*project.deliverables.get(index)?.id)),
        file: &defect.origin.file,
        sheet: defect.origin.sheet.as_deref(),
        row: defect.origin.row,
    });
    let flow = &found.flow;
    let (state, date, early, late) = match flow.clearing {
        Clearing::Cleared => ("cleared", None, None, None),
        Clearing::Never => ("not clearing", None, None, None),
        Clearing::By { day, early, late } => ("expected", Some(day), Some(early), late),
    };
    Defects {
        found: by_severity(&found.found),
        closed: by_severity(&found.closed),
        open: by_severity(&found.open),
        closed_without_date: found.undated,
        last_weeks: flow.weeks,
        arrivals: flow.arrivals,
        closures: flow.closures,
        arrivals_before: flow.before.map(|before| before.0),
        arrival_trend: flow.before.map(|before| before.1.word()),
        net_closing_rate: rounded(flow.rate()),
        clearing: Projected { state, date: day(date), early: day(early), late: day(late) },
        weeks: found.weeks.iter().map(week).collect(),
        register: open.collect(),
    }
}

fn tests(point: &TestPoint) -> Tests {
    Tests {
        date: point.date.to_string(),
        planned: point.planned,
        executed: point.executed,
        passed: point.passed,
        failed: point.failed,
        pass_rate: point.pass_rate().ok().map(rounded),
    }
}
