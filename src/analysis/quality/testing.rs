//! How far testing has come, day by day, all suites together.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::analysis::metric;
use crate::model::TestCount;
use crate::quantity::{Measured, Reason};

/// The counts at the end of a day: of every suite the latest, added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TestPoint {
    /// The day.
    pub date: NaiveDate,
    /// To be executed in the end; `None` where no suite says so.
    pub planned: Option<u64>,
    /// Executed; passed and failed together where it is not said.
    pub executed: Option<u64>,
    /// Passed.
    pub passed: Option<u64>,
    /// Failed.
    pub failed: Option<u64>,
}

impl TestPoint {
    /// Passed over executed, 0..=1.
    ///
    /// # Errors
    /// When the counts are missing or nothing is executed.
    pub fn pass_rate(&self) -> Measured {
        metric::over(figure(self.passed), figure(self.executed))
    }

    /// Executed over planned, 0..=1.
    ///
    /// # Errors
    /// When the counts are missing or nothing is planned.
    pub fn progress(&self) -> Measured {
        metric::over(figure(self.executed), figure(self.planned))
    }
}

/// The pass rate of the latest count.
///
/// # Errors
/// When there is no count, or it does not say.
pub fn pass_rate(points: &[TestPoint]) -> Measured {
    points.last().map_or(Err(Reason::NoData), TestPoint::pass_rate)
}

#[expect(clippy::cast_precision_loss, reason = "tests are counted in thousands")]
fn figure(count: Option<u64>) -> Measured {
    count.map(|count| count as f64).ok_or(Reason::NoData)
}

/// A point for every day with a count; a suite that was not counted on a day stands as it was counted last, each
/// figure for itself. `counts` are sorted by day.
pub(super) fn points(counts: &[TestCount], today: NaiveDate) -> Vec<TestPoint> {
    let mut latest: BTreeMap<&str, [Option<u32>; 4]> = BTreeMap::new();
    let mut points: Vec<TestPoint> = Vec::new();
    let known: Vec<&TestCount> = counts.iter().filter(|count| count.date <= today).collect();
    for of_day in known.chunk_by(|a, b| a.date == b.date) {
        for count in of_day {
            let of_suite = latest.entry(count.suite.as_deref().unwrap_or_default()).or_default();
            let figures = [count.planned, count.all_executed(), count.passed, count.failed];
            for (kept, new) in of_suite.iter_mut().zip(figures) {
                *kept = new.or(*kept);
            }
        }
        let sum = |figure: usize| {
            let given = latest.values().filter_map(|of_suite| of_suite[figure]);
            given.map(u64::from).fold(None, |sum, count| Some(sum.unwrap_or(0) + count))
        };
        points.extend(of_day.first().map(|count| TestPoint {
            date: count.date,
            planned: sum(0),
            executed: sum(1),
            passed: sum(2),
            failed: sum(3),
        }));
    }
    points
}
