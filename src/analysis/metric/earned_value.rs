//! Earned value: the base figures, variances, indices and estimates.

use super::{Better, EVM, Example, Metric, Unit};
use crate::analysis::Measures;
use crate::quantity::{Measured, Money, Reason, ratio};

/// The baseline cost of the whole project.
pub const BAC: Metric = Metric {
    id: "bac",
    symbol: "BAC",
    name: word!("Budget at completion"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("The baseline cost of the whole project."),
    source: EVM,
    value: |m| Ok(m.bac.units()),
    example: Example::NONE,
};

/// Baseline cost of the work that was to be done by the status date.
pub const PV: Metric = Metric {
    id: "pv",
    symbol: "PV",
    name: word!("Planned value"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Baseline cost of the work that was to be done by the status date."),
    source: EVM,
    value: |m| Ok(m.pv.units()),
    example: Example::NONE,
};

/// Baseline cost of the work that is done.
pub const EV: Metric = Metric {
    id: "ev",
    symbol: "EV",
    name: word!("Earned value"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Baseline cost of the work that is done."),
    source: EVM,
    value: |m| Ok(m.ev.units()),
    example: Example::NONE,
};

/// What the work to date has cost.
pub const AC: Metric = Metric {
    id: "ac",
    symbol: "AC",
    name: word!("Actual cost"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("What the work to date has cost; unknown where work is done and no cost booked."),
    source: EVM,
    value: |m| m.ac.map(Money::units),
    example: Example::NONE,
};

/// Planned value of work that can be late: what the schedule indices use.
pub const PV_DISCRETE: Metric = Metric {
    id: "pv_discrete",
    symbol: "PVd",
    name: word!("Planned value without level of effort"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Planned value of work that can be late: what the schedule indices use."),
    source: EVM,
    value: |m| Ok(m.pv_discrete.units()),
    example: Example::NONE,
};

/// Earned value of work that can be late: what the schedule indices use.
pub const EV_DISCRETE: Metric = Metric {
    id: "ev_discrete",
    symbol: "EVd",
    name: word!("Earned value without level of effort"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Earned value of work that can be late: what the schedule indices use."),
    source: EVM,
    value: |m| Ok(m.ev_discrete.units()),
    example: Example::NONE,
};

/// Ordered and not yet posted as a cost; never part of AC.
pub const COMMITTED: Metric = Metric {
    id: "committed",
    symbol: "CO",
    name: word!("Commitments"),
    formula: "",
    unit: Unit::Money,
    better: Better::Neither,
    meaning: word!("Ordered and not yet posted as a cost; never part of AC."),
    source: EVM,
    value: |m| Ok(m.committed.units()),
    example: Example::NONE,
};

/// Value of the work that is ahead of (positive) or behind the plan.
pub const SV: Metric = Metric {
    id: "sv",
    symbol: "SV",
    name: word!("Schedule variance"),
    formula: "EV - PV",
    unit: Unit::Money,
    better: Better::Higher,
    meaning: word!("Value of the work that is ahead of (positive) or behind the plan."),
    source: EVM,
    value: |m| Ok((m.ev - m.pv).units()),
    example: Example { given: &[("EV", 60.0), ("PV", 75.0)], expect: Some(-15.0) },
};

/// What the work done cost less (positive) or more than budgeted.
pub const CV: Metric = Metric {
    id: "cv",
    symbol: "CV",
    name: word!("Cost variance"),
    formula: "EV - AC",
    unit: Unit::Money,
    better: Better::Higher,
    meaning: word!("What the work done cost less (positive) or more than budgeted."),
    source: EVM,
    value: |m| Ok((m.ev - m.ac?).units()),
    example: Example { given: &[("EV", 60.0), ("AC", 70.0)], expect: Some(-10.0) },
};

/// Schedule variance as a share of planned value.
pub const SV_PCT: Metric = Metric {
    id: "sv_pct",
    symbol: "SVp",
    name: word!("Schedule variance in percent"),
    formula: "SV / PV",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Schedule variance as a share of planned value."),
    source: EVM,
    value: |m| ratio((m.ev - m.pv).units(), m.pv.units(), Reason::NothingPlanned),
    example: Example { given: &[("EV", 60.0), ("PV", 75.0)], expect: Some(-0.2) },
};

/// Cost variance as a share of earned value.
pub const CV_PCT: Metric = Metric {
    id: "cv_pct",
    symbol: "CVp",
    name: word!("Cost variance in percent"),
    formula: "CV / EV",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Cost variance as a share of earned value."),
    source: EVM,
    value: |m| ratio((m.ev - m.ac?).units(), m.ev.units(), Reason::NothingEarned),
    example: Example { given: &[("EV", 200_000.0), ("AC", 290_000.0)], expect: Some(-0.45) },
};

/// Value earned per unit of value planned; level of effort left out. Drifts back to 1 at the end of a late project: see SPI(t).
pub const SPI: Metric = Metric {
    id: "spi",
    symbol: "SPI",
    name: word!("Schedule performance index"),
    formula: "EVd / PVd",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!(
        "Value earned per unit of value planned; level of effort left out. Drifts back to 1 at the end of a late project: see SPI(t)."
    ),
    source: EVM,
    value: |m| ratio(m.ev_discrete.units(), m.pv_discrete.units(), Reason::NothingPlanned),
    example: Example { given: &[("EVd", 35_000.0), ("PVd", 40_000.0)], expect: Some(0.875) },
};

/// Value earned per unit of cost.
pub const CPI: Metric = Metric {
    id: "cpi",
    symbol: "CPI",
    name: word!("Cost performance index"),
    formula: "EV / AC",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!("Value earned per unit of cost."),
    source: EVM,
    value: |m| {
        let index = ratio(m.ev.units(), m.ac?.units(), Reason::NoActualCost)?;
        // Without a budget nothing can be earned, which says nothing of the cost.
        if m.bac.is_zero() && m.ev.is_zero() { Err(Reason::NoBaseline) } else { Ok(index) }
    },
    example: Example { given: &[("EV", 80.0), ("AC", 100.0)], expect: Some(0.8) },
};

/// Value earned per unit of cost in the last three periods.
pub const RECENT_CPI: Metric = Metric {
    id: "recent_cpi",
    symbol: "CPI_3",
    name: word!("Cost performance index of the last three periods"),
    formula: "",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!("Value earned per unit of cost in the last three periods."),
    source: EVM,
    value: |m| m.recent_cpi,
    example: Example::NONE,
};

/// Value earned per unit of cost by finished tasks, believed the more the more there are.
pub const FINISHED_CPI: Metric = Metric {
    id: "finished_cpi",
    symbol: "CPI_F",
    name: word!("Cost performance index to expect by the finished tasks"),
    formula: "",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!(
        "Budget over cost of the finished tasks, drawn towards 1 as long as they are few: three equal ones count by half."
    ),
    source: word!("Credibility after Bühlmann, 1967; effective number of tasks after Kish, 1965"),
    value: |m| m.finished_cpi,
    example: Example::NONE,
};

/// Share of the baseline cost that is earned.
pub const PCT_COMPLETE: Metric = Metric {
    id: "pct_complete",
    symbol: "PCc",
    name: word!("Percent complete"),
    formula: "EV / BAC",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Share of the baseline cost that is earned."),
    source: EVM,
    value: |m| ratio(m.ev.units(), m.bac.units(), Reason::NoBaseline),
    example: Example { given: &[("EV", 90_000.0), ("BAC", 200_000.0)], expect: Some(0.45) },
};

/// Share of the baseline cost that is spent.
pub const PCT_SPENT: Metric = Metric {
    id: "pct_spent",
    symbol: "PCs",
    name: word!("Percent spent"),
    formula: "AC / BAC",
    unit: Unit::Percent,
    better: Better::Neither,
    meaning: word!("Share of the baseline cost that is spent."),
    source: EVM,
    value: |m| ratio(m.ac?.units(), m.bac.units(), Reason::NoBaseline),
    example: Example { given: &[("AC", 85_000.0), ("BAC", 200_000.0)], expect: Some(0.425) },
};

/// Share of the baseline cost that was to be earned by the status date.
pub const PCT_PLANNED: Metric = Metric {
    id: "pct_planned",
    symbol: "PCp",
    name: word!("Percent planned"),
    formula: "PV / BAC",
    unit: Unit::Percent,
    better: Better::Neither,
    meaning: word!("Share of the baseline cost that was to be earned by the status date."),
    source: EVM,
    value: |m| ratio(m.pv.units(), m.bac.units(), Reason::NoBaseline),
    example: Example { given: &[("PV", 100_000.0), ("BAC", 200_000.0)], expect: Some(0.5) },
};

/// What the project will have cost, by the recommended method.
pub const EAC: Metric = Metric {
    id: "eac",
    symbol: "EAC",
    name: word!("Estimate at completion"),
    formula: "",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!("What the project will have cost, by the recommended method."),
    source: EVM,
    value: |m| m.eac,
    example: Example::NONE,
};

/// What is still to be spent.
pub const ETC: Metric = Metric {
    id: "etc",
    symbol: "ETC",
    name: word!("Estimate to complete"),
    formula: "EAC - AC",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!("What is still to be spent."),
    source: EVM,
    value: |m| Ok(m.eac? - m.ac?.units()),
    example: Example { given: &[("EAC", 725_000.0), ("AC", 290_000.0)], expect: Some(435_000.0) },
};

/// Budget left over (positive) or lacking at the end.
pub const VAC: Metric = Metric {
    id: "vac",
    symbol: "VAC",
    name: word!("Variance at completion"),
    formula: "BAC - EAC",
    unit: Unit::Money,
    better: Better::Higher,
    meaning: word!("Budget left over (positive) or lacking at the end."),
    source: EVM,
    value: |m| Ok(m.bac.units() - m.eac?),
    example: Example { given: &[("BAC", 10_000.0), ("EAC", 12_000.0)], expect: Some(-2000.0) },
};

/// Variance at completion as a share of the budget.
pub const VAC_PCT: Metric = Metric {
    id: "vac_pct",
    symbol: "VACp",
    name: word!("Variance at completion in percent"),
    formula: "VAC / BAC",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!("Variance at completion as a share of the budget."),
    source: EVM,
    value: |m| ratio(m.bac.units() - m.eac?, m.bac.units(), Reason::NoBaseline),
    example: Example { given: &[("BAC", 10_000.0), ("EAC", 12_000.0)], expect: Some(-0.2) },
};

/// Cost efficiency that the rest needs to end on budget.
pub const TCPI_BAC: Metric = Metric {
    id: "tcpi_bac",
    symbol: "TCPI",
    name: word!("To-complete index for the budget"),
    formula: "(BAC - EV) / (BAC - AC)",
    unit: Unit::Index,
    better: Better::Lower,
    meaning: word!("Cost efficiency that the rest needs to end on budget."),
    source: EVM,
    value: |m| to_complete(m, m.bac.units()),
    example: Example {
        given: &[("BAC", 500_000.0), ("EV", 200_000.0), ("AC", 290_000.0)],
        expect: Some(1.428_571_428_571_428_6),
    },
};

/// Cost efficiency that the rest needs to end on the estimate.
pub const TCPI_EAC: Metric = Metric {
    id: "tcpi_eac",
    symbol: "TCPIe",
    name: word!("To-complete index for the estimate"),
    formula: "(BAC - EV) / (EAC - AC)",
    unit: Unit::Index,
    better: Better::Lower,
    meaning: word!("Cost efficiency that the rest needs to end on the estimate."),
    source: EVM,
    value: |m| to_complete(m, m.eac?),
    example: Example {
        given: &[("BAC", 500_000.0), ("EV", 200_000.0), ("AC", 290_000.0), ("EAC", 725_000.0)],
        expect: Some(0.689_655_172_413_793_1),
    },
};

/// (BAC - EV) / (target - AC), while there is work and money left.
fn to_complete(m: &Measures, target: f64) -> Measured {
    let (work, money) = ((m.bac - m.ev).units(), target - m.ac?.units());
    if m.bac.is_zero() {
        Err(Reason::NoBaseline)
    } else if work <= 0.0 {
        Err(Reason::NothingRemains)
    } else if money <= 0.0 {
        Err(Reason::CannotBeMet)
    } else {
        ratio(work, money, Reason::CannotBeMet)
    }
}
