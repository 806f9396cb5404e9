//! What the last report said of a project: what a later one compares itself with. Whatever it did not say is absent,
//! never nothing or zero.

use std::sync::Arc;

use crate::calendar::{Moment, StatusDate};
use crate::quantity::Health;

/// An earlier report of a project.
#[derive(Clone, Debug, PartialEq)]
pub struct Previous {
    /// The file, as the user named it.
    pub file: Arc<str>,
    /// The moment it spoke of.
    pub status: StatusDate,
    /// The currency of its amounts.
    pub currency: Option<String>,
    /// Its key figures.
    pub figures: PreviousFigures,
    /// Dimension and rating, the overall one among them.
    pub health: Vec<(String, Option<Health>)>,
    /// Its tasks, without summaries.
    pub tasks: Vec<PreviousTask>,
    /// Its milestones.
    pub milestones: Vec<PreviousMilestone>,
    /// Its risk register; `None` where it had none.
    pub risks: Option<Vec<PreviousRisk>>,
}

/// The key figures of an earlier report; amounts in currency units.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PreviousFigures {
    /// Budget at completion.
    pub bac: Option<f64>,
    /// Share of the budget earned.
    pub percent_complete: Option<f64>,
    /// Cost performance index.
    pub cpi: Option<f64>,
    /// Schedule performance index in time.
    pub spi_t: Option<f64>,
    /// The recommended estimate at completion.
    pub eac: Option<f64>,
    /// The cost that four projects of five keep.
    pub eac_p80: Option<f64>,
    /// The recommended forecast of the finish.
    pub finish: Option<Moment>,
    /// The finish that four projects of five keep.
    pub finish_p80: Option<Moment>,
    /// Residual exposure of the open risks.
    pub exposure: Option<f64>,
    /// Contingency not yet drawn.
    pub contingency_left: Option<f64>,
    /// Open issues.
    pub open_issues: Option<u32>,
    /// Open defects.
    pub open_defects: Option<u32>,
}

/// A task of an earlier report.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviousTask {
    /// Its id.
    pub id: String,
    /// Whether it was finished.
    pub finished: bool,
    /// When it was forecast to finish.
    pub forecast_finish: Option<Moment>,
}

/// A milestone of an earlier report.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviousMilestone {
    /// Its id.
    pub id: String,
    /// When it was forecast, or reached.
    pub forecast: Option<Moment>,
    /// Whether it was reached.
    pub reached: bool,
}

/// A risk of an earlier report.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviousRisk {
    /// Its id.
    pub id: String,
    /// What may happen.
    pub title: String,
    /// Whether it could still happen.
    pub open: bool,
    /// Residual exposure in currency units; opportunities negative.
    pub cost: Option<f64>,
    /// Residual exposure in working days; opportunities negative.
    pub days: Option<f64>,
    /// Level of probability times level of impact, where it had both.
    pub gravity: Option<u8>,
}
