//! The columns and cells of an earned value table, whatever its rows are: tasks, phases, accounts,
//! projects. The derived columns are live formulas over the base ones, so a workbook recomputes them.

use crate::analysis::{Group, Measures, TaskValue};
use crate::document::{Column, Kind, Value};
use crate::quantity::{Measured, Money, Reason, ratio};
use crate::report::subject::{cell, spent};

/// The base figures of a row.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Figures {
    pub bac: Money,
    pub pv: Money,
    pub ev: Money,
    pub ac: Money,
}

impl From<&TaskValue> for Figures {
    fn from(value: &TaskValue) -> Self {
        Self { bac: value.bac, pv: value.pv, ev: value.ev, ac: value.ac }
    }
}

impl From<&Group> for Figures {
    fn from(group: &Group) -> Self {
        Self { bac: group.bac, pv: group.pv, ev: group.ev, ac: group.ac }
    }
}

impl From<&Measures> for Figures {
    fn from(measures: &Measures) -> Self {
        let ac = measures.ac.unwrap_or_default();
        Self { bac: measures.bac, pv: measures.pv, ev: measures.ev, ac }
    }
}

impl std::ops::Add for Figures {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            bac: self.bac + other.bac,
            pv: self.pv + other.pv,
            ev: self.ev + other.ev,
            ac: self.ac + other.ac,
        }
    }
}

impl std::ops::Sub for Figures {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self {
            bac: self.bac - other.bac,
            pv: self.pv - other.pv,
            ev: self.ev - other.ev,
            ac: self.ac - other.ac,
        }
    }
}

impl Figures {
    /// Whether there is nothing in it.
    pub(super) fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// The cells of a part of the project with these measures, in the order of [`columns`].
    pub(super) fn cells(self, project: &Measures) -> Vec<Value> {
        let Self { bac, pv, ev, ac } = self;
        let rest = bac - ev;
        let ac = project.part_of_cost(ac);
        let etc = if rest.is_zero() { Ok(0.0) } else { rest_cost(project).map(|cost| rest.units() * cost) };
        let etc = ac.and(etc);
        let eac = ac.and_then(|ac| Ok(ac.units() + etc?));
        vec![
            Value::Money(bac),
            Value::Money(pv),
            Value::Money(ev),
            spent(ac),
            Value::Money(ev - pv),
            spent(ac.map(|ac| ev - ac)),
            cell(ratio(ev.units(), pv.units(), Reason::NothingPlanned), Value::Index),
            cell(ac.and_then(|ac| ratio(ev.units(), ac.units(), Reason::NoActualCost)), Value::Index),
            cell(etc, Value::Estimate),
            cell(eac, Value::Estimate),
            cell(eac.map(|eac| bac.units() - eac), Value::Estimate),
        ]
    }
}

/// What a unit of remaining budget is expected to cost, by the recommended forecast of the project.
/// Taken for every row alike, so that the rows' estimates add up to the project's.
fn rest_cost(measures: &Measures) -> Measured {
    let (rest, spent) = (measures.bac - measures.ev, measures.ac?);
    if rest.is_zero() {
        return Err(Reason::NothingRemains);
    }
    measures.eac.and_then(|eac| ratio(eac - spent.units(), rest.units(), Reason::NothingRemains))
}

/// The columns of [`Figures::cells`].
pub(super) fn columns() -> Vec<Column> {
    vec![
        Column::new("bac", "BAC", Kind::Money).symbol("BAC").sums(),
        Column::new("pv", "PV", Kind::Money).symbol("PV").sums(),
        Column::new("ev", "EV", Kind::Money).symbol("EV").sums(),
        Column::new("ac", "AC", Kind::Money).symbol("AC").sums(),
        Column::new("sv", "SV", Kind::Money).symbol("SV").formula("EV - PV").sums(),
        Column::new("cv", "CV", Kind::Money).symbol("CV").formula("EV - AC").sums(),
        Column::new("spi", "SPI", Kind::Index).symbol("SPI").formula("EV / PV"),
        Column::new("cpi", "CPI", Kind::Index).symbol("CPI").formula("EV / AC"),
        Column::new("etc", "ETC", Kind::Money).symbol("ETC").sums().workbook_only(),
        Column::new("eac", "EAC", Kind::Money).symbol("EAC").formula("AC + ETC").sums(),
        Column::new("vac", "VAC", Kind::Money).symbol("VAC").formula("BAC - EAC").sums(),
    ]
}
