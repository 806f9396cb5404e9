//! Six tolerances against what is forecast, as far as the data says anything of it.

use super::Given;
use crate::analysis::risk::RiskFindings;
use crate::model::{Acceptance, Deliverable, Project, TaskStatus};
use crate::quantity::{Money, Reason, ratio};

use chrono::NaiveDate;

/// What a sponsor grants tolerance in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// EAC over BAC, in currency units.
    Cost,
    /// The finish after that of the baseline, in working days.
    Time,
    /// Deliverables rejected or left out.
    Scope,
    /// Critical and high defects that are open.
    Quality,
    /// Residual exposure to open threats, in currency units.
    Risk,
    /// The share of the present value of the promised benefits that is lost, 0..=1.
    Benefit,
}

impl Area {
    /// Its key in the JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Time => "time",
            Self::Scope => "scope",
            Self::Quality => "quality",
            Self::Risk => "risk",
            Self::Benefit => "benefit",
        }
    }
}

/// A tolerance and what is forecast of it; both in the unit of its area.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tolerance {
    /// In what.
    pub area: Area,
    /// How much is granted; `None` where nothing was agreed.
    pub allowed: Option<f64>,
    /// How much of it is forecast to be used, below nothing where there is room; or why nobody can say.
    pub forecast: Result<f64, &'static str>,
}

impl Tolerance {
    /// By how much the forecast exceeds what is granted; `None` where it does not, or nobody can say.
    #[must_use]
    pub fn beyond(&self) -> Option<f64> {
        let beyond = self.forecast.ok()? - self.allowed?;
        (beyond > 0.0).then_some(beyond)
    }

    /// Whether it is forecast to break.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.beyond().is_some()
    }
}

/// Every tolerance in the order of [`Area`].
pub(super) fn tolerances(given: &Given<'_>) -> Vec<Tolerance> {
    let (project, charter, day) = (given.project, &given.project.charter, given.axis.status.day());
    let of = |area, allowed, forecast| Tolerance { area, allowed, forecast };
    vec![
        of(Area::Cost, charter.tolerance_cost.map(Money::units), over_budget(given).map_err(Reason::text)),
        of(Area::Time, charter.tolerance_days, late(given).map_err(Reason::text)),
        of(Area::Scope, charter.tolerance_scope.map(f64::from), without(project, day)),
        of(Area::Quality, charter.tolerance_quality.map(f64::from), severe(project, day)),
        of(Area::Risk, charter.tolerance_risk.map(Money::units), threatened(project, given.risk)),
        of(Area::Benefit, charter.tolerance_benefit, lost(given).map_err(Reason::text)),
    ]
}

/// EAC over BAC. An estimate that rests on no cost says nothing.
fn over_budget(given: &Given<'_>) -> Result<f64, Reason> {
    let measures = &given.value.measures;
    if measures.bac <= Money::ZERO {
        return Err(Reason::NoBaseline);
    }
    measures.spent()?;
    Ok(measures.eac? - measures.bac.units())
}

/// Working days from the baseline's finish to the recommended one.
fn late(given: &Given<'_>) -> Result<f64, Reason> {
    let planned = given.value.planned_finish.ok_or(Reason::NoBaselineDates)?;
    given.days(planned, given.value.forecast_finish()?).ok_or(Reason::NoBaselineDates)
}

/// Deliverables that are rejected, or whose tasks are all cancelled.
fn without(project: &Project, day: NaiveDate) -> Result<f64, &'static str> {
    if project.deliverables.is_empty() {
        return Err(word!("no deliverables are listed"));
    }
    let cancelled = |task: &usize| {
        project.tasks.get(*task).is_some_and(|task| task.status == Some(TaskStatus::Cancelled))
    };
    let left_out = |made: &Deliverable| !made.tasks.is_empty() && made.tasks.iter().all(cancelled);
    let rejected = |made: &Deliverable| made.acceptance_on(day) == Acceptance::Rejected;
    Ok(count(project.deliverables.iter().filter(|made| rejected(made) || left_out(made)).count()))
}

