//! The business case: what the project is worth to its sponsor, with the forecast of cost and finish.

use super::{Better, Example, Metric, Unit};
use crate::quantity::{Reason, ratio};

/// Where most of the definitions stand.
const BMA: &str = "Brealey, Myers and Allen, Principles of Corporate Finance";
/// How dated flows are discounted.
const XNPV: &str =
    word!("Brealey, Myers and Allen, Principles of Corporate Finance; dated flows as in Excel's XNPV");

/// Benefits at their present value.
pub const PRESENT_BENEFITS: Metric = Metric {
    id: "present_benefits",
    symbol: "PVB",
    name: word!("Present value of benefits"),
    formula: "",
    unit: Unit::Money,
    better: Better::Higher,
    meaning: word!("Sum of the benefits, each divided by (1 + rate) ^ (days since the first flow / 365)."),
    source: XNPV,
    value: |m| m.case.present_benefits,
    example: Example::NONE,
};

/// Costs at their present value.
pub const PRESENT_COSTS: Metric = Metric {
    id: "present_costs",
    symbol: "PVC",
    name: word!("Present value of costs"),
    formula: "",
    unit: Unit::Money,
    better: Better::Lower,
    meaning: word!("Sum of the costs, each divided by (1 + rate) ^ (days since the first flow / 365)."),
    source: XNPV,
    value: |m| m.case.present_costs,
    example: Example::NONE,
};

/// What the project adds to the sponsor's wealth.
pub const NPV: Metric = Metric {
    id: "npv",
    symbol: "NPV",
    name: word!("Net present value"),
    formula: "PVB - PVC",
    unit: Unit::Money,
    better: Better::Higher,
    meaning: word!("What the project adds to the sponsor's wealth on the day of the first flow."),
    source: XNPV,
    value: |m| Ok(m.case.present_benefits? - m.case.present_costs?),
    // The example of XNPV in the documentation of Excel: 9%, -10,000 on 1 January 2008, then 2,750, 4,250, 3,250, 2,750.
    example: Example {
        given: &[("PVB", 12_086.647_602_031_535), ("PVC", 10_000.0)],
        expect: Some(2_086.647_602_031_535),
    },
};

/// What comes back for what is spent.
pub const BENEFIT_COST: Metric = Metric {
    id: "benefit_cost_ratio",
    symbol: "BCR",
    name: word!("Benefit-cost ratio"),
    formula: "PVB / PVC",
    unit: Unit::Index,
    better: Better::Higher,
    meaning: word!("Benefits for every unit of cost, both at their present value."),
    source: "HM Treasury, The Green Book, 2022",
    value: |m| ratio(m.case.present_benefits?, m.case.present_costs?, Reason::NothingInvested),
    example: Example { given: &[("PVB", 150_000.0), ("PVC", 100_000.0)], expect: Some(1.5) },
};

/// The rate at which the net present value is zero.
pub const IRR: Metric = Metric {
    id: "irr",
    symbol: "IRR",
    name: word!("Internal rate of return"),
    formula: "",
    unit: Unit::Percent,
    better: Better::Higher,
    meaning: word!(
        "The discount rate at which the net present value is zero; undefined where several rates are."
    ),
    source: word!(
        "Brealey, Myers and Allen, Principles of Corporate Finance; dated flows as in Excel's XIRR"
    ),
    value: |m| m.case.irr,
    example: Example::NONE,
};

/// Years until the flows are paid back.
pub const PAYBACK: Metric = Metric {
    id: "payback",
    symbol: "PBP",
    name: word!("Payback period"),
    formula: "",
    unit: Unit::Years,
    better: Better::Lower,
    meaning: word!(
        "Years from the first flow until the sum of the flows stays above zero, evenly between two flows."
    ),
    source: BMA,
    value: |m| m.case.payback,
    example: Example::NONE,
};

/// Years until the flows are paid back with interest.
pub const DISCOUNTED_PAYBACK: Metric = Metric {
    id: "discounted_payback",
    symbol: "DPBP",
    name: word!("Discounted payback period"),
    formula: "",
    unit: Unit::Years,
    better: Better::Lower,
    meaning: word!("The payback period of the discounted flows."),
    source: BMA,
    value: |m| m.case.discounted_payback,
    example: Example::NONE,
};
