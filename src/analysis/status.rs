//! The time axis of each project: its status date, where that comes from, and how time is cut.

use crate::analysis::Settings;
use crate::calendar::{Period, PeriodKind, StatusDate};
use crate::model::Portfolio;

/// Up to when a project is looked at, and in which steps.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeAxis {
    /// The moment up to which the report speaks.
    pub status: StatusDate,
    /// Where the status date comes from when the settings name none.
    pub status_from: Option<String>,
    /// Weeks or months.
    pub kind: PeriodKind,
}

impl TimeAxis {
    /// The reporting period the status date lies in.
    #[must_use]
    pub fn period(&self) -> Period {
        self.kind.period_of(self.status.day())
    }
}

/// The axis of every project, in order.
#[must_use]
pub fn axes(portfolio: &Portfolio, settings: &Settings) -> Vec<TimeAxis> {
    let day = chrono::NaiveDate::default();
    let status = settings.status_date.unwrap_or(StatusDate::end_of(day));
    let axis = TimeAxis { status, status_from: None, kind: settings.period };
    vec![axis; portfolio.projects.len()]
}
