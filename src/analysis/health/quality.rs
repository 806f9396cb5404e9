//! The quality dimension: defects that are open, tests that fail, deliverables that are late.

use super::{Fired, HealthFinding, Reason, Stage, finding, share, told_apart, within};
use crate::analysis::quality::{Clearing, QualityFindings, Settings, Stand, pass_rate};
use crate::language::Part;
use crate::model::{Project, Severity};
use crate::quantity::Health;

/// Rates the quality of what is made; `None` where the data says nothing of it.
///
/// | rule | amber | red |
/// |---|---|---|
/// | critical and high defects open, against the charter's tolerance | more than half of it | more than it |
/// | critical defects open, without a tolerance | any | |
/// | critical or high defects open while more arrive than are closed | any | |
/// | pass rate of the tests executed | below 95% | below 80% |
/// | deliverables overdue or sent back | any | |
///
/// The pass rates are those of [`Settings`]. A finished project is rated by the same rules.
#[must_use]
pub fn quality(project: &Project, found: &QualityFindings, settings: &Settings) -> Option<HealthFinding> {
    let mut fired = Vec::new();
    if let Some(defects) = &found.defects {
        let (severe, critical) = (defects.open.severe(), defects.open.of(Some(Severity::Critical)));
        fired.push(match project.charter.tolerance_quality {
            Some(tolerance) => by_tolerance(severe, tolerance),
            None => Fired {
                rating: if critical > 0 { Health::Amber } else { Health::Green },
                says: phrase!("{n} critical {n|defect is|defects are} open", n = critical),
            },
        });
        let flow = &defects.flow;
        if severe > 0 && flow.clearing == Clearing::Never {
            fired.push(Fired {
                rating: Health::Amber,
                says: phrase!(
                    "defects are not clearing: {found} found and {closed} closed in the last {weeks} {weeks|week|weeks}",
                    found = flow.arrivals,
                    closed = flow.closures,
                    weeks = flow.weeks
                ),
            });
        }
    }
    if let Ok(rate) = pass_rate(&found.tests) {
        fired.push(by_pass_rate(rate, settings));
    }
    let late = |stand: Stand| found.deliverables.iter().filter(|made| made.stand == stand).count();
    let (overdue, rejected) = (late(Stand::Overdue), late(Stand::Rejected));
    if !found.deliverables.is_empty() {
        let says = match (overdue, rejected) {
            (0, 0) => phrase!("no deliverable is overdue"),
            (0, n) => phrase!("{n} {n|deliverable|deliverables} rejected", n),
            (n, 0) => phrase!("{n} {n|deliverable|deliverables} overdue", n),
            (overdue, rejected) => phrase!(
                "{overdue} {overdue|deliverable|deliverables} overdue and {rejected} rejected",
                overdue,
                rejected
            ),
        };
        fired
            .push(Fired { rating: if overdue + rejected > 0 { Health::Amber } else { Health::Green }, says });
    }
    (!fired.is_empty()).then(|| finding(word!("Quality"), fired, Stage::Running, Reason::NoData))
}

fn by_tolerance(severe: u32, tolerance: u32) -> Fired {
    let rating = within(f64::from(severe), f64::from(tolerance));
    let says = match rating {
        Health::Red => phrase!(
            "{n} critical or high {n|defect is|defects are} open, beyond the tolerance of {tolerance}",
            n = severe,
            tolerance
        ),
        Health::Amber => phrase!(
            "{n} critical or high {n|defect is|defects are} open, more than half of the tolerance of {tolerance}",
            n = severe,
            tolerance
        ),
        Health::Green => phrase!(
            "{n} critical or high {n|defect is|defects are} open, within the tolerance of {tolerance}",
            n = severe,
            tolerance
        ),
    };
    Fired { rating, says }
}

fn by_pass_rate(rate: f64, settings: &Settings) -> Fired {
    let passed = phrase!("{share} of the tests executed passed", share = Part::share(rate));
    let below = |limit: f64| {
        let share = told_apart(rate, limit, 0, share);
        let passed = phrase!("{share} of the tests executed passed", share);
        phrase!("{passed}, below {limit}", passed, limit = Part::share(limit))
    };
    match rate {
        rate if rate < settings.pass_red => Fired { rating: Health::Red, says: below(settings.pass_red) },
        rate if rate < settings.pass_amber => {
            Fired { rating: Health::Amber, says: below(settings.pass_amber) }
        }
        _ => Fired { rating: Health::Green, says: passed },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::example::day;
    use crate::analysis::quality::{Counts, DefectFindings, Flow, TestPoint};

    /// So many critical and high defects open, closing well or not, and a pass rate in percent.
    fn case(critical: u32, high: u32, clearing: Clearing, passed: u64) -> QualityFindings {
        let open = Counts { by_severity: [critical, high, 0, 0, 0] };
        let flow = Flow { weeks: 6, arrivals: 9, closures: 9, before: None, clearing };
        let none = Counts::default();
        let defects = DefectFindings {
            found: open,
            closed: none,
            open,
            weeks: Vec::new(),
            flow,
            undated: 0,
            ranked: Vec::new(),
        };
        let (planned, executed) = (Some(200), Some(100));
        let test =
            TestPoint { date: day("2026-03-31"), planned, executed, passed: Some(passed), failed: None };
        QualityFindings { defects: Some(defects), tests: vec![test], ..QualityFindings::default() }
    }

    fn rated(tolerance: Option<u32>, found: &QualityFindings) -> (Option<Health>, String) {
        let mut project = Project::default();
        project.charter.tolerance_quality = tolerance;
        let found = quality(&project, found, &Settings::default()).unwrap();
        (found.rating, found.rule.to_string())
    }

    #[test]
    fn the_tolerance_of_the_charter_is_for_critical_and_high_defects() {
        let found = |severe| rated(Some(4), &case(0, severe, Clearing::Cleared, 100));
        assert_eq!(found(2).0, Some(Health::Green), "half of it is not more than half");
        assert_eq!(found(3).0, Some(Health::Amber));
        let beyond = "5 critical or high defects are open, beyond the tolerance of 4";
        assert_eq!(found(5), (Some(Health::Red), beyond.to_owned()));
    }

    #[test]
    fn without_a_tolerance_a_critical_defect_and_a_heap_that_grows_are_amber() {
        assert_eq!(rated(None, &case(1, 0, Clearing::Cleared, 100)).0, Some(Health::Amber));
        assert_eq!(rated(None, &case(0, 1, Clearing::Cleared, 100)).0, Some(Health::Green));
        let grows = "defects are not clearing: 9 found and 9 closed in the last 6 weeks".to_owned();
        assert_eq!(rated(None, &case(0, 1, Clearing::Never, 100)), (Some(Health::Amber), grows));
    }

    #[test]
    fn the_pass_rate_is_rated_below_its_thresholds_not_at_them() {
        let found = |passed| rated(None, &case(0, 0, Clearing::Cleared, passed));
        assert_eq!([95, 94, 80, 79].map(|passed| found(passed).0.unwrap()), {
            use Health::{Amber, Green, Red};
            [Green, Amber, Amber, Red]
        });
        assert_eq!(found(79).1, "79% of the tests executed passed, below 80%");
    }

    #[test]
    fn nothing_known_is_no_dimension() {
        assert_eq!(quality(&Project::default(), &QualityFindings::default(), &Settings::default()), None);
    }
}
