//! The risk dimension: exposure against the contingency left, and responses that are overdue.

use super::{Fired, share, told_apart};
use crate::analysis::Thresholds;
use crate::analysis::risk::RiskFindings;
use crate::language::Part;
use crate::quantity::{Health, Money, Reason, ratio};

/// What the rules say of the register; nothing without one.
pub(super) fn rules(risk: &RiskFindings, budget: Money, thresholds: &Thresholds) -> Vec<Fired> {
    let open = risk.open();
    if open == 0 {
        return Vec::new();
    }
    cover(risk, budget, thresholds).into_iter().chain(overdue(risk.overdue.len(), open, thresholds)).collect()
}

/// Contingency left against the residual exposure it is for.
fn cover(risk: &RiskFindings, budget: Money, thresholds: &Thresholds) -> Option<Fired> {
    let exposure = risk.residual.cost;
    let Some(left) = risk.cover.contingency_left else {
        // What is small against the budget is borne by it.
        let share = ratio(exposure.units(), budget.units(), Reason::NoBaseline).ok()?;
        let rating = if share >= super::NOISE { Health::Amber } else { Health::Green };
        let says = phrase!(
            "residual exposure of {exposure} ({share} of BAC) and no contingency budgeted for it",
            exposure,
            share = Part::share(share.max(0.0))
        );
        return Some(Fired { rating, says });
    };
    let covered = match risk.cover.ratio {
        Ok(covered) => covered,
        Err(Reason::NothingExposed) => {
            return Some(Fired { rating: Health::Green, says: phrase!("no net exposure is open") });
        }
        Err(_) => return None,
    };
    let (amber, red) = (thresholds.risk_cover_amber, thresholds.risk_cover_red);
    let (rating, limit) = match covered {
        covered if covered < red => (Health::Red, Some(red)),
        covered if covered < amber => (Health::Amber, Some(amber)),
        _ => (Health::Green, None),
    };
    let figures = phrase!(
        "contingency left of {left} is {share} of the residual exposure of {exposure}",
        left,
        share = limit.map_or(Part::share(covered), |limit| told_apart(covered, limit, 0, share)),
        exposure
    );
    let says = match limit.map(Part::share) {
        Some(limit) => phrase!("{figures}, below {limit}", figures, limit),
        None => figures,
    };
    Some(Fired { rating, says })
}

/// Responses that should be in place and whose risk is still open.
fn overdue(overdue: usize, open: usize, thresholds: &Thresholds) -> Option<Fired> {
    let share =
        ratio(f64::from(u32::try_from(overdue).ok()?), f64::from(u32::try_from(open).ok()?), Reason::NoData);
    let share = share.ok().filter(|share| *share > 0.0)?;
    let figures = phrase!(
        "{n} {n|response|responses} to {open} open {open|risk|risks} {n|is|are} overdue",
        n = overdue,
        open
    );
    let limit = thresholds.risk_overdue_red;
    Some(if share > limit {
        let says = phrase!("{figures}, more than {limit}", figures, limit = Part::share(limit));
        Fired { rating: Health::Red, says }
    } else {
        Fired { rating: Health::Amber, says: figures }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Reserves;
    use crate::analysis::example::units;
    use crate::analysis::risk::{Exposure, cover as against};

    /// Ten open risks with this exposure, these reserves, so many responses overdue.
    fn rated(exposure: i64, contingency: Option<i64>, overdue: usize) -> Vec<(Health, String)> {
        let reserves = Reserves { contingency: contingency.map(units), ..Reserves::default() };
        let residual = Exposure { cost: units(exposure), days: 0.0 };
        let cover = against(&reserves, residual.cost, None);
        let (ranked, overdue) = ((0..10).collect(), (0..overdue).collect());
        let risk = RiskFindings { residual, ranked, overdue, cover, ..RiskFindings::default() };
        let fired = rules(&risk, units(100_000), &Thresholds::default());
        fired.into_iter().map(|fired| (fired.rating, fired.says.to_string())).collect()
    }

    #[test]
    fn contingency_that_does_not_cover_the_exposure_is_amber_then_red() {
        assert_eq!(rated(10_000, Some(10_000), 0)[0].0, Health::Green);
        assert_eq!(
            rated(10_000, Some(9_000), 0),
            [(
                Health::Amber,
                "contingency left of 9,000 is 90% of the residual exposure of 10,000, below 100%".to_owned()
            )]
        );
        // Half is not below a half.
        assert_eq!(rated(10_000, Some(5_000), 0)[0].0, Health::Amber);
        assert_eq!(rated(10_000, Some(4_900), 0)[0].0, Health::Red);
        assert_eq!(rated(-500, Some(4_900), 0), [(Health::Green, "no net exposure is open".to_owned())]);
    }

    #[test]
    fn exposure_without_contingency_is_amber_where_the_budget_would_feel_it() {
        assert_eq!(rated(999, None, 0)[0].0, Health::Green);
        assert_eq!(
            rated(2_000, None, 0),
            [(
                Health::Amber,
                "residual exposure of 2,000 (2% of BAC) and no contingency budgeted for it".to_owned()
            )]
        );
    }

    #[test]
    fn overdue_responses_are_amber_and_many_are_red() {
        assert_eq!(
            rated(0, Some(1), 1)[1],
            (Health::Amber, "1 response to 10 open risks is overdue".to_owned())
        );
        assert_eq!(
            rated(0, Some(1), 3)[1],
            (Health::Red, "3 responses to 10 open risks are overdue, more than 25%".to_owned())
        );
    }
}
