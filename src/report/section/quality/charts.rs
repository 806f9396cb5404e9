//! Defect curves and test progress.

use chrono::{Days, NaiveDate};

use crate::analysis::quality::{Counts, DefectFindings, TestPoint};
use crate::document::{Chart, Kind, Lines, Plot, Role, Series};
use crate::language::Part;
use crate::report::subject::Subject;

/// Found and closed to date; the gap between them is what is open.
pub(super) fn defects(subject: &Subject<'_>, defects: &DefectFindings) -> Option<Chart> {
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
    let series = |name: &str, role, points| Series { name: subject.word(name), role, points };
    Some(Chart {
        id: "defect_curves",
        title: subject
            .word(word!("Defects found and closed to date; the gap between the curves is what is open")),
        alt: subject.say(phrase!(
            "Defects over {weeks} {weeks|week|weeks}: {found} found and {closed} closed to date, {open} open.",
            weeks = defects.weeks.len(),
            found = defects.found.total(),
            closed = defects.closed.total(),
            open = defects.open.total()
        )),
        plot: Plot::Lines(Lines {
            kind: Kind::Count,
            unit: subject.word(word!("defects")),
            series: vec![
                series(word!("defects::Found"), Role::Actual, course(|week| week.opened)),
                series(word!("defects::Closed"), Role::Earned, course(|week| week.closed)),
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
        name: subject.word(name),
        role,
        points: points.iter().filter_map(|point| Some((point.date, get(point)? as f64))).collect(),
    };
    let series: Vec<Series> = [
        of(word!("tests::Planned"), Role::Planned, |point| point.planned),
        of(word!("tests::Executed"), Role::Other, |point| point.executed),
        of(word!("tests::Passed"), Role::Earned, |point| point.passed),
        of(word!("tests::Failed"), Role::Actual, |point| point.failed),
    ]
    .into_iter()
    .filter(|series| series.points.len() > 1)
    .collect();
    if series.is_empty() {
        return None;
    }
    let executed = last.progress().ok().map(|share| phrase!("{share} executed", share = Part::share(share)));
    let passed =
        last.pass_rate().ok().map(|share| phrase!("{share} of those passed", share = Part::share(share)));
    let now: Vec<String> = executed.into_iter().chain(passed).map(|said| subject.say(said)).collect();
    Some(Chart {
        id: "test_progress",
        title: subject.word(word!("Test progress")),
        alt: subject.say(phrase!(
            "Tests planned, executed, passed and failed over time. The latest: {now}.",
            now = now.join(", ")
        )),
        plot: Plot::Lines(Lines {
            kind: Kind::Count,
            unit: subject.word(word!("tests")),
            series,
            marks: Vec::new(),
            levels: Vec::new(),
            cone: None,
            from_zero: true,
        }),
    })
}
