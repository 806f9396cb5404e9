//! The outcome against what was promised: budget, finish, effort, scope, quality, risk and benefit, each with the
//! tolerance that the charter grants.

use chrono::NaiveDate;

use super::handover::is_accepted;
use crate::analysis::risk::RiskFindings;
use crate::analysis::value::ProjectValue;
use crate::calendar::last_day;
use crate::model::{CashFlowKind, Project, TaskKind};
use crate::quantity::{Money, Work};

/// What a promise is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// Amounts of the currency.
    Cost,
    /// Days; the difference is in working days.
    Finish,
    /// Hours of people.
    Effort,
    /// Deliverables.
    Scope,
    /// Critical and high defects that are open.
    Quality,
    /// Exposure to the threats that are open, an amount.
    Risk,
    /// The share of the benefits that is lost.
    Benefit,
}

/// A figure of a promise, in the unit of its dimension.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Figure {
    /// An amount.
    Money(Money),
    /// A day.
    Day(NaiveDate),
    /// Hours.
    Hours(Work),
    /// How many.
    Count(u32),
}

/// Whether a tolerance was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// At most as far off as the charter allows.
    Kept,
    /// Further.
    Broken,
    /// It falls due after the status date.
    NotYet,
    /// The data does not tell how far off it came.
    NotAssessable,
    /// The charter sets none.
    NoTolerance,
}

/// What was promised in one dimension and what came.
#[derive(Clone, Debug, PartialEq)]
pub struct Promise {
    /// Which.
    pub dimension: Dimension,
    /// What was agreed first, where it is known.
    pub first: Option<Figure>,
    /// What the baseline says; `None` where it says nothing of this dimension.
    pub baseline: Option<Figure>,
    /// What came; `None` where it cannot be known yet.
    pub came: Option<Figure>,
    /// By how much it came out worse than the baseline, in currency units, working days, hours, deliverables or
    /// defects; negative is better.
    pub over: Option<f64>,
    /// How much worse the charter allows, in the same unit.
    pub tolerance: Option<f64>,
    /// Whether that was kept.
    pub verdict: Verdict,
}

/// What was agreed before any change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct First {
    /// The budget.
    pub budget: Option<Money>,
    /// The finish.
    pub finish: Option<NaiveDate>,
}

/// The promises of a finished project; those that the data says nothing of are left out.
#[must_use]
pub fn promises(
    project: &Project,
    value: &ProjectValue,
    risk: &RiskFindings,
    first: First,
    finished: NaiveDate,
    day: NaiveDate,
) -> Vec<Promise> {
    let lines = [
        cost(project, value, first),
        finish(project, value, first, finished),
        effort(project, value),
        scope(project, day),
        quality(project, day),
        exposure(project, risk),
        benefit(project, day),
    ];
    lines.into_iter().flatten().collect()
}

fn judged(over: Option<f64>, tolerance: Option<f64>) -> Verdict {
    match (over, tolerance) {
        (_, None) => Verdict::NoTolerance,
        (None, Some(_)) => Verdict::NotAssessable,
        (Some(over), Some(tolerance)) if over > tolerance => Verdict::Broken,
        (Some(_), Some(_)) => Verdict::Kept,
    }
}

fn cost(project: &Project, value: &ProjectValue, first: First) -> Option<Promise> {
    let (bac, ac) = (value.measures.bac, value.measures.ac);
    let over = ac.ok().filter(|_| !bac.is_zero()).map(|ac| (ac - bac).units());
    let tolerance = project.charter.tolerance_cost.map(Money::units);
    (!bac.is_zero() || ac != Ok(Money::ZERO)).then(|| Promise {
        dimension: Dimension::Cost,
        first: first.budget.map(Figure::Money),
        baseline: (!bac.is_zero()).then_some(Figure::Money(bac)),
        came: ac.ok().map(Figure::Money),
        over,
        tolerance,
        verdict: judged(over, tolerance),
    })
}

fn finish(project: &Project, value: &ProjectValue, first: First, finished: NaiveDate) -> Option<Promise> {
    let baseline = last_day(value.planned_finish.or(project.charter.finish)?);
    let over = project.working_days(baseline, finished);
    let tolerance = project.charter.tolerance_days;
    Some(Promise {
        dimension: Dimension::Finish,
        first: first.finish.map(Figure::Day),
        baseline: Some(Figure::Day(baseline)),
        came: Some(Figure::Day(finished)),
        over,
        tolerance,
        verdict: judged(over, tolerance),
    })
}

fn effort(project: &Project, value: &ProjectValue) -> Option<Promise> {
    let leaves = || project.tasks.iter().zip(&value.tasks).filter(|(t, _)| t.kind != TaskKind::Summary);
    let planned: Work = leaves().filter_map(|(task, _)| task.baseline_work).sum();
    let beside = value.beside_tasks.as_ref().map_or(Work::ZERO, |line| line.hours);
    let booked: Work = leaves().map(|(_, value)| value.hours).sum::<Work>() + beside;
    (planned > Work::ZERO && booked > Work::ZERO).then(|| Promise {
        dimension: Dimension::Effort,
        first: None,
        baseline: Some(Figure::Hours(planned)),
        came: Some(Figure::Hours(booked)),
        over: Some((booked - planned).hours()),
        tolerance: None,
        verdict: Verdict::NoTolerance,
    })
}

/// Deliverables accepted of all that were to be handed over.
fn scope(project: &Project, day: NaiveDate) -> Option<Promise> {
    let all = count(project.deliverables.iter());
    let came = count(project.deliverables.iter().filter(|deliverable| is_accepted(deliverable, day)));
    let over = Some(f64::from(all) - f64::from(came));
    let tolerance = project.charter.tolerance_scope.map(f64::from);
    (all > 0).then(|| Promise {
        dimension: Dimension::Scope,
        first: None,
        baseline: Some(Figure::Count(all)),
        came: Some(Figure::Count(came)),
        over,
        tolerance,
        verdict: judged(over, tolerance),
    })
}

