//! Defect curves and test progress.

use chrono::{Days, NaiveDate};

use crate::analysis::quality::{Counts, DefectFindings, TestPoint};
use crate::document::{Chart, Kind, Lines, Plot, Role, Series};
use crate::report::subject::Subject;
use crate::wording::{counted, percent};

/// Found and closed to date; the gap between them is what is open.
pub(super) fn defects(defects: &DefectFindings) -> Option<Chart> {
    let first = defects.weeks.first()?;
    // The curves begin at nothing, the day before the first week.
    let begin = first.period.first.checked_sub_days(Days::new(1))?;
    let course = |of: fn(&crate::analysis::quality::DefectWeek) -> Counts| {
        let sums = defects.weeks.iter().scan(0_u32, |sum, week| {
            *sum += of(week).total();
            Some((week.to, f64::from(*sum)))
        });
        std::iter::once((begin, 0.0)).chain(sums).collect::<Vec<(NaiveDate, f64)>>()
    };
    let series = |name: &str, role, points| Series { name: name.to_owned(), role, points };
    Some(Chart {
        id: "defect_curves",
        title: "Defects found and closed to date; the gap between the curves is what is open".to_owned(),
        alt: format!(
            "Defects over {}: {} found and {} closed to date, {} open.",
            counted(defects.weeks.len(), "week"),
            defects.found.total(),
            defects.closed.total(),
            defects.open.total()
        ),
        plot: Plot::Lines(Lines {
            kind: Kind::Count,
            unit: "defects".to_owned(),
            series: vec![
                series("Found", Role::Actual, course(|week| week.opened)),
                series("Closed", Role::Earned, course(|week| week.closed)),
            ],
            marks: Vec::new(),
            levels: Vec::new(),
            cone: None,
            from_zero: true,
        }),
    })
}

/// Tests planned, executed, passed and failed; one count is no course.
pub(super) fn tests(subject: &Subject<'_>) -> Option<Chart> {
    let points = &subject.found.quality.tests;
    let last = points.last().filter(|_| points.len() > 1)?;
    #[expect(clippy::cast_precision_loss, reason = "tests are counted in thousands")]
    let of = |name: &str, role: Role, get: fn(&TestPoint) -> Option<u64>| Series {
        name: name.to_owned(),
        role,
        points: points.iter().filter_map(|point| Some((point.date, get(point)? as f64))).collect(),
    };
    let series: Vec<Series> = [
        of("Planned", Role::Planned, |point| point.planned),
        of("Executed", Role::Other, |point| point.executed),
        of("Passed", Role::Earned, |point| point.passed),
        of("Failed", Role::Actual, |point| point.failed),
    ]
    .into_iter()
    .filter(|series| series.points.len() > 1)
    .collect();
    if series.is_empty() {
        return None;
    }
    let said =
        |share: Result<f64, _>, what: &str| share.ok().map(|share| format!("{} {what}", percent(share)));
    let now: Vec<String> = [said(last.progress(), "executed"), said(last.pass_rate(), "of those passed")]
        .into_iter()
        .flatten()
        .collect();
    Some(Chart {
        id: "test_progress",
        title: "Test progress".to_owned(),
        alt: format!("Tests planned, executed, passed and failed over time. The latest: {}.", now.join(", ")),
        plot: Plot::Lines(Lines {
            kind: Kind::Count,
            unit: "tests".to_owned(),
            series,
            marks: Vec::new(),
            levels: Vec::new(),
            cone: None,
            from_zero: true,
        }),
    })
}
