//! The text of an `earning_rule` cell.

use crate::model::EarningRule;

/// A rule as written; an apportioned one names its base task.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Written<'a> {
    Rule(EarningRule),
    Apportioned(&'a str),
}

/// Reads a rule: `0_100`, `50/50`, `25-75`, `percent_complete`, `apportioned:WP-3`, ... `None` when it is none.
pub(super) fn rule(text: &str) -> Option<Written<'_>> {
    let text = text.trim();
    if let Some((word, base)) = text.split_once(':')
        && matches!(folded(word).as_str(), "apportioned" | "apportioned_effort")
    {
        let base = base.trim();
        return (!base.is_empty()).then_some(Written::Apportioned(base));
    }
    let rule = match folded(text).as_str() {
        "percent_complete" | "percent" | "pct" | "pct_complete" => EarningRule::PercentComplete,
        "physical_percent" | "physical" | "physical_percent_complete" => EarningRule::PhysicalPercent,
        "milestones" | "milestone" | "weighted_milestones" | "weighted_milestone" => EarningRule::Milestones,
        "units" | "units_complete" | "units_completed" | "equivalent_units" => EarningRule::Units,
        "level_of_effort" | "loe" => EarningRule::LevelOfEffort,
        "planning_package" | "planning" => EarningRule::PlanningPackage,
        "by_status" | "status" => EarningRule::ByStatus,
        other => return fixed(other).map(Written::Rule),
    };
    Some(Written::Rule(rule))
}

/// `25_75`: shares at start and at finish that make up 100.
fn fixed(folded: &str) -> Option<EarningRule> {
    let (start, finish) = folded.split_once('_')?;
    let (start, finish): (f64, f64) = (start.parse().ok()?, finish.parse().ok()?);
    let whole = (start + finish - 100.0).abs() < 1e-9 && (0.0..=100.0).contains(&start);
    whole.then_some(EarningRule::Fixed { at_start: start / 100.0, at_finish: finish / 100.0 })
}

fn folded(text: &str) -> String {
    let text = text.trim().to_lowercase().replace('%', " percent ");
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric() && c != '.').filter(|w| !w.is_empty()).collect();
    words.join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vocabulary() {
        let fixed = |at_start, at_finish| Some(Written::Rule(EarningRule::Fixed { at_start, at_finish }));
        assert_eq!(rule("0_100"), fixed(0.0, 1.0));
        assert_eq!(rule("100/0"), fixed(1.0, 0.0));
        assert_eq!(rule("50-50"), fixed(0.5, 0.5));
        assert_eq!(rule("25/75"), fixed(0.25, 0.75));
        assert_eq!(rule("% complete"), Some(Written::Rule(EarningRule::PercentComplete)));
        assert_eq!(rule("Physical Percent"), Some(Written::Rule(EarningRule::PhysicalPercent)));
        assert_eq!(rule("LOE"), Some(Written::Rule(EarningRule::LevelOfEffort)));
        assert_eq!(rule("apportioned: WP-3"), Some(Written::Apportioned("WP-3")));
        assert_eq!(rule("planning_package"), Some(Written::Rule(EarningRule::PlanningPackage)));
    }

    #[test]
    fn what_is_no_rule() {
        for text in ["60/60", "50", "apportioned:", "apportioned", "guess", "-50_150"] {
            assert_eq!(rule(text), None, "{text}");
        }
    }
}
