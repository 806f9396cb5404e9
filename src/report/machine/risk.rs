//! The risk register in the JSON.

use serde::Serialize;

use crate::analysis::risk::{Exposure, Share, Weighing};
use crate::model::{RiskKind, RiskStatus};
use crate::quantity::Money;
use crate::report::subject::Subject;

/// The register with its totals.
#[derive(Serialize)]
pub(super) struct Risks<'a> {
    inherent: Worth,
    residual: Worth,
    contingency: Option<f64>,
    contingency_drawn: f64,
    contingency_left: Option<f64>,
    management_reserve: Option<f64>,
    management_reserve_left: Option<f64>,
    cover_ratio: Option<f64>,
    categories: Vec<Named<'a>>,
    owners: Vec<Named<'a>>,
    tasks: Vec<OfTask<'a>>,
    register: Vec<Entry<'a>>,
}

/// Exposure in currency units and working days.
#[derive(Serialize)]
struct Worth {
    cost: f64,
    days: f64,
}

#[derive(Serialize)]
struct Named<'a> {
    name: &'a str,
    risks: u32,
    cost: f64,
    days: f64,
}

#[derive(Serialize)]
struct OfTask<'a> {
    id: Option<&'a str>,
    cost: f64,
    days: f64,
}

#[derive(Serialize)]
struct Entry<'a> {
    id: &'a str,
    title: &'a str,
    kind: &'static str,
    status: &'static str,
    category: Option<&'a str>,
    owner: Option<&'a str>,
    response: Option<&'static str>,
    due: Option<String>,
    overdue: bool,
    tasks: Vec<&'a str>,
    inherent: Side,
    residual: Side,
    file: &'a str,
    sheet: Option<&'a str>,
    row: u32,
}

/// One side of a risk: low, likely and high impact, levels in the matrix, exposure.
#[derive(Serialize)]
struct Side {
    probability: Option<f64>,
    impact_cost: Option<[f64; 3]>,
    impact_days: Option<[f64; 3]>,
    probability_level: Option<u8>,
    impact_level: Option<u8>,
    exposure_cost: f64,
    exposure_days: f64,
}

/// The register of a project; `None` when it has none.
pub(super) fn risks<'a>(subject: &Subject<'a>) -> Option<Risks<'a>> {
    let (project, found) = (subject.project, &subject.found.risk);
    if project.risks.is_empty() {
        return None;
    }
    let id = |task: usize| project.tasks.get(task).map(|task| task.id.as_str());
    let reserves = &subject.found.reserves;
    let known = |risk: &crate::model::Risk| risk.known_on(subject.found.status_date.day());
    let entries = project.risks.iter().zip(&found.risks).enumerate().filter(|(_, (risk, _))| known(risk));
    let entries = entries.map(|(index, (risk, weight))| Entry {
        id: &risk.id,
        title: &risk.title,
        kind: if risk.kind == RiskKind::Opportunity { "opportunity" } else { "threat" },
        status: match risk.status {
            RiskStatus::Open => "open",
            RiskStatus::Closed => "closed",
            RiskStatus::Occurred => "occurred",
        },
        category: risk.category.as_deref(),
        owner: risk.owner.as_deref(),
        response: risk.response,
        due: super::day(risk.due),
        overdue: found.overdue.contains(&index),
        tasks: risk.tasks.iter().filter_map(|task| id(*task)).collect(),
        inherent: side(&weight.inherent),
        residual: side(&weight.residual),
        file: &risk.origin.file,
        sheet: risk.origin.sheet.as_deref(),
        row: risk.origin.row,
    });
    Some(Risks {
        inherent: worth(found.inherent),
        residual: worth(found.residual),
        contingency: reserves.contingency.map(Money::units),
        contingency_drawn: reserves.contingency_drawn.units(),
        contingency_left: found.cover.contingency_left.map(Money::units),
        management_reserve: reserves.management_reserve.map(Money::units),
        management_reserve_left: found.cover.reserve_left.map(Money::units),
        cover_ratio: found.cover.ratio.ok(),
        categories: found.categories.iter().map(named).collect(),
        owners: found.owners.iter().map(named).collect(),
        tasks: found
            .tasks
            .iter()
            .map(|(task, exposure)| OfTask {
                id: task.and_then(id),
                cost: exposure.cost.units(),
                days: exposure.days,
            })
            .collect(),
        register: entries.collect(),
    })
}

fn worth(exposure: Exposure) -> Worth {
    Worth { cost: exposure.cost.units(), days: exposure.days }
}

fn named(share: &Share) -> Named<'_> {
    Named {
        name: &share.name,
        risks: share.risks,
        cost: share.exposure.cost.units(),
        days: share.exposure.days,
    }
}

fn side(weighing: &Weighing) -> Side {
    let three = |points: Option<(f64, f64, f64)>| points.map(|(low, likely, high)| [low, likely, high]);
    Side {
        probability: weighing.probability,
        impact_cost: three(weighing.cost),
        impact_days: three(weighing.days),
        probability_level: weighing.place.map(|place| place.0),
        impact_level: weighing.place.map(|place| place.1),
        exposure_cost: weighing.exposure.cost.units(),
        exposure_days: weighing.exposure.days,
    }
}
