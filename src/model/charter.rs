//! What the sponsor agreed to.

use chrono::NaiveDate;

use crate::calendar::Moment;
use crate::quantity::Money;

/// What the charter says; every field is as the sponsor wrote it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Charter {
    /// Who pays.
    pub sponsor: Option<String>,
    /// Who manages.
    pub manager: Option<String>,
    /// What is wrong today and makes the project necessary.
    pub need: Option<String>,
    /// What the project is to bring about.
    pub purpose: Option<String>,
    /// What it does, an entry a statement.
    pub scope: Vec<String>,
    /// What it does not do.
    pub out_of_scope: Vec<String>,
    /// What is taken for granted.
    pub assumptions: Vec<String>,
    /// What cannot be changed.
    pub constraints: Vec<String>,
    /// What speaks for its success.
    pub strengths: Vec<String>,
    /// What speaks against it.
    pub weaknesses: Vec<String>,
    /// What the sponsor decided on the business case, as written.
    pub decision: Option<String>,
    /// The project's start, if stated.
    pub start: Option<Moment>,
    /// The project's finish, if stated.
    pub finish: Option<Moment>,
    /// How far EAC may exceed BAC before it is an exception: an amount.
    pub tolerance_cost: Option<Money>,
    /// How many working days the finish may slip before it is an exception.
    pub tolerance_days: Option<f64>,
    /// How many deliverables may be left out or rejected before it is an exception.
    pub tolerance_scope: Option<u32>,
    /// How many critical and high defects may be open before it is an exception.
    pub tolerance_quality: Option<u32>,
    /// How large the exposure to open threats may be before it is an exception: an amount.
    pub tolerance_risk: Option<Money>,
    /// Which share of the promised benefits may be lost before it is an exception, 0..=1.
    pub tolerance_benefit: Option<f64>,
    /// What a year costs money: the rate of the business case, a share such as 0.08.
    pub discount_rate: Option<f64>,
    /// The author's own words for page 1.
    pub narrative: Option<String>,
    /// Name or number of the baseline.
    pub baseline: Option<String>,
    /// The day that baseline was approved on: stated, or found in its name.
    pub baseline_date: Option<NaiveDate>,
    /// The budget of the first baseline.
    pub first_budget: Option<Money>,
    /// The finish of the first baseline, where it is not that of the charter.
    pub first_finish: Option<Moment>,
    /// Every entry as written: `(key, value)` in order.
    pub entries: Vec<(String, String)>,
}

impl Charter {
    /// Takes tolerances and the discount rate from another where this one says nothing.
    pub fn fall_back_on(&mut self, other: &Self) {
        self.tolerance_cost = self.tolerance_cost.or(other.tolerance_cost);
        self.tolerance_days = self.tolerance_days.or(other.tolerance_days);
        self.tolerance_scope = self.tolerance_scope.or(other.tolerance_scope);
        self.tolerance_quality = self.tolerance_quality.or(other.tolerance_quality);
        self.tolerance_risk = self.tolerance_risk.or(other.tolerance_risk);
        self.tolerance_benefit = self.tolerance_benefit.or(other.tolerance_benefit);
        self.discount_rate = self.discount_rate.or(other.discount_rate);
    }
}