/// Critical and high defects that are handed over open.
fn quality(project: &Project, day: NaiveDate) -> Option<Promise> {
    let open = count(project.defects.iter().filter(|defect| defect.is_severe() && defect.open_on(day)));
    let tolerance = project.charter.tolerance_quality.map(f64::from);
    (!project.defects.is_empty()).then(|| Promise {
        dimension: Dimension::Quality,
        first: None,
        baseline: None,
        came: Some(Figure::Count(open)),
        over: Some(f64::from(open)),
        tolerance,
        verdict: judged(Some(f64::from(open)), tolerance),
    })
}

/// Residual exposure to the threats that can still happen.
fn exposure(project: &Project, risk: &RiskFindings) -> Option<Promise> {
    let left = risk.threats();
    let tolerance = project.charter.tolerance_risk.map(Money::units);
    (!project.risks.is_empty()).then(|| Promise {
        dimension: Dimension::Risk,
        first: None,
        baseline: None,
        came: Some(Figure::Money(left)),
        over: Some(left.units()),
        tolerance,
        verdict: judged(Some(left.units()), tolerance),
    })
}

/// Benefits that are promised for days to come cannot be judged when the project ends.
fn benefit(project: &Project, day: NaiveDate) -> Option<Promise> {
    let benefits = || project.cash_flows.iter().filter(|flow| flow.kind == CashFlowKind::Benefit);
    let promised: Money = benefits().map(|flow| flow.net).sum();
    benefits().any(|flow| flow.date > day).then_some(Promise {
        dimension: Dimension::Benefit,
        first: Some(Figure::Money(promised)),
        baseline: None,
        came: None,
        over: None,
        tolerance: project.charter.tolerance_benefit,
        verdict: Verdict::NotYet,
    })
}

fn count<T>(items: impl Iterator<Item = T>) -> u32 {
    u32::try_from(items.count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::{day, leaf, project, units, value};
    use crate::calendar::end_of_day;
    use crate::model::{Acceptance, CashFlow, Charter, Defect, Deliverable, Origin, Severity, State};
    use crate::quantity::Reason;

    fn closed() -> Vec<Promise> {
        let (mut project, values) = project(vec![leaf("A", 100, 100, 100, 130)]);
        project.charter = Charter {
            tolerance_cost: Some(units(20)),
            tolerance_days: Some(5.0),
            tolerance_scope: Some(1),
            tolerance_quality: Some(0),
            tolerance_benefit: Some(0.1),
            ..Charter::default()
        };
        let accepted = |acceptance| Deliverable { acceptance, ..Deliverable::default() };
        project.deliverables = vec![accepted(Acceptance::Accepted), accepted(Acceptance::Rejected)];
        let defect = |severity| Defect {
            id: "D".into(),
            title: "D".into(),
            severity: Some(severity),
            opened: day("2026-03-02"),
            closed: None,
            state: State::Open,
            deliverable: None,
            owner: None,
            origin: Origin::default(),
        };
        project.defects = vec![defect(Severity::Critical), defect(Severity::Medium)];
        project.cash_flows = vec![CashFlow {
            date: day("2027-01-31"),
            kind: CashFlowKind::Benefit,
            net: units(500),
            category: None,
            origin: Origin::default(),
        }];
        let mut value = value(&values);
        value.planned_finish = Some(end_of_day(day("2026-03-13")));
        let first = First { budget: Some(units(90)), finish: Some(day("2026-03-06")) };
        let (finished, status) = (day("2026-03-20"), day("2026-03-31"));
        promises(&project, &value, &RiskFindings::default(), first, finished, status)
    }

    #[test]
    fn each_dimension_is_judged_by_its_own_tolerance() {
        let promises = closed();
        let told: Vec<_> = promises.iter().map(|p| (p.dimension, p.over, p.verdict)).collect();
        assert_eq!(
            told,
            [
                // 30 over a budget of 100, 20 allowed.
                (Dimension::Cost, Some(30.0), Verdict::Broken),
                // Friday 13 to Friday 20 March: five working days, five allowed.
                (Dimension::Finish, Some(5.0), Verdict::Kept),
                // One of two is not accepted, one allowed.
                (Dimension::Scope, Some(1.0), Verdict::Kept),
                // One critical defect, none allowed; the medium one does not count.
                (Dimension::Quality, Some(1.0), Verdict::Broken),
                (Dimension::Benefit, None, Verdict::NotYet),
            ]
        );
        assert_eq!(promises[0].first, Some(Figure::Money(units(90))));
        assert_eq!(promises[4].first, Some(Figure::Money(units(500))));
    }

    #[test]
    fn without_a_tolerance_nothing_is_kept_or_broken() {
        assert_eq!(judged(Some(3.0), None), Verdict::NoTolerance);
        assert_eq!(judged(None, None), Verdict::NoTolerance);
        assert_eq!(judged(Some(-3.0), Some(0.0)), Verdict::Kept);
    }

    #[test]
    fn a_tolerance_of_what_is_not_known_is_not_assessable() {
        let (mut project, values) = project(vec![leaf("A", 100, 100, 100, 0)]);
        project.charter.tolerance_cost = Some(units(20));
        let mut value = value(&values);
        value.measures.ac = Err(Reason::NoActualCost);
        let cost = cost(&project, &value, First::default()).unwrap();
        assert_eq!((cost.came, cost.over, cost.verdict), (None, None, Verdict::NotAssessable));
    }
}