/// Critical and high defects that are open.
fn severe(project: &Project, day: NaiveDate) -> Result<f64, &'static str> {
    if project.defects.is_empty() {
        return Err(word!("no defects are recorded"));
    }
    Ok(count(project.defects.iter().filter(|found| found.is_severe() && found.open_on(day)).count()))
}

/// Residual exposure to open threats; opportunities are not set off against them.
fn threatened(project: &Project, risk: &RiskFindings) -> Result<f64, &'static str> {
    if project.risks.is_empty() {
        return Err(word!("there is no risk register"));
    }
    Ok(risk.threats().units())
}

/// The share of the benefits' present value that goes by the forecast of cost and finish: what comes later is worth
/// less.
fn lost(given: &Given<'_>) -> Result<f64, Reason> {
    let case = given.case.ok_or(Reason::NoCashFlows)?;
    let forecast = case.forecast.as_ref().map_err(|reason| *reason)?;
    let promised = case.plan.present_benefits?;
    ratio(promised - forecast.appraisal.present_benefits?, promised, Reason::NoCashFlows)
}

#[expect(clippy::cast_precision_loss, reason = "counts of rows lie far below 2^53")]
fn count(number: usize) -> f64 {
    number as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::day;
    use crate::model::{Defect, Origin, Severity, State, Task};

    #[test]
    fn only_what_exceeds_a_tolerance_breaks_it() {
        let with =
            |allowed: Option<f64>, forecast| Tolerance { area: Area::Cost, allowed, forecast }.beyond();
        assert_eq!(with(Some(10.0), Ok(12.5)), Some(2.5));
        assert_eq!(with(Some(10.0), Ok(10.0)), None, "used up is not exceeded");
        assert_eq!(with(None, Ok(12.5)), None, "nothing was agreed");
        assert_eq!(with(Some(0.0), Err("nobody knows")), None);
    }

    #[test]
    fn scope_counts_what_is_rejected_or_left_out_by_the_day() {
        let made = |acceptance, submitted: Option<&str>, tasks: Vec<usize>| Deliverable {
            acceptance,
            submitted: submitted.map(day),
            tasks,
            ..Deliverable::default()
        };
        let cancelled = Task { status: Some(TaskStatus::Cancelled), ..Task::default() };
        let project = Project {
            tasks: vec![Task::default(), cancelled],
            deliverables: vec![
                made(Acceptance::Rejected, Some("2026-03-20"), vec![0]),
                made(Acceptance::Planned, None, vec![1]),
                made(Acceptance::Planned, None, vec![0, 1]),
                made(Acceptance::Accepted, Some("2026-03-20"), Vec::new()),
            ],
            ..Project::default()
        };
        assert_eq!(without(&project, day("2026-03-19")), Ok(1.0), "not handed over yet");
        assert_eq!(without(&project, day("2026-03-20")), Ok(2.0));
        assert!(without(&Project::default(), day("2026-03-20")).is_err());
    }

    #[test]
    fn quality_counts_critical_and_high_defects_that_are_open() {
        let defect = |severity, closed: Option<&str>| Defect {
            id: String::new(),
            title: String::new(),
            severity,
            opened: day("2026-03-02"),
            closed: closed.map(day),
            state: State::Open,
            deliverable: None,
            owner: None,
            origin: Origin::default(),
        };
        let project = Project {
            defects: vec![
                defect(Some(Severity::Critical), None),
                defect(Some(Severity::High), Some("2026-03-10")),
                defect(Some(Severity::Medium), None),
                defect(None, None),
            ],
            ..Project::default()
        };
        assert_eq!(severe(&project, day("2026-03-01")), Ok(0.0));
        assert_eq!(severe(&project, day("2026-03-09")), Ok(2.0));
        assert_eq!(severe(&project, day("2026-03-10")), Ok(1.0));
    }
}
